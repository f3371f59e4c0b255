//! RSS 2.0: the newest releases, in one feed for all and one for each language.
//!
//! The only module that knows the rss crate. What leaves it can be read by any XML parser: characters that XML 1.0
//! does not have are left out here, since the crate would print them.
//!
//! Conventions: a release that has a day and no clock time gets the time that the settings give (OUTPUTS, RSS);
//! `lastBuildDate` is that of the newest release or change, never the clock's.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ::rss::extension::atom::{AtomExtension, Link};
use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::extension::{Extension, ExtensionMap};
use ::rss::{Category, Channel, Guid, Item};
use chrono::{DateTime, Utc};
use quick_xml::escape::partial_escape;

use super::web::{address, clean, instant, iso_instant, lead, list_title, modified, shown};
use super::{
    Artifacts, Catalog, DocumentLink, Format, Listed, Stage, WriteError, Writer, markup, tag_uri,
};
use crate::model::{Change, Published, Site};

/// The format.
#[derive(Debug, Clone, Copy)]
pub struct Rss;

static FORMAT: Format = Format {
    name: "rss",
    about: "RSS 2.0 feeds of the newest releases",
    media_type: "application/rss+xml",
    rel: Some("alternate"),
    spec: "https://www.rssboard.org/rss-specification",
};

const GENERATOR: &str = "dateline";

impl Writer for Rss {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn links(&self, release: Option<&Published>, site: &Site) -> Vec<DocumentLink> {
        let language = release.and_then(|published| published.release.language.as_ref());
        let mut links = vec![link(None, site)];
        links.extend(language.map(|fact| link(Some(&fact.value), site)));
        links
    }

    fn list_links(&self, catalog: &dyn Catalog, site: &Site) -> Vec<DocumentLink> {
        let languages: BTreeSet<_> = (catalog.listed().iter())
            .filter_map(|listed| listed.language.as_deref())
            .collect();
        let links = languages.iter().map(|tag| link(Some(tag), site));
        links.collect()
    }

    fn own_words(&self) -> Vec<&'static str> {
        vec![
            GENERATOR,
            FORMAT.spec,
            FORMAT.media_type,
            "self",
            "false",
            "2.0",
        ]
    }

    fn collection(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
        out: &mut Artifacts,
    ) -> Result<(), WriteError> {
        let mut feeds: BTreeMap<Option<&str>, Vec<&Listed>> = BTreeMap::from([(None, Vec::new())]);
        for listed in catalog.listed() {
            let language = listed.language.as_deref();
            for language in [None].into_iter().chain(language.map(Some)) {
                let feed = feeds.entry(language).or_default();
                if feed.len() < site.feed.items {
                    feed.push(listed);
                }
            }
        }
        let mut items = BTreeMap::new();
        for (language, newest) in feeds {
            let mut entries = Vec::with_capacity(newest.len());
            for listed in newest {
                let entry = match items.get(listed.id.as_str()) {
                    Some(entry) => Entry::clone(entry),
                    None => Entry::of(&catalog.load(listed)?, site),
                };
                items
                    .entry(listed.id.as_str())
                    .or_insert_with(|| entry.clone());
                entries.push(entry);
            }
            let bytes = feed(language, entries, catalog.last_change(language), site)?;
            out.put(Stage::Collection, path(language), bytes);
        }
        Ok(())
    }
}

fn link(language: Option<&str>, site: &Site) -> DocumentLink {
    DocumentLink {
        path: path(language),
        title: list_title(site, language),
    }
}

fn path(language: Option<&str>) -> String {
    language.map_or_else(|| "feed.xml".to_owned(), |tag| format!("feed.{tag}.xml"))
}

/// An item with what puts it in its place.
#[derive(Debug, Clone)]
struct Entry {
    instant: Option<DateTime<Utc>>,
    item: Item,
}

impl Entry {
    fn of(published: &Published, site: &Site) -> Self {
        let release = &published.release;
        let date = release.published.as_ref();
        let instant = date.and_then(|date| instant(&date.value, site, site.feed.date_only_time));
        let topics = release
            .topics
            .iter()
            .filter_map(|topic| shown(site, Some(&topic.name)));
        let mut categories: Vec<Category> = Vec::new();
        for name in topics {
            if !categories.iter().any(|category| &category.name == name) {
                categories.push(Category {
                    name: clean(name),
                    domain: None,
                });
            }
        }
        let item = Item {
            title: release.headline.as_ref().map(|fact| clean(&fact.value)),
            link: Some(address(site, &published.page)),
            description: lead(published, site).map(|text| clean(&partial_escape(text))),
            categories,
            guid: Some(Guid {
                value: tag_uri(site, &release.id),
                permalink: false,
            }),
            pub_date: instant.map(rfc_822),
            content: Some(clean(&content(published))),
            extensions: updated(published),
            dublin_core_ext: Some(DublinCoreExtension {
                creators: vec![clean(&site.publisher.name)],
                ..DublinCoreExtension::default()
            }),
            ..Item::default()
        };
        Self { instant, item }
    }
}

