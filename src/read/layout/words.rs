//! What the words of a line look like: sentence, title, name, ornament.

use crate::lang::{Lexicon, Lexicons, is_unspaced};

/// A line this long is running text, whatever it ends in. In characters; dense scripts count double and more.
const ALWAYS_PROSE: usize = 220;

/// Marks that close a sentence.
const TERMINATORS: &[char] = &['.', '!', '?', '。', '！', '？', '؟', '۔', '।', '…'];

/// Marks that may stand behind the mark that closes a sentence.
const CLOSERS: &[char] = &[
    '"', '\'', '”', '’', '»', '“', '」', '』', ')', ']', '）', '】',
];

/// Length of a line as a reader sees it: characters of scripts without word spaces carry more.
pub(super) fn weight(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars()
        .map(|c| {
            if matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}') {
                3
            } else {
                1
            }
        })
        .sum()
}

/// Number of words; in scripts without word spaces three characters count as one.
pub(super) fn word_count(text: &str) -> usize {
    words_up_to(text, usize::MAX)
}

/// Number of words; `most` or more where there are more.
pub(super) fn words_up_to(text: &str, most: usize) -> usize {
    let (mut words, mut counted) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        let (counts, parts) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), byte.is_ascii_whitespace())
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                continue;
            };
            if is_unspaced(c) {
                return dense_words(text);
            }
            (c.is_alphanumeric(), c.is_whitespace())
        };
        if counts && !counted {
            counted = true;
            words += 1;
            if words >= most {
                break;
            }
        } else if parts {
            counted = false;
        }
    }
    words
}

/// Number of words of a text with characters of scripts without word spaces.
fn dense_words(text: &str) -> usize {
    let unspaced = text.chars().filter(|c| is_unspaced(*c)).count();
    let spaced = text
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric) && !w.chars().any(is_unspaced))
        .count();
    spaced + unspaced.div_ceil(3)
}

/// Whether a line holds no letter and no digit.
pub(super) fn is_ornament(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// A line without the ornaments at its ends (`***`, `==`, bullets, dashes).
pub(super) fn without_ornaments(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '='
                    | '_'
                    | '~'
                    | '#'
                    | '•'
                    | '·'
                    | '■'
                    | '►'
                    | '>'
                    | '【'
                    | '】'
                    | '-'
                    | '–'
                    | '—'
            )
    })
}

/// The text without quotes and brackets behind its last mark.
fn without_closers(text: &str) -> &str {
    text.trim_end().trim_end_matches(CLOSERS)
}

/// Whether the line ends like a sentence.
pub(super) fn is_closed(text: &str) -> bool {
    without_closers(text).ends_with(TERMINATORS)
}

/// The tables that say which words are abbreviations: the language's own, and English, whose `Inc.` stands in any text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Abbreviations<'a> {
    tables: [Option<&'a Lexicon>; 2],
}

impl<'a> Abbreviations<'a> {
    pub(super) fn of(lexicons: &'a Lexicons, language: Option<&str>) -> Self {
        let own = language.and_then(|tag| lexicons.get(tag));
        Self {
            tables: [own, own.and(lexicons.get("en"))],
        }
    }

    /// Whether a word's full stop belongs to it. A short word with a capital may be one where no table can tell.
    fn hold(&self, word: &str) -> bool {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        let mut tables = self.tables.iter().flatten().peekable();
        let letters = word.chars().count();
        if !word.chars().any(char::is_alphabetic) {
            return false;
        }
        if tables.peek().is_none() {
            return word.contains('.')
                || letters <= 3 && word.chars().next().is_some_and(char::is_uppercase);
        }
        // `9 a.m.` ends a sentence as well as `Uhr` does.
        if tables.clone().any(|t| {
            let clock = t.dates.am.iter().chain(&t.dates.pm).chain(&t.dates.hour);
            clock.into_iter().any(|form| *form == lower)
        }) {
            return false;
        }
        letters == 1
            || word.contains('.')
            || tables.any(|t| {
                let table = &t.sentences;
                [&table.before, &table.before_number, &table.anywhere]
                    .iter()
                    .any(|set| set.contains(word) || set.contains(&lower))
            })
    }
}

/// Whether the line ends in a full stop that is not part of an abbreviation.
fn ends_in_full_stop(text: &str, abbreviations: Abbreviations<'_>) -> bool {
    let text = without_closers(text);
    if text.ends_with(['。', '۔', '।']) {
        return true;
    }
    let Some(rest) = text.strip_suffix('.') else {
        return false;
    };
    let last = rest.split_whitespace().next_back().unwrap_or("");
    !abbreviations.hold(last)
}

