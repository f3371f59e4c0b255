//! Do the places that an item names lie in its text?
//!
//! The item's hashes cover what is said and the source, not where in the source it was found.

use super::decoded;
use crate::archive::ArchiveError;
use crate::model::{Block, Published, Standing};
use crate::source::Span;

/// What is wrong with the places of a version's facts, blocks, notices, links and findings in its text: each must be a part
/// of the text, with words in it but for findings, and a block must be those words.
pub fn misplaced(published: &Published) -> Result<Vec<String>, ArchiveError> {
    let release = &published.release;
    if published.standing == Standing::Withdrawn {
        return Ok(Vec::new());
    }
    let text = decoded(published.bytes.clone(), release)?.text;
    let words = |span: Span| {
        let words = text.get(span.range());
        words.filter(|words| !words.trim().is_empty())
    };
    let mut wrong = Vec::new();
    let mut look = |what: &str, span: Span| {
        if words(span).is_none() {
            let Span { start, end } = span;
            wrong.push(format!(
                "{what}: no words stand at {start}-{end} of the text"
            ));
        }
    };
    for evidence in release.evidence() {
        evidence
            .span
            .into_iter()
            .for_each(|span| look(&evidence.field, span));
    }
    for notice in &release.notices {
        look("notices", notice.span);
    }
    for link in &release.links {
        look("links", link.span);
    }
    let says = |block: &Block| {
        words(block.span)
            .is_some_and(|words| words.split_whitespace().eq(block.text.split_whitespace()))
    };
    for (field, blocks) in [
        ("body", &release.body),
        ("boilerplate", &release.boilerplate),
        ("notes_to_editors", &release.notes_to_editors),
    ] {
        let wrong_blocks = (0..).zip(blocks).filter(|(_, block)| !says(block));
        wrong.extend(wrong_blocks.map(|(i, block): (usize, _)| {
            let Span { start, end } = block.span;
            format!("{field}.{i}: is not what stands at {start}-{end} of the text")
        }));
    }
    let findings = (published.diagnostics.iter()).filter(|finding| {
        finding
            .span
            .is_some_and(|span| text.get(span.range()).is_none())
    });
    wrong.extend(findings.map(|finding| format!("{}: is not of the text", finding.code.name())));
    Ok(wrong)
}
