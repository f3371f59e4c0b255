//! People who open, address or join an event: who does it, not everybody whom the sentence names.

use super::candidates::Candidate;
use super::clause;
use super::passages::{Passage, Role, within};
use super::scene::Scene;
use super::when;
use crate::lang::EventWord;
use crate::model::Fact;

/// What a speaker does.
const SPEAKS: &[EventWord] = &[EventWord::Opens, EventWord::Closes, EventWord::Attends];

/// The speakers that the event's own sentences name.
pub(super) fn find(scene: &Scene<'_>, candidate: &Candidate) -> Vec<Fact<String>> {
    let mut found: Vec<Fact<String>> = Vec::new();
    for index in when::own_passages(scene, candidate) {
        let passage = &scene.passages[index];
        let words = &passage.words;
        let speaks = (0..words.len()).any(|i| words.any(i, SPEAKS));
        if !speaks || matches!(passage.role, Role::Headline | Role::Subtitle) {
            continue;
        }
        let mut last = None;
        for (span, person) in &scene.people[within(&scene.people, passage.span, |m| m.0)] {
            let token = words.token_at(span.start);
            let acts = match stands(passage, token) {
                Stand::Joined => last.unwrap_or(true),
                Stand::Acts => true,
                Stand::Beside => false,
            };
            last = Some(acts);
            let Some(person) = scene.findings.agents.people.get(*person) else {
                continue;
            };
            if acts && found.iter().all(|f| f.value != person.name.value) {
                found.push(Fact::stated(
                    person.name.value.clone(),
                    *span,
                    "event.speaker",
                ));
            }
        }
    }
    found
}

/// How a person's name stands in its sentence.
enum Stand {
    /// As the subject, or behind `by`.
    Acts,
    /// Joined to the name before.
    Joined,
    /// Behind another preposition, or as the object of another verb: `in the absence of`, `who replaced`.
    Beside,
}

fn stands(passage: &Passage<'_>, token: usize) -> Stand {
    let words = &passage.words;
    let Some(before) = token.checked_sub(1) else {
        return Stand::Acts;
    };
    if let Some(len) = words.ends(token, EventWord::Agent) {
        // `in Abwesenheit von`: of somebody, not by.
        let noun = token - len;
        let of = noun > 1
            && clause::is_plain(passage, noun - 2..noun - 1)
            && !clause::is_plain(passage, noun - 1..noun)
            && !words.any(noun - 1, when::GOVERNORS);
        return if of { Stand::Beside } else { Stand::Acts };
    }
    if clause::ends_preposition(passage, token) {
        return Stand::Beside;
    }
    if !words.tokens[before].word || words.is(before, EventWord::And).is_some() {
        return Stand::Joined;
    }
    let verb = !words.tokens[before].capital
        && !clause::is_plain(passage, before..token)
        && !words.any(before, SPEAKS)
        && before > 0
        && words.tokens[before - 1].word
        && words.is(before - 1, EventWord::Article).is_none()
        && (words.is(before - 1, EventWord::Stop).is_some()
            || words.is(before - 1, EventWord::Which).is_some());
    if verb { Stand::Beside } else { Stand::Acts }
}
