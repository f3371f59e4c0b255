//! What must hold after every run, seen from outside: by a reader of the feed, a subscriber of the calendar, a crawler, a
//! keeper of the archive, and someone who looks for what is not to be seen yet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::{Forum, SKIPPED, Story};
use crate::{support, texts};

/// How a file looks from outside.
type Look = (u64, SystemTime);

pub(crate) struct Watch {
    output: PathBuf,
    /// Where what each run changes is kept, and the number of looks so far.
    pub(crate) seen: Option<PathBuf>,
    looks: usize,
    /// Every file after the last run.
    files: BTreeMap<String, Look>,
    /// What the reader of the feed has been given: address and date of each item.
    items: BTreeMap<String, (String, DateTime<Utc>)>,
    built: Option<DateTime<Utc>>,
    entries: BTreeMap<String, Entry>,
    /// UID of each forum, by its word.
    forums: BTreeMap<String, String>,
    /// Ids of a release and its translation.
    pub(crate) translations: Vec<(String, String)>,
    /// Ids of releases that serve two locales.
    pub(crate) locales: Vec<String>,
    /// Corrected releases and what was said of it.
    pub(crate) notes: Vec<(String, String)>,
}

/// A calendar entry.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    sequence: u32,
    stamp: String,
    start: String,
    /// Lines in which a change counts.
    weighty: Vec<String>,
    summary: String,
    cancelled: bool,
}

