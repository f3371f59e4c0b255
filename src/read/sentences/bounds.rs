//! Places where a sentence might end.

use unicode_segmentation::UnicodeSegmentation;

use super::stops::{is_closing, is_stop};

/// Bytes of `text` at which a sentence may end, in order: those of UAX 29, and every place behind a stop and its closing
/// marks, for UAX 29 keeps a sentence together before a digit or a small letter. Line ends count as blanks.
pub(super) fn candidates(text: &str, more: &[char]) -> Vec<usize> {
    let flat = flattened(text);
    let mut bounds: Vec<usize> = flat
        .split_sentence_bound_indices()
        .map(|(at, _)| past_closing(text, at))
        .collect();
    let mut stopped = false;
    for (at, c) in text.char_indices() {
        if is_stop(c) || more.contains(&c) {
            stopped = true;
        } else if stopped && !is_closing(c) {
            bounds.push(past_closing(text, at));
            stopped = false;
        }
    }
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

/// The text with line ends made blanks of the same length: UAX 29 ends a sentence at each of them.
fn flattened(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' => ' ',
            '\u{85}' => '\u{a0}',
            '\u{2028}' | '\u{2029}' => '\u{3000}',
            c => c,
        })
        .collect()
}

/// `at`, or the byte behind what still belongs to the sentence before it: a mark that closes after a blank (`. »`), a
/// number of a note (`.[1]`).
fn past_closing(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let blank = rest.len() - rest.trim_start().len();
    let mut chars = rest[blank..].chars();
    if let Some(c @ ('»' | '”' | '’' | '"' | ')' | '›')) = chars.next()
        && chars
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | ')'))
    {
        return at + blank + c.len_utf8();
    }
    let opened = text[..at].ends_with('[');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if opened && (1..4).contains(&digits) && rest[digits..].starts_with(']') {
        return at + digits + 1;
    }
    at
}
