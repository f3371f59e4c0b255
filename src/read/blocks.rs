//! The text's lines, and the blocks that blank lines part.

use crate::source::Span;

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its words, white space at both ends left out.
    pub span: Span,
    /// Number of blank lines before it.
    pub gap: usize,
    /// Characters of white space that it is indented by.
    pub indent: usize,
}

/// Every line that is not blank, in order.
pub fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut gap = 0;
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let span = Span::new(at, at + raw.len()).trim(text);
        at += raw.len();
        if span.is_empty() {
            gap += 1;
            continue;
        }
        found.push(Line {
            span,
            gap: std::mem::take(&mut gap),
            indent: raw.chars().take_while(|c| c.is_whitespace()).count(),
        });
    }
    found
}

/// White space folded to single spaces, none at the ends: how text is copied out of a source.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_the_gap_before_them() {
        let text = "one\n\n\n  two \nthree";
        let got: Vec<_> = lines(text)
            .iter()
            .map(|l| (l.span.of(text), l.gap, l.indent))
            .collect();
        assert_eq!(got, [("one", 0, 0), ("two", 2, 2), ("three", 0, 0)]);
    }
}
