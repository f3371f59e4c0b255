//! Words of strangers on a terminal: nothing in them may move the cursor, change colours or turn the line around.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that a tab is shown as.
const TAB: usize = 4;

/// Whether a terminal would act on the character instead of showing it.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The text with control and direction characters written out: `\n`, `\u{202e}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.extend(c.escape_default()),
            c if is_unsafe(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// What a reader sees as one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// Where it starts in the line, in bytes.
    pub(crate) at: usize,
    /// What is shown for it.
    pub(crate) shown: Cow<'a, str>,
    /// Columns that this takes.
    pub(crate) width: usize,
}

/// A line as a terminal shows it.
pub(crate) fn cells(line: &str) -> Vec<Cell<'_>> {
    let mut column = 0;
    (line.grapheme_indices(true))
        .map(|(at, grapheme)| {
            let shown = if grapheme == "\t" {
                Cow::Owned(" ".repeat(TAB - column % TAB))
            } else {
                printable(grapheme)
            };
            let width = shown.width();
            column += width;
            Cell { at, shown, width }
        })
        .collect()
}

/// Least columns that text is wrapped at, however narrow the screen.
pub(crate) const LEAST: usize = 24;

/// Parts a line into rows of at most `width` columns, behind a blank where there is one.
pub(crate) fn rows(cells: &[Cell<'_>], width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut first, mut used, mut blank) = (0, 0, None);
    for (i, cell) in cells.iter().enumerate() {
        if used + cell.width > width && i > first {
            let end = blank.filter(|end| *end > first).unwrap_or(i);
            rows.push(first..end);
            first = end;
            used = cells[first..i].iter().map(|cell| cell.width).sum();
            blank = None;
        }
        used += cell.width;
        if cell.shown == " " {
            blank = Some(i + 1);
        }
    }
    rows.push(first..cells.len());
    rows
}

/// Words that begin behind `indent` columns of a screen, in as many rows as they take; without a screen in one.
pub(crate) fn hanging(indent: usize, text: &str, screen: Option<usize>) -> String {
    let Some(screen) = screen else {
        return printable(text).into_owned();
    };
    let cells = cells(text);
    let rows = rows(&cells, screen.saturating_sub(indent).max(LEAST));
    let shown: Vec<String> = (rows.into_iter())
        .map(|row| cells[row].iter().map(|cell| &*cell.shown).collect())
        .collect();
    let shown: Vec<_> = shown.iter().map(|row| row.trim_end()).collect();
    shown.join(&format!("\n{:indent$}", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_written_out() {
        for (text, shown) in [
            ("plain été 東京", "plain été 東京"),
            ("a\nb\tc", "a\\nb\\tc"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("txt.\u{202e}exe", "txt.\\u{202e}exe"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }

    #[test]
    fn cells_know_their_columns() {
        let widths = |line: &str| {
            cells(line)
                .iter()
                .map(|cell| cell.width)
                .collect::<Vec<_>>()
        };
        assert_eq!(widths("aé東"), [1, 1, 2]);
        assert_eq!(widths("e\u{301}\tx"), [1, 3, 1]);
        assert_eq!(widths("👩\u{200d}💻"), [2]);
    }

    #[test]
    fn words_hang_below_their_beginning() {
        for (screen, shown) in [
            (None, "one two three 東京 four five six"),
            (Some(99), "one two three 東京 four five six"),
            (Some(34), "one two three 東京 four\n          five six"),
            (Some(28), "one two three 東京 four\n          five six"),
        ] {
            assert_eq!(
                hanging(10, "one two three 東京 four five six", screen),
                shown
            );
        }
        let word = "x".repeat(30);
        let cut = format!("{}\n {}", "x".repeat(24), "x".repeat(6));
        assert_eq!(hanging(1, &word, Some(25)), cut, "no blank to break at");
        assert_eq!(hanging(0, "a\nb", Some(40)), "a\\nb");
    }
}
