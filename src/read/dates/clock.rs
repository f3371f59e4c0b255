//! Clock times and spans of hours, and the date that each belongs to.

use chrono::NaiveTime;

use super::calendar::{continues_number, stop};
use super::tokens::{Gap, Kind, Tokens};
use super::{Clock, ranges::Expression, zones};
use crate::lang::DateRole;

/// Most tokens between a date and a clock time that belong together.
const NEAR: usize = 6;
/// Most tokens between the only date and the only clock time of a sentence.
const SENTENCE: usize = 30;

/// A clock time and its tokens.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) clock: Clock,
    /// First token.
    pub(super) start: usize,
    /// The token behind it.
    pub(super) next: usize,
    /// Whether it may stand far from its date: what only looks like a time may not.
    sure: bool,
}

/// One reading of a time: hour and minute, half of the day, token behind.
#[derive(Debug, Clone, Copy)]
struct Time {
    hour: u32,
    minute: u32,
    half: Option<Half>,
    next: usize,
    sure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Every clock time outside the dates, in order.
pub(super) fn find(t: &Tokens<'_>, dates: &[Expression]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut dates = dates.iter().peekable();
    let mut at = 0;
    while at < t.len() {
        if let Some(date) = dates.next_if(|d| d.start <= at) {
            at = date.next.max(at);
            continue;
        }
        match may_start(t, at).then(|| hours(t, at)).flatten() {
            Some(clock) if dates.peek().is_none_or(|d| clock.next <= d.start) => {
                at = clock.next;
                found.push(clock);
            }
            _ => at += 1,
        }
    }
    found
}

/// For each date the clock time that belongs to it.
pub(super) fn attach(t: &Tokens<'_>, dates: &[Expression], clocks: &[Found]) -> Vec<Option<usize>> {
    let mut owned = vec![None; dates.len()];
    let mut taken = vec![false; clocks.len()];
    for reach in [Reach::Near, Reach::Sentence] {
        let mut ahead = 0;
        for (number, date) in dates.iter().enumerate() {
            while clocks.get(ahead).is_some_and(|c| c.next <= date.start) {
                ahead += 1;
            }
            if owned[number].is_some() || date.first.parts.day.is_none() {
                continue;
            }
            let before = ahead.checked_sub(1).filter(|&c| !taken[c]).and_then(|c| {
                let free = (number == 0 || dates[number - 1].next <= clocks[c].start)
                    && reach == Reach::Near;
                (free && joins(t, clocks[c].next, date.start, reach, clocks[c].sure)).then_some(c)
            });
            let behind = Some(ahead)
                .filter(|&c| c < clocks.len() && !taken[c])
                .filter(|&c| {
                    let free = dates
                        .get(number + 1)
                        .is_none_or(|d| clocks[c].next <= d.start);
                    free && joins(t, date.next, clocks[c].start, reach, clocks[c].sure)
                });
            let distance = |c: usize| {
                let clock = &clocks[c];
                clock
                    .start
                    .saturating_sub(date.next)
                    .max(date.start.saturating_sub(clock.next))
            };
            let nearest = [behind, before]
                .into_iter()
                .flatten()
                .min_by_key(|&c| distance(c));
            if let Some(clock) = nearest {
                owned[number] = Some(clock);
                taken[clock] = true;
            }
        }
    }
    owned
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Near,
    Sentence,
}

/// Whether a bracket between a date and a time opens with what has that time: `3 May (lunch at 1 p.m.)`.
fn is_bracketed(t: &Tokens<'_>, from: usize, to: usize) -> bool {
    let mark = |at: usize, sign: char| matches!(t.get(at).map(|token| token.kind), Some(Kind::Mark(m)) if m == sign);
    let open = (from..to).rev().find(|at| mark(*at, '('));
    open.is_some_and(|open| {
        !(open..to).any(|at| mark(at, ')') || mark(at, ':'))
            && (open + 1..to).any(|at| {
                matches!(t.get(at).map(|token| token.kind), Some(Kind::Word { meanings, .. }) if meanings.is_empty())
            })
    })
}

/// Whether the tokens `from..to` between a date and a time hold them together.
fn joins(t: &Tokens<'_>, from: usize, to: usize, reach: Reach, sure: bool) -> bool {
    let most = match reach {
        Reach::Near if sure => NEAR,
        Reach::Near => 2,
        Reach::Sentence if sure => SENTENCE,
        Reach::Sentence => return false,
    };
    to - from <= most
        && !is_bracketed(t, from, to)
        && (from..=to).all(|at| t.gap(at) <= Gap::Wrap)
        && (from..to).all(|at| match t.get(at).map(|token| token.kind) {
            Some(Kind::Mark('.')) => {
                t.glued(at) && at > 0 && t.after(at - 1, DateRole::At).is_some()
                    || reach == Reach::Near && t.gap(at + 1) == Gap::None
            }
            Some(Kind::Mark(mark)) => match reach {
                Reach::Near => !";!?。；".contains(mark),
                Reach::Sentence => !";!?。；:|•".contains(mark),
            },
            Some(Kind::Number { .. }) => reach == Reach::Sentence,
            Some(Kind::Word { .. }) => sure || t.after(at, DateRole::At).is_some(),
            None => false,
        })
}

fn may_start(t: &Tokens<'_>, at: usize) -> bool {
    match t.get(at).map(|token| token.kind) {
        Some(Kind::Number { digits, .. }) => digits <= 2,
        Some(Kind::Word { meanings, .. }) => meanings.iter().any(|m| {
            matches!(
                m.role,
                DateRole::Noon | DateRole::Midnight | DateRole::Am | DateRole::Pm
            )
        }),
        _ => false,
    }
}

/// A time or span of hours that starts at `at`, zone included.
fn hours(t: &Tokens<'_>, at: usize) -> Option<Found> {
    if continues_number(t, at) && !t.written(at.wrapping_sub(1)).eq_ignore_ascii_case("t") {
        return None;
    }
    let introduced = introduced(t, at);
    let first = time(t, at, introduced);
    let plain = bare(t, at).filter(|_| first.is_none());
    let from = first.or(plain).map_or(at + 1, |f| f.next);
    let unmarked = plain.filter(|p| p.next > at + 1).map(|p| p.next);
    // `9:00 a.m. 10:30 a.m.`: a range whose dash was lost.
    let dashless = first
        .filter(|f| f.half.is_some() && t.gap(f.next) == Gap::Space && t.number(f.next).is_some())
        .and_then(|f| {
            let last = time(t, f.next, true)?;
            let later = clock_time(last.hour, last.minute, last.half)
                > clock_time(f.hour, f.minute, f.half);
            (later && last.half.is_some()).then_some(f.next)
        });
    let joined = join(t, from).or(unmarked).or(dashless);
    let last = joined.and_then(|after| {
        let after = t
            .after(after, DateRole::At)
            .map_or(after, |next| stop(t, next));
        time(t, after, true)
    });
    let (first, last) = match (first, last) {
        (Some(first), last) => (first, last),
        // `9 to 11 a.m.`, `14–16 Uhr`: the first hour borrows what makes the last one a time.
        (None, Some(last)) => (plain.filter(|_| last.sure)?, Some(last)),
        (None, None) => return None,
    };
    let end_half = last.and_then(|l| l.half);
    let first_half = first.half.or(end_half.filter(|_| first.hour <= 12));
    let end = match last {
        Some(last) => Some(clock_time(last.hour, last.minute, last.half)?),
        None => None,
    };
    let mut start = clock_time(first.hour, first.minute, first_half)?;
    if first.half.is_none() && end.is_some_and(|end| start > end) {
        start = clock_time(first.hour, first.minute, None)?;
    }
    let mut next = last.map_or(first.next, |l| l.next);
    let zone = zone(t, next).map(|(name, after)| {
        next = after;
        name
    });
    let sure = first.sure || last.is_some_and(|l| l.sure) || introduced || zone.is_some();
    Some(Found {
        clock: Clock {
            span: t.span(at, next),
            start,
            end: end.filter(|&end| end != start),
            zone,
        },
        start: at,
        next,
        sure,
    })
}

/// The digits of a range's first hour, which nothing marks as a time of its own. Where a text lost its marks the minutes
/// of both hours stand behind blanks: `5 00 to 7 00 p m`, `5 00   7 00 p m`.
fn bare(t: &Tokens<'_>, at: usize) -> Option<Time> {
    let (hour, digits) = t
        .number(at)
        .filter(|(hour, digits)| *hour <= 24 && *digits <= 2)?;
    let behind = |at: usize| {
        let (value, digits) = t.number(at).filter(|_| t.gap(at) == Gap::Space)?;
        (value <= 59 && digits == 2).then_some(value)
    };
    let last = join(t, at + 2).unwrap_or(at + 2);
    let minute = behind(at + 1).filter(|_| {
        (1..=12).contains(&hour) && t.number(last).is_some() && behind(last + 1).is_some()
    });
    // Two digits of naught are minutes whose hour is not understood.
    if hour == 0 && digits == 2 {
        return None;
    }
    Some(Time {
        hour,
        minute: minute.unwrap_or(0),
        half: None,
        next: at + 1 + usize::from(minute.is_some()),
        sure: true,
    })
}

/// Whether a word such as `at`, or a label's colon, stands before a time.
fn introduced(t: &Tokens<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back);
    let ends_here = |from: usize| {
        t.role(from, |r| (r == DateRole::At).then_some(()))
            .is_some_and(|((), next, language)| stop(t, next) == at && t.is_present(language))
    };
    (1..=4).filter_map(before).any(ends_here)
}

