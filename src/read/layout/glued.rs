//! Texts whose title, date line and first sentence stand on one line.

use super::dateline::run_in;
use super::page::{Page, Piece};
use super::stamps::{is_odd, names_event};
use super::words::{opens_name, word_count};
use crate::lang::Part;
use crate::read::dates::DateMention;
use crate::source::Span;

use chrono::Timelike;

/// Bytes in which title and date must end.
const REACH: usize = 320;

/// The parts of a glued line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Glued {
    /// The title.
    pub(super) title: Option<Span>,
    /// Where the rest starts.
    pub(super) rest: u32,
}

/// Parts a line that starts with something other than its first sentence.
pub(super) fn part(page: &Page<'_>, span: Span) -> Option<Glued> {
    let start = behind_marks(page, span);
    let line = Span {
        start,
        end: span.end,
    };
    let found = at_dateline(page, line).or_else(|| at_capitals(page, line));
    match found {
        Some(found) => Some(found),
        None if start > span.start => Some(Glued {
            rest: start,
            ..Glued::default()
        }),
        None => None,
    }
}

/// Takes a document type or release line in capitals off the front (`*** MEDIA ADVISORY ***`).
fn behind_marks(page: &Page<'_>, span: Span) -> u32 {
    let mut start = span.start;
    for _ in 0..3 {
        let rest = page.between(start, span.end);
        let words = rest
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '=' | '-' | '–'));
        let hits = page.context.lexicons.phrases().leading(words);
        let Some(hit) = hits
            .iter()
            .find(|h| h.is(Part::DocumentType) || h.is(Part::Release))
        else {
            break;
        };
        let lead = &words[..hit.len];
        let behind = words[hit.len..].trim_start();
        let marked =
            behind.starts_with(['*', ':', '：', '|', '=', '–', '—']) || behind.starts_with("--");
        if lead.chars().any(char::is_lowercase)
            || !(marked || lead.contains(' ') && hit.is(Part::Release))
        {
            break;
        }
        let text = behind.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '*' | ':' | '：' | '|' | '=' | '–' | '—' | '-')
        });
        start = span.end - text.len() as u32;
    }
    start
}

/// Parts a piece at a date that stands free in it: at its start or behind a gap or a label, with a gap, a capital or
/// nothing behind it (`Title  12 May 2030  TOWN …`). A date inside a sentence never stands free.
pub(super) fn part_at_date(page: &Page<'_>, piece: Piece) -> Option<Vec<Piece>> {
    let text = page.context.text;
    let mention = page
        .mentions_in(page.start(piece.span, REACH))
        .iter()
        .find(|m| m.start.day.is_some() && m.start.year.is_some() && m.end.is_none())?;
    let before = Span {
        start: piece.span.start,
        end: mention.span.start,
    };
    let stamped = is_time_stamp(page, mention, piece.span);
    let until = if stamped {
        piece.span.end
    } else {
        mention.span.end
    };
    let after = Span {
        start: until,
        end: piece.span.end,
    };
    let closes = stamped && is_titled(page, page.words(before).trim_end());
    if !(closes || is_free(page, before, after)) || run_in(page, piece.span).is_some() {
        return None;
    }
    let mut parts = Vec::new();
    let lead = title_before(page, before.trim(text)).unwrap_or(before.trim(text));
    let day = Span {
        end: until,
        ..mention.span
    };
    for span in [lead, day, after.trim(text)] {
        if !span.is_empty() {
            parts.push(Piece {
                span,
                first: piece.first && parts.is_empty(),
                last: false,
                gap: if parts.is_empty() { piece.gap } else { 0 },
                ..piece
            });
        }
    }
    if let Some(last) = parts.last_mut() {
        last.last = piece.last;
    }
    (parts.len() > 1).then_some(parts)
}

/// Whether the day and hour that close a line, no word between them, are a page's time stamp: `Title 3 May 2030 13:08`.
fn is_time_stamp(page: &Page<'_>, mention: &DateMention, line: Span) -> bool {
    let behind = page.between(mention.span.end, line.end).trim();
    if behind.is_empty() {
        let clock = mention.clock.as_ref().filter(|c| c.end.is_none());
        return clock.is_some_and(|clock| {
            is_odd(clock.start.hour(), clock.start.minute())
                && page.words(clock.span).chars().all(|c| !c.is_alphabetic())
        });
    }
    let figures = |s: &str| s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit());
    let parts = behind.split_once([':', '.']);
    let clock = parts.filter(|(h, m)| figures(h) && figures(m));
    let numbers = clock.and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
    mention.clock.is_none()
        && numbers.is_some_and(|(hour, minute)| hour < 24 && is_odd(hour, minute))
}

/// Whether words before a time stamp are a title that asks for no day: they do not lead on to it, and name no event, no
/// deadline and nothing that opens or is held.
fn is_titled(page: &Page<'_>, words: &str) -> bool {
    word_count(words) > 1
        && !leads_on(page, words)
        && !words.ends_with([':', '：'])
        && !names_event(page, words)
}

/// Whether words go on behind their last: it is a small word of the language, or a mark that parts no title.
fn leads_on(page: &Page<'_>, words: &str) -> bool {
    let lexicon = page.language.and_then(|tag| page.context.lexicons.get(tag));
    let last = words.split_whitespace().next_back().unwrap_or(words);
    lexicon.is_some_and(|l| l.layout.common.iter().any(|w| w.eq_ignore_ascii_case(last)))
        || last.ends_with([',', '(', '/', '-', '–', '—'])
}

