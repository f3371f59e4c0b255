//! What several tests share.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "each test uses its part, over names that the program made"
)]

mod names;
pub mod score;

use std::path::{Path, PathBuf};

use dateline::archive::{Admission, Archive, Edit};
use dateline::config::Config;
use dateline::lang::Lexicons;
use dateline::model::record::Record;
use dateline::model::{Published, Site, Standing};
use dateline::read::Reading;
use dateline::source::{Decoding, Source};
use dateline::write::{Artifacts, Stage, Writer};

/// The material that lies beside the project on some machines: `None` elsewhere, and the test says "skipped".
pub fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    path.is_dir().then_some(path)
}

/// A site that says nothing of its own.
pub fn site() -> Site {
    let settings =
        "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\n";
    Config::parse("dateline.toml", settings, Path::new(""))
        .expect("settings")
        .site
}

/// Reads one file as `dateline extract` does.
pub fn read_file(path: &Path, site: &Site) -> (Source, Reading) {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    // The name goes into what is recorded: the same wherever the project lies.
    let name = path
        .strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .unwrap_or(path);
    read_bytes(&name.to_string_lossy(), bytes, site)
}

/// Reads bytes as `dateline extract` does.
pub fn read_bytes(name: &str, bytes: Vec<u8>, site: &Site) -> (Source, Reading) {
    let id = Path::new(name)
        .file_stem()
        .expect("a file name")
        .to_string_lossy()
        .into_owned();
    let source = Source::from_bytes(id, name.to_owned(), bytes, &Decoding::default());
    let reading = dateline::read::read(&source, Lexicons::builtin(), site);
    (source, reading)
}

/// The record of a reading.
pub fn record(reading: &Reading) -> serde_json::Value {
    let record = Record {
        release: &reading.release,
        version: 1,
        standing: Standing::Usable,
        alternates: &[],
        diagnostics: &reading.diagnostics,
    };
    serde_json::to_value(record).expect("a record is JSON")
}

/// The release as version 1 of its own.
pub fn published(source: Source, reading: Reading) -> Published {
    let now = chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("an instant");
    let archive = Archive::new(Path::new(""));
    match archive.admit(
        reading.release,
        reading.diagnostics,
        source,
        &Edit::default(),
        now,
    ) {
        Admission::New(published) => *published,
        other => panic!("an empty archive admits everything: {other:?}"),
    }
}

/// Writes the archive item, reads it back, and compares.
pub fn restored(published: &Published, site: &Site) -> Result<(), String> {
    let mut artifacts = Artifacts::default();
    dateline::write::newsml_g2::NewsMlG2
        .release(published, site, &mut artifacts)
        .map_err(|e| e.to_string())?;
    let item = artifacts
        .0
        .iter()
        .find(|((stage, _), _)| *stage == Stage::ReleaseItem)
        .map(|(_, bytes)| bytes)
        .ok_or("no archive item")?;
    let back = dateline::archive::newsml::read_item(item).map_err(|e| e.to_string())?;
    let (want, got) = (
        serde_json::to_value(Record::of(published)).expect("JSON"),
        serde_json::to_value(Record::of(&back)).expect("JSON"),
    );
    if want != got {
        return Err(format!("the record differs:\n{want:#}\n{got:#}"));
    }
    if back != *published {
        return Err("the record agrees, but the version does not".into());
    }
    Ok(())
}

/// Whether bytes are what their name says, by a parser that wrote none of them.
pub fn well_formed(path: &str, bytes: &[u8]) -> Result<(), String> {
    if path.ends_with(".cache") {
        // The program's own, and no text.
        return Ok(());
    }
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    if path.ends_with(".jsonld") || path.ends_with(".json") {
        serde_json::from_str::<serde_json::Value>(text).map_err(|e| e.to_string())?;
    } else if path.ends_with(".xml") {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().map_err(|e| e.to_string())? {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::DocType(_) => return Err("a document type".into()),
                _ => {}
            }
        }
    } else if path.ends_with(".ics") {
        let entry = calcard::Parser::new(text).entry();
        if !matches!(entry, calcard::Entry::ICalendar(_)) {
            return Err(format!("{entry:?}"));
        }
    } else if path.ends_with(".html") && !text.trim_end().ends_with("</html>") {
        return Err("the page does not end".into());
    }
    // An item keeps its source as it was received, and XML 1.0 takes the controls beyond ASCII.
    let received = path.starts_with("archive/");
    let allowed = |c: char| matches!(c, '\n' | '\r' | '\t') || received && !c.is_ascii();
    if let Some(bad) = text.chars().find(|c| c.is_control() && !allowed(*c)) {
        return Err(format!("holds the control character {bad:?}"));
    }
    Ok(())
}
