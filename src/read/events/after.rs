//! What of a name stands behind its noun.

use super::extent::{Extent, REACH};
use super::phrases::{is_closing_quote, is_opening_quote};
use crate::lang::{EventWord, NameStyle};

impl Extent<'_, '_> {
    pub(super) fn grow_right(&mut self) {
        let words = &self.passage.words;
        let style = words.table.style;
        if style == NameStyle::Final {
            self.title_behind();
        }
        if matches!(style, NameStyle::Final | NameStyle::Unspaced) {
            return;
        }
        let mut complement = false;
        let mut capital = false;
        while self.end < words.len() && self.end - self.head.end < REACH {
            let i = self.end;
            let token = &words.tokens[i];
            if self.passage.is_date(i) {
                break;
            }
            if is_opening_quote(&token.folded) {
                let Some(close) =
                    (i + 1..(i + 16).min(words.len())).find(|k| is_closing_quote(words.folded(*k)))
                else {
                    break;
                };
                self.end = close + 1;
                self.quoted = true;
                break;
            }
            if token.folded == "(" {
                match self.inner_bracket(i) {
                    Some(end) => self.end = end,
                    None => break,
                }
                continue;
            }
            if !token.word {
                // `otvorenje 12. sajma`: the full stop of an ordinal.
                if token.folded == "." && words.ordinal(i - 1).is_some_and(|(_, len)| len == 2) {
                    self.end = i + 1;
                    continue;
                }
                // `konferencja pt. „…“`: the full stop of a short connector.
                if token.folded == "."
                    && i > self.head.end
                    && words.touch(i - 1, i)
                    && words.ends(i, EventWord::Connector).is_some()
                    && words.folded(i - 1).chars().count() <= 3
                {
                    self.end = i + 1;
                    continue;
                }
                let joins = complement
                    && i + 1 < words.len()
                    && words.tokens[i + 1].capital
                    && (matches!(token.folded.as_str(), "&")
                        || matches!(token.folded.as_str(), "/" | "-" | "–" | "'")
                            && words.touch(i - 1, i));
                let possessive = complement
                    && token.folded == "'"
                    && words.folded(i + 1) == "s"
                    && words.tokens.get(i + 2).is_some_and(|t| t.capital);
                if joins || possessive {
                    self.end = i + 1 + usize::from(possessive);
                    continue;
                }
                break;
            }
            let next = match style {
                NameStyle::Germanic => self.germanic(i, complement, capital),
                NameStyle::Romance => self.romance(i, complement),
                NameStyle::Slavic | NameStyle::Initial => self.open(i),
                NameStyle::Final | NameStyle::Unspaced => None,
            };
            let Some(next) = next else { break };
            complement = true;
            capital |= (i..next).any(|k| words.tokens[k].capital);
            self.end = next;
        }
        self.trim_right();
        self.look_inside();
    }

    /// `konferencija „Jūros vėjai“`: where names end with their noun only a title in quotation marks stands behind it.
    fn title_behind(&mut self) {
        const TITLE: usize = 24;
        let words = &self.passage.words;
        if !(words.tokens.get(self.end)).is_some_and(|t| is_opening_quote(&t.folded)) {
            return;
        }
        let last = words.len().min(self.end + TITLE);
        let close = (self.end + 2..last).find(|k| is_closing_quote(words.folded(*k)));
        if let Some(close) = close.filter(|_| words.tokens[self.end + 1].capital) {
            self.end = close + 1;
            self.quoted = true;
        }
    }

