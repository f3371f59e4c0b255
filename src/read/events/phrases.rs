//! Phrases that name an event: a noun of an event with the words that belong to it.

use std::ops::Range;

use super::passages::{Passage, Role};
use super::words::Words;
use crate::lang::{EventWord, NameStyle};
use crate::model::EventKind;
use crate::read::blocks::folded;
use crate::source::Span;

/// What stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    /// Nothing.
    None,
    /// A definite article, a demonstrative.
    Definite,
    /// An indefinite article.
    Indefinite,
    /// A possessive pronoun, or a noun in the possessive.
    Possessive,
}

/// A phrase that names an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Index of its passage.
    pub passage: usize,
    /// Tokens of the name.
    pub tokens: Range<usize>,
    /// Tokens of the noun.
    pub head: Range<usize>,
    /// Words of the name.
    pub span: Span,
    /// What the noun says.
    pub kind: EventKind,
    /// Its ordinal, and the ordinal's tokens.
    pub edition: Option<(u32, Range<usize>)>,
    /// What stands before it.
    pub determiner: Determiner,
    /// Whether a word beside the noun has a capital that no rule of the sentence forces, or a title in quotes.
    pub proper: bool,
    /// Folded words beside the noun, ordinals and small words left out.
    pub content: Vec<String>,
    /// Whether it is called the previous or next one.
    pub other: bool,
    /// Whether it is put aside: on the margins of, since, ahead of.
    pub aside: bool,
    /// Whether its noun is one of a programme's items.
    pub minor: bool,
    /// Whether a complement follows the noun, not only adjectives.
    pub complement: bool,
    /// The larger event it is a session of: its tokens.
    pub parent: Option<Range<usize>>,
}

impl Phrase {
    /// Whether nothing but the noun is there.
    pub(super) fn bare(&self) -> bool {
        self.content.is_empty() && self.edition.is_none()
    }

    /// Whether it can only point back to an event named before.
    pub(super) fn points_back(&self) -> bool {
        self.bare()
            && matches!(
                self.determiner,
                Determiner::Definite | Determiner::Possessive
            )
    }
}

/// Longest name, in tokens on either side of the noun.
const REACH: usize = 18;

/// Words that end a name on either side.
const BREAKS: &[EventWord] = &[
    EventWord::Article,
    EventWord::Indefinite,
    EventWord::Possessive,
    EventWord::Connector,
    EventWord::Stop,
    EventWord::Held,
    EventWord::Hosts,
    EventWord::Opens,
    EventWord::Closes,
    EventWord::Attends,
    EventWord::By,
    EventWord::Signs,
    EventWord::Visits,
    EventWord::Receives,
    EventWord::Deadline,
    EventWord::Until,
    EventWord::Unrelated,
    EventWord::Aside,
    EventWord::Postponed,
    EventWord::Cancelled,
    EventWord::Rescheduled,
    EventWord::MovedOnline,
    EventWord::Hedge,
    EventWord::Formerly,
    EventWord::At,
    EventWord::VenueIs,
    EventWord::Announces,
];

/// Every phrase of a passage, in order, none overlapping.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Vec<Phrase> {
    let words = &passage.words;
    let mut found: Vec<Phrase> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let Some((mut kind, mut len)) = words.noun(i) else {
            i += 1;
            continue;
        };
        let mut head = i..i + len;
        if words.table.style != NameStyle::Romance && words.table.style != NameStyle::Initial {
            // Of two nouns in a row the last is the head: training workshop.
            while let Some((next, n)) = words.noun(head.end) {
                (kind, len) = (next, n);
                head = head.end..head.end + len;
            }
        }
        let from = found.last().map_or(0, |p| p.tokens.end);
        i = head.end;
        let common = whole(words, &head, EventWord::Named) && !words.tokens[head.start].capital;
        if common || passage.is_date(head.start) || names_a_room(passage, &head) {
            continue;
        }
        let mut phrase = Extent::around(passage, head, from).phrase(index, kind);
        if words.table.style == NameStyle::Final {
            phrase.span.end = uninflected_end(words, phrase.head.end - 1, &phrase);
        }
        if phrase.edition.is_none() && passage.in_organization(phrase.span) {
            continue;
        }
        i = i.max(phrase.tokens.end);
        found.push(phrase);
    }
    found
}

