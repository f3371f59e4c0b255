//! Events: what the release announces, opens, reports or closes, and those it only mentions.
//!
//! Passages (headline, sentences, labelled values) are searched for phrases that name an event; phrases that name the
//! same one are grouped; the heaviest group in headline and first paragraphs is what the release is about.

mod acts;
mod address;
mod after;
mod before;
mod build;
mod candidates;
mod clause;
mod extent;
mod hours;
mod house_last;
mod houses;
mod label_place;
mod label_runs;
mod labels;
mod length;
mod organizer;
mod organizer_noun;
mod passages;
mod phrases;
mod place;
mod quotes;
mod rivals;
mod scene;
mod speakers;
mod state;
mod when;
mod words;

use super::Context;
use super::agents::Agents;
use super::cuts::Cuts;
use super::dates::{DateMention, Resolver};
use super::layout::Layout;
use super::places::PlaceMention;
use super::rival::Rival;
use super::sentences::Sentence;
use crate::diagnostic::{Advice, Code, Diagnostic};
use crate::model::{Attendance, Event, Fact, Location};
use passages::Passages;
use scene::Scene;

/// What the earlier steps found, for the search of events.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// Parts of the page.
    pub layout: &'a Layout,
    /// Sentences of the body.
    pub sentences: &'a [Sentence],
    /// Words of title lines and sentences.
    pub cuts: &'a Cuts<'a>,
    /// Date expressions of the whole text, in order.
    pub dates: &'a [DateMention],
    /// Turns them into dates.
    pub resolver: &'a Resolver,
    /// Places of headline and body, in order.
    pub places: &'a [PlaceMention],
    /// People and organizations.
    pub agents: &'a Agents,
}

/// Main and mentioned events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    /// What the release is about.
    pub main: Vec<Event>,
    /// Named in passing.
    pub mentioned: Vec<Event>,
    /// What else the main event and its place could have been.
    pub rivals: Vec<Rival>,
}

/// Finds the events of a release.
pub fn find(
    context: Context<'_>,
    findings: Findings<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Events {
    let language = findings.layout.language.as_ref().map(|l| l.value.as_str());
    let Some(lexicon) = context.lexicons.get(language.unwrap_or("en")) else {
        return Events::default();
    };
    let passages = Passages::new(context.text, &lexicon.events, findings);
    let scene = Scene::new(context, findings, passages.all());
    let mut events = build::events(&scene, &passages, &lexicon.tag);
    for event in &mut events.main {
        place_by_default(context, event);
        report_gaps(event, language, diagnostics);
    }
    events
}

fn is_online(event: &Event) -> bool {
    (event.attendance.as_ref()).is_some_and(|a| a.value == Attendance::Online)
}

/// Gives an event whose text names no place the one of the settings, where they have one.
fn place_by_default(context: Context<'_>, event: &mut Event) {
    if event.location.is_none()
        && !is_online(event)
        && let Some(town) = &context.site.read.default_event_place
    {
        let location = Location {
            locality: Some(town.clone()),
            ..Location::default()
        };
        event.location = Some(Fact::configured(location, "event.place.default"));
    }
}

/// Says what a main event of a text in that language lacks to be found by others.
fn report_gaps(event: &Event, language: Option<&str>, diagnostics: &mut Vec<Diagnostic>) {
    let name = &event.name.value;
    let advice = Advice::new(name, language);
    let mut gap = |code, what: &str, hint: String| {
        let mut finding = Diagnostic::new(code, format!("no {what} for `{name}`")).hint(hint);
        finding.span = event.name.span;
        diagnostics.push(finding);
    };
    if event.location.is_none() && !is_online(event) {
        let hint = format!("say where it is held: {}", advice.place());
        gap(Code::EventWithoutPlace, "place", hint);
    }
    if event.start.is_none() && event.previous_start.is_none() {
        let hint = format!("say on which day it is held: {}", advice.day());
        gap(Code::EventWithoutDate, "day", hint);
    }
}

#[cfg(test)]
mod tests;
