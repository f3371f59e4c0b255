//! Runs that are killed in, or fail at, a chosen write, rename, sync or removal.
//!
//! `faults.c` is compiled by the linker's driver, which every Rust toolchain of this kind needs anyway, and preloaded.

#![cfg(all(target_os = "linux", target_env = "gnu"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::random::Random;
use crate::site::{Site, assert_reached, assert_whole, bytes, differing, event, text};

/// The compiled library.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("faults.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/batch/faults.c");
        let mut command = Command::new("cc");
        command.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&path);
        let made = command.arg(source).arg("-ldl").output().expect("cc runs");
        assert!(made.status.success(), "{}", text(&made));
        (folder, path)
    });
    path
}

/// Runs the program with a fault at a call, `KIND NUMBER`, and gives the names of the calls that counted.
fn run(site: &Site, fault: &str) -> (Output, Vec<String>) {
    let log = site.path().join("calls");
    let mut command = site.command();
    command.env("LD_PRELOAD", library());
    command.env("DATELINE_FAULT", fault);
    command.env("DATELINE_FAULT_FOLDER", site.output());
    let output = command.env("DATELINE_FAULT_LOG", &log).output();
    let calls = fs::read_to_string(&log).unwrap_or_default();
    // Gone before the next run; it is none of the inputs.
    let _ = fs::remove_file(log);
    (
        output.expect("started"),
        calls.lines().map(str::to_owned).collect(),
    )
}

/// A site with work of every kind for its next run: a new release, a corrected one, one that is withdrawn.
fn grown() -> Site {
    let site = Site::with_events();
    let first = site.run(&[]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first));
    site.put(
        "input/new.txt",
        b"A new crane\n\n4 October 2026\n\nThe harbour has a new crane for ships of every size.\n",
    );
    site.put("input/feast.toml", b"status = 'withdrawn'\n");
    let corrected = format!(
        "[correction]\nnote = 'The day was wrong.'\n{}",
        event("2026-10-16")
    );
    site.put("input/opening.toml", corrected.as_bytes());
    site
}

/// A site whose feed has room for two releases, with these before its next run and those for it; the year turns between
/// them.
fn turned(old: usize, new: usize) -> Site {
    let site = Site::new();
    let settings = fs::read_to_string(site.path().join("dateline.toml")).expect("settings");
    let settings = format!("{settings}[output]\nfeed_items = 2\n");
    site.put("dateline.toml", settings.as_bytes());
    let put = |year: i32, number: usize| {
        let text = format!(
            "Pier {number} of {year} opens\n\n{} May {year}\n\nThe harbour opened pier {number} of {year} to ships of every size.\n",
            number + 1
        );
        site.put(&format!("input/{year}-{number}.txt"), text.as_bytes());
    };
    (0..old).for_each(|number| put(2025, number));
    if old > 0 {
        let first = site.run(&[]);
        assert_eq!(first.status.code(), Some(0), "{}", text(&first));
    }
    (0..new).for_each(|number| put(2026, number));
    site
}

/// A site, what it was, what an undisturbed run makes of it, and that run's calls.
struct Scene {
    site: Site,
    before: BTreeMap<String, Vec<u8>>,
    want: BTreeMap<String, Vec<u8>>,
    calls: Vec<String>,
    reads: usize,
}

impl Scene {
    fn of(site: Site) -> Self {
        let before = bytes(&site.output());
        let calm = site.copy();
        let (reading, reads) = run(&calm, "unread 0");
        assert_eq!(reading.status.code(), Some(0), "{}", text(&reading));
        let calm = site.copy();
        let (writing, calls) = run(&calm, "count 0");
        assert_eq!(writing.status.code(), Some(0), "{}", text(&writing));
        for kind in ["create", "write", "rename", "sync", "truncate"] {
            assert!(
                calls.iter().any(|call| call == kind),
                "no {kind} in {calls:?}"
            );
        }
        Self {
            before,
            want: bytes(&calm.output()),
            calls,
            reads: reads.len(),
            site,
        }
    }

