//! How fast texts are read, and whether the time grows with their length only: `cargo bench`, see `benches/README.md`.
//!
//! A harness of its own, since what is asked is no distribution but a table: µs for each KB, at each length, beside a
//! fixed piece of work in the same run.

mod texts;

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use dateline::config::Config;
use dateline::lang::Lexicons;
use dateline::model::Site;
use dateline::read;
use dateline::source::{Decoding, Source};
use sha2::{Digest, Sha256};

/// Lengths that each kind of text is read at.
const LENGTHS: [usize; 4] = [64 << 10, 256 << 10, 1 << 20, 4 << 20];

/// Most that a KB may take, in µs, and most that it may take more at the greatest length than at the least.
const MOST: f64 = 150.0;
const GROWTH: f64 = 1.8;

/// A text of dates of this many bytes is read in this time.
const LARGEST: (usize, Duration) = (5_000_000, Duration::from_secs(5));

fn main() -> ExitCode {
    // Cargo says `--bench`; other words choose rows, a number the greatest length in KB.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let most_kb = words.iter().find_map(|word| word.parse::<usize>().ok());
    let chosen: Vec<&String> = words
        .iter()
        .filter(|w| w.parse::<usize>().is_err())
        .collect();
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|w| name.contains(*w));
    let longest = most_kb.map_or(usize::MAX, |kb| kb << 10);

    black_box(Lexicons::builtin());
    let mut slow = Vec::new();
    if wanted("releases") {
        slow.extend(releases());
    }
    slow.extend(lengths(wanted, longest));
    if wanted("largest") && LARGEST.0 <= longest {
        slow.extend(largest());
    }
    for row in &slow {
        say(&format!("too slow: {row}"));
    }
    ExitCode::from(u8::from(!slow.is_empty()))
}

#[expect(clippy::print_stdout, reason = "a bench prints its table")]
fn say(line: &str) {
    println!("{line}");
}

/// Every text under `tests/releases`, one after the other, and SHA-256 over the same bytes.
fn releases() -> Option<String> {
    const ROUNDS: usize = 7;
    // The clock of a core is told in milliseconds.
    const PASSES: usize = 1000;
    let sources = test_releases();
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    let reading = best(ROUNDS, || sources.iter().for_each(read_one));
    let hashing = best(ROUNDS, || {
        for source in sources.iter().cycle().take(sources.len() * PASSES) {
            black_box(Sha256::digest(source.text.as_bytes()));
        }
    });
    let taken = per_kb(reading, bytes);
    let reference = per_kb(hashing, bytes * PASSES);
    say(&format!(
        "{} releases, {} KB: {taken:.1} µs/KB; SHA-256 {reference:.2} µs/KB, ratio {:.0}\n",
        sources.len(),
        bytes >> 10,
        taken / reference
    ));
    (taken > MOST).then(|| format!("releases, {taken:.0} µs/KB"))
}

/// Each kind of text at each length.
fn lengths(wanted: impl Fn(&str) -> bool, longest: usize) -> Vec<String> {
    let lengths: Vec<usize> = LENGTHS.into_iter().filter(|len| *len <= longest).collect();
    let heads: Vec<_> = (lengths.iter())
        .map(|len| format!("{:>7} KB", len >> 10))
        .collect();
    say(&format!("{:<20}{}   growth  (µs/KB)", "", heads.concat()));
    let mut slow = Vec::new();
    for kind in texts::KINDS.iter().filter(|kind| wanted(kind.name)) {
        let mut cells = Vec::new();
        let mut taken = Vec::new();
        for length in &lengths {
            let source = source(kind.text(*length));
            let rounds = ((1 << 20) / length).clamp(1, 5);
            let time = best(rounds, || read_one(&source));
            taken.push(per_kb(time, source.text.len()));
            cells.push(format!("{:>10.1}", taken.last().unwrap_or(&0.0)));
        }
        let growth = match (taken.first(), taken.last()) {
            (Some(first), Some(last)) => last / first,
            _ => 1.0,
        };
        let row = cells.concat();
        say(&format!("{:<20}{row} {growth:>8.2}", kind.name));
        if growth > GROWTH || taken.iter().any(|time| *time > MOST) {
            slow.push(row);
        }
    }
    slow
}

/// The largest text that settings allow by default, full of dates.
fn largest() -> Option<String> {
    let (length, limit) = LARGEST;
    let source = source(texts::KINDS[0].text(length));
    let time = best(1, || read_one(&source));
    say(&format!(
        "\n{} MB of dates: {:.2} s",
        length / 1_000_000,
        time.as_secs_f64()
    ));
    (time > limit).then(|| format!("5 MB of dates, {:.1} s", time.as_secs_f64()))
}

fn read_one(source: &Source) {
    static SITE: LazyLock<Site> = LazyLock::new(|| {
        let settings = "[site]\nbase_url = 'https://a.example/'\nauthority = 'a.example,2026'\n";
        Config::parse("bench", settings, Path::new(""))
            .expect("settings")
            .site
    });
    black_box(read::read(source, Lexicons::builtin(), &SITE));
}

fn source(text: String) -> Source {
    Source::from_text("bench".into(), "bench.txt".into(), text)
}

fn test_releases() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/releases");
    let mut folders: Vec<_> = (folder.read_dir().expect("tests/releases"))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    (folders.iter())
        .filter_map(|folder| std::fs::read(folder.join("source.txt")).ok())
        .map(|bytes| {
            Source::from_bytes(
                "bench".into(),
                "bench.txt".into(),
                bytes,
                &Decoding::default(),
            )
        })
        .collect()
}

/// The shortest of several rounds: what else the machine does only ever adds.
fn best(rounds: usize, mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    (0..rounds)
        .map(|_| {
            let start = now(begun);
            work();
            now(begun).saturating_sub(start)
        })
        .min()
        .unwrap_or_default()
}

/// Time that this thread has had a core for, where Linux tells, so that a busy machine gives the same figures; else the
/// time since `begun`.
fn now(begun: Instant) -> Duration {
    let on_core = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_core = on_core.and_then(|stat| stat.split(' ').next()?.parse().ok());
    on_core.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

#[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
fn per_kb(time: Duration, bytes: usize) -> f64 {
    time.as_secs_f64() * 1e6 * 1024.0 / bytes as f64
}
