//! The releases that stand, as the documents that list many see them.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::{Archive, Entry};
use crate::model::{Date, Published, Standing};
use crate::write::{Catalog, Listed, ListedEvent, Withdrawn, WriteError};

/// All published releases of an archive. Items are read one by one, as they are asked for: they must be on disk.
#[derive(Debug)]
pub struct Shelves<'a> {
    archive: &'a Archive,
    listed: Vec<Listed>,
    withdrawn: Vec<Withdrawn>,
    now: DateTime<Utc>,
}

impl<'a> Shelves<'a> {
    pub(super) fn of(archive: &'a Archive, now: DateTime<Utc>) -> Self {
        let mut listed: Vec<_> = archive.entries().filter_map(listing).collect();
        listed.sort_by_cached_key(|listed| {
            let date = &listed.published;
            (Reverse((date.first_day(), date.time)), listed.id.clone())
        });
        let withdrawn = archive
            .entries()
            .filter(|entry| entry.standing == Standing::Withdrawn)
            .map(|entry| Withdrawn {
                id: entry.id.clone(),
                page: entry.page.clone(),
                language: entry.language.clone(),
                events: entry.former_events.clone(),
            })
            .collect();
        Self {
            archive,
            listed,
            withdrawn,
            now,
        }
    }
}

impl Catalog for Shelves<'_> {
    fn listed(&self) -> &[Listed] {
        &self.listed
    }

    fn withdrawn(&self) -> &[Withdrawn] {
        &self.withdrawn
    }

    fn now(&self) -> DateTime<Utc> {
        self.now
    }

    fn load(&self, listed: &Listed) -> Result<Published, WriteError> {
        let fault = |message: String| WriteError {
            format: "archive",
            release: Some(listed.id.clone()),
            message,
        };
        let entry = self
            .archive
            .entry(&listed.id)
            .ok_or_else(|| fault("the archive does not hold it".into()))?;
        self.archive
            .load(entry)
            .map_err(|error| fault(error.with_cause()))
    }

    fn last_change(&self, language: Option<&str>) -> Option<DateTime<Utc>> {
        self.archive
            .entries()
            .filter(|entry| entry.standing != Standing::Withheld)
            .filter(|entry| language.is_none() || entry.language.as_deref() == language)
            .map(|entry| entry.version_created)
            .max()
    }
}

/// A release that stands; one without a date is on no list.
fn listing(entry: &Entry) -> Option<Listed> {
    (entry.standing == Standing::Usable).then_some(())?;
    Some(Listed {
        id: entry.id.clone(),
        version: entry.version,
        page: entry.page.clone(),
        headline: entry.headline.clone(),
        published: entry.published_date()?,
        language: entry.language.clone(),
        version_created: entry.version_created,
        first_created: entry.first_created,
        events: entry
            .events
            .iter()
            .map(|event| ListedEvent {
                number: event.number,
                start: event.start.as_deref().and_then(Date::parse),
            })
            .collect(),
    })
}
