//! Forms of a table's words, found among the words of a text.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Letters that may follow a form `сесси*`.
const STEM_ROOM: usize = 4;

/// The forms of a table with what each means, by their first word.
///
/// A form `*tagung` matches the end of a longer word, a form `сесси*` a word with up to four further letters.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forms<S> {
    exact: FxHashMap<String, Vec<(Vec<String>, S)>>,
    endings: Affixes<S>,
    stems: Affixes<S>,
}

/// Parts of words with what each means, in the order of the table, and the lengths in bytes that they have.
#[derive(Debug, Serialize, Deserialize)]
struct Affixes<S> {
    senses: FxHashMap<String, Vec<(usize, S)>>,
    lengths: Vec<usize>,
    count: usize,
}

impl<S> Default for Affixes<S> {
    fn default() -> Self {
        Self {
            senses: FxHashMap::default(),
            lengths: Vec::new(),
            count: 0,
        }
    }
}

impl<S> Affixes<S> {
    fn add(&mut self, affix: &str, sense: S) {
        let senses = self.senses.entry(affix.to_owned()).or_default();
        senses.push((self.count, sense));
        self.count += 1;
        if let Err(place) = self.lengths.binary_search(&affix.len()) {
            self.lengths.insert(place, affix.len());
        }
    }

    /// The senses of the affixes that `part` cuts out for their lengths, in the order of the table.
    fn each<'a, 'w>(
        &'a self,
        part: impl Fn(usize) -> Option<&'w str>,
        mut found: impl FnMut(&'a S),
    ) {
        let mut senses: Vec<&(usize, S)> = Vec::new();
        for len in &self.lengths {
            let part = part(*len).and_then(|part| self.senses.get(part));
            senses.extend(part.into_iter().flatten());
        }
        senses.sort_unstable_by_key(|(place, _)| *place);
        for (_, sense) in senses {
            found(sense);
        }
    }
}

impl<S> Default for Forms<S> {
    fn default() -> Self {
        Self {
            exact: FxHashMap::default(),
            endings: Affixes::default(),
            stems: Affixes::default(),
        }
    }
}

impl<S: Clone> Forms<S> {
    /// Adds forms of one meaning; where words are not spaced every character counts as a word.
    pub(super) fn add(&mut self, unspaced: bool, forms: &[String], sense: &S) {
        for form in forms {
            if let Some(ending) = form.strip_prefix('*') {
                self.endings.add(ending, sense.clone());
                continue;
            }
            if let Some(stem) = form.strip_suffix('*') {
                self.stems.add(stem, sense.clone());
                continue;
            }
            let mut words: Vec<String> = if unspaced {
                form.chars().map(String::from).collect()
            } else {
                form.split(' ').map(str::to_owned).collect()
            };
            if !words.is_empty() {
                let first = words.remove(0);
                self.exact
                    .entry(first)
                    .or_default()
                    .push((words, sense.clone()));
            }
        }
    }
}

impl<S> Forms<S> {
    /// Calls `found` with every meaning of the words that begin at `words(0)`, and how many of them it takes.
    pub fn meanings<'a, 'w>(
        &'a self,
        words: impl Fn(usize) -> Option<&'w str>,
        mut found: impl FnMut(&'a S, usize),
    ) {
        let Some(first) = words(0) else { return };
        for (rest, sense) in self.exact.get(first).into_iter().flatten() {
            if rest
                .iter()
                .enumerate()
                .all(|(i, word)| words(i + 1) == Some(word.as_str()))
            {
                found(sense, rest.len() + 1);
            }
        }
        let ending = |len| {
            (first.len().checked_sub(len))
                .filter(|at| *at > 0)
                .and_then(|at| first.get(at..))
        };
        self.endings.each(ending, |sense| found(sense, 1));
        let stem = |len| {
            let rest = first.get(len..)?;
            (rest.chars().take(STEM_ROOM + 1).count() <= STEM_ROOM).then(|| &first[..len])
        };
        self.stems.each(stem, |sense| found(sense, 1));
    }
}
