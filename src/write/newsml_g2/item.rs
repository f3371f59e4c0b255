//! What every item has: root and itemMeta (ARCHIVE section 3).

use chrono::{DateTime, SecondsFormat, Utc};

use super::codes;
use super::paths;
use super::xml::Xml;
use crate::model::{Change, Published, Site, Standing, primary_language};
use crate::source::{Origin, Span};
use crate::write::percent_path;

/// Namespace of NewsML-G2.
pub const NAMESPACE: &str = "http://iptc.org/std/nar/2006-10-01/";
/// W3C's name of SHA-256.
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// W3C's name of base64.
pub const BASE64: &str = "http://www.w3.org/2000/09/xmldsig#base64";
/// IPTC's catalog of schemes; referred to, not copied: it states no terms for copies.
const CATALOG: &str = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml";

/// Opens the root element and writes the catalogs.
pub(super) fn root(
    xml: &mut Xml<'_>,
    name: &'static str,
    guid: &str,
    version: u32,
    language: &str,
) {
    language_tag(xml, language);
    xml.element(name)
        .attr("xmlns", NAMESPACE)
        .attr("guid", guid)
        .number("version", version)
        .attr("standard", "NewsML-G2")
        .attr("standardversion", "2.35")
        .attr("conformance", "power")
        .attr("xml:lang", language)
        .open();
    xml.element("catalogRef").attr("href", CATALOG).empty();
    xml.open("catalog");
    let scheme = xml.vocabulary.0;
    xml.element("scheme")
        .attr("alias", "dl")
        .attr("uri", scheme)
        .empty();
    xml.close();
}

/// The keeper of the archive.
pub(super) fn provider(xml: &mut Xml<'_>, site: &Site) {
    let address = site.publisher.url.as_ref().unwrap_or(&site.base_url);
    xml.element("provider").attr("uri", address).open();
    xml.element("name").line(&site.publisher.name);
    xml.close();
}

/// The program and the profile that it follows.
pub(super) fn program(xml: &mut Xml<'_>) {
    xml.element("generator")
        .attr("versioninfo", env!("CARGO_PKG_VERSION"))
        .text("dateline");
    xml.element("profile")
        .attr("versioninfo", "1")
        .text("dateline-archive");
}

/// The itemMeta of a release.
pub(super) fn release_meta(
    xml: &mut Xml<'_>,
    published: &Published,
    site: &Site,
    model: Option<&str>,
) {
    let release = &published.release;
    xml.open("itemMeta");
    xml.element("itemClass").attr("qcode", "ninat:text").empty();
    provider(xml, site);
    xml.element("versionCreated")
        .text(instant(published.version_created));
    xml.element("firstCreated")
        .text(instant(published.first_created));
    embargoed(xml, published);
    status(xml, published.standing);
    program(xml);
    change(xml, published.change, published.note.as_deref());
    for block in &release.notes_to_editors {
        xml.element("edNote")
            .uri("roleuri", codes::EDNOTE_TO_EDITORS)
            .text(&block.text);
    }
    signal(xml, published.change);
    hash(xml, codes::SCOPE_SOURCE, &release.origin.sha256);
    if let Some(model) = model {
        hash(xml, codes::SCOPE_MODEL, model);
    }
    let origin = &release.origin;
    xml.element("link")
        .attr("rel", "irel:derivedFrom")
        .attr("href", percent_path(&origin.name))
        .attr("title", &origin.name)
        .attr("contenttype", content_type(origin))
        .number("size", origin.bytes)
        .empty();
    xml.element("link")
        .attr("rel", "irel:seeAlso")
        .attr("href", page_address(site, &published.page))
        .empty();
    event_links(xml, published, site);
    image_links(xml, published);
    extensions(xml, published, site);
    xml.close();
}

/// `text/plain`, with the encoding where it is not UTF-8.
pub(super) fn content_type(origin: &Origin) -> String {
    if origin.encoding == "utf-8" {
        origin.media_type.clone()
    } else {
        format!("{}; charset={}", origin.media_type, origin.encoding)
    }
}

/// UTC in whole seconds with `Z` (P05).
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `start-end`.
pub(super) fn range(span: Span) -> String {
    format!("{}-{}", span.start, span.end)
}

/// Whether the item stands.
pub(super) fn status(xml: &mut Xml<'_>, standing: Standing) {
    let code = match standing {
        Standing::Usable => "stat:usable",
        Standing::Withheld => "stat:withheld",
        Standing::Withdrawn => "stat:canceled",
    };
    xml.element("pubStatus").attr("qcode", code).empty();
}

/// The embargo, where it ends at an instant: the element demands a clock time and a zone (P18).
pub(super) fn embargoed(xml: &mut Xml<'_>, published: &Published) {
    if let Some(embargo) = &published.release.embargo
        && super::date::is_instant(&embargo.value)
    {
        xml.element("embargoed")
            .text(super::date::truncated(&embargo.value));
    }
}

/// Why there is this version: the office's own words, else a sentence of the program's, marked as made by a tool.
pub(super) fn change(xml: &mut Xml<'_>, change: Option<Change>, note: Option<&str>) {
    let Some(change) = change else { return };
    let element = xml
        .element("edNote")
        .qcode("role", &format!("note.{}", change.code()));
    match note {
        Some(note) => element.text(note),
        None => element.attr("how", "howextr:tool").text(sentence(change)),
    }
}

/// What the program says of a change.
fn sentence(change: Change) -> &'static str {
    match change {
        Change::Correction => "The release was corrected.",
        Change::Update => "The source of the release changed.",
        Change::Withdrawal => "The release was withdrawn.",
        Change::Release => "The release was set free.",
        Change::Reprocessed => "The source was read again by a newer program.",
    }
}

