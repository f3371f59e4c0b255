//! When an event takes place: which date expressions are its own, and which of them begin or end it.

use super::candidates::Candidate;
use super::clause;
use super::hours;
use super::length;
use super::passages::{Passage, Role, bare_year};
use super::phrases::Determiner;
use super::scene::Scene;
use super::state::Change;
use crate::lang::{EventWord, NameStyle};
use crate::model::{Date, EventStatus, Fact};
use crate::read::dates::{DateMention, Form};
use crate::source::Span;

/// Dates of an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct When {
    /// First day or hour.
    pub start: Option<Fact<Date>>,
    /// Last day or closing hour.
    pub end: Option<Fact<Date>>,
    /// First day before it was moved.
    pub previous: Option<Fact<Date>>,
    /// Indices of the expressions used.
    pub mentions: Vec<usize>,
    /// Whether a day is given that nobody can tell without the day of publication: `3 May`, `on Friday`.
    pub dayed: bool,
}

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The first day, or all days.
    Start,
    /// The last day alone.
    End,
    /// The day before it was moved.
    Former,
}

/// A date expression of the event.
struct Dated {
    span: Span,
    part: Part,
    strength: i32,
    start: Fact<Date>,
    end: Option<Fact<Date>>,
}

/// Verbs and nouns that a date goes with.
pub(super) const GOVERNORS: &[EventWord] = &[
    EventWord::Held,
    EventWord::Hosts,
    EventWord::Opens,
    EventWord::Closes,
    EventWord::Attends,
    EventWord::Signs,
    EventWord::Visits,
    EventWord::Receives,
    EventWord::Register,
    EventWord::Unrelated,
    EventWord::Announces,
    EventWord::Postponed,
    EventWord::Cancelled,
    EventWord::Rescheduled,
    EventWord::MovedOnline,
];

/// Longest event, in days.
const LONGEST: i64 = 400;

/// Words that a date may stand behind its verb.
pub(super) const REACH: usize = 45;

/// Words of the longest sentence: what stands farther off in a passage that never ends says nothing of a date.
const SENTENCE: usize = 200;

/// The dates of a candidate.
pub(super) fn find(scene: &Scene<'_>, candidate: &Candidate, change: Option<&Change>) -> When {
    let mut dated = Vec::new();
    let mut dayed = false;
    for passage in own_passages(scene, candidate) {
        dayed |= collect(scene, candidate, passage, &mut dated);
        collect_today(scene, candidate, passage, &mut dated);
        collect_same_day(scene, candidate, passage, &mut dated);
    }
    let moved = change.filter(|c| {
        matches!(
            c.status.value,
            EventStatus::Postponed | EventStatus::Rescheduled
        )
    });
    if let Some(change) = moved {
        // Before the words of the change stands the old date, behind them the new one.
        let (passage, token) = change.at;
        let words = &scene.passages[passage].words;
        let turn = words.tokens[token].span.start;
        for d in &mut dated {
            let at = d.span;
            if scene.passages[passage].span.contains(at) && at.end <= turn {
                d.part = Part::Former;
            }
        }
    }
    let when = When {
        dayed,
        ..choose(scene, candidate, &dated)
    };
    let used = |m: &DateMention| {
        let start = when.start.as_ref();
        let same = |d: &Dated| d.part == Part::Start && d.span == m.span && Some(&d.start) == start;
        dated.iter().any(same)
    };
    let mention = scene
        .findings
        .dates
        .iter()
        .find(|m| m.clock.is_none() && used(m));
    match mention {
        Some(mention) => hours::with_hours(scene, candidate, when.clone(), mention),
        None => when,
    }
}

