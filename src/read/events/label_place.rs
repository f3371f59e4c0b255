//! The place that a WHERE label tells: house, street, town and country, part by part.

use super::address::is_town;
use super::passages::{Passage, within};
use super::place::{known_country, stated_country};
use super::scene::Scene;
use crate::lang::EventWord;
use crate::model::{Fact, Location};
use crate::read::blocks::folded;
use crate::read::words::fold;
use crate::source::Span;

/// So many blanks, and more than twice as many as before, part a place from page furniture on its line.
const FAR: usize = 20;

/// Longest part of a place, in bytes: more is the next sentence.
const LONGEST_PART: usize = 80;

/// Venue, street, town and country of WHERE.
pub(super) fn find(
    scene: &Scene<'_>,
    place: &Passage<'_>,
    language: &str,
) -> Option<Fact<Location>> {
    let text = scene.context.text;
    let mut location = Location::default();
    let mut venue: Vec<Span> = Vec::new();
    let parts = parts(scene, place);
    let mut last = None;
    let mut guessed = false;
    let (mut far, mut widest) = (false, 0);
    for (i, part) in parts.iter().enumerate() {
        let words = part.of(text);
        if i > 0 {
            let gap = gap(text, parts[i - 1], *part);
            far |= gap >= FAR && widest > 0 && gap > widest * 2;
            widest = widest.max(gap);
        }
        if i > 0 && part.len() > LONGEST_PART {
            break;
        }
        let inner = within(scene.findings.places, *part, |p| p.span);
        let town = scene.findings.places[inner]
            .iter()
            .rfind(|p| p.span.len() * 2 > part.len());
        let open = location.locality.is_none() || guessed;
        let named = town.filter(|t| open || t.locality.is_none());
        if let Some(town) =
            named.filter(|t| i > 0 || parts.len() == 1 || parts.len() == 2 && t.span == *part)
        {
            if guessed && town.locality.is_some() {
                guessed = false;
                location.locality = None;
            }
            location.locality = location.locality.or(town.locality.clone());
            location.region = location.region.or(town.region.clone());
            if town.country_stated {
                location.country.clone_from(&town.country);
            }
            last = Some(*part);
            continue;
        }
        if is_online(place, *part) || words.contains("://") {
            continue;
        }
        if i > 0 && is_street(place, *part, text) {
            location.street.get_or_insert_with(|| folded(words));
            last = Some(*part);
            continue;
        }
        let dateline = scene.findings.layout.dateline.as_ref();
        if i > 0
            && (location.locality.is_none() || guessed)
            && dateline.is_some_and(|d| fold(&d.place.value) == fold(words))
        {
            guessed = false;
            location.locality = Some(folded(words));
            last = Some(*part);
            continue;
        }
        if i > 0 && location.locality.is_none() && is_town(scene, *part) {
            location.locality = Some(folded(words));
            last = Some(*part);
            continue;
        }
        let closes = location.street.is_some() || location.locality.is_some();
        if venue.len() < 2 && !closes {
            venue.push(*part);
            last = Some(*part);
        } else if location.street.is_some()
            && location.locality.is_none()
            && is_name(words)
            && !is_house(place, *part)
            && !far
        {
            guessed = true;
            location.locality = Some(folded(words));
            last = Some(*part);
        }
    }
    if !venue.is_empty() {
        let names: Vec<String> = venue.iter().map(|s| folded(s.of(text))).collect();
        location.venue = Some(names.join(", "));
    }
    if location.country.is_none()
        && let Some(town) = &location.locality
    {
        location.country =
            stated_country(scene, town).or_else(|| known_country(town).filter(|_| !guessed));
    }
    if location == Location::default() {
        return None;
    }
    let span = parts.first()?.cover(last?);
    Some(Fact::stated(
        location,
        span,
        format!("event.label.where.{language}"),
    ))
}

