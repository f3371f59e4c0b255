//! Do two releases tell of one event?
//!
//! Precision first: an event is known again by series and edition or by a name that is more than a kind of event, and only
//! where the days agree or one release says that they changed. When unsure, there are two events.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::{Date, Event, EventKind, EventStatus};

/// How far ahead an event may lie that a release without a day calls off or puts off.
const AHEAD: Days = Days::new(400);

/// What an event is known by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sketch {
    /// Words of its full name.
    name: String,
    /// Words of the name of its series.
    series: Option<String>,
    edition: Option<u32>,
    kind: Option<EventKind>,
    part_of: Option<String>,
    /// Dates in ISO form.
    start: Option<String>,
    end: Option<String>,
    previous_start: Option<String>,
    /// Where words give it.
    status: Option<EventStatus>,
    locality: Option<String>,
}

impl Sketch {
    /// The sketch of an event.
    pub(super) fn of(event: &Event) -> Self {
        let iso = |date: &Date| date.to_string();
        let date = |fact: &Option<crate::model::Fact<Date>>| fact.as_ref().map(|f| iso(&f.value));
        let start = event.start.as_ref().map(|fact| fact.value.year.to_string());
        let name = words(&event.full_name());
        // The year that its day gives anyway.
        let name: Vec<_> = (name.split(' '))
            .filter(|word| start.as_deref() != Some(word))
            .collect();
        Self {
            name: name.join(" "),
            series: event.series.as_ref().map(|fact| words(&fact.value)),
            edition: event.edition.as_ref().map(|fact| fact.value),
            kind: event.kind.as_ref().map(|fact| fact.value),
            part_of: event.part_of.as_ref().map(|fact| words(&fact.value)),
            start: date(&event.start),
            end: date(&event.end),
            previous_start: date(&event.previous_start),
            status: event.states_status().then_some(event.status.value),
            locality: (event.location.as_ref())
                .and_then(|fact| fact.value.locality.as_ref())
                .map(|town| words(town)),
        }
    }

    /// Keys under which an event that may be the same is found.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        let name = self.is_named().then(|| format!("name {}", self.name));
        let edition = (self.series.as_ref().zip(self.edition))
            .map(|(series, edition)| format!("edition {edition} {series}"));
        name.into_iter().chain(edition)
    }

    /// Whether the name is more than a kind of event: three words, or six letters of a script that has no spaces.
    fn is_named(&self) -> bool {
        let spaced = self.name.split(' ').count() >= 3;
        spaced
            || !self.name.is_ascii() && self.name.chars().filter(|c| is_unspaced(*c)).count() >= 6
    }

    /// Whether this event, of a release published that day, is `other` of another.
    pub(super) fn is(&self, published: &Date, other: &Self, other_published: &Date) -> bool {
        let named = self.is_named() && self.name == other.name;
        let of_series = self.series.is_some()
            && self.edition.is_some()
            && (&self.series, self.edition) == (&other.series, other.edition)
            && (self.kind, &self.part_of) == (other.kind, &other.part_of);
        if !(named && !differ(self.edition.as_ref(), other.edition.as_ref()) || of_series) {
            return false;
        }
        let (day, other_day) = (published.first_day(), other_published.first_day());
        // Of one day either may be the news.
        day >= other_day && other.is_changed_to(self, published)
            || day <= other_day && self.is_changed_to(other, other_published)
    }

    /// Whether the days and towns agree with those that a later release, published that day, tells of the event.
    fn is_changed_to(&self, later: &Self, published: &Date) -> bool {
        if !later.moves() && differ(self.locality.as_ref(), later.locality.as_ref()) {
            return false;
        }
        if let (Some(one), Some(two)) = (self.days(), later.days())
            && one.start() <= two.end()
            && two.start() <= one.end()
        {
            return true;
        }
        match parsed(later.previous_start.as_ref()) {
            Some(previous) => self
                .days()
                .is_some_and(|days| covers(&previous, *days.start())),
            None => later.calls_off(published, self),
        }
    }

    /// Whether the words say that the event was put on another day or elsewhere.
    fn moves(&self) -> bool {
        self.previous_start.is_some() || self.status.is_some_and(EventStatus::moves)
    }

    /// Whether the words change an event without its old day, and `first` is one that they can be about: still to come.
    fn calls_off(&self, published: &Date, first: &Self) -> bool {
        let changed = match self.status {
            Some(EventStatus::Rescheduled) => true,
            Some(EventStatus::Postponed | EventStatus::Cancelled | EventStatus::MovedOnline) => {
                self.start.is_none()
            }
            Some(EventStatus::Scheduled) | None => false,
        };
        let today = published.first_day();
        let ahead = today.checked_add_days(AHEAD);
        changed
            && first.days().is_some_and(|days| {
                *days.end() >= today && ahead.is_some_and(|ahead| *days.start() <= ahead)
            })
    }

    /// First and last day.
    fn days(&self) -> Option<RangeInclusive<NaiveDate>> {
        let first = parsed(self.start.as_ref())?.naive_day()?;
        let last = parsed(self.end.as_ref()).and_then(|end| end.naive_day());
        Some(first..=last.filter(|last| *last >= first).unwrap_or(first))
    }
}