fn join(t: &Tokens<'_>, at: usize) -> Option<usize> {
    if t.is_mark(at, "-–—―~～〜−") {
        return Some(at + 1);
    }
    t.role(at, |r| {
        matches!(r, DateRole::To | DateRole::And).then_some(())
    })
    .map(|((), next, _)| next)
}

/// A time without its zone. `introduced`: something before it says that a time follows.
fn time(t: &Tokens<'_>, at: usize, introduced: bool) -> Option<Time> {
    if let Some((hour, next)) = named_time(t, at) {
        return Some(Time {
            hour,
            minute: 0,
            half: None,
            next,
            sure: introduced,
        });
    }
    if let Some((half, next)) = half(t, at) {
        let time = time(t, next, true).filter(|_| t.number(next).is_some())?;
        return Some(Time {
            half: Some(half),
            sure: true,
            ..time
        });
    }
    let (hour, digits) = t.number(at)?;
    if hour > 24 || digits > 2 {
        return None;
    }
    let (minute, mut next, mut sure) = match minutes(t, at + 1) {
        Some((minute, next, ':')) => (minute, next, true),
        // `в 13-00`: only where something says that a time follows.
        Some((_, _, '-')) if !introduced => (0, at + 1, false),
        Some((minute, next, _)) => (minute, next, false),
        None => (0, at + 1, false),
    };
    let dotted = next > at + 1 && !sure;
    // The seconds of a timestamp.
    if sure
        && t.is_mark(next, ":")
        && t.glued(next)
        && t.glued(next + 1)
        && t.number(next + 1).is_some()
    {
        next += 2;
    }
    // `ob 10. uri`: the full stop of an ordinal.
    if next == at + 1 && t.is_mark(next, ".") && t.glued(next) && t.gap(next + 1) == Gap::Space {
        next += usize::from(t.after(next + 1, DateRole::Hour).is_some());
    }
    let mut minute = minute;
    let mut marked = false;
    if t.gap(next) <= Gap::Space
        && let Some(after) = t.after(next, DateRole::Hour)
    {
        marked = true;
        next = stop(t, after);
        if next == after
            && let Some((value @ 0..=59, 1 | 2)) =
                t.number(next).filter(|_| t.gap(next) <= Gap::Space)
            && minute == 0
            && (t.number(next)?.1 == 2 || t.written(next + 1) == "分")
            && !t.is_mark(next + 1, "./:-")
        {
            minute = value;
            next += 1;
            sure = true;
            if matches!(t.written(next), "分" | "분" | "min" | "phút") {
                next += 1;
            }
        }
        sure |= dotted;
    } // A bare `00` is what is left of minutes that lost their mark.
    if hour == 0 && digits == 2 && !sure && !marked && !dotted {
        return None;
    }
    let half = half(t, next).filter(|_| t.gap(next) <= Gap::Space && (1..=12).contains(&hour));
    if let Some((_, after)) = half {
        next = after;
        sure = true;
    }
    let foreign = introduced && dotted && t.written(at.saturating_sub(1)) != "at";
    let counts = sure || marked || foreign;
    (counts && !t.is_mark(next, "%")).then_some(Time {
        hour,
        minute,
        half: half.map(|(half, _)| half),
        next,
        sure: sure || foreign || marked && introduced,
    })
}

