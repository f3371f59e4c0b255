//! Time zones as texts name them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDateTime;

use crate::model::TimeZone;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// So many minutes east of UTC, winter and summer: a text that writes `CET` in July is taken at its word.
    Fixed(i32),
    /// A zone whose clock changes with the season.
    Zone(&'static str),
    /// Zones of one name in several parts of the world: the name says nothing.
    Several,
}

/// Abbreviations.
const ABBREVIATIONS: &[(&str, Known)] = &[
    ("ACDT", Known::Fixed(630)),
    ("ACST", Known::Fixed(570)),
    ("ADT", Known::Fixed(-180)),
    ("AEDT", Known::Fixed(660)),
    ("AEST", Known::Fixed(600)),
    ("AKDT", Known::Fixed(-480)),
    ("AKST", Known::Fixed(-540)),
    ("ART", Known::Fixed(-180)),
    ("AST", Known::Several),
    ("AWST", Known::Fixed(480)),
    ("BRT", Known::Fixed(-180)),
    ("BST", Known::Fixed(60)),
    ("CAT", Known::Fixed(120)),
    ("CDT", Known::Fixed(-300)),
    ("CEST", Known::Fixed(120)),
    ("CET", Known::Fixed(60)),
    ("CST", Known::Several),
    ("CT", Known::Zone("America/Chicago")),
    ("EAT", Known::Fixed(180)),
    ("EDT", Known::Fixed(-240)),
    ("EEST", Known::Fixed(180)),
    ("EET", Known::Fixed(120)),
    ("EST", Known::Fixed(-300)),
    ("ET", Known::Zone("America/New_York")),
    ("GMT", Known::Fixed(0)),
    ("HAC", Known::Fixed(-300)),
    ("HAE", Known::Fixed(-240)),
    ("HKT", Known::Fixed(480)),
    ("HNC", Known::Fixed(-360)),
    ("HNE", Known::Fixed(-300)),
    ("HST", Known::Fixed(-600)),
    ("ICT", Known::Fixed(420)),
    ("IST", Known::Several),
    ("JST", Known::Fixed(540)),
    ("KST", Known::Fixed(540)),
    ("MDT", Known::Fixed(-360)),
    ("MESZ", Known::Fixed(120)),
    ("MEZ", Known::Fixed(60)),
    ("MSK", Known::Fixed(180)),
    ("MST", Known::Fixed(-420)),
    ("MT", Known::Zone("America/Denver")),
    ("NDT", Known::Fixed(-150)),
    ("NZDT", Known::Fixed(780)),
    ("NZST", Known::Fixed(720)),
    ("PDT", Known::Fixed(-420)),
    ("PHT", Known::Fixed(480)),
    ("PST", Known::Fixed(-480)),
    ("PT", Known::Zone("America/Los_Angeles")),
    ("SAST", Known::Fixed(120)),
    ("SGT", Known::Fixed(480)),
    ("UTC", Known::Fixed(0)),
    ("WAT", Known::Fixed(60)),
    ("WEST", Known::Fixed(60)),
    ("WET", Known::Fixed(0)),
    ("WIB", Known::Fixed(420)),
    ("WIT", Known::Fixed(540)),
    ("WITA", Known::Fixed(480)),
    ("Z", Known::Fixed(0)),
];

/// Towns that texts name the time of, beside those that zones are named after.
const TOWNS: &[(&str, &str)] = &[
    ("barcelona", "Europe/Madrid"),
    ("beijing", "Asia/Shanghai"),
    ("berne", "Europe/Zurich"),
    ("bonn", "Europe/Berlin"),
    ("brasília", "America/Sao_Paulo"),
    ("bruxelles", "Europe/Brussels"),
    ("central european", "Europe/Brussels"),
    ("eastern", "America/New_York"),
    ("frankfurt", "Europe/Berlin"),
    ("geneva", "Europe/Zurich"),
    ("genève", "Europe/Zurich"),
    ("lisboa", "Europe/Lisbon"),
    ("milan", "Europe/Rome"),
    ("montreal", "America/Toronto"),
    ("méxico", "America/Mexico_City"),
    ("new delhi", "Asia/Kolkata"),
    ("ottawa", "America/Toronto"),
    ("pacific", "America/Los_Angeles"),
    ("strasbourg", "Europe/Paris"),
    ("the hague", "Europe/Amsterdam"),
    ("washington", "America/New_York"),
    ("астаны", "Asia/Almaty"),
    ("москвы", "Europe/Moscow"),
    ("北京", "Asia/Shanghai"),
    ("香港", "Asia/Hong_Kong"),
];

