//! The publishing half of a run: what the archive admits is written as items and documents, in the order of
//! [`crate::publish`].

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::standstill::{self, Looks};
use super::{Console, Failure, images, items, render};
use crate::archive::{Admission, Archive, CACHE_FILE, Edit, Entry, Opening, Reason};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Lexicons;
use crate::model::{Alternate, Published, Release, Standing};
use crate::publish::{Damage, Documents, Folder, Item, Manifest, Rebuilt, Trust};
use crate::source::{Source, sha256};
use crate::write::{Artifacts, Stage, WRITERS, WriteError};

/// Releases that are loaded and rendered at a time: bounds memory.
const BATCH: usize = 256;

/// A release version to be, as far as the run knows it.
#[derive(Debug)]
pub(super) enum Candidate {
    /// A reading that may make a version.
    Reading {
        release: Box<Release>,
        diagnostics: Vec<Diagnostic>,
        source: Box<Source>,
        edit: Edit,
    },
    /// A version that the archive has made already.
    Version(Box<Published>),
}

/// An output folder being published.
#[derive(Debug)]
pub(super) struct Publication<'a> {
    config: &'a Config,
    folder: &'a Folder,
    console: Console,
    now: DateTime<Utc>,
    pub(super) archive: Archive,
    pub(super) documents: Documents<'a>,
    /// What the documents depend on besides the releases.
    fingerprint: String,
    /// Whether the archive's cache on disk holds what `archive` does.
    cached: bool,
    /// Whether some release's documents were made, so that the lists are to be made too.
    made: bool,
    /// The last moment at which the lists, once complete, say what they would if they were made anew; `None`: at any.
    pub(super) until: Option<DateTime<Utc>>,
    /// Versions added to the archive.
    pub(super) versions: usize,
    /// Archive items that could not be read.
    pub(super) damaged: usize,
    /// Files of the state that could not serve.
    pub(super) rebuilt: Vec<Rebuilt>,
    /// How the folders of archive items looked just before these were looked for.
    pub(super) checked: Looks,
}

/// What documents and cached readings depend on besides texts and releases: settings, program, tables, templates.
pub(super) fn fingerprint(config: &Config) -> String {
    let program = env!("CARGO_PKG_VERSION");
    let material: Vec<_> = WRITERS
        .iter()
        .flat_map(|writer| writer.material())
        .collect();
    format!(
        "{program} {} {} {}",
        Lexicons::fingerprint(),
        sha256(material.concat().as_bytes()),
        config.fingerprint()
    )
}

impl<'a> Publication<'a> {
    /// Opens an output folder whose lock is held. Where documents are trusted by their bytes only, the archive's items are
    /// read, too, and every document is made.
    pub(super) fn open(
        config: &'a Config,
        folder: &'a Folder,
        console: Console,
        now: DateTime<Utc>,
        trust: Trust,
    ) -> Result<Self, Failure> {
        let fingerprint = fingerprint(config);
        let (opened, loaded) = rayon::join(
            || {
                if trust != Trust::Bytes {
                    return Archive::open(folder.root());
                }
                let (archive, damaged) = Archive::rebuild(folder.root())?;
                let because = Reason::DamagedItems;
                Ok((archive, Opening::Rebuilt { because, damaged }))
            },
            || Manifest::load(folder, &fingerprint),
        );
        let (mut archive, opening) = opened?;
        let (cached, because, damaged) = match opening {
            Opening::Cached => (true, None, Vec::new()),
            Opening::Rebuilt { because, damaged } => (false, damage_of(because), damaged),
        };
        let (before, damage) = loaded?;
        let checked = standstill::archive_looks(folder, &before);
        let sure = standstill::folders_as_left(folder, &fingerprint, &checked)?;
        let unsure = before.kept.keys().map(String::as_str);
        let unsure =
            unsure.filter(|path| !standstill::folder_of(path).is_some_and(|of| sure.contains(of)));
        let gone = archive.miss(unsure);
        let first = archive.entries().len() == 0 && damaged.is_empty() && gone.is_none();
        // A first run that is killed must not forget that everything it wrote is new; one under other settings or by another
        // program, that what it wrote is not what those would make again.
        if first && damage == Some(Damage::Missing) || damage == Some(Damage::Outdated) {
            folder.write_durably(Manifest::PATH, &before.encode(&fingerprint))?;
        }
        // One of another layout tells nothing, one of other settings does.
        let known = first || damage.is_none() || !before.sets.is_empty();
        let unknown_items = !cached || before.kept.is_empty();
        let mut publication = Self {
            config,
            folder,
            console,
            now,
            archive,
            documents: Documents::new(folder, before, known, trust),
            fingerprint,
            cached,
            made: false,
            until: None,
            versions: 0,
            damaged: 0,
            rebuilt: Vec::new(),
            checked,
        };
        for error in damaged.into_iter().chain(gone) {
            publication.note_damage(&error.into());
        }
        if let Some(because) = because {
            let then = "read again from the archive's items";
            publication.rebuild(CACHE_FILE, because, then);
        }
        if let Some(damage) = damage {
            publication.rebuild(Manifest::PATH, damage, "every document is made again");
        }
        if unknown_items {
            publication.adopt_items()?;
        }
        Ok(publication)
    }

