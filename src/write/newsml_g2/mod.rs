//! NewsML-G2 2.35, power conformance: the archive's format.
//!
//! One release version is one newsItem, and that file alone gives the whole [`Published`] back
//! (`archive::newsml::read_item`). One dated main event is one conceptItem besides: a projection for consumers of events.
//!
//! Facts stand in the elements that the standard has for them; what it has none for stands in extension properties whose
//! relation is an address below the site's vocabulary, defined in `archive/_standard/dateline-vocabulary.v1.xml`. Codes
//! of the base profile are `QCode`s, so that its readers stay within the codes they know.
//!
//! Conventions that the format forces and the text does not say: a minute is written with zero seconds, an unknown
//! language is `und`. IPTC's schema and catalog are referred to, not copied: of the files that the schema needs, two state
//! no terms for copies.

mod address;
mod base;
pub mod codes;
mod content;
mod date;
mod event;
mod item;
pub mod paths;
mod provenance;
mod vocabulary;
mod xml;

pub use base::fingerprint;
pub use item::{BASE64, NAMESPACE, SHA256};

use super::{Artifacts, Catalog, Collection, Format, Stage, WriteError, Writer};
use crate::model::{Published, Site, Standing};
use codes::Vocabulary;
use xml::Xml;

/// The writer of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewsMlG2;

static FORMAT: Format = Format {
    name: "newsml-g2",
    about: "XML archive of every version, for news systems and for keeping",
    media_type: "application/vnd.iptc.g2.newsitem+xml",
    rel: None,
    spec: "https://iptc.org/standards/newsml-g2/",
};

impl Writer for NewsMlG2 {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    /// The release's item, and the items of those events that this version of the release changed.
    fn release(
        &self,
        published: &Published,
        site: &Site,
        out: &mut Artifacts,
    ) -> Result<(), WriteError> {
        let id = &published.release.id;
        let fault = |message: String| FORMAT.fault(Some(id), message);
        let folder = &published.archive_folder;
        let events = published.release.events.iter();
        for ((event, number), item) in events
            .zip(&published.event_numbers)
            .zip(&published.event_items)
        {
            if let Some(item) = item
                && item.version_created == published.version_created
            {
                let bytes = event::item(published, site, event, *number, *item).map_err(fault)?;
                let path = paths::event_item(folder, id, *number, item.version);
                out.put(Stage::EventItem, path, bytes);
            }
        }
        for event in &published.former_events {
            if let Some(item) = event.item
                && item.version_created == published.version_created
            {
                let bytes = event::former_item(published, site, event, item).map_err(fault)?;
                let path = paths::event_item(folder, id, event.number, item.version);
                out.put(Stage::EventItem, path, bytes);
            }
        }
        let bytes = news_item(published, site).map_err(fault)?;
        let path = paths::release_item(folder, id, published.version);
        out.put(Stage::ReleaseItem, path, bytes);
        Ok(())
    }

    fn own_words(&self) -> Vec<&'static str> {
        vec!["dateline", "dateline-archive"]
    }

    /// The vocabulary that defines the archive's codes.
    fn collection(
        &self,
        _catalog: &dyn Catalog,
        site: &Site,
        out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        let bytes = vocabulary::write(site).map_err(|message| FORMAT.fault(None, message))?;
        out.put(Stage::Collection, paths::VOCABULARY, bytes);
        Ok(())
    }
}

fn news_item(published: &Published, site: &Site) -> Result<Vec<u8>, String> {
    let release = &published.release;
    let mut xml = Xml::new(Vocabulary(&site.vocabulary));
    let language = release.language.as_ref().map_or("und", |tag| &tag.value);
    let guid = paths::release_guid(site, &release.id);
    item::root(&mut xml, "newsItem", &guid, published.version, language);
    let model = (published.standing != Standing::Withdrawn)
        .then(|| fingerprint(release, &site.publisher.name));
    item::release_meta(&mut xml, published, site, model.as_deref());
    content::content_meta(&mut xml, published, site);
    content::notices(&mut xml, published);
    event::assertions(&mut xml, published, site);
    provenance::derived(&mut xml, published);
    content::content_set(&mut xml, published);
    xml.close();
    xml.finish()
}
