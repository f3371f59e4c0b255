//! A reading as an editor wants to see it: the text with every fact marked where it was found, its basis and rule, and
//! the candidates that lost.

mod html;
mod list;
mod marks;
mod terminal;
mod values;

pub use html::page;
pub use terminal::Screen;

use crate::diagnostic::Diagnostic;
use crate::model::{Basis, Release};
use crate::read::{Reading, Rival};
use crate::source::{Source, Span};

/// Why words are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// They carry a fact.
    Fact(Basis),
    /// They are page furniture, and no part of the release.
    Aside,
}

impl Standing {
    fn word(self) -> &'static str {
        match self {
            Self::Fact(Basis::Stated) => "stated",
            Self::Fact(Basis::Inferred) => "inferred",
            Self::Fact(Basis::Configured) => "configured",
            Self::Aside => "set aside",
        }
    }
}

/// A fact, or a line that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// Path of the field in the record.
    field: String,
    /// The value as the record prints it.
    value: String,
    standing: Standing,
    /// The rule that read it.
    rule: String,
    /// The words that carry it.
    span: Option<Span>,
}

/// All that is known of one text.
#[derive(Debug)]
pub struct Explanation<'a> {
    source: &'a Source,
    entries: Vec<Entry>,
    rivals: &'a [Rival],
    findings: &'a [Diagnostic],
}

impl<'a> Explanation<'a> {
    /// What a reading of `source` gave.
    pub fn new(source: &'a Source, reading: &'a Reading) -> Self {
        let mut entries = facts(&reading.release);
        entries.extend(asides(&reading.release));
        Self {
            source,
            entries,
            rivals: &reading.rivals,
            findings: &reading.diagnostics,
        }
    }

    /// The words under a span, on one line; nothing where they are not in the text.
    fn words(&self, span: Span) -> String {
        let words = self.source.text.get(span.range()).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn facts(release: &Release) -> Vec<Entry> {
    let values = values::Values::of(release);
    (release.evidence().into_iter())
        .map(|evidence| Entry {
            value: values.at(&evidence.field),
            standing: Standing::Fact(evidence.basis),
            rule: evidence.rule.as_str().to_owned(),
            span: evidence.span,
            field: evidence.field,
        })
        .collect()
}

fn asides(release: &Release) -> impl Iterator<Item = Entry> {
    (release.notices.iter().enumerate()).map(|(i, notice)| Entry {
        field: format!("notices.{i}"),
        value: notice.kind.code().to_owned(),
        standing: Standing::Aside,
        rule: String::new(),
        span: Some(notice.span),
    })
}

#[cfg(test)]
mod tests;
