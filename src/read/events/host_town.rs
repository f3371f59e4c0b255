//! The town that has the event within it, told by a verb of its own.

use std::ops::Range;

use super::address;
use super::place::Town;
use super::scene::Scene;
use crate::lang::{EventWord, NameStyle};

/// The town that has the event within it: `Leeds hosts the forum`, `تستضيف دبي المنتدى`.
pub(super) fn find(scene: &Scene<'_>, index: usize, own: &impl Fn(usize) -> bool) -> Option<Town> {
    const REACH: usize = 7;
    const LONGEST: usize = 3;
    let passage = &scene.passages[index];
    let words = &passage.words;
    // Nothing but a day and an article stands before a subject.
    let opens = |first: usize| {
        (0..first).all(|k| {
            passage.is_date(k)
                || !words.tokens[k].word
                || words.any(k, &[EventWord::Article, EventWord::Span])
        })
    };
    let named = |end: usize| {
        let mut starts = scene
            .in_passage(index)
            .map(|p| scene.phrases[p].tokens.start);
        starts.any(|start| (end..=end + REACH).contains(&start) && own(start))
    };
    let initial = words.table.style == NameStyle::Initial;
    (0..words.len()).find_map(|verb| {
        let len = words.is(verb, EventWord::Houses)?;
        let light = words.ends(verb, EventWord::Light).unwrap_or(0);
        let name = |run: Range<usize>| {
            let span = words.span(&run)?;
            let places = &scene.findings.places[passage.places.clone()];
            let known = places
                .iter()
                .find(|p| p.span == span && p.locality.is_some());
            known
                .map(Town::of)
                .or_else(|| address::town_called(scene, span))
        };
        let (town, behind) = if initial {
            // The verb comes first.
            let from = verb + len;
            let mut ends = (from + 1..=words.len().min(from + LONGEST)).rev();
            ends.find_map(|end| Some((name(from..end)?, end)))?
        } else {
            let end = verb - light;
            let mut starts = (end.saturating_sub(LONGEST)..end).filter(|k| opens(*k));
            let capital = |k: &usize| words.tokens[*k].capital && !passage.is_date(*k);
            starts
                .find(capital)
                .and_then(|first| Some((name(first..end)?, verb + len)))?
        };
        named(behind).then_some(town)
    })
}
