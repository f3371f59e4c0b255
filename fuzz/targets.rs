//! What the fuzz targets do with bytes: each is a function that panics where a promise is broken.
//!
//! The targets under `fuzz_targets/` and the replay of the corpora by `cargo test` (`tests/corpora.rs`) share them.

use std::path::Path;

use chrono::{DateTime, Utc};
use dateline::archive::newsml::{misplaced, read_item};
use dateline::archive::{Admission, Archive, Edit};
use dateline::config::Config;
use dateline::model::record::Record;
use dateline::model::{Published, Site};
use dateline::read::{Reading, configured};
use dateline::source::{Decoding, Sidecar, Source, Span, encoding_of_label};
use dateline::write::{Artifacts, Catalog, Listed, Stage, WRITERS, WriteError};
use serde_json::Value;

use crate::support;

/// What is done with the bytes of a file.
pub(crate) type Target = fn(&[u8]);

/// Every target by the name of its corpus.
#[allow(dead_code, reason = "for the replay, which runs them all")]
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("archive", archive),
    ("config", config),
    ("decode", decode),
    ("read", read),
    ("sidecar", sidecar),
    ("write", write),
];

/// Encodings that an office may name in its settings, chosen by the first byte.
const ENCODINGS: [&str; 8] = [
    "utf-8",
    "windows-1252",
    "shift_jis",
    "gb18030",
    "iso-2022-jp",
    "euc-kr",
    "utf-16le",
    "koi8-r",
];

/// Any bytes become a text that every output may hold, and each place in it has its place among the bytes.
pub(crate) fn decode(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let assumed = ENCODINGS.get(usize::from(*first)).copied();
    let decoding = Decoding {
        assumed: assumed.and_then(encoding_of_label),
        top_level_domain: None,
    };
    let of = || Source::from_bytes("a".into(), "a.txt".into(), rest.to_vec(), &decoding);
    let source = of();
    let again = of();
    assert_eq!(source.text, again.text);
    assert_eq!(source.bytes, rest);
    let allowed = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    assert!(source.text.chars().all(allowed), "{:?}", source.text);
    let mut before = 0;
    for (at, c) in source.text.char_indices() {
        let place = (source.offsets).to_bytes(Span::new(at, at + c.len_utf8()));
        let range = place.range();
        assert!(
            before <= range.start && range.end <= rest.len(),
            "{at} {range:?}"
        );
        before = range.start;
    }
}

/// Reading finds only what stands in the text, and the same each time.
pub(crate) fn read(bytes: &[u8]) {
    let site = support::site();
    let (source, reading) = support::read_bytes("a.txt", bytes.to_vec(), &site);
    let record = support::record(&reading);
    spans(&record, &source.text);
    let (_, again) = support::read_bytes("a.txt", bytes.to_vec(), &site);
    assert_eq!(support::record(&again), record);
}

/// Every `span` of a record lies in the text, on character boundaries.
fn spans(value: &Value, text: &str) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if let (true, Value::Array(ends)) = (key == "span", value) {
                    let end = |at: usize| ends[at].as_u64().expect("a place") as usize;
                    let words = text.get(end(0)..end(1));
                    assert!(
                        words.is_some_and(|words| !words.is_empty()),
                        "{ends:?} in {text:?}"
                    );
                }
                spans(value, text);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| spans(value, text)),
        _ => {}
    }
}

const TEXT: &str = "Harbour opens its new pier\n\n3 May 2026\n\nThe harbour opened its new pier to ships of every size on 2 May 2026 in Graz.\n";

