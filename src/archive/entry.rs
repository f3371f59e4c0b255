//! What the index keeps of a release.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Sketch;
use super::fingerprint::{self, Fingerprint};
use crate::model::{Alternate, Date, EventItem, EventKey, FormerEvent, Published, Standing};
use crate::write::newsml_g2::paths;

/// The newest version of a release, as far as lists and the next version need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Identity.
    pub id: Arc<str>,
    /// Newest version.
    pub version: u32,
    /// When version 1 was written.
    pub first_created: DateTime<Utc>,
    /// When the newest version was written.
    pub version_created: DateTime<Utc>,
    /// When anything that is published of it last changed.
    pub changed: DateTime<Utc>,
    /// Whether it stands.
    pub standing: Standing,
    /// Page address below the site's.
    pub page: Arc<str>,
    /// Folder of its archive items, `YYYY/MM` of version 1.
    pub archive_folder: String,
    /// Its headline; empty where it has none.
    pub headline: Arc<str>,
    /// Publication date in ISO form, as precise as the text.
    pub published: Option<String>,
    /// The same of version 1.
    pub first_published: Option<String>,
    /// Body language, BCP 47.
    pub language: Option<Arc<str>>,
    /// Its main events, in order.
    pub events: Vec<EventEntry>,
    /// Main events of earlier versions that are gone.
    pub former_events: Vec<FormerEvent>,
    /// Events, present and former, that another release told of first, by number.
    pub told_before: BTreeMap<u32, EventKey>,
    /// The same release under other names.
    pub alternates: Vec<Alternate>,
    /// The release that it translates.
    pub translation_of: Option<Arc<str>>,
    /// What the office said of its newest change.
    pub note: Option<String>,
    /// Fingerprint of the source bytes.
    pub source: Fingerprint,
    /// Fingerprint of everything that is published of it.
    pub facts: Fingerprint,
    /// Fingerprint of the facts that settings or a sidecar gave.
    pub configured: Fingerprint,
    /// Fingerprint of headline and body; `None` for a withdrawn release.
    pub content: Option<Fingerprint>,
}

/// A main event of a release, as far as the next version needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventEntry {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// First day or hour in ISO form.
    pub start: Option<String>,
    /// Its own archive item.
    pub item: Option<EventItem>,
    /// Fingerprint of everything that its item says.
    pub facts: Fingerprint,
    /// What it is known by.
    pub sketch: Sketch,
}

impl Entry {
    /// The entry of a version.
    pub fn of(published: &Published) -> Self {
        let release = &published.release;
        let prints = fingerprint::of(release);
        let events = release
            .events
            .iter()
            .zip(&published.event_numbers)
            .zip(&published.event_items)
            .zip(prints.events)
            .map(|(((event, number), item), facts)| EventEntry {
                number: *number,
                name: event.name.value.clone(),
                start: event.start.as_ref().map(|start| start.value.to_string()),
                item: *item,
                facts,
                sketch: Sketch::of(event),
            })
            .collect();
        Self {
            id: release.id.as_str().into(),
            version: published.version,
            first_created: published.first_created,
            version_created: published.version_created,
            changed: published.changed,
            standing: published.standing,
            page: published.page.as_str().into(),
            archive_folder: published.archive_folder.clone(),
            headline: release
                .headline
                .as_ref()
                .map(|headline| headline.value.as_str().into())
                .unwrap_or_default(),
            published: release
                .published
                .as_ref()
                .map(|date| date.value.to_string()),
            first_published: published.first_published.as_ref().map(Date::to_string),
            language: (release.language.as_ref()).map(|tag| tag.value.as_str().into()),
            events,
            former_events: published.former_events.clone(),
            told_before: published.told_before.clone(),
            alternates: published.alternates.clone(),
            translation_of: published.translation_of.as_deref().map(Into::into),
            note: published.note.clone(),
            source: fingerprint::source(&release.origin.sha256),
            facts: prints.facts,
            configured: prints.configured,
            content: fingerprint::content(release),
        }
    }

    /// Path of the newest item below the output folder.
    pub fn item_path(&self) -> String {
        paths::release_item(&self.archive_folder, &self.id, self.version)
    }

    /// The publication date.
    pub fn published_date(&self) -> Option<Date> {
        self.published.as_deref().and_then(Date::parse)
    }
}
