//! Releases through their lives: admitted, corrected, withdrawn; on disk, in the index, and before an outside judge.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::scene::{HARBOUR, at, block, dated, event, harbour, said, site, source};
use chrono::{DateTime, TimeDelta, Utc};
use dateline::archive::{Admission, Archive, CACHE_FILE, Edit, Entry, Opening, Reason};
use dateline::model::{
    Alternate, BlockKind, Change, EventStatus, Fact, Published, Release, Standing,
};
use dateline::write::newsml_g2::NewsMlG2;
use dateline::write::{Artifacts, Catalog, Listed, Stage, WriteError, Writer};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_714_730_400, 0).expect("an instant")
}

struct Office {
    folder: tempfile::TempDir,
    archive: Archive,
    now: DateTime<Utc>,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            archive: Archive::new(folder.path()),
            folder,
            now: now(),
        }
    }

    /// A run a day later.
    fn admit(&mut self, mut release: Release, text: &str, edit: &Edit) -> Option<Published> {
        self.now += TimeDelta::days(1);
        let source = source(&release.id, text);
        release.origin = source.origin.clone();
        match self
            .archive
            .admit(release, Vec::new(), source, edit, self.now)
        {
            Admission::New(published) => {
                self.keep(&published);
                Some(*published)
            }
            Admission::Unchanged => None,
            other => panic!("{other:?}"),
        }
    }

    fn keep(&mut self, published: &Published) {
        let mut out = Artifacts::default();
        NewsMlG2
            .release(published, &site(), &mut out)
            .expect("an item");
        out.add(NewsMlG2.lists(&Nothing, &site()).expect("a vocabulary"));
        put(self.folder.path(), &out);
        self.archive.record(Entry::of(published));
    }

    /// What an outside judge has to say; nothing where there is none.
    fn judged(&self) -> String {
        let judge = "../shared/conformance/judges/judge_archive.py";
        let python = std::env::var_os("JUDGES_HOME")
            .map(|home| Path::new(&home).join("venv/bin/python"))
            .filter(|python| python.exists());
        let Some(python) = python else {
            #[expect(clippy::print_stderr, reason = "what was not tested should be seen")]
            {
                eprintln!("skipped: no judges under JUDGES_HOME");
            }
            return String::new();
        };
        let output = Command::new(python)
            .arg(judge)
            .arg(self.folder.path().join("archive"))
            .output()
            .expect("the judge runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(errors.contains("documents"), "{errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

fn put(folder: &Path, out: &Artifacts) {
    for ((_, path), bytes) in &out.0 {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        #[expect(clippy::disallowed_methods, reason = "a test sets its own scene")]
        std::fs::write(path, bytes).expect("a file");
    }
}

struct Nothing;

impl Catalog for Nothing {
    fn listed(&self) -> &[Listed] {
        &[]
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn load(&self, listed: &Listed) -> Result<Published, WriteError> {
        panic!("{listed:?} is not asked for")
    }
}

#[test]
fn a_life_from_first_version_to_withdrawal_passes_the_judge() {
    let mut office = Office::new();
    let first = office
        .admit(harbour(), HARBOUR, &Edit::default())
        .expect("version 1");
    assert_eq!(
        (first.version, first.event_numbers.as_slice()),
        (1, &[1, 2][..])
    );
    assert_eq!(first.archive_folder, "2024/05");

    assert_eq!(office.admit(harbour(), HARBOUR, &Edit::default()), None);

    let text = HARBOUR.replace("held in June 2022", "held in July 2022");
    let mut corrected = harbour();
    corrected.mentioned_events[0].start = Some(dated(&text, "July 2022", "2022-07"));
    corrected.body[3] = block(
        &text,
        BlockKind::Paragraph,
        "The 3rd Tide Forum was held in July 2022.",
    );
    let edit = Edit {
        note: Some("The 3rd forum was in July.".into()),
        ..Edit::default()
    };
    let second = office
        .admit(corrected.clone(), &text, &edit)
        .expect("version 2");
    assert_eq!(
        (second.version, second.change),
        (2, Some(Change::Correction))
    );
    assert_eq!(
        second.event_items, first.event_items,
        "the main events are as they were"
    );

    let before = text.len();
    let text = text.replace("4th Tide Forum at", "4th Tide Forum, now cancelled, at");
    let mut cancelled = corrected;
    let shift = (text.len() - before) as u32;
    for block in &mut cancelled.body {
        block.span.start += shift;
        block.span.end += shift;
    }
    cancelled.body[0] = block(
        &text,
        BlockKind::Paragraph,
        "The Harbour Board (HB) opened the 4th Tide Forum, now cancelled, at Casa do Mar, Rua Nova 7, Lisboa, on 3 May 2024 at 10:00 WEST.",
    );
    cancelled.events[0].status = Fact::stated(
        EventStatus::Cancelled,
        at(&text, "cancelled"),
        "test.status",
    );
    let third = office
        .admit(cancelled, &text, &Edit::default())
        .expect("version 3");
    assert_eq!((third.version, third.change), (3, Some(Change::Update)));
    assert_eq!(third.event_items[0].map(|item| item.version), Some(2));
    assert_eq!(office.judged(), "");

    office.now += TimeDelta::days(1);
    let gone = office
        .archive
        .withdraw("2024/harbour forum", None, office.now)
        .expect("the item reads")
        .expect("a version");
    office.keep(&gone);
    assert_eq!((gone.version, gone.standing), (4, Standing::Withdrawn));
    assert_eq!(office.judged(), "");
    assert_eq!(
        office.admit(harbour(), HARBOUR, &Edit::default()),
        None,
        "a withdrawal is final"
    );
    let entry = office
        .archive
        .entry("2024/harbour forum")
        .expect("an entry");
    assert_eq!(office.archive.load(entry).expect("it reads"), gone);
}

#[test]
fn the_index_is_the_same_from_cache_and_from_items() {
    let mut office = Office::new();
    let mut small = harbour();
    small.id = "small".into();
    small.events.clear();
    small.published = None;
    office.admit(harbour(), HARBOUR, &Edit::default());
    office.admit(small, HARBOUR, &Edit::default());
    let folder = office.folder.path();
    let (rebuilt, damaged) = Archive::rebuild(folder).expect("it opens");
    assert!(damaged.is_empty(), "{damaged:?}");
    assert_eq!(rebuilt, office.archive);

    let files = BTreeMap::from([(
        (Stage::Collection, CACHE_FILE.to_owned()),
        office.archive.to_cache(),
    )]);
    put(folder, &Artifacts(files));
    let (cached, opening) = Archive::open(folder).expect("it opens");
    assert!(matches!(opening, Opening::Cached));
    assert_eq!(cached, office.archive);

    let mut cache = office.archive.to_cache();
    let middle = cache.len() / 2;
    cache[middle] ^= 1;
    let files = BTreeMap::from([((Stage::Collection, CACHE_FILE.to_owned()), cache)]);
    put(folder, &Artifacts(files));
    let (again, opening) = Archive::open(folder).expect("it opens");
    assert!(matches!(
        opening,
        Opening::Rebuilt {
            because: Reason::Damaged,
            ..
        }
    ));
    assert_eq!(again, office.archive);

    let shelves = again.shelves(office.now, |_| true);
    let listed: Vec<_> = shelves.listed().iter().map(|listed| &*listed.id).collect();
    assert_eq!(
        listed,
        ["2024/harbour forum"],
        "one without a date is on no list"
    );
    assert_eq!(
        shelves
            .load(&shelves.listed()[0])
            .expect("it reads")
            .version,
        1
    );
}

#[test]
fn what_is_not_published_makes_no_version() {
    let mut office = Office::new();
    office.admit(harbour(), HARBOUR, &Edit::default());
    let text = HARBOUR.replace("Menu | Search", "Menu | Find | Search");
    let mut moved = harbour();
    moved.notices[0].text = "Menu | Find | Search".into();
    assert_eq!(
        office.admit(moved, &text, &Edit::default()),
        None,
        "page furniture"
    );

    let mut better = harbour();
    better.people.clear();
    assert_eq!(
        office.admit(better.clone(), HARBOUR, &Edit::default()),
        None,
        "a newer program"
    );
    let edit = Edit {
        reprocess: true,
        ..Edit::default()
    };
    let version = office.admit(better, HARBOUR, &edit).expect("a version");
    assert_eq!(version.change, Some(Change::Reprocessed));

    let mut sidecar = harbour();
    sidecar.people.clear();
    sidecar.headline = Some(Fact::configured("Forum".into(), "sidecar"));
    let version = office
        .admit(sidecar, HARBOUR, &Edit::default())
        .expect("a version");
    assert_eq!((version.version, version.change), (3, Some(Change::Update)));
}

#[test]
fn numbers_stay_with_their_events() {
    let mut office = Office::new();
    office.admit(harbour(), HARBOUR, &Edit::default());
    let text = HARBOUR.replace("4th Tide", "Fourth Tide");
    let mut changed = harbour();
    changed.events.remove(0);
    let mut gala = event(said(&text, "Fourth Tide Forum"));
    gala.start = Some(dated(&text, "3 May", "2024-06-01"));
    changed.events.push(gala);
    let second = office
        .admit(changed.clone(), &text, &Edit::default())
        .expect("version 2");
    assert_eq!(second.event_numbers, [2, 3]);
    let former: Vec<_> = second
        .former_events
        .iter()
        .map(|event| (event.number, event.item.map(|item| item.version)))
        .collect();
    assert_eq!(former, [(1, Some(2))]);

    let text = text.replace("Menu", "Main menu");
    changed.events.push(harbour().events.remove(0));
    changed.subtitle = None;
    let third = office
        .admit(changed, &text, &Edit::default())
        .expect("version 3");
    assert_eq!(
        third.event_numbers,
        [2, 3, 4],
        "a number is never given again"
    );
    assert_eq!(third.former_events, second.former_events);
    let entry = office
        .archive
        .entry("2024/harbour forum")
        .expect("an entry");
    assert_eq!(office.archive.load(entry).expect("it reads"), third);
}

#[test]
fn a_release_kept_back_is_set_free() {
    let mut office = Office::new();
    let held = Edit {
        withheld: true,
        ..Edit::default()
    };
    office.admit(harbour(), HARBOUR, &held);
    let free = office
        .admit(harbour(), HARBOUR, &Edit::default())
        .expect("a version");
    assert_eq!(free.change, Some(Change::Release));
    assert_eq!(free.event_items[0].map(|item| item.version), Some(2));
    assert_eq!(office.judged(), "");
}

#[test]
fn names_that_differ_in_letter_case_only_are_refused() {
    let mut office = Office::new();
    office.admit(harbour(), HARBOUR, &Edit::default());
    let mut other = harbour();
    other.id = "2024/Harbour Forum".into();
    let source = source(&other.id, HARBOUR);
    let admission = office
        .archive
        .admit(other, Vec::new(), source, &Edit::default(), office.now);
    assert!(matches!(admission, Admission::SameName { other } if other == "2024/harbour forum"));
}

#[test]
fn the_same_text_under_another_name_is_found() {
    let mut office = Office::new();
    office.admit(harbour(), HARBOUR, &Edit::default());
    let mut other = harbour();
    other.id = "2024/forum-fr".into();
    let twin = office.archive.twin(&other).expect("a twin");
    assert_eq!(*twin.id, *"2024/harbour forum");
    let edit = Edit {
        alternates: vec![Alternate {
            id: other.id,
            language: Some("fr".into()),
        }],
        ..Edit::default()
    };
    let version = office.admit(harbour(), HARBOUR, &edit).expect("a version");
    assert_eq!(version.alternates, edit.alternates);
    assert_eq!(
        office.admit(harbour(), HARBOUR, &Edit::default()),
        None,
        "known names stay"
    );
    assert_eq!(office.admit(harbour(), HARBOUR, &edit), None);
}

#[test]
fn a_damaged_item_gets_no_successor() {
    let mut office = Office::new();
    let first = office
        .admit(harbour(), HARBOUR, &Edit::default())
        .expect("version 1");
    let entry = office.archive.entry(&first.release.id).expect("an entry");
    let path = office.folder.path().join(entry.item_path());
    let item = std::fs::read_to_string(&path).expect("the item");
    let changed = item.replace("10:00 WEST.\n", "11:00 WEST.\n");
    assert_ne!(changed, item);
    let files = BTreeMap::from([((Stage::ReleaseItem, entry.item_path()), changed.into())]);
    put(office.folder.path(), &Artifacts(files));

    let (archive, damaged) = Archive::rebuild(office.folder.path()).expect("it opens");
    assert_eq!(damaged.len(), 1);
    assert!(
        damaged[0].to_string().contains("hash of the source"),
        "{}",
        damaged[0]
    );
    let source = source(&first.release.id, HARBOUR);
    let admission = archive.admit(harbour(), Vec::new(), source, &Edit::default(), office.now);
    assert_eq!(admission, Admission::Damaged { item: path });
}
