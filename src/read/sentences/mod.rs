//! Sentences of the body: UAX 29 bounds, corrected for abbreviations, initials, and glued full stops.

mod bounds;
mod stops;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;

use super::Context;
use crate::lang::{AgentWord, Forms, SentenceTable};
use crate::model::Block;
use crate::source::Span;
use bounds::Stops;
use stops::Judge;

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its block in the body.
    pub block: usize,
    /// Its words, trimmed.
    pub span: Span,
}

/// The sentences of the body, in order. `language` is the body's.
///
/// They cover every character of each block that is no white space. A sentence may go on over line ends; none goes over
/// the end of its block.
pub fn split(context: Context<'_>, body: &[Block], language: Option<&str>) -> Vec<Sentence> {
    let lexicon = context.lexicons.get(language.unwrap_or("en"));
    let Some(table) = lexicon
        .or_else(|| context.lexicons.get("en"))
        .map(|l| &l.sentences)
    else {
        return Vec::new();
    };
    parted(context.text, body, table, context.lexicons.titles())
}

fn parted(
    whole: &str,
    body: &[Block],
    table: &SentenceTable,
    titles: &Forms<AgentWord>,
) -> Vec<Sentence> {
    let texts: Vec<&str> = body.iter().map(|b| b.span.of(whole)).collect();
    let judge = Judge {
        table,
        titles,
        exclaimed: exclaimed(&texts),
    };
    let stops = Stops::with(&table.stops);
    let mut sentences = Vec::new();
    for (block, (text, place)) in texts.iter().zip(body).enumerate() {
        let base = place.span.range().start;
        let mut from = 0;
        let mut push = |from: usize, to: usize| {
            let span = Span::new(base + from, base + to).trim(whole);
            if !span.is_empty() {
                sentences.push(Sentence { block, span });
            }
        };
        for bound in bounds::candidates(text, &stops) {
            if bound > from && judge.ends(text, from, bound) {
                push(from, bound);
                from = bound;
            }
        }
        push(from, text.len());
    }
    sentences
}

/// Words with an exclamation mark that is part of them (`CLiKC!`): somewhere the sentence goes on behind it.
fn exclaimed<'a>(texts: &[&'a str]) -> FxHashSet<&'a str> {
    let mut names = FxHashSet::default();
    for text in texts {
        for (at, _) in text.match_indices('!') {
            let word = stops::last_word(&text[..at]);
            let mixed = word.chars().skip(1).any(char::is_uppercase)
                && word.chars().any(char::is_lowercase);
            let rest = &text[at + 1..];
            let goes_on = rest.starts_with([',', ')', '\'', '’'])
                || rest.trim_start().starts_with(char::is_lowercase);
            if !word.is_empty() && (mixed || goes_on) {
                names.insert(word);
            }
        }
    }
    names
}
