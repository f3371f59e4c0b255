//! Words that are asked for in every table at once.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::table::Lists;
use super::{folded_phrase, is_unspaced};

/// The languages that a word is common in, and the names that languages have.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Index {
    pub(super) common: Lists<usize>,
    /// Places in the registry by tag.
    pub(super) places: FxHashMap<String, usize>,
    /// Tags and English names in small letters.
    pub(super) plain: FxHashSet<String>,
    /// Names in their own languages, folded.
    pub(super) own: FxHashSet<String>,
    /// Shortest forms of every language's name in every language, folded, by their first bytes.
    pub(super) names: FxHashMap<[u8; NAME_START], Vec<String>>,
}

/// Bytes that every name of a language has.
pub(super) const NAME_START: usize = 3;

impl Index {
    /// Place in the registry of a tag.
    pub(super) fn place(&self, tag: &str) -> Option<usize> {
        self.places.get(tag).copied()
    }

    /// Places in the registry of the languages whose frequent words have this one.
    pub(super) fn common(&self, word: &str) -> &[usize] {
        self.common.get(word).unwrap_or_default()
    }

    /// Whether folded words can hold the name of a language, in any case and language.
    pub(super) fn may_name_language(&self, folded: &str) -> bool {
        let bytes = folded.as_bytes();
        (0..bytes.len()).any(|at| {
            let rest = &bytes[at..];
            let names = rest.first_chunk().and_then(|start| self.names.get(start));
            names.is_some_and(|names| names.iter().any(|name| rest.starts_with(name.as_bytes())))
        })
    }

    /// Whether a word is a language's tag or name, in English or in itself.
    pub(super) fn is_language(&self, word: &str) -> bool {
        self.plain.contains(&word.to_ascii_lowercase()) || self.own.contains(&folded_phrase(word))
    }
}

/// Whether a language's name is written together with what stands around it: in a script without spaces, or in Korean, whose
/// syllables folding parts into letters.
pub fn is_glued(name: &str) -> bool {
    let korean = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}');
    name.contains(|c| is_unspaced(c) || korean(c))
}

/// What every form of a language's name, folded, holds: the name, or its first word without article and ending.
pub fn language_stem(name: &str) -> &str {
    if is_glued(name) {
        return name;
    }
    let first = name.split(' ').next().unwrap_or(name);
    let bare = first.strip_prefix("ال").unwrap_or(first);
    let letters = bare.chars().count();
    let cut = match letters {
        0..=4 => 0,
        5 => 1,
        _ => 2,
    };
    let end = bare
        .char_indices()
        .nth(letters - cut)
        .map_or(bare.len(), |(end, _)| end);
    &bare[..end]
}