    /// A run that fails or is killed at a call, and the run after it. Whether it came to that call: two threads that make
    /// one folder at once call more often than one after the other.
    fn trial(&self, kind: &str, number: usize) -> bool {
        let fault = format!("{kind} {number}");
        let site = self.site.copy();
        let (disturbed, calls) = run(&site, &fault);
        // A thread that was killed may not have noted its last call.
        if calls.len() < number && disturbed.status.success() {
            return false;
        }
        let told = text(&disturbed);
        match (kind, disturbed.status.code()) {
            // A run that ends well had only to do what needs no room, or what is tried again.
            ("kill", None) | ("full" | "broken" | "unread", Some(74 | 0 | 1)) => {}
            (_, code) => panic!("{fault}: {code:?} {told}"),
        }
        if disturbed.status.code() == Some(74) {
            assert!(
                told.contains("output") && told.contains("os error"),
                "{fault}: {told}"
            );
        }
        assert_whole(&site.output());
        if kind != "unread" {
            // Releases may lead to another whose archive item could not be read: that is told, and the next run's to mend.
            assert_reached(&site.output(), |_| true);
        }
        let left = bytes(&site.output());
        for (name, old) in &self.before {
            let kept = name.starts_with("archive/2");
            let cut = left.get(name).is_none_or(|now| now != old);
            assert!(!kept || !cut, "{fault}: {name} is lost");
        }
        let next = site.run(&[]);
        assert_eq!(next.status.code(), Some(0), "{fault}: {}", text(&next));
        let got = bytes(&site.output());
        let mut differing = differing(&self.want, &got);
        if disturbed.status.code() == Some(1) {
            // It came to its end without what it could not read: the next run tells of that alone.
            differing.retain(|name| name != "changed.txt" && name != ".dateline/manifest.ndjson");
        }
        assert_eq!(differing, Vec::<String>::new(), "{fault}: {told}");
        true
    }
}

/// Disturbs so many of a thousand calls of both kinds of run.
fn trials(kind: &str, share: usize) -> usize {
    let mut random = Random(0xa076_1d64_78bd_642f);
    let mut done = 0;
    for site in [Site::with_events(), grown()] {
        let scene = Scene::of(site);
        let all = if kind == "unread" {
            scene.reads
        } else {
            scene.calls.len()
        };
        for number in 1..=all {
            if random.below(1000) < share && scene.trial(kind, number) {
                done += 1;
            }
        }
    }
    done
}

#[test]
fn runs_killed_in_a_call_lose_nothing() {
    assert!(trials("kill", 40) > 5);
}

#[test]
fn runs_killed_as_the_year_turns_leave_no_link_that_leads_nowhere() {
    // The archive of the feed has a page and gets another; it gets its first pages.
    for (old, new) in [(3, 1), (0, 3)] {
        let scene = Scene::of(turned(old, new));
        let renames: Vec<_> = (1..=scene.calls.len())
            .filter(|number| scene.calls[number - 1] == "rename")
            .collect();
        assert!(renames.len() > 20, "{:?}", scene.calls);
        // Lists come last.
        for number in &renames[renames.len() / 2..] {
            scene.trial("kill", *number);
        }
    }
}

#[test]
fn a_text_put_back_after_a_kill_is_published_as_it_was() {
    let site = Site::with_events();
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let want = bytes(&site.output());
    let path = "input/2026-01-01-pier-0.txt";
    let text_of = fs::read_to_string(site.path().join(path)).expect("a text");
    let as_long = text_of.replace("new pier", "old pier");
    assert_ne!(as_long, text_of);
    site.put(path, as_long.as_bytes());
    let scene = site.copy();
    let (_, calls) = run(&scene, "count 0");
    for number in [calls.len() - 3, calls.len() - 6, calls.len() - 9] {
        let site = site.copy();
        run(&site, &format!("kill {number}"));
        site.put(path, text_of.as_bytes());
        let next = site.run(&[]);
        assert_eq!(next.status.code(), Some(0), "{number}: {}", text(&next));
        let verified = site.run(&["verify"]);
        assert_eq!(
            verified.status.code(),
            Some(0),
            "{number}: {}",
            text(&verified)
        );
        let page = fs::read_to_string(site.output().join("index.html")).expect("a page");
        assert!(!page.contains("old pier"), "{number}");
        assert_eq!(bytes(&site.output())["index.html"], want["index.html"]);
    }
}

#[test]
fn runs_on_a_full_disk_lose_nothing() {
    assert!(trials("full", 20) > 2);
}

#[test]
fn runs_on_a_broken_disk_lose_nothing() {
    assert!(trials("broken", 20) + trials("unread", 100) > 4);
}

#[test]
#[ignore = "takes minutes: run with --release -- --ignored"]
fn runs_killed_in_every_call_lose_nothing() {
    // With the fifty of `kills` more than three hundred.
    report("killed", trials("kill", 1000), 250);
}

#[test]
#[ignore = "takes minutes: run with --release -- --ignored"]
fn runs_on_a_disk_that_is_full_from_any_call_on_lose_nothing() {
    report("on a full disk", trials("full", 1000), 100);
}

#[test]
#[ignore = "takes minutes: run with --release -- --ignored"]
fn runs_on_a_disk_that_fails_in_any_call_lose_nothing() {
    report(
        "on a broken disk",
        trials("broken", 1000) + trials("unread", 1000),
        50,
    );
}

#[expect(clippy::print_stderr, reason = "a proof tells its number")]
fn report(what: &str, done: usize, least: usize) {
    eprintln!("{done} runs {what}");
    assert!(done >= least, "only {done} runs {what}");
}
