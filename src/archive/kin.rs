//! Releases that hang together: those that tell of one event, and those that say the same in several languages.
//!
//! Which event of which release is which, and which release translates which, is decided once, when a version is made, and
//! stands in its item. What follows from it for the documents of a release is found here from the index.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::key::{Key, key};
use super::merge::{Telling, merged};
use super::{Archive, ArchiveError, Entry, EventEntry, translation};
use crate::model::{EventItem, EventKey, Mention, Published, Related, SharedEvent, Standing};

/// Something that several releases may have in common.
#[derive(Debug, Hash)]
enum Bond {
    /// An event that they told of.
    Event(EventKey),
    /// What a main event may be known by.
    Trait(String),
    /// The house's own name for what they say, whatever the language.
    House(String),
    /// Another name.
    Name(String),
}

/// Which releases have what in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kin {
    /// What stands for the [`Bond`], id, and number of an event where it is one's.
    links: BTreeSet<(Key, Arc<str>, u32)>,
    /// Ids of originals, each with that of a translation.
    translations: BTreeSet<(Arc<str>, Arc<str>)>,
}

impl Kin {
    /// What all of these have in common.
    pub(super) fn of(entries: &[Arc<Entry>]) -> Self {
        let links = entries.par_iter().flat_map_iter(|entry| links(entry));
        let translations = (entries.iter())
            .filter_map(|entry| translation(entry))
            .collect();
        Self {
            links: links.collect::<Vec<_>>().into_iter().collect(),
            translations,
        }
    }

    pub(super) fn insert(&mut self, entry: &Entry) {
        self.links.extend(links(entry));
        self.translations.extend(translation(entry));
    }

    pub(super) fn remove(&mut self, entry: &Entry) {
        for link in links(entry) {
            self.links.remove(&link);
        }
        if let Some(translation) = translation(entry) {
            self.translations.remove(&translation);
        }
    }

    /// The translations of a release, by id.
    fn translations_of<'a>(&'a self, id: &Arc<str>) -> impl Iterator<Item = &'a str> + use<'a> {
        let id = id.clone();
        let all = self.translations.range((id.clone(), Arc::default())..);
        let of = all.take_while(move |(original, _)| *original == id);
        of.map(|(_, translation)| &**translation)
    }

    pub(super) fn with_trait(&self, of: String) -> impl Iterator<Item = (&str, u32)> {
        self.with(&Bond::Trait(of))
    }

    pub(super) fn of_house(&self, house: String) -> impl Iterator<Item = &str> {
        self.with(&Bond::House(house)).map(|(id, _)| id)
    }

    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &str> {
        self.with(&Bond::Name(name.to_owned())).map(|(id, _)| id)
    }

    /// Those that have something in common, by id.
    fn with<'a>(&'a self, bond: &Bond) -> impl Iterator<Item = (&'a str, u32)> + use<'a> {
        let bond = key(bond);
        let links = self.links.range((bond, Arc::default(), 0)..);
        let links = links.take_while(move |(of, ..)| *of == bond);
        links.map(|(_, id, number)| (&**id, *number))
    }
}

fn links(entry: &Entry) -> impl Iterator<Item = (Key, Arc<str>, u32)> {
    let bonds = bonds(entry).into_iter();
    bonds.map(|(bond, number)| (key(&bond), entry.id.clone(), number))
}

/// A translation, below the id of its original.
fn translation(entry: &Entry) -> Option<(Arc<str>, Arc<str>)> {
    Some((entry.translation_of.clone()?, entry.id.clone()))
}

/// What a release may have in common with others.
fn bonds(entry: &Entry) -> Vec<(Bond, u32)> {
    let present = entry.events.iter().map(|event| event.number);
    let former = entry.former_events.iter().map(|event| event.number);
    let mut bonds: Vec<_> = (present.chain(former))
        .map(|number| (Bond::Event(entry.event_key(number)), number))
        .collect();
    let names = entry.alternates.iter();
    bonds.extend(names.map(|of| (Bond::Name(of.id.clone()), 0)));
    if entry.stands() {
        for event in &entry.events {
            let traits = event.sketch.keys().map(Bond::Trait);
            bonds.extend(traits.map(|key| (key, event.number)));
        }
        let house = translation::house(&entry.id, entry.language.as_deref());
        bonds.push((Bond::House(house), 0));
    }
    bonds
}

impl Entry {
    /// Which event over all releases the one with this number is.
    pub fn event_key(&self, number: u32) -> EventKey {
        let own = || EventKey {
            release: self.id.to_string(),
            number,
        };
        self.told_before.get(&number).cloned().unwrap_or_else(own)
    }

    /// Whether it is published and on lists.
    pub(super) fn stands(&self) -> bool {
        self.standing == Standing::Usable && self.published.is_some()
    }

    fn mention(&self) -> Mention {
        Mention {
            id: self.id.to_string(),
            page: self.page.to_string(),
            headline: self.headline.to_string(),
            published: self.published_date(),
            language: self.language.as_deref().map(str::to_owned),
        }
    }

    fn event(&self, number: u32) -> Option<&EventEntry> {
        self.events.iter().find(|event| event.number == number)
    }

    /// The item of an event, present or former.
    fn item(&self, number: u32) -> Option<EventItem> {
        let present = self.event(number).map(|event| event.item);
        let former = || {
            self.former_events
                .iter()
                .find(|event| event.number == number)
        };
        present
            .or_else(|| former().map(|event| event.item))
            .flatten()
    }
}

