//! Which files are ours: every document and archive item that a run wrote, with its hash.
//!
//! Only documents that stand here are ever removed. Archive items and the list of changes stand here so that
//! `dateline verify` can tell whether they are still what was written.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::set::{Document, document, escaped, path_and_size, plain, write_document, write_line};
use super::state::{Damage, in_parts, sealed};
use super::{Folder, PublishError, Set};

/// Size and hash of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes.
    pub size: u64,
    /// SHA-256.
    pub sha256: [u8; 32],
}

impl Mark {
    /// The mark of a document's bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            size: bytes.len() as u64,
            sha256: Sha256::digest(bytes).into(),
        }
    }

    /// The mark of bytes whose hash is told in 64 hexadecimal digits; `None` where these are no such digits.
    pub fn told(size: u64, sha256: &str) -> Option<Self> {
        let sha256 = binary(sha256)?;
        Some(Self { size, sha256 })
    }
}

/// Every document, by the release that it was made from; those of the whole catalog stand under the empty id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By id of the release.
    pub sets: BTreeMap<Arc<str>, Set>,
    /// Files that nothing makes again: every archive item, and the list of changes.
    pub kept: BTreeMap<String, Mark>,
}

/// The id under which documents of the whole catalog stand. No release has it.
pub(super) const CATALOG: &str = "";

/// The id under which the file holds what is kept. No release has it.
const KEPT: &str = "/";

/// Counted up when lines change their meaning.
const LAYOUT: &str = "manifest 4";

impl Manifest {
    /// Path below the output folder.
    pub const PATH: &'static str = ".dateline/manifest.ndjson";

    /// Reads the manifest of the last complete run. One written under another fingerprint serves too: it says which
    /// files are ours, and all of its sets are out of date.
    pub fn load(
        folder: &Folder,
        fingerprint: &str,
    ) -> Result<(Self, Option<Damage>), PublishError> {
        let mut decoding = Decoding::default();
        let mut taken = Ok(());
        let sealed = in_parts(folder, Self::PATH, LAYOUT, |part| {
            if taken.is_ok() {
                taken = decoding.take(part);
            }
        })?;
        let (written, mut manifest) = match sealed.and(taken).and_then(|()| decoding.done()) {
            Ok(decoded) => decoded,
            Err(damage) => return Ok((Self::default(), Some(damage))),
        };
        if written == fingerprint {
            return Ok((manifest, None));
        }
        manifest
            .sets
            .values_mut()
            .for_each(|set| set.version = None);
        Ok((manifest, Some(Damage::Outdated)))
    }

    /// The manifest as a file: tables are heavy to read and this one is read by every run, so it is lines of fields with
    /// tabs between, no JSON. The first line holds the fingerprint; an id with its version stands above its documents.
    pub fn encode(&self, fingerprint: &str) -> Vec<u8> {
        // At once: it can be as large as all that a run holds.
        let kept = self.kept.keys().map(|path| path.len() + LINE);
        let sets = (self.sets.iter()).map(|(id, set)| id.len() + LINE + set.lines().len());
        let mut body = String::with_capacity(kept.chain(sets).sum::<usize>() + 1024);
        write_line(&mut body, [FINGERPRINT, &escaped(fingerprint)]);
        write_line(&mut body, [SET, KEPT, ""]);
        for (path, mark) in &self.kept {
            write_document(&mut body, path, mark, None);
        }
        for (id, set) in &self.sets {
            let version = set.version.map_or(String::new(), |v| v.to_string());
            write_line(&mut body, [SET, &escaped(id), &version]);
            body.push_str(set.lines());
        }
        let lines = body.bytes().filter(|byte| *byte == b'\n').count();
        sealed(LAYOUT, lines, body.into_bytes())
    }

    /// Whether the last complete run left a manifest under this fingerprint, and every document of it still has its size:
    /// what a run with nothing to do asks, without making a list of them.
    pub fn stands(folder: &Folder, fingerprint: &str) -> Result<bool, PublishError> {
        let first = [FINGERPRINT, &escaped(fingerprint)].join("\t");
        let head_of_kept = [SET, KEPT, ""].join("\t");
        let (mut is_first, mut is_kept, mut stands) = (true, false, true);
        let there = |line: &&str| {
            path_and_size(line).is_some_and(|(path, size)| folder.size(&path) == Some(size))
        };
        let sealed = in_parts(folder, Self::PATH, LAYOUT, |part| {
            let mut documents = Vec::new();
            for line in part.lines() {
                if std::mem::take(&mut is_first) {
                    stands &= line == first;
                } else if is_head(line) {
                    is_kept = line == head_of_kept;
                } else if !is_kept {
                    documents.push(line);
                }
            }
            stands = stands && documents.par_iter().all(there);
        })?;
        Ok(stands && sealed.is_ok())
    }

    /// Every document that is made from releases.
    pub fn documents(&self) -> impl Iterator<Item = Document<'_>> {
        self.sets.values().flat_map(Set::documents)
    }
}

/// Bytes of a line beside its path or id.
const LINE: usize = 80;

/// First fields of the lines that are none of documents. No path begins so: tabs in it are escaped.
const FINGERPRINT: &str = "=";
const SET: &str = "@";
/// End of a line above that of a set.
const NEXT_SET: &str = "\n@\t";

/// Whether a line stands above the documents of a set.
fn is_head(line: &str) -> bool {
    line.strip_prefix(SET)
        .is_some_and(|rest| rest.starts_with('\t'))
}

