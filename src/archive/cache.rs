//! The index as a file: all entries in the binary form of postcard, below a head line of JSON with a checksum.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteBuf, Bytes};
use sha2::{Digest, Sha256};

use super::open::Reason;
use super::{Archive, Entry};

/// Path of the cache below the output folder.
///
/// It is taken away before the first item of a run is written and written again after the last: a run that is killed
/// between the two leaves none, and the next one reads the items themselves.
pub const CACHE_FILE: &str = ".dateline/archive.cache";

/// Counted up whenever entries or fingerprints change their meaning: an older cache is not read.
const LAYOUT: u32 = 6;

/// Entries that are read one after the other; such parts are read at once.
const PART: usize = 512;

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
        let entries: Vec<_> = self.entries.values().collect();
        let parts = entries.par_chunks(PART);
        let plain = "an entry is plain data";
        let parts = parts.map(|part| ByteBuf::from(postcard::to_allocvec(part).expect(plain)));
        let mut body = postcard::to_allocvec(&parts.collect::<Vec<_>>()).expect(plain);
        let mut head = Head {
            layout: LAYOUT,
            releases: self.entries.len(),
            damaged: self.damaged.len(),
            sha256: String::new(),
        };
        head.sha256 = head.checksum(&body);
        let mut out = serde_json::to_vec(&head).expect("a head is plain data");
        out.push(b'\n');
        out.append(&mut body);
        out
    }

    /// Takes the entries of a cache into an empty archive.
    pub(super) fn read_cache(&mut self, bytes: &[u8]) -> Result<(), Reason> {
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
        let parts: Vec<&Bytes> = postcard::from_bytes(body).map_err(|_| Reason::Damaged)?;
        let parts = parts.into_par_iter();
        let parts: Result<Vec<Vec<Entry>>, _> =
            parts.map(|part| postcard::from_bytes(part)).collect();
        for entry in parts.map_err(|_| Reason::Damaged)?.into_iter().flatten() {
            self.record(entry);
        }
        if self.entries.len() == head.releases {
            Ok(())
        } else {
            Err(Reason::Damaged)
        }
    }
}
