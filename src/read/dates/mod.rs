//! Date expressions: found anywhere in the text, resolved later against the release's own date.

use chrono::{NaiveTime, Weekday};

use crate::model::Zone;
use crate::source::Span;

/// One end of a date expression, as far as its words go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// Year, where written (or shared by a range).
    pub year: Option<i32>,
    /// Month, 1 to 12.
    pub month: Option<u32>,
    /// Day of the month.
    pub day: Option<u32>,
    /// Weekday, where written; a check, and evidence for the year.
    pub weekday: Option<Weekday>,
}

/// A date expression.
#[derive(Debug, Clone, PartialEq)]
pub struct DateMention {
    /// All of its words, weekday and clock time included.
    pub span: Span,
    /// Words of the first day alone: for `30 April to 2 May 2024` it is `30 April`.
    pub start_span: Span,
    /// Words of the last day, where the expression is a range or list.
    pub end_span: Option<Span>,
    /// First day.
    pub start: Parts,
    /// Last day of a range or list.
    pub end: Option<Parts>,
    /// How the expression is built.
    pub form: Form,
    /// Clock time that belongs to it.
    pub clock: Option<Clock>,
    /// Whether any part is taken from another part of the expression or resolved by rule.
    pub inferred: bool,
    /// Name of the rule, language last: `date.day-month-year.ru`.
    pub rule: String,
}

/// How a date expression is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Month in words (or CJK sign): cannot be misread.
    Named,
    /// Digits alone, four-digit year first, or day above 12, or settled by evidence.
    Numeric,
    /// Digits alone whose order nothing settles yet.
    Ambiguous,
    /// Relative to the release date: `tomorrow`, `next Tuesday`.
    Relative,
}

/// A clock time or span of hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Its words.
    pub span: Span,
    /// From.
    pub start: NaiveTime,
    /// Until.
    pub end: Option<NaiveTime>,
    /// Zone, where named. Abbreviations with daylight saving are resolved on the day.
    pub zone: Option<Zone>,
}

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::model::{Date, DateOrder, Fact};

/// Every date expression inside `range`, in order, none overlapping. `languages` are tried first to last where a word
/// belongs to several (`mar` is March in one, Tuesday in another); month names of every other language count too.
pub fn find(_context: Context<'_>, _range: Span, _languages: &[&str]) -> Vec<DateMention> {
    Vec::new()
}

/// Resolves mentions to dates: knows the day the release was published and the order of numeric dates.
#[derive(Debug, Clone)]
pub struct Resolver {
    /// The publication date, where known: gives years and anchors relative dates.
    pub anchor: Option<Date>,
    /// Order of numeric dates, and whether a written date in the text settles it (else it is a convention: `inferred`).
    pub order: Option<(DateOrder, bool)>,
}

impl Resolver {
    /// The first and the last day of a mention, as facts; `None` where the words do not suffice (a month name alone, a day
    /// without month). Diagnostics: weekday that contradicts its date, ambiguity.
    pub fn resolve(
        &self,
        _context: Context<'_>,
        _mention: &DateMention,
        _diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Fact<Date>, Option<Fact<Date>>)> {
        None
    }
}
