//! Names of files and identities of items (ARCHIVE sections 1 and 2).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::model::{EventKey, Image, Site};
use crate::source::ImageFormat;

/// Folder of the archive below the output folder.
pub const ARCHIVE: &str = "archive";

/// Path of the vocabulary below the output folder.
pub const VOCABULARY: &str = "archive/_standard/dateline-vocabulary.v1.xml";

/// Longest stem that is written out.
const STEM: usize = 120;

/// Digits of a picture's hash in its name.
const DIGITS: usize = 16;

/// All but the unreserved characters of RFC 3986 are percent-encoded, the slash too.
const GUID: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Path of a release's item below the output folder.
pub fn release_item(folder: &str, id: &str, version: u32) -> String {
    format!("{ARCHIVE}/{folder}/{}.v{version}.xml", stem(id))
}

/// Path of the item of a release's event below the output folder.
pub fn event_item(folder: &str, id: &str, number: u32, version: u32) -> String {
    format!(
        "{ARCHIVE}/{folder}/{}.event-{number}.v{version}.xml",
        stem(id)
    )
}

/// Path of a picture of a release below the output folder: named by its bytes, so that it never changes.
pub fn image(folder: &str, id: &str, image: &Image) -> String {
    format!("{ARCHIVE}/{folder}/{}", image_name(id, image))
}

/// The last part of that path.
pub(super) fn image_name(id: &str, image: &Image) -> String {
    let digits = &image.sha256[..image.sha256.len().min(DIGITS)];
    format!("{}.{digits}.{}", stem(id), image.format.extension())
}

/// The digits of the hash in a file name that is a picture's.
pub fn digits_of_image(name: &str) -> Option<&str> {
    let (rest, extension) = name.rsplit_once('.')?;
    let (stem, digits) = rest.rsplit_once('.')?;
    let known = (ImageFormat::ALL.iter()).any(|format| format.extension() == extension);
    let ours = known && !stem.is_empty() && !stem.starts_with('.');
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (ours && digits.len() == DIGITS && digits.bytes().all(is_digit)).then_some(digits)
}

/// Stem and version of a file name that is a release item's; `None` for other files, items of events among them.
pub fn release_item_name(name: &str) -> Option<(&str, u32)> {
    let (stem, version) = name.strip_suffix(".xml")?.rsplit_once(".v")?;
    let event = stem
        .rsplit_once(".event-")
        .is_some_and(|(_, number)| is_number(number));
    let item = !stem.is_empty() && !stem.starts_with('.') && !event && is_number(version);
    item.then(|| version.parse().ok())
        .flatten()
        .map(|version| (stem, version))
}

/// Whether a file name is that of an item of a release or an event, or of a picture.
pub fn is_item_name(name: &str) -> bool {
    let parts = (name.strip_suffix(".xml")).and_then(|stem| stem.rsplit_once(".v"));
    let item = parts.is_some_and(|(stem, version)| {
        !stem.is_empty() && !stem.starts_with('.') && is_number(version)
    });
    item || digits_of_image(name).is_some()
}

/// The id as a file name: for people and for the file system; the guid inside the item decides.
///
/// Characters outside `A-Za-z0-9._-` become `=XX` for each byte (no `%`: several XML tools take paths for addresses);
/// long names end in a part of their SHA-256.
pub fn stem(id: &str) -> String {
    use std::fmt::Write;
    let mut stem = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-') {
            stem.push(char::from(byte));
        } else {
            let _ = write!(stem, "={byte:02X}");
        }
    }
    if stem.len() > STEM {
        stem.truncate(100);
        stem.push('~');
        stem.push_str(&format!("{:x}", Sha256::digest(id))[..16]);
    }
    stem
}

/// Guid of a release's item: `tag:AUTHORITY:release:ID`.
pub(super) fn release_guid(site: &Site, id: &str) -> String {
    format!("tag:{}:release:{}", site.authority, encode(id))
}

/// Address of an event as a concept: `tag:AUTHORITY:event:ID:N`.
pub(super) fn event_uri(site: &Site, id: &str, number: u32) -> String {
    format!("tag:{}:event:{}:{number}", site.authority, encode(id))
}

/// Guid of an event's item: `tag:AUTHORITY:eventitem:ID:N`.
pub(super) fn event_guid(site: &Site, id: &str, number: u32) -> String {
    format!("tag:{}:eventitem:{}:{number}", site.authority, encode(id))
}

/// A name as one segment of an address.
pub(super) fn encode(name: &str) -> String {
    utf8_percent_encode(name, GUID).to_string()
}

/// The id of a release from its item's guid.
pub fn id_of_guid(guid: &str) -> Option<String> {
    let (_, id) = guid.split_once(":release:")?;
    Some(percent_decode_str(id).decode_utf8().ok()?.into_owned())
}

/// Which event the address of one as a concept names.
pub fn key_of_event(uri: &str) -> Option<EventKey> {
    let (id, number) = uri.split_once(":event:")?.1.rsplit_once(':')?;
    Some(EventKey {
        release: percent_decode_str(id).decode_utf8().ok()?.into_owned(),
        number: number.parse().ok()?,
    })
}

/// The number of an event from its address or its item's guid.
pub fn number_of_event(uri: &str) -> Option<u32> {
    uri.rsplit_once(':')?.1.parse().ok()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_plain_ascii_of_bounded_length() {
        assert_eq!(stem("000_2146"), "000_2146");
        assert_eq!(
            stem("2026-03-02 Ärzte & Daten/4"),
            "2026-03-02=20=C3=84rzte=20=26=20Daten=2F4"
        );
        let (one, two) = (stem(&"ä".repeat(200)), stem(&"ä".repeat(201)));
        assert_eq!(one.len(), 117);
        assert_ne!(one, two);
        assert_eq!(stem(&"a".repeat(120)), "a".repeat(120));
    }

    #[test]
    fn release_items_are_told_from_other_files() {
        for (name, want) in [
            ("a.v1.xml", Some(("a", 1))),
            ("a.v2.v12.xml", Some(("a.v2", 12))),
            ("a.event-1.v1.xml", None),
            ("a.event-x.v1.xml", Some(("a.event-x", 1))),
            (".a.v1.xml", None),
            ("a.vx.xml", None),
            ("a.v1.xml.tmp", None),
            (".v1.xml", None),
            ("a.0123456789abcdef.jpg", None),
        ] {
            assert_eq!(release_item_name(name), want, "{name}");
            let other = ["a.event-1.v1.xml", "a.0123456789abcdef.jpg"].contains(&name);
            assert_eq!(is_item_name(name), other || want.is_some(), "{name}");
        }
    }

    #[test]
    fn pictures_are_told_from_other_files() {
        for (name, want) in [
            ("a.0123456789abcdef.jpg", Some("0123456789abcdef")),
            ("a.b.0123456789abcdef.webp", Some("0123456789abcdef")),
            ("a.0123456789abcdef.txt", None),
            ("a.0123456789ABCDEF.jpg", None),
            ("a.0123.jpg", None),
            (".0123456789abcdef.jpg", None),
            (".a.0123456789abcdef.jpg", None),
        ] {
            assert_eq!(digits_of_image(name), want, "{name}");
        }
    }

    #[test]
    fn guids_give_the_id_back() {
        let id = "2026-03-02 Ärzte & Daten/4";
        let guid = format!("tag:press.example,2026:release:{}", encode(id));
        assert_eq!(id_of_guid(&guid).as_deref(), Some(id));
    }
}
