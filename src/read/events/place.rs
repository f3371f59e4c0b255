//! Where an event takes place: venue, street, town and country named where the event is.

use std::ops::Range;

use super::address;
use super::candidates::Candidate;
use super::house_last::bare_house;
use super::houses::{PARTICLES, venue};
use super::passages::{Passage, Role};
use super::phrases::Phrase;
use super::scene::Scene;
use super::when::own_passages;
use super::words::Words;
use crate::lang::places::{folded_place, towns};
use crate::lang::{EventWord, LabelKind, NameStyle};
use crate::model::{Basis, Fact, Location};
use crate::read::blocks::folded;
use crate::read::places::PlaceMention;
use crate::read::words::fold;
use crate::source::Span;

/// The place of a candidate.
pub(super) fn find(scene: &Scene<'_>, candidate: &Candidate) -> Option<Fact<Location>> {
    let mut found = Found::default();
    let mut housed = None;
    let passages = own_passages(scene, candidate);
    let rank = |p: &usize| match scene.passages[*p].role {
        Role::Body { block: 0 } => 0,
        Role::Body { block: 1 } => 1,
        Role::Headline => 2,
        Role::Subtitle => 3,
        Role::Body { .. } | Role::Label => 4,
    };
    let mut ranked = passages;
    ranked.sort_by_key(rank);
    for index in ranked {
        let own = |token: usize| is_own(scene, candidate, index, token);
        let passage = &scene.passages[index];
        if found.town.is_none() {
            found.town = town(scene, index, &own);
        }
        if found.venue.is_none() && passage.role != Role::Headline && tells_place(scene, index) {
            found.venue = venue(scene, index, &own);
            housed = found.venue.map(|span| (index, span));
        }
        if found.town.is_some() && found.venue.is_some() {
            break;
        }
    }
    if let (None, Some((index, span))) = (&found.town, housed) {
        found.town = address::town_behind(scene, index, span);
        if found.town.is_none() {
            found.town = address::town_within(scene, index, span);
            found.guessed = found.town.is_some();
        }
        found.abroad = address::is_called_after_town(scene, index, span);
    }
    found.location(scene)
}

/// The place that a sentence names for what its own verb tells.
pub(super) fn of_sentence(scene: &Scene<'_>, index: usize) -> Option<Fact<Location>> {
    let own = |token: usize| {
        scene
            .owner(index, token)
            .is_none_or(|p| !scene.phrases[p].aside && !scene.phrases[p].other)
    };
    let found = Found {
        town: town(scene, index, &own),
        venue: venue(scene, index, &own),
        ..Found::default()
    };
    found.location(scene)
}

/// Parts of a place as they are found.
#[derive(Debug, Default)]
struct Found {
    town: Option<Town>,
    venue: Option<Span>,
    /// Whether only the house's name tells the town.
    guessed: bool,
    /// Whether a large town stands in the house's name: it may be there, and not in the dateline's.
    abroad: bool,
}

/// A town or, where none is named, a country.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) span: Span,
    pub(super) locality: Option<String>,
    pub(super) region: Option<String>,
    pub(super) country: Option<String>,
    /// The only country that a town of that name is known in.
    pub(super) known: Option<String>,
}

