//! What a page says of itself, in the language of its reader: labels and dates.
//!
//! A language is one `words/TAG.toml` file and its tag below.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveTime;
use serde::Deserialize;

use crate::model::{Date, Site, Zone, primary_language};

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// BCP 47 tag, the primary subtag alone.
    pub(super) tag: String,
    /// Labels by their keys, the same in every language.
    pub(super) labels: BTreeMap<String, String>,
    /// Stands between the parts of a list.
    #[serde(default = "comma")]
    pub(super) comma: String,
    dates: DateWords,
}

fn comma() -> String {
    ", ".to_owned()
}

/// How a date is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DateWords {
    /// Names of the months, January first; none where months have numbers.
    #[serde(default)]
    months: Vec<String>,
    /// Their names without a day, where those differ.
    #[serde(default)]
    months_alone: Vec<String>,
    /// A day, of `{day}`, `{month}` or `{number}`, and `{year}`.
    day: String,
    /// A month without a day.
    month: String,
    /// A day with a clock time, of `{date}` and `{time}`.
    time: String,
}

macro_rules! tables {
    ($($tag:literal),+ $(,)?) => {
        static TABLES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("words/", $tag, ".toml")))),+];
    };
}

tables! {
    "en", "fr", "es", "ru", "zh", "ar", "pt", "de", "it", "ja", "ko", "nl", "pl", "tr", "uk", "he", "fa",
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let read = |(tag, text): &(&str, &str)| {
        toml::from_str(text)
            .unwrap_or_else(|fault| panic!("src/write/pages/words/{tag}.toml: {fault}"))
    };
    TABLES.iter().map(read).collect()
});

/// The texts of all tables.
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(_, text)| *text).chain([COUNTRY_NAMES])
}

static COUNTRY_NAMES: &str = include_str!("countries.tsv");

/// Names of countries (CLDR): a row for each code, a column for each language.
static COUNTRIES: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let rows = COUNTRY_NAMES.lines();
    rows.filter_map(|row| {
        let (code, names) = row.split_once('\t')?;
        Some((code, names.split('\t').collect()))
    })
    .collect()
});

/// Stands before an offset.
const UTC: &str = "UTC";

impl Words {
    /// The words for a page in a language: its own, else the site's, else English.
    pub(super) fn of(language: Option<&str>, site: &Site) -> &'static Self {
        let mut tags = language.into_iter().chain([site.language.as_str()]);
        tags.find_map(Self::exactly).unwrap_or(&WORDS[0])
    }

    /// The words of a language itself, where there is a table of it.
    pub(super) fn exactly(tag: &str) -> Option<&'static Self> {
        WORDS
            .iter()
            .find(|words| words.tag == primary_language(tag))
    }

    /// One label.
    pub(super) fn label(&self, key: &str) -> &str {
        self.labels.get(key).map_or("", String::as_str)
    }

    /// The name of a country (ISO 3166-1 alpha-2); the code itself where no name is known.
    pub(super) fn country<'a>(&self, code: &'a str) -> &'a str {
        let tags = COUNTRIES.get("code");
        let column = tags.and_then(|tags| tags.iter().position(|tag| *tag == self.tag));
        let row = COUNTRIES.get(code);
        row.zip(column)
            .and_then(|(names, column)| names.get(column).copied())
            .unwrap_or(code)
    }

    /// A date as precise as it is known.
    pub(super) fn date(&self, date: &Date) -> String {
        let year = date.year.to_string();
        let Some(month) = date.month else {
            return year;
        };
        let words = &self.dates;
        let alone = date.day.is_none() && !words.months_alone.is_empty();
        let names = if alone {
            &words.months_alone
        } else {
            &words.months
        };
        let name = names.get(month as usize - 1).map_or("", String::as_str);
        let pattern = match date.day {
            Some(_) => &words.day,
            None => &words.month,
        };
        let day = pattern
            .replace("{month}", name)
            .replace("{number}", &month.to_string())
            .replace("{day}", &date.day.unwrap_or_default().to_string())
            .replace("{year}", &year);
        let Some(time) = date.time else {
            return day;
        };
        let time = clock(time, date.zone.as_ref());
        words.time.replace("{date}", &day).replace("{time}", &time)
    }

    /// Start and end as they stand beside each other: a day that both share is said once, and so is their zone.
    pub(super) fn range(&self, start: &Date, end: &Date) -> (String, String) {
        let (Some(day), Some(end_day)) = (start.naive_day(), end.naive_day()) else {
            return (self.date(start), self.date(end));
        };
        match (start.time, end.time) {
            (Some(_), Some(time)) if day == end_day => {
                let shared = start.zone == end.zone;
                let start = Date {
                    zone: start.zone.clone().filter(|_| !shared),
                    ..start.clone()
                };
                (self.date(&start), clock(time, end.zone.as_ref()))
            }
            _ => (self.date(start), self.date(end)),
        }
    }
}

/// A clock time with its offset, where that is known.
fn clock(time: NaiveTime, zone: Option<&Zone>) -> String {
    let time = time.format("%H:%M").to_string();
    match zone {
        Some(zone) => format!("{time} ({})", offset(zone.offset)),
        None => time,
    }
}

