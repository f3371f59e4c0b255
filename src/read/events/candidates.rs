//! Which phrases name the same event, and which events the release is about.

use super::address::names_town;
use super::passages::Role;
use super::phrases::{Determiner, Phrase};
use super::scene::{ACTS, HELD, HELD_OR_HOSTED, Scene};
use crate::lang::{EventWord, NameStyle};
use crate::model::EventKind;
use crate::read::words::{is_hangul, without_particle};
use crate::source::Span;

/// An event with every phrase that names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Indices of its phrases, in order.
    pub phrases: Vec<usize>,
}

impl Candidate {
    /// Whether a phrase names it.
    pub(super) fn has(&self, phrase: usize) -> bool {
        self.phrases.binary_search(&phrase).is_ok()
    }
}

/// Events that are told apart in one text; further phrases only join those already there.
const MOST: usize = 48;

/// Groups phrases by the event they name.
pub(super) fn group(scene: &Scene<'_>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for (index, phrase) in scene.phrases.iter().enumerate() {
        let same = |c: &Candidate| {
            c.phrases
                .iter()
                .take(6)
                .any(|known| same_event(scene, &scene.phrases[*known], phrase))
        };
        let known = if phrase.generic && phrase.determiner != Determiner::Indefinite {
            all.len().checked_sub(1)
        } else if points_back(scene, phrase) {
            let told = |c: &Candidate| same(c) && !passes(scene, c);
            (all.iter().rposition(told)).or_else(|| all.iter().rposition(same))
        } else {
            all.iter().position(same)
        }
        .or_else(|| recalled(scene, index, &all));
        match known {
            Some(at) => all[at].phrases.push(index),
            // `the Congress` alone opens nothing.
            None if phrase.points_back() && scene.names_body(phrase) => {}
            // `the event`, `events` say of nothing what it is.
            None if phrase.generic && phrase.determiner != Determiner::Indefinite => {}
            None if all.len() < MOST => all.push(Candidate {
                phrases: vec![index],
            }),
            None => {}
        }
    }
    all
}

/// Weight of an event that the first paragraph names in passing words, with a day.
const LEAST: i32 = 4;

fn same_event(scene: &Scene<'_>, known: &Phrase, phrase: &Phrase) -> bool {
    if known.other != phrase.other || !same_head(scene, known, phrase) {
        return false;
    }
    if let (Some((a, _)), Some((b, _))) = (&known.edition, &phrase.edition) {
        return a == b;
    }
    if points_back(scene, phrase) {
        return true;
    }
    let inside = |a: &Phrase, b: &Phrase| a.content.iter().all(|word| b.content.contains(word));
    if !phrase.content.is_empty() && !known.content.is_empty() {
        if inside(phrase, known) || inside(known, phrase) {
            return true;
        }
    } else if phrase.bare() && known.bare() && phrase.determiner != Determiner::Indefinite {
        return true;
    }
    // A headline and the first paragraph speak of the same thing, each in its own words.
    let role = |p: &Phrase| scene.passage_of(p).role;
    role(known) == Role::Headline && role(phrase) == (Role::Body { block: 0 })
        || role(known) == Role::Headline
            && phrase.bare()
            && phrase.determiner != Determiner::Indefinite
}

/// Whether a phrase can only point back to an event named before. Where no article tells, a bare noun that opens a sentence
/// does: `Конференция пройдет в Москве`.
fn points_back(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    let passage = scene.passage_of(phrase);
    let table = passage.words.table;
    let articleless = table.definite_endings.is_empty()
        && table.definite_prefixes.is_empty()
        && matches!(
            table.style,
            NameStyle::Slavic | NameStyle::Final | NameStyle::Unspaced | NameStyle::Initial
        );
    let topic = || {
        phrase.bare()
            && phrase.determiner == Determiner::None
            && phrase.tokens.start == 0
            && matches!(passage.role, Role::Body { .. })
    };
    phrase.points_back() || articleless && topic()
}