    /// Notes that a file of the state cannot serve, and tells what follows. Before the first release there is none.
    pub(super) fn rebuild(&mut self, file: &'static str, because: Damage, then: &str) {
        if because == Damage::Missing && self.archive.entries().len() == 0 {
            return;
        }
        let message = format!("`{file}` {because}: {then}");
        match because {
            Damage::Damaged => self.console.warn(&message),
            Damage::Missing | Damage::Outdated => self.console.detail(&message),
        }
        self.rebuilt.push(Rebuilt { file, because });
    }

    /// Takes account of archive items that the manifest does not tell of.
    fn adopt_items(&mut self) -> Result<(), Failure> {
        let (items, damaged) = items::unknown(self.folder, self.documents.manifest())?;
        self.documents.keep_items(&items);
        for failure in damaged {
            self.note_damage(&failure);
        }
        Ok(())
    }

    /// Admits a batch and writes what is new of it: items, then documents. Says of each candidate why it is not
    /// published, where it is not.
    pub(super) fn publish(
        &mut self,
        batch: Vec<Candidate>,
    ) -> Result<Vec<Result<(), Diagnostic>>, Failure> {
        let mut admitted: Vec<Result<Option<(Entry, Published)>, Diagnostic>> = batch
            .into_par_iter()
            .map(|candidate| {
                let published = self.version(candidate)?;
                Ok(published.map(|published| (Entry::of(&published), published)))
            })
            .collect();
        // One by one, the oldest first: what two new releases tell of is one event, and the first told of it.
        let mut beside = Archive::new(self.folder.root());
        let mut new: Vec<_> = admitted.iter_mut().flatten().flatten().collect();
        new.sort_by_key(|(_, published)| {
            let date = published.release.published.as_ref().map(|fact| &fact.value);
            date.map(|date| (date.first_day(), date.time))
        });
        for (entry, published) in new {
            self.archive.recognize(&beside, published, entry);
            beside.record(entry.clone());
        }
        let made: Vec<_> = admitted
            .into_par_iter()
            .map(|admitted| {
                let rendered = |(entry, published)| Ok((entry, self.rendered(published)?));
                admitted?.map(rendered).transpose()
            })
            .collect();
        let mut verdicts = Vec::with_capacity(made.len());
        let (mut versions, mut events, mut releases) = (Vec::new(), Vec::new(), Vec::new());
        for version in made {
            verdicts.push(match version {
                Ok(None) => Ok(()),
                Ok(Some((entry, (published, mut artifacts)))) => {
                    let kept =
                        images::keep(self.config, self.folder, &mut self.documents, &published)?;
                    if kept.is_ok() {
                        events.extend(render::take_items(&mut artifacts, Stage::EventItem));
                        releases.extend(render::take_items(&mut artifacts, Stage::ReleaseItem));
                        versions.push((entry, published, artifacts));
                    }
                    kept
                }
                Err(finding) => Err(finding),
            });
        }
        self.write_items(&events, &releases)?;
        let mut documents = Vec::with_capacity(versions.len());
        for (entry, published, artifacts) in versions {
            self.archive.record(entry);
            self.versions += 1;
            documents.push(public(&published, published.version, artifacts));
        }
        // Those that say something of other releases are made when all of these are known.
        documents.retain(|(id, version, _)| {
            let entry = self.archive.entry(id);
            entry.is_some_and(|entry| self.archive.look(entry) == *version)
        });
        self.write_documents(documents)?;
        Ok(verdicts)
    }

