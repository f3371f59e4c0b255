//! Identities made from names, and names taken apart.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::write::percent_path;

/// Hands out fragments that are unique within a release.
#[derive(Debug, Default)]
pub(super) struct Fragments(BTreeSet<String>);

impl Fragments {
    /// `person-kunio-mikuriya` for a name; a second name of the same letters gets a number.
    pub(super) fn of(&mut self, kind: &str, name: &str) -> String {
        let slug = slug(name);
        let plain = if slug.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind}-{slug}")
        };
        let mut fragment = plain.clone();
        let mut number = 1;
        while !self.0.insert(fragment.clone()) {
            number += 1;
            fragment = format!("{plain}-{number}");
        }
        fragment
    }
}

/// The letters and digits of a name in lower case, without accents, words joined by hyphens, safe for addresses.
fn slug(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .nfc()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    percent_path(&words.join("-"))
}

/// The form of a name under which it is looked up: white space and letter case do not count.
pub(super) fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Given and family name, only where capitals mark the surname (`Oumou KEITA TRAORE`, `TANAKA Yui`).
pub(super) fn given_and_family(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first_is_surname = is_capitals(words.first()?);
    let cut = words
        .iter()
        .position(|word| is_capitals(word) != first_is_surname)?;
    let (head, tail) = words.split_at(cut);
    let (given, family) = if first_is_surname {
        (tail, head)
    } else {
        (head, tail)
    };
    let marked = family.iter().all(|word| is_capitals(word))
        && given.iter().all(|word| is_capitalized(word));
    marked.then(|| (given.join(" "), family.join(" ")))
}

/// Two capitals or more and no small letter: not an initial.
fn is_capitals(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 2 && letters().all(char::is_uppercase) && !word.contains('.')
}

/// A capital with small letters behind it.
fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_plain_and_unique() {
        let mut fragments = Fragments::default();
        for (name, want) in [
            ("Inês  Duarte", "person-ines-duarte"),
            ("Ines Duarte", "person-ines-duarte-2"),
            ("O'Neil, Sam", "person-o-neil-sam"),
            ("李明", "person-%E6%9D%8E%E6%98%8E"),
            ("*", "person"),
        ] {
            assert_eq!(fragments.of("person", name), want, "{name}");
        }
    }

    #[test]
    fn only_capitals_mark_a_surname() {
        for (name, want) in [
            ("Oumou KEITA TRAORE", Some(("Oumou", "KEITA TRAORE"))),
            ("TANAKA Yui", Some(("Yui", "TANAKA"))),
            ("Jean-Luc D’AMBRE", Some(("Jean-Luc", "D’AMBRE"))),
            ("Kunio Mikuriya", None),
            ("ANA LIMA", None),
            ("J. LIMA", None),
            ("Ana DE la CRUZ", None),
            ("李明", None),
            ("", None),
        ] {
            let want = want.map(|(given, family)| (given.to_owned(), family.to_owned()));
            assert_eq!(given_and_family(name), want, "{name}");
        }
    }
}
