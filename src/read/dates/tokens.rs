//! The text as words, numbers and marks, each word with what it may mean in a date.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::lang::{DateRole, DateWord, Lexicons, PieceKind, ROOM, digit, folded_word, plain_mark};
use crate::model::primary_language;
use crate::source::Span;

/// A line shorter than this ends where its author wanted; a longer one may be wrapped inside a sentence.
const WRAPPED_LINE: usize = 40;

/// So few common words say nothing of a text's language.
const FEW: u32 = 3;

/// What lies between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// The end of a long line.
    Wrap,
    /// The end of a short line, or a blank line.
    Line,
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) span: Span,
    pub(super) kind: Kind<'a>,
    pub(super) gap: Gap,
}

/// What a token is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'a> {
    /// A number.
    Number {
        /// Its value.
        value: u32,
        /// How many digits it is written with.
        digits: usize,
    },
    /// A word or sign.
    Word {
        /// What it may mean.
        meanings: &'a [DateWord],
        /// Whether it begins with a capital.
        capital: bool,
    },
    /// A mark.
    Mark(char),
}

/// The tokens of a stretch of text, and which languages it is written in.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    all: Vec<Token<'a>>,
    /// For each language of the registry: its place among the languages of this text, first is likeliest.
    rank: Vec<usize>,
    /// Whether the text is likely to hold words of the language.
    present: Vec<bool>,
    /// Whether two numbers with full stops are a month and its day: `3.5.(월)`.
    pub(super) month_first: bool,
}

impl<'a> Tokens<'a> {
    /// Cuts `range` of `text`; `languages` are believed before the text's own commonest words.
    pub(super) fn new(
        text: &'a str,
        range: Span,
        lexicons: &'a Lexicons,
        languages: &[&str],
    ) -> Self {
        let mut tokens = Self {
            text,
            all: Vec::with_capacity(range.len() / 5),
            rank: Vec::new(),
            present: Vec::new(),
            month_first: is_korean(range.of(text)),
        };
        tokens.cut(range, lexicons);
        tokens.weigh_languages(lexicons, languages);
        tokens
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.all.get(at)
    }

