//! `dateline check`: reads everything, writes nothing, prints what a person should see.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;

use super::hold::{self, Circumstances};
use super::reader::{self, Text};
use super::{Console, Exit, Failure};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity, Style};
use crate::source::File;

/// Files that are read at a time: bounds memory.
const BATCH: usize = 256;

/// Checks the named files, or all inputs.
pub fn run(
    config: Option<&Path>,
    files: &[PathBuf],
    style: Style,
    console: Console,
    now: DateTime<Utc>,
) -> Result<Exit, Failure> {
    let config = if files.is_empty() {
        reader::settings(config)?
    } else {
        reader::settings_or_none(config)?
    };
    let (files, refused) = inputs(&config, files);
    let mut out = std::io::stdout().lock();
    let mut errors = 0;
    for (name, finding) in &refused {
        errors += usize::from(finding.code.severity() == Severity::Error);
        out.write_all(style.render(name, "", finding).as_bytes())?;
    }
    for batch in files.chunks(BATCH) {
        let checked: Vec<_> = batch
            .par_iter()
            .map(|file| check(&config, file, style, now))
            .collect();
        for (text, wrong) in checked {
            errors += usize::from(wrong);
            out.write_all(text.as_bytes())?;
        }
    }
    out.flush()?;
    console.done(&format!(
        "{} files checked, {errors} cannot be published",
        files.len()
    ));
    Ok(if errors > 0 {
        Exit::Refused
    } else {
        Exit::Done
    })
}

/// Files to check, and those that cannot be.
fn inputs(config: &Config, files: &[PathBuf]) -> (Vec<File>, Vec<(String, Diagnostic)>) {
    if !files.is_empty() {
        let (mut found, mut refused) = (Vec::new(), Vec::new());
        for file in reader::named(config, files) {
            match file {
                Ok(file) => found.push(file),
                Err(refusal) => refused.push(refusal),
            }
        }
        return (found, refused);
    }
    let found = config.input.patterns.find(&config.input.root);
    let refused = (found.refused.iter()).map(|refusal| (refusal.name.clone(), refusal.into()));
    (found.files, refused.collect())
}

/// Reads a file as a run at this time would, the archive aside.
pub(super) fn judged(config: &Config, file: &File, now: DateTime<Utc>) -> Result<Text, Diagnostic> {
    let mut read = reader::file(config, file)?;
    let modified = file.path.metadata().and_then(|found| found.modified()).ok();
    let circumstances = Circumstances {
        date_from: &config.input.date_from,
        zone: config.site.time_zone.unwrap_or(Tz::UTC),
        now,
    };
    hold::judge(&mut read.reading, &file.name, modified, None, circumstances);
    let ahead = hold::dated_ahead(&read.reading.release, config.site.time_zone, now);
    read.reading.diagnostics.extend(ahead);
    Ok(read)
}

/// The findings about a file as text, and whether one of them is an error.
fn check(config: &Config, file: &File, style: Style, now: DateTime<Utc>) -> (String, bool) {
    let (text, findings) = match judged(config, file, now) {
        Err(finding) => (String::new(), vec![finding]),
        Ok(read) => (read.source.text, read.reading.diagnostics),
    };
    let shown = findings
        .iter()
        .map(|finding| style.render(&file.name, &text, finding));
    let wrong = findings
        .iter()
        .any(|finding| finding.code.severity() == Severity::Error);
    (shown.collect(), wrong)
}
