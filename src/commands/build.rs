//! `dateline build`: the whole batch, from input to output.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::desk::{Desk, alternate};
use super::hold::{self, Circumstances, Verdict};
use super::index_now::Key;
use super::inputs::{self, Finding, Input, Judgement, Outcome, Stamp};
use super::publication::{self, Candidate, Publication};
use super::reader::{self, Text};
use super::standstill::{self, Standstill};
use super::summary;
use super::{Console, Exit, Failure, Outlets};
use crate::archive::{Archive, Edit};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::{Standing, TimeZone};
use crate::profile;
use crate::publish::{Counts, Folder, Lock, Manifest, Report, State, Trust};
use crate::source::File;

/// Inputs and bytes that are read at a time: bounds memory.
const BATCH: (usize, u64) = (128, 4 << 20);

/// Reads all inputs and publishes what is new; with a key, prints what tells search engines of it.
pub fn run(
    config: Option<&Path>,
    index_now: Option<&Key>,
    outlets: &Outlets,
    console: Console,
    now: DateTime<Utc>,
) -> Result<Exit, Failure> {
    // What is told of each finding needs every input's.
    let brief = index_now.is_none() && outlets.report.is_none();
    let result = publish(config, index_now, brief, console, now);
    let told = outlets.write(&result, now);
    let (exit, _) = result?;
    told?;
    Ok(exit)
}

fn publish(
    config: Option<&Path>,
    index_now: Option<&Key>,
    brief: bool,
    console: Console,
    now: DateTime<Utc>,
) -> Result<(Exit, Report), Failure> {
    let config = reader::settings(config)?;
    let folder = Folder::new(&config.output.folder);
    let lock = Lock::take(folder.root(), now)?;
    if lock.left_behind {
        let swept = folder.sweep()?;
        console.detail(&format!(
            "the last run was killed or failed; {swept} unfinished files removed"
        ));
    }
    let mut clock = Clock::start();
    let fingerprint = publication::fingerprint(&config);
    let ((found, stamps), stands) = rayon::join(
        || {
            let found = config.input.patterns.find(&config.input.root);
            let stamps: Vec<_> = found.files.par_iter().map(Stamp::of).collect();
            (found, stamps)
        },
        || Manifest::stands(&folder, &fingerprint),
    );
    let stands = stands?;
    clock.lap("find");
    let print = standstill::print(&found, &stamps);
    if brief
        && stands
        && !lock.left_behind
        && let Some(print) = &print
        // One that cannot be read costs time only.
        && let Ok(Some(last)) = Standstill::load(&config, &folder, &fingerprint, print, now)
        && !(last.findings && (console.verbose || console.is_attended()))
    {
        clock.lap("compare");
        lock.release();
        return Ok(unchanged_since(last, &config, console, clock, now));
    }
    // A killed run may have left anything of the right size.
    let seen = stands && !lock.left_behind;
    let trust = if seen { Trust::Seen } else { Trust::Size };
    let (opened, loaded) = rayon::join(
        || Publication::open(&config, &folder, console, now, trust),
        || inputs::load(&folder, &fingerprint),
    );
    let mut publication = opened?;
    let mut known = match loaded? {
        State::Usable(lines) => inputs::by_name(lines),
        State::Lost(damage) => {
            publication.rebuild(inputs::INPUTS, damage, "every input is read again");
            BTreeMap::new()
        }
    };
    clock.lap("open");
    let root = &config.input.root;
    let files = found.files.into_iter().zip(stamps);
    let (unread, rest) = unchanged(files, &mut known, root, &publication.archive, now);
    let mut counts = Counts {
        unread: unread.len(),
        ..Counts::default()
    };
    let mut fresh: Vec<_> = found.refused.iter().map(Input::refused).collect();
    let mut run = Run {
        config: &config,
        zone: config.site.time_zone.unwrap_or(TimeZone::UTC),
        now,
        publication: &mut publication,
    };
    let bar = console.progress(rest.len());
    for batch in batches(rest) {
        bar.inc(batch.len() as u64);
        fresh.extend(run.batch(batch)?);
    }
    bar.finish_and_clear();
    clock.lap("read and archive");
    publication.complete()?;
    clock.lap("documents");
    let news = inputs::news(&fresh, &known);
    let mut results = unread;
    results.append(&mut fresh);
    results.sort_by(|a, b| a.file.cmp(&b.file));

    summary::count(&mut counts, &results, &publication);
    let touched = publication.settle()?;
    let changed_inputs = folder.write(inputs::INPUTS, &inputs::encode(&fingerprint, &results))?;
    publication.tell_changed()?;
    let problems = summary::problems(&results);
    let next_embargo = summary::next_embargo(&results);
    let touched = touched || changed_inputs || !publication.is_sealed()?;
    clock.lap("settle");
    let report = Report {
        rebuilt: publication.rebuilt.clone(),
        problems,
        ineligible: summary::ineligible(&results),
        ..Report::new(now, counts, next_embargo, clock.laps)
    };
    if touched {
        report.write(&folder)?;
    }
    publication.seal()?;
    if publication.damaged == 0
        && let Some(print) = print
        && let hours = (now, publication.until)
        && let written = (
            &folder,
            publication.documents.manifest(),
            &publication.checked,
        )
        && let Some(last) = Standstill::of(print, &results, &report.counts, written, hours)
        && let Err(error) = last.write(&folder, &fingerprint)
    {
        // All is published: the next run asks again.
        console.failure(&error.into());
    }
    lock.release();
    if let Some(key) = index_now {
        let changed = publication.documents.changed();
        key.print(&config.site.base_url, changed.iter().map(|path| &**path))?;
    }
    summary::tell(console, &config, &report, &news, touched);
    let exit = exit(&report.counts, publication.damaged);
    // The process ends: giving back what is known of every release, piece by piece, is a twentieth of a run.
    std::mem::forget(publication);
    Ok((exit, report))
}

