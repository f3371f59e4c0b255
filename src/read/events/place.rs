//! Where an event takes place: venue, street, town and country named where the event is.

use super::address;
use super::candidates::Candidate;
use super::extent::BREAKS;
use super::passages::{Passage, Role};
use super::phrases::{Phrase, is_closing_quote, is_opening_quote};
use super::scene::Scene;
use super::when::own_passages;
use super::words::Words;
use crate::lang::places::{folded_place, towns};
use crate::lang::{EventWord, NameStyle};
use crate::model::{Basis, Fact, Location};
use crate::read::blocks::folded;
use crate::read::places::PlaceMention;
use crate::read::words::{fold, is_hangul, without_particle};
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
        if found.venue.is_none() && passage.role != Role::Headline {
            found.venue = venue(scene, index, &own);
            housed = found.venue.map(|span| (index, span));
        }
        if found.town.is_some() && found.venue.is_some() {
            break;
        }
    }
    if let (None, Some((index, span))) = (&found.town, housed) {
        found.town = address::town_of(scene, index, span);
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
    };
    found.location(scene)
}

/// Parts of a place as they are found.
#[derive(Debug, Default)]
struct Found {
    town: Option<Town>,
    venue: Option<Span>,
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
            location.venue = Some(scene.bare(&written).unwrap_or(written));
            let street = address::street_behind(text, venue);
            location.street = street.map(|s| folded(s.of(text)));
            span = Some(street.map_or(venue, |s| venue.cover(s)));
        }
        if let Some(town) = self.town {
            span = Some(span.map_or(town.span, |s| nearby(s, town.span)));
            location.country = town
                .country
                .or_else(|| stated_country(scene, town.locality.as_deref()?))
                .or(town.known);
            location.locality = town.locality;
            location.region = town.region;
        } else if let Some(dateline) = &scene.findings.layout.dateline {
            // The text names the house and leaves the town to its dateline.
            location.locality = Some(dateline.place.value.clone());
            location.country = dateline.country.as_ref().map(|c| c.value.clone());
            basis = Basis::Inferred;
        }
        let rule = match basis {
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
        let room = matches!(words.table.style, NameStyle::Romance | NameStyle::Initial)
            && words.is(token, EventWord::Venue).is_some()
            && words.token_at(place.span.end - 1) == token;
        // `中山株式会社` is a company, whatever its first signs.
        let suffixed = matches!(words.table.style, NameStyle::Unspaced | NameStyle::Final);
        let of_body = suffixed && passage.in_organization(place.span);
        if room || of_body || !own(token) || elsewhere(passage, at) {
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
    (!is_own(scene, candidate, index, token)).then_some("goes with another event")
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
    (housed && !of_somebody && !between.clone().any(|i| passage.is_date(i))).then_some(at)
}

/// Whether the words before a preposition place something else there: based in, headquartered in.
fn elsewhere(passage: &Passage<'_>, at: usize) -> bool {
    let words = &passage.words;
    (at.saturating_sub(2)..at).any(|i| words.is(i, EventWord::Unrelated).is_some())
}

/// A town that no gazetteer knows: alone between the event, a preposition, and a comma, a bracket, a date or the end.
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
        let locality = fits.then(|| bare_town(scene, name)).flatten()?;
        Some(Town {
            span,
            locality: Some(locality),
            region: None,
            country: None,
            known: None,
        })
    })
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
fn ends_phrase(phrases: &[Phrase], token: usize) -> bool {
    let at = phrases.partition_point(|p| p.tokens.end < token);
    phrases.get(at).is_some_and(|p| p.tokens.end == token)
}

