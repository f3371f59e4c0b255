//! Tables of lines that are compiled in and read where they lie: nothing is made of them when the program starts.

use serde::{Deserialize, Serialize};

/// Lines, each with a key before its first tab, those of a bucket together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Table {
    /// The lines.
    pub(super) lines: &'static str,
    /// Where each bucket begins and the last one ends, in four bytes, little end first.
    pub(super) index: &'static [u8],
}

impl Table {
    /// What stands behind the key in its line.
    pub(super) fn find(self, key: &str) -> Option<&'static str> {
        let bucket = bucket(key, self.buckets()?);
        let mut lines = self.lines[self.start(bucket)..self.start(bucket + 1)].split('\n');
        lines.find_map(|line| line.strip_prefix(key)?.strip_prefix('\t'))
    }

    fn buckets(self) -> Option<usize> {
        (self.index.len() / size_of::<u32>()).checked_sub(1)
    }

    fn start(self, bucket: usize) -> usize {
        let place = self.index.as_chunks().0.get(bucket);
        place.map_or(self.lines.len(), |bytes| {
            u32::from_le_bytes(*bytes) as usize
        })
    }
}

/// A table that the build script wrote.
macro_rules! compiled {
    ($name:literal) => {
        $crate::lang::table::Table {
            lines: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".tsv")),
            index: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".index")),
        }
    };
}

pub(super) use compiled;

/// A list for each of many words: a table tells its place among the few different ones.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Lists<T> {
    #[serde(skip)]
    pub(super) table: Table,
    pub(super) lists: Vec<Vec<T>>,
}

impl<T> Lists<T> {
    /// The list of a word; `None` where the table does not have it.
    pub(super) fn get(&self, word: &str) -> Option<&[T]> {
        let place: usize = self.table.find(word)?.parse().ok()?;
        self.lists.get(place).map(Vec::as_slice)
    }
}

/// The bucket of a key among a power of two: the same on every machine, since the machine that builds may be another.
pub(super) fn bucket(key: &str, buckets: usize) -> usize {
    // FNV-1a, then a multiplication that spreads short keys over the upper bits.
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    let spread = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (spread >> (u64::BITS - buckets.ilog2())) as usize
}
