//! Releases taken back, and put back.

use chrono::{DateTime, Utc};

use super::admit::{after, next_item};
use super::{Archive, ArchiveError, newsml};
use crate::model::{Change, Fact, Published, Release, Standing};
use crate::source::Offsets;
use crate::write::newsml_g2::paths;

impl Archive {
    /// The version that takes a release back, at `now`: headline, date and language, and no content. `None` where the
    /// archive never held it, or it is taken back already.
    pub fn withdraw(
        &self,
        id: &str,
        note: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Option<Published>, ArchiveError> {
        let standing = |entry: &&super::Entry| entry.standing != Standing::Withdrawn;
        let Some(entry) = self.entry(id).filter(standing) else {
            return Ok(None);
        };
        let now = after(entry, now);
        let held = self.load(entry)?;
        let mut former_events = entry.former_events.clone();
        former_events.extend(entry.events.iter().map(|event| event.gone(now)));
        former_events.sort_by_key(|event| event.number);
        Ok(Some(Published {
            release: Release {
                id: held.release.id,
                origin: held.release.origin,
                language: held.release.language.map(without_words),
                headline: held.release.headline.map(without_words),
                published: held.release.published.map(without_words),
                ..Release::default()
            },
            diagnostics: Vec::new(),
            bytes: Vec::new(),
            offsets: Offsets::default(),
            version: entry.version + 1,
            version_created: now,
            changed: now,
            standing: Standing::Withdrawn,
            event_numbers: Vec::new(),
            event_items: Vec::new(),
            former_events,
            change: Some(Change::Withdrawal),
            note,
            ..held
        }))
    }

    /// The version that puts a withdrawn release back, at `now`: what the last version before the withdrawal said.
    /// `None` where the archive never held it, or it is not taken back.
    pub fn reinstate(
        &self,
        id: &str,
        note: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Option<Published>, ArchiveError> {
        let withdrawn = |entry: &&super::Entry| entry.standing == Standing::Withdrawn;
        let Some(entry) = self.entry(id).filter(withdrawn) else {
            return Ok(None);
        };
        let now = after(entry, now);
        let before = paths::release_item(&entry.archive_folder, id, entry.version - 1);
        let held = newsml::read_file(&self.output.join(before))?;
        let item_of = |number: &u32| {
            let mut former = entry.former_events.iter();
            let former = former.find(|event| event.number == *number)?;
            Some(next_item(former.item?, now))
        };
        Ok(Some(Published {
            version: entry.version + 1,
            version_created: now,
            changed: now,
            event_items: held.event_numbers.iter().map(item_of).collect(),
            alternates: entry.alternates.clone(),
            translation_of: entry.translation_of.as_deref().map(str::to_owned),
            change: Some(Change::Release),
            note,
            ..held
        }))
    }
}

/// A fact whose words are kept nowhere any more.
fn without_words<T>(fact: Fact<T>) -> Fact<T> {
    Fact { span: None, ..fact }
}
