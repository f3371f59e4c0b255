//! What a build tells monitors, beside what it tells the operator.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{Exit, Failure};
use crate::publish::{End, Folder, Report, metrics};

/// Files that a build writes for monitors, at every run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlets {
    /// The report as JSON.
    pub report: Option<PathBuf>,
    /// Metrics for Prometheus's textfile collector.
    pub metrics: Option<PathBuf>,
}

impl Outlets {
    /// Writes what became of a run. One that another run kept from starting says nothing: the other will.
    pub(super) fn write(
        &self,
        result: &Result<(Exit, Report), Failure>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let (exit, report) = match result {
            Ok((exit, report)) => (*exit, Some(report)),
            Err(failure) => (failure.exit(), None),
        };
        if exit == Exit::Busy {
            return Ok(());
        }
        if let (Some(path), Some(report)) = (&self.report, report) {
            put(path, &report.encode())?;
        }
        if let Some(path) = &self.metrics {
            let before = here().read(&path.to_string_lossy())?.unwrap_or_default();
            let end = End {
                now,
                code: exit.code(),
                report,
            };
            let text = metrics(end, &String::from_utf8_lossy(&before));
            put(path, text.as_bytes())?;
        }
        Ok(())
    }
}

/// Written beside and renamed: who reads it never sees half of it.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    here().write(&path.to_string_lossy(), bytes)?;
    Ok(())
}

fn here() -> Folder {
    Folder::new("")
}
