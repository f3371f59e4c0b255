//! Dates at the precision the text gives.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// A date as precise as the text: year, month, day, or minute. Prints as ISO 8601 truncated to that precision
/// (`2018`, `2018-12`, `2023-11-21`, `2023-11-21T14:30`, `2023-11-21T14:30+01:00`).
///
/// A finer part is only present where the coarser ones are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Date {
    /// Year of the Gregorian calendar, 1 to 9999.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: Option<u32>,
    /// Day of the month, real for that month.
    pub day: Option<u32>,
    /// Clock time to the minute.
    pub time: Option<NaiveTime>,
    /// Zone of `time`, where the text or the site says it.
    pub zone: Option<Zone>,
}

/// A zone: its offset on that day, and its name as the text has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Zone {
    /// Minutes east of UTC.
    pub offset: i32,
    /// As the text names it (`CET`, `Geneva time`), or the IANA name where the site's settings give it.
    pub name: String,
}

impl Date {
    /// A year alone.
    pub fn year(year: i32) -> Self {
        Self {
            year,
            month: None,
            day: None,
            time: None,
            zone: None,
        }
    }

    /// A whole day.
    pub fn day(day: NaiveDate) -> Self {
        use chrono::Datelike;
        Self {
            month: Some(day.month()),
            day: Some(day.day()),
            ..Self::year(day.year())
        }
    }

    /// A checked date from its parts; `None` where no calendar has it.
    pub fn from_parts(year: i32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
        ((1..=9999).contains(&year) && (month.is_some() || day.is_none())).then_some(Self {
            month,
            day,
            ..Self::year(year)
        })
    }

    /// The calendar day, where the date is that precise.
    pub fn naive_day(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month?, self.day?)
    }

    /// The first day that the date may mean: for ordering.
    pub fn first_day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .unwrap_or(NaiveDate::MIN)
    }

    /// Local day and time, where the date is that precise.
    pub fn naive_time(&self) -> Option<NaiveDateTime> {
        Some(self.naive_day()?.and_time(self.time?))
    }

    /// The date without its clock time.
    #[must_use]
    pub fn without_time(&self) -> Self {
        Self {
            time: None,
            zone: None,
            ..self.clone()
        }
    }

    /// Reads the ISO form that [`fmt::Display`] prints. The zone's name is not part of it and becomes the offset as printed.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = match text.split_once('T') {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let mut parts = day.splitn(3, '-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let two = |part: &str| (part.len() == 2).then(|| part.parse().ok()).flatten();
        let month = parts.next().map(two);
        let day = parts.next().map(two);
        if month == Some(None) || day == Some(None) {
            return None;
        }
        let mut date = Self::from_parts(year, month.flatten(), day.flatten())?;
        if let Some(time) = time {
            date.day?;
            let clock = time.get(..5)?;
            date.time = Some(NaiveTime::parse_from_str(clock, "%H:%M").ok()?);
            let zone = time[5..].trim_start_matches(":00");
            if !zone.is_empty() {
                let offset = parse_offset(zone)?;
                date.zone = Some(Zone {
                    offset,
                    name: format_offset(offset),
                });
            }
        }
        Some(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        if let Some(time) = self.time {
            write!(f, "T{}", time.format("%H:%M"))?;
            if let Some(zone) = &self.zone {
                f.write_str(&format_offset(zone.offset))?;
            }
        }
        Ok(())
    }
}

/// `+01:00` for 60.
fn format_offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn parse_offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let two = |part: &str, most: i32| {
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i32>()
            .ok()
            .filter(|number| digits && *number <= most)
    };
    Some(sign * (two(hours, 18)? * 60 + two(minutes, 59)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_reads_back_as_printed() {
        for text in [
            "2018",
            "2018-12",
            "2023-11-21",
            "2023-11-21T14:30",
            "2023-11-21T14:30+01:00",
            "2023-11-21T14:30-03:30",
        ] {
            assert_eq!(
                Date::parse(text).map(|d| d.to_string()).as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn dates_no_calendar_has_are_refused() {
        for text in [
            "2023-02-29",
            "2023-13",
            "23-01-01",
            "2023-1-1",
            "2023-01-01T25:00",
            "2023-01-01T05:00+99999999:00",
            "2023-01-01T05:00+19:00",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
