//! Places where a sentence might end.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::stops::{is_closing, is_stop};
use crate::read::blocks::beyond_ascii;

/// Bytes of `text` at which a sentence may end, in order: those of UAX 29, and every place behind a stop and its closing
/// marks, for UAX 29 keeps a sentence together before a digit or a small letter. Line ends count as blanks.
pub(super) fn candidates(text: &str, stops: &Stops<'_>) -> Vec<usize> {
    let flat = flattened(text);
    let mut bounds: Vec<usize> = standard(&flat).map(|at| past_closing(text, at)).collect();
    let mut from = 0;
    let plain = |b: u8| !stops.ascii[usize::from(b)];
    while let Some(stop) = first_not(&text[from..], plain, |c| !stops.has(c)) {
        let mut behind = text[from + stop..].char_indices();
        let Some((at, _)) = behind.find(|(_, c)| !stops.has(*c) && !is_closing(*c)) else {
            break;
        };
        from += stop + at;
        bounds.push(past_closing(text, from));
    }
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

/// The marks that end a sentence in a language.
pub(super) struct Stops<'a> {
    more: &'a [char],
    ascii: [bool; 128],
}

impl<'a> Stops<'a> {
    /// Those of every language, and some more.
    pub(super) fn with(more: &'a [char]) -> Self {
        let ascii = std::array::from_fn(|c| {
            let c = char::from(c as u8);
            is_stop(c) || more.contains(&c)
        });
        Self { more, ascii }
    }

    fn has(&self, c: char) -> bool {
        is_stop(c) || self.more.contains(&c)
    }
}

/// The bytes at which UAX 29 has a sentence begin.
///
/// Only a mark can end one (SB998), and whether it does is told by what stands from the letter before it (SB6, SB7) to the
/// letter behind it (SB8), so the rules are asked about these stretches alone.
fn standard(text: &str) -> impl Iterator<Item = usize> {
    let first = (!text.is_empty()).then_some(0);
    let mut from = 0;
    let inner = std::iter::from_fn(move || {
        let rest = &text[from..];
        let mark = from + first_not(rest, |b| !ENDS[usize::from(b)], is_quiet)?;
        let before = text[from..mark].char_indices().rev();
        let start = (before.clone().find(|(_, c)| is_cased(*c))).map_or(from, |(at, _)| from + at);
        let behind = text[mark..].char_indices().find(|(_, c)| is_cased(*c));
        let end = behind.map_or(text.len(), |(at, c)| mark + at + c.len_utf8());
        from = end - behind.map_or(0, |(_, c)| c.len_utf8());
        let bounds = text[start..end].split_sentence_bound_indices();
        Some(bounds.skip(1).map(move |(at, _)| start + at))
    });
    first.into_iter().chain(inner.flatten())
}

/// A letter that UAX 29 takes for a small or capital one, and for nothing else.
fn is_cased(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, 'À'..='ɏ' | 'Ѐ'..='ӿ') && (c.is_lowercase() || c.is_uppercase())
}

/// Where the first character stands that is not as wanted, ASCII being asked about by itself.
fn first_not(
    text: &str,
    plain: impl Fn(u8) -> bool,
    wanted: impl Fn(char) -> bool,
) -> Option<usize> {
    let mut from = 0;
    loop {
        let bytes = &text.as_bytes()[from..];
        let at = from + bytes.iter().position(|b| !b.is_ascii() || !plain(*b))?;
        match text[at..].chars().next().filter(|c| !c.is_ascii()) {
            Some(c) if wanted(c) => from = at + c.len_utf8(),
            _ => return Some(at),
        }
    }
}

/// The ASCII characters that may end a sentence.
const ENDS: [bool; 128] = {
    let mut ends = [false; 128];
    let marks = b".!?\n\r";
    let mut i = 0;
    while i < marks.len() {
        ends[marks[i] as usize] = true;
        i += 1;
    }
    ends
};

/// Whether a character neither ends a sentence nor continues such a mark.
fn is_quiet(c: char) -> bool {
    is_cased(c)
        || c.is_ascii() && !ENDS[c as usize]
        || matches!(c, '–' | '—' | '‘' | '’' | '“' | '”' | '«' | '»')
}

/// The text with line ends made blanks of the same length: UAX 29 ends a sentence at each of them.
fn flattened(text: &str) -> Cow<'_, str> {
    let ends = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    if !text.contains('\n') && !text.contains('\r') && !beyond_ascii(text).any(ends) {
        return Cow::Borrowed(text);
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn stretches_around_marks_tell_the_bounds_of_the_whole(
            text in "([A-Ca-c0-1 .!?,;:\"')(\\[\\]–’”«é×Жªß。！́\u{200b}\u{a0}\u{ad}\u{3000}今א]|\\PC){0,40}"
        ) {
            let whole: Vec<usize> = text.split_sentence_bound_indices().map(|(at, _)| at).collect();
            prop_assert_eq!(standard(&text).collect::<Vec<_>>(), whole);
        }
    }
}