/// RFC 822 with the year and zone of RFC 2822, the day in two digits (RULES RS-3).
fn rfc_822(instant: DateTime<Utc>) -> String {
    instant.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The full text as HTML; the office's note on a correction stands before it.
fn content(published: &Published) -> String {
    let note = published.note.as_deref();
    let note = note.filter(|_| published.change == Some(Change::Correction));
    let mut html = note.map_or_else(String::new, |note| {
        format!("<p><em>{}</em></p>\n", partial_escape(note))
    });
    html.push_str(markup::blocks(&published.release.body).trim_end());
    html
}

/// `atom:updated` of a changed release: its `pubDate` stays, or readers would take it for a new one (RULES RS-17).
fn updated(published: &Published) -> ExtensionMap {
    let Some(instant) = modified(published) else {
        return ExtensionMap::new();
    };
    let updated = Extension {
        name: "atom:updated".to_owned(),
        value: Some(iso_instant(instant)),
        ..Extension::default()
    };
    let named = BTreeMap::from([("updated".to_owned(), vec![updated])]);
    ExtensionMap::from([("atom".to_owned(), named)])
}

/// A feed of the newest entries that fit.
fn feed(
    language: Option<&str>,
    mut entries: Vec<Entry>,
    last_change: Option<DateTime<Utc>>,
    site: &Site,
) -> Result<Vec<u8>, WriteError> {
    // The catalog knows days; only here do they become instants, which zones and clock times may order otherwise.
    entries.sort_by_key(|entry| Reverse(entry.instant));
    let newest = entries.first().and_then(|entry| entry.instant);
    let mut channel = Channel {
        title: clean(&list_title(site, language)),
        link: site.base_url.clone(),
        description: clean(&site.description),
        language: Some(language.unwrap_or(&site.language).to_owned()),
        last_build_date: newest.max(last_change).map(rfc_822),
        generator: Some(GENERATOR.to_owned()),
        docs: Some(FORMAT.spec.to_owned()),
        atom_ext: Some(AtomExtension {
            links: vec![Link {
                href: address(site, &path(language)),
                rel: "self".to_owned(),
                mime_type: Some(FORMAT.media_type.to_owned()),
                ..Link::default()
            }],
        }),
        ..Channel::default()
    };
    let empty = print(&channel)?.len();
    let mut room = site.feed.bytes.saturating_sub(empty);
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries {
        channel.items = vec![entry.item];
        let mut size = print(&channel)?.len() - empty;
        // A text too long for the whole feed is left to its page; its summary stays.
        if size > room && kept.is_empty() {
            channel.items[0].content = None;
            size = print(&channel)?.len() - empty;
        }
        if size > room {
            break;
        }
        room -= size;
        kept.append(&mut channel.items);
    }
    channel.items = kept;
    print(&channel)
}

fn print(channel: &Channel) -> Result<Vec<u8>, WriteError> {
    channel
        .pretty_write_to(Vec::new(), b' ', 2)
        .map(|mut bytes| {
            bytes.push(b'\n');
            bytes
        })
        .map_err(|error| WriteError {
            format: FORMAT.name,
            release: None,
            message: error.to_string(),
        })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{date, paragraph, published, site, stated};
    use super::*;
    use crate::model::Topic;

    struct Shelf(Vec<Listed>, Vec<Published>);

    impl Shelf {
        fn of(releases: Vec<Published>) -> Self {
            Self(releases.iter().filter_map(Listed::of).collect(), releases)
        }
    }

    impl Catalog for Shelf {
        fn listed(&self) -> &[Listed] {
            &self.0
        }

        fn load(&self, listed: &Listed) -> Result<Published, WriteError> {
            let found = self
                .1
                .iter()
                .find(|published| published.release.id == listed.id);
            Ok(found.expect("a listed release").clone())
        }

        fn now(&self) -> DateTime<Utc> {
            DateTime::UNIX_EPOCH
        }

        fn last_change(&self, _language: Option<&str>) -> Option<DateTime<Utc>> {
            self.0.iter().map(|listed| listed.version_created).max()
        }
    }

    fn text_of(releases: Vec<Published>, site: &Site) -> Vec<u8> {
        let mut out = Artifacts::default();
        Rss.collection(&Shelf::of(releases), site, &mut out)
            .expect("a feed");
        out.0
            .remove(&(Stage::Collection, "feed.xml".to_owned()))
            .expect("the feed of all")
    }

    fn feeds(releases: Vec<Published>, site: &Site) -> BTreeMap<String, Channel> {
        let mut out = Artifacts::default();
        Rss.collection(&Shelf::of(releases), site, &mut out)
            .expect("a feed");
        let channel = |bytes: &Vec<u8>| Channel::read_from(&bytes[..]).expect("a feed that reads");
        out.0
            .iter()
            .map(|((_, path), bytes)| (path.clone(), channel(bytes)))
            .collect()
    }

    fn titles(channel: &Channel) -> Vec<&str> {
        channel.items.iter().filter_map(Item::title).collect()
    }

    #[test]
    fn every_language_has_a_feed_of_its_own() {
        let mut french = published("b");
        french.release.language = Some(stated("fr".into()));
        let mut unknown = published("c");
        unknown.release.language = None;
        let feeds = feeds(vec![published("a"), french, unknown], &site());
        let sizes: Vec<_> = feeds
            .iter()
            .map(|(path, feed)| (path.as_str(), feed.items.len()))
            .collect();
        assert_eq!(
            sizes,
            [("feed.en.xml", 1), ("feed.fr.xml", 1), ("feed.xml", 3)]
        );
        assert_eq!(feeds["feed.fr.xml"].language(), Some("fr"));
    }

    #[test]
    fn instants_order_items_and_months_have_none() {
        let dated = |id: &str, iso: &str| {
            let mut published = published(id);
            published.release.headline = Some(stated(id.into()));
            published.release.published = Some(date(iso));
            published
        };
        let releases = vec![
            dated("morning", "2026-03-02T09:00+01:00"),
            dated("day", "2026-03-02"),
            dated("month", "2026-03"),
            dated("late", "2026-03-02T23:00-05:00"),
        ];
        let feed = &feeds(releases, &site())["feed.xml"];
        assert_eq!(titles(feed), ["late", "day", "morning", "month"]);
        assert_eq!(
            feed.items[1].pub_date(),
            Some("Mon, 02 Mar 2026 12:00:00 +0000")
        );
        assert_eq!(feed.items[3].pub_date(), None);
        assert_eq!(
            feed.last_build_date(),
            Some("Tue, 03 Mar 2026 04:00:00 +0000")
        );
    }

    #[test]
    fn size_is_bounded_in_items_and_bytes() {
        let mut site = site();
        site.feed.items = 3;
        let many = || (0..5).map(|i| published(&format!("r{i}"))).collect();
        assert_eq!(feeds(many(), &site)["feed.xml"].items.len(), 3);
        site.feed.bytes = text_of(many(), &site).len() - 1;
        assert_eq!(feeds(many(), &site)["feed.xml"].items.len(), 2);

        let mut long = published("long");
        long.release.body.push(paragraph(&"far ".repeat(1_000)));
        let feed = &feeds(vec![long], &site)["feed.xml"];
        assert_eq!(feed.items[0].content(), None);
        assert_eq!(feed.items[0].description(), Some("The quay opens."));
    }

    #[test]
    fn text_is_escaped_once_and_control_characters_stay_inside() {
        let mut hostile = published("a");
        hostile.release.headline = Some(stated("R&D <b> \u{1}\u{FFFE}]]>".into()));
        hostile.release.topics = vec![
            Topic {
                name: stated("R&D".into()),
                media_topic: None,
            },
            Topic {
                name: stated("R&D".into()),
                media_topic: None,
            },
        ];
        let feed = &feeds(vec![hostile], &site())["feed.xml"];
        let item = &feed.items[0];
        assert_eq!(item.title(), Some("R&D <b> ]]>"));
        assert_eq!(item.categories.len(), 1);
        assert_eq!(
            item.content(),
            Some("<p>The quay opens.</p>\n<p>Ships &lt; 5 m &amp; boats may land.</p>")
        );
        let guid = item.guid().expect("a guid");
        assert_eq!(
            (guid.value(), guid.is_permalink()),
            ("tag:press.example,2026:release/a", false)
        );
        assert_eq!(item.author(), None);
    }

    #[test]
    fn a_correction_keeps_its_date_and_says_so() {
        let mut corrected = published("a");
        corrected.version = 2;
        corrected.version_created += chrono::TimeDelta::days(3);
        corrected.change = Some(Change::Correction);
        corrected.note = Some("The depth was wrong.".into());
        let updated = &updated(&corrected)["atom"]["updated"][0];
        assert_eq!(updated.value(), Some("2026-03-05T08:00:00Z"));
        let feed = &feeds(vec![corrected], &site())["feed.xml"];
        let item = &feed.items[0];
        assert_eq!(item.pub_date(), Some("Mon, 02 Mar 2026 12:00:00 +0000"));
        assert!(
            item.content()
                .is_some_and(|html| html.starts_with("<p><em>The depth was wrong.</em></p>"))
        );
        assert_eq!(
            feed.last_build_date(),
            Some("Thu, 05 Mar 2026 08:00:00 +0000")
        );
    }
}
