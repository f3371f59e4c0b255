//! The least that a program which makes these files can do: read the inputs, write as many files with the same bytes under
//! temporary names and give them theirs, on as many threads. It computes nothing.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::measure::Taken;

/// The word that makes this bench be the floor of a site, in a process of its own: it holds all that it is to write.
pub(super) const WORD: &str = "floor";

/// What the floor of a site takes, and what it takes with all files made to last.
pub(super) fn taken(site: &Path) -> (Taken, Taken) {
    let bench = std::env::current_exe().expect("a path");
    let told = Command::new(bench).arg(WORD).arg(site).output();
    let told = told.expect("started").stdout;
    let told = String::from_utf8(told).expect("numbers");
    let mut microseconds = told
        .split_whitespace()
        .map(|n| n.parse().expect("a number"));
    let mut next = || Taken {
        wall: Duration::from_micros(microseconds.next().expect("wall")),
        cpu: Duration::from_micros(microseconds.next().expect("processor")),
        peak: 0,
        done: true,
    };
    (next(), next())
}

/// Wall clock and processor time in microseconds, of the floor and of the floor with all files made to last.
pub(super) fn figures(site: &Path) -> String {
    let files = files(site, &site.join("output"));
    let mut out = String::new();
    for lasting in [false, true] {
        let copy = tempfile::tempdir_in(site).expect("a folder").keep();
        sync(site);
        let (start, before) = (Instant::now(), processor());
        self::copy(&files, &copy);
        if lasting {
            sync(&copy);
        }
        let (wall, used) = (start.elapsed(), processor().saturating_sub(before));
        // Writing to a string cannot fail.
        let _ = write!(out, "{} {} ", wall.as_micros(), used.as_micros());
    }
    out
}

/// Time that the threads of this process have had cores for, in ticks of a hundredth of a second (proc(5)).
fn processor() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks = ticks.filter_map(|n| n.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(ticks * 10)
}

/// What is read and written.
struct Files {
    inputs: Vec<PathBuf>,
    /// Path below the output folder, and bytes.
    outputs: Vec<(PathBuf, Vec<u8>)>,
}

/// The inputs of a site and what a run has made of them.
fn files(site: &Path, output: &Path) -> Files {
    let below = |path: PathBuf| {
        let bytes = fs::read(&path).expect("read");
        (
            path.strip_prefix(output).expect("below it").to_owned(),
            bytes,
        )
    };
    Files {
        inputs: all(&site.join("input")),
        outputs: all(output).into_par_iter().map(below).collect(),
    }
}

/// Every file below a folder.
fn all(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("listed") {
            let entry = entry.expect("an entry");
            if entry.file_type().expect("a kind").is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found
}

/// Does it.
fn copy(files: &Files, to: &Path) {
    files.inputs.par_iter().for_each(|path| {
        black_box(fs::read(path).expect("read"));
    });
    files.outputs.par_iter().for_each(|(path, bytes)| {
        let path = to.join(path);
        let part = path.with_extension("part");
        let mut file = File::create(&part).or_else(|_| {
            fs::create_dir_all(path.parent().expect("a folder"))?;
            File::create(&part)
        });
        file.as_mut()
            .expect("made")
            .write_all(bytes)
            .expect("written");
        fs::rename(part, path).expect("named");
    });
}

/// Makes it last.
fn sync(folder: &Path) {
    rustix::fs::syncfs(File::open(folder).expect("opened")).expect("synced");
}
