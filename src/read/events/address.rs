//! What stands behind the name of a house: its street and its town.

use super::houses::PARTICLES;
use super::passages::Passage;
use super::place::Town;
use super::scene::Scene;
use crate::lang::places::{Towns, country, folded_place, towns};
use crate::lang::{EventWord, NameStyle};
use crate::read::blocks::folded;
use crate::source::Span;

/// The street with its number between a venue and the next comma.
pub(super) fn street_behind(text: &str, venue: Span) -> Option<Span> {
    let rest = text[venue.range().end..].strip_prefix(", ")?;
    let len = rest.find([',', ';', '.', '\n', '('])?;
    let part = &rest[..len];
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let numbered = digit(part.chars().next()) || digit(part.chars().next_back());
    let named = part.chars().any(char::is_uppercase) && part.len() <= 60;
    let start = venue.range().end + 2;
    let short = part.split_whitespace().count() >= 2 && part.split_whitespace().count() <= 6;
    let timed = part.contains(':');
    (numbered && named && short && !timed).then(|| Span::new(start, start + len).trim(text))
}

/// Parts of an address, at most, between a house and its town.
const PARTS: usize = 4;

/// Words of the longest part.
const PART: usize = 7;

/// The town of a house: a part of its own behind it (`at the Grain Hall, 12 Main Street, Dakar`).
pub(super) fn town_behind(scene: &Scene<'_>, index: usize, venue: Span) -> Option<Town> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let mut at = words.token_at(venue.end);
    for _ in 0..PARTS {
        if words.folded(at) != "," {
            break;
        }
        if let Some((town, end)) = part(scene, passage, at + 1) {
            return Some(with_country(scene, passage, town, end));
        }
        at = (at + 1..words.len().min(at + 1 + PART)).find(|k| words.folded(*k) == ",")?;
    }
    None
}

/// A part of an address that is nothing but a town, with a postal code at most, and the token behind it.
fn part(scene: &Scene<'_>, passage: &Passage<'_>, from: usize) -> Option<(Town, usize)> {
    const LONGEST: usize = 4;
    let words = &passage.words;
    let code = |k: usize| words.folded(k).starts_with(|c: char| c.is_ascii_digit());
    let start = (from..words.len()).find(|k| !code(*k))?;
    let name = |k: &usize| words.tokens[*k].word && words.tokens[*k].capital;
    let end = (start..words.len().min(start + LONGEST))
        .take_while(name)
        .last()?
        + 1;
    let span = words.span(&(start..end))?;
    let known = known(scene, span)?;
    let joins = [
        EventWord::At,
        EventWord::Stop,
        EventWord::By,
        EventWord::Span,
    ];
    let closed = match words.tokens.get(end) {
        None => true,
        Some(next) if !next.word => !matches!(next.folded.as_str(), "'" | "-" | "&"),
        Some(_) => passage.is_date(end) || !known.person && words.any(end, &joins),
    };
    closed.then(|| (town(scene, span, known), end))
}

/// The large town that a house is called after, where it mostly stands: at the end of its name (`Hotel Milano di Salerno`),
/// or, where what a house is stands last, at its beginning (`서울 프레스센터`).
pub(super) fn town_within(scene: &Scene<'_>, index: usize, venue: Span) -> Option<Town> {
    let words = &scene.passages[index].words;
    let first = words.token_at(venue.start);
    let end = words.token_at(venue.end - 1) + 1;
    let name = match words.table.style {
        NameStyle::Romance => {
            let joint = (first + 1..end).rev().find(|k| {
                PARTICLES.contains(&words.folded(*k))
                    || words.is(*k, EventWord::Connector).is_some()
            })?;
            joint + 1..end
        }
        NameStyle::Final if end > first + 1 => first..first + 1,
        _ => return None,
    };
    let span = words.span(&name)?;
    let known = known(scene, span).filter(|t| t.size > 0)?;
    Some(town(scene, span, known))
}

/// Whether words are the name of a town of 100,000 people or more, whoever else bears it.
pub(super) fn names_town(scene: &Scene<'_>, span: Span) -> bool {
    known(scene, span).is_some_and(|t| t.size > 0)
}

/// Whether a word of a house's name is a large town's.
pub(super) fn is_called_after_town(scene: &Scene<'_>, index: usize, venue: Span) -> bool {
    let words = &scene.passages[index].words;
    let end = words.token_at(venue.end - 1) + 1;
    (words.token_at(venue.start)..end).any(|k| {
        let span = words.tokens[k].span;
        words.tokens[k].word && is_town(scene, span)
    })
}

/// Whether words are the name of a town of 100,000 people or more, and nothing else.
pub(super) fn is_town(scene: &Scene<'_>, span: Span) -> bool {
    known(scene, span).is_some_and(|t| t.size > 0 && !t.person)
}

fn known(scene: &Scene<'_>, span: Span) -> Option<Towns<'static>> {
    let language = scene.findings.layout.language.as_ref();
    let known = towns(&folded_place(&folded(span.of(scene.context.text))))?;
    (!known.is_word(language.map(|l| l.value.as_str()))).then_some(known)
}

fn town(scene: &Scene<'_>, span: Span, known: Towns<'_>) -> Town {
    Town {
        span,
        locality: Some(folded(span.of(scene.context.text))),
        region: None,
        country: None,
        known: known.country().map(str::to_owned),
    }
}

/// The town with the country that the next part names.
fn with_country(scene: &Scene<'_>, passage: &Passage<'_>, mut town: Town, end: usize) -> Town {
    const LONGEST: usize = 3;
    let words = &passage.words;
    let language = scene.findings.layout.language.as_ref();
    let named = language.filter(|_| words.folded(end) == ",").and_then(|l| {
        let last = words.len().min(end + 1 + LONGEST);
        (end + 2..=last).rev().find_map(|to| {
            let span = words.span(&(end + 1..to))?;
            let land = country(&l.value, &folded_place(&folded(span.of(words.text))))?;
            Some(land.codes().next()?.to_owned())
        })
    });
    town.country = named;
    town
}
