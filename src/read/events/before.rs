//! What of a name stands before its noun.

use super::extent::{BREAKS, Extent, REACH};
use super::phrases::{is_closing_quote, is_opening_quote};
use crate::lang::{EventWord, NameStyle};
use crate::read::words::{is_hangul, without_particle};

impl Extent<'_, '_> {
    pub(super) fn grow_left(&mut self, from: usize) {
        let words = &self.passage.words;
        if words.table.style == NameStyle::Unspaced {
            return self.grow_back(from);
        }
        let capitals = matches!(words.table.style, NameStyle::Germanic | NameStyle::Final);
        let slavic = words.table.style == NameStyle::Slavic;
        let mut kept = self.start;
        let mut pending = 0;
        while self.start > from && self.head.start - self.start < REACH {
            let prev = self.start - 1;
            if let Some((number, len)) = self.ordinal_before(from) {
                let range = self.start - len..self.start;
                self.start = range.start;
                let end = self.edition.as_ref().map_or(range.end, |e| e.1.end);
                self.edition = Some((number, range.start..end));
                kept = self.start;
                pending = 0;
                continue;
            }
            if self.edition.is_none()
                && self.start == self.head.start
                && let Some(number) = self.bare_number(prev)
            {
                self.edition = Some((number, prev..self.start));
                self.start = prev;
                break;
            }
            if let Some((_, range)) = &self.edition {
                if range.start == self.start && self.joins_ordinals(prev, from) {
                    self.start = prev;
                    continue;
                }
                break;
            }
            if words.ends(self.start, EventWord::Other).is_some() {
                self.other = true;
                break;
            }
            if let Some(len) = words.ends(self.start, EventWord::Modifier) {
                self.start -= len.min(self.start - from);
                kept = self.start;
                pending = 0;
                continue;
            }
            let token = &words.tokens[prev];
            if capitals && is_closing_quote(&token.folded) {
                let Some(open) = self.opening_quote(prev, from) else {
                    break;
                };
                self.start = open;
                kept = open;
                self.quoted = true;
                continue;
            }
            if capitals && token.folded == "s" && prev > from && words.folded(prev - 1) == "'"
                || capitals && token.folded == "'" && prev > from && words.touch(prev - 1, prev)
            {
                let owner = if token.folded == "s" {
                    prev.checked_sub(2)
                } else {
                    prev.checked_sub(1)
                };
                let Some(owner) = owner.filter(|o| *o >= from && words.tokens[*o].capital) else {
                    self.owned = true;
                    break;
                };
                if self.passage.ends_organization(owner) {
                    self.owned = true;
                    break;
                }
                self.start = owner;
                kept = owner;
                continue;
            }
            let year = token.folded.len() == 4 && token.folded.bytes().all(|b| b.is_ascii_digit());
            if capitals && (words.is(prev, EventWord::And).is_some() || token.folded == "&") {
                if kept == self.start
                    && prev > from
                    && words.tokens[self.start].capital
                    && words.tokens[prev - 1].capital
                    && words.tokens[prev - 1].word
                    && !self.breaks(prev - 1)
                {
                    self.start = prev - 1;
                    kept = self.start;
                    continue;
                }
                break;
            }
            if !token.word || self.breaks(prev) {
                break;
            }
            let adjective = slavic && self.is_adjective(prev);
            if year && capitals
                || adjective
                || capitals && token.capital && !token.folded.bytes().all(|b| b.is_ascii_digit())
            {
                self.start = prev;
                kept = prev;
                pending = 0;
                if year {
                    break;
                }
                continue;
            }
            let korean = capitals && token.folded.ends_with(is_hangul);
            let noun = korean
                && without_particle(&token.folded) == token.folded
                && token.folded.chars().count() > 1
                // `기획한`, `마련된`: a verb that qualifies.
                && !(token.folded.chars().count() > 2
                    && token.folded.ends_with(['한', '된', '할', '될']));
            if korean && !noun {
                break;
            }
            if noun {
                // Korean: bare nouns before the noun belong to it.
                self.start = prev;
                kept = prev;
                continue;
            }
            if capitals && pending < 2 && !token.folded.starts_with(|c: char| c.is_ascii_digit()) {
                // A lower-case word is part of the name where an article stands before it.
                pending += 1;
                self.start = prev;
                continue;
            }
            break;
        }
        if self.start < kept {
            let bound = self.start == 0
                || words.any(
                    self.start - 1,
                    &[
                        EventWord::Article,
                        EventWord::Indefinite,
                        EventWord::Possessive,
                    ],
                );
            if !bound || self.other {
                self.start = kept;
            }
        }
    }

