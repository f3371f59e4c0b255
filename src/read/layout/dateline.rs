//! The dateline: place, perhaps date and agency, run in before the first sentence.

use super::page::Page;
use super::words::{is_capitals, opens_name};
use crate::lang::places::{folded_place, towns};
use crate::lang::{NameStyle, is_unspaced};
use crate::read::blocks::folded;
use crate::read::dates::DateMention;
use crate::read::places;
use crate::source::Span;

/// Bytes in which a dateline must end.
const REACH: usize = 180;

/// A dateline run in before the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunIn<'a> {
    /// The town.
    pub(super) place: Span,
    /// Town with state or country, as written.
    pub(super) whole: Span,
    /// The date.
    pub(super) mention: Option<&'a DateMention>,
    /// Where the text itself starts.
    pub(super) text: u32,
}

/// What the scanner has seen.
#[derive(Debug, Default)]
struct Seen<'a> {
    /// First and last byte of the place's names.
    place: Option<Span>,
    /// End of the town: where the first comma, bracket or date stood.
    town_end: Option<u32>,
    mention: Option<&'a DateMention>,
    names: usize,
    commas: usize,
    bracketed: bool,
    agency: bool,
}

/// Reads a dateline at the start of `span`.
pub(super) fn run_in<'a>(page: &Page<'a>, span: Span) -> Option<RunIn<'a>> {
    marked(page, span).or_else(|| wired(page, span))
}

/// `某社某市5月3日电`: agency, town and date, closed by the sign of a wire.
fn wired<'a>(page: &Page<'a>, span: Span) -> Option<RunIn<'a>> {
    const LEAD: usize = 12;
    let mention = page.mentions_in(span).first()?;
    let behind = page.between(mention.span.end, span.end);
    let text = behind.strip_prefix(['电', '電', '讯', '訊'])?;
    let lead = Span {
        start: span.start,
        end: mention.span.start,
    };
    let town = places::find(page.context, lead, page.language)
        .into_iter()
        .find(|p| p.locality.is_some() && p.span.end == mention.span.start)?;
    let bracket = text
        .starts_with(['(', '（'])
        .then(|| text.find([')', '）']))
        .flatten();
    let text = bracket.map_or(text, |at| text[at..].trim_start_matches([')', '）']));
    let text = text.trim_start();
    (page.words(lead).chars().count() <= LEAD && mention.end.is_none()).then(|| RunIn {
        place: town.span,
        whole: town.span,
        mention: Some(mention),
        text: span.end - text.len() as u32,
    })
}

fn marked<'a>(page: &Page<'a>, span: Span) -> Option<RunIn<'a>> {
    let end = page.start(span, REACH).end;
    let mentions = page.mentions_in(Span {
        start: span.start,
        end: span.end,
    });
    let outlet = outlet(page.words(span));
    let mut seen = Seen {
        agency: outlet > 0,
        ..Seen::default()
    };
    let mut at = span.start + outlet as u32;
    let opened = page.words(span).starts_with(['(', '（', '[', '【']);
    if opened {
        at += page.words(span).chars().next()?.len_utf8() as u32;
    }
    let mut open = opened;
    while at < end {
        let rest = page.between(at, span.end);
        let blank = (rest.len() - rest.trim_start().len()) as u32;
        if let Some(text_at) = mark(page, &seen, at, span.end, open, opened) {
            return finish(page, seen, text_at, span);
        }
        at += blank;
        let rest = &rest[blank as usize..];
        if let Some(m) = mentions.iter().find(|m| m.span.start == at) {
            if seen.mention.is_some() || m.end.is_some() {
                return None;
            }
            seen.town_end = seen.town_end.or(seen.place.map(|p| p.end));
            seen.mention = Some(m);
            at = m.span.end;
            continue;
        }
        let first = rest.chars().next()?;
        match first {
            ',' | '،' | '、' => {
                seen.commas += 1;
                if seen.place.is_some() {
                    seen.town_end = seen.town_end.or(seen.place.map(|p| p.end));
                }
                at += first.len_utf8() as u32;
            }
            ')' | '）' | ']' | '】' if open => {
                open = false;
                seen.bracketed = true;
                at += first.len_utf8() as u32;
            }
            '(' | '/' | '（' if seen.place.is_some() => {
                let close = match first {
                    '(' => ')',
                    '（' => '）',
                    _ => '/',
                };
                let inner_start = at + first.len_utf8() as u32;
                let inner = page.between(inner_start, end);
                let len = inner.find(close)?;
                let inner_span = Span {
                    start: inner_start,
                    end: inner_start + len as u32,
                };
                match page.mentions_in(inner_span).first() {
                    Some(m) => seen.mention = seen.mention.or(Some(m)),
                    None => seen.agency = true,
                }
                seen.town_end = seen.town_end.or(seen.place.map(|p| p.end));
                at = inner_span.end + close.len_utf8() as u32;
            }
            // `(Town=Agency) Name reporter =`: the agency goes up to the bracket.
            '=' if seen.place.is_some() && open => {
                let len = rest.find([')', ']', '）'])?;
                seen.agency = true;
                seen.town_end = seen.town_end.or(seen.place.map(|p| p.end));
                at += len as u32;
            }
            '.' if seen.mention.is_some() && seen.place.is_none() => at += 1,
            '0'..='9' if seen.place.is_some() && seen.commas > 0 && seen.mention.is_none() => {
                seen.town_end = seen.town_end.or(seen.place.map(|p| p.end));
                at += day_and_month(page, rest)? as u32;
            }
            _ => at = name(&mut seen, rest, at)?,
        }
    }
    None
}

