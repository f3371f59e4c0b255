//! Date lines: lines that are nothing but a date with its label and place, and what the date is for.

use super::labels::label_at;
use super::page::Page;
use super::words::{opens_name, weight, word_count};
use crate::lang::places::{folded_place, towns};
use crate::lang::{EventWord, Hit, LabelKind, Meaning, Part, is_unspaced};
use crate::read::dates::DateMention;
use crate::read::places;
use crate::read::words::fold;
use crate::source::Span;

/// What a date line's date is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// A label says that it is the publication date.
    Published,
    /// No label: the page's date line.
    Plain,
    /// A place stands with it (`Bruxelles, le 7 juin 2017`).
    Placed,
    /// The release line carries it (`FOR RELEASE: 3 May 2030`).
    Release,
    /// Not before this time.
    Embargo,
    /// Update stamp.
    Modified,
    /// The day on which the page was fetched or printed.
    Printed,
    /// The day of the event (`WHEN:`): no date line of the page.
    Event,
}

/// A date line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp<'a> {
    /// What for.
    pub(super) usage: Use,
    /// The date.
    pub(super) mention: &'a DateMention,
    /// The place that stands with it.
    pub(super) place: Option<Span>,
    /// Whether a phrase of the tables stands with it.
    pub(super) labelled: bool,
    /// Update stamp on the same line.
    pub(super) modified: Option<&'a DateMention>,
}

/// Reads a stretch of the page as a date line.
pub(super) fn stamp<'a>(page: &Page<'a>, span: Span) -> Option<Stamp<'a>> {
    let mentions = page.mentions_in(span);
    let mention = mentions
        .iter()
        .find(|m| m.start.month.is_some() && m.start.year.is_some())?;
    if mentions.len() > 3 || mention.end.is_some() || span.len() > 160 {
        return None;
    }
    let before = Span {
        start: span.start,
        end: mention.span.start,
    }
    .trim(page.context.text);
    let (known, mut rest) = label(page, before)?;
    let mut usage = known.unwrap_or(Use::Plain);
    // `등록` heads the page's time stamp and, with a colon before a mere day, how to take part.
    if usage == Use::Published
        && mention.clock.is_none()
        && label_at(page, span).is_some_and(|l| matches!(l.kind, LabelKind::How | LabelKind::Rsvp))
    {
        return None;
    }
    if !is_filler(page.words(rest))
        && let Some(part) = closing_label(page, before)
    {
        // `Author: Doe  Published: 3 May 2030`: the label beside the date counts.
        usage = part;
        rest.start = rest.end;
    }
    // What has hours is an event, or its label says better.
    let hours = mention.clock.as_ref().is_some_and(|c| c.end.is_some());
    if hours && matches!(usage, Use::Plain | Use::Placed) {
        usage = Use::Event;
    }
    let rest_words = page.words(rest);
    let mut stamp = Stamp {
        usage,
        mention,
        place: None,
        labelled: known.is_some(),
        modified: None,
    };
    if !is_filler(rest_words) {
        stamp.place = place(page, rest);
        if stamp.place.is_none() && !is_section(page, rest_words) {
            return None;
        }
        if usage == Use::Plain && stamp.place.is_some() {
            stamp.usage = Use::Placed;
        }
    }
    let after = Span {
        start: mention.span.end,
        end: span.end,
    };
    trailing(page, after, mentions, &mut stamp).then_some(stamp)
}

/// Takes labels off the words before the date: what they say that it is for, and what is left.
fn label(page: &Page<'_>, before: Span) -> Option<(Option<Use>, Span)> {
    let mut usage = None;
    let mut rest = before;
    for _ in 0..3 {
        rest = skip(page, rest, |c| {
            !c.is_alphanumeric() && !matches!(c, '(' | '№')
        });
        let words = page.words(rest);
        let hits = page.context.lexicons.phrases().leading(words);
        // `PRESS RELEASE No. 3 of 5 May 2030`
        let number = hits.iter().filter(|_| usage.is_some()).find_map(|hit| {
            let behind = words[hit.len..].trim_start_matches(|c: char| !c.is_alphanumeric());
            let digits = behind.len()
                - behind
                    .trim_start_matches(|c: char| c.is_ascii_digit() || c == '/')
                    .len();
            (hit.is(Part::Reference) && digits > 0 && digits <= 8)
                .then(|| words.len() - behind.len() + digits)
        });
        if let Some(len) = number {
            rest.start += len as u32;
            continue;
        }
        let Some((hit, part)) = hits.iter().find_map(|hit| Some((hit, use_of(page, hit)?))) else {
            break;
        };
        if part == Use::Event && !hit.is(Part::Invitation) {
            return None;
        }
        usage = Some(match usage {
            // `Invitation  Published: 3 May 2030`: the label beside the date counts.
            None | Some(Use::Event) => part,
            Some(known) => known.max(part),
        });
        rest.start += hit.len as u32;
    }
    Some((usage, rest.trim(page.context.text)))
}

