//! The organizer that a sentence names by a noun: `Veranstalter des Forums ist der X`, `X is the organiser of the forum`.

use super::passages::Passage;
use crate::lang::EventWord;
use crate::source::Span;

/// Words between the noun and the verb: the event stands between them.
const BETWEEN: usize = 8;

/// The body that the noun of an organizer at `noun`, `len` tokens long, is said of: it stands right behind the verb, or right
/// before it.
pub(super) fn named_by(passage: &Passage<'_>, noun: usize, len: usize) -> Option<Span> {
    let words = &passage.words;
    // `Partner der Veranstalter ist …`: another noun is said to be somebody.
    let opens =
        (0..noun).all(|k| !words.tokens[k].word || words.is(k, EventWord::Article).is_some());
    let after_article = |k: usize| k + words.is(k, EventWord::Article).unwrap_or(0);
    let clause = |k: &usize| words.tokens[*k].word;
    let verb = (noun + len..words.len().min(noun + len + BETWEEN))
        .take_while(clause)
        .find_map(|k| Some(k + words.is(k, EventWord::Is)?));
    if let Some(behind) = verb.filter(|_| opens) {
        return (passage.organization_at(after_article(behind)))
            .or_else(|| passage.organization_at(behind));
    }
    let article = [EventWord::Article, EventWord::Indefinite];
    let lead = (article.iter().find_map(|word| words.ends(noun, *word))).unwrap_or(0);
    let verb = noun - lead;
    let before = verb.checked_sub(words.ends(verb, EventWord::Is)?)?;
    passage.organization_ending(before.checked_sub(1)?)
}
