//! The `[sentences]` section of a language table.

use rustc_hash::FxHashSet;

use serde::Deserialize;

/// What tells a full stop that ends a sentence from one that does not. Abbreviations are written without their last full
/// stop, inner ones stand (`z.b`). One in lower case means any capitals; one with a capital only itself: `Sat`, not `sat`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SentenceTable {
    /// Abbreviations that something always follows: titles, `e.g.`
    pub before: FxHashSet<String>,
    /// Abbreviations before a number: `No. 5`, `Art. 3`. Before anything else they are words.
    pub before_number: FxHashSet<String>,
    /// Abbreviations that can also be a sentence's last word: `Inc.`, `a.m.`
    pub anywhere: FxHashSet<String>,
    /// Abbreviations that end a sentence where a number stands before them, and go on where none does: `2014 г.`, `г. Омск`.
    pub after_number: FxHashSet<String>,
    /// Words, in lower case, that begin a sentence far more often than a name: articles, pronouns, prepositions.
    pub openers: FxHashSet<String>,
    /// Whether a number with a full stop is an ordinal: `3. Mai`.
    pub ordinal_stop: bool,
    /// Marks that end a sentence in this language alone, before a blank: the Greek question mark.
    pub stops: Vec<char>,
}

#[cfg(test)]
mod tests {
    use super::super::Lexicons;

    #[test]
    fn entries_are_written_as_they_are_looked_up() {
        for lexicon in Lexicons::builtin().all() {
            let table = &lexicon.sentences;
            let mut entries: Vec<_> = table
                .before
                .iter()
                .chain(&table.before_number)
                .chain(&table.anywhere)
                .chain(&table.after_number)
                .chain(&table.openers)
                .collect();
            entries.sort();
            for entry in entries {
                assert!(
                    !entry.is_empty() && !entry.ends_with('.') && !entry.contains(' '),
                    "{}: {entry}",
                    lexicon.tag
                );
            }
            let capital = |entry: &&String| **entry != entry.to_lowercase();
            assert_eq!(table.openers.iter().find(capital), None, "{}", lexicon.tag);
        }
    }
}