impl Found {
    fn location(self, scene: &Scene<'_>) -> Option<Fact<Location>> {
        let text = scene.context.text;
        let mut location = Location::default();
        let mut span: Option<Span> = None;
        let mut basis = Basis::Stated;
        if let Some(venue) = self.venue {
            let written = folded(venue.of(text));
            let bare = scene.bare(&written).or_else(|| bare_house(scene, &written));
            location.venue = Some(bare.unwrap_or(written));
            let street = address::street_behind(text, venue);
            location.street = street.map(|s| folded(s.of(text)));
            span = Some(street.map_or(venue, |s| venue.cover(s)));
        }
        if self.guessed {
            basis = Basis::Inferred;
        }
        if let Some(town) = self.town {
            span = Some(span.map_or(town.span, |s| nearby(s, town.span)));
            location.country = town
                .country
                .or_else(|| stated_country(scene, town.locality.as_deref()?))
                .or(town.known);
            location.locality = town.locality;
            location.region = town.region;
        } else if let Some(dateline) = &scene.findings.layout.dateline
            && !self.abroad
        {
            // The text names the house and leaves the town to its dateline.
            location.locality = Some(dateline.place.value.clone());
            location.country = (dateline.country.as_ref())
                .map(|c| c.value.clone())
                .or_else(|| known_country(&dateline.place.value));
            basis = Basis::Inferred;
        }
        let rule = match basis {
            Basis::Inferred if self.guessed => "event.place.venue",
            Basis::Inferred => "event.place.dateline",
            _ if location.venue.is_some() => "event.place.venue",
            _ => "event.place.town",
        };
        let span = span?;
        Some(Fact {
            value: location,
            basis,
            span: Some(span),
            rule: rule.into(),
        })
    }
}

/// The country that a town's name is known in without a word of the text.
pub(super) fn known_country(locality: &str) -> Option<String> {
    towns(&folded_place(locality))?.country().map(str::to_owned)
}

/// One span for both where they stand side by side, else the first.
fn nearby(a: Span, b: Span) -> Span {
    let both = a.cover(b);
    if both.len() <= a.len() + b.len() + 24 {
        both
    } else {
        a
    }
}

/// The country that the text states for a town of that name anywhere.
pub(super) fn stated_country(scene: &Scene<'_>, locality: &str) -> Option<String> {
    let dateline = scene.findings.layout.dateline.as_ref();
    let wanted = fold(locality);
    dateline
        .filter(|d| fold(&d.place.value) == wanted)
        .and_then(|d| d.country.as_ref().map(|c| c.value.clone()))
        .or_else(|| {
            let stated = scene.stated_countries.get_or_init(|| {
                let stated = scene.findings.places.iter().filter(|p| p.country_stated);
                let towns = stated.filter_map(|p| Some((fold(p.locality.as_deref()?), p)));
                // The first of a name counts.
                towns
                    .rev()
                    .map(|(town, p)| (town, p.country.clone()))
                    .collect()
            });
            stated.get(&wanted).cloned().flatten()
        })
}

fn town(scene: &Scene<'_>, index: usize, own: &impl Fn(usize) -> bool) -> Option<Town> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let mut country = None;
    for place in &scene.findings.places[passage.places.clone()] {
        let token = words.token_at(place.span.start);
        let Some(at) = led_to(scene, index, place) else {
            continue;
        };
        // `Centro de Congresos` is no town called Centro; Hamburg only ends like a castle.
        let leads = [NameStyle::Romance, NameStyle::Initial, NameStyle::Slavic];
        let room = leads.contains(&words.table.style)
            && words.is(token, EventWord::Venue).is_some()
            && words.token_at(place.span.end - 1) == token;
        // `中山株式会社` is a company, whatever its first signs.
        let suffixed = matches!(words.table.style, NameStyle::Unspaced | NameStyle::Final);
        let of_body = suffixed && passage.in_organization(place.span);
        if room
            || of_body
            || !own(token)
            || elsewhere(passage, at)
            || !attached(scene, index, at, token)
        {
            continue;
        }
        let found = Town::of(place);
        if found.locality.is_some() {
            return Some(found);
        }
        let direct = (at.saturating_sub(3)..at)
            .any(|i| words.any(i, &[EventWord::Held, EventWord::Visits, EventWord::Hosts]))
            || words.noun(at.saturating_sub(1)).is_some();
        if direct && country.is_none() {
            country = Some(found);
        }
    }
    country.or_else(|| unknown_town(scene, index, own))
}