/// The passages that name the event, and the sentences that go on about it, in order.
pub(super) fn own_passages(scene: &Scene<'_>, candidate: &Candidate) -> Vec<usize> {
    let mut all: Vec<usize> = Vec::new();
    for index in &candidate.phrases {
        let phrase = &scene.phrases[*index];
        if phrase.other || all.last() == Some(&phrase.passage) {
            continue;
        }
        if phrase.determiner == Determiner::Definite
            && scene.leads_to(phrase.passage)
            && !all.contains(&(phrase.passage - 1))
        {
            all.push(phrase.passage - 1);
        }
        all.push(phrase.passage);
        let subject = candidate.has(scene.in_passage(phrase.passage).start);
        let next = phrase.passage + 1;
        if subject && next < scene.passages.len() && scene.goes_on(next) {
            all.push(next);
        }
    }
    let newest = all
        .iter()
        .filter_map(|p| scene.passages[*p].newest_year(scene.findings.dates))
        .max();
    all.retain(|p| !is_of_before(scene, *p, newest));
    all
}

/// Whether a sentence names a year before the event's and no day: it tells of the one before, `The 2028 forum was held in Rome`.
fn is_of_before(scene: &Scene<'_>, index: usize, newest: Option<i32>) -> bool {
    let passage = &scene.passages[index];
    let mentions = &scene.findings.dates[passage.dates.clone()];
    matches!(passage.role, Role::Body { .. })
        && mentions.iter().all(bare_year)
        && passage
            .newest_year(scene.findings.dates)
            .is_some_and(|year| newest.is_some_and(|n| year < n))
}

/// Collects the dates of a passage, and tells whether it gives a day whose year nobody can tell.
fn collect(scene: &Scene<'_>, candidate: &Candidate, index: usize, dated: &mut Vec<Dated>) -> bool {
    let mut dayed = false;
    let passage = &scene.passages[index];
    let own = scene.in_passage(index).is_empty();
    // Behind the sentence of the event only what has no subject of its own goes on about it.
    let before = index.checked_sub(1).map(|i| scene.in_passage(i));
    let continued = before.is_some_and(|mut phrases| phrases.any(|p| candidate.has(p)));
    for mention in passage.dates.clone() {
        let expression = &scene.findings.dates[mention];
        if bare_year(expression) {
            continue;
        }
        let token = passage.words.token_at(expression.span.start);
        let from = if expression.end.is_some() {
            lasting_from(passage, token)
        } else {
            token
        };
        if !belongs(scene, candidate, index, from) {
            continue;
        }
        let end = passage.words.token_at(expression.span.end);
        let verb = governor(passage, from);
        let told = end.max(verb.map_or(0, |i| i + 1));
        let Some((mut part, mut strength)) = governed(passage, from, expression.form) else {
            continue;
        };
        match behind(passage, expression.span) {
            Some(EventWord::Deadline) => continue,
            Some(_) if expression.end.is_none() => part = Part::End,
            _ => {}
        }
        if verb.is_some_and(|at| tells_of_another(scene, candidate, index, at)) {
            continue;
        }
        if own
            && (strength < 5
                || continued && !clause::goes_on_about_it(scene, candidate, passage, told))
        {
            continue;
        }
        let Some((start, end)) =
            scene
                .findings
                .resolver
                .resolve(scene.context, expression, &mut Vec::new())
        else {
            let parts = &expression.start;
            let early = matches!(passage.role, Role::Headline | Role::Body { block: 0 | 1 });
            dayed |= parts.day.is_some() && parts.month.is_some() && parts.year.is_none()
                || early && (parts.weekday.is_some() || expression.form == Form::Relative);
            continue;
        };
        if start.value.month.is_none() {
            continue;
        }
        strength += match passage.role {
            Role::Body { block: 0 } => 2,
            Role::Body { block: 1 } => 1,
            _ => 0,
        };
        strength += i32::from(end.is_some()) + i32::from(start.value.day.is_some()) * 4;
        dated.push(Dated {
            span: expression.span,
            part,
            strength,
            start,
            end,
        });
    }
    dayed
}

