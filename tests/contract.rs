//! What must hold of the source tree itself: layers, sizes, registries, documentation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::diagnostic::Code;
use dateline::lang::Lexicons;
use dateline::write::WRITERS;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// What each room may use of the others. `lib.rs`, `main.rs` and `commands` join them all.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("model", &["source", "diagnostic"]),
    ("lang", &[]),
    ("read", &["source", "lang", "model", "diagnostic"]),
    ("write", &["source", "model", "diagnostic"]),
    (
        "archive",
        &["source", "model", "diagnostic", "read", "write"],
    ),
    ("profile", &["source", "model", "diagnostic", "write"]),
    ("explain", &["source", "model", "diagnostic", "read"]),
    ("publish", &["diagnostic", "write"]),
    ("config", &["source", "model", "diagnostic"]),
    (
        "commands",
        &[
            "archive",
            "config",
            "diagnostic",
            "explain",
            "lang",
            "model",
            "profile",
            "publish",
            "read",
            "source",
            "write",
        ],
    ),
    ("cli", &["commands", "config", "diagnostic", "write"]),
];

#[test]
fn every_room_uses_only_the_rooms_below_it() {
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("src")) {
        let relative = file.strip_prefix(root().join("src")).expect("below src");
        let first = relative
            .components()
            .next()
            .expect("a name")
            .as_os_str()
            .to_string_lossy();
        let room = first.trim_end_matches(".rs");
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == room) else {
            assert!(
                ["lib", "main"].contains(&room),
                "src/{} is in no layer",
                relative.display()
            );
            continue;
        };
        for (number, line) in fs::read_to_string(&file)
            .expect("readable")
            .lines()
            .enumerate()
        {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for (at, _) in line.match_indices("crate::") {
                let used: String = line[at + 7..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if used != room && !used.is_empty() && !allowed.contains(&used.as_str()) {
                    wrong.push(format!(
                        "src/{}:{}: uses {used}",
                        relative.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "layers broken:\n{}", wrong.join("\n"));
}

#[test]
fn no_file_outgrows_six_hundred_lines() {
    let long: Vec<_> = ["src", "tests"]
        .iter()
        .flat_map(|folder| rust_files(&root().join(folder)))
        .map(|file| {
            (
                fs::read_to_string(&file).expect("readable").lines().count(),
                file,
            )
        })
        .filter(|(lines, _)| *lines > 600)
        .collect();
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn every_format_is_named_once_and_described() {
    let mut names = BTreeSet::new();
    for writer in WRITERS {
        let format = writer.format();
        assert!(
            names.insert(format.name),
            "{} is registered twice",
            format.name
        );
        assert!(
            format
                .name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            format.name
        );
        assert!(format.media_type.contains('/'), "{}", format.name);
        assert!(format.spec.starts_with("https://"), "{}", format.name);
        assert!((10..=100).contains(&format.about.len()), "{}", format.name);
    }
    for needed in ["json-ld", "rss", "newsml-g2", "pages"] {
        assert!(names.contains(needed), "{needed} is not registered");
    }
}

#[test]
fn every_writer_file_is_registered() {
    let source = fs::read_to_string(root().join("src/write/mod.rs")).expect("readable");
    for writer in WRITERS {
        let module = writer.format().name.replace('-', "_");
        assert!(
            source.contains(&format!("mod {module};")),
            "src/write/{module} has no mod line"
        );
    }
}

#[test]
fn every_code_is_unique_and_documented_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let mut numbers = BTreeSet::new();
    let mut names = BTreeSet::new();
    for code in Code::ALL {
        assert!(numbers.insert(code.number()), "{} twice", code.number());
        assert!(names.insert(code.name()), "{} twice", code.name());
        let row = format!(
            "| {} | {} | {} | {} |",
            code.number(),
            code.name(),
            code.severity().word(),
            code.about()
        );
        assert!(readme.contains(&row), "README.md has no row `{row}`");
    }
}

#[test]
fn every_code_is_explained_in_sentences() {
    for code in Code::ALL {
        for words in [code.about(), code.detail(), code.advice()] {
            let sentence = words.ends_with('.') && words.starts_with(|c: char| !c.is_lowercase());
            let lines = words.contains('\n') || words.contains("  ");
            assert!(
                sentence && !lines && words.len() > 15,
                "{}: {words}",
                code.number()
            );
        }
        for known in [code.number(), &code.number().to_lowercase(), code.name()] {
            assert_eq!(Code::from_words(known), Some(*code));
        }
    }
    assert_eq!(Code::from_words("D999"), None);
}

#[test]
fn every_language_table_is_registered() {
    let tags: BTreeSet<_> = Lexicons::builtin().all().map(|l| l.tag.clone()).collect();
    let files: BTreeSet<_> = fs::read_dir(root().join("src/lang"))
        .expect("src/lang")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.len() <= 3)
        .collect();
    assert_eq!(tags, files);
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && line.contains('=') {
            assert!(line.contains('#'), "no reason given: {line}");
        }
    }
}
