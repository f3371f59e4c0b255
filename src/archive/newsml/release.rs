//! The facts of a release, from contentMeta, partMeta and the body.

use super::events;
use super::item::{Element, Item};
use super::meta::number;
use crate::archive::{ArchiveError, Fault};
use crate::model::{
    Block, BlockKind, Contact, Dateline, Fact, Link, Notice, NoticeKind, Organization, Person,
    Place, Release, Topic,
};
use crate::write::newsml_g2::codes;

/// Reads everything but what itemMeta says.
pub(super) fn read(item: &Item<'_>) -> Result<Release, ArchiveError> {
    let meta = item.content_meta()?;
    let body = item
        .root
        .path(&["contentSet", "inlineXML", "html", "body"])
        .map(|body| body.all("p").map(Element::text));
    let boilerplate = item
        .coded(
            meta,
            "description",
            "roleuri",
            codes::DESCRIPTION_BOILERPLATE,
        )
        .map(Element::text);
    let language = meta.need("language")?.must("tag")?.to_owned();
    Ok(Release {
        language: item.opt("language", item.has("language").then_some(language))?,
        headline: item.text("headline", plain(meta, "headline"))?,
        subtitle: item.text(
            "subtitle",
            item.coded(meta, "headline", "roleuri", codes::HEADLINE_SUBTITLE)
                .next(),
        )?,
        published: item.date("published", meta.child("contentCreated").map(Element::text))?,
        modified: item.date("modified", meta.child("contentModified").map(Element::text))?,
        dateline: meta
            .child("located")
            .map(|located| dateline(item, located))
            .transpose()?,
        summary: item.text("summary", meta.with("description", "role", "drol:summary"))?,
        body: blocks(item, "body", body.into_iter().flatten())?,
        notices: notices(item)?,
        boilerplate: blocks(item, "boilerplate", boilerplate)?,
        contacts: numbered(press_contacts(meta), |i, element| contact(item, i, element))?,
        links: links(item, meta)?,
        people: numbered(subjects(meta, "cpnat:person"), |i, element| {
            person(item, i, element)
        })?,
        organizations: numbered(subjects(meta, "cpnat:organisation"), |i, element| {
            organization(item, i, element)
        })?,
        places: numbered(subjects(meta, "cpnat:geoArea"), |i, element| {
            place(item, i, element)
        })?,
        topics: numbered(subjects(meta, "cpnat:abstract"), |i, element| {
            topic(item, i, element)
        })?,
        events: numbered(main_events(meta), |i, element| {
            events::read(item, &format!("events.{i}"), element)
        })?,
        mentioned_events: numbered(mentioned_events(meta), |i, element| {
            events::read(item, &format!("mentioned_events.{i}"), element)
        })?,
        ..Release::default()
    })
}

/// The issuing body: part of what the fingerprint covers.
pub(super) fn publisher<'a>(item: &Item<'a>) -> Result<&'a str, ArchiveError> {
    item.content_meta()?
        .all("infoSource")
        .find(|source| source.get("role").is_none())
        .and_then(|source| source.child("name"))
        .map(Element::text)
        .ok_or_else(|| Fault::Missing("publisher").into())
}

/// Numbers of the main events, in order.
pub(super) fn event_numbers(item: &Item<'_>) -> Result<Vec<u32>, ArchiveError> {
    main_events(item.content_meta()?)
        .map(|subject| number(subject.must("uri")?))
        .collect()
}

/// Blocks: their texts, and what the properties say of kind and place.
pub(super) fn blocks<'t>(
    item: &Item<'_>,
    field: &str,
    texts: impl Iterator<Item = &'t str>,
) -> Result<Vec<Block>, ArchiveError> {
    texts
        .enumerate()
        .map(|(i, text)| {
            let (kind, span) = item.block(&format!("{field}.{i}"))?;
            Ok(Block {
                kind: BlockKind::from_code(kind)
                    .ok_or_else(|| ArchiveError::value("kind of block", kind))?,
                text: text.to_owned(),
                span,
            })
        })
        .collect()
}

fn numbered<'a, T>(
    elements: impl Iterator<Item = Element<'a>>,
    read: impl Fn(usize, Element<'a>) -> Result<T, ArchiveError>,
) -> Result<Vec<T>, ArchiveError> {
    elements
        .enumerate()
        .map(|(i, element)| read(i, element))
        .collect()
}

/// The first child with a name that has no role.
fn plain<'a>(of: Element<'a>, name: &'static str) -> Option<Element<'a>> {
    of.all(name)
        .find(|element| element.get("role").is_none() && element.get("roleuri").is_none())
}

fn subjects<'a>(meta: Element<'a>, kind: &'static str) -> impl Iterator<Item = Element<'a>> {
    meta.all("subject")
        .filter(move |subject| subject.get("type") == Some(kind))
}

fn main_events(meta: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    subjects(meta, "cpnat:event").filter(|subject| subject.get("uri").is_some())
}

fn mentioned_events(meta: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    subjects(meta, "cpnat:event").filter(|subject| subject.get("uri").is_none())
}

fn press_contacts(meta: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let role = format!("dl:{}", codes::ROLE_CONTACT);
    meta.all("infoSource")
        .filter(move |source| source.get("role") == Some(&role))
}

fn dateline(item: &Item<'_>, located: Element<'_>) -> Result<Dateline, ArchiveError> {
    let place = located.need("name")?.text().to_owned();
    let date = item
        .coded(located, "related", "reluri", codes::REL_DATELINE_DATE)
        .next()
        .and_then(|date| date.get("value"));
    Ok(Dateline {
        place: item.fact("dateline.place", place)?,
        country: item.opt("dateline.country", country(located))?,
        date: item.date("dateline.date", date)?,
    })
}

