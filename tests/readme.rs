//! README's blocks do what README says: its settings and sidecar are taken, its commands run.

#![allow(clippy::disallowed_methods, reason = "a test makes its own folders")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The blocks of a kind in README, in order.
fn blocks(kind: &str) -> Vec<String> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("README.md");
    let fence = format!("```{kind}\n");
    readme
        .split(&fence)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// Runs the program in a folder.
fn dateline(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn settings_and_sidecar_are_taken() {
    let blocks = blocks("toml");
    let [settings, sidecar] = &blocks[..] else {
        panic!("README shows settings and a sidecar, not {}", blocks.len());
    };
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("input");
    fs::create_dir(&input).expect("a folder");
    let put = |name: &str, text: &str| fs::write(input.join(name), text).expect("a file");
    fs::write(folder.path().join("dateline.toml"), settings).expect("a file");
    put("opening.toml", sidecar);
    put(
        "opening.txt",
        "The doors are open to everyone from now on.\n",
    );
    let run = dateline(folder.path(), &["--now", "2026-10-03T09:00:00Z"]);
    assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    let article = folder.path().join("output/releases/opening.article.jsonld");
    let article = fs::read_to_string(article).expect("the article");
    for value in sidecar.lines().filter_map(|line| line.split_once(" = ")) {
        if value.0 == "headline" || value.0 == "published" {
            assert!(article.contains(value.1), "{} is not in {article}", value.1);
        }
    }
}

#[test]
fn the_text_that_readme_shows_is_enough() {
    let blocks = blocks("text");
    let [text] = &blocks[..] else {
        panic!("README shows one text, not {}", blocks.len());
    };
    let text: Vec<_> = text.lines().map(str::trim).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let init = dateline(folder.path(), &["init"]);
    assert_eq!(init.status.code(), Some(0), "{}", told(&init));
    let release = folder.path().join("input/2026/opening.txt");
    fs::create_dir(folder.path().join("input/2026")).expect("a folder in that of init");
    fs::write(release, text.join("\n")).expect("a file");
    let now = ["--now", "2026-10-03T09:00:00Z"];
    let check = dateline(folder.path(), &[&now[..], &["check"]].concat());
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(said.contains("event 1: valid, eligible"), "{said}");
    let run = dateline(folder.path(), &now);
    assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    for page in ["releases/2026/opening.html", "events/2026/opening-1.html"] {
        assert!(folder.path().join("output").join(page).exists(), "{page}");
    }
}

#[test]
fn commands_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let empty = tempfile::tempdir().expect("a folder");
    let mut run = 0;
    for line in blocks("sh").iter().flat_map(|block| block.lines()) {
        let command = line.split('#').next().unwrap_or_default().trim();
        let (folder, arguments) = match command.split_once(' ') {
            Some(("dateline", arguments)) => (empty.path(), arguments),
            _ => match command.strip_prefix("cargo run --release -- ") {
                Some(arguments) => (root, arguments),
                // The first block's two are run by whoever runs this test, and by the gate.
                None => continue,
            },
        };
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let output = dateline(folder, &arguments);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{command}: {}",
            told(&output)
        );
        run += 1;
    }
    assert!(run >= 2, "only {run} commands of README were run");
}
