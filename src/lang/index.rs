//! Words that are asked for in every table at once.

use std::collections::{HashMap, HashSet};

use super::{Lexicon, folded_phrase};

/// The languages that a word is common in, and the names that languages have.
#[derive(Debug)]
pub(super) struct Index {
    common: HashMap<String, Vec<usize>>,
    /// Tags and English names in small letters.
    plain: HashSet<String>,
    /// Names in their own languages, folded.
    own: HashSet<String>,
}

impl Index {
    pub(super) fn of(all: &[Lexicon]) -> Self {
        let mut common: HashMap<String, Vec<usize>> = HashMap::new();
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
            plain: plain.map(|name| name.to_ascii_lowercase()).collect(),
            own: (all.iter())
                .map(|lexicon| folded_phrase(&lexicon.endonym))
                .collect(),
        }
    }

    /// Places in the registry of the languages whose frequent words have this one.
    pub(super) fn common(&self, word: &str) -> &[usize] {
        self.common.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is a language's tag or name, in English or in itself.
    pub(super) fn is_language(&self, word: &str) -> bool {
        self.plain.contains(&word.to_ascii_lowercase()) || self.own.contains(&folded_phrase(word))
    }
}
