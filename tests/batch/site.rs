//! A folder with settings and inputs, and what lies below it after runs of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

/// The hour of every run that names no other.
pub(crate) const NOW: &str = "2026-11-24T10:00:00Z";

/// A folder with settings and inputs.
pub(crate) struct Site(tempfile::TempDir);

impl Site {
    pub(crate) fn new() -> Self {
        let site = Self(tempfile::tempdir().expect("a temporary folder"));
        let settings = "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\n[input]\ndate_from = [\"file-name\"]\nheadline_from = \"first-sentence\"\nmax_bytes = 200000\n";
        site.put("dateline.toml", settings.as_bytes());
        site
    }

    /// `count` short releases, dated by their names.
    pub(crate) fn with_releases(count: usize) -> Self {
        let site = Self::new();
        for i in 0..count {
            let (month, day) = (1 + i % 10, 1 + i % 28);
            let text = format!(
                "Harbour {i} opens its new pier\n\nHarbour {i} opened its new pier to ships of every size. The port master said that it took {i} days to build.\n"
            );
            site.put(
                &format!("input/2026-{month:02}-{day:02}-pier-{i}.txt"),
                text.as_bytes(),
            );
        }
        site
    }

    /// Four of those, and two that announce events.
    pub(crate) fn with_events() -> Self {
        let site = Self::with_releases(4);
        for name in ["opening", "feast"] {
            let text = format!(
                "Opening of the {name} room\n\n2 October 2026\n\nThe doors are open to everyone.\n"
            );
            site.put(&format!("input/{name}.txt"), text.as_bytes());
            site.put(
                &format!("input/{name}.toml"),
                event("2026-10-09").as_bytes(),
            );
        }
        site
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, bytes).expect("written");
        // The same on each copy of a site, as a copy keeps it: what tells a change must be more than that.
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000);
        let file = fs::File::options().write(true).open(path).expect("opened");
        file.set_modified(time).expect("dated");
    }

    /// Another folder with the same files.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, path) in files(self.path()) {
            copy.put(&name, &fs::read(path).expect("read"));
        }
        copy
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(["--now", NOW]).current_dir(self.0.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().expect("started")
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.0.path().join("output")
    }
}

/// Every file below a folder, by its path in it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it");
                found.insert(name.to_string_lossy().replace('\\', "/"), path);
            }
        }
    }
    found
}

/// All bytes, but for the clock's: in the report, and in the looks of input files, which no two copies have alike.
pub(crate) fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    (files(folder).into_iter())
        .filter(|(name, _)| {
            name != ".dateline/report.json" && name != ".dateline/standstill.ndjson"
        })
        .map(|(name, path)| {
            let bytes = fs::read(path).expect("read");
            let looks = name == ".dateline/inputs.ndjson";
            (name, if looks { without_looks(&bytes) } else { bytes })
        })
        .collect()
}

/// The lines on inputs without the head, whose checksum covers the looks, and without these.
fn without_looks(bytes: &[u8]) -> Vec<u8> {
    let lines = std::str::from_utf8(bytes).expect("text").lines().skip(1);
    let told = lines.map(|line| {
        let mut input: serde_json::Value = serde_json::from_str(line).expect("a line");
        input["stamp"].take();
        format!("{input}\n")
    });
    told.collect::<String>().into_bytes()
}

pub(crate) fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    (files(folder).into_iter())
        .map(|(name, path)| {
            (
                name,
                path.metadata().and_then(|m| m.modified()).expect("a time"),
            )
        })
        .collect()
}

/// Every document can be read by its readers, and what leads to others leads to files ([`assert_reached`]).
pub(crate) fn assert_whole(folder: &Path) {
    for (name, path) in files(folder) {
        let extension = Path::new(&name).extension().and_then(|e| e.to_str());
        if matches!(extension, Some("part" | "cache")) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        match extension {
            Some("json" | "jsonld") => {
                let json: Result<serde_json::Value, _> = serde_json::from_str(&text);
                assert!(json.is_ok(), "{name}: {json:?}");
            }
            Some("xml") => {
                let xml = roxmltree::Document::parse(&text);
                assert!(xml.is_ok(), "{name}: {xml:?}");
            }
            Some("html") => assert!(text.trim_end().ends_with("</html>"), "{name} is cut"),
            _ => {}
        }
    }
    assert_reached(folder, |name| !is_document(name));
}

