//! The index as a file: parts of all entries in the binary form of postcard, below a head line of JSON with a checksum.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::Bytes;
use sha2::{Digest, Sha256};

use super::open::Reason;
use super::{Archive, Entry};

/// Path of the cache below the output folder.
///
/// It is taken away before the first item of a run is written and written again after the last: a run that is killed
/// between the two leaves none, and the next one reads the items themselves.
pub const CACHE_FILE: &str = ".dateline/archive.cache";

/// Counted up whenever entries or fingerprints change their meaning: an older cache is not read.
const LAYOUT: u32 = 7;

/// Entries that are read one after the other; such parts are read at once.
const PART: usize = 512;

/// Parts that are made at once.
const PARTS: usize = 16;

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
    fn checksum(&self, body: &[u8]) -> String {
        let fields = format!("{} {} {}\n", self.layout, self.releases, self.damaged);
        let digest = Sha256::new_with_prefix(fields).chain_update(body);
        format!("{:x}", digest.finalize())
    }
}

impl Archive {
    /// The index as bytes, for [`CACHE_FILE`]. The same archive gives the same bytes.
    ///
    /// # Panics
    /// Never: entries hold strings, numbers and instants, which can be written to memory.
    pub fn to_cache(&self) -> Vec<u8> {
        let plain = "an entry is plain data";
        let entries: Vec<_> = self.entries().collect();
        let mut body = Vec::new();
        for some in entries.chunks(PART * PARTS) {
            let parts = some.par_chunks(PART);
            let parts = parts.map(|part| postcard::to_allocvec(part).expect(plain));
            for part in parts.collect::<Vec<_>>() {
                body = postcard::to_extend(Bytes::new(&part), body).expect(plain);
            }
        }
        let mut head = Head {
            layout: LAYOUT,
            releases: self.entries.len(),
            damaged: self.damaged.len(),
            sha256: String::new(),
        };
        head.sha256 = head.checksum(&body);
        let mut first = serde_json::to_vec(&head).expect("a head is plain data");
        first.push(b'\n');
        // In place: the entries can be all that the process holds.
        body.splice(..0, first);
        body
    }

    /// Takes the entries of a cache into an empty archive.
    pub(super) fn read_cache(&mut self, bytes: Vec<u8>) -> Result<(), Reason> {
        let entries = entries(&bytes)?;
        // Before what finds them is made: they are as large as all that a run holds.
        drop(bytes);
        let releases = entries.len();
        self.fill(entries);
        if self.entries.len() == releases {
            Ok(())
        } else {
            Err(Reason::Damaged)
        }
    }
}

/// The entries of a cache.
fn entries(bytes: &[u8]) -> Result<Vec<Arc<Entry>>, Reason> {
    let split = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .ok_or(Reason::Damaged)?;
    let (head, body) = (&bytes[..split], &bytes[split + 1..]);
    let head: Head = serde_json::from_slice(head).map_err(|_| Reason::Damaged)?;
    if head.layout != LAYOUT {
        return Err(Reason::OtherProgram);
    }
    if head.sha256 != head.checksum(body) {
        return Err(Reason::Damaged);
    }
    if head.damaged > 0 {
        return Err(Reason::DamagedItems);
    }
    let mut parts = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let (part, next) = postcard::take_from_bytes(rest).map_err(|_| Reason::Damaged)?;
        parts.push(part);
        rest = next;
    }
    let read = |part: &&Bytes| postcard::from_bytes::<Vec<Arc<Entry>>>(part);
    let parts: Result<Vec<_>, _> = parts.par_iter().map(read).collect();
    let mut entries = Vec::with_capacity(head.releases);
    entries.extend(parts.map_err(|_| Reason::Damaged)?.into_iter().flatten());
    if entries.len() == head.releases {
        Ok(entries)
    } else {
        Err(Reason::Damaged)
    }
}
