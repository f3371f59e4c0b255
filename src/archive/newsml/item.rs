//! The elements of an item, by short names.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::evidence::{self, Proof};
use crate::archive::{ArchiveError, Fault};
use crate::model::{Date, Fact};
use crate::source::Span;
use crate::write::newsml_g2::NAMESPACE;
use crate::write::newsml_g2::codes::Vocabulary;

/// An item and what is said of the evidence of its facts.
pub(super) struct Item<'a> {
    /// The root element.
    pub(super) root: Element<'a>,
    /// The scheme of the archive's own codes.
    pub(super) vocabulary: Vocabulary<'a>,
    evidence: BTreeMap<&'a str, Proof<'a>>,
    blocks: BTreeMap<&'a str, (&'a str, Span)>,
    assertions: BTreeMap<&'a str, Element<'a>>,
}

/// An element.
#[derive(Clone, Copy)]
pub(super) struct Element<'a>(roxmltree::Node<'a, 'a>);

impl<'a> Item<'a> {
    /// A newsItem.
    pub(super) fn of(root: roxmltree::Node<'a, 'a>) -> Result<Self, ArchiveError> {
        if !root.has_tag_name((NAMESPACE, "newsItem")) {
            return Err(ArchiveError::value("kind of item", root.tag_name().name()));
        }
        let root = Element(root);
        let scheme = root
            .path(&["catalog", "scheme"])
            .and_then(|scheme| scheme.get("uri"));
        let vocabulary = Vocabulary(scheme.ok_or(Fault::Missing("scheme of its own codes"))?);
        let meta = root.need("contentMeta")?;
        let evidence = evidence::read(meta, vocabulary)?;
        let blocks = evidence::blocks(meta, vocabulary)?;
        let assertions = root
            .all("assert")
            .filter_map(|assert| Some((assert.get("uri").or(assert.get("literal"))?, assert)))
            .collect();
        Ok(Self {
            root,
            vocabulary,
            evidence,
            blocks,
            assertions,
        })
    }

    /// The itemMeta.
    pub(super) fn item_meta(&self) -> Result<Element<'a>, ArchiveError> {
        self.root.need("itemMeta")
    }

    /// The contentMeta.
    pub(super) fn content_meta(&self) -> Result<Element<'a>, ArchiveError> {
        self.root.need("contentMeta")
    }

    /// The extension properties with a relation, in order.
    pub(super) fn properties(
        &self,
        of: Element<'a>,
        rel: &str,
    ) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let uri = self.vocabulary.uri(rel);
        of.elements()
            .filter(move |element| element.is_extension(&uri))
    }

    /// The children with a name whose address attribute is one of our codes.
    pub(super) fn coded(
        &self,
        of: Element<'a>,
        name: &'static str,
        key: &'static str,
        code: &str,
    ) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let uri = self.vocabulary.uri(code);
        of.all(name)
            .filter(move |element| element.get(key) == Some(&uri))
    }

    /// The digits of a hash.
    pub(super) fn hash(&self, scope: &str) -> Result<&'a str, ArchiveError> {
        let scope = format!("dl:{scope}");
        self.item_meta()?
            .all("hash")
            .find(|hash| hash.get("scope") == Some(&scope))
            .map(Element::text)
            .ok_or_else(|| Fault::Missing("hash").into())
    }

    /// A value as the fact that a field of the record holds.
    pub(super) fn fact<T>(&self, field: &str, value: T) -> Result<Fact<T>, ArchiveError> {
        let proof = self
            .evidence
            .get(field)
            .ok_or_else(|| ArchiveError::value("fact without evidence", field))?;
        Ok(Fact {
            value,
            basis: proof.basis,
            span: proof.span,
            rule: proof.rule.clone(),
        })
    }

    /// A fact where there is a value.
    pub(super) fn opt<T>(
        &self,
        field: &str,
        value: Option<T>,
    ) -> Result<Option<Fact<T>>, ArchiveError> {
        value.map(|value| self.fact(field, value)).transpose()
    }

    /// A text fact from an element, where there is one.
    pub(super) fn text(
        &self,
        field: &str,
        element: Option<Element<'a>>,
    ) -> Result<Option<Fact<String>>, ArchiveError> {
        self.opt(field, element.map(|element| element.text().to_owned()))
    }

    /// A date fact, with the name of its zone.
    pub(super) fn date(
        &self,
        field: &str,
        text: Option<&str>,
    ) -> Result<Option<Fact<Date>>, ArchiveError> {
        let Some(text) = text else { return Ok(None) };
        let mut date = Date::parse(text).ok_or_else(|| ArchiveError::value("date", text))?;
        if let Some(zone) = &mut date.zone
            && let Some(name) = self.evidence.get(field).and_then(|proof| proof.zone)
        {
            name.clone_into(&mut zone.name);
        }
        self.fact(field, date).map(Some)
    }

    /// Text facts of a list, in order.
    pub(super) fn list(
        &self,
        field: &str,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<Fact<String>>, ArchiveError> {
        texts
            .into_iter()
            .enumerate()
            .map(|(i, text)| self.fact(&format!("{field}.{i}"), text.to_owned()))
            .collect()
    }

    /// The assertion about what an address or a literal names.
    pub(super) fn assertion(&self, name: &str) -> Result<Element<'a>, ArchiveError> {
        self.assertions
            .get(name)
            .copied()
            .ok_or_else(|| ArchiveError::value("event without an assertion", name))
    }

    /// Kind and place of a block of text.
    pub(super) fn block(&self, field: &str) -> Result<(&'a str, Span), ArchiveError> {
        self.blocks
            .get(field)
            .copied()
            .ok_or_else(|| ArchiveError::value("block without a place", field))
    }

    /// Whether the item has evidence of a field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.evidence.contains_key(field)
    }
}