/// Whether the verb at a token, behind the event's name, is another's: `for the forum the ferry is put off to 20 June`,
/// `…, the museum is open until 30 August`.
fn tells_of_another(scene: &Scene<'_>, candidate: &Candidate, index: usize, at: usize) -> bool {
    const CHANGES: [EventWord; 4] = [
        EventWord::Postponed,
        EventWord::Cancelled,
        EventWord::Rescheduled,
        EventWord::MovedOnline,
    ];
    let passage = &scene.passages[index];
    let words = &passage.words;
    let ends = scene.in_passage(index).map(|p| scene.phrases[p].tokens.end);
    let Some(named) = ends.filter(|end| *end <= at).last() else {
        return false;
    };
    let change = CHANGES.iter().filter_map(|word| words.is(at, *word)).max();
    match change {
        Some(len) => !clause::tells_of(scene, candidate, index, &(at..at + len)),
        None => {
            words.any(at, &[EventWord::Opens, EventWord::Closes])
                && clause::begins_another(passage, named..at)
        }
    }
}

/// The word of an end that stands right behind a date, where such words do: `まで`, `까지`, `kadar`, `之前`.
fn behind(passage: &Passage<'_>, date: Span) -> Option<EventWord> {
    let table = passage.words.table;
    // A date that goes on past its passage has nothing behind it.
    let rest = (passage.words.text).get(date.range().end..passage.span.range().end)?;
    // `3月初之前`: part of a month.
    let rest = rest.trim_start_matches(['初', '底', '末']);
    let forms = |word: EventWord| table.words.get(&word).into_iter().flatten();
    match table.style {
        NameStyle::Unspaced => {
            // `前往` goes somewhere.
            let goes_on = rest
                .chars()
                .nth(1)
                .is_some_and(|c| "往来來赴後后夕".contains(c));
            let opens = |word| {
                forms(word)
                    .any(|form| rest.starts_with(form.as_str()) && !(goes_on && form == "前"))
            };
            [EventWord::Until, EventWord::Deadline]
                .into_iter()
                .find(|word| opens(*word))
        }
        NameStyle::Final => forms(EventWord::Until)
            .any(|form| {
                rest.starts_with(form.as_str())
                    || rest.split_whitespace().take(2).any(|w| w == form)
            })
            .then_some(EventWord::Until),
        _ => None,
    }
}

/// Whether the words at a token speak of the event: it is named last before them, and nothing is set aside between.
fn belongs(scene: &Scene<'_>, candidate: &Candidate, index: usize, token: usize) -> bool {
    let words = &scene.passages[index].words;
    if scene.in_passage(index).is_empty() {
        return true;
    }
    // Where verbs come last, what a date stands beside may be set aside before the event: `5月に始まる運動に先立ち`.
    let last = matches!(words.table.style, NameStyle::Unspaced | NameStyle::Final);
    scene.owner(index, token).is_some_and(|p| {
        let tokens = &scene.phrases[p].tokens;
        let from = tokens.end.max(token.saturating_sub(SENTENCE));
        let to = if last {
            tokens.start.min(token + SENTENCE)
        } else {
            token
        };
        let mut between = (from..token.max(tokens.end)).chain(token..to.max(token));
        candidate.has(p) && !between.any(|i| words.is(i, EventWord::Aside).is_some())
    })
}

/// Where the words begin that lead to a range of days: `during the period`, `desde el`. Before a single day they set aside
/// what stands there.
fn lasting_from(passage: &Passage<'_>, token: usize) -> usize {
    const BEFORE: usize = 3;
    let words = &passage.words;
    (token.saturating_sub(BEFORE)..token)
        .find(|i| {
            words
                .is(*i, EventWord::Aside)
                .is_some_and(|len| i + len <= token)
        })
        .unwrap_or(token)
}

/// Words between `today` and the verb that it goes with.
const BESIDE: usize = 2;

