//! Bytes to characters: every character with the bytes that it comes from.

use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED,
};

use super::clean::{Cleaner, is_plain};

/// What is known about the encoding of files besides their bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decoding {
    /// Encoding of texts that are neither marked nor UTF-8; `None`: detected.
    pub assumed: Option<&'static Encoding>,
    /// Last label of the site's host name, which tips the scales when a text is too short to tell.
    pub top_level_domain: Option<String>,
}

/// The encoding of a WHATWG label (`latin1`, `windows-1252`, `shift_jis`); `None` where there is none, or it cannot hold text.
pub fn encoding_of_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|e| *e != REPLACEMENT && *e != X_USER_DEFINED)
}

/// The encoding of a text, and how many bytes its mark takes.
///
/// In this order: its mark; UTF-8 where every byte fits; the assumed encoding; UTF-16 without a mark, told by its zero
/// bytes; UTF-8 with a few broken bytes; the most likely legacy encoding. Encodings that look like ASCII when they are
/// not (UTF-16, ISO-2022-JP) are taken on the office's word.
pub(super) fn encoding(bytes: &[u8], decoding: &Decoding) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    let assumed = decoding.assumed;
    if let Some(assumed) = assumed.filter(|e| !e.is_ascii_compatible()) {
        return (assumed, 0);
    }
    if let Some(unmarked) = unmarked_utf_16(bytes) {
        return (unmarked, 0);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, 0);
    }
    let found = assumed.unwrap_or_else(|| {
        if is_mostly_utf_8(bytes) {
            UTF_8
        } else {
            detect(bytes, decoding.top_level_domain.as_deref())
        }
    });
    (found, 0)
}

/// Text in UTF-16 that is mostly ASCII has a zero byte in every other place, and nothing else does.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| {
        bytes
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    if !bytes.len().is_multiple_of(2) || bytes.len() < 4 {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 4 > bytes.len() => Some(UTF_16LE),
        (even, 0) if even * 4 > bytes.len() => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether most of what is not ASCII is well-formed UTF-8, which hardly ever happens by chance.
/// A sequence cut off by the end of the file speaks neither way.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty() && chunks.peek().is_some());
    }
    whole > 2 * broken
}

fn detect(bytes: &[u8], top_level_domain: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // The detector accepts nothing but lower-case ASCII without a point.
    let domain = top_level_domain.filter(|label| {
        label
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    });
    detector.guess(domain.map(str::as_bytes), Utf8Detection::Deny)
}

/// Hands every character of `bytes` from `start` on to `cleaner`, in order. What cannot be decoded is U+FFFD.
///
/// The ranges ascend and do not overlap, but for encodings that make two characters of one byte sequence (Big5):
/// both then have the same range.
pub(super) fn characters(
    bytes: &[u8],
    start: usize,
    encoding: &'static Encoding,
    cleaner: &mut Cleaner,
) {
    if encoding == UTF_8 {
        utf_8(bytes, start, cleaner);
        return;
    }
    let mut each = |c, range| cleaner.push(c, range);
    if encoding == UTF_16LE {
        utf_16(bytes, start, u16::from_le_bytes, &mut each);
    } else if encoding == UTF_16BE {
        utf_16(bytes, start, u16::from_be_bytes, &mut each);
    } else {
        legacy(bytes, start, encoding, &mut each);
    }
}

fn utf_8(bytes: &[u8], start: usize, cleaner: &mut Cleaner) {
    let mut at = start;
    for chunk in bytes[start..].utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(c) = rest.chars().next() {
            let plain = rest.bytes().take_while(|byte| is_plain(*byte)).count();
            let len = if plain > 0 { plain } else { c.len_utf8() };
            if plain > 0 {
                cleaner.push_plain(&rest[..plain], at);
            } else {
                cleaner.push(c, at..at + len);
            }
            rest = &rest[len..];
            at += len;
        }
        if !chunk.invalid().is_empty() {
            cleaner.push(char::REPLACEMENT_CHARACTER, at..at + chunk.invalid().len());
            at += chunk.invalid().len();
        }
    }
}

fn utf_16(
    bytes: &[u8],
    start: usize,
    unit: impl Fn([u8; 2]) -> u16,
    each: &mut impl FnMut(char, Range<usize>),
) {
    let (pairs, rest) = bytes[start..].as_chunks::<2>();
    let mut at = start;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        let end = at + 2 * c.len_utf16();
        each(c, at..end);
        at = end;
    }
    if !rest.is_empty() {
        each(char::REPLACEMENT_CHARACTER, at..at + rest.len());
    }
}

/// Feeds the decoder byte by byte, so that whatever it writes comes from the bytes read since it last wrote.
fn legacy(
    bytes: &[u8],
    start: usize,
    encoding: &'static Encoding,
    each: &mut impl FnMut(char, Range<usize>),
) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0; 32];
    // Bytes read, bytes that their characters have been handed out for, and whether the decoder holds characters back.
    let (mut read, mut done, mut held) = (start, start, false);
    loop {
        if read == done && !held && encoding.is_ascii_compatible() {
            let end = read + Encoding::ascii_valid_up_to(&bytes[read..]);
            for (at, byte) in (read..end).zip(&bytes[read..end]) {
                each(char::from(*byte), at..at + 1);
            }
            (read, done) = (end, end);
        }
        let last = read == bytes.len();
        let feed = usize::from(!held && !last);
        let (result, taken, written) = decoder.decode_to_utf8_without_replacement(
            &bytes[read..read + feed],
            &mut buffer,
            last && !held,
        );
        read += taken;
        let (broken, after) = match result {
            DecoderResult::Malformed(broken, after) => (usize::from(broken), usize::from(after)),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => (0, 0),
        };
        let end = (read - after - broken).max(done);
        // The decoder writes whole characters only.
        let chars = str::from_utf8(&buffer[..written]).unwrap_or_default();
        let mut used = done;
        for c in chars.chars() {
            // ASCII that was put back after a broken sequence comes out while bytes behind it are still held.
            used = if c.is_ascii() && bytes.get(done) == Some(&(c as u8)) {
                done + 1
            } else {
                end
            };
            each(c, done..used);
            if c.is_ascii() {
                done = used;
            }
        }
        done = used;
        if broken > 0 {
            each(char::REPLACEMENT_CHARACTER, done..read - after);
            done = read - after;
        }
        if last && !held && result == DecoderResult::InputEmpty {
            return;
        }
        held = after > 0;
    }
}
