//! What several tests share.

pub mod score;

use std::path::{Path, PathBuf};

use dateline::lang::Lexicons;
use dateline::model::{Record, Site, Standing};
use dateline::read::Reading;
use dateline::source::Source;

/// The material that lies beside the project on some machines: `None` elsewhere, and the test says "skipped".
pub fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    path.is_dir().then_some(path)
}

/// Reads one file as `dateline extract` does.
pub fn read_file(path: &Path, site: &Site) -> (Source, Reading) {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read_bytes(&path.to_string_lossy(), bytes, site)
}

/// Reads bytes as `dateline extract` does.
pub fn read_bytes(name: &str, bytes: Vec<u8>, site: &Site) -> (Source, Reading) {
    let source = Source::decode(name, bytes);
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
