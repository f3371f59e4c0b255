//! The durable store: gives releases their identity and version, and reads the archive back.
//!
//! The archive is the folder `archive/` below the output folder: NewsML-G2 items, written once and never changed.
//! What a run needs to know of them is held in memory as one small [`Entry`] for each release, read from a cache file
//! or, where that is missing, damaged or older than the program, rebuilt from the items themselves.
//!
//! The item of a release is its commit point: it is written after the items of its events, and an event item that no
//! release item links to is left over from a killed run. The next run writes over it.

mod admit;
mod cache;
mod catalog;
mod entry;
mod error;
mod fingerprint;
mod gone;
mod key;
mod kin;
mod matching;
mod merge;
pub mod newsml;
mod open;
mod recognize;
mod sketch;
mod translation;
mod withdrawal;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use admit::{Admission, Edit};
pub use cache::CACHE_FILE;
pub use catalog::Shelves;
pub use entry::{Entry, EventEntry};
pub use error::{ArchiveError, Fault};
pub use fingerprint::Fingerprint;
pub use open::{Opening, Reason, items};
pub use sketch::Sketch;

use chrono::{DateTime, Utc};
use key::{Key, key};
use rayon::prelude::*;

use crate::model::{Published, Release, Standing};
use crate::write::newsml_g2::paths;

/// What the archive holds: its newest versions, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// The folder that `archive/` lies in.
    output: PathBuf,
    /// Newest version of each release, by id.
    entries: BTreeMap<Arc<str>, Arc<Entry>>,
    /// The release that owns a [file stem](stem).
    stems: BTreeMap<Key, Arc<str>>,
    /// Releases by what they say: [`fingerprint::content`], first instant, id.
    contents: BTreeSet<(Key, DateTime<Utc>, Arc<str>)>,
    /// Releases that hang together.
    kin: kin::Kin,
    /// Newest items that cannot be read, by file stem: their releases can have no further version.
    damaged: BTreeMap<String, PathBuf>,
}

impl Archive {
    /// An archive that holds nothing yet, below the folder `output`.
    pub fn new(output: &Path) -> Self {
        Self {
            output: output.to_owned(),
            entries: BTreeMap::new(),
            stems: BTreeMap::new(),
            contents: BTreeSet::new(),
            kin: kin::Kin::default(),
            damaged: BTreeMap::new(),
        }
    }

    /// Takes the entries of all releases into an index that holds none: as [`record`](Self::record) for each, and faster.
    fn fill(&mut self, entries: Vec<Arc<Entry>>) {
        let stems = entries.par_iter().map(|entry| stem_of(entry));
        self.stems = stems.collect::<Vec<_>>().into_iter().collect();
        let contents = entries.par_iter().filter_map(|entry| said(entry));
        self.contents = contents.collect::<Vec<_>>().into_iter().collect();
        self.kin = kin::Kin::of(&entries);
        self.entries = (entries.into_iter())
            .map(|entry| (entry.id.clone(), entry))
            .collect();
    }

    /// What is known of a release.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id).map(Arc::as_ref)
    }

    /// Every release that the archive holds, whatever its standing, by id.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.values().map(Arc::as_ref)
    }

    /// What a release says: equal where headline and body are, letter case and white space ignored; `None` where it says
    /// nothing.
    pub fn content(release: &Release) -> Option<Fingerprint> {
        fingerprint::content(release)
    }

    /// The oldest release under another id that says the same: equal headline and body, letter case and white space
    /// ignored. Withdrawn releases say nothing.
    pub fn twin(&self, release: &Release) -> Option<&Entry> {
        let content = key(&fingerprint::content(release)?);
        let first = (content, DateTime::<Utc>::MIN_UTC, Arc::default());
        self.contents
            .range(first..)
            .take_while(|(of, ..)| *of == content)
            .find(|(.., id)| **id != *release.id)
            .and_then(|(.., id)| self.entry(id))
    }

    /// The withdrawn release that goes by another name, too: what bears the name is withdrawn with it.
    pub fn withdrawn_as(&self, name: &str) -> Option<&Entry> {
        let entry = self.kin.named(name).find_map(|id| self.entry(id))?;
        (entry.standing == Standing::Withdrawn).then_some(entry)
    }

    /// Takes the entry of a version into the index, once its items are on disk. Versions of one release are recorded in
    /// order.
    pub fn record(&mut self, entry: Entry) {
        self.stems.extend([stem_of(&entry)]);
        self.remove(&entry.id);
        self.kin.insert(&entry);
        self.contents.extend(said(&entry));
        self.entries.insert(entry.id.clone(), Arc::new(entry));
    }

    /// Reads the newest version of a release back from its item.
    pub fn load(&self, entry: &Entry) -> Result<Published, ArchiveError> {
        let path = self.output.join(entry.item_path());
        newsml::read_file(&path)
    }

    /// The releases that stand, for the documents that list many, at `now`: of those whose own documents are `made`, since
    /// nothing may lead to what is not there.
    pub fn shelves(&self, now: DateTime<Utc>, made: impl Fn(&str) -> bool + Sync) -> Shelves<'_> {
        Shelves::of(self, now, made)
    }

    fn remove(&mut self, id: &str) {
        if let Some(old) = self.entries.remove(id) {
            self.kin.remove(&old);
            if let Some(old) = said(&old) {
                self.contents.remove(&old);
            }
        }
    }
}

/// What a release says, as the archive finds it.
fn said(entry: &Entry) -> Option<(Key, DateTime<Utc>, Arc<str>)> {
    let content = key(entry.content.as_ref()?);
    Some((content, entry.first_created, entry.id.clone()))
}

/// What stands for the stem of a release's items, and the release.
fn stem_of(entry: &Entry) -> (Key, Arc<str>) {
    let stem = stem(&entry.archive_folder, &paths::stem(&entry.id));
    (stem, entry.id.clone())
}

/// What stands for the stem of a release's items in a folder, letter case ignored: some file systems do not tell it apart.
fn stem(folder: &str, stem: &str) -> Key {
    key(&format!("{folder}/{stem}").to_lowercase())
}
