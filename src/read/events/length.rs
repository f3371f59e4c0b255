//! The end of an event whose length in days the text gives.

use std::ops::Range;

use super::candidates::Candidate;
use super::clause;
use super::passages::{Passage, Role};
use super::phrases::Phrase;
use super::scene::Scene;
use super::when::{GOVERNORS, REACH, own_passages};
use crate::lang::EventWord;
use crate::model::{Date, Fact};
use crate::source::Span;

/// The last day by a length that the text gives: `three-day session`, `pendant trois jours`.
pub(super) fn last_day(
    scene: &Scene<'_>,
    candidate: &Candidate,
    start: &Fact<Date>,
) -> Option<Fact<Date>> {
    let day = start.value.naive_day()?;
    let heads: Vec<&str> = (candidate.phrases.iter())
        .map(|p| &scene.phrases[*p])
        .map(|phrase| scene.passage_of(phrase).words.folded(phrase.head.end - 1))
        .collect();
    for index in own_passages(scene, candidate) {
        let passage = &scene.passages[index];
        if !matches!(passage.role, Role::Body { block: 0 | 1 } | Role::Headline) {
            continue;
        }
        let names = scene
            .in_passage(index)
            .filter(|p| candidate.has(*p))
            .map(|p| &scene.phrases[p])
            .filter(|p| !p.other && !p.aside)
            .collect::<Vec<_>>();
        if let Some((days, span)) = days(passage, &names, &heads) {
            let last = day.checked_add_days(chrono::Days::new(u64::from(days) - 1))?;
            return Some(Fact::inferred(
                Date::day(last),
                Some(span),
                "event.end.length",
            ));
        }
    }
    None
}

/// A length in days that is the event's own, with its words.
fn days(passage: &Passage<'_>, names: &[&Phrase], heads: &[&str]) -> Option<(u32, Span)> {
    let words = &passage.words;
    for i in 0..words.len() {
        let joined = words
            .folded(i)
            .split_once('-')
            .filter(|(_, day)| {
                words
                    .table
                    .words
                    .get(&EventWord::Day)
                    .is_some_and(|d| d.iter().any(|f| f == day))
            })
            .and_then(|(number, _)| {
                number.parse().ok().or_else(|| {
                    words
                        .table
                        .numbers
                        .iter()
                        .find(|(_, forms)| forms.iter().any(|f| f == number))
                        .and_then(|(n, _)| n.parse().ok())
                })
            });
        if let Some(n) = joined.filter(|n| (2..=31).contains(n))
            && (names
                .iter()
                .any(|name| name.tokens.start <= i + 1 && i + 1 < name.tokens.end)
                // `The two-day fair` names again what has a capital elsewhere.
                || words.ends(i, EventWord::Article).is_some()
                    && heads.contains(&words.folded(i + 1)))
        {
            return Some((n, words.tokens[i].span));
        }
        if let Some(n) = words.number(i).filter(|n| (2..=31).contains(n))
            && words.is(i + 1, EventWord::Day).is_some()
            && let Some(len) = words.ends(i, EventWord::Lasting)
            && lasts(passage, names, i - len..i)
        {
            return Some((n, words.tokens[i].span.cover(words.tokens[i + 1].span)));
        }
    }
    None
}

/// Whether a length behind the words at `at` is the event's: they are its verb, stand beside it or follow its verb.
fn lasts(passage: &Passage<'_>, names: &[&Phrase], at: Range<usize>) -> bool {
    let words = &passage.words;
    let from = at.start.saturating_sub(REACH);
    let verb = (from..at.end)
        .rev()
        .find(|i| words.any(*i, GOVERNORS) || words.is(*i, EventWord::Aside).is_some());
    let holds = [EventWord::Held, EventWord::Hosts, EventWord::Opens];
    let told = verb.is_some_and(|i| {
        let len = holds.iter().filter_map(|verb| words.is(i, *verb)).max();
        len.is_some_and(|len| {
            i >= at.start || clause::is_light(passage, (i + len).min(at.start)..at.start)
        })
    });
    let beside = |name: &&Phrase| {
        name.tokens.end <= at.start && clause::is_light(passage, name.tokens.end..at.start)
    };
    let pronoun = || clause::is_light(passage, 0..at.end);
    names.iter().any(beside) || told && (!names.is_empty() || pronoun())
}
