//! All documents of a release version, or of the whole catalog, from every writer.

use crate::config::Config;
use crate::model::Published;
use crate::publish::Item;
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

/// Every writer whose documents the settings want.
fn writers(config: &Config) -> impl Iterator<Item = &'static dyn Writer> {
    let wanted =
        |writer: &&dyn Writer| config.output.pages || writer.format().media_type != "text/html";
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
