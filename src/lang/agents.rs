//! The `[agents]` section of a language table.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::declension::Declension;
use super::forms::Forms;

/// Words around people and organizations.
///
/// Lists hold lower-case forms as [`Forms`] reads them, all inflections written out, abbreviations without their last
/// full stop.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AgentTable {
    /// All words, by what they tell.
    pub words: BTreeMap<AgentWord, Vec<String>>,
    /// Endings that cases give a person's last name, each with the ending of the bare name.
    pub name_cases: Vec<(String, String)>,
    /// Endings of given names in other cases, each with the ending of the bare name.
    pub given_cases: Vec<(String, String)>,
    /// Nouns that head names, with their cases.
    pub declension: Declension,
    #[serde(skip)]
    index: OnceLock<Forms<AgentWord>>,
}

impl Clone for AgentTable {
    fn clone(&self) -> Self {
        Self {
            words: self.words.clone(),
            name_cases: self.name_cases.clone(),
            given_cases: self.given_cases.clone(),
            declension: self.declension.clone(),
            index: OnceLock::new(),
        }
    }
}

/// What a word tells the search of people and organizations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentWord {
    /// Title of address or rank before a name.
    Honorific,
    /// The same, plain enough to be one in a text of any language: Mme, Lic.
    Title,
    /// Title of address of a man alone.
    Man,
    /// Title of address of a woman alone.
    Woman,
    /// Title of address behind a name: 氏, Bey.
    HonorificAfter,
    /// Noun of a post or calling.
    Role,
    /// The same in the plural: everyone named behind it holds it.
    Roles,
    /// Word that may stand before a post's noun in lower case: deputy, acting.
    RoleModifier,
    /// Joins a post to a body, or the parts of a body's name: of, for.
    Joint,
    /// Preposition that holds an article: du, del, nello.
    Contracted,
    /// Joins two of a kind: and.
    And,
    /// Verb of saying: people do it.
    Says,
    /// Indefinite article.
    Indefinite,
    /// Noun of an organization.
    Body,
    /// Noun of an organization that stays small behind the name that it goes with: Ulvik kommune.
    BodyBehind,
    /// The same before the name: gemeente Vleuten.
    BodyAhead,
    /// Noun that names one body by itself: Hamndepartementet.
    BodyAlone,
    /// Noun of an organization that names one in small letters too: `ministère de la Santé`.
    SmallBody,
    /// Ending of a word in small letters that may follow the noun of a body in its name: `Министерство культуры`.
    Genitive,
    /// Noun of what is no organization although its name looks like one: convention, programme.
    NotBody,
    /// Says that somebody is given a post: appointed, elected.
    Appointed,
    /// Leads to the post that somebody is given: as, as its.
    As,
    /// Noun that the one company of a text goes by: the company.
    Firm,
    /// Legal form of a company, behind its name.
    Company,
    /// Legal form of a company, before its name: ООО, PT.
    CompanyBefore,
    /// Small word inside the name of a person: van, bin.
    Particle,
    /// Behind a family name: Jr, III.
    Suffix,
    /// Never part of a name, whatever its capitals: articles, pronouns, prepositions, adverbs that open sentences.
    Function,
    /// Noun that makes a street, house or place out of a person's name: Avenue, Airport.
    Thing,
}

impl AgentTable {
    /// The forms by their first word, built once: a language always spaces its words or never does.
    pub(super) fn lookup(&self, unspaced: bool) -> &Forms<AgentWord> {
        self.index.get_or_init(|| {
            let mut index = Forms::default();
            for (word, forms) in &self.words {
                index.add(unspaced, forms, word);
            }
            index
        })
    }

    /// The forms of one kind.
    pub fn forms(&self, word: AgentWord) -> &[String] {
        self.words.get(&word).map_or(&[], Vec::as_slice)
    }
}
