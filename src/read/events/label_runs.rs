//! Labels run together: `WHAT … WHEN … WHERE …` on one line, and values whose lines blank lines part.

use super::passages::within;
use super::scene::Scene;
use crate::lang::LabelKind;
use crate::read::layout::Label;
use crate::source::Span;

/// Kinds of labels that a run without a colon must show to be one.
const LEAST_KINDS: usize = 3;

/// Longest line that goes on with a place, in bytes.
const LONGEST_LINE: usize = 60;

/// Lines that may go on with a place.
const MOST_LINES: usize = 4;

/// The labels of the page, those run together parted.
pub(super) fn labels(scene: &Scene<'_>) -> Vec<Label> {
    let layout = scene.findings.layout;
    let mut all = Vec::new();
    for label in &layout.labels {
        let mut inner = capital_labels(scene, label.value);
        let end = inner.first().map_or(label.value.end, |l| l.label.start);
        let value = Span {
            start: label.value.start,
            end,
        };
        all.push(Label {
            value: value.trim(scene.context.text),
            ..label.clone()
        });
        all.append(&mut inner);
    }
    let kinds = |labels: &[Label]| {
        let mut kinds: Vec<LabelKind> = labels.iter().map(|l| l.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len()
    };
    if kinds(&all) < 2 {
        for block in &layout.body {
            let found = capital_labels(scene, block.span);
            if kinds(&found) >= LEAST_KINDS && found.iter().any(|l| l.kind == LabelKind::When) {
                all = found;
                break;
            }
        }
    }
    all.retain(|label| !label.value.is_empty());
    for label in &mut all {
        extend(scene, label);
    }
    all
}

/// Labels in capitals inside a text that is not: each with the words up to the next.
fn capital_labels(scene: &Scene<'_>, span: Span) -> Vec<Label> {
    let text = scene.context.text;
    let lexicons = scene.context.lexicons;
    let body = scene
        .findings
        .layout
        .language
        .as_ref()
        .and_then(|l| lexicons.index(&l.value));
    let mut found: Vec<Label> = Vec::new();
    let slice = span.of(text);
    if !slice.as_bytes().windows(3).any(may_be_label) {
        return found;
    }
    let mut before = ' ';
    let mut skip = 0;
    for (at, c) in slice.char_indices() {
        let begins = c.is_uppercase() && !before.is_alphanumeric();
        before = c;
        if !begins || at < skip {
            continue;
        }
        // Only a word of capitals can be a label here.
        let word: usize = slice[at..]
            .chars()
            .take_while(|c| c.is_uppercase())
            .map(char::len_utf8)
            .sum();
        if word < 3 || slice[at + word..].starts_with(char::is_alphanumeric) {
            continue;
        }
        let rest = &slice[at..];
        let label = lexicons
            .phrases()
            .leading(rest)
            .into_iter()
            .find_map(|hit| {
                let kind = hit.label(body)?;
                let capital = !rest[..hit.len].chars().any(char::is_lowercase);
                (capital && hit.len >= 3).then_some((kind, hit.len))
            });
        let Some((kind, len)) = label else { continue };
        skip = at + len;
        let start = span.range().start + at;
        if let Some(last) = found.last_mut() {
            last.value = Span::new(last.value.range().start, start).trim(text);
        }
        let value = Span::new(start + len, span.range().end);
        let colon = value.of(text).trim_start_matches([':', ' ', '\t']).len();
        found.push(Label {
            kind,
            label: Span::new(start, start + len),
            value: Span::new(value.range().end - colon, value.range().end).trim(text),
        });
    }
    found
}

/// Whether three bytes may begin a word of capitals: punctuation of typographers and smaller letters do not.
fn may_be_label(three: &[u8]) -> bool {
    const PUNCTUATION: u8 = 0xe2;
    let loud = |b: &u8| b.is_ascii_uppercase() || !b.is_ascii();
    let first = three.first();
    first.is_some_and(|b| b.is_ascii_uppercase() || *b >= 0xc3 && *b != PUNCTUATION)
        && three.iter().all(loud)
}

/// Adds the short lines below a place or a day that blank lines part from it.
fn extend(scene: &Scene<'_>, label: &mut Label) {
    let text = scene.context.text;
    let most = match label.kind {
        LabelKind::Where => MOST_LINES,
        LabelKind::When => 1,
        _ => return,
    };
    let start = label.value.range().end;
    let mut at = start;
    let mut end = start;
    let mut gap = 0;
    let mut taken = 0;
    for line in text[start..].split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if span.is_empty() {
            gap += 1;
            if gap > 2 {
                break;
            }
            continue;
        }
        gap = 0;
        let words = span.of(text);
        let numbered = words.bytes().any(|b| b.is_ascii_digit());
        let fits = taken < most
            && words.len() <= LONGEST_LINE
            && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && words.chars().any(char::is_lowercase)
            && (label.kind == LabelKind::When || !words.contains(':'))
            && !ends_sentence(words);
        if !fits
            || label.kind == LabelKind::When && !words.starts_with(|c: char| c.is_ascii_digit())
        {
            break;
        }
        taken += 1;
        let placed = !within(scene.findings.places, span, |p| p.span).is_empty();
        if numbered || placed {
            end = span.range().end;
        }
    }
    label.value = Span::new(label.value.range().start, end);
}

/// Whether a line closes with the full stop of a sentence, not of an abbreviation (`D.C.`).
fn ends_sentence(line: &str) -> bool {
    let Some(rest) = line.strip_suffix('.') else {
        return line.ends_with(['!', '?', ';']);
    };
    rest.rsplit(|c: char| !c.is_alphabetic())
        .next()
        .is_some_and(|word| word.len() > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_end_no_sentence() {
        for (line, want) in [
            ("Washington, D.C.", false),
            ("12 Mill Ave.", false),
            ("All are welcome.", true),
            ("Harbour House", false),
        ] {
            assert_eq!(ends_sentence(line), want, "{line}");
        }
    }
}
