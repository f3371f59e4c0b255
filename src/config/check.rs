//! From the file as written to settings that hold.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use chrono::NaiveTime;
use toml::Spanned;

use super::raw::{HeadlineFrom, PublisherTable, Raw};
use super::{Config, Input, Output};
use crate::model::{
    Authority, FeedSettings, Publisher, ReadSettings, Site, TimeZone, TopicSettings, language_tag,
};
use crate::source::discover::Patterns;
use crate::source::{
    Decoding, SettingsError, cleaned, encoding_of_label, is_host, is_web_address, nearest,
};

/// Scheme of the archive's own codes, as the archive's profile defines it.
const VOCABULARY: &str = "https://dateline.example/cv/";

/// Largest `max_bytes`: a text may be three times as long as its bytes, and spans count to 4 GiB.
const MAX_BYTES: u64 = 1 << 30;

/// The file that errors point into.
pub(super) struct Place<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

impl Place<'_> {
    fn error(&self, at: Range<usize>, message: String) -> SettingsError {
        SettingsError::at(self.name, self.text, at, message)
    }

    /// Words for people, in the form texts have.
    fn words(&self, key: &str, value: &Spanned<String>) -> Result<String, SettingsError> {
        let (words, _) = cleaned(value.get_ref());
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Err(self.error(value.span(), format!("`{key}` is empty")));
        }
        Ok(words)
    }

    fn maybe_words(
        &self,
        key: &str,
        value: Option<Spanned<String>>,
    ) -> Result<Option<String>, SettingsError> {
        value.map(|value| self.words(key, &value)).transpose()
    }

    /// An absolute web address.
    fn address(&self, key: &str, value: Spanned<String>) -> Result<String, SettingsError> {
        if is_web_address(value.get_ref()) {
            return Ok(value.into_inner());
        }
        let message = format!(
            "`{key}`: `{}` is no absolute web address, expected one like `https://press.example/`",
            value.get_ref()
        );
        Err(self.error(value.span(), message))
    }

    fn addresses(
        &self,
        key: &str,
        values: Vec<Spanned<String>>,
    ) -> Result<Vec<String>, SettingsError> {
        values
            .into_iter()
            .map(|value| self.address(key, value))
            .collect()
    }
}

/// Whether the text is an authority and a date as tag URIs have them (RFC 4151 section 2.1): a host or mail address,
/// and a year, month or day on which it belonged to the office.
fn is_tag_authority(text: &str) -> bool {
    let Some((authority, date)) = text.split_once(',') else {
        return false;
    };
    let (user, host) = authority.split_once('@').unwrap_or(("x", authority));
    let user_fits = !user.is_empty()
        && user
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    user_fits && is_host(host) && is_date(date)
}

fn is_date(text: &str) -> bool {
    let missing = &"-01-01"[(text.len().clamp(4, 10) - 4).min(6)..];
    matches!(text.len(), 4 | 7 | 10)
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && chrono::NaiveDate::parse_from_str(&format!("{text}{missing}"), "%Y-%m-%d").is_ok()
}