/// Whether a word is a zone's abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    abbreviation(word).is_some()
}

/// Whether the time of a town is known.
pub(super) fn is_town(name: &str) -> bool {
    town(name).is_some()
}

/// Minutes east of UTC that a zone's name means at a local time; `None` where the name means several or none.
///
/// `name` is the text's: an abbreviation, `UTC+2`, `+01:00`, or words that name a town.
pub(super) fn offset(name: &str, at: NaiveDateTime) -> Option<i32> {
    if let Some(known) = abbreviation(name) {
        return match known {
            Known::Fixed(minutes) => Some(minutes),
            Known::Zone(name) => zone_offset(TimeZone::named(name)?, at),
            Known::Several => None,
        };
    }
    let plain = name
        .trim_start_matches("UTC")
        .trim_start_matches("GMT")
        .trim();
    if plain.starts_with(['+', '-', '−', '–']) {
        return written_offset(plain);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    (0..words.len())
        .flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)))
        .find_map(|(from, to)| town(&words[from..to].join(" ")))
        .or_else(|| {
            TOWNS
                .iter()
                .find(|(town, _)| !town.is_ascii() && name.starts_with(town))
                .and_then(|(_, zone)| TimeZone::named(zone))
        })
        .and_then(|zone| zone_offset(zone, at))
}

/// Minutes east of UTC in a zone at a local time; the earlier of two where clocks go back.
pub(super) fn zone_offset(zone: TimeZone, at: NaiveDateTime) -> Option<i32> {
    let offset = zone.offset(at).earliest()?;
    Some(offset.local_minus_utc() / 60)
}

fn abbreviation(word: &str) -> Option<Known> {
    let at = ABBREVIATIONS.binary_search_by_key(&word, |a| a.0).ok()?;
    Some(ABBREVIATIONS[at].1)
}

fn town(name: &str) -> Option<TimeZone> {
    static NAMED: LazyLock<BTreeMap<String, TimeZone>> = LazyLock::new(|| {
        let town = |zone: TimeZone| {
            let (_, town) = zone.name().rsplit_once('/')?;
            Some((town.replace('_', " ").to_lowercase(), zone))
        };
        let towns = TimeZone::all().filter(|zone| !zone.name().starts_with("Etc/"));
        let mut named: BTreeMap<_, _> = towns.filter_map(town).collect();
        let told = |(town, zone): &(&str, &str)| Some(((*town).to_owned(), TimeZone::named(zone)?));
        named.extend(TOWNS.iter().filter_map(told));
        named
    });
    NAMED.get(&name.to_lowercase()).copied()
}

/// `+2`, `+02`, `-3:30`, `+0100`.
fn written_offset(text: &str) -> Option<i32> {
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits = text.trim_start_matches(['+', '-', '−', '–']).trim();
    let (hours, minutes) = match digits.split_once([':', '.']) {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(name: &str, month: u32) -> Option<i32> {
        let day = NaiveDate::from_ymd_opt(2024, month, 10)?;
        offset(name, day.and_hms_opt(12, 0, 0)?)
    }

    #[test]
    fn abbreviations_are_in_order() {
        assert!(ABBREVIATIONS.is_sorted_by_key(|a| a.0));
    }

    #[test]
    fn zones_of_the_tables_are_known() {
        let zone = |known| match known {
            Known::Zone(name) => Some(name),
            Known::Fixed(_) | Known::Several => None,
        };
        let zones = ABBREVIATIONS.iter().filter_map(|(_, known)| zone(*known));
        for name in zones.chain(TOWNS.iter().map(|(_, name)| *name)) {
            let found = TimeZone::named(name);
            assert_eq!(found.map(TimeZone::name), Some(name));
        }
    }

    #[test]
    fn names_give_the_offset_of_the_day() {
        for (name, winter, summer) in [
            ("CET", Some(60), Some(60)),
            ("ET", Some(-300), Some(-240)),
            ("UTC+2", Some(120), Some(120)),
            ("GMT -3:30", Some(-210), Some(-210)),
            ("+0100", Some(60), Some(60)),
            ("Geneva time", Some(60), Some(120)),
            ("hora de México", Some(-360), Some(-360)),
            ("New York time", Some(-300), Some(-240)),
            ("IST", None, None),
            ("local time", None, None),
        ] {
            assert_eq!((at(name, 1), at(name, 7)), (winter, summer), "{name}");
        }
    }
}