/// A sidecar is refused with a place in it, or applied.
pub(crate) fn sidecar(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Sidecar::parse("a.toml", text) {
        Ok(sidecar) => {
            let site = support::site();
            let (source, mut reading) = support::read_bytes("a.txt", TEXT.into(), &site);
            configured::apply(&mut reading, &sidecar);
            let edit = Edit {
                withheld: configured::standing(&sidecar).is_err(),
                note: configured::note(&sidecar),
                ..Edit::default()
            };
            spans(&support::record(&reading), &source.text);
            judged(&published(source, reading, &edit), &site);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Settings are refused in words, or taken.
pub(crate) fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Config::parse("dateline.toml", text, Path::new("")) {
        Ok(config) => {
            let again = Config::parse("dateline.toml", text, Path::new("")).expect("taken before");
            assert_eq!(config.fingerprint(), again.fingerprint());
            let (source, reading) = support::read_bytes("a.txt", TEXT.into(), &config.site);
            judged(&published(source, reading, &Edit::default()), &config.site);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// An item is refused, or holds a release version that an item can be written of and read back.
pub(crate) fn archive(bytes: &[u8]) {
    if let Ok(published) = read_item(bytes)
        && let Ok(item) = item(&published, &support::site())
    {
        let back = read_item(&item).expect("readable as written");
        assert_eq!(back, published);
    }
}

/// Every document of a release whose words are hostile is what its readers take it for.
///
/// The bytes are cut at 0xFF, which no UTF-8 holds, into a text and the words of a sidecar.
pub(crate) fn write(bytes: &[u8]) {
    let site = support::site();
    let mut pieces = bytes.split(|byte| *byte == 0xff);
    let (source, mut reading) =
        support::read_bytes("a.txt", pieces.next().unwrap_or_default().to_vec(), &site);
    let mut words = || {
        let piece = pieces.next().unwrap_or_default();
        toml::Value::String(String::from_utf8_lossy(piece).into_owned()).to_string()
    };
    let mut text = String::from("published = '2026-05-02'\n");
    let mut put = |table: &str, keys: &[&str]| {
        text.push_str(table);
        for key in keys {
            text.extend([*key, " = ", words().as_str(), "\n"]);
        }
    };
    put("", &["headline", "subtitle", "summary", "dateline"]);
    put("[correction]\n", &["note"]);
    put(
        "[[event]]\nstart = '2026-06-03T10:00+02:00'\ncountry = 'AT'\n",
        &[
            "name",
            "series",
            "venue",
            "street",
            "locality",
            "organizer",
            "part_of",
        ],
    );
    put(
        "[[person]]\n",
        &["name", "honorific", "role", "organization"],
    );
    put("[[organization]]\n", &["name", "acronym"]);
    let Ok(sidecar) = Sidecar::parse("a.toml", &text) else {
        return;
    };
    configured::apply(&mut reading, &sidecar);
    let edit = Edit {
        note: configured::note(&sidecar),
        ..Edit::default()
    };
    judged(&published(source, reading, &edit), &site);
}

/// A catalog of one release, which is news.
struct Shelf<'a>([Listed; 1], &'a Published);

impl Catalog for Shelf<'_> {
    fn listed(&self) -> &[Listed] {
        &self.0
    }

    fn now(&self) -> DateTime<Utc> {
        now()
    }

    fn load(&self, _listed: &Listed) -> Result<Published, WriteError> {
        Ok(self.1.clone())
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("an instant")
}

fn published(source: Source, reading: Reading, edit: &Edit) -> Published {
    let Reading {
        release,
        diagnostics,
        ..
    } = reading;
    match Archive::new(Path::new("")).admit(release, diagnostics, source, edit, now()) {
        Admission::New(published) => *published,
        other => panic!("an empty archive admits everything: {other:?}"),
    }
}

/// The release's archive item; what no item can say is refused before.
fn item(published: &Published, site: &Site) -> Result<Vec<u8>, String> {
    let mut artifacts = Artifacts::default();
    for writer in WRITERS
        .iter()
        .filter(|writer| writer.format().name == "newsml-g2")
    {
        (writer.release(published, site, &mut artifacts)).map_err(|error| error.to_string())?;
    }
    let mut items = artifacts.0.into_iter();
    let item = items.find(|((stage, _), _)| *stage == Stage::ReleaseItem);
    Ok(item.expect("a release has an item").1)
}

/// Every writer's documents of a release, alone and in lists, by parsers that wrote none of them.
fn judged(published: &Published, site: &Site) {
    // What the batch holds back is never written.
    let (Some(listed), Some(_)) = (Listed::of(published), &published.release.headline) else {
        return;
    };
    let mut artifacts = Artifacts::default();
    for writer in WRITERS {
        if writer.release(published, site, &mut artifacts).is_err() {
            // Refused in words: the release is held back.
            return;
        }
    }
    let shelf = Shelf([listed], published);
    for writer in WRITERS {
        artifacts.add((writer.lists(&shelf, site)).expect("a list of what was written"));
    }
    for ((_, path), bytes) in &artifacts.0 {
        if let Err(why) = support::well_formed(path, bytes) {
            panic!("{path}: {why}\n{}", String::from_utf8_lossy(bytes));
        }
        let text = String::from_utf8_lossy(bytes);
        match path.rsplit('.').next() {
            Some("html") => {
                let page = scraper::Html::parse_document(&text);
                assert!(page.errors.is_empty(), "{path}: {:?}\n{text}", page.errors);
            }
            Some("ics") => {
                let short = text.split("\r\n").all(|line| line.len() <= 75);
                assert!(
                    short && !text.replace("\r\n", "").contains(['\r', '\n']),
                    "{path}\n{text}"
                );
            }
            _ => {}
        }
        if path.starts_with("feed") && Path::new(path).extension() == Some("xml".as_ref()) {
            let channel = rss::Channel::read_from(bytes.as_slice());
            assert_eq!(channel.expect("a feed").items().len(), 1, "{path}\n{text}");
        }
    }
    let item = item(published, site).expect("written before");
    let back = read_item(&item)
        .unwrap_or_else(|error| panic!("{error}\n{}", String::from_utf8_lossy(&item)));
    assert_eq!(
        serde_json::to_value(Record::of(&back)).expect("JSON"),
        serde_json::to_value(Record::of(published)).expect("JSON")
    );
    assert_eq!(back, *published);
    let wrong = misplaced(&back).expect("a text");
    assert!(wrong.is_empty(), "{wrong:?}");
}
