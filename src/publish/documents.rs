//! The documents of a run: written where they changed, removed where nothing makes them any more.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::manifest::{CATALOG, Manifest};
use super::set::{Document, Set};
use super::{Folder, Item, Mark, PublishError};
use crate::write::{Artifacts, Digest, Lists, Shelf, Stage, percent_path};

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
    /// The lists of `before` by path, with what each was made of.
    lists: BTreeMap<String, (Mark, Option<Digest>)>,
    /// Whether `before` tells what the last complete run published.
    known: bool,
    trust: Trust,
    now: Manifest,
    /// Lists that are written before the rest.
    early: Mutex<Early>,
    /// Documents that got other bytes, where nothing but this tells what changed.
    rewritten: BTreeSet<String>,
    /// Documents that went.
    gone: BTreeSet<String>,
    written: usize,
}

/// Lists that are written as soon as they are made.
#[derive(Debug, Default)]
struct Early {
    done: Vec<Brought>,
    failure: Option<PublishError>,
}

impl<'a> Documents<'a> {
    /// An account that starts from the manifest of the last complete run; `known` is false where that was lost, and the
    /// files themselves must tell what changed.
    pub fn new(folder: &'a Folder, mut before: Manifest, known: bool, trust: Trust) -> Self {
        let now = Manifest {
            kept: std::mem::take(&mut before.kept),
            ..Manifest::default()
        };
        let lists = (before
            .sets
            .get(CATALOG)
            .into_iter()
            .flat_map(Set::documents))
        .map(|list| (list.path.into_owned(), (list.mark, list.digest)))
        .collect();
        Self {
            folder,
            before,
            lists,
            known,
            trust,
            now,
            early: Mutex::default(),
            rewritten: BTreeSet::new(),
            gone: BTreeSet::new(),
            written: 0,
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
            Trust::Size => made && set.is_some_and(|set| self.folder.has_sizes(set)),
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
        if let Some((id, set)) = self.before.sets.get_key_value(id) {
            self.now.sets.insert(id.clone(), set.clone());
        }
    }

    /// Keeps what the last run made of releases that this one knows nothing of.
    pub fn keep_unknown(&mut self) {
        for (id, set) in &self.before.sets {
            if **id != *CATALOG && !self.now.sets.contains_key(id) {
                self.now.sets.insert(id.clone(), set.clone());
            }
        }
    }

    /// Keeps the documents of the whole catalog as they are.
    pub fn keep_catalog(&mut self) {
        self.keep(CATALOG);
    }

    /// Writes the documents of a batch of releases.
    pub fn write(&mut self, batch: Vec<(String, u32, Artifacts)>) -> Result<(), PublishError> {
        let versions: Vec<_> = batch
            .iter()
            .map(|(id, version, _)| (id.clone(), *version))
            .collect();
        let artifacts = batch.into_iter().map(|(id, _, artifacts)| (id, artifacts));
        let mut files = self.bring(artifacts)?;
        for (id, version) in versions {
            let files = files.remove(&id).unwrap_or_default();
            let set = Set::new(Some(version), &files, &BTreeMap::new());
            self.now.sets.insert(id.into(), set);
        }
        Ok(())
    }

    /// Takes new lists away that are on disk although the rest could not be made: no manifest tells of them.
    pub fn abandon_catalog(&mut self) -> Result<(), PublishError> {
        let early = self.early.get_mut().unwrap_or_else(PoisonError::into_inner);
        let done = std::mem::take(early).done;
        self.take_back(&done)
    }

    fn take_back(&self, documents: &[Brought]) -> Result<(), PublishError> {
        let mut written = documents.iter().filter(|document| document.written);
        written.try_for_each(|document| self.folder.remove(&document.path))
    }

    /// Writes the documents of the whole catalog, and keeps those that stand.
    pub fn write_catalog(&mut self, hour: u32, lists: Lists) -> Result<(), PublishError> {
        let early = self.early.get_mut().unwrap_or_else(PoisonError::into_inner);
        let early = std::mem::take(early);
        if let Some(failure) = early.failure {
            self.take_back(&early.done)?;
            return Err(failure);
        }
        let catalog = std::iter::once((CATALOG.to_owned(), lists.artifacts));
        let mut files = self.bring(catalog)?.remove(CATALOG).unwrap_or_default();
        for document in early.done {
            files.extend([self.account(document)]);
        }
        for path in lists.standing {
            if let Some((mark, _)) = self.lists.get(&path) {
                files.insert(path, mark.clone());
            }
        }
        let set = Set::new(Some(hour), &files, &lists.digests);
        self.now.sets.insert(CATALOG.into(), set);
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
            text.push_str(&percent_path(&path));
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
        let mut rest = BTreeSet::new();
        for (id, before) in &self.before.sets {
            let now = self.now.sets.get(id);
            if now.is_some_and(|now| now.is_alike(before)) {
                continue;
            }
            let still: BTreeSet<_> = now.into_iter().flat_map(Set::paths).collect();
            let gone = before.paths().filter(|path| !still.contains(path));
            rest.extend(
                gone.filter(|path| !path.starts_with(KEPT))
                    .map(Cow::into_owned),
            );
        }
        if !rest.is_empty() {
            // Another release may have taken it over.
            for path in self.now.sets.values().flat_map(Set::paths) {
                rest.remove(&*path);
            }
        }
        for path in rest {
            self.folder.remove(&path)?;
            self.gone.insert(path);
        }
        Ok(())
    }

    /// What stands now.
    pub fn manifest(&self) -> &Manifest {
        &self.now
    }

    /// Paths that changed or went since the last complete run, in order; nothing below the archive.
    pub fn changed(&self) -> Vec<Cow<'_, str>> {
        let gone_or_rewritten = self.gone.iter().chain(&self.rewritten);
        let mut changed: Vec<_> = gone_or_rewritten.map(Cow::from).collect();
        if self.known {
            for (id, now) in &self.now.sets {
                let before = self.before.sets.get(id);
                if before.is_some_and(|before| before.is_alike(now)) {
                    continue;
                }
                let before: BTreeMap<_, _> = (before.into_iter().flat_map(Set::documents))
                    .map(|document| (document.path, document.mark))
                    .collect();
                let other =
                    |document: &Document<'_>| before.get(&document.path) != Some(&document.mark);
                changed.extend(now.documents().filter(other).map(|document| document.path));
            }
        }
        changed.retain(|path| !path.starts_with(KEPT));
        changed.sort_unstable();
        changed
    }

