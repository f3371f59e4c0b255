//! Events as `Event`: valid as far as the text goes, never padded (OUTPUTS, JSON-LD 4 to 7).

use serde_json::Value;

use super::article;
use super::cast::{Cast, Told};
use super::image;
use super::node::Node;
use crate::model::{Attendance, Basis, BlockKind, Date, Event, EventKind, EventStatus};
use crate::write::web::{address, shown, web_date};

/// The document of main event `index`.
pub(super) fn event(cast: &Cast<'_>, index: usize) -> Value {
    let event = &cast.published.release.events[index];
    let fragment = fragment(cast, index);
    let told = &mut Told::default();
    Node::document("Event", identity(cast, index))
        .with("name", event.name.value.as_str())
        .opt("description", description(cast, index))
        .all("image", image::of_event(cast, &event.name.value))
        .opt("eventStatus", status(cast, event))
        .then(|node| body(cast, node, event, &fragment, told))
        .all("subjectOf", article::references(cast, number(cast, index)))
        .into()
}

/// Main event `index` as its article refers to it.
pub(super) fn reference(cast: &Cast<'_>, index: usize) -> Node {
    let event = &cast.published.release.events[index];
    Node::new("Event", identity(cast, index))
        .with("name", event.name.value.as_str())
        .opt("startDate", Dates::of(cast, event).start)
}

/// Events that are named in passing.
pub(super) fn mentioned(cast: &Cast<'_>, told: &mut Told) -> Vec<Node> {
    let events = cast.published.release.mentioned_events.iter();
    events
        .zip(1..)
        .map(|(event, number)| {
            let fragment = format!("mentioned-event-{number}");
            let status =
                status(cast, event).filter(|_| event.status.value != EventStatus::Scheduled);
            let node = Node::new("Event", cast.fragment(&fragment))
                .with("name", event.name.value.as_str())
                .opt("eventStatus", status);
            body(cast, node, event, &fragment, told)
        })
        .collect()
}

/// The address of main event `index`, which every release that tells of it gives.
fn identity(cast: &Cast<'_>, index: usize) -> String {
    match cast.published.related.events.get(&number(cast, index)) {
        Some(event) => {
            let page = address(cast.site, &event.page);
            format!("{page}#event-{}", event.key.number)
        }
        None => cast.fragment(&fragment(cast, index)),
    }
}

fn fragment(cast: &Cast<'_>, index: usize) -> String {
    format!("event-{}", number(cast, index))
}

fn number(cast: &Cast<'_>, index: usize) -> u32 {
    let numbers = &cast.published.event_numbers;
    numbers.get(index).copied().unwrap_or(index as u32 + 1)
}

fn body(cast: &Cast<'_>, node: Node, event: &Event, fragment: &str, told: &mut Told) -> Node {
    let site = cast.site;
    let dates = Dates::of(cast, event);
    let organizer = shown(site, event.organizer.as_ref());
    let speakers = event
        .speakers
        .iter()
        .filter_map(|speaker| shown(site, Some(speaker)));
    node.opt("startDate", dates.start)
        .opt("endDate", dates.end)
        .opt("previousStartDate", dates.previous)
        .opt(
            "eventAttendanceMode",
            shown(site, event.attendance.as_ref()).map(|a| attendance(*a)),
        )
        .then(|node| located(cast, node, event, fragment))
        .opt(
            "organizer",
            organizer.and_then(|name| cast.agent(name, told)),
        )
        .all(
            "performer",
            speakers.filter_map(|name| cast.person(name, told)),
        )
        .all("superEvent", larger(cast, event, fragment, told))
}

/// Start, end and former start as Google's rules GE-8, 13, 15 and 16 want them.
struct Dates {
    start: Option<String>,
    end: Option<String>,
    previous: Option<String>,
}

impl Dates {
    fn of(cast: &Cast<'_>, event: &Event) -> Self {
        let date = |fact| shown(cast.site, fact).map(|date| web_date(date, cast.site));
        let previous = date(event.previous_start.as_ref());
        // Put off or called off without a new day: the old one stays.
        let start = date(event.start.as_ref());
        let moved = start.is_some() && event.status.value.moves();
        let (start, end) = match start.or_else(|| previous.clone()) {
            Some(start) => range(start, date(event.end.as_ref())),
            None => (None, None),
        };
        Self {
            previous: previous
                .filter(|previous| moved && Some(previous) != start.as_ref())
                .map(|date| date.to_string()),
            start: start.map(|date| date.to_string()),
            end: end.map(|date| date.to_string()),
        }
    }
}

