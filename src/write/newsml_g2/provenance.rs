//! Where every fact comes from (ARCHIVE section 7).
//!
//! Twice: as `derivedFromValue`, the standard's own way, which gives bytes of the source for the fields of the base
//! profile; and as one property for each rule, which gives basis and place in the decoded text of all facts it gave.

use std::collections::BTreeMap;

use super::item::range;
use super::xml::Xml;
use super::{codes, content, date, paths};
use crate::model::{Basis, Date, Event, Evidence, Fact, Published, Release, RuleId};
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
        .filter_map(|(field, date)| Some((field, date.value.zone.as_ref()?.name.as_str())))
        .collect();
    evidence(xml, release, &zones);
    blocks(xml, release);
    for link in &release.links {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_LINK)
            .attr("literal", &link.url)
            .attr("value", range(link.span))
            .empty();
    }
}

/// One property for each rule, with the facts that it gave: field, place in the text, zone.
fn evidence(xml: &mut Xml<'_>, release: &Release, zones: &BTreeMap<String, &str>) {
    let mut rules: BTreeMap<(Basis, &RuleId), Vec<Evidence<'_>>> = BTreeMap::new();
    for fact in release.evidence() {
        rules.entry((fact.basis, fact.rule)).or_default().push(fact);
    }
    for ((basis, rule), facts) in rules {
        let rule = paths::encode(rule.as_str());
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_EVIDENCE)
            .uri("whyuri", codes::basis(basis))
            .uri("howuri", &format!("rule.{rule}"))
            .open();
        for fact in facts {
            let zone = zones.get(&fact.field);
            let element = xml
                .element("related")
                .attr("literal", &fact.field)
                .opt("value", fact.span.map(range));
            let Some(zone) = zone else {
                element.empty();
                continue;
            };
            element.open();
            xml.element("related")
                .uri("reluri", codes::REL_TIME_ZONE)
                .attr("literal", zone)
                .empty();
            xml.close();
        }
        xml.close();
    }
}

/// One property for each kind of block, with the blocks of that kind.
fn blocks(xml: &mut Xml<'_>, release: &Release) {
    let mut kinds: BTreeMap<&str, Vec<(String, Span)>> = BTreeMap::new();
    for (field, blocks) in [
        ("body", &release.body),
        ("boilerplate", &release.boilerplate),
        ("notes_to_editors", &release.notes_to_editors),
    ] {
        for (i, block) in blocks.iter().enumerate() {
            let place = (format!("{field}.{i}"), block.span);
            kinds.entry(block.kind.code()).or_default().push(place);
        }
    }
    for (i, notice) in release.notices.iter().enumerate() {
        let place = (format!("notices.{i}"), notice.span);
        kinds.entry("notice").or_default().push(place);
    }
    for (kind, places) in kinds {
        xml.element(PROPERTY)
            .uri("reluri", codes::REL_BLOCK)
            .uri("typeuri", &format!("block.{kind}"))
            .open();
        for (field, span) in places {
            xml.element("related")
                .attr("literal", field)
                .attr("value", range(span))
                .empty();
        }
        xml.close();
    }
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
