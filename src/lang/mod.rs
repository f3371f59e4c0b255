//! Knowledge of languages as data: one table for each language, compiled in.
//!
//! A language is one `.toml` file and its tag in `registry.rs`. The build script (`make`) makes of the tables what is fastest to
//! look up. Each step of reading owns one section of the tables.

mod agents;
mod dates;
mod declension;
mod events;
mod forms;
mod index;
mod layout;
mod names;
pub mod places;
mod registry;
mod sentences;
mod shared;
mod table;

use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

pub use agents::{AgentTable, AgentWord};
pub use dates::{
    DateRole, DateTable, DateWord, DateWords, NumericOrder, PieceKind, digit, plain_mark,
};
pub use declension::Declension;
pub use events::{EventTable, EventWord, Meaning, NameStyle};
pub use forms::Forms;
pub use index::{is_glued, language_stem};
pub use layout::{
    Hit, LabelKind, LabelTable, LayoutTable, Part, Phrases, ROOM, folded_phrase, folded_word,
    is_unspaced,
};
pub use names::{is_family_name, is_given_name};
pub use places::PlaceTable;
use registry::languages;
pub use sentences::SentenceTable;
pub use shared::LanguageName;
use shared::Shared;
use table::compiled;

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
    shared: Shared,
    /// One for each language of `TABLES`, read when it is first asked for.
    lexicons: Vec<OnceLock<Lexicon>>,
}

impl Lexicons {
    /// The built-in tables.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Lexicons> = LazyLock::new(|| {
            const SHARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shared.bin"));
            let mut shared: Shared =
                postcard::from_bytes(SHARED).expect("as the build script wrote it");
            shared.index.common.table = compiled!("common");
            shared.phrases.rows.table = compiled!("phrases");
            shared.phrases.reach = compiled!("reach");
            shared.date_words.words.table = compiled!("dates");
            Lexicons {
                shared,
                lexicons: TABLES.iter().map(|_| OnceLock::new()).collect(),
            }
        });
        &BUILTIN
    }

    /// SHA-256 over all built-in tables: what was read with others is to be read again.
    pub fn fingerprint() -> String {
        env!("TABLES_SHA256").to_owned()
    }

    /// What every language is called, in order of the registry.
    pub fn names(&self) -> &[LanguageName] {
        &self.shared.names
    }

    /// Every table, in order of the registry.
    pub fn all(&self) -> impl Iterator<Item = &Lexicon> {
        (0..self.lexicons.len()).map(|place| self.lexicon(place))
    }

    fn lexicon(&self, place: usize) -> &Lexicon {
        self.lexicons[place].get_or_init(|| {
            let (tag, text) = TABLES[place];
            match serde_json::from_str::<Lexicon>(text) {
                Ok(mut lexicon) => {
                    let events = lexicon.events.nouns.values().flatten();
                    lexicon.agents.declension.know(events);
                    lexicon
                }
                Err(fault) => panic!("src/lang/{tag}.toml, as JSON: {fault}"),
            }
        })
    }

    /// Every layout phrase of every table.
    pub fn phrases(&self) -> &Phrases {
        &self.shared.phrases
    }

    /// Titles of address that may stand in a text of any language.
    pub fn titles(&self) -> &Forms<AgentWord> {
        &self.shared.titles
    }

    /// Places in the registry of the languages that a word, in small letters, is frequent in.
    pub fn common(&self, word: &str) -> &[usize] {
        self.shared.index.common(word)
    }

    /// Whether folded words can hold the name of a language, in any case and language.
    pub fn may_name_language(&self, folded: &str) -> bool {
        self.shared.index.may_name_language(folded)
    }

    /// Whether a word is a language's tag or name, in English or in itself.
    pub fn is_language(&self, word: &str) -> bool {
        self.shared.index.is_language(word)
    }

    /// The place of a language's table in the registry; region and script are looked through.
    pub fn index(&self, tag: &str) -> Option<usize> {
        let place = |tag| self.shared.index.place(tag);
        place(tag).or_else(|| place(tag.split('-').next().unwrap_or(tag)))
    }

    /// Every word of dates and times, indexed.
    pub fn date_words(&self) -> &DateWords {
        &self.shared.date_words
    }

    /// The table of a language; region and script are looked through.
    pub fn get(&self, tag: &str) -> Option<&Lexicon> {
        self.index(tag).map(|place| self.lexicon(place))
    }
}

macro_rules! tables {
    ($($tag:literal),+ $(,)?) => {
        /// Every language: its tag and its table, as the build script writes it.
        static TABLES: &[(&str, &str)] =
            &[$(($tag, include_str!(concat!(env!("OUT_DIR"), "/", $tag, ".json")))),+];
    };
}

languages!(tables);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_reads() {
        assert_eq!(Lexicons::builtin().all().count(), TABLES.len());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang");
        for (lexicon, (tag, _)) in Lexicons::builtin().all().zip(TABLES) {
            // From the table as it is written, so that a fault names its line.
            let text = std::fs::read_to_string(folder.join(format!("{tag}.toml"))).unwrap();
            let table: Lexicon =
                toml::from_str(&text).unwrap_or_else(|fault| panic!("{tag}: {fault}"));
            assert_eq!((&table.tag, lexicon.tag.as_str()), (&lexicon.tag, *tag));
        }
    }
}
