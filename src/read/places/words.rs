//! The words that names of places are looked for in.

use compact_str::CompactString;

use crate::lang::{is_unspaced, places::folded_place};
use crate::source::Span;

/// A word or number; white space and marks lie between words.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) span: Span,
    /// As the gazetteer writes it.
    pub(super) folded: CompactString,
    /// Whether it begins with a capital letter, or its script has none.
    pub(super) capital: bool,
    /// Whether its script has capitals.
    pub(super) cased: bool,
    /// Whether it has two letters or more, all capital.
    pub(super) shouted: bool,
    /// Whether it is part of a mail or web address.
    pub(super) address: bool,
}

/// The words of a range. A word holds letters, digits, and single marks between them (`Addis-Abeba`, `D.C`).
pub(super) fn words(text: &str, range: Span) -> Vec<Word> {
    let slice = range.of(text);
    let base = range.range().start;
    let mut found: Vec<Word> = Vec::new();
    let mut at = 0;
    while let Some(first) = slice[at..].chars().next() {
        let start = at;
        at += first.len_utf8();
        if !is_letter(first) {
            continue;
        }
        let unspaced = is_unspaced(first);
        let mut run = 1;
        while let Some(c) = slice[at..].chars().next() {
            let behind = at + c.len_utf8();
            if !unspaced && c.is_ascii_alphanumeric() {
                let plain = slice[at..].bytes().take_while(u8::is_ascii_alphanumeric);
                let len = plain.count();
                run += len;
                at += len;
                continue;
            }
            if is_letter(c) && is_unspaced(c) == unspaced {
                run += 1;
            } else if joins(c, run)
                && (c != '"' || ('\u{590}'..='\u{5ff}').contains(&first))
                && (slice[behind..].chars().next())
                    .is_some_and(|next| next.is_alphanumeric() && !is_unspaced(next))
            {
                run = 0;
            } else {
                break;
            }
            at = behind;
        }
        let end = at;
        let written = &slice[start..end];
        let (cased, shouted) = case(written);
        found.push(Word {
            span: Span::new(base + start, base + end),
            folded: folded_place(written),
            capital: first.is_uppercase() || first.is_alphabetic() && !first.is_lowercase(),
            cased,
            shouted,
            address: false,
        });
    }
    mark_addresses(text, range, &mut found);
    found
}

/// Whether a mark behind a run of so many letters may stand inside a word.
fn joins(c: char, run: usize) -> bool {
    matches!(c, '-' | '\'' | '’' | 'ʼ' | '·' | '"' | '״' | '׳') || c == '.' && run == 1
}

/// Whether a word's script has capitals, and whether the word has two letters or more, all capital.
fn case(written: &str) -> (bool, bool) {
    if written.is_ascii() {
        let capitals = written.bytes().filter(u8::is_ascii_uppercase).count();
        let small = written.bytes().any(|b| b.is_ascii_lowercase());
        return (small || capitals > 0, !small && capitals > 1);
    }
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    (
        (written.chars()).any(|c| c.is_uppercase() || c.is_lowercase()),
        letters().count() > 1 && letters().all(char::is_uppercase),
    )
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{64b}'..='\u{652}' | '\u{e31}'..='\u{e4e}')
}

fn mark_addresses(text: &str, range: Span, words: &mut [Word]) {
    let base = range.range().start;
    let slice = range.of(text);
    let mut index = 0;
    let mut at = 0;
    for run in slice.split_inclusive(|c: char| !c.is_ascii_graphic()) {
        let (start, end) = (base + at, base + at + run.len());
        at += run.len();
        while words
            .get(index)
            .is_some_and(|w| (w.span.start as usize) < start)
        {
            index += 1;
        }
        let marked = || run.bytes().any(|b| matches!(b, b'.' | b'@' | b':'));
        let host = || {
            run.split(['.', '/'])
                .collect::<Vec<_>>()
                .windows(2)
                .any(|pair| {
                    let head = pair[0]
                        .chars()
                        .next_back()
                        .is_some_and(|c| c.is_ascii_alphanumeric());
                    head && pair[1]
                        .chars()
                        .next()
                        .is_some_and(|c| c.is_ascii_lowercase())
                        && run.contains('.')
                })
        };
        if run.len() > 3
            && marked()
            && (run.contains("://") || run.contains('@') || run.starts_with("www.") || host())
        {
            for word in &mut words[index..] {
                if word.span.start as usize >= end {
                    break;
                }
                word.address = true;
            }
        }
    }
}
