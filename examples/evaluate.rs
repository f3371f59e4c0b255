//! Prints the figures of a labelled folder: `cargo run --release --example evaluate -- FOLDER [FIELD…]`.
//!
//! FOLDER holds `labels.jsonl` and the texts it names. Each FIELD given lists what is wrong in it; `all` lists everything.
//! `--half 0` or `--half 1` looks at every other release only, so that rules are tuned on one half and watched on the other.

#![expect(clippy::print_stdout, reason = "a program for a person at a terminal")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use serde_json::Value;

fn main() {
    let mut half = None;
    let mut words = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(word) = arguments.next() {
        if word == "--half" {
            half = arguments.next().and_then(|h| h.parse::<usize>().ok());
        } else {
            words.push(word);
        }
    }
    let folder = PathBuf::from(words.first().expect("a folder with labels.jsonl"));
    let labels = std::fs::read_to_string(folder.join("labels.jsonl")).expect("labels.jsonl");
    let site = support::site();
    let mut score = support::score::Score::default();
    for (number, line) in labels.lines().filter(|l| !l.trim().is_empty()).enumerate() {
        if half.is_some_and(|h| number % 2 != h) {
            continue;
        }
        let gold: Value = serde_json::from_str(line).expect("a label is JSON");
        let id = gold["id"].as_str().expect("an id");
        let (_, reading) = support::read_file(&folder.join(format!("releases/{id}.txt")), &site);
        score.add(id, &gold, &support::record(&reading));
    }
    println!("{}", score.table());
    for miss in &score.misses {
        if words[1..].iter().any(|f| f == miss.field || f == "all") {
            println!(
                "{} | {} | gold {} | given {}",
                miss.field, miss.release, miss.gold, miss.given
            );
        }
    }
}