    /// What a reading of a release that the archive holds becomes with further names of it.
    pub(super) fn renamed(
        &self,
        id: &str,
        alternates: Vec<Alternate>,
    ) -> Result<Candidate, Failure> {
        let Some(entry) = self.archive.entry(id) else {
            return Err(Failure::Usage(format!("the archive does not hold `{id}`")));
        };
        let held = self.archive.load(entry)?;
        Ok(Candidate::Reading {
            source: Box::new(Source {
                id: id.to_owned(),
                origin: held.release.origin.clone(),
                bytes: held.bytes,
                text: String::new(),
                offsets: held.offsets,
                repairs: Vec::new(),
            }),
            release: Box::new(held.release),
            diagnostics: held.diagnostics,
            edit: Edit {
                withheld: entry.standing == Standing::Withheld,
                note: entry.note.clone(),
                alternates,
                translation_of: None,
                reprocess: false,
            },
        })
    }

    /// Tells that an archive item cannot be read; what is published of it stays, and the run goes on.
    pub(super) fn note_damage(&mut self, failure: &Failure) {
        self.console.failure(failure);
        self.damaged += 1;
    }

    /// The version that takes a release back; `None` where nothing is to be done.
    pub(super) fn withdrawal(
        &self,
        id: &str,
        note: Option<String>,
    ) -> Result<Option<Candidate>, Failure> {
        let version = self.archive.withdraw(id, note, self.now)?;
        Ok(version.map(|published| Candidate::Version(Box::new(published))))
    }

    /// The version that puts a withdrawn release back; `None` where nothing is to be done.
    pub(super) fn reinstatement(
        &self,
        id: &str,
        note: Option<String>,
    ) -> Result<Option<Candidate>, Failure> {
        let version = self.archive.reinstate(id, note, self.now)?;
        Ok(version.map(|published| Candidate::Version(Box::new(published))))
    }

