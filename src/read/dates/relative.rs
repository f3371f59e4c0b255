//! Days that a text tells from its own: `tomorrow`, `next Tuesday`, `(…) del corriente`.

use chrono::Weekday;

use super::calendar::{day, weekday};
use super::tokens::{Gap, Kind, Tokens};
use super::{Parts, Relative, ranges::Expression};
use crate::lang::DateRole;

/// A relative day and its tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) relative: Relative,
    pub(super) parts: Parts,
    pub(super) language: usize,
    /// First token.
    pub(super) start: usize,
    /// The token behind it.
    pub(super) next: usize,
}

impl Relative {
    /// How rules are named after it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Days(0) => "today",
            Self::Days(days) if days > 0 => "tomorrow",
            Self::Days(_) => "yesterday",
            Self::This => "this-weekday",
            Self::Next => "next-weekday",
            Self::Last => "last-weekday",
            Self::Near => "weekday",
            Self::CurrentMonth => "current-month",
        }
    }
}

/// Every relative day outside the dates, in order; one that a date stands beside (`tomorrow, 3 March`) says nothing more.
pub(super) fn find(t: &Tokens<'_>, dates: &[Expression]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut number = 0;
    let mut at = 0;
    while at < t.len() {
        if let Some(date) = dates.get(number)
            && date.start <= at
        {
            at = date.next.max(at);
            number += 1;
            continue;
        }
        let read = may_open(t, at).then(|| {
            relative_day(t, at)
                .or_else(|| week_day(t, at))
                .or_else(|| current_month(t, at))
        });
        let Some(one) = read.flatten() else {
            at += 1;
            continue;
        };
        let comma = |at: usize| usize::from(t.is_mark(at, ",،，("));
        let date_follows = dates
            .get(number)
            .is_some_and(|d| d.start <= one.next + comma(one.next));
        let date_leads = number > 0 && {
            let end = dates[number - 1].next;
            one.start <= end + comma(end) && t.gap(end) <= Gap::Wrap
        };
        at = one.next;
        if !date_follows && !date_leads {
            found.push(one);
        }
    }
    found
}

/// Whether a token can be the first of a relative day.
fn may_open(t: &Tokens<'_>, at: usize) -> bool {
    match t.get(at).map(|token| token.kind) {
        Some(Kind::Number { .. }) => true,
        Some(Kind::Word { meanings, .. }) => meanings.iter().any(|meaning| {
            matches!(
                meaning.role,
                DateRole::Days(_)
                    | DateRole::This
                    | DateRole::Next
                    | DateRole::Last
                    | DateRole::Weekday(_)
                    | DateRole::Current
            )
        }),
        _ => false,
    }
}

fn relative_day(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let (days, mut next, language) = t.role(at, |role| match role {
        DateRole::Days(days) => Some(days),
        _ => None,
    })?;
    // `la mañana` is the morning, `today’s` is no day.
    let led = at.checked_sub(1).is_some_and(|before| {
        t.after(before, DateRole::Article).is_some() || t.is_mark(before, "'’") && t.glued(at)
    });
    let of = t.is_mark(next, "'’") && t.glued(next);
    if !t.is_present(language) || led || of {
        return None;
    }
    let mut parts = Parts::default();
    if let Some((day, after)) = day_in_brackets(t, next) {
        parts.day = Some(day);
        next = after;
    }
    Some(Found {
        relative: Relative::Days(days),
        parts,
        language,
        start: at,
        next,
    })
}

/// A weekday with what says which one: before it or behind it.
fn week_day(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let which = |at: usize| {
        t.role(at, |role| match role {
            DateRole::This => Some(Relative::This),
            DateRole::Next => Some(Relative::Next),
            DateRole::Last => Some(Relative::Last),
            _ => None,
        })
    };
    let lead = which(at);
    let name = lead.map_or(at, |(_, next, _)| next);
    if t.gap(name) > Gap::Wrap && lead.is_some() {
        return None;
    }
    let (weekday, language, mut next) = full_weekday(t, name)?;
    let mut relative = lead.map_or(Relative::Near, |(which, ..)| which);
    if lead.is_none()
        && let Some((which, after, _)) = which(next).filter(|w| w.2 == language)
        && t.gap(next) <= Gap::Wrap
        && which != Relative::This
    {
        relative = which;
        next = after;
    }
    let mut parts = Parts {
        weekday: Some(weekday),
        ..Parts::default()
    };
    if let Some((day, after)) = day_in_brackets(t, next) {
        parts.day = Some(day);
        relative = Relative::Near;
        next = after;
    }
    Some(Found {
        relative,
        parts,
        language,
        start: at,
        next,
    })
}

/// Short forms of weekdays are too many other words to stand alone.
fn full_weekday(t: &Tokens<'_>, at: usize) -> Option<(Weekday, usize, usize)> {
    let ((), next, language) = t.role(at, |role| {
        matches!(role, DateRole::Weekday(_)).then_some(())
    })?;
    let long = t.span(at, next).of(t.text).chars().count() >= 4 || next > at + 2;
    if !long || !t.is_present(language) || t.is_mark(at, "(") {
        return None;
    }
    let (day, next) = weekday(t, at)?;
    Some((day, language, next))
}

fn day_in_brackets(t: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if !t.is_mark(at, "(（") {
        return None;
    }
    let (value, next) = day(t, at + 1)?;
    t.is_mark(next, ")）").then_some((value, next + 1))
}

/// `5 del corriente`, `本月5日`.
fn current_month(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let current = |at: usize| t.role(at, |role| (role == DateRole::Current).then_some(()));
    let (value, language, next) = match current(at) {
        Some(((), behind, language)) if t.gap(behind) == Gap::None => {
            let (value, next) = day(t, behind)?;
            (value, language, next)
        }
        _ => {
            let (value, behind) = day(t, at)?;
            let ((), next, language) = current(behind).filter(|_| t.gap(behind) <= Gap::Wrap)?;
            (value, language, next)
        }
    };
    t.is_present(language).then_some(Found {
        relative: Relative::CurrentMonth,
        parts: Parts {
            day: Some(value),
            ..Parts::default()
        },
        language,
        start: at,
        next,
    })
}
