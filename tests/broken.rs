//! Inputs that cannot be published: each is told by its code and place, and all others are published.

#![expect(
    clippy::disallowed_methods,
    reason = "a test makes and breaks its own folders"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const SETTINGS: &str = "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\n\
    [input]\ninclude = [\"input/*.txt\", \"input/*.text\"]\nmax_bytes = 20000\n";

const RELEASE: &str = "Harbour light relit after repair\n\n3 May 2026\n\nThe harbour light was relit on 2 May 2026 after \
    two years of repair. Ships can rely on it again, the port master said.\n";

/// Name, bytes, what becomes of the file, and the code that says why.
fn cases() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let undated = RELEASE
        .replace("3 May 2026\n\n", "")
        .replace(" on 2 May 2026", "");
    let list = (1..9).fold(String::new(), |list, day| {
        list + &format!("Harbour {day} opens a pier\n{day} May 2026\nThe pier of harbour {day} is open to ships.\nRead more\n\n")
    });
    vec![
        ("empty.txt", Vec::new(), "rejected", "empty"),
        ("blank.txt", bytes(" \n\t\u{a0}\r\n"), "rejected", "empty"),
        ("controls.txt", vec![0; 500], "rejected", "empty"),
        (
            "furniture.txt",
            bytes("Print\nShare\n\u{a9} 2026 Harbour\n"),
            "rejected",
            "empty",
        ),
        ("line.txt", vec![b'x'; 30_000], "rejected", "too-large"),
        (
            "scan.txt",
            bytes("%PDF-1.7\n%\u{e2}"),
            "rejected",
            "not-text",
        ),
        (
            "page.txt",
            bytes("\u{feff}<!DOCTYPE html><title>x</title>"),
            "rejected",
            "not-text",
        ),
        ("undated.txt", bytes(&undated), "held", "no-date"),
        ("list.txt", bytes(&list), "rejected", "not-a-release"),
        (" space.txt", bytes(RELEASE), "rejected", "unsafe-name"),
        (
            "turn\u{202e}ed.txt",
            bytes(RELEASE),
            "rejected",
            "unsafe-name",
        ),
        ("twice.txt", bytes(RELEASE), "rejected", "same-id"),
        ("twice.text", bytes(RELEASE), "rejected", "same-id"),
        (
            "alone.toml",
            bytes("headline = 'x'"),
            "ignored",
            "sidecar-without-release",
        ),
        (
            "key.toml",
            bytes("headlin = 'x'"),
            "rejected",
            "sidecar-invalid",
        ),
        (
            "value.toml",
            bytes("published = 'soon'"),
            "held",
            "sidecar-invalid",
        ),
        (
            "cut.toml",
            bytes("headline = 'x"),
            "rejected",
            "sidecar-invalid",
        ),
    ]
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["--now", "2026-11-24T10:00:00Z"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("started")
}

#[test]
fn what_cannot_be_published_is_told_by_code_and_the_rest_is_published() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let input = root.path().join("input");
    fs::create_dir(&input).expect("a folder");
    fs::write(root.path().join("dateline.toml"), SETTINGS).expect("written");
    fs::write(input.join("good.txt"), RELEASE).expect("written");
    let mut want = BTreeMap::new();
    for (name, bytes, outcome, code) in cases() {
        fs::write(input.join(name), bytes).expect("written");
        let release = match name.strip_suffix(".toml") {
            Some(stem) if stem != "alone" => {
                let other = RELEASE.replace("Harbour", &format!("Port {stem}"));
                fs::write(input.join(format!("{stem}.txt")), other).expect("written");
                format!("{stem}.txt")
            }
            _ => name.to_owned(),
        };
        want.insert(
            format!("input/{release}"),
            (outcome.to_owned(), code.to_owned()),
        );
    }
    #[cfg(unix)]
    for (name, target) in [
        ("link.txt", "good.txt"),
        ("gone.txt", "nowhere"),
        ("device.txt", "/dev/zero"),
    ] {
        std::os::unix::fs::symlink(target, input.join(name)).expect("linked");
        want.insert(
            format!("input/{name}"),
            ("rejected".to_owned(), "not-a-file".to_owned()),
        );
    }
    fs::create_dir(input.join("folder.txt")).expect("a folder");
    want.insert(
        "input/folder.txt".to_owned(),
        ("rejected".to_owned(), "not-a-file".to_owned()),
    );

    let build = run(root.path(), &[]);
    assert_eq!(build.status.code(), Some(1));
    let report = fs::read(root.path().join("output/.dateline/report.json")).expect("a report");
    let report: Value = serde_json::from_slice(&report).expect("JSON");
    let mut got = BTreeMap::new();
    for problem in report["problems"].as_array().expect("problems") {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let file = word(&problem["file"]);
        // The code that the case is about, or else the first.
        let codes: Vec<_> = (problem["diagnostics"].as_array().into_iter().flatten())
            .map(|finding| word(&finding["code"]))
            .collect();
        let about = want.get(&file).map(|(_, code)| code.clone());
        let code = about
            .filter(|code| codes.contains(code))
            .unwrap_or_else(|| codes[0].clone());
        if file != "input/good.txt" {
            got.insert(file, (word(&problem["outcome"]), code));
        }
    }
    assert_eq!(got, want);
    let told = String::from_utf8_lossy(&build.stderr);
    for file in want.keys() {
        let shown = file.replace('\u{202e}', "");
        assert!(
            told.contains(file.as_str()) || told.contains(&shown) || file.contains('\u{202e}'),
            "{file} is not told:\n{told}"
        );
    }
    let articles: Vec<_> = (fs::read_dir(root.path().join("output/releases"))
        .expect("releases")
        .flatten())
    .map(|entry| entry.file_name().to_string_lossy().into_owned())
    .filter(|name| name.ends_with(".article.jsonld"))
    .collect();
    assert_eq!(articles, ["good.article.jsonld"]);
    assert_eq!(run(root.path(), &["verify"]).status.code(), Some(0));
    // Refused again, and nothing to do.
    let again = run(root.path(), &["-v"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("nothing to do"));
}
