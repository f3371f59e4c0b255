//! Whom a name may mean: an index of the people known so far, which the rules of `cast` choose from.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

/// Letters that two cases of a name share at least.
pub(super) const STEM: usize = 3;

/// Letters by which two cases of a name may differ at their ends.
pub(super) const ENDING: usize = 3;

/// People by the words of their names. Names that they no longer go by stay in it: the rules sift.
pub(super) struct Known<'a> {
    /// Whether names have cases: words of one stem then may be one, and an initial is any word that it begins.
    inflected: bool,
    /// Case endings of last names, with those of the bare name.
    cases: &'a [(String, String)],
    /// By the whole name.
    whole: FxHashMap<Vec<String>, BTreeSet<usize>>,
    /// By every word of the name.
    word: FxHashMap<String, BTreeSet<usize>>,
    /// By its last word that is no initial, and in `initial` by the first letter of that.
    last: FxHashMap<String, BTreeSet<usize>>,
    initial: FxHashMap<String, BTreeSet<usize>>,
}

fn is_initial(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

fn start(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

impl<'a> Known<'a> {
    /// Nobody yet.
    pub(super) fn new(inflected: bool, cases: &'a [(String, String)]) -> Self {
        Self {
            inflected,
            cases,
            whole: FxHashMap::default(),
            word: FxHashMap::default(),
            last: FxHashMap::default(),
            initial: FxHashMap::default(),
        }
    }

    /// Adds a name that the person of this number goes by.
    pub(super) fn add(&mut self, name: &[String], person: usize) {
        self.whole.entry(name.to_vec()).or_default().insert(person);
        for word in name {
            self.word.entry(self.key(word)).or_default().insert(person);
        }
        let last = name
            .iter()
            .rfind(|word| !self.inflected || !is_initial(word));
        if let Some(last) = last {
            self.last.entry(self.key(last)).or_default().insert(person);
            let initial = start(last, 1);
            self.initial.entry(initial).or_default().insert(person);
        }
    }

    /// Everyone whose name may hold all words of this one, or the other way round, and some more.
    pub(super) fn alike(&self, name: &[String]) -> impl Iterator<Item = usize> {
        let holding = name
            .iter()
            .filter(|word| !self.inflected || !is_initial(word))
            .map(|word| self.holding(word))
            .min_by_key(|people| people.iter().map(|p| p.len()).sum::<usize>())
            .unwrap_or_default();
        let held = name.iter().filter_map(|word| {
            let by_letter = self.inflected && is_initial(word);
            let map = if by_letter { &self.initial } else { &self.last };
            map.get(&self.key(word))
        });
        holding.into_iter().chain(held).flatten().copied()
    }

    /// Everyone that a name in another case may mean.
    pub(super) fn bare(&self, name: &[String]) -> BTreeSet<usize> {
        self.recased(name, |(from, to)| (from, to))
    }

    /// Everyone known by another case of this name.
    pub(super) fn declensions(&self, name: &[String]) -> BTreeSet<usize> {
        self.recased(name, |(from, to)| (to, from))
    }

    fn recased(
        &self,
        name: &[String],
        change: impl Fn(&(String, String)) -> (&String, &String),
    ) -> BTreeSet<usize> {
        let Some((last, first)) = name.split_last() else {
            return BTreeSet::new();
        };
        let other = self.cases.iter().filter_map(|case| {
            let (from, to) = change(case);
            let stem = last.strip_suffix(from.as_str())?;
            let name = [first, &[format!("{stem}{to}")]].concat();
            self.whole.get(&name)
        });
        other.flatten().copied().collect()
    }

    /// Everyone whose name has a word that may be this one.
    fn holding(&self, word: &str) -> Vec<&BTreeSet<usize>> {
        let initial = self.inflected.then(|| start(word, 1));
        let initial = initial.filter(|letter| letter != word);
        let same = self.word.get(&self.key(word));
        same.into_iter()
            .chain(initial.and_then(|letter| self.word.get(&letter)))
            .collect()
    }

    /// What words that may be one have in common.
    fn key(&self, word: &str) -> String {
        if self.inflected {
            start(word, STEM)
        } else {
            word.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    fn found(known: &Known<'_>, words: &str) -> Vec<usize> {
        let mut found: Vec<_> = known.alike(&name(words)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn a_name_leads_to_everyone_it_may_mean() {
        let mut known = Known::new(false, &[]);
        for (person, words) in ["ada lindgren", "paul stone", "lindgren"]
            .iter()
            .enumerate()
        {
            known.add(&name(words), person);
        }
        assert_eq!(found(&known, "lindgren"), [0, 2]);
        assert_eq!(found(&known, "ada maria lindgren"), [0, 2]);
        assert_eq!(found(&known, "pauline stones"), [0_usize; 0]);
    }

    #[test]
    fn cases_and_initials_lead_to_the_name() {
        let mut known = Known::new(true, &[]);
        for (person, words) in ["иван вольный", "м речная"].iter().enumerate() {
            known.add(&name(words), person);
        }
        assert_eq!(found(&known, "вольного"), [0]);
        assert_eq!(found(&known, "в а вольным"), [0]);
        assert_eq!(found(&known, "марии речной"), [1]);
        assert_eq!(found(&known, "и вольному"), [0]);
    }

    #[test]
    fn endings_of_cases_are_exchanged_both_ways() {
        let cases = [("sen".to_owned(), "nen".to_owned())];
        let mut known = Known::new(false, &cases);
        known.add(&name("aino salminen"), 0);
        known.add(&name("eero korhosen"), 1);
        assert_eq!(known.bare(&name("aino salmisen")), BTreeSet::from([0]));
        assert_eq!(
            known.declensions(&name("eero korhonen")),
            BTreeSet::from([1])
        );
    }
}
