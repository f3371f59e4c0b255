//! Dates as NewsML-G2 writes them: truncated to their precision, minutes with seconds.

use crate::model::Date;

/// `2018`, `2018-12`, `2023-11-21`, `2023-11-21T14:30:00` or `2023-11-21T14:30:00+01:00`.
pub(super) fn truncated(date: &Date) -> String {
    let mut text = date.to_string();
    if date.time.is_some() {
        text.insert_str("2023-11-21T14:30".len(), ":00");
    }
    text
}

/// Whether the date is one instant: a clock time in a zone.
pub(super) fn is_instant(date: &Date) -> bool {
    date.time.is_some() && date.zone.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_written_with_seconds() {
        for (date, want) in [
            ("2018", "2018"),
            ("2018-12", "2018-12"),
            ("2023-11-21", "2023-11-21"),
            ("2023-11-21T14:30", "2023-11-21T14:30:00"),
            ("2023-11-21T14:30+01:00", "2023-11-21T14:30:00+01:00"),
        ] {
            assert_eq!(truncated(&Date::parse(date).expect("a date")), want);
        }
    }
}
