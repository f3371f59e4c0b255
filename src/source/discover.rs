//! Input files: patterns in, files with their identities out.
//!
//! The folders are walked here and only matched by the glob crate, so that links are seen and never followed: a link
//! cannot lead the run out of its folder or round in circles. The folder that a pattern names in plain words is the
//! office's own choice and may be a link.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern, PatternError};

use super::file::not_a_file;
use super::{File, Refusal, RefusalKind, cleaned};

/// Patterns with `/` between folders, relative to a root folder; `*` stays inside one folder, `**` does not,
/// and hidden files match only where the pattern writes the point.
#[derive(Debug, Clone)]
pub struct Patterns {
    include: Vec<Include>,
    exclude: Vec<Pattern>,
}

#[derive(Debug, Clone)]
struct Include {
    pattern: Pattern,
    /// The folders before the first wildcard: `input/`; empty for the root.
    fixed: String,
    /// How many folders below `fixed` a file can lie; `None`: any number.
    depth: Option<usize>,
}

/// What a search found, each sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Files to read, every id once.
    pub files: Vec<File>,
    /// What matched and cannot be read.
    pub refused: Vec<Refusal>,
}

const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

impl Patterns {
    /// Checks patterns; an error says which one is wrong and why.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, (String, PatternError)> {
        let compile = |pattern: &String| {
            Pattern::new(pattern.trim_start_matches("./")).map_err(|error| (pattern.clone(), error))
        };
        Ok(Self {
            include: (include.iter().map(|text| compile(text).map(Include::new)))
                .collect::<Result<_, _>>()?,
            exclude: exclude.iter().map(compile).collect::<Result<_, _>>()?,
        })
    }

    /// Every file below `root` that a pattern includes and none excludes.
    ///
    /// Files that claim one id, or ids that differ in letter case only, are all refused: which one is right is for the
    /// office to say, and what is published stays as it is until then.
    pub fn find(&self, root: &Path) -> Found {
        let mut walk = Walk {
            patterns: self,
            root,
            seen: BTreeSet::new(),
            sidecars: BTreeMap::new(),
            matched: BTreeMap::new(),
            refused: Vec::new(),
        };
        for include in &self.include {
            walk.folder(include, &include.fixed, 0);
        }
        walk.finish()
    }

    /// Identity of the release that an NDJSON line calls `name`: as a file of that name would have, where a pattern
    /// includes it, else the whole name without its extension.
    pub fn id_of_name(&self, name: &str) -> Result<String, Refusal> {
        let below = self.below(name).unwrap_or(name);
        identity(name, below)
    }

    /// Identity of a file named on the command line: as if found, where a pattern includes it, else its bare name.
    pub fn id_of_file(&self, name: &str) -> Result<String, Refusal> {
        let bare = name.rsplit('/').next().unwrap_or(name);
        identity(name, self.below(name).unwrap_or(bare))
    }

    /// The part of an included name that lies below its pattern's fixed folder.
    fn below<'a>(&self, name: &'a str) -> Option<&'a str> {
        let name = name.trim_start_matches("./");
        let include = (self.include.iter()).find(|i| i.pattern.matches_with(name, OPTIONS))?;
        name.strip_prefix(&include.fixed)
    }

    fn excludes(&self, name: &str) -> bool {
        (self.exclude.iter()).any(|pattern| pattern.matches_with(name, OPTIONS))
    }
}

impl fmt::Display for Patterns {
    /// What is included.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, include) in self.include.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            write!(f, "{comma}`{}`", include.pattern)?;
        }
        Ok(())
    }
}

impl Include {
    fn new(pattern: Pattern) -> Self {
        let text = pattern.as_str();
        let wild = text.find(['*', '?', '[']).unwrap_or(text.len());
        let fixed = text[..wild].rfind('/').map_or(0, |at| at + 1);
        let rest = &text[fixed..];
        Self {
            fixed: text[..fixed].to_owned(),
            depth: (!rest.contains("**")).then(|| rest.matches('/').count()),
            pattern,
        }
    }
}

