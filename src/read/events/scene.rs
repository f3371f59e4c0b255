//! All passages and event phrases of a release, for the steps that look at them together.

use std::cell::OnceCell;
use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Findings;
use super::passages::{Passage, Role};
use super::phrases::{self, Phrase};
use crate::lang::EventWord;
use crate::read::Context;
use crate::source::Span;

/// What is looked at together.
pub(super) struct Scene<'a> {
    pub context: Context<'a>,
    pub findings: Findings<'a>,
    /// Headline, subtitle and sentences, in order.
    pub passages: Vec<Passage<'a>>,
    /// Event phrases, by passage and place.
    pub phrases: Vec<Phrase>,
    /// Mentions of organizations with their index, in order.
    pub organizations: Vec<(Span, usize)>,
    /// Mentions of people with their index, in order.
    pub people: Vec<(Span, usize)>,
    /// Countries that the text states, by the folded names of their towns.
    pub stated_countries: OnceCell<FxHashMap<CompactString, Option<String>>>,
}

/// What is done with an event in a sentence: it is held, opened, attended …
pub(super) const ACTS: &[EventWord] = &[
    EventWord::Held,
    EventWord::Hosts,
    EventWord::Opens,
    EventWord::Closes,
    EventWord::Attends,
    EventWord::By,
    EventWord::Postponed,
    EventWord::Cancelled,
    EventWord::Rescheduled,
    EventWord::MovedOnline,
];

/// What is done with an event that takes place.
pub(super) const HELD: &[EventWord] = &[
    EventWord::Held,
    EventWord::Opens,
    EventWord::Closes,
    EventWord::By,
];

/// The same, or somebody holds it.
pub(super) const HELD_OR_HOSTED: &[EventWord] = &[
    EventWord::Held,
    EventWord::Opens,
    EventWord::Closes,
    EventWord::By,
    EventWord::Hosts,
];

/// Words between an event and what is done with it.
const NEAR: usize = 14;

impl<'a> Scene<'a> {
    /// Whether every noun of the text's language has a capital, so that one tells no name.
    pub(super) fn capital_nouns(&self) -> bool {
        let language = self.findings.layout.language.as_ref();
        language.is_some_and(|l| l.value.starts_with("de"))
    }

    /// The scene of a release.
    pub(super) fn new(
        context: Context<'a>,
        findings: Findings<'a>,
        passages: Vec<Passage<'a>>,
    ) -> Self {
        let sorted = |mentions: &[(Span, usize)]| {
            let mut mentions = mentions.to_vec();
            mentions.sort_unstable();
            mentions
        };
        let mut scene = Self {
            context,
            findings,
            phrases: passages
                .iter()
                .enumerate()
                .flat_map(|(i, passage)| phrases::find(passage, i))
                .collect(),
            passages,
            organizations: sorted(&findings.agents.organization_mentions),
            people: sorted(&findings.agents.person_mentions),
            stated_countries: OnceCell::new(),
        };
        let doubtful: Vec<usize> = (0..scene.phrases.len())
            .filter(|i| scene.is_doubtful(*i))
            .collect();
        for i in doubtful {
            scene.phrases[i].aside = true;
        }
        scene
    }

    /// Whether a word of denial or doubt stands right before the event, or before the verb of holding it: `will not
    /// hold`, `may take place`, `if the summit`.
    fn is_doubtful(&self, index: usize) -> bool {
        const BEFORE_VERB: usize = 2;
        const BEFORE_NAME: usize = 2;
        let phrase = &self.phrases[index];
        let words = &self.passage_of(phrase).words;
        let hedged = |end: usize, room: usize| {
            (end.saturating_sub(room)..end).any(|k| words.is(k, EventWord::Hedge).is_some())
        };
        let held = [HELD, &[EventWord::Hosts]].concat();
        let verb = self.act(index, &held);
        hedged(phrase.tokens.start, BEFORE_NAME) || verb.is_some_and(|at| hedged(at, BEFORE_VERB))
    }

    /// A name in its bare form, where the text has it in another case.
    pub(super) fn bare(&self, name: &str) -> Option<String> {
        let language = self.findings.layout.language.as_ref()?;
        let lexicon = self.context.lexicons.get(&language.value)?;
        lexicon.agents.declension.bare(name)
    }

    /// The passage of a phrase.
    pub(super) fn passage_of(&self, phrase: &Phrase) -> &Passage<'a> {
        &self.passages[phrase.passage]
    }

    /// Whether a phrase's noun mostly names a standing body.
    pub(super) fn names_body(&self, phrase: &Phrase) -> bool {
        let words = &self.passage_of(phrase).words;
        words.is(phrase.head.start, EventWord::Body).is_some()
    }

    /// Indices of the phrases of a passage.
    pub(super) fn in_passage(&self, passage: usize) -> Range<usize> {
        let start = self.phrases.partition_point(|p| p.passage < passage);
        let len = self.phrases[start..].partition_point(|p| p.passage == passage);
        start..start + len
    }

    /// The nearest word of `kinds` that a phrase goes with: after it, else before it, no other event between.
    pub(super) fn act(&self, index: usize, kinds: &[EventWord]) -> Option<usize> {
        let phrase = &self.phrases[index];
        let words = &self.passage_of(phrase).words;
        let near = |i: usize| self.phrases.get(i).filter(|p| p.passage == phrase.passage);
        let after = near(index + 1).map_or(words.len(), |p| p.tokens.start);
        let before = index
            .checked_sub(1)
            .and_then(near)
            .map_or(0, |p| p.tokens.end);
        let goes = |i: &usize| words.any(*i, kinds);
        (phrase.tokens.end..after.min(phrase.tokens.end + NEAR))
            .take_while(|i| words.folded(*i) != ";")
            .find(goes)
            .or_else(|| {
                (before.max(phrase.tokens.start.saturating_sub(NEAR))..phrase.tokens.start)
                    .rev()
                    .find(goes)
            })
    }

    /// The phrase that the words at a token speak of: the last one before it, else the first one after it.
    pub(super) fn owner(&self, passage: usize, token: usize) -> Option<usize> {
        let range = self.in_passage(passage);
        let phrases = &self.phrases[range.clone()];
        let before = phrases.partition_point(|p| p.tokens.end <= token);
        if before > 0 {
            return Some(range.start + before - 1);
        }
        phrases
            .iter()
            .position(|p| !p.aside)
            .map(|i| range.start + i)
    }

    /// Whether the sentence before tells, without an event's noun, what this one names: the first of the first block.
    pub(super) fn leads_to(&self, passage: usize) -> bool {
        let first = Role::Body { block: 0 };
        passage > 0
            && self.passages[passage].role == first
            && self.passages[passage - 1].role == first
            && self.in_passage(passage - 1).is_empty()
    }

    /// Whether a sentence without an event of its own goes on about the one before: the next of the same block.
    pub(super) fn goes_on(&self, passage: usize) -> bool {
        let Role::Body { block } = self.passages[passage].role else {
            return false;
        };
        passage > 0
            && self.in_passage(passage).is_empty()
            && self.passages[passage - 1].role == Role::Body { block }
    }
}
