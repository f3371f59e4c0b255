//! Short stand-ins for the texts that the index finds releases by.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Stands for a text or a few: among a million others, one that stands for two of them has a chance of one in 10^26.
/// Lives as long as a run: another compiler may make another of the same.
pub(super) type Key = u128;

/// The key of what can be hashed.
pub(super) fn key(of: &impl Hash) -> Key {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        of.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