fn country(of: Element<'_>) -> Option<String> {
    let code = of.related(codes::REL_COUNTRY)?.get("qcode")?;
    Some(code.strip_prefix("iso3166-1a2:").unwrap_or(code).to_owned())
}

fn literal(of: Element<'_>, rel: &str) -> Option<String> {
    Some(of.related(rel)?.get("literal")?.to_owned())
}

fn named<'a>(of: Element<'a>, name: &'static str, role: &str) -> Option<Element<'a>> {
    of.with(name, "role", &format!("dl:{role}"))
}

fn same_as(of: Element<'_>) -> Vec<String> {
    of.all("sameAs")
        .filter_map(|link| link.get("uri"))
        .map(str::to_owned)
        .collect()
}

fn contact(item: &Item<'_>, i: usize, source: Element<'_>) -> Result<Contact, ArchiveError> {
    let at = format!("contacts.{i}");
    let info = ["personDetails", "organisationDetails"]
        .into_iter()
        .find_map(|details| source.path(&[details, "contactInfo"]));
    let ways = |element| {
        info.into_iter()
            .flat_map(move |info| info.all(element))
            .map(Element::text)
    };
    let literals = item
        .coded(source, "related", "reluri", codes::REL_URL)
        .filter_map(|url| url.get("literal"));
    let person = attributes(item, &at, source)?;
    Ok(Contact {
        name: person.name,
        honorific: person.honorific,
        role: person.role,
        organization: person.organization,
        emails: item.list(&format!("{at}.emails"), ways("email"))?,
        phones: item.list(&format!("{at}.phones"), ways("phone"))?,
        urls: item.list(&format!("{at}.urls"), ways("web").chain(literals))?,
    })
}

struct Attributes {
    name: Option<Fact<String>>,
    honorific: Option<Fact<String>>,
    role: Option<Fact<String>>,
    organization: Option<Fact<String>>,
}

fn attributes(item: &Item<'_>, at: &str, of: Element<'_>) -> Result<Attributes, ArchiveError> {
    Ok(Attributes {
        name: item.text(&format!("{at}.name"), plain(of, "name"))?,
        honorific: item.text(
            &format!("{at}.honorific"),
            named(of, "name", codes::NAME_HONORIFIC),
        )?,
        role: item.text(
            &format!("{at}.role"),
            named(of, "definition", codes::DEFINITION_ROLE),
        )?,
        organization: item.opt(
            &format!("{at}.organization"),
            literal(of, codes::REL_ORGANIZATION),
        )?,
    })
}

fn person(item: &Item<'_>, i: usize, subject: Element<'_>) -> Result<Person, ArchiveError> {
    let person = attributes(item, &format!("people.{i}"), subject)?;
    Ok(Person {
        name: person.name.ok_or(Fault::Missing("name of a person"))?,
        honorific: person.honorific,
        role: person.role,
        organization: person.organization,
        same_as: same_as(subject),
    })
}

fn organization(
    item: &Item<'_>,
    i: usize,
    subject: Element<'_>,
) -> Result<Organization, ArchiveError> {
    let at = format!("organizations.{i}");
    let aliases: Vec<_> = item
        .coded(subject, "name", "roleuri", codes::NAME_ALIAS)
        .map(Element::text)
        .collect();
    Ok(Organization {
        name: item.fact(
            &format!("{at}.name"),
            subject.need("name")?.text().to_owned(),
        )?,
        acronym: item.text(
            &format!("{at}.acronym"),
            named(subject, "name", codes::NAME_ACRONYM),
        )?,
        aliases: item.list(&format!("{at}.aliases"), aliases)?,
        same_as: same_as(subject),
    })
}

fn place(item: &Item<'_>, i: usize, subject: Element<'_>) -> Result<Place, ArchiveError> {
    Ok(Place {
        name: item.fact(
            &format!("places.{i}.name"),
            subject.need("name")?.text().to_owned(),
        )?,
        locality: literal(subject, codes::REL_LOCALITY),
        country: country(subject),
        same_as: same_as(subject),
    })
}

fn topic(item: &Item<'_>, i: usize, subject: Element<'_>) -> Result<Topic, ArchiveError> {
    Ok(Topic {
        name: item.fact(
            &format!("topics.{i}"),
            subject.need("name")?.text().to_owned(),
        )?,
        media_topic: subject.get("qcode").map(str::to_owned),
    })
}

fn notices(item: &Item<'_>) -> Result<Vec<Notice>, ArchiveError> {
    numbered(item.root.all("partMeta"), |i, part| {
        let role = part.need("role")?.must("qcode")?;
        Ok(Notice {
            kind: role
                .strip_prefix("dl:notice.")
                .and_then(NoticeKind::from_code)
                .ok_or_else(|| ArchiveError::value("kind of notice", role))?,
            language: part
                .child("language")
                .and_then(|language| language.get("tag"))
                .map(str::to_owned),
            text: part.need("description")?.text().to_owned(),
            span: item.block(&format!("notices.{i}"))?.1,
        })
    })
}

fn links(item: &Item<'_>, meta: Element<'_>) -> Result<Vec<Link>, ArchiveError> {
    item.properties(meta, codes::REL_LINK)
        .map(|property| {
            Ok(Link {
                url: property.must("literal")?.to_owned(),
                span: property.span("value")?.ok_or(Fault::Missing("value"))?,
            })
        })
        .collect()
}
