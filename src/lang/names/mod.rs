//! Names of people, searched where they lie in the program.

use super::table::{Table, compiled};

static GIVEN: Table = compiled!("given");
static FAMILY: Table = compiled!("family");

/// Whether a word, in lower case, is a given name somewhere and hardly anything else.
pub fn is_given_name(word: &str) -> bool {
    GIVEN.find(word).is_some()
}

/// Whether a word is a family name in Chinese, Japanese or Korean script.
pub fn is_family_name(word: &str) -> bool {
    FAMILY.find(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_the_whole_word() {
        assert!(is_given_name("josipa") && is_given_name("матвей") && is_family_name("田中"));
        for word in ["", "will", "general", "com2", "a"] {
            assert!(!is_given_name(word), "{word}");
        }
    }
}