impl Archive {
    /// Every release that told of an event, with its number there, the oldest first.
    pub(super) fn tellers(&self, key: &EventKey) -> Vec<(&Entry, u32)> {
        let mut tellers: Vec<_> = (self.kin.with(&Bond::Event(key.clone())))
            .filter_map(|(id, number)| Some((self.entry(id)?, number)))
            .collect();
        tellers.sort_by_key(|(entry, _)| oldest_first(entry));
        tellers
    }

    /// The release that the documents of an event are made from; `None`: no release that stands tells of it.
    pub(super) fn leader(&self, key: &EventKey) -> Option<&Entry> {
        let tellers = self.tellers(key).into_iter();
        let mut standing = tellers.filter(|(entry, number)| tells(entry, *number));
        let first = standing.next()?.0;
        let own = standing
            .map(|(entry, _)| entry)
            .find(|entry| *entry.id == *key.release);
        Some(own.unwrap_or(first))
    }

    /// One item that stands for those of all releases that told of an event: its version and instant grow with each of
    /// theirs, so that they never run backwards. An event without a day has no item and counts once.
    pub(super) fn joint_item(&self, key: &EventKey) -> Option<EventItem> {
        let tellers = self.tellers(key);
        let items: Vec<_> = (tellers.iter())
            .filter_map(|(entry, number)| entry.item(*number))
            .collect();
        let undated = (tellers.iter()).filter(|(entry, number)| entry.item(*number).is_none());
        let undated: Vec<_> = undated.map(|(entry, _)| entry.version_created).collect();
        let instants = items.iter().map(|item| item.version_created);
        Some(EventItem {
            version: items.iter().map(|item| item.version).sum::<u32>() + undated.len() as u32,
            first_created: items.iter().map(|item| item.first_created).min()?,
            version_created: instants.chain(undated).max()?,
        })
    }

    /// What stands for a release and everything that its documents say of others: its version, where that is nothing.
    pub fn look(&self, entry: &Entry) -> u32 {
        let mut kin = BTreeSet::new();
        if entry.stands() {
            for event in &entry.events {
                let key = entry.event_key(event.number);
                let tellers = self.tellers(&key);
                if tellers.len() > 1 || *key.release != *entry.id {
                    let of = |(of, number): (&Entry, u32)| (of.id.clone(), number, of.version);
                    kin.extend(tellers.into_iter().map(of));
                }
            }
            let versions = self.versions_of(entry).into_iter();
            kin.extend(versions.map(|of| (of.id.clone(), 0, of.version)));
        }
        if kin.is_empty() {
            return entry.version;
        }
        let json = serde_json::to_vec(&(entry.version, kin)).unwrap_or_default();
        let digest = Sha256::digest(json);
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
    }

    /// The newest version of a release with all that other releases say that bears on it.
    pub fn load_related(&self, entry: &Entry) -> Result<Published, ArchiveError> {
        let mut published = self.load(entry)?;
        if !entry.stands() {
            return Ok(published);
        }
        let mut loaded: BTreeMap<&str, Published> = BTreeMap::new();
        let mut related = Related::default();
        let mut events = published.release.events.clone();
        for (event, number) in events.iter_mut().zip(&published.event_numbers) {
            let key = entry.event_key(*number);
            let tellers = self.tellers(&key);
            if tellers.len() == 1 && *key.release == *entry.id {
                continue;
            }
            let standing: Vec<_> = (tellers.into_iter())
                .filter(|(of, number)| tells(of, *number))
                .collect();
            for (of, _) in &standing {
                if of.id != entry.id && !loaded.contains_key(&*of.id) {
                    loaded.insert(&of.id, self.load(of)?);
                }
            }
            let tellings = standing.iter().filter_map(|(of, number)| {
                Telling::of(loaded.get(&*of.id).unwrap_or(&published), *number)
            });
            let language = entry.language.as_deref();
            *event = merged(event, language, tellings.collect());
            let shared = SharedEvent {
                page: self.page_of(&key.release),
                item: self.joint_item(&key),
                leads: self.leader(&key).is_some_and(|of| of.id == entry.id),
                releases: standing.iter().map(|(of, _)| of.mention()).collect(),
                key,
            };
            related.events.insert(*number, shared);
        }
        let versions = self.versions_of(entry);
        related.original = (versions.iter())
            .find(|of| of.translation_of.is_none())
            .map(|of| of.id.to_string());
        related.translations = versions.into_iter().map(Entry::mention).collect();
        published.release.events = events;
        published.related = related;
        Ok(published)
    }

    /// A release and its translations in other languages that stand, the oldest first; none where it has none.
    pub(super) fn versions_of(&self, entry: &Entry) -> Vec<&Entry> {
        let root = entry.translation_of.as_ref().unwrap_or(&entry.id);
        let translations = self.kin.translations_of(root);
        let mut all: Vec<_> = (std::iter::once(&**root).chain(translations))
            .filter_map(|id| self.entry(id))
            .filter(|of| of.stands() && of.language.is_some())
            .collect();
        all.sort_by_key(|of| oldest_first(of));
        if all.len() < 2 { Vec::new() } else { all }
    }

    /// Page of a release; the one that it would get, where the archive does not hold it.
    fn page_of(&self, id: &str) -> String {
        let known = self.entries.get(id).map(|entry| entry.page.to_string());
        known.unwrap_or_else(|| super::admit::page(id))
    }
}

/// Whether a release that stands tells of its event with that number.
fn tells(entry: &Entry, number: u32) -> bool {
    entry.stands() && entry.event(number).is_some()
}

fn oldest_first(entry: &Entry) -> (chrono::NaiveDate, chrono::DateTime<chrono::Utc>, &str) {
    let day = entry
        .published_date()
        .map_or(chrono::NaiveDate::MAX, |date| date.first_day());
    (day, entry.first_created, &entry.id)
}
