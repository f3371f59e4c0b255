//! Runs with nothing to do, which must not miss that there is something.

use std::fs;
use std::process::Command;

use crate::site::{Site, assert_whole, bytes, differing, text, times};

#[test]
fn a_run_with_nothing_to_do_writes_nothing_and_misses_nothing() {
    let site = Site::with_events();
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let (want, at_rest) = (bytes(&site.output()), times(&site.output()));
    let rests = || {
        let run = site.run(&[]);
        assert_eq!(run.status.code(), Some(0), "{}", text(&run));
        assert_eq!(times(&site.output()), at_rest);
    };
    rests();
    // Whoever asks for every finding has the whole work done, and at a later hour.
    let mut asking = Command::new(env!("CARGO_BIN_EXE_dateline"));
    asking.args(["--now", "2026-11-25T10:00:00Z", "--report", "report.json"]);
    asking.current_dir(site.path());
    let asked = asking.output().expect("started");
    assert_eq!(asked.status.code(), Some(0), "{}", text(&asked));
    assert_eq!(times(&site.output()), at_rest);
    let pages = [
        "index.html",
        "releases/opening.html",
        "feed.xml",
        "changed.txt",
    ];
    for (i, page) in pages.iter().enumerate() {
        let path = site.output().join(page);
        if i % 2 == 0 {
            fs::write(&path, "cut").expect("written in place");
        } else {
            fs::remove_file(&path).expect("removed");
        }
        assert_eq!(site.run(&[]).status.code(), Some(0));
        let mut differ = differing(&want, &bytes(&site.output()));
        // These two tell of the last run that changed something.
        differ.retain(|name| name != "changed.txt" && name != ".dateline/manifest.ndjson");
        assert_eq!(differ, Vec::<String>::new(), "{page}");
        assert!(path.is_file(), "{page}");
    }
    assert_whole(&site.output());
    let calm = times(&site.output());
    assert_eq!(site.run(&[]).status.code(), Some(0));
    assert_eq!(times(&site.output()), calm);
    // A sidecar beside a text that is as it was.
    site.put("input/feast.toml", b"status = 'withdrawn'\n");
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let feed = fs::read_to_string(site.output().join("feed.xml")).expect("a feed");
    assert!(!feed.contains("feast"), "{feed}");
    // Other settings.
    let settings = fs::read_to_string(site.path().join("dateline.toml")).expect("settings");
    let settings = settings.replace("[input]", "title = 'Harbour news'\n[input]");
    site.put("dateline.toml", settings.as_bytes());
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let feed = fs::read_to_string(site.output().join("feed.xml")).expect("a feed");
    assert!(feed.contains("Harbour news"), "{feed}");
}

#[test]
fn a_run_with_nothing_to_do_but_for_the_clock_does_it() {
    let site = Site::new();
    let text_of = |day: &str| format!("A new crane\n\n{day}\n\nThe harbour has a new crane.\n");
    site.put("input/new.txt", text_of("23 November 2026").as_bytes());
    let held = "EMBARGOED UNTIL 24 November 2026, 14:00 UTC\n\n";
    let held = format!(
        "{held}{}",
        text_of("24 November 2026").replace("crane", "tug")
    );
    site.put("input/held.txt", held.as_bytes());
    let at = |hour: &str| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_dateline"));
        let run = run.args(["--now", hour]).current_dir(site.path()).output();
        let run = run.expect("started");
        assert_eq!(run.status.code(), Some(0), "{}", text(&run));
        let map = fs::read_to_string(site.output().join("sitemap.xml")).expect("a sitemap");
        (map.matches("<news:news>").count(), map.contains("held"))
    };
    for (hour, want) in [
        ("2026-11-24T10:00:00Z", (1, false)),
        ("2026-11-24T13:59:59Z", (1, false)),
        ("2026-11-24T14:00:00Z", (2, true)),
        ("2026-11-26T00:00:00Z", (2, true)),
        ("2026-11-26T00:00:01Z", (1, true)),
        ("2026-11-24T14:00:00Z", (2, true)),
        ("2026-11-28T00:00:00Z", (0, true)),
    ] {
        assert_eq!(at(hour), want, "{hour}");
        assert_eq!(at(hour), want, "{hour}, again");
    }
}

