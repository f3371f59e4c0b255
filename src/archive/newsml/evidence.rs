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
    root: Element<'a>,
    vocabulary: Vocabulary<'_>,
) -> Result<BTreeMap<&'a str, Proof<'a>>, ArchiveError> {
    let rel = vocabulary.uri(codes::REL_EVIDENCE);
    root.need("contentMeta")?
        .all("contentMetaExtProperty")
        .filter(|property| property.get("reluri") == Some(&rel))
        .map(|property| Ok((property.must("literal")?, proof(property, vocabulary)?)))
        .collect()
}

fn proof<'a>(property: Element<'a>, vocabulary: Vocabulary<'_>) -> Result<Proof<'a>, ArchiveError> {
    let basis = property.must("whyuri")?;
    let rule = vocabulary
        .code(property.must("howuri")?)
        .and_then(|code| code.strip_prefix("rule."))
        .ok_or(Fault::Missing("rule of a fact"))?;
    let rule = percent_decode_str(rule)
        .decode_utf8()
        .map_err(|_| ArchiveError::value("rule", rule))?;
    Ok(Proof {
        basis: match vocabulary.code(basis) {
            Some("basis.stated") => Basis::Stated,
            Some("basis.inferred") => Basis::Inferred,
            Some("basis.configured") => Basis::Configured,
            _ => return Err(ArchiveError::value("basis", basis)),
        },
        span: property
            .get("value")
            .map(|_| property.span("value"))
            .transpose()?,
        rule: RuleId::from(rule.into_owned()),
        zone: property
            .child("related")
            .and_then(|zone| zone.get("literal")),
    })
}
