//! Knowledge of languages as data: one table for each language, compiled in.
//!
//! A language is one `.toml` file and its line in `TABLES`; `build.rs` makes JSON of it. Each step of reading owns one
//! section of the tables.

mod agents;
mod dates;
mod declension;
mod events;
mod forms;
mod index;
mod layout;
pub mod places;
mod sentences;

use std::sync::LazyLock;

use serde::Deserialize;

pub use agents::{AgentTable, AgentWord, is_family_name, is_given_name};
pub use dates::{
    DateRole, DateTable, DateWord, DateWords, NumericOrder, PieceKind, digit, plain_mark,
};
pub use declension::Declension;
pub use events::{EventTable, EventWord, Meaning, NameStyle};
pub use forms::Forms;
use index::Index;
pub use index::{is_glued, language_stem};
pub use layout::{
    Hit, LabelKind, LabelTable, LayoutTable, Part, Phrases, folded_phrase, is_unspaced,
};
pub use places::PlaceTable;
pub use sentences::SentenceTable;

/// The table of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// BCP 47 tag.
    pub tag: String,
    /// Name in English, as fallback notices print it.
    pub english: String,
    /// Name in itself.
    pub endonym: String,
    /// Month and weekday names, date grammar, clock words.
    #[serde(default)]
    pub dates: DateTable,
    /// Abbreviations and the words that sentences begin with.
    #[serde(default)]
    pub sentences: SentenceTable,
    /// Prepositions and endings around the names of places.
    #[serde(default)]
    pub places: PlaceTable,
    /// Notices, labels, section headings, document types.
    #[serde(default)]
    pub layout: LayoutTable,
    /// Honorifics, roles, organization words, abbreviations.
    #[serde(default)]
    pub agents: AgentTable,
    /// Event nouns, verbs, ordinals, status and attendance words.
    #[serde(default)]
    pub events: EventTable,
}

impl Lexicon {
    /// The forms of the words around people and organizations.
    pub fn agent_words(&self) -> &Forms<AgentWord> {
        self.agents.lookup(self.events.style == NameStyle::Unspaced)
    }
}

/// All language tables.
#[derive(Debug)]
pub struct Lexicons {
    all: Vec<Lexicon>,
    index: Index,
    phrases: Phrases,
    date_words: DateWords,
    titles: Forms<AgentWord>,
}

impl Lexicons {
    /// The built-in tables, read once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Lexicons> = LazyLock::new(|| {
            let all: Vec<Lexicon> = TABLES
                .iter()
                .map(|(tag, text)| match serde_json::from_str::<Lexicon>(text) {
                    Ok(mut lexicon) => {
                        let events = lexicon.events.nouns.values().flatten();
                        lexicon.agents.declension.know(events);
                        lexicon
                    }
                    Err(fault) => panic!("src/lang/{tag}.toml, as JSON: {fault}"),
                })
                .collect();
            let index = Index::of(&all);
            let phrases = Phrases::of(&all);
            let date_words = DateWords::new(all.iter().map(|l| &l.dates));
            let titles = agents::titles(all.iter().map(|l| &l.agents));
            Lexicons {
                all,
                index,
                phrases,
                date_words,
                titles,
            }
        });
        &BUILTIN
    }

    /// SHA-256 over all built-in tables: what was read with others is to be read again.
    pub fn fingerprint() -> String {
        use sha2::{Digest, Sha256};
        use std::fmt::Write;
        let mut hash = Sha256::new();
        for (tag, text) in TABLES {
            hash.update(tag);
            hash.update(text);
        }
        for table in places::texts().into_iter().chain(agents::texts()) {
            hash.update(table);
        }
        hash.finalize().iter().fold(String::new(), |mut out, byte| {
            // Writing to a string cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// Every table, in order of the registry.
    pub fn all(&self) -> &[Lexicon] {
        &self.all
    }

    /// Every layout phrase of every table.
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// Titles of address that may stand in a text of any language.
    pub fn titles(&self) -> &Forms<AgentWord> {
        &self.titles
    }

    /// Places in the registry of the languages that a word, in small letters, is frequent in.
    pub fn common(&self, word: &str) -> &[usize] {
        self.index.common(word)
    }

    /// Whether folded words can hold the name of a language, in any case and language.
    pub fn may_name_language(&self, folded: &str) -> bool {
        self.index.may_name_language(folded)
    }

    /// Whether a word is a language's tag or name, in English or in itself.
    pub fn is_language(&self, word: &str) -> bool {
        self.index.is_language(word)
    }

    /// The place of a language's table in the registry; region and script are looked through.
    pub fn index(&self, tag: &str) -> Option<usize> {
        let primary = || tag.split('-').next().unwrap_or(tag);
        (self.index.place(tag)).or_else(|| self.index.place(primary()))
    }

    /// Every word of dates and times, indexed.
    pub fn date_words(&self) -> &DateWords {
        &self.date_words
    }

    /// The table of a language; region and script are looked through.
    pub fn get(&self, tag: &str) -> Option<&Lexicon> {
        self.index(tag).map(|place| &self.all[place])
    }
}

macro_rules! tables {
    ($($tag:literal),+ $(,)?) => {
        /// Every language: its tag and its table, as `build.rs` writes it.
        static TABLES: &[(&str, &str)] =
            &[$(($tag, include_str!(concat!(env!("OUT_DIR"), "/", $tag, ".json")))),+];
    };
}

tables! {
    "en", "fr", "es", "ru", "zh", "ar", "pt", "de", "it", "ja", "ko", "nl", "pl", "tr", "uk",
    "bg", "bs", "ca", "cs", "da", "el", "et", "fa", "fi", "he", "hi", "hr", "hu", "id", "ka",
    "kk", "lt", "lv", "mk", "ms", "nb", "ro", "sk", "sl", "sq", "sr", "sv", "th", "vi",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_reads() {
        assert_eq!(Lexicons::builtin().all().len(), TABLES.len());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang");
        for (lexicon, (tag, _)) in Lexicons::builtin().all().iter().zip(TABLES) {
            // From the table as it is written, so that a fault names its line.
            let text = std::fs::read_to_string(folder.join(format!("{tag}.toml"))).unwrap();
            let table: Lexicon =
                toml::from_str(&text).unwrap_or_else(|fault| panic!("{tag}: {fault}"));
            assert_eq!((&table.tag, lexicon.tag.as_str()), (&lexicon.tag, *tag));
        }
    }
}
