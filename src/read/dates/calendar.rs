//! Days, months, years and weekdays: the single words of a date.

use chrono::Weekday;

use super::tokens::{Gap, Kind, Tokens};
use crate::lang::DateRole;

/// Longest abbreviation, in characters, that takes a full stop.
const ABBREVIATION: usize = 5;

/// Longest month name, in bytes, that is likely to be another word in another language.
const ABBREVIATION_OR_NAME: usize = 4;

/// Longest short form of a weekday, in bytes.
const SHORT_WEEKDAY: usize = 3;

/// A month, read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    /// 1 to 12.
    pub(super) number: u32,
    /// The token behind it.
    pub(super) next: usize,
    /// Language of its name.
    pub(super) language: usize,
    /// Whether the word alone proves too little: day and year must stand beside it.
    pub(super) weak: bool,
}

/// A day of the month with its ordinal ending or sign: value, token behind.
pub(super) fn day(t: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (value, digits) = t.number(at)?;
    if !(1..=31).contains(&value) || digits > 2 {
        return None;
    }
    let mut next = at + 1;
    if t.glued(next) {
        if let Some(after) = t.after(next, DateRole::Ordinal) {
            next = after;
        } else if t.is_mark(next, ".°") && !(t.glued(next + 1) && t.number(next + 1).is_some()) {
            next += 1;
        } else if t.is_mark(next, "-’'")
            && t.glued(next + 1)
            && let Some(after) = t.after(next + 1, DateRole::Ordinal)
        {
            next = after;
        }
    }
    if t.gap(next) <= Gap::Space
        && let Some(after) = t.after(next, DateRole::DayAfter)
    {
        next = stop(t, after);
    }
    Some((value, next))
}

/// Whether a number is part of a longer one, an amount or a reference, seen from its left.
pub(super) fn continues_number(t: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| t.glued(at)) else {
        return false;
    };
    match t.get(before).map(|b| b.kind) {
        Some(Kind::Mark(mark)) => {
            let joins = match before
                .checked_sub(1)
                .and_then(|at| t.get(at))
                .map(|b| b.kind)
            {
                Some(Kind::Number { .. }) => true,
                // `Date:2030-05-03`; and where words are not spaced marks have no blank behind them.
                Some(Kind::Word { .. }) => mark != ':' && t.written(before - 1).is_ascii(),
                Some(Kind::Mark(_)) | None => false,
            };
            "$€£¥₽#§+№".contains(mark) || ".,:/-–".contains(mark) && t.glued(before) && joins
        }
        Some(Kind::Number { .. }) => true,
        Some(Kind::Word { .. }) => t.written(before).is_ascii(),
        None => false,
    }
}

/// Whether a number goes on behind `next`: `5,000`, `5.3`, `5:30`, `5 %`.
pub(super) fn number_goes_on(t: &Tokens<'_>, next: usize) -> bool {
    if t.is_mark(next, "%‰") {
        return true;
    }
    t.is_mark(next, ".,:/'’")
        && t.glued(next)
        && t.glued(next + 1)
        && t.number(next + 1)
            .is_some_and(|(value, digits)| digits != 4 || !(1500..2700).contains(&value))
}

/// A month: a name, a name twice (`آذار/مارس`), or a number with its sign.
pub(super) fn month(t: &Tokens<'_>, at: usize) -> Option<Month> {
    named_month(t, at).or_else(|| numbered_month(t, at))
}

fn named_month(t: &Tokens<'_>, at: usize) -> Option<Month> {
    let ((number, ordinary), mut next, language) = t.role(at, |role| match role {
        DateRole::Month { number, ordinary } => Some((number, ordinary)),
        _ => None,
    })?;
    let capital = matches!(t.get(at)?.kind, Kind::Word { capital: true, .. });
    let written = t.written(at);
    // `Mars`, `Mart` and `Maj` are names elsewhere; longer names of months are hardly anything else.
    let foreign =
        written.is_ascii() && written.len() <= ABBREVIATION_OR_NAME && !t.is_present(language);
    if written.chars().count() <= ABBREVIATION {
        next = stop(t, next);
    }
    if t.is_mark(next, "/")
        && t.gap(next) <= Gap::Space
        && let Some(((), after, _)) = t.role(next + 1, |role| {
            matches!(role, DateRole::Month { number: n, .. } if n == number).then_some(())
        })
    {
        next = after;
    }
    Some(Month {
        number,
        next,
        language,
        weak: ordinary && !capital || foreign,
    })
}

