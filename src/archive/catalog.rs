//! The releases that stand, as the documents that list many see them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::{Archive, Entry, EventEntry};
use crate::model::{Date, EventKey, FormerEvent, Published, Standing};
use crate::write::{Catalog, Listed, ListedEvent, Withdrawn, WriteError};

/// Entries that are looked at in parallel: what that collects is held twice for a moment.
const PART: usize = 4096;

/// All published releases of an archive. Items are read one by one, as they are asked for: they must be on disk.
#[derive(Debug)]
pub struct Shelves<'a> {
    archive: &'a Archive,
    listed: Vec<Listed>,
    withdrawn: Vec<Withdrawn>,
    /// When a release of each language last changed.
    changes: BTreeMap<Option<Arc<str>>, DateTime<Utc>>,
    now: DateTime<Utc>,
}

impl<'a> Shelves<'a> {
    pub(super) fn of(
        archive: &'a Archive,
        now: DateTime<Utc>,
        made: impl Fn(&str) -> bool + Sync,
    ) -> Self {
        let entries: Vec<_> = archive.entries().collect();
        let mut listed = Vec::with_capacity(entries.len());
        for some in entries.chunks(PART) {
            let made = some.par_iter().filter(|entry| made(&entry.id));
            listed.par_extend(made.filter_map(|entry| listing(archive, entry)));
        }
        listed.par_sort_by_cached_key(|listed| {
            let date = &listed.published;
            (Reverse((date.first_day(), date.time)), listed.id.clone())
        });
        let withdrawn = archive
            .entries()
            .filter(|entry| entry.standing == Standing::Withdrawn && made(&entry.id))
            .map(|entry| Withdrawn {
                id: entry.id.clone(),
                page: entry.page.clone(),
                language: entry.language.clone(),
                events: former(archive, entry),
            })
            .collect();
        let mut changes = BTreeMap::new();
        for entry in archive.entries() {
            if entry.standing != Standing::Withheld {
                let last = changes
                    .entry(entry.language.clone())
                    .or_insert(entry.changed);
                *last = entry.changed.max(*last);
            }
        }
        Self {
            archive,
            listed,
            withdrawn,
            changes,
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
            release: Some(listed.id.to_string()),
            message,
        };
        let entry = self
            .archive
            .entry(&listed.id)
            .ok_or_else(|| fault("the archive does not hold it".into()))?;
        self.archive
            .load_related(entry)
            .map_err(|error| fault(error.with_cause()))
    }

    fn last_change(&self, language: Option<&str>) -> Option<DateTime<Utc>> {
        let of_language = self
            .changes
            .iter()
            .filter(|(of, _)| language.is_none() || of.as_deref() == language);
        of_language.map(|(_, last)| *last).max()
    }
}

/// A release that stands; one without a date is on no list.
fn listing(archive: &Archive, entry: &Entry) -> Option<Listed> {
    entry.stands().then_some(())?;
    let versions = archive.versions_of(entry);
    Some(Listed {
        id: entry.id.clone(),
        version: entry.version,
        look: archive.look(entry),
        page: entry.page.clone(),
        headline: entry.headline.clone(),
        published: entry.published_date()?,
        first_published: entry.first_published.as_deref().and_then(Date::parse),
        language: entry.language.clone(),
        changed: entry.changed,
        first_created: entry.first_created,
        events: (entry.events.iter())
            .map(|event| listed_event(archive, entry, event))
            .collect(),
        translations: (versions.into_iter())
            .filter_map(|of| Some((of.language.clone()?, of.page.clone())))
            .collect(),
    })
}

fn listed_event(archive: &Archive, entry: &Entry, event: &EventEntry) -> ListedEvent {
    let key = entry.event_key(event.number);
    let leads = archive.leader(&key).is_none_or(|of| of.id == entry.id);
    ListedEvent {
        number: event.number,
        start: event.start.as_deref().and_then(Date::parse),
        changed: archive.joint_item(&key).map(|item| item.version_created),
        leads,
        key,
    }
}

/// The events that a withdrawn release had and that no release tells of any more; of several withdrawn ones each is the
/// first's.
fn former(archive: &Archive, entry: &Entry) -> Vec<(EventKey, FormerEvent)> {
    let keyed = |event: &FormerEvent| (entry.event_key(event.number), event.clone());
    let mut events: Vec<_> = entry.former_events.iter().map(keyed).collect();
    events.retain(|(key, _)| {
        let withdrawn = |of: &&Entry| of.standing == Standing::Withdrawn;
        let mut tellers = archive.tellers(key).into_iter().map(|(of, _)| of);
        archive.leader(key).is_none()
            && tellers
                .find(withdrawn)
                .is_some_and(|first| first.id == entry.id)
    });
    for (key, event) in &mut events {
        event.item = archive.joint_item(key);
    }
    events
}
