//! Of what the verb of a sentence speaks: of the event, or of something named beside it.
//!
//! No sentence is parsed. An event is the subject where only light words and phrases behind prepositions stand between
//! its name and the verb, and the object where nothing but a determiner does. Whatever could be another subject makes the
//! words that one's: a status, an end or an hour that is not the event's harms more than one that is missing.

use std::ops::Range;

use super::candidates::Candidate;
use super::passages::Passage;
use super::phrases::{Determiner, Phrase, is_closing_quote, is_opening_quote};
use super::scene::Scene;
use crate::lang::{EventWord, NameStyle};

/// Words between an event and its verb.
const FAR: usize = 45;

/// Words that one preposition may take with it.
const COMPLEMENT: usize = 5;

const DETERMINERS: &[EventWord] = &[
    EventWord::Article,
    EventWord::Indefinite,
    EventWord::Possessive,
];

/// Words whose noun is neither subject nor object.
const PREPOSITIONS: &[EventWord] = &[
    EventWord::Preposition,
    EventWord::Connector,
    EventWord::At,
    EventWord::Aside,
    EventWord::Span,
    EventWord::Until,
    EventWord::By,
    EventWord::Formerly,
];

/// Words that may stand between an event and its verb.
const LIGHT: &[EventWord] = &[
    EventWord::Stop,
    EventWord::Light,
    EventWord::Held,
    EventWord::Which,
    EventWord::Postponed,
    EventWord::Cancelled,
    EventWord::Rescheduled,
    EventWord::MovedOnline,
    EventWord::Online,
    EventWord::Mixed,
    EventWord::Today,
];

/// Verbs that an event begins and ends with: in a sentence without a noun of its own they are the event's.
const COURSE: &[EventWord] = &[EventWord::Opens, EventWord::Closes];

/// Whether the event of a candidate is subject or object of the words at `act`.
pub(super) fn tells_of(
    scene: &Scene<'_>,
    candidate: &Candidate,
    passage: usize,
    act: &Range<usize>,
) -> bool {
    scene
        .in_passage(passage)
        .any(|p| candidate.has(p) && tells_of_phrase(scene, &scene.phrases[p], act))
}

/// The same for one phrase.
pub(super) fn tells_of_phrase(scene: &Scene<'_>, phrase: &Phrase, act: &Range<usize>) -> bool {
    let clause = Clause(scene.passage_of(phrase));
    !phrase.other && !phrase.aside && (clause.subject(phrase, act) || clause.object(phrase, act))
}

/// Whether a sentence that names no event has no subject of its own up to `end` but a pronoun, or the last word of the
/// event's noun: `It begins at nine`, `The call begins at nine` behind a conference call.
pub(super) fn goes_on_about_it(
    scene: &Scene<'_>,
    candidate: &Candidate,
    passage: &Passage<'_>,
    end: usize,
) -> bool {
    let clause = Clause(passage);
    let words = &passage.words;
    let noun = words.is(0, EventWord::Article).filter(|len| {
        candidate.phrases.iter().any(|p| {
            let phrase = &scene.phrases[*p];
            let head = scene.passage_of(phrase).words.folded(phrase.head.end - 1);
            !head.is_empty() && words.folded(*len) == head
        })
    });
    let from = noun.map_or(0, |len| len + 1).min(end);
    clause.joined(from..end, Mark::None, COURSE) && !clause.is_unknown(end)
}

/// Whether nothing but light words and what prepositions take with them stands in a stretch.
pub(super) fn is_light(passage: &Passage<'_>, stretch: Range<usize>) -> bool {
    stretch.len() <= FAR && Clause(passage).joined(stretch, Mark::None, &[EventWord::And])
}

/// Whether a noun with an article begins a clause of its own in a stretch: `…, the museum is open`.
pub(super) fn begins_another(passage: &Passage<'_>, stretch: Range<usize>) -> bool {
    let words = &passage.words;
    let clause = Clause(passage);
    let verb = stretch.end;
    stretch.filter(|i| words.any(*i, DETERMINERS)).any(|i| {
        let fresh = i > 0 && !words.tokens[i - 1].word && !is_opening_quote(words.folded(i - 1));
        fresh
            && clause.is_unknown(i + 1)
            && (i..verb).all(|k| !words.any(k, super::when::GOVERNORS))
    })
}

