//! Events, from the assertions of a release.

use super::item::{Element, Item};
use crate::archive::{ArchiveError, Fault};
use crate::model::{Attendance, Event, EventKind, EventStatus, Geo, Location};
use crate::write::newsml_g2::codes;

/// The event that a subject names; `at` is its path in the record.
pub(super) fn read<'a>(
    item: &Item<'a>,
    at: &str,
    subject: Element<'a>,
) -> Result<Event, ArchiveError> {
    let name = subject.get("uri").or(subject.get("literal"));
    let event = item.assertion(name.ok_or(Fault::Missing("name of an event's assertion"))?)?;
    let said = Said::of(item, event)?;
    let field = |name: &str| format!("{at}.{name}");
    let code = |rel, uri_of: &str| coded(item, event, rel, uri_of);
    let url = |rel| {
        item.coded(event, "related", "reluri", rel)
            .next()
            .and_then(|related| related.get("literal"))
            .map(str::to_owned)
    };
    let previous_start = item
        .coded(event, "related", "reluri", codes::REL_PREVIOUS_START)
        .next()
        .and_then(|related| related.get("value"));
    Ok(Event {
        name: item.fact(&field("name"), event.need("name")?.text().to_owned())?,
        series: item.opt(
            &field("series"),
            event
                .child("broader")
                .and_then(|series| series.get("literal"))
                .map(str::to_owned),
        )?,
        edition: item.opt(
            &field("edition"),
            event
                .related(codes::REL_EDITION)
                .map(|edition| edition.number("value"))
                .transpose()?,
        )?,
        kind: item.opt(
            &field("kind"),
            value(
                code(codes::REL_KIND, "kind."),
                EventKind::from_code,
                "kind of event",
            )?,
        )?,
        part_of: item.opt(&field("part_of"), url(codes::REL_PART_OF))?,
        start: item.date(&field("start"), said.start)?,
        end: item.date(&field("end"), said.end)?,
        location: item.opt(&field("location"), said.location.map(location).transpose()?)?,
        attendance: item.opt(
            &field("attendance"),
            value(
                code(codes::REL_ATTENDANCE, "attendance."),
                Attendance::from_code,
                "attendance",
            )?,
        )?,
        organizer: item.opt(&field("organizer"), said.organizer.map(str::to_owned))?,
        status: item.fact(
            &field("status"),
            value(
                said.status.and_then(|code| code.strip_prefix("dl:status.")),
                EventStatus::from_code,
                "status of an event",
            )?
            .ok_or(Fault::Missing("status of an event"))?,
        )?,
        previous_start: item.date(&field("previous_start"), previous_start)?,
        speakers: item.list(&field("speakers"), said.speakers)?,
        url: item.opt(&field("url"), url(codes::REL_URL))?,
    })
}

/// What stands in eventDetails where an event has a start, and in relations where it has none.
struct Said<'a> {
    start: Option<&'a str>,
    end: Option<&'a str>,
    status: Option<&'a str>,
    location: Option<Element<'a>>,
    speakers: Vec<&'a str>,
    organizer: Option<&'a str>,
}

impl<'a> Said<'a> {
    fn of(item: &Item<'a>, event: Element<'a>) -> Result<Self, ArchiveError> {
        match event.child("eventDetails") {
            Some(details) => Ok(Self::details(details)),
            None => Self::relations(item, event),
        }
    }

    fn details(details: Element<'a>) -> Self {
        let date = |name| details.path(&["dates", name]).map(Element::text);
        Self {
            start: date("start"),
            end: date("end"),
            status: details
                .child("eventStatus")
                .and_then(|status| status.get("qcode")),
            location: details.child("location"),
            speakers: details
                .all("participant")
                .filter_map(|speaker| speaker.child("name"))
                .map(Element::text)
                .collect(),
            organizer: details.path(&["organiser", "name"]).map(Element::text),
        }
    }

    fn relations(item: &Item<'a>, event: Element<'a>) -> Result<Self, ArchiveError> {
        let get = |rel, key| event.related(rel).and_then(|related| related.get(key));
        let speaker = format!("dl:{}", codes::REL_SPEAKER);
        Ok(Self {
            start: None,
            end: get(codes::REL_END, "value"),
            status: get(codes::REL_STATUS, "qcode"),
            location: get(codes::REL_LOCATION, "literal")
                .map(|literal| item.assertion(literal))
                .transpose()?,
            speakers: event
                .all("related")
                .filter(|related| related.get("rel") == Some(&speaker))
                .filter_map(|related| related.get("literal"))
                .collect(),
            organizer: get(codes::REL_ORGANIZER, "literal"),
        })
    }
}

/// The code of a relation, without its group: a `QCode` of the base profile, or an address.
fn coded<'a>(item: &Item<'a>, event: Element<'a>, rel: &str, group: &str) -> Option<&'a str> {
    let code = if let Some(related) = event.related(rel) {
        related.get("qcode")?.strip_prefix("dl:")?
    } else {
        let related = item.coded(event, "related", "reluri", rel).next()?;
        item.vocabulary.code(related.get("uri")?)?
    };
    code.strip_prefix(group)
}

fn value<T>(
    code: Option<&str>,
    of: impl Fn(&str) -> Option<T>,
    what: &'static str,
) -> Result<Option<T>, ArchiveError> {
    code.map(|code| of(code).ok_or_else(|| ArchiveError::value(what, code)))
        .transpose()
}

fn location(place: Element<'_>) -> Result<Location, ArchiveError> {
    let details = place.child("POIDetails");
    let within = |names: &[&'static str]| details.and_then(|details| details.path(names));
    let text = |element: Option<Element<'_>>| element.map(|element| element.text().to_owned());
    Ok(Location {
        venue: text(place.child("name")),
        street: text(within(&["address", "line"])),
        locality: text(within(&["address", "locality", "name"])),
        region: text(within(&["address", "area", "name"])),
        country: within(&["address", "country"])
            .and_then(|country| country.get("qcode"))
            .map(|code| code.strip_prefix("iso3166-1a2:").unwrap_or(code).to_owned()),
        geo: within(&["position"])
            .map(|position| {
                Ok::<_, ArchiveError>(Geo {
                    latitude: position.number("latitude")?,
                    longitude: position.number("longitude")?,
                })
            })
            .transpose()?,
    })
}
