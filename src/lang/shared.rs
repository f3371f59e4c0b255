//! What is looked up in the tables of all languages at once. The build script makes it (`make/shares.rs`).

use serde::{Deserialize, Serialize};

use super::agents::AgentWord;
use super::dates::DateWords;
use super::forms::Forms;
use super::index::Index;
use super::layout::Phrases;

/// The words of all languages.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Shared {
    /// Every language, in order of the registry.
    pub(super) names: Vec<LanguageName>,
    /// Frequent words, and what languages are called.
    pub(super) index: Index,
    /// Layout phrases.
    pub(super) phrases: Phrases,
    /// Words of dates and times.
    pub(super) date_words: DateWords,
    /// Titles of address that may stand in a text of any language.
    pub(super) titles: Forms<AgentWord>,
}

/// What a language is called.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LanguageName {
    /// BCP 47 tag.
    pub tag: String,
    /// Name in English, as fallback notices print it.
    pub english: String,
    /// Name in itself.
    pub endonym: String,
}