/// Bytes of a day and the short name of its month without a year, as wires write them: `23 nov`, `3 abr.`. In running text
/// such a name may be a word, and is no date.
fn day_and_month(page: &Page<'_>, rest: &str) -> Option<usize> {
    let lexicon = page.context.lexicons.get(page.language?)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..].trim_start();
    let word = behind
        .find(|c: char| !c.is_alphabetic())
        .map_or(behind, |len| &behind[..len]);
    let month = word.to_lowercase();
    let known = lexicon.dates.months.iter().flatten().any(|m| *m == month);
    let len = rest.len() - behind.len() + word.len();
    let stop =
        usize::from(rest[len..].starts_with('.') && !rest[len + 1..].trim_start().starts_with('-'));
    (digits <= 2 && behind.len() < rest.len() - digits && known).then_some(len + stop)
}

/// Bytes of the address of an outlet that stands before its dateline: `outlet.example, TOWN - `.
fn outlet(words: &str) -> usize {
    let len = words.find(char::is_whitespace).unwrap_or(words.len());
    let name = words[..len].trim_end_matches(',');
    let ending = name.rsplit_once('.').map_or("", |(_, end)| end);
    let address = (2..=4).contains(&ending.len())
        && name.len() > ending.len() + 3
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if !address {
        return 0;
    }
    let rest = words[len..].trim_start();
    words.len() - rest.trim_start_matches(['-', '–', '—']).trim_start().len()
}

/// Takes one word of the place; the byte behind it.
fn name(seen: &mut Seen<'_>, rest: &str, at: u32) -> Option<u32> {
    let len = rest
        .char_indices()
        .find(|(i, c)| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | '،'
                        | '('
                        | ')'
                        | '（'
                        | '）'
                        | ':'
                        | '：'
                        | '–'
                        | '—'
                        | '―'
                        | ']'
                        | '】'
                        | '='
                )
                || *c == '-'
                    && (rest[i + 1..].starts_with(['-', '('])
                        || rest[i + 1..].starts_with(char::is_whitespace))
        })
        .map_or(rest.len(), |(i, _)| i);
    let mut word = &rest[..len];
    // A full stop that closes the dateline is no part of the name; one inside (`D.C.`, `Ore.`, `St.`) is.
    let stop = word.ends_with('.') && word.matches('.').count() == 1 && word.chars().count() > 5;
    if stop {
        word = &word[..word.len() - 1];
    }
    if word.is_empty() {
        return None;
    }
    let small = word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
    // `Côte d’Ivoire`: an elided particle.
    let elided = word
        .split_once(['’', '\''])
        .is_some_and(|(particle, rest)| particle.chars().count() == 1 && opens_name(rest));
    if !(opens_name(word) || (small || elided) && seen.names > 0)
        || word.contains(['“', '"', '”', '@', '!', '?', ';'])
    {
        return None;
    }
    if word
        .chars()
        .all(|c| c.is_ascii_digit() || !c.is_alphanumeric())
    {
        return None;
    }
    seen.names += 1;
    let span = Span {
        start: at,
        end: at + word.len() as u32,
    };
    if seen.mention.is_some() && seen.place.is_some() || seen.names > 8 {
        return None;
    }
    if !small {
        seen.place = Some(seen.place.map_or(span, |p| p.cover(span)));
    }
    Some(at + word.len() as u32)
}