/// Where the name ends without a suffix or particle behind its noun: `Çalıştayı'na`, `심포지엄을`.
fn uninflected_end(words: &Words<'_>, last: usize, phrase: &Phrase) -> u32 {
    let token = &words.tokens[last];
    let written = words.written(last);
    if let Some(at) = written.find(['\'', '’']) {
        return token.span.start + at as u32;
    }
    let forms = words.table.nouns.get(phrase.kind.code());
    forms
        .into_iter()
        .flatten()
        .filter(|form| written.starts_with(form.as_str()) && form.len() < written.len())
        .map(|form| token.span.start + form.len() as u32)
        .max()
        .unwrap_or(token.span.end)
}

/// Whether all tokens of a noun together have a meaning.
fn whole(words: &Words<'_>, noun: &Range<usize>, word: EventWord) -> bool {
    words.is(noun.start, word) == Some(noun.len())
}

/// Whether the noun is part of a place's or a post's name: Conference Centre, Forum Secretariat.
fn names_a_room(passage: &Passage<'_>, head: &Range<usize>) -> bool {
    let words = &passage.words;
    if !matches!(words.table.style, NameStyle::Germanic | NameStyle::Final) {
        return false;
    }
    let Some(next) = words.tokens.get(head.end).filter(|t| t.word) else {
        return false;
    };
    words.is(head.end, EventWord::Venue).is_some()
        || words.is(head.end, EventWord::Person).is_some()
        || (next.capital
            && passage.role != Role::Headline
            && !next.folded.starts_with(|c: char| c.is_ascii_digit())
            && words.ordinal(head.end).is_none()
            && !words.any(head.end, BREAKS)
            && !passage.is_date(head.end))
}

/// The tokens that belong to a name.
struct Extent<'p, 'a> {
    passage: &'p Passage<'a>,
    head: Range<usize>,
    start: usize,
    end: usize,
    edition: Option<(u32, Range<usize>)>,
    other: bool,
    owned: bool,
    quoted: bool,
    parent: Option<Range<usize>>,
}

impl<'p, 'a> Extent<'p, 'a> {
    fn around(passage: &'p Passage<'a>, head: Range<usize>, from: usize) -> Self {
        let mut extent = Self {
            passage,
            start: head.start,
            end: head.end,
            head,
            edition: None,
            other: false,
            owned: false,
            quoted: false,
            parent: None,
        };
        extent.grow_left(from);
        extent.grow_right();
        extent
    }

    fn breaks(&self, i: usize) -> bool {
        self.passage.words.any(i, BREAKS) || self.passage.is_date(i)
    }

