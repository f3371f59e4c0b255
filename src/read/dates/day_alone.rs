//! The number of a day alone, as news in scripts with a sign for days write it: `7일 오전`, `오는 30일`, `21日在`, `7~8일`.

use super::calendar::{continues_number, weekday};
use super::relative::{Found, numbered};
use super::tokens::{Gap, Tokens};
use super::{Parts, Relative};
use crate::lang::DateRole;

/// Signs of a day; others count houses too.
const SIGNS: [&str; 2] = ["日", "일"];

/// What before a number makes it a count or a day of every month.
const COUNTS: [&str; 8] = ["第", "제", "每", "毎", "매", "月", "월", "期"];

/// What behind the sign makes it a length or an ordinal.
const LENGTHS: [&str; 16] = [
    "間", "间", "内", "內", "以", "后", "後", "前", "目", "連", "连", "続", "续", "本", "程", "游",
];

/// What behind the sign tells of what happens on the day.
const ACTS: [&str; 10] = ["在", "于", "於", "举", "舉", "召", "开", "開", "に", "夜"];

/// The day or days at `at`, where what stands beside the number tells that nothing is counted.
pub(super) fn find(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let lead = t
        .role(at, |role| match role {
            DateRole::Next => Some(Relative::NextDay),
            DateRole::Last => Some(Relative::LastDay),
            _ => None,
        })
        .filter(|(_, next, _)| t.gap(*next) <= Gap::Space && t.number(*next).is_some());
    let first = lead.map_or(at, |(_, next, _)| next);
    let before = at.checked_sub(1);
    let counted = before.is_some_and(|k| {
        COUNTS.contains(&t.written(k)) || t.mark(k).is_some_and(|m| "./-~～〜·・".contains(m))
    });
    if counted || continues_number(t, first) {
        return None;
    }
    let (start, sign, first_next) = side(t, first)?;
    let (last, next) = last_day(t, &start, first_next)
        .map_or((None, first_next), |(last, next)| (Some(last), next));
    let told = lead.is_some() || start.weekday.is_some() || last.is_some();
    let (sign, language) = sign.or_else(|| day_sign(t, next.checked_sub(1)?))?;
    if !(told || is_told(t, next, sign)) || LENGTHS.iter().any(|l| t.written(next).starts_with(l)) {
        return None;
    }
    Some(Found {
        relative: lead.map_or(Relative::NearDay, |(which, ..)| which),
        parts: start,
        last,
        language,
        start: at,
        first_next,
        next,
    })
}

/// The sign of a day, and the language that writes it.
type Sign<'a> = (&'a str, usize);

/// The sign right behind a number.
fn day_sign<'a>(t: &Tokens<'a>, at: usize) -> Option<Sign<'a>> {
    let ((), _, language) = t.role(at, |role| (role == DateRole::DayAfter).then_some(()))?;
    let sign = t.written(at);
    (SIGNS.contains(&sign) && t.glued(at) && t.is_present(language)).then_some((sign, language))
}

/// One day: its number, its sign where it has one, a weekday in brackets; the token behind.
fn side<'a>(t: &Tokens<'a>, at: usize) -> Option<(Parts, Option<Sign<'a>>, usize)> {
    let (value, digits) = t.number(at)?;
    let mut parts = numbered(value);
    let sign = day_sign(t, at + 1);
    let mut next = at + 1 + usize::from(sign.is_some());
    if sign.is_some()
        && t.is_mark(next, "(（")
        && let Some((day, after)) = weekday(t, next)
    {
        parts.weekday = Some(day);
        next = after;
    }
    ((1..=31).contains(&value) && digits <= 2).then_some((parts, sign, next))
}

/// The last of several days: `7~8일`, `25, 26일`, `26일부터 28일`.
fn last_day(t: &Tokens<'_>, first: &Parts, at: usize) -> Option<(Parts, usize)> {
    let to = t.after(at, DateRole::To);
    let joint = t.is_mark(at, "-–~～〜∼,·・、").then_some(at + 1);
    let behind = to.or(joint).filter(|_| t.gap(at) <= Gap::Space)?;
    let (last, sign, next) = side(t, behind)?;
    (sign.is_some() && last.day > first.day && t.gap(behind) <= Gap::Space).then_some((last, next))
}

/// Whether an hour or what happens on the day follows.
fn is_told(t: &Tokens<'_>, at: usize, sign: &str) -> bool {
    let hour = t.role(at, |role| {
        matches!(role, DateRole::Am | DateRole::Pm).then_some(())
    });
    let parted = sign == "日" && t.is_mark(at, "，、");
    t.gap(at) <= Gap::Space && (hour.is_some() || parted || ACTS.contains(&t.written(at)))
}
