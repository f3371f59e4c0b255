//! What stands around a name: whether it can be a place there.

use super::words::Word;
use crate::lang::PlaceTable;
use crate::lang::places::{Leads, PlaceForms};
use crate::source::Span;

/// The words of a text, and what a language says of places among them.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    text: &'a str,
    range: Span,
    words: &'a [Word],
    forms: &'a PlaceForms,
}

/// Longest run of words that is looked up before a name.
const LONGEST: usize = 4;

impl<'a> Surroundings<'a> {
    pub(super) fn new(
        text: &'a str,
        range: Span,
        words: &'a [Word],
        table: &'a PlaceTable,
    ) -> Self {
        Self {
            text,
            range,
            words,
            forms: table.forms(),
        }
    }

    /// The text between a word and the next.
    pub(super) fn gap(&self, i: usize) -> &'a str {
        let end = self
            .words
            .get(i + 1)
            .map_or(self.range.end, |w| w.span.start);
        let start = self.words[i].span.end;
        Span {
            start,
            end: end.max(start),
        }
        .of(self.text)
    }

    /// The text between a word and the one before it.
    pub(super) fn gap_before(&self, i: usize) -> &'a str {
        if let Some(before) = i.checked_sub(1) {
            return self.gap(before);
        }
        let end = self.words[i].span.start;
        Span {
            start: self.range.start,
            end,
        }
        .of(self.text)
    }

    /// The number of words that a preposition, and what may stand behind it, takes at `i`.
    pub(super) fn lead(&self, i: usize) -> Option<usize> {
        let len = self.list(i, &self.forms.prepositions)?;
        let mut at = i + len;
        while let Some(more) = self.list(at, &self.forms.between) {
            at += more;
        }
        Some(at - i)
    }

    /// The number of words that an article or the like takes at `i`.
    pub(super) fn article(&self, i: usize) -> Option<usize> {
        self.list(i, &self.forms.between)
    }

    /// Whether an article stands before the word at `i`.
    pub(super) fn behind_article(&self, i: usize) -> bool {
        i > 0
            && is_blank(self.gap(i - 1))
            && self.words[i - 1].folded.chars().count() <= 3
            && self.article(i - 1) == Some(1)
    }

    /// The number of words that the longest entry of a list takes at `i`.
    fn list(&self, i: usize, list: &Leads) -> Option<usize> {
        let behind = list.behind(&self.words.get(i)?.folded);
        let follows = |rest: &&Vec<String>| {
            rest.iter().zip(i + 1..).all(|(part, k)| {
                self.words.get(k).is_some_and(|word| word.folded == part)
                    && is_blank(self.gap(k - 1))
            })
        };
        behind
            .iter()
            .filter(follows)
            .map(|rest| rest.len() + 1)
            .max()
    }

    /// Whether a preposition of place stands before the word at `i`.
    pub(super) fn placed(&self, i: usize) -> bool {
        let blank =
            |from: usize| (from..i).all(|k| matches!(self.gap(k).trim(), "" | "." | "'" | "’"));
        (1..=LONGEST.min(i)).any(|back| self.lead(i - back) == Some(back) && blank(i - back))
    }

    /// Whether a postal code stands before the word at `i`.
    pub(super) fn coded(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).map(|k| &self.words[k]) else {
            return false;
        };
        let digits = before.folded.bytes().filter(u8::is_ascii_digit).count();
        is_blank(self.gap(i - 1)) && (4..=6).contains(&digits) && before.folded.len() <= 8 && {
            // A year before a name is no postal code.
            let year: u32 = before.folded.parse().unwrap_or(0);
            !(1900..2100).contains(&year)
        }
    }

    /// Whether the words from `i` to `end` open a line as a dateline does.
    pub(super) fn opens_line(&self, i: usize, end: usize) -> bool {
        let before = self.gap_before(i);
        let first = i == 0 && before.trim_matches(is_ornament).is_empty()
            || before
                .rsplit_once('\n')
                .is_some_and(|(_, rest)| rest.trim_matches(is_ornament).is_empty());
        let behind = self.gap(end - 1).trim_start();
        // `Lyon. – Text`
        let gap = behind.strip_prefix('.').unwrap_or(behind).trim_start();
        let shouted = self.words[i].shouted && !self.words.get(end).is_some_and(|w| w.shouted);
        let dash =
            gap.starts_with(['–', '—', '―']) || gap.starts_with("- ") || gap.starts_with("--");
        let dated = gap.starts_with(',')
            && self.words.get(end).is_some_and(|w| {
                w.folded.starts_with(|c: char| c.is_ascii_digit())
                    || self
                        .words
                        .get(end + 1)
                        .is_some_and(|w| w.folded.starts_with(|c: char| c.is_ascii_digit()))
            });
        let day = shouted
            && self
                .words
                .get(end)
                .is_some_and(|w| w.folded.starts_with(|c: char| c.is_ascii_digit()));
        first
            && (day
                || dash
                || dated
                || shouted && (gap.starts_with([',', '(', ':']) || behind.starts_with('.')))
    }

    /// Whether a capitalized word goes with those from `i` to `end`: they are part of a longer name.
    pub(super) fn in_longer_name(&self, i: usize, end: usize, placed: bool) -> bool {
        let joins = |gap: &str| {
            is_blank(gap) && !gap.contains('\n') || matches!(gap, "-" | "–" | "/" | "&" | " & ")
        };
        let named = |w: &Word| w.cased && w.capital && w.folded.len() > 1 || w.cased && w.shouted;
        let after = self
            .words
            .get(end)
            .is_some_and(|w| named(w) && joins(self.gap(end - 1)));
        let before = i > 0 && named(&self.words[i - 1]) && joins(self.gap(i - 1)) && !placed;
        after || before
    }

    /// Whether most of the line's words have capitals, so that a capital says nothing.
    pub(super) fn in_title(&self, i: usize) -> bool {
        let reach = 12;
        let (mut capitals, mut words) = (0, 0);
        let mut count = |k: usize| {
            if self.words[k].cased && self.words[k].folded.chars().count() > 3 {
                words += 1;
                capitals += usize::from(self.words[k].capital);
            }
        };
        for k in (i.saturating_sub(reach)..=i).rev() {
            count(k);
            if self.gap_before(k).contains('\n') {
                break;
            }
        }
        for k in i + 1..(i + reach).min(self.words.len()) {
            if self.gap_before(k).contains('\n') {
                break;
            }
            count(k);
        }
        words >= 5 && capitals * 5 >= words * 4
    }
}

/// Whether only blanks stand there.
pub(super) fn is_blank(gap: &str) -> bool {
    !gap.is_empty() && gap.chars().all(char::is_whitespace)
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '*' | '–' | '—' | '-' | '•')
}
