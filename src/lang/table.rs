//! Tables of lines that are compiled in and read where they lie: nothing is made of them when the program starts.

use serde::{Deserialize, Serialize};

/// Lines, each with a key before its first tab, those of a bucket together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Table {
    /// The lines.
    pub(super) lines: &'static str,
    /// Where each bucket begins and the last one ends: a [record](RECORD) for each [`GROUP`] of them, and one behind.
    pub(super) index: &'static [u8],
    /// Bits of the keys' [hashes](hash), in words of eight bytes, little end first: most keys that are in no line are told
    /// from these alone, which stay near the processor.
    pub(super) filter: &'static [u8],
}

/// Buckets whose places are told from that of the first of them.
pub(super) const GROUP: usize = 16;

/// Bytes of a group in an index: the place of its first bucket in four, then how far behind that each one begins in two,
/// little end first.
pub(super) const RECORD: usize = size_of::<u32>() + GROUP * size_of::<u16>();

impl Table {
    /// What stands behind the key in its line.
    pub(super) fn find(self, key: &str) -> Option<&'static str> {
        let hash = hash(key);
        let words = self.filter.as_chunks().0;
        let (word, bits) = filtered(hash, words.len());
        if u64::from_le_bytes(*words.get(word)?) & bits != bits {
            return None;
        }
        let bucket = bucket(hash, self.buckets()?);
        let mut lines = &self.lines[self.start(bucket)..self.start(bucket + 1)];
        while !lines.is_empty() {
            let end = lines.bytes().position(|byte| byte == b'\n');
            let (line, rest) = lines.split_at(end.unwrap_or(lines.len()));
            if line.as_bytes().get(key.len()) == Some(&b'\t') && line.starts_with(key) {
                return Some(&line[key.len() + 1..]);
            }
            lines = rest.get(1..).unwrap_or_default();
        }
        None
    }

    fn buckets(self) -> Option<usize> {
        Some((self.index.len() / RECORD).checked_sub(1)? * GROUP)
    }

    fn start(self, bucket: usize) -> usize {
        let groups = self.index.as_chunks::<RECORD>().0;
        let place = groups.get(bucket / GROUP).and_then(|group| {
            let (first, rest) = group.split_first_chunk()?;
            let behind = rest.as_chunks().0.get(bucket % GROUP)?;
            Some(u32::from_le_bytes(*first) as usize + usize::from(u16::from_le_bytes(*behind)))
        });
        place.unwrap_or(self.lines.len())
    }
}

/// A table that the build script wrote.
macro_rules! compiled {
    ($name:literal) => {
        $crate::lang::table::Table {
            lines: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".tsv")),
            index: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".index")),
            filter: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".filter")),
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

/// The bucket of a hash among a power of two.
pub(super) fn bucket(hash: u64, buckets: usize) -> usize {
    (hash >> (u64::BITS - buckets.ilog2())) as usize
}

/// The word of a filter of so many, a power of two, that a hash has its bits in, and these.
pub(super) fn filtered(hash: u64, words: usize) -> (usize, u64) {
    let bits = 1 << (hash & 63) | 1 << (hash >> 6 & 63);
    ((hash >> 12) as usize & words.saturating_sub(1), bits)
}

/// The hash of a key: the same on every machine, since the machine that builds may be another.
pub(super) fn hash(key: &str) -> u64 {
    // Eight bytes at a time; the multiplications spread them over the upper bits.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(SPREAD);
    let mut hash = key.len() as u64;
    let bytes = key.as_bytes();
    if let Some(last) = bytes.last_chunk() {
        // The last word takes in bytes of the one before it.
        for word in bytes[..bytes.len() - 1].as_chunks().0 {
            hash = mix(hash, u64::from_le_bytes(*word));
        }
        hash = mix(hash, u64::from_le_bytes(*last));
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        hash = mix(hash, u64::from(first) << 32 | u64::from(last));
    } else {
        let rest = (bytes.iter()).fold(0, |word, byte| word << 8 | u64::from(*byte));
        hash = mix(hash, rest);
    }
    mix(hash, 0)
}