/// Where the text starts, if a mark closes the dateline at `at`.
fn mark(
    page: &Page<'_>,
    seen: &Seen<'_>,
    at: u32,
    end: u32,
    open: bool,
    opened: bool,
) -> Option<u32> {
    if open || seen.place.is_none() {
        return None;
    }
    let rest = page.between(at, end);
    let trimmed = rest.trim_start();
    let mut core = trimmed;
    let stopped = core.starts_with('.');
    if stopped {
        core = core[1..].trim_start();
    }
    let dash = core.trim_start_matches(['-', '–', '—', '―', '−']);
    let spaced = rest.len() > trimmed.len();
    let is_dash = dash.len() < core.len()
        && (spaced
            || stopped
            || core.starts_with(['–', '—', '―'])
            || core.starts_with("--")
            || dash.starts_with(char::is_whitespace));
    let text_start = if is_dash {
        behind_agency(page, dash, end)
    } else if (stopped || trimmed.starts_with([':', '：'])) && seen.mention.is_some() {
        let skip = if stopped {
            core
        } else {
            trimmed[trimmed.chars().next()?.len_utf8()..].trim_start()
        };
        end - skip.len() as u32
    } else if opened && seen.bracketed && (spaced || is_unspaced_next(trimmed)) && seen.commas <= 2
    {
        end - trimmed.len() as u32
    } else {
        return None;
    };
    Some(text_start)
}

/// Whether the text goes on in a script that puts no blank before it.
fn is_unspaced_next(text: &str) -> bool {
    text.starts_with(is_unspaced)
}

/// Skips an agency and a date that stand behind the dash with a dash of their own (`– (WIRE) – 3 May 2030 –`).
fn behind_agency(page: &Page<'_>, rest: &str, end: u32) -> u32 {
    let mut rest = rest.trim_start();
    for _ in 0..2 {
        let start = end - rest.len() as u32;
        let behind = if rest.starts_with('(') {
            rest.find(')')
                .filter(|len| *len < 50)
                .map(|len| &rest[len + 1..])
        } else {
            page.mentions_in(Span { start, end })
                .first()
                .filter(|m| m.span.start == start)
                .map(|m| page.between(m.span.end, end))
        };
        let Some(behind) = behind else { break };
        let behind = behind.trim_start();
        let text = behind.trim_start_matches(['-', '–', '—', '―']);
        if text.len() == behind.len() {
            break;
        }
        rest = text.trim_start();
    }
    end - rest.len() as u32
}

/// Checks what was read, and makes the dateline.
fn finish<'a>(page: &Page<'a>, mut seen: Seen<'a>, text: u32, span: Span) -> Option<RunIn<'a>> {
    let whole = seen.place?;
    let place = Span {
        start: whole.start,
        end: seen.town_end.unwrap_or(whole.end).min(whole.end),
    };
    let body = Span {
        start: text,
        end: span.end,
    };
    if page.words(body).chars().count() < 20 || page.words(place).chars().count() < 2 {
        return None;
    }
    if seen.mention.is_none() {
        // A date behind the dash: `Town – (WIRE) – 3 May 2030 – text`.
        let head = Span {
            start: span.start,
            end: text,
        };
        seen.mention = page.mentions_in(head).first();
    }
    let words = page.words(place);
    let opens = page
        .words(body)
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase());
    let names = words.split_whitespace().count();
    let sure = seen.mention.is_some()
        || seen.agency
        || seen.bracketed
        || is_capitals(words)
        || is_known(page, place, whole);
    (opens && sure && names <= 5 && word_is_no_label(page, place)).then_some(RunIn {
        place,
        whole,
        mention: seen.mention,
        text,
    })
}

/// Whether the gazetteer knows a town, region or country that the words before the mark begin with.
fn is_known(page: &Page<'_>, place: Span, whole: Span) -> bool {
    let town = towns(&folded_place(&folded(page.words(place))));
    let several = page.words(place).contains(' ');
    // `Jakarta Pusat`: a part of a town is named behind it.
    let initial = (page.language)
        .and_then(|tag| page.context.lexicons.get(tag))
        .is_some_and(|l| l.events.style == NameStyle::Initial);
    let first = page.words(place).split(' ').next().unwrap_or_default();
    let part = || towns(&folded_place(&folded(first))).is_some_and(|t| !t.is_word(page.language));
    town.is_some_and(|t| several || !t.is_word(page.language))
        || initial && part()
        || places::find(page.context, whole, page.language)
            .iter()
            .any(|p| p.span.start == whole.start)
}

/// Whether the words before the mark are no phrase of the tables (`NOTE –`, `Contact –`).
fn word_is_no_label(page: &Page<'_>, place: Span) -> bool {
    page.context
        .lexicons
        .phrases()
        .exact(page.words(place))
        .is_none()
}
