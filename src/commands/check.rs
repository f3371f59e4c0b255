//! `dateline check`: reads everything, writes nothing, prints what a person should see.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::baseline::Baseline;
use super::hold::{self, Circumstances};
use super::reader::{self, Text};
use super::{Console, Exit, Failure, console, verdicts};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Severity, Style, counted};
use crate::model::TimeZone;
use crate::profile::{self, Verdict};
use crate::source::File;

/// Files that are read at a time: bounds memory.
const BATCH: usize = 256;

/// How to check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How findings are shown.
    pub style: Style,
    /// Whether warnings fail, too.
    pub strict: bool,
    /// Findings that are known.
    pub baseline: Option<PathBuf>,
    /// Whether what is found is written there.
    pub write_baseline: bool,
}

/// Checks the named files, or all inputs.
pub fn run(
    config: Option<&Path>,
    files: &[PathBuf],
    options: &Options,
    console: Console,
    now: DateTime<Utc>,
) -> Result<Exit, Failure> {
    let config = if files.is_empty() {
        reader::settings(config)?
    } else {
        reader::settings_or_none(config)?
    };
    let known = match &options.baseline {
        Some(path) if !options.write_baseline => Baseline::load(path)?,
        _ => Baseline::default(),
    };
    let whole = files.is_empty();
    let (files, refused) = inputs(&config, files);
    let out = std::io::stdout().lock();
    let style = match options.style {
        Style::Human if console::knows_colours(&out) => Style::Coloured,
        style => style,
    };
    let mut desk = Desk {
        style,
        screen: console::columns(&out),
        writing: options.write_baseline,
        detailed: console.verbose,
        known,
        found: Baseline::default(),
        out,
        shown: 0,
        errors: 0,
        warnings: 0,
    };
    desk.out.write_all(style.opening().as_bytes())?;
    for (name, finding) in refused {
        desk.take(&Checked::refused(name, finding))?;
    }
    for batch in files.chunks(BATCH) {
        let checked: Vec<_> = batch
            .par_iter()
            .map(|file| check(&config, file, now))
            .collect();
        for checked in &checked {
            desk.take(checked)?;
        }
    }
    desk.out.write_all(style.closing().as_bytes())?;
    desk.out.flush()?;
    let Desk {
        known,
        found,
        errors,
        warnings,
        ..
    } = desk;
    console.done(&format!(
        "{} checked, {errors} cannot be published, {warnings} with warnings",
        counted(files.len(), "file")
    ));
    if let Some(path) = options.baseline.as_ref().filter(|_| options.write_baseline) {
        found.store(path)?;
        console.done(&format!("`{}` written", path.display()));
        return Ok(Exit::Done);
    }
    let gone = known.gone(&found);
    if whole && gone > 0 {
        console.warn(&format!(
            "{gone} findings of the baseline are gone; `--write-baseline` forgets them"
        ));
    }
    Ok(if errors > 0 || (options.strict && warnings > 0) {
        Exit::Refused
    } else {
        Exit::Done
    })
}

/// What was found of one file.
struct Checked {
    name: String,
    text: String,
    findings: Vec<Diagnostic>,
    /// What search engines make of it; nothing of a file that could not be read.
    verdicts: Vec<Verdict>,
}

impl Checked {
    fn refused(name: String, finding: Diagnostic) -> Self {
        Self {
            name,
            text: String::new(),
            findings: vec![finding],
            verdicts: Vec::new(),
        }
    }
}

/// Where what was found is shown and counted.
struct Desk<W> {
    style: Style,
    /// Columns of the screen; `None`: it is none.
    screen: Option<usize>,
    /// Whether findings are counted and not shown.
    writing: bool,
    /// Whether people, too, are shown a finding for each gap and not the list of them alone.
    detailed: bool,
    known: Baseline,
    found: Baseline,
    out: W,
    /// Findings shown.
    shown: usize,
    /// Files with errors.
    errors: usize,
    /// Files with warnings and no errors.
    warnings: usize,
}

impl<W: Write> Desk<W> {
    fn take(&mut self, checked: &Checked) -> std::io::Result<()> {
        let style = self.style;
        let mut findings = checked.findings.clone();
        let gaps = checked.verdicts.iter().flat_map(Verdict::findings);
        let told = |gap: &Diagnostic| checked.findings.iter().any(|told| told.code == gap.code);
        findings.extend(gaps.filter(|gap| !told(gap)));
        self.found.count(&checked.name, &findings);
        if self.writing {
            return Ok(());
        }
        self.known.retain_new(&checked.name, &mut findings);
        let worst = findings.iter().map(|finding| finding.code.severity()).max();
        self.errors += usize::from(worst == Some(Severity::Error));
        self.warnings += usize::from(worst == Some(Severity::Warning));
        let machine = matches!(style, Style::Json | Style::Sarif);
        for finding in &findings {
            let is_gap = !told(finding);
            if is_gap && !machine && !self.detailed {
                continue;
            }
            if self.shown > 0 {
                self.out.write_all(style.separator().as_bytes())?;
            }
            self.shown += 1;
            let shown = style.render(&checked.name, &checked.text, finding, self.screen);
            self.out.write_all(shown.as_bytes())?;
        }
        if !checked.verdicts.is_empty() {
            let verdicts = verdicts::render(style, &checked.name, &checked.verdicts, self.screen);
            self.out.write_all(verdicts.as_bytes())?;
        }
        Ok(())
    }
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
    let mut read = reader::file(config, file, None)?;
    let modified = file.path.metadata().and_then(|found| found.modified()).ok();
    let circumstances = Circumstances {
        date_from: &config.input.date_from,
        zone: config.site.time_zone.unwrap_or(TimeZone::UTC),
        now,
    };
    hold::judge(&mut read.reading, &file.name, modified, None, circumstances);
    let ahead = hold::dated_ahead(&read.reading.release, config.site.time_zone, now);
    read.reading.diagnostics.extend(ahead);
    Ok(read)
}

/// What is found of a file.
fn check(config: &Config, file: &File, now: DateTime<Utc>) -> Checked {
    match judged(config, file, now) {
        Err(finding) => Checked::refused(file.name.clone(), finding),
        Ok(read) => {
            let rejected = (read.reading.diagnostics.iter())
                .any(|finding| matches!(finding.code, Code::Empty | Code::NotARelease));
            let verdicts = if rejected {
                Vec::new()
            } else {
                profile::judge(&read.reading.release, &config.site)
            };
            Checked {
                name: file.name.clone(),
                text: read.source.text,
                findings: read.reading.diagnostics,
                verdicts,
            }
        }
    }
}