/// The start of `text`, at most `bytes` long, cut between characters.
pub(super) fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether two sentences meet inside the line.
fn holds_a_sentence_end(text: &str, abbreviations: Abbreviations<'_>) -> bool {
    let full = |c: &char| matches!(c, '。' | '！' | '？');
    if !text.is_ascii() && text.chars().filter(full).count() > 1 {
        return true;
    }
    let inner = without_closers(text).trim_end_matches(['.', '!', '?']);
    if !inner.contains('.') && !inner.contains('!') && !inner.contains('?') {
        return false;
    }
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let Some(next) = words.peek() else { break };
        let bare = without_closers(word);
        if bare.ends_with(['.', '!', '?'])
            && word.chars().filter(|c| c.is_alphabetic()).count() > 3
            && !bare
                .strip_suffix('.')
                .is_some_and(|w| abbreviations.hold(w))
            && next
                .chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(char::is_uppercase)
        {
            return true;
        }
    }
    false
}

/// Whether the line is in capitals: no letter is lower case, most have a case.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut capitals = 0;
    let mut caseless = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
        caseless += usize::from(c.is_alphabetic() && !c.is_uppercase());
    }
    capitals > 1 && capitals > caseless
}

/// Whether a line is running text, not a title, label or menu word.
pub(super) fn is_prose(text: &str, abbreviations: Abbreviations<'_>) -> bool {
    /// Words of the longest title in capitals.
    const SHOUTED: usize = 30;
    // No character has more than four bytes.
    if text.len() > ALWAYS_PROSE * 4 {
        return true;
    }
    let weight = weight(text);
    if weight > ALWAYS_PROSE {
        return true;
    }
    if is_capitals(text) {
        return words_up_to(text, SHOUTED + 1) > SHOUTED;
    }
    if words_up_to(text, 4) >= 4 && ends_in_full_stop(text, abbreviations) {
        return true;
    }
    let text = text.trim_end();
    let closed = weight > 110 && is_closed(text);
    let told = text.ends_with('.') || weight > 110 && !closed;
    let two = told && holds_a_sentence_end(text, abbreviations);
    // Two sentences are running text however short, but for a title that quotes them.
    two || closed || weight > 140 && text.ends_with([':', '：'])
}

/// Whether the line opens like an item of a list; bytes of the mark and the blanks behind it.
pub(super) fn bullet(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mark = chars.next()?;
    if !matches!(
        mark,
        '*' | '-' | '•' | '–' | '·' | '▪' | '●' | '○' | '■' | '►' | '‣' | '◦' | '・'
    ) {
        return None;
    }
    let rest = chars.as_str();
    let body = rest.trim_start();
    let tight = matches!(mark, '•' | '▪' | '●' | '○' | '■' | '►' | '‣' | '◦' | '・');
    (!body.is_empty() && (tight || rest.len() > body.len()) && !is_ornament(body))
        .then_some(text.len() - body.len())
}

/// Whether a word opens with a capital, or its script has none.
pub(super) fn opens_name(word: &str) -> bool {
    word.chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
}

/// A name in capitals in usual ones: `NEW YORK` → `New York`. Mixed case stays.
pub(in crate::read) fn usual_capitals(name: &str) -> String {
    if !is_capitals(name) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_prose_and_titles_are_not() {
        for (language, text, prose) in [
            ("en", "Two meetings for your diary.", true),
            (
                "en",
                "Harbour board adopts new tariff for small boats",
                false,
            ),
            (
                "fr",
                "LE CONSEIL ADOPTE LE BUDGET 2031 ET ÉLIT SON PRÉSIDENT",
                false,
            ),
            ("en", "Who pays for the bridge?", false),
            ("en", "Senator visits Acme Tools Inc.", false),
            (
                "de",
                "Die Werft verkauft ihre Boote an Seilwerk Ltd.",
                false,
            ),
            ("de", "Die Kantine öffnet um 11 Uhr.", true),
            ("es", "El museo abre en el Teatro de la Paz.", true),
            ("en", "The museum opens at 9 a.m.", true),
            ("fi", "Kahvila avataan kello 8.30.", true),
            ("zh", "委员会今天在北京举行会议。", true),
            ("zh", "第三届桥梁会议在宁波开幕", false),
        ] {
            let tables = Abbreviations::of(Lexicons::builtin(), Some(language));
            assert_eq!(is_prose(text, tables), prose, "{text}");
        }
    }

    #[test]
    fn capitals_fold_to_usual_ones() {
        for (from, to) in [
            ("NEW YORK", "New York"),
            ("MONTRÉAL", "Montréal"),
            ("Bern", "Bern"),
            ("МОСКВА", "Москва"),
        ] {
            assert_eq!(usual_capitals(from), to);
        }
    }
}
