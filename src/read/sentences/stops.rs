//! Whether a stop ends its sentence.

use rustc_hash::FxHashSet;

use crate::lang::{AgentWord, Forms, SentenceTable, is_unspaced};

/// Decides at each place where a sentence might end.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    /// The language's table.
    pub(super) table: &'a SentenceTable,
    /// Titles of address of every language.
    pub(super) titles: &'a Forms<AgentWord>,
    /// Words whose exclamation mark is part of them.
    pub(super) exclaimed: FxHashSet<&'a str>,
}

/// Longest word before a stop that is looked at, in bytes.
const REACH: usize = 120;

impl Judge<'_> {
    /// Whether the sentence that begins at `from` ends at `at`.
    pub(super) fn ends(&self, text: &str, from: usize, at: usize) -> bool {
        let start = from.max(floor(text, at, 4 * REACH));
        let (before, after) = (&text[start..at], &text[at..]);
        let right = after.trim_start();
        let closed = before.trim_end();
        let core = without_note(closed).trim_end_matches(is_closing_or_blank);
        let (Some(stop), Some(next)) = (core.chars().next_back(), right.chars().next()) else {
            return false;
        };
        let spaced = right.len() < after.len() || closed.len() < before.len();
        let words = core.trim_end_matches(is_stop_or_blank);
        if !words.chars().any(char::is_alphanumeric) || start == from && enumerates(before) {
            return false;
        }
        if matches!(
            stop,
            '。' | '！' | '？' | '｡' | '．' | '।' | '॥' | '؟' | '۔'
        ) {
            let quoted = closed.len() > core.len();
            // 「…。」と述べた: the quotation is part of a sentence.
            let goes_on = quoted && ('\u{3041}'..='\u{3096}').contains(&next);
            let digits =
                stop == '．' && words.ends_with(|c: char| c.is_numeric()) && next.is_numeric();
            return !goes_on && !digits && !goes_on_with(next);
        }
        if self.table.stops.contains(&stop) {
            return spaced && !opens_small(right);
        }
        if !is_stop(stop) || goes_on_with(next) {
            return false;
        }
        if in_address(text, at, spaced) {
            return false;
        }
        if !spaced {
            return self.ends_glued(words, stop, right, closed.len() > core.len());
        }
        if opens_small(right) {
            return false;
        }
        let word = last_word(words);
        match stop {
            '!' => !self.exclaimed.contains(word),
            '…' => !closed.ends_with([']', ')']) || self.opens(right),
            '.' if core.ends_with("..") => true,
            '.' => self.ends_at_full_stop(words, word, right),
            _ => true,
        }
    }

    /// Whether the full stop behind `word` ends the sentence before `right`, which a blank parts from it.
    fn ends_at_full_stop(&self, words: &str, word: &str, right: &str) -> bool {
        let number = first_sign(right).is_some_and(char::is_numeric);
        let lower = word.to_lowercase();
        let has = |set: &FxHashSet<String>| set.contains(word) || set.contains(&lower);
        let table = self.table;
        if has(&table.after_number) {
            let head = words[..words.len() - word.len()].trim_end();
            return head.ends_with(|c: char| c.is_numeric()) && !number;
        }
        let mut title = false;
        self.titles
            .meanings(|i| (i == 0).then_some(lower.as_str()), |_, _| title = true);
        if has(&table.before) || title && lower.chars().count() > 1 {
            return false;
        }
        if has(&table.before_number) && number {
            return false;
        }
        if has(&table.anywhere) || is_dotted(word) {
            return self.opens(right);
        }
        let mut letters = word.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && letter.is_alphabetic()
        {
            let mut following = right.chars();
            if following.next().is_some_and(char::is_alphabetic) && following.next() == Some('.') {
                return false;
            }
            // An initial; in scripts without capitals a single letter is an abbreviation too.
            return (letter.is_lowercase() && !number || self.opens(right)) && !is_unspaced(letter);
        }
        let digits = word.chars().all(|c| c.is_ascii_digit());
        if table.ordinal_stop && digits && word.len() <= 3 {
            return self.opens(right);
        }
        true
    }

    /// Whether a stop ends a sentence that the next follows without a blank: `1996.He`, but not `example.com` or `3.5`.
    fn ends_glued(&self, words: &str, stop: char, right: &str, closed: bool) -> bool {
        let word = last_word(words);
        let (Some(left), Some(next)) = (words.chars().next_back(), first_sign(right)) else {
            return false;
        };
        if is_unspaced(left) && is_unspaced(next) {
            return stop != '.';
        }
        let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
        let following = first_word(right);
        if caseless(left) && caseless(next) {
            return word.chars().count() > 2
                && following.chars().count() > 2
                && !self.abbreviates(word);
        }
        let sentence = next.is_uppercase()
            && following
                .chars()
                .skip(1)
                .all(|c| c.is_lowercase() || matches!(c, '\'' | '’'))
            && (following.chars().count() > 1 || self.opens(right));
        let ended = word.chars().count() >= 3 && !word.contains('.');
        let plain = left.is_lowercase() && word.starts_with(char::is_lowercase)
            || word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
            || closed;
        let address = right[following.len().min(right.len())..].starts_with(['.', '/', '@'])
            && !right[following.len().min(right.len())..].starts_with(". ");
        sentence
            && ended
            && !address
            && !self.abbreviates(word)
            && (plain || left.is_lowercase() && self.opens(right))
            && !DOMAINS.contains(&following.to_lowercase().as_str())
    }

    fn abbreviates(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let table = self.table;
        [
            &table.before,
            &table.before_number,
            &table.anywhere,
            &table.after_number,
        ]
        .iter()
        .any(|set| set.contains(word) || set.contains(&lower))
    }

    /// Whether a text begins with a word that begins sentences.
    fn opens(&self, right: &str) -> bool {
        let start = right
            .char_indices()
            .take(8)
            .find(|(_, c)| c.is_alphanumeric());
        let word = start.map_or("", |(at, _)| first_word(&right[at..]));
        let lower = word.to_lowercase();
        let stem = lower.split(['\'', '’']).next().unwrap_or(&lower);
        word.starts_with(char::is_uppercase) && self.table.openers.contains(stem)
    }
}