fn parsed(iso: Option<&String>) -> Option<Date> {
    Date::parse(iso?)
}

/// Whether a day is, or lies in, what a date as precise as the text names.
fn covers(date: &Date, day: NaiveDate) -> bool {
    let day = Date::day(day);
    date.year == day.year
        && date.month.is_none_or(|month| Some(month) == day.month)
        && date.day.is_none_or(|of| Some(of) == day.day)
}

fn differ<T: PartialEq>(one: Option<&T>, two: Option<&T>) -> bool {
    one.zip(two).is_some_and(|(one, two)| one != two)
}

/// The words of a name, letter case and marks between them left out.
fn words(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<_> = (lower.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Letters of scripts that put no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(name: &str, start: &str) -> Sketch {
        Sketch {
            name: words(name),
            series: None,
            edition: None,
            kind: None,
            part_of: None,
            start: (!start.is_empty()).then(|| start.to_owned()),
            end: None,
            previous_start: None,
            status: None,
            locality: None,
        }
    }

    /// Whether an event told of on 2 March is the one told of on 20 March.
    fn same(one: &Sketch, two: &Sketch) -> bool {
        let day = |text| Date::parse(text).expect("a date");
        let (first, then) = (day("2026-03-02"), day("2026-03-20"));
        let there = one.is(&first, two, &then);
        if there {
            assert!(one.is(&then, two, &then), "on one day");
        }
        assert_eq!(there, two.is(&then, one, &first), "{one:?} {two:?}");
        there
    }

    #[test]
    fn a_name_counts_where_it_is_one_and_the_days_agree() {
        for (one, two, want) in [
            (
                ("Forum of Quiet Harbours", "2026-05-01"),
                ("Forum of quiet harbours", "2026-05-01"),
                true,
            ),
            (
                ("Forum of Quiet Harbours", "2026-05-01"),
                ("Forum of Quiet Harbours", "2026-05-02"),
                false,
            ),
            (
                ("Forum of Quiet Harbours", "2026-05-01"),
                ("Forum of Quiet Harbours", ""),
                false,
            ),
            (
                ("Forum of Quiet Harbours", "2026-05"),
                ("Forum of Quiet Harbours", "2026-05"),
                false,
            ),
            (
                ("Press conference", "2026-05-01"),
                ("Press conference", "2026-05-01"),
                false,
            ),
            (
                ("Forum of Quiet Harbours", "2026-05-01"),
                ("Forum of Loud Harbours", "2026-05-01"),
                false,
            ),
        ] {
            assert_eq!(
                same(&sketch(one.0, one.1), &sketch(two.0, two.1)),
                want,
                "{one:?} {two:?}"
            );
        }
        let mut here = sketch("Forum of Quiet Harbours", "2026-05-01");
        let mut there = here.clone();
        (here.locality, there.locality) = (Some("graz".into()), Some("turku".into()));
        assert!(!same(&here, &there), "two towns");
    }

    #[test]
    fn an_edition_counts_whatever_the_name() {
        let mut one = sketch("20th Meeting", "2026-05-01");
        (one.series, one.edition) = (Some("meeting of the panel".into()), Some(20));
        let mut two = Sketch {
            name: "the meeting".into(),
            ..one.clone()
        };
        two.end = Some("2026-05-03".into());
        assert!(same(&one, &two));
        two.edition = Some(21);
        assert!(!same(&one, &two));
        two.edition = Some(20);
        two.kind = Some(EventKind::Session);
        assert!(!same(&one, &two), "a session of it is not the meeting");
    }

    #[test]
    fn other_days_count_where_the_words_say_that_they_changed() {
        let old = sketch("Forum of Quiet Harbours", "2026-05-01");
        let changed = |status, start: &str, previous: Option<&str>| Sketch {
            status: Some(status),
            previous_start: previous.map(str::to_owned),
            ..sketch("Forum of Quiet Harbours", start)
        };
        for (status, start, previous, want) in [
            (
                EventStatus::Rescheduled,
                "2026-06-09",
                Some("2026-05-01"),
                true,
            ),
            (
                EventStatus::Rescheduled,
                "2026-06-09",
                Some("2026-05"),
                true,
            ),
            (
                EventStatus::Rescheduled,
                "2026-06-09",
                Some("2026-04"),
                false,
            ),
            (EventStatus::Rescheduled, "2026-06-09", None, true),
            (EventStatus::Cancelled, "", None, true),
            (EventStatus::Cancelled, "2026-06-09", None, false),
            (EventStatus::Scheduled, "2026-06-09", None, false),
        ] {
            let new = changed(status, start, previous);
            assert_eq!(same(&old, &new), want, "{new:?}");
        }
        let past = sketch("Forum of Quiet Harbours", "2026-03-10");
        assert!(
            !same(&past, &changed(EventStatus::Cancelled, "", None)),
            "over already"
        );
    }
}
