//! Characters to the text that everything else reads: what no output may hold is replaced or taken out, once, here.

use std::ops::Range;

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::decompose_canonical, is_nfc_quick,
};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::offsets::{Builder, Offsets};

/// What stands for a character that is lost: a shape that no reader takes for a letter or a sentence's end.
/// U+FFFD itself would be refused by consumers of the outputs.
pub(super) const LOST: char = '\u{25A1}';

/// A change that decoding made to the text, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// What was changed.
    pub kind: RepairKind,
    /// How many times.
    pub count: usize,
    /// Where in the text it happened first, in bytes.
    pub first: u32,
}

/// A class of characters that decoding replaces or takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RepairKind {
    /// A line end other than `\n`, form feeds and the separators of Unicode among them: now `\n`.
    LineEnd,
    /// A space of another width, or one that forbids a break: now a plain space.
    Space,
    /// A letter and its accents apart (not NFC): now one character.
    Composed,
    /// Soft hyphen: taken out.
    SoftHyphen,
    /// Invisible character of no width: taken out.
    ZeroWidth,
    /// Invisible control of the writing direction: taken out.
    Direction,
    /// Control character, such as NUL: taken out.
    Control,
    /// Windows-1252 punctuation that an earlier conversion left as a control character: now that punctuation.
    Punctuation,
    /// Bullet of a symbol font: now a bullet.
    Symbol,
    /// Code point that is no character, or one that each office gives its own meaning: taken out.
    NoCharacter,
    /// Bytes that are no character in the text's encoding, or were lost earlier: now a white square.
    Lost,
}

impl RepairKind {
    /// What was found, in words, for one.
    pub fn what(self) -> &'static str {
        match self {
            Self::LineEnd => "other line end",
            Self::Space => "special space",
            Self::Composed => "separate accent",
            Self::SoftHyphen => "soft hyphen",
            Self::ZeroWidth => "invisible character",
            Self::Direction => "direction control",
            Self::Control => "control character",
            Self::Punctuation => "misplaced punctuation mark",
            Self::Symbol => "symbol-font bullet",
            Self::NoCharacter => "unassigned or private code point",
            Self::Lost => "undecodable character",
        }
    }

    /// Whether it is how ordinary texts differ, and nothing to tell the operator.
    pub fn is_routine(self) -> bool {
        matches!(self, Self::LineEnd | Self::Space | Self::Composed)
    }
}

/// What becomes of a character.
enum Fate {
    Keep,
    Become(char, RepairKind),
    Drop(RepairKind),
}

fn fate(c: char, previous: Option<char>) -> Fate {
    use Fate::{Become, Drop, Keep};
    match c {
        '\n' | '\t' | ' '..='~' => Keep,
        '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            Become('\n', RepairKind::LineEnd)
        }
        '\u{80}'..='\u{9F}' => match windows_1252(c) {
            Some(mark) => Become(mark, RepairKind::Punctuation),
            None => Drop(RepairKind::Control),
        },
        '\u{AD}' => Drop(RepairKind::SoftHyphen),
        '\u{200C}' | '\u{200D}' if previous.is_some_and(takes_joiners) => Keep,
        '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' => Drop(RepairKind::ZeroWidth),
        // Tag characters spell the flags of regions behind a black flag, and hide words anywhere else.
        '\u{E0000}'..='\u{E007F}' => match previous {
            Some('\u{1F3F4}' | '\u{E0020}'..='\u{E007E}') => Keep,
            _ => Drop(RepairKind::ZeroWidth),
        },
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{206F}' => Drop(RepairKind::Direction),
        // Bullets of the fonts Symbol and Wingdings, as word processors store them.
        '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0FC}' => Become('\u{2022}', RepairKind::Symbol),
        char::REPLACEMENT_CHARACTER => Become(LOST, RepairKind::Lost),
        c if c.is_whitespace() => Become(' ', RepairKind::Space),
        c => match c.general_category() {
            GeneralCategory::Control => Drop(RepairKind::Control),
            GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::Surrogate => Drop(RepairKind::NoCharacter),
            _ => Keep,
        },
    }
}

/// Whether a byte is a character that stays, whatever stands around it.
pub(super) fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\t' | b' '..=b'~')
}

/// The mark that Windows-1252 has at a control character's number.
fn windows_1252(c: char) -> Option<char> {
    let byte = [c as u8];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().filter(|mark| !mark.is_control())
}

/// Whether zero-width joiners say something behind a character: in the scripts from Arabic on, and between emoji.
fn takes_joiners(c: char) -> bool {
    c >= '\u{0600}' && !matches!(c, '\u{1E00}'..='\u{20CF}') && !c.is_whitespace()
}