impl Watch {
    pub(crate) fn new(output: PathBuf) -> Self {
        Self {
            output,
            seen: None,
            looks: 0,
            files: BTreeMap::new(),
            items: BTreeMap::new(),
            built: None,
            entries: BTreeMap::new(),
            forums: BTreeMap::new(),
            translations: Vec::new(),
            locales: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Looks at what a run at `now` left.
    pub(crate) fn look(&mut self, now: DateTime<Utc>, stories: &[Story], forums: &[Forum]) {
        let files = files(&self.output);
        let changed: BTreeSet<&String> = (files.iter())
            .filter(|(path, look)| self.files.get(*path) != Some(look))
            .map(|(path, _)| path)
            .collect();
        self.readable(&changed);
        self.archive(&files, stories, now);
        self.told(&files, &changed);
        let texts: BTreeMap<&str, String> = (changed.iter())
            .filter(|path| !path.starts_with(".dateline/"))
            .map(|path| (path.as_str(), self.read(path).to_lowercase()))
            .collect();
        for story in stories.iter().filter(|story| story.from > now) {
            for (path, text) in &texts {
                let seen = path.contains(&story.word) || text.contains(&story.word);
                assert!(
                    !seen,
                    "{now}: {path} tells of {} before {}",
                    story.id, story.from
                );
            }
        }
        self.feed(now, stories);
        self.calendar(now, stories, forums);
        self.pages(stories, now);
        self.files = files;
    }

    /// Every file that changed is what its readers take it for; kept for outside judges where those are to come.
    fn readable(&mut self, changed: &BTreeSet<&String>) {
        self.looks += 1;
        for path in changed {
            let bytes = fs::read(self.output.join(path)).expect("there");
            support::well_formed(path, &bytes).unwrap_or_else(|why| panic!("{path}: {why}"));
            if let Some(seen) = &self.seen
                && !["archive/", ".dateline/"]
                    .iter()
                    .any(|own| path.starts_with(own))
            {
                let to = seen.join(format!("{:04}", self.looks)).join(path);
                fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
                fs::write(to, bytes).expect("written");
            }
        }
    }

    fn read(&self, path: &str) -> String {
        let text = fs::read_to_string(self.output.join(path));
        text.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Written once, never changed, no version missing.
    fn archive(&self, files: &BTreeMap<String, Look>, stories: &[Story], now: DateTime<Utc>) {
        for (path, look) in self
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("archive/2"))
        {
            assert_eq!(files.get(path), Some(look), "{path} is not what it was");
        }
        let mut versions: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for path in files.keys().filter(|path| path.starts_with("archive/2")) {
            let (stem, version) = path
                .strip_suffix(".xml")
                .and_then(|path| path.rsplit_once(".v"))
                .expect("an item");
            let version = version.parse().expect("a number");
            versions.entry(stem).or_default().insert(version);
        }
        for (stem, versions) in &versions {
            let gapless = (1..).take(versions.len()).eq(versions.iter().copied());
            assert!(gapless, "{stem} has versions {versions:?}");
        }
        for story in stories.iter().filter(|story| story.from <= now) {
            let name = format!("/{}", story.id.replace('/', "=2F"));
            let newest = versions.iter().find(|(stem, _)| stem.ends_with(&name));
            let newest = newest.and_then(|(_, versions)| versions.last().copied());
            assert_eq!(
                newest,
                Some(story.version),
                "{now}: versions of {}",
                story.id
            );
        }
    }

    /// `changed.txt` lists what changed or went, and nothing else.
    fn told(&self, files: &BTreeMap<String, Look>, changed: &BTreeSet<&String>) {
        let counts = |path: &&&String| {
            let own = ["archive/", ".dateline/"]
                .iter()
                .any(|folder| path.starts_with(folder));
            !own && path.as_str() != "changed.txt"
        };
        let gone = self.files.keys().filter(|path| !files.contains_key(*path));
        let real: BTreeSet<String> = (changed.iter().copied().chain(gone))
            .filter(|path| counts(&path))
            .map(|path| format!("https://press.example/{path}"))
            .collect();
        if !real.is_empty() {
            let told: BTreeSet<String> = self
                .read("changed.txt")
                .lines()
                .map(str::to_owned)
                .collect();
            assert_eq!(told, real);
        }
    }

    /// A reader that knows an item by its guid is given each once, and never a changed date.
    fn feed(&mut self, now: DateTime<Utc>, stories: &[Story]) {
        let text = self.read("feed.xml");
        let feed = roxmltree::Document::parse(&text).expect("a feed");
        let value = |of: roxmltree::Node<'_, '_>, name: &str| {
            let child = of.children().find(|child| child.has_tag_name(name));
            child
                .and_then(|child| child.text())
                .unwrap_or_default()
                .to_owned()
        };
        let instant = |text: String| {
            DateTime::parse_from_rfc2822(&text)
                .expect("an instant")
                .to_utc()
        };
        let channel = feed
            .root_element()
            .first_element_child()
            .expect("a channel");
        let built = instant(value(channel, "lastBuildDate"));
        assert!(
            self.built.is_none_or(|before| before <= built),
            "{now}: lastBuildDate ran backwards"
        );
        self.built = Some(built);
        let mut seen = BTreeSet::new();
        for item in channel
            .children()
            .filter(|child| child.has_tag_name("item"))
        {
            let (guid, link) = (value(item, "guid"), value(item, "link"));
            let date = instant(value(item, "pubDate"));
            assert!(seen.insert(guid.clone()), "{guid} is there twice");
            let known = self
                .items
                .entry(guid.clone())
                .or_insert((link.clone(), date));
            assert_eq!(*known, (link, date), "{guid} changed");
        }
        for story in stories {
            let guid = format!("tag:press.example,2026:release/{}", story.id);
            let item = self.items.get(&guid);
            assert_eq!(
                item.is_some(),
                story.from <= now,
                "{now}: {guid} in the feed"
            );
            if story.withdrawn {
                assert!(!seen.contains(&guid), "{now}: {guid} is withdrawn");
            }
            if let Some((link, date)) = item {
                assert_eq!(
                    *link,
                    format!("https://press.example/releases/{}.html", story.id)
                );
                if story.embargoed && !story.says(SKIPPED) {
                    assert_eq!(*date, story.from, "{guid}");
                }
            }
        }
        assert!(
            self.items.len() <= stories.len(),
            "something was sent that is no release"
        );
    }

    /// Entries keep their UID; what counts changes with a higher SEQUENCE only.
    fn calendar(&mut self, now: DateTime<Utc>, stories: &[Story], forums: &[Forum]) {
        if forums.is_empty() {
            return;
        }
        let entries = entries(&self.read("calendar.ics"));
        for (uid, before) in &self.entries {
            let after = entries.get(uid);
            let after = after.unwrap_or_else(|| panic!("{now}: {} is gone", before.summary));
            let (was, is) = (
                (before.sequence, &before.stamp),
                (after.sequence, &after.stamp),
            );
            assert!(
                is >= was && is.1 >= was.1,
                "{now}: {} ran backwards",
                before.summary
            );
            if before.weighty != after.weighty {
                assert!(
                    is.0 > was.0,
                    "{now}: {before:?} changed to {after:?} unnoticed"
                );
            }
        }
        for forum in forums {
            let name = texts::forum_name(&forum.word);
            let mut of_forum = entries.iter().filter(|(_, entry)| entry.summary == name);
            let (uid, entry) = of_forum
                .next()
                .unwrap_or_else(|| panic!("{now}: no {name}"));
            let other = of_forum.next();
            assert_eq!(
                other, None,
                "{now}: {name} is there twice: {entry:?}, told by {:?}",
                forum.told
            );
            let known = self
                .forums
                .entry(forum.word.clone())
                .or_insert_with(|| uid.clone());
            assert_eq!(known, uid, "{now}: {name}");
            let withdrawn = |id: &String| stories.iter().any(|of| of.id == *id && of.withdrawn);
            if forum.told.iter().any(withdrawn) {
                let all = forum.told.iter().all(withdrawn);
                assert!(!all || entry.cancelled, "{now}: nothing stands of {name}");
                continue;
            }
            let start = forum.start.format("%Y%m%d").to_string();
            assert_eq!(
                (&entry.start, entry.cancelled),
                (&start, forum.cancelled),
                "{now}: {name}"
            );
            self.forum_page(forum);
        }
        self.entries = entries;
    }

    /// One page and one identity, to which all releases lead.
    fn forum_page(&self, forum: &Forum) {
        let page = self.read(&format!("events/{}-1.html", forum.first));
        let identity = format!(
            "https://press.example/releases/{}.html#event-1",
            forum.first
        );
        assert!(
            page.contains(&format!("\"@id\": \"{identity}\"")),
            "{identity}"
        );
        for id in &forum.told {
            assert!(
                page.contains(&format!("https://press.example/releases/{id}.html#article")),
                "{id}"
            );
            let document = self.read(&format!("releases/{id}.event-1.jsonld"));
            let event: serde_json::Value = serde_json::from_str(&document).expect("JSON");
            assert_eq!(event["@id"], identity, "{id}");
            assert_eq!(event["startDate"], forum.start.to_string(), "{id}");
            let subjects = event["subjectOf"].as_array().map_or(1, Vec::len);
            assert_eq!(subjects, forum.told.len(), "{id}");
            if *id != forum.first {
                assert!(
                    !self.output.join(format!("events/{id}-1.html")).exists(),
                    "{id}"
                );
            }
        }
    }

    fn pages(&self, stories: &[Story], now: DateTime<Utc>) {
        let standing = |id: &String| stories.iter().any(|of| of.id == *id && !of.withdrawn);
        let map = self.read("sitemap.xml");
        for story in stories.iter().filter(|story| story.from <= now) {
            let address = format!("https://press.example/releases/{}.html<", story.id);
            assert_eq!(map.contains(&address), !story.withdrawn, "{now}: {address}");
        }
        for (one, other) in &self.translations {
            if standing(one) && standing(other) {
                for (from, to) in [(one, other), (other, one)] {
                    let page = self.read(&format!("releases/{from}.html"));
                    let link = format!("href=\"https://press.example/releases/{to}.html\"");
                    assert!(page.contains(&link), "{now}: {from} does not lead to {to}");
                    assert!(page.contains("ranslationOfWork") || page.contains("workTranslation"));
                }
            }
        }
        for id in self.locales.iter().filter(|id| standing(id)) {
            let page = self.read(&format!("releases/{id}.html"));
            assert!(page.contains("hreflang=\"en-US\""), "{now}: {id}");
            assert!(
                !self
                    .output
                    .join(format!("releases/{}.html", id.replace("gb", "us")))
                    .exists()
            );
        }
        if let Some((id, note)) = self.notes.last().filter(|(id, _)| standing(id)) {
            let newest = stories.iter().find(|of| of.id == *id).expect("a story");
            let item = self.read(&format!("releases/{id}.article.jsonld"));
            let item: serde_json::Value = serde_json::from_str(&item).expect("JSON");
            if let Some(text) = item["correction"]["text"].as_str() {
                assert_eq!(text, note, "{now}: {newest:?}");
            }
        }
    }

    /// A run with nothing to do moves nothing.
    pub(crate) fn untouched(&self, run: impl FnOnce()) {
        run();
        assert_eq!(files(&self.output), self.files);
    }

    /// Everything comes back to the same bytes from the archive alone.
    pub(crate) fn restored(&self, restore: impl FnOnce()) {
        let output = &self.output;
        let bytes = || -> BTreeMap<String, Vec<u8>> {
            let kept = |path: &String| !path.starts_with(".dateline/") && path != "changed.txt";
            let names = files(output).into_keys().filter(kept);
            names
                .map(|name| (name.clone(), fs::read(output.join(name)).expect("read")))
                .collect()
        };
        let before = bytes();
        for name in before.keys().filter(|name| !name.starts_with("archive/2")) {
            fs::remove_file(output.join(name)).expect("removed");
        }
        fs::remove_dir_all(output.join(".dateline")).expect("removed");
        restore();
        let after = bytes();
        let differ: Vec<_> = (before.keys().chain(after.keys()))
            .filter(|name| before.get(*name) != after.get(*name))
            .collect();
        assert!(differ.is_empty(), "{differ:?}");
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<String, Look> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let look = path.metadata().expect("seen");
                let name = path
                    .strip_prefix(folder)
                    .expect("below it")
                    .to_string_lossy();
                found.insert(
                    name.into_owned(),
                    (look.len(), look.modified().expect("a time")),
                );
            }
        }
    }
    found
}

