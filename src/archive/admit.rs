//! Does a reading make a new version, and which?

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::fingerprint::{self, Fingerprint, Fingerprints};
use super::matching::{self, NewEvent};
use super::{Archive, Entry, EventEntry};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Alternate, Change, Date, EventItem, FormerEvent, Published, Related, Release, Standing,
};
use crate::source::{Offsets, Source};
use crate::write::newsml_g2::paths;

/// What the office says beside the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// Whether the release is kept back. Taking back what stands is [`Archive::withdraw`].
    pub withheld: bool,
    /// Why the text was changed, in the office's words: makes the new version a correction.
    pub note: Option<String>,
    /// The same release under other names, as far as this run has seen them.
    pub alternates: Vec<Alternate>,
    /// Id of the release that this one translates, where the office says so.
    pub translation_of: Option<String>,
    /// Whether facts that only a newer program reads make a new version.
    pub reprocess: bool,
}

impl Edit {
    fn standing(&self) -> Standing {
        if self.withheld {
            Standing::Withheld
        } else {
            Standing::Usable
        }
    }
}

/// What the archive makes of a reading.
#[derive(Debug, Clone, PartialEq)]
pub enum Admission {
    /// It holds that already: what is published stays as it is.
    Unchanged,
    /// A version that it does not hold yet.
    New(Box<Published>),
    /// The newest item of the release cannot be read, so that no version can follow it. It must be put back from a copy.
    Damaged {
        /// The item.
        item: PathBuf,
    },
    /// Another release has a file name that differs in letter case only: both cannot be kept on every file system.
    SameName {
        /// Id of the release that has the name.
        other: String,
    },
}

impl Archive {
    /// The version that a reading makes, at `now`.
    ///
    /// Version n + 1 is made only where something changed that is published; changed page furniture, white space or
    /// encoding make none (ARCHIVE section 8). Where the source bytes, sidecar and settings are as they were, a
    /// different reading is the program's doing and makes none either, unless `edit.reprocess` asks for it.
    /// A withdrawn release stays so until it is [put back](Self::reinstate).
    ///
    /// The index is as it was: [`record`](Self::record) the version once its items are on disk.
    pub fn admit(
        &self,
        release: Release,
        diagnostics: Vec<Diagnostic>,
        source: Source,
        edit: &Edit,
        now: DateTime<Utc>,
    ) -> Admission {
        let text = Text {
            release,
            diagnostics,
            bytes: source.bytes,
            offsets: source.offsets,
        };
        let Some(entry) = self.entry(&text.release.id) else {
            return self.first(text, edit, now.trunc_subsecs(0));
        };
        if entry.standing == Standing::Withdrawn {
            return Admission::Unchanged;
        }
        let prints = fingerprint::of(&text.release);
        match change(entry, &text.release, &prints, edit) {
            Some((change, said)) => {
                let next = Next {
                    archive: self,
                    entry,
                    edit,
                    change,
                    said,
                    now: after(entry, now),
                };
                Admission::New(Box::new(next.version(text, &prints.events)))
            }
            None => Admission::Unchanged,
        }
    }

    fn first(&self, text: Text, edit: &Edit, now: DateTime<Utc>) -> Admission {
        let id = text.release.id.clone();
        let archive_folder = folder(text.release.published.as_ref().map(|date| &date.value));
        let stem = paths::stem(&id);
        if let Some(item) = self.damaged.get(&stem) {
            return Admission::Damaged { item: item.clone() };
        }
        if let Some(other) = self.stems.get(&super::stem(&archive_folder, &stem)) {
            return Admission::SameName {
                other: other.to_string(),
            };
        }
        let events = &text.release.events;
        let event_items = events
            .iter()
            .map(|event| event.start.as_ref().map(|_| first_item(now)))
            .collect();
        Admission::New(Box::new(Published {
            version: 1,
            first_created: now,
            version_created: now,
            changed: now,
            first_published: text
                .release
                .published
                .as_ref()
                .map(|date| date.value.clone()),
            standing: edit.standing(),
            page: page(&id),
            event_numbers: (1..).take(events.len()).collect(),
            event_items,
            former_events: Vec::new(),
            told_before: BTreeMap::new(),
            archive_folder,
            change: None,
            note: None,
            alternates: merged(&[], &edit.alternates),
            translation_of: edit.translation_of.clone(),
            related: Related::default(),
            release: text.release,
            diagnostics: text.diagnostics,
            bytes: text.bytes,
            offsets: text.offsets,
        }))
    }
}