/// Whether a preposition stands right before a token.
pub(super) fn ends_preposition(passage: &Passage<'_>, end: usize) -> bool {
    let words = &passage.words;
    let mut kinds = PREPOSITIONS.iter();
    kinds.any(|word| words.ends(end, *word).is_some())
}

/// Whether nothing but light words stands in a stretch, and no noun at all.
pub(super) fn is_plain(passage: &Passage<'_>, mut stretch: Range<usize>) -> bool {
    let clause = Clause(passage);
    stretch.all(|i| !clause.is_unknown(i))
}

/// Whether a particle says what a name is in its sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The language has none.
    None,
    /// The name carries one of a subject or object: no other word may.
    Carried,
}

struct Clause<'p, 'a>(&'p Passage<'a>);

impl Clause<'_, '_> {
    fn subject(&self, phrase: &Phrase, act: &Range<usize>) -> bool {
        let from = phrase.tokens.end;
        if from > act.start || act.start - from > FAR {
            return false;
        }
        let words = &self.0.words;
        let last = words.folded(phrase.head.end - 1);
        let oblique = (words.table.oblique_endings.iter())
            .any(|ending| last.len() > ending.len() && last.ends_with(ending.as_str()));
        let (from, mark) = self.marked(phrase);
        !oblique
            && (mark == Mark::Carried || self.opens_clause(phrase))
            && self.joined(from..act.start.max(from), mark, &[])
            && (mark == Mark::Carried || !self.takes_object(act.end))
    }

    fn object(&self, phrase: &Phrase, act: &Range<usize>) -> bool {
        let words = &self.0.words;
        let to = phrase.tokens.start;
        if act.end > to || to - act.end > COMPLEMENT * 2 {
            return false;
        }
        // `CANCELLED: Rope Forum`
        let labelled = (0..act.start).all(|i| !words.tokens[i].word);
        let prepositions = self.runs(act.end..to, PREPOSITIONS);
        let light = self.runs(act.end..to, LIGHT);
        let own = self.runs(act.end..to, DETERMINERS);
        let direct = (act.end..to).all(|i| {
            let token = &words.tokens[i];
            if !token.word {
                return is_opening_quote(&token.folded)
                    || token.folded == "'"
                    || labelled && matches!(token.folded.as_str(), ":" | "-" | "–" | "—");
            }
            own[i - act.end]
                || self.0.is_date(i)
                || self.0.in_place(i)
                || self.is_genitive(i)
                || words.any(i, &[EventWord::Modifier, EventWord::Other])
                || words.ordinal(i).is_some()
                || light[i - act.end] && !prepositions[i - act.end]
        });
        direct && !self.is_unknown(phrase.tokens.end)
    }

