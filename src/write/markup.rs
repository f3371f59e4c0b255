//! Blocks of text as HTML, for pages and for the full text in feeds.

use std::fmt::Write;

use quick_xml::escape::{escape, partial_escape};

use crate::model::{Block, BlockKind, Image};

/// The blocks as HTML, one element a line; list items that follow each other make one list.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut html = String::new();
    let mut in_list = false;
    for block in blocks {
        let is_item = block.kind == BlockKind::ListItem;
        if is_item != in_list {
            html.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            in_list = is_item;
        }
        let text = partial_escape(&block.text);
        let line = match block.kind {
            BlockKind::Paragraph => writeln!(html, "<p>{text}</p>"),
            BlockKind::ListItem => writeln!(html, "<li>{text}</li>"),
            BlockKind::Heading => writeln!(html, "<h2>{text}</h2>"),
            BlockKind::Quote => writeln!(html, "<blockquote><p>{text}</p></blockquote>"),
        };
        line.unwrap_or_else(|_| unreachable!("a string takes all that is written to it"));
    }
    if in_list {
        html.push_str("</ul>\n");
    }
    html
}

/// A picture at an address, with its caption and whom it is owed to.
pub(super) fn figure(address: &str, image: &Image) -> String {
    let mut html = format!(
        "<figure>\n<img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\">\n",
        escape(address),
        image.width,
        image.height,
        escape(&image.alt)
    );
    let caption = image
        .caption
        .iter()
        .map(|text| partial_escape(text).into_owned());
    let credit =
        (image.credit.iter()).map(|text| format!("<small>{}</small>", partial_escape(text)));
    let below: Vec<_> = caption.chain(credit).collect();
    if !below.is_empty() {
        let below = below.join("<br>");
        writeln!(html, "<figcaption>{below}</figcaption>")
            .unwrap_or_else(|_| unreachable!("a string takes all that is written to it"));
    }
    html + "</figure>\n"
}

#[cfg(test)]
mod tests {
    use super::super::sample::paragraph;
    use super::*;

    #[test]
    fn items_make_lists_and_text_stays_text() {
        let block = |kind, text| Block {
            kind,
            ..paragraph(text)
        };
        let html = blocks(&[
            block(BlockKind::Heading, "A & B"),
            block(BlockKind::ListItem, "one"),
            block(BlockKind::ListItem, "<two>"),
            block(BlockKind::Paragraph, "three"),
            block(BlockKind::ListItem, "four"),
        ]);
        assert_eq!(
            html,
            "<h2>A &amp; B</h2>\n<ul>\n<li>one</li>\n<li>&lt;two&gt;</li>\n</ul>\n<p>three</p>\n<ul>\n<li>four</li>\n</ul>\n"
        );
    }
}