/// Both ends with a clock time, or neither; an end without one on the day of the start says nothing new.
fn range(start: Date, end: Option<Date>) -> (Option<Date>, Option<Date>) {
    let Some(end) = end else {
        return (Some(start), None);
    };
    if start.time.is_some() == end.time.is_some() {
        (Some(start), Some(end))
    } else if start.naive_day() == end.naive_day() {
        (Some(start), None)
    } else {
        (Some(start.without_time()), Some(end.without_time()))
    }
}

/// schema.org takes an event for scheduled unless told otherwise, so saying so adds nothing that the text does not.
fn status(cast: &Cast<'_>, event: &Event) -> Option<&'static str> {
    let code = match event.status.value {
        EventStatus::Scheduled => "https://schema.org/EventScheduled",
        EventStatus::Postponed => "https://schema.org/EventPostponed",
        EventStatus::Cancelled => "https://schema.org/EventCancelled",
        EventStatus::Rescheduled => "https://schema.org/EventRescheduled",
        EventStatus::MovedOnline => "https://schema.org/EventMovedOnline",
    };
    let dropped = event.status.basis == Basis::Inferred && !cast.site.read.publish_inferred;
    (!dropped).then_some(code)
}

fn attendance(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::Offline => "https://schema.org/OfflineEventAttendanceMode",
        Attendance::Online => "https://schema.org/OnlineEventAttendanceMode",
        Attendance::Mixed => "https://schema.org/MixedEventAttendanceMode",
    }
}

/// Place, address on the net, or both. The address of an online event is where it is held; of others, its own page.
fn located(cast: &Cast<'_>, node: Node, event: &Event, fragment: &str) -> Node {
    let attendance = shown(cast.site, event.attendance.as_ref());
    let place = shown(cast.site, event.location.as_ref()).and_then(|location| cast.place(location));
    let url = shown(cast.site, event.url.as_ref());
    if !matches!(attendance, Some(Attendance::Online | Attendance::Mixed)) {
        return node
            .opt("location", place)
            .opt("url", url.map(String::as_str));
    }
    let online = url.map(|url| {
        let number = fragment.strip_prefix("event-").unwrap_or(fragment);
        Node::new(
            "VirtualLocation",
            cast.fragment(&format!("place-online-{number}")),
        )
        .with("url", url.as_str())
    });
    node.all("location", place.into_iter().chain(online))
}

/// The event that this one is a session of, and the series that it or that one is an edition of.
fn larger(cast: &Cast<'_>, event: &Event, fragment: &str, told: &mut Told) -> Vec<Node> {
    let series = cast.series(event);
    let Some(name) = shown(cast.site, event.part_of.as_ref()) else {
        return series.into_iter().collect();
    };
    let parent = Node::new("Event", cast.fragment(&format!("{fragment}-parent")))
        .with("name", name.as_str());
    // A session is held by whoever holds the meeting; an event on the margins of another is not.
    let session = shown(cast.site, event.kind.as_ref()) == Some(&EventKind::Session);
    let organizer = shown(cast.site, event.organizer.as_ref()).filter(|_| session);
    let parent = parent.opt(
        "organizer",
        organizer.and_then(|name| cast.agent(name, told)),
    );
    let of_parent = shown(cast.site, event.series.as_ref())
        .is_some_and(|series| name.contains(series.as_str()));
    if of_parent {
        vec![parent.opt("superEvent", series)]
    } else {
        std::iter::once(parent).chain(series).collect()
    }
}

