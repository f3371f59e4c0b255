//! What everything looked like when a run had nothing left to do: while it looks the same the next run need not ask what
//! became of each input, nor know any release.
//!
//! It holds for runs in which only the clock is different; any doubt makes the run do its whole work, which costs time only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::inputs::{INPUTS, Input, Look, Stamp, look};
use super::summary;
use crate::archive::CACHE_FILE;
use crate::config::Config;
use crate::publish::{CHANGED, Counts, Folder, Manifest, PublishError, REPORT, State};
use crate::source::discover::Found;
use crate::source::sha256;

/// Path of the file below the output folder.
pub(super) const STANDSTILL: &str = ".dateline/standstill.ndjson";

/// Counted up when a field changes its meaning.
const LAYOUT: &str = "standstill 1";

/// Files beside the documents that must look as they did.
const KEPT: [&str; 5] = [Manifest::PATH, CACHE_FILE, INPUTS, REPORT, CHANGED];

/// A run that left nothing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standstill {
    /// Stands for names and looks of all inputs.
    inputs: String,
    /// How the pictures of sidecars looked, below the folder of the settings.
    images: BTreeMap<String, Option<Look>>,
    /// How the files looked that runs keep for the next one and for others, and the folders of the archive: its items are
    /// written once, so a folder tells whether they are all there.
    state: BTreeMap<String, Option<Look>>,
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
    let mut text = String::with_capacity(found.files.len() * 96);
    for (file, stamp) in found.files.iter().zip(stamps) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}\t{}\t{:?}", file.name, file.id, stamp.as_ref()?);
    }
    for refused in &found.refused {
        let _ = writeln!(text, "{refused:?}");
    }
    Some(sha256(text.as_bytes()))
}

impl Standstill {
    /// That of a run at `now` which is complete and sealed; `None` where some input must be looked at again in any case.
    pub(super) fn of(
        inputs: String,
        results: &[Input],
        counts: &Counts,
        (folder, manifest): (&Folder, &Manifest),
        (now, until): (DateTime<Utc>, Option<DateTime<Utc>>),
    ) -> Option<Self> {
        results.iter().all(Input::lasts).then_some(())?;
        let mut images = BTreeMap::new();
        for (name, seen) in results.iter().flat_map(|input| &input.images) {
            // One that changed while two texts were read that name it.
            let before = images.insert(name.clone(), *seen);
            before.is_none_or(|before| before == *seen).then_some(())?;
        }
        let kept = manifest.kept.keys();
        let folders: BTreeSet<_> = kept
            .filter_map(|path| Some(path.rsplit_once('/')?.0))
            .collect();
        Some(Self {
            inputs,
            images,
            state: looks(folder, KEPT.into_iter().chain(folders)),
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

/// How these look.
fn looks<'p>(
    folder: &Folder,
    paths: impl Iterator<Item = &'p str>,
) -> BTreeMap<String, Option<Look>> {
    paths
        .map(|path| (path.to_owned(), look(&folder.root().join(path))))
        .collect()
}
