//! Where every fact of an item comes from.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::item::Element;
use crate::archive::{ArchiveError, Fault};
use crate::model::{Basis, RuleId};
use crate::source::Span;
use crate::write::newsml_g2::codes::{self, Vocabulary};

/// The evidence of one fact.
pub(super) struct Proof<'a> {
    /// Why it may be published.
    pub(super) basis: Basis,
    /// The words that carry it.
    pub(super) span: Option<Span>,
    /// The rule that read it.
    pub(super) rule: RuleId,
    /// Name of its time zone, for a date that has one.
    pub(super) zone: Option<&'a str>,
}

/// The evidence of an item's facts, by their paths in the record.
pub(super) fn read<'a>(
    meta: Element<'a>,
    vocabulary: Vocabulary<'_>,
) -> Result<BTreeMap<&'a str, Proof<'a>>, ArchiveError> {
    let rel = vocabulary.uri(codes::REL_EVIDENCE);
    let mut proofs = BTreeMap::new();
    for property in meta.extensions(&rel) {
        let basis = basis(property.must("whyuri")?, vocabulary)?;
        let rule = rule(property.must("howuri")?, vocabulary)?;
        for fact in property.all("related") {
            let proof = Proof {
                basis,
                span: fact.span("value")?,
                rule: rule.clone(),
                zone: fact.child("related").and_then(|zone| zone.get("literal")),
            };
            proofs.insert(fact.must("literal")?, proof);
        }
    }
    Ok(proofs)
}

fn basis(uri: &str, vocabulary: Vocabulary<'_>) -> Result<Basis, ArchiveError> {
    let code = vocabulary.code(uri);
    [Basis::Stated, Basis::Inferred, Basis::Configured]
        .into_iter()
        .find(|basis| code == Some(codes::basis(*basis)))
        .ok_or_else(|| ArchiveError::value("basis", uri))
}

fn rule(uri: &str, vocabulary: Vocabulary<'_>) -> Result<RuleId, ArchiveError> {
    let encoded = vocabulary
        .code(uri)
        .and_then(|code| code.strip_prefix("rule."));
    let name = encoded.and_then(|name| percent_decode_str(name).decode_utf8().ok());
    name.map(|name| RuleId::from(name.into_owned()))
        .ok_or_else(|| ArchiveError::value("rule", uri))
}

/// Kind and place of every block of text, by their paths in the record.
pub(super) fn blocks<'a>(
    meta: Element<'a>,
    vocabulary: Vocabulary<'a>,
) -> Result<BTreeMap<&'a str, (&'a str, Span)>, ArchiveError> {
    let rel = vocabulary.uri(codes::REL_BLOCK);
    let mut places = BTreeMap::new();
    for property in meta.extensions(&rel) {
        let uri = property.must("typeuri")?;
        let kind = vocabulary
            .code(uri)
            .and_then(|code| code.strip_prefix("block."))
            .ok_or_else(|| ArchiveError::value("kind of block", uri))?;
        for block in property.all("related") {
            let span = block.span("value")?.ok_or(Fault::Missing("value"))?;
            places.insert(block.must("literal")?, (kind, span));
        }
    }
    Ok(places)
}
