//! Events that the text tells by verbs alone: somebody visits, signs, receives.

use super::passages::Role;
use super::scene::Scene;
use super::when::{self, When};
use crate::lang::EventWord;
use crate::model::EventKind;
use crate::source::Span;

/// An event told by a verb.
pub(super) struct Act {
    pub kind: EventKind,
    /// The words that name it: the headline where that tells it too, else its sentence's verb and object.
    pub name: Span,
    /// Its sentence.
    pub passage: usize,
    pub when: When,
}

/// The first act that headline and first paragraph report, with a day.
pub(super) fn find(scene: &Scene<'_>) -> Option<Act> {
    let headline = scene
        .passages
        .iter()
        .position(|p| p.role == Role::Headline)?;
    let kind = kind(scene, headline)?;
    (0..scene.passages.len())
        .filter(|i| scene.passages[*i].role == Role::Body { block: 0 })
        .filter(|i| {
            self::kind(scene, *i) == Some(kind) || kind == EventKind::Signing && signs(scene, *i)
        })
        .find_map(|passage| {
            let when = when::of_sentence(scene, passage);
            when.start.is_some().then(|| Act {
                kind,
                name: scene.passages[headline].span,
                passage,
                when,
            })
        })
}

/// Words between a verb and its object.
const OBJECT: usize = 14;

/// Whether a passage speaks of a signing, be it without saying of what: `The ceremony of signing was held …`.
fn signs(scene: &Scene<'_>, passage: usize) -> bool {
    let words = &scene.passages[passage].words;
    (0..words.len()).any(|i| {
        words.is(i, EventWord::Signs).is_some()
            || words
                .noun(i)
                .is_some_and(|(_, n)| (i..i + n).any(|k| words.is(k, EventWord::Signs).is_some()))
    })
}

/// What a passage tells by its verb.
fn kind(scene: &Scene<'_>, passage: usize) -> Option<EventKind> {
    let words = &scene.passages[passage].words;
    let verbs = |kind: EventWord| (0..words.len()).filter(move |i| words.is(*i, kind).is_some());
    let both = |verb: EventWord, object: EventWord| {
        verbs(verb)
            .any(|v| (v + 1..(v + OBJECT).min(words.len())).any(|o| words.is(o, object).is_some()))
    };
    if both(EventWord::Signs, EventWord::Document) {
        Some(EventKind::Signing)
    } else if both(EventWord::Receives, EventWord::Guests)
        || verbs(EventWord::Visits).next().is_some()
    {
        Some(EventKind::Visit)
    } else {
        None
    }
}
