//! The vocabulary file: a knowledgeItem that defines every code of the archive.

use super::codes::{self, CODES, Vocabulary};
use super::item;
use super::xml::Xml;
use crate::model::Site;

/// The day on which the vocabulary was first given out.
const CREATED: &str = "2026-01-01";

/// The knowledgeItem. It depends on the settings and the program alone.
pub(super) fn write(site: &Site) -> Result<Vec<u8>, String> {
    let mut xml = Xml::new(Vocabulary(&site.vocabulary));
    item::root(
        &mut xml,
        "knowledgeItem",
        &format!("tag:{}:vocabulary", site.authority),
        1,
        "en",
    );
    xml.open("itemMeta");
    xml.element("itemClass")
        .attr("qcode", "cinat:scheme")
        .empty();
    item::provider(&mut xml, site);
    xml.element("versionCreated")
        .text(format!("{CREATED}T00:00:00Z"));
    xml.element("firstCreated")
        .text(format!("{CREATED}T00:00:00Z"));
    xml.element("pubStatus")
        .attr("qcode", "stat:usable")
        .empty();
    item::program(&mut xml);
    xml.close();
    xml.element("contentMeta").empty();
    xml.open("conceptSet");
    for (code, about) in CODES {
        concept(&mut xml, code, about);
    }
    for (code, about) in codes::diagnostics() {
        concept(&mut xml, &code, about);
    }
    xml.close();
    xml.element("schemeMeta")
        .attr("uri", &site.vocabulary)
        .attr("preferredalias", "dl")
        .open();
    xml.element("name").line("Dateline archive codes");
    xml.close();
    xml.close();
    xml.finish()
}

fn concept(xml: &mut Xml<'_>, code: &str, about: &str) {
    xml.open("concept");
    xml.element("conceptId")
        .qcode("qcode", code)
        .attr("created", CREATED)
        .empty();
    xml.element("type").attr("qcode", "cpnat:abstract").empty();
    let name = code.split_once('.').map_or(code, |(_, name)| name);
    xml.element("name").line(name.replace(['_', '-'], " "));
    xml.element("definition").text(about);
    xml.close();
}
