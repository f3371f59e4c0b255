//! The model in the newsItem: contentMeta, page furniture and the text itself (ARCHIVE sections 4 and 6).

use std::str;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::address::is_address;
use super::xml::{Xml, is_char};
use super::{codes, date, event, item, paths, provenance};
use crate::model::{
    Contact, Dateline, Fact, Organization, Person, Place, Published, Site, Standing, Topic,
};

/// The contentMeta of a release. A withdrawn release keeps headline, date and language, whatever else is in it.
pub(super) fn content_meta(xml: &mut Xml<'_>, published: &Published, site: &Site) {
    let release = &published.release;
    xml.open("contentMeta");
    if let Some(date) = &release.published {
        xml.element("contentCreated")
            .id("date_published")
            .text(date::truncated(&date.value));
    }
    if let Some(date) = &release.modified {
        xml.element("contentModified")
            .text(date::truncated(&date.value));
    }
    if let Some(dateline) = &release.dateline {
        located(xml, dateline);
    }
    if published.standing != Standing::Withdrawn {
        xml.open("infoSource");
        xml.element("name")
            .id("publisher")
            .line(&site.publisher.name);
        xml.close();
    }
    for (i, contact) in release.contacts.iter().enumerate() {
        press_contact(xml, i, contact);
    }
    let language = release.language.as_ref().map_or("und", |tag| &tag.value);
    xml.element("language")
        .id("language")
        .attr("tag", language)
        .empty();
    xml.element("genre")
        .attr("qcode", "genre:Press_Release")
        .empty();
    subjects(xml, published, site);
    if let Some(headline) = &release.headline {
        xml.element("headline").id("headline").text(&headline.value);
    }
    if let Some(subtitle) = &release.subtitle {
        xml.element("headline")
            .uri("roleuri", codes::HEADLINE_SUBTITLE)
            .text(&subtitle.value);
    }
    if let Some(summary) = &release.summary {
        xml.element("description")
            .id("summary")
            .attr("role", "drol:summary")
            .text(&summary.value);
    }
    for block in &release.boilerplate {
        xml.element("description")
            .uri("roleuri", codes::DESCRIPTION_BOILERPLATE)
            .text(&block.text);
    }
    provenance::properties(xml, release);
    xml.close();
}

fn located(xml: &mut Xml<'_>, dateline: &Dateline) {
    xml.open("located");
    xml.element("name")
        .id("dateline_place")
        .line(&dateline.place.value);
    if let Some(country) = &dateline.country {
        country_of(xml, None, &country.value);
    }
    if let Some(date) = &dateline.date {
        xml.element("related")
            .uri("reluri", codes::REL_DATELINE_DATE)
            .attr("value", date::truncated(&date.value))
            .empty();
    }
    xml.close();
}

fn press_contact(xml: &mut Xml<'_>, i: usize, contact: &Contact) {
    let at = format!("contacts.{i}");
    xml.element("infoSource")
        .qcode("role", codes::ROLE_CONTACT)
        .open();
    named(
        xml,
        &at,
        contact.name.as_ref(),
        contact.honorific.as_ref(),
        contact.role.as_ref(),
        contact.organization.as_ref(),
    );
    // The schema wants addresses in `web`: where one is not, the contact's stand as literals, so that none is lost and
    // their order stays.
    if web(contact).is_empty() {
        for url in &contact.urls {
            xml.element("related")
                .uri("reluri", codes::REL_URL)
                .attr("literal", &url.value)
                .empty();
        }
    }
    let ways = [
        ("email", contact.emails.as_slice()),
        ("phone", &contact.phones),
        ("web", web(contact)),
    ];
    if ways.iter().any(|(_, ways)| !ways.is_empty()) {
        xml.open(if contact.name.is_some() {
            "personDetails"
        } else {
            "organisationDetails"
        });
        xml.open("contactInfo");
        for (element, ways) in ways {
            for (j, way) in ways.iter().enumerate() {
                xml.element(element)
                    .id(format!("{at}.{element}.{j}"))
                    .text(&way.value);
            }
        }
        xml.close();
        xml.close();
    }
    xml.close();
}