    /// What lies before token `at`; a token that is not there is on another line.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.get(at).map_or(Gap::Line, |t| t.gap)
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.gap(at) == Gap::None
    }

    /// The value and number of digits of a number.
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.get(at)?.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, at: usize, marks: &str) -> bool {
        self.mark(at).is_some_and(|m| marks.contains(m))
    }

    /// The words as written.
    pub(super) fn written(&self, at: usize) -> &'a str {
        self.get(at).map_or("", |t| t.span.of(self.text))
    }

    /// The likeliest reading of the words at `at` that `wanted` accepts: what it made of it, the token behind, the language.
    pub(super) fn role<T>(
        &self,
        at: usize,
        wanted: impl Fn(DateRole) -> Option<T>,
    ) -> Option<(T, usize, usize)> {
        let Kind::Word { meanings, .. } = self.get(at)?.kind else {
            return None;
        };
        if meanings.is_empty() {
            return None;
        }
        let mut best: Option<(T, usize, usize)> = None;
        for meaning in meanings {
            let Some(value) = wanted(meaning.role) else {
                continue;
            };
            let next = at + 1 + meaning.rest.len();
            let better = best.as_ref().is_none_or(|(_, end, language)| {
                next > *end || next == *end && self.rank[meaning.language] < self.rank[*language]
            });
            if better && self.follows(at + 1, &meaning.rest) {
                best = Some((value, next, meaning.language));
            }
        }
        best
    }

    /// The token behind the words at `at`, where they have `role`.
    pub(super) fn after(&self, at: usize, role: DateRole) -> Option<usize> {
        self.role(at, |r| (r == role).then_some(()))
            .map(|((), next, _)| next)
    }

    /// Whether the text is likely to hold words of a language.
    pub(super) fn is_present(&self, language: usize) -> bool {
        self.present[language]
    }

    /// From the start of token `from` to the end of the token before `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.all[from].span.start;
        let end = self.all[to.saturating_sub(1).max(from)].span.end;
        Span { start, end }
    }

    fn follows(&self, at: usize, rest: &[String]) -> bool {
        rest.iter().zip(at..).all(|(want, at)| {
            self.gap(at) <= Gap::Wrap && {
                let written = self.written(at);
                match self.mark(at) {
                    Some(mark) => want.chars().eq([plain_mark(mark)]),
                    None => want == written || *want == written.to_lowercase(),
                }
            }
        })
    }

    fn cut(&mut self, range: Span, lexicons: &'a Lexicons) {
        let words = lexicons.date_words();
        let slice = range.of(self.text);
        let base = range.range().start;
        let mut folded = String::new();
        let mut gap = Gap::Line;
        let mut line = 0;
        let mut at = 0;
        while let Some(byte) = slice.as_bytes().get(at) {
            if *byte == b' ' {
                gap = gap.max(Gap::Space);
                at += 1;
                continue;
            }
            let rest = &slice[at..];
            if let Some(len) = plain_word(rest) {
                let word = &rest[..len];
                let meanings = if byte.is_ascii_lowercase() {
                    words.get(word)
                } else {
                    folded_word(word, &mut [0; ROOM]).map_or(&[][..], |word| words.get(word))
                };
                self.all.push(Token {
                    span: Span::new(base + at, base + at + len),
                    kind: Kind::Word {
                        meanings,
                        capital: byte.is_ascii_uppercase(),
                    },
                    gap,
                });
                gap = Gap::None;
                at += len;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            let kind = PieceKind::of(c);
            let len = match kind {
                PieceKind::Blank => {
                    if c == '\n' {
                        let wrapped = gap < Gap::Wrap && at - line >= WRAPPED_LINE;
                        gap = if wrapped { Gap::Wrap } else { Gap::Line };
                        line = at + 1;
                    } else {
                        gap = gap.max(Gap::Space);
                    }
                    at += c.len_utf8();
                    continue;
                }
                PieceKind::Digit => run(rest, |c| digit(c).is_some()),
                PieceKind::Letter => self
                    .suffix_sign(rest, gap, lexicons)
                    .or_else(|| capitals_before_month(rest, lexicons))
                    .unwrap_or_else(|| letters(rest)),
                PieceKind::Sign => han_number(rest, lexicons).unwrap_or(c.len_utf8()),
                PieceKind::Mark => c.len_utf8(),
            };
            let written = &rest[..len];
            let kind = match kind {
                PieceKind::Mark | PieceKind::Blank => Kind::Mark(c),
                PieceKind::Digit => Kind::Number {
                    value: decimal(written),
                    digits: written.chars().count(),
                },
                PieceKind::Sign
                    if han_value(written).is_some() && len_is_number(rest, len, lexicons) =>
                {
                    Kind::Number {
                        value: han_value(written).unwrap_or(0),
                        digits: if written.chars().count() == 4 { 4 } else { 2 },
                    }
                }
                PieceKind::Letter | PieceKind::Sign => {
                    fold(written, &mut folded);
                    Kind::Word {
                        meanings: words.get(&folded),
                        capital: c.is_uppercase(),
                    }
                }
            };
            self.all.push(Token {
                span: Span::new(base + at, base + at + len),
                kind,
                gap,
            });
            gap = Gap::None;
            at += len;
        }
    }

    /// Korean writes particles onto the sign behind a number; the sign is a token of its own.
    fn suffix_sign(&self, rest: &str, gap: Gap, lexicons: &Lexicons) -> Option<usize> {
        let first = rest.chars().next()?;
        let hangul = matches!(first, '\u{ac00}'..='\u{d7a3}');
        let behind_number =
            hangul && gap <= Gap::Space && matches!(self.all.last()?.kind, Kind::Number { .. });
        let len = first.len_utf8();
        (behind_number && !lexicons.date_words().get(&rest[..len]).is_empty()).then_some(len)
    }

    fn weigh_languages(&mut self, lexicons: &Lexicons, given: &[&str]) {
        let mut hits = vec![0_u32; lexicons.names().len()];
        for token in &self.all {
            if let Kind::Word { meanings, .. } = token.kind {
                for meaning in meanings {
                    if meaning.role == DateRole::Common {
                        hits[meaning.language] += 1;
                    }
                }
            }
        }
        let most = hits.iter().copied().max().unwrap_or(0);
        let place = |language: usize| {
            let tag = &lexicons.names()[language].tag;
            given
                .iter()
                .position(|g| g == tag || primary_language(g) == tag)
                .unwrap_or(given.len())
        };
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_by_cached_key(|&l| (place(l), std::cmp::Reverse(hits[l]), l));
        self.rank = vec![0; hits.len()];
        for (rank, &language) in order.iter().enumerate() {
            self.rank[language] = rank;
        }
        self.present = (0..hits.len())
            .map(|l| hits[l] * 4 >= most.saturating_sub(FEW) || place(l) < given.len())
            .collect();
    }
}