/// A run that found everything as the last one left it.
fn unchanged_since(
    last: Standstill,
    config: &Config,
    console: Console,
    clock: Clock,
    now: DateTime<Utc>,
) -> (Exit, Report) {
    let report = Report::new(now, last.counts, last.next_embargo, clock.laps);
    summary::tell(console, config, &report, &BTreeSet::new(), false);
    (exit(&report.counts, 0), report)
}

fn exit(counts: &Counts, damaged: usize) -> Exit {
    if counts.held + counts.rejected + damaged > 0 {
        Exit::Refused
    } else {
        Exit::Done
    }
}

/// A run over inputs that have to be read.
struct Run<'a, 'b> {
    config: &'a Config,
    zone: TimeZone,
    now: DateTime<Utc>,
    publication: &'b mut Publication<'a>,
}

/// An input to be read.
struct Task {
    file: File,
    stamp: Stamp,
}

/// What became of an input, as far as it is decided: some wait for the archive's word on their candidate.
struct Judged {
    input: Input,
    candidate: Option<usize>,
}

impl Run<'_, '_> {
    /// Reads a batch in parallel, decides in order, and publishes.
    fn batch(&mut self, batch: Vec<Task>) -> Result<Vec<Input>, Failure> {
        let archive = &self.publication.archive;
        let read: Vec<_> = batch
            .par_iter()
            .map(|task| self.read(archive, &task.file))
            .collect();
        let mut desk = Desk::default();
        let mut judged = Vec::with_capacity(read.len());
        for (task, result) in batch.into_iter().zip(read) {
            judged.push(self.decide(&mut desk, task, result));
        }
        for (id, alternates) in std::mem::take(&mut desk.elsewhere) {
            match self.publication.renamed(&id, alternates) {
                Ok(candidate) => desk.candidates.push(candidate),
                Err(failure) => {
                    let names = judged.iter_mut().map(|judged| &mut judged.input);
                    for name in names.filter(|input| input.is_name_of(&id)) {
                        name.refuse(&publication::unreadable(&failure));
                    }
                }
            }
        }
        for (at, alternates) in std::mem::take(&mut desk.here) {
            if let Some(Candidate::Reading { edit, .. }) = desk.candidates.get_mut(at) {
                edit.alternates = alternates;
            }
        }
        let verdicts = self.publication.publish(desk.candidates)?;
        for Judged { input, candidate } in &mut judged {
            if let Some(Err(finding)) = candidate.and_then(|at| verdicts.get(at)) {
                input.refuse(finding);
            }
        }
        Ok(judged.into_iter().map(|judged| judged.input).collect())
    }

    fn read(&self, archive: &Archive, file: &File) -> Result<(Text, Verdict), Diagnostic> {
        let mut text = reader::file(self.config, file, Some(archive))?;
        let modified = file.path.metadata().and_then(|found| found.modified()).ok();
        let circumstances = Circumstances {
            date_from: &self.config.input.date_from,
            zone: self.zone,
            now: self.now,
        };
        let known = archive.entry(&file.id);
        let verdict = hold::judge(
            &mut text.reading,
            &file.name,
            modified,
            known,
            circumstances,
        );
        if matches!(verdict, Verdict::Publish) {
            text.verdicts = profile::judge(&text.reading.release, &self.config.site);
        }
        Ok((text, verdict))
    }

