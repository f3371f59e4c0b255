//! The house where an event is: a hall, a museum, a hotel with its name.

use std::cell::LazyCell;
use std::ops::Range;

use super::extent::BREAKS;
use super::passages::Passage;
use super::phrases::{is_closing_quote, is_opening_quote};
use super::place::{elsewhere, ends_phrase};
use super::scene::Scene;
use super::words::Words;
use crate::lang::places::{folded_place, towns};
use crate::lang::{EventWord, NameStyle};
use crate::read::words::{is_hangul, without_particle};
use crate::source::Span;

/// A named house where the event is.
pub(super) fn venue(scene: &Scene<'_>, index: usize, own: &impl Fn(usize) -> bool) -> Option<Span> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    if matches!(words.table.style, NameStyle::Unspaced | NameStyle::Final) {
        return house_before(passage, own);
    }
    let phrases = &scene.phrases[scene.in_passage(index)];
    let quotes = LazyCell::new(|| Quotes::of(words));
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
        if i == 0
            && own(i)
            && let Some(seat) = seat(passage, start)
        {
            return Some(seat);
        }
        let (end, housed) = house(passage, start)?;
        let run = start..end;
        (own(i) && (housed || named) && !elsewhere(passage, i) && !quotes.hold(words, &run))
            .then(|| words.span(&run))
            .flatten()
    })
}

/// The body in whose house something is: it opens the sentence behind a word of place, and a verb of holding follows:
/// `В ТАСС пройдет пресс-конференция`. Where another verb follows, others only act there.
fn seat(passage: &Passage<'_>, start: usize) -> Option<Span> {
    let words = &passage.words;
    let body = passage.organization_at(start)?;
    let end = words.token_at(body.end - 1) + 1;
    let holds = [EventWord::Held, EventWord::Opens];
    (words.any(end, &holds) && !passage.in_place(start)).then_some(body)
}

/// The quotation marks of a passage.
struct Quotes {
    /// For each token the mark that is open before it.
    open: Vec<Option<usize>>,
    /// The last mark that closes.
    last: Option<usize>,
}

impl Quotes {
    fn of(words: &Words<'_>) -> Self {
        let mut open = None;
        let before = (0..words.len()).map(|k| {
            let here = open;
            if open.is_some() && is_closing_quote(words.folded(k)) {
                open = None;
            } else if is_opening_quote(words.folded(k)) {
                open = Some(k);
            }
            here
        });
        Self {
            open: before.collect(),
            last: (0..words.len()).rfind(|k| is_closing_quote(words.folded(*k))),
        }
    }

    /// Whether a run stands in quotation marks with other words: in a title, a house is part of what the title says.
    fn hold(&self, words: &Words<'_>, run: &Range<usize>) -> bool {
        let closes = is_closing_quote(words.folded(run.end));
        self.open[run.start].is_some_and(|k| k + 1 < run.start || !closes)
            && self.last.is_some_and(|last| last >= run.end)
    }
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
    let quotes = LazyCell::new(|| Quotes::of(words));
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
        if quotes.hold(words, &run) {
            return None;
        }
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
    let houses = (start..end)
        .filter(|k| words.is(*k, EventWord::Venue).is_some())
        .count();
    let nameless = bare || !open && houses < 2 && !(start..end).any(|k| words.tokens[k].capital);
    (end > start && !ends_in_event && !place_alone && !nameless).then_some((end, housed))
}
