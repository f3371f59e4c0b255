//! Forms of a table's words, found among the words of a text.

use std::collections::HashMap;

/// Letters that may follow a form `сесси*`.
const STEM_ROOM: usize = 4;

/// The forms of a table with what each means, by their first word.
///
/// A form `*tagung` matches the end of a longer word, a form `сесси*` a word with up to four further letters.
#[derive(Debug)]
pub struct Forms<S> {
    exact: HashMap<String, Vec<(Vec<String>, S)>>,
    endings: Vec<(String, S)>,
    stems: Vec<(String, S)>,
}

impl<S> Default for Forms<S> {
    fn default() -> Self {
        Self {
            exact: HashMap::new(),
            endings: Vec::new(),
            stems: Vec::new(),
        }
    }
}

impl<S: Clone> Forms<S> {
    /// Adds forms of one meaning; where words are not spaced every character counts as a word.
    pub(super) fn add(&mut self, unspaced: bool, forms: &[String], sense: &S) {
        for form in forms {
            if let Some(ending) = form.strip_prefix('*') {
                self.endings.push((ending.to_owned(), sense.clone()));
                continue;
            }
            if let Some(stem) = form.strip_suffix('*') {
                self.stems.push((stem.to_owned(), sense.clone()));
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
        for (ending, sense) in &self.endings {
            if first.len() > ending.len() && first.ends_with(ending.as_str()) {
                found(sense, 1);
            }
        }
        for (stem, sense) in &self.stems {
            if first
                .strip_prefix(stem.as_str())
                .is_some_and(|rest| rest.chars().count() <= STEM_ROOM)
            {
                found(sense, 1);
            }
        }
    }
}
