//! Places that are not the event's, and why.

use super::candidates::Candidate;
use super::place;
use super::scene::Scene;
use super::when::own_passages;
use crate::model::{Fact, Location};
use crate::read::places::PlaceMention;
use crate::read::rival::{MOST, Rival};

/// Places of the text that could be the event's, other than the one that is.
pub(super) fn of_place(
    scene: &Scene<'_>,
    candidate: &Candidate,
    location: Option<&Fact<Location>>,
) -> Vec<Rival> {
    let own = own_passages(scene, candidate);
    let dateline = (scene.findings.layout.dateline.as_ref()).and_then(|d| d.place.span);
    let reason = |place: &PlaceMention| {
        let span = place.span;
        if dateline.is_some_and(|dateline| dateline.overlaps(span)) {
            return "is where the release was written";
        }
        let passage = (own.iter()).find(|index| scene.passages[**index].span.contains(span));
        passage.map_or("stands in no sentence of the event", |index| {
            place::objection(scene, candidate, *index, place)
                .unwrap_or("gives way to a place named nearer to the event")
        })
    };
    (scene.findings.places.iter())
        .filter(|place| location.is_none_or(|chosen| !says(place, chosen)))
        .take(MOST)
        .map(|place| Rival::new("events.0.location", place.span, reason(place)))
        .collect()
}

/// Whether a mention is where the place was read, or names the same town again.
fn says(place: &PlaceMention, location: &Fact<Location>) -> bool {
    let same = place.locality.is_some() && place.locality == location.value.locality;
    same || location.span.is_some_and(|span| place.span.overlaps(span))
}
