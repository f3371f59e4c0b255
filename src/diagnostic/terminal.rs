//! Words of strangers on a terminal: nothing in them may move the cursor, change colours or turn the line around.

use std::borrow::Cow;

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
}