/// The event that a meeting held in the same sentence or the next two may be: `Seminar … The meeting takes place in Leeds`.
fn recalled(scene: &Scene<'_>, index: usize, all: &[Candidate]) -> Option<usize> {
    const NEXT: usize = 2;
    let phrase = &scene.phrases[index];
    let fits = points_back(scene, phrase)
        && matches!(phrase.kind, EventKind::Meeting | EventKind::Session)
        && phrase.tokens.start <= 1
        && scene.act(index, HELD).is_some()
        && tells_no_scene(scene, phrase);
    let last = all.len().checked_sub(1).filter(|_| fits)?;
    let named = &scene.phrases[*all[last].phrases.last()?];
    (!named.other && !named.aside && phrase.passage - named.passage <= NEXT).then_some(last)
}

/// Whether an event is one of which nothing is told but that somebody holds it: what points back means the one before.
fn passes(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let [only] = candidate.phrases[..] else {
        return false;
    };
    let phrase = &scene.phrases[only];
    let passage = scene.passage_of(phrase);
    let words = &passage.words;
    phrase.determiner == Determiner::Indefinite
        && phrase.bare()
        && tells_no_scene(scene, phrase)
        && !words.holds(EventWord::Venue)
}

/// Whether a sentence names neither day, year, town nor body: it cannot be another event's.
fn tells_no_scene(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    let passage = scene.passage_of(phrase);
    let words = &passage.words;
    let year = |k: usize| {
        let word = words.folded(k);
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    let house = |k: usize| words.is(k, EventWord::Venue).is_some();
    // `the Rope Theatre`, `the hall of the Rope School`: a body that is or owns the house.
    let housed = |k: usize, body: Span| {
        (k..=words.token_at(body.end - 1)).any(house)
            || k > 1 && words.is(k - 1, EventWord::Of).is_some() && house(k - 2)
    };
    let body = |k: usize| passage.organization_at(k).is_some_and(|o| !housed(k, o));
    let town = |k: usize| words.tokens[k].capital && names_town(scene, words.tokens[k].span);
    let named = |k: usize| year(k) || body(k) || town(k);
    passage.dates.is_empty() && passage.places.is_empty() && !(0..words.len()).any(named)
}

/// Whether people come together in it to confer: such nouns stand for each other.
fn is_gathering(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Meeting | EventKind::Session | EventKind::Conference | EventKind::Forum
    )
}

/// Whether one noun is a compound of the other, articles that are endings aside: Jahrestagung and Tagung,
/// `vattenkonferens` and `konferensen`.
fn compounds(scene: &Scene<'_>, a: &Phrase, b: &Phrase) -> bool {
    const SHORTEST: usize = 5;
    let noun = |p: &Phrase| {
        let words = &scene.passage_of(p).words;
        let folded = words.folded(p.head.end - 1);
        let endings = words.table.definite_endings.iter();
        let bare = endings
            .filter_map(|e| folded.strip_suffix(e.as_str()))
            .min_by_key(|bare| bare.len())
            .filter(|bare| bare.chars().count() >= SHORTEST);
        [folded.to_owned(), bare.unwrap_or(folded).to_owned()]
    };
    if scene.passage_of(a).words.table.style != NameStyle::Germanic {
        return false;
    }
    let (a, b) = (noun(a), noun(b));
    a.iter().any(|x| {
        b.iter().any(|y| {
            let short = x.chars().count().min(y.chars().count());
            short >= SHORTEST && (x.ends_with(y.as_str()) || y.ends_with(x.as_str()))
        })
    })
}

