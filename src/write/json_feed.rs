//! JSON Feed 1.1: the newest releases in one feed.

use serde::Serialize;

use super::newest::{self, Entry};
use super::web::{address, clean, iso_instant, list_link};
use super::{Catalog, Collection, DocumentLink, Format, Stage, WriteError, Writer};
use crate::model::{Published, Site};

/// The format.
#[derive(Debug, Clone, Copy)]
pub struct JsonFeed;

static FORMAT: Format = Format {
    name: "json-feed",
    about: "a JSON Feed of the newest releases",
    media_type: "application/feed+json",
    rel: Some("alternate"),
    spec: "https://www.jsonfeed.org/version/1.1/",
};

/// Value of `version`.
const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// Path of the feed.
const PATH: &str = "feed.json";

/// The top-level object.
#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: String,
    home_page_url: &'a str,
    feed_url: String,
    description: String,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// An item. One without a full text has its summary as text, since the format demands a text.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

/// A picture.
#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    size_in_bytes: u64,
}

impl<'a> Item<'a> {
    fn of(entry: &'a Entry) -> Self {
        let lead = entry.lead.as_deref();
        Self {
            id: &entry.id,
            url: &entry.page,
            title: entry.title.as_deref(),
            content_html: entry.html.as_deref(),
            content_text: lead.filter(|_| entry.html.is_none()),
            summary: lead,
            date_published: entry.instant.map(iso_instant),
            date_modified: entry.modified.map(iso_instant),
            image: entry.images.first().map(|picture| picture.url.as_str()),
            tags: &entry.topics,
            language: entry.language.as_deref(),
            attachments: (entry.images.iter())
                .map(|picture| Attachment {
                    url: &picture.url,
                    mime_type: picture.image.format.media_type(),
                    title: picture.image.caption.as_deref(),
                    size_in_bytes: picture.image.bytes,
                })
                .collect(),
        }
    }
}

impl Writer for JsonFeed {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn links(&self, _release: Option<&Published>, site: &Site) -> Vec<DocumentLink> {
        vec![list_link(site, PATH.to_owned(), None)]
    }

    fn own_words(&self) -> Vec<&'static str> {
        std::iter::once(VERSION)
            .chain(newest::own_words())
            .collect()
    }

    fn collection(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
        out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        let of = newest::listed(catalog, site);
        out.list(Stage::Feed, PATH, &of, || document(catalog, site))
    }
}

fn document(catalog: &dyn Catalog, site: &Site) -> Result<String, WriteError> {
    let mut feed = Document {
        version: VERSION,
        title: clean(&site.title),
        home_page_url: &site.base_url,
        feed_url: address(site, PATH),
        description: clean(&site.description),
        language: &site.language,
        authors: [Author {
            name: clean(&site.publisher.name),
            url: site.publisher.url.as_deref(),
        }],
        items: Vec::new(),
    };
    // Items stand deeper in the feed than alone, a comma behind each but the last, and their end on a line of its own.
    let frame = print(&feed)?.len() + "\n  ".len() - ",".len();
    let room = site.feed.bytes.saturating_sub(frame);
    let indent = 4;
    let size = |entry: &Entry| {
        let alone = print(&Item::of(entry))?;
        Ok(alone.len() + indent * alone.lines().count() + 1)
    };
    let kept = newest::fitting(newest::entries(catalog, site)?, room, size)?;
    feed.items = kept.iter().map(Item::of).collect();
    print(&feed)
}

fn print(value: &impl Serialize) -> Result<String, WriteError> {
    let text = serde_json::to_string_pretty(value).map_err(|error| FORMAT.fault(None, error))?;
    Ok(text + "\n")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::sample::{Shelf, date, published, site, stated};
    use super::*;

    fn text(releases: Vec<Published>, site: &Site) -> String {
        let mut out = JsonFeed.lists(&Shelf::of(releases), site).expect("a feed");
        let bytes = out.0.remove(&(Stage::Feed, PATH.to_owned()));
        String::from_utf8(bytes.expect("a feed")).expect("UTF-8")
    }

    fn read(releases: Vec<Published>, site: &Site) -> Value {
        serde_json::from_str(&text(releases, site)).expect("JSON")
    }

    #[test]
    fn items_have_identity_dates_and_their_text() {
        let mut hostile = published("a");
        hostile.release.headline = Some(stated("R&D \"<b>\" ]]>".into()));
        let mut month = published("b");
        month.release.published = Some(date("2026-02"));
        month.first_published = Some(date("2026-02").value);
        let feed = read(vec![hostile, month], &site());
        let (first, second) = (&feed["items"][0], &feed["items"][1]);
        assert_eq!(first["title"], "R&D \"<b>\" ]]>");
        assert_eq!(first["id"], "tag:press.example,2026:release/a");
        assert_eq!(first["date_published"], "2026-03-02T12:00:00Z");
        assert_eq!(first["summary"], "The quay opens.");
        assert!(first["date_modified"].is_null() && first["content_text"].is_null());
        assert!(second["date_published"].is_null());
        assert_eq!(feed["authors"][0]["name"], "Harbour Office");
    }

    #[test]
    fn size_is_bounded_and_a_text_too_long_is_left_to_its_page() {
        let many = || (0..5).map(|i| published(&format!("r{i}"))).collect();
        let mut site = site();
        let whole = text(many(), &site).len();
        site.feed.bytes = whole;
        assert_eq!(
            read(many(), &site)["items"].as_array().map(Vec::len),
            Some(5)
        );
        for bytes in [whole - 1, whole / 2] {
            site.feed.bytes = bytes;
            let cut = text(many(), &site);
            assert!(
                cut.len() <= bytes && cut.len() > whole / 3,
                "{bytes}: {cut}"
            );
        }
        site.feed.bytes = 1_000;
        let mut long = published("long");
        long.release
            .body
            .push(super::super::sample::paragraph(&"far ".repeat(1_000)));
        let feed = read(vec![long], &site);
        assert_eq!(feed["items"][0]["content_text"], "The quay opens.");
        assert!(feed["items"][0]["content_html"].is_null());
    }
}
