//! Every folder of `releases/` becomes a test for each check and each writer, without starting a process.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::model::{Published, Release, Site};
use dateline::write::{Artifacts, WRITERS, Writer};
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use serde_json::Value;
use support::score::{Miss, Score};

/// `about.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    /// Where the text is from, its licence, and why it is here.
    #[serde(default)]
    origin: String,
    /// Wrong values that cannot be put right yet.
    #[serde(default)]
    known: Vec<Known>,
}

/// A wrong value that cannot be put right yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    field: String,
    reason: String,
}

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/releases");
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .expect("tests/releases")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let mut trials = Vec::new();
    for folder in folders {
        let slug = folder
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let mut add = |check: &str, run: fn(&Path) -> Result<(), Failed>| {
            let folder = folder.clone();
            trials.push(Trial::test(format!("{slug}::{check}"), move || {
                run(&folder)
            }));
        };
        add("facts", facts);
        add("evidence", evidence);
        add("twice", twice);
        add("changed", changed);
        add("restore", restore);
        for writer in WRITERS {
            let (folder, writer) = (folder.clone(), *writer);
            trials.push(Trial::test(
                format!("{slug}::{}", writer.format().name),
                move || documents(&folder, writer),
            ));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn site() -> Site {
    support::site()
}

fn source_path(folder: &Path) -> PathBuf {
    folder.join("source.txt")
}

/// No value is wrong or extra but those that `about.toml` names with their reason.
fn facts(folder: &Path) -> Result<(), Failed> {
    let Ok(gold) = fs::read_to_string(folder.join("release.json")) else {
        return Ok(());
    };
    let gold: Value = serde_json::from_str(&gold)?;
    let about: About = match fs::read_to_string(folder.join("about.toml")) {
        Ok(text) => toml::from_str(&text)?,
        Err(_) => About::default(),
    };
    let (_, reading) = support::read_file(&source_path(folder), &site());
    let mut score = Score::default();
    score.add("", &gold, &support::record(&reading));
    let wrong: Vec<&Miss> = score.misses.iter().filter(|m| !m.given.is_null()).collect();
    let unknown: Vec<_> = wrong
        .iter()
        .filter(|m| about.known.iter().all(|k| k.field != m.field))
        .map(|m| format!("{}: gold {}, given {}", m.field, m.gold, m.given))
        .collect();
    if !unknown.is_empty() {
        return Err(format!("wrong values:\n{}", unknown.join("\n")).into());
    }
    for known in &about.known {
        if wrong.iter().all(|m| m.field != known.field) {
            return Err(format!(
                "{} is right now: take it out of about.toml ({})",
                known.field, known.reason
            )
            .into());
        }
    }
    if !about.known.is_empty() && about.origin.is_empty() {
        return Err("about.toml does not say where the text is from".into());
    }
    Ok(())
}

/// Spans lie inside the text on character boundaries, copied text equals its slice, no event ends before it starts.
fn evidence(folder: &Path) -> Result<(), Failed> {
    let (source, reading) = support::read_file(&source_path(folder), &site());
    check_evidence(&source.text, &reading.release)
}

fn check_evidence(text: &str, release: &Release) -> Result<(), Failed> {
    let fold = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
    let slice = |what: &str, span: dateline::source::Span| {
        text.get(span.range())
            .filter(|slice| !slice.trim().is_empty())
            .ok_or_else(|| Failed::from(format!("{what}: {span:?} is no slice of the text")))
    };
    for evidence in release.evidence() {
        if let Some(span) = evidence.span {
            slice(&evidence.field, span)?;
        }
    }
    for (what, blocks) in [
        ("body", &release.body),
        ("boilerplate", &release.boilerplate),
        ("notes_to_editors", &release.notes_to_editors),
    ] {
        let mut last = 0;
        for block in blocks {
            if fold(slice(what, block.span)?) != fold(&block.text) {
                return Err(format!("{what}: {:?} is not its slice", block.text).into());
            }
            if block.span.start < last {
                return Err(format!("{what}: {:?} is out of order", block.text).into());
            }
            last = block.span.end;
        }
    }
    for notice in &release.notices {
        slice("notice", notice.span)?;
    }
    for event in release.events.iter().chain(&release.mentioned_events) {
        if let (Some(start), Some(end)) = (&event.start, &event.end)
            && end.value.first_day() < start.value.first_day()
            && end.value.naive_day().is_some()
        {
            return Err(format!("{} ends before it starts", event.name.value).into());
        }
    }
    Ok(())
}

/// Reading is a function: the same text gives the same record.
fn twice(folder: &Path) -> Result<(), Failed> {
    let (_, first) = support::read_file(&source_path(folder), &site());
    let (_, second) = support::read_file(&source_path(folder), &site());
    if first == second {
        Ok(())
    } else {
        Err("a second reading differs".into())
    }
}

/// Cut at each line, other line ends, marks, doubled spaces, hidden characters: never a panic, spans always right.
fn changed(folder: &Path) -> Result<(), Failed> {
    let bytes = fs::read(source_path(folder))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut variants: Vec<String> = vec![
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        text.replace(' ', "  "),
        text.replace(' ', "\u{a0}"),
        text.replace('e', "e\u{ad}"),
        text.replace(". ", ".\u{202e} \0"),
        text.replace('\n', " "),
        text.to_uppercase(),
    ];
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    variants.extend(
        (1..lines.len())
            .step_by(1 + lines.len() / 12)
            .map(|n| lines[..n].concat()),
    );
    variants.extend(
        (1..lines.len())
            .step_by(1 + lines.len() / 12)
            .map(|n| lines[n..].concat()),
    );
    for variant in variants {
        let (source, reading) = support::read_bytes("variant.txt", variant.into_bytes(), &site());
        check_evidence(&source.text, &reading.release)?;
    }
    Ok(())
}

/// The archive item alone gives back the whole release.
fn restore(folder: &Path) -> Result<(), Failed> {
    let Some(published) = publishable(folder) else {
        return Ok(());
    };
    support::restored(&published, &site()).map_err(Failed::from)
}

/// The release as version 1, where it has the headline and date that publishing needs.
fn publishable(folder: &Path) -> Option<Published> {
    let (source, reading) = support::read_file(&source_path(folder), &site());
    (reading.release.headline.is_some() && reading.release.published.is_some())
        .then(|| support::published(source, reading))
}

/// A writer's documents: the same every time, well-formed, and unchanged since a person looked.
fn documents(folder: &Path, writer: &dyn Writer) -> Result<(), Failed> {
    let Some(published) = publishable(folder) else {
        return Ok(());
    };
    let made = || -> Result<BTreeMap<String, Vec<u8>>, Failed> {
        let mut artifacts = Artifacts::default();
        writer
            .release(&published, &site(), &mut artifacts)
            .map_err(|e| e.to_string())?;
        Ok(artifacts
            .0
            .into_iter()
            .map(|((_, path), bytes)| (path, bytes))
            .collect())
    };
    let first = made()?;
    if first != made()? {
        return Err("a second writing differs".into());
    }
    for (path, bytes) in &first {
        support::well_formed(path, bytes).map_err(|e| format!("{path}: {e}"))?;
    }
    let expected = folder.join("expected").join(writer.format().name);
    if std::env::var_os("BLESS").is_some() && folder.join("expected").is_dir() {
        for (path, bytes) in &first {
            let file = expected.join(path.replace('/', "__"));
            fs::create_dir_all(&expected)?;
            #[expect(clippy::disallowed_methods, reason = "a person asked for it")]
            fs::write(file, bytes)?;
        }
    } else if expected.is_dir() {
        for (path, bytes) in &first {
            let golden = fs::read(expected.join(path.replace('/', "__")))
                .map_err(|e| format!("{path}: {e}; write it with BLESS=1"))?;
            if &golden != bytes {
                return Err(format!(
                    "{path} changed; read it, then BLESS=1:\n{}",
                    String::from_utf8_lossy(bytes)
                )
                .into());
            }
        }
    }
    Ok(())
}