/// Endings of host names that look like a word of a sentence when their first letter is a capital.
const DOMAINS: &[&str] = &["com", "org", "net", "gov", "edu", "int", "info", "js", "io"];

/// Whether a mark can end a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '．'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '።'
            | '։'
            | '။'
    )
}

/// Whether a mark closes a quotation or bracket.
pub(super) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '“'
            | '‘'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '）'
            | '」'
            | '』'
            | '】'
            | '》'
            | '〉'
    )
}

/// `at` less `reach` bytes, on a character boundary.
fn floor(text: &str, at: usize, reach: usize) -> usize {
    let start = at.saturating_sub(reach);
    (start..at)
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(at)
}

fn is_closing_or_blank(c: char) -> bool {
    is_closing(c) || c.is_whitespace()
}

fn is_stop_or_blank(c: char) -> bool {
    is_stop(c) || is_closing_or_blank(c)
}

/// Whether the mark behind a stop carries the sentence on.
fn goes_on_with(next: char) -> bool {
    matches!(
        next,
        ',' | ';' | ':' | '،' | '؛' | '，' | '、' | '；' | '：'
    ) || is_stop(next)
}

/// `text` without the number of a note at its end: `[1]`.
fn without_note(text: &str) -> &str {
    text.strip_suffix(']')
        .and_then(|inner| {
            let head = inner.trim_end_matches(|c: char| c.is_ascii_digit());
            head.strip_suffix('[').filter(|_| head.len() < inner.len())
        })
        .unwrap_or(text)
}

/// Whether the next words begin with a small letter, quotation marks and brackets aside.
fn opens_small(right: &str) -> bool {
    first_sign(right).is_some_and(char::is_lowercase)
}

/// The first letter or digit, with nothing but marks before it.
fn first_sign(right: &str) -> Option<char> {
    right.chars().take(8).find(|c| c.is_alphanumeric())
}

/// The word that ends `text`: letters, digits, inner full stops and hyphens.
pub(super) fn last_word(text: &str) -> &str {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let inner = matches!(c, '.' | '-' | '\'' | '’' | '"' | '·' | '/');
        if !c.is_alphanumeric() && !inner && !is_mark(c) || text.len() - at > REACH {
            break;
        }
        start = at;
    }
    text[start..].trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Vowel signs and accents that stand as characters of their own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e4e}' | '\u{64b}'..='\u{652}')
}

fn first_word(text: &str) -> &str {
    let len = text
        .char_indices()
        .take(REACH)
        .find(|(_, c)| !c.is_alphanumeric() && !matches!(c, '\'' | '’') && !is_mark(*c))
        .map_or(text.len(), |(at, _)| at);
    &text[..len]
}

/// Whether a word is of single letters with full stops between: `U.S`, `И.И`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            part.chars().filter(|c| c.is_alphabetic()).count() == 1 && part.chars().count() <= 2
        })
}

/// Whether a sentence so far is only the mark of a list's item: `3.`, `(b)`, `IV.`
fn enumerates(before: &str) -> bool {
    let mark = before.trim().trim_matches(['(', ')', '.']);
    let count = mark.chars().count();
    let roman = count <= 4 && mark.bytes().all(|b| b"IVXivx".contains(&b));
    let digits = count <= 3 && mark.bytes().all(|b| b.is_ascii_digit());
    let letter = count == 1 && mark.chars().all(|c| c.is_ascii_alphabetic());
    count > 0 && before.trim().ends_with(['.', ')']) && (roman || digits || letter)
}

/// Whether `at` lies inside a mail or web address.
fn in_address(text: &str, at: usize, spaced: bool) -> bool {
    if spaced {
        return false;
    }
    let part = |c: char| c.is_ascii_graphic();
    let near = &text[floor(text, at, REACH)..at];
    let head = near.rsplit(|c| !part(c)).next().unwrap_or(near);
    let tail_len = text[at..]
        .char_indices()
        .take(REACH)
        .find(|(_, c)| !part(*c))
        .map_or((text.len() - at).min(REACH), |(i, _)| i);
    let tail = text.get(at..at + tail_len).unwrap_or_default();
    head.contains("://")
        || head.starts_with("www.")
        || (head.contains('@') || tail.contains('@'))
            && !tail.starts_with(|c: char| c.is_uppercase())
}