struct Walk<'a> {
    patterns: &'a Patterns,
    root: &'a Path,
    /// Names looked at, so that overlapping patterns find a file once.
    seen: BTreeSet<String>,
    /// Name of each sidecar and where it lies.
    sidecars: BTreeMap<String, PathBuf>,
    /// Name of each file, with the part of it that makes its id.
    matched: BTreeMap<String, String>,
    refused: Vec<Refusal>,
}

impl Walk<'_> {
    /// Looks through the folder called `name`, which is empty or ends in `/`, at `depth` below the pattern's own.
    fn folder(&mut self, include: &Include, name: &str, depth: usize) {
        let entries = match fs::read_dir(self.root.join(name)) {
            Ok(entries) => entries,
            Err(error) => {
                let why = format!("cannot be read: {error}");
                let name = if name.is_empty() { "." } else { name };
                return self.refuse(name, RefusalKind::Unreadable, why);
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let why = format!("cannot be listed: {error}");
                    self.refuse(name, RefusalKind::Unreadable, why);
                    continue;
                }
            };
            let file_name = entry.file_name();
            let Some(file_name) = file_name.to_str() else {
                let shown = format!("{name}{}", file_name.to_string_lossy());
                if include.pattern.matches_with(&shown, OPTIONS) {
                    self.refuse(
                        &shown,
                        RefusalKind::UnsafeName,
                        "has a name that is not UTF-8",
                    );
                }
                continue;
            };
            let path = format!("{name}{file_name}");
            let deeper = include.depth.is_none_or(|most| depth < most)
                && !file_name.starts_with('.')
                && !self.patterns.excludes(&path);
            match entry.file_type() {
                Ok(kind) if kind.is_symlink() && deeper && entry.path().is_dir() => {
                    let why = "is a link to a folder, which is not followed";
                    self.refuse(&path, RefusalKind::NotAFile, why);
                }
                Ok(kind) if kind.is_dir() => {
                    if deeper {
                        self.folder(include, &format!("{path}/"), depth + 1);
                    } else if include.pattern.matches_with(&path, OPTIONS) {
                        self.entry(include, path, Some("a folder"));
                    }
                }
                Ok(kind) => self.entry(include, path, not_a_file(kind)),
                Err(error) => {
                    self.refuse(
                        &path,
                        RefusalKind::Unreadable,
                        format!("cannot be read: {error}"),
                    );
                }
            }
        }
    }

    /// Sorts in what is no folder, or is no folder to go into.
    fn entry(&mut self, include: &Include, name: String, not_a_file: Option<&str>) {
        if self.patterns.excludes(&name) {
            return;
        }
        if include.pattern.matches_with(&name, OPTIONS) {
            if let Some(what) = not_a_file {
                self.refuse(
                    &name,
                    RefusalKind::NotAFile,
                    format!("is {what}, not a file"),
                );
            } else {
                let below = name[include.fixed.len()..].to_owned();
                self.matched.entry(name).or_insert(below);
            }
        } else if Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            // A link is noted too: a correction that cannot be read must hold its release back.
            self.sidecars.insert(name.clone(), self.root.join(&name));
        }
    }

    fn refuse(&mut self, name: &str, kind: RefusalKind, message: impl Into<String>) {
        if self.seen.insert(name.to_owned()) {
            self.refused.push(Refusal::new(name, kind, message));
        }
    }

    fn finish(mut self) -> Found {
        let mut files = Vec::new();
        let mut claimed = BTreeSet::new();
        for (name, below) in std::mem::take(&mut self.matched) {
            let sidecar = format!("{}.toml", without_extension(&name));
            let found = self.sidecars.get(&sidecar).cloned();
            claimed.insert(sidecar);
            match identity(&name, &below) {
                Ok(id) => files.push(File {
                    id,
                    path: self.root.join(&name),
                    name,
                    sidecar: found,
                }),
                Err(refusal) => self.refused.push(refusal),
            }
        }
        for name in self.sidecars.keys().filter(|name| !claimed.contains(*name)) {
            let why = "is a sidecar, and no release of its name lies beside it";
            (self.refused).push(Refusal::new(name, RefusalKind::SidecarWithoutRelease, why));
        }
        let files = refuse_shared_ids(files, &mut self.refused);
        self.refused.sort_by(|a, b| a.name.cmp(&b.name));
        Found {
            files,
            refused: self.refused,
        }
    }
}

