//! Title lines and sentences, cut into words once for every step that reads them.

use std::rc::Rc;

use super::Context;
use super::layout::Layout;
use super::sentences::Sentence;
use super::words::{Meanings, Token, tokens, without_particle};
use crate::lang::{EventTable, Meaning};
use crate::model::Fact;
use crate::source::Span;

/// Tokens of the longest form of an event table.
pub(super) const LONGEST: usize = 10;

/// The words of a release.
#[derive(Debug, Default)]
pub struct Cuts<'a> {
    /// Headline, subtitle and summary; the last two only where they stand outside the body.
    pub(super) titles: [Option<Cut<'a>>; 3],
    /// One for each sentence.
    pub(super) sentences: Vec<Cut<'a>>,
}

/// The words of a passage, with what the event table says of them.
#[derive(Debug, Clone)]
pub(super) struct Cut<'a> {
    pub(super) tokens: Rc<[Token]>,
    pub(super) found: Rc<Meanings<Meaning<'a>>>,
    /// Tokens that mean something only without the particle behind them, in order.
    pub(super) parted: Rc<[usize]>,
    /// A [bit] for each word that the passage has: most are asked for at every token, and stand at none.
    pub(super) kinds: u128,
}

impl<'a> Cuts<'a> {
    /// Cuts title lines and sentences as the language of the body does, or as English where it is not known.
    pub fn of(context: Context<'a>, layout: &Layout, sentences: &[Sentence]) -> Self {
        let language = layout.language.as_ref().map_or("en", |l| l.value.as_str());
        let Some(lexicon) = context.lexicons.get(language) else {
            return Self::default();
        };
        let cut = |span| Cut::of(context.text, span, &lexicon.events);
        let outside = |fact: &Option<Fact<String>>| {
            let span = fact.as_ref()?.span?;
            (!layout.body.iter().any(|b| b.span.contains(span))).then(|| cut(span))
        };
        let headline = layout.headline.as_ref().and_then(|fact| fact.span);
        Self {
            titles: [
                headline.map(cut),
                outside(&layout.subtitle),
                outside(&layout.summary),
            ],
            sentences: sentences.iter().map(|s| cut(s.span)).collect(),
        }
    }
}

impl<'a> Cut<'a> {
    /// Parts a passage into tokens and looks them up.
    pub(super) fn of(text: &str, span: Span, table: &'a EventTable) -> Self {
        let tokens = tokens(text, span, table.style);
        let index = table.index();
        let mut found = Meanings::with_capacity(tokens.len());
        let mut parted = Vec::new();
        let mut kinds = 0;
        for (i, token) in tokens.iter().enumerate() {
            found.next_token();
            if !token.word {
                continue;
            }
            let form = |k: usize| {
                let token = tokens.get(i + k).filter(|_| k < LONGEST);
                token.map(|t| t.folded.as_str())
            };
            index.meanings(form, |meaning, len| {
                kinds |= bit(meaning);
                found.push(meaning, len);
            });
            let bare = without_particle(&token.folded);
            if bare.len() < token.folded.len() && found.is_bare() {
                let form = |k: usize| (k == 0).then_some(bare);
                index.meanings(form, |meaning, len| {
                    kinds |= bit(meaning);
                    found.push(meaning, len);
                });
                if !found.is_bare() {
                    parted.push(i);
                }
            }
        }
        Self {
            tokens: tokens.into(),
            found: Rc::new(found),
            parted: parted.into(),
            kinds,
        }
    }

    /// What the event table says of a token as it is written.
    pub(super) fn plain(&self, token: usize) -> &[(Meaning<'a>, usize)] {
        if self.parted.binary_search(&token).is_ok() {
            return &[];
        }
        self.found.at(token)
    }
}

/// The bit of the noun of an event, whatever its kind.
pub(super) const NOUN: u128 = 1 << (u128::BITS - 1);

/// The bit of a word that is no number.
fn bit(meaning: Meaning<'_>) -> u128 {
    match meaning {
        Meaning::Word(word) => 1 << word as u32,
        Meaning::Noun(_) => NOUN,
        _ => 0,
    }
}
