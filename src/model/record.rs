//! The public record: one release as one JSON object, keys in fixed order, no key left out.
//!
//! Besides the agreed keys it carries `evidence`: basis, span and rule of every fact by its dotted path, so that
//! fields printed as plain strings keep theirs too.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{
    Alternate, Attendance, Basis, Block, Contact, Date, Event, EventKind, EventStatus, Evidence,
    Fact, Geo, Link, Location, Notice, Organization, Person, Published, Release, RuleId, Standing,
};
use crate::diagnostic::Diagnostic;
use crate::source::{Origin, Span};

/// The record of a release as it was read.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The facts.
    pub release: &'a Release,
    /// Its version; 1 where the archive was not asked.
    pub version: u32,
    /// Whether it stands.
    pub standing: Standing,
    /// The same release under other names.
    pub alternates: &'a [Alternate],
    /// What reading had to say.
    pub diagnostics: &'a [Diagnostic],
}

impl<'a> Record<'a> {
    /// The record of a published version.
    pub fn of(published: &'a Published) -> Self {
        Self {
            release: &published.release,
            version: published.version,
            standing: published.standing,
            alternates: &published.alternates,
            diagnostics: &published.diagnostics,
        }
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let r = self.release;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &1)?;
        map.serialize_entry("id", &r.id)?;
        map.serialize_entry("version", &self.version)?;
        map.serialize_entry::<_, Origin>("source", &r.origin)?;
        map.serialize_entry("language", &plain(r.language.as_ref()))?;
        map.serialize_entry("headline", &plain(r.headline.as_ref()))?;
        map.serialize_entry("subtitle", &plain(r.subtitle.as_ref()))?;
        map.serialize_entry("published", &dated(r.published.as_ref()))?;
        map.serialize_entry("modified", &dated(r.modified.as_ref()))?;
        map.serialize_entry("embargo", &dated(r.embargo.as_ref()))?;
        map.serialize_entry("status", &self.standing)?;
        map.serialize_entry(
            "dateline",
            &r.dateline.as_ref().map(|d| DatelineView {
                place: &d.place.value,
                country: plain(d.country.as_ref()),
                date: dated(d.date.as_ref()),
                basis: d.place.basis,
                span: d.place.span,
            }),
        )?;
        map.serialize_entry(
            "summary",
            &r.summary.as_ref().map(|s| SummaryView {
                text: &s.value,
                basis: s.basis,
            }),
        )?;
        map.serialize_entry::<_, Vec<_>>("body", &r.body.iter().map(BlockView::of).collect())?;
        map.serialize_entry::<_, Vec<_>>(
            "notices",
            &r.notices.iter().map(NoticeView::of).collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>(
            "boilerplate",
            &r.boilerplate.iter().map(BlockView::of).collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>(
            "notes_to_editors",
            &r.notes_to_editors.iter().map(BlockView::of).collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>(
            "contacts",
            &r.contacts.iter().map(ContactView::of).collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>("links", &r.links.iter().map(LinkView::of).collect())?;
        map.serialize_entry::<_, Vec<_>>("people", &r.people.iter().map(PersonView::of).collect())?;
        map.serialize_entry::<_, Vec<_>>(
            "organizations",
            &r.organizations.iter().map(OrganizationView::of).collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>(
            "places",
            &r.places
                .iter()
                .map(|p| PlaceView {
                    name: &p.name.value,
                    locality: p.locality.as_deref(),
                    country: p.country.as_deref(),
                    span: p.name.span,
                    same_as: &p.same_as,
                })
                .collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>(
            "topics",
            &r.topics
                .iter()
                .map(|t| TopicView {
                    name: &t.name.value,
                    media_topic: t.media_topic.as_deref(),
                    span: t.name.span,
                })
                .collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>("events", &r.events.iter().map(EventView::of).collect())?;
        map.serialize_entry::<_, Vec<_>>(
            "mentioned_events",
            &r.mentioned_events.iter().map(EventView::of).collect(),
        )?;
        map.serialize_entry::<_, Vec<_>>("images", &r.images.iter().map(|f| &f.value).collect())?;
        map.serialize_entry("alternates", self.alternates)?;
        map.serialize_entry("diagnostics", self.diagnostics)?;
        map.serialize_entry("evidence", &EvidenceView(r.evidence()))?;
        map.end()
    }
}

fn plain<T>(fact: Option<&Fact<T>>) -> Option<&T> {
    fact.map(|f| &f.value)
}

fn dated(fact: Option<&Fact<Date>>) -> Option<DateView<'_>> {
    fact.map(|f| DateView {
        value: f.value.to_string(),
        basis: f.basis,
        span: f.span,
        rule: &f.rule,
        time_zone: f.value.zone.as_ref().map(|z| z.name.as_str()),
    })
}

#[derive(Serialize)]
struct DateView<'a> {
    value: String,
    basis: Basis,
    span: Option<Span>,
    rule: &'a RuleId,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<&'a str>,
}

#[derive(Serialize)]
struct DatelineView<'a> {
    place: &'a str,
    country: Option<&'a String>,
    date: Option<DateView<'a>>,
    basis: Basis,
    span: Option<Span>,
}

#[derive(Serialize)]
struct SummaryView<'a> {
    text: &'a str,
    basis: Basis,
}

#[derive(Serialize)]
struct BlockView<'a> {
    kind: &'static str,
    text: &'a str,
    span: Span,
}

impl<'a> BlockView<'a> {
    fn of(block: &'a Block) -> Self {
        Self {
            kind: block.kind.code(),
            text: &block.text,
            span: block.span,
        }
    }
}

#[derive(Serialize)]
struct NoticeView<'a> {
    kind: &'static str,
    language: Option<&'a str>,
    text: &'a str,
    span: Span,
}

