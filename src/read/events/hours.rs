//! The hour of an event whose day another sentence gives.

use std::cell::LazyCell;

use super::candidates::Candidate;
use super::clause;
use super::passages::{Passage, Role, bare_year};
use super::phrases::Phrase;
use super::scene::Scene;
use super::when::When;
use crate::lang::EventWord;
use crate::model::{Date, Fact};
use crate::read::dates::{Clock, DateMention, find_clocks};

/// What a sentence with the hour says: that the event is held, or begins.
const BEGINS: &[EventWord] = &[EventWord::Opens, EventWord::Held, EventWord::Hosts];

/// Words whose hours are not the event's.
const OTHERWISE: &[EventWord] = &[
    EventWord::Register,
    EventWord::Deadline,
    EventWord::Until,
    EventWord::Closes,
    EventWord::Cancelled,
    EventWord::Formerly,
    EventWord::Unrelated,
    EventWord::Announces,
];

/// Adds the hour that another sentence gives: `The ceremony will be held at 11 a.m.`, `It begins at 9`. `mention` gave the
/// day.
pub(super) fn with_hours(
    scene: &Scene<'_>,
    candidate: &Candidate,
    when: When,
    mention: &DateMention,
) -> When {
    let Some(start) = &when.start else {
        return when;
    };
    let told = |index: &usize| held(scene, candidate, *index, when.end.is_some());
    let clock = (0..scene.passages.len())
        .filter(told)
        .find_map(|index| hour(scene, index, start, when.end.is_some()));
    let Some(clock) = clock else {
        return when;
    };
    let timed = DateMention {
        clock: Some(clock),
        end: None,
        end_span: None,
        ..mention.clone()
    };
    let resolver = &scene.findings.resolver;
    match resolver.resolve(scene.context, &timed, &mut Vec::new()) {
        Some((start, end)) => When {
            start: Some(start),
            // An hour at which the first of several days closes does not end the event.
            end: when.end.or(end),
            ..when
        }
        .checked(),
        None => when,
    }
}

/// Whether a sentence says that the event, and nothing else, is held or begins. Of an event of several days only its
/// beginning has an hour of its own.
fn held(scene: &Scene<'_>, candidate: &Candidate, index: usize, several: bool) -> bool {
    let passage = &scene.passages[index];
    let words = &passage.words;
    if !matches!(passage.role, Role::Body { .. }) {
        return false;
    }
    let opening = |p: &Phrase| {
        p.bare()
            && p.head
                .clone()
                .any(|i| words.is(i, EventWord::Opens).is_some())
    };
    let here = scene.in_passage(index);
    let own = here.clone().all(|i| {
        let phrase = &scene.phrases[i];
        !phrase.other
            && !phrase.aside
            && (candidate.has(i) || phrase.generic || phrase.points_back() || opening(phrase))
    });
    // The last event named before is this one.
    let last = here.start.checked_sub(1);
    let subject = here.clone().any(|i| candidate.has(i)) || last.is_some_and(|i| candidate.has(i));
    let kinds = if several { &BEGINS[..1] } else { BEGINS };
    if !(own && subject) {
        return false;
    }
    let clock = LazyCell::new(|| passage_clock(scene, index));
    let begins = |i: usize| {
        let len = kinds.iter().filter_map(|kind| words.is(i, *kind)).max();
        let noun = words
            .noun(i)
            .filter(|_| words.is(i, EventWord::Opens).is_some());
        // `The opening is at nine`: the noun that says so is the subject.
        noun.is_some()
            || len.is_some_and(|len| {
                let act = i..i + len;
                here.clone()
                    .any(|p| clause::tells_of_phrase(scene, &scene.phrases[p], &act))
                    || here.is_empty()
                        && clause::goes_on_about_it(scene, candidate, passage, act.end.max(*clock))
            })
    };
    (0..words.len()).any(begins)
}

/// Behind which token the first hour of a sentence ends.
fn passage_clock(scene: &Scene<'_>, index: usize) -> usize {
    let passage = &scene.passages[index];
    let language = scene.findings.layout.language.as_ref();
    let languages: Vec<&str> = language.iter().map(|l| l.value.as_str()).collect();
    let clocks = find_clocks(scene.context, passage.span, &languages);
    (clocks.first()).map_or(0, |clock| passage.words.token_at(clock.span.end))
}

/// The only hour of a sentence that names no other day; one that it closes at, or one in brackets, does not count.
fn hour(scene: &Scene<'_>, index: usize, start: &Fact<Date>, several: bool) -> Option<Clock> {
    let passage = &scene.passages[index];
    let findings = &scene.findings;
    let language = findings.layout.language.as_ref()?;
    let mentions = || {
        let dates = &findings.dates[passage.dates.clone()];
        dates.iter().filter(|m| !bare_year(m))
    };
    let same_day = |m: &DateMention| {
        let resolved = findings.resolver.resolve(scene.context, m, &mut Vec::new());
        resolved.is_some_and(|(first, _)| first.value.naive_day() == start.value.naive_day())
    };
    let clocks = find_clocks(scene.context, passage.span, &[language.value.as_str()]);
    let mut all = mentions().filter_map(|m| m.clock.clone()).chain(clocks);
    let clock = all.next()?;
    let single = all.all(|c| c.span == clock.span || is_aside(passage, &clock, &c));
    let mut before = mentions().filter(|m| m.span.start < clock.span.end);
    let own = before.all(|m| !(several && m.end.is_some()) && same_day(m));
    (single && own && !in_brackets(passage, &clock) && plain(passage, &clock)).then_some(clock)
}

/// Whether an hour stands in brackets: `The seminar (lunch at 1 p.m.) begins early`.
fn in_brackets(passage: &Passage<'_>, clock: &Clock) -> bool {
    let words = &passage.words;
    let token = words.token_at(clock.span.start);
    words.opens_bracket(0..token)
}

/// Whether a later hour of a sentence is when the event closes or stands in brackets: `at 8 p.m. (doors open at 7.30)`.
fn is_aside(passage: &Passage<'_>, first: &Clock, later: &Clock) -> bool {
    let words = &passage.words;
    let from = words.token_at(first.span.end);
    let token = words.token_at(later.span.start);
    first.span.end <= later.span.start
        && (words.opens_bracket(from..token) || words.ends(token, EventWord::Until).is_some())
}

/// Whether nothing before an hour says that it is not the event's.
fn plain(passage: &Passage<'_>, clock: &Clock) -> bool {
    let words = &passage.words;
    let token = words.token_at(clock.span.start);
    !(0..token).any(|i| words.any(i, OTHERWISE))
}
