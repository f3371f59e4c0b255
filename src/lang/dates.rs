//! The `[dates]` section of a language table, and the index of its words that reading looks them up in.

use serde::{Deserialize, Serialize};

use super::table::Lists;

/// Words of dates and times. Entries are lower case and may consist of several words; a full stop behind an abbreviation is
/// understood and not written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateTable {
    /// Usual order of numeric dates.
    pub order: NumericOrder,
    /// Forms of each month's name, January first: cases, short forms, spellings without accents.
    pub months: Vec<Vec<String>>,
    /// Forms of each weekday's name, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Names that are ordinary words as well when written without a capital.
    pub ordinary: Vec<String>,
    /// The commonest words of the language: they tell which languages a text is written in.
    pub common: Vec<String>,
    /// Endings of an ordinal number.
    pub ordinals: Vec<String>,
    /// Words between day, month and year.
    pub of: Vec<String>,
    /// Words before a day.
    pub articles: Vec<String>,
    /// Words or signs behind a day.
    pub day: Vec<String>,
    /// Signs behind the number of a month.
    pub month_after: Vec<String>,
    /// Words before the number of a month.
    pub month_before: Vec<String>,
    /// Words or signs beside a year.
    pub year: Vec<String>,
    /// Words before the last day of a range.
    pub to: Vec<String>,
    /// Words before the last day of a list.
    pub and: Vec<String>,
    /// Words before the first day of a range whose last day follows an `and`.
    pub between: Vec<String>,
    /// Words before a clock time.
    pub at: Vec<String>,
    /// Words or signs of the hour.
    pub hour: Vec<String>,
    /// Marks of the hours before noon.
    pub am: Vec<String>,
    /// Marks of the hours after noon.
    pub pm: Vec<String>,
    /// Words for 12:00.
    pub noon: Vec<String>,
    /// Words for 00:00.
    pub midnight: Vec<String>,
    /// Words beside a town that name its time: `Geneva time`.
    pub zone: Vec<String>,
    /// The day of the release.
    pub today: Vec<String>,
    /// The day after it.
    pub tomorrow: Vec<String>,
    /// The day before it.
    pub yesterday: Vec<String>,
    /// Words that put a weekday into the current week.
    pub this: Vec<String>,
    /// Words that put a weekday after the release.
    pub next: Vec<String>,
    /// Words that put a weekday before the release.
    pub last: Vec<String>,
    /// Words for the current month, behind a day.
    pub current: Vec<String>,
    /// Names of eras with the Gregorian year before their first.
    pub eras: Vec<(String, i32)>,
}

/// Order of a numeric date's parts, as a language usually writes them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumericOrder {
    /// 31/12/2024.
    #[default]
    DayMonthYear,
    /// 12/31/2024.
    MonthDayYear,
    /// 2024/12/31.
    YearMonthDay,
}

/// What a word of a date does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateRole {
    /// Month, 1 to 12.
    Month {
        /// The month.
        number: u32,
        /// An ordinary word as well unless it has a capital.
        ordinary: bool,
    },
    /// Weekday, 0 for Monday.
    Weekday(u8),
    /// One of the commonest words.
    Common,
    /// Ending of an ordinal number.
    Ordinal,
    /// Between day, month and year.
    Of,
    /// Before a day.
    Article,
    /// Behind a day.
    DayAfter,
    /// Behind the number of a month.
    MonthAfter,
    /// Before the number of a month.
    MonthBefore,
    /// Beside a year.
    Year,
    /// Before the last day of a range.
    To,
    /// Before the last day of a list.
    And,
    /// Before the first day of a range that goes on with `and`.
    Between,
    /// Before a clock time.
    At,
    /// Of the hour.
    Hour,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// 12:00.
    Noon,
    /// 00:00.
    Midnight,
    /// Beside a town: its time.
    ZoneTime,
    /// A number of days from the day of the release.
    Days(i8),
    /// In the current week.
    This,
    /// After the release.
    Next,
    /// Before the release.
    Last,
    /// Of the current month.
    Current,
    /// An era: the Gregorian year before its first.
    Era(i32),
}

/// One meaning of a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateWord {
    /// Number of the language in the registry.
    pub language: usize,
    /// What it does.
    pub role: DateRole,
    /// The words that must follow, lower case.
    pub rest: Vec<String>,
}

/// Every word of every `[dates]` section.
#[derive(Debug, Serialize, Deserialize)]
pub struct DateWords {
    pub(super) words: Lists<DateWord>,
    /// Bytes of the longest.
    pub(super) longest: usize,
}

impl DateWords {
    /// Every meaning of a lower-case word.
    pub fn get(&self, word: &str) -> &[DateWord] {
        if word.len() > self.longest {
            return &[];
        }
        self.words.get(word).unwrap_or_default()
    }
}

/// Apostrophes that stand for each other, as the plain one.
pub fn plain_mark(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '׳' | '`' => '\'',
        _ => c,
    }
}

/// What a character does in cutting a text into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// Joins its neighbours to a word.
    Letter,
    /// Stands alone: an ideograph or kana.
    Sign,
    /// Decimal digit of any script.
    Digit,
    /// White space.
    Blank,
    /// Anything else.
    Mark,
}

impl PieceKind {
    /// The kind of a character.
    pub fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Self::Letter,
            '0'..='9' => Self::Digit,
            'ʼ' => Self::Mark,
            _ if c.is_whitespace() => Self::Blank,
            _ if c.is_ascii() => Self::Mark,
            '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
                if matches!(c, '\u{3008}'..='\u{3020}' | '\u{3030}' | '・') {
                    Self::Mark
                } else {
                    Self::Sign
                }
            }
            _ if digit(c).is_some() => Self::Digit,
            // Signs of Thai and Indic scripts that are no letters still belong to the word.
            '\u{0300}'..='\u{036f}'
            | '\u{0e31}'..='\u{0e4e}'
            | '\u{0900}'..='\u{0963}'
            | '\u{200c}' => Self::Letter,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Mark,
        }
    }
}

/// The value of a decimal digit of the scripts that dates are written in.
pub fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 6] = ['0', '٠', '۰', '०', '๐', '０'];
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(c).checked_sub(u32::from(zero))?;
        (value < 10).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use crate::lang::Lexicons;

    #[test]
    fn every_language_has_its_calendar() {
        for lexicon in Lexicons::builtin().all() {
            let table = &lexicon.dates;
            assert_eq!(table.weekdays.len(), 7, "{}", lexicon.tag);
            let numbered = !table.month_after.is_empty();
            assert!(numbered || table.months.len() == 12, "{}", lexicon.tag);
            assert!(!table.common.is_empty(), "{}", lexicon.tag);
        }
    }

    #[test]
    fn no_form_names_two_months_of_one_language() {
        for lexicon in Lexicons::builtin().all() {
            let mut seen = std::collections::BTreeMap::new();
            for (month, forms) in lexicon.dates.months.iter().enumerate() {
                for form in forms {
                    let other = seen.insert(form, month);
                    assert!(other.is_none(), "{}: {form} is listed twice", lexicon.tag);
                    assert_eq!(*form, form.to_lowercase(), "{}", lexicon.tag);
                }
            }
        }
    }
}