/// A release of a year in a language, about an event where `day` is given.
fn put(site: &Site, name: &str, year: i32, language: &str, day: Option<&str>, words: &str) {
    let text = format!(
        "The {words} of {name} is open\n\n2 March {year}\n\nThe {words} is open to ships of every size.\n"
    );
    site.put(&format!("input/{name}.txt"), text.as_bytes());
    let event = day.map_or_else(String::new, crate::site::event);
    let sidecar = format!("language = '{language}'\n{event}");
    site.put(&format!("input/{name}.toml"), sidecar.as_bytes());
}

#[test]
fn lists_that_are_kept_are_those_that_would_be_made() {
    let site = Site::new();
    let settings = fs::read_to_string(site.path().join("dateline.toml")).expect("settings");
    // So few that there are archive pages of the feeds.
    let settings = format!("{settings}[output]\nfeed_items = 2\n");
    site.put("dateline.toml", settings.as_bytes());
    for (i, year) in (2020..2026).enumerate() {
        for (n, language) in ["en", "fr"].into_iter().enumerate() {
            let day = format!("{year}-10-0{}", i + 1);
            let day = (n == 0).then_some(day.as_str());
            put(&site, &format!("pier-{i}-{n}"), year, language, day, "pier");
        }
    }
    for step in 0..9 {
        match step {
            // Another text, without and with an event; a new release in an old year, and one in a new language and year.
            1 => put(&site, "pier-1-1", 2021, "fr", None, "jetty"),
            2 => put(&site, "pier-2-0", 2022, "en", Some("2022-10-09"), "jetty"),
            3 => put(&site, "old", 2021, "en", None, "quay"),
            4 => put(&site, "far", 2010, "pt", None, "quay"),
            // An event that a second release tells of; one that is taken back; one that changes its language.
            5 => put(&site, "again", 2025, "en", Some("2025-10-06"), "pier"),
            6 => site.put("input/pier-0-0.toml", b"status = 'withdrawn'\n"),
            7 => put(&site, "pier-5-1", 2025, "en", None, "pier"),
            8 => site.put(
                "input/pier-4-1.toml",
                b"language = 'fr'\nstatus = 'withheld'\n",
            ),
            _ => {}
        }
        let run = site.run(&[]);
        assert_eq!(run.status.code(), Some(0), "{}", text(&run));
        let copy = site.copy();
        let restored = copy.run(&["restore"]);
        assert_eq!(restored.status.code(), Some(0), "{}", text(&restored));
        let mut differ = differing(&bytes(&site.output()), &bytes(&copy.output()));
        differ.retain(|name| !name.starts_with(".dateline/") && name != "changed.txt");
        assert_eq!(differ, Vec::<String>::new(), "step {step}");
    }
}

#[test]
fn a_run_that_fails_under_other_settings_leaves_nothing_that_the_first_settings_take_for_theirs() {
    let site = Site::with_events();
    let plain = fs::read_to_string(site.path().join("dateline.toml")).expect("settings");
    let titled = |title: &str| plain.replace("[input]", &format!("title = '{title}'\n[input]"));
    site.put("dateline.toml", titled("Port A").as_bytes());
    assert_eq!(site.run(&[]).status.code(), Some(0));
    let want = bytes(&site.output());
    // Pages of the same sizes.
    site.put("dateline.toml", titled("Port B").as_bytes());
    // The last file of all cannot be written.
    let robots = site.output().join("robots.txt");
    fs::remove_file(&robots).expect("removed");
    fs::create_dir(&robots).expect("a folder");
    assert_eq!(site.run(&[]).status.code(), Some(74));
    fs::remove_dir(&robots).expect("removed");
    site.put("dateline.toml", titled("Port A").as_bytes());
    let run = site.run(&[]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run));
    let mut differ = differing(&want, &bytes(&site.output()));
    differ.retain(|name| !name.starts_with(".dateline/") && name != "changed.txt");
    assert_eq!(differ, Vec::<String>::new());
}