/// The web addresses of a contact, where all of them are addresses.
pub(super) fn web(contact: &Contact) -> &[Fact<String>] {
    if contact.urls.iter().all(|url| is_address(&url.value)) {
        &contact.urls
    } else {
        &[]
    }
}

/// Name, title of address, post and body of a person.
fn named(
    xml: &mut Xml<'_>,
    at: &str,
    name: Option<&Fact<String>>,
    honorific: Option<&Fact<String>>,
    role: Option<&Fact<String>>,
    organization: Option<&Fact<String>>,
) {
    if let Some(name) = name {
        xml.element("name")
            .id(format!("{at}.name"))
            .line(&name.value);
    }
    if let Some(honorific) = honorific {
        xml.element("name")
            .id(format!("{at}.honorific"))
            .qcode("role", codes::NAME_HONORIFIC)
            .line(&honorific.value);
    }
    if let Some(role) = role {
        xml.element("definition")
            .id(format!("{at}.role"))
            .qcode("role", codes::DEFINITION_ROLE)
            .text(&role.value);
    }
    if let Some(organization) = organization {
        xml.element("related")
            .id(format!("{at}.organization"))
            .qcode("rel", codes::REL_ORGANIZATION)
            .attr("literal", &organization.value)
            .empty();
    }
}

fn subjects(xml: &mut Xml<'_>, published: &Published, site: &Site) {
    let release = &published.release;
    for (i, person) in release.people.iter().enumerate() {
        self::person(xml, i, person);
    }
    for (i, organization) in release.organizations.iter().enumerate() {
        self::organization(xml, i, organization);
    }
    for (i, place) in release.places.iter().enumerate() {
        self::place(xml, i, place);
    }
    for (i, topic) in release.topics.iter().enumerate() {
        self::topic(xml, i, topic);
    }
    for (event, number) in release.events.iter().zip(&published.event_numbers) {
        subject(xml, "cpnat:event")
            .attr("uri", paths::event_uri(site, &release.id, *number))
            .attr("how", "howextr:tool")
            .open();
        xml.element("name").line(&event.name.value);
        xml.close();
    }
    for (i, event) in release.mentioned_events.iter().enumerate() {
        subject(xml, "cpnat:event")
            .attr("literal", event::mention(i))
            .attr("how", "howextr:tool")
            .open();
        xml.element("name").line(&event.name.value);
        xml.close();
    }
}

fn subject<'x, 'a>(xml: &'x mut Xml<'a>, kind: &str) -> super::xml::Element<'x, 'a> {
    xml.element("subject").attr("type", kind)
}

fn person(xml: &mut Xml<'_>, i: usize, person: &Person) {
    subject(xml, "cpnat:person")
        .attr("how", "howextr:tool")
        .open();
    named(
        xml,
        &format!("people.{i}"),
        Some(&person.name),
        person.honorific.as_ref(),
        person.role.as_ref(),
        person.organization.as_ref(),
    );
    same_as(xml, &person.same_as);
    xml.close();
}

fn organization(xml: &mut Xml<'_>, i: usize, organization: &Organization) {
    subject(xml, "cpnat:organisation")
        .attr("how", "howextr:tool")
        .open();
    xml.element("name")
        .id(format!("organizations.{i}.name"))
        .line(&organization.name.value);
    if let Some(acronym) = &organization.acronym {
        xml.element("name")
            .id(format!("organizations.{i}.acronym"))
            .qcode("role", codes::NAME_ACRONYM)
            .line(&acronym.value);
    }
    for alias in &organization.aliases {
        xml.element("name")
            .uri("roleuri", codes::NAME_ALIAS)
            .line(&alias.value);
    }
    same_as(xml, &organization.same_as);
    xml.close();
}

fn place(xml: &mut Xml<'_>, i: usize, place: &Place) {
    subject(xml, "cpnat:geoArea")
        .attr("how", "howextr:tool")
        .open();
    xml.element("name")
        .id(format!("places.{i}.name"))
        .line(&place.name.value);
    if let Some(locality) = &place.locality {
        xml.element("related")
            .id(format!("places.{i}.locality"))
            .qcode("rel", codes::REL_LOCALITY)
            .attr("literal", locality)
            .empty();
    }
    if let Some(country) = &place.country {
        country_of(xml, Some(format!("places.{i}.country")), country);
    }
    same_as(xml, &place.same_as);
    xml.close();
}

