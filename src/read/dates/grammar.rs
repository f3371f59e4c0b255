//! One day (or month) of a date expression, weekday included.

use super::calendar::{
    Month, continues_number, day, leading_year, month, number_goes_on, weekday, year,
};
use super::numeric;
use super::tokens::{Gap, Tokens};
use super::{Form, Parts};
use crate::lang::DateRole;
use crate::model::DateOrder;

/// What is written of a date, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A day alone: the first of several.
    Day,
    /// `21 November 2023`.
    DayMonth,
    /// `November 21, 2023`.
    MonthDay,
    /// `November 2023`.
    Month,
    /// `2023年11月21日`.
    YearFirst,
    /// `21.11.2023`.
    Digits,
    /// `11/21/2023`.
    DigitsMonthFirst,
    /// `2023-11-21`.
    DigitsYearFirst,
    /// `21.11.`: needs a fuller date or a weekday beside it.
    DigitsPartial,
}

impl Shape {
    /// How rules are named after it.
    pub(super) fn name(self, parts: Parts) -> &'static str {
        match (self, parts.year.is_some(), parts.day.is_some()) {
            (Self::Day, ..) => "day",
            (Self::DayMonth, true, _) | (Self::Digits, ..) => "day-month-year",
            (Self::DayMonth, false, _) | (Self::DigitsPartial, ..) => "day-month",
            (Self::MonthDay, true, _) | (Self::DigitsMonthFirst, ..) => "month-day-year",
            (Self::MonthDay, false, _) => "month-day",
            (Self::Month, true, _) => "month-year",
            (Self::Month, false, _) => "month",
            (Self::YearFirst, _, false) => "year-month",
            (Self::YearFirst | Self::DigitsYearFirst, ..) => "year-month-day",
        }
    }
}

/// One side of a range, or a whole date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) parts: Parts,
    pub(super) shape: Shape,
    pub(super) form: Form,
    /// Language of its words; `None` for digits.
    pub(super) language: Option<usize>,
    /// Whether its month name proves too little by itself.
    pub(super) weak: bool,
    /// First token.
    pub(super) start: usize,
    /// The token behind it.
    pub(super) next: usize,
}

/// Reads one side at `at`. `joined`: another side stands before it.
pub(super) fn side(t: &Tokens<'_>, at: usize, joined: bool) -> Option<Side> {
    let mut start = None;
    let mut found = None;
    let mut bracket = false;
    let mut next = at;
    for _ in 0..3 {
        if start.is_some() || joined {
            while let Some(after) = t.after(next, DateRole::Article) {
                next = after;
            }
        }
        if let Some(side) = core(t, next, joined && start.is_none()) {
            let mut side = side;
            if bracket {
                if !t.is_mark(side.next, ")）") {
                    return None;
                }
                side.next += 1;
            }
            side.start = start.unwrap_or(side.start);
            side.parts.weekday = found;
            found.is_none().then(|| trailing_weekday(t, &mut side));
            return acceptable(&side, found.is_some()).then_some(side);
        }
        let (day, after) = weekday(t, next).filter(|_| found.is_none())?;
        if t.is_mark(next, "(（[") && !joined {
            return None;
        }
        start = Some(next);
        found = Some(day);
        next = after;
        bracket = t.is_mark(next, "(（");
        if bracket || t.is_mark(next, ",，،、/") {
            next += 1;
        }
        if t.gap(next) > Gap::Wrap {
            return None;
        }
        if let Some(after) = t.after(next, DateRole::Of) {
            next = after;
        }
    }
    None
}

fn acceptable(side: &Side, weekday: bool) -> bool {
    // A weekday is as good a proof as a year.
    let full = side.parts.year.is_some() && side.parts.day.is_some();
    !side.weak || full || weekday && side.parts.day.is_some()
}

/// `21 November 2023, Tuesday` and `2023年11月21日（火）`, unless the weekday opens the next date.
fn trailing_weekday(t: &Tokens<'_>, side: &mut Side) {
    if side.shape == Shape::Month {
        return;
    }
    let comma = t.is_mark(side.next, ",，");
    let at = side.next + usize::from(comma);
    if t.gap(at) > Gap::Space {
        return;
    }
    let bracket = t.is_mark(at, "(（[");
    if !bracket && matches!(side.shape, Shape::Day | Shape::DigitsPartial) {
        return;
    }
    let Some((day, next)) = weekday(t, at) else {
        return;
    };
    let ahead = next + usize::from(t.is_mark(next, ","));
    let opens_next = t.number(ahead).is_some() || month(t, ahead).is_some();
    if bracket || !opens_next || !comma && t.is_mark(next, ",") && t.number(ahead).is_none() {
        side.parts.weekday = Some(day);
        side.next = next;
    }
}

fn core(t: &Tokens<'_>, at: usize, joined: bool) -> Option<Side> {
    digits(t, at, joined)
        .or_else(|| year_first(t, at))
        .or_else(|| day_first(t, at, joined))
        .or_else(|| month_first(t, at))
        .or_else(|| partial_digits(t, at))
        .or_else(|| day_alone(t, at, joined))
}

fn digits(t: &Tokens<'_>, at: usize, joined: bool) -> Option<Side> {
    let found = numeric::full(t, at, joined)?;
    let shape = match found.order {
        DateOrder::YearMonthDay => Shape::DigitsYearFirst,
        DateOrder::MonthDayYear => Shape::DigitsMonthFirst,
        DateOrder::DayMonthYear => Shape::Digits,
    };
    Some(of_digits(at, found, shape))
}

