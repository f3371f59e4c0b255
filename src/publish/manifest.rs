//! Which files are ours: every document and archive item that a run wrote, with its hash.
//!
//! Only documents that stand here are ever removed. Archive items and the list of changes stand here so that
//! `dateline verify` can tell whether they are still what was written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::state::{Damage, State, hexadecimal};
use super::{Folder, PublishError};

/// Size and hash of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Bytes.
    pub size: u64,
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: String,
}

impl Mark {
    /// The mark of a document's bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            size: bytes.len() as u64,
            sha256: hexadecimal(&Sha256::digest(bytes)),
        }
    }
}

/// The documents made from one release version, or from the whole catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// Version of the release, or what stands for it and for the releases that it hangs together with; for the catalog, what stands for the news of the hour; `None`: made under other settings or by another program.
    pub version: Option<u32>,
    /// Path and mark of each.
    pub files: BTreeMap<String, Mark>,
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
const LAYOUT: &str = "manifest 2";

impl Manifest {
    /// Path below the output folder.
    pub const PATH: &'static str = ".dateline/manifest.ndjson";

    /// Reads the manifest of the last complete run. One written under another fingerprint serves too: it says which
    /// files are ours, and all of its sets are out of date.
    pub fn load(
        folder: &Folder,
        fingerprint: &str,
    ) -> Result<(Self, Option<Damage>), PublishError> {
        let lines = match State::<(String, Set)>::load(folder, Self::PATH, LAYOUT)? {
            State::Lost(damage) => return Ok((Self::default(), Some(damage))),
            State::Usable(lines) => lines,
        };
        let mut lines = lines.into_iter();
        let current = lines.next().is_some_and(|(head, _)| head == fingerprint);
        let sets = lines.map(|(id, set)| {
            let version = set.version.filter(|_| current);
            (id, Set { version, ..set })
        });
        let mut sets: BTreeMap<_, _> = sets.collect();
        let kept = sets.remove(KEPT).unwrap_or_default().files;
        let manifest = Self { sets, kept };
        Ok((manifest, (!current).then_some(Damage::Outdated)))
    }

    /// The manifest as a file: the first line holds the fingerprint.
    pub fn encode(&self, fingerprint: &str) -> Vec<u8> {
        let head = (fingerprint.to_owned(), Set::default());
        let kept = Set {
            version: None,
            files: self.kept.clone(),
        };
        let sets = self.sets.iter().map(|(id, set)| (id.clone(), set.clone()));
        let lines: Vec<_> = [head, (KEPT.to_owned(), kept)]
            .into_iter()
            .chain(sets)
            .collect();
        State::encode(LAYOUT, &lines)
    }

    /// Every document that is made from releases.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &Mark)> {
        self.sets
            .values()
            .flat_map(|set| &set.files)
            .map(|(path, mark)| (path.as_str(), mark))
    }

    /// Whether documents were made from that version under these settings and still have their size.
    pub fn is_current(&self, folder: &Folder, id: &str, version: u32) -> bool {
        self.sets.get(id).is_some_and(|set| {
            let there = |(path, mark): (&String, &Mark)| folder.size(path) == Some(mark.size);
            set.version == Some(version) && set.files.iter().all(there)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_of_other_settings_says_what_is_ours_and_nothing_is_current() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        folder.write("a.html", b"one").expect("written");
        let files = BTreeMap::from([("a.html".to_owned(), Mark::of(b"one"))]);
        let set = Set {
            version: Some(2),
            files,
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
        assert!(same.is_current(&folder, "a", 2) && !same.is_current(&folder, "a", 3));
        let (other, damage) = Manifest::load(&folder, "f2").expect("read");
        assert_eq!(damage, Some(Damage::Outdated));
        assert!(!other.is_current(&folder, "a", 2));
        assert_eq!(other.documents().count(), 1);
        assert_eq!(other.kept, manifest.kept);
        folder.remove("a.html").expect("removed");
        assert!(!same.is_current(&folder, "a", 2));
    }
}
