//! Several days in one expression: ranges and lists, with the parts they share.

use chrono::NaiveDate;

use super::calendar::{leading_year, weekday};
use super::grammar::{Shape, Side, side, year_behind};
use super::tokens::{Gap, Tokens};
use super::{Form, Parts};
use crate::lang::DateRole;

/// Most days that one list may name.
const LIST: usize = 12;

/// A whole expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expression {
    pub(super) first: Side,
    pub(super) last: Option<Side>,
    /// Whether only the days named are meant, not those between.
    pub(super) list: bool,
    /// First token.
    pub(super) start: usize,
    /// The token behind it.
    pub(super) next: usize,
}

/// What joins two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    To,
    And,
    Comma,
}

/// Reads the expression that starts at `at`.
pub(super) fn expression(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    if let Some((year, next, true)) = leading_year(t, at)
        && t.gap(next) <= Gap::Space
        && let Some(mut found) = chain(t, next, Some(year))
    {
        found.start = at;
        found.first.start = at;
        return Some(without_stop(t, found));
    }
    chain(t, at, None).map(|found| without_stop(t, found))
}

/// The expression without a full stop that may end the sentence: only short words such as `г.` keep theirs.
fn without_stop(t: &Tokens<'_>, mut found: Expression) -> Expression {
    let stop = found.next.saturating_sub(1);
    let word = t.written(stop.saturating_sub(1));
    let keeps = t.number(stop.saturating_sub(1)).is_none() && word.chars().count() < 3;
    if t.is_mark(stop, ".") && !keeps {
        found.next = stop;
        found.last.as_mut().unwrap_or(&mut found.first).next = stop;
    }
    found
}

/// Whether `between` stands before a date.
fn after_between(t: &Tokens<'_>, at: usize) -> bool {
    let between = |from: usize| t.role(from, |r| (r == DateRole::Between).then_some(()));
    (1..=3).filter_map(|back| at.checked_sub(back)).any(|from| {
        between(from)
            .is_some_and(|((), next, _)| next == at || t.after(next, DateRole::Article) == Some(at))
    })
}

/// In `Monday and Tuesday, 10 and 11 June` each weekday belongs to one day.
fn part_weekdays(t: &Tokens<'_>, first: &mut Side, last: &mut Side) {
    let (Some(second), None) = (first.parts.weekday, last.parts.weekday) else {
        return;
    };
    let Some(before) = first.start.checked_sub(2) else {
        return;
    };
    if join(t, before + 1, false).is_some_and(|(_, next)| next == first.start)
        && let Some((weekday, _)) = weekday(t, before)
    {
        first.parts.weekday = Some(weekday);
        last.parts.weekday = Some(second);
    }
}

fn chain(t: &Tokens<'_>, at: usize, year: Option<i32>) -> Option<Expression> {
    let mut first = side(t, at, year.is_some())?;
    if year.is_some() {
        if first.parts.year.is_some() {
            return None;
        }
        first.parts.year = year;
        if matches!(first.shape, Shape::MonthDay | Shape::Month) {
            first.shape = Shape::YearFirst;
        }
    }
    let found = match first.shape {
        Shape::Day => return days_then_month(t, first),
        Shape::MonthDay if first.parts.year.is_none() => {
            month_then_days(t, first).or_else(|| two_dates(t, first))
        }
        Shape::YearFirst if first.parts.day.is_some() => {
            month_then_days(t, first).or_else(|| two_dates(t, first))
        }
        _ => two_dates(t, first),
    };
    found.or_else(|| {
        stands_alone(&first).then_some(Expression {
            first,
            last: None,
            list: false,
            start: first.start,
            next: first.next,
        })
    })
}

/// Whether a side means a date without another beside it.
fn stands_alone(side: &Side) -> bool {
    match side.shape {
        Shape::Day => false,
        Shape::Month => side.parts.year.is_some(),
        Shape::DigitsPartial => side.parts.weekday.is_some(),
        _ => true,
    }
}

/// `3 and 4 June 2024`, `12.-14.06.2024`, `5, 6 and 7 June`.
fn days_then_month(t: &Tokens<'_>, first: Side) -> Option<Expression> {
    let between = after_between(t, first.start);
    let mut list = false;
    let mut previous = first;
    for _ in 0..LIST {
        let (join, at) = join(t, previous.next, true)?;
        let mut next = side(t, at, true)?;
        if next.parts.day? <= previous.parts.day? {
            return None;
        }
        list |= match join {
            Join::To => false,
            Join::And => !between,
            Join::Comma => true,
        };
        match next.shape {
            Shape::Day => previous = next,
            Shape::DayMonth | Shape::Digits | Shape::DigitsPartial => {
                if next.shape == Shape::DigitsPartial && next.parts.weekday.is_none()
                    || next.form == Form::Ambiguous
                {
                    return None;
                }
                let mut start = first;
                start.parts.month = next.parts.month;
                next.parts.year = next.parts.year.or(first.parts.year);
                start.parts.year = next.parts.year;
                start.language = next.language;
                start.form = next.form;
                start.shape = next.shape;
                part_weekdays(t, &mut start, &mut next);
                return Some(joined(start, next, list));
            }
            _ => return None,
        }
    }
    None
}

