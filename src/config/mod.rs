//! dateline.toml, read and checked once.
//!
//! Two layers: the file as written (`raw`), whose every key has a default but the site's address and authority, and
//! the checked [`Config`] that the program runs on. Nothing is looked up or opened here but the file itself.

mod check;
mod raw;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::Site;
use crate::source::discover::Patterns;
use crate::source::{Decoding, SettingsError, read_toml, sha256};

/// Name of the settings file.
pub const FILE_NAME: &str = "dateline.toml";

/// The checked settings of a run.
#[derive(Debug, Clone)]
pub struct Config {
    /// What reading and writing may see.
    pub site: Site,
    /// Where releases come from.
    pub input: Input,
    /// Where documents go.
    pub output: Output,
}

/// `[input]`.
#[derive(Debug, Clone)]
pub struct Input {
    /// Folder that the settings file lies in; patterns are relative to it.
    pub root: PathBuf,
    /// Which files to read.
    pub patterns: Patterns,
    /// Encoding of files that are neither marked nor UTF-8.
    pub decoding: Decoding,
    /// Largest file in bytes.
    pub max_bytes: u64,
    /// Where a missing publication date may come from, in order.
    pub date_from: Vec<DateFrom>,
}

/// A source of the publication date outside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFrom {
    /// A date in the file's name.
    FileName,
    /// The file's modification time.
    ModifiedTime,
    /// The day of the run that saw it first.
    FirstSeen,
}

/// `[output]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Folder that is published.
    pub folder: PathBuf,
    /// Whether pages are written.
    pub pages: bool,
    /// Whether sitemaps are written: where there are no pages, there is nothing to tell of.
    pub sitemaps: bool,
    /// Folder of templates that replace built-in ones.
    pub templates: Option<PathBuf>,
}

impl Config {
    /// Reads and checks the settings file at `path`.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let name = path.to_string_lossy();
        let text = std::fs::read_to_string(path).map_err(|error| {
            SettingsError::of(&name, format!("cannot be read: {error}")).hint(format!(
                "a settings file is called {FILE_NAME}; `dateline init` writes one to start from"
            ))
        })?;
        Self::parse(&name, &text, path.parent().unwrap_or(Path::new("")))
    }

    /// Checks the text of a settings file called `name`, whose paths are relative to `root`.
    pub fn parse(name: &str, text: &str, root: &Path) -> Result<Self, SettingsError> {
        let text = text.trim_start_matches('\u{FEFF}');
        check::check(read_toml(name, text)?, &check::Place { name, text }, root)
    }

    /// SHA-256 over every setting that a document may depend on: where it changes, documents are made anew.
    /// It keys a cache; should its form ever differ between builds of the program, that costs a rebuild and nothing else.
    pub fn fingerprint(&self) -> String {
        let settings = format!(
            "{:?}",
            (
                &self.site,
                &self.input.decoding,
                &self.input.date_from,
                self.input.max_bytes,
                &self.output
            )
        );
        sha256(settings.as_bytes())
    }
}

#[cfg(test)]
mod tests;
