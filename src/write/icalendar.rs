//! iCalendar (RFC 5545, RFC 7986): the events of all releases in one calendar and one for each language, and each alone.
//!
//! The only module that knows the icalendar crate.
//!
//! Conventions (OUTPUTS, iCalendar): an event without a full day is left out; one that has clock times at its one end only
//! takes whole days; times are in UTC; a last day that is not said is not given. `UID` is the UUID (version 5, URL) of the
//! event's tag URI; `SEQUENCE` and `DTSTAMP` come from the versions of its archive item, so that they never run backwards.
//! An event of a withdrawn release stays, cancelled.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use ::icalendar::{Calendar, Class, Component, EventLike, EventStatus as Status, Property};
use chrono::{DateTime, Days, Utc};
use rayon::prelude::*;
use uuid::Uuid;

use super::pages::place_line;
use super::web::{
    address, clean, event_page, instant, lead, list_link, list_title, shown, web_date,
};
use super::{
    Artifacts, Catalog, Collection, DocumentLink, Format, Stage, WriteError, Writer, tag_uri,
};
use crate::model::{
    Date, Event, EventItem, EventKey, EventStatus, FormerEvent, Published, Site, Standing,
};

/// The format.
#[derive(Debug, Clone, Copy)]
pub struct ICalendar;

static FORMAT: Format = Format {
    name: "icalendar",
    about: "calendars of the releases' events",
    media_type: "text/calendar",
    rel: Some("alternate"),
    spec: "https://www.rfc-editor.org/rfc/rfc5545",
};

const PRODUCT: &str = "-//dateline//press calendar//EN";

impl Writer for ICalendar {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn release(
        &self,
        published: &Published,
        site: &Site,
        out: &mut Artifacts,
    ) -> Result<(), WriteError> {
        if published.standing != Standing::Usable || site.calendar_events == 0 {
            return Ok(());
        }
        for number in published.event_numbers.iter().copied() {
            if published.leads(number)
                && let Some(entry) = entry(published, number, site)
            {
                let bytes = calendar(&site.title, [entry]);
                let path = event_path(&published.event_key(number));
                out.put(Stage::Event, path, bytes);
            }
        }
        Ok(())
    }

    fn links(&self, release: Option<&Published>, site: &Site) -> Vec<DocumentLink> {
        let eventful = release.is_some_and(|published| {
            let mut numbers = published.event_numbers.iter();
            numbers.any(|number| is_listed(published, *number, site))
        });
        if eventful {
            vec![link(None, site)]
        } else {
            Vec::new()
        }
    }

    fn event_links(&self, release: &Published, number: u32, site: &Site) -> Vec<DocumentLink> {
        let event = numbered(release, number).filter(|_| is_listed(release, number, site));
        let link = event.map(|(event, _)| DocumentLink {
            path: event_path(&release.event_key(number)),
            title: event.name.value.clone(),
        });
        link.into_iter().collect()
    }

    fn list_links(&self, catalog: &dyn Catalog, site: &Site) -> Vec<DocumentLink> {
        let chosen = Chosen::of(catalog, site);
        chosen.languages().map(|tag| link(tag, site)).collect()
    }

    fn own_words(&self) -> Vec<&'static str> {
        vec![PRODUCT, FORMAT.name, FORMAT.media_type, "2.0", "GREGORIAN"]
    }

    fn collection(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
        out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        let chosen = Chosen::of(catalog, site);
        let mut loaded = None;
        for language in chosen.languages() {
            let is_of = |of: Option<&str>| language.is_none() || of == language;
            let picks: Vec<_> = chosen
                .0
                .iter()
                .filter(|pick| is_of(pick.language))
                .collect();
            out.list(Stage::Collection, path(language), &picks, || {
                let entries = match &mut loaded {
                    Some(entries) => entries,
                    none => none.insert(chosen.entries(catalog, site)?),
                };
                let entries = entries.iter().filter(|(of, _)| is_of(*of));
                let entries = entries.map(|(_, entry)| entry.clone());
                Ok(calendar(&list_title(site, language), entries))
            })?;
        }
        Ok(())
    }
}

fn link(language: Option<&str>, site: &Site) -> DocumentLink {
    list_link(site, path(language), language)
}

