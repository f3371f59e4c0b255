//! A release as the archive holds it: with identity, version and instants.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::source::{Offsets, Span};

use super::Release;
use super::event::codes;

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
    /// Folder of the archive items: `YYYY/MM` of version 1.
    pub archive_folder: String,
    /// Why this version was made; `None` for version 1.
    pub change: Option<Change>,
    /// What the office says of the change, in its own words; shown as a correction note where `change` is a correction.
    pub note: Option<String>,
    /// The same release under other names.
    pub alternates: Vec<Alternate>,
}

/// The archive item of an event: it has versions of its own, and changes only when the event does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventItem {
    /// 1 for the first.
    pub version: u32,
    /// When its version 1 was written. Whole seconds.
    pub first_created: DateTime<Utc>,
    /// When this version was written: by this version of the release, or an earlier one. Whole seconds.
    pub version_created: DateTime<Utc>,
}

/// A main event that the release once had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}
