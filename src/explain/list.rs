//! The list below the text: every fact with its value, basis and rule, then the candidates that lost.

use super::{Entry, Explanation, Standing};
use crate::diagnostic::printable;
use crate::model::Basis;
use crate::source::{Position, Span};

/// A row of the list of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) field: String,
    pub(super) value: String,
    pub(super) standing: Standing,
    /// The rule, and where its words stand: `headline.line at 1:1`.
    pub(super) source: String,
}

/// The list of facts, in the order of the record.
pub(super) fn rows(explanation: &Explanation<'_>, places: &Places) -> Vec<Row> {
    (explanation.entries.iter())
        .map(|entry| Row {
            field: entry.field.clone(),
            value: printable(&entry.value).into_owned(),
            standing: entry.standing,
            source: source(entry, places),
        })
        .collect()
}

fn source(entry: &Entry, places: &Places) -> String {
    let place = entry.span.map(|span| places.of(span));
    match (entry.rule.as_str(), place) {
        ("", None) => String::new(),
        ("", Some(place)) => place,
        (rule, None) => rule.to_owned(),
        (rule, Some(place)) => format!("{rule} at {place}"),
    }
}

/// The candidates that lost, each as a line that begins with its field.
pub(super) fn rivals(explanation: &Explanation<'_>, places: &Places) -> Vec<(String, String)> {
    (explanation.rivals.iter())
        .map(|rival| {
            let words = shortened(&explanation.words(rival.span));
            let words = printable(&words).into_owned();
            let place = places.of(rival.span);
            (
                rival.field.to_owned(),
                format!("`{words}` at {place} {}", rival.reason),
            )
        })
        .collect()
}

/// So much of the words as a line has room for.
pub(super) fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(MOST).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

/// Lines and columns of all spans, found in one walk over the text.
#[derive(Debug)]
pub(super) struct Places(std::collections::BTreeMap<u32, Position>);

impl Places {
    pub(super) fn new(explanation: &Explanation<'_>) -> Self {
        let text = explanation.source.text.as_str();
        let facts = explanation.entries.iter().filter_map(|entry| entry.span);
        let spans = facts.chain(explanation.rivals.iter().map(|rival| rival.span));
        let mut offsets: Vec<u32> = spans.map(|span| span.start).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let (mut at, mut place) = (0, Position { line: 1, column: 1 });
        let walk = offsets.into_iter().map(|offset| {
            let between = text.get(at..offset as usize).unwrap_or_default();
            place.line += between.matches('\n').count();
            place.column = match between.rsplit_once('\n') {
                Some((_, last)) => last.chars().count() + 1,
                None => place.column + between.chars().count(),
            };
            at = offset as usize;
            (offset, place)
        });
        Self(walk.collect())
    }

    /// Line and column of where a span starts.
    pub(super) fn of(&self, span: Span) -> String {
        (self.0.get(&span.start)).map_or_else(String::new, |place| {
            format!("{}:{}", place.line, place.column)
        })
    }
}

impl Standing {
    /// What words of this standing are underlined with.
    pub(super) fn sign(self) -> char {
        match self {
            Self::Fact(Basis::Inferred) => '~',
            Self::Fact(_) => '^',
            Self::Aside => '.',
        }
    }
}
