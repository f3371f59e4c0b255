//! The index as a file: one JSON line for each release below a head line with a checksum.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::open::Reason;
use super::{Archive, Entry};

/// Path of the cache below the output folder.
///
/// It is taken away before the first item of a run is written and written again after the last: a run that is killed
/// between the two leaves none, and the next one reads the items themselves.
pub const CACHE_FILE: &str = ".dateline/archive.ndjson";

/// Counted up whenever entries or fingerprints change their meaning: an older cache is not read.
const LAYOUT: u32 = 5;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    layout: u32,
    releases: usize,
    /// Number of items that could not be read: they are looked at again by every run.
    damaged: usize,
    /// SHA-256 of the fields above and of all that follows the first line.
    sha256: String,
}

impl Head {
    fn checksum(&self, lines: &[u8]) -> String {
        let fields = format!("{} {} {}\n", self.layout, self.releases, self.damaged);
        let digest = Sha256::new_with_prefix(fields).chain_update(lines);
        format!("{:x}", digest.finalize())
    }
}

impl Archive {
    /// The index as bytes, for [`CACHE_FILE`]. The same archive gives the same bytes.
    pub fn to_cache(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        for entry in self.entries.values() {
            write_line(&mut lines, entry);
        }
        let mut out = Vec::with_capacity(lines.len() + 128);
        let mut head = Head {
            layout: LAYOUT,
            releases: self.entries.len(),
            damaged: self.damaged.len(),
            sha256: String::new(),
        };
        head.sha256 = head.checksum(&lines);
        write_line(&mut out, &head);
        out.append(&mut lines);
        out
    }

    /// Takes the entries of a cache into an empty archive.
    pub(super) fn read_cache(&mut self, bytes: &[u8]) -> Result<(), Reason> {
        let split = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or(Reason::Damaged)?;
        let (head, lines) = (&bytes[..split], &bytes[split + 1..]);
        let head: Head = serde_json::from_slice(head).map_err(|_| Reason::Damaged)?;
        if head.layout != LAYOUT {
            return Err(Reason::OtherProgram);
        }
        if head.sha256 != head.checksum(lines) {
            return Err(Reason::Damaged);
        }
        if head.damaged > 0 {
            return Err(Reason::DamagedItems);
        }
        let lines: Vec<_> = lines.split(|byte| *byte == b'\n').collect();
        let entries = lines.par_iter().filter(|line| !line.is_empty());
        let entries: Result<Vec<Entry>, _> =
            entries.map(|line| serde_json::from_slice(line)).collect();
        for entry in entries.map_err(|_| Reason::Damaged)? {
            self.record(entry);
        }
        if self.entries.len() == head.releases {
            Ok(())
        } else {
            Err(Reason::Damaged)
        }
    }
}

fn write_line(out: &mut Vec<u8>, value: &impl Serialize) {
    // Entries hold strings, numbers and instants: writing them to memory cannot fail.
    serde_json::to_writer(&mut *out, value).expect("an entry is plain JSON");
    out.push(b'\n');
}
