//! People and organizations in Korean. A family name opens three syllables, a post stands behind them or, in brackets, before them.
//!
//! `문태영 해양연구원 원장은`, `해양연구원(원장 문태영)`: particles are written together with the word before them.

use super::acronyms;
use super::organizations::Found;
use super::people::Named;
use super::roles::Post;
use super::scene::{Passage, Scene};
use super::taken::Taken;
use crate::lang::{AgentWord, is_family_name};
use crate::read::words::{is_hangul, without_particle};
use crate::source::Span;

/// Words of a body between a name and its post, at most.
const BETWEEN: usize = 3;

/// Last syllables of three that name a body, a town or a thing, or that only inflect a word: no person's name ends in one.
const NO_NAME: &str =
    "대시군부청처실과팀단당련위회의들적된할는를에와며및등급간별내외층측권업계률력법";

/// People named, in order.
pub(super) fn people(scene: &Scene<'_>, full: &Taken) -> Vec<Named> {
    let mut found = Vec::new();
    for (number, passage) in scene.passages.iter().enumerate() {
        if passage.titled || passage.has_address() {
            continue;
        }
        let mut i = 0;
        while i < passage.len() {
            let Some(person) = before_post(passage, i)
                .or_else(|| in_brackets(passage, i))
                .filter(|p| full.over(p.name).is_none())
            else {
                i += 1;
                continue;
            };
            found.push(Named {
                passage: number,
                span: person.name,
                honorific: None,
                man: None,
                post: Some(Post {
                    span: person.post,
                    body: None,
                    adjacent: true,
                    plural: false,
                    behind: true,
                }),
                rule: "person.role",
            });
            i = person.next;
        }
    }
    found
}

struct Person {
    name: Span,
    post: Span,
    /// The first token behind both.
    next: usize,
}

/// `문태영 원장은`, `오하준 한빛대 총장`.
fn before_post(passage: &Passage<'_>, i: usize) -> Option<Person> {
    if !is_name(passage, i, passage.written(i))
        || i > 0 && passage.touch(i - 1) && passage.tokens[i - 1].word
    {
        return None;
    }
    let post = (i + 1..(i + 2 + BETWEEN).min(passage.len()))
        .take_while(|k| passage.tokens[*k].word && !passage.in_date(*k))
        .find_map(|k| Some((k, post_end(passage, k)?)))?;
    // What stands between is a body's name: bare words that name nobody else.
    let clear = (i + 1..post.0).all(|k| {
        without_particle(passage.written(k)) == passage.written(k)
            && !is_name(passage, k, passage.written(k))
            && !passage.is_stop(k)
            && passage.is(k, AgentWord::Says).is_none()
    });
    clear.then(|| Person {
        name: passage.tokens[i].span,
        post: Span {
            start: passage.tokens[i + 1].span.start,
            end: post.1,
        },
        next: post.0 + 1,
    })
}

/// `(원장 문태영)`, `(이사장 오하준·재단 대표)`: the name behind its post, in brackets.
fn in_brackets(passage: &Passage<'_>, i: usize) -> Option<Person> {
    let open = i.checked_sub(1).filter(|k| passage.mark(*k, "(（"))?;
    let close = (i..(i + 6).min(passage.len())).find(|k| passage.mark(*k, ")）"))?;
    let post = (open + 1..close)
        .take_while(|k| passage.tokens[*k].word)
        .find(|k| post_end(passage, *k).is_some())?;
    let name = post + 1;
    (name < close && is_name(passage, name, passage.written(name))).then(|| Person {
        name: passage.tokens[name].span,
        post: passage.cover(open + 1, post + 1),
        next: close,
    })
}

/// Where the noun of a post at `i` ends, its particle left out.
fn post_end(passage: &Passage<'_>, i: usize) -> Option<u32> {
    let written = passage.written(i);
    let word = without_particle(written);
    let role = passage.post(written) || word != written && passage.post(word);
    let len = if passage.post(written) {
        written.len()
    } else {
        word.len()
    };
    role.then(|| passage.tokens[i].span.start + len as u32)
}

/// Whether three syllables can be a person's name.
fn is_name(passage: &Passage<'_>, i: usize, written: &str) -> bool {
    let mut syllables = written.chars();
    let Some(family) = syllables.next() else {
        return false;
    };
    let last = written.chars().next_back();
    written.chars().count() == 3
        && written.chars().all(is_hangul)
        && is_family_name(&family.to_string())
        && last.is_some_and(|c| !NO_NAME.contains(c))
        && !passage.post(written)
        && !passage.in_place(i)
        && !passage.in_date(i)
        && !passage.is_event(i)
        && passage.is(i, AgentWord::Body).is_none()
        && !passage.is_stop(i)
}

/// Syllables of the shortest word that names a body of its own.
const LONG: usize = 4;

/// Bodies named in one word: `해양수산연구원은`, `한국등대협회(`.
pub(super) fn organizations(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (number, passage) in scene.passages.iter().enumerate() {
        if passage.titled {
            continue;
        }
        for i in 0..passage.len() {
            let written = passage.written(i);
            let word = without_particle(written);
            let body = passage.body(word);
            if !body
                || word.chars().count() < LONG
                || !word.chars().all(is_hangul)
                || passage.post(word)
            {
                continue;
            }
            let start = passage.tokens[i].span.start;
            found.push(Found {
                passage: number,
                span: Span {
                    start,
                    end: start + word.len() as u32,
                },
                acronym: acronyms::bracketed(passage, i + 1),
                firm: false,
                rule: "organization.name",
            });
        }
    }
    found
}
