//! Words of a passage with what the language table says of them.

use std::ops::Range;
use std::rc::Rc;

use crate::lang::{EventTable, EventWord, Meaning, NameStyle};
use crate::model::EventKind;
use crate::read::cuts::{Cut, LONGEST, NOUN};
use crate::read::words::{Meanings, Token};
use crate::source::Span;

/// The tokens of a passage.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub table: &'a EventTable,
    pub tokens: Rc<[Token]>,
    found: Rc<Meanings<Meaning<'a>>>,
    /// A bit for each word that the passage has: most are asked for at every token, and stand at none.
    kinds: u128,
}

impl<'a> Words<'a> {
    /// The words of a passage.
    pub(super) fn of(text: &'a str, cut: Cut<'a>, table: &'a EventTable) -> Self {
        Self {
            text,
            table,
            tokens: cut.tokens,
            found: cut.found,
            kinds: cut.kinds,
        }
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The words of a token as written.
    pub(super) fn written(&self, i: usize) -> &'a str {
        self.tokens[i].span.of(self.text)
    }

    /// The folded form of a token; empty outside the passage.
    pub(super) fn folded(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.folded.as_str())
    }

    /// Whether the passage has the noun of an event.
    pub(super) fn holds_noun(&self) -> bool {
        self.kinds & NOUN != 0
    }

    /// Whether any form of the passage has that meaning.
    pub(super) fn holds(&self, word: EventWord) -> bool {
        self.kinds >> word as u32 & 1 == 1
    }

    /// The tokens that forms with that meaning begin at, and how many tokens the longest of each takes.
    pub(super) fn each(&self, word: EventWord) -> impl Iterator<Item = (usize, usize)> {
        let tokens = if self.holds(word) { self.len() } else { 0 };
        (0..tokens).filter_map(move |i| Some((i, self.is(i, word)?)))
    }

    /// How many tokens the longest form with that meaning takes that begins at `i`.
    pub(super) fn is(&self, i: usize, word: EventWord) -> Option<usize> {
        if !self.holds(word) {
            return None;
        }
        self.found
            .at(i)
            .iter()
            .filter(|(m, _)| *m == Meaning::Word(word))
            .map(|(_, n)| *n)
            .max()
    }

    /// The same for a form that ends just before `end`.
    pub(super) fn ends(&self, end: usize, word: EventWord) -> Option<usize> {
        if !self.holds(word) {
            return None;
        }
        (1..=end.min(LONGEST))
            .rev()
            .find(|n| self.has(end - n, word, *n))
    }

    fn has(&self, i: usize, word: EventWord, len: usize) -> bool {
        self.found
            .at(i)
            .iter()
            .any(|(m, n)| *m == Meaning::Word(word) && *n == len)
    }

    /// Whether any form of one of these meanings begins at `i`.
    pub(super) fn any(&self, i: usize, words: &[EventWord]) -> bool {
        self.found
            .at(i)
            .iter()
            .any(|(m, _)| matches!(m, Meaning::Word(w) if words.contains(w)))
    }

    /// The longest noun of an event at `i`.
    pub(super) fn noun(&self, i: usize) -> Option<(EventKind, usize)> {
        self.found
            .at(i)
            .iter()
            .filter_map(|(m, n)| match m {
                Meaning::Noun(kind) => Some((EventKind::from_code(kind)?, *n)),
                _ => None,
            })
            .max_by_key(|(_, n)| *n)
    }

    /// The cardinal at `i`, in digits or a word.
    pub(super) fn number(&self, i: usize) -> Option<u32> {
        let token = self.tokens.get(i)?;
        if let Ok(number) = token.folded.parse() {
            return Some(number);
        }
        self.found.at(i).iter().find_map(|(m, _)| match m {
            Meaning::Number(n) => Some(*n),
            _ => None,
        })
    }

    /// The ordinal at `i` and the tokens it takes: a word, digits with an ending, or a Roman numeral.
    pub(super) fn ordinal(&self, i: usize) -> Option<(u32, usize)> {
        let token = self.tokens.get(i).filter(|t| t.word)?;
        if let Some(number) = self.of_two_words(i) {
            return Some((number, 2));
        }
        // `دویست و بیست و نهمین`: the last word of a longer number.
        if i > 1 && self.folded(i - 1) == "و" && token.folded.ends_with("مین") {
            return None;
        }
        for (meaning, len) in self.found.at(i) {
            if let Meaning::Ordinal(n) = meaning {
                // `trigésimo noveno`: tens and units, each an ordinal.
                let unit = self.found.at(i + len).iter().find_map(|f| {
                    let Meaning::Ordinal(unit) = f.0 else {
                        return None;
                    };
                    (n % 10 == 0 && unit < 10).then_some((unit, f.1))
                });
                return Some(unit.map_or((*n, *len), |(unit, more)| (n + unit, len + more)));
            }
        }
        if self.table.style == NameStyle::Unspaced {
            return self.counted(i);
        }
        if let Some(found) = self.prefixed(i) {
            return Some(found);
        }
        let prefixes = &self.table.ordinal_prefixes;
        let form = (prefixes.iter())
            .find_map(|p| token.folded.strip_prefix(p.as_str()))
            .unwrap_or(&token.folded);
        let digits = form.bytes().take_while(u8::is_ascii_digit).count();
        let endings = &self.table.ordinal_endings;
        if (1..=3).contains(&digits) {
            let number = form[..digits].parse().ok().filter(|n| *n > 0)?;
            let rest = &form[digits..];
            if rest.is_empty() {
                let dotted = endings.iter().any(|e| e == ".")
                    && self.folded(i + 1) == "."
                    && self.touch(i, i + 1)
                    && self.tokens.get(i + 2).is_some_and(|t| t.word);
                return dotted.then_some((number, 2));
            }
            return endings.iter().any(|e| e == rest).then_some((number, 1));
        }
        if let Some((tens, unit)) = form.split_once('-') {
            let tens = self
                .table
                .tens
                .iter()
                .find(|(_, forms)| forms.iter().any(|f| f == tens))
                .and_then(|(n, _)| n.parse::<u32>().ok());
            let unit = self
                .table
                .ordinals
                .iter()
                .find(|(_, forms)| forms.iter().any(|f| f == unit))
                .and_then(|(n, _)| n.parse::<u32>().ok());
            return tens.zip(unit).map(|(t, u)| (t + u, 1));
        }
        let written = self.written(i);
        let letters = written.bytes().take_while(|b| b"IVXLC".contains(b)).count();
        if letters == 0 {
            return None;
        }
        let rest = written[letters..].to_lowercase();
        // `La` and `Va` are words, not numerals with an ending.
        let ending = rest.is_empty()
            || endings
                .iter()
                .any(|e| *e == rest && !matches!(e.as_str(), "." | "a" | "o"));
        let single = letters == 1 && matches!(written.as_bytes()[0], b'L' | b'C');
        (ending && !single)
            .then(|| roman(&written[..letters]))
            .flatten()
            .map(|n| (n, 1))
    }

    /// Whether the ordinal of some tokens counts no events: `First Aid`, `21st century`.
    pub(super) fn is_uncounted(&self, ordinal: &std::ops::Range<usize>) -> bool {
        self.is(ordinal.start, EventWord::Uncounted).is_some()
            || self.is(ordinal.end, EventWord::Era).is_some()
            || self.ends(ordinal.start, EventWord::Era).is_some()
    }

    /// `ke-12`, `lần thứ 12`: digits that only what stands before them makes an ordinal.
    fn prefixed(&self, i: usize) -> Option<(u32, usize)> {
        let number = |form: &str| form.parse().ok().filter(|n| (1..1000).contains(n));
        self.table.ordinal_prefixes.iter().find_map(|prefix| {
            if prefix.ends_with('-') {
                let digits = self.folded(i).strip_prefix(prefix.as_str())?;
                return Some((number(digits)?, 1));
            }
            let words = prefix.split(' ').count();
            let spaced = prefix.is_ascii() || prefix.contains(' ');
            let here = prefix
                .split(' ')
                .enumerate()
                .all(|(k, w)| self.folded(i + k) == w);
            (spaced && here).then(|| Some((number(self.folded(i + words))?, words + 1)))?
        })
    }

    /// An ordinal that follows its noun: `Kongres ke-2`, `lần thứ tư`.
    pub(super) fn following_ordinal(&self, i: usize) -> Option<(u32, usize)> {
        let follows =
            !self.table.ordinal_prefixes.is_empty() && self.table.style == NameStyle::Romance;
        if !follows {
            return None;
        }
        let word = self
            .found
            .at(i)
            .iter()
            .find_map(|(meaning, len)| match meaning {
                Meaning::Ordinal(n) => Some((*n, *len)),
                _ => None,
            });
        word.or_else(|| self.prefixed(i))
    }

    /// `двадцать первый`: tens and a unit in a word of its own.
    fn of_two_words(&self, i: usize) -> Option<u32> {
        let unit = self.found.at(i + 1).iter().find_map(|(m, n)| match m {
            Meaning::Ordinal(unit) if *n == 1 && *unit < 10 => Some(*unit),
            _ => None,
        })?;
        let tens = self.table.tens.iter();
        let tens = tens
            .filter(|(_, forms)| forms.iter().any(|f| f == self.folded(i)))
            .find_map(|(n, _)| n.parse::<u32>().ok())?;
        Some(tens + unit)
    }

    /// `第12届`, `第十二回`: the number between the sign of an ordinal and a counter.
    fn counted(&self, i: usize) -> Option<(u32, usize)> {
        if self.folded(i) != "第" {
            return None;
        }
        let mut value = 0_u32;
        let mut digit: Option<u32> = None;
        // A number too large for one is no ordinal.
        let shift =
            |digit: Option<u32>, by: u32| digit.unwrap_or(0).checked_mul(10)?.checked_add(by);
        let mut at = i + 1;
        while at < self.len() && at < i + 8 {
            let form = self.folded(at);
            if let Ok(number) = form.parse::<u32>() {
                digit = Some(shift(digit, number)?);
            } else if let Some(n) = "〇一二三四五六七八九"
                .chars()
                .position(|c| form == c.to_string())
            {
                digit = Some(shift(digit, n as u32)?);
            } else if form == "十" || form == "百" {
                let unit = if form == "十" { 10 } else { 100 };
                value = value.checked_add(digit.take().unwrap_or(1).checked_mul(unit)?)?;
            } else {
                break;
            }
            at += 1;
        }
        let value = value.checked_add(digit.unwrap_or(0))?;
        let counter = self
            .table
            .ordinal_endings
            .iter()
            .any(|e| e == self.folded(at));
        (counter && value > 0).then_some((value, at + 1 - i))
    }

    /// Whether a noun carries its article as an ending or a prefix: `mötet`, `المؤتمر`.
    pub(super) fn is_definite(&self, i: usize) -> bool {
        let word = self.folded(i);
        let mut endings = self.table.definite_endings.iter();
        let mut prefixes = self.table.definite_prefixes.iter();
        endings.any(|ending| word.ends_with(ending.as_str()))
            || prefixes.any(|prefix| word.starts_with(prefix.as_str()))
    }

    /// The tokens of a range that stand in no brackets.
    pub(super) fn outside_brackets(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let mut depth = 0;
        range.filter(move |k| {
            depth += i32::from(self.folded(*k) == "(");
            let inside = depth > 0;
            depth -= i32::from(self.folded(*k) == ")");
            !inside
        })
    }

    /// Whether more brackets open in a range than close.
    pub(super) fn opens_bracket(&self, range: Range<usize>) -> bool {
        let count = |sign| range.clone().filter(|k| self.folded(*k) == sign).count();
        count("(") > count(")")
    }

    /// The year that a number is, or begins with: `2028년`.
    pub(super) fn year(&self, i: usize) -> Option<i32> {
        const YEARS: Range<i32> = 1500..2100;
        let word = self.folded(i);
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let year = word[..digits].parse().ok()?;
        YEARS.contains(&year).then_some(year)
    }

    /// Whether token `b` follows `a` with nothing between.
    pub(super) fn touch(&self, a: usize, b: usize) -> bool {
        self.tokens[a].span.end == self.tokens[b].span.start
    }

    /// The span of a run of tokens; `None` for an empty run.
    pub(super) fn span(&self, range: &std::ops::Range<usize>) -> Option<Span> {
        let first = self.tokens.get(range.start)?.span;
        let last = self.tokens.get(range.end.checked_sub(1)?)?.span;
        (range.start < range.end).then(|| first.cover(last))
    }

    /// Index of the first token that ends after byte `at`.
    pub(super) fn token_at(&self, at: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= at)
    }
}

