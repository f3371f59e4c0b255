//! `dateline build`: the whole batch, from input to output.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;

use super::hold::{self, Circumstances, Verdict};
use super::inputs::{self, Finding, Input, Outcome, Stamp};
use super::publication::{self, Candidate, Publication};
use super::reader::{self, Text};
use super::{Console, Exit, Failure};
use crate::archive::{Archive, Edit};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Alternate, NoticeKind, Release, Standing};
use crate::publish::{Counts, Damage, Folder, Lock, Problem, Report, State, write_changed};
use crate::source::{File, Refusal};

/// Inputs and bytes that are read at a time: bounds memory.
const BATCH: (usize, u64) = (1024, 32 << 20);

/// Reads all inputs and publishes what is new.
pub fn run(config: Option<&Path>, console: Console, now: DateTime<Utc>) -> Result<Exit, Failure> {
    let config = reader::settings(config)?;
    let folder = Folder::new(&config.output.folder);
    let lock = Lock::take(folder.root(), now)?;
    if lock.left_behind {
        let swept = folder.sweep()?;
        console.detail(&format!(
            "the last run was killed; {swept} unfinished files removed"
        ));
    }
    let mut clock = Clock::start();
    let found = config.input.patterns.find(&config.input.root);
    clock.lap("find");
    let fingerprint = publication::fingerprint(&config);
    let mut publication = Publication::open(&config, &folder, console, now, false)?;
    let known = match inputs::load(&folder, &fingerprint)? {
        State::Usable(lines) => inputs::by_name(lines),
        State::Lost(damage) => {
            if damage == Damage::Damaged {
                console.warn("the list of inputs was damaged: every input is read again");
            }
            BTreeMap::new()
        }
    };
    clock.lap("open");
    let total = found.files.len();
    let (unread, rest) = unchanged(found.files, known, &publication.archive, now);
    let mut counts = Counts {
        inputs: total,
        unread: unread.len(),
        ..Counts::default()
    };
    let mut results = unread;
    let mut run = Run {
        config: &config,
        zone: config.site.time_zone.unwrap_or(Tz::UTC),
        now,
        publication: &mut publication,
    };
    let bar = console.progress(rest.len());
    for batch in batches(rest) {
        bar.inc(batch.len() as u64);
        results.extend(run.batch(batch)?);
    }
    bar.finish_and_clear();
    clock.lap("read and archive");
    publication.complete()?;
    clock.lap("documents");
    results.sort_by(|a, b| a.file.cmp(&b.file));

    count(&mut counts, &results, &found.refused, &publication);
    let touched = publication.settle()?;
    // An input whose look is not known is read again next time.
    let kept = results
        .iter()
        .filter(|input| input.stamp != Stamp::default());
    let changed_inputs = folder.write(inputs::INPUTS, &State::encode(&fingerprint, kept))?;
    if publication.documents.changed().next().is_some() {
        let paths = publication.documents.changed();
        write_changed(&folder, &config.site.base_url, paths)?;
    }
    let problems = problems(&results, &found.refused);
    let touched = touched | changed_inputs | !publication.is_sealed()?;
    if touched {
        clock.lap("settle");
        let report = Report {
            schema: 1,
            program: concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
            now,
            counts: counts.clone(),
            milliseconds: clock.laps,
            problems: problems.clone(),
        };
        report.write(&folder)?;
    }
    publication.seal()?;
    tell(console, &config, &counts, &problems, touched);
    let refused = counts.held + counts.rejected + publication.damaged > 0;
    Ok(if refused { Exit::Refused } else { Exit::Done })
}