pub(super) fn check(raw: Raw, place: &Place<'_>, root: &Path) -> Result<Config, SettingsError> {
    let base_url = base_url(place, raw.site.base_url)?;
    let authority = raw.site.authority;
    if !is_tag_authority(authority.get_ref()) {
        let message = format!(
            "`authority`: `{}` is no tag authority, expected a host of yours and a year in which it was yours, like `press.example,2026`",
            authority.get_ref()
        );
        return Err(place.error(authority.span(), message));
    }
    let host = host(&base_url).to_owned();
    let title = place.maybe_words("title", raw.site.title)?;
    let publisher = publisher(place, raw.publisher, title.as_deref().unwrap_or(&host))?;
    let title = title.unwrap_or_else(|| publisher.name.clone());
    let description = place.maybe_words("description", raw.site.description)?;
    let site = Site {
        authority: authority.into_inner(),
        description: description.unwrap_or_else(|| title.clone()),
        title,
        language: match raw.site.language {
            Some(language) => tag(place, &language)?,
            None => "en".to_owned(),
        },
        time_zone: raw
            .site
            .time_zone
            .map(|zone| time_zone(place, &zone))
            .transpose()?,
        vocabulary: match raw.site.vocabulary {
            Some(vocabulary) => place.address("vocabulary", vocabulary)?,
            None => VOCABULARY.to_owned(),
        },
        publisher,
        read: ReadSettings {
            publish_inferred: raw.read.publish_inferred,
            default_event_place: place
                .maybe_words("default_event_place", raw.read.default_event_place)?,
            date_order: raw.read.date_order,
            headline_from_first_sentence: raw.input.headline_from
                == Some(HeadlineFrom::FirstSentence),
        },
        feed: FeedSettings {
            items: at_least_one(place, "feed_items", &raw.output.feed_items)?,
            bytes: at_least_one(place, "feed_bytes", &raw.output.feed_bytes)?,
            date_only_time: clock_time(place, &raw.output.date_only_time)?,
        },
        calendar_events: if raw.output.calendar {
            at_least_one(place, "calendar_events", &raw.output.calendar_events)?
        } else {
            0
        },
        organizations: authorities(place, raw.organization)?,
        people: authorities(place, raw.person)?,
        places: authorities(place, raw.place)?,
        topics: topics(place, raw.topic)?,
        templates: BTreeMap::new(),
        base_url,
    };
    let max_bytes = *raw.input.max_bytes.get_ref();
    if !(1..=MAX_BYTES).contains(&max_bytes) {
        let message = format!("`max_bytes`: {max_bytes} is not between 1 and {MAX_BYTES}");
        return Err(place.error(raw.input.max_bytes.span(), message));
    }
    let (include, exclude) = (raw.input.include, raw.input.exclude);
    let patterns =
        Patterns::new(include.get_ref(), exclude.get_ref()).map_err(|(pattern, why)| {
            let excluded =
                exclude.get_ref().contains(&pattern) && !include.get_ref().contains(&pattern);
            let at = if excluded {
                exclude.span()
            } else {
                include.span()
            };
            place.error(at, format!("`{pattern}` is no pattern: {}", why.msg))
        })?;
    let decoding = Decoding {
        assumed: raw
            .input
            .encoding
            .map(|label| encoding(place, &label))
            .transpose()?,
        top_level_domain: host
            .rsplit_once('.')
            .map(|(_, label)| label.to_ascii_lowercase()),
    };
    Ok(Config {
        site,
        input: Input {
            root: root.to_owned(),
            patterns,
            decoding,
            max_bytes,
            date_from: raw.input.date_from,
        },
        output: Output {
            folder: root.join(raw.output.folder),
            pages: raw.output.pages,
            sitemaps: raw.output.sitemaps,
            templates: raw.output.templates.map(|folder| root.join(folder)),
        },
    })
}

fn base_url(place: &Place<'_>, value: Spanned<String>) -> Result<String, SettingsError> {
    let at = value.span();
    let mut address = place.address("base_url", value)?;
    if address.contains(['?', '#']) {
        let message = format!(
            "`base_url`: `{address}` has a query or fragment; documents' addresses are put behind it"
        );
        return Err(place.error(at, message));
    }
    if !address.ends_with('/') {
        address.push('/');
    }
    Ok(address)
}

/// The host name of a checked address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

fn publisher(
    place: &Place<'_>,
    table: PublisherTable,
    title: &str,
) -> Result<Publisher, SettingsError> {
    Ok(Publisher {
        name: place
            .maybe_words("name", table.name)?
            .unwrap_or_else(|| title.to_owned()),
        alternate_names: (table.alternate_names.into_iter())
            .map(|name| place.words("alternate_names", &name))
            .collect::<Result<_, _>>()?,
        url: table.url.map(|url| place.address("url", url)).transpose()?,
        logo: table
            .logo
            .map(|url| place.address("logo", url))
            .transpose()?,
        same_as: place.addresses("same_as", table.same_as)?,
        place: place.maybe_words("place", table.place)?,
    })
}