/// `June 12-14, 2024`, `June 5, 6 and 7, 2024`, `2023年11月21日至23日`.
fn month_then_days(t: &Tokens<'_>, first: Side) -> Option<Expression> {
    let mut list = false;
    let mut previous = first;
    let mut best = None;
    for _ in 0..LIST {
        let Some((join, at)) = join(t, previous.next, true) else {
            break;
        };
        let Some(mut next) = side(t, at, true).filter(|s| s.shape == Shape::Day) else {
            break;
        };
        if next.parts.day <= previous.parts.day {
            break;
        }
        list |= join != Join::To;
        next.parts.month = first.parts.month;
        next.parts.year = first.parts.year;
        previous = next;
        let mut start = first;
        let mut sure = join == Join::To
            || first.parts.year.is_some() && first.shape == Shape::YearFirst && join == Join::And;
        if first.parts.year.is_none() {
            let (year, after) = year_behind(t, next.next, "");
            if year.is_some() {
                start.parts.year = year;
                next.parts.year = year;
                next.next = after;
                sure = true;
            } else if join == Join::And {
                // `June 5 and 10 ministers` is no list: something must end it.
                sure = t.gap(next.next) == Gap::Line || t.mark(next.next).is_some();
            }
        }
        if sure {
            best = Some(joined(start, next, list));
            if start.parts.year.is_some() && first.parts.year.is_none() {
                break;
            }
        }
    }
    best
}

/// `30 April to 2 May 2024`, `March to May 2024`, and lists of two days that follow each other.
fn two_dates(t: &Tokens<'_>, first: Side) -> Option<Expression> {
    let (join, at) = join(t, first.next, false)?;
    let next = side(t, at, true)?;
    if next.shape == Shape::Day || next.parts.day.is_some() != first.parts.day.is_some() {
        return None;
    }
    if next.shape == Shape::DigitsPartial
        && !stands_alone(&next)
        && first.shape != Shape::DigitsPartial
    {
        return None;
    }
    if first.weak && first.parts.year.is_none() && next.weak && next.parts.year.is_none() {
        return None;
    }
    let (mut start, mut end) = (first, next);
    share_year(&mut start.parts, &mut end.parts);
    if start.parts.month.is_none() || end.parts.month.is_none() {
        return None;
    }
    let partial =
        |s: &Side| matches!(s.shape, Shape::DigitsPartial | Shape::Month) && s.parts.year.is_none();
    if partial(&start) || partial(&end) || backwards(start.parts, end.parts, join) {
        return None;
    }
    let list = join == Join::And && !after_between(t, first.start);
    if join == Join::Comma || list && start.parts.day.is_some() && !next_day(start.parts, end.parts)
    {
        return None;
    }
    Some(joined(start, end, list))
}

fn joined(first: Side, last: Side, list: bool) -> Expression {
    Expression {
        first,
        last: Some(last),
        list,
        start: first.start,
        next: last.next,
    }
}

/// Gives one side the other's year, a year apart where the range crosses New Year.
pub(super) fn share_year(first: &mut Parts, last: &mut Parts) {
    let crosses = (first.month, first.day) > (last.month, last.day);
    match (first.year, last.year) {
        (None, Some(year)) => first.year = Some(year - i32::from(crosses)),
        (Some(year), None) => last.year = Some(year + i32::from(crosses)),
        _ => {}
    }
}

/// Whether a range would end before it starts. Without years it may cross New Year.
fn backwards(first: Parts, last: Parts, join: Join) -> bool {
    let key = |p: Parts| (p.year, p.month, p.day);
    key(first) >= key(last) && (first.year.is_some() || join != Join::To || key(first) == key(last))
}

fn next_day(first: Parts, last: Parts) -> bool {
    // In a year unknown, 28 February is not followed by 1 March for certain.
    let day = |p: Parts| NaiveDate::from_ymd_opt(p.year.unwrap_or(2000), p.month?, p.day?);
    day(first).and_then(|d| d.succ_opt()) == day(last)
}

/// What joins two sides at `at`, and the token behind it. `days`: sides are days alone, which a comma may part.
fn join(t: &Tokens<'_>, at: usize, days: bool) -> Option<(Join, usize)> {
    if t.is_mark(at, "-–—―‐‑−~～〜") {
        return (t.gap(at) <= Gap::Space && t.gap(at + 1) <= Gap::Wrap)
            .then_some((Join::To, at + 1));
    }
    if t.gap(at) > Gap::Wrap {
        return None;
    }
    if t.is_mark(at, "/") && days {
        return Some((Join::And, at + 1));
    }
    if t.is_mark(at, "&+") {
        return Some((Join::And, at + 1));
    }
    let comma = t.is_mark(at, ",、،，");
    let word = at + usize::from(comma);
    if let Some((found, next, _)) = t.role(word, |role| match role {
        DateRole::To => Some(Join::To),
        DateRole::And => Some(Join::And),
        _ => None,
    }) && t.gap(word) <= Gap::Wrap
        && t.gap(next) <= Gap::Wrap
    {
        return Some((found, next));
    }
    (comma && days && t.gap(word) <= Gap::Wrap).then_some((Join::Comma, word))
}
