//! Two runs over one output folder.

use std::fs;
use std::process::Stdio;

use crate::site::{Site, assert_whole, bytes, differing, text};

#[test]
fn a_second_run_beside_the_first_says_who_holds_the_lock() {
    let site = Site::with_releases(1);
    fs::create_dir_all(site.output().join(".dateline")).expect("a folder");
    let lock = fs::File::options()
        .create(true)
        .truncate(true)
        .write(true)
        .open(site.output().join(".dateline/lock"))
        .expect("opened");
    lock.lock().expect("locked");
    site.put(
        "output/.dateline/lock",
        b"process 4711, started 2026-11-24T09:59:00Z\n",
    );
    let second = site.run(&[]);
    assert_eq!(second.status.code(), Some(75), "{}", text(&second));
    assert!(text(&second).contains("process 4711"), "{}", text(&second));
    drop(lock);
    assert_eq!(site.run(&[]).status.code(), Some(0));
}

/// Starts two runs at once until `times` of them met, and looks at what each says and at what they leave.
fn meetings(times: usize) {
    let calm = Site::with_releases(20);
    assert_eq!(calm.run(&[]).status.code(), Some(0));
    let want = bytes(&calm.output());
    let mut met = 0;
    for attempt in 0..times * 3 {
        let site = Site::with_releases(20);
        let start = || {
            site.command()
                .stdin(Stdio::null())
                .spawn()
                .expect("started")
        };
        let runs = [start(), start()];
        let holders = runs.each_ref().map(|run| format!("process {},", run.id()));
        let ends = runs.map(|run| run.wait_with_output().expect("ended"));
        let codes = ends.each_ref().map(|end| end.status.code());
        assert_whole(&site.output());
        assert_eq!(
            differing(&want, &bytes(&site.output())),
            Vec::<String>::new()
        );
        let busy = match codes {
            [Some(0), Some(75)] => 1,
            [Some(75), Some(0)] => 0,
            // The second came when the first was done.
            [Some(0), Some(0)] => continue,
            _ => panic!("attempt {attempt}: {codes:?} {ends:?}"),
        };
        let told = text(&ends[busy]);
        assert!(
            told.contains(&holders[1 - busy]),
            "attempt {attempt}: {told}"
        );
        met += 1;
        if met == times {
            return;
        }
    }
    panic!("only {met} of {} pairs of runs met", times * 3);
}

#[test]
fn of_two_runs_at_once_one_writes_and_the_other_names_it() {
    meetings(3);
}

#[test]
#[ignore = "takes a minute: run with --release -- --ignored"]
fn a_hundred_meetings() {
    meetings(100);
}