/// Whether a text is written in Korean.
fn is_korean(text: &str) -> bool {
    const ENOUGH: usize = 12;
    if text.is_ascii() {
        return false;
    }
    let syllables = text
        .chars()
        .filter(|c| ('\u{ac00}'..='\u{d7a3}').contains(c));
    syllables.take(ENOUGH).count() == ENOUGH
}

/// Bytes of the word at the start of a text.
fn letters(text: &str) -> usize {
    let plain = text.bytes().position(|b| !b.is_ascii_alphabetic());
    let plain = plain.unwrap_or(text.len());
    if text.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    plain + run(&text[plain..], |c| PieceKind::of(c) == PieceKind::Letter)
}

/// Bytes of the word at the start of a text that is of ASCII letters, no capital but its first, and short enough for a
/// table.
fn plain_word(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.first().filter(|b| b.is_ascii_alphabetic())?;
    let small = |b: &u8| b.is_ascii_lowercase();
    let len = 1 + bytes[1..]
        .iter()
        .position(|b| !small(b))
        .unwrap_or(bytes.len() - 1);
    let ends = bytes
        .get(len)
        .is_none_or(|b| b.is_ascii() && !b.is_ascii_alphabetic());
    (ends && len <= ROOM).then_some(len)
}

fn run(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|c| !wanted(c)).unwrap_or(text.len())
}

/// The length of a word in capitals that a month's name is glued to: `RELEASEOctober 5`.
fn capitals_before_month(text: &str, lexicons: &Lexicons) -> Option<usize> {
    const SHORTEST: usize = 3;
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let at = capitals.checked_sub(1).filter(|at| *at >= SHORTEST)?;
    let month = &text[at..];
    let month = &month[..letters(month)];
    let meanings = lexicons.date_words().get(&month.to_lowercase());
    let named = meanings
        .iter()
        .any(|m| matches!(m.role, DateRole::Month { .. }));
    (month.len() > SHORTEST && named).then_some(at)
}

fn fold(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
    } else if word.chars().any(is_combining_mark) {
        into.push_str(&word.nfc().collect::<String>().to_lowercase());
    } else {
        into.push_str(&word.to_lowercase());
    }
}

/// The value of a run of digits; too long a run is no number of a date and becomes the largest one.
fn decimal(digits: &str) -> u32 {
    digits
        .chars()
        .filter_map(digit)
        .try_fold(0_u32, |value, d| value.checked_mul(10)?.checked_add(d))
        .unwrap_or(u32::MAX)
}

/// The length of a number in Chinese numerals that a sign of the date follows.
fn han_number(text: &str, lexicons: &Lexicons) -> Option<usize> {
    let len = run(text, |c| han_digit(c).is_some());
    (len > 0 && len_is_number(text, len, lexicons)).then_some(len)
}

/// Whether the numerals before `len` belong to a date: alone they are words like any other.
fn len_is_number(text: &str, len: usize, lexicons: &Lexicons) -> bool {
    han_value(&text[..len]).is_some()
        && text[len..].chars().next().is_some_and(|next| {
            let mut sign = [0; 4];
            let sign: &str = next.encode_utf8(&mut sign);
            "分-–—~～".contains(next)
                || lexicons
                    .date_words()
                    .get(sign)
                    .iter()
                    .any(|m| m.role != DateRole::Common)
        })
}

fn han_digit(c: char) -> Option<u32> {
    const DIGITS: &str = "〇一二三四五六七八九十";
    if c == '零' {
        return Some(0);
    }
    (0..)
        .zip(DIGITS.chars())
        .find_map(|(value, d)| (d == c).then_some(value))
}

/// `二十一` is 21, `二〇二三` is 2023.
fn han_value(text: &str) -> Option<u32> {
    let digits: Vec<u32> = text.chars().map(han_digit).collect::<Option<_>>()?;
    match *digits.as_slice() {
        [a] => Some(a),
        [10, b] if b < 10 => Some(10 + b),
        [a, 10] if a < 10 => Some(a * 10),
        [a, 10, b] if a < 10 && b < 10 => Some(a * 10 + b),
        [a, b, c, d] if digits.iter().all(|&d| d < 10) => Some(a * 1000 + b * 100 + c * 10 + d),
        _ => None,
    }
}
