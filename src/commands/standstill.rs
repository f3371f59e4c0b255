//! What everything looked like when a run had nothing left to do: while it looks the same the next run need not ask what
//! became of each input, nor know any release.
//!
//! It holds for runs in which only the clock is different; any doubt makes the run do its whole work, which costs time only.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::inputs::{INPUTS, Input, Look, Stamp, look, look_through};
use super::summary;
use crate::archive::CACHE_FILE;
use crate::config::Config;
use crate::publish::{CHANGED, Counts, Folder, Manifest, PublishError, REPORT, State};
use crate::source::discover::Found;

/// Path of the file below the output folder.
pub(super) const STANDSTILL: &str = ".dateline/standstill.ndjson";

/// Counted up when a field changes its meaning.
const LAYOUT: &str = "standstill 1";

/// Files beside the documents that must look as they did.
const KEPT: [&str; 5] = [Manifest::PATH, CACHE_FILE, INPUTS, REPORT, CHANGED];

/// How files and folders looked, by path.
pub(super) type Looks = BTreeMap<String, Option<Look>>;

/// A run that left nothing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standstill {
    /// Stands for names and looks of all inputs.
    inputs: String,
    /// How the pictures of sidecars looked, below the folder of the settings.
    images: Looks,
    /// How the files looked that runs keep for the next one and for others, and the folders of the archive: its items are
    /// written once, so a folder tells whether they are all there.
    state: Looks,
    /// The run's clock.
    since: DateTime<Utc>,
    /// The last moment at which this holds, where there is one.
    until: Option<DateTime<Utc>>,
    /// When the next embargo ends: from then on it does not hold.
    pub(super) next_embargo: Option<DateTime<Utc>>,
    /// What became of the inputs.
    pub(super) counts: Counts,
    /// Whether there is something that a person at a terminal is to be told again.
    pub(super) findings: bool,
}

/// What stands for the names and looks of everything that was found; `None` where one cannot be seen.
pub(super) fn print(found: &Found, stamps: &[Option<Stamp>]) -> Option<String> {
    let mut hasher = Sha256::new();
    for (file, stamp) in found.files.iter().zip(stamps) {
        // Writing to a hasher cannot fail.
        let _ = writeln!(hasher, "{}\t{}\t{:?}", file.name, file.id, stamp.as_ref()?);
    }
    for refused in &found.refused {
        let _ = writeln!(hasher, "{refused:?}");
    }
    Some(format!("{:x}", hasher.finalize()))
}

impl Standstill {
    /// That of a run at `now` which is complete and sealed; `None` where some input must be looked at again in any case.
    pub(super) fn of(
        inputs: String,
        results: &[Input],
        counts: &Counts,
        (folder, manifest, checked): (&Folder, &Manifest, &Looks),
        (now, until): (DateTime<Utc>, Option<DateTime<Utc>>),
    ) -> Option<Self> {
        results.iter().all(Input::lasts).then_some(())?;
        let mut images = BTreeMap::new();
        for (name, seen) in results.iter().flat_map(|input| &input.images) {
            // One that changed while two texts were read that name it.
            let before = images.insert(name.clone(), *seen);
            before.is_none_or(|before| before == *seen).then_some(())?;
        }
        let archive = looks(folder, folders(manifest));
        // In a folder that changed since the run looked for the items, one may have gone.
        let mut kept = manifest.kept.keys();
        kept.all(|path| {
            let of = folder_of(path);
            of.is_none_or(|of| archive.get(of) == checked.get(of)) || folder.holds(path)
        })
        .then_some(())?;
        let mut state = looks(folder, KEPT);
        state.extend(archive);
        Some(Self {
            inputs,
            images,
            state,
            since: now,
            until,
            next_embargo: summary::next_embargo(results),
            counts: Counts {
                unread: counts.inputs,
                versions: 0,
                written: 0,
                removed: 0,
                ..counts.clone()
            },
            findings: results.iter().any(|input| !input.findings.is_empty()),
        })
    }

