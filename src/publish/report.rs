//! What a run did, for people and monitors.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::state::hexadecimal;
use super::{Damage, Folder, PublishError};
use crate::diagnostic::Diagnostic;

/// Path of the report below the output folder.
pub const REPORT: &str = ".dateline/report.json";

/// Name of the field with the checksum of the report.
const CHECKSUM: &str = "sha256";

/// The last run that changed something; a run with nothing to do leaves the report as it is.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Counted up when a field changes its meaning.
    pub schema: u32,
    /// Name and version of the program.
    pub program: String,
    /// The run's clock.
    pub now: DateTime<Utc>,
    /// What became of the inputs and documents.
    pub counts: Counts,
    /// When the next embargo ends, if a release waits for one: time for another run.
    pub next_embargo: Option<DateTime<Utc>>,
    /// Milliseconds by step.
    pub milliseconds: BTreeMap<&'static str, u64>,
    /// Files of the state that could not serve and were made again.
    pub rebuilt: Vec<Rebuilt>,
    /// Inputs with findings, by name.
    pub problems: Vec<Problem>,
    /// Articles and events that search engines will not show as what they are, by name.
    pub ineligible: Vec<Ineligible>,
}

/// How many documents search engines find well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiers {
    /// All of them.
    pub all: usize,
    /// Valid schema.org.
    pub valid: usize,
    /// Those that meet the conditions for being shown as what they are.
    pub eligible: usize,
    /// Those that say all that is recommended.
    pub complete: usize,
}

/// A document that is not valid or not eligible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ineligible {
    /// Name of the input.
    pub file: String,
    /// Number of the event; `None`: the article.
    pub event: Option<u32>,
    /// Whether it is valid, at least.
    pub valid: bool,
    /// Codes of what it lacks.
    pub gaps: Vec<String>,
}

/// A file of the state that could not serve this run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    /// Path below the output folder.
    pub file: &'static str,
    /// Why.
    pub because: Damage,
}

/// How many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Input files that were found.
    pub inputs: usize,
    /// Inputs as they were in the last run.
    pub unread: usize,
    /// Inputs that are published under their own name.
    pub published: usize,
    /// Inputs that say the same as another release and are published as its other names.
    pub alternates: usize,
    /// Inputs held back until something is added.
    pub held: usize,
    /// Inputs that are no release.
    pub rejected: usize,
    /// Inputs that wait for their embargo or the office's word.
    pub waiting: usize,
    /// Release versions that this run added to the archive.
    pub versions: usize,
    /// Documents that this run wrote.
    pub written: usize,
    /// Documents that this run removed.
    pub removed: usize,
    /// Articles of published inputs.
    pub articles: Tiers,
    /// Events of published inputs.
    pub events: Tiers,
}

/// What was found in one input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its name.
    pub file: String,
    /// What became of it: `published`, `held`, `rejected`.
    pub outcome: &'static str,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// The report of a run at `now` that found no more to tell than numbers and times.
    pub fn new(
        now: DateTime<Utc>,
        counts: Counts,
        next_embargo: Option<DateTime<Utc>>,
        milliseconds: BTreeMap<&'static str, u64>,
    ) -> Self {
        Self {
            schema: 1,
            program: concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
            now,
            counts,
            next_embargo,
            milliseconds,
            rebuilt: Vec::new(),
            problems: Vec::new(),
            ineligible: Vec::new(),
        }
    }

    /// The report as a file: an object whose last field, `sha256`, is the checksum of the same file with that field
    /// empty.
    ///
    /// # Panics
    ///
    /// Never: strings, numbers and instants always have a JSON form.
    pub fn encode(&self) -> Vec<u8> {
        signed(serde_json::to_value(self).expect("a report is plain data"))
    }

    /// Writes the report into the output folder.
    pub fn write(&self, folder: &Folder) -> Result<(), PublishError> {
        folder.write(REPORT, &self.encode()).map(drop)
    }

    /// Whether these bytes are a report as it was written.
    pub fn is_whole(bytes: &[u8]) -> bool {
        serde_json::from_slice::<Value>(bytes)
            .is_ok_and(|report| report.is_object() && signed(report) == bytes)
    }
}

/// An object as text with its checksum as last field.
fn signed(mut object: Value) -> Vec<u8> {
    object[CHECKSUM] = Value::from("");
    object[CHECKSUM] = Value::from(hexadecimal(&Sha256::digest(text(&object))));
    text(&object)
}

fn text(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_whether_it_is_whole() {
        let report = Report {
            schema: 1,
            program: "dateline".to_owned(),
            now: DateTime::UNIX_EPOCH,
            counts: Counts::default(),
            next_embargo: Some(DateTime::UNIX_EPOCH),
            milliseconds: BTreeMap::from([("open", 3)]),
            rebuilt: vec![Rebuilt {
                file: "a",
                because: Damage::Damaged,
            }],
            problems: Vec::new(),
            ineligible: vec![Ineligible {
                file: "a.txt".to_owned(),
                event: Some(1),
                valid: true,
                gaps: vec!["D104".to_owned()],
            }],
        };
        let bytes = report.encode();
        assert!(Report::is_whole(&bytes));
        for at in 0..bytes.len() {
            for bit in [1, 0x20, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= bit;
                assert!(!Report::is_whole(&changed), "changed at {at}");
            }
            assert!(!Report::is_whole(&bytes[..at]), "cut at {at}");
        }
    }
}
