//! `dateline extract`: one record a line on standard output, a filter that any engine can pipe texts through.

use std::io::{BufRead, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::reader::{self, Text};
use super::{Exit, Failure, hold};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::record::Record;
use crate::source::{File, Origin, Source};

/// Texts and bytes that are read at a time: bounds memory.
const BATCH: (usize, usize) = (256, 16 << 20);

/// Prints the record of each named file, or, where `files` is `-` alone, of each line of standard input
/// (`{"name": …, "text": …}`). A text that gives no record prints its error in its place.
pub fn run(config: Option<&Path>, files: &[PathBuf]) -> Result<Exit, Failure> {
    let out = BufWriter::new(std::io::stdout().lock());
    let from_stdin = matches!(files, [only] if only.as_os_str() == "-");
    let config = if files.is_empty() {
        reader::settings(config)?
    } else {
        reader::settings_or_none(config)?
    };
    if from_stdin {
        lines(&config, std::io::stdin().lock(), out)
    } else if files.is_empty() {
        let found = config.input.patterns.find(&config.input.root);
        let unread = found
            .refused
            .iter()
            .map(|refusal| Err((refusal.name.clone(), refusal.into())));
        let mut all: Vec<_> = found.files.into_iter().map(Ok).chain(unread).collect();
        all.sort_by(|a, b| name(a).cmp(name(b)));
        named(&config, &all, out)
    } else {
        named(&config, &reader::named(&config, files), out)
    }
}

type Named = Result<File, (String, Diagnostic)>;

fn name(named: &Named) -> &str {
    match named {
        Ok(file) => &file.name,
        Err((name, _)) => name,
    }
}

fn named(config: &Config, files: &[Named], mut out: impl Write) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for batch in files.chunks(BATCH.0) {
        let records: Vec<_> = batch
            .par_iter()
            .map(|named| match named {
                Ok(file) => match reader::file(config, file, None) {
                    Ok(text) => record(text),
                    Err(finding) => error(&json!({"name": file.name}), &finding),
                },
                Err((name, finding)) => error(&json!({"name": name}), finding),
            })
            .collect();
        write(&records, &mut out, &mut exit)?;
    }
    Ok(exit)
}

/// A line of input.
#[derive(Deserialize)]
struct Line {
    name: String,
    /// UTF-8 but for halves of UTF-16 characters, which JSON can hold: WTF-8.
    #[serde(with = "serde_bytes")]
    text: Vec<u8>,
}