/// Whether two phrases have the same noun, inflection aside.
fn same_head(scene: &Scene<'_>, a: &Phrase, b: &Phrase) -> bool {
    if compounds(scene, a, b) {
        return true;
    }
    let unspaced = |p: &Phrase| scene.passage_of(p).words.table.style == NameStyle::Unspaced;
    if unspaced(a) && a.kind != b.kind && !(is_gathering(a.kind) && is_gathering(b.kind)) {
        // `年会` and `记者会` end in the same sign.
        return false;
    }
    let stem = |p: &Phrase| {
        let words = &scene.passage_of(p).words;
        let first = matches!(
            words.table.style,
            NameStyle::Romance | NameStyle::Slavic | NameStyle::Initial
        );
        let word = words.folded(if first { p.head.start } else { p.head.end - 1 });
        let word = word.strip_prefix("ال").unwrap_or(word);
        let room = word.chars().count().saturating_sub(2).clamp(3, 6);
        word.chars().take(room).collect::<String>()
    };
    // Korean compounds end in the noun: `축제` and `전통축제`.
    let bare = |p: &Phrase| {
        let words = &scene.passage_of(p).words;
        without_particle(words.folded(p.head.end - 1)).to_owned()
    };
    let (left, right) = (bare(a), bare(b));
    let korean = left.ends_with(is_hangul) && right.ends_with(is_hangul);
    if korean && (left.ends_with(&right) || right.ends_with(&left)) {
        return true;
    }
    let (a, b) = (stem(a), stem(b));
    a.starts_with(&b) || b.starts_with(&a)
}

/// How much speaks for a candidate being what the release is about; `None` where it is only named in passing.
pub(super) fn weight(scene: &Scene<'_>, candidate: &Candidate, has_date: bool) -> Option<i32> {
    let nameless = |index: &usize| {
        let phrase = &scene.phrases[*index];
        let body = matches!(scene.passage_of(phrase).role, Role::Body { .. });
        // `promove audiência pública`: what somebody holds needs no article to be new.
        let hosted = phrase.determiner == Determiner::None
            && scene
                .act(*index, &[EventWord::Hosts])
                .is_some_and(|at| at < phrase.tokens.start);
        body && phrase.bare()
            && !hosted
            && !is_presented(scene, *index)
            && phrase.determiner != Determiner::Indefinite
            && !scene.leads_to(phrase.passage)
    };
    // `The meeting takes place on 4 May`, `the debate on 4 May` near the top tell of one that the text does not name
    // otherwise.
    let told_of = |index: &usize| {
        const BESIDE: usize = 3;
        const SIGNS: usize = 24;
        let phrase = &scene.phrases[*index];
        let passage = scene.passage_of(phrase);
        // A sign is a word where words are not spaced: `仪式在中心剧场举行`.
        let unspaced = passage.words.table.style == NameStyle::Unspaced;
        let reach = if unspaced { SIGNS } else { BESIDE };
        let behind = phrase.tokens.end..phrase.tokens.end + reach;
        let dated = passage.role == (Role::Body { block: 0 })
            && phrase.tokens.start <= 1
            && behind.clone().take(2).any(|i| passage.is_date(i));
        has_date
            && matches!(passage.role, Role::Body { block: 0..=2 })
            && (dated
                || scene
                    .act(*index, HELD)
                    .is_some_and(|verb| behind.contains(&verb)))
    };
    if candidate.phrases.iter().all(nameless) && !candidate.phrases.iter().any(told_of) {
        return None;
    }
    let mut title = 0;
    let mut lead = 0;
    let mut acted = false;
    let mut held = false;
    let mut item_lead = 0;
    for index in &candidate.phrases {
        let phrase = &scene.phrases[*index];
        let passage = scene.passage_of(phrase);
        // An item of a programme is the event where the text itself opens with its being held.
        let opening = || {
            has_date
                && passage.role == (Role::Body { block: 0 })
                && scene.act(*index, HELD_OR_HOSTED).is_some()
        };
        let item = phrase.minor && passage.role != Role::Headline;
        if phrase.other || phrase.aside || item && !opening() {
            continue;
        }
        let acts = scene.act(*index, ACTS).is_some();
        let place = match passage.role {
            Role::Subtitle => 1,
            Role::Headline | Role::Body { block: 0 } => 3 - i32::from(item),
            Role::Body { block: 1 } => 2,
            Role::Body { .. } | Role::Label => continue,
        };
        acted |= acts;
        // A day of remembrance is kept, not held.
        held |= !phrase.named || phrase.edition.is_some() || scene.act(*index, HELD).is_some();
        let worth = place
            + 2 * i32::from(acts)
            + i32::from(phrase.proper)
            + i32::from(phrase.edition.is_some())
            - 2 * i32::from(phrase.bare() && !has_date);
        if passage.role == Role::Headline {
            title = title.max(worth);
        } else if item {
            item_lead = item_lead.max(worth);
        } else {
            lead = lead.max(worth);
        }
    }
    let items_only = title == 0 && lead == 0;
    let lead = if items_only { item_lead } else { lead };
    let worth = title + lead + i32::from(has_date) + i32::from(candidate.phrases.len() > 2);
    // Without a day the headline itself must say that it takes place, or the first sentence that somebody holds it.
    let told = has_date
        || title > 0 && (acted || lead > 0)
        || held_first(scene, candidate)
        || title > 0 && titled(scene, candidate);
    // An item of a programme gives way to any other event.
    (told && held && worth >= LEAST).then_some(if items_only { LEAST } else { worth + 1 })
}

