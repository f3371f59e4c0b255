//! Words, numbers and marks of a text, as the tables write them.

use compact_str::CompactString;

use crate::lang::NameStyle;
use crate::source::Span;

/// A word, a number, or a single mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands.
    pub span: Span,
    /// Lower case, straight apostrophes, Arabic alef without hamza.
    pub folded: CompactString,
    /// Whether it is a word or number.
    pub word: bool,
    /// Whether it begins with a capital letter (a letter of a script that has them).
    pub capital: bool,
}

/// What each token of a passage may mean, and how many tokens each meaning takes: one list for all of them.
#[derive(Debug)]
pub(super) struct Meanings<T> {
    all: Vec<(T, usize)>,
    /// Where each token's begin.
    starts: Vec<usize>,
}

impl<T> Meanings<T> {
    pub(super) fn with_capacity(tokens: usize) -> Self {
        Self {
            all: Vec::with_capacity(tokens),
            starts: Vec::with_capacity(tokens),
        }
    }

    /// Goes on to the next token.
    pub(super) fn next_token(&mut self) {
        self.starts.push(self.all.len());
    }

    /// A meaning of the token gone to last.
    pub(super) fn push(&mut self, meaning: T, len: usize) {
        self.all.push((meaning, len));
    }

    /// The meanings of a token; none outside the passage.
    pub(super) fn at(&self, token: usize) -> &[(T, usize)] {
        let Some(start) = self.starts.get(token) else {
            return &[];
        };
        let end = self.starts.get(token + 1).copied();
        &self.all[*start..end.unwrap_or(self.all.len())]
    }

    /// Whether the token gone to last has none yet.
    pub(super) fn is_bare(&self) -> bool {
        self.starts.last() == Some(&self.all.len())
    }
}

/// Words that lose their vowel before another: the two are parted.
const ELISIONS: &[&str] = &[
    "l", "d", "s", "j", "n", "m", "t", "c", "qu", "dell", "all", "dall", "nell", "sull", "un",
    "jusqu", "lorsqu", "puisqu", "quell", "quest",
];

/// Parts a span into tokens; where words are not spaced each character of a syllabic or ideographic script is one.
pub(super) fn tokens(text: &str, span: Span, style: NameStyle) -> Vec<Token> {
    let unspaced = style == NameStyle::Unspaced;
    let slice = span.of(text);
    // A word and its blank are five letters or more in most languages.
    let mut found = Vec::with_capacity(slice.len() / 5 + 2);
    let base = span.range().start;
    let bytes = slice.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == b' ' {
            at += 1;
            continue;
        }
        if let Some(plain) = Plain::of(&bytes[at..]).filter(|p| !continues(&bytes[at + p.len..])) {
            let end = at + plain.len;
            found.push(Token {
                span: Span::new(base + at, base + end),
                folded: plain.fold(&slice[at..end]),
                word: true,
                capital: byte.is_ascii_uppercase(),
            });
            at = end;
            continue;
        }
        let Some(c) = slice[at..].chars().next() else {
            break;
        };
        let end = if unspaced && is_unspaced(c) {
            at + c.len_utf8()
        } else if is_letter(c) {
            word_end(slice, at, style)
        } else if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else {
            at + c.len_utf8()
        };
        let written = &slice[at..end];
        found.push(Token {
            span: Span::new(base + at, base + end),
            folded: turned(slice, at, c)
                .map_or_else(|| fold_for(written, style), CompactString::const_new),
            word: is_letter(c) || is_apostrophe(c) && end > at + c.len_utf8(),
            capital: c.is_uppercase(),
        });
        at = end;
    }
    found
}

/// Folds a word. Romanian texts print the letters with a comma below with the cedilla of the Turkish ones.
fn fold_for(written: &str, style: NameStyle) -> CompactString {
    let folded = fold(written);
    if style == NameStyle::Romance && folded.contains(['ş', 'ţ']) {
        folded.replace('ş', "ș").replace('ţ', "ț").into()
    } else {
        folded
    }
}

/// Where the word that begins at `at` ends.
fn word_end(slice: &str, at: usize, style: NameStyle) -> usize {
    let unspaced = style == NameStyle::Unspaced;
    let mut end = at;
    let mut rest = slice[at..].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let next = rest.peek().map(|(_, n)| *n);
        let inside = next.is_some_and(is_letter);
        let word = &slice[at..at + i];
        if unspaced && is_unspaced(c) {
            break;
        } else if is_letter(c) {
            end = at + i + c.len_utf8();
        } else if is_apostrophe(c) && inside {
            if style == NameStyle::Final {
                // A suffix behind a name.
                return end;
            }
            if ELISIONS.contains(&word.to_lowercase().as_str()) {
                return at + i + c.len_utf8();
            }
            if slice[at + i..]
                .chars()
                .skip(1)
                .take_while(|n| is_letter(*n))
                .eq(['s'])
            {
                return end;
            }
        } else if c == '.' && inside {
            // Initials that stand together (`U.S.A`) and ordinal marks (`7.ª`) are one word.
            let initials = word.chars().filter(|c| *c != '.').count() <= 3
                && word
                    .split('.')
                    .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
                && next.is_some_and(char::is_uppercase)
                // `A.Smith`: a name that lost its blank.
                && !slice[at + i..].chars().nth(2).is_some_and(char::is_lowercase);
            let ordinal =
                matches!(next, Some('ª' | 'º')) && word.bytes().all(|b| b.is_ascii_digit());
            if !initials && !ordinal {
                break;
            }
        } else if !(matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{200c}') && inside) {
            break;
        }
    }
    end
}

