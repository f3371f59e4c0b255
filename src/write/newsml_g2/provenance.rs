//! Where every fact comes from (ARCHIVE section 7).
//!
//! Twice: as `derivedFromValue`, the standard's own way, which gives bytes of the source for the fields of the base
//! profile; and as one property for each fact, which gives basis, rule and the place in the decoded text of all of them.

use std::collections::BTreeMap;

use super::item::range;
use super::xml::Xml;
use super::{codes, content, date, paths};
use crate::model::{Block, Date, Event, Evidence, Fact, Published, Release};
use crate::source::Span;

/// Longest slice of the source that is shown beside its range, in bytes.
const SNIPPET: usize = 200;
const PROPERTY: &str = "contentMetaExtProperty";

/// The properties: evidence of every fact, blocks, links, and dates that have no element of their own.
pub(super) fn properties(xml: &mut Xml<'_>, release: &Release) {
    if let Some(embargo) = &release.embargo
        && !date::is_instant(&embargo.value)
    {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_EMBARGO)
            .attr("value", date::truncated(&embargo.value))
            .empty();
    }
    let zones: BTreeMap<_, _> = dates(release)
        .into_iter()
        .filter_map(|(field, date)| Some((field, &date.value.zone.as_ref()?.name)))
        .collect();
    for fact in release.evidence() {
        evidence(xml, &fact, zones.get(&fact.field).map(|zone| zone.as_str()));
    }
    blocks(xml, "body", &release.body);
    blocks(xml, "boilerplate", &release.boilerplate);
    blocks(xml, "notes_to_editors", &release.notes_to_editors);
    for (i, notice) in release.notices.iter().enumerate() {
        block(xml, "notices", i, "notice", notice.span);
    }
    for link in &release.links {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_LINK)
            .attr("literal", &link.url)
            .attr("value", range(link.span))
            .empty();
    }
}

fn evidence(xml: &mut Xml<'_>, fact: &Evidence<'_>, zone: Option<&str>) {
    let basis = match fact.basis {
        crate::model::Basis::Stated => "basis.stated",
        crate::model::Basis::Inferred => "basis.inferred",
        crate::model::Basis::Configured => "basis.configured",
    };
    let element = xml
        .element(PROPERTY)
        .uri("reluri", codes::REL_EVIDENCE)
        .attr("literal", &fact.field)
        .opt("value", fact.span.map(range))
        .uri("whyuri", basis)
        .uri(
            "howuri",
            &format!("rule.{}", paths::encode(fact.rule.as_str())),
        );
    match zone {
        None => element.empty(),
        Some(zone) => {
            element.open();
            xml.element("related")
                .uri("reluri", codes::REL_TIME_ZONE)
                .attr("literal", zone)
                .empty();
            xml.close();
        }
    }
}

fn blocks(xml: &mut Xml<'_>, field: &str, blocks: &[Block]) {
    for (i, each) in blocks.iter().enumerate() {
        block(xml, field, i, each.kind.code(), each.span);
    }
}

fn block(xml: &mut Xml<'_>, field: &str, i: usize, kind: &str, span: Span) {
    xml.element(PROPERTY)
        .uri("reluri", codes::REL_BLOCK)
        .attr("literal", format!("{field}.{i}"))
        .uri("typeuri", &format!("block.{kind}"))
        .attr("value", range(span))
        .empty();
}

/// Every date of a release by its path in the record.
fn dates(release: &Release) -> Vec<(String, &Fact<Date>)> {
    let mut all: Vec<(String, &Fact<Date>)> = Vec::new();
    let top = [
        ("published", &release.published),
        ("modified", &release.modified),
        ("embargo", &release.embargo),
    ];
    let dateline = release
        .dateline
        .iter()
        .map(|dateline| ("dateline.date", &dateline.date));
    for (field, date) in top.into_iter().chain(dateline) {
        all.extend(date.iter().map(|date| (field.to_owned(), date)));
    }
    for (field, events) in [
        ("events", &release.events),
        ("mentioned_events", &release.mentioned_events),
    ] {
        for (i, event) in events.iter().enumerate() {
            all.extend(
                event_dates(event).map(|(name, date)| (format!("{field}.{i}.{name}"), date)),
            );
        }
    }
    all
}

fn event_dates(event: &Event) -> impl Iterator<Item = (&'static str, &Fact<Date>)> {
    [
        ("start", &event.start),
        ("end", &event.end),
        ("previous_start", &event.previous_start),
    ]
    .into_iter()
    .filter_map(|(name, date)| Some((name, date.as_ref()?)))
}

/// One `derivedFromValue` for each range of source bytes that gave values of the base profile, in order.
pub(super) fn derived(xml: &mut Xml<'_>, published: &Published) {
    let release = &published.release;
    let mut ranges: BTreeMap<Span, Vec<String>> = BTreeMap::new();
    let mut add = |span: Span, id: String| {
        let bytes = published.byte_span(span);
        if !bytes.is_empty() {
            ranges.entry(bytes).or_default().push(id);
        }
    };
    for (i, notice) in release.notices.iter().enumerate() {
        add(notice.span, format!("notices.{i}"));
    }
    for fact in release.evidence() {
        if let (Some(span), Some(id)) = (fact.span, pointer(xml, &fact.field)) {
            add(span, id);
        }
    }
    for block in &release.body {
        add(block.span, "body".into());
    }
    for (bytes, ids) in ranges {
        let snippet = published
            .bytes
            .get(bytes.range())
            .filter(|slice| slice.len() <= SNIPPET)
            .and_then(content::as_text);
        xml.element("derivedFromValue")
            .id(format!("b{}", range(bytes)))
            .attr("sourceidref", "source")
            .attr("idrefs", ids.join(" "))
            .text(snippet.unwrap_or_default());
    }
}

/// The id of the element that holds a field of the record: names as the base profile has them. `None`: it knows none.
fn pointer(xml: &Xml<'_>, field: &str) -> Option<String> {
    let id = match field {
        "published" => "date_published".to_owned(),
        "dateline.place" => "dateline_place".to_owned(),
        _ if field.starts_with("contacts.") => field
            .replace(".emails.", ".email.")
            .replace(".phones.", ".phone.")
            .replace(".urls.", ".web."),
        _ => match field.strip_suffix(".series") {
            Some(event) => format!("{event}.series_name"),
            None if field.ends_with(".location") => ["name", "locality", "country"]
                .into_iter()
                .map(|part| format!("{field}.{part}"))
                .find(|id| xml.has_id(id))?,
            None => field.to_owned(),
        },
    };
    xml.has_id(&id).then_some(id)
}
