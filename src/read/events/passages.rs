//! Passages that events are looked for in: headline, subtitle and sentences, with what the earlier steps found there.

use std::cell::OnceCell;
use std::ops::Range;

use super::Findings;
use super::words::Words;
use crate::lang::EventTable;
use crate::read::cuts::Cut;
use crate::read::dates::{DateMention, Form};
use crate::read::places::PlaceMention;
pub(super) use crate::read::within;
use crate::read::words::shouted;
use crate::source::Span;

/// What a passage is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The headline.
    Headline,
    /// The second title line, or a standfirst.
    Subtitle,
    /// A sentence of a body block.
    Body {
        /// Index of the block.
        block: usize,
    },
    /// The value of a label.
    Label,
}

/// A passage.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub role: Role,
    pub span: Span,
    pub words: Words<'a>,
    /// Whether it is in capitals throughout.
    pub shouted: bool,
    /// Indices of the date expressions in it.
    pub dates: Range<usize>,
    /// Indices of the places in it.
    pub places: Range<usize>,
    date_tokens: Vec<bool>,
    place_tokens: Vec<bool>,
    people: Vec<Span>,
    organizations: Vec<Span>,
    /// The latest year in it, once it was asked for.
    newest_year: OnceCell<Option<i32>>,
}

/// Makes passages out of spans.
#[derive(Debug)]
pub(super) struct Passages<'a> {
    text: &'a str,
    table: &'a EventTable,
    findings: Findings<'a>,
    people: Vec<Span>,
    organizations: Vec<Span>,
}

impl<'a> Passages<'a> {
    pub(super) fn new(text: &'a str, table: &'a EventTable, findings: Findings<'a>) -> Self {
        let sorted = |mentions: &[(Span, usize)]| {
            let mut spans: Vec<Span> = mentions.iter().map(|(span, _)| *span).collect();
            spans.sort_unstable();
            spans
        };
        Self {
            text,
            table,
            findings,
            people: sorted(&findings.agents.person_mentions),
            organizations: sorted(&findings.agents.organization_mentions),
        }
    }

    /// Headline, subtitle and every sentence of the body, in order.
    pub(super) fn all(&self) -> Vec<Passage<'a>> {
        let layout = self.findings.layout;
        let cuts = self.findings.cuts;
        let titles = [
            (Role::Headline, layout.headline.as_ref()),
            (Role::Subtitle, layout.subtitle.as_ref()),
            (Role::Subtitle, layout.summary.as_ref()),
        ];
        let titles = (titles.into_iter().zip(&cuts.titles))
            .filter_map(|((role, fact), cut)| Some((role, fact?.span?, cut.as_ref()?)));
        let sentences = (self.findings.sentences.iter().zip(&cuts.sentences))
            .map(|(s, cut)| (Role::Body { block: s.block }, s.span, cut));
        titles
            .chain(sentences)
            .map(|(role, span, cut)| self.read(role, span, cut.clone()))
            .collect()
    }

    /// The passage of a span.
    pub(super) fn passage(&self, role: Role, span: Span) -> Passage<'a> {
        self.read(role, span, Cut::of(self.text, span, self.table))
    }

    fn read(&self, role: Role, span: Span, cut: Cut<'a>) -> Passage<'a> {
        let words = Words::of(self.text, cut, self.table);
        let dates = within(self.findings.dates, span, |d: &DateMention| d.span);
        let places = within(self.findings.places, span, |p: &PlaceMention| p.span);
        let mut date_tokens = vec![false; words.len()];
        for mention in &self.findings.dates[dates.clone()] {
            // `quarta` is a weekday in one language and an ordinal in another.
            let ordinal = mention.start.day.is_none()
                && mention.start.month.is_none()
                && words.ordinal(words.token_at(mention.span.start)).is_some();
            if !bare_year(mention) && !ordinal {
                mark(&words, &mut date_tokens, mention.span);
            }
        }
        let mut place_tokens = vec![false; words.len()];
        for place in &self.findings.places[places.clone()] {
            mark(&words, &mut place_tokens, place.span);
        }
        let inside = |spans: &[Span]| within(spans, span, |s: &Span| *s);
        Passage {
            role,
            span,
            shouted: shouted(span.of(self.text)),
            people: self.people[inside(&self.people)].to_vec(),
            organizations: self.organizations[inside(&self.organizations)].to_vec(),
            words,
            dates,
            places,
            date_tokens,
            place_tokens,
            newest_year: OnceCell::new(),
        }
    }
}

impl Passage<'_> {
    /// The latest year that it names, in one of the text's dates or alone.
    pub(super) fn newest_year(&self, dates: &[DateMention]) -> Option<i32> {
        *self.newest_year.get_or_init(|| {
            let dated = dates[self.dates.clone()]
                .iter()
                .filter_map(|m| m.start.year);
            let alone = (0..self.words.len()).filter_map(|i| self.words.year(i));
            dated.chain(alone).max()
        })
    }

    /// Whether a token belongs to a date expression (a year alone may be part of a name).
    pub(super) fn is_date(&self, i: usize) -> bool {
        self.date_tokens.get(i).is_some_and(|is| *is)
    }

    /// Whether a token belongs to a place.
    pub(super) fn in_place(&self, i: usize) -> bool {
        self.place_tokens.get(i).is_some_and(|is| *is)
    }

    /// Whether a person's name begins at a token.
    pub(super) fn begins_person(&self, i: usize) -> bool {
        self.words
            .tokens
            .get(i)
            .is_some_and(|t| near(&self.people, t.span.start).any(|p| p.start == t.span.start))
    }

    /// Whether words lie inside a person's name.
    pub(super) fn in_person(&self, span: Span) -> bool {
        near(&self.people, span.start).any(|p| p.contains(span))
    }

    /// Whether words lie inside an organization's name.
    pub(super) fn in_organization(&self, span: Span) -> bool {
        near(&self.organizations, span.start).any(|o| o.contains(span))
    }

    /// The organization whose name begins at a token.
    pub(super) fn organization_at(&self, i: usize) -> Option<Span> {
        let start = self.words.tokens.get(i)?.span.start;
        near(&self.organizations, start)
            .find(|o| o.start == start)
            .copied()
    }

    /// The organization whose name ends with a token.
    pub(super) fn organization_ending(&self, i: usize) -> Option<Span> {
        let token = self.words.tokens.get(i)?.span;
        near(&self.organizations, token.start)
            .find(|o| o.end == token.end)
            .copied()
    }

    /// Whether an organization's name ends with a token.
    pub(super) fn ends_organization(&self, i: usize) -> bool {
        self.organization_ending(i).is_some()
    }
}

/// The last of some sorted spans that begin at a byte or before it: names hardly ever overlap.
fn near(spans: &[Span], at: u32) -> impl Iterator<Item = &Span> {
    const OVERLAPPING: usize = 4;
    let until = spans.partition_point(|s| s.start <= at);
    spans[until.saturating_sub(OVERLAPPING)..until].iter()
}

/// Whether an expression is nothing but a year.
pub(super) fn bare_year(mention: &DateMention) -> bool {
    let start = &mention.start;
    start.month.is_none()
        && start.day.is_none()
        && start.weekday.is_none()
        && mention.form != Form::Relative
}

fn mark(words: &Words<'_>, tokens: &mut [bool], span: Span) {
    let first = words.token_at(span.start);
    for (token, inside) in words.tokens[first..].iter().zip(&mut tokens[first..]) {
        if token.span.start >= span.end {
            break;
        }
        *inside = true;
    }
}