/// Minutes behind an hour: value, token behind, the mark before them.
///
/// Where a text lost its marks (`10 30 a m`), the half of the day shows that the second number is minutes.
fn minutes(t: &Tokens<'_>, at: usize) -> Option<(u32, usize, char)> {
    if t.gap(at) == Gap::Space
        && let Some((value @ 0..=59, 2)) = t.number(at)
        && t.gap(at + 1) <= Gap::Space
        && half(t, at + 1).is_some()
    {
        return Some((value, at + 1, ' '));
    }
    let mark = t.mark(at).filter(|m| ":.：-".contains(*m) && t.glued(at))?;
    let (value @ 0..=59, 2) = t.number(at + 1).filter(|_| t.glued(at + 1))? else {
        return None;
    };
    if mark == '-' && !matches!(value, 0 | 30) {
        return None;
    }
    let longer = t.is_mark(at + 2, ".,/")
        && t.glued(at + 2)
        && t.glued(at + 3)
        && t.number(at + 3).is_some();
    (!longer).then_some((value, at + 2, if mark == '：' { ':' } else { mark }))
}

fn named_time(t: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (hour, next, language) = t.role(at, |role| match role {
        DateRole::Noon => Some(12),
        DateRole::Midnight => Some(0),
        _ => None,
    })?;
    t.is_present(language).then_some((hour, next))
}