/// `this morning`: the day of the release.
fn collect_today(scene: &Scene<'_>, candidate: &Candidate, index: usize, dated: &mut Vec<Dated>) {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let anchor = scene.findings.resolver.anchor.as_ref();
    let Some(day) = anchor.and_then(Date::naive_day) else {
        return;
    };
    for (i, len) in words.each(EventWord::Today) {
        let governed = governed(passage, i, Form::Relative);
        let (Some((part, strength)), Some(span)) = (governed, words.span(&(i..i + len))) else {
            continue;
        };
        // Before the event's name the word goes with the verb beside it: `today sent a letter to hold a hearing`.
        let phrases = scene.in_passage(index);
        let named = phrases.is_empty()
            || phrases
                .into_iter()
                .any(|p| scene.phrases[p].tokens.end <= i);
        let beside = (i.saturating_sub(BESIDE)..(i + len + BESIDE).min(words.len()))
            .any(|k| words.any(k, super::scene::ACTS));
        if (named || beside) && belongs(scene, candidate, index, i) {
            dated.push(Dated {
                span,
                part,
                strength: strength + 4,
                start: Fact::inferred(Date::day(day), Some(span), "event.start.today"),
                end: None,
            });
        }
    }
}

/// `the same day`: the day of the date named last before it.
fn collect_same_day(
    scene: &Scene<'_>,
    candidate: &Candidate,
    index: usize,
    dated: &mut Vec<Dated>,
) {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let findings = &scene.findings;
    for (i, _) in words.each(EventWord::SameDay) {
        let start = words.tokens[i].span.start;
        let before = findings.dates.partition_point(|d| d.span.start < start);
        let last = findings.dates[..before]
            .iter()
            .rfind(|d| d.start.day.is_some() && d.end.is_none());
        let near =
            last.filter(|d| index > 0 && d.span.start >= scene.passages[index - 1].span.start);
        let resolved = near.and_then(|mention| {
            let resolver = &findings.resolver;
            let (first, _) = resolver.resolve(scene.context, mention, &mut Vec::new())?;
            Some((mention.span, first))
        });
        let governed = governed(passage, i, Form::Named);
        if let (Some((span, start)), Some((part, strength))) = (resolved, governed)
            && belongs(scene, candidate, index, i)
        {
            dated.push(Dated {
                span,
                part,
                strength,
                start,
                end: None,
            });
        }
    }
}

/// The verb or noun that a date at a token goes with: the last one before it, else the first behind.
fn governor(passage: &Passage<'_>, token: usize) -> Option<usize> {
    let words = &passage.words;
    let mut before = (token.saturating_sub(REACH)..token)
        .rev()
        .take_while(|i| words.folded(*i) != ";");
    let mut behind = token..words.len().min(token + REACH);
    before
        .find(|i| words.any(*i, GOVERNORS))
        .or_else(|| behind.find(|i| words.any(*i, GOVERNORS)))
}

/// What a date at a token gives by the words around it, and how surely; `None` where it is not the event's.
fn governed(passage: &Passage<'_>, token: usize, form: Form) -> Option<(Part, i32)> {
    let words = &passage.words;
    let near = |kind: EventWord, reach: usize| {
        (token.saturating_sub(reach)..token)
            .rev()
            .find(|i| words.is(*i, kind).is_some_and(|len| i + len <= token))
    };
    let until = near(EventWord::Until, 3);
    if until.is_none() && near(EventWord::Deadline, 4).is_some() {
        return None;
    }
    if near(EventWord::Formerly, 9).is_some_and(|at| {
        let len = words.is(at, EventWord::Formerly).unwrap_or(1);
        clause::is_plain(passage, at + len..token)
    }) {
        return Some((Part::Former, 5));
    }
    let Some(at) = governor(passage, token) else {
        let plain = form != Form::Relative;
        let part = if until.is_some() {
            Part::End
        } else {
            Part::Start
        };
        return plain.then_some((part, 2));
    };
    let is = |kind| words.is(at, kind).is_some();
    let unrelated = words.ends(at + 1, EventWord::Unrelated).is_some();
    if is(EventWord::Register) || is(EventWord::Unrelated) || unrelated {
        return None;
    }
    let from = at.saturating_sub(SENTENCE);
    let registering = (from..at).any(|i| words.is(i, EventWord::Register).is_some());
    if registering && !is(EventWord::Held) && !is(EventWord::Hosts) {
        return None;
    }
    let relative = form == Form::Relative;
    if relative && is(EventWord::Announces) {
        return None;
    }
    let strength = if is(EventWord::Held) || is(EventWord::Opens) || is(EventWord::Rescheduled) {
        6
    } else if is(EventWord::Announces) {
        2
    } else {
        5
    } - 4 * i32::from(relative);
    let part = if until.is_some() || is(EventWord::Closes) && !is(EventWord::Opens) {
        Part::End
    } else {
        Part::Start
    };
    Some((part, strength))
}

