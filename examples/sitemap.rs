//! Writes the sitemaps of a site of any size, for judges of their limits.
//!
//! `cargo run --example sitemap -- FOLDER RELEASES FRESH`: so many releases, of which so many are news at
//! 2026-06-01T12:00:00Z.

#![allow(
    clippy::disallowed_methods,
    reason = "a tool writes where it is told to"
)]

use std::error::Error;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use dateline::config::Config;
use dateline::model::{Date, Published};
use dateline::write::sitemap::Sitemap;
use dateline::write::{Catalog, Listed, WriteError, Writer};

const SITE: &str = "[site]\nbase_url = 'https://press.example/'\nauthority = 'press.example,2000'\ntitle = 'Office'\n";

struct Shelf(Vec<Listed>, DateTime<Utc>);

impl Catalog for Shelf {
    fn listed(&self) -> &[Listed] {
        &self.0
    }

    fn now(&self) -> DateTime<Utc> {
        self.1
    }

    fn load(&self, listed: &Listed) -> Result<Published, WriteError> {
        Err(WriteError {
            format: "sitemap",
            release: Some(listed.id.to_string()),
            message: "lists need no release".into(),
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, releases, fresh] = &arguments[..] else {
        return Err("usage: sitemap FOLDER RELEASES FRESH".into());
    };
    let (releases, fresh): (u32, u32) = (releases.parse()?, fresh.parse()?);
    let site = Config::parse("built-in settings", SITE, Path::new(""))?.site;
    let now = "2026-06-01T12:00:00Z".parse::<DateTime<Utc>>()?;
    let listed = (0..releases).map(|number| {
        let age = if number < fresh {
            TimeDelta::minutes(i64::from(number % 2000))
        } else {
            TimeDelta::days(3) + TimeDelta::minutes(i64::from(number))
        };
        let written = now - age;
        let published = written.format("%Y-%m-%dT%H:%M+00:00").to_string();
        Listed {
            id: format!("r{number}").into(),
            version: 1,
            look: 1,
            page: format!("releases/r{number}.html").into(),
            headline: format!("Release & notice no. {number}").into(),
            published: Date::parse(&published).expect("a date"),
            first_published: Date::parse(&published),
            language: Some("en".into()),
            changed: written,
            first_created: written,
            events: Vec::new(),
            translations: Vec::new(),
        }
    });
    let shelf = Shelf(listed.collect(), now);
    let out = Sitemap.lists(&shelf, &site)?;
    for ((_, path), bytes) in &out.0 {
        std::fs::write(Path::new(folder).join(path), bytes)?;
    }
    Ok(())
}