    /// Whether a name stands where a subject does: behind no preposition, and no other noun's genitive.
    fn opens_clause(&self, phrase: &Phrase) -> bool {
        const OWNER: usize = 6;
        let words = &self.0.words;
        let edition = phrase.edition.as_ref().map(|(_, range)| range.start);
        let mut lead = edition.map_or(phrase.tokens.start, |at| at.min(phrase.tokens.start));
        let mut articled = words.is_definite(phrase.head.end - 1);
        let mut genitive = false;
        let owned = phrase.determiner == Determiner::Possessive
            && words.ends(lead, EventWord::Possessive).is_none();
        if owned {
            // `the Nurses' Conference`: what stands before the owner counts.
            let lowest = lead.saturating_sub(OWNER);
            let stops = |i: usize| {
                words.any(i, DETERMINERS) || words.any(i, PREPOSITIONS) || words.any(i, LIGHT)
            };
            lead = (lowest..lead)
                .rev()
                .find(|i| stops(*i))
                .map_or(lowest, |i| i + 1);
            articled = true;
        }
        for _ in 0..4 {
            let quoted = lead > 0 && is_opening_quote(&words.tokens[lead - 1].folded);
            let determiner = DETERMINERS.iter().find_map(|word| words.ends(lead, *word));
            let adjective = [EventWord::Modifier, EventWord::Other];
            let step = determiner
                .or_else(|| adjective.iter().find_map(|word| words.ends(lead, *word)))
                .or(quoted.then_some(1));
            let Some(step) = step else { break };
            genitive = determiner.is_some() && self.is_genitive(lead - step)
                || determiner == Some(1) && words.is(lead - 1, EventWord::Connector).is_some();
            articled |= determiner.is_some();
            lead -= step;
        }
        let Some(before) = lead.checked_sub(1) else {
            return true;
        };
        if PREPOSITIONS
            .iter()
            .any(|word| words.ends(lead, *word).is_some())
        {
            return false;
        }
        let token = &words.tokens[before];
        if !token.word {
            return token.folded != "'" && !is_closing_quote(&token.folded);
        }
        // `AUMEC 2030 Conference`: capitals that begin the sentence belong to the name.
        let titled = words.table.style == NameStyle::Germanic
            && (0..lead).all(|i| words.tokens[i].capital && self.is_unknown(i));
        let known = titled || !self.is_unknown(before) || words.any(before, super::when::GOVERNORS);
        if genitive { known } else { articled || known }
    }

    /// Where the words behind a name begin, its particle left out, and whether it has one.
    fn marked(&self, phrase: &Phrase) -> (usize, Mark) {
        let words = &self.0.words;
        let mut from = phrase.tokens.end;
        let particles = &words.table.subject_particles;
        if particles.is_empty() {
            return (from, Mark::None);
        }
        let carries = |i: usize| {
            particles
                .iter()
                .any(|p| words.folded(i).ends_with(p.as_str()))
        };
        if words.table.style != NameStyle::Unspaced {
            let mark = if carries(from - 1) {
                Mark::Carried
            } else {
                Mark::None
            };
            return (from, mark);
        }
        while words
            .tokens
            .get(from)
            .is_some_and(|t| !t.word && is_closing_quote(&t.folded))
        {
            from += 1;
        }
        if self.is_genitive(from)
            && let Some(len) = words.is(from + 1, EventWord::Held)
        {
            from += 1 + len;
        }
        if particles.iter().any(|p| words.folded(from) == p.as_str()) {
            (from + 1, Mark::Carried)
        } else {
            (from, Mark::None)
        }
    }

