//! The command line as an operator meets it: each file under `tests/cli/` is a case, and a test of its name.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

/// A case: a folder, then runs of the program in it, one after the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Whether dateline.toml is there; `[site]` with these lines after it.
    settings: Option<String>,
    /// Text of each file.
    #[serde(default)]
    files: BTreeMap<String, String>,
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    code: i32,
    /// Parts of standard output; `[]`: nothing may stand there.
    stdout: Option<Vec<String>>,
    /// Parts of standard error; `[]`: nothing may stand there.
    stderr: Option<Vec<String>>,
    /// Files that must be there afterwards.
    #[serde(default)]
    exist: Vec<String>,
    /// Parts of files.
    #[serde(default)]
    holds: BTreeMap<String, Vec<String>>,
    /// Files that must not.
    #[serde(default)]
    absent: Vec<String>,
    /// Words that no file below output/ but the state may hold.
    #[serde(default)]
    nowhere: Vec<String>,
    /// Files written before the run; an empty text removes one.
    #[serde(default)]
    before: BTreeMap<String, String>,
}

const SITE: &str =
    "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\n";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .expect("cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    cases.sort();
    assert!(!cases.is_empty(), "no cases");
    let trials = cases.into_iter().map(|path| {
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        Trial::test(name, move || run(&path))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn run(path: &Path) -> Result<(), Failed> {
    let case: Case = toml::from_str(&fs::read_to_string(path)?)?;
    let folder = tempfile::tempdir()?;
    if let Some(settings) = &case.settings {
        put(folder.path(), "dateline.toml", &format!("{SITE}{settings}"))?;
    }
    for (name, text) in &case.files {
        put(folder.path(), name, text)?;
    }
    for (number, run) in case.run.iter().enumerate() {
        step(folder.path(), run).map_err(|fault| format!("run {}: {fault}", number + 1))?;
    }
    Ok(())
}

fn put(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent"))?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

fn step(folder: &Path, run: &Run) -> Result<(), String> {
    for (name, text) in &run.before {
        put(folder, name, text).map_err(|error| error.to_string())?;
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(&run.args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut stdin = child.stdin.take().expect("a pipe");
    // A command that does not read its input may be gone by now.
    let _ = stdin.write_all(run.stdin.as_bytes());
    drop(stdin);
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let all = format!("\n--- stdout\n{stdout}\n--- stderr\n{stderr}");
    if output.status.code() != Some(run.code) {
        return Err(format!("{} instead of {}{all}", output.status, run.code));
    }
    for (stream, parts) in [(&stdout, &run.stdout), (&stderr, &run.stderr)] {
        match parts {
            Some(parts) if parts.is_empty() && !stream.is_empty() => {
                return Err(format!("not silent{all}"));
            }
            Some(parts) => {
                if let Some(part) = parts.iter().find(|part| !stream.contains(part.as_str())) {
                    return Err(format!("no `{part}`{all}"));
                }
            }
            None => {}
        }
    }
    if let Some(name) = run.exist.iter().find(|name| !folder.join(name).exists()) {
        return Err(format!("{name} is missing{all}"));
    }
    for (name, parts) in &run.holds {
        let text =
            fs::read_to_string(folder.join(name)).map_err(|e| format!("{name}: {e}{all}"))?;
        if let Some(part) = parts.iter().find(|part| !text.contains(part.as_str())) {
            return Err(format!("{name} has no `{part}`:\n{text}{all}"));
        }
    }
    if let Some(name) = run.absent.iter().find(|name| folder.join(name).exists()) {
        return Err(format!("{name} is there{all}"));
    }
    for word in &run.nowhere {
        if let Some(place) = holding(&folder.join("output"), word) {
            return Err(format!("{place} holds `{word}`{all}"));
        }
    }
    Ok(())
}

/// A public file whose name or text holds a word.
fn holding(folder: &Path, word: &str) -> Option<String> {
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let (path, name) = (entry.path(), entry.file_name());
        if name == ".dateline" {
            return None;
        }
        if path.is_dir() {
            return holding(&path, word);
        }
        let text = fs::read(&path).unwrap_or_default();
        let found =
            name.to_string_lossy().contains(word) || String::from_utf8_lossy(&text).contains(word);
        found.then(|| path.display().to_string())
    })
}
