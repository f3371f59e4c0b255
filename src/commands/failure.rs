//! How a command ends.

use std::error::Error;
use std::fmt;
use std::io;

use crate::archive::{ArchiveError, Fault};
use crate::publish::{LockError, PublishError};
use crate::source::SettingsError;
use crate::write::WriteError;

/// What a command's end is called towards the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// Done, but some inputs were held back or rejected, or a check failed.
    Refused,
    /// Wrong usage or settings; nothing was touched.
    Usage,
    /// Output could not be written: `EX_IOERR` of sysexits.h.
    Output,
    /// Another run holds the lock; try again: `EX_TEMPFAIL` of sysexits.h.
    Busy,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Output => 74,
            Self::Busy => 75,
        }
    }
}

/// Why a command could not go on. What it is about is in the message, why in [`Error::source`].
#[derive(Debug)]
pub enum Failure {
    /// The settings are missing or wrong.
    Settings(SettingsError),
    /// Files to read that are not there, patterns that cannot be used.
    Usage(String),
    /// Another run is at work, or the lock cannot be had.
    Lock(LockError),
    /// Output could not be written.
    Publish(PublishError),
    /// The archive cannot be read.
    Archive(ArchiveError),
    /// A document cannot be made.
    Write(WriteError),
    /// Standard input or output failed.
    Stream(io::Error),
}

impl Failure {
    /// How a command ends that fails so. A reader of our output that has seen enough is no failure.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Settings(_) | Self::Usage(_) => Exit::Usage,
            Self::Lock(LockError::Held { .. }) => Exit::Busy,
            Self::Stream(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            _ => Exit::Output,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Settings(error) => error.hint.as_deref(),
            Self::Archive(ArchiveError {
                fault: Fault::Gone { .. },
                ..
            }) => Some(
                "put it back from a copy; until then what is published of it stays. Where there is no copy, delete `.dateline/` in the output folder, and the archive counts as it is",
            ),
            _ => None,
        }
    }

    fn inner(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Settings(error) => Some(error),
            Self::Usage(_) => None,
            Self::Lock(error) => Some(error),
            Self::Publish(error) => Some(error),
            Self::Archive(error) => Some(error),
            Self::Write(error) => Some(error),
            Self::Stream(error) => Some(error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.inner()) {
            (Self::Usage(message), _) => f.write_str(message),
            (_, Some(error)) => fmt::Display::fmt(error, f),
            (_, None) => Ok(()),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.inner()?.source()
    }
}

macro_rules! from {
    ($($variant:ident($error:ty)),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        })+
    };
}

from!(
    Settings(SettingsError),
    Lock(LockError),
    Publish(PublishError),
    Archive(ArchiveError),
    Write(WriteError),
    Stream(io::Error),
);