    /// `the 5th edition of` before a name without a number of its own counts the event; `the next edition of` tells another.
    pub(super) fn count_editions(&mut self, from: usize) {
        let words = &self.passage.words;
        if self.edition.is_some() || words.table.style == NameStyle::Unspaced {
            return;
        }
        let article = words.ends(self.start, EventWord::Article).unwrap_or(0);
        let joint = self.start - article;
        let Some(len) = words.ends(joint, EventWord::Connector) else {
            return;
        };
        let Some(noun) = words.ends(joint - len, EventWord::Edition) else {
            return;
        };
        let at = joint - len - noun;
        let number = (1..=3.min(at.saturating_sub(from))).find_map(|n| {
            let ordinal = words.ordinal(at - n).filter(|o| o.1 == n)?;
            (!self.passage.is_date(at - n)).then_some((ordinal.0, at - n..at))
        });
        self.other |= words.ends(at, EventWord::Other).is_some();
        if let Some((number, range)) = number {
            self.lead = range.start;
            self.other |= words.ends(range.start, EventWord::Other).is_some();
            self.edition = Some((number, range));
        }
    }

    /// Where words are not spaced the name goes back to its ordinal, else to the next break.
    pub(super) fn grow_back(&mut self, from: usize) {
        let words = &self.passage.words;
        while self.start > from && self.head.start - self.start < REACH * 2 {
            let prev = self.start - 1;
            if let Some((number, len)) = self.ordinal_before(from) {
                self.start -= len;
                self.edition = Some((number, self.start..self.start + len));
                return;
            }
            // `…年会` before `全体大会` is one more noun of the same name, whatever signs it is written with.
            let nested = (2..=4).find(|n| {
                self.start >= from + n
                    && words.noun(self.start - n).is_some_and(|(_, len)| len == *n)
            });
            if let Some(len) = nested {
                self.start -= len;
                continue;
            }
            let dashed = prev > from
                && matches!(
                    words.folded(prev),
                    "—" | "–" | "-" | "－" | "·" | "•" | "・"
                )
                && words.tokens[prev - 1].word
                && words.touch(prev - 1, prev)
                && words.touch(prev, prev + 1);
            if dashed {
                self.start = prev;
                continue;
            }
            let other = words.ends(self.start, EventWord::Other).is_some();
            self.other |= other;
            let ends = BREAKS
                .iter()
                .any(|kind| words.ends(self.start, *kind).is_some());
            if other || ends || !words.tokens[prev].word || self.passage.is_date(prev) {
                return;
            }
            self.start = prev;
        }
    }

    /// A number without an ending between a definite article and a noun in capitals: `el 13 Congreso`.
    fn bare_number(&self, at: usize) -> Option<u32> {
        let words = &self.passage.words;
        let capital = words.tokens.get(at + 1).is_some_and(|t| t.capital);
        let article = words.ends(at, EventWord::Article).is_some()
            || words.ends(at, EventWord::Connector).is_some();
        let romance = words.table.style == NameStyle::Romance;
        let number = words
            .folded(at)
            .parse()
            .ok()
            .filter(|n| (2..=200).contains(n));
        number.filter(|_| romance && capital && article && !self.passage.is_date(at))
    }

    /// An ordinal that ends where the name begins so far.
    pub(super) fn ordinal_before(&self, from: usize) -> Option<(u32, usize)> {
        let words = &self.passage.words;
        (1..=8)
            .rev()
            .filter(|len| from + len <= self.start)
            .find_map(|len| {
                let at = self.start - len;
                words
                    .ordinal(at)
                    .filter(|(_, n)| *n == len && !self.passage.is_date(at))
            })
    }

    pub(super) fn joins_ordinals(&self, prev: usize, from: usize) -> bool {
        let words = &self.passage.words;
        let joint = matches!(words.folded(prev), "/" | "-" | "–")
            || words.is(prev, EventWord::And).is_some();
        joint && prev > from && words.ordinal(prev - 1).is_some_and(|(_, n)| n == 1)
    }

    pub(super) fn opening_quote(&self, close: usize, from: usize) -> Option<usize> {
        let words = &self.passage.words;
        (from.max(close.saturating_sub(9))..close)
            .rev()
            .find(|i| is_opening_quote(words.folded(*i)))
    }
}
