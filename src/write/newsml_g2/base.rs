//! The release as a reader of the base profile rebuilds it: what the item's fingerprint covers (ARCHIVE section 12).

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{codes, content, date};
use crate::model::{Contact, Date, Event, Fact, Location, Release};

/// SHA-256, in hexadecimal digits, of the base model as canonical JSON: keys sorted, no white space, no escapes beyond
/// those that JSON demands (P14).
pub fn fingerprint(release: &Release, publisher: &str) -> String {
    let json = canonical(model(release, publisher)).to_string();
    format!("{:x}", Sha256::digest(json))
}

fn model(release: &Release, publisher: &str) -> Value {
    let published = release.published.as_ref();
    json!({
        "id": release.id,
        "language": text(release.language.as_ref()).filter(|tag| *tag != "und"),
        "headline": text(release.headline.as_ref()),
        "date_published": published.map(|date| date::truncated(&date.value)),
        "date_precision": published.map(|date| precision(&date.value)),
        "dateline_place": release.dateline.as_ref().map(|dateline| &dateline.place.value),
        "summary": text(release.summary.as_ref()),
        "body": release.body.iter().map(|block| &block.text).collect::<Vec<_>>(),
        "notices": release.notices.iter().map(|notice| json!({
            "kind": notice.kind.code(),
            "language": notice.language,
            "text": notice.text,
        })).collect::<Vec<_>>(),
        "publisher": publisher,
        "contacts": release.contacts.iter().map(contact).collect::<Vec<_>>(),
        "people": release.people.iter().map(|person| json!({
            "name": person.name.value,
            "honorific": text(person.honorific.as_ref()),
            "role": text(person.role.as_ref()),
            "organization": text(person.organization.as_ref()),
        })).collect::<Vec<_>>(),
        "organizations": release.organizations.iter().map(|organization| json!({
            "name": organization.name.value,
            "acronym": text(organization.acronym.as_ref()),
        })).collect::<Vec<_>>(),
        "places": release.places.iter().map(|place| json!({
            "name": place.name.value,
            "locality": place.locality,
            "country": place.country,
        })).collect::<Vec<_>>(),
        "topics": release.topics.iter().map(|topic| &topic.name.value).collect::<Vec<_>>(),
        "events": release.events.iter().map(event).collect::<Vec<_>>(),
        "mentioned_events": release.mentioned_events.iter().map(event).collect::<Vec<_>>(),
    })
}

fn contact(contact: &Contact) -> Value {
    json!({
        "name": text(contact.name.as_ref()),
        "honorific": text(contact.honorific.as_ref()),
        "role": text(contact.role.as_ref()),
        "organization": text(contact.organization.as_ref()),
        "email": texts(&contact.emails),
        "phone": texts(&contact.phones),
        "web": texts(content::web(contact)),
        "note": null,
    })
}

fn event(event: &Event) -> Value {
    let date = |date: Option<&Fact<Date>>| date.map(|date| date::truncated(&date.value));
    json!({
        "name": event.name.value,
        "series_name": text(event.series.as_ref()),
        "edition": event.edition.as_ref().map(|edition| edition.value),
        "kind": event.kind.as_ref().map(|kind| kind.value.code()).filter(|kind| codes::is_base_kind(kind)),
        "attendance": event.attendance.as_ref().map(|attendance| attendance.value.code()),
        "start": date(event.start.as_ref()),
        "end": date(event.end.as_ref()),
        "status": event.status.value.code(),
        "location": event.location.as_ref().map(|place| location(&place.value)),
        "organizer": text(event.organizer.as_ref()),
        "speakers": texts(&event.speakers),
    })
}

fn location(place: &Location) -> Value {
    json!({
        "name": place.venue,
        "locality": place.locality,
        "country": place.country,
    })
}

fn precision(date: &Date) -> &'static str {
    match (date.month, date.day, date.time) {
        (None, ..) => "year",
        (_, None, _) => "month",
        (_, _, None) => "day",
        _ => "minute",
    }
}

fn text(fact: Option<&Fact<String>>) -> Option<&str> {
    fact.map(|fact| fact.value.as_str())
}

fn texts(facts: &[Fact<String>]) -> Vec<&str> {
    facts.iter().map(|fact| fact.value.as_str()).collect()
}

/// The value with the keys of its objects in order.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<_> = map.into_iter().map(|(k, v)| (k, canonical(v))).collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(Map::from_iter(pairs))
        }
        Value::Array(values) => Value::Array(values.into_iter().map(canonical).collect()),
        other => other,
    }
}
