//! How long whole runs take, beside the least that any program could do: `cargo bench --bench batch`, see
//! `benches/README.md`.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench makes and removes sites of its own"
)]

mod floor;
mod measure;
#[path = "../../tests/support/random.rs"]
mod random;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use measure::{Figures, Taken};

/// Numbers of texts, where the command line names none.
const SIZES: [usize; 2] = [1_000, 10_000];

/// Rounds of each case; the median counts.
const ROUNDS: usize = 5;

const NOW: &str = "2026-11-24T10:00:00Z";

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    if let [first, site] = &words[..]
        && first == floor::WORD
    {
        say(&floor::figures(Path::new(site)));
        return ExitCode::SUCCESS;
    }
    if let [first, site, size] = &words[..]
        && first == "texts"
    {
        written(Path::new(site), size.parse().expect("a number of texts"));
        return ExitCode::SUCCESS;
    }
    let words = words.into_iter();
    let named: Vec<usize> = words.filter_map(|word| word.parse().ok()).collect();
    let sizes = if named.is_empty() { &SIZES[..] } else { &named };
    say("| texts | case | wall | of | CPU | peak memory |");
    say("| --- | --- | --- | --- | --- | --- |");
    for size in sizes {
        measured(*size);
    }
    ExitCode::SUCCESS
}

#[expect(clippy::print_stdout, reason = "a bench prints its table")]
fn say(line: &str) {
    println!("{line}");
}

/// Every case over so many texts.
fn measured(size: usize) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
    let site = folder.path();
    let bytes = written(site, size);
    say(&format!("| {size} | ({} MB) | | | | |", bytes >> 20));
    let row = |case: &str, taken: &Taken, of: &str, whole: Option<&Taken>| {
        let share = whole.map_or(String::new(), |whole| {
            let ratio = taken.wall.as_secs_f64() / whole.wall.as_secs_f64();
            format!("{ratio:.2} × {of}")
        });
        say(&format!(
            "| {size} | {case} | {:.3} s | {share} | {:.2} s | {} MiB |",
            taken.wall.as_secs_f64(),
            taken.cpu.as_secs_f64(),
            taken.peak >> 20
        ));
    };
    let output = site.join("output");
    let mut cold = Figures::default();
    let mut bare = Figures::default();
    let mut durable = Figures::default();
    let rounds = if size > 20_000 { 3 } else { ROUNDS };
    for round in 0..rounds {
        // Set aside and not removed: file systems are slow to give out what was freed a moment ago (ext4: five seconds).
        let _ = fs::rename(&output, site.join(format!("output-{round}")));
        rested();
        cold.add(run(site, &[]));
        let (plain, synced) = floor::taken(site);
        bare.add(plain);
        durable.add(synced);
    }
    let bare = bare.median();
    row("floor", &bare, "", None);
    row(
        "floor, made to last",
        &durable.median(),
        "floor",
        Some(&bare),
    );
    row("cold build", &cold.median(), "floor", Some(&bare));
    let (mut scan, mut none, mut one) =
        (Figures::default(), Figures::default(), Figures::default());
    run(site, &[]);
    for round in 0..ROUNDS {
        let mut find = Command::new("find");
        find.arg(site.join("input"))
            .args(["-printf", "%s %T@ %p\n"]);
        scan.add(measure::child(find.stdout(Stdio::null())));
        none.add(run(site, &[]));
        let (name, text) = texts::release(size / 2);
        let path = site.join("input").join(name);
        fs::write(&path, text.replace("12", &format!("{}", 13 + round))).expect("written");
        one.add(run(site, &[]));
        run(site, &[]);
    }
    let (scan, none) = (scan.median(), none.median());
    row("scan", &scan, "", None);
    row("nothing changed", &none, "scan", Some(&scan));
    row(
        "one release changed",
        &one.median(),
        "nothing changed",
        Some(&none),
    );
    let mut extract = Figures::default();
    for _ in 0..rounds {
        extract.add(run(site, &["extract"]));
    }
    let extract = extract.median();
    row("extract", &extract, "", None);
    #[expect(clippy::cast_precision_loss, reason = "megabytes")]
    let rate = bytes as f64 / 1e6 / extract.cpu.as_secs_f64();
    say(&format!(
        "| {size} | extract, MB/s of a core | {rate:.1} | | | |"
    ));
}

/// Settings and texts in a folder; the number of bytes of the texts.
fn written(site: &Path, size: usize) -> usize {
    let settings = "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\n[publisher]\nname = \"Press office\"\n";
    fs::create_dir_all(site).expect("made");
    fs::write(site.join("dateline.toml"), settings).expect("written");
    let mut bytes = 0;
    for n in 0..size {
        let (name, text) = texts::release(n);
        let path: PathBuf = site.join("input").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, &text).expect("written");
        bytes += text.len();
    }
    bytes
}

/// The program in a folder, silent: the one that was built with the bench, or the one that `DATELINE` names.
fn run(site: &Path, arguments: &[&str]) -> Taken {
    let built = || env!("CARGO_BIN_EXE_dateline").into();
    let mut command = Command::new(std::env::var_os("DATELINE").unwrap_or_else(built));
    command
        .args(["--now", NOW])
        .args(arguments)
        .current_dir(site);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let taken = measure::child(&mut command);
    assert!(taken.done, "{command:?} failed");
    taken
}

/// Waits until the disk has what was written before, so that no case pays for another.
fn rested() {
    let _ = Command::new("sync").status();
}
