//! Labelled values: `WHEN: …`, `Ort: …`, on one line, on several, or run together on one.

use super::Label;
use super::page::Page;
use super::words::{is_capitals, is_ornament};
use crate::lang::LabelKind;
use crate::read::Context;
use crate::read::blocks::Line;
use crate::source::Span;

/// Bytes of the longest label that may stand alone.
const LONGEST: usize = 60;

/// A label at the start of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// What it asks for.
    pub(super) kind: LabelKind,
    /// Its words.
    pub(super) label: Span,
    /// Where its value starts.
    pub(super) value: u32,
}

/// The label that opens a stretch of the page: a phrase of the tables with a colon behind it, or in capitals with a wide
/// gap or the end of the line behind it.
pub(super) fn label_at(page: &Page<'_>, span: Span) -> Option<Found> {
    let words = page.words(span);
    let bare = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = span.start + (words.len() - bare.len()) as u32;
    if words.len() - bare.len() > 8 {
        return None;
    }
    let hits = page.context.lexicons.phrases().leading(bare);
    if hits.is_empty() {
        return None;
    }
    let body = page
        .language
        .and_then(|tag| page.context.lexicons.index(tag));
    for hit in hits {
        let Some(kind) = hit.label(body) else {
            continue;
        };
        let label = Span {
            start,
            end: start + hit.len as u32,
        };
        let rest = &bare[hit.len..];
        // Marks of emphasis, a bracketed hint, blanks before the colon.
        let core = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '*' | '】' | ']' | '」' | ')')
        });
        let value = if let Some(value) = core.strip_prefix([':', '：', '︰', '?', '？']) {
            value
        } else if is_capitals(&bare[..hit.len])
            && hit.len > 2
            && (rest.is_empty()
                || rest.starts_with("   ")
                || rest.starts_with('\t')
                || rest.starts_with("  ")
                || rest.starts_with([' ', '–', '-'])
                    && rest.trim_start().starts_with(['–', '-', '—']))
        {
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '–' | '-' | '—'))
        } else if core.len() < rest.len() && rest.contains(['】', '」'])
            || page.bare_labels && rest.is_empty() && words.len() == bare.len()
            || page.led_labels && leads(page.words(label), kind, rest)
        {
            core
        } else {
            continue;
        };
        return Some(Found {
            kind,
            label,
            value: span.end - value.trim_start().len() as u32,
        });
    }
    None
}

/// Whether both the day and the place of something have a label that is a line of its own, right above its value.
pub(super) fn stand_alone(context: Context<'_>, lines: &[Line]) -> bool {
    let phrases = context.lexicons.phrases();
    let mut kinds: Vec<LabelKind> = Vec::new();
    for (line, below) in lines.iter().zip(lines.iter().skip(1)) {
        let words = line.span.of(context.text).trim();
        if words.len() > LONGEST || below.gap > 1 {
            continue;
        }
        kinds.extend(phrases.exact(words).and_then(|hit| hit.label(None)));
    }
    let dated = kinds
        .iter()
        .any(|k| matches!(k, LabelKind::When | LabelKind::Time));
    dated && kinds.contains(&LabelKind::Where)
}

/// Whether the day and the place of something stand on two lines, each behind its label and a blank: `Tid 13 mars 2030` above
/// `Plats Gamla kvarnen`.
pub(super) fn lead(context: Context<'_>, lines: &[Line], language: Option<&str>) -> bool {
    let phrases = context.lexicons.phrases();
    let body = language.and_then(|tag| context.lexicons.index(tag));
    let led = |line: &Line, asks: &dyn Fn(LabelKind) -> bool| {
        let words = line.span.of(context.text);
        phrases.leading(words).iter().any(|hit| {
            hit.label(body)
                .is_some_and(|kind| asks(kind) && leads(&words[..hit.len], kind, &words[hit.len..]))
        })
    };
    let when = |kind| matches!(kind, LabelKind::When | LabelKind::Time);
    lines.windows(2).any(|pair| {
        pair[1].gap == 0 && led(&pair[0], &when) && led(&pair[1], &|kind| kind == LabelKind::Where)
    })
}

