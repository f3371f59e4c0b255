//! Whole runs of the program: killed at any moment, repeated, two at once, over hostile inputs.

#![allow(
    clippy::disallowed_methods,
    reason = "a test makes and breaks its own folders"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

const NOW: &str = "2026-11-24T10:00:00Z";

/// A folder with settings and inputs.
struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        let site = Self(tempfile::tempdir().expect("a temporary folder"));
        let settings = "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\n[input]\ndate_from = [\"file-name\"]\nheadline_from = \"first-sentence\"\nmax_bytes = 200000\n";
        site.put("dateline.toml", settings.as_bytes());
        site
    }

    /// `count` short releases, dated by their names.
    fn with_releases(count: usize) -> Self {
        let site = Self::new();
        for i in 0..count {
            let (month, day) = (1 + i % 10, 1 + i % 28);
            let text = format!(
                "Harbour {i} opens its new pier\n\nHarbour {i} opened its new pier to ships of every size. The port master said that it took {i} days to build.\n"
            );
            site.put(
                &format!("input/2026-{month:02}-{day:02}-pier-{i}.txt"),
                text.as_bytes(),
            );
        }
        site
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(["--now", NOW]).current_dir(self.0.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().expect("started")
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("output")
    }
}

/// Every file below a folder, by its path in it.
fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it");
                found.insert(name.to_string_lossy().replace('\\', "/"), path);
            }
        }
    }
    found
}

/// All bytes, but for the clock's in the report.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    (files(folder).into_iter())
        .filter(|(name, _)| name != ".dateline/report.json")
        .map(|(name, path)| (name, fs::read(path).expect("read")))
        .collect()
}

fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    (files(folder).into_iter())
        .map(|(name, path)| {
            (
                name,
                path.metadata().and_then(|m| m.modified()).expect("a time"),
            )
        })
        .collect()
}

/// Every document can be read by its readers, and every address in a list has its file.
fn assert_whole(folder: &Path) {
    for (name, path) in files(folder) {
        let extension = Path::new(&name).extension().and_then(|e| e.to_str());
        if extension == Some("part") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        match extension {
            Some("json" | "jsonld") => {
                let json: Result<serde_json::Value, _> = serde_json::from_str(&text);
                assert!(json.is_ok(), "{name}: {json:?}");
            }
            Some("xml") => {
                let xml = roxmltree::Document::parse(&text);
                assert!(xml.is_ok(), "{name}: {xml:?}");
            }
            Some("html") => assert!(text.trim_end().ends_with("</html>"), "{name} is cut"),
            _ => {}
        }
        if name.starts_with("feed") || name.starts_with("years/") || name == "index.html" {
            assert_linked(folder, &name, &text);
        }
    }
}

/// Everything that a document points at on its own site is there.
fn assert_linked(folder: &Path, name: &str, text: &str) {
    // A page points at its like by the way from itself, and at documents by their whole address.
    let up = name.rfind('/').map_or("", |end| &name[..=end]);
    let ways = text.split("<a href=\"").skip(1).filter_map(|rest| {
        let way = rest.split('"').next()?;
        let away = way.starts_with('#') || way.contains(':');
        (!away).then(|| resolved(up, way))
    });
    let whole = text.split(['"', '<', '>']).filter_map(|address| {
        let path = address.strip_prefix("https://press.example/")?;
        Some(path.split(['#', '?']).next().unwrap_or_default().to_owned())
    });
    for address in ways.chain(whole) {
        let path = percent_encoding::percent_decode_str(&address).decode_utf8_lossy();
        assert!(
            path.is_empty() || folder.join(&*path).is_file(),
            "{name} points at {path}"
        );
    }
}

