//! Dates of digits alone.

use super::calendar::{century, continues_number};
use super::tokens::{Gap, Tokens};
use super::{Form, Parts};
use crate::model::DateOrder;

/// A date of digits: its parts, how it is known, and the token behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digits {
    pub(super) parts: Parts,
    pub(super) form: Form,
    pub(super) next: usize,
    /// The order the parts are written in.
    pub(super) order: DateOrder,
}

/// A full date of digits at `at`. `joined`: it ends a range, so digits and a dash may stand before it.
///
/// Digits that can be read in two orders give day before month, as [`Form::Ambiguous`].
pub(super) fn full(t: &Tokens<'_>, at: usize, joined: bool) -> Option<Digits> {
    if !joined && continues_number(t, at) {
        return None;
    }
    let (first, first_digits) = t.number(at)?;
    if let Some(found) = blanks(t, at) {
        return Some(found);
    }
    let mark = separator(t, at + 1)?;
    let (second, second_digits) = t.number(at + 2)?;
    if separator(t, at + 3)? != mark || second_digits > 2 {
        return None;
    }
    let (third, third_digits) = t.number(at + 4)?;
    let next = at + 5;
    if runs_on(t, next) || (t.gap(at + 2) != t.gap(at + 4)) && t.gap(at + 4) > Gap::Space {
        return None;
    }
    let date = |year: i32, month: u32, day: u32| Parts {
        year: Some(year),
        month: Some(month),
        day: Some(day),
        weekday: None,
    };
    let month = |value: u32| (1..=12).contains(&value);
    let day = |value: u32| (1..=31).contains(&value);
    if first_digits == 4 {
        let next = if mark == '.' && t.is_mark(next, ".") && t.glued(next) {
            next + 1
        } else {
            next
        };
        let fits =
            third_digits <= 2 && month(second) && day(third) && (1500..2200).contains(&first);
        return fits.then_some(Digits {
            parts: date(first.cast_signed(), second, third),
            form: Form::Numeric,
            next,
            order: DateOrder::YearMonthDay,
        });
    }
    if first_digits > 2 {
        return None;
    }
    let year = match third_digits {
        4 if (1500..2200).contains(&third) => third.cast_signed(),
        4 if (2400..2700).contains(&third) => third.cast_signed() - 543,
        // Two digits of a year are believed where the rest looks like nothing else.
        2 if mark == '/' || mark == '.' && first_digits == 2 && second_digits == 2 => {
            century(third)
        }
        _ => return None,
    };
    let (parts, form, order) = in_order(first, second, year, mark == '.')?;
    Some(Digits {
        parts,
        form,
        next,
        order,
    })
}

/// Parts of digits whose year stands last: day first where that may be. `dotted`: the day always comes first.
fn in_order(first: u32, second: u32, year: i32, dotted: bool) -> Option<(Parts, Form, DateOrder)> {
    let month = |value: u32| (1..=12).contains(&value);
    let day = |value: u32| (1..=31).contains(&value);
    let date = |month: u32, day: u32| Parts {
        year: Some(year),
        month: Some(month),
        day: Some(day),
        weekday: None,
    };
    if month(second) && day(first) {
        let settled = first > 12 || first == second || dotted;
        let form = if settled {
            Form::Numeric
        } else {
            Form::Ambiguous
        };
        Some((date(second, first), form, DateOrder::DayMonthYear))
    } else if month(first) && day(second) && !dotted {
        Some((date(first, second), Form::Numeric, DateOrder::MonthDayYear))
    } else {
        None
    }
}

/// `04 03 2006`: two digits, two digits, a year of our time, and no other number beside them.
fn blanks(t: &Tokens<'_>, at: usize) -> Option<Digits> {
    let two = |at: usize| {
        let (value, digits) = t.number(at)?;
        (digits == 2).then_some(value)
    };
    let (first, second) = (two(at)?, two(at + 1)?);
    let (year @ 1990..=2099, 4) = t.number(at + 2)? else {
        return None;
    };
    let apart = (at + 1..at + 3).all(|at| t.gap(at) == Gap::Space);
    let alone = at.checked_sub(1).is_none_or(|before| {
        t.number(before).is_none() && !t.is_mark(before, "+()-/.") || t.gap(at) == Gap::Line
    }) && (t.number(at + 3).is_none() && !t.is_mark(at + 3, "-/")
        || t.gap(at + 3) == Gap::Line);
    let (parts, form, order) = in_order(first, second, year.cast_signed(), false)?;
    (apart && alone).then_some(Digits {
        parts,
        form,
        next: at + 3,
        order,
    })
}

/// A day and month of digits, without year: proof of nothing by itself.
pub(super) fn day_and_month(t: &Tokens<'_>, at: usize) -> Option<Digits> {
    if continues_number(t, at) {
        return None;
    }
    let (first, first_digits) = t.number(at)?;
    let mark = separator(t, at + 1).filter(|&m| m != '-')?;
    let (second, second_digits) = t.number(at + 2)?;
    if first_digits > 2 || second_digits != 2 && mark != '.' || second_digits > 2 {
        return None;
    }
    let mut next = at + 3;
    if mark == '.' && t.is_mark(next, ".") && t.glued(next) {
        next += 1;
    }
    if t.glued(next) && t.number(next).is_some() || runs_on(t, next) && !t.is_mark(next, "-–") {
        return None;
    }
    let parts = |month, day| Parts {
        month: Some(month),
        day: Some(day),
        ..Parts::default()
    };
    let (parts, form) = match (first, second) {
        (1..=12, 1..=31) if mark == '.' && t.month_first => (parts(first, second), Form::Numeric),
        (1..=12, 1..=12) if first != second && mark != '.' => {
            (parts(second, first), Form::Ambiguous)
        }
        (1..=31, 1..=12) => (parts(second, first), Form::Numeric),
        (1..=12, 1..=31) if mark != '.' => (parts(first, second), Form::Numeric),
        _ => return None,
    };
    Some(Digits {
        parts,
        form,
        next,
        order: DateOrder::DayMonthYear,
    })
}

/// The mark between two numbers; a blank may follow a full stop only.
fn separator(t: &Tokens<'_>, at: usize) -> Option<char> {
    let mark = t.mark(at).filter(|m| "./-".contains(*m))?;
    let blank = if mark == '.' { Gap::Space } else { Gap::None };
    (t.glued(at) && t.gap(at + 1) <= blank).then_some(mark)
}

/// Whether the digits belong to something longer: a version, an address, a telephone number.
fn runs_on(t: &Tokens<'_>, next: usize) -> bool {
    t.is_mark(next, "./-_")
        && t.glued(next)
        && t.glued(next + 1)
        && t.number(next + 1)
            .is_some_and(|(_, digits)| digits != 4 && digits != 2 || t.is_mark(next, "./_"))
        || t.glued(next) && t.number(next).is_some()
}