fn topic(xml: &mut Xml<'_>, i: usize, topic: &Topic) {
    if let Some(code) = topic.media_topic.as_deref()
        && !is_media_topic(code)
    {
        xml.fail(|| format!("`{code}` is no IPTC Media Topic code such as `medtop:20000344`"));
    }
    subject(xml, "cpnat:abstract")
        .opt("qcode", topic.media_topic.as_ref())
        .attr("how", "howextr:tool")
        .open();
    xml.element("name")
        .id(format!("topics.{i}"))
        .line(&topic.name.value);
    xml.close();
}

fn is_media_topic(code: &str) -> bool {
    code.strip_prefix("medtop:")
        .is_some_and(|digits| digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn country_of(xml: &mut Xml<'_>, id: Option<String>, country: &str) {
    let code = country_code(xml, country);
    let element = xml.element("related");
    let element = match id {
        Some(id) => element.id(id),
        None => element,
    };
    element
        .qcode("rel", codes::REL_COUNTRY)
        .attr("qcode", code)
        .empty();
}

/// `iso3166-1a2:BE`; refuses what is not two capitals (P16).
pub(super) fn country_code(xml: &mut Xml<'_>, country: &str) -> String {
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        xml.fail(|| format!("`{country}` is no country code of two capitals"));
    }
    format!("iso3166-1a2:{country}")
}

fn same_as(xml: &mut Xml<'_>, addresses: &[String]) {
    for address in addresses {
        if !is_address(address) {
            xml.fail(|| format!("`{address}` is no address"));
        }
        xml.element("sameAs").attr("uri", address).empty();
    }
}

/// Page furniture: one partMeta for each notice.
pub(super) fn notices(xml: &mut Xml<'_>, published: &Published) {
    for (i, notice) in published.release.notices.iter().enumerate() {
        xml.element("partMeta")
            .named("partid", format!("notices.{i}"))
            .attr("contentrefs", "source")
            .open();
        xml.element("role")
            .qcode("qcode", &format!("notice.{}", notice.kind.code()))
            .empty();
        if let Some(language) = &notice.language {
            item::language_tag(xml, language);
            xml.element("language").attr("tag", language).empty();
        }
        xml.element("description")
            .attr("xml:lang", notice.language.as_deref().unwrap_or("und"))
            .text(&notice.text);
        xml.close();
    }
}

/// The source as received, then the body as XHTML (P12): some readers keep the last text that they meet.
pub(super) fn content_set(xml: &mut Xml<'_>, published: &Published) {
    let release = &published.release;
    if published.standing == Standing::Withdrawn {
        return xml.element("contentSet").empty();
    }
    xml.element("contentSet").attr("original", "source").open();
    let source = xml
        .element("inlineData")
        .id("source")
        .attr("contenttype", item::content_type(&release.origin));
    match as_text(&published.bytes) {
        Some(text) => source.text(text),
        None => source
            .attr("encodinguri", item::BASE64)
            .text(STANDARD.encode(&published.bytes)),
    }
    let words: usize = release
        .body
        .iter()
        .map(|block| block.text.split_whitespace().count())
        .sum();
    xml.element("inlineXML")
        .id("body")
        .attr("contenttype", "application/xhtml+xml")
        .number("wordcount", words)
        .open();
    let language = release.language.as_ref().map_or("und", |tag| &tag.value);
    xml.element("html")
        .attr("xmlns", "http://www.w3.org/1999/xhtml")
        .attr("xml:lang", language)
        .open();
    xml.open("head");
    let headline = release.headline.as_ref();
    xml.element("title")
        .text(headline.map_or("", |headline| &headline.value));
    xml.close();
    xml.open("body");
    for block in &release.body {
        xml.element("p").text(&block.text);
    }
    for _ in 0..4 {
        xml.close();
    }
}

/// The bytes as text, where they are UTF-8 of characters that XML can hold.
pub(super) fn as_text(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes)
        .ok()
        .filter(|text| text.chars().all(is_char))
}