/// The label of publication or update that stands right before the date, at the end of `before`.
fn closing_label(page: &Page<'_>, before: Span) -> Option<Use> {
    const LONGEST: usize = 12;
    let words = page.words(before);
    let core = words.trim_end_matches([':', '：', ' ', '\u{a0}']);
    let starts = core.char_indices().rev().take(LONGEST).map(|(at, _)| at);
    starts.collect::<Vec<_>>().into_iter().rev().find_map(|at| {
        let apart = core[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric())
            || core[at..].starts_with(is_unspaced);
        let hit = page.context.lexicons.phrases().exact(&core[at..])?;
        // A small word like `vom` labels nothing behind other words.
        let long = weight(core[at..].trim()) > 3 || core.len() < words.trim_end().len();
        let usage = use_of(page, &hit).filter(|u| matches!(u, Use::Published | Use::Modified));
        usage.filter(|_| apart && long)
    })
}

/// What a phrase makes of the date behind it: in the text's language, where that has the phrase for dates, else in any.
fn use_of(page: &Page<'_>, hit: &Hit<'_>) -> Option<Use> {
    let own = page
        .language
        .and_then(|tag| page.context.lexicons.index(tag));
    let spoken = |(_, language): &&(Part, usize)| Some(*language) == own;
    let meanings: Vec<Part> = hit.meanings.iter().filter(spoken).map(|m| m.0).collect();
    used_for(&meanings).or_else(|| used_for(&hit.meanings.iter().map(|m| m.0).collect::<Vec<_>>()))
}

/// What the first of these parts, by weight, makes of a date.
fn used_for(meanings: &[Part]) -> Option<Use> {
    let label = meanings.iter().any(|part| matches!(part, Part::Label(_)));
    [
        (Part::Embargo, Use::Embargo),
        (Part::Release, Use::Release),
        (Part::Modified, Use::Modified),
        (Part::Published, Use::Published),
        (Part::Printed, Use::Printed),
        (Part::Invitation, Use::Event),
        (Part::DocumentType, Use::Plain),
        (Part::Occasion, Use::Plain),
    ]
    .into_iter()
    .find(|(part, _)| meanings.contains(part))
    .map(|(_, usage)| usage)
    .or_else(|| label.then_some(Use::Event))
}

fn skip(page: &Page<'_>, span: Span, skipped: impl Fn(char) -> bool) -> Span {
    let words = page.words(span);
    let kept = words.trim_start_matches(skipped);
    Span {
        start: span.end - kept.len() as u32,
        end: span.end,
    }
}

/// Whether words between label and date say nothing: marks, or one short small word (`le`, `den`, `on`).
fn is_filler(words: &str) -> bool {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    words.is_empty() || words.chars().count() <= 3 && words.chars().all(char::is_lowercase)
}

/// The place before or behind a date: up to five names, then perhaps a small word.
fn place(page: &Page<'_>, span: Span) -> Option<Span> {
    let words = page.words(span);
    let core = words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）'));
    let core = core.trim_start_matches(['(', '（']);
    // The small word that leads to the date.
    let core = match core.rsplit_once(char::is_whitespace) {
        Some((head, last)) if is_filler(last) => head.trim_end(),
        _ => core,
    };
    let core = core.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '.'));
    if core.is_empty()
        || core.chars().any(|c| c.is_ascii_digit())
        || core.contains([':', '：', '"', '“', '”'])
    {
        return None;
    }
    let parted = words
        .trim_end()
        .ends_with([',', ')', '-', '–', '—', '/', '.'])
        || core.len() < words.trim_end().len();
    let count = word_count(core);
    let names = core
        .split_whitespace()
        .all(|w| opens_name(w) || w.chars().count() <= 3);
    if !names || count > if parted { 6 } else { 2 } || names_event(page, core) {
        return None;
    }
    let offset = words.find(core)?;
    let start = span.start + offset as u32;
    let found = Span {
        start,
        end: start + core.len() as u32,
    };
    // `Section / 3 May 2030`, `Story by Desk, 3 May 2030`: several words, or a stroke, need a town that is known.
    let doubtful = words.trim_end().ends_with('/') || count > 2 && !core.contains([',', '(']);
    let known = || {
        places::find(page.context, found, page.language)
            .iter()
            .any(|p| p.locality.is_some() || p.country.is_some())
    };
    (!doubtful || known()).then_some(found)
}

/// Whether a stroke parts a section's name from the date behind it: `Politics / 3 May 2030`.
fn is_section(page: &Page<'_>, words: &str) -> bool {
    let core = words.trim_end_matches(['/', '|', ' ', '\u{a0}']);
    core.len() < words.trim_end().len()
        && word_count(core) <= 2
        && core
            .split_whitespace()
            .all(|w| w.chars().all(char::is_alphabetic))
        && core.split_whitespace().next().is_some_and(opens_name)
        && !names_event(page, core)
}

