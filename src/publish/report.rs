//! What a run did, for people and monitors.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Folder, PublishError};
use crate::diagnostic::Diagnostic;
use crate::write::percent_path;

/// Path of the report below the output folder.
pub const REPORT: &str = ".dateline/report.json";

/// Path of the list of addresses whose content the last changing run changed or removed.
pub const CHANGED: &str = "changed.txt";

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
    /// Milliseconds by step.
    pub milliseconds: BTreeMap<&'static str, u64>,
    /// Inputs with findings, by name.
    pub problems: Vec<Problem>,
}

/// How many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
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
    /// Writes the report.
    ///
    /// # Panics
    ///
    /// Never: strings, numbers and instants always have a JSON form.
    pub fn write(&self, folder: &Folder) -> Result<(), PublishError> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a report is plain data");
        bytes.push(b'\n');
        folder.write(REPORT, &bytes).map(drop)
    }
}

/// Writes the addresses of documents that changed, one on a line.
pub fn write_changed<'a>(
    folder: &Folder,
    base_url: &str,
    paths: impl Iterator<Item = &'a str>,
) -> Result<(), PublishError> {
    let mut text = String::new();
    for path in paths {
        text.push_str(base_url);
        text.push_str(&percent_path(path));
        text.push('\n');
    }
    folder.write(CHANGED, text.as_bytes()).map(drop)
}
