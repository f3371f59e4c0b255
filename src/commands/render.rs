//! All documents of a release version, or of the whole catalog, from every writer.

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use crate::config::Config;
use crate::model::Published;
use crate::publish::Item;
use crate::source::sha256;
use crate::write::{
    Artifacts, Catalog, Collection, Lists, Shelf, Stage, WRITERS, WriteError, Writer,
};

/// The archive items and documents of a release version.
pub(super) fn release(config: &Config, published: &Published) -> Result<Artifacts, WriteError> {
    let mut out = Artifacts::default();
    for writer in writers(config) {
        writer.release(published, &config.site, &mut out)?;
    }
    Ok(out)
}

/// The documents that list many; those that stand are not made again.
pub(super) fn collections(
    config: &Config,
    catalog: &dyn Catalog,
    shelf: &dyn Shelf,
) -> Result<Lists, WriteError> {
    let writers: Vec<_> = writers(config).collect();
    let made = writers.into_par_iter().map(|writer| {
        let mut out = Collection::new(shelf);
        writer.collection(catalog, &config.site, &mut out)?;
        Ok(out.lists)
    });
    let mut out = Lists::default();
    for made in made.collect::<Result<Vec<_>, _>>()? {
        out.add(made);
    }
    Ok(out)
}

/// What the lists say only because of the hour of the run, as one number, and the last moment at which they say it; `None`
/// where they will at any later one.
pub(super) fn of_the_hour(config: &Config, catalog: &dyn Catalog) -> (u32, Option<DateTime<Utc>>) {
    let of = writers(config).flat_map(|writer| writer.of_the_hour(catalog, &config.site));
    let (ids, until): (Vec<_>, Vec<_>) = of.unzip();
    let digits = sha256(ids.join("\n").as_bytes());
    let number = u32::from_str_radix(&digits[..8], 16).expect("eight hexadecimal digits");
    (number, until.into_iter().min())
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
