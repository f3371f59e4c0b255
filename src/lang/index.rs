//! Words that are asked for in every table at once.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::layout::{ROOM, folded_phrase, folded_word, is_unspaced};
use super::table::Lists;

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
        let inside =
            |at: usize| (folded[..at].chars().next_back()).is_some_and(char::is_alphanumeric);
        (0..bytes.len()).any(|at| {
            let rest = &bytes[at..];
            if rest[0].is_ascii() && at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
                return false;
            }
            let names = rest.first_chunk().and_then(|start| self.names.get(start));
            let begins = |name: &String| rest.starts_with(name.as_bytes());
            let mut names = names.into_iter().flatten().filter(|name| begins(name));
            names.any(|name| may_stand_inside(name) || !inside(at))
        })
    }

    /// Whether a word is a language's tag or name, in English or in itself.
    pub(super) fn is_language(&self, word: &str) -> bool {
        if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
            // Most words are none: they are folded where they stand.
            return folded_word(word, &mut [0; ROOM])
                .is_some_and(|word| self.plain.contains(word) || self.own.contains(word));
        }
        self.plain.contains(&word.to_ascii_lowercase()) || self.own.contains(&folded_phrase(word))
    }
}

/// Whether the name of a language may stand inside a word: in the scripts behind the Cyrillic one, where articles are glued
/// to words, or no blanks part them.
pub(super) fn may_stand_inside(name: &str) -> bool {
    const HEBREW: char = '\u{590}';
    name.starts_with(|c| c >= HEBREW)
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
