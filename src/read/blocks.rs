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
    let mark = crawl_mark(text);
    for raw in text.split_inclusive('\n') {
        let start = at.max(mark.min(at + raw.len()));
        let span = Span::new(start, at + raw.len()).trim(text);
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

/// Bytes of the mark that a crawler glued to the first line: ` date 2030-05-03 `, ` date 2030-05 `. It is no part of the
/// release, and tells when the page was fetched or filed, not when it was published.
fn crawl_mark(text: &str) -> usize {
    let lead = text.trim_start_matches('\u{feff}').trim_start();
    let Some(rest) = lead.strip_prefix("date ") else {
        return 0;
    };
    // A stamp with a line of its own is a label with its date.
    let blank = |c: char| c.is_whitespace() && c != '\n';
    let stamp = rest.split(blank).next().unwrap_or_default();
    let shape: String = stamp
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    if matches!(shape.as_str(), "0000-00" | "0000-00-00") {
        text.len() - rest.len() + stamp.len()
    } else {
        0
    }
}

/// White space folded to single spaces, none at the ends: how text is copied out of a source.
pub fn folded(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether white space is folded as [`folded`] does it.
fn is_folded(text: &str) -> bool {
    is_plain(text)
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !beyond_ascii(text).any(char::is_whitespace)
}

/// The characters of a text that are not ASCII.
pub(super) fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    let bytes = text.bytes().enumerate();
    let starts = bytes.filter(|(_, byte)| !byte.is_ascii() && byte.leading_ones() > 1);
    starts.filter_map(|(at, _)| text[at..].chars().next())
}

/// Whether a text has no ASCII control character: neither line ends nor tabs.
pub(super) fn is_plain(text: &str) -> bool {
    // All bytes are looked at, so that many are at once.
    !(text.bytes()).fold(false, |control, byte| control | byte.is_ascii_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_crawlers_are_left_out() {
        for (text, want) in [
            (" date 2030-05-03 Title\nText", "Title"),
            (" date 2030-05 Title", "Title"),
            (" date 2030-05\u{A0}Title", "Title"),
            ("date 2030-05-03\nTitle", "date 2030-05-03"),
            ("date of the fair", "date of the fair"),
            ("Date 3 May", "Date 3 May"),
            (" date 2030-05-03 ", ""),
        ] {
            let first = lines(text).first().map_or("", |l| l.span.of(text));
            assert_eq!(first, want, "{text}");
        }
    }

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
