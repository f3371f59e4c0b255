//! Google's profile of events (RULES GE-1 to GE-20), as far as a document shows it. Whether anyone may book (GE-3), and
//! whether it is an event at all (GE-5), only people can tell.

use serde_json::Value;

use super::{Gap, Tier, all, says, shows};
use crate::diagnostic::{Advice, Code};
use crate::model::{Event, Release};

/// Countries whose events Google shows as such (GE-6): Australia, Canada, Germany, India, Spain, the United Kingdom,
/// the United States, and Latin America.
const SHOWN_IN: &[&str] = &[
    "AR", "AU", "BO", "BR", "CA", "CL", "CO", "CR", "CU", "DE", "DO", "EC", "ES", "GB", "GT", "HN",
    "HT", "IN", "MX", "NI", "PA", "PE", "PR", "PY", "SV", "US", "UY", "VE",
];

/// Width in pixels that a picture must have (GE-17).
const LEAST_WIDTH: u32 = 720;

/// What an event of a release lacks.
pub(super) fn gaps(document: &Value, event: &Event, release: &Release) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let called = event.name.value.as_str();
    let language = release.language.as_ref().map(|fact| fact.value.as_str());
    let advice = Advice::new(called, language);
    when(document, advice, &mut gaps);
    place(document, advice, &mut gaps);
    name(document, &mut gaps);
    let images = release.images.iter().map(|fact| &fact.value);
    let of_it = images.filter(|image| image.event.as_deref() == Some(called));
    recommended(document, advice, shows(of_it, LEAST_WIDTH), &mut gaps);
    gaps
}

/// GE-8, GE-12.
fn when(document: &Value, advice: Advice<'_>, gaps: &mut Vec<Gap>) {
    let mut gap = |code, fill| gaps.push(Gap::new(code, Tier::Eligible, "startDate", fill));
    match document["startDate"].as_str() {
        None => gap(Code::EventWithoutDate, advice.day()),
        Some(date) if date.len() < "2026-01-01".len() => {
            gap(Code::EventWithoutDay, advice.day());
        }
        Some(_) => {}
    }
}

/// GE-4, GE-6, GE-9, GE-10.
fn place(document: &Value, advice: Advice<'_>, gaps: &mut Vec<Gap>) {
    let locations = all(document, "location");
    let of_type = |kind: &'static str| move |place: &&&Value| place["@type"] == kind;
    let Some(place) = locations.iter().find(of_type("Place")) else {
        let online = document["eventAttendanceMode"]
            .as_str()
            .is_some_and(|mode| mode.ends_with("/OnlineEventAttendanceMode"));
        gaps.push(
            if online
                || locations
                    .iter()
                    .any(|place| of_type("VirtualLocation")(&place))
            {
                let fill = "nothing, if it is held on the net alone";
                Gap::new(Code::EventOnlineOnly, Tier::Eligible, "location", fill)
            } else {
                Gap::new(
                    Code::EventWithoutPlace,
                    Tier::Eligible,
                    "location",
                    advice.place(),
                )
            },
        );
        return;
    };
    match place["address"]["addressCountry"].as_str() {
        _ if !says(place, "address") => {
            let code = Code::EventWithoutAddress;
            gaps.push(Gap::new(
                code,
                Tier::Eligible,
                "location.address",
                advice.place(),
            ));
        }
        Some(country) if !SHOWN_IN.contains(&country) => {
            let fill = "nothing: Google shows events of some countries only";
            gaps.push(Gap::new(
                Code::EventElsewhere,
                Tier::Eligible,
                "location.address",
                fill,
            ));
        }
        _ => {}
    }
    if !says(place, "name") {
        gaps.push(Gap::new(
            Code::EventWithoutVenue,
            Tier::Complete,
            "location.name",
            advice.place(),
        ));
    }
}

/// GE-7.
fn name(document: &Value, gaps: &mut Vec<Gap>) {
    let name = document["name"].as_str().unwrap_or_default();
    let locations = all(document, "location");
    let is_venue =
        |place: &&Value| place["name"] == name || place["address"]["addressLocality"] == name;
    if name.contains("://") || locations.iter().any(is_venue) {
        let fill =
            "`name` under `[[event]]` in the sidecar: what it is called, without venue or address";
        gaps.push(Gap::new(Code::EventNameUnfit, Tier::Eligible, "name", fill));
    }
}

/// Properties that Google recommends; `shown`: a picture shows the event.
fn recommended(document: &Value, advice: Advice<'_>, shown: bool, gaps: &mut Vec<Gap>) {
    let wanted = [
        (
            "endDate",
            Code::EventWithoutEnd,
            format!(
                "where it lasts longer than a day: {}",
                advice.say("is held from DAY to DAY MONTH YEAR", "`end`")
            ),
        ),
        (
            "image",
            Code::EventWithoutImage,
            format!(
                "a picture of it, 720 pixels wide or more: `file`, `alt` and `event = \"{}\"` under `[[image]]` in the sidecar",
                advice.name
            ),
        ),
        (
            "description",
            Code::EventWithoutDescription,
            format!("a paragraph of the text that calls it `{}`", advice.name),
        ),
        (
            "organizer",
            Code::EventWithoutOrganizer,
            advice.say("is organized by BODY", "`organizer`"),
        ),
        (
            "performer",
            Code::EventWithoutPerformer,
            "who speaks there, by name, or `speakers` under `[[event]]` in the sidecar".to_owned(),
        ),
        (
            "offers",
            Code::EventWithoutOffers,
            "nothing: Dateline reads no prices".to_owned(),
        ),
    ];
    for (property, code, fill) in wanted {
        let there = match property {
            "image" => shown,
            _ => says(document, property),
        };
        if !there {
            gaps.push(Gap::new(code, Tier::Complete, property, fill));
        }
    }
}
