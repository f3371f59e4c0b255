//! The release as received: found by glob, decoded once, and fixed from there on.
//!
//! Every [`Span`] of the program points into [`Source::text`].

mod offsets;
mod span;

pub use offsets::Offsets;
pub use span::{Position, Span};

use serde::{Deserialize, Serialize};

/// Where a source came from, as the record's `source` object prints it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The path as found, with `/` between folders, or the `name` of an NDJSON line.
    pub name: String,
    /// SHA-256 of the bytes as received, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Number of bytes as received.
    pub bytes: u64,
    /// Media type of the bytes: `text/plain` or `text/html`.
    pub media_type: String,
    /// WHATWG name of the encoding in lower case: `utf-8`, `utf-16le`, `windows-1252`.
    pub encoding: String,
}

/// A decoded release text with its origin.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the input folder without its extension, made safe for addresses: the release's identity.
    pub id: String,
    /// Where the text came from.
    pub origin: Origin,
    /// The bytes as received; the archive keeps them.
    pub bytes: Vec<u8>,
    /// The decoded text: UTF-8, lines end in `\n`, no control characters but `\n` and `\t`,
    /// no soft hyphens, zero-width or bidi controls, no-break spaces as plain ones.
    pub text: String,
    /// Where each part of `text` lies in `bytes`.
    pub offsets: Offsets,
    /// What decoding changed, for the diagnostics: character class and count.
    pub repairs: Vec<Repair>,
}

/// A class of characters that decoding replaced or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What was found, in words: `soft hyphen`, `NUL`, `byte that is no windows-1252`.
    pub what: &'static str,
    /// How many.
    pub count: usize,
}
