//! The documents of a run: written where they changed, removed where nothing makes them any more.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::manifest::{CATALOG, Manifest, Mark, Set};
use super::{Folder, Item, PublishError};
use crate::write::{Artifacts, Digest, Lists, Stage, percent_path};

/// Documents that stand below this folder are never removed.
const KEPT: &str = "archive/";

/// Path of the list of addresses whose content the last changing run changed or removed.
pub const CHANGED: &str = "changed.txt";

/// How far files are taken for what the manifest says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// All of them have the right sizes: the run has looked ([`Manifest::stands`]).
    Seen,
    /// A file of the right size has the right bytes: it was not touched since.
    Size,
    /// Nothing but the bytes themselves.
    Bytes,
}

/// Brings documents to disk and keeps account of them.
#[derive(Debug)]
pub struct Documents<'a> {
    folder: &'a Folder,
    before: Manifest,
    /// Whether `before` tells what the last complete run published.
    known: bool,
    trust: Trust,
    now: Manifest,
    /// Paths whose content is not what the last complete run published.
    changed: BTreeSet<String>,
    written: usize,
    removed: usize,
}

impl<'a> Documents<'a> {
    /// An account that starts from the manifest of the last complete run; `known` is false where that was lost, and the
    /// files themselves must tell what changed.
    pub fn new(folder: &'a Folder, before: Manifest, known: bool, trust: Trust) -> Self {
        let kept = before.kept.clone();
        Self {
            folder,
            before,
            known,
            trust,
            now: Manifest {
                kept,
                ..Manifest::default()
            },
            changed: BTreeSet::new(),
            written: 0,
            removed: 0,
        }
    }

    /// Whether this run has made the documents of a release version, or kept them.
    pub fn is_made(&self, id: &str, version: u32) -> bool {
        let set = self.now.sets.get(id);
        set.is_some_and(|set| set.version == Some(version))
    }

    /// Whether the documents of a release version are there and up to date.
    pub fn is_current(&self, id: &str, version: u32) -> bool {
        let set = self.before.sets.get(id);
        let made = set.is_some_and(|set| set.version == Some(version));
        match self.trust {
            Trust::Seen => made,
            Trust::Size => made && set.is_some_and(|set| self.folder.has_sizes(&set.files)),
            Trust::Bytes => false,
        }
    }

    /// Whether the documents of the whole catalog are there and were made under these settings, in an hour that counted
    /// the same releases as news (`hour` stands for those).
    pub fn is_catalog_current(&self, hour: u32) -> bool {
        self.is_current(CATALOG, hour)
    }

    /// Keeps the documents of a release as they are.
    pub fn keep(&mut self, id: &str) {
        if let Some(set) = self.before.sets.get(id) {
            self.now.sets.insert(id.to_owned(), set.clone());
        }
    }

    /// Keeps what the last run made of releases that this one knows nothing of.
    pub fn keep_unknown(&mut self) {
        for (id, set) in &self.before.sets {
            if id != CATALOG && !self.now.sets.contains_key(id) {
                self.now.sets.insert(id.clone(), set.clone());
            }
        }
    }

    /// Keeps the documents of the whole catalog as they are.
    pub fn keep_catalog(&mut self) {
        self.keep(CATALOG);
    }