fn partial_digits(t: &Tokens<'_>, at: usize) -> Option<Side> {
    numeric::day_and_month(t, at).map(|found| of_digits(at, found, Shape::DigitsPartial))
}

fn of_digits(at: usize, found: numeric::Digits, shape: Shape) -> Side {
    Side {
        parts: found.parts,
        shape,
        form: found.form,
        language: None,
        weak: false,
        start: at,
        next: found.next,
    }
}

/// A side with a month in words or signs.
fn named(start: usize, next: usize, shape: Shape, month: Month, parts: Parts) -> Side {
    Side {
        parts: Parts {
            month: Some(month.number),
            ..parts
        },
        shape,
        form: Form::Named,
        language: Some(month.language),
        weak: month.weak,
        start,
        next,
    }
}

fn year_first(t: &Tokens<'_>, at: usize) -> Option<Side> {
    let (value, next, signed) = leading_year(t, at)?;
    if t.gap(next) > Gap::Space {
        return None;
    }
    let next = if t.is_mark(next, "-/") && t.glued(next) {
        next + 1
    } else {
        next
    };
    let month = month(t, next)?;
    let day = month_then_day(t, &month);
    // In `record of 2007 January 7, 2008` the first year belongs to what stands before.
    let other_year = day.is_some_and(|(_, next)| year_behind(t, next, "").0.is_some());
    if !signed && (day.is_none() || other_year) {
        return None;
    }
    let (day, next) = day.map_or((None, month.next), |(d, n)| (Some(d), n));
    let parts = Parts {
        year: Some(value),
        day,
        ..Parts::default()
    };
    Some(named(at, next, Shape::YearFirst, month, parts))
}

/// `21 November 2023`: also glued, hyphenated, with `of` or `de` between, and without a year.
pub(super) fn day_first(t: &Tokens<'_>, at: usize, joined: bool) -> Option<Side> {
    if !joined && continues_number(t, at) {
        return None;
    }
    let (day, next) = day(t, at)?;
    let next = between(t, next, "-–/.");
    if t.gap(next) > Gap::Wrap {
        return None;
    }
    let month = month(t, next)?;
    let (year, next) = year_behind(t, month.next, "-–/.");
    let parts = Parts {
        year,
        day: Some(day),
        ..Parts::default()
    };
    Some(named(at, next, Shape::DayMonth, month, parts))
}

/// `November 21, 2023`, `November 2023`, `November`.
fn month_first(t: &Tokens<'_>, at: usize) -> Option<Side> {
    let month = month(t, at)?;
    let (year, after_year) = year_behind(t, month.next, "");
    if year.is_some() {
        let parts = Parts {
            year,
            ..Parts::default()
        };
        return Some(named(at, after_year, Shape::Month, month, parts));
    }
    let Some((day, next)) = month_then_day(t, &month) else {
        return Some(named(at, month.next, Shape::Month, month, Parts::default()));
    };
    let (year, next) = year_behind(t, next, "-–/");
    let parts = Parts {
        year,
        day: Some(day),
        ..Parts::default()
    };
    Some(named(at, next, Shape::MonthDay, month, parts))
}

fn month_then_day(t: &Tokens<'_>, month: &Month) -> Option<(u32, usize)> {
    let mut at = month.next;
    if t.is_mark(at, "-/") && t.glued(at) && t.glued(at + 1) {
        at += 1;
    } else if let Some(after) = t.after(at, DateRole::Article) {
        at = after;
    }
    if t.gap(at) > Gap::Wrap {
        return None;
    }
    let (value, next) = day(t, at)?;
    (!number_goes_on(t, next)).then_some((value, next))
}

/// The year that ends a date, with a comma or `de` before it; the token behind either.
pub(super) fn year_behind(t: &Tokens<'_>, at: usize, glue: &str) -> (Option<i32>, usize) {
    let mut next = between(t, at, glue);
    if next == at && t.is_mark(at, ",،，") {
        next = at + 1;
    }
    if t.gap(next) <= Gap::Wrap
        && let Some((value, after)) = year(t, next)
    {
        return (Some(value), after);
    }
    (None, at)
}

/// Past one glued mark, or past words such as `of`, `de` and `d’`.
fn between(t: &Tokens<'_>, at: usize, marks: &str) -> usize {
    if t.is_mark(at, marks) && t.glued(at) && t.glued(at + 1) {
        return at + 1;
    }
    let mut next = at;
    for _ in 0..2 {
        let Some(after) = t.after(next, DateRole::Of) else {
            break;
        };
        next = after + usize::from(t.is_mark(after, "'’") && t.glued(after));
    }
    next
}

fn day_alone(t: &Tokens<'_>, at: usize, joined: bool) -> Option<Side> {
    if !joined && continues_number(t, at) {
        return None;
    }
    let (value, next) = day(t, at)?;
    (!number_goes_on(t, next) || t.is_mark(next, "/")).then(|| Side {
        parts: Parts {
            day: Some(value),
            ..Parts::default()
        },
        shape: Shape::Day,
        form: Form::Named,
        language: None,
        weak: false,
        start: at,
        next,
    })
}
