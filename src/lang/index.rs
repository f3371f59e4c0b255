//! Words that are asked for in every table at once.

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Lexicon, folded_phrase, is_unspaced};

/// The languages that a word is common in, and the names that languages have.
#[derive(Debug)]
pub(super) struct Index {
    common: FxHashMap<String, Vec<usize>>,
    /// Places in the registry by tag.
    places: FxHashMap<String, usize>,
    /// Tags and English names in small letters.
    plain: FxHashSet<String>,
    /// Names in their own languages, folded.
    own: FxHashSet<String>,
    /// Shortest forms of every language's name in every language, folded.
    names: AhoCorasick,
}

impl Index {
    pub(super) fn of(all: &[Lexicon]) -> Self {
        let mut common: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (place, lexicon) in all.iter().enumerate() {
            for word in &lexicon.layout.common {
                let places = common.entry(word.clone()).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        let plain = all
            .iter()
            .flat_map(|lexicon| [&lexicon.tag, &lexicon.english]);
        Self {
            common,
            places: (all.iter().enumerate())
                .map(|(place, lexicon)| (lexicon.tag.clone(), place))
                .collect(),
            plain: plain.map(|name| name.to_ascii_lowercase()).collect(),
            own: (all.iter())
                .map(|lexicon| folded_phrase(&lexicon.endonym))
                .collect(),
            names: names(all),
        }
    }

    /// Place in the registry of a tag.
    pub(super) fn place(&self, tag: &str) -> Option<usize> {
        self.places.get(tag).copied()
    }

    /// Places in the registry of the languages whose frequent words have this one.
    pub(super) fn common(&self, word: &str) -> &[usize] {
        self.common.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether folded words can hold the name of a language, in any case and language.
    pub(super) fn may_name_language(&self, folded: &str) -> bool {
        self.names.is_match(folded)
    }

    /// Whether a word is a language's tag or name, in English or in itself.
    pub(super) fn is_language(&self, word: &str) -> bool {
        self.plain.contains(&word.to_ascii_lowercase()) || self.own.contains(&folded_phrase(word))
    }
}

/// What every mention of a language holds.
fn names(all: &[Lexicon]) -> AhoCorasick {
    let own = |lexicon: &Lexicon| {
        [
            folded_phrase(&lexicon.english),
            folded_phrase(&lexicon.endonym),
        ]
    };
    let given = |lexicon: &Lexicon| {
        let names = lexicon.layout.languages.values();
        names
            .map(|name| language_stem(&folded_phrase(name)).to_owned())
            .collect::<Vec<_>>()
    };
    let parts = all.iter().flat_map(own).chain(all.iter().flat_map(given));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    AhoCorasick::new(parts).expect("names are few and short")
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
