//! The corpora of the fuzz targets: what once reached some corner of the program still does no harm.

mod support;
#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = targets::TARGETS
        .iter()
        .map(|(name, target)| Trial::test(*name, move || replay(name, *target)));
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// Gives every file of a corpus to its target; one that breaks a promise is told by its name.
fn replay(name: &str, target: targets::Target) -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    files.sort();
    if files.is_empty() {
        return Err(format!("{} is empty", folder.display()).into());
    }
    for file in files {
        let bytes = std::fs::read(&file)?;
        if std::panic::catch_unwind(|| target(&bytes)).is_err() {
            return Err(format!("{} breaks a promise", file.display()).into());
        }
    }
    Ok(())
}