/// Whether a word with a capital and a blank before figures or a name is a label of day, hour or place.
fn leads(label: &str, kind: LabelKind, rest: &str) -> bool {
    let value = rest.strip_prefix(' ').and_then(|v| v.chars().next());
    label.starts_with(char::is_uppercase)
        && value.is_some_and(|c| match kind {
            LabelKind::When | LabelKind::Time => c.is_ascii_digit(),
            LabelKind::Where => c.is_uppercase() || c.is_ascii_digit(),
            _ => false,
        })
}

/// Whether a line is nothing but the label of an event's day: `〇開催日時`.
pub(super) fn asks_when(page: &Page<'_>, line: Span) -> bool {
    let words = page.words(line);
    let core = words.trim_matches(|c: char| !c.is_alphanumeric() || c == '〇');
    let body = || page.context.lexicons.index(page.language?);
    let hit = page.context.lexicons.phrases().exact(core);
    hit.and_then(|hit| hit.label(body()))
        .is_some_and(|kind| matches!(kind, LabelKind::When | LabelKind::Time))
}

/// Every label between two bytes of the text, with its value.
pub(super) fn labels(page: &Page<'_>, start: u32, end: u32) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    let lines: Vec<(Span, usize)> = page
        .lines
        .iter()
        .map(|l| {
            (
                Span {
                    start: l.span.start.max(start),
                    end: l.span.end.min(end),
                },
                l.gap,
            )
        })
        // Bars are what is left of a table's rules.
        .filter(|(span, _)| span.start < span.end && !matches!(page.words(*span), "|" | "¦"))
        .collect();
    for (index, (line, _)) in lines.iter().enumerate() {
        let on_line = on_line(page, *line);
        let count = on_line.len();
        for (nth, label) in on_line.iter().enumerate() {
            let until = on_line
                .get(nth + 1)
                .map_or(line.end, |next| next.label.start);
            let mut value = Span {
                start: label.value.min(until),
                end: until,
            }
            .trim(page.context.text);
            if nth + 1 == count {
                value = with_lines_below(page, &lines, index, value);
            }
            if !value.is_empty() && !is_ornament(page.words(value)) {
                found.push(Label {
                    kind: label.kind,
                    label: label.label,
                    value,
                });
            }
        }
    }
    found
}

/// Adds the lines below that belong to the value: all down to the next blank line or label where the label's own line
/// is empty, and further lines of a block.
fn with_lines_below(page: &Page<'_>, lines: &[(Span, usize)], index: usize, value: Span) -> Span {
    let empty = value.is_empty();
    let mut value = value;
    for (taken, (line, gap)) in lines[index + 1..].iter().take(6).enumerate() {
        let first = empty && taken == 0;
        if *gap > usize::from(first)
            || label_at(page, *line).is_some()
            || page.words(*line).len() > 240
        {
            break;
        }
        value = if first { *line } else { value.cover(*line) };
    }
    value
}

/// The labels of one line: at its start, and in capitals with a colon inside it (`… a.m. WHERE: …`).
fn on_line(page: &Page<'_>, line: Span) -> Vec<Found> {
    let mut found: Vec<Found> = label_at(page, line).into_iter().collect();
    let words = page.words(line);
    if !words.contains(':') && !words.contains('：') {
        return found;
    }
    let mut from = 0;
    while let Some(colon) = words[from..].find([':', '：']).map(|i| i + from) {
        let next = colon + words[colon..].chars().next().map_or(1, char::len_utf8);
        let start = words[from..colon]
            .rfind(|c: char| !(c.is_uppercase() || matches!(c, ' ' | '/' | '&')))
            .map_or(from, |i| {
                from + i + words[from + i..].chars().next().map_or(1, char::len_utf8)
            });
        let lead = words[start..colon].trim();
        if is_capitals(lead) {
            let start = start + words[start..colon].find(lead).unwrap_or(0);
            // The longest phrase that ends at the colon: `DIRKSEN WHO:` holds `WHO`.
            let found_at = std::iter::once(0)
                .chain(lead.match_indices(' ').map(|(i, _)| i + 1))
                .find_map(|skip| {
                    let at = Span {
                        start: line.start + (start + skip) as u32,
                        end: line.end,
                    };
                    label_at(page, at)
                        .filter(|l| l.label.end as usize >= line.start as usize + colon - 1)
                });
            if let Some(label) = found_at
                && found
                    .last()
                    .is_none_or(|last| last.value <= label.label.start)
            {
                found.push(label);
            }
        }
        from = next;
    }
    found
}
