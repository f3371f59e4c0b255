//! Reading a NewsML-G2 item back into the release version that it was written from.

use std::path::Path;

use super::{ArchiveError, Fault};
use crate::model::Published;

/// The release version that an item holds.
pub fn read_item(_bytes: &[u8]) -> Result<Published, ArchiveError> {
    Err(Fault::Missing("reader").into())
}

/// The release version that an item's file holds.
pub fn read_file(path: &Path) -> Result<Published, ArchiveError> {
    let bytes = std::fs::read(path).map_err(|fault| ArchiveError {
        path: Some(path.to_owned()),
        fault: Fault::Io(fault),
    })?;
    read_item(&bytes).map_err(|error| ArchiveError {
        path: Some(path.to_owned()),
        ..error
    })
}