/// The entries of a calendar, by UID.
fn entries(text: &str) -> BTreeMap<String, Entry> {
    let unfolded = text.replace("\r\n ", "");
    let mut entries = BTreeMap::new();
    for entry in unfolded.split("BEGIN:VEVENT").skip(1) {
        let lines: Vec<&str> = entry.lines().collect();
        let value = |name: &str| {
            let line = lines
                .iter()
                .find(|line| line.split([':', ';']).next() == Some(name));
            line.and_then(|line| line.split_once(':'))
                .map_or("", |(_, value)| value)
                .to_owned()
        };
        let weighty = ["DTSTART", "DTEND", "STATUS", "LOCATION"];
        let before = entries.insert(
            value("UID"),
            Entry {
                sequence: value("SEQUENCE").parse().expect("a number"),
                stamp: value("DTSTAMP"),
                start: value("DTSTART"),
                weighty: weighty.iter().map(|name| value(name)).collect(),
                summary: value("SUMMARY"),
                cancelled: value("STATUS") == "CANCELLED",
            },
        );
        assert!(before.is_none(), "{} is there twice", value("UID"));
    }
    let day = |entry: &Entry| NaiveDate::parse_from_str(&entry.start, "%Y%m%d").is_ok();
    assert!(entries.values().all(day), "whole days");
    entries
}