/// The word of place that leads to a place, or, where suffixes do that, the place itself.
fn led_to(scene: &Scene<'_>, index: usize, place: &PlaceMention) -> Option<usize> {
    let passage = &scene.passages[index];
    let token = passage.words.token_at(place.span.start);
    let style = passage.words.table.style;
    let suffixed = matches!(style, NameStyle::Unspaced | NameStyle::Final);
    let named = scene.phrases[scene.in_passage(index)]
        .iter()
        .any(|p| p.span.contains(place.span));
    if suffixed && !named {
        return (!place.oblique).then_some(token);
    }
    preposition(passage, token)
}

/// Whether a place that a word at `at` leads to is the event's, and not where something else is that the sentence speaks
/// of (`the great fire in Lisbon`): before the word stands the event, a day, a house, a name or a verb of holding.
fn attached(scene: &Scene<'_>, index: usize, at: usize, place: usize) -> bool {
    const HOUSE: usize = 8;
    let passage = &scene.passages[index];
    let words = &passage.words;
    let phrases = &scene.phrases[scene.in_passage(index)];
    if matches!(
        words.table.style,
        NameStyle::Unspaced | NameStyle::Final | NameStyle::Initial
    ) {
        return true;
    }
    // `de la Lima`: of two small words the first leads.
    let joint = |k: usize| words.is(k, EventWord::Connector).is_some();
    let at = at
        .checked_sub(1)
        .filter(|k| *k > 0 && joint(*k))
        .unwrap_or(at);
    let Some(before) = at.checked_sub(1).filter(|_| at < place) else {
        return true;
    };
    let token = &words.tokens[before];
    let verbs = [
        EventWord::Held,
        EventWord::Hosts,
        EventWord::Opens,
        EventWord::Closes,
        EventWord::Visits,
        EventWord::Signs,
        EventWord::Receives,
        EventWord::Attends,
        EventWord::Document,
        EventWord::Online,
        EventWord::Mixed,
    ];
    // `held again in`: one small word may stand between, which no article makes a noun.
    let held = |end: usize| verbs.iter().any(|verb| words.ends(end, *verb).is_some());
    let holding = || (at.saturating_sub(2)..at).any(|k| words.any(k, &verbs));
    let named = |k: usize| {
        words.tokens[k].capital
            || words.is(k, EventWord::Venue).is_some()
            || words.is(k, EventWord::Connector).is_some()
            || PARTICLES.contains(&words.folded(k))
    };
    let house = || {
        (before.saturating_sub(HOUSE)..=before)
            .rev()
            .take_while(|k| named(*k))
            .any(|k| words.is(k, EventWord::Venue).is_some())
    };
    !token.word
        || token.folded.starts_with(|c: char| c.is_ascii_digit())
        || passage.is_date(before)
        || passage.in_place(before)
        || passage.ends_organization(before)
        || phrases
            .iter()
            .any(|p| (p.tokens.start..=p.tokens.end).contains(&before))
        || words.any(before, &[EventWord::And, EventWord::Stop])
        || held(at)
        || held(before)
        || holding()
        || token.span.len() == 1
        || token.capital && !scene.capital_nouns()
        || house()
}

/// What speaks against a place in a sentence of the event being the event's.
pub(super) fn objection(
    scene: &Scene<'_>,
    candidate: &Candidate,
    index: usize,
    place: &PlaceMention,
) -> Option<&'static str> {
    let passage = &scene.passages[index];
    let token = passage.words.token_at(place.span.start);
    let Some(at) = led_to(scene, index, place) else {
        return Some("has no word of place before it");
    };
    if elsewhere(passage, at) {
        return Some("is where something else is based");
    }
    if !attached(scene, index, at, token) {
        return Some("goes with something else than the event");
    }
    (!is_own(scene, candidate, index, token)).then_some("goes with another event")
}

/// Whether a sentence can tell a house where the event is: one that names no event must hold a word of being held, or it tells
/// where somebody works or stays.
fn tells_place(scene: &Scene<'_>, index: usize) -> bool {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let telling = [
        EventWord::Held,
        EventWord::Opens,
        EventWord::Hosts,
        EventWord::VenueIs,
    ];
    passage.role == Role::Label
        || !scene.in_passage(index).is_empty()
        || (0..words.len()).any(|i| words.any(i, &telling))
}