/// Whether a date between these two stretches is no part of a sentence.
fn is_free(page: &Page<'_>, before: Span, after: Span) -> bool {
    let (words, behind) = (page.words(before), page.words(after));
    let lead = words.trim_end();
    let rest = behind.trim_start();
    let opens = rest.is_empty()
        || rest.chars().next().is_some_and(|c| {
            c.is_uppercase()
                || c.is_alphabetic() && !c.is_lowercase()
                || c == '“'
                || c == '"'
                || c == '(' && rest.len() > 80
        });
    if !opens
        || rest.len() == behind.len() && !rest.is_empty() && !rest.starts_with(char::is_uppercase)
    {
        return false;
    }
    if lead.is_empty() {
        return true;
    }
    if leads_on(page, lead) || page.is_prose(lead) || word_count(lead) > 24 {
        return false;
    }
    let gap_before = words.len() - lead.len() > 1;
    let gap_behind = behind.len() - rest.len() > 1;
    if rest.is_empty() {
        return gap_before;
    }
    // `Title May 3  2030 Lund  Sweden`: date and town close a title whose text stands behind a wide gap.
    let town = rest.contains("  ")
        && word_count(rest) <= 4
        && rest.split_whitespace().all(opens_name)
        && word_count(lead) >= 5;
    if town {
        return true;
    }
    // In a script without capitals a long rest says nothing: a sentence goes on there just as one begins.
    let begins = rest.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    gap_before || gap_behind || begins && rest.len() > 80
}

/// What stands before the date as a title: behind a breadcrumb, no label, three words at least.
fn title_before(page: &Page<'_>, before: Span) -> Option<Span> {
    let mut span = before;
    for mark in [" > ", " › ", " » "] {
        if let Some(at) = page.words(span).rfind(mark) {
            span.start += (at + mark.len()) as u32;
            // The last step of a breadcrumb may be a year or a section of one word.
            let words = page.words(span);
            if let Some((step, rest)) = words.split_once(' ')
                && step.chars().all(|c| c.is_ascii_digit())
            {
                span.start = span.end - rest.len() as u32;
            }
        }
    }
    let span = span.trim(page.context.text);
    let words = page.words(span);
    let labelled = page
        .context
        .lexicons
        .phrases()
        .leading(words)
        .iter()
        .any(|h| h.is(Part::Release) || h.is(Part::Published) || h.is(Part::Printed));
    (word_count(words) > 2 && !labelled).then_some(span)
}

/// `Title TOWN, State - First sentence`.
fn at_dateline(page: &Page<'_>, line: Span) -> Option<Glued> {
    if run_in(page, line).is_some() {
        return None;
    }
    let words = page.words(page.start(line, REACH));
    let dash = ["--", " – ", " — ", " - ", "---", "- "]
        .iter()
        .filter_map(|d| words.find(d))
        .min()?;
    let starts: Vec<usize> = words[..dash]
        .char_indices()
        .filter(|(i, c)| {
            (c.is_uppercase() || *c == '(') && (*i == 0 || words[..*i].ends_with([' ', '*']))
        })
        .map(|(i, _)| i)
        .collect();
    let mut chosen = None;
    for start in starts.iter().rev().take(6) {
        let span = Span {
            start: line.start + *start as u32,
            end: line.end,
        };
        let before = words[..*start].trim_end();
        match run_in(page, span) {
            Some(found) if chosen.is_none() || goes_on(chosen, *start, words) => {
                if (found.text as usize) < line.start as usize + dash {
                    break;
                }
                chosen = Some(*start);
                if !before.ends_with(',') {
                    break;
                }
            }
            None if chosen.is_none() => {}
            _ => break,
        }
    }
    let start = chosen?;
    let title = Span {
        start: line.start,
        end: line.start + start as u32,
    }
    .trim(page.context.text);
    let title_words = page.words(title);
    let strong =
        words[start..dash].chars().all(|c| !c.is_lowercase()) || words[dash..].starts_with("--");
    (strong && word_count(title_words) > 2 && !title_words.ends_with(['.', ','])).then_some(Glued {
        title: Some(title),
        rest: line.start + start as u32,
    })
}

/// Whether a dateline already found goes on to the left: `KANSAS CITY, MO`.
fn goes_on(chosen: Option<usize>, start: usize, words: &str) -> bool {
    chosen.is_some_and(|later| words[start..later].trim_end().ends_with(','))
}

/// `TITLE IN CAPITALS The first sentence`.
fn at_capitals(page: &Page<'_>, line: Span) -> Option<Glued> {
    let words = page.words(line);
    let tokens: Vec<(usize, &str)> = words
        .split_whitespace()
        .take(40)
        .map(|token| (token.as_ptr() as usize - words.as_ptr() as usize, token))
        .collect();
    let mut cut = tokens
        .iter()
        .position(|(_, token)| token.chars().any(char::is_lowercase))?;
    // The sentence may open with a capital of one letter (`A`, `Y`).
    if tokens[cut].1.starts_with(char::is_lowercase) {
        cut = cut.checked_sub(1)?;
        if tokens[cut].1.chars().count() != 1 {
            return None;
        }
    }
    let (last_at, last) = tokens.get(cut.checked_sub(1)?)?;
    let capitals = tokens[..cut]
        .iter()
        .filter(|(_, token)| token.chars().any(char::is_uppercase))
        .count();
    let end = last_at + last.len();
    let rest = tokens[cut].0;
    (capitals >= 4 && end >= 24 && words.len() - rest > 80 && run_in(page, line).is_none()).then(
        || Glued {
            title: Some(Span {
                start: line.start,
                end: line.start + end as u32,
            }),
            rest: line.start + rest as u32,
        },
    )
}
