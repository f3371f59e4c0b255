//! Pictures in RSS: the first as `enclosure`, of which an item has one at most (RULES RS-5), and all as `media:content`
//! (Media RSS 1.5.1), which more readers look for (RULES RD-6, RD-7).

use std::collections::BTreeMap;

use ::rss::Enclosure;
use ::rss::extension::Extension;

use crate::write::newest::Picture;

/// Prefix of the elements.
pub(super) const PREFIX: &str = "media";

/// Their namespace.
pub(super) const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// A picture as the file that goes with an item.
pub(super) fn enclosure(picture: &Picture) -> Enclosure {
    Enclosure {
        url: picture.url.clone(),
        length: picture.image.bytes.to_string(),
        mime_type: picture.image.format.media_type().to_owned(),
    }
}

/// The pictures of an item, each with its caption, or else what it shows, and whom it is owed to.
pub(super) fn contents(pictures: &[Picture]) -> BTreeMap<String, Vec<Extension>> {
    let contents = pictures.iter().map(content).collect();
    BTreeMap::from([("content".to_owned(), contents)])
}

fn content(picture: &Picture) -> Extension {
    let image = &picture.image;
    let attributes = [
        ("url", picture.url.clone()),
        ("medium", "image".to_owned()),
        ("type", image.format.media_type().to_owned()),
        ("fileSize", image.bytes.to_string()),
        ("width", image.width.to_string()),
        ("height", image.height.to_string()),
    ];
    let below = [
        (
            "description",
            Some(image.caption.as_ref().unwrap_or(&image.alt)),
        ),
        ("credit", image.credit.as_ref()),
    ];
    let children = below.into_iter().filter_map(|(name, text)| {
        let element = Extension {
            name: format!("{PREFIX}:{name}"),
            value: Some(text?.clone()),
            ..Extension::default()
        };
        Some((name.to_owned(), vec![element]))
    });
    Extension {
        name: format!("{PREFIX}:content"),
        attrs: attributes
            .map(|(key, value)| (key.to_owned(), value))
            .into(),
        children: children.collect(),
        ..Extension::default()
    }
}
