//! What the disk or a person spoils: state costs time only, and `verify` names every byte that is not what was written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::random::Random;
use crate::site::{Site, bytes, differing, event, files, text};

/// The files of the state that one run keeps for the next.
const STATE: [&str; 3] = ["inputs.ndjson", "manifest.ndjson", "archive.cache"];

/// Releases of every standing, some in several versions, with events.
fn lived() -> Site {
    let site = Site::with_events();
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let moved = format!(
        "[correction]\nnote = 'The day was wrong.'\n{}",
        event("2026-10-16")
    );
    site.put("input/opening.toml", moved.as_bytes());
    let withdrawn = site.run(&["withdraw", "feast", "--note", "It rains."]);
    assert_eq!(withdrawn.status.code(), Some(0), "{}", text(&withdrawn));
    assert_eq!(site.run(&[]).status.code(), Some(0));
    site
}

/// A file as a program of another layout wrote it, whole.
fn of_another_layout(bytes: &[u8]) -> Vec<u8> {
    let split = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("a line");
    let mut head: Value = serde_json::from_slice(&bytes[..split]).expect("a head");
    let body = &bytes[split + 1..];
    let fields = if head["layout"].is_u64() {
        head["layout"] = Value::from(1);
        format!("1 {} {}\n", head["releases"], head["damaged"])
    } else {
        head["fingerprint"] = Value::from("another");
        format!("another {}\n", head["lines"])
    };
    let digest = Sha256::new_with_prefix(fields)
        .chain_update(body)
        .finalize();
    head["sha256"] = Value::from(format!("{digest:x}"));
    [head.to_string().as_bytes(), b"\n", body].concat()
}

/// Spoils a file in the given way, and says what the report should.
fn spoil(path: &Path, way: usize, random: &mut Random) -> &'static str {
    let mut bytes = fs::read(path).expect("read");
    let at = random.below(bytes.len());
    match way {
        0 => {
            fs::remove_file(path).expect("removed");
            return "missing";
        }
        1 => bytes.truncate(at),
        2 => bytes[at] ^= 1 << random.below(8),
        _ => {
            fs::write(path, of_another_layout(&bytes)).expect("written");
            return "outdated";
        }
    }
    fs::write(path, bytes).expect("written");
    "damaged"
}

/// Spoils one, two or all files of the state, each in a way of its own, and looks at what the next run makes of it.
fn corruptions(times: usize) {
    let site = lived();
    let want = bytes(&site.output());
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for time in 0..times {
        let mut told = BTreeMap::new();
        for (number, name) in STATE.iter().enumerate() {
            let chosen = time % 7 + 1;
            if chosen & (1 << number) != 0 {
                let name = format!(".dateline/{name}");
                let way = (time / 7 + time + number) % 4;
                let because = spoil(&site.output().join(&name), way, &mut random);
                told.insert(name, because.to_owned());
            }
        }
        let run = site.run(&[]);
        assert_eq!(run.status.code(), Some(0), "{told:?}: {}", text(&run));
        let got = bytes(&site.output());
        assert_eq!(differing(&want, &got), Vec::<String>::new(), "{told:?}");
        for (name, because) in &told {
            let warned = text(&run).contains(name.as_str());
            assert_eq!(warned, because == "damaged", "{told:?}: {}", text(&run));
        }
        let report = fs::read(site.output().join(".dateline/report.json")).expect("a report");
        let report: Value = serde_json::from_slice(&report).expect("JSON");
        let rebuilt = report["rebuilt"].as_array().expect("a list").iter();
        let rebuilt = rebuilt.map(|file| {
            let field = |name: &str| file[name].as_str().expect("a text").to_owned();
            (field("file"), field("because"))
        });
        assert_eq!(rebuilt.collect::<BTreeMap<_, _>>(), told);
    }
    let verified = site.run(&["verify"]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified));
    assert!(text(&site.run(&["-v"])).contains("nothing to do"));
}

#[test]
fn spoiled_state_costs_time_only_and_the_report_says_so() {
    corruptions(7);
}

#[test]
#[ignore = "takes a minute: run with --release -- --ignored"]
fn two_hundred_corruptions_of_the_state() {
    corruptions(200);
}

