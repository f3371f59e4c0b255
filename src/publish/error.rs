//! Why output could not be brought to disk.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A file operation that failed: the run stops, what was published before is as it was.
#[derive(Debug)]
pub struct PublishError {
    /// What was tried: `write`, `read`, `remove`.
    pub action: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// The system's answer.
    pub cause: io::Error,
}

impl PublishError {
    /// For `map_err`: what was tried with which path.
    pub(super) fn at(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self {
            action,
            path,
            cause,
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`", self.action, self.path.display())
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
