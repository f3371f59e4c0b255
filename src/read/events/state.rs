//! Whether an event takes place as announced, and how one attends: only from explicit words.

use std::ops::Range;

use super::candidates::Candidate;
use super::clause;
use super::passages::Role;
use super::scene::Scene;
use super::when::own_passages;
use crate::lang::EventWord;
use crate::model::{Attendance, EventKind, EventStatus, Fact};
use crate::source::Span;

/// Words of a change and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub status: Fact<EventStatus>,
    /// Passage and token of the words.
    pub at: (usize, usize),
}

const CHANGES: [(EventWord, EventStatus, &str); 4] = [
    (
        EventWord::Rescheduled,
        EventStatus::Rescheduled,
        "event.status.rescheduled",
    ),
    (
        EventWord::MovedOnline,
        EventStatus::MovedOnline,
        "event.status.moved-online",
    ),
    (
        EventWord::Cancelled,
        EventStatus::Cancelled,
        "event.status.cancelled",
    ),
    (
        EventWord::Postponed,
        EventStatus::Postponed,
        "event.status.postponed",
    ),
];

/// Words between a possibility and what it makes possible.
const HEDGE_REACH: usize = 5;

/// The change that headline or first paragraphs report for the event. A new date may follow later than the news that the
/// old one is off.
pub(super) fn change(scene: &Scene<'_>, candidate: &Candidate) -> Option<Change> {
    let first = reported(scene, candidate, &CHANGES, 1);
    let open = first
        .as_ref()
        .is_none_or(|c| c.status.value == EventStatus::Postponed);
    open.then(|| reported(scene, candidate, &CHANGES[..1], 3))
        .flatten()
        .or(first)
}

/// The first of `changes` that the headline or a paragraph up to `last` reports for the event.
fn reported(
    scene: &Scene<'_>,
    candidate: &Candidate,
    changes: &[(EventWord, EventStatus, &'static str)],
    last: usize,
) -> Option<Change> {
    for index in own_passages(scene, candidate) {
        let passage = &scene.passages[index];
        let words = &passage.words;
        let near = match passage.role {
            Role::Headline | Role::Subtitle => true,
            Role::Body { block } => block <= last,
            Role::Label => false,
        };
        if !near {
            continue;
        }
        for (word, status, rule) in changes.iter().copied() {
            for (i, len) in words.each(word) {
                let hedged = (i.saturating_sub(HEDGE_REACH)..i)
                    .any(|k| words.is(k, EventWord::Hedge).is_some() && !passage.is_date(k));
                let own = scene
                    .owner(index, i)
                    .is_some_and(|p| candidate.has(p) && !scene.phrases[p].other);
                if let Some(span) = words.span(&(i..i + len))
                    && own
                    && !hedged
                    && clause::tells_of(scene, candidate, index, &(i..i + len))
                {
                    return Some(Change {
                        status: Fact::stated(status, span, rule),
                        at: (index, i),
                    });
                }
            }
        }
    }
    None
}

/// How one attends, by words about the event itself.
pub(super) fn attendance(
    scene: &Scene<'_>,
    candidate: &Candidate,
    kind: EventKind,
    placed: bool,
) -> Option<Fact<Attendance>> {
    let mut online = None;
    for index in own_passages(scene, candidate) {
        let passage = &scene.passages[index];
        let words = &passage.words;
        if matches!(passage.role, Role::Body { block } if block > 3) {
            continue;
        }
        if !words.holds(EventWord::Mixed) && !words.holds(EventWord::Online) {
            continue;
        }
        for i in 0..words.len() {
            let mixed = words.is(i, EventWord::Mixed);
            let Some(len) = mixed.or_else(|| words.is(i, EventWord::Online)) else {
                continue;
            };
            let own = scene.in_passage(index).is_empty()
                || scene
                    .owner(index, i)
                    .is_some_and(|p| candidate.has(p) && !scene.phrases[p].other);
            let registering = (i.saturating_sub(6)..(i + len + 4).min(words.len()))
                .any(|k| words.is(k, EventWord::Register).is_some());
            let at = i..i + len;
            let told =
                words.any(i, &[EventWord::Broadcast]) || attended(scene, candidate, index, &at);
            if !own || registering || !told {
                continue;
            }
            let Some(span) = words.span(&(i..i + len)) else {
                continue;
            };
            if mixed.is_some() {
                return Some(Fact::stated(
                    Attendance::Mixed,
                    span,
                    "event.attendance.mixed",
                ));
            }
            online.get_or_insert(span);
        }
    }
    if let Some(span) = invited_both_ways(scene) {
        return Some(Fact::stated(
            Attendance::Mixed,
            span,
            "event.attendance.mixed",
        ));
    }
    match online {
        Some(span) if placed => Some(Fact::inferred(
            Attendance::Mixed,
            Some(span),
            "event.attendance.place-and-online",
        )),
        Some(span) => Some(Fact::stated(
            Attendance::Online,
            span,
            "event.attendance.online",
        )),
        None if kind == EventKind::Webinar => {
            let phrase = &scene.phrases[*candidate.phrases.first()?];
            Some(Fact::inferred(
                Attendance::Online,
                Some(phrase.span),
                "event.attendance.webinar",
            ))
        }
        None => None,
    }
}

/// Whether words about how one attends go with the event itself, or with a verb of holding or attending.
fn attended(scene: &Scene<'_>, candidate: &Candidate, index: usize, at: &Range<usize>) -> bool {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let titled = !matches!(passage.role, Role::Body { .. });
    let named = scene
        .in_passage(index)
        .filter(|p| candidate.has(*p))
        .any(|p| {
            let name = &scene.phrases[p].tokens;
            let inside = name.start < at.end && at.start < name.end;
            let before = at.end <= name.start && at.end + 1 >= name.start;
            let behind = name.end <= at.start
                && (titled || at.start - name.end <= 1)
                && clause::is_light(passage, name.end..at.start);
            inside || before || behind
        });
    let verbs = [EventWord::Held, EventWord::Hosts, EventWord::Attends];
    named
        || (0..words.len()).any(|i| {
            let len = verbs.iter().filter_map(|verb| words.is(i, *verb)).max();
            len.is_some_and(|len| {
                let between = if i < at.start {
                    (i + len).min(at.start)..at.start
                } else {
                    at.end..i.max(at.end)
                };
                clause::is_light(passage, between)
            })
        })
}

/// Words about how one attends in a sentence that names no event: `Participants can attend in person or online.`
fn invited_both_ways(scene: &Scene<'_>) -> Option<Span> {
    scene
        .passages
        .iter()
        .enumerate()
        .find_map(|(index, passage)| {
            let words = &passage.words;
            if !matches!(passage.role, Role::Body { block: 0..=3 })
                || !scene.in_passage(index).is_empty()
            {
                return None;
            }
            let registering = words.holds(EventWord::Register);
            words
                .each(EventWord::Mixed)
                .filter(|_| !registering)
                .find_map(|(i, len)| {
                    words.ends(i, EventWord::Attends)?;
                    words.span(&(i..i + len))
                })
        })
}
