//! Bare forms of names in languages with cases: the noun that heads a name, and the adjectives that agree with it.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// Nouns with their cases, and endings of adjectives.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Declension {
    /// Nouns of bodies, posts, events and houses: gender (`m`, `f`, `n`), bare form, then the forms of its cases.
    pub nouns: Vec<Vec<String>>,
    /// Endings of adjectives by the gender of their noun: gender, ending, ending of the bare form.
    pub adjectives: Vec<[String; 3]>,
    /// Whether adjectives may stand behind their noun too.
    pub behind: bool,
    /// Endings of nouns that look like those of adjectives.
    pub not_adjectives: Vec<String>,
    /// Nouns of other tables, which are no adjectives either.
    #[serde(skip)]
    others: FxHashSet<String>,
    #[serde(skip)]
    forms: OnceLock<FxHashMap<String, usize>>,
}

impl Declension {
    /// A name in its bare form; `None` where it has that form already or the tables cannot tell.
    ///
    /// Only adjectives, numerals and ordinals may stand before the noun: of any other name the head is not sure.
    pub fn bare(&self, name: &str) -> Option<String> {
        if self.nouns.is_empty() {
            return None;
        }
        let words: Vec<&str> = name.split(' ').collect();
        let keys: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
        let (head, row) = keys
            .iter()
            .enumerate()
            .find_map(|(i, key)| Some((i, &self.nouns[*self.forms().get(key)?])))?;
        let [gender, bare, ..] = row.as_slice() else {
            return None;
        };
        if *bare == keys[head] {
            return None;
        }
        let mut restored: Vec<String> = Vec::with_capacity(words.len());
        for (word, key) in words.iter().zip(&keys).take(head) {
            restored.push(self.adjective(gender, word, key)?);
        }
        restored.push(like(words[head], bare));
        let mut behind = self.behind;
        for (word, key) in words.iter().zip(&keys).skip(head + 1) {
            let agreeing = self.adjective(gender, word, key).filter(|_| behind);
            behind &= agreeing.is_some();
            restored.push(agreeing.unwrap_or_else(|| (*word).to_owned()));
        }
        Some(restored.join(" "))
    }

    /// Takes the nouns of another table along.
    pub(super) fn know<'a>(&mut self, nouns: impl Iterator<Item = &'a String>) {
        let whole = nouns.filter(|noun| !noun.contains(['*', ' ']));
        self.others.extend(whole.cloned());
    }

    fn adjective(&self, gender: &str, word: &str, key: &str) -> Option<String> {
        let noun = self.others.contains(key)
            || (self.not_adjectives.iter()).any(|ending| key.ends_with(ending.as_str()));
        if noun {
            return None;
        }
        let numeral = word
            .chars()
            .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
            || word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('.');
        if numeral {
            return Some(word.to_owned());
        }
        let (_, ending, bare) = self
            .adjectives
            .iter()
            .map(|[of, ending, bare]| (of, ending, bare))
            .filter(|(of, ending, _)| *of == gender && key.ends_with(ending.as_str()))
            .max_by_key(|(_, ending, _)| ending.len())?;
        let kept = word.chars().count() - ending.chars().count();
        let stem: String = word.chars().take(kept).collect();
        Some(if stem.is_empty() {
            like(word, bare)
        } else {
            stem + bare
        })
    }

    fn forms(&self) -> &FxHashMap<String, usize> {
        self.forms.get_or_init(|| {
            let mut forms = FxHashMap::default();
            for (row, noun) in self.nouns.iter().enumerate() {
                for form in noun.iter().skip(1) {
                    forms.entry(form.clone()).or_insert(row);
                }
            }
            forms
        })
    }
}

/// A word of the table with the capitals of the text's.
fn like(written: &str, word: &str) -> String {
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if written.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lexicons;

    #[test]
    fn names_take_their_bare_form_where_the_tables_can_tell() {
        for (language, name, want) in [
            (
                "ru",
                "Речного университета имени Вольного",
                Some("Речной университет имени Вольного"),
            ),
            (
                "ru",
                "Общественной палаты города",
                Some("Общественная палата города"),
            ),
            ("ru", "Институт рек", None),
            ("ru", "кого-то из совета", None),
            ("pl", "Uniwersytetu Portowego", Some("Uniwersytet Portowy")),
            (
                "pl",
                "III Krajowej Konferencji Latarników",
                Some("III Krajowa Konferencja Latarników"),
            ),
            (
                "cs",
                "Univerzitou Rybářskou v Plzni",
                Some("Univerzita Rybářská v Plzni"),
            ),
            ("uk", "Річкової ради", Some("Річкова рада")),
            ("cs", "Zasedání Rady přístavu", None),
            ("cs", "Vyklizení Rady přístavu", None),
            ("cs", "Národní radou", Some("Národní rada")),
            ("en", "Harbour Council", None),
        ] {
            let lexicon = Lexicons::builtin().get(language).unwrap();
            let bare = lexicon.agents.declension.bare(name);
            assert_eq!(bare.as_deref(), want, "{name}");
        }
    }
}