/// Whether a clock shows a minute that no event begins or ends at, so that it can only be a page's.
pub(super) fn is_odd(hour: u32, minute: u32) -> bool {
    const ROUND: u32 = 5;
    !minute.is_multiple_of(ROUND) && !matches!((hour, minute), (23, 59) | (0, 1))
}

/// Whether a word is an event's noun and no town's name (`Jahrestreffen vom 3. Mai 2030` is a title), or says what is done on
/// a day.
pub(super) fn names_event(page: &Page<'_>, core: &str) -> bool {
    const ACTS: [EventWord; 9] = [
        EventWord::Held,
        EventWord::Hosts,
        EventWord::Opens,
        EventWord::Closes,
        EventWord::Register,
        EventWord::Deadline,
        EventWord::Until,
        EventWord::Venue,
        EventWord::StreetAfter,
    ];
    let lexicon = page.language.and_then(|l| page.context.lexicons.get(l));
    let Some(table) = lexicon.map(|l| &l.events) else {
        return false;
    };
    core.split_whitespace().any(|word| {
        let folded = fold(word);
        let mut named = false;
        table.index().meanings(
            |i| (i == 0).then_some(folded.as_str()),
            |meaning, _| {
                named |= match meaning {
                    Meaning::Noun(_) => true,
                    Meaning::Word(word) => ACTS.contains(&word),
                    _ => false,
                }
            },
        );
        named && towns(&folded_place(word)).is_none()
    })
}

/// Whether the words behind the date leave the line a date line.
fn trailing<'a>(
    page: &Page<'a>,
    after: Span,
    mentions: &'a [DateMention],
    stamp: &mut Stamp<'a>,
) -> bool {
    let words = page.words(after);
    let core = words.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() {
        return true;
    }
    let dashed = words.trim_start().starts_with(['-', '–', '—', ':']);
    let hits = page.context.lexicons.phrases().leading(core);
    if let Some(later) = mentions.iter().find(|m| after.contains(m.span)) {
        if hits.iter().any(|h| h.is(Part::Modified)) {
            stamp.modified = Some(later);
            return true;
        }
        // The same date in other figures, a clock of its own, another zone.
        return !dashed && core.len() <= 40 && word_count(core) <= 6;
    }
    if hits.iter().any(|h| {
        h.len == core.len()
            && (h.is(Part::DocumentType) || h.is(Part::Release) || h.is(Part::Section))
    }) {
        return true;
    }
    // `3 May 2030  Source: X`: the next label of the same line.
    let labelled = hits.iter().any(|h| {
        (h.is(Part::Byline) || h.is(Part::Section) || h.is(Part::Reference))
            && core[h.len..].chars().count() <= 24
    });
    let clocked = core.starts_with(|c: char| c.is_ascii_digit())
        && core.contains(':')
        && core.len() <= 14
        && word_count(core) <= 3;
    if labelled || clocked && !dashed {
        return true;
    }
    // `3 May 2030 · Posted in Notices`, `3 May 2030 7:11PM by NAME`.
    if word_count(core) <= 6
        && hits.iter().any(|h| {
            h.is(Part::Byline) && stamp.mention.clock.is_some()
                || h.is(Part::Published) && words.trim_start().starts_with(['·', '•', '|', ','])
        })
    {
        return true;
    }
    if closes_dateline(words) && stamp.place.is_some() {
        return true;
    }
    if dashed {
        return hits.iter().any(|h| h.is(Part::Published)) && core.len() <= 40;
    }
    if core.chars().count() <= 6 && word_count(core) <= 2 {
        return true;
    }
    if stamp.mention.clock.is_some() && core.len() <= 40 {
        return core.split_whitespace().all(opens_name) || hits.iter().any(|h| h.len == core.len());
    }
    if stamp.usage == Use::Embargo || stamp.usage == Use::Release {
        return word_count(core) <= 6;
    }
    if stamp.place.is_none() && word_count(core) <= 4 && is_place_behind(words) {
        stamp.place = place(page, after);
        if stamp.usage == Use::Plain {
            stamp.usage = Use::Placed;
        }
        return stamp.place.is_some();
    }
    false
}

/// `17 July 2030. Lund`, `3 May 2030 (Lund)`, `8 June 2030, Lund`: a mark parts place from date.
fn is_place_behind(words: &str) -> bool {
    words.trim_start().starts_with([',', '.', '(', '/', '（'])
}

/// Whether words behind a date are the end of a dateline on a line of its own: an agency between strokes or brackets,
/// then a dash.
fn closes_dateline(words: &str) -> bool {
    let inner = words.trim().trim_end_matches(['-', '–', '—', '―']);
    let inner = inner.trim_end();
    inner.len() < words.trim().len()
        && (inner.is_empty()
            || inner.starts_with('/') && inner.ends_with('/')
            || inner.starts_with('(') && inner.ends_with(')'))
        && word_count(inner) <= 4
}
