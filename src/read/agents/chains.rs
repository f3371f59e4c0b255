//! Names of bodies whose complement is a chain of genitives in small letters: `Министерство культуры и спорта`.

use super::acronyms;
use super::names;
use super::organizations::{Name, is_adjective};
use super::scene::Passage;
use crate::lang::AgentWord;

/// Most tokens of a complement.
const LONGEST: usize = 14;

/// Most joints (`по`, `при`, `ds`) inside a complement.
const JOINTS: usize = 2;

/// A name that opens with the noun of a body. In small letters the noun alone is any body: its complement must name something.
pub(super) fn led_by_noun(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let noun = passage.is(i, AgentWord::Body)?;
    let capital = passage.tokens[i].capital;
    let led = i > 0 && passage.capital(i - 1) && passage.ends(i, AgentWord::Role).is_none();
    let of_name = led || passage.in_date(i);
    if of_name || passage.is(i, AgentWord::NotBody).is_some() {
        return None;
    }
    let from = i + noun;
    let end = end(passage, from);
    let proper = (from..end).any(|k| passage.tokens[k].capital);
    let vague = passage.is_event(i) || !capital;
    (end > from && (proper || !vague)).then_some(Name {
        start: i,
        end,
        rule: "organization.name",
    })
}

/// Where the complement ends that begins at `from`; `from` where none does.
pub(super) fn end(passage: &Passage<'_>, from: usize) -> usize {
    let mut at = from;
    let mut joints = 0;
    while at < passage.len() && at - from < LONGEST {
        let next = if genitive(passage, at) || named(passage, at) {
            at + 1
        } else if passage.is(at, AgentWord::And).is_some() && at > from {
            let second = genitive(passage, at + 1)
                || passage.capital(at - 1)
                    && passage.capital(at + 1)
                    && passage.is(at + 1, AgentWord::Genitive).is_some()
                    && passage.is(at + 1, AgentWord::Role).is_none()
                    && !names::opens_name(passage, at + 1);
            if !second || passage.is(at + 1, AgentWord::Body).is_some() {
                break;
            }
            at + 2
        } else if let Some(behind) = joined(passage, at).filter(|_| joints < JOINTS) {
            joints += 1;
            behind
        } else {
            break;
        };
        at = next;
    }
    at
}

/// A word in small letters with the ending of a genitive or adjective.
fn genitive(passage: &Passage<'_>, i: usize) -> bool {
    let small = passage.tokens.get(i).is_some_and(|t| t.word && !t.capital);
    small
        && (passage.is(i, AgentWord::Genitive).is_some() || is_adjective(passage, i))
        && !passage.is_stop(i)
        && !passage.is_agentive(i)
        && !passage.in_date(i)
        && passage.is(i, AgentWord::And).is_none()
        && passage.is(i, AgentWord::Role).is_none()
        && passage.is(i, AgentWord::Honorific).is_none()
}

/// A word in capitals that goes on with the name and is nobody's: a place, an adjective or what it qualifies, letters, a body.
fn named(passage: &Passage<'_>, i: usize) -> bool {
    if !passage.capital(i)
        || names::opens_name(passage, i)
        || passage.is(i, AgentWord::Role).is_some()
        || passage.is(i, AgentWord::Honorific).is_some()
    {
        return false;
    }
    // A single name in the genitive is a town's no table knows; people have two.
    let single = passage.is(i, AgentWord::Genitive).is_some() && !passage.capital(i + 1);
    let qualified = i > 0 && passage.capital(i - 1) && passage.adjective(i - 1);
    let qualifies = passage.adjective(i) && passage.tokens.get(i + 1).is_some_and(|t| t.word);
    single
        || passage.in_place(i)
        || passage.in_place(i + 1) && passage.is(i, AgentWord::Genitive).is_some()
        || qualified
        || qualifies
        || acronyms::is_acronym(passage.written(i))
        || passage.is(i, AgentWord::Body).is_some()
}

/// Where a joint and what it joins end: `по делам`, `при Министерстве`, `имени А. Б. Петрова`.
fn joined(passage: &Passage<'_>, i: usize) -> Option<usize> {
    let len = passage.is(i, AgentWord::Joint)?;
    // `им.`: named after; `им`: to them.
    let short = passage.mark(i + len, ".") && passage.touch(i + len - 1);
    if passage.parts(i) && !short {
        return None;
    }
    let behind = i + len + usize::from(short);
    let token = passage.tokens.get(behind).filter(|t| t.word)?;
    if !token.capital {
        let plain = !passage.is_function(behind)
            && !passage.in_date(behind)
            && token.folded.starts_with(char::is_alphabetic);
        return plain.then_some(behind + 1);
    }
    if passage.is(behind, AgentWord::Body).is_some() || passage.in_place(behind) {
        return Some(behind + 1);
    }
    // Whom a body is named after.
    names::end(passage, behind).filter(|_| passage.is(behind, AgentWord::Honorific).is_none())
}
