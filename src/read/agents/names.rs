//! Names of people: which words make one.

use super::romance;
use super::scene::Passage;
use crate::lang::{AgentWord, is_given_name};

/// Most words of a person's name.
const LONGEST: usize = 6;

/// Where the name that begins at `i` ends; `None` where none does. Capitals, initials and particles make a name.
pub(super) fn end(passage: &Passage<'_>, i: usize) -> Option<usize> {
    let mut end = None;
    let mut at = i;
    let mut words = 0;
    // Behind a post or title an event's noun is a family name: `Senator John Sessions`.
    let titled = passage.ends(i, AgentWord::Role).is_some()
        || passage.ends(i, AgentWord::Honorific).is_some();
    while at < passage.len() && words < LONGEST {
        if at > i && (passage.after_gap(at) || words > 0 && parts_from_post(passage, at)) {
            break;
        }
        if let Some(after) = initial(passage, at) {
            at = after;
            words += 1;
            continue;
        }
        if words == 1 && passage.is_romance() && romance::parts_body(passage, i, at) {
            break;
        }
        if let Some(len) = particle(passage, at, words > 1) {
            at += len;
            continue;
        }
        if words > 0 && passage.chains_genitives() && closing_initials(passage, at) {
            return Some(at + 2);
        }
        // `’Abd`, `O ’Dowd`: an apostrophe inside a name stays in its word; one that stands apart ends it.
        let family = titled && words == 1 && passage.capital(at) && passage.is_event(at);
        if !is_name_word(passage, at) && !family {
            break;
        }
        at += 1;
        words += 1;
        end = Some(at);
    }
    let end = end?;
    // A word parted at a line's end is no whole name.
    if passage.parted(end) {
        return None;
    }
    let comma = usize::from(passage.mark(end, ","));
    let suffix = passage.is(end + comma, AgentWord::Suffix);
    Some(suffix.map_or(end, |len| {
        let stop = end + comma + len;
        // The full stop of `Jr.` goes with it, unless the sentence ends there.
        if passage.mark(stop, ".") && passage.touch(stop - 1) && stop + 1 < passage.len() {
            stop + 1
        } else {
            stop
        }
    }))
}

/// A single capital with its full stop: where it ends.
pub(super) fn initial(passage: &Passage<'_>, i: usize) -> Option<usize> {
    let token = passage.tokens.get(i).filter(|t| t.word && t.capital)?;
    let written = token.span.of(passage.text);
    if !written.contains('.') && written.chars().nth(2).is_some() {
        return None;
    }
    let letters = written
        .split('.')
        .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    // `Ma. Lindgren`, `Th. Holm`: a short form of a given name.
    let short = written.chars().count() <= 2 && passage.is(i, AgentWord::Honorific).is_none();
    let dotted = passage.mark(i + 1, ".") && passage.touch(i);
    ((letters || short)
        && dotted
        && passage
            .tokens
            .get(i + 2)
            .is_some_and(|t| t.word && t.capital))
    .then_some(i + 2)
    .or_else(|| {
        (letters && !dotted && written.chars().count() == 1 && is_name_word(passage, i + 1))
            .then_some(i + 1)
    })
}