    /// Connector with a complement, then words in capitals; a complement in lower case goes on to the next break.
    pub(super) fn germanic(&self, i: usize, complement: bool, capital: bool) -> Option<usize> {
        let words = &self.passage.words;
        let at = words.is(i, EventWord::At);
        if let Some(len) = words.is(i, EventWord::Connector).filter(|_| at.is_none()) {
            let j = self.after_articles(i + len);
            let token = words
                .tokens
                .get(j)
                .filter(|t| t.word || is_opening_quote(&t.folded))?;
            if self.passage.is_date(j) {
                return None;
            }
            if is_opening_quote(&token.folded) || words.ordinal(j).is_some() {
                return Some(j);
            }
            let fits =
                token.capital || !capital || words.tokens.get(j + 1).is_some_and(|t| t.capital);
            return (fits && !self.breaks(j)).then_some(j + 1);
        }
        // `konferensen Nordens vatten`: a name stands beside the noun that has its article.
        let beside = i == self.head.end
            && words.is_definite(i - 1)
            && words.tokens[i].capital
            && !self.passage.begins_person(i)
            && !self.passage.in_place(i)
            && !self.breaks(i);
        if beside {
            return Some(i + 1);
        }
        if !complement || at.is_some() {
            // A number, a year or a numeral may follow the noun itself: Forum 2024, Session II.
            return None;
        }
        if words.is(i, EventWord::And).is_some() {
            let mut j = self.after_articles(i + 1);
            if let Some(len) = words.is(j, EventWord::Connector) {
                j = self.after_articles(j + len);
            }
            let token = words.tokens.get(j).filter(|t| t.word)?;
            let fits =
                token.capital && !self.passage.begins_person(j) || !token.capital && !capital;
            return (fits && !self.breaks(j) && !self.passage.is_date(j)).then_some(j + 1);
        }
        let token = &words.tokens[i];
        let lower = !capital
            || words
                .tokens
                .get(i + 1)
                .is_some_and(|t| t.capital && !self.breaks(i + 1))
                && self.is_adjective(i);
        ((token.capital || lower) && !self.breaks(i)).then_some(i + 1)
    }

    /// Adjectives and complements in lower case or capitals.
    pub(super) fn romance(&self, i: usize, complement: bool) -> Option<usize> {
        let words = &self.passage.words;
        if let Some((_, len)) = words.following_ordinal(i) {
            return Some(i + len);
        }
        if let Some(len) = words.is(i, EventWord::Connector) {
            let at = words.is(i, EventWord::At).is_some();
            let j = self.after_articles(i + len);
            let token = words.tokens.get(j)?;
            if is_opening_quote(&token.folded) {
                return Some(j);
            }
            let fits = token.word
                && !self.breaks(j)
                && (!at || !token.capital && !self.passage.in_place(j));
            return (fits || words.ordinal(j).is_some()).then_some(j + 1);
        }
        if words.is(i, EventWord::And).is_some() {
            let mut j = self.after_articles(i + 1);
            if let Some(len) = words.is(j, EventWord::Connector) {
                j = self.after_articles(j + len);
            }
            let token = words.tokens.get(j).filter(|t| t.word)?;
            let fits = complement && !self.breaks(j) && !self.passage.begins_person(j);
            return (fits && !token.folded.bytes().all(|b| b.is_ascii_digit())).then_some(j + 1);
        }
        let token = &words.tokens[i];
        let fits = (token.capital || self.is_adjective(i)) && !self.breaks(i);
        fits.then_some(i + 1)
    }

    /// Everything up to the next break.
    pub(super) fn open(&self, i: usize) -> Option<usize> {
        let words = &self.passage.words;
        if let Some(len) = words.is(i, EventWord::Connector) {
            return Some(i + len);
        }
        // `بالخرطوم`: a town with its preposition says where.
        let placed = words.table.style == NameStyle::Initial
            && self.passage.in_place(i)
            && words.folded(i).starts_with('ب');
        (!placed && !self.breaks(i)).then_some(i + 1)
    }

    /// The end of a bracket that stands inside the name: an acronym that more words of the name follow.
    pub(super) fn inner_bracket(&self, open: usize) -> Option<usize> {
        let words = &self.passage.words;
        let close = (open + 1..(open + 4).min(words.len())).find(|i| words.folded(*i) == ")")?;
        let acronym = (open + 1..close).all(|i| words.tokens[i].capital || !words.tokens[i].word);
        let next = words.tokens.get(close + 1).filter(|t| t.word)?;
        let goes_on = next.capital
            || words.is(close + 1, EventWord::Connector).is_some()
                && words.is(close + 1, EventWord::At).is_none()
                && words
                    .tokens
                    .get(self.after_articles(close + 2))
                    .is_some_and(|t| t.capital);
        (acronym && goes_on && !self.passage.is_date(close + 1)).then_some(close + 1)
    }
}
