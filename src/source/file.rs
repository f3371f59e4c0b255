//! One input file: what it must be to be read, and why it may be refused.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Decoding, Source};

/// Why an input is not read. The run goes on without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The path as found, with `/` between folders.
    pub name: String,
    /// What is wrong with it.
    pub kind: RefusalKind,
    /// In words: starts lower-case, quotes what was found, does not repeat the name.
    pub message: String,
}

/// Classes of [`Refusal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// The system cannot read it: no permission, gone, a fault of the disk.
    Unreadable,
    /// More bytes than the settings allow.
    TooLarge,
    /// A link, a folder or a device.
    NotAFile,
    /// A document of another program, not text.
    NotText,
    /// Not a picture that browsers show.
    NotAnImage,
    /// Its name cannot be part of an address.
    UnsafeName,
    /// Another file has the same identity.
    SameId,
    /// A sidecar without a release beside it.
    SidecarWithoutRelease,
}

impl Refusal {
    pub(super) fn new(name: &str, kind: RefusalKind, message: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            message: message.into(),
        }
    }
}

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Identity of its release.
    pub id: String,
    /// The path as found, with `/` between folders.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// The sidecar beside it, where there is one.
    pub sidecar: Option<PathBuf>,
}

impl File {
    /// Reads and decodes it. No more than `max_bytes` and one byte are ever read.
    pub fn read(&self, decoding: &Decoding, max_bytes: u64) -> Result<Source, Refusal> {
        let bytes = read(&self.path, max_bytes)
            .map_err(|(kind, why)| Refusal::new(&self.name, kind, why))?;
        if let Some(format) = other_format(&bytes) {
            let why = format!("is {format}, not a plain text; save its text as a .txt file");
            return Err(Refusal::new(&self.name, RefusalKind::NotText, why));
        }
        Ok(Source::from_bytes(
            self.id.clone(),
            self.name.clone(),
            bytes,
            decoding,
        ))
    }
}

/// The bytes of a plain file that is no longer than the limit.
pub(super) fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, (RefusalKind, String)> {
    let unreadable =
        |error: std::io::Error| (RefusalKind::Unreadable, format!("cannot be read: {error}"));
    // Opening a pipe would wait for its writer, so what it is comes first.
    let found = fs::symlink_metadata(path).map_err(unreadable)?;
    if let Some(what) = not_a_file(found.file_type()) {
        return Err((RefusalKind::NotAFile, format!("is {what}, not a file")));
    }
    let mut bytes = Vec::with_capacity(found.len().min(max_bytes) as usize);
    (fs::File::open(path).map_err(unreadable)?)
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > max_bytes {
        let why = format!("is larger than {max_bytes} bytes (setting `max_bytes`)");
        return Err((RefusalKind::TooLarge, why));
    }
    Ok(bytes)
}

/// What a directory entry is, where it is no plain file.
pub(super) fn not_a_file(kind: fs::FileType) -> Option<&'static str> {
    if kind.is_file() {
        None
    } else if kind.is_symlink() {
        Some("a link")
    } else if kind.is_dir() {
        Some("a folder")
    } else {
        Some("a device or pipe")
    }
}

/// Formats that press offices keep texts in and that are no text, by how they begin.
const OTHER_FORMATS: [(&[u8], &str); 7] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a packed document (DOCX, ODT, ZIP)"),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an Office document (DOC)",
    ),
    (b"{\\rtf", "an RTF document"),
    (b"<!doctype html", "an HTML page"),
    (b"<html", "an HTML page"),
    (b"<?xml", "an XML document"),
];

fn other_format(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    OTHER_FORMATS
        .iter()
        .find(|(start, _)| {
            bytes
                .get(..start.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(start))
        })
        .map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_other_programs_are_told_by_their_start() {
        let cases: [(&[u8], bool); 6] = [
            (b"%PDF-1.7 ...", true),
            (b"\xEF\xBB\xBF \n<!DOCTYPE HTML>", true),
            (b"{\\rtf1\\ansi", true),
            (b"<script>alert(1)</script>", false),
            (b"The PDF is attached", false),
            (b"", false),
        ];
        for (bytes, refused) in cases {
            assert_eq!(other_format(bytes).is_some(), refused, "{bytes:?}");
        }
    }

    #[test]
    fn a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.txt");
        let mut file = tempfile::NamedTempFile::new_in(folder.path()).expect("a file");
        std::io::Write::write_all(&mut file, b"12345").expect("written");
        file.persist(&path).expect("renamed");
        assert_eq!(read(&path, 5).as_deref(), Ok(b"12345".as_slice()));
        assert_eq!(read(&path, 4).map_err(|e| e.0), Err(RefusalKind::TooLarge));
        assert_eq!(
            read(folder.path(), 4).map_err(|e| e.0),
            Err(RefusalKind::NotAFile)
        );
        assert_eq!(
            read(&folder.path().join("b"), 4).map_err(|e| e.0),
            Err(RefusalKind::Unreadable)
        );
    }
}
