//! Reading a NewsML-G2 item back into the release version that it was written from.
//!
//! The mirror of `write::newsml_g2`: what stands in the item is the release, and nothing else is asked. The item's hashes
//! decide whether it is still what was written.

mod events;
mod evidence;
mod images;
mod item;
mod meta;
mod release;
mod spans;

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, ParsingOptions};

use super::{ArchiveError, Fault};
use crate::model::{Published, Related, Release, Standing};
use crate::source::{Decoding, Offsets, Source, encoding_of_label};
use crate::write::newsml_g2::{self, BASE64, codes};
use item::Item;
pub use spans::misplaced;

/// The release version that an item holds, equal to the one that it was written from. The offsets of its text are
/// found by decoding the source bytes again. Both hashes of the item are checked.
pub fn read_item(bytes: &[u8]) -> Result<Published, ArchiveError> {
    let text = std::str::from_utf8(bytes).map_err(|fault| Fault::Xml(fault.to_string()))?;
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|fault| Fault::Xml(fault.to_string()))?;
    let item = Item::of(document.root_element())?;
    let meta = meta::read(&item)?;
    let mut release = release::read(&item)?;
    release.id = meta.id;
    release.origin = meta.origin;
    release.embargo = meta.embargo;
    release.notes_to_editors = meta.notes_to_editors;
    release.images = images::read(&item)?;
    let (bytes, offsets) = if meta.standing == Standing::Withdrawn {
        (Vec::new(), Offsets::default())
    } else {
        let model = item.hash(codes::SCOPE_MODEL)?;
        if newsml_g2::fingerprint(&release, release::publisher(&item)?) != model {
            return Err(Fault::Hash("facts").into());
        }
        let source = decoded(source(&item)?, &release)?;
        if source.origin.sha256 != release.origin.sha256 {
            return Err(Fault::Hash("source").into());
        }
        (source.bytes, source.offsets)
    };
    let date = release.published.as_ref().map(|date| date.value.clone());
    Ok(Published {
        first_published: meta.first_published.or(date),
        release,
        diagnostics: meta.diagnostics,
        bytes,
        offsets,
        version: meta.version,
        first_created: meta.first_created,
        version_created: meta.version_created,
        changed: meta.changed,
        standing: meta.standing,
        page: meta.page,
        event_numbers: meta.event_numbers,
        event_items: meta.event_items,
        former_events: meta.former_events,
        told_before: meta.told_before,
        archive_folder: meta.archive_folder,
        change: meta.change,
        note: meta.note,
        alternates: meta.alternates,
        translation_of: meta.translation_of,
        related: Related::default(),
    })
}

/// The release version that an item's file holds.
pub fn read_file(path: &Path) -> Result<Published, ArchiveError> {
    let bytes = std::fs::read(path).map_err(|fault| ArchiveError {
        path: Some(path.to_owned()),
        fault: Fault::Io(fault),
    })?;
    read_item(&bytes).map_err(|error| ArchiveError {
        path: Some(path.to_owned()),
        ..error
    })
}

fn source(item: &Item<'_>) -> Result<Vec<u8>, ArchiveError> {
    let data = item
        .root
        .path(&["contentSet", "inlineData"])
        .ok_or(Fault::Missing("source"))?;
    let text = data.all_text();
    match data.get("encodinguri") {
        None => Ok(text.into_bytes()),
        Some(BASE64) => STANDARD
            .decode(text)
            .map_err(|fault| ArchiveError::value("source in base64", fault.to_string())),
        Some(other) => Err(ArchiveError::value("encoding of the source", other)),
    }
}

/// The source in the encoding that the item names, which decides, so that the text is the one that was read.
fn decoded(bytes: Vec<u8>, release: &Release) -> Result<Source, ArchiveError> {
    let label = &release.origin.encoding;
    let encoding =
        encoding_of_label(label).ok_or_else(|| ArchiveError::value("encoding", label))?;
    let decoding = Decoding {
        assumed: Some(encoding),
        top_level_domain: None,
    };
    let (id, name) = (release.id.clone(), release.origin.name.clone());
    Ok(Source::from_bytes(id, name, bytes, &decoding))
}
