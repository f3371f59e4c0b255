//! Atom (RFC 4287): the newest releases in one feed.
//!
//! The only module that knows the `atom_syndication` crate.
//!
//! Conventions: `updated`, which Atom demands, is when a release changed or else was published, and of one that has only
//! a month or year when it was first written; never the clock's.

use atom_syndication::{
    Category, Content, Entry as Item, Feed, FixedDateTime, Generator, Link, Person, Text,
    WriteConfig,
};
use chrono::{DateTime, Utc};

use super::newest::{self, Entry, Picture};
use super::web::{address, clean, list_link};
use super::{Catalog, Collection, DocumentLink, Format, Stage, WriteError, Writer};
use crate::model::{Published, Site};

/// The format.
#[derive(Debug, Clone, Copy)]
pub struct Atom;

static FORMAT: Format = Format {
    name: "atom",
    about: "an Atom feed of the newest releases",
    media_type: "application/atom+xml",
    rel: Some("alternate"),
    spec: "https://www.rfc-editor.org/rfc/rfc4287",
};

const GENERATOR: &str = "dateline";

/// Path of the feed.
const PATH: &str = "atom.xml";

impl Writer for Atom {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn links(&self, _release: Option<&Published>, site: &Site) -> Vec<DocumentLink> {
        vec![list_link(site, PATH.to_owned(), None)]
    }

    fn own_words(&self) -> Vec<&'static str> {
        let own = [
            GENERATOR,
            FORMAT.media_type,
            "self",
            "alternate",
            "enclosure",
            "text/html",
            "html",
            "tag",
            "releases",
        ];
        own.into_iter().chain(newest::own_words()).collect()
    }

    fn collection(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
        out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        let last_change = catalog.last_change(None);
        let of = (newest::listed(catalog, site), last_change);
        out.list(Stage::Feed, PATH, &of, || {
            document(catalog, last_change, site)
        })
    }
}

fn document(
    catalog: &dyn Catalog,
    last_change: Option<DateTime<Utc>>,
    site: &Site,
) -> Result<Vec<u8>, WriteError> {
    let entries = newest::entries(catalog, site)?;
    let newest = entries.iter().map(Entry::updated).max();
    let updated = newest.max(last_change);
    // A feed without releases has never changed.
    let mut feed = feed(updated.unwrap_or(DateTime::<Utc>::UNIX_EPOCH), site);
    let empty = print(&feed)?.len();
    let size = |entry: &Entry| {
        let mut alone = feed.clone();
        alone.entries = vec![item(entry)];
        Ok(print(&alone)?.len() - empty)
    };
    let room = site.feed.bytes.saturating_sub(empty);
    let kept = newest::fitting(entries, room, size)?;
    feed.entries = kept.iter().map(item).collect();
    print(&feed)
}

fn feed(updated: DateTime<Utc>, site: &Site) -> Feed {
    Feed {
        title: Text::plain(clean(&site.title)),
        subtitle: Some(Text::plain(clean(&site.description))),
        id: format!("tag:{}:releases", site.authority),
        updated: fixed(updated),
        lang: Some(site.language.clone()),
        // Entries have no author of their own: a press office speaks for its house.
        authors: vec![Person {
            name: clean(&site.publisher.name),
            uri: site.publisher.url.clone(),
            ..Person::default()
        }],
        generator: Some(Generator {
            value: GENERATOR.to_owned(),
            ..Generator::default()
        }),
        links: vec![
            link("self", address(site, PATH), FORMAT.media_type),
            link("alternate", site.base_url.clone(), "text/html"),
        ],
        ..Feed::default()
    }
}

fn item(entry: &Entry) -> Item {
    let categories = entry.topics.iter().map(|topic| Category {
        term: topic.clone(),
        ..Category::default()
    });
    let language = entry.language.clone();
    let text = |text: &String| Text {
        lang: language.clone(),
        ..Text::plain(text.clone())
    };
    Item {
        title: entry.title.as_ref().map(text).unwrap_or_default(),
        id: entry.id.clone(),
        updated: fixed(entry.updated()),
        published: entry.instant.map(fixed),
        categories: categories.collect(),
        links: std::iter::once(link("alternate", entry.page.clone(), "text/html"))
            .chain(entry.images.iter().map(enclosure))
            .collect(),
        summary: entry.lead.as_ref().map(text),
        content: entry.html.as_ref().map(|html| Content {
            value: Some(html.clone()),
            content_type: Some("html".to_owned()),
            lang: language.clone(),
            ..Content::default()
        }),
        ..Item::default()
    }
}

fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

/// A picture as a file that goes with its entry.
fn enclosure(picture: &Picture) -> Link {
    let image = &picture.image;
    Link {
        length: Some(image.bytes.to_string()),
        title: image.caption.clone(),
        ..link("enclosure", picture.url.clone(), image.format.media_type())
    }
}

fn fixed(instant: DateTime<Utc>) -> FixedDateTime {
    instant.fixed_offset()
}

fn print(feed: &Feed) -> Result<Vec<u8>, WriteError> {
    let form = WriteConfig {
        write_document_declaration: true,
        indent_size: Some(2),
    };
    let mut bytes = feed
        .write_with_config(Vec::new(), form)
        .map_err(|error| FORMAT.fault(None, error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Shelf, date, published, site, stated};
    use super::*;

    fn read(releases: Vec<Published>, site: &Site) -> Feed {
        let out = Atom.lists(&Shelf::of(releases), site).expect("a feed");
        let bytes = &out.0[&(Stage::Feed, PATH.to_owned())];
        Feed::read_from(&bytes[..]).expect("a feed that reads")
    }

    #[test]
    fn entries_have_identity_dates_and_their_text() {
        let mut hostile = published("a");
        hostile.release.headline = Some(stated("R&D <b> \u{1}]]>".into()));
        let mut month = published("b");
        month.release.published = Some(date("2026-02"));
        month.first_published = Some(date("2026-02").value);
        let feed = read(vec![hostile, month], &site());
        let [first, second] = &feed.entries[..] else {
            panic!("two entries: {feed:?}")
        };
        assert_eq!(first.title.as_str(), "R&D <b> ]]>");
        assert_eq!(first.id, "tag:press.example,2026:release/a");
        assert_eq!(first.updated.to_rfc3339(), "2026-03-02T12:00:00+00:00");
        assert_eq!(first.published, Some(first.updated));
        let content = first
            .content
            .as_ref()
            .and_then(|content| content.value.as_deref());
        assert_eq!(
            content,
            Some("<p>The quay opens.</p>\n<p>Ships &lt; 5 m &amp; boats may land.</p>")
        );
        assert_eq!(second.published, None);
        assert_eq!(second.updated.to_rfc3339(), "2026-03-02T08:00:00+00:00");
        assert_eq!(feed.updated, first.updated);
        assert_eq!(read(Vec::new(), &site()).entries.len(), 0);
    }

    #[test]
    fn size_is_bounded_in_items_and_bytes() {
        let many = || (0..5).map(|i| published(&format!("r{i}"))).collect();
        let mut site = site();
        site.feed.items = 3;
        assert_eq!(read(many(), &site).entries.len(), 3);
        site.feed.bytes = 1500;
        assert!((1..3).contains(&read(many(), &site).entries.len()));
    }
}
