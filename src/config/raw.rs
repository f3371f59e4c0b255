//! The settings as the file has them, with their defaults.

use serde::Deserialize;
use toml::Spanned;

use super::DateFrom;
use crate::model::{Authority, DateOrder, TopicSettings};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) site: SiteTable,
    #[serde(default)]
    pub(super) publisher: PublisherTable,
    #[serde(default)]
    pub(super) input: InputTable,
    #[serde(default)]
    pub(super) output: OutputTable,
    #[serde(default)]
    pub(super) read: ReadTable,
    #[serde(default)]
    pub(super) organization: Vec<Spanned<Authority>>,
    #[serde(default)]
    pub(super) person: Vec<Spanned<Authority>>,
    #[serde(default)]
    pub(super) place: Vec<Spanned<Authority>>,
    #[serde(default)]
    pub(super) topic: Vec<Spanned<TopicSettings>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteTable {
    pub(super) base_url: Spanned<String>,
    pub(super) authority: Spanned<String>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) description: Option<Spanned<String>>,
    pub(super) language: Option<Spanned<String>>,
    pub(super) time_zone: Option<Spanned<String>>,
    pub(super) vocabulary: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PublisherTable {
    pub(super) name: Option<Spanned<String>>,
    pub(super) alternate_names: Vec<Spanned<String>>,
    pub(super) url: Option<Spanned<String>>,
    pub(super) logo: Option<Spanned<String>>,
    pub(super) same_as: Vec<Spanned<String>>,
    pub(super) place: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct InputTable {
    pub(super) include: Spanned<Vec<String>>,
    pub(super) exclude: Spanned<Vec<String>>,
    pub(super) encoding: Option<Spanned<String>>,
    pub(super) max_bytes: Spanned<u64>,
    pub(super) date_from: Vec<DateFrom>,
    pub(super) headline_from: Option<HeadlineFrom>,
}

impl Default for InputTable {
    fn default() -> Self {
        Self {
            include: Spanned::new(0..0, vec!["input/**/*.txt".to_owned()]),
            exclude: Spanned::new(0..0, Vec::new()),
            encoding: None,
            max_bytes: Spanned::new(0..0, 5_000_000),
            date_from: Vec::new(),
            headline_from: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum HeadlineFrom {
    FirstSentence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OutputTable {
    pub(super) folder: String,
    pub(super) feed_items: Spanned<usize>,
    pub(super) feed_bytes: Spanned<usize>,
    pub(super) date_only_time: Spanned<String>,
    pub(super) pages: bool,
    pub(super) calendar: bool,
    pub(super) calendar_events: Spanned<usize>,
    pub(super) sitemaps: bool,
    pub(super) templates: Option<String>,
}

impl Default for OutputTable {
    fn default() -> Self {
        Self {
            folder: "output".to_owned(),
            feed_items: Spanned::new(0..0, 50),
            feed_bytes: Spanned::new(0..0, 524_288),
            date_only_time: Spanned::new(0..0, "12:00Z".to_owned()),
            pages: true,
            calendar: true,
            calendar_events: Spanned::new(0..0, 1000),
            sitemaps: true,
            templates: None,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ReadTable {
    pub(super) publish_inferred: bool,
    pub(super) default_event_place: Option<Spanned<String>>,
    pub(super) date_order: Option<DateOrder>,
}

impl Default for ReadTable {
    fn default() -> Self {
        Self {
            publish_inferred: true,
            default_event_place: None,
            date_order: None,
        }
    }
}
