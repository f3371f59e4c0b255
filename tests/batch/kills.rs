//! Runs killed from outside at any moment.

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Instant;

use crate::site::{Site, assert_whole, bytes, differing, text};

/// Kills runs at moments spread over the time that a whole run takes, and looks at what they leave.
fn killed_runs(releases: usize, kills: u32) {
    let calm = Site::with_releases(releases);
    let start = Instant::now();
    assert_eq!(calm.run(&[]).status.code(), Some(0));
    let whole = start.elapsed();
    let want = bytes(&calm.output());
    let site = Site::with_releases(releases);
    // A fixed sequence that spreads well: multiples of the golden ratio.
    let mut share = 0.0_f64;
    for kill in 0..kills {
        share = (share + 0.618_033_988_75).fract();
        let mut child = site
            .command()
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        sleep(whole.mul_f64(share));
        child.kill().expect("killed or done");
        child.wait().expect("ended");
        assert_whole(&site.output());
        // Half of the runs go on where the last was killed, the others start anew.
        if kill % 2 == 1 {
            let next = site.run(&[]);
            assert_eq!(next.status.code(), Some(0), "{}", text(&next));
            let got = bytes(&site.output());
            let differ = differing(&want, &got);
            assert!(differ.is_empty(), "after kill {kill}: {differ:?}");
            fs::remove_dir_all(site.output()).expect("removed");
        }
    }
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_ends_in_the_same_bytes() {
    killed_runs(60, 8);
}

#[test]
#[ignore = "takes minutes: run with --release -- --ignored"]
fn fifty_kills_over_two_thousand_releases() {
    killed_runs(2000, 50);
}
