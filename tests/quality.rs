//! Scores over all gold, held above floors that only rise.
//!
//! `RAISE=1 cargo test --test quality` writes today's figures into `floors.toml` where they are higher.

#![expect(
    clippy::print_stdout,
    reason = "a test that is run for its figures prints them"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use support::score::Score;

/// `floors.toml`: one table for each set of releases.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Floors(BTreeMap<String, Set>);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Set {
    /// SHA-256 of the gold, so that figures are compared with the labels they belong to.
    gold: String,
    /// Field to `[precision, recall]`.
    floors: BTreeMap<String, (f64, f64)>,
}

fn floors_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/floors.toml")
}

/// `(id, text file, gold)` of every release.
type Cases = Vec<(String, PathBuf, Value)>;

fn hold(name: &str, cases: &Cases) {
    let mut score = Score::default();
    let mut hash = Sha256::new();
    let site = support::site();
    for (id, path, gold) in cases {
        hash.update(gold.to_string());
        let (_, reading) = support::read_file(path, &site);
        score.add(id, gold, &support::record(&reading));
    }
    let gold = format!("{:x}", hash.finalize());
    println!("{name}\n{}", score.table());

    let mut floors: Floors = toml::from_str(&fs::read_to_string(floors_path()).unwrap_or_default())
        .expect("floors.toml reads");
    if std::env::var_os("RAISE").is_some() {
        let set = floors.0.entry(name.to_owned()).or_default();
        set.gold = gold;
        for (field, tally) in &score.fields {
            let floor = set.floors.entry((*field).to_owned()).or_default();
            let down = |share: f64| (share * 1000.0).floor() / 1000.0;
            *floor = (
                floor.0.max(down(tally.precision())),
                floor.1.max(down(tally.recall())),
            );
        }
        #[expect(clippy::disallowed_methods, reason = "a person asked for it")]
        fs::write(
            floors_path(),
            toml::to_string(&floors).expect("floors are TOML"),
        )
        .expect("writable");
        return;
    }
    let set = floors
        .0
        .get(name)
        .unwrap_or_else(|| panic!("floors.toml has no table [{name}]"));
    assert_eq!(
        set.gold, gold,
        "the gold of {name} changed: read the figures, then raise the floors"
    );
    let mut low = Vec::new();
    for (field, (precision, recall)) in &set.floors {
        let tally = score
            .fields
            .get(field.as_str())
            .cloned()
            .unwrap_or_default();
        if tally.precision() + 5e-4 < *precision {
            low.push(format!(
                "{field}: precision {:.3} < {precision:.3}",
                tally.precision()
            ));
        }
        if tally.recall() + 5e-4 < *recall {
            low.push(format!(
                "{field}: recall {:.3} < {recall:.3}",
                tally.recall()
            ));
        }
    }
    assert!(
        low.is_empty(),
        "{name} fell below its floors:\n{}",
        low.join("\n")
    );
}

#[test]
fn own_releases_stay_above_their_floors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/releases");
    let mut cases: Cases = Vec::new();
    for entry in fs::read_dir(folder).expect("tests/releases") {
        let path = entry.expect("entry").path();
        if let Ok(gold) = fs::read_to_string(path.join("release.json")) {
            let id = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            cases.push((
                id,
                path.join("source.txt"),
                serde_json::from_str(&gold).expect("gold is JSON"),
            ));
        }
    }
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(cases.len() >= 72);
    hold("own", &cases);
}

#[test]
fn releases_of_public_bodies_stay_above_their_floors() {
    let Some(shared) = support::shared() else {
        println!("skipped: no material beside the project");
        return;
    };
    hold("public", &labelled(&shared.join("corpus/real")));
}

fn labelled(folder: &Path) -> Cases {
    let labels = fs::read_to_string(folder.join("labels.jsonl")).expect("labels");
    labels
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let gold: Value = serde_json::from_str(line).expect("a label is JSON");
            let id = gold["id"].as_str().expect("an id").to_owned();
            let path = folder.join(format!("releases/{id}.txt"));
            (id, path, gold)
        })
        .collect()
}
