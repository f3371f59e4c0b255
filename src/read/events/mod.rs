//! Events: what the release announces, opens, reports or closes, and those it only mentions.

use super::Context;
use super::agents::Agents;
use super::dates::{DateMention, Resolver};
use super::layout::Layout;
use super::places::PlaceMention;
use super::sentences::Sentence;
use crate::diagnostic::Diagnostic;
use crate::model::Event;

/// What the earlier steps found, for the search of events.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// Parts of the page.
    pub layout: &'a Layout,
    /// Sentences of the body.
    pub sentences: &'a [Sentence],
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
}

/// Finds the events of a release.
pub fn find(
    _context: Context<'_>,
    _findings: Findings<'_>,
    _diagnostics: &mut Vec<Diagnostic>,
) -> Events {
    Events::default()
}