/// The paragraph that names the event; for the first, else, the summary.
fn description(cast: &Cast<'_>, index: usize) -> Option<String> {
    let release = &cast.published.release;
    let span = release.events[index].name.span;
    let names_it = release
        .body
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph)
        .find(|block| span.is_some_and(|span| block.span.contains(span)));
    names_it.map(|block| block.text.clone()).or_else(|| {
        let summary = shown(cast.site, release.summary.as_ref()).filter(|_| index == 0);
        summary.cloned()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Fact, Location, Site};
    use crate::write::json_ld::Documents;
    use crate::write::sample::{self, date, site, stated};

    fn document(event: Event, site: &Site) -> Value {
        let published = sample::with_event("a", event);
        Documents::of(&published, site).events.remove(0).1
    }

    fn named(change: impl FnOnce(&mut Event)) -> Value {
        let mut event = sample::event("Quay Day");
        change(&mut event);
        document(event, &site())
    }

    #[test]
    fn what_is_not_said_is_not_written() {
        let document = named(|_| {});
        let keys: Vec<_> = document.as_object().expect("an object").keys().collect();
        assert_eq!(
            keys,
            [
                "@context",
                "@type",
                "@id",
                "name",
                "eventStatus",
                "subjectOf"
            ]
        );
        assert_eq!(
            document["@id"],
            "https://press.example/releases/a.html#event-1"
        );
    }

    #[test]
    fn a_status_decides_which_days_are_given() {
        use EventStatus::{Cancelled, MovedOnline, Postponed, Rescheduled, Scheduled};
        let old = Some("2026-05-01");
        let new = Some("2026-06-01");
        for (status, start, previous, want_start, want_previous) in [
            (Scheduled, new, None, new, None),
            (Postponed, None, old, old, None),
            (Postponed, old, None, old, None),
            (Cancelled, old, None, old, None),
            (Rescheduled, new, old, new, old),
            (Rescheduled, None, old, old, None),
            (MovedOnline, new, old, new, old),
            (MovedOnline, new, new, new, None),
        ] {
            let document = named(|event| {
                event.status.value = status;
                event.start = start.map(date);
                event.previous_start = previous.map(date);
            });
            let got = |key: &str| document[key].as_str().map(str::to_owned);
            assert_eq!(got("startDate").as_deref(), want_start, "{status:?}");
            assert_eq!(
                got("previousStartDate").as_deref(),
                want_previous,
                "{status:?}"
            );
        }
    }

    #[test]
    fn both_ends_are_equally_precise() {
        for (start, end, want_start, want_end) in [
            (
                "2026-05-01",
                Some("2026-05-03"),
                "2026-05-01",
                Some("2026-05-03"),
            ),
            (
                "2026-05-01T09:00+01:00",
                Some("2026-05-01"),
                "2026-05-01T09:00+01:00",
                None,
            ),
            (
                "2026-05-01T09:00+01:00",
                Some("2026-05-03"),
                "2026-05-01",
                Some("2026-05-03"),
            ),
            ("2026-05-01T09:00", None, "2026-05-01", None),
        ] {
            let document = named(|event| {
                event.start = Some(date(start));
                event.end = end.map(date);
            });
            assert_eq!(document["startDate"], want_start);
            assert_eq!(document["endDate"].as_str(), want_end);
        }
    }

    #[test]
    fn inferred_facts_can_be_held_back() {
        let mut site = site();
        site.read.publish_inferred = false;
        let mut event = sample::event("Quay Day");
        event.start = Some(Fact::inferred(date("2026-05-01").value, None, "test"));
        event.organizer = Some(stated("Harbour Office".into()));
        let document = document(event, &site);
        assert_eq!(document.get("startDate"), None);
        assert_eq!(document.get("eventStatus"), None);
        assert_eq!(
            document["organizer"]["@id"],
            "https://press.example/#organization"
        );
    }

    #[test]
    fn an_online_event_is_held_at_its_address() {
        let document = named(|event| {
            event.attendance = Some(stated(Attendance::Online));
            event.url = Some(stated("https://live.example/".into()));
        });
        let place = "https://press.example/releases/a.html#place-online-1";
        let want =
            json!({"@type": "VirtualLocation", "@id": place, "url": "https://live.example/"});
        assert_eq!(document["location"], want);
        assert_eq!(document.get("url"), None);
    }

    #[test]
    fn a_place_is_a_venue_with_its_address_and_no_bare_town() {
        let at = |location: Location| {
            named(|event| event.location = Some(stated(location)))["location"].clone()
        };
        let town = at(Location {
            locality: Some("Lisbon".into()),
            country: Some("PT".into()),
            ..Location::default()
        });
        assert_eq!(town.get("name"), None);
        assert_eq!(town["address"]["addressLocality"], "Lisbon");
        let hall = at(Location {
            venue: Some("Sea Hall".into()),
            ..Location::default()
        });
        assert_eq!(
            (&hall["name"], hall.get("address")),
            (&json!("Sea Hall"), None)
        );
        assert_eq!(
            hall["@id"],
            "https://press.example/releases/a.html#place-sea-hall"
        );
    }

    #[test]
    fn a_series_belongs_to_whom_its_name_stands_in() {
        let session = named(|event| {
            event.kind = Some(stated(EventKind::Session));
            event.part_of = Some(stated("4th Meeting of the Port Group".into()));
            event.series = Some(stated("Meeting of the Port Group".into()));
            event.organizer = Some(stated("Port Group".into()));
        });
        let parent = &session["superEvent"];
        assert_eq!(parent["superEvent"]["@type"], "EventSeries");
        assert_eq!(parent["organizer"]["name"], "Port Group");
        let margin = named(|event| {
            event.part_of = Some(stated("Ocean Summit".into()));
            event.series = Some(stated("Youth Day".into()));
            event.organizer = Some(stated("Port Group".into()));
        });
        assert_eq!(margin["superEvent"][0]["name"], "Ocean Summit");
        assert_eq!(margin["superEvent"][0].get("organizer"), None);
        assert_eq!(margin["superEvent"][1]["name"], "Youth Day");
    }
}