/// Keeps the files whose id is theirs alone on every file system, some of which take `A` for `a`.
fn refuse_shared_ids(files: Vec<File>, refused: &mut Vec<Refusal>) -> Vec<File> {
    let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, file) in files.iter().enumerate() {
        claims.entry(file.id.to_lowercase()).or_default().push(i);
    }
    let mut alone = vec![true; files.len()];
    for claim in claims.values().filter(|claim| claim.len() > 1) {
        for i in claim {
            alone[*i] = false;
            let others: Vec<_> = (claim.iter().filter(|other| *other != i))
                .map(|other| format!("`{}`", files[*other].name))
                .collect();
            let why = format!(
                "has the id `{}`, which {} claims too{}",
                files[*i].id,
                others.join(", "),
                if claim.iter().all(|other| files[*other].id == files[*i].id) {
                    ""
                } else {
                    " but for letter case"
                },
            );
            refused.push(Refusal::new(&files[*i].name, RefusalKind::SameId, why));
        }
    }
    (files.into_iter().zip(alone))
        .filter_map(|(file, alone)| alone.then_some(file))
        .collect()
}

/// The id that a name gives: without its extension, in NFC, with plain spaces. Every address is made of it, so what
/// cannot stand in one is refused, not replaced: two names must never become one by accident.
fn identity(name: &str, below: &str) -> Result<String, Refusal> {
    let refuse = |why: String| Err(Refusal::new(name, RefusalKind::UnsafeName, why));
    let (id, repairs) = cleaned(without_extension(below));
    if let Some(repair) = repairs.iter().find(|repair| !repair.kind.is_routine()) {
        return refuse(format!("has a {} in its name", repair.kind.what()));
    }
    if id.contains(['\n', '\t']) {
        return refuse("has a line end or a tab in its name".to_owned());
    }
    for part in id.split('/') {
        if part.is_empty() || part.starts_with('.') || part.trim() != part {
            return refuse(format!(
                "has the part `{part}` in its name: empty, hidden, or with a space at an end"
            ));
        }
    }
    Ok(id)
}

