//! `dateline verify`: is what lies in the output folder what was published?

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use rayon::prelude::*;

use super::{Console, Exit, Failure, addresses, inputs, publication, reader, standstill};
use crate::archive::{self, Archive, CACHE_FILE, Opening, Reason, newsml};
use crate::config::Config;
use crate::diagnostic::counted;
use crate::model::record::Record;
use crate::model::{Site, Standing};
use crate::publish::{Damage, Document, Folder, Manifest, Mark, REPORT, Report, State};
use crate::write::newsml_g2::paths;

/// Checks every file of the manifest (there, hash, well-formed, addresses lead somewhere), every archive item of a release
/// (after the archive's profile, hashes of source and facts, every place of a fact in the text) and what runs keep for the
/// next one, prints what is wrong, and changes nothing.
pub fn run(config: Option<&Path>, console: Console) -> Result<Exit, Failure> {
    let config = reader::settings(config)?;
    let folder = Folder::new(&config.output.folder);
    let fingerprint = publication::fingerprint(&config);
    let (manifest, damage) = Manifest::load(&folder, &fingerprint)?;
    let (archive, damaged) = Archive::rebuild(folder.root())?;
    let mut faults: Vec<String> = damaged.iter().map(chain).collect();
    faults.extend(state(&folder, &fingerprint, &archive)?);
    if let Some(damage) = damage {
        let again = "the next run makes it again";
        faults.push(format!("{}: {damage}; {again}", Manifest::PATH));
    }
    let files: Vec<_> = manifest.documents().collect();
    let check = Check {
        config: &config,
        folder: &folder,
        ours: files.iter().map(|file| &*file.path).collect(),
    };
    let mut dangling = Vec::new();
    let looked: Vec<_> = (files.par_iter())
        .map(|file| check.document(&file.path, &file.mark))
        .collect();
    for (Document { path, .. }, look) in files.iter().zip(looked) {
        match look {
            Ok(addresses) => dangling.extend(addresses.into_iter().map(|to| (&**path, to))),
            Err(why) => faults.push(format!("{path}: {why}")),
        }
    }
    let kept: Vec<_> = manifest.kept.par_iter().collect();
    let told: BTreeSet<_> = damaged
        .iter()
        .filter_map(|error| error.path.as_deref())
        .collect();
    let looked = kept.into_par_iter().flat_map_iter(|(path, mark)| {
        let wrong = match check.bytes(path, mark) {
            Ok(_) if told.contains(folder.root().join(path).as_path()) => Vec::new(),
            Ok(bytes) => item(path, &bytes),
            Err(why) => vec![why],
        };
        wrong.into_iter().map(move |why| format!("{path}: {why}"))
    });
    faults.extend(looked.collect::<Vec<_>>());
    drop_stated(&config.site, &archive, &mut dangling);
    faults.extend((dangling.iter()).map(|(path, to)| format!("{path}: `{to}` leads nowhere")));
    // Without a manifest nothing is known of any, and that is told.
    if matches!(damage, None | Some(Damage::Outdated)) {
        let unpublished = archive
            .entries()
            .filter(|entry| !manifest.sets.contains_key(&*entry.id))
            .map(|entry| format!("{}: is in the archive and has no documents", entry.id));
        faults.extend(unpublished);
        let unknown = archive::items(folder.root())?.into_iter();
        let unknown = unknown.filter(|path| !manifest.kept.contains_key(path));
        faults.extend(unknown.map(|path| format!("{path}: no run that ended wrote it")));
    }
    let mut out = std::io::stdout().lock();
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    console.done(&format!(
        "{} and {} checked, {}",
        counted(files.len() + manifest.kept.len(), "document"),
        counted(archive.entries().len(), "release"),
        counted(faults.len(), "fault")
    ));
    Ok(if faults.is_empty() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// What is wrong with an archive item of a release, of whatever version. Other files hold nothing that could be.
fn item(path: &str, bytes: &[u8]) -> Vec<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if paths::release_item_name(name).is_none() {
        return Vec::new();
    }
    (newsml::read_item(bytes).and_then(|published| newsml::misplaced(&published)))
        .unwrap_or_else(|error| vec![chain(&error)])
}

/// What is wrong with the files that a run keeps for the next one, but for the manifest. One that is missing costs time
/// only, and so does one of other settings.
fn state(folder: &Folder, fingerprint: &str, archive: &Archive) -> Result<Vec<String>, Failure> {
    let mut faults = Vec::new();
    if let State::Lost(damage @ Damage::Damaged) = inputs::load(folder, fingerprint)? {
        faults.push(format!("{}: {damage}", inputs::INPUTS));
    }
    if let State::Lost(damage @ Damage::Damaged) = standstill::state(folder, fingerprint)? {
        faults.push(format!("{}: {damage}", standstill::STANDSTILL));
    }
    let fault = match Archive::open(folder.root())? {
        (cached, Opening::Cached) if cached != *archive => Some("does not tell what the items do"),
        (_, Opening::Rebuilt { because, .. }) => match because {
            Reason::Damaged => Some("is damaged"),
            Reason::OtherProgram => Some("is of another program"),
            Reason::NoCache | Reason::DamagedItems => None,
        },
        (_, Opening::Cached) => None,
    };
    faults.extend(fault.map(|fault| format!("{CACHE_FILE}: {fault}")));
    if (folder.read(REPORT)?).is_some_and(|report| !Report::is_whole(&report)) {
        faults.push(format!("{REPORT}: is not what was written"));
    }
    Ok(faults)
}

/// What documents are held against.
struct Check<'a> {
    config: &'a Config,
    folder: &'a Folder,
    /// Every document of the manifest.
    ours: BTreeSet<&'a str>,
}