    /// Whether a stretch holds nothing that could be a subject of its own. `more` are light here too.
    fn joined(&self, stretch: Range<usize>, mark: Mark, more: &[EventWord]) -> bool {
        let words = &self.0.words;
        let base = stretch.start;
        let prepositions = self.runs(stretch.clone(), PREPOSITIONS);
        let light = self.runs(stretch.clone(), LIGHT);
        let further = self.runs(stretch.clone(), more);
        let determiners = self.runs(stretch.clone(), DETERMINERS);
        let mut room = if mark == Mark::Carried { FAR } else { 0 };
        let mut enclosed = false;
        for i in stretch.clone() {
            let k = i - base;
            let token = &words.tokens[i];
            if !token.word {
                match token.folded.as_str() {
                    ";" | "!" | "?" => return false,
                    "(" | "[" => enclosed = true,
                    ")" | "]" => enclosed = false,
                    "," if mark == Mark::None => room = room.min(2),
                    mark if is_closing_quote(mark) && enclosed => enclosed = false,
                    mark if is_opening_quote(mark) && room > 0 => enclosed = true,
                    _ => {}
                }
                continue;
            }
            if enclosed || self.0.is_date(i) || self.0.in_place(i) || self.is_named(i) {
                continue;
            }
            let particles = &words.table.subject_particles;
            if mark == Mark::Carried {
                let rival = particles.iter().any(|p| token.folded.ends_with(p.as_str()));
                if rival && !light[k] {
                    return false;
                }
                // A sign that stands alone is a word of its own where words are not spaced.
                if words.table.style == NameStyle::Unspaced
                    && particles.iter().any(|p| *p == token.folded.as_str())
                {
                    return false;
                }
                continue;
            }
            // `der` is a genitive's article behind a noun, a subject's behind a comma or a verb.
            let begins = || k > 0 && (light[k - 1] || !words.tokens[i - 1].word);
            if determiners[k] && (!prepositions[k] || begins()) {
                let behind = k > 0 && prepositions[k - 1];
                let alone = further.get(k + 1).is_none_or(|is| *is) || !self.is_unknown(i + 1);
                if behind {
                    room = COMPLEMENT;
                } else if !alone {
                    return false;
                }
                continue;
            }
            let number = token.folded.starts_with(|c: char| c.is_ascii_digit());
            let pair = words.is(i, EventWord::And).is_some()
                && (self.0.in_place(i + 1) || self.0.is_date(i + 1));
            if prepositions[k] {
                room = COMPLEMENT;
            } else if !(light[k] || further[k] || number || pair) {
                let within = room > 0
                    && !words.any(i, super::when::GOVERNORS)
                    && words.is(i, EventWord::And).is_none();
                // `is unavoidably postponed`: an adverb right before what the auxiliary stands for.
                let adverb = more.is_empty()
                    && i + 1 == stretch.end
                    && k > 0
                    && light[k - 1]
                    && !prepositions[k - 1]
                    && !token.capital
                    && matches!(words.table.style, NameStyle::Germanic | NameStyle::Romance);
                if !within && !adverb {
                    return false;
                }
                room = room.saturating_sub(1);
            }
        }
        true
    }

    /// Whether a verb is followed by an object of its own: `cancelled the ferry`.
    fn takes_object(&self, at: usize) -> bool {
        let words = &self.0.words;
        if at >= words.len() || self.0.is_date(at) || !words.tokens[at].word {
            return false;
        }
        if words.any(at, DETERMINERS) && !words.any(at, PREPOSITIONS) {
            return !self.0.is_date(at + 1);
        }
        let bare = matches!(
            words.table.style,
            NameStyle::Slavic | NameStyle::Initial | NameStyle::Unspaced
        );
        bare && self.is_unknown(at)
    }

    /// Whether a word is none of those that may stand beside any event.
    fn is_unknown(&self, i: usize) -> bool {
        let words = &self.0.words;
        let Some(token) = words.tokens.get(i) else {
            return false;
        };
        let inside = |kinds: &[EventWord]| {
            let from = i.saturating_sub(LONGEST_FORM);
            self.runs(from..i + 1, kinds)[i - from]
        };
        token.word
            && !self.0.is_date(i)
            && !self.0.in_place(i)
            && !token.folded.starts_with(|c: char| c.is_ascii_digit())
            && !inside(PREPOSITIONS)
            && !inside(LIGHT)
            && !inside(DETERMINERS)
            && !inside(&[EventWord::And])
    }

    /// Whether a word is the preposition or particle of a genitive: `of`, `du`, `の`.
    fn is_genitive(&self, i: usize) -> bool {
        let words = &self.0.words;
        let joints = words.table.genitive.values();
        (words.is(i, EventWord::Of).is_some())
            || joints
                .flat_map(|joint| joint.split(' '))
                .any(|of| of == words.folded(i))
    }

    fn is_named(&self, i: usize) -> bool {
        self.0.in_person(self.0.words.tokens[i].span)
    }

    /// Which tokens of a stretch belong to a form of one of these meanings that begins in it.
    fn runs(&self, stretch: Range<usize>, kinds: &[EventWord]) -> Vec<bool> {
        let words = &self.0.words;
        let mut marks = vec![false; stretch.len()];
        for i in stretch.clone() {
            let len = kinds.iter().filter_map(|kind| words.is(i, *kind)).max();
            let end = (i + len.unwrap_or(0)).min(stretch.end);
            marks[i - stretch.start..end.max(i) - stretch.start].fill(true);
        }
        marks
    }
}

/// Words of the longest form that a word may be the last of.
const LONGEST_FORM: usize = 4;