/// A named house where the event is.
fn venue(scene: &Scene<'_>, index: usize, own: &impl Fn(usize) -> bool) -> Option<Span> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    if matches!(words.table.style, NameStyle::Unspaced | NameStyle::Final) {
        return house_before(passage, own);
    }
    let phrases = &scene.phrases[scene.in_passage(index)];
    (0..words.len()).find_map(|i| {
        let inside = words.is(i, EventWord::Inside);
        let at = inside
            .or_else(|| words.is(i, EventWord::At))
            .or_else(|| words.is(i, EventWord::VenueIs))?;
        // Behind the event itself no noun needs to say that a house follows.
        let direct = inside.is_some()
            && (ends_phrase(phrases, i)
                || [EventWord::Held, EventWord::Opens]
                    .iter()
                    .any(|verb| words.ends(i, *verb).is_some()));
        let named = direct || words.is(i, EventWord::VenueIs).is_some();
        let mut start = i + at;
        for _ in 0..3 {
            let skip = words
                .is(start, EventWord::Article)
                .or_else(|| words.is(start, EventWord::Possessive))
                .or_else(|| {
                    words
                        .is(start, EventWord::Stop)
                        .or_else(|| words.is(start, EventWord::Held))
                        .filter(|_| named)
                });
            match skip {
                Some(len) => start += len,
                None => break,
            }
        }
        let (end, housed) = house(passage, start)?;
        let run = start..end;
        (own(i) && (housed || named) && !elsewhere(passage, i))
            .then(|| words.span(&run))
            .flatten()
    })
}

/// Small words inside names of houses that keep their own language: Centre des Bastions.
pub(super) const PARTICLES: &[&str] = &[
    "de", "des", "du", "del", "della", "di", "da", "do", "dos", "der", "van", "von", "la", "le",
    "les", "aux", "el", "of", "y",
];

/// A house whose noun closes its name: the words before it back to the next break.
fn house_before(passage: &Passage<'_>, own: &impl Fn(usize) -> bool) -> Option<Span> {
    let words = &passage.words;
    let spaced = words.table.style == NameStyle::Final;
    let mut from = 0;
    (0..words.len()).find_map(|i| {
        let len = words.is(i, EventWord::Venue)?;
        let korean = words.folded(i).ends_with(is_hangul);
        if korean && !korean_place(words, i + len - 1) {
            return None;
        }
        let mut start = i;
        while start > from && i - start < 16 {
            let prev = start - 1;
            let breaks = passage.in_place(prev)
                || passage.is_date(prev)
                || !words.tokens[prev].word
                || spaced && !words.tokens[prev].capital && !korean
                || korean && without_particle(words.folded(prev)) != words.folded(prev)
                || korean && words.folded(prev).starts_with(|c: char| c.is_ascii_digit())
                || [
                    EventWord::At,
                    EventWord::Stop,
                    EventWord::By,
                    EventWord::Held,
                ]
                .iter()
                .any(|kind| words.ends(start, *kind).is_some())
                || words.folded(prev) == "の";
            if breaks {
                break;
            }
            start = prev;
        }
        from = i + len;
        let run = start..i + len;
        let mut span = words.span(&run)?;
        let last = words.written(i + len - 1);
        if let Some(suffix) = last.find(['’', '\'']) {
            span.end = words.tokens[i + len - 1].span.start + suffix as u32;
        }
        let bare = without_particle(last);
        span.end -= (last.len() - bare.len()) as u32;
        // One long word names a house by itself: `한국해양박물관에서`.
        let long = korean && bare.chars().count() >= 5;
        ((run.len() > len || long) && own(i)).then_some(span)
    })
}

/// Whether a Korean word says that something is at its place: `…에서`, `… 일원에서`.
fn korean_place(words: &Words<'_>, i: usize) -> bool {
    let at = |k: usize| words.folded(k).ends_with("에서") || words.folded(k).ends_with('에');
    at(i) || at(i + 1) && words.folded(i + 1).chars().count() <= 4
}

/// Whether only adjectives stand between a word and the noun of a house.
fn leads_to_house(passage: &Passage<'_>, from: usize) -> bool {
    let words = &passage.words;
    let adjective = |k: usize| {
        let folded = words.folded(k);
        let mut endings = words.table.adjective_endings.iter();
        endings.any(|e| folded.len() > e.len() && folded.ends_with(e.as_str()))
    };
    (from + 1..from + 4)
        .take_while(|k| adjective(k - 1))
        .any(|k| words.is(k, EventWord::Venue).is_some())
}