/// What was read of one source.
struct Text {
    release: Release,
    diagnostics: Vec<Diagnostic>,
    bytes: Vec<u8>,
    offsets: Offsets,
}

/// Why there is a next version, and whether anything that is published changed; `None`: there is none.
fn change(
    entry: &Entry,
    release: &Release,
    prints: &Fingerprints,
    edit: &Edit,
) -> Option<(Change, bool)> {
    let same_input = entry.source == fingerprint::source(&release.origin.sha256)
        && entry.configured == prints.configured;
    let new_facts = entry.facts != prints.facts && (edit.reprocess || !same_input);
    let new_names = merged(&entry.alternates, &edit.alternates) != entry.alternates;
    let new_original = edit.translation_of.is_some()
        && edit.translation_of.as_deref() != entry.translation_of.as_deref();
    if entry.standing != edit.standing() {
        let change = if edit.withheld {
            Change::Update
        } else {
            Change::Release
        };
        Some((change, true))
    } else if new_facts && same_input {
        Some((Change::Reprocessed, true))
    } else if new_facts && new_note(entry, edit).is_some() {
        Some((Change::Correction, true))
    } else if new_facts || new_names || new_original {
        Some((Change::Update, new_facts))
    } else {
        None
    }
}

/// What the office says of this change; a note that was given with the version before is about that one.
fn new_note<'e>(entry: &Entry, edit: &'e Edit) -> Option<&'e String> {
    edit.note
        .as_ref()
        .filter(|note| entry.note.as_ref() != Some(note))
}

/// The making of version n + 1.
struct Next<'a> {
    archive: &'a Archive,
    entry: &'a Entry,
    edit: &'a Edit,
    change: Change,
    /// Whether anything that is published changed.
    said: bool,
    now: DateTime<Utc>,
}

impl Next<'_> {
    /// The version; `facts` are the fingerprints of its events.
    fn version(&self, text: Text, facts: &[Fingerprint]) -> Published {
        let entry = self.entry;
        let events = self.events(&text.release, facts);
        let published = text.release.published.as_ref().map(|date| &date.value);
        Published {
            first_published: (published.cloned())
                .filter(|date| Some(date.to_string()) == entry.first_published)
                .or_else(|| Date::parse(entry.first_published.as_deref()?)),
            release: text.release,
            diagnostics: text.diagnostics,
            bytes: text.bytes,
            offsets: text.offsets,
            version: entry.version + 1,
            first_created: entry.first_created,
            version_created: self.now,
            changed: if self.said { self.now } else { entry.changed },
            standing: self.edit.standing(),
            page: entry.page.to_string(),
            event_numbers: events.numbers,
            event_items: events.items,
            former_events: events.former,
            told_before: entry.told_before.clone(),
            archive_folder: entry.archive_folder.clone(),
            change: Some(self.change),
            note: new_note(entry, self.edit).cloned(),
            alternates: merged(&entry.alternates, &self.edit.alternates),
            translation_of: (self.edit.translation_of.clone())
                .or_else(|| entry.translation_of.as_deref().map(str::to_owned)),
            related: Related::default(),
        }
    }

    fn events(&self, release: &Release, facts: &[Fingerprint]) -> Events {
        let old = &self.entry.events;
        let new: Vec<_> = release
            .events
            .iter()
            .map(|event| NewEvent {
                name: event.name.value.clone(),
                start: event.start.as_ref().map(|start| start.value.to_string()),
            })
            .collect();
        // What others tell of, too, is not mistaken for something else that stands in its place.
        let shared = |event: &EventEntry| {
            let key = self.entry.event_key(event.number);
            *key.release != *self.entry.id || self.archive.tellers(&key).len() > 1
        };
        let shared: Vec<_> = old.iter().map(shared).collect();
        let pairs = matching::pair(old, &shared, &new);
        let mut unused = self.entry.next_event_number()..;
        let mut gone = vec![true; old.len()];
        let mut events = Events {
            former: self.entry.former_events.clone(),
            ..Events::default()
        };
        for ((event, facts), from) in new.iter().zip(facts).zip(pairs) {
            let before = from.map(|from| {
                gone[from] = false;
                &old[from]
            });
            let number = before.map(|before| before.number).or_else(|| unused.next());
            events.numbers.extend(number);
            let dated = event.start.as_ref();
            events.items.push(dated.map(|_| self.item(before, facts)));
        }
        let gone = old.iter().zip(gone).filter(|(_, gone)| *gone);
        events
            .former
            .extend(gone.map(|(event, _)| event.gone(self.now)));
        events.former.sort_by_key(|event| event.number);
        events
    }

    /// The item of a dated event: a new version only where the event or the release's standing changed.
    fn item(&self, before: Option<&EventEntry>, facts: &Fingerprint) -> EventItem {
        let same = |before: &EventEntry| {
            before.facts == *facts && self.entry.standing == self.edit.standing()
        };
        match before.and_then(|before| Some((before, before.item?))) {
            None => first_item(self.now),
            Some((before, item)) if same(before) => item,
            Some((_, item)) => next_item(item, self.now),
        }
    }
}