impl Check<'_> {
    /// The addresses in a document that lead nowhere, or what else is wrong with it.
    fn document(&self, path: &str, mark: &Mark) -> Result<Vec<String>, String> {
        let bytes = self.bytes(path, mark)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| error.to_string())?;
        if let Some(why) = ill_formed(path, text) {
            return Err(why);
        }
        let targets = addresses::local(path, text, &self.config.site.base_url);
        Ok((targets.into_iter())
            .filter(|(target, _)| !self.is_there(target))
            .map(|(_, written)| written)
            .collect())
    }

    /// The bytes of a file, which must be those that were written.
    fn bytes(&self, path: &str, mark: &Mark) -> Result<Vec<u8>, String> {
        match self.folder.read(path) {
            Ok(Some(bytes)) if Mark::of(&bytes) == *mark => Ok(bytes),
            Ok(Some(_)) => Err("is not what was written".to_owned()),
            Ok(None) => Err("is missing".to_owned()),
            Err(error) => Err(chain(&error)),
        }
    }

    /// Where no pages are written, their addresses are somebody else's to serve.
    fn is_there(&self, target: &str) -> bool {
        let is_page = Path::new(target).extension().is_some_and(|e| e == "html");
        is_page && !self.config.output.pages
            || self.ours.contains(target)
            || self.folder.size(target).is_some()
    }
}

/// Drops addresses that the office wrote, in its settings or its texts: where those lead is its own affair.
fn drop_stated(site: &Site, archive: &Archive, dangling: &mut Vec<(&str, String)>) {
    let publisher = &site.publisher;
    let known = [&site.organizations, &site.people, &site.places].into_iter();
    let configured: BTreeSet<&String> = (publisher.url.iter().chain(&publisher.logo))
        .chain(&publisher.same_as)
        .chain(known.flatten().flat_map(|authority| &authority.same_as))
        .collect();
    dangling.retain(|(_, to)| !configured.contains(to));
    for entry in archive.entries() {
        if dangling.is_empty() {
            return;
        }
        let Ok(published) = archive.load(entry) else {
            continue;
        };
        // The record holds every word and address of the text, and none of ours.
        let record = Record {
            release: &published.release,
            version: published.version,
            standing: Standing::Usable,
            alternates: &[],
            diagnostics: &[],
        };
        let record = serde_json::to_string(&record).unwrap_or_default();
        dangling.retain(|(_, to)| !record.contains(to.as_str()));
    }
}

/// Why a document of this name cannot be read by its readers.
fn ill_formed(path: &str, text: &str) -> Option<String> {
    let extension = Path::new(path).extension()?.to_str()?;
    match extension {
        "json" | "jsonld" => serde_json::from_str::<serde::de::IgnoredAny>(text)
            .err()
            .map(|error| error.to_string()),
        "xml" => roxmltree::Document::parse(text)
            .err()
            .map(|error| error.to_string()),
        _ => None,
    }
}

fn chain(error: &(impl std::error::Error + 'static)) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_that_their_readers_cannot_read_are_told() {
        for (path, text, right) in [
            ("a.jsonld", "{\"a\": 1}", true),
            ("a.jsonld", "{\"a\": 1", false),
            ("feed.xml", "<a/>", true),
            ("feed.xml", "<a>", false),
            ("a.html", "<p>", true),
        ] {
            assert_eq!(ill_formed(path, text).is_none(), right, "{path} {text}");
        }
    }

    #[test]
    fn addresses_that_lead_nowhere_are_told_and_pages_of_others_are_not() {
        let text =
            "[site]\nbase_url = 'https://press.example/'\nauthority = 'press.example,2026'\n";
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(root.path());
        let page = r#"<a href="b.html"></a><a href="c.html"></a><a href="feed.xml"></a>"#;
        folder.write("a.html", page.as_bytes()).expect("written");
        folder.write("c.html", b"theirs").expect("written");
        for (more, want) in [
            ("", vec!["b.html", "feed.xml"]),
            ("[output]\npages = false", vec!["feed.xml"]),
        ] {
            let config = Config::parse("dateline.toml", &format!("{text}{more}"), root.path())
                .expect("settings");
            let check = Check {
                config: &config,
                folder: &folder,
                ours: BTreeSet::from(["a.html"]),
            };
            let found = check.document("a.html", &Mark::of(page.as_bytes()));
            assert_eq!(found, Ok(want.into_iter().map(str::to_owned).collect()));
        }
    }
}
