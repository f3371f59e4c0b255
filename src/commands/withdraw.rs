//! `dateline withdraw`: takes a published release back, or puts it back.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::publication::Publication;
use super::{Console, Exit, Failure, reader};
use crate::model::Standing;
use crate::publish::{Folder, Lock, Trust};

/// Makes the version that takes the release with this id back, or with `undo` the one that puts it back, and every document
/// that follows from it. `note` is shown on the release's page. Nothing is done where it stands as asked already.
pub fn run(
    config: Option<&Path>,
    id: &str,
    note: Option<String>,
    undo: bool,
    console: Console,
    now: DateTime<Utc>,
) -> Result<Exit, Failure> {
    let config = reader::settings(config)?;
    let folder = Folder::new(&config.output.folder);
    let lock = Lock::take(folder.root(), now)?;
    if lock.left_behind {
        folder.sweep()?;
    }
    let mut publication = Publication::open(&config, &folder, console, now, Trust::Size)?;
    let Some(entry) = publication.archive.entry(id) else {
        return Err(Failure::Usage(format!(
            "the archive holds no release `{id}`: an id is the path of the text below the input folder, without its extension"
        )));
    };
    let is_withdrawn = entry.standing == Standing::Withdrawn;
    let version = if undo {
        publication.reinstatement(id, note)?
    } else {
        publication.withdrawal(id, note)?
    };
    let Some(version) = version else {
        let state = if is_withdrawn {
            "is withdrawn"
        } else {
            "is not withdrawn"
        };
        console.warn(&format!("`{id}` {state}: nothing to do"));
        if !lock.left_behind {
            lock.release();
        }
        return Ok(Exit::Done);
    };
    let verdicts = publication.publish(vec![version])?;
    publication.finish()?;
    lock.release();
    let refused = verdicts.iter().filter_map(|verdict| verdict.as_ref().err());
    for finding in refused.clone() {
        console.finding(id, "", finding);
    }
    if refused.count() > 0 || publication.damaged > 0 {
        return Ok(Exit::Refused);
    }
    let done = if undo { "put back" } else { "withdrawn" };
    console.done(&format!("`{id}` {done}"));
    Ok(Exit::Done)
}