fn tag(place: &Place<'_>, value: &Spanned<String>) -> Result<String, SettingsError> {
    language_tag(value.get_ref()).ok_or_else(|| {
        let message = format!(
            "`language`: `{}` is no language tag, expected one like `en` or `pt-BR`",
            value.get_ref()
        );
        place.error(value.span(), message)
    })
}

fn time_zone(place: &Place<'_>, value: &Spanned<String>) -> Result<TimeZone, SettingsError> {
    TimeZone::named(value.get_ref()).ok_or_else(|| {
        let message = format!(
            "`time_zone`: `{}` is no IANA zone, expected one like `Europe/Brussels`",
            value.get_ref()
        );
        let error = place.error(value.span(), message);
        let names = TimeZone::all().map(TimeZone::name);
        match nearest(value.get_ref(), names) {
            Some(zone) => error.hint(format!("did you mean `{zone}`?")),
            None => error,
        }
    })
}

fn encoding(
    place: &Place<'_>,
    label: &Spanned<String>,
) -> Result<&'static encoding_rs::Encoding, SettingsError> {
    encoding_of_label(label.get_ref()).ok_or_else(|| {
        let message = format!(
            "`encoding`: `{}` is no encoding of texts, expected a name like `windows-1252`",
            label.get_ref()
        );
        place.error(label.span(), message)
    })
}

/// A clock time in UTC, `HH:MMZ`.
fn clock_time(place: &Place<'_>, value: &Spanned<String>) -> Result<NaiveTime, SettingsError> {
    let clock = value
        .get_ref()
        .strip_suffix('Z')
        .filter(|clock| clock.len() == 5);
    clock
        .and_then(|clock| NaiveTime::parse_from_str(clock, "%H:%M").ok())
        .ok_or_else(|| {
            let message = format!(
                "`date_only_time`: `{}` is no clock time in UTC, expected one like `12:00Z`",
                value.get_ref()
            );
            place.error(value.span(), message)
        })
}

fn at_least_one(
    place: &Place<'_>,
    key: &str,
    value: &Spanned<usize>,
) -> Result<usize, SettingsError> {
    match *value.get_ref() {
        0 => Err(place.error(value.span(), format!("`{key}` is 0, expected at least 1"))),
        number => Ok(number),
    }
}

fn authorities(
    place: &Place<'_>,
    tables: Vec<Spanned<Authority>>,
) -> Result<Vec<Authority>, SettingsError> {
    let check = |table: Spanned<Authority>| {
        let at = table.span();
        let Authority {
            name,
            aliases,
            same_as,
        } = table.into_inner();
        let here = |text| Spanned::new(at.clone(), text);
        Ok(Authority {
            name: place.words("name", &here(name))?,
            aliases: (aliases.into_iter())
                .map(|alias| place.words("aliases", &here(alias)))
                .collect::<Result<_, _>>()?,
            same_as: place.addresses("same_as", same_as.into_iter().map(here).collect())?,
        })
    };
    tables.into_iter().map(check).collect()
}

fn topics(
    place: &Place<'_>,
    tables: Vec<Spanned<TopicSettings>>,
) -> Result<Vec<TopicSettings>, SettingsError> {
    let check = |table: Spanned<TopicSettings>| {
        let at = table.span();
        let TopicSettings {
            name,
            aliases,
            media_topic,
        } = table.into_inner();
        let here = |text| Spanned::new(at.clone(), text);
        if let Some(code) = &media_topic
            && !code
                .strip_prefix("medtop:")
                .is_some_and(|n| n.len() == 8 && n.bytes().all(|b| b.is_ascii_digit()))
        {
            let message = format!(
                "`media_topic`: `{code}` is no Media Topic, expected one like `medtop:20000344`"
            );
            return Err(place.error(at, message));
        }
        Ok(TopicSettings {
            name: place.words("name", &here(name))?,
            aliases: (aliases.into_iter())
                .map(|alias| place.words("aliases", &here(alias)))
                .collect::<Result<_, _>>()?,
            media_topic,
        })
    };
    tables.into_iter().map(check).collect()
}
