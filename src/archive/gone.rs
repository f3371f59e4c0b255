//! Items that an earlier run wrote and somebody took away.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{Archive, ArchiveError, Fault};
use crate::write::newsml_g2::paths;

impl Archive {
    /// Holds the archive against the items that earlier runs wrote, by their paths below the output folder: is the newest
    /// of every release there?
    ///
    /// The version before one that is gone is not the newest: it may hold what was since corrected or withdrawn. Unless the
    /// cache tells what the newest was, such a release is as one whose newest item cannot be read.
    pub fn miss<'p>(&mut self, written: impl Iterator<Item = &'p str>) -> Option<ArchiveError> {
        let mut newest: BTreeMap<&str, u32> = BTreeMap::new();
        for path in written {
            let name = path.rsplit('/').next().unwrap_or(path);
            if let Some((stem, version)) = paths::release_item_name(name) {
                let base = &path[..path.len() - name.len() + stem.len()];
                let known = newest.entry(base).or_default();
                *known = version.max(*known);
            }
        }
        let newest: Vec<_> = newest.into_iter().collect();
        let output = &self.output;
        let gone: Vec<(&str, u32, PathBuf)> = (newest.into_par_iter())
            .map(|(base, version)| (base, version, output.join(format!("{base}.v{version}.xml"))))
            .filter(|(.., path)| !path.exists())
            .collect();
        for (base, version, path) in &gone {
            self.forget_older(base, *version, path);
        }
        let (.., first) = gone.first()?;
        Some(ArchiveError {
            path: Some(first.clone()),
            fault: Fault::Gone {
                others: gone.len() - 1,
            },
        })
    }

    /// Takes a release out of the index whose known version is older than the one that is gone.
    fn forget_older(&mut self, base: &str, version: u32, path: &std::path::Path) {
        let (folder, stem) = base.rsplit_once('/').unwrap_or(("", base));
        let folder = folder.strip_prefix(paths::ARCHIVE).unwrap_or(folder);
        let key = super::stem(folder.trim_start_matches('/'), stem);
        let id = self.stems.get(&key).cloned();
        if id
            .as_ref()
            .and_then(|id| self.entries.get(id))
            .is_some_and(|entry| entry.version >= version)
        {
            return;
        }
        if let Some(id) = id {
            self.stems.remove(&key);
            self.remove(&id);
        }
        self.damaged.insert(stem.to_owned(), path.to_owned());
    }
}