fn choose(scene: &Scene<'_>, candidate: &Candidate, dated: &[Dated]) -> When {
    let best = |part: Part| {
        dated
            .iter()
            .filter(|d| d.part == part)
            // The first of equals: later paragraphs speak of the programme.
            .rev()
            .max_by_key(|d| d.strength)
    };
    let mut when = When::default();
    if let Some(start) = best(Part::Start) {
        // Another sentence may give the same day with its hour.
        let day = start.start.value.naive_day();
        let timed = dated.iter().find(|d| {
            start.end.is_none()
                && start.start.value.time.is_none()
                && d.part == Part::Start
                && d.start.value.time.is_some()
                && d.start.value.naive_day() == day
        });
        let start = timed.unwrap_or(start);
        when.start = Some(start.start.clone());
        when.end.clone_from(&start.end);
    }
    if when.end.is_none()
        && let Some(end) = best(Part::End)
    {
        if end.end.is_some() {
            // A whole range under a verb of closing.
            when.start = Some(end.start.clone());
            when.end.clone_from(&end.end);
        } else {
            when.end = Some(end.start.clone());
        }
    }
    if let Some(former) = best(Part::Former) {
        when.previous = Some(former.start.clone());
    }
    if when.end.is_none()
        && let Some(start) = &when.start
    {
        when.end = length::last_day(scene, candidate, start);
    }
    when.checked()
}

impl When {
    /// Without an end that lies before its start or repeats it.
    pub(super) fn checked(mut self) -> Self {
        if let (Some(start), Some(end)) = (&self.start, &self.end) {
            let key = |d: &Date| (d.first_day(), d.time);
            let same_day = start.value.naive_day() == end.value.naive_day();
            let later = if same_day && (start.value.time.is_none() || end.value.time.is_none()) {
                false
            } else {
                key(&start.value) < key(&end.value)
            };
            let apart = end.value.first_day() - start.value.first_day();
            if !later || apart.num_days() > LONGEST {
                self.end = None;
            }
        }
        self
    }
}

/// The days that a sentence gives for what its own verb tells.
pub(super) fn of_sentence(scene: &Scene<'_>, index: usize) -> When {
    let passage = &scene.passages[index];
    let mut dated = Vec::new();
    for mention in passage.dates.clone() {
        let expression = &scene.findings.dates[mention];
        let token = passage.words.token_at(expression.span.start);
        let aside = scene
            .owner(index, token)
            .is_some_and(|p| scene.phrases[p].aside || scene.phrases[p].other);
        if bare_year(expression) || aside {
            continue;
        }
        let Some((part, strength)) = governed(passage, token, expression.form) else {
            continue;
        };
        if let Some((start, end)) =
            scene
                .findings
                .resolver
                .resolve(scene.context, expression, &mut Vec::new())
            && start.value.day.is_some()
        {
            dated.push(Dated {
                span: expression.span,
                part,
                strength,
                start,
                end,
            });
        }
    }
    if dated.is_empty() {
        collect_today(scene, &Candidate::default(), index, &mut dated);
    }
    choose(scene, &Candidate::default(), &dated)
}