/// The value of a Roman numeral written in its only proper form.
pub(super) fn roman(letters: &str) -> Option<u32> {
    const PARTS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let (mut rest, mut value) = (letters, 0);
    for (worth, sign) in PARTS {
        let most = if sign.len() > 1 || worth == 50 || worth == 5 {
            1
        } else {
            3
        };
        for _ in 0..most {
            if let Some(shorter) = rest.strip_prefix(sign) {
                rest = shorter;
                value += worth;
            }
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_counted_where_words_are_not_spaced() {
        let table: EventTable =
            toml::from_str("style = 'unspaced'\nordinal_endings = ['届', '回']").unwrap();
        for (text, want) in [
            ("第十二届大会", Some((12, 4))),
            ("第7回展", Some((7, 3))),
            ("第百三回", Some((103, 4))),
            ("第三章", None),
        ] {
            let cut = Cut::of(text, Span::new(0, text.len()), &table);
            let words = Words::of(text, cut, &table);
            assert_eq!(words.ordinal(0), want, "{text}");
        }
    }

    #[test]
    fn ordinals_come_in_words_digits_and_roman_numerals() {
        let table: EventTable = toml::from_str(
            "ordinal_endings = ['th', 'es', '.']\nordinals.1 = ['first']\ntens.20 = ['twenty']",
        )
        .unwrap();
        for (text, want) in [
            ("12th Forum", Some(12)),
            ("twenty-first Forum", Some(21)),
            ("XXII Foro", Some(22)),
            ("IIIes Rencontres", Some(3)),
            ("5. Tagung", Some(5)),
            ("2024 Forum", None),
            ("IIII Forum", None),
            ("Les Forum", None),
            ("Civic Forum", None),
            ("5 Forum", None),
        ] {
            let cut = Cut::of(text, Span::new(0, text.len()), &table);
            let words = Words::of(text, cut, &table);
            assert_eq!(words.ordinal(0).map(|(n, _)| n), want, "{text}");
        }
    }
}
