//! From mentions to dates: the order of digits, years not written, days seen from the release.

use rustc_hash::FxHashSet;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use super::{Context, DateMention, Form, Parts, Relative, zones};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::NumericOrder;
use crate::model::{Date, DateOrder, Fact, Zone, primary_language};
use crate::source::Span;

/// Resolves mentions to dates: knows the day the release was published and the order of numeric dates.
#[derive(Debug, Clone, Default)]
pub struct Resolver {
    /// The publication date, where known: gives years and anchors relative dates.
    pub anchor: Option<Date>,
    /// Order of numeric dates, and whether a written date in the text settles it (else it is a convention: `inferred`).
    pub order: Option<(DateOrder, bool)>,
}

impl Resolver {
    /// A resolver for a text with these mentions. The order of its numeric dates is, first that works: what another date of
    /// the text settles, what is usual in `language`, what the site's settings say.
    pub fn new(
        context: Context<'_>,
        mentions: &[DateMention],
        language: Option<&str>,
        anchor: Option<Date>,
    ) -> Self {
        let settled = settled_order(mentions).map(|order| (order, true));
        let usual = language
            .and_then(|l| context.lexicons.get(l))
            .map(|l| match l.dates.order {
                NumericOrder::MonthDayYear => DateOrder::MonthDayYear,
                NumericOrder::DayMonthYear | NumericOrder::YearMonthDay => DateOrder::DayMonthYear,
            })
            // English is written in both orders; its table cannot say.
            .filter(|_| language.is_none_or(|l| primary_language(l) != "en" || l == "en-GB"));
        let american = (language == Some("en-US")).then_some(DateOrder::MonthDayYear);
        Self {
            anchor,
            order: settled.or_else(|| {
                american
                    .or(usual)
                    .or(context.site.read.date_order)
                    .map(|order| (order, false))
            }),
        }
    }

    /// The first and the last day of a mention, as facts; `None` where the words do not suffice (a month name alone, a day
    /// without month, digits of unknown order) or no calendar has the day. Diagnostics: a weekday that contradicts its date,
    /// ambiguity.
    pub fn resolve(
        &self,
        context: Context<'_>,
        mention: &DateMention,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Fact<Date>, Option<Fact<Date>>)> {
        let mut inferred = mention.inferred;
        let mut start = mention.start;
        let mut end = mention.end;
        if mention.form == Form::Ambiguous {
            let words = mention.span.of(context.text);
            let Some((order, settled)) = self.order else {
                diagnostics.push(
                    Diagnostic::new(
                        Code::AmbiguousDate,
                        format!("`{words}` can be read day first or month first"),
                    )
                    .at(mention.span)
                    .hint("set `date_order` under [read]"),
                );
                return None;
            };
            if order == DateOrder::MonthDayYear {
                swap(&mut start);
                end.as_mut().map(swap);
            }
            if !settled {
                inferred = true;
                diagnostics.push(
                    Diagnostic::new(
                        Code::AmbiguousDate,
                        format!(
                            "`{words}` is read in the usual order; nothing in the text settles it"
                        ),
                    )
                    .at(mention.span),
                );
            }
        }
        let (first, guessed) = match mention.relative {
            Some(relative) => (self.relative(relative, start)?, true),
            None => self.absolute(start)?,
        };
        inferred |= guessed;
        let last = match (end, mention.relative) {
            (Some(parts), Some(relative)) => Some(self.relative(relative, parts)?),
            (Some(mut parts), None) => {
                // The last day follows the first, so that its year needs no guess of its own.
                if parts.year.is_none() {
                    let before = (parts.month, parts.day) < (first.month, first.day);
                    parts.year = Some(first.year + i32::from(before));
                }
                Some(Date::from_parts(parts.year?, parts.month, parts.day)?)
            }
            (None, _) => None,
        };
        check_weekday(context.text, start, &first, mention.start_span, diagnostics);
        if let (Some(parts), Some(date), Some(span)) = (end, &last, mention.end_span) {
            check_weekday(context.text, parts, date, span, diagnostics);
        }
        let (first, last) = match &mention.clock {
            // Hours beside several days are those of each day, not of the whole.
            Some(clock) if last.is_none() => {
                let zone = clock.zone.as_deref();
                let end = clock.end.map(|time| {
                    let over_midnight = first.naive_day().filter(|_| time < clock.start);
                    let day = over_midnight
                        .and_then(|day| day.succ_opt())
                        .map_or(first.clone(), Date::day);
                    timed(context, day, time, zone)
                });
                (timed(context, first, clock.start, zone), end)
            }
            _ => (first, last),
        };
        let fact = |date: Date, span: Span| {
            if inferred {
                Fact::inferred(date, Some(span), mention.rule.clone())
            } else {
                Fact::stated(date, span, mention.rule.clone())
            }
        };
        let last = last.map(|date| fact(date, mention.end_span.unwrap_or(mention.span)));
        let span = if mention.end.is_some() {
            mention.start_span
        } else {
            mention.span
        };
        Some((fact(first, span), last))
    }