fn numbered_month(t: &Tokens<'_>, at: usize) -> Option<Month> {
    let of_year = |at: usize| {
        let (value, digits) = t.number(at)?;
        ((1..=12).contains(&value) && digits <= 2).then_some(value)
    };
    let sign = |at: usize, wanted: DateRole| t.role(at, |r| (r == wanted).then_some(()));
    if let Some(number) = of_year(at) {
        let ((), next, language) = sign(at + 1, DateRole::MonthAfter)?;
        let weak = false;
        return (t.gap(at + 1) <= Gap::Space).then_some(Month {
            number,
            next,
            language,
            weak,
        });
    }
    let ((), next, language) = sign(at, DateRole::MonthBefore)?;
    let number = of_year(next).filter(|_| t.gap(next) <= Gap::Wrap)?;
    Some(Month {
        number,
        next: next + 1,
        language,
        weak: false,
    })
}

/// A year with the words beside it: `2023`, `’23`, `năm 2023`, `2566` of the Buddhist era, `令和6年`.
pub(super) fn year(t: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
    let mut at = at;
    if let Some(after) = t.after(at, DateRole::Year) {
        at = stop(t, after);
    } else if t.is_mark(at, "'’") && t.glued(at + 1) {
        let (value, 2) = t.number(at + 1)? else {
            return None;
        };
        return Some((century(value), at + 2));
    }
    let (value, next) = year_number(t, at)?;
    Some((value, beside_year(t, next).0))
}

/// A year that opens a date: value, token behind, whether a word or sign says that it is a year.
pub(super) fn leading_year(t: &Tokens<'_>, at: usize) -> Option<(i32, usize, bool)> {
    if let Some((before, next, _)) = t.role(at, |role| match role {
        DateRole::Era(before) => Some(before),
        _ => None,
    }) {
        let count = match t.number(next) {
            Some((count @ 1..=150, _)) => count.cast_signed(),
            _ if t.written(next) == "元" => 1,
            _ => return None,
        };
        let after = t.after(next + 1, DateRole::Year)?;
        return Some((before + count, after, true));
    }
    if continues_number(t, at) {
        return None;
    }
    let (value, next) = year_number(t, at)?;
    let next = if t.is_mark(next, ".") && t.glued(next) {
        next + 1
    } else {
        next
    };
    let (next, signed) = beside_year(t, next);
    Some((value, next, signed))
}

fn year_number(t: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
    let (value, digits) = t.number(at)?;
    let next = at + 1;
    if digits != 4 || number_goes_on(t, next) && t.glued(next) {
        return None;
    }
    match value {
        1500..=2199 => Some((value.cast_signed(), next)),
        2400..=2699 => Some((value.cast_signed() - 543, next)),
        _ => None,
    }
}

fn beside_year(t: &Tokens<'_>, at: usize) -> (usize, bool) {
    if t.gap(at) <= Gap::Wrap
        && let Some(after) = t.after(at, DateRole::Year)
    {
        // A word like `года` ends a sentence with its full stop, a letter like `г` has one of its own.
        let short = t.written(at).chars().count() <= 2;
        return (if short { stop(t, after) } else { after }, true);
    }
    (at, false)
}

/// Two digits of a year: 1970 to 2069.
pub(super) fn century(two: u32) -> i32 {
    two.cast_signed() + if two < 70 { 2000 } else { 1900 }
}

/// A weekday, a comma behind it included; one of a single letter only inside brackets, which are included too.
pub(super) fn weekday(t: &Tokens<'_>, at: usize) -> Option<(Weekday, usize)> {
    if t.is_mark(at, "(（[") {
        let (day, next) = weekday_name(t, at + 1)?;
        return t.is_mark(next, ")）]").then_some((day, next + 1));
    }
    if t.written(at).chars().nth(1).is_none()
        && t.role(at, |r| matches!(r, DateRole::Weekday(_)).then_some(()))
            .is_none_or(|((), next, _)| next == at + 1)
    {
        return None;
    }
    weekday_name(t, at)
}

fn weekday_name(t: &Tokens<'_>, at: usize) -> Option<(Weekday, usize)> {
    let (number, next, language) = t.role(at, |role| match role {
        DateRole::Weekday(number) => Some(number),
        _ => None,
    })?;
    // `per`, `sat` and `sun` are other words elsewhere.
    if t.written(at).is_ascii() && t.written(at).len() <= SHORT_WEEKDAY && !t.is_present(language) {
        return None;
    }
    let short = t.written(at).chars().count() <= ABBREVIATION && next == at + 1;
    let next = if short { stop(t, next) } else { next };
    Some((Weekday::try_from(number).ok()?, next))
}

/// Past the full stop of an abbreviation.
pub(super) fn stop(t: &Tokens<'_>, at: usize) -> usize {
    if t.is_mark(at, ".") && t.glued(at) {
        at + 1
    } else {
        at
    }
}
