//! Sentences of the body: UAX 29 bounds, corrected for abbreviations, initials, and glued full stops.

use super::Context;
use crate::model::Block;
use crate::source::Span;

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its block in the body.
    pub block: usize,
    /// Its words, trimmed.
    pub span: Span,
}

/// The sentences of the body, in order. `language` is the body's.
pub fn split(_context: Context<'_>, _body: &[Block], _language: Option<&str>) -> Vec<Sentence> {
    Vec::new()
}
