//! Which files are ours: every document and archive item that a run wrote, with its hash.
//!
//! Only documents that stand here are ever removed. Archive items and the list of changes stand here so that
//! `dateline verify` can tell whether they are still what was written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::state::{Damage, hexadecimal, sealed, unsealed};
use super::{Folder, PublishError};
use crate::write::Digest;

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

/// The documents made from one release version, or from the whole catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    /// Version of the release, or what stands for it and for the releases that it hangs together with; for the catalog,
    /// what stands for the news of the hour; `None`: made under other settings or by another program.
    pub version: Option<u32>,
    /// Path and mark of each.
    pub files: BTreeMap<String, Mark>,
    /// What stands for all that some of them were made of, by path: none in the set of a release.
    pub digests: BTreeMap<String, Digest>,
}

/// Every document, by the release that it was made from; those of the whole catalog stand under the empty id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By id of the release.
    pub sets: BTreeMap<String, Set>,
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
        let Some(bytes) = folder.read(Self::PATH)? else {
            return Ok((Self::default(), Some(Damage::Missing)));
        };
        let (written, mut manifest) = match decode(&bytes) {
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
        let mut body = String::new();
        line(&mut body, [FINGERPRINT, &escaped(fingerprint)]);
        let none = BTreeMap::new();
        let kept = (KEPT, None, &self.kept, &none);
        let sets = self.sets.iter();
        let sets = sets.map(|(id, set)| (id.as_str(), set.version, &set.files, &set.digests));
        for (id, version, files, digests) in std::iter::once(kept).chain(sets) {
            let version = version.map_or(String::new(), |version: u32| version.to_string());
            line(&mut body, [SET, &escaped(id), &version]);
            for (path, mark) in files {
                let (size, sha256) = (mark.size.to_string(), hexadecimal(&mark.sha256));
                let digest = digests.get(path).map(Digest::to_string);
                let fields = [&escaped(path), size.as_str(), &sha256];
                line(&mut body, fields.into_iter().chain(digest.as_deref()));
            }
        }
        let lines = body.bytes().filter(|byte| *byte == b'\n').count();
        sealed(LAYOUT, lines, body.as_bytes())
    }

    /// Whether the last complete run left a manifest under this fingerprint, and every document of it still has its size:
    /// what a run with nothing to do asks, without making a list of them.
    pub fn stands(folder: &Folder, fingerprint: &str) -> Result<bool, PublishError> {
        let Some(bytes) = folder.read(Self::PATH)? else {
            return Ok(false);
        };
        let Ok(lines) = lines(&bytes) else {
            return Ok(false);
        };
        let mut lines = lines.into_iter();
        let head = [FINGERPRINT, &escaped(fingerprint)].join("\t");
        if lines.next() != Some(head.as_str()) {
            return Ok(false);
        }
        let head_of_kept = [SET, KEPT, ""].join("\t");
        let mut is_kept = false;
        let mut documents = Vec::new();
        for line in lines {
            if is_head(line) {
                is_kept = line == head_of_kept;
            } else if !is_kept {
                documents.push(line);
            }
        }
        let there = |line: &&str| {
            let mut fields = line.split('\t');
            let (path, size) = (fields.next(), fields.next());
            let size = size.and_then(|size| size.parse().ok());
            size.is_some() && path.is_some_and(|path| folder.size(&plain(path)) == size)
        };
        Ok(documents.par_iter().all(there))
    }

    /// Every document that is made from releases.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &Mark)> {
        self.sets
            .values()
            .flat_map(|set| &set.files)
            .map(|(path, mark)| (path.as_str(), mark))
    }
}

/// First fields of the lines that are none of documents. No path begins so: tabs in it are escaped.
const FINGERPRINT: &str = "=";
const SET: &str = "@";

/// Whether a line stands above the documents of a set.
fn is_head(line: &str) -> bool {
    line.strip_prefix(SET)
        .is_some_and(|rest| rest.starts_with('\t'))
}

fn line<'f>(body: &mut String, fields: impl IntoIterator<Item = &'f str>) {
    for (i, field) in fields.into_iter().enumerate() {
        if i > 0 {
            body.push('\t');
        }
        body.push_str(field);
    }
    body.push('\n');
}

/// A field without the marks that part fields and lines.
fn escaped(field: &str) -> Cow<'_, str> {
    if !field.contains(['\\', '\t', '\n']) {
        return Cow::Borrowed(field);
    }
    let field = field.replace('\\', "\\\\");
    Cow::Owned(field.replace('\t', "\\t").replace('\n', "\\n"))
}

/// The field that was [`escaped`].
fn plain(field: &str) -> Cow<'_, str> {
    if !field.contains('\\') {
        return Cow::Borrowed(field);
    }
    let mut out = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                other => other.unwrap_or(c),
            },
            c => c,
        });
    }
    Cow::Owned(out)
}

/// The lines of a manifest's file, if they are as they were written.
fn lines(bytes: &[u8]) -> Result<Vec<&str>, Damage> {
    let (count, body) = unsealed(bytes, LAYOUT)?;
    let lines: Vec<_> = std::str::from_utf8(body)
        .map_err(|_| Damage::Damaged)?
        .lines()
        .collect();
    if lines.len() == count {
        Ok(lines)
    } else {
        Err(Damage::Damaged)
    }
}

/// The fingerprint of a manifest's file, and the manifest.
fn decode(bytes: &[u8]) -> Result<(String, Manifest), Damage> {
    let mut fingerprint = String::new();
    let mut sets = BTreeMap::<String, Set>::new();
    let mut set: Option<(String, Set)> = None;
    for line in lines(bytes)? {
        let fields: Vec<_> = line.split('\t').collect();
        match fields[..] {
            [FINGERPRINT, written] => fingerprint = plain(written).into_owned(),
            [SET, id, version] => {
                let version = match version {
                    "" => None,
                    digits => Some(digits.parse().map_err(|_| Damage::Damaged)?),
                };
                let new = Set {
                    version,
                    ..Set::default()
                };
                sets.extend(set.replace((plain(id).into_owned(), new)));
            }
            [path, size, sha256, ref digest @ ..] if digest.len() <= 1 => {
                let (_, set) = set.as_mut().ok_or(Damage::Damaged)?;
                if let [digest] = digest {
                    let digest = digest.parse().map_err(|_| Damage::Damaged)?;
                    set.digests.insert(plain(path).into_owned(), digest);
                }
                let mark = Mark {
                    size: size.parse().map_err(|_| Damage::Damaged)?,
                    sha256: binary(sha256).ok_or(Damage::Damaged)?,
                };
                set.files.insert(plain(path).into_owned(), mark);
            }
            _ => return Err(Damage::Damaged),
        }
    }
    sets.extend(set);
    let kept = sets.remove(KEPT).unwrap_or_default().files;
    Ok((fingerprint, Manifest { sets, kept }))
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
        let set = Set {
            version: Some(2),
            files,
            digests: BTreeMap::from([("a.html".to_owned(), 7)]),
        };
        let manifest = Manifest {
            sets: BTreeMap::from([("a".to_owned(), set)]),
            kept: BTreeMap::from([("archive/a.xml".to_owned(), Mark::of(b"two"))]),
        };
        folder
            .write(Manifest::PATH, &manifest.encode("f1"))
            .expect("written");
        let (same, damage) = Manifest::load(&folder, "f1").expect("read");
        assert_eq!((&same, damage), (&manifest, None));
        let sizes = |manifest: &Manifest| folder.has_sizes(&manifest.sets["a"].files);
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
}
