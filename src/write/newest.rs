//! What feeds of every format share: the newest releases as entries, and how many of them fit.
//!
//! Conventions: a release that has a day and no clock time gets the time that the settings give (OUTPUTS, RSS).

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use quick_xml::escape::partial_escape;

use super::web::{address, clean, image_address, instant, lead, shown};
use super::{Catalog, Listed, WriteError, markup, tag_uri};
use crate::model::{Change, Image, Published, Site};
use crate::source::ImageFormat;

/// A release as feeds have it. Any XML document may hold its texts.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its tag URI.
    pub(super) id: String,
    /// Address of its page.
    pub(super) page: String,
    /// Its headline.
    pub(super) title: Option<String>,
    /// The words that open it, plain.
    pub(super) lead: Option<String>,
    /// The full text as HTML; the office's note on a correction stands before it. Left out where it is too long.
    pub(super) html: Option<String>,
    /// Its pictures.
    pub(super) images: Vec<Picture>,
    /// Its topics, once each.
    pub(super) topics: Vec<String>,
    /// Body language, BCP 47.
    pub(super) language: Option<String>,
    /// When it was published; `None`: only a month or year is known.
    pub(super) instant: Option<DateTime<Utc>>,
    /// When it changed, where it has since.
    pub(super) modified: Option<DateTime<Utc>>,
    /// When it was first written.
    pub(super) first_created: DateTime<Utc>,
}

/// A picture as feeds have it.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    /// Its absolute address.
    pub(super) url: String,
    /// What is known of it, in texts that any XML document may hold.
    pub(super) image: Image,
}

/// Words that feeds say of pictures.
pub(super) fn own_words() -> impl Iterator<Item = &'static str> {
    ImageFormat::ALL.iter().map(|format| format.media_type())
}

impl Picture {
    fn of(published: &Published, image: &Image, site: &Site) -> Self {
        let text = |text: &Option<String>| text.as_deref().map(clean);
        Self {
            url: image_address(published, image, site),
            image: Image {
                alt: clean(&image.alt),
                caption: text(&image.caption),
                credit: text(&image.credit),
                ..image.clone()
            },
        }
    }
}

impl Entry {
    /// The entry of a release.
    pub(super) fn of(published: &Published, site: &Site) -> Self {
        let release = &published.release;
        // Readers would take another date for another release, whatever was corrected (RULES RS-17).
        let date = published.first_published.as_ref();
        let mut topics: Vec<String> = Vec::new();
        for topic in &release.topics {
            let name = shown(site, Some(&topic.name)).map(|name| clean(name));
            topics.extend(name.filter(|name| !topics.contains(name)));
        }
        Self {
            id: tag_uri(site, &release.id),
            page: address(site, &published.page),
            title: release.headline.as_ref().map(|fact| clean(&fact.value)),
            lead: lead(published, site).map(clean),
            html: Some(clean(&content(published, site))),
            images: (release.images.iter())
                .map(|fact| Picture::of(published, &fact.value, site))
                .collect(),
            topics,
            language: release.language.as_ref().map(|fact| fact.value.clone()),
            instant: date.and_then(|date| instant(date, site, site.feed.date_only_time)),
            modified: published.modified(),
            first_created: published.first_created,
        }
    }

    /// When it last changed, or else was published; where no day is known, when it was first written.
    pub(super) fn updated(&self) -> DateTime<Utc> {
        let changed = self.modified.max(self.instant);
        changed.unwrap_or(self.first_created)
    }
}

fn content(published: &Published, site: &Site) -> String {
    let note = published.note.as_deref();
    let note = note.filter(|_| published.change == Some(Change::Correction));
    let mut html = note.map_or_else(String::new, |note| {
        format!("<p><em>{}</em></p>\n", partial_escape(note))
    });
    for image in published.release.images.iter().map(|fact| &fact.value) {
        html.push_str(&markup::figure(
            &image_address(published, image, site),
            image,
        ));
    }
    html.push_str(markup::blocks(&published.release.body).trim_end());
    html
}

/// The newest releases, as many as the settings allow.
pub(super) fn listed<'c>(catalog: &'c dyn Catalog, site: &Site) -> &'c [Listed] {
    let all = catalog.listed();
    &all[..all.len().min(site.feed.items)]
}

/// The same as entries.
pub(super) fn entries(catalog: &dyn Catalog, site: &Site) -> Result<Vec<Entry>, WriteError> {
    let newest = listed(catalog, site).iter();
    let loaded = newest.map(|listed| Ok(Entry::of(&catalog.load(listed)?, site)));
    let mut entries = loaded.collect::<Result<Vec<_>, _>>()?;
    sort(&mut entries);
    Ok(entries)
}

/// Newest first. The catalog knows days; only here do they become instants, which zones and clock times may order
/// otherwise.
pub(super) fn sort(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| Reverse(entry.instant));
}

/// So many entries, from the first, as fit into `room` bytes. A text too long for the whole feed is left to its page; its
/// summary stays.
pub(super) fn fitting(
    entries: Vec<Entry>,
    mut room: usize,
    size: impl Fn(&Entry) -> Result<usize, WriteError>,
) -> Result<Vec<Entry>, WriteError> {
    let mut kept = Vec::with_capacity(entries.len());
    for mut entry in entries {
        let mut bytes = size(&entry)?;
        if bytes > room && kept.is_empty() {
            entry.html = None;
            bytes = size(&entry)?;
        }
        if bytes > room {
            break;
        }
        room -= bytes;
        kept.push(entry);
    }
    Ok(kept)
}
