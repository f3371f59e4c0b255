//! Pictures as `ImageObject` (RULES GA-5, GE-17). Width and height are left to the page: schema.org takes no bare numbers
//! for them.

use super::cast::Cast;
use super::node::Node;
use crate::model::Image;
use crate::write::web::image_address;

/// Every picture of the release.
pub(super) fn all(cast: &Cast<'_>) -> Vec<Node> {
    those(cast, |_| true)
}

/// The pictures that the office says show the event of that name.
pub(super) fn of_event(cast: &Cast<'_>, name: &str) -> Vec<Node> {
    those(cast, |image| image.event.as_deref() == Some(name))
}

fn those(cast: &Cast<'_>, wanted: impl Fn(&Image) -> bool) -> Vec<Node> {
    let images = cast.published.release.images.iter().map(|fact| &fact.value);
    let numbered = images.zip(1..).filter(|(image, _)| wanted(image));
    numbered
        .map(|(image, number)| {
            let url = image_address(cast.published, image, cast.site);
            Node::new("ImageObject", cast.fragment(&format!("image-{number}")))
                .with("url", url.as_str())
                .with("contentUrl", url)
                .with("encodingFormat", image.format.media_type())
                .opt("caption", image.caption.as_deref())
                .opt("creditText", image.credit.as_deref())
        })
        .collect()
}
