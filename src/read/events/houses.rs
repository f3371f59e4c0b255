//! The house where an event is: a hall, a museum, a hotel with its name.

use std::cell::LazyCell;
use std::ops::Range;

use super::extent::BREAKS;
use super::house_last::house_last;
use super::passages::Passage;
use super::phrases::{Phrase, is_closing_quote, is_opening_quote};
use super::place::{elsewhere, ends_phrase};
use super::quotes::Quotes;
use super::scene::Scene;
use super::words::Words;
use crate::lang::places::{folded_place, towns};
use crate::lang::{EventWord, NameStyle};
use crate::source::Span;

/// A named house where the event is.
pub(super) fn venue(scene: &Scene<'_>, index: usize, own: &impl Fn(usize) -> bool) -> Option<Span> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    if matches!(words.table.style, NameStyle::Unspaced | NameStyle::Final) {
        return house_last(scene, passage, own);
    }
    let phrases = &scene.phrases[scene.in_passage(index)];
    let quotes = LazyCell::new(|| Quotes::of(words));
    let leads = [EventWord::Inside, EventWord::At, EventWord::VenueIs];
    if !leads.iter().any(|lead| words.holds(*lead)) {
        return None;
    }
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
        // `بقصر الثقافة`: the word of place is written together with the noun.
        let glued = words.table.style == NameStyle::Initial
            && at == 1
            && words.is(i, EventWord::Venue).is_some();
        let mut start = if glued { i } else { i + at };
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
        if let Some(seat) = seat(passage, i, start).filter(|_| own(i)) {
            return Some(seat);
        }
        let (end, housed) = house(passage, start)?;
        let run = start..end;
        let mut span = words.span(&run)?;
        if glued {
            span.start += words.written(i).chars().next()?.len_utf8() as u32;
        }
        // `أستاذ بجامعة القاهرة`: where somebody works.
        let works = || (i.saturating_sub(3)..i).any(|k| words.is(k, EventWord::Person).is_some());
        let body = || passage.in_organization(span) && !follows_event(passage, phrases, i);
        if glued && (works() || body()) {
            return None;
        }
        let named = named || inside.is_none() && is_seat_of_body(passage, i, &run);
        (own(i)
            && (housed || named)
            && !elsewhere(passage, i)
            && !only_tells(words, i, &run)
            && !quotes.hold(words, &run))
        .then_some(span)
    })
}

/// The body in whose house something is: behind a word of place at `at` that nothing but the day stands before, and a verb of
/// holding follows: `В ТАСС пройдет пресс-конференция`. Where another verb follows, others only act there.
fn seat(passage: &Passage<'_>, at: usize, start: usize) -> Option<Span> {
    let words = &passage.words;
    let opens = (0..at).all(|k| {
        passage.is_date(k)
            || !words.tokens[k].word
            || words.tokens[k]
                .folded
                .starts_with(|c: char| c.is_ascii_digit())
            || words.any(k, &[EventWord::At, EventWord::Span])
    });
    let known = || {
        passage
            .organization_at(start)
            .or_else(|| acronym(words, start))
    };
    let body = opens.then(known).flatten()?;
    let end = words.token_at(body.end - 1) + 1;
    let holds = [EventWord::Held, EventWord::Opens];
    let verb = end + words.is(end, EventWord::Light).unwrap_or(0);
    (words.any(verb, &holds) && !passage.in_place(start)).then_some(body)
}

/// Whether an event, a verb of holding it, its day or its town stands right before a token.
fn follows_event(passage: &Passage<'_>, phrases: &[Phrase], at: usize) -> bool {
    let words = &passage.words;
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    passage.is_date(before)
        || passage.in_place(before)
        || !words.tokens[before].word
        || ends_phrase(phrases, at)
        || words.ends(at, EventWord::Held).is_some()
        || words.ends(at, EventWord::Opens).is_some()
}

/// The letters that a body is known by where no article tells names from words: `В ТАСС`.
fn acronym(words: &Words<'_>, at: usize) -> Option<Span> {
    const SHORTEST: usize = 3;
    let token = words.tokens.get(at)?;
    let written = words.written(at);
    let letters = written.chars().all(char::is_uppercase) && written.chars().count() >= SHORTEST;
    (letters && words.table.style == NameStyle::Slavic).then_some(token.span)
}

/// Whether what stands behind a run that opens its sentence says that somebody there tells something, not that something is held
/// there: `В министерстве рассказали, что`.
fn only_tells(words: &Words<'_>, at: usize, run: &Range<usize>) -> bool {
    const NEAR: usize = 3;
    at == 0
        && (words.any(run.end, &[EventWord::Announces, EventWord::According])
            || (run.end..run.end + NEAR).any(|k| words.is(k, EventWord::That).is_some()))
}

/// Whether a run is the name of a body in whose house something is held: a verb of holding and at most a day stand before the
/// word of place at `at`: `held on 7 May at the Chamber of Rope`. In a body one is a member.
fn is_seat_of_body(passage: &Passage<'_>, at: usize, run: &Range<usize>) -> bool {
    const MEMBERSHIP: &[&str] = &["in", "i", "en", "em"];
    let words = &passage.words;
    let body = passage.organization_at(run.start);
    let whole = body.is_some_and(|body| words.token_at(body.end - 1) + 1 >= run.end);
    if !whole || words.table.style == NameStyle::Slavic || MEMBERSHIP.contains(&words.folded(at)) {
        return false;
    }
    let dated = |k: usize| {
        passage.is_date(k)
            || words.tokens[k]
                .folded
                .starts_with(|c: char| c.is_ascii_digit())
            || words.folded(k) == ","
            || words.any(k, &[EventWord::At, EventWord::Span, EventWord::Article])
    };
    let verb = (0..at).rev().take_while(|k| dated(*k)).last().unwrap_or(at);
    words.ends(verb, EventWord::Held).is_some()
}

