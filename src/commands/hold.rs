//! May a reading be published? What it lacks, where that may come from, and what it must wait for.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use crate::archive::Entry;
use crate::config::DateFrom;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Basis, Date, Fact, Release, TimeZone};
use crate::read::Reading;

/// What the settings and the run know besides the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances<'a> {
    /// Where a missing date may come from, in order.
    pub(super) date_from: &'a [DateFrom],
    /// The site's zone.
    pub(super) zone: TimeZone,
    /// The run's clock.
    pub(super) now: DateTime<Utc>,
}

/// What is to become of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It can be published.
    Publish,
    /// It waits for something that the office can add.
    Hold,
    /// It is no release.
    Reject,
    /// Its embargo ends then.
    Wait(DateTime<Utc>),
}

/// Fills in a missing date where the settings allow it, adds the ways out to what is missing, and decides.
pub(super) fn judge(
    reading: &mut Reading,
    name: &str,
    modified: Option<SystemTime>,
    known: Option<&Entry>,
    circumstances: Circumstances<'_>,
) -> Verdict {
    date_from_embargo(&mut reading.release);
    if reading.release.published.is_none() {
        date_from_outside(reading, name, modified, known, circumstances);
    }
    explain(reading);
    let is = |code: Code| move |finding: &Diagnostic| finding.code == code;
    if reading.diagnostics.iter().any(is(Code::Empty))
        || reading.diagnostics.iter().any(is(Code::NotARelease))
    {
        return Verdict::Reject;
    }
    let error = |finding: &Diagnostic| finding.code.severity() == Severity::Error;
    if reading.diagnostics.iter().any(error) {
        return Verdict::Hold;
    }
    if let Some(embargo) = &reading.release.embargo {
        let ends = end_of(&embargo.value, circumstances.zone);
        if ends > circumstances.now {
            return Verdict::Wait(ends);
        }
    }
    Verdict::Publish
}

/// Says what is missing, once each, with the ways out.
pub(super) fn explain(reading: &mut Reading) {
    let missing = [
        (
            Code::NoHeadline,
            reading.release.headline.is_none(),
            "the text has no headline",
            "write it on a line of its own above the text, add a sidecar beside the text with `headline = \"…\"`, or set `[input] headline_from = \"first-sentence\"`",
        ),
        (
            Code::NoDate,
            reading.release.published.is_none() && !has_embargo_day(&reading.release),
            "the text has no publication date",
            "write the date on a line of its own below the headline, add a sidecar beside the text with `published = \"YYYY-MM-DD\"`, or set `[input] date_from` to \"file-name\", \"modified-time\" or \"first-seen\"",
        ),
    ];
    let settled = reading
        .diagnostics
        .iter()
        .any(|finding| matches!(finding.code, Code::Empty | Code::NotARelease));
    for (code, is_missing, message, hint) in missing {
        if !is_missing || settled {
            reading.diagnostics.retain(|finding| finding.code != code);
            continue;
        }
        let told = reading
            .diagnostics
            .iter_mut()
            .find(|finding| finding.code == code);
        if let Some(finding) = told {
            finding.hint = Some(hint.to_owned());
        } else {
            reading
                .diagnostics
                .push(Diagnostic::new(code, message).hint(hint));
        }
    }
}

/// The finding that a release is dated after the run. It is published all the same: offices do send releases out
/// beforehand, and only the office can say whether this one was to wait.
///
/// A day has begun when it has in the site's zone; where none is set, when it has somewhere on Earth (UTC+14).
pub(super) fn dated_ahead(
    release: &Release,
    zone: Option<TimeZone>,
    now: DateTime<Utc>,
) -> Option<Diagnostic> {
    const EARLIEST: TimeDelta = TimeDelta::hours(14);
    let published = release.published.as_ref()?;
    let date = &published.value;
    let is_ahead = if date.time.is_some() && (date.zone.is_some() || zone.is_some()) {
        end_of(date, zone.unwrap_or(TimeZone::UTC)) > now
    } else {
        let today = zone.map_or_else(
            || (now + EARLIEST).date_naive(),
            |zone| zone.local(now).date(),
        );
        date.first_day() > today
    };
    if !is_ahead {
        return None;
    }
    let mut finding = Diagnostic::new(
        Code::FutureDate,
        format!("the publication date {date} lies after this run"),
    )
    .hint(format!(
        "to publish it then, put `embargo = \"{date}\"` into a sidecar beside it; if the date is wrong, `published` there puts it right"
    ));
    finding.span = published.span;
    Some(finding)
}

