//! What search engines make of a release: whether its article and each of its main events are valid (schema.org),
//! eligible (Google's stated conditions) and complete (Google's recommended properties).
//!
//! The documents themselves are judged, as they would be published: what the settings add counts, and what they keep
//! back does not. A gap is told with the sentence or setting that would fill it; nothing fills it but the office.

mod article;
mod event;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Image, Published, Related, Release, Site, Standing};
use crate::source::{Offsets, Span};
use crate::write::json_ld::Documents;

/// Pixels that a picture must have.
const LEAST_PIXELS: u64 = 50_000;

/// What is said of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The document.
    pub node: Node,
    /// What it lacks, the worst first.
    pub gaps: Vec<Gap>,
}

/// A document that search engines judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// The release as `NewsArticle`.
    Article,
    /// A main event, by its number.
    Event(u32),
}

/// What a gap keeps a document from being.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Valid: it can be published.
    Valid,
    /// Eligible: search engines may show it as what it is.
    Eligible,
    /// Complete: it says all that they recommend.
    Complete,
}

/// One thing that a document lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The finding's code.
    pub code: Code,
    /// What it keeps the document from being.
    pub tier: Tier,
    /// The property of schema.org.
    pub property: &'static str,
    /// The sentence or setting that would fill it.
    pub fill: String,
    /// The words that the document is about.
    span: Option<Span>,
}

impl Verdict {
    /// Whether nothing keeps the document from that.
    pub fn is(&self, tier: Tier) -> bool {
        self.lacking(tier).next().is_none()
    }

    /// What keeps the document from that.
    pub fn lacking(&self, tier: Tier) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(move |gap| gap.tier == tier)
    }

    /// The gaps as findings.
    pub fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        self.gaps.iter().map(move |gap| {
            let message = match self.node {
                Node::Article => format!("the article has no suitable `{}`", gap.property),
                Node::Event(number) => {
                    format!("event {number} has no suitable `{}`", gap.property)
                }
            };
            let finding = Diagnostic::new(gap.code, message).hint(gap.fill.as_str());
            Diagnostic {
                span: gap.span,
                ..finding
            }
        })
    }
}

/// Judges the documents that a release would be published as: the article, then its main events in order.
pub fn judge(release: &Release, site: &Site) -> Vec<Verdict> {
    let published = first_version(release);
    let documents = Documents::of(&published, site);
    let article = Verdict::of(
        Node::Article,
        article::gaps(&documents.article, release),
        release.headline.as_ref().and_then(|fact| fact.span),
    );
    let events =
        (documents.events.iter().zip(&release.events)).map(|((number, document), event)| {
            let gaps = event::gaps(document, event, release);
            Verdict::of(Node::Event(*number), gaps, event.name.span)
        });
    std::iter::once(article).chain(events).collect()
}

impl Verdict {
    fn of(node: Node, mut gaps: Vec<Gap>, span: Option<Span>) -> Self {
        gaps.sort_by_key(|gap| gap.tier);
        for gap in &mut gaps {
            gap.span = span;
        }
        Self { node, gaps }
    }
}

impl Gap {
    fn new(code: Code, tier: Tier, property: &'static str, fill: impl Into<String>) -> Self {
        Self {
            code,
            tier,
            property,
            fill: fill.into(),
            span: None,
        }
    }
}

/// A release as it would be if it were published for the first time. No gap depends on when or where that is.
fn first_version(release: &Release) -> Published {
    let numbers = 1..=release.events.len() as u32;
    Published {
        release: release.clone(),
        diagnostics: Vec::new(),
        bytes: Vec::new(),
        offsets: Offsets::default(),
        version: 1,
        first_created: DateTime::<Utc>::UNIX_EPOCH,
        version_created: DateTime::<Utc>::UNIX_EPOCH,
        changed: DateTime::<Utc>::UNIX_EPOCH,
        first_published: None,
        standing: Standing::Usable,
        page: String::new(),
        event_numbers: numbers.collect(),
        event_items: vec![None; release.events.len()],
        former_events: Vec::new(),
        told_before: BTreeMap::new(),
        archive_folder: String::new(),
        change: None,
        note: None,
        alternates: Vec::new(),
        translation_of: None,
        related: Related::default(),
    }
}

/// The values of a property, one or many.
fn all<'v>(node: &'v Value, property: &str) -> Vec<&'v Value> {
    match &node[property] {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    }
}

/// Whether there is a picture of that width or more that search engines take (GA-5, GE-17).
fn shows<'i>(mut images: impl Iterator<Item = &'i Image>, least_width: u32) -> bool {
    let pixels = |image: &Image| u64::from(image.width) * u64::from(image.height);
    images.any(|image| image.width >= least_width && pixels(image) >= LEAST_PIXELS)
}

/// Whether a value says something.
fn says(node: &Value, property: &str) -> bool {
    !node[property].is_null()
}