impl<'a> Element<'a> {
    /// Its name without the namespace.
    pub(super) fn name(self) -> &'a str {
        self.0.tag_name().name()
    }

    /// Its child elements.
    pub(super) fn elements(self) -> impl Iterator<Item = Self> {
        self.0
            .children()
            .filter(roxmltree::Node::is_element)
            .map(Element)
    }

    /// Its children with a name.
    pub(super) fn all(self, name: &'static str) -> impl Iterator<Item = Self> {
        self.elements()
            .filter(move |element| element.name() == name)
    }

    /// Its first child with a name.
    pub(super) fn child(self, name: &'static str) -> Option<Self> {
        self.all(name).next()
    }

    /// Its first child with a name, which every item has.
    pub(super) fn need(self, name: &'static str) -> Result<Self, ArchiveError> {
        self.child(name).ok_or_else(|| Fault::Missing(name).into())
    }

    /// The first element down a path of names.
    pub(super) fn path(self, names: &[&'static str]) -> Option<Self> {
        names
            .iter()
            .try_fold(self, |element, name| element.child(name))
    }

    /// Its first child with a name and a value of an attribute.
    pub(super) fn with(self, name: &'static str, key: &'static str, value: &str) -> Option<Self> {
        self.all(name)
            .find(|element| element.get(key) == Some(value))
    }

    /// The child that relates it by one of our codes of the base profile.
    pub(super) fn related(self, rel: &str) -> Option<Self> {
        self.with("related", "rel", &format!("dl:{rel}"))
    }

    /// An attribute.
    pub(super) fn get(self, key: &str) -> Option<&'a str> {
        self.0.attribute(key)
    }

    /// An attribute that every such element has.
    pub(super) fn must(self, key: &'static str) -> Result<&'a str, ArchiveError> {
        self.get(key).ok_or_else(|| Fault::Missing(key).into())
    }

    /// An attribute that is a number.
    pub(super) fn number<T: FromStr>(self, key: &'static str) -> Result<T, ArchiveError> {
        let text = self.must(key)?;
        text.parse().map_err(|_| ArchiveError::value(key, text))
    }

    /// An attribute that is a place in the text.
    pub(super) fn span(self, key: &'static str) -> Result<Option<Span>, ArchiveError> {
        let Some(text) = self.get(key) else {
            return Ok(None);
        };
        let span = || {
            let (start, end) = text.split_once('-')?;
            let (start, end) = (start.parse().ok()?, end.parse().ok()?);
            (start <= end).then_some(Span { start, end })
        };
        span()
            .map(Some)
            .ok_or_else(|| ArchiveError::value(key, text))
    }

    /// Its extension properties with the address of a relation, in order.
    pub(super) fn extensions(self, uri: &str) -> impl Iterator<Item = Self> {
        self.elements()
            .filter(move |element| element.is_extension(uri))
    }

    fn is_extension(self, uri: &str) -> bool {
        self.name().ends_with("ExtProperty") && self.get("reluri") == Some(uri)
    }

    /// Its text; empty where it has none.
    pub(super) fn text(self) -> &'a str {
        self.0.text().unwrap_or_default()
    }

    /// All of its text, however the parser cut it.
    pub(super) fn all_text(self) -> String {
        self.0
            .children()
            .filter(roxmltree::Node::is_text)
            .filter_map(|node| node.text())
            .collect()
    }
}