    /// Where words are not spaced the name goes back to its ordinal, else to the next break.
    fn grow_back(&mut self, from: usize) {
        let words = &self.passage.words;
        while self.start > from && self.head.start - self.start < REACH * 2 {
            let prev = self.start - 1;
            if let Some((number, len)) = self.ordinal_before(from) {
                self.start -= len;
                self.edition = Some((number, self.start..self.start + len));
                return;
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

    fn grow_left(&mut self, from: usize) {
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

    /// An ordinal that ends where the name begins so far.
    fn ordinal_before(&self, from: usize) -> Option<(u32, usize)> {
        let words = &self.passage.words;
        (1..=8)
            .filter(|len| from + len <= self.start)
            .find_map(|len| {
                let at = self.start - len;
                words
                    .ordinal(at)
                    .filter(|(_, n)| *n == len && !self.passage.is_date(at))
            })
    }

    fn joins_ordinals(&self, prev: usize, from: usize) -> bool {
        let words = &self.passage.words;
        let joint = matches!(words.folded(prev), "/" | "-" | "–")
            || words.is(prev, EventWord::And).is_some();
        joint && prev > from && words.ordinal(prev - 1).is_some_and(|(_, n)| n == 1)
    }

    fn opening_quote(&self, close: usize, from: usize) -> Option<usize> {
        let words = &self.passage.words;
        (from.max(close.saturating_sub(9))..close)
            .rev()
            .find(|i| is_opening_quote(words.folded(*i)))
    }

    fn is_adjective(&self, i: usize) -> bool {
        let folded = self.passage.words.folded(i);
        let singular = folded.strip_suffix('s').unwrap_or(folded);
        self.passage
            .words
            .table
            .adjective_endings
            .iter()
            .any(|ending| singular.ends_with(ending.as_str()) || folded.ends_with(ending.as_str()))
    }

    fn grow_right(&mut self) {
        let words = &self.passage.words;
        let style = words.table.style;
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

    /// Connector with a complement, then words in capitals; a complement in lower case goes on to the next break.
    fn germanic(&self, i: usize, complement: bool, capital: bool) -> Option<usize> {
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
    fn romance(&self, i: usize, complement: bool) -> Option<usize> {
        let words = &self.passage.words;
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
    fn open(&self, i: usize) -> Option<usize> {
        let words = &self.passage.words;
        if let Some(len) = words.is(i, EventWord::Connector) {
            return Some(i + len);
        }
        (!self.breaks(i)).then_some(i + 1)
    }

    fn after_articles(&self, mut i: usize) -> usize {
        let words = &self.passage.words;
        for _ in 0..2 {
            if let Some(len) = words.is(i, EventWord::Article) {
                i += len;
            }
        }
        i
    }

    /// The end of a bracket that stands inside the name: an acronym that more words of the name follow.
    fn inner_bracket(&self, open: usize) -> Option<usize> {
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

    fn trim_right(&mut self) {
        let words = &self.passage.words;
        while self.end > self.head.end {
            let last = self.end - 1;
            let token = &words.tokens[last];
            let loose = words.any(
                last,
                &[
                    EventWord::Connector,
                    EventWord::Article,
                    EventWord::Indefinite,
                    EventWord::And,
                ],
            ) || !token.word && !is_closing_quote(&token.folded) && token.folded != ")";
            if !loose {
                break;
            }
            self.end = last;
        }
    }

    /// An ordinal or a larger event inside the complement.
    fn look_inside(&mut self) {
        let words = &self.passage.words;
        let mut i = self.head.end;
        while i < self.end {
            if let Some((number, len)) = words.ordinal(i) {
                let after = self.ordinal_noun(i + len);
                if words.table.style == NameStyle::Initial && self.edition.is_none() {
                    self.edition = Some((number, i..i + len));
                } else if after.is_some() {
                    // `session of the 20th Meeting of …`: the rest is the larger event.
                    self.parent = Some(i..self.end);
                    if self.edition.is_none() {
                        self.edition = Some((number, i..i + len));
                    }
                    return;
                }
            }
            i += 1;
        }
    }

    /// The noun of an event that an ordinal belongs to.
    fn ordinal_noun(&self, mut i: usize) -> Option<usize> {
        let words = &self.passage.words;
        for _ in 0..4 {
            if words.noun(i).is_some() {
                return Some(i);
            }
            let len = words.is(i, EventWord::Modifier).or_else(|| {
                words
                    .tokens
                    .get(i)
                    .filter(|t| t.word && t.capital)
                    .map(|_| 1)
            })?;
            i += len;
        }
        None
    }

    fn phrase(self, passage: usize, kind: EventKind) -> Phrase {
        let words = &self.passage.words;
        let tokens = self.start..self.end;
        let determiner = self.determiner();
        let in_edition = |i: usize| {
            self.edition
                .as_ref()
                .is_some_and(|(_, range)| range.contains(&i))
        };
        let beside = || {
            tokens
                .clone()
                .filter(|i| !self.head.contains(i) && !in_edition(*i))
        };
        let shouted = self.passage.shouted;
        let plain = matches!(words.table.style, NameStyle::Unspaced | NameStyle::Initial);
        let proper = self.quoted
            || plain && beside().count() >= 2
            || self.edition.is_some()
            || !shouted
                && beside().any(|i| words.tokens[i].capital && words.tokens[i].word && i > 0);
        let content = beside()
            .filter(|i| {
                words.tokens[*i].word
                    && !words.any(
                        *i,
                        &[
                            EventWord::Connector,
                            EventWord::Article,
                            EventWord::Indefinite,
                            EventWord::And,
                        ],
                    )
                    && !self.passage.in_place(*i)
            })
            .map(|i| words.folded(i).to_owned())
            .collect();
        let before = self.start - self.determiner_len();
        Phrase {
            passage,
            span: words.span(&tokens).unwrap_or(self.passage.span),
            minor: whole(words, &self.head, EventWord::Minor),
            aside: words.ends(before, EventWord::Aside).is_some(),
            kind,
            edition: self.edition,
            determiner,
            proper,
            content,
            complement: (self.head.end..self.end)
                .any(|i| words.is(i, EventWord::Connector).is_some()),
            other: self.other,
            parent: self.parent,
            head: self.head,
            tokens,
        }
    }

    fn determiner_len(&self) -> usize {
        let words = &self.passage.words;
        [
            EventWord::Article,
            EventWord::Indefinite,
            EventWord::Possessive,
        ]
        .into_iter()
        .filter_map(|word| words.ends(self.start, word))
        .max()
        .unwrap_or(0)
    }

    fn determiner(&self) -> Determiner {
        let words = &self.passage.words;
        if self.owned || words.ends(self.start, EventWord::Possessive).is_some() {
            Determiner::Possessive
        } else if words.ends(self.start, EventWord::Indefinite).is_some() {
            Determiner::Indefinite
        } else if self.other || words.ends(self.start, EventWord::Article).is_some() {
            Determiner::Definite
        } else {
            Determiner::None
        }
    }
}

/// The name as published: white space folded, first letter in capitals.
pub(super) fn name(text: &str, span: Span) -> String {
    capitalized(&folded(span.of(text)))
}

/// The same words with the first letter in capitals.
pub(super) fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Marks that open a title.
pub(super) fn is_opening_quote(mark: &str) -> bool {
    matches!(
        mark,
        "“" | "„" | "«" | "\"" | "「" | "『" | "‘" | "‹" | "《"
    )
}

/// Marks that close a title.
pub(super) fn is_closing_quote(mark: &str) -> bool {
    matches!(mark, "”" | "“" | "»" | "\"" | "」" | "』" | "›" | "》")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lexicons;
    use crate::read::agents::Agents;
    use crate::read::dates::Resolver;
    use crate::read::events::Findings;
    use crate::read::events::passages::Passages;
    use crate::read::layout::Layout;

    /// Names and editions of the phrases in a sentence without dates, places and agents.
    fn phrases(language: &str, text: &str) -> Vec<(String, Option<u32>)> {
        let layout = Layout::default();
        let resolver = Resolver {
            anchor: None,
            order: None,
        };
        let agents = Agents::default();
        let findings = Findings {
            layout: &layout,
            sentences: &[],
            dates: &[],
            resolver: &resolver,
            places: &[],
            agents: &agents,
        };
        let table = &Lexicons::builtin().get(language).unwrap().events;
        let passages = Passages::new(text, table, findings);
        let passage = passages.passage(Role::Body { block: 0 }, Span::new(0, text.len()));
        find(&passage, 0)
            .into_iter()
            .map(|p| (name(text, p.span), p.edition.map(|e| e.0)))
            .collect()
    }

    #[test]
    fn names_take_what_belongs_to_their_noun() {
        for (language, text, name, edition) in [
            (
                "en",
                "The Minister opened the 7th Session of the Joint Panel on Reed Boats (JPRB) in Lima.",
                "7th Session of the Joint Panel on Reed Boats",
                Some(7),
            ),
            (
                "en",
                "She addressed the joint session of the 20th Meeting of the UPX Lamp and Wick (LAW) Group today.",
                "Joint session of the 20th Meeting of the UPX Lamp and Wick (LAW) Group",
                Some(20),
            ),
            (
                "en",
                "The Office held a train-the-trainer course for harbour pilots at its school.",
                "Train-the-trainer course for harbour pilots",
                None,
            ),
            (
                "en",
                "It took place during the 30th General Assembly of the Makers' Union, which met in May.",
                "30th General Assembly of the Makers' Union",
                Some(30),
            ),
            (
                "en",
                "The twenty-first “Salt and Light” Forum takes place on Friday.",
                "Twenty-first “Salt and Light” Forum",
                Some(21),
            ),
            (
                "fr",
                "La 12e réunion du Comité des phares côtiers s’est achevée hier.",
                "12e réunion du Comité des phares côtiers",
                Some(12),
            ),
            (
                "fr",
                "L’Office a tenu un atelier national sur la lecture des plans anciens à Tulle.",
                "Atelier national sur la lecture des plans anciens",
                None,
            ),
            (
                "es",
                "Se celebró la XIV Cumbre Iberoamericana de Faros y Puertos, en Vigo.",
                "XIV Cumbre Iberoamericana de Faros y Puertos",
                Some(14),
            ),
            (
                "de",
                "Am Montag beginnt die 5. Fachtagung der Deutschen Gesellschaft für Uhren (DGU) in Ulm.",
                "5. Fachtagung der Deutschen Gesellschaft für Uhren",
                Some(5),
            ),
            (
                "it",
                "Si è aperta la 3ª Conferenza nazionale sui ponti di pietra, promossa dal Comune.",
                "3ª Conferenza nazionale sui ponti di pietra",
                Some(3),
            ),
            (
                "pt",
                "A Rede realiza o II Encontro Nacional de Hortas Urbanas no sábado.",
                "II Encontro Nacional de Hortas Urbanas",
                Some(2),
            ),
            (
                "nl",
                "Morgen begint de vierde bijeenkomst van de Raad voor Molens in Gouda.",
                "Vierde bijeenkomst van de Raad voor Molens",
                Some(4),
            ),
            (
                "ru",
                "В Твери прошла 6-я сессия Совета по древним мостам.",
                "6-я сессия Совета по древним мостам",
                Some(6),
            ),
            (
                "pl",
                "W sobotę odbędzie się IX Kongres Dawnych Młynów w Sanoku.",
                "IX Kongres Dawnych Młynów",
                Some(9),
            ),
            (
                "tr",
                "Birlik tarafından düzenlenen 4. Uluslararası Taş Köprü Çalıştayı, Bursa'da yapıldı.",
                "4. Uluslararası Taş Köprü Çalıştayı",
                Some(4),
            ),
            (
                "ar",
                "انطلقت أعمال المنتدى العربي السادس للمكتبات العامة في صور.",
                "المنتدى العربي السادس للمكتبات العامة",
                Some(6),
            ),
            (
                "zh",
                "第十五届国际木桥大会在宜宾开幕。",
                "第十五届国际木桥大会",
                Some(15),
            ),
            (
                "ja",
                "協会は「第3回全国石橋シンポジウム」を開催します。",
                "第3回全国石橋シンポジウム",
                Some(3),
            ),
            (
                "ko",
                "협회는 제7회 국제 등대 심포지엄을 개최한다.",
                "제7회 국제 등대 심포지엄",
                Some(7),
            ),
        ] {
            let found = phrases(language, text);
            assert!(
                found.contains(&(name.to_owned(), edition)),
                "{text}\n  wanted {name} {edition:?}\n  got {found:?}"
            );
        }
    }

    #[test]
    fn rooms_and_posts_are_no_events() {
        for text in [
            "Guests gathered in the Conference Centre.",
            "The Summit Director thanked them.",
            "They met in Meeting Room 4.",
        ] {
            assert_eq!(phrases("en", text), [], "{text}");
        }
    }
}
