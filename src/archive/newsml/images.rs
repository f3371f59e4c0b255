//! The pictures of a release, from the links of itemMeta.

use super::item::{Element, Item};
use crate::archive::ArchiveError;
use crate::model::{Fact, Image};
use crate::source::ImageFormat;
use crate::write::newsml_g2::codes;

/// Reads what is said of each picture; its file lies beside the item.
pub(super) fn read(item: &Item<'_>) -> Result<Vec<Fact<Image>>, ArchiveError> {
    item.coded(item.item_meta()?, "link", "reluri", codes::REL_IMAGE)
        .enumerate()
        .map(|(i, link)| item.fact(&format!("images.{i}"), image(item, link)?))
        .collect()
}

fn image(item: &Item<'_>, link: Element<'_>) -> Result<Image, ArchiveError> {
    let words = |role: &str| {
        let text = item.coded(link, "description", "roleuri", role).next();
        text.map(|text| text.text().to_owned())
    };
    let related = |rel: &str| item.coded(link, "related", "reluri", rel).next();
    let pixels = |rel: &str| {
        let found = related(rel).ok_or_else(|| ArchiveError::value("picture without", rel))?;
        found.number("value")
    };
    let media_type = link.must("contenttype")?;
    Ok(Image {
        file: link.must("title")?.to_owned(),
        alt: words(codes::DESCRIPTION_ALT).unwrap_or_default(),
        caption: words(codes::DESCRIPTION_CAPTION),
        credit: link
            .child("creditline")
            .map(|credit| credit.text().to_owned()),
        event: related(codes::REL_SHOWS_EVENT)
            .map(|event| event.must("literal").map(str::to_owned))
            .transpose()?,
        format: ImageFormat::from_media_type(media_type)
            .ok_or_else(|| ArchiveError::value("kind of picture", media_type))?,
        width: pixels(codes::REL_WIDTH)?,
        height: pixels(codes::REL_HEIGHT)?,
        bytes: link.number("size")?,
        sha256: link.need("hash")?.text().to_owned(),
    })
}
