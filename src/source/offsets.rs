//! From places in the text back to places in the bytes as received.

use std::ops::Range;

use super::Span;

/// Maps spans of the text to ranges of the bytes as received, exactly.
///
/// A text is a row of units: the least pieces of text of which it is known which bytes they come from, mostly one
/// character each. Neighbouring units of one size are kept as one run, so that a text in any encoding needs little more
/// than a run for each change between ASCII and other letters. An empty map is the identity: text and bytes are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offsets {
    /// Ascending in `text` and in `byte`; the first starts the text.
    runs: Vec<Run>,
}

/// Units of one size that follow each other without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Where it starts in the text.
    text: u32,
    /// Where it starts in the bytes.
    byte: u32,
    /// Bytes of text in each unit, at least 1.
    text_step: u32,
    /// Bytes as received in each unit, at least 1.
    byte_step: u32,
}

impl Run {
    /// The bytes of the unit that holds text offset `at`.
    fn unit(self, at: u32) -> Range<u32> {
        let start = self.byte + (at - self.text) / self.text_step * self.byte_step;
        start..start + self.byte_step
    }
}

impl Offsets {
    /// Where a span of the text lies in the bytes: from the first byte of its first unit to the last of its last one.
    /// Bytes that decoding removed count where they stand inside the span, not at its ends.
    pub fn to_bytes(&self, span: Span) -> Span {
        if self.runs.is_empty() {
            return span;
        }
        let start = self.unit(span.start).start;
        let end = if span.is_empty() {
            start
        } else {
            self.unit(span.end - 1).end
        };
        Span { start, end }
    }

    fn unit(&self, at: u32) -> Range<u32> {
        let run = self.runs.partition_point(|run| run.text <= at);
        self.runs[run.saturating_sub(1)].unit(at)
    }
}

/// Builds a map while the text grows.
#[derive(Debug, Default)]
pub(super) struct Builder {
    runs: Vec<Run>,
    text_end: u32,
    byte_end: u32,
}

impl Builder {
    /// The next unit: `text_len` bytes of text from the given bytes as received.
    ///
    /// A single character whose two lengths are the same counts byte by byte, since only its bounds are ever asked for:
    /// so UTF-8 as received is one run, whatever letters it has.
    pub(super) fn push(&mut self, text_len: usize, bytes: Range<usize>, character: bool) {
        let (text_len, byte_len) = (text_len as u32, bytes.len() as u32);
        let byte = bytes.start as u32;
        let (text_step, byte_step) = if character && text_len == byte_len {
            (1, 1)
        } else {
            (text_len, byte_len)
        };
        let continues = self.byte_end == byte
            && (self.runs.last())
                .is_some_and(|run| (run.text_step, run.byte_step) == (text_step, byte_step));
        if !continues {
            self.runs.push(Run {
                text: self.text_end,
                byte,
                text_step,
                byte_step,
            });
        }
        self.text_end += text_len;
        self.byte_end = bytes.end as u32;
    }

    /// Characters that have one byte each, in the text and as received.
    pub(super) fn push_bytes(&mut self, bytes: Range<usize>) {
        if bytes.is_empty() {
            return;
        }
        self.push(1, bytes.start..bytes.start + 1, true);
        let more = (bytes.len() - 1) as u32;
        self.text_end += more;
        self.byte_end += more;
    }

    /// The finished map.
    pub(super) fn finish(self) -> Offsets {
        let identity = match *self.runs {
            [] => true,
            [run] => (run.byte, run.text_step, run.byte_step) == (0, 1, 1),
            _ => false,
        };
        Offsets {
            runs: if identity { Vec::new() } else { self.runs },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untouched_text_needs_no_map() {
        let mut map = Builder::default();
        map.push(1, 0..1, true);
        map.push(2, 1..3, true);
        assert_eq!(map.finish(), Offsets::default());
    }

    #[test]
    fn characters_of_one_byte_are_one_run_however_they_come() {
        let maps = [true, false].map(|whole| {
            let mut map = Builder::default();
            map.push(1, 0..2, true);
            if whole {
                map.push_bytes(2..6);
            } else {
                for at in 2..6 {
                    map.push(1, at..at + 1, true);
                }
            }
            map.finish()
        });
        assert_eq!(maps[0].runs.len(), 2);
        assert_eq!(maps[0], maps[1]);
    }

    #[test]
    fn equal_units_share_a_run() {
        let mut map = Builder::default();
        for at in 0..100 {
            map.push(2, at..at + 1, true);
        }
        let map = map.finish();
        assert_eq!(map.runs.len(), 1);
        assert_eq!(map.to_bytes(Span::new(20, 24)), Span::new(10, 12));
    }

    #[test]
    fn removed_bytes_belong_to_no_end() {
        let mut map = Builder::default();
        map.push(1, 3..4, true);
        map.push(1, 6..7, true);
        map.push(1, 9..10, true);
        let map = map.finish();
        assert_eq!(map.to_bytes(Span::new(0, 2)), Span::new(3, 7));
        assert_eq!(map.to_bytes(Span::new(1, 2)), Span::new(6, 7));
        assert_eq!(map.to_bytes(Span::new(2, 2)), Span::new(9, 9));
    }
}
