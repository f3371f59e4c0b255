//! One run at a time for each output folder.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat, Utc};

use super::{PublishError, STATE};

/// How often, and how long apart, a run looks for the name of the one that holds the lock.
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(10);

/// The lock of a run, held until it is dropped. The system gives it free when the process ends, however it ends.
///
/// The file holds who has it: that also tells the next run that this one was killed or failed, as a run that ends well
/// empties it ([`release`](Self::release)).
/// Its modification time stays as it was, so that a run with nothing to do leaves no trace.
#[derive(Debug)]
pub struct Lock {
    file: File,
    modified: Option<SystemTime>,
    /// Whether the last holder was killed or failed: files that it had not finished may lie about.
    pub left_behind: bool,
}

/// Why there is no lock.
#[derive(Debug)]
pub enum LockError {
    /// Another run has it.
    Held {
        /// What that run says of itself; empty where it has not written it yet.
        holder: String,
    },
    /// The lock file cannot be had.
    Failed(PublishError),
}

impl Lock {
    /// Takes the lock of an output folder, which is made where there is none.
    pub fn take(output: &Path, now: DateTime<Utc>) -> Result<Self, LockError> {
        let folder = output.join(STATE);
        std::fs::create_dir_all(&folder)
            .map_err(PublishError::at("create", &folder))
            .map_err(LockError::Failed)?;
        let path = folder.join("lock");
        let failed = |cause| LockError::Failed(PublishError::at("lock", &path)(cause));
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        let mut holder = String::new();
        for attempt in 1.. {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    // What cannot be read is not worth another error: the lock is held either way.
                    let _ = file
                        .rewind()
                        .and_then(|()| file.read_to_string(&mut holder));
                    // A holder that has not written its name yet, or has done its work, takes no longer than this.
                    if holder.is_empty() && attempt < ATTEMPTS {
                        std::thread::sleep(PAUSE);
                        continue;
                    }
                    return Err(LockError::Held {
                        holder: holder.trim_end().to_owned(),
                    });
                }
                Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            }
        }
        let length = file.metadata().map_err(failed)?.len();
        let mut lock = Self {
            modified: file.metadata().and_then(|found| found.modified()).ok(),
            file,
            left_behind: length > 0,
        };
        lock.note(&format!(
            "process {}, started {}\n",
            std::process::id(),
            now.to_rfc3339_opts(SecondsFormat::Secs, true)
        ))
        .map_err(failed)?;
        Ok(lock)
    }

    /// Gives the lock free after a run that has finished all its files.
    pub fn release(mut self) {
        // Nothing to be done if it fails: the next run then looks for left-over files and finds none.
        let _ = self.note("");
    }

    /// Never makes the file empty on the way to another text: whoever is killed here leaves a mark.
    fn note(&mut self, text: &str) -> std::io::Result<()> {
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)?;
        match self.modified {
            Some(modified) => self.file.set_modified(modified),
            None => Ok(()),
        }
    }
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { holder } if holder.is_empty() => {
                f.write_str("another run holds the lock of the output folder")
            }
            Self::Held { holder } => {
                write!(
                    f,
                    "another run holds the lock of the output folder: {holder}"
                )
            }
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LockError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Held { .. } => None,
            Self::Failed(error) => error.source(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_is_told_who_holds_the_lock() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let now = DateTime::UNIX_EPOCH;
        let first = Lock::take(folder.path(), now).expect("free");
        assert!(!first.left_behind);
        let told = Lock::take(folder.path(), now)
            .expect_err("held")
            .to_string();
        let me = format!(
            "process {}, started 1970-01-01T00:00:00Z",
            std::process::id()
        );
        assert!(told.ends_with(&me), "{told}");
        first.release();
        let second = Lock::take(folder.path(), now).expect("free again");
        assert!(!second.left_behind);
        drop(second);
        let third = Lock::take(folder.path(), now).expect("free again");
        assert!(
            third.left_behind,
            "the second did not say that it had ended well"
        );
    }

    #[test]
    fn a_killed_run_is_noticed_and_the_time_of_the_file_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(".dateline/lock");
        Lock::take(folder.path(), DateTime::UNIX_EPOCH)
            .expect("free")
            .release();
        OpenOptions::new()
            .write(true)
            .open(&path)
            .and_then(|mut file| file.write_all(b"process 1"))
            .expect("written");
        let time = || {
            path.metadata()
                .and_then(|found| found.modified())
                .expect("a time")
        };
        let before = time();
        let lock = Lock::take(folder.path(), DateTime::UNIX_EPOCH).expect("free");
        assert!(lock.left_behind);
        lock.release();
        assert_eq!((time(), path.metadata().expect("there").len()), (before, 0));
    }
}
