//! Events: the same children in a release's assert and in the concept of the event's own item (ARCHIVE section 5).

use super::xml::Xml;
use super::{codes, content, date, item, paths};
use crate::model::{
    Event, EventItem, EventStatus, FormerEvent, Location, Published, Site, Standing,
};

/// The literal that names a mentioned event.
pub(super) fn mention(i: usize) -> String {
    format!("mentioned_events.{i}")
}

/// The assertions of a release: what it says of its events.
pub(super) fn assertions(xml: &mut Xml<'_>, published: &Published, site: &Site) {
    let release = &published.release;
    for (i, (event, number)) in release
        .events
        .iter()
        .zip(&published.event_numbers)
        .enumerate()
    {
        let uri = paths::event_uri(site, &release.id, *number);
        xml.element("assert").attr("uri", uri).open();
        let at = format!("events.{i}");
        children(xml, &at, event, told_before(published, site, *number));
        xml.close();
        location_apart(xml, &format!("events.{i}"), event);
    }
    for (i, event) in release.mentioned_events.iter().enumerate() {
        let at = mention(i);
        xml.element("assert").attr("literal", &at).open();
        children(xml, &at, event, None);
        xml.close();
        location_apart(xml, &at, event);
    }
}

/// The item of a dated main event.
pub(super) fn item(
    published: &Published,
    site: &Site,
    event: &Event,
    number: u32,
    item: EventItem,
) -> Result<Vec<u8>, String> {
    concept_item(published, site, published.standing, number, item, |xml| {
        children(xml, "event", event, told_before(published, site, number));
    })
}

/// The address of an event as the release that told of it first numbered it, where that is another.
fn told_before(published: &Published, site: &Site, number: u32) -> Option<String> {
    let key = published.told_before.get(&number)?;
    Some(paths::event_uri(site, &key.release, key.number))
}

/// The item that takes a former event back: its name is all that is left of it.
pub(super) fn former_item(
    published: &Published,
    site: &Site,
    event: &FormerEvent,
    item: EventItem,
) -> Result<Vec<u8>, String> {
    concept_item(
        published,
        site,
        Standing::Withdrawn,
        event.number,
        item,
        |xml| {
            xml.element("type").attr("qcode", "cpnat:event").empty();
            xml.element("name").id("event.name").line(&event.name);
        },
    )
}

