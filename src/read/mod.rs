//! From text to facts: the only part of the program that reads prose.
//!
//! Pure: text, tables and settings in, record out; no clock, no disk, no network. The steps, in order:
//! [`blocks`] ─► [`dates`] ─► [`layout`] ─► [`sentences`] ─► [`cuts`] ─► [`places`] ─► [`agents`] ─► [`events`] ─► assembly.

pub mod agents;
mod assemble;
pub mod blocks;
pub mod configured;
pub mod cuts;
pub mod dates;
pub mod events;
pub mod layout;
pub mod places;
mod rival;
pub mod sentences;
mod words;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::lang::Lexicons;
use crate::model::{Release, Site};
use crate::source::{Source, Span};
pub use rival::Rival;

/// What reading one source gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The facts.
    pub release: Release,
    /// What the operator should know.
    pub diagnostics: Vec<Diagnostic>,
    /// What else headline, publication date, main event and its place could have been.
    pub rivals: Vec<Rival>,
}

/// What every step may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The text that all spans point into.
    pub text: &'a str,
    /// The language tables.
    pub lexicons: &'a Lexicons,
    /// The site's settings.
    pub site: &'a Site,
}

/// Reads one source.
pub fn read(source: &Source, lexicons: &Lexicons, site: &Site) -> Reading {
    let text = source.text.as_str();
    let context = Context {
        text,
        lexicons,
        site,
    };
    let mut diagnostics = Vec::new();
    let lines = blocks::lines(text);
    let whole = Span::new(0, text.len());
    let dates = dates::find(context, whole, &[]);
    let layout = layout::lay_out(context, &lines, &dates, &mut diagnostics);
    let language = layout.language.as_ref().map(|l| l.value.clone());
    let anchor = layout.published.as_ref().map(|p| p.value.clone());
    let resolver = dates::Resolver::new(context, &dates, language.as_deref(), anchor);
    let sentences = sentences::split(context, &layout.body, language.as_deref());
    let cuts = cuts::Cuts::of(context, &layout, &sentences);
    let places = places::find(context, whole, language.as_deref());
    let agents = agents::find(context, &layout, &sentences, &cuts, &places, &dates);
    let events = events::find(
        context,
        events::Findings {
            layout: &layout,
            sentences: &sentences,
            cuts: &cuts,
            dates: &dates,
            resolver: &resolver,
            places: &places,
            agents: &agents,
        },
        &mut diagnostics,
    );
    let rivals = [layout.rivals.as_slice(), events.rivals.as_slice()].concat();
    Reading {
        release: assemble::assemble(context, source, layout, agents, events),
        diagnostics,
        rivals,
    }
}

/// The range of sorted things that begin inside `span`.
fn within<T>(things: &[T], span: Span, place: impl Fn(&T) -> Span) -> Range<usize> {
    let start = things.partition_point(|t| place(t).start < span.start);
    let len = things[start..].partition_point(|t| place(t).start < span.end);
    start..start + len
}
