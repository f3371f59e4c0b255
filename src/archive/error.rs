//! Why an item could not be read back.

use std::fmt;
use std::path::PathBuf;

/// An item that cannot be read.
#[derive(Debug)]
pub struct ArchiveError {
    /// The file, where it came from one.
    pub path: Option<PathBuf>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with an item.
#[derive(Debug)]
pub enum Fault {
    /// The file could not be read.
    Io(std::io::Error),
    /// An earlier run wrote it, and it is there no more.
    Gone {
        /// Number of other items of which this is so, too.
        others: usize,
    },
    /// The bytes are no XML in UTF-8.
    Xml(String),
    /// Something that every item has is missing.
    Missing(&'static str),
    /// A value is none that the profile knows.
    Value {
        /// Where it stands.
        what: &'static str,
        /// What stands there.
        found: String,
    },
    /// A hash is not that of the content: the item was changed after it was written.
    Hash(&'static str),
}

impl ArchiveError {
    /// What is wrong and why, in one line.
    pub(super) fn with_cause(&self) -> String {
        match &self.fault {
            Fault::Io(cause) => format!("{self}: {cause}"),
            _ => self.to_string(),
        }
    }

    pub(super) fn value(what: &'static str, found: impl Into<String>) -> Self {
        Fault::Value {
            what,
            found: found.into(),
        }
        .into()
    }
}

impl From<Fault> for ArchiveError {
    fn from(fault: Fault) -> Self {
        Self { path: None, fault }
    }
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        match &self.fault {
            Fault::Io(_) => f.write_str("the archive item could not be read"),
            Fault::Gone { others: 0 } => {
                f.write_str("the newest archive item of a release is gone")
            }
            Fault::Gone { others } => write!(
                f,
                "the newest archive item of a release is gone, and {others} more"
            ),
            Fault::Xml(fault) => write!(f, "the archive item is no XML: {fault}"),
            Fault::Missing(what) => write!(f, "the archive item has no {what}"),
            Fault::Value { what, found } => {
                write!(f, "the archive item has an unknown {what}: `{found}`")
            }
            Fault::Hash(what) => write!(
                f,
                "the archive item was changed after it was written: its hash of the {what} does not fit"
            ),
        }
    }
}

impl std::error::Error for ArchiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            Fault::Io(fault) => Some(fault),
            _ => None,
        }
    }
}
