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
    /// Bytes of the longest first word.
    longest: usize,
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
    edges: Edges,
}

/// Which pairs of bytes affixes have at the edge of their word: most words have none of them there.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Edges([u64; 16]);

impl Edges {
    fn bit([a, b]: [u8; 2]) -> (usize, u64) {
        let place = (usize::from(a) * 31 + usize::from(b)) % (16 * 64);
        (place / 64, 1 << (place % 64))
    }

    /// An affix of a single byte may have any other beside it.
    fn add(&mut self, edge: Option<[u8; 2]>) {
        match edge.map(Self::bit) {
            Some((word, bit)) => self.0[word] |= bit,
            None => self.0 = [u64::MAX; 16],
        }
    }

    #[inline]
    fn has(&self, edge: Option<[u8; 2]>) -> bool {
        edge.map(Self::bit)
            .is_some_and(|(word, bit)| self.0[word] & bit != 0)
    }
}

impl<S> Default for Affixes<S> {
    fn default() -> Self {
        Self {
            senses: FxHashMap::default(),
            lengths: Vec::new(),
            count: 0,
            edges: Edges::default(),
        }
    }
}

impl<S> Affixes<S> {
    fn add(&mut self, affix: &str, edge: Option<[u8; 2]>, sense: S) {
        self.edges.add(edge);
        let senses = self.senses.entry(affix.to_owned()).or_default();
        senses.push((self.count, sense));
        self.count += 1;
        if let Err(place) = self.lengths.binary_search(&affix.len()) {
            self.lengths.insert(place, affix.len());
        }
    }

    /// The senses of the affixes that `part` cuts out for their lengths, in the order of the table, of a word with these
    /// bytes where they stand.
    fn each<'a, 'w>(
        &'a self,
        edge: Option<[u8; 2]>,
        part: impl Fn(usize) -> Option<&'w str>,
        mut found: impl FnMut(&'a S),
    ) {
        if !self.edges.has(edge) {
            return;
        }
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
            longest: 0,
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
                let edge = ending.as_bytes().last_chunk().copied();
                self.endings.add(ending, edge, sense.clone());
                continue;
            }
            if let Some(stem) = form.strip_suffix('*') {
                let edge = stem.as_bytes().first_chunk().copied();
                self.stems.add(stem, edge, sense.clone());
                continue;
            }
            let mut words: Vec<String> = if unspaced {
                form.chars().map(String::from).collect()
            } else {
                form.split(' ').map(str::to_owned).collect()
            };
            if !words.is_empty() {
                let first = words.remove(0);
                self.longest = self.longest.max(first.len());
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
        if first.len() <= self.longest
            && let Some(exact) = self.exact.get(first)
        {
            // A small word opens dozens of forms, which the next word tells apart.
            let second = words(1);
            for (rest, sense) in exact {
                let mut more = rest.iter().zip(1..);
                let next = more.next().is_none_or(|(word, _)| second == Some(word));
                if next && more.all(|(word, i)| words(i) == Some(word)) {
                    found(sense, rest.len() + 1);
                }
            }
        }
        let ending = |len| {
            (first.len().checked_sub(len))
                .filter(|at| *at > 0)
                .and_then(|at| first.get(at..))
        };
        let edge = first.as_bytes().last_chunk().copied();
        self.endings.each(edge, ending, |sense| found(sense, 1));
        let stem = |len| {
            let rest = first.get(len..)?;
            (rest.chars().take(STEM_ROOM + 1).count() <= STEM_ROOM).then(|| &first[..len])
        };
        let edge = first.as_bytes().first_chunk().copied();
        self.stems.each(edge, stem, |sense| found(sense, 1));
    }
}