pub(super) fn signal(xml: &mut Xml<'_>, change: Option<Change>) {
    let code = match change {
        Some(Change::Correction) => "sig:correction",
        Some(Change::Update) => "sig:update",
        _ => return,
    };
    xml.element("signal").attr("qcode", code).empty();
}

fn hash(xml: &mut Xml<'_>, scope: &str, digits: &str) {
    xml.element("hash")
        .attr("hashtypeuri", SHA256)
        .qcode("scope", scope)
        .text(digits);
}

fn page_address(site: &Site, page: &str) -> String {
    format!("{}{}", site.base_url, percent_path(page))
}

/// Links to the items of present and former events, with the instants of those items as hints.
fn event_links(xml: &mut Xml<'_>, published: &Published, site: &Site) {
    let present = published
        .event_numbers
        .iter()
        .zip(&published.event_items)
        .map(|(number, item)| (*number, item, false));
    let former = published
        .former_events
        .iter()
        .map(|event| (event.number, &event.item, true));
    for (number, item, former) in present.chain(former) {
        let Some(item) = item else { continue };
        let link = xml.element("link");
        // A withdrawn release keeps the plain link to the items that were withdrawn with it (P15).
        let link = if former && published.standing != Standing::Withdrawn {
            link.uri("reluri", codes::REL_FORMER_EVENT)
        } else {
            link.qcode("rel", codes::REL_EVENT)
        };
        link.attr(
            "residref",
            paths::event_guid(site, &published.release.id, number),
        )
        .number("version", item.version)
        .attr("contenttype", "application/vnd.iptc.g2.conceptitem+xml")
        .open();
        xml.element("versionCreated")
            .text(instant(item.version_created));
        xml.element("firstCreated")
            .text(instant(item.first_created));
        xml.close();
    }
}

/// Links to the pictures, whose files lie beside the item, with what is said of each as hints.
fn image_links(xml: &mut Xml<'_>, published: &Published) {
    let release = &published.release;
    for image in release.images.iter().map(|fact| &fact.value) {
        xml.element("link")
            .uri("reluri", codes::REL_IMAGE)
            .attr("href", percent_path(&paths::image_name(&release.id, image)))
            .attr("title", &image.file)
            .attr("contenttype", image.format.media_type())
            .number("size", image.bytes)
            .open();
        xml.element("hash")
            .attr("hashtypeuri", SHA256)
            .text(&image.sha256);
        let words = [
            (codes::DESCRIPTION_ALT, Some(&image.alt)),
            (codes::DESCRIPTION_CAPTION, image.caption.as_ref()),
        ];
        for (role, text) in words {
            if let Some(text) = text {
                xml.element("description").uri("roleuri", role).text(text);
            }
        }
        if let Some(credit) = &image.credit {
            xml.element("creditline").text(credit);
        }
        for (rel, pixels) in [
            (codes::REL_WIDTH, image.width),
            (codes::REL_HEIGHT, image.height),
        ] {
            xml.element("related")
                .uri("reluri", rel)
                .number("value", pixels)
                .empty();
        }
        if let Some(event) = &image.event {
            xml.element("related")
                .uri("reluri", codes::REL_SHOWS_EVENT)
                .attr("literal", event)
                .empty();
        }
        xml.close();
    }
}

/// What the archive must know of the release and the standard has no element for.
fn extensions(xml: &mut Xml<'_>, published: &Published, site: &Site) {
    const PROPERTY: &str = "itemMetaExtProperty";
    xml.element(PROPERTY)
        .uri("reluri", codes::REL_PAGE)
        .attr("literal", &published.page)
        .empty();
    xml.element(PROPERTY)
        .uri("reluri", codes::REL_FOLDER)
        .attr("literal", &published.archive_folder)
        .empty();
    if published.changed != published.version_created {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_CHANGED)
            .attr("value", instant(published.changed))
            .empty();
    }
    let date = published.release.published.as_ref().map(|fact| &fact.value);
    if let Some(first) = (published.first_published.as_ref()).filter(|first| Some(*first) != date) {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_FIRST_PUBLISHED)
            .attr("value", first.to_string())
            .empty();
    }
    for (number, key) in &published.told_before {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_SAME_EVENT)
            .attr("literal", number.to_string())
            .attr("uri", paths::event_uri(site, &key.release, key.number))
            .empty();
    }
    if let Some(original) = &published.translation_of {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_TRANSLATION_OF)
            .attr("uri", paths::release_guid(site, original))
            .empty();
    }
    for alternate in &published.alternates {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_ALTERNATE)
            .attr("literal", &alternate.id)
            .opt("value", alternate.language.as_ref())
            .empty();
    }
    for event in &published.former_events {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_FORMER_EVENT)
            .attr(
                "uri",
                paths::event_uri(site, &published.release.id, event.number),
            )
            .opt("value", event.start.as_ref())
            .open();
        xml.element("name").line(&event.name);
        xml.close();
    }
    for finding in &published.diagnostics {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_DIAGNOSTIC)
            .uri("uri", &codes::diagnostic(finding.code))
            .opt("value", finding.span.map(range))
            .open();
        xml.element("definition").text(&finding.message);
        if let Some(hint) = &finding.hint {
            xml.element("note").text(hint);
        }
        xml.close();
    }
}

/// Refuses what is no BCP 47 tag by its form, as the schema does.
pub(super) fn language_tag(xml: &mut Xml<'_>, tag: &str) {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let first = primary_language(tag);
    if !tag.split('-').all(part) || !first.bytes().all(|b| b.is_ascii_alphabetic()) {
        xml.fail(|| format!("`{tag}` is no language tag"));
    }
}