/// Numbers and items of the events of a version, and the events that it no longer has.
#[derive(Debug, Default)]
struct Events {
    numbers: Vec<u32>,
    items: Vec<Option<EventItem>>,
    former: Vec<FormerEvent>,
}

impl Entry {
    fn next_event_number(&self) -> u32 {
        let present = self.events.iter().map(|event| event.number);
        let former = self.former_events.iter().map(|event| event.number);
        present.chain(former).max().unwrap_or(0) + 1
    }
}

impl EventEntry {
    /// The event as a former one; a last version of its item takes it back.
    pub(super) fn gone(&self, now: DateTime<Utc>) -> FormerEvent {
        FormerEvent {
            number: self.number,
            name: self.name.clone(),
            start: self.start.clone(),
            item: self.item.map(|item| next_item(item, now)),
        }
    }
}

/// The folder of a release's items: `YYYY/MM` of its date, `00` for what it does not say (ARCHIVE section 2).
fn folder(date: Option<&Date>) -> String {
    date.map_or_else(
        || "0000/00".to_owned(),
        |date| format!("{:04}/{:02}", date.year, date.month.unwrap_or(0)),
    )
}

/// Page of a release that is published for the first time.
pub(super) fn page(id: &str) -> String {
    format!("releases/{id}.html")
}

/// The instant of the next version: whole seconds, later than the last (P05).
pub(super) fn after(entry: &Entry, now: DateTime<Utc>) -> DateTime<Utc> {
    now.trunc_subsecs(0)
        .max(entry.version_created + TimeDelta::seconds(1))
}

fn first_item(now: DateTime<Utc>) -> EventItem {
    EventItem {
        version: 1,
        first_created: now,
        version_created: now,
    }
}

pub(super) fn next_item(item: EventItem, now: DateTime<Utc>) -> EventItem {
    EventItem {
        version: item.version + 1,
        version_created: now,
        ..item
    }
}

/// Names known before and new ones, by id, each once; the newest word on a name's language holds.
fn merged(before: &[Alternate], seen: &[Alternate]) -> Vec<Alternate> {
    let mut by_id: BTreeMap<_, _> = before
        .iter()
        .map(|alternate| (&alternate.id, alternate))
        .collect();
    by_id.extend(seen.iter().map(|alternate| (&alternate.id, alternate)));
    by_id.into_values().cloned().collect()
}
