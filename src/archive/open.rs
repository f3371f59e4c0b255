//! Opening an archive: from its cache, or from the items themselves.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Archive, ArchiveError, CACHE_FILE, Entry, Fault, newsml};
use crate::write::newsml_g2::paths;

/// How an archive was opened.
#[derive(Debug)]
pub enum Opening {
    /// From its cache.
    Cached,
    /// From the items themselves.
    Rebuilt {
        /// Why the cache was not read.
        because: Reason,
        /// Items that could not be read; their releases can have no further version.
        damaged: Vec<ArchiveError>,
    },
}

/// Why a cache was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is none: a new archive, or the last run was killed.
    NoCache,
    /// It does not hold what was written.
    Damaged,
    /// The run that wrote it found items that could not be read.
    DamagedItems,
    /// A program of another version wrote it.
    OtherProgram,
}

impl Archive {
    /// Opens the archive below `output`: from its cache, else by [rebuilding](Self::rebuild). A folder without an archive
    /// is an empty one.
    pub fn open(output: &Path) -> Result<(Self, Opening), ArchiveError> {
        let path = output.join(CACHE_FILE);
        let because = match std::fs::read(&path) {
            Ok(bytes) => {
                let mut archive = Self::new(output);
                match archive.read_cache(bytes) {
                    Ok(()) => return Ok((archive, Opening::Cached)),
                    Err(reason) => reason,
                }
            }
            Err(fault) if fault.kind() == ErrorKind::NotFound => Reason::NoCache,
            Err(fault) => return Err(io(path, fault)),
        };
        let (archive, damaged) = Self::rebuild(output)?;
        Ok((archive, Opening::Rebuilt { because, damaged }))
    }

    /// Builds the index from the newest item of each release; also gives the items that could not be read.
    pub fn rebuild(output: &Path) -> Result<(Self, Vec<ArchiveError>), ArchiveError> {
        let read: Vec<_> = newest_items(output)?
            .into_par_iter()
            .map(|path| entry(output, &path))
            .collect();
        let mut archive = Self::new(output);
        let mut damaged = Vec::new();
        for entry in read {
            match entry {
                Ok(entry) => archive.record(entry),
                Err(fault) => {
                    archive.block(&fault);
                    damaged.push(fault);
                }
            }
        }
        Ok((archive, damaged))
    }
}

impl Archive {
    /// Keeps the release of an unreadable item from getting a further version.
    fn block(&mut self, error: &ArchiveError) {
        let Some(path) = &error.path else { return };
        let name = path.file_name().and_then(|name| name.to_str());
        if let Some((stem, _)) = name.and_then(paths::release_item_name) {
            self.damaged.insert(stem.to_owned(), path.clone());
        }
    }
}

/// The entry of an item, which must lie where its identity puts it.
fn entry(output: &Path, path: &Path) -> Result<Entry, ArchiveError> {
    let entry = Entry::of(&newsml::read_file(path)?);
    if output.join(entry.item_path()) == path {
        Ok(entry)
    } else {
        Err(ArchiveError {
            path: Some(path.to_owned()),
            ..ArchiveError::value("name for the release", entry.item_path())
        })
    }
}

/// The newest release item of each file stem, in order of folders and stems.
fn newest_items(output: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let mut newest = Vec::new();
    for year in folders(&output.join(paths::ARCHIVE))? {
        for month in folders(&year)? {
            let mut versions: BTreeMap<String, u32> = BTreeMap::new();
            for name in names(&month)? {
                if let Some((stem, version)) = paths::release_item_name(&name) {
                    let known = versions.entry(stem.to_owned()).or_default();
                    *known = version.max(*known);
                }
            }
            newest.extend(
                versions
                    .iter()
                    .map(|(stem, version)| month.join(format!("{stem}.v{version}.xml"))),
            );
        }
    }
    Ok(newest)
}

/// Paths below `output` of every item of releases and events, in order.
pub fn items(output: &Path) -> Result<Vec<String>, ArchiveError> {
    let mut items = Vec::new();
    for year in folders(&output.join(paths::ARCHIVE))? {
        for month in folders(&year)? {
            let below = month.strip_prefix(output).unwrap_or(&month);
            let below: Vec<_> = (below.iter()).map(|part| part.to_string_lossy()).collect();
            let of = names(&month)?;
            let of = of.iter().filter(|name| paths::is_item_name(name));
            items.extend(of.map(|name| format!("{}/{name}", below.join("/"))));
        }
    }
    Ok(items)
}

/// Folders whose names are digits, in order: `_standard` and left-over files are none.
fn folders(of: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let names = names(of)?;
    let digits = |name: &&String| name.bytes().all(|byte| byte.is_ascii_digit());
    Ok(names
        .iter()
        .filter(digits)
        .map(|name| of.join(name))
        .collect())
}

fn names(of: &Path) -> Result<Vec<String>, ArchiveError> {
    let entries = match std::fs::read_dir(of) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(io(of.to_owned(), fault)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|fault| io(of.to_owned(), fault))?;
        // A name that is no UTF-8 is none of ours.
        names.extend(entry.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

fn io(path: PathBuf, fault: std::io::Error) -> ArchiveError {
    ArchiveError {
        path: Some(path),
        fault: Fault::Io(fault),
    }
}
