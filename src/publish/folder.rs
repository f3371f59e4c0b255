//! The output folder: whole files under their names, never parts of one.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::{NamedTempFile, TempPath};

use super::{Mark, PublishError, Set};

/// Start and end of the names of files that are being written.
const UNFINISHED: (&str, &str) = (".dateline-", ".part");

/// Up to this many files are made durable one by one; more of them by one call for the whole file system, which is
/// cheaper than so many and slower than a few.
const FEW: usize = 32;

/// Bytes that are read at a time.
const PART: usize = 64 << 10;

/// A folder that is published. Paths are relative to it, with `/` between folders.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

/// An archive item to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where.
    pub path: String,
    /// What.
    pub bytes: Vec<u8>,
}

impl Folder {
    /// The folder `root`, there or not.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where the folder lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file to be read; `None` where there is none.
    pub fn open(&self, path: &str) -> Result<Option<File>, PublishError> {
        let path = self.root.join(path);
        match File::open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(PublishError::at("read", path)(cause)),
        }
    }

    /// The bytes of a file; `None` where there is none.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let Some(mut file) = self.open(path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(PublishError::at("read", self.root.join(path)))?;
        Ok(Some(bytes))
    }

    /// Whether a file is there and has the bytes that a mark stands for.
    pub fn has(&self, path: &str, mark: &Mark) -> Result<bool, PublishError> {
        Ok(self.size(path) == Some(mark.size)
            && (self.read(path)?).is_some_and(|bytes| Mark::of(&bytes) == *mark))
    }

    /// The size of a plain file in bytes; `None` where there is none.
    pub fn size(&self, path: &str) -> Option<u64> {
        let found = fs::symlink_metadata(self.root.join(path)).ok()?;
        found.is_file().then_some(found.len())
    }

    /// Whether plain files of the sizes of these documents are there.
    pub fn has_sizes(&self, set: &Set) -> bool {
        let mut documents = set.documents();
        documents.all(|document| self.size(&document.path) == Some(document.mark.size))
    }

    /// Whether a file is there and has these bytes: read in parts, since it can be as large as all that a run holds.
    pub fn holds_bytes(&self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        if self.size(path) != Some(bytes.len() as u64) {
            return Ok(false);
        }
        let Some(mut file) = self.open(path)? else {
            return Ok(false);
        };
        let mut part = vec![0; bytes.len().min(PART)];
        for wanted in bytes.chunks(PART) {
            let part = &mut part[..wanted.len()];
            match file.read_exact(part) {
                Ok(()) if part == wanted => {}
                Ok(()) => return Ok(false),
                // It has become shorter since.
                Err(cause) if cause.kind() == ErrorKind::UnexpectedEof => return Ok(false),
                Err(cause) => return Err(PublishError::at("read", self.root.join(path))(cause)),
            }
        }
        Ok(true)
    }

    /// Whether anything has that name.
    pub fn holds(&self, path: &str) -> bool {
        fs::symlink_metadata(self.root.join(path)).is_ok()
    }

    /// Gives a file these bytes: all of them at once, or, where something fails, none. A file that has them already is
    /// not touched. Says whether it was written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        if self.holds_bytes(path, bytes)? {
            return Ok(false);
        }
        self.stage(path, bytes)
            .and_then(|staged| self.rename(staged, path))?;
        Ok(true)
    }

    /// [`write`](Self::write), and lasting when it returns.
    pub fn write_durably(&self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        let written = self.write(path, bytes)?;
        if written {
            self.sync_all([self.root.join(path)])?;
        }
        Ok(written)
    }

    /// Writes the archive items of a batch: first all of `events`, then all of `releases`, whose names are the commit
    /// points. Each item is whole and durable before it gets its name, and the names are durable when this returns.
    ///
    /// An item of a release that is there already is never replaced (ask [`holds`](Self::holds) before); one of an event
    /// is what a killed run left.
    pub fn write_items(&self, events: &[Item], releases: &[Item]) -> Result<(), PublishError> {
        let stage = |items: &[Item]| -> Result<Vec<_>, PublishError> {
            items
                .par_iter()
                .map(|item| self.stage(&item.path, &item.bytes))
                .collect()
        };
        let staged = (stage(events)?, stage(releases)?);
        self.sync_all(
            staged
                .0
                .iter()
                .chain(&staged.1)
                .map(|part| part.to_path_buf()),
        )?;
        let rename = |(part, item): (TempPath, &Item)| self.rename(part, &item.path);
        staged.0.into_iter().zip(events).try_for_each(rename)?;
        staged.1.into_iter().zip(releases).try_for_each(rename)?;
        let folders: BTreeSet<_> = (events.iter().chain(releases))
            .filter_map(|item| self.root.join(&item.path).parent().map(Path::to_owned))
            .collect();
        self.sync_all(folders)
    }

    /// Takes a file away, and the folders that are empty then. One that is not there is no error.
    pub fn remove(&self, path: &str) -> Result<(), PublishError> {
        let full = self.root.join(path);
        match unlink(&full) {
            Ok(()) => {}
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(()),
            Err(cause) => return Err(PublishError::at("remove", full)(cause)),
        }
        let inner = |folder: &&Path| *folder != self.root && folder.starts_with(&self.root);
        for folder in full.ancestors().skip(1).take_while(inner) {
            // A folder that is not empty stays, and so do those above it.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Makes everything written so far last.
    pub fn sync(&self) -> Result<(), PublishError> {
        sync_file_system(&self.root)
    }

    /// Takes away the unfinished files of a killed run, and says how many there were.
    pub fn sweep(&self) -> Result<usize, PublishError> {
        let mut folders = vec![self.root.clone()];
        let mut swept = 0;
        while let Some(folder) = folders.pop() {
            let failed = |cause| PublishError::at("list", &folder)(cause);
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let kind = entry.file_type().map_err(failed)?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() && is_unfinished(&entry.file_name()) {
                    let path = entry.path();
                    unlink(&path).map_err(PublishError::at("remove", path))?;
                    swept += 1;
                }
            }
        }
        Ok(swept)
    }

    /// The bytes under a name of their own, in the folder where they are to lie.
    fn stage(&self, path: &str, bytes: &[u8]) -> Result<TempPath, PublishError> {
        let target = self.root.join(path);
        let folder = target.parent().unwrap_or(&self.root);
        let mut file = match part_in(folder) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder).map_err(PublishError::at("create", folder))?;
                part_in(folder)
            }
            other => other,
        }
        .map_err(PublishError::at("write", &target))?;
        file.write_all(bytes)
            .map_err(PublishError::at("write", &target))?;
        Ok(file.into_temp_path())
    }

    fn rename(&self, staged: TempPath, path: &str) -> Result<(), PublishError> {
        let target = self.root.join(path);
        staged
            .persist(&target)
            .map_err(|failed| PublishError::at("write", target)(failed.error))
    }

    fn sync_all(&self, paths: impl IntoIterator<Item = PathBuf>) -> Result<(), PublishError> {
        let paths: Vec<_> = paths.into_iter().collect();
        if cfg!(target_os = "linux") && paths.len() > FEW {
            return self.sync();
        }
        let sync = |path: &PathBuf| {
            File::open(path)
                .and_then(|file| file.sync_all())
                .map_err(PublishError::at("sync", path))
        };
        paths.par_iter().try_for_each(sync)
    }
}