fn path(language: Option<&str>) -> String {
    language.map_or_else(
        || "calendar.ics".to_owned(),
        |tag| format!("calendar.{tag}.ics"),
    )
}

/// Path of the calendar of one event.
fn event_path(key: &EventKey) -> String {
    super::web::beside(&event_page(key), ".ics")
}

/// The newest events, by first day; those of withdrawn releases among them.
struct Chosen<'c>(Vec<Pick<'c>>);

/// An event that a calendar holds.
#[derive(Hash)]
struct Pick<'c> {
    start: Date,
    key: &'c EventKey,
    number: u32,
    language: Option<&'c str>,
    of: Of<'c>,
}

/// Where the rest of it is found.
#[derive(Hash)]
enum Of<'c> {
    Release(&'c super::Listed),
    Withdrawn(&'c super::Withdrawn, &'c FormerEvent),
}

impl<'c> Chosen<'c> {
    fn of(catalog: &'c dyn Catalog, site: &Site) -> Self {
        let standing = catalog.listed().iter().flat_map(|listed| {
            let leading = listed.events.iter().filter(|event| event.leads);
            leading.filter_map(move |event| {
                Some(Pick {
                    start: event.start.clone()?,
                    key: &event.key,
                    number: event.number,
                    language: listed.language.as_deref(),
                    of: Of::Release(listed),
                })
            })
        });
        let withdrawn = catalog.withdrawn().iter().flat_map(|withdrawn| {
            withdrawn.events.iter().filter_map(move |(key, event)| {
                Some(Pick {
                    start: Date::parse(event.start.as_deref()?)?,
                    key,
                    number: event.number,
                    language: withdrawn.language.as_deref(),
                    of: Of::Withdrawn(withdrawn, event),
                })
            })
        });
        let mut picks: Vec<_> = standing
            .chain(withdrawn)
            .filter(|pick| pick.start.naive_day().is_some())
            .collect();
        let order = |pick: &Pick<'c>| (pick.start.naive_day(), pick.start.time);
        picks.sort_by_key(|pick| (Reverse(order(pick)), pick.key));
        picks.truncate(site.calendar_events);
        Self(picks)
    }

    /// All languages together, and each; none where there is no event, since a calendar must hold one.
    fn languages(&self) -> impl Iterator<Item = Option<&'c str>> {
        let each: BTreeSet<_> = self.0.iter().map(|pick| pick.language).collect();
        let all = (!self.0.is_empty()).then_some(None);
        all.into_iter().chain(each.into_iter().flatten().map(Some))
    }

    /// Language and entry of each, newest first.
    fn entries(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
    ) -> Result<Vec<(Option<&'c str>, ::icalendar::Event)>, WriteError> {
        let made = self.0.par_iter().map(|pick| {
            let made = match &pick.of {
                Of::Release(listed) => entry(&catalog.load(listed)?, pick.number, site),
                Of::Withdrawn(withdrawn, event) => cancelled(withdrawn, event, pick, site),
            };
            Ok(made.map(|entry| (pick.language, entry)))
        });
        made.filter_map(Result::transpose).collect()
    }
}

/// A main event with its archive item; `None`: there is no such event, or it has no item.
fn numbered(published: &Published, number: u32) -> Option<(&Event, EventItem)> {
    let index = (published.event_numbers.iter()).position(|of| *of == number)?;
    let shared = published.related.events.get(&number);
    let own = published.event_items.get(index).copied().flatten();
    let item = shared.map_or(own, |event| event.item)?;
    Some((published.release.events.get(index)?, item))
}

fn is_listed(published: &Published, number: u32, site: &Site) -> bool {
    site.calendar_events > 0
        && published.standing == Standing::Usable
        && numbered(published, number)
            .and_then(|(event, _)| shown(site, event.start.as_ref()))
            .is_some_and(|start| start.naive_day().is_some())
}

