//! The addresses in a document that lead to other documents of the same output folder.

use std::collections::BTreeMap;
use std::path::Path;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// What stands at the address of a folder.
const INDEX: &str = "index.html";

/// Attributes whose value is an address, and may be a relative one (HTML standard, "Attributes that are URLs").
const ADDRESSES: [&str; 4] = ["href", "src", "poster", "action"];

/// The documents that one points at: their paths below the output folder, each with the address as written.
///
/// In HTML every attribute that holds an address counts, and every string of embedded JSON; in JSON and XML every string
/// that is an address below `base_url`, and the HTML that an XML text holds. Other documents point nowhere.
pub(super) fn local(path: &str, text: &str, base_url: &str) -> BTreeMap<String, String> {
    let mut found = Found {
        path,
        base_url,
        targets: BTreeMap::new(),
    };
    let extension = Path::new(path).extension().and_then(|e| e.to_str());
    match extension {
        Some("html") => found.html(text),
        Some("json" | "jsonld") => found.json(text),
        Some("xml") => found.xml(text),
        _ => {}
    }
    found.targets
}

struct Found<'a> {
    path: &'a str,
    base_url: &'a str,
    targets: BTreeMap<String, String>,
}

impl Found<'_> {
    /// Tags are all that matters: text cannot hold `<`, and script elements end at their end tag alone.
    fn html(&mut self, text: &str) {
        let mut rest = text;
        while let Some((_, behind)) = rest.split_once('<') {
            rest = behind.strip_prefix("!--").map_or(behind, |comment| {
                comment.split_once("-->").map_or("", |(_, rest)| rest)
            });
            if rest.len() < behind.len() {
                continue;
            }
            let (tag, behind) = tag(rest);
            rest = behind;
            for (name, value) in &tag.attributes {
                self.value(
                    value,
                    ADDRESSES.contains(&name.to_ascii_lowercase().as_str()),
                );
            }
            if tag.name.eq_ignore_ascii_case("script") || tag.name.eq_ignore_ascii_case("style") {
                let end = rest.find("</").unwrap_or(rest.len());
                self.json(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }

    /// What is not JSON has no strings.
    fn json(&mut self, text: &str) {
        if let Ok(value) = serde_json::from_str(text) {
            self.strings(&value);
        }
    }

    fn strings(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.value(text, false),
            Value::Array(values) => values.iter().for_each(|value| self.strings(value)),
            Value::Object(map) => map.values().for_each(|value| self.strings(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn xml(&mut self, text: &str) {
        let Ok(document) = roxmltree::Document::parse(text) else {
            return;
        };
        for node in document.descendants() {
            for attribute in node.attributes() {
                self.value(attribute.value(), false);
            }
            if let Some(text) = node.text().filter(|_| node.is_text()) {
                self.value(text.trim(), false);
                self.html(text);
            }
        }
    }

    fn value(&mut self, value: &str, may_be_relative: bool) {
        if value.contains(char::is_whitespace) {
            return;
        }
        let inside = match value.strip_prefix(self.base_url) {
            Some(inside) => inside.to_owned(),
            None if may_be_relative => match self.resolved(value) {
                Some(inside) => inside,
                None => return,
            },
            None => return,
        };
        let plain = inside.split(['#', '?']).next().unwrap_or_default();
        let mut target = percent_decode_str(plain).decode_utf8_lossy().into_owned();
        if target.is_empty() || target.ends_with('/') {
            target.push_str(INDEX);
        }
        self.targets
            .entry(target)
            .or_insert_with(|| value.to_owned());
    }

    /// A relative address as a path below the output folder; `None` where it leads out of it, or is none (RFC 3986
    /// section 5.2).
    fn resolved(&self, address: &str) -> Option<String> {
        let head = address.split(['/', '?', '#']).next().unwrap_or_default();
        if head.contains(':') || address.starts_with("//") {
            return None;
        }
        if address.starts_with('/') {
            let (_, host) = self.base_url.split_once("://")?;
            let root = &host[host.find('/')?..];
            return address.strip_prefix(root).map(str::to_owned);
        }
        if head.is_empty() {
            // A place in this document, or this document with a query.
            return None;
        }
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let mut parts: Vec<&str> = self.path.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        if matches!(path.rsplit('/').next(), Some("." | "..")) {
            // The address of a folder.
            parts.push("");
        }
        Some(parts.join("/"))
    }
}

/// A start tag; an end tag has a name that starts with `/`.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
}

/// The tag at the start of `text`, behind its `<`, and what follows it.
fn tag(text: &str) -> (Tag<'_>, &str) {
    let ends = |c: char| c.is_ascii_whitespace() || c == '>';
    let (name, mut rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (Tag { name, attributes }, rest.get(1..).unwrap_or_default());
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(|c: char| ends(c) || matches!(c, '=' | '/'));
        let (key, behind) = rest.split_at(end.map_or(rest.len(), |at| at + first));
        rest = behind.trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, behind) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(ends).unwrap_or(value.len())),
        };
        attributes.push((key, unescaped(value)));
        rest = behind;
    }
}

/// A value without the references that an address may hold.
fn unescaped(value: &str) -> String {
    (value.replace("&quot;", "\"").replace("&#39;", "'"))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(path: &str, text: &str) -> Vec<String> {
        (local(path, text, "https://press.example/news/").into_keys()).collect()
    }

    #[test]
    fn addresses_of_a_page_are_resolved_from_where_it_lies() {
        for (address, want) in [
            ("b.html", Some("releases/2026/b.html")),
            ("../c%20d.html#x", Some("releases/c d.html")),
            ("../../feed.xml?a=1&amp;b=2", Some("feed.xml")),
            ("../..", Some("index.html")),
            ("../?a=../b", Some("releases/index.html")),
            ("./", Some("releases/2026/index.html")),
            ("/news/feed.xml", Some("feed.xml")),
            ("/elsewhere/feed.xml", None),
            ("../../../outside.html", None),
            ("https://press.example/news/", Some("index.html")),
            ("https://press.example/other/", None),
            ("//press.example/news/feed.xml", None),
            ("mailto:a@press.example", None),
            ("#event-1", None),
            ("?page=2", None),
            ("", None),
        ] {
            let page = format!("<p>1 < 2</p><a class=x data-x href=\"{address}\">x</a>");
            let got = targets("releases/2026/a.html", &page);
            let want: Vec<_> = want.into_iter().map(str::to_owned).collect();
            assert_eq!(got, want, "{address}");
        }
    }

    #[test]
    fn embedded_json_and_other_attributes_count_where_they_are_absolute() {
        let page = r#"<!-- <a href="no.html"> --><meta content='https://press.example/news/m.html'>
            <script type="application/ld+json">{"url": ["https://press.example/news/j.html#a", "k.html"],
            "text": "https://press.example/news/ is our site"}</script><IMG SRC=i.png/><style>a{}</style><a href="z.html"#;
        assert_eq!(
            targets("a.html", page),
            ["i.png/index.html", "j.html", "m.html", "z.html"]
        );
        assert_eq!(
            targets("a.jsonld", r#"{"a": "https://press.example/news/b"}"#),
            ["b"]
        );
        assert_eq!(
            targets("a.txt", "https://press.example/news/b"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn feeds_point_by_text_attribute_and_the_html_in_them() {
        let feed = r#"<rss><l href="https://press.example/news/feed.xml"/><link>
            https://press.example/news/a.html</link><d>&lt;a href="https://press.example/news/b.html"&gt;</d></rss>"#;
        assert_eq!(targets("feed.xml", feed), ["a.html", "b.html", "feed.xml"]);
    }
}