    /// Writes the documents of a batch of releases, in order of stages: first those that are new, since what stood already
    /// may lead to them from now on, and readers come by that. Archive items among them are left alone.
    pub fn write(&mut self, batch: Vec<(String, u32, Artifacts)>) -> Result<(), PublishError> {
        let mut stages: BTreeMap<(bool, Stage), Vec<_>> = BTreeMap::new();
        for (id, version, artifacts) in batch {
            let set = Set {
                version: Some(version),
                ..Set::default()
            };
            self.now.sets.insert(id.clone(), set);
            for ((stage, path), bytes) in artifacts.0 {
                if !matches!(stage, Stage::EventItem | Stage::ReleaseItem) {
                    let stood = self.folder.holds(&path);
                    stages
                        .entry((stood, stage))
                        .or_default()
                        .push((id.clone(), path, bytes));
                }
            }
        }
        for documents in stages.into_values() {
            let done: Vec<_> = documents
                .into_par_iter()
                .map(|(id, path, bytes)| self.document(id, path, &bytes))
                .collect::<Result<_, _>>()?;
            for document in done {
                self.written += usize::from(document.written);
                if document.changed {
                    self.changed.insert(document.path.clone());
                }
                let set = self.now.sets.entry(document.id).or_default();
                set.files.insert(document.path, document.mark);
            }
        }
        Ok(())
    }

    /// Whether a document of the whole catalog stands as it was made of what the digest stands for, under these settings.
    pub fn stands(&self, path: &str, digest: Digest) -> bool {
        let set = self.before.sets.get(CATALOG);
        self.trust == Trust::Seen
            && set
                .is_some_and(|set| set.version.is_some() && set.digests.get(path) == Some(&digest))
    }

    /// Writes the documents of the whole catalog, and keeps those that stand.
    pub fn write_catalog(&mut self, hour: u32, lists: Lists) -> Result<(), PublishError> {
        self.write(vec![(CATALOG.to_owned(), hour, lists.artifacts)])?;
        let set = self.now.sets.entry(CATALOG.to_owned()).or_default();
        if let Some(before) = self.before.sets.get(CATALOG) {
            let standing = before.files.iter();
            let standing = standing.filter(|(path, _)| lists.standing.contains(*path));
            set.files
                .extend(standing.map(|(path, mark)| (path.clone(), mark.clone())));
        }
        set.digests = lists.digests;
        Ok(())
    }

    /// Takes account of archive items that are written.
    pub fn keep_items<'i>(&mut self, items: impl IntoIterator<Item = &'i Item>) {
        let marks = (items.into_iter()).map(|item| (item.path.clone(), Mark::of(&item.bytes)));
        self.now.kept.extend(marks);
    }

    /// Takes account of a file of the archive that is there.
    pub fn keep_file(&mut self, path: String, mark: Mark) {
        self.now.kept.insert(path, mark);
    }

    /// Writes the list of addresses that changed or went, one on a line. Where there are none, the last such list stays,
    /// unless it is lost.
    pub fn write_changed(&mut self, base_url: &str) -> Result<(), PublishError> {
        let mut text = String::new();
        for path in self.changed() {
            text.push_str(base_url);
            text.push_str(&percent_path(path));
            text.push('\n');
        }
        if text.is_empty() && self.has_last_list()? {
            return Ok(());
        }
        self.folder.write(CHANGED, text.as_bytes())?;
        let mark = Mark::of(text.as_bytes());
        self.now.kept.insert(CHANGED.to_owned(), mark);
        Ok(())
    }

    /// Whether the list of the last run that changed something stands, or there was none. One that the manifest does not
    /// tell of is taken as it is.
    fn has_last_list(&mut self) -> Result<bool, PublishError> {
        match (self.now.kept.get(CHANGED), self.trust) {
            (Some(mark), Trust::Seen | Trust::Size) => {
                Ok(self.folder.size(CHANGED) == Some(mark.size))
            }
            (Some(mark), Trust::Bytes) => self.folder.has(CHANGED, mark),
            (None, _) => {
                let found = self.folder.read(CHANGED)?;
                let mark = found.map(|bytes| (CHANGED.to_owned(), Mark::of(&bytes)));
                self.now.kept.extend(mark);
                Ok(true)
            }
        }
    }

    /// Removes what the last run wrote and this one has not: call it when every document is written.
    pub fn remove_rest(&mut self) -> Result<(), PublishError> {
        let current: BTreeSet<_> = (self.now.documents())
            .map(|(path, _)| path.to_owned())
            .collect();
        let rest: Vec<_> = (self.before.documents())
            .filter(|(path, _)| !current.contains(*path) && !path.starts_with(KEPT))
            .map(|(path, _)| path.to_owned())
            .collect();
        for path in rest {
            self.folder.remove(&path)?;
            self.removed += 1;
            self.changed.insert(path);
        }
        Ok(())
    }

    /// What stands now.
    pub fn manifest(&self) -> &Manifest {
        &self.now
    }

    /// Paths that changed or went since the last complete run, in order; nothing below the archive.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        (self.changed.iter())
            .map(String::as_str)
            .filter(|path| !path.starts_with(KEPT))
    }

    /// Number of files written and removed by this run.
    pub fn counts(&self) -> (usize, usize) {
        (self.written, self.removed)
    }

    fn document(&self, id: String, path: String, bytes: &[u8]) -> Result<Document, PublishError> {
        let mark = Mark::of(bytes);
        let old = (self.before.sets.get(&id)).and_then(|set| set.files.get(&path));
        let same = old == Some(&mark);
        // Whatever it looks like: a killed run may have left other bytes of the same number there.
        let written = self.folder.write(&path, bytes)?;
        Ok(Document {
            changed: if self.known { !same } else { written },
            id,
            path,
            mark,
            written,
        })
    }
}