/// Takes characters with their bytes and builds the clean text with its map.
#[derive(Debug, Default)]
pub(super) struct Cleaner {
    text: String,
    offsets: Builder,
    repairs: Vec<Repair>,
    previous: Option<char>,
    /// Bytes of a carriage return whose line feed may follow.
    carriage_return: Option<Range<usize>>,
    /// A character and those that may combine with it.
    cluster: Vec<(char, Range<usize>)>,
}

impl Cleaner {
    /// The next character and the bytes that it comes from.
    pub(super) fn push(&mut self, c: char, bytes: Range<usize>) {
        if let Some(before) = self.carriage_return.take() {
            self.repaired(RepairKind::LineEnd);
            if c == '\n' {
                self.keep('\n', before.start..bytes.end);
                return;
            }
            self.keep('\n', before);
        }
        if c == '\r' {
            self.carriage_return = Some(bytes);
            return;
        }
        match fate(c, self.previous) {
            Fate::Keep => self.keep(c, bytes),
            Fate::Become(other, kind) => {
                self.repaired(kind);
                self.keep(other, bytes);
            }
            Fate::Drop(kind) => self.repaired(kind),
        }
    }

    /// Plain ASCII as it comes from a place in bytes of the same encoding: nothing in it changes, or combines with what
    /// stands before it.
    pub(super) fn push_plain(&mut self, plain: &str, at: usize) {
        let Some((last, before)) = plain.as_bytes().split_last() else {
            return;
        };
        if before.is_empty() || self.carriage_return.is_some() {
            for (place, byte) in (at..).zip(plain.bytes()) {
                self.push(char::from(byte), place..place + 1);
            }
            return;
        }
        self.flush();
        self.offsets.push_bytes(at..at + before.len());
        self.text.push_str(&plain[..before.len()]);
        // What follows may combine with it.
        self.push(char::from(*last), at + before.len()..at + plain.len());
    }

    /// The clean text, where it lies in the bytes, and what was changed.
    pub(super) fn finish(mut self) -> (String, Offsets, Vec<Repair>) {
        if let Some(before) = self.carriage_return.take() {
            self.repaired(RepairKind::LineEnd);
            self.keep('\n', before);
        }
        self.flush();
        self.repairs.sort_by_key(|repair| repair.kind);
        (self.text, self.offsets.finish(), self.repairs)
    }

    fn repaired(&mut self, kind: RepairKind) {
        if let Some(repair) = self.repairs.iter_mut().find(|repair| repair.kind == kind) {
            repair.count += 1;
        } else {
            let pending: usize = self.cluster.iter().map(|(c, _)| c.len_utf8()).sum();
            self.repairs.push(Repair {
                kind,
                count: 1,
                first: (self.text.len() + pending) as u32,
            });
        }
    }

    fn keep(&mut self, c: char, bytes: Range<usize>) {
        if starts_cluster(c) {
            self.flush();
        }
        self.previous = Some(c);
        self.cluster.push((c, bytes));
    }

    /// Writes the cluster, composed (NFC).
    fn flush(&mut self) {
        // Nearly every character: below the combining marks all are composed.
        if let [(c, bytes)] = self.cluster.as_slice()
            && *c < COMBINING
        {
            self.offsets.push(c.len_utf8(), bytes.clone(), true);
            self.text.push(*c);
            self.cluster.clear();
            return;
        }
        let mut cluster = std::mem::take(&mut self.cluster);
        let chars = cluster.iter().map(|(c, _)| *c);
        let end = cluster.last().map_or(0, |(_, bytes)| bytes.end);
        let composed: Option<String> = match is_nfc_quick(chars.clone()) {
            IsNormalized::Yes => None,
            _ => Some(chars.clone().nfc().collect()),
        };
        match (composed, &*cluster) {
            (Some(composed), [(_, first), ..]) if !composed.chars().eq(chars) => {
                self.repaired(RepairKind::Composed);
                let single = composed.chars().nth(1).is_none();
                self.offsets.push(composed.len(), first.start..end, single);
                self.text.push_str(&composed);
            }
            _ => {
                for (c, bytes) in &cluster {
                    self.offsets.push(c.len_utf8(), bytes.clone(), true);
                    self.text.push(*c);
                }
            }
        }
        cluster.clear();
        self.cluster = cluster;
    }
}

/// The first combining mark: no character below combines with one before it, or is a pair of others (NFC).
const COMBINING: char = '\u{0300}';

/// Whether no character before `c` can combine with it.
fn starts_cluster(c: char) -> bool {
    if c < COMBINING {
        return true;
    }
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(c);
    unicode_normalization::char::canonical_combining_class(first) == 0
        && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
}
