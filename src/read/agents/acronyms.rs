//! Acronyms in brackets, and the names that their letters lead to.

use super::scene::{Passage, Scene};
use crate::lang::{AgentWord, NameStyle};
use crate::source::Span;

/// The acronym in the brackets that open at `i`, if they hold one and nothing else.
pub(super) fn bracketed(passage: &Passage<'_>, i: usize) -> Option<Span> {
    if !passage.has_bracket || !passage.mark(i, "(（") {
        return None;
    }
    let close = (i + 1..(i + 6).min(passage.len())).find(|k| passage.mark(*k, ")）"))?;
    if close == i + 1 {
        return None;
    }
    let span = passage.cover(i + 1, close);
    is_acronym(span.of(passage.text)).then_some(span)
}

/// Whether a word looks like an acronym: two capitals or more, hardly anything else, no blank.
pub(super) fn is_acronym(word: &str) -> bool {
    let mut capitals = 0;
    let mut small = 0;
    for c in word.chars() {
        if c.is_uppercase() {
            capitals += 1;
        } else if c.is_lowercase() {
            small += 1;
        } else if !c.is_ascii_digit() && !matches!(c, '-' | '–' | '.' | '&' | '/') {
            return false;
        }
    }
    capitals >= 2 && small < capitals && capitals + small <= 10
}

/// Names that nothing but the acronym behind them marks: `the Alpine Rescue Compact (ARC)`. Its letters must open the
/// words, and the text must treat it as one that acts; a thing or a measure may have an acronym too.
pub(super) fn led_by<'a>(passage: &Passage<'a>, scene: &Scene<'a>) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    let tokens = if passage.has_bracket {
        passage.len()
    } else {
        0
    };
    for i in 0..tokens {
        let Some(acronym) = bracketed(passage, i) else {
            continue;
        };
        let Some(start) = opened(passage, i, acronym.of(passage.text)) else {
            continue;
        };
        let head = if scene.style == NameStyle::Romance {
            start
        } else {
            i - 1
        };
        let other = passage.is(head, AgentWord::NotBody).is_some()
            || passage.is(i - 1, AgentWord::NotBody).is_some();
        if !other && acts(scene, acronym.of(passage.text)) {
            found.push((passage.cover(start, i), acronym));
        }
    }
    found
}

/// Where the words begin whose first letters are the acronym's, `end` being behind the last.
pub(super) fn opened(passage: &Passage<'_>, end: usize, acronym: &str) -> Option<usize> {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_uppercase()).collect();
    let mut left = letters.len();
    let mut i = end;
    while left > 0 {
        i = i.checked_sub(1)?;
        let token = &passage.tokens[i];
        if !token.word {
            if matches!(token.folded.as_str(), "-" | "&" | "'" | "’") {
                continue;
            }
            return None;
        }
        let parts: Vec<char> = token
            .span
            .of(passage.text)
            .split('-')
            .filter_map(|part| part.chars().next())
            .collect();
        let fits = |c: char, l: char| c.to_uppercase().eq(l.to_uppercase());
        if parts.len() <= left
            && parts.len() > 1
            && parts
                .iter()
                .zip(&letters[left - parts.len()..left])
                .all(|(c, l)| fits(*c, *l))
        {
            left -= parts.len();
        } else if token.capital && fits(parts[0], letters[left - 1]) {
            left -= 1;
        } else if token.capital || end - i > 3 * letters.len() {
            return None;
        }
    }
    (passage.tokens[i].capital && letters.len() > 1).then_some(i)
}

/// Whether the text has the acronym do something, own something, or have somebody in office.
fn acts<'a>(scene: &Scene<'a>, acronym: &'a str) -> bool {
    if let Some(known) = scene.acting.borrow().get(acronym) {
        return *known;
    }
    let found = scene.starts_of(acronym).any(|(index, token)| {
        let passage = &scene.passages[index];
        let start = passage.tokens[token].span.range().start;
        let written = passage.written(token) == acronym
            || acronym.contains('-') && passage.text[start..].starts_with(acronym);
        written && acts_at(passage, token)
    });
    scene.acting.borrow_mut().insert(acronym, found);
    found
}

/// Whether the acronym at token `i` does something, owns something, or has somebody in office.
fn acts_at(passage: &Passage<'_>, i: usize) -> bool {
    let inside = passage.mark(i + 1, ")");
    let behind = if inside { i + 2 } else { i + 1 };
    let owns = passage.mark(behind, "'’")
        && passage.folded(behind + 1) == "s"
        && passage.is(behind + 2, AgentWord::Role).is_some();
    let office = passage.is(behind, AgentWord::Role).is_some();
    let does = (behind..(behind + 3).min(passage.len())).any(|k| passage.is_agentive(k));
    owns || office || does || in_office(passage, i)
}

/// Whether a post's noun and a joint lead to the name that ends at token `i`: `Director of the …`, `organised by the …`.
fn in_office(passage: &Passage<'_>, i: usize) -> bool {
    let from = i.saturating_sub(12);
    (from..i)
        .rev()
        .take_while(|k| !passage.mark(*k, ",;:."))
        .any(|k| {
            passage.is(k, AgentWord::Joint).is_some() && passage.ends(k, AgentWord::Role).is_some()
        })
}
