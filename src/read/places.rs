//! Places that the text names: towns, regions and countries of the gazetteer.

use super::Context;
use crate::source::Span;

/// A place named in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceMention {
    /// All of its words (`Rotterdam, the Netherlands`).
    pub span: Span,
    /// Town, as written in the text, folded to usual capitals.
    pub locality: Option<String>,
    /// State or province as written.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2: as the text states it, or the only country a town of that name is known in.
    pub country: Option<String>,
    /// Whether the text itself names the country (or a state that fixes it).
    pub country_stated: bool,
}

/// Every place named inside `range`, longest first at each word, in order, none overlapping.
pub fn find(_context: Context<'_>, _range: Span, _language: Option<&str>) -> Vec<PlaceMention> {
    Vec::new()
}
