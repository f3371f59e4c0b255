//! Events out of candidates, label blocks and acts.

use super::Events;
use super::acts;
use super::candidates::{self, Candidate};
use super::labels;
use super::organizer;
use super::passages::{Passages, Role, within};
use super::phrases::{self, Determiner, Phrase};
use super::place;
use super::rivals;
use super::scene::Scene;
use super::speakers;
use super::state::{self, Change};
use super::when::{self, When};
use crate::lang::EventWord;
use crate::model::{Event, EventStatus, Fact};
use crate::read::blocks::folded;
use crate::read::rival::{MOST, Rival};
use crate::source::Span;

/// A main event that the headline does not name may lie at most this many days before the release.
const LATEST_REPORT: i64 = 45;

/// Releases tell of no event before this year, save in passing.
const EARLIEST: i32 = 1980;

/// The events of a release. `language` ends the names of rules that read words.
pub(super) fn events(scene: &Scene<'_>, passages: &Passages<'_>, language: &str) -> Events {
    let candidates = candidates::group(scene);
    let drafts: Vec<Draft<'_>> = candidates.iter().map(|c| Draft::of(scene, c)).collect();
    let chosen = drafts
        .iter()
        .enumerate()
        .filter_map(|(i, draft)| Some((draft.weight(scene)?, i)))
        // The first of equals.
        .max_by_key(|(weight, i)| (*weight, std::cmp::Reverse(*i)))
        .map(|(_, i)| i);
    let told = chosen.map(|i| drafts[i].event(scene, language));
    let mut main = labels::events(scene, passages, told.as_ref(), language);
    if main.is_empty() {
        main.extend(told);
    }
    if main.is_empty() {
        main.extend(acts::find(scene).map(|act| act.event(scene)));
    }
    let mut mentioned: Vec<Event> = drafts
        .iter()
        .enumerate()
        .filter(|(i, draft)| Some(*i) != chosen && draft.named(scene))
        .map(|(_, draft)| Event {
            // Who speaks in its sentence speaks of it, not at it.
            speakers: Vec::new(),
            ..draft.event(scene, language)
        })
        .collect();
    for event in &mut mentioned {
        join_series(event, &main);
    }
    for event in &mut main {
        officers(scene, event);
    }
    let mut rivals: Vec<Rival> = (drafts.iter().enumerate())
        .filter(|(i, _)| Some(*i) != chosen)
        .take(MOST)
        .map(|(_, draft)| {
            let reason = draft.objection(scene);
            Rival::new("events", draft.fullest(scene).span, reason)
        })
        .collect();
    if let (Some(chosen), Some(event)) = (chosen, main.first()) {
        let place = event.location.as_ref();
        rivals.extend(rivals::of_place(scene, drafts[chosen].candidate, place));
    }
    Events {
        main,
        mentioned,
        rivals,
    }
}

/// A candidate with what its own sentences say of dates and changes.
struct Draft<'c> {
    candidate: &'c Candidate,
    change: Option<Change>,
    when: When,
}

impl<'c> Draft<'c> {
    fn of(scene: &Scene<'_>, candidate: &'c Candidate) -> Self {
        let change = state::change(scene, candidate);
        let when = when::find(scene, candidate, change.as_ref());
        Self {
            candidate,
            change,
            when,
        }
    }

