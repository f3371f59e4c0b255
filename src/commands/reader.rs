//! From a file to a reading: source, sidecar and facts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::archive::Archive;
use crate::config::{Config, FILE_NAME};
use crate::diagnostic::{Diagnostic, repairs};
use crate::lang::Lexicons;
use crate::model::{Image, Standing};
use crate::profile::Verdict;
use crate::read::configured::{self, Found};
use crate::read::{self, Reading};
use crate::source::{File, ImageFile, Misplaced, SettingsError, Sidecar, Source};
use crate::write::pages::templates;

use super::inputs::{self, Look};
use super::{Failure, guard};

/// A source, what was read of it and what the office says beside it.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) reading: Reading,
    /// Whether the office lets it stand.
    pub(super) standing: Standing,
    /// What the office says of a correction.
    pub(super) note: Option<String>,
    /// The release that the office says this one translates.
    pub(super) translation_of: Option<String>,
    /// What search engines make of it, where somebody has asked.
    pub(super) verdicts: Vec<Verdict>,
    /// The pictures that the office names, and how their files looked before they were read.
    pub(super) images: BTreeMap<String, Option<Look>>,
}

/// The settings at `path`, or in the current folder.
pub(super) fn settings(path: Option<&Path>) -> Result<Config, Failure> {
    let mut config = Config::load(path.unwrap_or(Path::new(FILE_NAME)))?;
    if let Some(folder) = &config.output.templates {
        config.site.templates = own_templates(folder)?;
    }
    Ok(config)
}

/// The templates in the folder that the settings name. What has another name than a built-in one is no template; a style
/// sheet or picture of the office may lie there too.
fn own_templates(folder: &Path) -> Result<BTreeMap<String, String>, SettingsError> {
    let mut own = BTreeMap::new();
    for name in templates::names() {
        let path = folder.join(name);
        if path.exists() {
            let text = std::fs::read_to_string(&path).map_err(|error| {
                SettingsError::of(&path.to_string_lossy(), format!("cannot be read: {error}"))
            })?;
            own.insert(name.to_owned(), text);
        }
    }
    if own.is_empty() {
        let known: Vec<_> = templates::names().collect();
        let name = folder.to_string_lossy();
        return Err(
            SettingsError::of(&name, "`templates` has no template in it")
                .hint(format!("known names: {}", known.join(", "))),
        );
    }
    templates::check(&own).map_err(|(name, why)| {
        SettingsError::of(
            &folder.join(name).to_string_lossy(),
            format!("is no template: {why}"),
        )
    })?;
    Ok(own)
}

/// The same; settings that name no site where there is no file and none was asked for.
pub(super) fn settings_or_none(path: Option<&Path>) -> Result<Config, Failure> {
    if path.is_some() || Path::new(FILE_NAME).exists() {
        return settings(path);
    }
    let neutral = "[site]\nbase_url = 'https://site.invalid/'\nauthority = 'site.invalid,2000'\n";
    Ok(Config::parse("built-in settings", neutral, Path::new(""))?)
}

/// Files that the command line names; the sidecar beside each is taken along.
pub(super) fn named(config: &Config, files: &[PathBuf]) -> Vec<Result<File, (String, Diagnostic)>> {
    let named = |path: &PathBuf| {
        let name = path.to_string_lossy().replace('\\', "/");
        let id = (config.input.patterns.id_of_file(&name))
            .map_err(|refusal| (name.clone(), Diagnostic::from(&refusal)))?;
        let sidecar = path.with_extension("toml");
        Ok(File {
            id,
            name,
            sidecar: (sidecar != *path && sidecar.exists()).then_some(sidecar),
            path: path.clone(),
        })
    };
    files.iter().map(named).collect()
}

/// Reads a file, its sidecar and the pictures that this names; the finding says why it cannot be read. A picture that
/// cannot be read now is taken as the archive has it.
pub(super) fn file(
    config: &Config,
    file: &File,
    archive: Option<&Archive>,
) -> Result<Text, Diagnostic> {
    let source = (file.read(&config.input.decoding, config.input.max_bytes))
        .map_err(|refusal| Diagnostic::from(&refusal))?;
    let Some(path) = &file.sidecar else {
        return text(config, source, None);
    };
    let name = path.to_string_lossy();
    let sidecar = Sidecar::read(path, &name).map_err(|error| Diagnostic::from(&error))?;
    let mut text = text(config, source, Some(&sidecar))?;
    let mut found = Vec::new();
    for place in sidecar.images(path, &file.name) {
        if let Err(Misplaced {
            link: Some(link), ..
        }) = &place
        {
            let look = inputs::look(&config.input.root.join(link));
            text.images.insert(link.clone(), look);
        }
        let place = place.map_err(|misplaced| misplaced.error);
        found.push(place.map(|(path, name)| {
            text.images.insert(name.clone(), inputs::look(&path));
            match ImageFile::look(&path, &name, config.input.max_bytes) {
                Ok(file) => Found {
                    file: Some(file),
                    refusal: None,
                },
                Err(refusal) => Found {
                    file: archive.and_then(|archive| published(archive, &file.id, &name)),
                    refusal: Some(refusal),
                },
            }
        }));
    }
    configured::images(&mut text.reading, &sidecar, found);
    Ok(text)
}

/// The picture of that name that a release was published with.
fn published(archive: &Archive, id: &str, name: &str) -> Option<ImageFile> {
    let held = archive.load(archive.entry(id)?).ok()?;
    let images = held.release.images.iter().map(|fact| &fact.value);
    images
        .filter(|image| image.file == name)
        .map(Image::file)
        .next()
}

/// Reads a source; the finding says why it cannot be read.
pub(super) fn text(
    config: &Config,
    source: Source,
    sidecar: Option<&Sidecar>,
) -> Result<Text, Diagnostic> {
    guard::guarded(|| read(config, source, sidecar))
}

fn read(config: &Config, source: Source, sidecar: Option<&Sidecar>) -> Text {
    let mut reading = read::read(&source, Lexicons::builtin(), &config.site);
    let repaired = repairs(&source.text, &source.repairs);
    reading.diagnostics.splice(0..0, repaired);
    let mut standing = Standing::Usable;
    if let Some(sidecar) = sidecar {
        configured::apply(&mut reading, sidecar);
        // What cannot be understood is among the findings of `apply`, and holds the release back.
        standing = configured::standing(sidecar).unwrap_or(Standing::Withheld);
    }
    Text {
        note: sidecar.and_then(configured::note),
        translation_of: sidecar.and_then(configured::translation_of),
        source,
        reading,
        standing,
        verdicts: Vec::new(),
        images: BTreeMap::new(),
    }
}