/// The calendar's entry of an event; `None`: it has no full day that may be published.
fn entry(published: &Published, number: u32, site: &Site) -> Option<::icalendar::Event> {
    let (event, item) = numbered(published, number)?;
    let start = shown(site, event.start.as_ref())?;
    let end = shown(site, event.end.as_ref());
    let page = address(site, &published.page);
    let key = published.event_key(number);
    let mut entry = bare(&key, item, &event.name.value, site);
    timed(&mut entry, start, end, site)?;
    let text = lead(published, site).map_or_else(String::new, |text| format!("{text}\n\n"));
    entry.description(&clean(&format!("{text}{page}")));
    let language = published.release.language.as_ref();
    let language = language.map(|fact| fact.value.as_str());
    let location = shown(site, event.location.as_ref());
    if let Some(line) = location.and_then(|place| place_line(place, language, site)) {
        entry.location(&clean(&line));
    }
    if let Some(geo) = location.and_then(|place| place.geo) {
        entry.append_property(Property::new(
            "GEO",
            format!("{};{}", geo.latitude, geo.longitude),
        ));
    }
    entry.url(&page);
    entry.status(match event.status.value {
        EventStatus::Cancelled | EventStatus::Postponed => Status::Cancelled,
        EventStatus::Scheduled | EventStatus::Rescheduled | EventStatus::MovedOnline => {
            Status::Confirmed
        }
    });
    Some(entry.done())
}

/// The entry of an event whose release was withdrawn.
fn cancelled(
    withdrawn: &super::Withdrawn,
    event: &FormerEvent,
    pick: &Pick<'_>,
    site: &Site,
) -> Option<::icalendar::Event> {
    let mut entry = bare(pick.key, event.item?, &event.name, site);
    timed(&mut entry, &pick.start, None, site)?;
    entry.url(&address(site, &withdrawn.page));
    entry.status(Status::Cancelled);
    Some(entry.done())
}

/// What every entry has but its times.
fn bare(key: &EventKey, item: EventItem, name: &str, site: &Site) -> ::icalendar::Event {
    let tag = format!("{}#event-{}", tag_uri(site, &key.release), key.number);
    let uid = Uuid::new_v5(&Uuid::NAMESPACE_URL, tag.as_bytes());
    let mut entry = ::icalendar::Event::new();
    entry
        .uid(&uid.to_string())
        .timestamp(item.version_created)
        .sequence(item.version - 1)
        .summary(&clean(name))
        .class(Class::Public);
    // A press date is no reason to be busy.
    entry.add_property("TRANSP", "TRANSPARENT");
    entry.done()
}

/// Start and end: both with a clock time in UTC, or both whole days, the last one exclusive (RFC 5545, 3.6.1).
fn timed(
    entry: &mut ::icalendar::Event,
    start: &Date,
    end: Option<&Date>,
    site: &Site,
) -> Option<()> {
    let moment = |date: &Date| -> Option<DateTime<Utc>> {
        let date = web_date(date, site);
        date.time.and_then(|time| instant(&date, site, time))
    };
    let last = end.and_then(Date::naive_day);
    match (moment(start), end.map(moment)) {
        (Some(from), None) => {
            entry.starts(from);
        }
        (Some(from), Some(Some(to))) if to > from => {
            entry.starts(from);
            entry.ends(to);
        }
        _ => {
            let first = start.naive_day()?;
            entry.starts(first);
            if let Some(last) = last.filter(|last| *last > first) {
                entry.ends(last.checked_add_days(Days::new(1))?);
            }
        }
    }
    Some(())
}

/// A calendar of these entries, by start and then by identity.
fn calendar(title: &str, entries: impl IntoIterator<Item = ::icalendar::Event>) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    let title = clean(title);
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", PRODUCT))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("NAME", escaped(&title)))
        .append_property(Property::new("X-WR-CALNAME", &title));
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_by_cached_key(|entry| {
        let value = |name| entry.property_value(name).unwrap_or_default().to_owned();
        (value("DTSTART"), value("UID"))
    });
    calendar.extend(entries);
    folded(&calendar.to_string()).into_bytes()
}