/// Whether the verb of holding stands right before a bare noun, as Slavic languages present what is new: `состоится
/// пресс-конференция`, `odbędzie się wspólna konferencja prasowa`.
fn is_presented(scene: &Scene<'_>, index: usize) -> bool {
    const NEAR: usize = 3;
    let phrase = &scene.phrases[index];
    let words = &scene.passage_of(phrase).words;
    let before = phrase.tokens.start.saturating_sub(NEAR)..phrase.tokens.start;
    words.table.style == NameStyle::Slavic
        && phrase.determiner == Determiner::None
        && before
            .into_iter()
            .filter_map(|k| Some(k + words.is(k, EventWord::Held)?))
            .any(|end| end == phrase.tokens.start)
}

/// Whether the first paragraph tells, beside its name, that an event new to the reader is held.
fn held_first(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    candidate.phrases.iter().any(|index| {
        let phrase = &scene.phrases[*index];
        let new = phrase.determiner == Determiner::Indefinite || phrase.proper && !phrase.bare();
        new && !is_habitual(scene, *index)
            && !phrase.other
            && !phrase.aside
            && !phrase.minor
            && scene.passage_of(phrase).role == (Role::Body { block: 0 })
            && scene.act(*index, HELD_OR_HOSTED).is_some()
    })
}

/// Whether a sentence tells what was held in another year, or is held again and again: `in 1990 the guild organised`,
/// `which organises a workshop every year`.
fn is_habitual(scene: &Scene<'_>, index: usize) -> bool {
    let phrase = &scene.phrases[index];
    let passage = scene.passage_of(phrase);
    let words = &passage.words;
    let anchor = scene.findings.resolver.anchor.as_ref();
    let former = (0..words.len())
        .filter(|i| !phrase.tokens.contains(i) && !passage.is_date(*i))
        .filter_map(|i| words.year(i))
        .any(|year| anchor.is_none_or(|day| year < day.year));
    let yearly = words.holds(EventWord::Yearly);
    let verb = scene.act(index, HELD_OR_HOSTED);
    let relative = verb
        .and_then(|at| at.checked_sub(1))
        .is_some_and(|before| words.is(before, EventWord::Which).is_some());
    former || yearly || relative
}

/// Whether the headline is nothing but the event's name: no verb, nobody else's.
fn titled(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    const SHORTEST: usize = 3;
    candidate.phrases.iter().any(|index| {
        let phrase = &scene.phrases[*index];
        let passage = scene.passage_of(phrase);
        let words = (0..passage.words.len()).filter(|i| passage.words.tokens[*i].word);
        let own = words.clone().filter(|i| phrase.tokens.contains(i)).count();
        let first = words
            .clone()
            .find(|i| passage.words.is(*i, EventWord::Article).is_none());
        passage.role == Role::Headline
            && first == Some(phrase.tokens.start)
            && own >= SHORTEST
            && own * 5 >= words.count() * 4
    })
}