/// Where the name of a house that begins at `start` ends, and whether it holds a noun of a house.
fn house(passage: &Passage<'_>, start: usize) -> Option<(usize, bool)> {
    let words = &passage.words;
    let mut end = start;
    let mut housed = false;
    let open = words.table.style == NameStyle::Initial;
    while let Some(token) = words.tokens.get(end).filter(|_| end < start + 12) {
        if passage.is_date(end) {
            break;
        }
        if is_opening_quote(&token.folded) {
            housed = true;
            let close = (end + 1..(end + 8).min(words.len()))
                .find(|k| is_closing_quote(words.folded(*k)))?;
            end = close + 1;
            continue;
        }
        if matches!(token.folded.as_str(), "'" | "-" | "–" | "&") && end > start {
            let skip = if words.folded(end + 1) == "s" { 2 } else { 1 };
            let follows = words
                .tokens
                .get(end + skip)
                .is_some_and(|t| t.capital || words.is(end + skip, EventWord::Venue).is_some());
            if !follows {
                break;
            }
            end += skip;
            continue;
        }
        if !token.word {
            break;
        }
        let is_house = words.is(end, EventWord::Venue).is_some();
        let slavic = words.table.style == NameStyle::Slavic;
        if slavic && housed && end > start && passage.in_place(end) {
            break;
        }
        // `в Речном учебном центре`, `v Domě dětí a mládeže`: adjectives before the noun, genitives behind it.
        let small = slavic
            && !token.capital
            && !is_house
            && !words.any(end, BREAKS)
            && words.noun(end).is_none();
        if small && (leads_to_house(passage, end) || housed && end < start + 7) {
            end += 1;
            continue;
        }
        if token.capital || is_house {
            if end > start && words.any(end, &[EventWord::Held, EventWord::By, EventWord::Hosts]) {
                break;
            }
            housed |= is_house;
            end += words.is(end, EventWord::Venue).unwrap_or(1);
            continue;
        }
        if open
            && end < start + 4
            && end > start
            && !words.any(end, &[EventWord::Stop, EventWord::At, EventWord::By])
        {
            end += 1;
            continue;
        }
        let small = words
            .is(end, EventWord::Connector)
            .or_else(|| words.is(end, EventWord::Article))
            .or_else(|| words.is(end, EventWord::And).filter(|_| end > start))
            .or_else(|| PARTICLES.contains(&token.folded.as_str()).then_some(1));
        let Some(len) = small.filter(|_| end > start) else {
            break;
        };
        let mut next = end + len;
        if let Some(article) = words.is(next, EventWord::Article) {
            next += article;
        }
        // `Universitäts- und Hansestadt`: half a compound names nothing.
        let half = words.folded(next + 1) == "-" && words.touch(next, next + 1);
        let named = words.tokens.get(next).is_some_and(|t| t.capital && t.word) && !half;
        let nouns = (start..end).all(|k| words.is(k, EventWord::Venue).is_some());
        if nouns && words.is(end, EventWord::And).is_some() {
            // `in Universität und Stadt`: no house has that name.
            break;
        }
        // `Museum of Lima` is one name; behind a full name the town is not part of it.
        let full = (start..end)
            .any(|k| words.tokens[k].capital && words.is(k, EventWord::Venue).is_none());
        if !named || passage.in_place(next) && (full || words.is(end, EventWord::At).is_some()) {
            break;
        }
        end = next;
    }
    // Where the noun comes first, what a house is for may close its name: Palacio de Exposiciones.
    let leads = matches!(words.table.style, NameStyle::Romance | NameStyle::Initial)
        && words.is(start, EventWord::Venue).is_some()
        && words.noun(start).is_none();
    let ends_in_event =
        !leads && (start..end).any(|k| words.noun(k).is_some_and(|(_, n)| k + n == end));
    // `Hamburg` only ends like a castle.
    let town = end == start + 1 && towns(&folded_place(words.written(start))).is_some();
    let place_alone = town || (start..end).all(|k| passage.in_place(k));
    // A house without a capital is any house: in the building.
    let bare = words.table.style == NameStyle::Romance
        && end == start + 1
        && words.is(start, EventWord::Venue).is_some()
        && words.tokens.get(end).is_some_and(|t| t.word && !t.capital)
        && words.is(end, EventWord::Connector).is_none();
    let nameless = bare || !open && !(start..end).any(|k| words.tokens[k].capital);
    (end > start && !ends_in_event && !place_alone && !nameless).then_some((end, housed))
}