/// Lines of at most 75 octets (RFC 5545, 3.1): the crate lets the last piece of one be an octet longer.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let (mut rest, mut room) = (line, 75);
        while rest.len() > room {
            let ends = |within: usize| {
                let ends = rest.char_indices().map(|(end, _)| end);
                ends.take_while(|end| *end <= within).last().unwrap_or(room)
            };
            let mut cut = ends(room);
            if rest[cut..].starts_with(char::is_whitespace) {
                // A line that begins with two blanks is easily taken for one that begins with one.
                cut = ends(cut - 1);
            }
            out.extend([&rest[..cut], "\r\n "]);
            rest = &rest[cut..];
            // One octet is the blank that a continued line begins with.
            room = 74;
        }
        out.extend([rest, "\r\n"]);
    }
    out
}

/// A text as RFC 5545 (3.3.11) has it, for a property whose type the crate does not know.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fact, Location};
    use crate::write::sample::{self, date, site, stated};

    fn lines(change: impl FnOnce(&mut Event)) -> Vec<String> {
        let mut event = sample::event("Quay Day; all, welcome");
        event.start = Some(date("2026-05-01"));
        change(&mut event);
        let mut published = sample::with_event("a", event);
        let created = published.version_created;
        published.event_items[0] = Some(EventItem {
            version: 3,
            first_created: created,
            version_created: created,
        });
        let mut out = Artifacts::default();
        ICalendar
            .release(&published, &site(), &mut out)
            .expect("a calendar");
        let bytes = out.0.into_values().next().unwrap_or_default();
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        unfolded.lines().map(str::to_owned).collect()
    }

    fn times(start: &str, end: Option<&str>) -> Vec<String> {
        lines(|event| {
            event.start = Some(date(start));
            event.end = end.map(date);
        })
        .into_iter()
        .filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND"))
        .collect()
    }

    #[test]
    fn no_line_has_more_than_75_octets_and_all_come_back() {
        for word in ["a", "é", "□", "🚢", "a □ ", "  "] {
            for count in 0..120 {
                let line = format!("SUMMARY:x{}", word.repeat(count));
                let text = folded(&format!("{line}\r\nUID:1\r\n"));
                let longest = text.split("\r\n").map(str::len).max();
                assert!(longest <= Some(75), "{text}");
                assert_eq!(text.replace("\r\n ", ""), format!("{line}\r\nUID:1\r\n"));
            }
        }
    }

    #[test]
    fn an_entry_says_what_the_release_does() {
        let lines = lines(|event| {
            event.location = Some(stated(Location {
                venue: Some("Old Hall".into()),
                locality: Some("Graz".into()),
                country: Some("AT".into()),
                ..Location::default()
            }));
        });
        for line in [
            "SEQUENCE:2",
            "DTSTAMP:20260302T080000Z",
            "DTSTART;VALUE=DATE:20260501",
            r"SUMMARY:Quay Day\; all\, welcome",
            r"LOCATION:Old Hall\, Graz\, Austria",
            "URL:https://press.example/releases/a.html",
            "STATUS:CONFIRMED",
            "X-WR-CALNAME:Harbour news",
        ] {
            assert!(lines.iter().any(|of| of == line), "{line}: {lines:#?}");
        }
    }

    #[test]
    fn times_are_of_one_kind_and_the_last_day_is_exclusive() {
        assert_eq!(
            times("2026-05-01", Some("2026-05-03")),
            ["DTEND;VALUE=DATE:20260504", "DTSTART;VALUE=DATE:20260501"]
        );
        assert_eq!(
            times("2026-05-01T10:00+02:00", Some("2026-05-01T12:30+02:00")),
            ["DTEND:20260501T103000Z", "DTSTART:20260501T080000Z"]
        );
        // No zone, or a time at one end: whole days.
        for end in [None, Some("2026-05-01"), Some("2026-05-01T12:00")] {
            assert_eq!(
                times("2026-05-01T10:00", end),
                ["DTSTART;VALUE=DATE:20260501"]
            );
        }
        assert_eq!(times("2026-05", None), [""; 0]);
    }

    #[test]
    fn what_will_not_take_place_as_told_is_cancelled() {
        for status in [EventStatus::Cancelled, EventStatus::Postponed] {
            let lines = lines(|event| event.status = Fact::stated(status, sample_span(), "test"));
            assert!(lines.contains(&"STATUS:CANCELLED".to_owned()));
        }
    }

    fn sample_span() -> crate::source::Span {
        crate::source::Span::new(0, 1)
    }
}
