//! What the formats of the web share: addresses, and dates as they may be published.

use chrono::{DateTime, FixedOffset, NaiveTime, SecondsFormat, Utc};

use super::newsml_g2::paths;
use super::{DocumentLink, percent_path};
use crate::model::{Basis, Block, Date, EventKey, Fact, Image, Published, Site, Zone};

/// The absolute address of a path below the output folder.
pub(super) fn address(site: &Site, path: &str) -> String {
    format!("{}{}", site.base_url, percent_path(path))
}

/// The absolute address of a picture of a release, which lies in the archive.
pub(super) fn image_address(published: &Published, image: &Image, site: &Site) -> String {
    address(site, &image_path(published, image))
}

/// Where that lies below the output folder.
pub(super) fn image_path(published: &Published, image: &Image) -> String {
    paths::image(&published.archive_folder, &published.release.id, image)
}

/// Path of a document that lies beside the release's page: the page's own with another ending.
pub(super) fn beside(page: &str, ending: &str) -> String {
    format!("{}{ending}", page.strip_suffix(".html").unwrap_or(page))
}

/// Path of the leaf page of an event.
pub(super) fn event_page(key: &EventKey) -> String {
    format!("events/{}-{}.html", key.release, key.number)
}

/// The value of a fact, where the site publishes facts of its basis.
pub(super) fn shown<'a, T>(site: &Site, fact: Option<&'a Fact<T>>) -> Option<&'a T> {
    fact.filter(|fact| site.read.publish_inferred || fact.basis != Basis::Inferred)
        .map(|fact| &fact.value)
}

/// The date as the web may have it: a clock time keeps its offset, takes that of the site's zone, or is left out,
/// since readers would each put another zone to it (OUTPUTS, JSON-LD 7).
pub(super) fn web_date(date: &Date, site: &Site) -> Date {
    if date.time.is_none() || date.zone.is_some() {
        return date.clone();
    }
    let zoned = || {
        let zone = site.time_zone?;
        let offset = zone.offset(date.naive_time()?).single()?;
        Some(Date {
            zone: Some(Zone {
                offset: offset.local_minus_utc() / 60,
                name: zone.name().to_owned(),
            }),
            ..date.clone()
        })
    };
    zoned().unwrap_or_else(|| date.without_time())
}

/// The instant of a date, `hour` UTC standing in for a clock time that is not said; `None` for a month or year.
pub(super) fn instant(date: &Date, site: &Site, hour: NaiveTime) -> Option<DateTime<Utc>> {
    let date = web_date(date, site);
    match (date.naive_time(), &date.zone) {
        (Some(local), Some(zone)) => {
            let offset = FixedOffset::east_opt(zone.offset * 60)?;
            let local = local.and_local_timezone(offset);
            local.single().map(|local| local.to_utc())
        }
        _ => Some(date.naive_day()?.and_time(hour).and_utc()),
    }
}

/// The text without the characters that no XML 1.0 document may hold (XML 1.0, production 2).
pub(super) fn clean(text: &str) -> String {
    let may = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(|c| may(&c)) {
        return text.to_owned();
    }
    text.chars().filter(may).collect()
}

/// Title of a document that lists the releases of one language, or of all.
pub(super) fn list_title(site: &Site, language: Option<&str>) -> String {
    language.map_or_else(
        || site.title.clone(),
        |tag| format!("{} ({tag})", site.title),
    )
}

/// The link to such a document.
pub(super) fn list_link(site: &Site, path: String, language: Option<&str>) -> DocumentLink {
    DocumentLink {
        path,
        title: list_title(site, language),
    }
}

/// An instant in ISO form, whole seconds, UTC.
pub(super) fn iso_instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The summary, or else the paragraph that opens the text: for places that cannot do without one.
pub(super) fn lead<'a>(published: &'a Published, site: &Site) -> Option<&'a str> {
    let release = &published.release;
    shown(site, release.summary.as_ref())
        .map(String::as_str)
        .or_else(|| {
            release
                .body
                .first()
                .map(|block: &Block| block.text.as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::super::sample::site;
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn times_take_the_zone_of_the_site_or_fall_to_the_day() {
        let mut site = site();
        let zurich = crate::model::TimeZone::named("Europe/Zurich");
        for (zone, text, want) in [
            (None, "2024-05-13T11:00+01:00", "2024-05-13T11:00+01:00"),
            (None, "2024-05-13T11:00", "2024-05-13"),
            (None, "2024-05", "2024-05"),
            (zurich, "2024-05-13T11:00", "2024-05-13T11:00+02:00"),
            (zurich, "2024-01-13T11:00", "2024-01-13T11:00+01:00"),
            // The hour that daylight saving skips, and the one that comes twice.
            (zurich, "2024-03-31T02:30", "2024-03-31"),
            (zurich, "2024-10-27T02:30", "2024-10-27"),
        ] {
            site.time_zone = zone;
            assert_eq!(web_date(&date(text), &site).to_string(), want, "{text}");
        }
    }

    #[test]
    fn instants_stand_in_for_days_only() {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("noon");
        for (text, want) in [
            ("2024-04-03T09:30+01:00", Some("2024-04-03T08:30:00Z")),
            ("2024-04-03", Some("2024-04-03T12:00:00Z")),
            ("2024-04", None),
        ] {
            let got = instant(&date(text), &site(), noon).map(iso_instant);
            assert_eq!(got.as_deref(), want, "{text}");
        }
    }

    #[test]
    fn documents_lie_beside_their_page() {
        assert_eq!(
            beside("releases/a.b.html", ".article.jsonld"),
            "releases/a.b.article.jsonld"
        );
    }
}