/// Words of a body's name behind what is plainly a house's, at most.
const FURTHER: usize = 6;

/// Small words inside names of houses that keep their own language: Centre des Bastions.
pub(super) const PARTICLES: &[&str] = &[
    "de", "des", "du", "del", "della", "di", "da", "do", "dos", "der", "van", "von", "la", "le",
    "les", "aux", "el", "of", "y",
];

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
    let mut noun_end = start;
    let mut numbered = false;
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
        if let Some(behind) = housed.then(|| number_behind(passage, end)).flatten() {
            numbered = true;
            end = behind;
            continue;
        }
        if end > start && shortens(words, end + 1) {
            end += 2;
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
            if is_house {
                noun_end = end;
            }
            continue;
        }
        // `في جامعة القاهرة المؤتمر`: the event itself; `قاعة المؤتمرات` is a hall for events.
        let event = end > noun_end && words.noun(end).is_some();
        if open
            && end < noun_end + 3
            && end > start
            && !event
            && !words.any(end, &[EventWord::Stop, EventWord::At, EventWord::By])
        {
            end += 1;
            continue;
        }
        // An adjective behind a noun whose owner follows.
        let adjective = words.table.style == NameStyle::Romance
            && !token.capital
            && end > start
            && words.is(end - 1, EventWord::Venue).is_some()
            && words.is(end + 1, EventWord::Of).is_some()
            && !words.any(end, BREAKS)
            && words.is(end, EventWord::Connector).is_none();
        if adjective {
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
        // `nell'aula consiliare del Comune`, `in de raadszaal van het gemeentehuis`: the second noun tells whose.
        let of_house = housed && words.is(next, EventWord::Venue).is_some();
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
        if !(named || of_house)
            || passage.in_place(next) && (full || words.is(end, EventWord::At).is_some())
        {
            break;
        }
        end = next;
    }
    // `tại Trung tâm văn hóa xứ Đông`: a body with a house of its own.
    let body = passage.organization_at(start).filter(|_| housed);
    let body_end = body.map_or(end, |body| words.token_at(body.end - 1) + 1);
    let parts = [EventWord::And, EventWord::At, EventWord::Stop];
    let plain = |k: usize| words.noun(k).is_none() && !words.any(k, &parts) && !passage.in_place(k);
    if body_end > end && body_end <= end + FURTHER && (end..body_end).all(plain) {
        end = body_end;
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
        && words.is(start, EventWord::Venue) == Some(end - start)
        && (end == start + 1 || !words.tokens[end - 1].capital)
        && words.tokens.get(end).is_some_and(|t| t.word && !t.capital)
        && words.is(end, EventWord::Connector).is_none();
    let houses = (start..end)
        .filter(|k| words.is(*k, EventWord::Venue).is_some())
        .count();
    let nameless =
        bare || !open && !numbered && houses < 2 && !(start..end).any(|k| words.tokens[k].capital);
    (end > start && !ends_in_event && !place_alone && !nameless).then_some((end, housed))
}

/// Behind which token the number of a room ends that begins at a token: `plenário 12`, `кабінеті № 105`. What is counted
/// stands behind its number; behind a room's nothing but a mark, a word of place or a verb does.
fn number_behind(passage: &Passage<'_>, at: usize) -> Option<usize> {
    const SIGNS: &[&str] = &[
        "№", "nº", "n°", "nr", "no", "č", "br", "št", "numer", "número",
    ];
    let words = &passage.words;
    let mut digits = at;
    if SIGNS.contains(&words.folded(digits)) {
        digits += 1;
        if words.folded(digits) == "." {
            digits += 1;
        }
    }
    let form = words.folded(digits);
    let number = (1..=4).contains(&form.len()) && form.starts_with(|c: char| c.is_ascii_digit());
    let next = digits + 1;
    let apart = words.tokens.get(next).is_none_or(|t| {
        !t.word && !matches!(t.folded.as_str(), "%" | ":" | "-" | "–" | "/")
            || words.any(
                next,
                &[
                    EventWord::Held,
                    EventWord::At,
                    EventWord::Of,
                    EventWord::Opens,
                ],
            )
    }) || words.is(next, EventWord::Venue).is_some();
    // `8.30`: an hour.
    let clock = words.folded(next) == "."
        && words.tokens.get(next + 1).is_some_and(|t| {
            t.folded.starts_with(|c: char| c.is_ascii_digit()) && words.touch(next, next + 1)
        });
    let plain =
        number && apart && !clock && !passage.is_date(digits) && words.year(digits).is_none();
    plain.then_some(next)
}

/// Whether a full stop shortens the word before it and a name goes on: `музее им. М.А. Врубеля`, `Hala im. J. Kowalskiego`.
fn shortens(words: &Words<'_>, stop: usize) -> bool {
    const NAMED_AFTER: &[&str] = &["им", "ім", "im", "св", "sv", "św", "st"];
    if words.folded(stop) != "." || !words.touch(stop - 1, stop) {
        return false;
    }
    let written = words.written(stop - 1);
    let initial =
        words.tokens[stop - 1].capital && written.split('.').all(|c| c.chars().count() == 1);
    let follows = (words.tokens.get(stop + 1)).is_some_and(|t| t.word && t.capital);
    follows && (initial || NAMED_AFTER.contains(&words.folded(stop - 1)))
}
