//! Writers say nothing of their own, and hostile text survives them.
//!
//! A release whose every string is a marked token full of what other formats take for markup goes through each writer.
//! What comes out is read back by a parser, and each text in it must be made of tokens, of the site's values and of the
//! words that the writer declares. A writer that pads a gap with "Unknown" fails with its format, file and word.

mod leaves;
mod scene;
#[path = "../support/mod.rs"]
mod support;

use chrono::{DateTime, NaiveTime, Utc};
use dateline::model::{Change, Published, Site, Standing};
use dateline::write::newsml_g2::paths::VOCABULARY;
use dateline::write::{Artifacts, Catalog, Format, Listed, Stage, WRITERS, WriteError, Writer};

use leaves::{Leaf, leaves};
use scene::{Scene, folded};

/// A catalog of one release.
struct Shelf<'a>(Vec<Listed>, &'a Published);

impl<'a> Shelf<'a> {
    fn of(published: &'a Published) -> Self {
        Self(vec![Listed::of(published).expect("a date")], published)
    }
}

impl Catalog for Shelf<'_> {
    fn listed(&self) -> &[Listed] {
        &self.0
    }

    /// The release is news.
    fn now(&self) -> DateTime<Utc> {
        let day = self.0[0].published.first_day();
        day.and_time(NaiveTime::MIN).and_utc()
    }

    fn load(&self, _listed: &Listed) -> Result<Published, WriteError> {
        Ok(self.1.clone())
    }
}

/// What a writer says that is neither the release's nor the site's nor declared: format, file and word of each fault.
fn faults(writer: &dyn Writer, scene: &Scene) -> Vec<String> {
    let name = writer.format().name;
    let mut artifacts = Artifacts::default();
    let made = writer
        .release(&scene.published, &scene.site, &mut artifacts)
        .and_then(|()| {
            let shelf = Shelf::of(&scene.published);
            artifacts.add(writer.lists(&shelf, &scene.site)?);
            Ok(())
        });
    if let Err(error) = made {
        return vec![error.to_string()];
    }
    let own = writer.own_words();
    let known = scene.known(&own);
    let mut faults = Vec::new();
    for ((_, path), bytes) in &artifacts.0 {
        if path == VOCABULARY {
            // It defines the archive's codes and holds nothing of a release.
            continue;
        }
        for leaf in leaves(path, bytes) {
            let (text, foreign) = match &leaf {
                Leaf::Text(text) => (text, scene.foreign(text, &known)),
                Leaf::Address(text) => (text, scene.foreign_in_address(text, &own)),
            };
            if let Some(word) = foreign {
                faults.push(format!("{name}: {path}: `{word}` in {text:?}"));
            }
        }
    }
    faults
}

#[test]
fn writers_add_nothing_to_what_release_and_site_say() {
    for scene in [
        Scene::new(),
        Scene::changed(Change::Correction, Standing::Usable),
        Scene::changed(Change::Withdrawal, Standing::Withdrawn),
    ] {
        let faults: Vec<_> = WRITERS
            .iter()
            .flat_map(|writer| faults(*writer, &scene))
            .collect();
        assert!(
            faults.is_empty(),
            "{} faults:\n{}",
            faults.len(),
            faults.join("\n")
        );
    }
}

#[test]
fn hostile_text_comes_through_whole() {
    let scene = Scene::new();
    let release = &scene.published.release;
    // Calendars say what the events are called, all other formats what the release is.
    let headline = &release.headline.as_ref().expect("one").value;
    let event = &release.events[0].name.value;
    for writer in WRITERS {
        let name = writer.format().name;
        let mut artifacts = Artifacts::default();
        let shelf = Shelf::of(&scene.published);
        writer
            .release(&scene.published, &scene.site, &mut artifacts)
            .expect("documents");
        artifacts.add(writer.lists(&shelf, &scene.site).expect("lists"));
        let whole = artifacts.0.iter().any(|((_, path), bytes)| {
            leaves(path, bytes)
                .iter()
                .any(|leaf| matches!(leaf, Leaf::Text(text) if [headline, event].map(|of| folded(of)).contains(&folded(text))))
        });
        assert!(
            whole,
            "{name}: no document holds headline or event as they are"
        );
    }
}

/// A writer that fills a gap.
struct Padding;

impl Writer for Padding {
    fn format(&self) -> &'static Format {
        static FORMAT: Format = Format {
            name: "padding",
            about: "a writer that invents",
            media_type: "text/html",
            rel: None,
            spec: "https://example.org/",
        };
        &FORMAT
    }

    fn own_words(&self) -> Vec<&'static str> {
        vec!["Author"]
    }

    fn release(
        &self,
        published: &Published,
        _site: &Site,
        out: &mut Artifacts,
    ) -> Result<(), WriteError> {
        let page = "<!DOCTYPE html><html><head><title>Author: Unknown</title></head><body><p>1999</body></html>";
        out.put(Stage::Release, published.page.as_str(), page);
        out.put(Stage::Release, "a.jsonld", r#"{"author": "Unknown"}"#);
        Ok(())
    }
}

#[test]
fn a_writer_that_invents_is_found_out() {
    let scene = Scene::new();
    assert_eq!(
        faults(&Padding, &scene),
        [
            "padding: a.jsonld: `Unknown` in \"Unknown\"",
            "padding: releases/canary.html: `Unknown` in \"Author: Unknown\"",
            "padding: releases/canary.html: `1999` in \"1999\"",
        ]
    );
}