    fn phrases<'s>(&'s self, scene: &'s Scene<'_>) -> impl Iterator<Item = &'s Phrase> {
        self.candidate.phrases.iter().map(|i| &scene.phrases[*i])
    }

    fn is_dated(&self) -> bool {
        let when = &self.when;
        when.start.is_some() || when.end.is_some() || when.previous.is_some() || when.dayed
    }

    /// What speaks against it being the main event.
    fn objection(&self, scene: &Scene<'_>) -> &'static str {
        if self.weight(scene).is_some() {
            "is less prominent in headline and first paragraphs"
        } else if candidates::weight(scene, self.candidate, self.is_dated()).is_some() {
            "was too long before the release"
        } else if self.is_dated() {
            "is only named in passing"
        } else {
            "is only named, without a day"
        }
    }

    fn weight(&self, scene: &Scene<'_>) -> Option<i32> {
        let weight = candidates::weight(scene, self.candidate, self.is_dated())?;
        let titled = self
            .phrases(scene)
            .any(|p| scene.passage_of(p).role == Role::Headline);
        let published = scene.findings.layout.published.as_ref();
        let last = self.when.end.as_ref().or(self.when.start.as_ref());
        let age = published.zip(last).map_or(0, |(p, l)| {
            (p.value.first_day() - l.value.first_day()).num_days()
        });
        let historic = last.is_some_and(|l| l.value.year < EARLIEST);
        (!historic && (titled || age <= LATEST_REPORT)).then_some(weight)
    }

    /// Whether it is worth naming when it is not the main one.
    fn named(&self, scene: &Scene<'_>) -> bool {
        self.phrases(scene).any(|p| {
            p.edition.is_some() || p.proper && p.content.len() >= 2 && self.when.start.is_some()
        })
    }

    /// The phrase with the fullest name.
    fn fullest<'s>(&'s self, scene: &'s Scene<'_>) -> &'s Phrase {
        let worth = |p: &Phrase| -> usize {
            let shouted = scene.passage_of(p).shouted;
            4 * usize::from(p.edition.is_some())
                + 3 * usize::from(p.proper)
                + p.tokens.len().min(14)
                + 6 * usize::from(!shouted)
        };
        let first = &scene.phrases[self.candidate.phrases[0]];
        self.phrases(scene).fold(
            first,
            |best, p| {
                if worth(p) > worth(best) { p } else { best }
            },
        )
    }

    fn event(&self, scene: &Scene<'_>, language: &str) -> Event {
        let phrase = self.fullest(scene);
        let text = scene.context.text;
        let words = &scene.passage_of(phrase).words;
        let rule = match (&phrase.edition, phrase.proper) {
            (Some(_), _) => "event.noun.ordinal",
            (None, true) => "event.noun.name",
            (None, false) => "event.noun.described",
        };
        let edition = std::iter::once(phrase)
            .chain(self.phrases(scene))
            .find_map(|p| p.edition.as_ref().map(|(n, range)| (p, *n, range.clone())))
            .and_then(|(p, n, range)| {
                let span = scene.passage_of(p).words.span(&range)?;
                Some(Fact::stated(n, span, format!("event.edition.{language}")))
            })
            .or_else(|| edition_told(scene, self.candidate));
        let series = phrase.edition.as_ref().and_then(|(_, range)| {
            // `the opening of the 20th Meeting of X`: the number is that of the whole.
            let whole = phrase.parent.clone().unwrap_or(phrase.tokens.clone());
            if range.start < whole.start || range.end >= whole.end {
                return None;
            }
            let before = words.span(&(whole.start..range.start));
            let mut after = words.span(&(range.end..whole.end))?;
            if whole.end == phrase.tokens.end {
                // Without the particle that the name ends before.
                after.end = after.end.min(phrase.span.end);
            }
            let rest = folded(after.of(text));
            Some(match before {
                // The number stands inside the name: the text never says the name without it.
                Some(before) => Fact::inferred(
                    format!("{} {rest}", folded(before.of(text))),
                    Some(before.cover(after)),
                    "event.series.parted",
                ),
                None => Fact::stated(rest, after, "event.series"),
            })
        });
        let part_of = phrase.parent.as_ref().and_then(|range| {
            let span = words.span(range)?;
            Some(Fact::stated(folded(span.of(text)), span, "event.part-of"))
        });
        let location = place::find(scene, self.candidate);
        let location = location.filter(|_| {
            self.change
                .as_ref()
                .is_none_or(|c| c.status.value != EventStatus::MovedOnline)
        });
        let attendance = state::attendance(scene, self.candidate, phrase.kind, location.is_some());
        let name = owned_name(scene, phrase).unwrap_or_else(|| {
            let written = phrases::name(text, phrase.span);
            match scene.bare(&written) {
                Some(bare) => Fact::inferred(
                    phrases::capitalized(&bare),
                    Some(phrase.span),
                    format!("{rule}.bare-form"),
                ),
                None => Fact::stated(written, phrase.span, format!("{rule}.{language}")),
            }
        });
        Event {
            name,
            series,
            edition,
            kind: words
                .span(&phrase.head)
                .map(|span| Fact::stated(phrase.kind, span, format!("event.kind.{language}"))),
            part_of,
            start: self.when.start.clone(),
            end: self.when.end.clone(),
            location,
            attendance,
            organizer: organizer::find(scene, self.candidate),
            status: status(self.change.as_ref()),
            previous_start: self.when.previous.clone(),
            speakers: speakers::find(scene, self.candidate),
            url: None,
        }
    }
}

/// `the 15th Meeting` beside the 20th Meeting of a body is that body's too: it belongs to the same series.
fn join_series(event: &mut Event, main: &[Event]) {
    let Some(own) = event.series.as_ref().map(|s| s.value.clone()) else {
        return;
    };
    let whole = main
        .iter()
        .filter_map(|m| m.series.as_ref())
        .find(|series| {
            series
                .value
                .strip_prefix(own.as_str())
                .is_some_and(|rest| rest.starts_with(' '))
        });
    let Some(whole) = whole.filter(|_| event.name.value.ends_with(own.as_str())) else {
        return;
    };
    event.series = Some(Fact::inferred(
        whole.value.clone(),
        whole.span,
        "event.series.same",
    ));
}