/// A document that is on disk.
struct Document {
    id: String,
    path: String,
    mark: Mark,
    changed: bool,
    written: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifacts(documents: &[(&str, &str)]) -> Artifacts {
        let mut out = Artifacts::default();
        for (path, text) in documents {
            out.put(Stage::Release, *path, text.as_bytes());
        }
        out
    }

    /// A run over releases whose documents are given.
    fn run(
        folder: &Folder,
        before: Manifest,
        known: bool,
        releases: &[(&str, &[(&str, &str)])],
    ) -> (Manifest, Vec<String>, (usize, usize)) {
        let mut documents = Documents::new(folder, before, known, Trust::Size);
        let batch = releases
            .iter()
            .map(|(id, files)| ((*id).to_owned(), 1, artifacts(files)));
        documents.write(batch.collect()).expect("written");
        documents.remove_rest().expect("removed");
        let changed = documents.changed().map(str::to_owned).collect();
        (documents.manifest().clone(), changed, documents.counts())
    }

    #[test]
    fn only_what_changed_is_written_and_only_our_own_files_go() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        folder.write("theirs.html", b"x").expect("written");
        let both: &[(&str, &[(&str, &str)])] =
            &[("a", &[("a.html", "1")]), ("b", &[("b.html", "2")])];
        let (first, changed, counts) = run(&folder, Manifest::default(), true, both);
        assert_eq!((changed.len(), counts), (2, (2, 0)));
        let (same, changed, counts) = run(&folder, first.clone(), true, both);
        assert_eq!((&same, changed.len(), counts), (&first, 0, (0, 0)));
        let (_, changed, counts) = run(&folder, first, true, &[("a", &[("a.html", "3")])]);
        assert_eq!(
            (changed, counts),
            (vec!["a.html".into(), "b.html".into()], (1, 1))
        );
        assert!(folder.holds("theirs.html") && !folder.holds("b.html"));
    }

    #[test]
    fn what_a_killed_run_wrote_is_still_told_as_changed() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        folder
            .write("a.html", b"1")
            .expect("written by the killed run");
        let releases: &[(&str, &[(&str, &str)])] = &[("a", &[("a.html", "1")])];
        let (_, changed, counts) = run(&folder, Manifest::default(), true, releases);
        assert_eq!((changed, counts), (vec!["a.html".to_owned()], (0, 0)));
        let (_, changed, _) = run(&folder, Manifest::default(), false, releases);
        assert_eq!(
            changed,
            Vec::<String>::new(),
            "the manifest was lost, the file tells"
        );
    }
}