/// Flips single bits, and asks `verify` each time.
fn flips(times: usize) {
    let site = lived();
    let folder = site.output();
    let clean = site.command().arg("verify").output().expect("started");
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean));
    let files: Vec<_> = (files(&folder).into_iter())
        .filter(|(_, path)| path.metadata().expect("there").len() > 0)
        .collect();
    let all: usize = (files.iter().map(|(_, path)| size(path))).sum();
    let mut random = Random(0xd1b5_4a32_d192_ed03);
    let mut seen = BTreeSet::new();
    for time in 0..times {
        // Every file in turn, then any byte of all.
        let (name, path, at) = if time < files.len() {
            let (name, path) = &files[time];
            (name, path, random.below(size(path)))
        } else {
            let mut at = random.below(all);
            let found = files.iter().find(|(_, path)| {
                let size = size(path);
                let here = at < size;
                at -= if here { 0 } else { size };
                here
            });
            let (name, path) = found.expect("a file");
            (name, path, at)
        };
        let right = fs::read(path).expect("read");
        let mut wrong = right.clone();
        wrong[at] ^= 1 << random.below(8);
        fs::write(path, &wrong).expect("written");
        let mut verify = site.command();
        let verify = verify.arg("verify").stdout(std::process::Stdio::piped());
        let output = verify.output().expect("started");
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{name} at {at}: {told}");
        assert!(told.contains(name.as_str()), "{name} at {at}: {told}");
        seen.insert(name.clone());
        fs::write(path, &right).expect("written");
    }
    assert!(seen.iter().any(|name| name.contains(".event-1.v")));
}

fn size(path: &Path) -> usize {
    path.metadata().expect("there").len() as usize
}

#[test]
fn verify_names_the_file_of_any_flipped_bit() {
    flips(60);
}

#[test]
#[ignore = "takes minutes: run with --release -- --ignored"]
fn a_thousand_flipped_bits() {
    flips(1000);
}

#[test]
fn restoring_puts_right_what_was_changed_without_changing_its_size() {
    let site = lived();
    let want = bytes(&site.output());
    for (name, path) in files(&site.output()) {
        if name.starts_with("archive/2") || name.starts_with(".dateline/") || name == "changed.txt"
        {
            continue;
        }
        let mut spoiled = fs::read(&path).expect("read");
        let at = spoiled.len() / 2;
        spoiled[at] ^= 1;
        fs::write(&path, spoiled).expect("written");
    }
    let restored = site.run(&["restore"]);
    assert_eq!(restored.status.code(), Some(0), "{}", text(&restored));
    assert_eq!(
        differing(&want, &bytes(&site.output())),
        Vec::<String>::new()
    );
}

#[test]
fn a_newest_item_that_was_taken_away_is_told_and_the_one_before_does_not_take_its_place() {
    for cached in [true, false] {
        let site = lived();
        let want = bytes(&site.output());
        let item = (want.keys())
            .find(|name| name.starts_with("archive/2") && name.ends_with("/feast.v2.xml"));
        let item = site
            .output()
            .join(item.expect("the version that takes it back"));
        let held = fs::read(&item).expect("read");
        fs::remove_file(&item).expect("removed");
        if !cached {
            fs::remove_file(site.output().join(".dateline/archive.cache")).expect("removed");
        }
        // A release that was withdrawn does not come back by itself, whoever runs what how often.
        for command in ["build", "restore", "build"] {
            let run = site.run(&[command]);
            assert_eq!(run.status.code(), Some(1), "{command}: {}", text(&run));
            assert!(
                text(&run).contains("feast.v2.xml"),
                "{command}: {}",
                text(&run)
            );
            let page = "releases/feast.html";
            let now = fs::read(site.output().join(page)).expect("a page");
            assert!(want[page] == now, "{command}");
        }
        fs::write(&item, held).expect("put back");
        let run = site.run(&[]);
        assert_eq!(run.status.code(), Some(0), "{}", text(&run));
        let mut differ = differing(&want, &bytes(&site.output()));
        // They tell of the runs between.
        differ.retain(|name| name != "changed.txt" && name != ".dateline/manifest.ndjson");
        assert_eq!(differ, Vec::<String>::new());
    }
}
