//! Candidates that lost: what else a fact could have been, and why it is not.

use crate::source::Span;

/// Rivals that are kept of one field: an editor reads the first ones, and a text may hold thousands.
pub(super) const MOST: usize = 8;

/// Words that could have been a fact and are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rival {
    /// Path of the field in the record, as in [`Evidence`](crate::model::Evidence).
    pub field: &'static str,
    /// Its words.
    pub span: Span,
    /// Why they are not taken; goes on from the words: `stands in running text`.
    pub reason: &'static str,
}

impl Rival {
    pub(super) fn new(field: &'static str, span: Span, reason: &'static str) -> Self {
        Self {
            field,
            span,
            reason,
        }
    }
}