/// The path below the output folder that a way leads to from a page in a folder (`releases/`).
fn resolved(folder: &str, way: &str) -> String {
    let mut folders: Vec<&str> = folder.split_terminator('/').collect();
    let mut way = way;
    while let Some(rest) = way.strip_prefix("../") {
        folders
            .pop()
            .expect("a way that stays below the output folder");
        way = rest;
    }
    folders.push(way);
    folders.join("/")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

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
            let differ: Vec<_> = (want.keys().chain(got.keys()))
                .filter(|name| want.get(*name) != got.get(*name))
                .filter(|name| *name != ".dateline/inputs.ndjson")
                .collect();
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

/// Texts that no office means to send and that reach every program some day.
fn hostile(number: usize, random: &mut impl FnMut() -> u64) -> Vec<u8> {
    const PIECES: [&str; 24] = [
        "]]>",
        "</script>",
        "<!--",
        "-->",
        "<script>alert(1)</script>",
        "&amp;&lt;&#0;",
        "{{ x }}{% raw %}",
        "\u{202e}desrever\u{202c}",
        "👩‍🚀🏴‍☠️",
        "مرحبا",
        "\u{0}\u{1}\u{b}\u{1f}",
        "\u{feff}",
        "\u{fffe}\u{ffff}",
        "“„«‚‘’»”",
        "\r\r\n\u{85}\u{2028}",
        "3 May 2026",
        "31/12/2026",
        "2026-02-30T25:61",
        "GENEVA, 3 May –",
        "Mr. Dr. Prof. A. B. C.",
        "%s%n\\x00\\",
        "https://a.example/<\">'",
        "\u{301}\u{301}\u{301}",
        "### ENDS -30-",
    ];
    let mut bytes = format!("A headline with number {number}\n\n").into_bytes();
    match number % 10 {
        0 => (0..2000).for_each(|_| bytes.push(random() as u8)),
        // UTF-16 with halves of pairs alone.
        1 => {
            bytes = vec![0xff, 0xfe];
            (0..500).for_each(|i| {
                let unit = if i % 7 == 0 {
                    0xd800 + (random() % 0x800) as u16
                } else {
                    0x20 + (random() % 90) as u16
                };
                bytes.extend(unit.to_le_bytes());
            });
        }
        // A line that the size limit cuts off.
        2 if number < 20 => bytes.extend(std::iter::repeat_n(b'x', 300_000)),
        3 => (0..10_000 / (1 + number % 100)).for_each(|i| {
            bytes.extend(format!("{}/{}/{} ", i % 31, i % 12, 1990 + i % 50).bytes());
        }),
        4 => {
            bytes.extend("“".repeat(3000).bytes());
            bytes.extend("(".repeat(3000).bytes());
        }
        // UTF-8 with broken sequences, the bytes of WTF-8 surrogates among them.
        5 => (0..300).for_each(|i| {
            bytes.extend(PIECES[(random() % 24) as usize].bytes());
            bytes.extend([[0xed, 0xa0, 0x80], [0xc3, 0x28, 0xff], [b' '; 3]][i % 3]);
        }),
        _ => {
            let mut text = String::new();
            for _ in 0..random() % 200 {
                let piece = PIECES[(random() % 24) as usize];
                let end = ["", " ", "\n", "\n\n", ". "][(random() % 5) as usize];
                let _ = write!(text, "{piece}{end}");
            }
            bytes.extend(text.bytes());
        }
    }
    bytes
}

#[test]
fn a_thousand_hostile_inputs_end_in_well_formed_output() {
    let site = Site::new();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    // xorshift: the same texts on every machine.
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for number in 0..1000 {
        let bytes = hostile(number, &mut random);
        site.put(&format!("input/2026-05-02-{number}.txt"), &bytes);
    }
    let run = site.run(&[]);
    assert!(
        matches!(run.status.code(), Some(0 | 1)),
        "{:?}: {}",
        run.status,
        text(&run)
    );
    assert_whole(&site.output());
    let published = files(&site.output())
        .keys()
        .filter(|name| name.ends_with(".article.jsonld"))
        .count();
    assert!(published > 100, "only {published} published");
    let verified = site.run(&["verify"]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified));
    let before = times(&site.output());
    site.run(&[]);
    assert_eq!(times(&site.output()), before);
}
