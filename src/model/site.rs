//! What the office says of itself: the part of the settings that reading and writing may see.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::TimeZone;

/// Settings of the site, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Absolute address that output/ is served under, with a slash at its end.
    pub base_url: String,
    /// Authority and year of tag URIs: `press.example,2026`.
    pub authority: String,
    /// Title of the site, its feed and index.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Language of the site's own words, BCP 47.
    pub language: String,
    /// IANA zone for times that name none.
    pub time_zone: Option<TimeZone>,
    /// Scheme address of the archive's own codes.
    pub vocabulary: String,
    /// Who issues the releases.
    pub publisher: Publisher,
    /// Settings for reading.
    pub read: ReadSettings,
    /// Settings for feeds.
    pub feed: FeedSettings,
    /// Newest events at most that a calendar holds; 0: there are no calendars.
    pub calendar_events: usize,
    /// The house's own authority file of organizations.
    pub organizations: Vec<Authority>,
    /// The same of people.
    pub people: Vec<Authority>,
    /// The same of places.
    pub places: Vec<Authority>,
    /// Topics that become keywords where they stand in a text.
    pub topics: Vec<TopicSettings>,
    /// The office's own templates of pages, by the name of the built-in one that each replaces.
    pub templates: BTreeMap<String, String>,
}

/// The issuing body.
#[derive(Debug, Clone, PartialEq)]
pub struct Publisher {
    /// Full name.
    pub name: String,
    /// Acronyms and other names.
    pub alternate_names: Vec<String>,
    /// Its own site.
    pub url: Option<String>,
    /// Absolute address of its logo.
    pub logo: Option<String>,
    /// Authority links.
    pub same_as: Vec<String>,
    /// Town of its seat; never an event's place.
    pub place: Option<String>,
}

/// How to read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadSettings {
    /// Whether inferred facts are published.
    pub publish_inferred: bool,
    /// Place of events that name none. Off by default.
    pub default_event_place: Option<String>,
    /// Order of ambiguous numeric dates that nothing in the text settles.
    pub date_order: Option<DateOrder>,
    /// Take the first sentence as headline of a release without one.
    pub headline_from_first_sentence: bool,
}

/// Order of a numeric date's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 31/12/2024.
    DayMonthYear,
    /// 12/31/2024.
    MonthDayYear,
    /// 2024/12/31.
    YearMonthDay,
}

/// How much a feed holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSettings {
    /// Newest releases at most.
    pub items: usize,
    /// Bytes at most.
    pub bytes: usize,
    /// Clock time in UTC of a release that has only a day, `HH:MM`.
    pub date_only_time: chrono::NaiveTime,
}

/// A known organization, person or place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Full name.
    pub name: String,
    /// Other forms.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Authority links.
    #[serde(default)]
    pub same_as: Vec<String>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicSettings {
    /// Name, given as keyword.
    pub name: String,
    /// Other forms that count as a mention.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// IPTC Media Topic code.
    #[serde(default)]
    pub media_topic: Option<String>,
}