/// Whether the words at a token of a passage speak of the candidate.
fn is_own(scene: &Scene<'_>, candidate: &Candidate, index: usize, token: usize) -> bool {
    scene.in_passage(index).is_empty()
        || scene.owner(index, token).is_some_and(|p| candidate.has(p))
}

impl Town {
    fn of(place: &PlaceMention) -> Self {
        Self {
            span: place.span,
            locality: place.locality.clone(),
            region: place.region.clone(),
            country: place.country.clone().filter(|_| place.country_stated),
            known: place.country.clone(),
        }
    }
}

/// The preposition of place that governs the words at a token: directly before them, or before venue, street and comma.
fn preposition(passage: &Passage<'_>, token: usize) -> Option<usize> {
    let words = &passage.words;
    let mut end = token;
    // `в г.Тверь`: the full stop of a short form.
    if end > 1 && words.folded(end - 1) == "." && words.touch(end - 2, end - 1) {
        end -= 1;
    }
    if let Some(len) = words.ends(end, EventWord::Article) {
        end -= len;
    }
    if let Some(len) = words
        .ends(end, EventWord::At)
        .or_else(|| words.ends(end, EventWord::Inside))
    {
        return Some(end - len);
    }
    let reach = if words.table.style == NameStyle::Initial {
        3
    } else if token > 0
        && (matches!(words.folded(token - 1), "," | "(")
            || PARTICLES.contains(&words.folded(token - 1)))
    {
        14
    } else {
        0
    };
    // Behind a comma or in brackets only a venue may lead back to the preposition: at the Grain Hall, 12 Main Street, Dakar.
    let from = token.saturating_sub(reach);
    let at = (from..token)
        .rev()
        .find(|i| words.any(*i, &[EventWord::At, EventWord::VenueIs]))?;
    let between = at + 1..token;
    let housed = words.table.style == NameStyle::Initial
        || between
            .clone()
            .any(|i| words.is(i, EventWord::Venue).is_some());
    let of_somebody = words.table.style == NameStyle::Romance
        && between
            .clone()
            .any(|i| passage.begins_person(i) || words.is(i, EventWord::Person).is_some());
    // `grazie alla collaborazione delle Gallerie di Venezia`: what the word leads to is no house, but something of one.
    let first = between.start + words.is(between.start, EventWord::Article).unwrap_or(0);
    let joint = words.folded(first + 1);
    let of_house = words.table.style == NameStyle::Romance
        && between.contains(&first)
        && !words.tokens[first].capital
        && words.is(first, EventWord::Venue).is_none()
        && (PARTICLES.contains(&joint) || words.is(first + 1, EventWord::Of).is_some());
    let plain = !of_somebody && !of_house;
    (housed && plain && !between.clone().any(|i| passage.is_date(i))).then_some(at)
}

/// Whether the words before a preposition place something else there: based in, headquartered in.
pub(super) fn elsewhere(passage: &Passage<'_>, at: usize) -> bool {
    let words = &passage.words;
    (at.saturating_sub(2)..at).any(|i| words.is(i, EventWord::Unrelated).is_some())
}

