//! Organizations whose noun stands in small letters beside a name (`Ulvik kommune`, `gemeente Vleuten`), and those that
//! one word names (`Hamndepartementet`).

use super::organizations::Name;
use super::scene::Passage;
use crate::lang::AgentWord;

/// Most words in capitals beside the noun.
const LONGEST: usize = 4;

const RULE: &str = "organization.small-noun";

/// The name that begins at a token.
pub(super) fn name(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let nouns = [
        AgentWord::BodyBehind,
        AgentWord::BodyAhead,
        AgentWord::BodyAlone,
    ];
    if !nouns.iter().any(|noun| passage.holds(*noun)) {
        return None;
    }
    behind(passage, i)
        .or_else(|| ahead(passage, i))
        .or_else(|| alone(passage, i))
}

fn is_small(passage: &Passage<'_>, i: usize) -> bool {
    passage.tokens.get(i).is_some_and(|t| t.word && !t.capital)
}

/// Where the words in capitals that begin at `i` end.
fn capitals(passage: &Passage<'_>, i: usize) -> usize {
    (i..(i + LONGEST).min(passage.len()))
        .find(|k| {
            !passage.capital(*k)
                || *k > i && passage.after_gap(*k)
                || passage.is(*k, AgentWord::Honorific).is_some()
                || passage.is(*k, AgentWord::Role).is_some()
        })
        .unwrap_or(i + LONGEST)
        .min(passage.len())
}

/// `Ulvik kommune`, `Salmisen yliopisto`: at the head of a sentence only behind a place or an owner.
fn behind(passage: &Passage<'_>, i: usize) -> Option<Name> {
    if !passage.capital(i) || i > 0 && passage.capital(i - 1) {
        return None;
    }
    let noun = capitals(passage, i);
    let len = passage.is(noun, AgentWord::BodyBehind)?;
    let owner = passage.folded(i).ends_with(['s', 'n']);
    let known = i > 0 || passage.in_place(i) || owner || noun > i + 1;
    (noun > i && known && is_small(passage, noun)).then_some(Name {
        start: i,
        end: noun + len,
        rule: RULE,
    })
}

/// `gemeente Vleuten`, `ministerie van Touw en Water`.
fn ahead(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let len = passage.is(i, AgentWord::BodyAhead)?;
    // Where every noun has a capital, only what follows at once can be a name: `Stadt Ulm`, not `Stadt im Rahmen`.
    let small = is_small(passage, i);
    let joint = passage
        .is(i + len, AgentWord::Joint)
        .filter(|_| small)
        .unwrap_or(0);
    let noun = passage.is_event(i + len) || passage.is(i + len, AgentWord::Body).is_some();
    if !small && (noun || i > 0 && passage.capital(i - 1)) {
        return None;
    }
    let start = i + len + joint;
    let start = start + passage.article(start).filter(|_| joint > 0).unwrap_or(0);
    let mut end = capitals(passage, start);
    while small && end > start && passage.is(end, AgentWord::And).is_some() {
        let next = capitals(passage, end + 1);
        let another = passage.in_place(end - 1) || passage.in_place(end + 1);
        if next == end + 1 || another {
            break;
        }
        end = next;
    }
    let person =
        super::names::has_given_name(passage, start, (start + 1).min(passage.len())) && joint == 0;
    (end > start && !person).then_some(Name {
        start: i,
        end,
        rule: RULE,
    })
}

/// A single word whose noun means one body.
fn alone(passage: &Passage<'_>, i: usize) -> Option<Name> {
    passage.is(i, AgentWord::BodyAlone).filter(|n| *n == 1)?;
    let person = super::names::has_given_name(passage, i + 1, i + 2);
    let beside = i > 0 && passage.capital(i - 1) || passage.capital(i + 1) && !person;
    (passage.capital(i) && !beside).then_some(Name {
        start: i,
        end: i + 1,
        rule: "organization.noun",
    })
}
