//! What the program tells the operator about a release: findings, never failures.

mod advice;
mod codes;
mod input;
mod render;
mod sarif;
mod terminal;

pub use advice::Advice;
pub use codes::{Code, Severity};
pub use input::repairs;
pub use render::{COLUMNS, Style};
pub use terminal::printable;
pub(crate) use terminal::{Cell, LEAST, cells, hanging, rows};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::source::Span;

/// One finding about one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What was found.
    pub code: Code,
    /// The finding in words: starts lower-case, quotes what was found.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The words it is about, in the source's text.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A finding without place or advice.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
            span: None,
        }
    }

    /// Adds the words it is about.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A number of things: `1 release`, `2 releases`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("code", self.code.name())?;
        map.serialize_entry("severity", &self.code.severity())?;
        map.serialize_entry("message", &self.message)?;
        map.serialize_entry("hint", &self.hint)?;
        map.serialize_entry("span", &self.span)?;
        map.end()
    }
}