/// Who holds a post in the body whose event it is, and is named in the text, speaks there.
fn officers(scene: &Scene<'_>, event: &mut Event) {
    let Some(organizer) = event
        .organizer
        .as_ref()
        .filter(|_| !event.speakers.is_empty())
    else {
        return;
    };
    let people = scene.findings.agents.people.iter();
    for person in people {
        // The body whose event it is convenes it, or stands in its name.
        let office = person.organization.as_ref().is_some_and(|o| {
            o.value == organizer.value
                || o.value
                    .split_whitespace()
                    .all(|word| event.name.value.split_whitespace().any(|w| w == word))
        });
        let known = event.speakers.iter().any(|s| s.value == person.name.value);
        if let (true, false, Some(span)) = (office, known, person.name.span) {
            event.speakers.push(Fact::inferred(
                person.name.value.clone(),
                Some(span),
                "event.speaker.office",
            ));
        }
    }
}

/// `in its fifth edition`: the number that the event's own sentences give apart from its name.
fn edition_told(scene: &Scene<'_>, candidate: &Candidate) -> Option<Fact<u32>> {
    /// Tokens behind the noun in which what it is an edition of may stand.
    const BEHIND: usize = 4;
    when::own_passages(scene, candidate)
        .into_iter()
        .find_map(|index| {
            let passage = &scene.passages[index];
            let words = &passage.words;
            if !words.holds(EventWord::Edition) {
                return None;
            }
            let early = matches!(passage.role, Role::Headline | Role::Body { block: 0 });
            (0..words.len()).find_map(|i| {
                let (number, len) = words.ordinal(i)?;
                let noun = i + len;
                let end = noun + words.is(noun, EventWord::Edition)?;
                let its = words.ends(i, EventWord::Possessive).is_some();
                let other = words.ends(i, EventWord::Other).is_some()
                    || words.is(end, EventWord::Connector).is_some();
                // `the third edition, revised, of the catalogue`
                let of_another = (end..end + BEHIND)
                    .take_while(|k| !passage.is_date(*k) && !words.any(*k, &[EventWord::Held]))
                    .any(|k| {
                        words.folded(k) == "," && words.is(k + 2, EventWord::Connector).is_some()
                    });
                let other = other || of_another;
                let own = if scene.in_passage(index).is_empty() {
                    its
                } else {
                    scene.owner(index, i).is_some_and(|p| candidate.has(p))
                };
                let span = words.span(&(i..noun))?;
                (own && (its || early) && !other)
                    .then(|| Fact::stated(number, span, "event.edition.told"))
            })
        })
}

/// The status that the text reports, else that of an event nothing is said of.
pub(super) fn status(change: Option<&Change>) -> Fact<EventStatus> {
    change.map_or_else(
        || Fact::inferred(EventStatus::Scheduled, None, Event::DEFAULT_STATUS),
        |c| c.status.clone(),
    )
}

/// `its 18th Annual Congress` with the name of whose it is.
fn owned_name(scene: &Scene<'_>, phrase: &Phrase) -> Option<Fact<String>> {
    let passage = scene.passage_of(phrase);
    let words = &passage.words;
    let genitive = &words.table.genitive;
    let open = phrase.determiner == Determiner::Possessive && !phrase.complement;
    if !open || genitive.is_empty() || !phrase.proper {
        return None;
    }
    let before = Span {
        start: passage.span.start,
        end: phrase.span.start,
    };
    let mentions = &scene.organizations[within(&scene.organizations, before, |m| m.0)];
    let (mut at, mut index) = *mentions.last()?;
    for (earlier, i) in mentions.iter().rev().skip(1) {
        // Of `the Panel of the Union (PU) held its …` the first is the owner.
        let between = words.token_at(earlier.end)..words.token_at(at.start);
        let chained = between
            .clone()
            .any(|k| words.is(k, EventWord::Connector).is_some())
            && between.len() <= 6;
        if !chained {
            break;
        }
        (at, index) = (*earlier, *i);
    }
    let owner = &scene.findings.agents.organizations.get(index)?.name.value;
    let token = words.token_at(at.start);
    let article = words
        .ends(token, EventWord::Article)
        .map(|len| words.folded(token - len))
        .unwrap_or_default();
    let joint = genitive.get(article)?;
    let glue = if joint.ends_with('\'') { "" } else { " " };
    let own = phrases::name(scene.context.text, phrase.span);
    Some(Fact::inferred(
        format!("{own} {}{glue}{owner}", joint.replace('\'', "’")),
        Some(phrase.span),
        "event.name.owner",
    ))
}

impl acts::Act {
    fn event(self, scene: &Scene<'_>) -> Event {
        Event {
            name: Fact::inferred(
                phrases::name(scene.context.text, self.name),
                Some(self.name),
                "event.name.headline",
            ),
            series: None,
            edition: None,
            kind: Some(Fact::inferred(
                self.kind,
                Some(self.name),
                "event.kind.verb",
            )),
            part_of: None,
            start: self.when.start,
            end: self.when.end,
            location: (self.passage..scene.passages.len())
                .take_while(|i| scene.passages[*i].role == Role::Body { block: 0 })
                .find_map(|i| place::of_sentence(scene, i)),
            attendance: None,
            organizer: None,
            status: status(None),
            previous_start: None,
            speakers: Vec::new(),
            url: None,
        }
    }
}
