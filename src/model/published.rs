//! A release as the archive holds it: with identity, version and instants.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::source::{Offsets, Span};

use super::Release;

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
    /// Version of each main event's own archive item, in the same order.
    pub event_versions: Vec<u32>,
    /// Folder of the archive items: `YYYY/MM` of version 1.
    pub archive_folder: String,
    /// Why this version was made, from version 2 on; shown as a correction note where the office gives one.
    pub note: Option<String>,
    /// The same release under other names.
    pub alternates: Vec<Alternate>,
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