/// A run over inputs that have to be read.
struct Run<'a, 'b> {
    config: &'a Config,
    zone: Tz,
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
            judged.push(self.decide(&mut desk, task, result)?);
        }
        for (id, alternates) in std::mem::take(&mut desk.elsewhere) {
            desk.candidates
                .push(self.publication.renamed(&id, alternates)?);
        }
        for (at, alternates) in std::mem::take(&mut desk.here) {
            if let Some(Candidate::Reading { edit, .. }) = desk.candidates.get_mut(at) {
                edit.alternates = alternates;
            }
        }
        let verdicts = self.publication.publish(desk.candidates)?;
        for Judged { input, candidate } in &mut judged {
            if let Some(Err(finding)) = candidate.and_then(|at| verdicts.get(at)) {
                input.outcome = Outcome::Held;
                input.findings.push(Finding::from(finding));
            }
        }
        Ok(judged.into_iter().map(|judged| judged.input).collect())
    }

    fn read(&self, archive: &Archive, file: &File) -> Result<(Text, Verdict), Diagnostic> {
        let mut text = reader::file(self.config, file)?;
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
        Ok((text, verdict))
    }

    fn decide(
        &self,
        desk: &mut Desk,
        task: Task,
        result: Result<(Text, Verdict), Diagnostic>,
    ) -> Result<Judged, Failure> {
        let Task { file, stamp } = task;
        let mut judged = Judged {
            input: Input {
                file: file.name,
                stamp,
                outcome: Outcome::Rejected,
                findings: Vec::new(),
            },
            candidate: None,
        };
        let (text, verdict) = match result {
            Ok(read) => read,
            Err(finding) => {
                judged.input.findings.push(Finding::from(&finding));
                return Ok(judged);
            }
        };
        let id = file.id;
        let archive = &self.publication.archive;
        let held = archive.entry(&id);
        judged.input.findings = text.reading.diagnostics.iter().map(Finding::from).collect();
        judged.input.outcome = match (text.standing, verdict) {
            (Standing::Withdrawn, _) if held.is_some() => {
                if let Some(version) = self.publication.withdrawal(&id, text.note)? {
                    judged.candidate = Some(desk.add(version));
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
                    desk.alternate(&first, alternate(release));
                    judged.input.outcome = Outcome::Alternate(first.id().to_owned());
                    return Ok(judged);
                }
                let at = desk.add(Candidate::Reading {
                    edit: Edit {
                        withheld: text.standing == Standing::Withheld,
                        note: text.note,
                        alternates: Vec::new(),
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
        Ok(judged)
    }
}

/// A batch while it is decided.
#[derive(Default)]
struct Desk {
    candidates: Vec<Candidate>,
    /// What candidates say, with the id and place of the first that says it.
    contents: BTreeMap<String, (String, usize)>,
    /// Other names of candidates, by place.
    here: BTreeMap<usize, Vec<Alternate>>,
    /// Other names of releases that the archive holds and that are not in this batch.
    elsewhere: BTreeMap<String, Vec<Alternate>>,
}

/// The release that says the same as another.
enum First {
    Here(String, usize),
    Elsewhere(String),
}

impl First {
    fn id(&self) -> &str {
        match self {
            Self::Here(id, _) | Self::Elsewhere(id) => id,
        }
    }
}

impl Desk {
    fn add(&mut self, candidate: Candidate) -> usize {
        self.candidates.push(candidate);
        self.candidates.len() - 1
    }

    /// The release in this batch or in the archive that says the same.
    fn first(
        &self,
        archive: &Archive,
        release: &Release,
        content: Option<&String>,
    ) -> Option<First> {
        let here = content.and_then(|content| self.contents.get(content));
        match (here, archive.twin(release)) {
            (Some((id, at)), _) => Some(First::Here(id.clone(), *at)),
            (None, Some(entry)) => Some(First::Elsewhere(entry.id.clone())),
            (None, None) => None,
        }
    }

    fn alternate(&mut self, first: &First, alternate: Alternate) {
        match first {
            First::Here(_, at) => self.here.entry(*at).or_default().push(alternate),
            First::Elsewhere(id) => self
                .elsewhere
                .entry(id.clone())
                .or_default()
                .push(alternate),
        }
    }
}

/// A release as another name of one that says the same; the notice on its page tells the locale it was made for.
fn alternate(release: &Release) -> Alternate {
    let notice =
        (release.notices.iter()).find(|notice| notice.kind == NoticeKind::LanguageFallback);
    Alternate {
        id: release.id.clone(),
        language: notice.and_then(|notice| notice.language.clone()),
    }
}

/// Sorts out the inputs of which nothing has changed since the last run.
fn unchanged(
    files: Vec<File>,
    mut known: BTreeMap<String, Input>,
    archive: &Archive,
    now: DateTime<Utc>,
) -> (Vec<Input>, Vec<Task>) {
    let stamps: Vec<_> = files.par_iter().map(Stamp::of).collect();
    let (mut same, mut rest) = (Vec::new(), Vec::new());
    for (file, stamp) in files.into_iter().zip(stamps) {
        match (known.remove(&file.name), stamp) {
            (Some(input), Some(stamp)) if input.stamp == stamp && input.holds(archive, now) => {
                same.push(input);
            }
            (_, stamp) => rest.push(Task {
                file,
                stamp: stamp.unwrap_or_default(),
            }),
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

fn count(
    counts: &mut Counts,
    results: &[Input],
    refused: &[Refusal],
    publication: &Publication<'_>,
) {
    for input in results {
        *match input.outcome {
            Outcome::Published(_) => &mut counts.published,
            Outcome::Alternate(_) => &mut counts.alternates,
            Outcome::Held => &mut counts.held,
            Outcome::Rejected => &mut counts.rejected,
            Outcome::Embargoed(_) | Outcome::Withheld => &mut counts.waiting,
        } += 1;
    }
    let errors = |refusal: &&Refusal| Diagnostic::from(*refusal).code.severity() == Severity::Error;
    let rejected = refused.iter().filter(errors).count();
    counts.inputs += rejected;
    counts.rejected += rejected;
    counts.versions = publication.versions;
    (counts.written, counts.removed) = publication.documents.counts();
}

/// Inputs with findings, by name. What waits for its embargo is nobody's to read, not even here.
fn problems(results: &[Input], refused: &[Refusal]) -> Vec<Problem> {
    let read = results
        .iter()
        .filter(|input| !input.findings.is_empty())
        .filter(|input| input.outcome.is_refused() || input.outcome.word() == "published")
        .map(|input| Problem {
            file: input.file.clone(),
            outcome: input.outcome.word(),
            diagnostics: input.diagnostics(),
        });
    let unread = refused.iter().map(|refusal| {
        let finding = Diagnostic::from(refusal);
        Problem {
            file: refusal.name.clone(),
            outcome: match finding.code.severity() {
                Severity::Error => "rejected",
                Severity::Warning | Severity::Note => "ignored",
            },
            diagnostics: vec![finding],
        }
    });
    let mut all: Vec<_> = read.chain(unread).collect();
    all.sort_by(|a, b| a.file.cmp(&b.file));
    all
}

/// Tells why inputs were refused, and with `-v` all findings; then what was done.
fn tell(console: Console, config: &Config, counts: &Counts, problems: &[Problem], touched: bool) {
    for problem in problems {
        let least = match problem.outcome {
            _ if console.verbose => Severity::Note,
            "ignored" => Severity::Warning,
            _ => Severity::Error,
        };
        let told = (problem.diagnostics.iter()).filter(|finding| finding.code.severity() >= least);
        let mut text = None;
        for finding in told {
            let shown = if finding.span.is_some() {
                text.get_or_insert_with(|| text_of(config, &problem.file))
                    .as_str()
            } else {
                ""
            };
            console.finding(&problem.file, shown, finding);
        }
    }
    let of = |count: usize, what: &str| match count {
        0 => String::new(),
        count => format!(", {count} {what}"),
    };
    let published = counts.published;
    let rest = [
        of(counts.alternates, "under another name"),
        of(counts.held, "held"),
        of(counts.rejected, "rejected"),
        of(counts.waiting, "waiting"),
    ]
    .concat();
    let plural = if published == 1 { "" } else { "s" };
    console.done(&if touched {
        let (versions, written, removed) = (counts.versions, counts.written, counts.removed);
        format!(
            "{published} release{plural} published{rest}; {versions} new versions, {written} documents written, {removed} removed"
        )
    } else {
        format!("nothing to do: {published} release{plural} unchanged{rest}")
    });
}

/// The decoded text of an input, to show its words; empty where it cannot be read any more.
fn text_of(config: &Config, name: &str) -> String {
    let file = File {
        id: String::new(),
        name: name.to_owned(),
        path: config.input.root.join(name),
        sidecar: None,
    };
    (file.read(&config.input.decoding, config.input.max_bytes))
        .map(|source| source.text)
        .unwrap_or_default()
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
