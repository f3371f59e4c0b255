//! The page as pieces: lines, parted where wide gaps or bars part them.

use super::stamps::is_odd;
use super::words::{self, Abbreviations, start_of};
use crate::read::Context;
use crate::read::blocks::{Line, beyond_ascii, is_plain};
use crate::read::dates::DateMention;
use crate::source::Span;

use chrono::Timelike;

/// Blanks in a row that part two pieces of a line.
const WIDE: usize = 4;

/// The same, of the commonest.
const BLANKS: &str = "    ";

/// Lines longer than this are running text: a bar in them parts nothing.
const LONG: usize = 400;

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its words.
    pub(super) span: Span,
    /// Index of its line.
    pub(super) line: usize,
    /// Whether it opens its line.
    pub(super) first: bool,
    /// Whether it closes its line.
    pub(super) last: bool,
    /// Blank lines before it; 0 inside a line.
    pub(super) gap: usize,
}

/// What the steps of layout look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    /// Text, tables, settings.
    pub(super) context: Context<'a>,
    /// Every line.
    pub(super) lines: &'a [Line],
    /// Every date expression.
    pub(super) mentions: &'a [DateMention],
    /// Language of the running text.
    pub(super) language: Option<&'a str>,
    /// Which full stops of the text end no sentence.
    pub(super) abbreviations: Abbreviations<'a>,
    /// Whether labels stand alone on their lines, without marks, each above its value.
    pub(super) bare_labels: bool,
    /// Whether labels lead their lines with nothing but a blank behind them.
    pub(super) led_labels: bool,
}

impl<'a> Page<'a> {
    /// The words under a span.
    pub(super) fn words(&self, span: Span) -> &'a str {
        span.of(self.context.text)
    }

    /// The date expressions inside a span.
    pub(super) fn mentions_in(&self, span: Span) -> &'a [DateMention] {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let until = from + self.mentions[from..].partition_point(|m| m.span.end <= span.end);
        &self.mentions[from..until]
    }

    /// The start of a span, at most `bytes` long.
    pub(super) fn start(&self, span: Span, bytes: usize) -> Span {
        let len = start_of(self.words(span), bytes).len();
        Span {
            start: span.start,
            end: span.start + len as u32,
        }
    }

    /// Whether a line is running text, not a title, label or menu word.
    pub(super) fn is_prose(&self, text: &str) -> bool {
        words::is_prose(text, self.abbreviations)
    }

    /// The text between two bytes; nothing where they are the wrong way round.
    pub(super) fn between(&self, start: u32, end: u32) -> &'a str {
        &self.context.text[start as usize..(end.max(start)) as usize]
    }
}

/// Every piece, in order.
pub(super) fn pieces(text: &str, lines: &[Line], dates: &[DateMention]) -> Vec<Piece> {
    let mut found = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let from = found.len();
        for span in parts(text, line.span, dates) {
            found.push(Piece {
                span,
                line: index,
                first: false,
                last: false,
                gap: 0,
            });
        }
        if let Some(first) = found.get_mut(from) {
            first.first = true;
            first.gap = line.gap;
        }
        if found.len() > from
            && let Some(last) = found.last_mut()
        {
            last.last = true;
        }
    }
    found
}

/// The stretches of one line. A bar between a page's day and hour parts nothing: `3 May 2030 | 21:49`.
fn parts(text: &str, line: Span, dates: &[DateMention]) -> Vec<Span> {
    let slice = line.of(text);
    let parts = |c: char| c.is_whitespace() || matches!(c, '｜' | '¦');
    let plain = is_plain(slice) && !slice.contains('|') && !slice.contains(BLANKS);
    if plain && !beyond_ascii(slice).any(parts) {
        return vec![line.trim(text)];
    }
    let offset = line.range().start;
    let bars = slice.len() <= LONG;
    let mut found = Vec::new();
    let mut start = 0;
    let mut blanks = 0;
    let mut blank_from = 0;
    for (at, c) in slice.char_indices() {
        if bars && matches!(c, '|' | '｜' | '¦') && !inside(dates, (offset + at) as u32) {
            push(&mut found, text, offset + start, offset + at);
            start = at + c.len_utf8();
            blanks = 0;
        } else if c.is_whitespace() {
            if blanks == 0 {
                blank_from = at;
            }
            blanks += if c == '\t' { WIDE } else { 1 };
        } else {
            if blanks >= WIDE && blank_from > start {
                push(&mut found, text, offset + start, offset + blank_from);
                start = at;
            }
            blanks = 0;
        }
    }
    push(&mut found, text, offset + start, offset + slice.len());
    if found.is_empty() {
        found.push(line);
    }
    found
}

fn inside(dates: &[DateMention], at: u32) -> bool {
    let until = dates.partition_point(|m| m.span.start <= at);
    let odd = |m: &DateMention| {
        let clock = m.clock.as_ref();
        clock.is_some_and(|c| is_odd(c.start.hour(), c.start.minute()))
    };
    (dates[..until].last()).is_some_and(|m| at < m.span.end && odd(m))
}

fn push(found: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let span = Span::new(start, end).trim(text);
    if !span.is_empty() {
        found.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::blocks::lines;

    #[test]
    fn wide_gaps_and_bars_part_a_line() {
        let text = "NEWS      No. 3\n12 May 2030|Notice | Lund\n\nOne  two";
        let got: Vec<_> = pieces(text, &lines(text), &[])
            .iter()
            .map(|p| (p.span.of(text), p.line, p.first, p.last, p.gap))
            .collect();
        assert_eq!(
            got,
            [
                ("NEWS", 0, true, false, 0),
                ("No. 3", 0, false, true, 0),
                ("12 May 2030", 1, true, false, 0),
                ("Notice", 1, false, false, 0),
                ("Lund", 1, false, true, 0),
                ("One  two", 2, true, true, 1),
            ]
        );
    }
}
