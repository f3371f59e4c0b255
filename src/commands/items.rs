//! The archive's items beside the manifest's account of them.

use rayon::prelude::*;

use super::Failure;
use crate::archive::{self, ArchiveError, Fault, newsml};
use crate::publish::{Folder, Item, Manifest};
use crate::source::sha256;
use crate::write::newsml_g2::paths;

/// Items that the manifest does not tell of, and those among them that cannot be read: a killed run wrote them, or the
/// manifest was lost.
pub(super) fn unknown(
    folder: &Folder,
    manifest: &Manifest,
) -> Result<(Vec<Item>, Vec<Failure>), Failure> {
    let mut paths = archive::items(folder.root())?;
    paths.retain(|path| !manifest.kept.contains_key(path));
    let read: Vec<_> = (paths.into_par_iter())
        .filter_map(|path| item(folder, path).transpose())
        .collect();
    let (mut items, mut damaged) = (Vec::new(), Vec::new());
    for item in read {
        match item {
            Ok(item) => items.push(item),
            Err(failure) => damaged.push(failure),
        }
    }
    Ok((items, damaged))
}

/// An item as it lies there, if it can be read; `None` where it has gone since.
fn item(folder: &Folder, path: String) -> Result<Option<Item>, Failure> {
    let Some(bytes) = folder.read(&path)? else {
        return Ok(None);
    };
    let at = |error: ArchiveError| ArchiveError {
        path: Some(folder.root().join(&path)),
        ..error
    };
    readable(&path, &bytes).map_err(at)?;
    Ok(Some(Item { path, bytes }))
}

/// A picture is named by its bytes. An event's item is read by its readers only: the release's holds all that is in it.
fn readable(path: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(digits) = paths::digits_of_image(name) {
        let right = sha256(bytes).starts_with(digits);
        return right
            .then_some(())
            .ok_or_else(|| Fault::Hash("picture").into());
    }
    if paths::release_item_name(name).is_some() {
        return newsml::read_item(bytes).map(drop);
    }
    let xml = |fault: String| ArchiveError::from(Fault::Xml(fault));
    let text = std::str::from_utf8(bytes).map_err(|fault| xml(fault.to_string()))?;
    (roxmltree::Document::parse(text).map(drop)).map_err(|fault| xml(fault.to_string()))
}