/// A manifest's file as far as it is read: its lines come in parts.
#[derive(Default)]
struct Decoding {
    fingerprint: Option<String>,
    manifest: Manifest,
    /// Id and version of the set whose lines are being read.
    open: Option<(String, Option<u32>)>,
    /// Those so far.
    lines: String,
}

impl Decoding {
    /// Takes some lines in; an error where one is none of a manifest.
    fn take(&mut self, mut rest: &str) -> Result<(), Damage> {
        while !rest.is_empty() {
            if self.fingerprint.is_none() || is_head(rest) {
                let (line, below) = rest.split_once('\n').ok_or(Damage::Damaged)?;
                rest = below;
                self.head(line)?;
                continue;
            }
            let end = rest.find(NEXT_SET).map_or(rest.len(), |end| end + 1);
            let (documents, next) = rest.split_at(end);
            rest = next;
            match &self.open {
                Some((id, _)) if id == KEPT => {
                    for line in documents.lines() {
                        let kept = document(line).ok_or(Damage::Damaged)?;
                        let kept = (kept.path.into_owned(), kept.mark);
                        self.manifest.kept.extend([kept]);
                    }
                }
                Some(_) => self.lines.push_str(documents),
                None => return Err(Damage::Damaged),
            }
        }
        Ok(())
    }

    /// Takes in a line that is none of a document.
    fn head(&mut self, line: &str) -> Result<(), Damage> {
        let fields: Vec<_> = line.split('\t').collect();
        match fields[..] {
            [FINGERPRINT, fingerprint] if self.fingerprint.is_none() => {
                self.fingerprint = Some(plain(fingerprint).into_owned());
            }
            [SET, id, version] if self.fingerprint.is_some() => {
                self.close()?;
                let version = match version {
                    "" => None,
                    digits => Some(digits.parse().map_err(|_| Damage::Damaged)?),
                };
                self.open = Some((plain(id).into_owned(), version));
            }
            _ => return Err(Damage::Damaged),
        }
        Ok(())
    }

    /// Takes in the set whose lines are read.
    fn close(&mut self) -> Result<(), Damage> {
        if let Some((id, version)) = self.open.take()
            && id != KEPT
        {
            let set = Set::of(version, &self.lines).ok_or(Damage::Damaged)?;
            self.manifest.sets.insert(id.into(), set);
            self.lines.clear();
        }
        Ok(())
    }

    /// The fingerprint of the file, and the manifest.
    fn done(mut self) -> Result<(String, Manifest), Damage> {
        self.close()?;
        let fingerprint = self.fingerprint.ok_or(Damage::Damaged)?;
        Ok((fingerprint, self.manifest))
    }
}

/// The bytes of 64 hexadecimal digits.
fn binary(digits: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let mut out = [0; 32];
    let pairs = digits.as_bytes().chunks_exact(2);
    (digits.len() == 64).then_some(())?;
    for (byte, pair) in out.iter_mut().zip(pairs) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_of_other_settings_says_what_is_ours_and_nothing_is_current() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        folder.write("a.html", b"one").expect("written");
        folder.write("a\t\\\nb.html", b"").expect("written");
        let files = BTreeMap::from([
            ("a.html".to_owned(), Mark::of(b"one")),
            ("a\t\\\nb.html".to_owned(), Mark::of(b"")),
        ]);
        let digests = BTreeMap::from([("a.html".to_owned(), 7)]);
        let set = Set::new(Some(2), &files, &digests);
        let empty = Set::new(None, &BTreeMap::new(), &BTreeMap::new());
        let sets = [("", empty.clone()), ("a", set), ("b", empty)];
        let manifest = Manifest {
            sets: sets.map(|(id, set)| (id.into(), set)).into(),
            kept: BTreeMap::from([("archive/a.xml".to_owned(), Mark::of(b"two"))]),
        };
        folder
            .write(Manifest::PATH, &manifest.encode("f1"))
            .expect("written");
        let (same, damage) = Manifest::load(&folder, "f1").expect("read");
        assert_eq!((&same, damage), (&manifest, None));
        let sizes = |manifest: &Manifest| folder.has_sizes(&manifest.sets["a"]);
        assert!(sizes(&same));
        let (other, damage) = Manifest::load(&folder, "f2").expect("read");
        assert_eq!(damage, Some(Damage::Outdated));
        assert_eq!(other.sets["a"].version, None);
        assert_eq!(other.documents().count(), 2);
        assert_eq!(other.kept, manifest.kept);
        let stands = |fingerprint| Manifest::stands(&folder, fingerprint).expect("read");
        assert!(stands("f1") && !stands("f2"));
        folder.remove("a.html").expect("removed");
        assert!(!stands("f1"));
        assert!(!sizes(&same));
    }

    #[test]
    fn a_manifest_larger_than_a_part_comes_back() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        let mut manifest = Manifest::default();
        for number in 0..6_000_u32 {
            let file = (format!("{number}.html"), Mark::of(&number.to_be_bytes()));
            manifest
                .kept
                .insert(format!("archive/{number}.xml"), file.1.clone());
            let files = BTreeMap::from([file.clone(), (format!("{}x", file.0), file.1)]);
            let set = Set::new(Some(number), &files, &BTreeMap::new());
            manifest.sets.insert(number.to_string().into(), set);
        }
        let bytes = manifest.encode("f");
        assert!(bytes.len() > 1 << 20);
        folder.write(Manifest::PATH, &bytes).expect("written");
        let (read, damage) = Manifest::load(&folder, "f").expect("read");
        assert_eq!((damage, read == manifest), (None, true));
    }
}
