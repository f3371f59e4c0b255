//! A thin layer over quick-xml: elements as calls, and no character gets out that XML 1.0 forbids.

use std::collections::BTreeSet;
use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::codes::Vocabulary;

/// A document in the making. The first fault is kept and given by [`finish`](Self::finish); what is written after it
/// does not matter.
pub(super) struct Xml<'a> {
    out: Writer<Vec<u8>>,
    open: Vec<&'static str>,
    ids: BTreeSet<String>,
    fault: Option<String>,
    /// Names the archive's own codes.
    pub(super) vocabulary: Vocabulary<'a>,
}

impl<'a> Xml<'a> {
    /// A document with its declaration.
    pub(super) fn new(vocabulary: Vocabulary<'a>) -> Self {
        let mut xml = Self {
            out: Writer::new_with_indent(Vec::new(), b' ', 1),
            open: Vec::new(),
            ids: BTreeSet::new(),
            fault: None,
            vocabulary,
        };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// The bytes, or why they are none.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, String> {
        debug_assert!(self.open.is_empty(), "elements left open: {:?}", self.open);
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let mut bytes = self.out.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Begins an element.
    pub(super) fn element(&mut self, name: &'static str) -> Element<'_, 'a> {
        Element {
            name,
            start: BytesStart::new(name),
            xml: self,
        }
    }

    /// Begins an element and leaves it open.
    pub(super) fn open(&mut self, name: &'static str) {
        self.element(name).open();
    }

    /// Ends the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.event(Event::End(BytesEnd::new(name)));
        }
    }

    /// Whether an element with this id was written.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Keeps a fault, unless there is one already.
    pub(super) fn fail(&mut self, fault: impl FnOnce() -> String) {
        if self.fault.is_none() {
            self.fault = Some(fault());
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if let Err(fault) = self.out.write_event(event) {
            self.fail(|| fault.to_string());
        }
    }

    fn check(&mut self, place: &str, value: &str, single_line: bool) {
        let forbidden = |c: char| !is_char(c) || (single_line && matches!(c, '\t' | '\n' | '\r'));
        if let Some(c) = value.chars().find(|c| forbidden(*c)) {
            self.fail(|| format!("{place} holds the character U+{:04X}", u32::from(c)));
        }
    }
}

/// An element whose attributes are being written.
pub(super) struct Element<'x, 'a> {
    xml: &'x mut Xml<'a>,
    name: &'static str,
    start: BytesStart<'static>,
}

impl Element<'_, '_> {
    /// Adds an attribute. `@literal` must be of one line, as the schema has it.
    pub(super) fn attr(mut self, key: &'static str, value: impl AsRef<str>) -> Self {
        let value = value.as_ref();
        self.xml.check(key, value, key == "literal");
        self.start.push_attribute(Attribute {
            key: QName(key.as_bytes()),
            value: escape(value, true).into_bytes().into(),
        });
        self
    }

    /// Adds an attribute that is a number or the like.
    pub(super) fn number(self, key: &'static str, value: impl Display) -> Self {
        self.attr(key, value.to_string())
    }

    /// Adds an attribute where there is a value.
    pub(super) fn opt(self, key: &'static str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.attr(key, value),
            None => self,
        }
    }

    /// Adds an attribute that holds one of the archive's codes as `QCode`.
    pub(super) fn qcode(self, key: &'static str, code: &str) -> Self {
        self.attr(key, format!("dl:{code}"))
    }

    /// Adds an attribute that holds one of the archive's codes as address: for codes beyond the base profile.
    pub(super) fn uri(self, key: &'static str, code: &str) -> Self {
        let uri = self.xml.vocabulary.uri(code);
        self.attr(key, uri)
    }

    /// Adds `@id`.
    pub(super) fn id(self, id: impl Into<String>) -> Self {
        self.named("id", id)
    }

    /// Adds an attribute of type ID under another name.
    pub(super) fn named(self, key: &'static str, id: impl Into<String>) -> Self {
        let id = id.into();
        self.xml.ids.insert(id.clone());
        self.attr(key, id)
    }

    /// Leaves the element open for children.
    pub(super) fn open(self) {
        self.xml.open.push(self.name);
        self.xml.event(Event::Start(self.start));
    }

    /// Writes the element without content.
    pub(super) fn empty(self) {
        self.xml.event(Event::Empty(self.start));
    }

    /// Writes the element around text.
    pub(super) fn text(self, text: impl AsRef<str>) {
        self.content(text.as_ref(), false);
    }

    /// Writes the element around text of one line, as the schema has it for names.
    pub(super) fn line(self, text: impl AsRef<str>) {
        self.content(text.as_ref(), true);
    }

    fn content(self, text: &str, single_line: bool) {
        if text.is_empty() {
            return self.empty();
        }
        self.xml.check(self.name, text, single_line);
        self.xml.event(Event::Start(self.start));
        let escaped = escape(text, false);
        self.xml
            .event(Event::Text(BytesText::from_escaped(escaped)));
        self.xml.event(Event::End(BytesEnd::new(self.name)));
    }
}

/// Production 2 of XML 1.0.
pub(super) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Text in which a parser finds every character again: carriage returns, and in attributes all white space but the
/// blank, would else be normalized (XML 1.0, 2.11 and 3.3.3).
fn escape(text: &str, attribute: bool) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\t' if attribute => out.push_str("&#9;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Xml<'_>)) -> Result<String, String> {
        let mut xml = Xml::new(Vocabulary("https://x.example/"));
        write(&mut xml);
        xml.finish()
            .map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
    }

    #[test]
    fn white_space_and_markup_survive() {
        let text = "a\r\nb\t<&>\"' ]]>";
        let got =
            written(|xml| xml.element("p").attr("q", text).text(text)).expect("it is written");
        let document = roxmltree::Document::parse(&got).expect("it parses");
        assert_eq!(document.root_element().text(), Some(text));
        assert_eq!(document.root_element().attribute("q"), Some(text));
    }

    #[test]
    fn characters_that_xml_forbids_do_not_get_out() {
        for c in ['\0', '\u{1}', '\u{B}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
            let text = format!("a{c}b");
            assert!(written(|xml| xml.element("p").text(&text)).is_err());
            assert!(written(|xml| xml.element("p").attr("q", &text).empty()).is_err());
        }
        assert!(written(|xml| xml.element("p").line("a\nb")).is_err());
        assert!(written(|xml| xml.element("p").attr("literal", "a\nb").empty()).is_err());
        assert!(written(|xml| xml.element("p").text("\u{85}\u{FFFD}\u{10FFFF}")).is_ok());
    }

    #[test]
    fn no_white_space_is_added_to_text() {
        let got = written(|xml| {
            xml.open("a");
            xml.element("b").text("");
            xml.element("b").text(" ");
            xml.close();
        });
        assert!(
            got.expect("it is written")
                .ends_with("<a>\n <b/>\n <b> </b>\n</a>\n")
        );
    }
}
