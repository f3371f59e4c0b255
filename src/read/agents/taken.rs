//! Which bytes of the text names already found take.

use crate::source::Span;

/// Names already found: sorted, none overlapping.
#[derive(Debug, Default)]
pub(super) struct Taken(Vec<Span>);

impl Taken {
    /// Sorts the spans; of two that overlap the one that begins first stays.
    pub(super) fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable_by_key(|s| (s.start, u32::MAX - s.end));
        let mut end = 0;
        spans.retain(|s| {
            let free = s.start >= end;
            if free {
                end = s.end;
            }
            free
        });
        Self(spans)
    }

    /// The name that has a part of `span`.
    pub(super) fn over(&self, span: Span) -> Option<Span> {
        let at = self.0.partition_point(|t| t.end <= span.start);
        self.0.get(at).copied().filter(|t| t.overlaps(span))
    }

    /// The name that begins at byte `start`.
    pub(super) fn starts(&self, start: u32) -> Option<Span> {
        let at = self.0.partition_point(|t| t.start < start);
        self.0.get(at).copied().filter(|t| t.start == start)
    }

    /// The name that ends at byte `end`.
    pub(super) fn ends(&self, end: u32) -> Option<Span> {
        let at = self.0.partition_point(|t| t.end < end);
        self.0.get(at).copied().filter(|t| t.end == end)
    }
}