    /// All that follows once the last version is archived, for commands that read no inputs.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        self.complete()?;
        self.settle()?;
        self.tell_changed()?;
        self.seal()?;
        Ok(())
    }

    /// Writes the list of addresses that changed, where any did.
    pub(super) fn tell_changed(&mut self) -> Result<(), Failure> {
        Ok(self.documents.write_changed(&self.config.site.base_url)?)
    }

    /// Makes the documents of every release that the archive holds and that are missing or out of date, then the lists,
    /// and removes what nothing makes any more.
    pub(super) fn complete(&mut self) -> Result<(), Failure> {
        let entries: Vec<_> = self.archive.entries().collect();
        let (current, missing): (Vec<_>, Vec<_>) = entries
            .into_par_iter()
            .map(|entry| (entry.id.clone(), self.archive.look(entry)))
            .filter(|(id, look)| !self.documents.is_made(id, *look))
            .partition(|(id, look)| self.documents.is_current(id, *look));
        for (id, _) in &current {
            self.documents.keep(id);
        }
        let bar = self.console.progress(missing.len());
        for batch in missing.chunks(BATCH) {
            let made: Vec<_> = batch
                .par_iter()
                .filter_map(|(id, _)| self.archive.entry(id))
                .map(|entry| self.documents_of(entry))
                .collect();
            let mut documents = Vec::with_capacity(made.len());
            for (result, (id, _)) in made.into_iter().zip(batch) {
                match result {
                    Ok(set) => documents.push(set),
                    Err(failure) => {
                        self.note_damage(&failure);
                        self.documents.keep(id);
                    }
                }
            }
            bar.inc(documents.len() as u64);
            self.write_documents(documents)?;
        }
        bar.finish_and_clear();
        // A release that the archive cannot read now keeps its documents until a person has looked.
        self.documents.keep_unknown();
        let made = |id: &str| self.documents.manifest().sets.contains_key(id);
        let shelves = self.archive.shelves(self.now, made);
        let (hour, until) = render::of_the_hour(self.config, &shelves);
        self.until = until;
        if self.made || !self.documents.is_catalog_current(hour) {
            let made = render::collections(self.config, &shelves, &self.documents);
            if made.is_err() {
                self.documents.abandon_catalog()?;
            }
            self.documents.write_catalog(hour, made?)?;
        } else {
            self.documents.keep_catalog();
        }
        Ok(self.documents.remove_rest()?)
    }

    /// Makes everything so far last. Says whether anything was written.
    pub(super) fn settle(&mut self) -> Result<bool, Failure> {
        let written = self.documents.counts() != (0, 0) || self.versions > 0;
        if written {
            self.folder.sync()?;
        }
        Ok(written)
    }

    /// Writes the manifest, which makes the run complete, then the archive's cache: where there is one, the manifest
    /// tells of every item.
    pub(super) fn seal(&mut self) -> Result<(), Failure> {
        // One after the other: each is as large as all that the run knows.
        let manifest = self.documents.manifest().encode(&self.fingerprint);
        self.folder.write_durably(Manifest::PATH, &manifest)?;
        drop(manifest);
        if !self.cached {
            self.folder.write(CACHE_FILE, &self.archive.to_cache())?;
            self.cached = true;
        }
        Ok(())
    }

    /// Whether manifest and cache on disk will not change.
    pub(super) fn is_sealed(&self) -> Result<bool, Failure> {
        let holds = |path: &str, bytes: &[u8]| self.folder.holds_bytes(path, bytes);
        let cached = self.cached || holds(CACHE_FILE, &self.archive.to_cache())?;
        let manifest = || self.documents.manifest().encode(&self.fingerprint);
        Ok(cached && holds(Manifest::PATH, &manifest())?)
    }

    /// The version that a candidate makes; `None`: the archive holds it already.
    fn version(&self, candidate: Candidate) -> Result<Option<Published>, Diagnostic> {
        let published = match candidate {
            Candidate::Version(published) => *published,
            Candidate::Reading {
                release,
                diagnostics,
                source,
                edit,
            } => {
                let id = release.id.clone();
                match self
                    .archive
                    .admit(*release, diagnostics, *source, &edit, self.now)
                {
                    Admission::Unchanged => return Ok(None),
                    Admission::New(published) => *published,
                    Admission::Damaged { item } => {
                        return Err(damaged(&item.display().to_string()));
                    }
                    Admission::SameName { other } => {
                        let why = format!(
                            "`{id}` and the published `{other}` differ in letter case only"
                        );
                        return Err(
                            Diagnostic::new(Code::SameId, why).hint("give the file another name")
                        );
                    }
                }
            }
        };
        Ok(Some(published))
    }

    /// A version with all that is written of it.
    fn rendered(&self, published: Published) -> Result<(Published, Artifacts), Diagnostic> {
        let artifacts =
            render::release(self.config, &published).map_err(|error| unwritable(&error))?;
        for (stage, path) in artifacts.0.keys() {
            // What the index does not know and yet lies there is none of ours, or was put there since: never replaced.
            if *stage == Stage::ReleaseItem && self.folder.holds(path) {
                return Err(damaged(path));
            }
        }
        Ok((published, artifacts))
    }

    fn write_items(&mut self, events: &[Item], releases: &[Item]) -> Result<(), Failure> {
        if events.is_empty() && releases.is_empty() {
            return Ok(());
        }
        if std::mem::take(&mut self.cached) {
            // A run that is killed from here on leaves no cache, and the next one reads the items.
            self.folder.remove(CACHE_FILE)?;
        }
        self.folder.write_items(events, releases)?;
        self.documents.keep_items(events.iter().chain(releases));
        Ok(())
    }

    fn write_documents(&mut self, documents: Vec<(String, u32, Artifacts)>) -> Result<(), Failure> {
        self.made |= !documents.is_empty();
        Ok(self.documents.write(documents)?)
    }

    fn documents_of(&self, entry: &Entry) -> Result<(String, u32, Artifacts), Failure> {
        let published = self.archive.load_related(entry)?;
        let artifacts = render::release(self.config, &published)?;
        Ok(public(&published, self.archive.look(entry), artifacts))
    }
}

/// What a reason to read the archive's items says of the cache; `None` where it can serve.
fn damage_of(because: Reason) -> Option<Damage> {
    match because {
        Reason::NoCache => Some(Damage::Missing),
        Reason::Damaged => Some(Damage::Damaged),
        Reason::OtherProgram => Some(Damage::Outdated),
        Reason::DamagedItems => None,
    }
}

/// The documents of a version, with what stands for all that they were made from; one that is kept back has none.
fn public(published: &Published, look: u32, artifacts: Artifacts) -> (String, u32, Artifacts) {
    let artifacts = match published.standing {
        Standing::Withheld => Artifacts::default(),
        Standing::Usable | Standing::Withdrawn => artifacts,
    };
    (published.release.id.clone(), look, artifacts)
}

/// The finding that what the archive holds of a release cannot be read.
pub(super) fn unreadable(failure: &Failure) -> Diagnostic {
    Diagnostic::new(Code::ArchiveDamaged, failure.to_string()).hint(PUT_BACK)
}

const PUT_BACK: &str = "put it back from a copy; what is published stays as it is";

fn damaged(item: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ArchiveDamaged,
        format!("the archive item `{item}` cannot be read, or is none of this release"),
    )
    .hint(PUT_BACK)
}

fn unwritable(error: &WriteError) -> Diagnostic {
    Diagnostic::new(Code::Unwritable, error.to_string())
}