/// Whether the end of an embargo can be the release's date.
fn has_embargo_day(release: &Release) -> bool {
    let embargo = release.embargo.as_ref();
    embargo.is_some_and(|embargo| embargo.value.naive_day().is_some())
}

/// A release is published when its embargo ends: that is its date where the text gives none, and its hour where the text
/// gives the same day alone.
pub(super) fn date_from_embargo(release: &mut Release) {
    let Some(embargo) = &release.embargo else {
        return;
    };
    let Some(day) = embargo.value.naive_day() else {
        return;
    };
    let is_told = release.published.as_ref().is_some_and(|published| {
        let date = &published.value;
        date.naive_day() != Some(day) || date.time.is_some()
    });
    if !is_told {
        let dated = |basis| Fact {
            value: embargo.value.clone(),
            basis,
            span: embargo.span,
            rule: "date.embargo".into(),
        };
        release.published = Some(match embargo.basis {
            Basis::Configured => dated(Basis::Configured),
            Basis::Stated | Basis::Inferred => dated(Basis::Inferred),
        });
    }
}

fn date_from_outside(
    reading: &mut Reading,
    name: &str,
    modified: Option<SystemTime>,
    known: Option<&Entry>,
    circumstances: Circumstances<'_>,
) {
    let day = |at: DateTime<Utc>| Date::day(circumstances.zone.local(at).date());
    // A date once published stays when the text is corrected, although the file is newer then.
    let published = known.and_then(Entry::published_date);
    let found = circumstances.date_from.iter().find_map(|from| {
        let (date, rule, words) = match from {
            DateFrom::FileName => (
                in_name(name).map(Date::day),
                "date.file-name",
                "the file's name",
            ),
            DateFrom::ModifiedTime => (
                published
                    .clone()
                    .or_else(|| modified.map(|at| day(at.into()))),
                "date.modified-time",
                "the file's modification time",
            ),
            DateFrom::FirstSeen => (
                published.clone().or_else(|| Some(day(circumstances.now))),
                "date.first-seen",
                "the run that saw it first",
            ),
        };
        Some((date?, rule, words))
    });
    if let Some((date, rule, words)) = found {
        reading.diagnostics.push(Diagnostic::new(
            Code::DateFromFallback,
            format!("the publication date {date} is that of {words}"),
        ));
        reading.release.published = Some(Fact::configured(date, rule));
    }
}

/// The one day that a file's name gives, as `2026-03-09`, `2026_03_09`, `2026.03.09` or `20260309`; of the last part of the
/// path first, then of the whole (`2026/03/09-opening`).
fn in_name(name: &str) -> Option<NaiveDate> {
    let last = name.rsplit('/').next().unwrap_or(name);
    single_day(last).or_else(|| single_day(name))
}

