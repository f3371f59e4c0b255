//! `dateline verify`: is what lies in the output folder what was published?

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;

use super::{Console, Exit, Failure, publication, reader};
use crate::archive::Archive;
use crate::publish::{Folder, Manifest, Mark};

/// Checks every file of the manifest (there, hash, well-formed) and the newest archive item of every release (readable,
/// hashes of source and model), prints what is wrong, and changes nothing.
pub fn run(config: Option<&Path>, console: Console) -> Result<Exit, Failure> {
    let config = reader::settings(config)?;
    let folder = Folder::new(&config.output.folder);
    let (manifest, damage) = Manifest::load(&folder, &publication::fingerprint(&config))?;
    let (archive, damaged) = Archive::rebuild(folder.root())?;
    let mut faults: Vec<String> = damaged.iter().map(chain).collect();
    if let Some(damage) = damage {
        faults.push(format!(
            "{}: {damage:?}; `dateline build` makes it again",
            Manifest::PATH
        ));
    }
    let files: Vec<_> = manifest.files().collect();
    let wrong: Vec<_> = files
        .par_iter()
        .filter_map(|(path, mark)| fault(&folder, path, mark).map(|why| format!("{path}: {why}")))
        .collect();
    faults.extend(wrong);
    let unpublished = archive
        .entries()
        .filter(|entry| !manifest.sets.contains_key(&entry.id))
        .map(|entry| format!("{}: is in the archive and has no documents", entry.id));
    faults.extend(unpublished);
    let mut out = std::io::stdout().lock();
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    console.done(&format!(
        "{} documents and {} releases checked, {} faults",
        files.len(),
        archive.entries().len(),
        faults.len()
    ));
    Ok(if faults.is_empty() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// What is wrong with a document.
fn fault(folder: &Folder, path: &str, mark: &Mark) -> Option<String> {
    let bytes = match folder.read(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Some("is missing".to_owned()),
        Err(error) => return Some(chain(&error)),
    };
    if Mark::of(&bytes) != *mark {
        return Some("is not what was written".to_owned());
    }
    ill_formed(path, &bytes)
}

/// Why a document of this name cannot be read by its readers.
fn ill_formed(path: &str, bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Some(error.to_string()),
    };
    let extension = Path::new(path).extension()?.to_str()?;
    match extension {
        "json" | "jsonld" => serde_json::from_str::<serde::de::IgnoredAny>(text)
            .err()
            .map(|error| error.to_string()),
        "xml" => roxmltree::Document::parse(text)
            .err()
            .map(|error| error.to_string()),
        _ => None,
    }
}

fn chain(error: &(impl std::error::Error + 'static)) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_that_their_readers_cannot_read_are_told() {
        for (path, bytes, right) in [
            ("a.jsonld", &b"{\"a\": 1}"[..], true),
            ("a.jsonld", b"{\"a\": 1", false),
            ("feed.xml", b"<a/>", true),
            ("feed.xml", b"<a>", false),
            ("a.html", b"<p>", true),
            ("a.html", b"\xff", false),
        ] {
            assert_eq!(ill_formed(path, bytes).is_none(), right, "{path} {bytes:?}");
        }
    }
}
