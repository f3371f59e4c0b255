//! All documents of a release version, or of the whole catalog, from every writer.

use crate::config::Config;
use crate::model::Published;
use crate::publish::Item;
use crate::source::sha256;
use crate::write::{Artifacts, Catalog, Stage, WRITERS, WriteError, Writer};

/// The archive items and documents of a release version.
pub(super) fn release(config: &Config, published: &Published) -> Result<Artifacts, WriteError> {
    let mut out = Artifacts::default();
    for writer in writers(config) {
        writer.release(published, &config.site, &mut out)?;
    }
    Ok(out)
}

/// The documents that list many.
pub(super) fn collections(config: &Config, catalog: &dyn Catalog) -> Result<Artifacts, WriteError> {
    let mut out = Artifacts::default();
    for writer in writers(config) {
        writer.collection(catalog, &config.site, &mut out)?;
    }
    Ok(out)
}

/// What the lists say only because of the hour of the run, as one number.
pub(super) fn of_the_hour(config: &Config, catalog: &dyn Catalog) -> u32 {
    let ids = writers(config).flat_map(|writer| writer.of_the_hour(catalog, &config.site));
    let digits = sha256(ids.collect::<Vec<_>>().join("\n").as_bytes());
    u32::from_str_radix(&digits[..8], 16).expect("eight hexadecimal digits")
}

/// Every writer whose documents the settings want.
fn writers(config: &Config) -> impl Iterator<Item = &'static dyn Writer> {
    let wanted = |writer: &&dyn Writer| match writer.format().name {
        "pages" => config.output.pages,
        "sitemap" => config.output.pages && config.output.sitemaps,
        _ => true,
    };
    WRITERS.iter().copied().filter(wanted)
}

/// The items of one stage, taken out of the rest.
pub(super) fn take_items(artifacts: &mut Artifacts, stage: Stage) -> Vec<Item> {
    let (items, rest) = (std::mem::take(&mut artifacts.0).into_iter())
        .partition(|((of, _), _): &((Stage, String), Vec<u8>)| *of == stage);
    artifacts.0 = rest;
    let items: std::collections::BTreeMap<(Stage, String), Vec<u8>> = items;
    items
        .into_iter()
        .map(|((_, path), bytes)| Item { path, bytes })
        .collect()
}
