//! `dateline explain`: what was read of a text and from which words, on the terminal or as a page, or what a finding's
//! code means.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{Console, Exit, Failure, check, console, reader};
use crate::config::Config;
use crate::diagnostic::{COLUMNS, Code};
use crate::explain::{self, Explanation, Screen};
use crate::source::File;

/// Explains each file or code of a finding. A file that has the name of a code is told from it by a path: `./D104`.
pub fn run(
    config: Option<&Path>,
    subjects: &[PathBuf],
    html: bool,
    console: Console,
    now: DateTime<Utc>,
) -> Result<Exit, Failure> {
    let config = reader::settings_or_none(config)?;
    let mut out = std::io::stdout().lock();
    let screen = screen(&out);
    let show = |explanation: &Explanation<'_>| {
        if html {
            explain::page(explanation)
        } else {
            screen.show(explanation)
        }
    };
    if html && subjects.len() > 1 {
        return Err(Failure::Usage("`--html` shows one text at a time".into()));
    }
    let mut exit = Exit::Done;
    for (i, subject) in subjects.iter().enumerate() {
        if i > 0 {
            out.write_all(b"\n")?;
        }
        let code = subject.to_str().and_then(Code::from_words);
        if let Some(code) = code.filter(|_| !html) {
            out.write_all(screen.wrap(&code.explanation()).as_bytes())?;
            continue;
        }
        if let Some(number) = subject.to_str().filter(|word| is_number(word))
            && !subject.exists()
        {
            let (first, last) = (Code::ALL[0], Code::ALL[Code::ALL.len() - 1]);
            return Err(Failure::Usage(format!(
                "no finding has the code `{number}`; they run from {} to {}, and README lists them",
                first.number(),
                last.number()
            )));
        }
        for file in reader::named(&config, std::slice::from_ref(subject)) {
            match file.and_then(|file| shown(&config, &file, show, now)) {
                Ok(text) => out.write_all(text.as_bytes())?,
                Err((name, finding)) => {
                    console.finding(&name, "", &finding);
                    exit = Exit::Refused;
                }
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Whether a word looks like the code of a finding.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(['D', 'd']);
    digits.is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn shown(
    config: &Config,
    file: &File,
    show: impl Fn(&Explanation<'_>) -> String,
    now: DateTime<Utc>,
) -> Result<String, (String, crate::diagnostic::Diagnostic)> {
    let text = check::judged(config, file, now).map_err(|finding| (file.name.clone(), finding))?;
    Ok(show(&Explanation::new(&text.source, &text.reading)))
}

/// The terminal, where there is one.
fn screen(out: &impl IsTerminal) -> Screen {
    Screen {
        width: console::columns(out).unwrap_or(COLUMNS),
        colour: console::knows_colours(out),
    }
}
