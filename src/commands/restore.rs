//! `dateline restore`: every document again, from the archive alone.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::publication::Publication;
use super::{Console, Exit, Failure, reader};
use crate::diagnostic::counted;
use crate::publish::{Folder, Lock, Trust};

/// Rebuilds the index from the archive's items and makes every document from it. What is there already and right is not
/// touched; the archive itself never is.
pub fn run(config: Option<&Path>, console: Console, now: DateTime<Utc>) -> Result<Exit, Failure> {
    let config = reader::settings(config)?;
    let folder = Folder::new(&config.output.folder);
    let lock = Lock::take(folder.root(), now)?;
    if lock.left_behind {
        folder.sweep()?;
    }
    let mut publication = Publication::open(&config, &folder, console, now, Trust::Bytes)?;
    publication.finish()?;
    lock.release();
    let (written, removed) = publication.documents.counts();
    let releases = counted(publication.archive.entries().len(), "release");
    let written = counted(written, "document");
    console.done(&format!(
        "{releases} read from the archive; {written} written, {removed} removed"
    ));
    Ok(if publication.damaged > 0 {
        Exit::Refused
    } else {
        Exit::Done
    })
}