fn part_in(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    // A web server reads what we write: as usual for new files, the umask decides.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the room that may: our own files, or those that a killed run had not finished"
)]
fn unlink(path: &Path) -> std::io::Result<()> {
    fs::remove_file(path)
}

fn is_unfinished(name: &OsStr) -> bool {
    name.to_str()
        .is_some_and(|name| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1))
}

#[cfg(target_os = "linux")]
fn sync_file_system(root: &Path) -> Result<(), PublishError> {
    let folder = File::open(root).map_err(PublishError::at("sync", root))?;
    rustix::fs::syncfs(&folder)
        .map_err(std::io::Error::from)
        .map_err(PublishError::at("sync", root))
}

/// Elsewhere there is no such call, and the order of writing is what protects: a file is renamed when it is whole.
#[cfg(not(target_os = "linux"))]
fn sync_file_system(_root: &Path) -> Result<(), PublishError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        (root, folder)
    }

    fn names(root: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(root)
            .expect("listed")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_with_the_same_bytes_is_not_touched() {
        let (root, folder) = folder();
        assert!(folder.write("a/b.txt", b"one").expect("written"));
        let time = |path: &str| {
            let found = root.path().join(path).metadata().expect("there");
            found.modified().expect("a time")
        };
        let before = time("a/b.txt");
        assert!(!folder.write("a/b.txt", b"one").expect("compared"));
        assert_eq!(time("a/b.txt"), before);
        assert!(folder.write("a/b.txt", b"two").expect("written"));
        assert_eq!(
            folder.read("a/b.txt").expect("read").as_deref(),
            Some(&b"two"[..])
        );
        assert_eq!(names(&root.path().join("a")), ["b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn files_are_readable_for_a_web_server() {
        use std::os::unix::fs::PermissionsExt;
        let (root, folder) = folder();
        folder.write("a.txt", b"one").expect("written");
        File::options()
            .write(true)
            .create_new(true)
            .open(root.path().join("b"))
            .expect("made");
        let mode = |name| {
            fs::metadata(root.path().join(name))
                .expect("there")
                .permissions()
                .mode()
        };
        assert_eq!(mode("a.txt"), mode("b"));
    }

    #[test]
    fn a_folder_in_the_way_is_an_error_that_names_it_and_leaves_nothing_behind() {
        let (root, folder) = folder();
        fs::create_dir_all(root.path().join("feed.xml/x")).expect("made");
        let error = folder.write("feed.xml", b"one").expect_err("in the way");
        assert!(error.to_string().contains("feed.xml"), "{error}");
        assert_eq!(names(root.path()), ["feed.xml"]);
    }

    #[test]
    fn items_of_a_batch_get_their_names_whatever_their_number() {
        let (_root, folder) = folder();
        let items = |kind: &str, count: usize| -> Vec<Item> {
            (0..count)
                .map(|i| Item {
                    path: format!("archive/{kind}/{i}.xml"),
                    bytes: vec![b'x'; i],
                })
                .collect()
        };
        for count in [0, 1, 40] {
            let (events, releases) = (items("event", count), items("release", count));
            folder.write_items(&events, &releases).expect("written");
            for item in events.iter().chain(&releases) {
                assert_eq!(folder.size(&item.path), Some(item.bytes.len() as u64));
            }
        }
    }

    #[test]
    fn removing_takes_empty_folders_along_and_nothing_else() {
        let (root, folder) = folder();
        folder.write("a/b/one.txt", b"1").expect("written");
        folder.write("a/two.txt", b"2").expect("written");
        folder.remove("a/b/one.txt").expect("removed");
        folder.remove("a/b/one.txt").expect("not there is no error");
        assert_eq!(names(&root.path().join("a")), ["two.txt"]);
        folder.remove("a/two.txt").expect("removed");
        assert!(root.path().is_dir() && names(root.path()).is_empty());
    }

    #[test]
    fn sweeping_takes_only_unfinished_files() {
        let (root, folder) = folder();
        for path in [
            ".dateline/state",
            "a/.dateline-x.part",
            "a/.hidden",
            ".dateline-y.part",
        ] {
            folder.write(path, b"x").expect("written");
        }
        assert_eq!(folder.sweep().expect("swept"), 2);
        assert_eq!(names(root.path()), [".dateline", "a"]);
        assert_eq!(names(&root.path().join("a")), [".hidden"]);
    }
}
