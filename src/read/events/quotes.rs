//! What stands in quotation marks.

use std::ops::Range;

use super::phrases::{is_closing_quote, is_opening_quote};
use super::words::Words;

/// The quotation marks of a passage.
pub(super) struct Quotes {
    /// For each token the mark that is open before it.
    open: Vec<Option<usize>>,
    /// The last mark that closes.
    last: Option<usize>,
}

impl Quotes {
    pub(super) fn of(words: &Words<'_>) -> Self {
        let mut open = None;
        let before = (0..words.len()).map(|k| {
            let here = open;
            if open.is_some() && is_closing_quote(words.folded(k)) {
                open = None;
            } else if is_opening_quote(words.folded(k)) {
                open = Some(k);
            }
            here
        });
        Self {
            open: before.collect(),
            last: (0..words.len()).rfind(|k| is_closing_quote(words.folded(*k))),
        }
    }

    /// Whether a run stands in quotation marks with other words: in a title, a house is part of what the title says.
    pub(super) fn hold(&self, words: &Words<'_>, run: &Range<usize>) -> bool {
        let closes = is_closing_quote(words.folded(run.end));
        self.open[run.start].is_some_and(|k| k + 1 < run.start || !closes)
            && self.last.is_some_and(|last| last >= run.end)
    }
}
