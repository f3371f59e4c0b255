//! Whole runs of the program: repeated, killed at any moment, with full disks, over damaged state and hostile inputs.

#![allow(
    clippy::disallowed_methods,
    reason = "a test makes and breaks its own folders"
)]

mod corruption;
mod faults;
mod hostile;
mod kills;
mod lock;
mod order;
#[path = "../support/random.rs"]
mod random;
mod site;
mod standstill;

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use site::{Site, assert_linked, bytes, files, text, times};

#[test]
fn a_run_with_nothing_to_do_moves_no_modification_time() {
    let site = Site::with_releases(30);
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let before = times(&site.output());
    let mut pages = 0;
    for (name, path) in files(&site.output()) {
        if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            assert_linked(
                &site.output(),
                &name,
                &fs::read_to_string(&path).expect("read"),
            );
            pages += 1;
        }
    }
    assert!(pages > 30, "only {pages} pages");
    sleep(Duration::from_millis(20));
    let again = site.run(&["-v"]);
    assert!(
        text(&again).contains("nothing to do: 30 releases unchanged"),
        "{}",
        text(&again)
    );
    assert_eq!(times(&site.output()), before);
}

#[test]
fn an_edit_that_keeps_size_and_time_is_seen() {
    let site = Site::new();
    let text = |day: &str| {
        format!(
            "Harbour opens its new pier\n\n{day} May 2026\n\nThe harbour opened its new pier to ships of every size.\n"
        )
    };
    site.put("input/pier.txt", text("3").as_bytes());
    assert_eq!(site.run(&[]).status.code(), Some(0));
    site.put("input/pier.txt", text("4").as_bytes());
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let article = fs::read_to_string(site.output().join("releases/pier.article.jsonld"));
    assert!(article.expect("written").contains("2026-05-04"));
}

#[test]
fn restoring_gives_the_same_bytes_from_the_archive_alone() {
    let site = Site::with_releases(20);
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let mut before = bytes(&site.output());
    for entry in fs::read_dir(site.output()).expect("listed").flatten() {
        if entry.file_name() != "archive" {
            let path = entry.path();
            let gone = if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
            gone.expect("removed");
        }
    }
    let restored = site.run(&["restore"]);
    assert_eq!(restored.status.code(), Some(0), "{}", text(&restored));
    let mut after = bytes(&site.output());
    for map in [&mut before, &mut after] {
        // The inputs are no part of the archive, and the list of changes is that of this run.
        map.remove(".dateline/inputs.ndjson");
        map.remove("changed.txt");
    }
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    assert!(before == after, "some file differs");
}

#[test]
#[ignore = "takes minutes: run with --release -- --ignored"]
fn time_grows_no_faster_than_the_number_of_releases() {
    let timed = |site: &Site| {
        let start = Instant::now();
        let run = site.run(&[]);
        assert_eq!(run.status.code(), Some(0), "{}", text(&run));
        start.elapsed()
    };
    let (few, many) = (Site::with_releases(2_500), Site::with_releases(10_000));
    let (first, all) = (timed(&few), timed(&many));
    assert!(all < first * 8, "2,500 in {first:?}, 10,000 in {all:?}");
    // One new release costs its own documents and the lists, not those of the others.
    many.put(
        "input/2026-11-01-pier-new.txt",
        b"The last pier is open\n\nThe last pier of the harbour was opened to ships.\n",
    );
    let one = timed(&many);
    assert!(one < all / 8, "10,000 in {all:?}, one more in {one:?}");
    let none = timed(&many);
    assert!(none < all / 8, "10,000 in {all:?}, none in {none:?}");
}