fn half(t: &Tokens<'_>, at: usize) -> Option<(Half, usize)> {
    let (half, next, _) = t.role(at, |role| match role {
        DateRole::Am => Some(Half::Morning),
        DateRole::Pm => Some(Half::Afternoon),
        _ => None,
    })?;
    Some((half, stop(t, next)))
}

fn clock_time(hour: u32, minute: u32, half: Option<Half>) -> Option<NaiveTime> {
    let hour = match (half, hour) {
        (Some(Half::Afternoon), 1..=11) => hour + 12,
        (Some(Half::Morning), 12) | (None, 24) => 0,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// The zone named behind a time: its words, and the token behind.
fn zone(t: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let bracket = t.is_mark(at, "(（");
    let comma = t.is_mark(at, ",")
        && (zones::is_abbreviation(t.written(at + 1)) || town_behind(t, at + 1).is_some());
    let from = at + usize::from(bracket || comma);
    if t.gap(from) > Gap::Space {
        return None;
    }
    let to = offset_end(t, from)
        .or_else(|| {
            zones::is_abbreviation(t.written(from))
                .then(|| offset_end(t, from + 1).unwrap_or(from + 1))
        })
        .or_else(|| town_before(t, from))
        .or_else(|| town_behind(t, from))?;
    let name = t.span(from, to).of(t.text).to_owned();
    let next = if bracket && t.is_mark(to, ")）") {
        to + 1
    } else {
        to
    };
    (!bracket || next > to).then_some((name, next))
}

/// Behind `+2`, `-03:00`.
fn offset_end(t: &Tokens<'_>, at: usize) -> Option<usize> {
    let plain = at > 0 && matches!(t.written(at - 1), "UTC" | "GMT");
    let signed = t.is_mark(at, "+-−–") && t.glued(at + 1) && (t.glued(at) || plain);
    let (hours @ 0..=14, digits) = t.number(at + 1).filter(|_| signed)? else {
        return t
            .number(at + 1)
            .filter(|&(value, digits)| signed && digits == 4 && value <= 1400)
            .map(|_| at + 2);
    };
    let next = at + 2;
    let minutes = t.is_mark(next, ":") && t.glued(next) && t.number(next + 1).is_some();
    (plain || minutes || digits == 2 && t.is_mark(at, "+") && hours > 0).then_some(if minutes {
        next + 2
    } else {
        next
    })
}

/// `Geneva time`, `New York time`, `Eastern Time`.
fn town_before(t: &Tokens<'_>, at: usize) -> Option<usize> {
    (at + 1..=at + 3).find(|&end| {
        t.after(end, DateRole::ZoneTime).is_some() && zones::is_town(t.span(at, end).of(t.text))
    })?;
    (at + 1..=at + 3).find_map(|end| t.after(end, DateRole::ZoneTime))
}

/// `hora de México`, `heure de Bruxelles`.
fn town_behind(t: &Tokens<'_>, at: usize) -> Option<usize> {
    let from = t.after(at, DateRole::ZoneTime)?;
    (from + 1..=from + 3)
        .rev()
        .filter(|&end| end <= t.len())
        .find(|&end| zones::is_town(t.span(from, end).of(t.text)))
}
