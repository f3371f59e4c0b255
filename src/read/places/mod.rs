//! Places that the text names: towns, regions and countries of the gazetteer.
//!
//! Precision before recall. A name stands alone only where it can hardly mean anything else: a large town whose name is
//! no word and no person's; every other needs a preposition of place, a postal code, a dateline, or its region or country
//! behind it. A name inside a longer one (`Geneva Convention`) is none, but behind a small word it is: `University of Geneva`.

mod context;
mod names;
mod spaced;
mod unspaced;
mod words;

use super::Context;
use super::blocks::folded;
use super::layout::usual_capitals;
use crate::lang::PlaceTable;
use crate::source::Span;

/// A place named in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceMention {
    /// All of its words (`Rotterdam, the Netherlands`).
    pub span: Span,
    /// Town, as written in the text, folded to usual capitals; without the ending that a case gives it.
    pub locality: Option<String>,
    /// State or province as written.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2: as the text states it, or the only country a town of that name is known in.
    pub country: Option<String>,
    /// Whether the text itself names the country (or a state that fixes it).
    pub country_stated: bool,
    /// Whether the name stands in a case that says something else than where: `Helsingin`.
    pub oblique: bool,
}

/// Every place named inside `range`, longest first at each word, in order, none overlapping.
pub fn find(context: Context<'_>, range: Span, language: Option<&str>) -> Vec<PlaceMention> {
    let table = language
        .and_then(|tag| context.lexicons.get(tag))
        .map(|lexicon| &lexicon.places);
    let mut mentions = spaced::find(
        context.text,
        range,
        table.unwrap_or_else(|| PlaceTable::unknown()),
        language,
    );
    if let (Some(table), Some(tag)) = (table, language) {
        mentions.extend(unspaced::find(context.text, range, table, tag));
        mentions.sort_by_key(|m| m.span);
    }
    mentions
}

/// Words of the text as facts carry them; abbreviations (`MA`, `D.C.`) keep their capitals.
fn copied(text: &str, span: Span) -> String {
    usual(span.of(text))
}

/// Words with the capitals that facts carry.
fn usual(words: &str) -> String {
    if words.chars().filter(|c| c.is_alphabetic()).count() <= 3 {
        return folded(words);
    }
    usual_capitals(&folded(words))
}