/// Two initials behind a family name: `Вольный И.К.`
fn closing_initials(passage: &Passage<'_>, i: usize) -> bool {
    let written = passage.written(i);
    written.contains('.')
        && passage.mark(i + 1, ".")
        && passage.touch(i)
        && written
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// A particle before a further word of the name: how many tokens it takes.
fn particle(passage: &Passage<'_>, i: usize, whole: bool) -> Option<usize> {
    let len = passage.is(i, AgentWord::Particle)?;
    let mut next = i + len;
    if passage.mark(next, "'’-") && passage.touch(next - 1) {
        next += 1;
    }
    let more = passage.is(next, AgentWord::Particle).unwrap_or(0);
    // `Ms. Jane Doe de Lyon`: a place behind a whole name is where somebody comes from.
    let from = whole && passage.in_place(next + more);
    (is_name_word(passage, next + more) && !from).then_some(next - i)
}

/// Whether a token can be a word of a name.
pub(super) fn is_name_word(passage: &Passage<'_>, i: usize) -> bool {
    let nouns = [
        AgentWord::Honorific,
        AgentWord::Role,
        AgentWord::Body,
        AgentWord::Thing,
    ];
    let signs = |b: u8| b.is_ascii_digit() || b == b'.';
    passage.capital(i)
        && !passage.is_any(i, &nouns)
        && passage.folded(i).starts_with(char::is_alphabetic)
        && !passage.folded(i).bytes().any(signs)
        && !inside_post(passage, i)
        && !is_company(passage, i)
        && !passage.is_event(i)
}

/// Whether the noun of a post began before `i` and takes it in: `Secretary General`.
pub(super) fn inside_post(passage: &Passage<'_>, i: usize) -> bool {
    (1..=2.min(i)).any(|n| {
        passage
            .is(i - n, AgentWord::Role)
            .is_some_and(|len| len > n)
    })
}

fn is_company(passage: &Passage<'_>, i: usize) -> bool {
    let written = passage.written(i);
    passage.is(i, AgentWord::Company).is_some()
        && (written.chars().count() > 2 || written.chars().all(char::is_uppercase))
}

/// Whether capitals before or behind make the words part of a longer name: `Simon Holm University`.
pub(super) fn stands_alone(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    let names_thing = |k: usize| {
        passage.capital(k)
            && (passage.is(k, AgentWord::Body).is_some()
                || passage.is(k, AgentWord::Thing).is_some()
                || is_company(passage, k)
                || passage.is_event(k))
    };
    let before = from.checked_sub(1).is_some_and(|b| {
        passage.capital(b)
            && !(passage.is_romance() && romance::opens_name(passage, from))
            && !passage.after_gap(from)
            && passage.ends(from, AgentWord::Role).is_none()
            && passage.ends(from, AgentWord::Honorific).is_none()
            && !parts_from_post(passage, from)
            && !opens_with_verb(passage, from)
    });
    let possessive = passage.mark(to, "'’") && passage.folded(to + 1) == "s";
    let behind = to + if possessive { 2 } else { 0 };
    let joined = passage.mark(to, "&") && passage.capital(to + 1);
    !before
        && !joined
        && !names_thing(behind)
        && (possessive || passage.after_gap(to) || !passage.capital(to))
}

/// Whether nothing but a verb of saying stands before `i`, its capital being the sentence's: `Beszélt Szabad János`.
pub(super) fn opens_with_verb(passage: &Passage<'_>, i: usize) -> bool {
    i == 1 && passage.is(0, AgentWord::Says) == Some(1) && !has_given_name(passage, 0, 1)
}

/// Whether the first word, or the one behind a family name that stands first, is a given name, in any case.
pub(super) fn has_given_name(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    (from..to).take(2).any(|k| {
        let word = passage.folded(k);
        is_given_name(word)
            || word
                .split('-')
                .next()
                .is_some_and(|w| w.len() < word.len() && is_given_name(w))
            || passage.bare_forms(k).any(|bare| is_given_name(&bare))
    })
}

/// Whether a given name or initials begin at `i`: what stands before belongs to something else.
pub(super) fn opens_name(passage: &Passage<'_>, i: usize) -> bool {
    has_given_name(passage, i, i + 1) || initial(passage, i).is_some()
}

/// Whether a name begins at `i` behind a word in capitals that ends the complement of a post, where cases tell: a
/// genitive, an adjective, a place, letters. A family name may stand first where a patronymic stands last.
pub(super) fn parts_from_post(passage: &Passage<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    let patronymic = || {
        let word = passage.folded(i + 1);
        ["вич", "вна", "вича", "вны", "вичем", "вной", "вичу", "вне"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    passage.chains_genitives()
        && passage.capital(before)
        && opens_name(passage, i)
        && !has_given_name(passage, before, before + 1)
        && (passage.in_place(before)
            || super::acronyms::is_acronym(passage.written(before))
            || passage.is(before, AgentWord::Body).is_some()
            || (passage.is(before, AgentWord::Genitive).is_some() || passage.adjective(before))
                && !patronymic())
}

/// Whether the words stand behind what is named after somebody: `ул. Ивана Вольного`, `im. Jana Wolnego`.
pub(super) fn is_namesake(passage: &Passage<'_>, from: usize) -> bool {
    let stop = from - usize::from(from > 0 && passage.mark(from - 1, "."));
    passage.ends(stop, AgentWord::Thing).is_some()
}
