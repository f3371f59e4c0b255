//! A release as the archive holds it: with identity, version and instants.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::source::{Offsets, Span};

use super::event::codes;
use super::{Date, Release};

/// One version of a published release: what writers are given.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The facts.
    pub release: Release,
    /// What reading had to say of them; part of the record.
    pub diagnostics: Vec<crate::diagnostic::Diagnostic>,
    /// The bytes as received; only the archive prints them.
    pub bytes: Vec<u8>,
    /// Where the text's spans lie in `bytes`.
    pub offsets: Offsets,
    /// 1 for the first.
    pub version: u32,
    /// When version 1 was written. Whole seconds.
    pub first_created: DateTime<Utc>,
    /// When this version was written. Whole seconds.
    pub version_created: DateTime<Utc>,
    /// When anything that is published of it last changed: a version that only makes another name or a translation known
    /// leaves it. Whole seconds.
    pub changed: DateTime<Utc>,
    /// Publication date of version 1, which feeds keep whatever is corrected later (RULES RS-17).
    pub first_published: Option<Date>,
    /// Whether it stands.
    pub standing: Standing,
    /// Address of the page below the site's address: `releases/ID.html`. Never changes.
    pub page: String,
    /// Number of each main event, in the order of `release.events`; a number stays with its event over all versions.
    pub event_numbers: Vec<u32>,
    /// The archive item of each main event, in the same order; `None`: an event without a day has none.
    pub event_items: Vec<Option<EventItem>>,
    /// Main events of earlier versions that this version no longer has, by number. Their numbers are never given again.
    pub former_events: Vec<FormerEvent>,
    /// Events, present and former, that another release told of first: by their numbers here.
    pub told_before: BTreeMap<u32, EventKey>,
    /// Folder of the archive items: `YYYY/MM` of version 1.
    pub archive_folder: String,
    /// Why this version was made; `None` for version 1.
    pub change: Option<Change>,
    /// What the office says of the change, in its own words; shown as a correction note where `change` is a correction.
    pub note: Option<String>,
    /// The same release under other names.
    pub alternates: Vec<Alternate>,
    /// Id of the release that this one translates.
    pub translation_of: Option<String>,
    /// What other releases say that bears on this one. No part of the version: filled in when documents are made.
    pub related: Related,
}

/// Which event one is, over all releases that tell of it: the one that told of it first, and its number there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct EventKey {
    /// Id of the release.
    pub release: String,
    /// Number of the event in it.
    pub number: u32,
}

/// What other releases say that bears on one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Related {
    /// Events that other releases tell of, too: by their numbers here.
    pub events: BTreeMap<u32, SharedEvent>,
    /// The release and its translations, itself among them, the oldest first; empty where it has none.
    pub translations: Vec<Mention>,
    /// The one of them that the others translate, where it stands.
    pub original: Option<String>,
}

/// An event that several releases tell of.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedEvent {
    /// Which one it is.
    pub key: EventKey,
    /// Page of the release that told of it first.
    pub page: String,
    /// Versions and instants of the items of all that told of it.
    pub item: Option<EventItem>,
    /// Whether this release is the one that the event's own documents are made from.
    pub leads: bool,
    /// All releases that stand and tell of it, the oldest first.
    pub releases: Vec<Mention>,
}

/// A release as others refer to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Its id.
    pub id: String,
    /// Page address below the site's.
    pub page: String,
    /// Its headline.
    pub headline: String,
    /// Publication date.
    pub published: Option<Date>,
    /// Body language, BCP 47.
    pub language: Option<String>,
}

/// The archive item of an event: it has versions of its own, and changes only when the event does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub struct EventItem {
    /// 1 for the first.
    pub version: u32,
    /// When its version 1 was written. Whole seconds.
    pub first_created: DateTime<Utc>,
    /// When this version was written: by this version of the release, or an earlier one. Whole seconds.
    pub version_created: DateTime<Utc>,
}

/// A main event that the release once had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub struct FormerEvent {
    /// Its number.
    pub number: u32,
    /// Its name when it was last there.
    pub name: String,
    /// Its first day or hour, in ISO form, when it was last there.
    pub start: Option<String>,
    /// Its archive item, whose last version takes it back; `None`: it had none.
    pub item: Option<EventItem>,
}

codes! {
    /// Why a new version was made. NewsML-G2 `edNote/@role`.
    Change {
        /// The office corrected the release, and says so.
        Correction = "correction",
        /// The source changed.
        Update = "update",
        /// The office took the release back.
        Withdrawal = "withdrawal",
        /// A release that was kept back was set free.
        Release = "release",
        /// The same source was read again by a newer program.
        Reprocessed = "reprocessed",
    }
}

/// Whether a release stands. Record field `status`; NewsML-G2 `pubStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Published.
    Usable,
    /// Kept back.
    Withheld,
    /// Taken back by the office.
    Withdrawn,
}

/// Another source of the same release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternate {
    /// Its id.
    pub id: String,
    /// Locale of the page it came from, BCP 47.
    pub language: Option<String>,
}

impl Published {
    /// Where a span of the text lies in the bytes as received.
    pub fn byte_span(&self, span: Span) -> Span {
        self.offsets.to_bytes(span)
    }

    /// When anything that is published of it changed since version 1; `None`: nothing did.
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        (self.changed > self.first_created).then_some(self.changed)
    }

    /// Which event over all releases the one with this number is.
    pub fn event_key(&self, number: u32) -> EventKey {
        let own = || EventKey {
            release: self.release.id.clone(),
            number,
        };
        self.told_before.get(&number).cloned().unwrap_or_else(own)
    }

    /// Whether the documents of the event with this number are made from this release.
    pub fn leads(&self, number: u32) -> bool {
        let shared = self.related.events.get(&number);
        shared.is_none_or(|event| event.leads)
    }

    /// This release as others refer to it.
    pub fn mention(&self) -> Mention {
        let release = &self.release;
        Mention {
            id: release.id.clone(),
            page: self.page.clone(),
            headline: (release.headline.as_ref()).map_or_else(String::new, |f| f.value.clone()),
            published: release.published.as_ref().map(|fact| fact.value.clone()),
            language: release.language.as_ref().map(|fact| fact.value.clone()),
        }
    }
}
