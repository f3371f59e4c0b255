//! Identity, version and life of a release, from root and itemMeta.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::item::{Element, Item};
use super::release;
use crate::archive::{ArchiveError, Fault};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Alternate, Block, Change, Date, EventItem, EventKey, Fact, FormerEvent, Standing,
};
use crate::source::Origin;
use crate::write::newsml_g2::{codes, paths};

/// What root and itemMeta say.
pub(super) struct Meta {
    pub(super) id: String,
    pub(super) origin: Origin,
    pub(super) version: u32,
    pub(super) first_created: DateTime<Utc>,
    pub(super) version_created: DateTime<Utc>,
    pub(super) changed: DateTime<Utc>,
    /// Where it is not the date that the release has now.
    pub(super) first_published: Option<Date>,
    pub(super) standing: Standing,
    pub(super) embargo: Option<Fact<Date>>,
    pub(super) change: Option<Change>,
    pub(super) note: Option<String>,
    pub(super) notes_to_editors: Vec<Block>,
    pub(super) page: String,
    pub(super) archive_folder: String,
    pub(super) event_numbers: Vec<u32>,
    pub(super) event_items: Vec<Option<EventItem>>,
    pub(super) former_events: Vec<FormerEvent>,
    pub(super) told_before: BTreeMap<u32, EventKey>,
    pub(super) translation_of: Option<String>,
    pub(super) alternates: Vec<Alternate>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads root and itemMeta.
pub(super) fn read(item: &Item<'_>) -> Result<Meta, ArchiveError> {
    let meta = item.item_meta()?;
    let guid = item.root.must("guid")?;
    let (change, note) = change(meta)?;
    let items = event_items(item, meta)?;
    let event_numbers = release::event_numbers(item)?;
    let property = |rel: &str| {
        item.properties(meta, rel)
            .next()
            .ok_or(Fault::Missing("page or folder"))?
            .must("literal")
            .map(str::to_owned)
    };
    let value = |rel: &str| item.properties(meta, rel).next()?.get("value");
    Ok(Meta {
        id: paths::id_of_guid(guid).ok_or_else(|| ArchiveError::value("guid", guid))?,
        origin: origin(item, meta)?,
        version: item.root.number("version")?,
        first_created: instant(meta, "firstCreated")?,
        version_created: instant(meta, "versionCreated")?,
        changed: match value(codes::REL_CHANGED) {
            Some(text) => moment(codes::REL_CHANGED, text)?,
            None => instant(meta, "versionCreated")?,
        },
        first_published: (value(codes::REL_FIRST_PUBLISHED))
            .map(|text| Date::parse(text).ok_or_else(|| ArchiveError::value("date", text)))
            .transpose()?,
        standing: standing(meta)?,
        embargo: embargo(item, meta)?,
        change,
        note,
        notes_to_editors: notes_to_editors(item, meta)?,
        page: property(codes::REL_PAGE)?,
        archive_folder: property(codes::REL_FOLDER)?,
        event_items: event_numbers
            .iter()
            .map(|number| items.get(number).copied())
            .collect(),
        event_numbers,
        former_events: former_events(item, meta, &items)?,
        told_before: told_before(item, meta)?,
        translation_of: (item.properties(meta, codes::REL_TRANSLATION_OF).next())
            .map(|property| {
                let uri = property.must("uri")?;
                paths::id_of_guid(uri).ok_or_else(|| ArchiveError::value("guid", uri))
            })
            .transpose()?,
        alternates: item
            .properties(meta, codes::REL_ALTERNATE)
            .map(|property| {
                Ok(Alternate {
                    id: property.must("literal")?.to_owned(),
                    language: property.get("value").map(str::to_owned),
                })
            })
            .collect::<Result<_, ArchiveError>>()?,
        diagnostics: item
            .properties(meta, codes::REL_DIAGNOSTIC)
            .map(|property| diagnostic(item, property))
            .collect::<Result<_, _>>()?,
    })
}

fn instant(of: Element<'_>, name: &'static str) -> Result<DateTime<Utc>, ArchiveError> {
    moment(name, of.need(name)?.text())
}

fn moment(name: &'static str, text: &str) -> Result<DateTime<Utc>, ArchiveError> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc())
        .map_err(|_| ArchiveError::value(name, text))
}

fn standing(meta: Element<'_>) -> Result<Standing, ArchiveError> {
    match meta.need("pubStatus")?.must("qcode")? {
        "stat:usable" => Ok(Standing::Usable),
        "stat:withheld" => Ok(Standing::Withheld),
        "stat:canceled" => Ok(Standing::Withdrawn),
        other => Err(ArchiveError::value("status", other)),
    }
}

fn origin(item: &Item<'_>, meta: Element<'_>) -> Result<Origin, ArchiveError> {
    let link = meta
        .with("link", "rel", "irel:derivedFrom")
        .ok_or(Fault::Missing("link to its source"))?;
    let content_type = link.must("contenttype")?;
    let (media_type, encoding) = content_type
        .split_once("; charset=")
        .unwrap_or((content_type, "utf-8"));
    Ok(Origin {
        name: link.must("title")?.to_owned(),
        sha256: item.hash(codes::SCOPE_SOURCE)?.to_owned(),
        bytes: link.number("size")?,
        media_type: media_type.to_owned(),
        encoding: encoding.to_owned(),
    })
}

fn embargo(item: &Item<'_>, meta: Element<'_>) -> Result<Option<Fact<Date>>, ArchiveError> {
    let exact = meta.child("embargoed").map(Element::text);
    let coarse = item
        .properties(item.content_meta()?, codes::REL_EMBARGO)
        .next()
        .and_then(|property| property.get("value"));
    item.date("embargo", exact.or(coarse))
}

/// A note that a tool wrote is not the office's.
fn change(meta: Element<'_>) -> Result<(Option<Change>, Option<String>), ArchiveError> {
    let Some((note, role)) = meta
        .all("edNote")
        .find_map(|note| Some((note, note.get("role")?)))
    else {
        return Ok((None, None));
    };
    let change = role.strip_prefix("dl:note.").and_then(Change::from_code);
    let change = change.ok_or_else(|| ArchiveError::value("reason of a version", role))?;
    let text = note.get("how").is_none().then(|| note.text().to_owned());
    Ok((Some(change), text))
}

fn notes_to_editors(item: &Item<'_>, meta: Element<'_>) -> Result<Vec<Block>, ArchiveError> {
    let texts = item
        .coded(meta, "edNote", "roleuri", codes::EDNOTE_TO_EDITORS)
        .map(Element::text);
    release::blocks(item, "notes_to_editors", texts)
}

type Items = BTreeMap<u32, EventItem>;

/// Items of present and former events, by number.
fn event_items(item: &Item<'_>, meta: Element<'_>) -> Result<Items, ArchiveError> {
    let present = format!("dl:{}", codes::REL_EVENT);
    let former = item.vocabulary.uri(codes::REL_FORMER_EVENT);
    meta.all("link")
        .filter(|link| link.get("rel") == Some(&present) || link.get("reluri") == Some(&former))
        .map(|link| {
            let event = EventItem {
                version: link.number("version")?,
                first_created: instant(link, "firstCreated")?,
                version_created: instant(link, "versionCreated")?,
            };
            Ok((number(link.must("residref")?)?, event))
        })
        .collect()
}

fn former_events(
    item: &Item<'_>,
    meta: Element<'_>,
    items: &Items,
) -> Result<Vec<FormerEvent>, ArchiveError> {
    item.properties(meta, codes::REL_FORMER_EVENT)
        .map(|property| {
            let number = number(property.must("uri")?)?;
            Ok(FormerEvent {
                number,
                name: property.need("name")?.text().to_owned(),
                start: property.get("value").map(str::to_owned),
                item: items.get(&number).copied(),
            })
        })
        .collect()
}

fn told_before(
    item: &Item<'_>,
    meta: Element<'_>,
) -> Result<BTreeMap<u32, EventKey>, ArchiveError> {
    item.properties(meta, codes::REL_SAME_EVENT)
        .map(|property| {
            let uri = property.must("uri")?;
            let key = paths::key_of_event(uri);
            Ok((
                property.number("literal")?,
                key.ok_or_else(|| ArchiveError::value("event", uri))?,
            ))
        })
        .collect()
}

/// The number at the end of an event's address.
pub(super) fn number(uri: &str) -> Result<u32, ArchiveError> {
    paths::number_of_event(uri).ok_or_else(|| ArchiveError::value("event", uri))
}

fn diagnostic(item: &Item<'_>, property: Element<'_>) -> Result<Diagnostic, ArchiveError> {
    let uri = property.must("uri")?;
    let code = item
        .vocabulary
        .code(uri)
        .and_then(|code| code.strip_prefix("diagnostic."))
        .and_then(Code::from_name)
        .ok_or_else(|| ArchiveError::value("finding", uri))?;
    Ok(Diagnostic {
        code,
        message: property.need("definition")?.text().to_owned(),
        hint: property.child("note").map(|hint| hint.text().to_owned()),
        span: property.span("value")?,
    })
}