/// A town that the search for places has left: alone between the event, a preposition, and a comma, a bracket, a date or the end. Only
/// where a postal code, the dateline or a label of the place says that it is one, or one of its letters is known: `in English`, `at Easter` are none.
fn unknown_town(scene: &Scene<'_>, index: usize, own: &impl Fn(usize) -> bool) -> Option<Town> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let phrases = &scene.phrases[scene.in_passage(index)];
    if passage.shouted || words.table.style == NameStyle::Initial {
        return None;
    }
    (1..words.len()).find_map(|i| {
        let len = words.is(i, EventWord::At)?;
        let after = words.any(i - 1, &[EventWord::Held, EventWord::Hosts])
            || ends_phrase(phrases, i)
            || words.folded(i - 1) == ")" && i > 3 && ends_phrase(phrases, i - 3);
        let start = i + len;
        let end = (start..words.len())
            .take_while(|k| words.tokens[*k].capital && !passage.is_date(*k))
            .last()?
            + 1;
        let run = start..end;
        let closed = end == words.len()
            || matches!(words.folded(end), "," | "(" | "." | ":")
            || passage.is_date(end)
            || words.is(end, EventWord::Span).is_some();
        let plain = run.clone().all(|k| {
            words.noun(k).is_none()
                && words.is(k, EventWord::Venue).is_none()
                && words.ordinal(k).is_none()
                && !passage.in_place(k)
                && !passage.begins_person(k)
                && !passage.ends_organization(k)
                && !words.any(k, &[EventWord::Stop, EventWord::Article, EventWord::Person])
        });
        let span = words.span(&run)?;
        let fits = after && closed && plain && run.len() <= 3 && own(start);
        let name = folded(span.of(words.text));
        let coded = [end, end + 1]
            .iter()
            .any(|k| is_postal_code(words.folded(*k)) && !passage.is_date(*k));
        let locality = fits.then(|| bare_town(scene, name)).flatten()?;
        let language = scene.findings.layout.language.as_ref();
        let gazetted = towns(&folded_place(&locality))
            .is_some_and(|t| !t.is_word(language.map(|l| l.value.as_str())));
        let known = coded || gazetted || stated_place(scene, &locality);
        if !known && !led_to_by_title(scene, index, run) {
            return None;
        }
        Some(Town {
            span,
            locality: Some(locality),
            region: None,
            country: None,
            known: None,
        })
    })
}

/// Whether the headline leads to the same words with a word of place; where every noun has a capital that says nothing.
fn led_to_by_title(scene: &Scene<'_>, index: usize, run: Range<usize>) -> bool {
    let words = &scene.passages[index].words;
    let titles = (scene.passages.iter().enumerate())
        .filter(|(i, p)| *i != index && p.role == Role::Headline && !p.shouted);
    let same = |title: &Words<'_>, at: usize| {
        run.clone()
            .enumerate()
            .all(|(nth, k)| title.folded(at + nth) == words.folded(k))
    };
    !scene.capital_nouns()
        && titles.map(|(_, p)| &p.words).any(|title| {
            (0..title.len()).any(|k| {
                let len = title.is(k, EventWord::At);
                len.is_some_and(|len| same(title, k + len))
            })
        })
}

/// Whether the dateline or a label of the place names a town.
fn stated_place(scene: &Scene<'_>, town: &str) -> bool {
    let layout = scene.findings.layout;
    let wanted = fold(town);
    let dateline = layout.dateline.as_ref();
    let labelled = || {
        let places = layout.labels.iter().filter(|l| l.kind == LabelKind::Where);
        places
            .flat_map(|l| {
                l.value
                    .of(scene.context.text)
                    .split([',', ';', '\n', '(', ')'])
            })
            .any(|part| fold(part.trim()) == wanted)
    };
    dateline.is_some_and(|d| fold(&d.place.value) == wanted) || labelled()
}

fn is_postal_code(word: &str) -> bool {
    // Four digits may be a year.
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (4..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()) && !year
}

/// The bare name of a town; nothing where the language has cases and the ending does not tell which.
fn bare_town(scene: &Scene<'_>, name: String) -> Option<String> {
    let language = scene.findings.layout.language.as_ref()?;
    let table = &scene.context.lexicons.get(&language.value)?.places;
    if table.cases.is_empty() {
        return Some(name);
    }
    let fits =
        |(from, to): &(String, String)| Some(format!("{}{to}", name.strip_suffix(from.as_str())?));
    table.sure.iter().find_map(fits)
}

/// Whether a phrase ends where a token begins.
pub(super) fn ends_phrase(phrases: &[Phrase], token: usize) -> bool {
    let at = phrases.partition_point(|p| p.tokens.end < token);
    phrases.get(at).is_some_and(|p| p.tokens.end == token)
}
