//! An event as all releases that tell of it tell it: what each says in its order, the latest word on each fact.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::model::{Basis, Change, Date, Event, EventStatus, Fact, Location, Published};

/// An event as one release tells it.
#[derive(Debug)]
pub(super) struct Telling<'a> {
    event: &'a Event,
    said: Said,
    /// Whether the release changed what it says since it was first published.
    corrected: bool,
    language: Option<&'a str>,
}

/// When something was said: the day, then the instant of its version, then the hour and the id.
type Said = (NaiveDate, DateTime<Utc>, Option<NaiveTime>, String);

impl<'a> Telling<'a> {
    /// What a release says of its main event with this number; `None`: it has none.
    pub(super) fn of(published: &'a Published, number: u32) -> Option<Self> {
        let index = (published.event_numbers.iter()).position(|of| *of == number)?;
        let release = &published.release;
        let item = published.event_items.get(index).copied().flatten();
        let (version, first, last) = item.map_or(
            (
                published.version,
                published.first_created,
                published.version_created,
            ),
            |item| (item.version, item.first_created, item.version_created),
        );
        let date = release.published.as_ref().map(|fact| &fact.value);
        let day = date.map_or(NaiveDate::MIN, Date::first_day);
        // A release that was put back says what it said before.
        let corrected = version > 1 && published.change != Some(Change::Release);
        let (day, at) = if corrected {
            (day.max(last.date_naive()), last)
        } else {
            (day, first)
        };
        Some(Self {
            event: release.events.get(index)?,
            said: (day, at, date.and_then(|date| date.time), release.id.clone()),
            corrected,
            language: release.language.as_ref().map(|fact| fact.value.as_str()),
        })
    }
}

/// `own`, of a release in `language`, with what others say of it. Its names stay its own; words are taken from releases in
/// its language only.
pub(super) fn merged(own: &Event, language: Option<&str>, mut told: Vec<Telling<'_>>) -> Event {
    told.sort_by(|a, b| a.said.cmp(&b.said));
    let mut event = own.clone();
    let mut when = When::default();
    let (mut place, mut attendance, mut organizer, mut url) = (None, None, None, None);
    for telling in &told {
        when.hear(telling);
        let of = telling.event;
        if of.states_status() {
            event.status = elsewhere(&of.status);
        }
        attendance = of.attendance.as_ref().or(attendance);
        if telling.language == language {
            organizer = of.organizer.as_ref().or(organizer);
            url = of.url.as_ref().or(url);
            let finer = of.location.as_ref();
            place = finer
                .filter(|new| !place.is_some_and(|old| adds_nothing(new, old)))
                .or(place);
        }
    }
    event.start = when.start.or(event.start);
    event.end = when.end;
    event.previous_start = when.previous.or(event.previous_start);
    event.attendance = attendance.map(elsewhere);
    event.organizer = organizer.map(elsewhere);
    event.url = url.map(elsewhere);
    event.location = place.map(elsewhere).or(event.location);
    event
}

/// A fact whose words may stand in another text.
fn elsewhere<T: Clone>(fact: &Fact<T>) -> Fact<T> {
    Fact {
        span: None,
        ..fact.clone()
    }
}

/// Whether a place says no more than an older word on it.
fn adds_nothing(new: &Fact<Location>, old: &Fact<Location>) -> bool {
    if new.basis == Basis::Configured {
        return false;
    }
    let parts = |place: &Location| {
        let place = place.clone();
        [
            place.venue,
            place.street,
            place.locality,
            place.region,
            place.country,
        ]
    };
    let pairs = parts(&new.value).into_iter().zip(parts(&old.value));
    pairs
        .into_iter()
        .all(|(new, old)| new.is_none() || new == old)
}

/// The days of an event while its releases are heard.
#[derive(Debug, Default)]
struct When {
    start: Option<Fact<Date>>,
    end: Option<Fact<Date>>,
    previous: Option<Fact<Date>>,
    /// Days from which it was moved away.
    given_up: Vec<NaiveDate>,
}

impl When {
    fn hear(&mut self, telling: &Telling<'_>) {
        let event = telling.event;
        let status = event.states_status().then_some(event.status.value);
        let moves = event.previous_start.is_some() || status.is_some_and(EventStatus::moves);
        if let Some(previous) = &event.previous_start {
            self.given_up.extend(previous.value.naive_day());
            self.previous = Some(elsewhere(previous));
        }
        let Some(start) = &event.start else { return };
        let Some(day) = start.value.naive_day() else {
            self.start.get_or_insert_with(|| elsewhere(start));
            return;
        };
        let known = self
            .start
            .as_ref()
            .and_then(|start| start.value.naive_day());
        let Some(known) = known else {
            self.take(event);
            return;
        };
        if day == known {
            if start.value.time.is_some() {
                self.start = Some(elsewhere(start));
            }
            self.end = event.end.as_ref().map(elsewhere).or(self.end.take());
            return;
        }
        let last = self.end.as_ref().and_then(|end| end.value.naive_day());
        let within = day > known && last.is_some_and(|last| day <= last);
        let stale = self.given_up.contains(&day) && status.is_none();
        // A report from one of its days, or an old text, moves nothing.
        if stale || within && !moves && !telling.corrected {
            return;
        }
        if moves {
            self.given_up.push(known);
            if event.previous_start.is_none() {
                self.previous = self.start.take();
            }
        }
        self.take(event);
    }

    fn take(&mut self, event: &Event) {
        self.start = event.start.as_ref().map(elsewhere);
        self.end = event.end.as_ref().map(elsewhere);
    }
}
