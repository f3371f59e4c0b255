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

pub use admit::{Admission, Edit};
pub use cache::CACHE_FILE;
pub use catalog::Shelves;
pub use entry::{Entry, EventEntry};
pub use error::{ArchiveError, Fault};
pub use open::{Opening, Reason, items};
pub use sketch::Sketch;

use chrono::{DateTime, Utc};

use crate::model::{Published, Release, Standing};
use crate::write::newsml_g2::paths;

/// What the archive holds: its newest versions, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// The folder that `archive/` lies in.
    output: PathBuf,
    /// Newest version of each release, by id.
    entries: BTreeMap<String, Entry>,
    /// The release that owns a file stem, letter case ignored: some file systems do not tell it apart.
    stems: BTreeMap<String, String>,
    /// Releases by what they say: [`fingerprint::content`], first instant, id.
    contents: BTreeSet<(String, DateTime<Utc>, String)>,
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

    /// What is known of a release.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// Every release that the archive holds, whatever its standing, by id.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.values()
    }

    /// What a release says: equal where headline and body are, letter case and white space ignored; `None` where it says
    /// nothing.
    pub fn content(release: &Release) -> Option<String> {
        fingerprint::content(release)
    }

    /// The oldest release under another id that says the same: equal headline and body, letter case and white space
    /// ignored. Withdrawn releases say nothing.
    pub fn twin(&self, release: &Release) -> Option<&Entry> {
        let content = fingerprint::content(release)?;
        let first = (content.clone(), DateTime::<Utc>::MIN_UTC, String::new());
        self.contents
            .range(first..)
            .take_while(|(of, ..)| *of == content)
            .find(|(.., id)| *id != release.id)
            .and_then(|(.., id)| self.entries.get(id))
    }

    /// The withdrawn release that goes by another name, too: what bears the name is withdrawn with it.
    pub fn withdrawn_as(&self, name: &str) -> Option<&Entry> {
        let entry = self.kin.named(name).find_map(|id| self.entries.get(id))?;
        (entry.standing == Standing::Withdrawn).then_some(entry)
    }

    /// Takes the entry of a version into the index, once its items are on disk. Versions of one release are recorded in
    /// order.
    pub fn record(&mut self, entry: Entry) {
        let stem = format!("{}/{}", entry.archive_folder, paths::stem(&entry.id)).to_lowercase();
        self.stems.insert(stem, entry.id.clone());
        self.remove(&entry.id);
        self.kin.insert(&entry);
        self.contents.extend(said(&entry));
        self.entries.insert(entry.id.clone(), entry);
    }

    /// Reads the newest version of a release back from its item.
    pub fn load(&self, entry: &Entry) -> Result<Published, ArchiveError> {
        let path = self.output.join(entry.item_path());
        newsml::read_file(&path)
    }

    /// The releases that stand, for the documents that list many, at `now`: of those whose own documents are `made`, since
    /// nothing may lead to what is not there.
    pub fn shelves(&self, now: DateTime<Utc>, made: impl Fn(&str) -> bool) -> Shelves<'_> {
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
fn said(entry: &Entry) -> Option<(String, DateTime<Utc>, String)> {
    let content = entry.content.clone()?;
    Some((content, entry.first_created, entry.id.clone()))
}
