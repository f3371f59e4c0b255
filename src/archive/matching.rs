//! Which event of a new version is which of the old one.

use std::collections::{BTreeMap, VecDeque};

use super::EventEntry;

/// An event of the new version, as far as it can be recognized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewEvent {
    /// Its name.
    pub name: String,
    /// First day or hour in ISO form.
    pub start: Option<String>,
}

/// For each new event the index of the old one that it continues: by equal name and start, then equal name, then equal
/// start, then position (ARCHIVE section 1). An event that had an item of its own is only continued by one with a day, and
/// one that is `shared` with other releases not by its position alone.
pub(super) fn pair(old: &[EventEntry], shared: &[bool], new: &[NewEvent]) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        of_new: vec![None; new.len()],
        taken: vec![false; old.len()],
    };
    pairs.by(old, new, |name, start| {
        Some((name.to_owned(), start.unwrap_or_default().to_owned()))
    });
    pairs.by(old, new, |name, _| Some(name.to_owned()));
    pairs.by(old, new, |_, start| start.map(str::to_owned));
    let places = shared.iter().take(new.len()).enumerate();
    for (i, _) in places.filter(|(_, shared)| !**shared) {
        pairs.join(old, new, i, i);
    }
    pairs.of_new
}

struct Pairs {
    of_new: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn by<K: Ord>(
        &mut self,
        old: &[EventEntry],
        new: &[NewEvent],
        key: impl Fn(&str, Option<&str>) -> Option<K>,
    ) {
        let mut free: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for (i, event) in old.iter().enumerate().filter(|(i, _)| !self.taken[*i]) {
            if let Some(key) = key(&event.name, event.start.as_deref()) {
                free.entry(key).or_default().push_back(i);
            }
        }
        for (i, event) in new.iter().enumerate() {
            if let Some(key) = key(&event.name, event.start.as_deref())
                && let Some(queue) = free.get_mut(&key)
                && let Some(&candidate) = queue.front()
                && self.join(old, new, candidate, i)
            {
                queue.pop_front();
            }
        }
    }

    fn join(&mut self, old: &[EventEntry], new: &[NewEvent], from: usize, to: usize) -> bool {
        let continues = new[to].start.is_some() || old[from].item.is_none();
        let joins = continues && !self.taken[from] && self.of_new[to].is_none();
        if joins {
            self.taken[from] = true;
            self.of_new[to] = Some(from);
        }
        joins
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::archive::Sketch;
    use crate::model::EventItem;

    fn old(events: &[(&str, &str)]) -> Vec<EventEntry> {
        (1..)
            .zip(events)
            .map(|(number, (name, start))| EventEntry {
                number,
                name: (*name).into(),
                start: (!start.is_empty()).then(|| (*start).into()),
                item: (!start.is_empty()).then_some(EventItem {
                    version: 1,
                    first_created: DateTime::UNIX_EPOCH,
                    version_created: DateTime::UNIX_EPOCH,
                }),
                facts: [0; 32],
                sketch: Sketch::default(),
            })
            .collect()
    }

    fn new(events: &[(&str, &str)]) -> Vec<NewEvent> {
        old(events)
            .into_iter()
            .map(|event| NewEvent {
                name: event.name,
                start: event.start,
            })
            .collect()
    }

    #[test]
    fn events_are_known_by_name_then_start_then_place() {
        let cases: &[(&[_], &[_], &[_])] = &[
            (
                &[("A", "1"), ("B", "2")],
                &[("B", "2"), ("A", "1")],
                &[Some(1), Some(0)],
            ),
            (&[("A", "1"), ("B", "2")], &[("B", "9")], &[Some(1)]),
            (
                &[("A", "1"), ("B", "2")],
                &[("C", "2"), ("D", "1")],
                &[Some(1), Some(0)],
            ),
            (
                &[("A", "1"), ("B", "2")],
                &[("C", "3"), ("D", "4"), ("E", "5")],
                &[Some(0), Some(1), None],
            ),
            (
                &[("A", "1"), ("A", "2")],
                &[("A", "2"), ("A", "3")],
                &[Some(1), Some(0)],
            ),
            (&[("A", "1")], &[("B", "1"), ("A", "7")], &[None, Some(0)]),
            (&[], &[("A", "1")], &[None]),
        ];
        for (before, after, want) in cases {
            assert_eq!(
                pair(&old(before), &vec![false; before.len()], &new(after)),
                *want,
                "{before:?} {after:?}"
            );
        }
    }

    #[test]
    fn an_event_with_an_item_is_not_continued_without_a_day() {
        let paired = |before, after| pair(&old(&[("A", before)]), &[false], &new(&[("A", after)]));
        assert_eq!(
            (paired("1", ""), paired("", "1")),
            (vec![None], vec![Some(0)])
        );
    }

    #[test]
    fn an_event_that_others_tell_of_is_known_by_name_or_day() {
        let paired = |name, start| pair(&old(&[("A", "1")]), &[true], &new(&[(name, start)]));
        assert_eq!(paired("A", "2"), [Some(0)]);
        assert_eq!(paired("B", "1"), [Some(0)]);
        assert_eq!(paired("B", "2"), [None]);
    }
}
