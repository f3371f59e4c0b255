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
        .find_map(|index| hour(scene, index, start, when.end.is_some()))
        .or_else(|| {
            let body = |p: &usize| matches!(scene.passages[*p].role, Role::Body { .. });
            (0..scene.passages.len())
                .filter(body)
                .filter(|index| speaks_of(scene, candidate, *index))
                .find_map(|index| start_hour(scene, candidate, index, start))
        });
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

/// Whether a sentence names no other event, and this one or none: then it goes on about the event that was named last.
fn speaks_of(scene: &Scene<'_>, candidate: &Candidate, index: usize) -> bool {
    let words = &scene.passages[index].words;
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
    own && (here.clone().any(|i| candidate.has(i)) || last.is_some_and(|i| candidate.has(i)))
}

/// The hour behind a noun that says when the event begins: `Beginn ist um 19 Uhr`, `con inizio alle 11`. Nothing but the event
/// itself, its verb and words of the hour stand between the two: `the start of registration` is another's.
fn start_hour(
    scene: &Scene<'_>,
    candidate: &Candidate,
    index: usize,
    start: &Fact<Date>,
) -> Option<Clock> {
    const BETWEEN: usize = 9;
    let passage = &scene.passages[index];
    let words = &passage.words;
    // At the head of the sentence or of a stretch of its own: `…, start at 7 pm`.
    let opens = |i: &usize| {
        *i == 0
            || !words.tokens[i - 1].word
            || *i == 1 && words.is(0, EventWord::Article) == Some(1)
    };
    let noun = (0..words.len()).find(|i| words.is(*i, EventWord::Start).is_some() && opens(i))?;
    let from = noun + words.is(noun, EventWord::Start)?;
    let language = &scene.findings.layout.language.as_ref()?.value;
    let mentions = &scene.findings.dates[passage.dates.clone()];
    let dated = mentions.iter().filter_map(|m| m.clock.clone());
    let clock = find_clocks(scene.context, passage.span, &[language.as_str()])
        .into_iter()
        .chain(dated)
        .filter(|c| words.token_at(c.span.start) >= from)
        .min_by_key(|c| c.span.start)?;
    let to = words.token_at(clock.span.start);
    let table = &scene.context.lexicons.get(language)?.dates;
    // The full stop of `godz.` belongs to the word before it.
    let close = to - usize::from(to > from && words.folded(to - 1) == ".");
    let leads = |forms: &[String]| {
        let ends = |form: &String| {
            let len = form.split(' ').count();
            let same = |(k, word): (usize, &str)| words.folded(close - len + k) == word;
            (close >= from + len && form.split(' ').enumerate().all(same)).then_some(len)
        };
        forms.iter().filter_map(ends).max()
    };
    let lead = leads(&table.at).max(leads(&table.clock)).unwrap_or(0);
    let named = |k: usize| {
        let mut phrases = scene.in_passage(index);
        phrases.any(|p| {
            let phrase = &scene.phrases[p];
            let own = candidate.has(p) || phrase.generic || phrase.points_back();
            own && phrase.tokens.contains(&k)
        })
    };
    let light = [
        EventWord::Is,
        EventWord::Light,
        EventWord::Article,
        EventWord::At,
        EventWord::Of,
        EventWord::Held,
    ];
    let plain = |k: usize| {
        let mark = !words.tokens[k].word && !matches!(words.folded(k), "," | ";");
        mark || passage.is_date(k) || named(k) || words.any(k, &light)
    };
    let end = close - lead;
    let same_day = |m: &DateMention| {
        let resolved = (scene.findings.resolver).resolve(scene.context, m, &mut Vec::new());
        resolved.is_some_and(|(first, _)| first.value.naive_day() == start.value.naive_day())
    };
    let mut before = mentions
        .iter()
        .filter(|m| m.span.start < clock.span.end && !bare_year(m));
    (to - from <= BETWEEN && (from..end).all(plain) && before.all(same_day)).then_some(clock)
}

/// Whether a sentence says that the event, and nothing else, is held or begins. Of an event of several days only its
/// beginning has an hour of its own.
fn held(scene: &Scene<'_>, candidate: &Candidate, index: usize, several: bool) -> bool {
    let passage = &scene.passages[index];
    let words = &passage.words;
    if !matches!(passage.role, Role::Body { .. }) {
        return false;
    }
    let here = scene.in_passage(index);
    let kinds = if several { &BEGINS[..1] } else { BEGINS };
    if !speaks_of(scene, candidate, index) {
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
                // `Start of work at nine`
                if let Some(of) = words.is(act.end, EventWord::Of) {
                    let noun = act.end + of;
                    let noun = noun + words.is(noun, EventWord::Article).unwrap_or(0);
                    let mut own = here.clone().map(|p| &scene.phrases[p].tokens);
                    if !own.any(|tokens| (tokens.start..=tokens.end).contains(&noun)) {
                        return false;
                    }
                }
                here.clone()
                    .any(|p| clause::tells_of_phrase(scene, &scene.phrases[p], &act))
                    || joined_to_held(scene, index, i)
                    || here.is_empty()
                        && clause::goes_on_about_it(scene, candidate, passage, act.end.max(*clock))
            })
    };
    (0..words.len()).any(begins)
}

/// Whether `and` joins the verb at a token to one that says that the event is held: `takes place in the Town Hall and starts
/// at nine`.
fn joined_to_held(scene: &Scene<'_>, index: usize, at: usize) -> bool {
    let words = &scene.passages[index].words;
    let light = words.ends(at, EventWord::Light).unwrap_or(0);
    let first = |i: &usize| words.is(*i, EventWord::Held).is_some();
    words.ends(at - light, EventWord::And).is_some()
        && (0..at - light).find(first).is_some_and(|i| {
            let act = i..i + words.is(i, EventWord::Held).unwrap_or(1);
            let mut here = scene.in_passage(index);
            here.any(|p| clause::tells_of_phrase(scene, &scene.phrases[p], &act))
        })
}

/// Behind which token the first hour of a sentence ends.
fn passage_clock(scene: &Scene<'_>, index: usize) -> usize {
    let passage = &scene.passages[index];
    let language = scene.findings.layout.language.as_ref();
    let languages: Vec<&str> = language.iter().map(|l| l.value.as_str()).collect();
    let clocks = find_clocks(scene.context, passage.span, &languages);
    (clocks.first()).map_or(0, |clock| passage.words.token_at(clock.span.end))
}

/// Whether the hour behind a day is when something else opens or closes: `on 7 May in Leeds, and the bar opens at 8 p.m.`.
pub(super) fn of_another(passage: &Passage<'_>, day: &DateMention) -> bool {
    let words = &passage.words;
    let Some(clock) = day.clock.as_ref().filter(|c| c.span.start >= day.span.end) else {
        return false;
    };
    let between = words.token_at(day.span.end)..words.token_at(clock.span.start);
    let parts = |k: &usize| {
        let next = k + words.is(*k, EventWord::And).unwrap_or(1);
        let own = [
            EventWord::Article,
            EventWord::Indefinite,
            EventWord::Possessive,
        ];
        (words.is(*k, EventWord::And).is_some() || words.folded(*k) == ",")
            && words.any(next, &own)
            && !passage.is_date(next + 1)
    };
    let verbs = [EventWord::Opens, EventWord::Closes];
    between
        .clone()
        .find(parts)
        .is_some_and(|from| (from..between.end).any(|k| words.any(k, &verbs)))
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