/// From where people and readers begin, each link leads to a file, and each of that file's. What comes later in a run does
/// not count: the index is last, and before a first run has come to that nobody knows the site; and a release can be the
/// first that calls for a list. `through` tells which files are looked into.
pub(crate) fn assert_reached(folder: &Path, through: impl Fn(&str) -> bool) {
    let known = folder.join("index.html").is_file();
    let is_list = |name: &str| name.starts_with("feed") || name.starts_with("years/");
    let begins = |name: &str| matches!(name, "index.html" | "feed.xml" | "sitemap.xml");
    let mut left: Vec<String> = (files(folder).into_keys())
        .filter(|name| begins(name) || !known && is_list(name))
        .collect();
    let mut seen: BTreeSet<String> = left.iter().cloned().collect();
    while let Some(name) = left.pop() {
        let Ok(text) = fs::read_to_string(folder.join(&name)) else {
            continue;
        };
        for path in linked(&name, &text) {
            let counts = is_document(&path)
                || known && !is_document(&name)
                || name.starts_with("feed.") && path.starts_with("feeds/");
            assert!(
                !counts || folder.join(&path).is_file(),
                "{name} points at {path}"
            );
            if known && through(&path) && seen.insert(path.clone()) {
                left.push(path);
            }
        }
    }
}

fn is_document(name: &str) -> bool {
    name.starts_with("releases/") || name.starts_with("events/")
}

/// Everything that a document points at on its own site is there.
pub(crate) fn assert_linked(folder: &Path, name: &str, text: &str) {
    for path in linked(name, text) {
        assert!(folder.join(&path).is_file(), "{name} points at {path}");
    }
}

/// Paths of what a document points at on its own site.
fn linked(name: &str, text: &str) -> BTreeSet<String> {
    // A page points at its like by the way from itself, and at documents by their whole address.
    let up = name.rfind('/').map_or("", |end| &name[..=end]);
    let ways = text.split("<a href=\"").skip(1).filter_map(|rest| {
        let way = rest.split('"').next()?;
        let away = way.starts_with('#') || way.contains(':');
        (!away).then(|| resolved(up, way))
    });
    let whole = text.split(['"', '<', '>']).filter_map(|address| {
        let path = address.strip_prefix("https://press.example/")?;
        Some(path.split(['#', '?']).next().unwrap_or_default().to_owned())
    });
    ways.chain(whole)
        .map(|address| {
            let path = percent_encoding::percent_decode_str(&address).decode_utf8_lossy();
            path.into_owned()
        })
        .filter(|path| !path.is_empty())
        .collect()
}

/// The path below the output folder that a way leads to from a page in a folder (`releases/`).
fn resolved(folder: &str, way: &str) -> String {
    let mut folders: Vec<&str> = folder.split_terminator('/').collect();
    let mut way = way;
    while let Some(rest) = way.strip_prefix("../") {
        folders
            .pop()
            .expect("a way that stays below the output folder");
        way = rest;
    }
    folders.push(way);
    folders.join("/")
}

pub(crate) fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Names of files that two folders do not have alike.
pub(crate) fn differing(
    one: &BTreeMap<String, Vec<u8>>,
    other: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let mut names: Vec<_> = (one.keys().chain(other.keys()))
        .filter(|name| one.get(*name) != other.get(*name))
        .cloned()
        .collect();
    names.dedup();
    names
}

/// A sidecar with an event on that day.
pub(crate) fn event(day: &str) -> String {
    format!(
        "[[event]]\nname = 'Opening of the room'\nstart = '{day}'\nlocality = 'Graz'\ncountry = 'AT'\n"
    )
}