/// Whether the mark behind a word of ASCII letters and digits can belong to it.
fn continues(behind: &[u8]) -> bool {
    match behind {
        [] | [b'\'' | b'.' | b'-'] => false,
        [b'\'' | b'.' | b'-', next, ..] => !next.is_ascii() || next.is_ascii_alphanumeric(),
        [mark, ..] => !mark.is_ascii(),
    }
}

/// A run of ASCII letters and digits: of such most texts in Latin script consist.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain {
    /// Bytes.
    pub len: usize,
    /// Whether it has a small letter.
    pub small: bool,
    /// Whether it has a capital one.
    pub capital: bool,
}

impl Plain {
    /// The run at the start of a text; `None` for an empty one.
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let mut kinds = 0;
        let mut len = 0;
        for byte in text {
            let kind = PLAIN[usize::from(*byte)];
            if kind == 0 {
                break;
            }
            kinds |= kind;
            len += 1;
        }
        (len > 0).then_some(Self {
            len,
            small: kinds & SMALL != 0,
            capital: kinds & CAPITAL != 0,
        })
    }

    /// The run, as written, in the form that tables are written in.
    pub(super) fn fold(self, written: &str) -> CompactString {
        let mut folded = CompactString::new(written);
        if self.capital {
            folded.make_ascii_lowercase();
        }
        folded
    }
}

const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;

/// What each byte is in a [`Plain`] run; 0 outside.
const PLAIN: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// A guillemet that points inwards (`»Titel«`), as the one that points outwards: it clings to what it encloses.
fn turned(slice: &str, at: usize, c: char) -> Option<&'static str> {
    if !matches!(c, '»' | '«') {
        return None;
    }
    let apart = |c: Option<char>| c.is_none_or(|c| !is_letter(c));
    let before = slice[..at].chars().next_back();
    let after = slice[at + c.len_utf8()..].chars().next();
    let blank = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == '(');
    match c {
        '»' if blank(before) && !apart(after) => Some("«"),
        '«' if before.is_some_and(|b| !b.is_whitespace() && b != '(') && apart(after) => Some("»"),
        _ => None,
    }
}

/// Letters, digits and the signs that stand for them; signs of Indic and Thai script that only change a letter.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '°' | '\u{93c}' | '\u{94d}' | '\u{e47}'..='\u{e4e}')
}

/// Ideographs and kana.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The form that tables are written in.
pub(super) fn fold(written: &str) -> CompactString {
    if written.is_ascii() {
        let mut folded = CompactString::new(written);
        folded.make_ascii_lowercase();
        return folded;
    }
    written
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            '’' | 'ʼ' => Some('\''),
            '\u{2010}' | '\u{2011}' => Some('-'),
            'أ' | 'إ' | 'آ' => Some('ا'),
            '\u{307}' | '\u{64b}'..='\u{652}' => None,
            c => Some(c),
        })
        .collect()
}

/// Whether the capitals of a text tell nothing: it is all in capitals. A few Latin letters in a script without capitals
/// do not make it so.
pub(super) fn shouted(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    !letters().any(char::is_lowercase)
        && letters().filter(|c| c.is_uppercase()).count() * 2 > letters().count()
}

/// Korean particles that are written together with the word before them, longest first.
const PARTICLES: &[&str] = &[
    "에게서",
    "으로서",
    "에서는",
    "이라고",
    "께서",
    "에게",
    "에서",
    "으로",
    "로서",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "과",
    "와",
    "도",
    "에",
    "로",
];

/// A Korean word without the particle behind it, where two syllables are left.
pub(super) fn without_particle(written: &str) -> &str {
    if !written.ends_with(is_hangul) {
        return written;
    }
    PARTICLES
        .iter()
        .find_map(|p| {
            written
                .strip_suffix(p)
                .filter(|rest| rest.chars().count() >= 2)
        })
        .unwrap_or(written)
}

/// A syllable of Korean script.
pub(super) fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> Vec<CompactString> {
        tokens(text, Span::new(0, text.len()), NameStyle::Germanic)
            .iter()
            .map(|t| t.folded.clone())
            .collect()
    }

    #[test]
    fn words_part_at_elisions_and_possessives_only() {
        for (text, want) in [
            ("L’atelier s’est tenu", "l'|atelier|s'|est|tenu"),
            ("the Union’s O’Dowd", "the|union|'|s|o'dowd"),
            ("la 7.ª reunión", "la|7.ª|reunión"),
            ("the U.S.-Kenya talks.", "the|u.s|.|-|kenya|talks|."),
            ("die Messe »Holz« und", "die|messe|«|holz|»|und"),
            ("le salon « Bois » et", "le|salon|«|bois|»|et"),
            ("el foro «Pan» y", "el|foro|«|pan|»|y"),
            ("follow-up, 3-я сессия", "follow-up|,|3-я|сессия"),
            ("А.У.Вольный, the U.S.A", "а.у|.|вольный|,|the|u.s.a"),
        ] {
            assert_eq!(parted(text).join("|"), want);
        }
    }
}
