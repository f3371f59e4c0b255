//! Where a name lies in the compiled gazetteer. The build script compiles this file too: both must count alike.

/// Two and a half buckets for each name: most words that are none meet an empty one.
pub(super) const BUCKETS: usize = 1 << 18;

/// The bucket of a name: the same on every machine, since the machine that builds may be another.
pub(super) fn bucket(name: &str) -> usize {
    // FNV-1a, then a multiplication that spreads short names over the upper bits.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    let spread = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (spread >> (u64::BITS - BUCKETS.ilog2())) as usize
}
