//! The tokens that belong to an event's name: what grows around its noun.

use std::ops::Range;

use super::passages::Passage;
use super::phrases::{Determiner, Phrase, is_closing_quote, whole};
use crate::lang::{EventWord, NameStyle};
use crate::model::EventKind;
use crate::read::words::is_hangul;

/// Longest name, in tokens on either side of the noun.
pub(super) const REACH: usize = 18;

/// Words that end a name on either side.
pub(super) const BREAKS: &[EventWord] = &[
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
    EventWord::Is,
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

/// The tokens that belong to a name.
pub(super) struct Extent<'p, 'a> {
    pub(super) passage: &'p Passage<'a>,
    pub(super) head: Range<usize>,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the words begin that an article stands before: the name, or the edition that it follows.
    pub(super) lead: usize,
    pub(super) edition: Option<(u32, Range<usize>)>,
    pub(super) other: bool,
    pub(super) owned: bool,
    pub(super) quoted: bool,
    pub(super) parent: Option<Range<usize>>,
}

impl<'p, 'a> Extent<'p, 'a> {
    pub(super) fn around(passage: &'p Passage<'a>, head: Range<usize>, from: usize) -> Self {
        let mut extent = Self {
            passage,
            start: head.start,
            end: head.end,
            lead: head.start,
            head,
            edition: None,
            other: false,
            owned: false,
            quoted: false,
            parent: None,
        };
        if !extent.titled() {
            extent.grow_left(from);
            extent.lead = extent.start;
            extent.count_editions(from);
            extent.grow_right();
        }
        if let Some(len) = passage.words.is(extent.end, EventWord::Other) {
            // `la session précédente`
            extent.other = true;
            extent.end += len;
        }
        extent
    }

    /// Where letters have no capitals a title in quotation marks that closes with the noun is the name.
    fn titled(&mut self) -> bool {
        let words = &self.passage.words;
        let plain = matches!(
            words.table.style,
            NameStyle::Unspaced | NameStyle::Final | NameStyle::Initial
        );
        if !plain {
            return false;
        }
        let close = words.folded(self.head.end);
        let opening = |mark: &str| match close {
            "”" => mark == "“",
            "」" => mark == "「",
            "』" => mark == "『",
            "》" => mark == "《",
            "»" => mark == "«",
            "’" => mark == "‘",
            "\"" => mark == "\"",
            // Only where no suffix stands behind an apostrophe.
            "'" => {
                mark == "‘" || mark == "'" && words.folded(self.head.start).starts_with(is_hangul)
            }
            _ => false,
        };
        let lowest = self.head.start.saturating_sub(REACH * 2);
        let open = (lowest..self.head.start)
            .rev()
            .take_while(|i| !matches!(words.folded(*i), "。" | ";" | "；"))
            .find(|i| opening(words.folded(*i)));
        let Some(open) = open.filter(|open| open + 1 < self.head.start) else {
            return false;
        };
        self.start = open + 1;
        self.quoted = true;
        self.edition = words
            .ordinal(self.start)
            .map(|(n, len)| (n, self.start..self.start + len));
        true
    }

    pub(super) fn breaks(&self, i: usize) -> bool {
        self.passage.words.any(i, BREAKS) || self.passage.is_date(i)
    }

    pub(super) fn after_articles(&self, mut i: usize) -> usize {
        let words = &self.passage.words;
        for _ in 0..2 {
            if let Some(len) = words.is(i, EventWord::Article) {
                i += len;
            }
        }
        i
    }

    pub(super) fn is_adjective(&self, i: usize) -> bool {
        let folded = self.passage.words.folded(i);
        let singular = folded.strip_suffix('s').unwrap_or(folded);
        self.passage
            .words
            .table
            .adjective_endings
            .iter()
            .any(|ending| singular.ends_with(ending.as_str()) || folded.ends_with(ending.as_str()))
    }

    pub(super) fn trim_right(&mut self) {
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
    pub(super) fn look_inside(&mut self) {
        let words = &self.passage.words;
        let mut i = self.head.end;
        while i < self.end {
            if let Some((number, len)) = words.ordinal(i) {
                let after = self.ordinal_noun(i + len);
                let follows =
                    words.table.style == NameStyle::Initial || words.following_ordinal(i).is_some();
                if follows && self.edition.is_none() {
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
    pub(super) fn ordinal_noun(&self, mut i: usize) -> Option<usize> {
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

    pub(super) fn phrase(self, passage: usize, kind: EventKind) -> Phrase {
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
        let plain = matches!(words.table.style, NameStyle::Unspaced | NameStyle::Initial)
            || words.folded(self.head.start).starts_with(is_hangul);
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
        let content: Vec<String> = content;
        let before = self.lead - self.determiner_len();
        let generic = content.is_empty()
            && self.edition.is_none()
            && whole(words, &self.head, EventWord::Generic);
        Phrase {
            passage,
            span: words.span(&tokens).unwrap_or(self.passage.span),
            minor: whole(words, &self.head, EventWord::Minor),
            aside: words.ends(before, EventWord::Aside).is_some(),
            kind,
            edition: (self.edition).filter(|(_, range)| !words.is_uncounted(range)),
            determiner,
            proper,
            content,
            generic,
            named: whole(words, &self.head, EventWord::Named),
            complement: (self.head.end..self.end)
                .any(|i| words.is(i, EventWord::Connector).is_some()),
            other: self.other,
            parent: self.parent,
            head: self.head,
            tokens,
        }
    }

    pub(super) fn determiner_len(&self) -> usize {
        let words = &self.passage.words;
        [
            EventWord::Article,
            EventWord::Indefinite,
            EventWord::Possessive,
        ]
        .into_iter()
        .filter_map(|word| words.ends(self.lead, word))
        .max()
        .unwrap_or(0)
    }

    pub(super) fn determiner(&self) -> Determiner {
        let words = &self.passage.words;
        if self.owned || words.ends(self.lead, EventWord::Possessive).is_some() {
            Determiner::Possessive
        } else if words.ends(self.lead, EventWord::Indefinite).is_some() {
            Determiner::Indefinite
        } else if self.other
            || words.ends(self.lead, EventWord::Article).is_some()
            || words.is_definite(self.head.end - 1)
        {
            Determiner::Definite
        } else {
            Determiner::None
        }
    }
}