fn concept_item(
    published: &Published,
    site: &Site,
    standing: Standing,
    number: u32,
    event_item: EventItem,
    say: impl FnOnce(&mut Xml<'_>),
) -> Result<Vec<u8>, String> {
    let release = &published.release;
    let mut xml = Xml::new(codes::Vocabulary(&site.vocabulary));
    let language = release.language.as_ref().map_or("und", |tag| &tag.value);
    let guid = paths::event_guid(site, &release.id, number);
    item::root(&mut xml, "conceptItem", &guid, event_item.version, language);
    xml.open("itemMeta");
    xml.element("itemClass")
        .attr("qcode", "cinat:concept")
        .empty();
    item::provider(&mut xml, site);
    xml.element("versionCreated")
        .text(item::instant(event_item.version_created));
    xml.element("firstCreated")
        .text(item::instant(event_item.first_created));
    item::embargoed(&mut xml, published);
    item::status(&mut xml, standing);
    item::program(&mut xml);
    if event_item.version > 1 {
        let withdrawn = standing == Standing::Withdrawn;
        let why = if withdrawn {
            Some(crate::model::Change::Withdrawal)
        } else {
            published.change
        };
        item::change(&mut xml, why, published.note.as_deref());
        item::signal(&mut xml, why);
    }
    xml.element("link")
        .qcode("rel", codes::REL_RELEASE)
        .attr("residref", paths::release_guid(site, &release.id))
        .number("version", published.version)
        .attr("contenttype", "application/vnd.iptc.g2.newsitem+xml")
        .empty();
    xml.close();
    xml.open("contentMeta");
    xml.element("language").attr("tag", language).empty();
    xml.close();
    xml.open("concept");
    xml.element("conceptId")
        .attr("uri", paths::event_uri(site, &release.id, number))
        .attr("created", item::instant(event_item.first_created))
        .empty();
    say(&mut xml);
    xml.close();
    xml.close();
    xml.finish()
}

/// What is said of an event. The schema wants `dates/start` inside eventDetails: an event without a start has none, and
/// says the rest through relations.
fn children(xml: &mut Xml<'_>, at: &str, event: &Event, told_before: Option<String>) {
    xml.element("type").attr("qcode", "cpnat:event").empty();
    xml.element("name")
        .id(format!("{at}.name"))
        .line(&event.name.value);
    if let Some(uri) = told_before {
        xml.element("sameAs").attr("uri", uri).empty();
    }
    if let Some(series) = &event.series {
        xml.element("broader")
            .id(format!("{at}.series_name"))
            .attr("type", "cpnat:event")
            .attr("literal", &series.value)
            .empty();
    }
    if let Some(edition) = &event.edition {
        xml.element("related")
            .id(format!("{at}.edition"))
            .qcode("rel", codes::REL_EDITION)
            .number("value", edition.value)
            .empty();
    }
    if let Some(kind) = &event.kind {
        let kind = kind.value.code();
        let code = format!("kind.{kind}");
        if codes::is_base_kind(kind) {
            xml.element("related")
                .id(format!("{at}.kind"))
                .qcode("rel", codes::REL_KIND)
                .qcode("qcode", &code)
                .empty();
        } else {
            xml.element("related")
                .uri("reluri", codes::REL_KIND)
                .uri("uri", &code)
                .empty();
        }
    }
    if let Some(attendance) = &event.attendance {
        xml.element("related")
            .id(format!("{at}.attendance"))
            .qcode("rel", codes::REL_ATTENDANCE)
            .qcode("qcode", &format!("attendance.{}", attendance.value.code()))
            .empty();
    }
    if let Some(larger) = &event.part_of {
        xml.element("related")
            .uri("reluri", codes::REL_PART_OF)
            .attr("literal", &larger.value)
            .empty();
    }
    if let Some(start) = &event.previous_start {
        xml.element("related")
            .uri("reluri", codes::REL_PREVIOUS_START)
            .attr("value", date::truncated(&start.value))
            .empty();
    }
    if let Some(url) = &event.url {
        xml.element("related")
            .uri("reluri", codes::REL_URL)
            .attr("literal", &url.value)
            .empty();
    }
    if event.start.is_some() {
        details(xml, at, event);
    } else {
        relations(xml, at, event);
    }
}

fn details(xml: &mut Xml<'_>, at: &str, event: &Event) {
    xml.open("eventDetails");
    xml.open("dates");
    for (element, date) in [("start", &event.start), ("end", &event.end)] {
        if let Some(date) = date {
            xml.element(element)
                .id(format!("{at}.{element}"))
                .text(date::truncated(&date.value));
        }
    }
    xml.close();
    let status = event.status.value;
    xml.element("eventStatus")
        .id(format!("{at}.status"))
        .qcode("qcode", &format!("status.{}", status.code()))
        .empty();
    if status == EventStatus::Cancelled {
        xml.element("occurStatus")
            .attr("qcode", "eocstat:eos6")
            .empty();
    }
    if let Some(place) = &event.location {
        xml.open("location");
        location(xml, at, &place.value);
        xml.close();
    }
    for (j, speaker) in event.speakers.iter().enumerate() {
        xml.element("participant")
            .qcode("role", codes::ROLE_SPEAKER)
            .open();
        xml.element("name")
            .id(format!("{at}.speakers.{j}"))
            .line(&speaker.value);
        xml.close();
    }
    if let Some(organizer) = &event.organizer {
        xml.open("organiser");
        xml.element("name")
            .id(format!("{at}.organizer"))
            .line(&organizer.value);
        xml.close();
    }
    xml.close();
}

fn relations(xml: &mut Xml<'_>, at: &str, event: &Event) {
    if let Some(end) = &event.end {
        xml.element("related")
            .id(format!("{at}.end"))
            .qcode("rel", codes::REL_END)
            .attr("value", date::truncated(&end.value))
            .empty();
    }
    xml.element("related")
        .id(format!("{at}.status"))
        .qcode("rel", codes::REL_STATUS)
        .qcode("qcode", &format!("status.{}", event.status.value.code()))
        .empty();
    if event.location.is_some() {
        xml.element("related")
            .qcode("rel", codes::REL_LOCATION)
            .attr("literal", format!("{at}.location"))
            .empty();
    }
    for (j, speaker) in event.speakers.iter().enumerate() {
        xml.element("related")
            .id(format!("{at}.speakers.{j}"))
            .qcode("rel", codes::REL_SPEAKER)
            .attr("literal", &speaker.value)
            .empty();
    }
    if let Some(organizer) = &event.organizer {
        xml.element("related")
            .id(format!("{at}.organizer"))
            .qcode("rel", codes::REL_ORGANIZER)
            .attr("literal", &organizer.value)
            .empty();
    }
}

/// The place of an event without a start, as an assertion of its own.
fn location_apart(xml: &mut Xml<'_>, at: &str, event: &Event) {
    if event.start.is_none()
        && let Some(place) = &event.location
    {
        xml.element("assert")
            .attr("literal", format!("{at}.location"))
            .open();
        location(xml, at, &place.value);
        xml.close();
    }
}

fn location(xml: &mut Xml<'_>, at: &str, place: &Location) {
    if let Some(venue) = &place.venue {
        xml.element("name")
            .id(format!("{at}.location.name"))
            .line(venue);
    }
    let address = place.street.is_some()
        || place.locality.is_some()
        || place.region.is_some()
        || place.country.is_some();
    if !address && place.geo.is_none() {
        return;
    }
    xml.open("POIDetails");
    if let Some(geo) = place.geo {
        xml.element("position")
            .number("latitude", geo.latitude)
            .number("longitude", geo.longitude)
            .empty();
    }
    if address {
        xml.open("address");
        if let Some(street) = &place.street {
            xml.element("line").line(street);
        }
        if let Some(locality) = &place.locality {
            xml.open("locality");
            xml.element("name")
                .id(format!("{at}.location.locality"))
                .line(locality);
            xml.close();
        }
        if let Some(region) = &place.region {
            xml.open("area");
            xml.element("name").line(region);
            xml.close();
        }
        if let Some(country) = &place.country {
            let code = content::country_code(xml, country);
            xml.element("country")
                .id(format!("{at}.location.country"))
                .attr("qcode", code)
                .empty();
        }
        xml.close();
    }
    xml.close();
}
