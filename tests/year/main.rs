//! A year of an office in runs at fixed times: releases arrive, are corrected, withdrawn and put back, held until their
//! hour, renamed, copied for other locales and translated; events are announced, moved, called off and reported. After every
//! run everything that was ever promised still holds ([`watch`]).
//!
//! `YEAR_OUTPUT=FOLDER` keeps what the whole year leaves for outside judges, and under `seen/` all that each run changed,
//! as readers came by it.

#![allow(
    clippy::disallowed_methods,
    reason = "a test makes and breaks its own folders"
)]

mod office;
#[path = "../support/random.rs"]
mod random;
#[path = "../support/mod.rs"]
mod support;
mod texts;
mod watch;

use std::path::PathBuf;

use office::Office;

/// A short year of 60 runs; the whole one takes 200.
#[test]
fn a_year_in_sixty_runs_keeps_every_promise() {
    year(60, None);
}

#[test]
#[ignore = "takes minutes: run with --release -- --ignored"]
fn a_year_in_two_hundred_runs_keeps_every_promise() {
    year(200, std::env::var_os("YEAR_OUTPUT").map(PathBuf::from));
}

fn year(runs: usize, keep: Option<PathBuf>) {
    let mut office = Office::open(runs);
    if keep.is_some() {
        office.show();
    }
    for run in 0..runs {
        office.work(run);
    }
    let told = office.close();
    for (what, least) in [
        ("arrived", runs * 2),
        ("corrected", runs / 5),
        ("withdrawn", runs / 20),
        ("put back", runs / 40),
        ("embargoed", runs / 10),
        ("embargoed at a turn", 8),
        ("renamed", runs / 20),
        ("copied", runs / 20),
        ("translated", runs / 20),
        ("announced", runs / 10),
        ("moved", runs / 60),
        ("called off", runs / 60),
    ] {
        let count = told.get(what).copied().unwrap_or_default();
        assert!(count >= least, "only {count} {what}: {told:?}");
    }
    if let Some(folder) = keep {
        office.keep(&folder);
    }
}