/// All that a page may say of itself.
pub(super) fn all() -> Vec<&'static str> {
    let mut all = vec![UTC];
    for words in WORDS.iter() {
        let dates = &words.dates;
        all.extend(words.labels.values().map(String::as_str));
        all.extend(dates.months.iter().map(String::as_str));
        all.extend(dates.months_alone.iter().map(String::as_str));
        for pattern in [&dates.day, &dates.month, &dates.time] {
            let pieces = pattern.split(['{', '}']).step_by(2).map(str::trim);
            all.extend(pieces.filter(|piece| !piece.is_empty()));
        }
    }
    all
}

/// `UTC+5:30` for 330.
fn offset(minutes: i32) -> String {
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let sign = if minutes < 0 { '−' } else { '+' };
    match (hours, rest) {
        (0, 0) => UTC.to_owned(),
        (_, 0) => format!("{UTC}{sign}{hours}"),
        _ => format!("{UTC}{sign}{hours}:{rest:02}"),
    }
}

/// Languages whose usual script runs from right to left.
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
];

/// Scripts that run from right to left (ISO 15924).
const RIGHT_TO_LEFT_SCRIPTS: &[&str] = &[
    "Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa",
];

/// The direction in which a language is written, as HTML's `dir` has it.
pub(super) fn direction(tag: &str) -> &'static str {
    let script = tag.split('-').nth(1).filter(|part| part.len() == 4);
    let leftward = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&primary_language(tag)),
    };
    if leftward { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::site;
    use super::*;

    #[test]
    fn every_table_has_the_same_labels_and_all_months() {
        for (words, (tag, _)) in WORDS.iter().zip(TABLES) {
            assert_eq!(words.tag, *tag);
            assert!(
                words.labels.keys().eq(WORDS[0].labels.keys()),
                "{tag}: other labels than English"
            );
            assert!(
                words.labels.values().all(|label| !label.is_empty()),
                "{tag}"
            );
            let dates = &words.dates;
            let named = dates.day.contains("{month}");
            assert_eq!(dates.months.len(), if named { 12 } else { 0 }, "{tag}");
            assert!([0, 12].contains(&dates.months_alone.len()), "{tag}");
        }
    }

    #[test]
    fn every_country_has_a_name_in_every_language() {
        for (code, names) in COUNTRIES.iter() {
            assert_eq!(names.len(), TABLES.len(), "{code}");
            assert!(names.iter().all(|name| !name.is_empty()), "{code}");
        }
        let arabic = Words::of(Some("ar"), &site());
        assert_eq!(arabic.country("EG"), "مصر");
        assert_eq!(arabic.country("ZZ"), "ZZ");
    }

    #[test]
    fn every_file_of_words_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/write/pages/words");
        let files = std::fs::read_dir(folder).expect("the folder of words");
        assert_eq!(files.count(), TABLES.len());
    }

    #[test]
    fn dates_are_written_as_their_readers_do() {
        for (tag, date, want) in [
            ("en", "2023-11-21", "21 November 2023"),
            ("en-US", "2023-11", "November 2023"),
            ("en", "2023", "2023"),
            ("ru", "2023-11-21", "21 ноября 2023 г."),
            ("ru", "2023-11", "ноябрь 2023 г."),
            ("es", "2023-03-01", "1 de marzo de 2023"),
            ("zh", "2023-11-21", "2023年11月21日"),
            ("he", "2023-11-21", "21 בנובמבר 2023"),
            ("xx", "2023-11-21T09:05", "21 November 2023, 09:05"),
            (
                "en",
                "2023-11-21T09:05+05:30",
                "21 November 2023, 09:05 (UTC+5:30)",
            ),
            (
                "de",
                "2023-11-21T09:05-03:00",
                "21. November 2023, 09:05 (UTC−3)",
            ),
        ] {
            let words = Words::of(Some(tag), &site());
            let date = Date::parse(date).expect("a date");
            assert_eq!(words.date(&date), want, "{tag}");
        }
    }

    #[test]
    fn a_day_that_start_and_end_share_is_said_once() {
        let words = Words::of(Some("en"), &site());
        for (start, end, want) in [
            (
                "2026-10-15T18:30-04:00",
                "2026-10-15T20:00-04:00",
                "15 October 2026, 18:30 – 20:00 (UTC−4)",
            ),
            (
                "2026-10-25T01:30+02:00",
                "2026-10-25T03:00+01:00",
                "25 October 2026, 01:30 (UTC+2) – 03:00 (UTC+1)",
            ),
            (
                "2026-10-15T18:30",
                "2026-10-16T02:00",
                "15 October 2026, 18:30 – 16 October 2026, 02:00",
            ),
            (
                "2026-10-15",
                "2026-10-17",
                "15 October 2026 – 17 October 2026",
            ),
            ("2026-10", "2026-11", "October 2026 – November 2026"),
        ] {
            let date = |text| Date::parse(text).expect("a date");
            let (start, end) = words.range(&date(start), &date(end));
            assert_eq!(format!("{start} – {end}"), want);
        }
    }

    #[test]
    fn scripts_decide_direction_before_languages() {
        for (tag, want) in [
            ("en", "ltr"),
            ("ar", "rtl"),
            ("fa-IR", "rtl"),
            ("az-Arab", "rtl"),
            ("ku-Latn-TR", "ltr"),
            ("yi-Latn", "ltr"),
        ] {
            assert_eq!(direction(tag), want, "{tag}");
        }
    }
}
