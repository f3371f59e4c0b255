//! RSS 2.0: the newest releases, in one feed for all and one for each language, and archive pages with all others.
//!
//! The only module that knows the rss crate. What leaves it can be read by any XML parser: characters that XML 1.0
//! does not have are left out, since the crate would print them. A style sheet shows a feed kindly where a browser opens
//! it; it is CSS, since browsers are giving up XSLT.
//!
//! Conventions: `lastBuildDate` is that of the newest release or change, never the clock's.

mod archive;
mod media;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use ::rss::extension::atom::AtomExtension;
use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::extension::{Extension, ExtensionMap};
use ::rss::{Category, Channel, Guid, Item};
use chrono::{DateTime, Utc};
use quick_xml::escape::partial_escape;

use super::newest::{self, Entry};
use super::web::{clean, iso_instant, list_link, list_title};
use super::{Catalog, Collection, DocumentLink, Format, Listed, Stage, WriteError, Writer, pages};
use crate::model::{Published, Site};

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

/// Path of the style sheet.
const STYLE: &str = "feed.css";

static STYLE_SHEET: &str = include_str!("feed.css");

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
        let own = [
            GENERATOR,
            FORMAT.spec,
            FORMAT.media_type,
            "self",
            "current",
            "prev-archive",
            "next-archive",
            archive::HISTORY,
            "false",
            "2.0",
            "image",
        ];
        // The style sheet speaks as pages do.
        own.into_iter().chain(pages::Pages.own_words()).collect()
    }

    fn material(&self) -> Vec<&'static str> {
        vec![STYLE_SHEET]
    }

    fn collection(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
        out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        let mut feeds: BTreeMap<Option<&str>, Vec<&Listed>> = BTreeMap::from([(None, Vec::new())]);
        for listed in catalog.listed() {
            let language = listed.language.as_deref();
            for language in [None].into_iter().chain(language.map(Some)) {
                feeds.entry(language).or_default().push(listed);
            }
        }
        let mut loaded: BTreeMap<&str, Entry> = BTreeMap::new();
        for (language, all) in feeds {
            let newest = &all[..all.len().min(site.feed.items)];
            let last_change = catalog.last_change(language);
            let pages = archive::pages(language, &all, site);
            let mut made = || {
                let mut entries = Vec::new();
                for listed in newest {
                    if !loaded.contains_key(&*listed.id) {
                        let entry = Entry::of(&catalog.load(listed)?, site);
                        loaded.insert(&listed.id, entry);
                    }
                    entries.extend(loaded.get(&*listed.id).cloned());
                }
                newest::sort(&mut entries);
                let mut channel = feed(language, entries, last_change, site)?;
                let is_whole = channel.items.len() == all.len();
                // Readers find there what the feed has no room for.
                if let Some(page) = pages.last().filter(|_| !is_whole) {
                    archive::point(&mut channel, "prev-archive", &page.path, site);
                }
                Ok((styled(&print(&channel)?, ""), is_whole))
            };
            if newest.len() < all.len() {
                let of = (newest, last_change, pages.last().map(|page| &page.path));
                out.list(Stage::Feed, path(language), &of, || {
                    made().map(|(bytes, _)| bytes)
                })?;
            } else {
                let (bytes, is_whole) = made()?;
                out.put(Stage::Feed, path(language), bytes);
                if is_whole {
                    continue;
                }
            }
            for page in &pages {
                out.list(Stage::Collection, page.path.as_str(), page, || {
                    Ok(styled(&print(&page.channel(site))?, "../"))
                })?;
            }
        }
        let hint = serde_json::Value::from(pages::label("feed_hint", site)).to_string();
        out.put(Stage::Collection, STYLE, STYLE_SHEET.replace("HINT", &hint));
        Ok(())
    }
}

fn link(language: Option<&str>, site: &Site) -> DocumentLink {
    list_link(site, path(language), language)
}

fn path(language: Option<&str>) -> String {
    language.map_or_else(|| "feed.xml".to_owned(), |tag| format!("feed.{tag}.xml"))
}

