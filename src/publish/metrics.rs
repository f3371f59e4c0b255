//! What a run did, for Prometheus: a file for the textfile collector of its node exporter.

use std::fmt::Write;

use chrono::{DateTime, Utc};

use super::Report;

/// The gauge that a failed run takes over from the file of the one before.
const LAST_SUCCESS: &str = "dateline_last_success_timestamp_seconds";

/// How a run ended, for monitors.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    /// When it began.
    pub now: DateTime<Utc>,
    /// Its exit code; 0 and 1 are those of a run that published what it could.
    pub code: u8,
    /// What it did; `None`: it failed.
    pub report: Option<&'a Report>,
}

/// The metrics of a run in the text format of Prometheus (exposition format 0.0.4); `before` are those of the run before.
pub fn metrics(end: End<'_>, before: &str) -> String {
    let mut out = String::new();
    let now = end.now.timestamp();
    let success = match end.code {
        0 | 1 => Some(now),
        _ => last_success(before),
    };
    gauge(
        &mut out,
        "dateline_run_timestamp_seconds",
        "When the last run began.",
        &[("", now)],
    );
    gauge(
        &mut out,
        "dateline_run_exit_code",
        "Exit code of the last run.",
        &[("", i64::from(end.code))],
    );
    let help = "When the last run began that published what it could (exit code 0 or 1).";
    let success: Vec<_> = success.map(|at| ("", at)).into_iter().collect();
    gauge(&mut out, LAST_SUCCESS, help, &success);
    let Some(report) = end.report else {
        return out;
    };
    let counts = &report.counts;
    let of = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let help = "Inputs by what became of them.";
    let inputs = [
        ("{outcome=\"published\"}", of(counts.published)),
        ("{outcome=\"alternate\"}", of(counts.alternates)),
        ("{outcome=\"held\"}", of(counts.held)),
        ("{outcome=\"rejected\"}", of(counts.rejected)),
        ("{outcome=\"waiting\"}", of(counts.waiting)),
    ];
    gauge(&mut out, "dateline_inputs", help, &inputs);
    for (name, help, count) in [
        (
            "dateline_run_versions",
            "Release versions that the last run added to the archive.",
            counts.versions,
        ),
        (
            "dateline_run_documents_written",
            "Documents that the last run wrote.",
            counts.written,
        ),
        (
            "dateline_run_documents_removed",
            "Documents that the last run removed.",
            counts.removed,
        ),
        (
            "dateline_run_state_rebuilt",
            "Files of the state that the last run had to make again.",
            report.rebuilt.len(),
        ),
    ] {
        gauge(&mut out, name, help, &[("", of(count))]);
    }
    let name = "dateline_run_duration_seconds";
    head(&mut out, name, "How long each step of the last run took.");
    for (step, milliseconds) in &report.milliseconds {
        let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
        line(
            &mut out,
            format_args!("{name}{{step=\"{step}\"}} {whole}.{rest:03}"),
        );
    }
    out
}

fn last_success(before: &str) -> Option<i64> {
    let value = |line: &str| {
        line.strip_prefix(LAST_SUCCESS)?
            .strip_prefix(' ')?
            .parse()
            .ok()
    };
    before.lines().find_map(value)
}

fn gauge(out: &mut String, name: &str, help: &str, values: &[(&str, i64)]) {
    if values.is_empty() {
        return;
    }
    head(out, name, help);
    for (labels, value) in values {
        line(out, format_args!("{name}{labels} {value}"));
    }
}

fn head(out: &mut String, name: &str, help: &str) {
    line(
        out,
        format_args!("# HELP {name} {help}\n# TYPE {name} gauge"),
    );
}

fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::publish::Counts;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("an instant")
    }

    #[test]
    fn a_failed_run_keeps_the_hour_of_the_last_success() {
        let report = Report {
            schema: 1,
            program: "dateline".to_owned(),
            now: at(100),
            counts: Counts {
                held: 2,
                ..Counts::default()
            },
            next_embargo: None,
            milliseconds: BTreeMap::from([("find", 1020)]),
            rebuilt: Vec::new(),
            problems: Vec::new(),
            ineligible: Vec::new(),
        };
        let end = |code, report| End {
            now: at(100 + i64::from(code)),
            code,
            report,
        };
        let good = metrics(end(1, Some(&report)), "");
        for line in [
            "dateline_last_success_timestamp_seconds 101",
            "dateline_inputs{outcome=\"held\"} 2",
            "dateline_run_duration_seconds{step=\"find\"} 1.020",
            "# TYPE dateline_inputs gauge",
        ] {
            assert!(good.lines().any(|found| found == line), "{line}: {good}");
        }
        let failed = metrics(end(74, None), &good);
        assert!(
            failed.contains("dateline_last_success_timestamp_seconds 101\n"),
            "{failed}"
        );
        assert!(failed.contains("dateline_run_exit_code 74\n"), "{failed}");
        assert!(!failed.contains("dateline_inputs"), "{failed}");
        let never = metrics(end(74, None), "");
        assert!(!never.contains(LAST_SUCCESS), "{never}");
    }

    #[test]
    fn every_line_is_of_the_text_format() {
        let end = End {
            now: at(100),
            code: 0,
            report: None,
        };
        for line in metrics(end, "").lines() {
            let is_value = line
                .rsplit_once(' ')
                .is_some_and(|(_, value)| value.parse::<f64>().is_ok());
            assert!(
                line.starts_with("# HELP ") || line.starts_with("# TYPE ") || is_value,
                "{line}"
            );
        }
    }
}