fn single_day(name: &str) -> Option<NaiveDate> {
    let bytes = name.as_bytes();
    let mut found = None;
    let digits = |from: usize, count: usize| -> Option<u32> {
        let part = name.get(from..from + count)?;
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    for at in 0..bytes.len() {
        let starts = at == 0 || !bytes[at - 1].is_ascii_digit();
        if !starts || !name.is_char_boundary(at) {
            continue;
        }
        let separator = |i: usize| {
            bytes
                .get(i)
                .filter(|b| matches!(b, b'-' | b'_' | b'.' | b'/'))
        };
        let parts = digits(at, 4).and_then(|year| match separator(at + 4) {
            Some(mark) if separator(at + 7) == Some(mark) => {
                Some((year, digits(at + 5, 2)?, digits(at + 8, 2)?, at + 10))
            }
            Some(_) => None,
            None => Some((year, digits(at + 4, 2)?, digits(at + 6, 2)?, at + 8)),
        });
        let Some((year, month, day, end)) = parts else {
            continue;
        };
        if bytes.get(end).is_some_and(u8::is_ascii_digit) || !(1900..=2100).contains(&year) {
            continue;
        }
        let Some(date) = NaiveDate::from_ymd_opt(year.cast_signed(), month, day) else {
            continue;
        };
        if found.is_some_and(|other| other != date) {
            return None;
        }
        found = Some(date);
    }
    found
}

/// The moment that an embargo ends. A day ends it when it begins; a month or year that says no more, when it is over.
fn end_of(embargo: &Date, zone: TimeZone) -> DateTime<Utc> {
    if let (Some(local), Some(stated)) = (embargo.naive_time(), &embargo.zone) {
        let moment = local - TimeDelta::minutes(i64::from(stated.offset));
        return moment.and_utc();
    }
    let day = embargo.first_day();
    let local = match (embargo.month, embargo.day) {
        (_, Some(_)) => day.and_time(embargo.time.unwrap_or_default()),
        (Some(_), None) => (day.checked_add_months(Months::new(1)))
            .unwrap_or(day)
            .and_time(chrono::NaiveTime::MIN),
        (None, None) => day
            .with_year(day.year() + 1)
            .unwrap_or(day)
            .and_time(chrono::NaiveTime::MIN),
    };
    in_zone(local, zone)
}

/// A local time as an instant: of two, the later; where clocks skip it, as if they had not yet.
fn in_zone(local: NaiveDateTime, zone: TimeZone) -> DateTime<Utc> {
    let before = || local.checked_sub_days(Days::new(1)).unwrap_or(local);
    let offset = (zone.offset(local).latest()).or_else(|| zone.offset(before()).latest());
    let east = offset.map_or(0, |offset| offset.local_minus_utc());
    local.and_utc() - TimeDelta::seconds(east.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_file_names() {
        for (name, want) in [
            ("2026-03-09-forum", Some("2026-03-09")),
            ("in/20260309", Some("2026-03-09")),
            ("2026/03/09-opening", Some("2026-03-09")),
            ("press_2026_03_09.v2", Some("2026-03-09")),
            ("2026-13-09", None),
            ("2026-03-09-moved-from-2026-03-08", None),
            ("120260309", None),
            ("000_2146e5b658a75ef0", None),
            ("é2026.03.09é", Some("2026-03-09")),
            ("2026-03.09", None),
        ] {
            assert_eq!(
                in_name(name).map(|day| day.to_string()).as_deref(),
                want,
                "{name}"
            );
        }
    }

    #[test]
    fn embargoes_end_at_the_stated_or_the_sites_time() {
        let zurich = TimeZone::named("Europe/Zurich").expect("a zone");
        for (text, want) in [
            ("2026-03-09T10:00+05:00", "2026-03-09T05:00:00+00:00"),
            ("2026-03-09T10:00", "2026-03-09T09:00:00+00:00"),
            ("2026-03-09", "2026-03-08T23:00:00+00:00"),
            ("2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
            ("2026-12", "2026-12-31T23:00:00+00:00"),
            ("2026", "2026-12-31T23:00:00+00:00"),
        ] {
            let date = Date::parse(text).expect(text);
            assert_eq!(end_of(&date, zurich).to_rfc3339(), want, "{text}");
        }
    }

    fn judged(reading: &mut Reading, date_from: &[DateFrom]) -> Verdict {
        let circumstances = Circumstances {
            date_from,
            zone: TimeZone::UTC,
            now: DateTime::from_timestamp(1_773_057_600, 0).expect("noon of 9 March 2026"),
        };
        judge(reading, "in/2026-01-02-a.txt", None, None, circumstances)
    }

    fn reading() -> Reading {
        let mut reading = Reading {
            release: crate::model::Release::default(),
            diagnostics: Vec::new(),
            rivals: Vec::new(),
        };
        reading.release.headline = Some(Fact::configured("A lamp is lit".to_owned(), "test"));
        reading
    }

    #[test]
    fn a_missing_date_holds_back_unless_the_settings_give_one() {
        let mut held = reading();
        assert_eq!(judged(&mut held, &[]), Verdict::Hold);
        let hint = held.diagnostics[0].hint.as_deref().expect("ways out");
        assert!(
            hint.contains("sidecar") && hint.contains("date_from"),
            "{hint}"
        );
        for (from, day) in [
            (DateFrom::FileName, "2026-01-02"),
            (DateFrom::FirstSeen, "2026-03-09"),
        ] {
            let mut dated = reading();
            assert_eq!(
                judged(&mut dated, &[DateFrom::ModifiedTime, from]),
                Verdict::Publish
            );
            let date = dated.release.published.expect("a date");
            assert_eq!((date.value.to_string().as_str(), date.span), (day, None));
            assert_eq!(dated.diagnostics[0].code, Code::DateFromFallback);
        }
    }

    #[test]
    fn an_embargo_gives_the_hour_that_the_text_does_not() {
        let hour = "2026-03-09T09:00+01:00";
        let fact = |iso: &str| Date::parse(iso).map(|date| Fact::configured(date, "test"));
        for (embargo, text, want) in [
            (hour, None, hour),
            (hour, Some("2026-03-09"), hour),
            (hour, Some("2026-03-08"), "2026-03-08"),
            (hour, Some("2026-03-09T08:00"), "2026-03-09T08:00"),
            ("2026-03-09", None, "2026-03-09"),
        ] {
            let mut embargoed = reading();
            embargoed.release.embargo = fact(embargo);
            embargoed.release.published = text.and_then(fact);
            assert_eq!(judged(&mut embargoed, &[]), Verdict::Publish, "{embargo}");
            let date = embargoed.release.published.expect("a date");
            assert_eq!(date.value.to_string(), want);
        }
    }

    #[test]
    fn an_embargo_waits_for_its_end() {
        for (text, waits) in [("2026-03-10", true), ("2026-03-09T11:59", false)] {
            let mut embargoed = reading();
            embargoed.release.embargo =
                Date::parse(text).map(|date| Fact::configured(date, "test"));
            let verdict = judged(&mut embargoed, &[DateFrom::FirstSeen]);
            assert_eq!(matches!(verdict, Verdict::Wait(_)), waits, "{text}");
        }
    }

    #[test]
    fn a_date_after_the_run_is_told_when_its_day_has_not_begun() {
        let auckland = TimeZone::named("Pacific/Auckland");
        let now = DateTime::from_timestamp(1_773_057_600, 0).expect("noon of 9 March 2026");
        for (text, zone, ahead) in [
            ("2026-03-09", Some(TimeZone::UTC), false),
            ("2026-03-10", Some(TimeZone::UTC), true),
            ("2026-03-10", auckland, false),
            ("2026-03-10", None, false),
            ("2026-03-11", None, true),
            ("2026-03", None, false),
            ("2026-04", None, true),
            ("2026-03-09T12:01", Some(TimeZone::UTC), true),
            ("2026-03-09T12:01+01:00", None, false),
            ("2026-03-10T01:00", None, false),
        ] {
            let release = Release {
                published: Date::parse(text).map(|date| Fact::configured(date, "test")),
                ..Release::default()
            };
            let found = dated_ahead(&release, zone, now);
            assert_eq!(found.is_some(), ahead, "{text} {zone:?}");
        }
        assert_eq!(dated_ahead(&Release::default(), None, now), None);
    }
}