    /// The standstill that the last run left under this fingerprint, if all but the documents still looks so at `now`.
    pub(super) fn load(
        config: &Config,
        folder: &Folder,
        fingerprint: &str,
        inputs: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, PublishError> {
        let State::Usable(mut lines) = state(folder, fingerprint)? else {
            return Ok(None);
        };
        Ok(lines.pop().filter(|last: &Self| {
            last.inputs == inputs
                && last.since <= now
                && last.until.is_none_or(|until| now <= until)
                && last.next_embargo.is_none_or(|end| now < end)
                && last.state == looks(folder, last.state.keys().map(String::as_str))
                && (last.images.iter())
                    .all(|(name, seen)| look(&config.input.root.join(name)) == *seen)
        }))
    }

    /// Keeps it for the next run, unless the last one left the same at an earlier hour.
    pub(super) fn write(&self, folder: &Folder, fingerprint: &str) -> Result<(), PublishError> {
        if let State::Usable(lines) = state(folder, fingerprint)?
            && let [last] = &lines[..]
            && last.since <= self.since
            && *last
                == (Self {
                    since: last.since,
                    ..self.clone()
                })
        {
            return Ok(());
        }
        let bytes = State::encode(&format!("{LAYOUT} {fingerprint}"), [self]);
        folder.write(STANDSTILL, &bytes)?;
        Ok(())
    }
}

/// The file as it is.
pub(super) fn state(folder: &Folder, fingerprint: &str) -> Result<State<Standstill>, PublishError> {
    State::load(folder, STANDSTILL, &format!("{LAYOUT} {fingerprint}"))
}

/// How the folders of archive items look: they do so as long as nothing is put there or taken away.
pub(super) fn archive_looks(folder: &Folder, manifest: &Manifest) -> Looks {
    looks(folder, folders(manifest))
}

/// Which of the folders of archive items look as the last run left them, which had nothing left to do: every item is there.
pub(super) fn folders_as_left(
    folder: &Folder,
    fingerprint: &str,
    looks: &Looks,
) -> Result<BTreeSet<String>, PublishError> {
    let State::Usable(mut lines) = state(folder, fingerprint)? else {
        return Ok(BTreeSet::new());
    };
    let left = lines
        .pop()
        .map(|last: Standstill| last.state)
        .unwrap_or_default();
    let same = (looks.iter()).filter(|(of, look)| look.is_some() && left.get(*of) == Some(*look));
    Ok(same.map(|(of, _)| of.clone()).collect())
}

/// The folders of what nothing makes again.
fn folders(manifest: &Manifest) -> BTreeSet<&str> {
    let paths = manifest.kept.keys();
    paths.filter_map(|path| folder_of(path)).collect()
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &str) -> Option<&str> {
    Some(path.rsplit_once('/')?.0)
}

/// How these look. A folder of the archive may be a link to another disk.
fn looks<'p>(folder: &Folder, paths: impl IntoIterator<Item = &'p str>) -> Looks {
    (paths.into_iter())
        .map(|path| (path.to_owned(), look_through(&folder.root().join(path))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Mark;

    #[test]
    fn an_item_that_went_since_it_was_looked_for_is_no_standstill() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        let mut manifest = Manifest::default();
        for path in ["archive/2026/02/a.v1.xml", "archive/2026/03/b.v1.xml"] {
            folder.write(path, b"<x/>").expect("written");
            manifest.kept.insert(path.to_owned(), Mark::of(b"<x/>"));
        }
        let checked = archive_looks(&folder, &manifest);
        let now = DateTime::<Utc>::default();
        let stands = || {
            let written = (&folder, &manifest, &checked);
            Standstill::of(String::new(), &[], &Counts::default(), written, (now, None))
        };
        assert!(stands().is_some());
        // Written by the run itself.
        folder
            .write("archive/2026/03/c.v1.xml", b"")
            .expect("written");
        assert!(stands().is_some());
        folder.remove("archive/2026/03/b.v1.xml").expect("removed");
        assert_eq!(stands(), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_on_another_disk_tells_when_an_item_goes() {
        let (root, disk) = (tempfile::tempdir(), tempfile::tempdir());
        let (root, disk) = (root.expect("a folder"), disk.expect("a folder"));
        let (folder, other) = (Folder::new(root.path()), Folder::new(disk.path()));
        other.write("06/a.v1.xml", b"<x/>").expect("written");
        other.write("06/a.v2.xml", b"<x/>").expect("written");
        folder.write("archive/2026/x", b"").expect("written");
        let (target, link) = (disk.path().join("06"), root.path().join("archive/2026/06"));
        std::os::unix::fs::symlink(target, link).expect("linked");
        let mut manifest = Manifest::default();
        let item = ("archive/2026/06/a.v2.xml".to_owned(), Mark::of(b"<x/>"));
        manifest.kept.extend([item]);
        let before = archive_looks(&folder, &manifest);
        assert_eq!(archive_looks(&folder, &manifest), before);
        other.remove("06/a.v2.xml").expect("removed");
        assert_ne!(archive_looks(&folder, &manifest), before);
    }
}
