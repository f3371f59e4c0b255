//! Every text of a document, read back by a parser that wrote none of it.

use calcard::icalendar::{ICalendarProperty, ICalendarValue, Uri};
use chrono::{DateTime, Utc};

/// A text of a document: what it says, or where it points.
#[derive(Debug)]
pub(crate) enum Leaf {
    Text(String),
    Address(String),
}

fn leaf(text: &str) -> Leaf {
    if text.starts_with("https://press.example/") {
        Leaf::Address(text.to_owned())
    } else {
        Leaf::Text(text.to_owned())
    }
}

/// Every text of a document, by a parser of its format.
pub(crate) fn leaves(path: &str, bytes: &[u8]) -> Vec<Leaf> {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut found = Vec::new();
    match path.rsplit('.').next() {
        Some("jsonld" | "json") => json_leaves(path, &json(path, text), &mut found),
        Some("html") => {
            let page = scraper::Html::parse_document(text);
            assert!(page.errors.is_empty(), "{path}: {:?}", page.errors);
            html_leaves(path, &page, &mut found);
        }
        Some("xml") => xml_leaves(path, text, &mut found),
        Some("ics") => ics_leaves(path, text, &mut found),
        // What a style sheet says is quoted.
        Some("css") => found.extend(
            text.lines()
                .filter_map(|line| line.split_once("content: \""))
                .filter_map(|(_, rest)| rest.split_once('"'))
                .map(|(words, _)| leaf(words)),
        ),
        // `Name: value` lines.
        Some("txt") => found.extend(
            text.lines()
                .filter_map(|line| line.split_once(": "))
                .map(|(_, value)| leaf(value)),
        ),
        _ => panic!("{path}: the canary cannot read this format: teach it"),
    }
    found
}

fn json(path: &str, text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn json_leaves(path: &str, value: &serde_json::Value, found: &mut Vec<Leaf>) {
    match value {
        serde_json::Value::String(text) => found.push(leaf(text)),
        serde_json::Value::Array(values) => values.iter().for_each(|v| json_leaves(path, v, found)),
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                match value.as_str() {
                    // What the search reads.
                    Some(to) if key == "page" => found.push(Leaf::Address(to.to_owned())),
                    Some(markup) if key == "content_html" => {
                        html_leaves(path, &scraper::Html::parse_fragment(markup), found);
                    }
                    _ => json_leaves(path, value, found),
                }
            }
        }
        serde_json::Value::Number(number) => found.push(Leaf::Text(number.to_string())),
        serde_json::Value::Bool(_) | serde_json::Value::Null => {}
    }
}

/// Attributes that say how a page is built, not what it says.
const BUILD: &[&str] = &[
    "charset",
    "class",
    "dir",
    "id",
    "name",
    "property",
    "rel",
    "aria-current",
    "autocomplete",
    "hidden",
    "role",
];

fn ics_leaves(path: &str, text: &str, found: &mut Vec<Leaf>) {
    let calendar = match calcard::Parser::new(text).entry() {
        calcard::Entry::ICalendar(calendar) => calendar,
        other => panic!("{path}: {other:?}"),
    };
    let entries = (calendar.components.iter()).flat_map(|component| &component.entries);
    // A UID says nothing; its form is looked at elsewhere.
    let telling = entries.filter(|entry| entry.name != ICalendarProperty::Uid);
    for value in telling.flat_map(|entry| &entry.values) {
        match value {
            ICalendarValue::Text(text) => found.extend(text.split("\n\n").map(leaf)),
            ICalendarValue::Uri(Uri::Location(address)) => found.push(leaf(address)),
            ICalendarValue::PartialDateTime(date) => {
                let day = (date.year, date.month, date.day);
                let (Some(year), Some(month), Some(day)) = day else {
                    panic!("{path}: {date:?}")
                };
                found.push(Leaf::Text(format!("{year:04}-{month:02}-{day:02}")));
            }
            _ => {}
        }
    }
}

fn html_leaves(path: &str, page: &scraper::Html, found: &mut Vec<Leaf>) {
    for node in page.tree.nodes() {
        let parent = node.parent().and_then(|parent| parent.value().as_element());
        let inside = parent.map_or("", |element| element.name());
        let kind = parent.and_then(|element| element.attr("type"));
        let is_data = inside == "script" && kind == Some("application/ld+json");
        match node.value() {
            // A script of ours says nothing; what it shows is in the page and in the documents it reads.
            scraper::Node::Text(text) if is_data => json_leaves(path, &json(path, text), found),
            scraper::Node::Text(text) if !["script", "style"].contains(&inside) => {
                found.push(leaf(text));
            }
            scraper::Node::Comment(comment) => panic!("{path}: a comment: {}", &**comment),
            scraper::Node::Element(element) => {
                let viewport = element.attr("name") == Some("viewport");
                for (name, value) in element.attrs() {
                    match name {
                        "action" => found.push(Leaf::Address(value.to_owned())),
                        "href" | "src" if !value.starts_with("https://tok") => {
                            found.push(Leaf::Address(value.to_owned()));
                        }
                        "content" if viewport => {}
                        name if BUILD.contains(&name) => {}
                        _ => found.push(leaf(value)),
                    }
                }
            }
            _ => {}
        }
    }
}

fn xml_leaves(path: &str, text: &str, found: &mut Vec<Leaf>) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|e| panic!("{path}: {e}"));
    for node in document.descendants() {
        assert!(!node.is_comment(), "{path}: a comment");
        // The archive's attributes are codes; its own schema and the restored record hold them to their meaning.
        if path.starts_with("feed") || path == "atom.xml" {
            found.extend(node.attributes().map(|attribute| leaf(attribute.value())));
        }
        let Some(text) = node.text().filter(|_| node.is_text()) else {
            continue;
        };
        let name = |node: roxmltree::Node<'_, '_>| node.tag_name().name().to_owned();
        let parent = node.parent_element();
        let item = parent.and_then(|parent| parent.parent_element()).map(name);
        match parent.map(name).as_deref() {
            // An item's text is markup inside markup; a channel's is plain.
            Some("description" | "encoded") if item.as_deref() == Some("item") => {
                let fragment = scraper::Html::parse_fragment(text);
                html_leaves(path, &fragment, found);
            }
            Some("content") => {
                let fragment = scraper::Html::parse_fragment(text);
                html_leaves(path, &fragment, found);
            }
            Some("pubDate" | "lastBuildDate") => {
                let instant = DateTime::parse_from_rfc2822(text);
                let instant = instant.unwrap_or_else(|e| panic!("{path}: {text}: {e}"));
                found.push(Leaf::Text(instant.with_timezone(&Utc).to_rfc3339()));
            }
            _ => found.push(leaf(text)),
        }
    }
}
