//! Which part of the page each line is: chrome, notice, headline, date line, dateline, body, notes, contacts, boilerplate.

use super::Context;
use super::blocks::Line;
use super::dates::DateMention;
use crate::diagnostic::Diagnostic;
pub use crate::lang::LabelKind;
use crate::model::{Block, Contact, Date, Dateline, Fact, Link, Notice};
use crate::source::Span;

/// The parts of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Language of the body, BCP 47.
    pub language: Option<Fact<String>>,
    /// Language of the page around it, where a notice or its words tell.
    pub page_language: Option<String>,
    /// Title line.
    pub headline: Option<Fact<String>>,
    /// Second title line.
    pub subtitle: Option<Fact<String>>,
    /// Publication date, resolved.
    pub published: Option<Fact<Date>>,
    /// Update stamp.
    pub modified: Option<Fact<Date>>,
    /// Embargo.
    pub embargo: Option<Fact<Date>>,
    /// Place and date that open the body.
    pub dateline: Option<Dateline>,
    /// Standfirst, where the text sets one apart.
    pub summary: Option<Fact<String>>,
    /// The text itself.
    pub body: Vec<Block>,
    /// Page furniture.
    pub notices: Vec<Notice>,
    /// Standing paragraphs.
    pub boilerplate: Vec<Block>,
    /// Section for journalists.
    pub notes_to_editors: Vec<Block>,
    /// Press contacts.
    pub contacts: Vec<Contact>,
    /// Addresses in the text.
    pub links: Vec<Link>,
    /// Labelled values inside the body (`WHEN: …`, `Ort: …`), in order.
    pub labels: Vec<Label>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What the label asks for.
    pub kind: LabelKind,
    /// The label's words.
    pub label: Span,
    /// Its value: on the same line or the lines below.
    pub value: Span,
}

/// Finds the parts of the page. `mentions` are the date expressions of the whole text.
pub fn lay_out(
    _context: Context<'_>,
    _lines: &[Line],
    _mentions: &[DateMention],
    _diagnostics: &mut Vec<Diagnostic>,
) -> Layout {
    Layout::default()
}