    /// Number of files written and removed by this run.
    pub fn counts(&self) -> (usize, usize) {
        (self.written, self.gone.len())
    }

    /// Brings documents to disk, in order of stages: first those that are new, since what stood already may lead to them
    /// from now on, and readers come by that. Archive items among them are left alone. Gives the marks of each release's.
    fn bring(
        &mut self,
        batch: impl Iterator<Item = (String, Artifacts)>,
    ) -> Result<BTreeMap<String, BTreeMap<String, Mark>>, PublishError> {
        let mut stages: BTreeMap<(bool, Stage), Vec<_>> = BTreeMap::new();
        for (id, artifacts) in batch {
            for ((stage, path), bytes) in artifacts.0 {
                if !matches!(stage, Stage::EventItem | Stage::ReleaseItem) {
                    let stood = self.folder.holds(&path);
                    let documents = stages.entry((stood, stage)).or_default();
                    documents.push((id.clone(), path, bytes));
                }
            }
        }
        let mut files = BTreeMap::<String, BTreeMap<String, Mark>>::new();
        for documents in stages.into_values() {
            let done: Vec<_> = documents
                .into_par_iter()
                .map(|(id, path, bytes)| Ok((id, self.document(path, &bytes)?)))
                .collect::<Result<_, _>>()?;
            for (id, document) in done {
                files
                    .entry(id)
                    .or_default()
                    .extend([self.account(document)]);
            }
        }
        Ok(files)
    }

    /// Takes account of a document that was brought to disk.
    fn account(&mut self, document: Brought) -> (String, Mark) {
        self.written += usize::from(document.written);
        if document.written && !self.known {
            self.rewritten.insert(document.path.clone());
        }
        (document.path, document.mark)
    }

    fn document(&self, path: String, bytes: &[u8]) -> Result<Brought, PublishError> {
        // Whatever it looks like: a killed run may have left other bytes of the same number there.
        let written = self.folder.write(&path, bytes)?;
        let mark = Mark::of(bytes);
        Ok(Brought {
            path,
            mark,
            written,
        })
    }
}

/// A document that is on disk.
#[derive(Debug)]
struct Brought {
    path: String,
    mark: Mark,
    written: bool,
}

impl Shelf for Documents<'_> {
    fn stands(&self, path: &str, digest: Digest) -> bool {
        let set = self.before.sets.get(CATALOG);
        self.trust == Trust::Seen
            && set.is_some_and(|set| set.version.is_some())
            && (self.lists.get(path)).is_some_and(|(_, made_of)| *made_of == Some(digest))
    }

    /// New ones of the first stage are written at once: nothing leads to them yet.
    fn take(&self, stage: Stage, path: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
        if stage != Stage::Collection || self.folder.holds(path) {
            return Some(bytes);
        }
        let written = self.document(path.to_owned(), &bytes);
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        match written {
            Ok(document) => early.done.push(document),
            Err(failure) => early.failure = Some(failure),
        }
        None
    }
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
        let changed = documents
            .changed()
            .into_iter()
            .map(Cow::into_owned)
            .collect();
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
    fn a_new_list_is_written_at_once_and_one_that_stood_waits() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        folder.write("old.html", b"1").expect("written");
        let mut documents = Documents::new(&folder, Manifest::default(), true, Trust::Size);
        let take =
            |documents: &Documents<'_>, stage, path| documents.take(stage, path, b"2".into());
        assert_eq!(take(&documents, Stage::Collection, "new.html"), None);
        assert!(folder.holds("new.html"));
        for (stage, path) in [(Stage::Collection, "old.html"), (Stage::Feed, "feed.xml")] {
            assert!(take(&documents, stage, path).is_some(), "{path}");
        }
        documents
            .write_catalog(0, Lists::default())
            .expect("written");
        assert_eq!(
            (documents.counts(), documents.changed()),
            ((1, 0), vec!["new.html".into()])
        );
        take(&documents, Stage::Collection, "new.html/below");
        take(&documents, Stage::Collection, "other.html");
        let failed = documents.write_catalog(0, Lists::default());
        assert!(failed.is_err(), "a file is in the way");
        take(&documents, Stage::Collection, "more.html");
        documents.abandon_catalog().expect("taken back");
        let left = ["new.html", "other.html", "more.html"].map(|path| folder.holds(path));
        assert_eq!(left, [true, false, false]);
    }

    #[test]
    fn what_another_release_takes_over_stays() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        let both: &[(&str, &[(&str, &str)])] = &[
            ("a", &[("a.html", "1"), ("event.html", "2")]),
            ("b", &[("b.html", "3")]),
        ];
        let (first, ..) = run(&folder, Manifest::default(), true, both);
        let moved: &[(&str, &[(&str, &str)])] = &[
            ("a", &[("a.html", "1")]),
            ("b", &[("b.html", "3"), ("event.html", "2")]),
        ];
        let (_, _, counts) = run(&folder, first, true, moved);
        assert_eq!(counts, (0, 0));
        assert!(folder.holds("event.html"));
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
