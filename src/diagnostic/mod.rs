//! What the program tells the operator about a release: findings, never failures.

mod input;
mod render;
mod terminal;

pub use input::repairs;
pub use render::Style;
pub use terminal::printable;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::source::Span;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// A fact is missing or uncertain; the release is published.
    Warning,
    /// The release cannot be published as it is.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal, $severity:ident, $about:literal;)+) => {
        /// Every finding there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $about] $variant),+ }

        impl Code {
            /// All codes, by number.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Short code: `D104`.
            pub fn number(self) -> &'static str { match self { $(Self::$variant => $number),+ } }

            /// Name in words with hyphens, as the record prints it.
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $name),+ } }

            /// How bad it is.
            pub fn severity(self) -> Severity { match self { $(Self::$variant => Severity::$severity),+ } }

            /// What it means, one sentence.
            pub fn about(self) -> &'static str { match self { $(Self::$variant => $about),+ } }

            /// The code of a name.
            pub fn from_name(name: &str) -> Option<Self> { Self::ALL.iter().copied().find(|c| c.name() == name) }
        }
    };
}

codes! {
    Unreadable = "D001", "unreadable", Error, "The file could not be read.";
    TooLarge = "D002", "too-large", Error, "The file is larger than the settings allow.";
    NotAFile = "D003", "not-a-file", Error, "The path is a link, a folder or a device.";
    Empty = "D004", "empty", Error, "No text is left once page furniture is taken away.";
    Repaired = "D005", "repaired", Note, "Characters that no output may hold were replaced or removed.";
    SidecarInvalid = "D006", "sidecar-invalid", Error, "The sidecar cannot be understood.";
    SidecarWithoutRelease = "D007", "sidecar-without-release", Warning, "A sidecar lies beside no release.";
    SameId = "D008", "same-id", Error, "Two files claim one identity.";
    UnsafeName = "D009", "unsafe-name", Error, "The file's name cannot be part of an address.";
    NotText = "D010", "not-text", Error, "The file is a document of another program, not a text.";
    Unwritable = "D011", "unwritable", Error, "A document could not be made of the release.";
    ArchiveDamaged = "D012", "archive-damaged", Error, "The newest archive item of the release cannot be read.";
    NoHeadline = "D101", "no-headline", Error, "The text has no headline.";
    NoDate = "D102", "no-date", Error, "The text has no publication date.";
    NoLanguage = "D103", "no-language", Warning, "The language of the text could not be told.";
    EventWithoutPlace = "D104", "event-without-place", Warning, "The text names no place for the event.";
    EventWithoutDate = "D105", "event-without-date", Warning, "The text gives no day for the event.";
    AmbiguousDate = "D106", "ambiguous-date", Warning, "A numeric date can be read in two ways.";
    WeekdayMismatch = "D107", "weekday-mismatch", Warning, "The weekday does not belong to the date.";
    DateFromFallback = "D108", "date-from-fallback", Note, "The publication date is not from the text.";
    NotARelease = "D109", "not-a-release", Error, "The text is a list of several releases.";
    FutureDate = "D110", "future-date", Warning, "The publication date lies after the run.";
    Embargoed = "D111", "embargoed", Note, "The release is held until its embargo ends.";
}

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