/// A text without halves of characters: each becomes the replacement character, which has as many bytes.
fn whole(mut text: Vec<u8>) -> String {
    for at in 0..text.len().saturating_sub(2) {
        if let [0xED, 0xA0..=0xBF, _] = text[at..at + 3] {
            text[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn lines(config: &Config, mut input: impl BufRead, mut out: impl Write) -> Result<Exit, Failure> {
    // A byte of text takes six of JSON at most (`\u0000`), the name and the rest a little.
    let limit = config
        .input
        .max_bytes
        .saturating_mul(6)
        .saturating_add(1 << 16);
    let (mut exit, mut number, mut more) = (Exit::Done, 0_usize, true);
    while more {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH.0 && bytes < BATCH.1 {
            let Some(line) = next_line(&mut input, limit)? else {
                more = false;
                break;
            };
            number += 1;
            bytes += match &line {
                Taken::Whole(line) => line.len(),
                Taken::TooLong => 0,
            };
            batch.push((number, line));
        }
        let blank =
            |line: &Taken| matches!(line, Taken::Whole(line) if line.trim_ascii().is_empty());
        let records: Vec<_> = (batch.par_iter())
            .filter(|(_, line)| !blank(line))
            .map(|(number, line)| of_line(config, *number, line))
            .collect();
        write(&records, &mut out, &mut exit)?;
    }
    Ok(exit)
}

/// A line of standard input.
#[derive(Debug, PartialEq, Eq)]
enum Taken {
    /// Without its end.
    Whole(Vec<u8>),
    /// Longer than the limit, and skipped.
    TooLong,
}

/// The next line; `None` at the end of input.
fn next_line(input: &mut impl BufRead, limit: u64) -> Result<Option<Taken>, Failure> {
    let mut line = Vec::new();
    if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|last| *last == b'\n').is_some() || (line.len() as u64) < limit {
        return Ok(Some(Taken::Whole(line)));
    }
    input.skip_until(b'\n')?;
    Ok(Some(Taken::TooLong))
}

fn of_line(config: &Config, number: usize, line: &Taken) -> (Vec<u8>, bool) {
    let place = format!("line {number}");
    let Taken::Whole(line) = line else {
        let why = Diagnostic::new(Code::TooLarge, format!("{place} is too long"));
        return error(&json!({"name": place}), &why);
    };
    let Line { name, text } = match serde_json::from_slice(line) {
        Ok(line) => line,
        Err(fault) => {
            let why = format!("{place} is no object with the texts `name` and `text`: {fault}");
            return error(
                &json!({"name": place}),
                &Diagnostic::new(Code::Unreadable, why),
            );
        }
    };
    if text.len() as u64 > config.input.max_bytes {
        let why = Diagnostic::new(Code::TooLarge, format!("{place} holds too large a text"));
        return error(&json!({"name": name}), &why);
    }
    match config.input.patterns.id_of_name(&name) {
        Ok(id) => {
            let source = Source::from_text(id, name.clone(), whole(text));
            match reader::text(config, source, None) {
                Ok(text) => record(text),
                Err(finding) => error(&json!({"name": name}), &finding),
            }
        }
        Err(refusal) => error(&json!({"name": name}), &Diagnostic::from(&refusal)),
    }
}

/// A record as a line, and whether it is an error in a record's place.
fn record(mut text: Text) -> (Vec<u8>, bool) {
    hold::explain(&mut text.reading);
    let release = &text.reading.release;
    let stops = |finding: &&Diagnostic| {
        matches!(
            finding.code,
            Code::Empty | Code::NotARelease | Code::SidecarInvalid
        )
    };
    if let Some(finding) = text.reading.diagnostics.iter().find(stops) {
        return error::<Origin>(&release.origin, finding);
    }
    let record = Record {
        release,
        version: 1,
        standing: text.standing,
        alternates: &[],
        diagnostics: &text.reading.diagnostics,
    };
    (line(&record), false)
}

fn error<T: serde::Serialize>(source: &T, finding: &Diagnostic) -> (Vec<u8>, bool) {
    let message = &finding.message;
    let error = json!({"code": finding.code.name(), "message": message, "hint": finding.hint});
    (
        line(&json!({"schema": 1, "source": source, "error": error})),
        true,
    )
}

fn line(value: &impl serde::Serialize) -> Vec<u8> {
    // Records hold strings, numbers and lists: writing them to memory cannot fail.
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.push(b'\n');
    line
}

fn write(
    records: &[(Vec<u8>, bool)],
    out: &mut impl Write,
    exit: &mut Exit,
) -> Result<(), Failure> {
    for (line, is_error) in records {
        out.write_all(line)?;
        if *is_error {
            *exit = Exit::Refused;
        }
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_longer_than_the_limit_are_skipped_whole() {
        let mut input: &[u8] = b"one\n\nlonger than ten\nfour\nfive";
        let mut lines = Vec::new();
        while let Some(line) = next_line(&mut input, 10).expect("read") {
            lines.push(line);
        }
        let whole = |text: &str| Taken::Whole(text.into());
        let rest = [whole("four"), whole("five")];
        assert_eq!(lines[..3], [whole("one"), whole(""), Taken::TooLong]);
        assert_eq!(lines[3..], rest);
    }

    #[test]
    fn a_bad_line_gives_its_error_in_its_place() {
        let settings = "[site]\nbase_url = 'https://a.example/'\nauthority = 'a.example,2026'\n";
        let config = Config::parse("a.toml", settings, Path::new("")).expect("settings");
        let input = b"{\"name\": \"a\", \"text\": \"Lamp lit\\n\\n2 May 2026\\n\\nThe lamp was lit.\"}\nnonsense\n{\"name\": \"b\", \"text\": \"Lamp\\ud83d lit\\n\\n2 May 2026\\n\\nThe lamp was lit.\"}\n{\"name\": \"c\", \"text\": 1}\n";
        let mut out = Vec::new();
        let exit = lines(&config, &input[..], &mut out).expect("written");
        assert_eq!(exit, Exit::Refused);
        let records: Vec<serde_json::Value> = (out.split(|byte| *byte == b'\n'))
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).expect("JSON"))
            .collect();
        let ids: Vec<_> = records
            .iter()
            .map(|record| (record["id"].as_str(), record["error"]["code"].as_str()))
            .collect();
        assert_eq!(
            ids,
            [
                (Some("a"), None),
                (None, Some("unreadable")),
                (Some("b"), None),
                (None, Some("unreadable"))
            ]
        );
        assert_eq!(records[2]["headline"], "Lamp□ lit");
    }
}
