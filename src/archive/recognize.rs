//! Which events and releases of a new version the archive knows already.

use std::collections::{BTreeMap, BTreeSet};

use super::{Archive, Entry};
use crate::model::{Date, EventKey, Published, primary_language};

impl Archive {
    /// Joins a version that is not recorded yet, and its `entry`, to what it continues: its new events to those that other
    /// releases told of, and a first version to the release that it translates. `beside` is an index of the versions that
    /// this run has made and not recorded.
    ///
    /// An event once told of stays the one that it is: only new numbers are looked at.
    pub fn recognize(&self, beside: &Self, published: &mut Published, entry: &mut Entry) {
        if !entry.stands() {
            return;
        }
        let newest = |id: &str| beside.entry(id).or_else(|| self.entry(id));
        if published.version == 1 && published.translation_of.is_none() {
            published.translation_of = self.original_of(entry, beside);
        }
        if let Some(of) = published.translation_of.as_deref().and_then(newest)
            && let Some(root) = &of.translation_of
        {
            // All translations of one text are its translations, not each other's.
            published.translation_of = (*root != entry.id).then(|| root.to_string());
        }
        let known: BTreeSet<u32> = (self.entry(&entry.id).into_iter())
            .flat_map(|old| {
                let present = old.events.iter().map(|event| event.number);
                present.chain(old.former_events.iter().map(|event| event.number))
            })
            .collect();
        let mut taken: BTreeSet<EventKey> = (entry.events.iter())
            .filter(|event| known.contains(&event.number))
            .map(|event| entry.event_key(event.number))
            .collect();
        let original = published.translation_of.clone();
        for event in entry
            .events
            .iter()
            .filter(|event| !known.contains(&event.number))
        {
            let keys = match &original {
                Some(original) if published.version == 1 => {
                    self.translated(beside, original, entry, event.number)
                }
                _ => self.known_as(beside, entry, event.number),
            };
            let mut keys = keys.into_iter().filter(|key| *key.release != *entry.id);
            if let (Some(key), None) = (keys.next(), keys.next())
                && taken.insert(key.clone())
            {
                published.told_before.insert(event.number, key);
            }
        }
        entry.told_before.clone_from(&published.told_before);
        entry.translation_of = published.translation_of.as_deref().map(Into::into);
    }

    /// The events of other releases in its language that one may be.
    fn known_as(&self, beside: &Self, entry: &Entry, number: u32) -> BTreeSet<EventKey> {
        let mut keys = BTreeSet::new();
        let Some(event) = entry.events.iter().find(|event| event.number == number) else {
            return keys;
        };
        let (Some(published), Some(language)) = (entry.published_date(), &entry.language) else {
            return keys;
        };
        for of_trait in event.sketch.keys() {
            for (of, other) in self.with_trait(beside, &of_trait) {
                let spoken = of
                    .language
                    .as_deref()
                    .is_some_and(|tag| primary_language(tag) == primary_language(language));
                let told = of.events.iter().find(|event| event.number == other);
                let Some((told, date)) = told.zip(of.published_date()) else {
                    continue;
                };
                if of.id != entry.id && spoken && event.sketch.is(&published, &told.sketch, &date) {
                    keys.insert(of.event_key(other));
                }
            }
        }
        keys
    }

    /// The event of the original that one of a translation is: the only one that starts then, in each.
    fn translated(
        &self,
        beside: &Self,
        original: &str,
        entry: &Entry,
        number: u32,
    ) -> BTreeSet<EventKey> {
        let Some(original) = beside.entry(original).or_else(|| self.entry(original)) else {
            return BTreeSet::new();
        };
        let event = entry.events.iter().find(|event| event.number == number);
        let Some(start) = event.and_then(|event| event.start.as_deref()) else {
            return BTreeSet::new();
        };
        let day = Date::parse(start).and_then(|date| date.naive_day());
        let then = |of: &Entry| -> Vec<u32> {
            let events = of
                .events
                .iter()
                .filter(|event| event.start.as_deref() == Some(start));
            events.map(|event| event.number).collect()
        };
        match (then(original).as_slice(), then(entry).as_slice()) {
            ([one], [_]) if day.is_some() => BTreeSet::from([original.event_key(*one)]),
            _ => BTreeSet::new(),
        }
    }

    /// Events with a trait, in the newest version that is known of their release.
    fn with_trait<'a>(&'a self, beside: &'a Self, of_trait: &str) -> Vec<(&'a Entry, u32)> {
        let mut found: BTreeMap<(&str, u32), &Entry> = BTreeMap::new();
        let recorded = self.kin.with_trait(of_trait.to_owned());
        for (id, number) in recorded.filter(|(id, _)| beside.entry(id).is_none()) {
            found.extend(self.entry(id).map(|entry| ((id, number), entry)));
        }
        for (id, number) in beside.kin.with_trait(of_trait.to_owned()) {
            found.extend(beside.entry(id).map(|entry| ((id, number), entry)));
        }
        let found = found.into_iter();
        found.map(|((_, number), entry)| (entry, number)).collect()
    }
}
