//! dateline.toml, read and checked once.

use std::path::PathBuf;

use crate::model::Site;

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
    /// Patterns of files to read.
    pub include: Vec<String>,
    /// Patterns of files to leave out.
    pub exclude: Vec<String>,
    /// Encoding of files that are neither marked nor UTF-8; `None`: detected.
    pub encoding: Option<String>,
    /// Largest file in bytes.
    pub max_bytes: u64,
    /// Where a missing publication date may come from, in order.
    pub date_from: Vec<DateFrom>,
}

/// A source of the publication date outside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
#[derive(Debug, Clone)]
pub struct Output {
    /// Folder that is published.
    pub folder: PathBuf,
    /// Whether pages are written.
    pub pages: bool,
    /// Folder of templates that replace built-in ones.
    pub templates: Option<PathBuf>,
}
