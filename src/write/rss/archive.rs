//! Archive pages of a feed (RFC 5005, section 4): every release of each year with its headline, address and date, so
//! that a reader can follow a feed back to its beginning.
//!
//! A year with many releases has several pages, filled from the oldest on, so that only the newest ever changes.

use std::collections::BTreeMap;

use ::rss::extension::Extension;
use ::rss::extension::atom::Link;
use ::rss::{Channel, Guid, Item};
use chrono::Datelike;

use super::{FORMAT, channel, path, rfc_822};
use crate::model::Site;
use crate::write::web::{address, clean, instant};
use crate::write::{Listed, tag_uri};

/// Namespace of RFC 5005.
pub(super) const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// Items on a page: with addresses and headlines of usual length it stays below the size of a feed.
const ITEMS: usize = 1000;

/// An archive page: all that it is made of.
#[derive(Debug, Hash)]
pub(super) struct Page<'l> {
    /// Its path.
    pub(super) path: String,
    language: Option<&'l str>,
    /// Oldest first.
    listed: Vec<&'l Listed>,
    /// Path of the page before.
    previous: Option<String>,
    /// Path of the page behind.
    next: Option<String>,
}

/// The archive pages of one feed, oldest first. `listed` has its releases, newest first.
pub(super) fn pages<'l>(
    language: Option<&'l str>,
    listed: &[&'l Listed],
    site: &Site,
) -> Vec<Page<'l>> {
    let mut years: BTreeMap<i32, Vec<&Listed>> = BTreeMap::new();
    for one in listed.iter().rev() {
        let first = one.first_published.as_ref().unwrap_or(&one.published);
        years.entry(first.first_day().year()).or_default().push(one);
    }
    let mut pages: Vec<Page<'l>> = Vec::new();
    for (year, mut of_year) in years {
        of_year.sort_by_cached_key(|listed| moment(listed, site));
        for (part, number) in of_year.chunks(ITEMS).zip(1..) {
            let path = page_path(year, number, language);
            let previous = pages.last_mut().map(|page| {
                page.next = Some(path.clone());
                page.path.clone()
            });
            pages.push(Page {
                path,
                language,
                listed: part.to_vec(),
                previous,
                next: None,
            });
        }
    }
    pages
}

impl Page<'_> {
    /// The page as a feed.
    pub(super) fn channel(&self, site: &Site) -> Channel {
        let mut page = channel(self.language, &self.path, site);
        mark(&mut page);
        let moments = self.listed.iter().filter_map(|listed| moment(listed, site));
        page.last_build_date = moments.max().map(rfc_822);
        let newest_first = self.listed.iter().rev();
        page.items = newest_first.map(|listed| item(listed, site)).collect();
        let ways = [
            ("current", Some(super::path(self.language))),
            ("prev-archive", self.previous.clone()),
            ("next-archive", self.next.clone()),
        ];
        for (rel, to) in ways {
            if let Some(to) = to {
                point(&mut page, rel, &to, site);
            }
        }
        page
    }
}

/// Adds a link to another page of the feed.
pub(super) fn point(channel: &mut Channel, rel: &str, path: &str, site: &Site) {
    let links = channel.atom_ext.get_or_insert_default();
    links.links.push(Link {
        href: address(site, path),
        rel: rel.to_owned(),
        mime_type: Some(FORMAT.media_type.to_owned()),
        ..Link::default()
    });
}

/// `fh:archive`: the page is no feed to subscribe to.
fn mark(channel: &mut Channel) {
    let archive = Extension {
        name: "fh:archive".to_owned(),
        ..Extension::default()
    };
    let named = BTreeMap::from([("archive".to_owned(), vec![archive])]);
    channel.extensions.insert("fh".to_owned(), named);
    channel
        .namespaces
        .insert("fh".to_owned(), HISTORY.to_owned());
}

fn moment(listed: &Listed, site: &Site) -> Option<chrono::DateTime<chrono::Utc>> {
    let date = listed.first_published.as_ref()?;
    instant(date, site, site.feed.date_only_time)
}

fn item(listed: &Listed, site: &Site) -> Item {
    Item {
        title: Some(clean(&listed.headline)),
        link: Some(address(site, &listed.page)),
        guid: Some(Guid {
            value: tag_uri(site, &listed.id),
            permalink: false,
        }),
        pub_date: moment(listed, site).map(rfc_822),
        ..Item::default()
    }
}

/// `feeds/2026.xml`, `feeds/2026-2.fr.xml`.
fn page_path(year: i32, number: usize, language: Option<&str>) -> String {
    let part = if number > 1 {
        format!("-{number}")
    } else {
        String::new()
    };
    format!(
        "feeds/{year:04}{part}{}",
        path(language).trim_start_matches("feed")
    )
}
