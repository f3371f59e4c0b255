//! What the archive writes comes back whole, from the item alone.

use std::path::{Path, PathBuf};

use dateline::archive::newsml::{misplaced, read_item};
use dateline::archive::{Admission, Archive, Edit};
use dateline::lang::Lexicons;
use dateline::model::Published;
use dateline::model::record::Record;
use dateline::read::read;
use dateline::source::{Decoding, Source};
use dateline::write::newsml_g2::NewsMlG2;
use dateline::write::{Artifacts, Stage, WriteError, Writer};
use proptest::prelude::*;

use crate::random::published;
use crate::scene::site;

fn written(published: &Published) -> Result<Vec<u8>, WriteError> {
    let mut out = Artifacts::default();
    NewsMlG2.release(published, &site(), &mut out)?;
    let mut items = out.0.into_iter();
    let item = items.find(|((stage, _), _)| *stage == Stage::ReleaseItem);
    Ok(item.expect("a release has an item").1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_release_version_comes_back_whole(published in published()) {
        let bytes = written(&published).expect("an item");
        let read = read_item(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read, published);
    }

    #[test]
    fn the_same_version_gives_the_same_bytes(published in published()) {
        prop_assert_eq!(written(&published), written(&published));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read_item(&bytes).is_err());
    }

    #[test]
    fn a_cut_or_changed_item_is_refused_or_read_without_panic(
        published in published(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = written(&published).expect("an item");
        let at = at.index(bytes.len());
        prop_assert!(at + 1 >= bytes.len() || read_item(&bytes[..at]).is_err());
        bytes[at] = byte;
        let _ = read_item(&bytes);
    }
}

/// The folders of release texts that are at hand beside the project.
fn corpus() -> Vec<PathBuf> {
    ["written", "real"]
        .iter()
        .flat_map(|of| std::fs::read_dir(format!("../shared/corpus/{of}/releases")))
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect()
}

#[test]
fn every_release_at_hand_is_restored_from_its_item() {
    let paths = corpus();
    if paths.is_empty() {
        #[expect(clippy::print_stderr, reason = "what was not tested should be seen")]
        {
            eprintln!("skipped: no texts beside the project");
        }
    }
    let now = chrono::DateTime::from_timestamp(1_750_000_000, 0).expect("an instant");
    for path in paths {
        let id = path.file_stem().expect("a name").to_string_lossy();
        let bytes = std::fs::read(&path).expect("a text");
        let name = path.file_name().expect("a name").to_string_lossy();
        let source = Source::from_bytes(id.into(), name.into(), bytes, &Decoding::default());
        let reading = read(&source, Lexicons::builtin(), &site());
        let admission = Archive::new(Path::new("")).admit(
            reading.release,
            reading.diagnostics,
            source,
            &Edit::default(),
            now,
        );
        let Admission::New(published) = admission else {
            panic!("{}: {admission:?}", path.display());
        };
        let item = written(&published).unwrap_or_else(|error| panic!("{error}"));
        let restored =
            read_item(&item).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(restored, *published, "{}", path.display());
        let wrong = misplaced(&restored).expect("a text");
        assert_eq!(wrong, Vec::<String>::new(), "{}", path.display());
        assert_eq!(
            serde_json::to_string(&Record::of(&restored)).expect("a record"),
            serde_json::to_string(&Record::of(&published)).expect("a record"),
        );
    }
}

#[test]
fn a_place_in_the_text_that_is_none_is_told() {
    let text =
        "Harbour opens its new pier\n\n3 May 2026\n\nThe harbour opened its pier to ships.\n";
    let (id, name) = ("pier".to_owned(), "pier.txt".to_owned());
    let source = Source::from_bytes(id, name, text.into(), &Decoding::default());
    let reading = read(&source, Lexicons::builtin(), &site());
    let now = chrono::DateTime::from_timestamp(1_780_000_000, 0).expect("an instant");
    let edit = Edit::default();
    let admission =
        Archive::new(Path::new("")).admit(reading.release, Vec::new(), source, &edit, now);
    let Admission::New(published) = admission else {
        panic!("{admission:?}");
    };
    let item = String::from_utf8(written(&published).expect("an item")).expect("text");
    let place = |words: &str| {
        let start = text.find(words).expect("in the text");
        format!("\"{start}-{}\"", start + words.len())
    };
    let (headline, body) = (
        place("Harbour opens its new pier"),
        place("The harbour opened its pier to ships."),
    );
    for (from, to, want) in [
        ("", "", vec![]),
        (
            &*headline,
            "\"0-9000\"",
            vec!["headline: no words stand at 0-9000 of the text"],
        ),
        (
            &*headline,
            "\"26-28\"",
            vec!["headline: no words stand at 26-28 of the text"],
        ),
        (
            &*body,
            "\"1-7\"",
            vec!["body.0: is not what stands at 1-7 of the text"],
        ),
    ] {
        assert!(item.contains(from), "{from}: {item}");
        // The item's hashes do not cover places.
        let changed = if from.is_empty() {
            item.clone()
        } else {
            item.replace(from, to)
        };
        let read = read_item(changed.as_bytes()).expect("an item");
        assert_eq!(misplaced(&read).expect("a text"), want, "{from} {to}");
    }
}
