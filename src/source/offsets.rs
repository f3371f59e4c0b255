//! From places in the text back to places in the bytes as received.

use super::Span;

/// Maps offsets in the text to offsets in the bytes as received: runs that move together.
///
/// An empty map is the identity: text and bytes are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offsets {
    /// `(text offset, byte offset)` at the start of each run, strictly ascending in the first.
    /// Inside a run both advance by the same amount.
    runs: Vec<(u32, u32)>,
}

impl Offsets {
    /// A map of runs, the first at text offset 0.
    pub fn new(runs: Vec<(u32, u32)>) -> Self {
        debug_assert!(runs.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1));
        Self { runs }
    }

    /// Where a span of the text lies in the bytes. Its end is where its last byte's character ends,
    /// so that characters removed behind it are not part of it.
    pub fn to_bytes(&self, span: Span) -> Span {
        if self.runs.is_empty() {
            return span;
        }
        let start = self.byte(span.start);
        let end = if span.is_empty() {
            start
        } else {
            self.byte(span.end - 1) + 1
        };
        Span { start, end }
    }

    fn byte(&self, at: u32) -> u32 {
        let run = self
            .runs
            .partition_point(|run| run.0 <= at)
            .saturating_sub(1);
        let (text, bytes) = self.runs[run];
        bytes + (at - text)
    }
}