/// A name without its extension: a point and up to five ASCII letters or digits behind it, a letter first, so that
/// `release v1.2` keeps its number.
fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty()
                && !stem.ends_with('/')
                && extension.len() <= 5
                && extension.starts_with(|c: char| c.is_ascii_alphabetic())
                && extension.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            stem
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with the given files in it.
    fn folder(names: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for name in names {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            let file = tempfile::NamedTempFile::new_in(root.path()).expect("a file");
            file.persist(path).expect("renamed");
        }
        root
    }

    fn find(root: &tempfile::TempDir, include: &[&str], exclude: &[&str]) -> Found {
        let owned = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        Patterns::new(&owned(include), &owned(exclude))
            .expect("valid patterns")
            .find(root.path())
    }

    fn ids(found: &Found) -> Vec<&str> {
        found.files.iter().map(|file| file.id.as_str()).collect()
    }

    fn refused(found: &Found) -> Vec<(&str, RefusalKind)> {
        found
            .refused
            .iter()
            .map(|refusal| (refusal.name.as_str(), refusal.kind))
            .collect()
    }

    #[test]
    fn files_are_found_once_in_order_with_ids_below_the_fixed_folder() {
        let root = folder(&[
            "input/b.txt",
            "input/2024/Été à Köln.txt",
            "input/a.txt",
            "input/.hidden.txt",
            "input/x.md",
        ]);
        let found = find(&root, &["input/**/*.txt", "./input/*.txt"], &[]);
        assert_eq!(ids(&found), ["2024/Été à Köln", "a", "b"]);
        assert_eq!(found.files[1].name, "input/a.txt");
        assert_eq!(found.refused, []);
        assert_eq!(ids(&find(&root, &["input/*.txt"], &["**/b.*"])), ["a"]);
        assert_eq!(
            ids(&find(&root, &["**/*.txt"], &["input/2024"])),
            ["input/a", "input/b"]
        );
    }

    #[test]
    fn two_files_with_one_id_are_refused_and_name_each_other() {
        let root = folder(&["in/a.txt", "in/a.text", "in/B.txt", "in/b.text", "in/c.txt"]);
        let found = find(&root, &["in/*.txt", "in/*.text"], &[]);
        assert_eq!(ids(&found), ["c"]);
        assert_eq!(found.refused.len(), 4);
        assert!(
            found
                .refused
                .iter()
                .all(|refusal| refusal.kind == RefusalKind::SameId)
        );
        assert_eq!(found.refused[0].name, "in/B.txt");
        assert_eq!(
            found.refused[0].message,
            "has the id `B`, which `in/b.text` claims too but for letter case"
        );
        assert_eq!(
            found.refused[1].message,
            "has the id `a`, which `in/a.txt` claims too"
        );
    }

    #[test]
    fn sidecars_belong_to_the_release_of_their_name() {
        let root = folder(&["in/a.txt", "in/a.toml", "in/b.toml"]);
        let found = find(&root, &["in/*.txt"], &[]);
        assert_eq!(found.files[0].sidecar, Some(root.path().join("in/a.toml")));
        assert_eq!(
            refused(&found),
            [("in/b.toml", RefusalKind::SidecarWithoutRelease)]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_folders_and_unsafe_names_are_refused_and_never_followed() {
        use std::os::unix::fs::symlink;
        let root = folder(&[
            "in/a.txt",
            "in/sub.txt/b.txt",
            "in/new\nline.txt",
            "in/turn\u{202e}ed.txt",
            "in/ space.txt",
        ]);
        symlink("a.txt", root.path().join("in/link.txt")).expect("linked");
        symlink("nowhere", root.path().join("in/broken.txt")).expect("linked");
        symlink(".", root.path().join("in/loop")).expect("linked");
        let found = find(&root, &["in/*.txt"], &[]);
        assert_eq!(ids(&found), ["a"]);
        assert_eq!(
            refused(&found),
            [
                ("in/ space.txt", RefusalKind::UnsafeName),
                ("in/broken.txt", RefusalKind::NotAFile),
                ("in/link.txt", RefusalKind::NotAFile),
                ("in/new\nline.txt", RefusalKind::UnsafeName),
                ("in/sub.txt", RefusalKind::NotAFile),
                ("in/turn\u{202e}ed.txt", RefusalKind::UnsafeName),
            ]
        );
        let deep = find(&root, &["in/**/*.txt"], &[]);
        assert_eq!(ids(&deep), ["a", "sub.txt/b"]);
        assert!(refused(&deep).contains(&("in/loop", RefusalKind::NotAFile)));
        // The folder that the office names may itself be a link.
        symlink("in", root.path().join("current")).expect("linked");
        assert_eq!(ids(&find(&root, &["current/a*"], &[])), ["a"]);
    }

    #[test]
    fn a_missing_folder_is_told() {
        let found = find(&folder(&[]), &["input/**/*.txt"], &[]);
        assert_eq!(refused(&found), [("input/", RefusalKind::Unreadable)]);
    }

    #[test]
    fn names_from_elsewhere_get_the_id_that_their_file_would_have() {
        let patterns = Patterns::new(&["input/**/*.txt".to_owned()], &[]).expect("valid");
        for (name, as_name, as_file) in [
            ("input/2024/a.txt", Some("2024/a"), Some("2024/a")),
            ("other/2024/a.txt", Some("other/2024/a"), Some("a")),
            ("../shared/a.txt", None, Some("a")),
            ("release v1.2", Some("release v1.2"), Some("release v1.2")),
            ("..", None, None),
            ("", None, None),
        ] {
            assert_eq!(patterns.id_of_name(name).ok().as_deref(), as_name, "{name}");
            assert_eq!(patterns.id_of_file(name).ok().as_deref(), as_file, "{name}");
        }
    }
}