    fn decide(
        &self,
        desk: &mut Desk,
        task: Task,
        result: Result<(Text, Verdict), Diagnostic>,
    ) -> Judged {
        let Task { file, stamp } = task;
        let mut judged = Judged {
            input: Input {
                file: file.name.as_str().into(),
                stamp,
                images: BTreeMap::new(),
                outcome: Outcome::Rejected,
                findings: Vec::new(),
                verdicts: Box::default(),
            },
            candidate: None,
        };
        let (mut text, verdict) = match result {
            Ok(read) => read,
            Err(finding) => {
                judged.input.findings.push(Finding::from(&finding));
                return judged;
            }
        };
        judged.input.images = std::mem::take(&mut text.images);
        judged.input.verdicts = text.verdicts.iter().map(Judgement::from).collect();
        let id = file.id;
        let archive = &self.publication.archive;
        let held = archive.entry(&id);
        let ahead = hold::dated_ahead(&text.reading.release, self.config.site.time_zone, self.now);
        // Not for the archive, whose record holds what is true of the text at any time.
        let findings = text.reading.diagnostics.iter().chain(&ahead);
        judged.input.findings = findings.map(Finding::from).collect();
        if held.is_none()
            && let Some(first) = archive.withdrawn_as(&id)
        {
            // Or it would come back under a name that it once had.
            judged.input.outcome = Outcome::Alternate(first.id.to_string());
            return judged;
        }
        judged.input.outcome = match (text.standing, verdict) {
            (Standing::Withdrawn, _) if held.is_some() => {
                match self.publication.withdrawal(&id, text.note) {
                    Ok(version) => judged.candidate = version.map(|version| desk.add(version)),
                    Err(failure) => {
                        judged.input.refuse(&publication::unreadable(&failure));
                        return judged;
                    }
                }
                Outcome::Published(id)
            }
            (Standing::Withdrawn, _) => Outcome::Withheld,
            (_, Verdict::Reject) => Outcome::Rejected,
            (_, Verdict::Hold) => Outcome::Held,
            (_, Verdict::Wait(end)) => Outcome::Embargoed(end),
            (Standing::Withheld, Verdict::Publish) if held.is_none() => Outcome::Withheld,
            (_, Verdict::Publish) => {
                let release = &text.reading.release;
                let content = Archive::content(release);
                if held.is_none()
                    && let Some(first) = desk.first(archive, release, content.as_ref())
                {
                    desk.alternate(&first, alternate(release, first.id()));
                    judged.input.outcome = Outcome::Alternate(first.id().to_owned());
                    return judged;
                }
                let at = desk.add(Candidate::Reading {
                    edit: Edit {
                        withheld: text.standing == Standing::Withheld,
                        note: text.note,
                        alternates: Vec::new(),
                        translation_of: text.translation_of,
                        reprocess: false,
                    },
                    release: Box::new(text.reading.release),
                    diagnostics: text.reading.diagnostics,
                    source: Box::new(text.source),
                });
                if let Some(content) = content {
                    desk.contents
                        .entry(content)
                        .or_insert_with(|| (id.clone(), at));
                }
                judged.candidate = Some(at);
                Outcome::Published(id)
            }
        };
        judged
    }
}

/// Sorts out the inputs of which nothing has changed since the last run, and leaves in `known` what it told of others.
fn unchanged(
    files: impl Iterator<Item = (File, Option<Stamp>)>,
    known: &mut BTreeMap<Arc<str>, Input>,
    root: &Path,
    archive: &Archive,
    now: DateTime<Utc>,
) -> (Vec<Input>, Vec<Task>) {
    let (mut same, mut rest) = (Vec::with_capacity(known.len()), Vec::new());
    for (file, stamp) in files {
        let holds = |input: &Input| {
            Some(input.stamp) == stamp && input.shows_the_same(root) && input.holds(archive, now)
        };
        if known.get(&*file.name).is_some_and(holds) {
            same.extend(known.remove(&*file.name));
        } else {
            // One whose look is not known is read again next time.
            let stamp = stamp.unwrap_or_default();
            rest.push(Task { file, stamp });
        }
    }
    (same, rest)
}

/// Tasks in order, by number and size.
fn batches(tasks: Vec<Task>) -> Vec<Vec<Task>> {
    let mut out: Vec<Vec<Task>> = Vec::new();
    let mut bytes = 0;
    for task in tasks {
        bytes += task.stamp.size();
        match out.last_mut() {
            Some(batch) if batch.len() < BATCH.0 && bytes <= BATCH.1 => batch.push(task),
            _ => {
                bytes = task.stamp.size();
                out.push(vec![task]);
            }
        }
    }
    out
}

/// How long each step took.
struct Clock {
    last: Instant,
    laps: BTreeMap<&'static str, u64>,
}

impl Clock {
    fn start() -> Self {
        Self {
            last: Instant::now(),
            laps: BTreeMap::new(),
        }
    }

    fn lap(&mut self, step: &'static str) {
        let now = Instant::now();
        self.laps.insert(step, (now - self.last).as_millis() as u64);
        self.last = now;
    }
}
