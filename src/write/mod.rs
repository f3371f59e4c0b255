//! The writers: one module for each format, each a pure function from model to bytes.
//!
//! A new format is one file, its `mod` line and its line in [`WRITERS`].

pub mod atom;
mod collection;
pub mod icalendar;
pub mod json_feed;
pub mod json_ld;
mod markup;
mod newest;
pub mod newsml_g2;
pub mod pages;
pub mod rss;
#[cfg(test)]
mod sample;
pub mod sitemap;
mod web;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::model::{Date, EventKey, FormerEvent, Published, Site};
pub use collection::{Collection, Digest, Lists, Shelf};

/// What a format is called and where it is specified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Format {
    /// Short name, lower case with hyphens: the choice of `--format`.
    pub name: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Link relation under which pages point at it; `None`: they do not.
    pub rel: Option<&'static str>,
    /// Address of the specification.
    pub spec: &'static str,
}

impl Format {
    /// Why a document could not be made in this format: that of a release, where one is named.
    fn fault(&self, release: Option<&str>, error: impl fmt::Display) -> WriteError {
        WriteError {
            format: self.name,
            release: release.map(str::to_owned),
            message: error.to_string(),
        }
    }
}

/// A format: from model to named bytes.
pub trait Writer: Sync {
    /// The format's facts.
    fn format(&self) -> &'static Format;

    /// Documents of one release version. Pure: no disk, no clock, no setting but those in `site`.
    fn release(
        &self,
        _release: &Published,
        _site: &Site,
        _out: &mut Artifacts,
    ) -> Result<(), WriteError> {
        Ok(())
    }

    /// Documents of this format that a page points at: those of a release, or, where there is none, of the whole site.
    fn links(&self, _release: Option<&Published>, _site: &Site) -> Vec<DocumentLink> {
        Vec::new()
    }

    /// Documents of this format about one main event, by its number: what its page points at.
    fn event_links(&self, _release: &Published, _number: u32, _site: &Site) -> Vec<DocumentLink> {
        Vec::new()
    }

    /// Documents of this format that list many releases and that not every page points at: the page that lists all does.
    fn list_links(&self, _catalog: &dyn Catalog, _site: &Site) -> Vec<DocumentLink> {
        Vec::new()
    }

    /// Ids of the releases that lists of this format treat otherwise only because of the hour of the run, each with the
    /// last moment at which they do. Where these change, the lists are made anew though no release did.
    fn of_the_hour<'c>(
        &self,
        _catalog: &'c dyn Catalog,
        _site: &Site,
    ) -> Vec<(&'c str, DateTime<Utc>)> {
        Vec::new()
    }

    /// Words that the format's documents say of themselves. All others are the release's or the site's.
    fn own_words(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Texts compiled in that documents are made with, such as templates: where one changes, documents are made anew.
    fn material(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Documents that list many releases. Never holds all releases at once.
    fn collection(
        &self,
        _catalog: &dyn Catalog,
        _site: &Site,
        _out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        Ok(())
    }

    /// All of those documents, whatever stands.
    fn lists(&self, catalog: &dyn Catalog, site: &Site) -> Result<Artifacts, WriteError> {
        let mut out = Collection::default();
        self.collection(catalog, site, &mut out)?;
        Ok(out.lists.artifacts)
    }
}

/// Every format that a run writes.
pub static WRITERS: &[&dyn Writer] = &[
    &json_ld::JsonLd,
    &newsml_g2::NewsMlG2,
    &rss::Rss,
    &atom::Atom,
    &json_feed::JsonFeed,
    &icalendar::ICalendar,
    &sitemap::Sitemap,
    &pages::Pages,
];

/// A document that a page points at, under the relation and media type of its format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentLink {
    /// Path below the output folder.
    pub path: String,
    /// What a reader is offered.
    pub title: String,
}

/// When an artifact is brought to disk: what lists documents comes after them, so that a list never points at one that is
/// not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Archive items of events.
    EventItem,
    /// The archive item of the release: its commit point.
    ReleaseItem,
    /// Documents of one release.
    Release,
    /// Documents of one event.
    Event,
    /// Documents that list many.
    Collection,
    /// Feeds: they lead to such documents.
    Feed,
    /// The page that everything is reached from.
    Index,
    /// What tells crawlers of all pages.
    Sitemap,
    /// What tells crawlers where that stands.
    SitemapIndex,
}

/// Named bytes that a writer made, with `/` between folders, below the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artifacts(pub BTreeMap<(Stage, String), Vec<u8>>);

impl Artifacts {
    /// Adds one. Two writers never make the same path.
    pub fn put(&mut self, stage: Stage, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let path = path.into();
        let before = self.0.insert((stage, path.clone()), bytes.into());
        debug_assert!(before.is_none(), "two artifacts claim {path}");
    }