fn item(entry: &Entry, site: &Site) -> Item {
    let categories = entry.topics.iter().map(|name| Category {
        name: name.clone(),
        domain: None,
    });
    Item {
        title: entry.title.clone(),
        link: Some(entry.page.clone()),
        description: (entry.lead.as_ref()).map(|text| partial_escape(text.as_str()).into_owned()),
        categories: categories.collect(),
        guid: Some(Guid {
            value: entry.id.clone(),
            permalink: false,
        }),
        pub_date: entry.instant.map(rfc_822),
        content: entry.html.clone(),
        enclosure: entry.images.first().map(media::enclosure),
        extensions: extensions(entry),
        dublin_core_ext: Some(DublinCoreExtension {
            creators: vec![clean(&site.publisher.name)],
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}

/// RFC 822 with the year and zone of RFC 2822, the day in two digits (RULES RS-3).
fn rfc_822(instant: DateTime<Utc>) -> String {
    instant.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// `atom:updated` of a changed release: its `pubDate` stays, or readers would take it for a new one (RULES RS-17); and
/// its pictures.
fn extensions(entry: &Entry) -> ExtensionMap {
    let mut all = ExtensionMap::new();
    if let Some(instant) = entry.modified {
        let updated = Extension {
            name: "atom:updated".to_owned(),
            value: Some(iso_instant(instant)),
            ..Extension::default()
        };
        let named = BTreeMap::from([("updated".to_owned(), vec![updated])]);
        all.insert("atom".to_owned(), named);
    }
    if !entry.images.is_empty() {
        all.insert(media::PREFIX.to_owned(), media::contents(&entry.images));
    }
    all
}

/// A feed or archive page at a path, without items.
fn channel(language: Option<&str>, path: &str, site: &Site) -> Channel {
    let mut channel = Channel {
        title: clean(&list_title(site, language)),
        link: site.base_url.clone(),
        description: clean(&site.description),
        language: Some(language.unwrap_or(&site.language).to_owned()),
        generator: Some(GENERATOR.to_owned()),
        docs: Some(FORMAT.spec.to_owned()),
        atom_ext: Some(AtomExtension::default()),
        ..Channel::default()
    };
    archive::point(&mut channel, "self", path, site);
    channel
}

/// A feed of the newest entries that fit.
fn feed(
    language: Option<&str>,
    entries: Vec<Entry>,
    last_change: Option<DateTime<Utc>>,
    site: &Site,
) -> Result<Channel, WriteError> {
    let newest = entries.first().and_then(|entry| entry.instant);
    let mut channel = channel(language, &path(language), site);
    channel.last_build_date = newest.max(last_change).map(rfc_822);
    let empty = print(&channel)?.len();
    // Room for the link to the archive, and for the line that names the style sheet.
    let reserved = empty + site.base_url.len() + 256;
    let size = |entry: &Entry| {
        let mut alone = channel.clone();
        alone.items = vec![item(entry, site)];
        Ok(print(&alone)?.len() - empty)
    };
    let room = site.feed.bytes.saturating_sub(reserved);
    let kept = newest::fitting(entries, room, size)?;
    channel.items = kept.iter().map(|entry| item(entry, site)).collect();
    if kept.iter().any(|entry| !entry.images.is_empty()) {
        (channel.namespaces).insert(media::PREFIX.to_owned(), media::NAMESPACE.to_owned());
    }
    Ok(channel)
}

/// A document that names the style sheet behind its declaration; `root` is the way to the output folder.
fn styled(document: &[u8], root: &str) -> Vec<u8> {
    let at = (document.windows(2)).position(|pair| pair == b"?>");
    let (declaration, rest) = document.split_at(at.map_or(0, |at| at + 2));
    let style = format!("\n<?xml-stylesheet type=\"text/css\" href=\"{root}{STYLE}\"?>");
    [declaration, style.as_bytes(), rest].concat()
}

fn print(channel: &Channel) -> Result<Vec<u8>, WriteError> {
    channel
        .pretty_write_to(Vec::new(), b' ', 2)
        .map(|mut bytes| {
            bytes.push(b'\n');
            bytes
        })
        .map_err(|error| FORMAT.fault(None, error))
}