    /// A date with its year, and whether the year is a guess from the release's own date.
    fn absolute(&self, parts: Parts) -> Option<(Date, bool)> {
        let month = Some(parts.month?);
        if let Some(year) = parts.year {
            return Some((Date::from_parts(year, month, parts.day)?, false));
        }
        let day = parts.day?;
        let anchor = self.anchor.as_ref()?;
        let from = anchor.first_day();
        let candidates = (-1..=1)
            .filter_map(|shift| NaiveDate::from_ymd_opt(anchor.year + shift, parts.month?, day));
        let nearest = |fits: &dyn Fn(&NaiveDate) -> bool| {
            candidates
                .clone()
                .filter(fits)
                .min_by_key(|date| (*date - from).num_days().abs())
        };
        // A weekday outweighs nearness; one that fits no year near is a mistake of the text.
        let found = match parts.weekday {
            Some(weekday) => {
                nearest(&|date| date.weekday() == weekday).or_else(|| nearest(&|_| true))
            }
            None => nearest(&|_| true),
        };
        Some((Date::day(found?), true))
    }

    fn relative(&self, relative: Relative, parts: Parts) -> Option<Date> {
        let anchor = self.anchor.as_ref()?.naive_day()?;
        let step = |weekday: Weekday, from: i64| {
            let ahead = i64::from(weekday.days_since(anchor.weekday()));
            if ahead < from { ahead + 7 } else { ahead }
        };
        let shift = match relative {
            Relative::Days(days) => i64::from(days),
            Relative::This => step(parts.weekday?, 0),
            Relative::Next => step(parts.weekday?, 1),
            Relative::Last => step(parts.weekday?, 0) - 7,
            Relative::Near => match parts.day {
                Some(day) => (-14..=14).find(|shift| {
                    moved(anchor, *shift)
                        .is_some_and(|d| d.day() == day && Some(d.weekday()) == parts.weekday)
                })?,
                None => (parts.weekday? == anchor.weekday()).then_some(0)?,
            },
            Relative::CurrentMonth => {
                return Some(Date::day(anchor.with_day(parts.day?)?));
            }
        };
        let date = moved(anchor, shift)?;
        // `tomorrow (6)` must be a sixth.
        (parts.day.is_none_or(|day| day == date.day())).then(|| Date::day(date))
    }
}

/// The day with its clock time: in the zone that the text names, else in the site's.
fn timed(context: Context<'_>, day: Date, time: NaiveTime, zone: Option<&str>) -> Date {
    let mut date = Date {
        time: Some(time),
        ..day
    };
    date.zone = date.naive_time().and_then(|at| {
        let (offset, name) = if let Some(name) = zone {
            (zones::offset(name, at)?, name)
        } else {
            let zone = context.site.time_zone?;
            (zones::zone_offset(zone, at)?, zone.name())
        };
        let name = name.to_owned();
        Some(Zone { offset, name })
    });
    date
}

fn moved(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 {
        day.checked_sub_days(days)
    } else {
        day.checked_add_days(days)
    }
}

fn swap(parts: &mut Parts) {
    std::mem::swap(&mut parts.month, &mut parts.day);
}

/// The order that the text itself proves: by a numeric date with a part above 12, or one that equals a written date.
fn settled_order(mentions: &[DateMention]) -> Option<DateOrder> {
    let day = |p: Parts| (p.year, p.month, p.day);
    let named: FxHashSet<_> = (mentions.iter())
        .filter(|m| m.form == Form::Named)
        .map(|m| day(m.start))
        .collect();
    let proof = |m: &DateMention| {
        let parts = m.start;
        match m.form {
            Form::Numeric if parts.day? > 12 => match m.rule.as_str() {
                "date.day-month-year.numeric" => Some(DateOrder::DayMonthYear),
                "date.month-day-year.numeric" => Some(DateOrder::MonthDayYear),
                _ => None,
            },
            Form::Ambiguous => {
                let written = |p: Parts| named.contains(&day(p));
                let mut swapped = parts;
                swap(&mut swapped);
                match (written(parts), written(swapped)) {
                    (true, false) => Some(DateOrder::DayMonthYear),
                    (false, true) => Some(DateOrder::MonthDayYear),
                    _ => None,
                }
            }
            _ => None,
        }
    };
    mentions.iter().find_map(proof)
}

fn check_weekday(
    text: &str,
    parts: Parts,
    date: &Date,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (Some(weekday), Some(day)) = (parts.weekday, date.naive_day()) else {
        return;
    };
    if day.weekday() != weekday {
        let name = |weekday: Weekday| WEEKDAYS[weekday.num_days_from_monday() as usize];
        diagnostics.push(
            Diagnostic::new(
                Code::WeekdayMismatch,
                format!(
                    "`{}` names a {}, but {date} is a {}",
                    span.of(text),
                    name(weekday),
                    name(day.weekday())
                ),
            )
            .at(span),
        );
    }
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