    /// Adds those of another writer.
    pub fn add(&mut self, other: Self) {
        for ((stage, path), bytes) in other.0 {
            self.put(stage, path, bytes);
        }
    }
}

/// One published release as lists need it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Listed {
    /// Identity.
    pub id: Arc<str>,
    /// Current version.
    pub version: u32,
    /// Stands for the version and all that other releases say that bears on it.
    pub look: u32,
    /// Page address below the site's.
    pub page: Arc<str>,
    /// Its headline.
    pub headline: Arc<str>,
    /// Publication date as published.
    pub published: Date,
    /// The same of version 1, which feeds keep.
    pub first_published: Option<Date>,
    /// Body language, BCP 47.
    pub language: Option<Arc<str>>,
    /// When anything that is published of it last changed.
    pub changed: DateTime<Utc>,
    /// When version 1 was written.
    pub first_created: DateTime<Utc>,
    /// Its main events, in order.
    pub events: Vec<ListedEvent>,
    /// Language and page of itself and each translation; empty where it has none.
    pub translations: Vec<(Arc<str>, Arc<str>)>,
}

impl Listed {
    /// The listing of a release version; `None`: it has no date, and one without is on no list.
    pub fn of(published: &Published) -> Option<Self> {
        let release = &published.release;
        let headline = release
            .headline
            .as_ref()
            .map(|fact| fact.value.as_str().into());
        let numbered = release.events.iter().zip(&published.event_numbers);
        Some(Self {
            id: release.id.as_str().into(),
            version: published.version,
            look: published.version,
            page: published.page.as_str().into(),
            headline: headline.unwrap_or_default(),
            published: release.published.as_ref()?.value.clone(),
            first_published: published.first_published.clone(),
            language: (release.language.as_ref()).map(|fact| fact.value.as_str().into()),
            changed: published.changed,
            first_created: published.first_created,
            events: numbered
                .map(|(event, number)| ListedEvent {
                    number: *number,
                    key: published.event_key(*number),
                    leads: published.leads(*number),
                    start: event.start.as_ref().map(|fact| fact.value.clone()),
                    changed: None,
                })
                .collect(),
            translations: Vec::new(),
        })
    }

    /// Whether its page tells that it changed since it was first published.
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        (self.changed > self.first_created).then_some(self.changed)
    }
}

/// A main event of a listed release.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListedEvent {
    /// Its number.
    pub number: u32,
    /// Which one it is over all releases.
    pub key: EventKey,
    /// Whether its own documents are made from this release.
    pub leads: bool,
    /// When a release last changed what it says of it.
    pub changed: Option<DateTime<Utc>>,
    /// Its first day or hour.
    pub start: Option<Date>,
}

/// A release that was taken back, as lists need it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Withdrawn {
    /// Identity.
    pub id: Arc<str>,
    /// Page address below the site's.
    pub page: Arc<str>,
    /// Body language, BCP 47.
    pub language: Option<Arc<str>>,
    /// The events that it had and that no other release tells of.
    pub events: Vec<(EventKey, FormerEvent)>,
}

/// All published releases, handed out as asked for.
pub trait Catalog: Sync {
    /// Every release that stands, newest publication date first, then by id.
    fn listed(&self) -> &[Listed];

    /// Every release that was taken back, by id.
    fn withdrawn(&self) -> &[Withdrawn] {
        &[]
    }

    /// The hour of the run.
    fn now(&self) -> DateTime<Utc>;

    /// The full release of a listing.
    fn load(&self, listed: &Listed) -> Result<Published, WriteError>;

    /// When a release of this body language, or of any, was last published, changed or taken back.
    /// A catalog that knows withdrawn releases counts them, so that it never runs backwards.
    fn last_change(&self, language: Option<&str>) -> Option<DateTime<Utc>> {
        let of_language =
            |listed: &&Listed| language.is_none() || listed.language.as_deref() == language;
        let listed = self.listed().iter().filter(of_language);
        listed.map(|listed| listed.changed).max()
    }
}

/// Why a document could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteError {
    /// The format.
    pub format: &'static str,
    /// Which release, where one.
    pub release: Option<String>,
    /// What went wrong, starts lower-case.
    pub message: String,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.format)?;
        if let Some(release) = &self.release {
            write!(f, "release {release}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for WriteError {}

/// The tag URI of a release, the one identity every web format carries: `tag:AUTHORITY:release/ID`.
pub fn tag_uri(site: &Site, id: &str) -> String {
    format!("tag:{}:release/{}", site.authority, percent_path(id))
}

/// A path made safe for addresses: everything but letters, digits, `-._~` and `/` percent-encoded.
pub fn percent_path(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const SAFE: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/');
    utf8_percent_encode(path, SAFE).to_string()
}