/// The parts of a place: lines, then commas, then a street number inside a run.
fn parts(scene: &Scene<'_>, place: &Passage<'_>) -> Vec<Span> {
    let text = scene.context.text;
    let mut parts = Vec::new();
    let mut start = place.span.range().start;
    let end = place.span.range().end;
    // `…, Leeds. Follow the signs.`: the next sentence tells the way.
    let places = &scene.findings.places[within(scene.findings.places, place.span, |p| p.span)];
    let end = places
        .iter()
        .filter(|p| p.locality.is_some())
        .map(|p| p.span.range().end)
        .find(|at| {
            let behind = text[*at..end].strip_prefix(". ");
            behind.is_some_and(|b| b.trim_start().starts_with(char::is_uppercase))
        })
        .unwrap_or(end);
    for (i, c) in text[start..end].char_indices() {
        let at = place.span.range().start + i;
        let gap = c == ' ' && text[at + 1..].starts_with(' ');
        if gap || matches!(c, '\n' | ',' | ';' | '，' | '、' | '(' | ')') {
            parts.push(Span::new(start, at));
            start = at + c.len_utf8();
        }
    }
    parts.push(Span::new(start, end));
    parts
        .into_iter()
        .map(|p| p.trim(text))
        .filter(|p| !p.is_empty())
        .flat_map(|part| match street_inside(place, part) {
            Some(at) => vec![
                Span {
                    start: part.start,
                    end: at,
                }
                .trim(text),
                Span {
                    start: at,
                    end: part.end,
                }
                .trim(text),
            ],
            None => vec![part],
        })
        .flat_map(|part| match town_behind_dash(scene, part) {
            Some((house, town)) => vec![house, town],
            None => vec![part],
        })
        .filter(|p| !p.is_empty())
        .collect()
}

/// A house and the town that a dash parts from it: `Hall of Ropes – Leeds`.
fn town_behind_dash(scene: &Scene<'_>, part: Span) -> Option<(Span, Span)> {
    let text = scene.context.text;
    let words = part.of(text);
    let (at, dash) = [" - ", " – ", " — "]
        .iter()
        .find_map(|dash| Some((words.rfind(dash)?, dash.len())))?;
    let house = Span::new(part.range().start, part.range().start + at).trim(text);
    let town = Span::new(part.range().start + at + dash, part.range().end).trim(text);
    (is_town(scene, town) && !house.is_empty()).then_some((house, town))
}

/// Where a house number with its street begins behind a name.
fn street_inside(place: &Passage<'_>, part: Span) -> Option<u32> {
    let words = &place.words;
    let first = words.token_at(part.start);
    let last = words.token_at(part.end.saturating_sub(1));
    (first + 1..=last.min(words.len().checked_sub(1)?))
        .find(|i| {
            words.written(*i).bytes().all(|b| b.is_ascii_digit())
                && (i + 1..(i + 6).min(last + 1))
                    .any(|k| words.is(k, EventWord::StreetAfter).is_some())
        })
        .map(|i| words.tokens[i].span.start)
}

/// Blanks between two parts of a line; none where a line ends between them.
fn gap(text: &str, before: Span, part: Span) -> usize {
    let gap = &text[before.range().end..part.range().start.max(before.range().end)];
    if gap.contains('\n') {
        0
    } else {
        gap.chars().filter(|c| *c == ' ').count()
    }
}

fn is_house(place: &Passage<'_>, part: Span) -> bool {
    let words = &place.words;
    (words.token_at(part.start)..words.len())
        .take_while(|i| words.tokens[*i].span.end <= part.end)
        .any(|i| words.is(i, EventWord::Venue).is_some())
}

fn is_street(place: &Passage<'_>, part: Span, text: &str) -> bool {
    let words = &place.words;
    let range = words.token_at(part.start)..words.len();
    let tokens = || {
        range
            .clone()
            .take_while(|i| words.tokens[*i].span.end <= part.end)
    };
    let first = range.start;
    let named = tokens().any(|i| {
        words.is(i, EventWord::StreetBefore).is_some()
            || i > first && words.is(i, EventWord::StreetAfter).is_some()
    });
    let written = part.of(text);
    let numbered = written.starts_with(|c: char| c.is_ascii_digit())
        || written.ends_with(|c: char| c.is_ascii_digit());
    let room = tokens().any(|i| words.is(i, EventWord::Venue).is_some());
    (named || numbered) && !room
}

fn is_online(place: &Passage<'_>, part: Span) -> bool {
    let words = &place.words;
    let from = words.token_at(part.start);
    (from..words.len())
        .take_while(|i| words.tokens[*i].span.end <= part.end)
        .any(|i| words.any(i, &[EventWord::Online, EventWord::Mixed]))
}

/// Whether words can be the name of a town: few, each with a capital, letters alone, no abbreviation.
fn is_name(words: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| !c.is_lowercase());
    words.split_whitespace().count() <= 3
        && words.split_whitespace().all(capital)
        && words.chars().filter(|c| c.is_alphabetic()).count() > 2
        && words
            .trim_start_matches("St. ")
            .chars()
            .all(|c| !c.is_numeric() && c != '.' && c != ':')
}
