//! The words that names of places are looked for in.

use compact_str::CompactString;

use crate::lang::{is_unspaced, places::folded_place};
use crate::read::words::Plain;
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
    // A word and its blank are five letters or more in most languages.
    let mut found: Vec<Word> = Vec::with_capacity(slice.len() / 5 + 2);
    let bytes = slice.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        if let Some(plain) = Plain::of(&bytes[at..])
            && !continues(plain.len, bytes.get(at + plain.len))
        {
            at += plain.len;
            found.push(word(plain, &slice[start..at], base + start));
            continue;
        }
        let Some(first) = slice[at..].chars().next() else {
            break;
        };
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
            } else if joins(c, run, first)
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

/// Whether the mark behind so many ASCII letters and digits can belong to their word.
fn continues(len: usize, behind: Option<&u8>) -> bool {
    behind.is_some_and(|mark| match mark {
        b'-' | b'\'' => true,
        b'.' => len == 1,
        mark => !mark.is_ascii(),
    })
}

/// A word of ASCII letters and digits.
fn word(plain: Plain, written: &str, at: usize) -> Word {
    let capitals = || written.bytes().filter(u8::is_ascii_uppercase).count();
    Word {
        span: Span::new(at, at + written.len()),
        folded: plain.fold(written),
        capital: written.starts_with(|c: char| c.is_ascii_uppercase()),
        cased: plain.small || plain.capital,
        shouted: !plain.small && capitals() > 1,
        address: false,
    }
}

/// Whether a mark behind a run of so many letters may stand inside a word that begins with a letter. The stop of a small one
/// shortens a word of its own: `г.Самара`.
fn joins(c: char, run: usize, first: char) -> bool {
    matches!(c, '-' | '\'' | '’' | 'ʼ' | '·' | '"' | '״' | '׳')
        || c == '.' && run == 1 && !first.is_lowercase()
}

/// Whether a word's script has capitals, and whether the word has two letters or more, all capital.
fn case(written: &str) -> (bool, bool) {
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

/// Marks the words of mail and web addresses: of runs of ASCII without a blank.
fn mark_addresses(text: &str, range: Span, words: &mut [Word]) {
    let base = range.range().start;
    let bytes = range.of(text).as_bytes();
    let outside = |b: &u8| !b.is_ascii_graphic();
    let mut at = 0;
    while let Some(mark) = (bytes[at..].iter()).position(|b| matches!(b, b'.' | b'@' | b':')) {
        let mark = at + mark;
        let start = (bytes[at..mark].iter().rposition(outside)).map_or(at, |blank| at + blank + 1);
        let end = (bytes[mark..].iter().position(outside)).map_or(bytes.len(), |len| mark + len);
        at = end;
        // With the character that ends it.
        let behind = range.of(text)[end..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        let run = &range.of(text)[start..end + behind];
        if is_address(run) {
            let first = words.partition_point(|w| (w.span.start as usize) < base + start);
            for word in &mut words[first..] {
                if word.span.start as usize >= base + end {
                    break;
                }
                word.address = true;
            }
        }
    }
}

/// Whether a run of ASCII without blanks is a mail or web address, or a name of a host.
fn is_address(run: &str) -> bool {
    let host = || {
        run.contains('.')
            && run.as_bytes().windows(3).any(|three| {
                let [head, mark, next] = three else {
                    return false;
                };
                head.is_ascii_alphanumeric()
                    && matches!(mark, b'.' | b'/')
                    && next.is_ascii_lowercase()
            })
    };
    run.len() > 3 && (run.contains("://") || run.contains('@') || run.starts_with("www.") || host())
}
