//! Date expressions: found anywhere in the text, resolved later against the release's own date.

mod calendar;
mod clock;
mod grammar;
mod numeric;
mod ranges;
mod relative;
mod resolve;
mod tokens;
mod zones;

use chrono::{NaiveTime, Weekday};

use super::Context;
use crate::lang::{DateRole, Lexicons};
use crate::source::Span;
use ranges::Expression;
use tokens::{Gap, Kind, Tokens};

pub use resolve::Resolver;

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
    /// Whether only the days named are meant (`3 and 17 June`), not those between.
    pub list: bool,
    /// Where the days lie, seen from the release's own date.
    pub relative: Option<Relative>,
    /// Whether the year is taken from the next expression: `3 May and 7 June 2024`.
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
    /// Digits alone whose order nothing settles yet; the parts hold the day first.
    Ambiguous,
    /// Relative to the release date: `tomorrow`, `next Tuesday`.
    Relative,
}

/// Where a day lies, seen from the release's own date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relative {
    /// So many days after it.
    Days(i8),
    /// The weekday on or after it, within a week.
    This,
    /// The weekday after it.
    Next,
    /// The weekday before it.
    Last,
    /// A weekday without more: near, but on which side is not said.
    Near,
    /// A day of its month.
    CurrentMonth,
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
    /// Zone as the text names it; its offset depends on the day.
    pub zone: Option<String>,
}

/// Every date expression inside `range`, in order, none overlapping. `languages` are tried first to last where a word
/// belongs to several (`listopada` is October in one, November in another), then those that the text's commonest words
/// speak for; month names of every other language count too.
pub fn find(context: Context<'_>, range: Span, languages: &[&str]) -> Vec<DateMention> {
    let tokens = Tokens::new(context.text, range, context.lexicons, languages);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match may_start(&tokens, at)
            .then(|| ranges::expression(&tokens, at))
            .flatten()
        {
            Some(expression) => {
                at = expression.next.max(at + 1);
                found.push(expression);
            }
            None => at += 1,
        }
    }
    let inferred = share_years(&tokens, &mut found);
    let clocks = clock::find(&tokens, &found);
    let owned = clock::attach(&tokens, &found, &clocks);
    let mut mentions: Vec<_> = found
        .iter()
        .zip(inferred)
        .zip(owned)
        .map(|((expression, inferred), clock)| {
            let mention = mention(&tokens, context.lexicons, expression, inferred);
            with_clock(&tokens, mention, expression, clock.map(|c| &clocks[c]))
        })
        .collect();
    for day in relative::find(&tokens, &found) {
        mentions.push(relative_mention(&tokens, context.lexicons, &day));
    }
    mentions.sort_by_key(|m| m.span);
    // A clock time between two days may have drawn a date's words over a relative day's.
    mentions.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    mentions
}

/// Every clock time inside `range` that is no part of a date, in order: for labels such as `Time: 14:30`.
pub fn find_clocks(context: Context<'_>, range: Span, languages: &[&str]) -> Vec<Clock> {
    let tokens = Tokens::new(context.text, range, context.lexicons, languages);
    clock::find(&tokens, &[])
        .into_iter()
        .map(|found| found.clock)
        .collect()
}

/// The mention with its clock time; one close by is part of its words.
fn with_clock(
    tokens: &Tokens<'_>,
    mut mention: DateMention,
    date: &Expression,
    clock: Option<&clock::Found>,
) -> DateMention {
    const WORDS_BETWEEN: usize = 6;
    let Some(clock) = clock else { return mention };
    let apart = if clock.start >= date.next {
        clock.start - date.next
    } else {
        date.start.saturating_sub(clock.next)
    };
    if apart <= WORDS_BETWEEN {
        let (start, next) = (clock.start.min(date.start), clock.next.max(date.next));
        mention.span = tokens.span(start, next);
    }
    mention.clock = Some(clock.clock.clone());
    mention
}

fn relative_mention(
    tokens: &Tokens<'_>,
    lexicons: &Lexicons,
    day: &relative::Found,
) -> DateMention {
    let span = tokens.span(day.start, day.next);
    DateMention {
        span,
        start_span: span,
        end_span: None,
        start: day.parts,
        end: None,
        form: Form::Relative,
        clock: None,
        list: false,
        relative: Some(day.relative),
        inferred: true,
        rule: format!(
            "date.relative.{}.{}",
            day.relative.name(),
            lexicons.names()[day.language].tag
        ),
    }
}

fn may_start(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.get(at).map(|t| t.kind) {
        Some(Kind::Number { digits, .. }) => digits <= 4,
        Some(Kind::Word { meanings, .. }) => meanings.iter().any(|m| {
            matches!(
                m.role,
                DateRole::Month { .. }
                    | DateRole::Weekday(_)
                    | DateRole::MonthBefore
                    | DateRole::Era(_)
            )
        }),
        _ => false,
    }
}

/// Gives an expression without year that of the next one, where only joining words part them:
/// `from 3 to 5 May and from 7 to 9 June 2024`. Says which ones got theirs so.
fn share_years(tokens: &Tokens<'_>, found: &mut [Expression]) -> Vec<bool> {
    const WORDS_BETWEEN: usize = 4;
    let mut inferred = vec![false; found.len()];
    for at in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(at);
        let (Some(first), next) = (before.last_mut(), &after[0]) else {
            continue;
        };
        let last = first.last.as_ref().unwrap_or(&first.first).parts;
        let between = first.next..next.start;
        let joining = between.len() <= WORDS_BETWEEN
            && (between.start..=between.end).all(|i| tokens.gap(i) <= Gap::Wrap)
            && between
                .clone()
                .all(|i| match tokens.get(i).map(|t| t.kind) {
                    Some(Kind::Mark(mark)) => ",،、;".contains(mark),
                    Some(Kind::Word { .. }) => true,
                    _ => false,
                })
            && between
                .clone()
                .any(|i| tokens.is_mark(i, ",،、;") || tokens.after(i, DateRole::And).is_some());
        if last.year.is_some()
            || last.month.is_none()
            || next.first.parts.year.is_none()
            || !joining
        {
            continue;
        }
        let (mut end, mut ahead) = (last, next.first.parts);
        ranges::share_year(&mut end, &mut ahead);
        if let Some(side) = &mut first.last {
            side.parts.year = end.year;
            ranges::share_year(&mut first.first.parts, &mut side.parts);
        } else {
            first.first.parts.year = end.year;
        }
        inferred[at - 1] = true;
    }
    inferred
}

fn mention(
    tokens: &Tokens<'_>,
    lexicons: &Lexicons,
    expression: &Expression,
    inferred: bool,
) -> DateMention {
    let Expression {
        first,
        last,
        list,
        start,
        next,
    } = *expression;
    let language = first.language.or(last.and_then(|l| l.language));
    let tag = language.map_or("numeric", |l| lexicons.names()[l].tag.as_str());
    let shape = match last {
        Some(_) if list => "list",
        Some(_) => "range",
        None => first.shape.name(first.parts),
    };
    let form = match (first.form, last.map(|l| l.form)) {
        (Form::Ambiguous, _) | (_, Some(Form::Ambiguous)) => Form::Ambiguous,
        (form, _) => form,
    };
    DateMention {
        span: tokens.span(start, next),
        start_span: tokens.span(start, first.next),
        end_span: last.map(|l| tokens.span(l.start, l.next)),
        start: first.parts,
        end: last.map(|l| l.parts),
        form,
        clock: None,
        list,
        relative: None,
        inferred,
        rule: format!("date.{shape}.{tag}"),
    }
}