impl<'a> NoticeView<'a> {
    fn of(notice: &'a Notice) -> Self {
        Self {
            kind: notice.kind.code(),
            language: notice.language.as_deref(),
            text: &notice.text,
            span: notice.span,
        }
    }
}

#[derive(Serialize)]
struct ContactView<'a> {
    name: Option<&'a String>,
    honorific: Option<&'a String>,
    role: Option<&'a String>,
    organization: Option<&'a String>,
    emails: Vec<&'a str>,
    phones: Vec<&'a str>,
    urls: Vec<&'a str>,
}

impl<'a> ContactView<'a> {
    fn of(contact: &'a Contact) -> Self {
        Self {
            name: plain(contact.name.as_ref()),
            honorific: plain(contact.honorific.as_ref()),
            role: plain(contact.role.as_ref()),
            organization: plain(contact.organization.as_ref()),
            emails: strings(&contact.emails),
            phones: strings(&contact.phones),
            urls: strings(&contact.urls),
        }
    }
}

fn strings(facts: &[Fact<String>]) -> Vec<&str> {
    facts.iter().map(|f| f.value.as_str()).collect()
}

#[derive(Serialize)]
struct LinkView<'a> {
    url: &'a str,
    span: Span,
}

impl<'a> LinkView<'a> {
    fn of(link: &'a Link) -> Self {
        Self {
            url: &link.url,
            span: link.span,
        }
    }
}

#[derive(Serialize)]
struct PersonView<'a> {
    name: &'a str,
    honorific: Option<&'a String>,
    role: Option<&'a String>,
    organization: Option<&'a String>,
    span: Option<Span>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    same_as: &'a [String],
}

impl<'a> PersonView<'a> {
    fn of(person: &'a Person) -> Self {
        Self {
            name: &person.name.value,
            honorific: plain(person.honorific.as_ref()),
            role: plain(person.role.as_ref()),
            organization: plain(person.organization.as_ref()),
            span: person.name.span,
            same_as: &person.same_as,
        }
    }
}

#[derive(Serialize)]
struct OrganizationView<'a> {
    name: &'a str,
    acronym: Option<&'a String>,
    aliases: Vec<&'a str>,
    span: Option<Span>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    same_as: &'a [String],
}

impl<'a> OrganizationView<'a> {
    fn of(organization: &'a Organization) -> Self {
        Self {
            name: &organization.name.value,
            acronym: plain(organization.acronym.as_ref()),
            aliases: strings(&organization.aliases),
            span: organization.name.span,
            same_as: &organization.same_as,
        }
    }
}

#[derive(Serialize)]
struct PlaceView<'a> {
    name: &'a str,
    locality: Option<&'a str>,
    country: Option<&'a str>,
    span: Option<Span>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    same_as: &'a [String],
}

#[derive(Serialize)]
struct TopicView<'a> {
    name: &'a str,
    media_topic: Option<&'a str>,
    span: Option<Span>,
}

#[derive(Serialize)]
struct EventView<'a> {
    name: String,
    series: Option<&'a String>,
    edition: Option<&'a u32>,
    kind: Option<&'a EventKind>,
    part_of: Option<&'a String>,
    start: Option<DateView<'a>>,
    end: Option<DateView<'a>>,
    location: Option<LocationView<'a>>,
    attendance: Option<&'a Attendance>,
    organizer: Option<&'a String>,
    status: EventStatus,
    previous_start: Option<DateView<'a>>,
    speakers: Vec<&'a str>,
    url: Option<&'a String>,
}

impl<'a> EventView<'a> {
    fn of(event: &'a Event) -> Self {
        Self {
            name: event.full_name(),
            series: plain(event.series.as_ref()),
            edition: plain(event.edition.as_ref()),
            kind: plain(event.kind.as_ref()),
            part_of: plain(event.part_of.as_ref()),
            start: dated(event.start.as_ref()),
            end: dated(event.end.as_ref()),
            location: event.location.as_ref().map(LocationView::of),
            attendance: plain(event.attendance.as_ref()),
            organizer: plain(event.organizer.as_ref()),
            status: event.status.value,
            previous_start: dated(event.previous_start.as_ref()),
            speakers: strings(&event.speakers),
            url: plain(event.url.as_ref()),
        }
    }
}

#[derive(Serialize)]
struct LocationView<'a> {
    venue: Option<&'a str>,
    street: Option<&'a str>,
    locality: Option<&'a str>,
    region: Option<&'a str>,
    country: Option<&'a str>,
    geo: Option<Geo>,
    basis: Basis,
    span: Option<Span>,
}

impl<'a> LocationView<'a> {
    fn of(fact: &'a Fact<Location>) -> Self {
        let l = &fact.value;
        Self {
            venue: l.venue.as_deref(),
            street: l.street.as_deref(),
            locality: l.locality.as_deref(),
            region: l.region.as_deref(),
            country: l.country.as_deref(),
            geo: l.geo,
            basis: fact.basis,
            span: fact.span,
        }
    }
}

struct EvidenceView<'a>(Vec<Evidence<'a>>);

impl Serialize for EvidenceView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Entry<'a> {
            basis: Basis,
            span: Option<Span>,
            rule: &'a RuleId,
        }
        serializer.collect_map(self.0.iter().map(|e| {
            (
                &e.field,
                Entry {
                    basis: e.basis,
                    span: e.span,
                    rule: e.rule,
                },
            )
        }))
    }
}
