//! The release as received: found by glob, decoded once, and fixed from there on.
//!
//! Every [`Span`] of the program points into [`Source::text`].

mod address;
mod clean;
mod decode;
pub mod discover;
mod file;
mod image;
mod offsets;
mod settings;
pub mod sidecar;
mod span;

pub use address::{is_host, is_web_address};
pub use clean::{Repair, RepairKind};
pub use decode::{Decoding, encoding_of_label};
pub use file::{File, Refusal, RefusalKind};
pub use image::{ImageFile, ImageFormat};
pub use offsets::Offsets;
pub use settings::{SettingsError, nearest, read_toml};
pub use sidecar::{Misplaced, Sidecar};
pub use span::{Position, Span};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where a source came from, as the record's `source` object prints it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The path as found, with `/` between folders, or the `name` of an NDJSON line.
    pub name: String,
    /// SHA-256 of the bytes as received, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Number of bytes as received.
    pub bytes: u64,
    /// Media type of the bytes: `text/plain`.
    pub media_type: String,
    /// WHATWG name of the encoding in lower case: `utf-8`, `utf-16le`, `windows-1252`.
    pub encoding: String,
}

/// A decoded release text with its origin.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the input folder without its extension: the release's identity.
    pub id: String,
    /// Where the text came from.
    pub origin: Origin,
    /// The bytes as received; the archive keeps them.
    pub bytes: Vec<u8>,
    /// The decoded text: UTF-8 in NFC, lines end in `\n`, no control characters but `\n` and `\t`, no soft hyphens,
    /// direction controls or code points without a character, no zero-width characters but joiners in scripts that
    /// need them, every space a plain one.
    pub text: String,
    /// Where each part of `text` lies in `bytes`.
    pub offsets: Offsets,
    /// What decoding changed, by kind.
    pub repairs: Vec<Repair>,
}

impl Source {
    /// Decodes the bytes of a release. Any bytes give a source; what could not be kept is in its repairs.
    ///
    /// Decoding again with `assumed` set to the encoding that [`Origin::encoding`] names gives the same text and map.
    pub fn from_bytes(id: String, name: String, bytes: Vec<u8>, decoding: &Decoding) -> Self {
        let (encoding, mark) = decode::encoding(&bytes, decoding);
        let mut cleaner = clean::Cleaner::default();
        decode::characters(&bytes, mark, encoding, &mut cleaner);
        let (text, offsets, repairs) = cleaner.finish();
        Self {
            id,
            origin: Origin {
                name,
                sha256: sha256(&bytes),
                bytes: bytes.len() as u64,
                media_type: "text/plain".to_owned(),
                encoding: encoding.name().to_ascii_lowercase(),
            },
            bytes,
            text,
            offsets,
            repairs,
        }
    }

    /// A release whose text was handed over decoded, as a line of NDJSON is: its bytes are the text's UTF-8.
    pub fn from_text(id: String, name: String, text: String) -> Self {
        let decoding = Decoding {
            assumed: Some(encoding_rs::UTF_8),
            top_level_domain: None,
        };
        Self::from_bytes(id, name, text.into_bytes(), &decoding)
    }
}

/// SHA-256 in 64 lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    (Sha256::digest(bytes).iter()).fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Text in the form that [`Source::text`] has, for short texts from elsewhere (file names, settings), and what had to
/// be changed for it.
pub(crate) fn cleaned(text: &str) -> (String, Vec<Repair>) {
    let mut cleaner = clean::Cleaner::default();
    decode::characters(text.as_bytes(), 0, encoding_rs::UTF_8, &mut cleaner);
    let (text, _, repairs) = cleaner.finish();
    (text, repairs)
}

#[cfg(test)]
mod tests;
