//! The year that an event is called after.

use chrono::Datelike;

use super::candidates::Candidate;
use super::passages::Role;
use super::scene::Scene;
use crate::model::{Date, EventKind};
use crate::read::dates::DateMention;

/// Events are called after no year before this one that is not their own.
const EARLIEST: i32 = 1995;

/// A day without a year, where the page has no date to tell it from and the only year in the event's names does: `Congress 2007
/// … on 13 November`.
pub(super) fn of(
    scene: &Scene<'_>,
    candidate: &Candidate,
    mention: &DateMention,
) -> Option<DateMention> {
    let start = &mention.start;
    let open = start.month.is_some() && start.day.is_some() && start.year.is_none();
    if !open || mention.relative.is_some() || scene.findings.resolver.anchor.is_some() {
        return None;
    }
    // What an exhibition shows is of another year.
    let names = candidate.phrases.iter().map(|p| &scene.phrases[*p]);
    let names = names.filter(|phrase| phrase.kind != EventKind::Exhibition);
    let mut years = names.filter_map(|phrase| {
        let passage = scene.passage_of(phrase);
        // Right behind the noun, in the headline.
        let year = passage.words.year(phrase.head.end);
        year.filter(|year| passage.role == Role::Headline && *year >= EARLIEST)
    });
    let year = years.next()?;
    let single = years.all(|other| other == year);
    let mut start = *start;
    start.year = Some(year);
    let day = Date::from_parts(year, start.month, start.day)?.naive_day()?;
    let fits = start.weekday.is_none_or(|weekday| weekday == day.weekday());
    (single && fits).then(|| DateMention {
        start,
        inferred: true,
        rule: format!("{}.named-year", mention.rule),
        ..mention.clone()
    })
}
