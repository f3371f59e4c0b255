//! What a build says when it is done: counts, problems by input, words for the operator.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};

use super::Console;
use super::inputs::{Input, Outcome};
use super::publication::Publication;
use crate::config::Config;
use crate::diagnostic::{Code, Severity, counted};
use crate::publish::{Counts, Ineligible, Problem, Report};
use crate::source::File;

/// Counts what became of the inputs.
pub(super) fn count(counts: &mut Counts, results: &[Input], publication: &Publication<'_>) {
    for input in results {
        *match input.outcome {
            Outcome::Ignored => continue,
            Outcome::Published(_) => &mut counts.published,
            Outcome::Alternate(_) => &mut counts.alternates,
            Outcome::Held => &mut counts.held,
            Outcome::Rejected => &mut counts.rejected,
            Outcome::Embargoed(_) | Outcome::Withheld => &mut counts.waiting,
        } += 1;
        counts.inputs += 1;
    }
    for judgement in published(results).flat_map(|input| &input.verdicts) {
        let tiers = match judgement.event {
            None => &mut counts.articles,
            Some(_) => &mut counts.events,
        };
        tiers.all += 1;
        tiers.valid += usize::from(judgement.valid);
        tiers.eligible += usize::from(judgement.eligible);
        tiers.complete += usize::from(judgement.complete);
    }
    counts.versions = publication.versions;
    (counts.written, counts.removed) = publication.documents.counts();
}

/// Inputs that are published under their own name.
fn published(results: &[Input]) -> impl Iterator<Item = &Input> {
    (results.iter()).filter(|input| matches!(input.outcome, Outcome::Published(_)))
}

/// Articles and events of published inputs that search engines will not show as what they are.
pub(super) fn ineligible(results: &[Input]) -> Vec<Ineligible> {
    let all = published(results).flat_map(|input| {
        let barred = input.verdicts.iter().filter(|of| !of.eligible);
        barred.map(|of| Ineligible {
            file: input.file.to_string(),
            event: of.event,
            valid: of.valid,
            gaps: of.gaps.clone(),
        })
    });
    all.collect()
}

/// When the next embargo ends: the run after that moment publishes what waits for it.
pub(super) fn next_embargo(results: &[Input]) -> Option<DateTime<Utc>> {
    let ends = results.iter().filter_map(|input| match input.outcome {
        Outcome::Embargoed(end) => Some(end),
        _ => None,
    });
    ends.min()
}

/// Inputs with findings. What waits for its embargo is nobody's to read, not even here.
pub(super) fn problems(results: &[Input]) -> Vec<Problem> {
    (results.iter())
        .filter(|input| !input.findings.is_empty() && input.outcome.word() != "waiting")
        .map(|input| Problem {
            file: input.file.to_string(),
            outcome: input.outcome.word(),
            diagnostics: input.diagnostics(),
        })
        .collect()
}

/// Tells why inputs were refused, and which are dated after the run; then what was done.
///
/// Only of the `news`, or cron would mail the same every few minutes. A person at a terminal is told of every refusal again,
/// as by a compiler, and `-v` tells all findings.
pub(super) fn tell(
    console: Console,
    config: &Config,
    report: &Report,
    news: &BTreeSet<Arc<str>>,
    touched: bool,
) {
    let Report {
        counts, problems, ..
    } = report;
    for problem in problems {
        let is_news = news.contains(&*problem.file);
        if !is_news && !console.verbose && !console.is_attended() {
            continue;
        }
        let least = match problem.outcome {
            _ if console.verbose => Severity::Note,
            "ignored" => Severity::Warning,
            _ => Severity::Error,
        };
        let told = (problem.diagnostics.iter()).filter(|finding| {
            finding.code.severity() >= least || is_news && finding.code == Code::FutureDate
        });
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
    let releases = counted(published, "release");
    console.done(&if counts.inputs == 0 {
        let include = config.input.patterns.to_string();
        format!("nothing to read: no file matches `[input] include`, {include}")
    } else if touched {
        let versions = counted(counts.versions, "new version");
        let written = counted(counts.written, "document");
        let removed = counts.removed;
        format!("{releases} published{rest}; {versions}, {written} written, {removed} removed")
    } else {
        format!("nothing to do: {releases} unchanged{rest}")
    });
    if let Some(end) = report.next_embargo {
        console.done(&format!(
            "the next embargo ends {}",
            end.to_rfc3339_opts(SecondsFormat::Secs, true)
        ));
    }
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
