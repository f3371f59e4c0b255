//! The sidecar: what the office says of a release beside its text (`NAME.toml` beside `NAME.txt`).
//!
//! Here are plain values with their places in the file; what they mean for a release is for reading to say.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::image;
use super::settings::{SettingsError, read_toml};

/// Largest sidecar in bytes.
const MAX_BYTES: u64 = 1_000_000;

/// A sidecar's keys. Each stands for the record's field of that name; an absent one leaves what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    /// Title line.
    pub headline: Option<Spanned<Words>>,
    /// Second title line.
    pub subtitle: Option<Spanned<Words>>,
    /// Publication date.
    pub published: Option<Spanned<Words>>,
    /// Update stamp.
    pub modified: Option<Spanned<Words>>,
    /// Not before this time.
    pub embargo: Option<Spanned<Words>>,
    /// Id of the release that this one is a translation of.
    pub translation_of: Option<Spanned<Words>>,
    /// Language tag of the body.
    pub language: Option<Spanned<Words>>,
    /// `usable`, `withheld` or `withdrawn`.
    pub status: Option<Spanned<Words>>,
    /// Standfirst.
    pub summary: Option<Spanned<Words>>,
    /// Place that opens the body.
    pub dateline: Option<Spanned<Words>>,
    /// What the office says of a change.
    pub correction: Option<CorrectionTable>,
    /// The main events.
    pub event: Option<Vec<EventTable>>,
    /// The people.
    pub person: Option<Vec<PersonTable>>,
    /// The organizations.
    pub organization: Option<Vec<OrganizationTable>>,
    /// The pictures.
    pub image: Option<Vec<ImageTable>>,
    /// The file, as the run calls it.
    #[serde(skip)]
    pub name: String,
    #[serde(skip)]
    text: String,
}

/// `[correction]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionTable {
    /// What was wrong, in the office's words.
    pub note: Spanned<Words>,
}

/// `[[event]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key is the record's field of that name")]
pub struct EventTable {
    pub name: Spanned<Words>,
    pub series: Option<Spanned<Words>>,
    pub edition: Option<Spanned<u32>>,
    pub kind: Option<Spanned<Words>>,
    pub part_of: Option<Spanned<Words>>,
    pub start: Option<Spanned<Words>>,
    pub end: Option<Spanned<Words>>,
    pub venue: Option<Spanned<Words>>,
    pub street: Option<Spanned<Words>>,
    pub locality: Option<Spanned<Words>>,
    pub region: Option<Spanned<Words>>,
    pub country: Option<Spanned<Words>>,
    pub attendance: Option<Spanned<Words>>,
    pub organizer: Option<Spanned<Words>>,
    pub status: Option<Spanned<Words>>,
    pub previous_start: Option<Spanned<Words>>,
    pub speakers: Option<Vec<Spanned<Words>>>,
    pub url: Option<Spanned<Words>>,
}

/// `[[person]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key is the record's field of that name")]
pub struct PersonTable {
    pub name: Spanned<Words>,
    pub honorific: Option<Spanned<Words>>,
    pub role: Option<Spanned<Words>>,
    pub organization: Option<Spanned<Words>>,
    pub same_as: Option<Vec<Spanned<Words>>>,
}

/// `[[organization]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key is the record's field of that name")]
pub struct OrganizationTable {
    pub name: Spanned<Words>,
    pub acronym: Option<Spanned<Words>>,
    pub aliases: Option<Vec<Spanned<Words>>>,
    pub same_as: Option<Vec<Spanned<Words>>>,
}

/// `[[image]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageTable {
    /// The file, beside the sidecar or in a folder below.
    pub file: Spanned<Words>,
    /// What the picture shows, for those who do not see it.
    pub alt: Spanned<Words>,
    /// Words below the picture.
    pub caption: Option<Spanned<Words>>,
    /// Whom it is owed to.
    pub credit: Option<Spanned<Words>>,
    /// Name of the main event that it shows.
    pub event: Option<Spanned<Words>>,
}

/// A picture that is named where none is looked for.
#[derive(Debug)]
pub struct Misplaced {
    /// What the run calls the link on the way to it, where that is why: the picture is in place once this is a folder.
    pub link: Option<String>,
    /// The finding.
    pub error: SettingsError,
}

/// A value in words. A date may stand without quotation marks and is kept as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(words) => Ok(Self(words)),
            toml::Value::Datetime(date) => Ok(Self(date.to_string())),
            other => Err(serde::de::Error::custom(format!(
                "invalid type: {}, expected words in quotation marks or a date",
                other.type_str()
            ))),
        }
    }
}

impl Sidecar {
    /// Reads the sidecar at `path`, which the run calls `name`.
    pub fn read(path: &Path, name: &str) -> Result<Self, SettingsError> {
        let bytes =
            super::file::read(path, MAX_BYTES).map_err(|(_, why)| SettingsError::of(name, why))?;
        let text = String::from_utf8(bytes).map_err(|_| SettingsError::of(name, "is not UTF-8"))?;
        Self::parse(name, &text)
    }

    /// Reads a sidecar's text.
    pub fn parse(name: &str, text: &str) -> Result<Self, SettingsError> {
        let text = text.trim_start_matches('\u{FEFF}');
        Ok(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            ..read_toml(name, text)?
        })
    }

    /// Where each picture that it names lies, and what the run calls it, of a sidecar that lies at `path` beside the text
    /// that the run calls `text`.
    pub fn images(&self, path: &Path, text: &str) -> Vec<Result<(PathBuf, String), Misplaced>> {
        let folder = &text[..text.rfind('/').map_or(0, |at| at + 1)];
        let place = |table: &ImageTable| {
            let file = table.file.get_ref().0.as_str();
            match image::beside(path, file) {
                Ok(path) => Ok((path, format!("{folder}{file}"))),
                Err(link) => {
                    let why = "expected a file beside the sidecar or in a folder below";
                    let message = format!("`file`: found `{file}`, {why}");
                    Err(Misplaced {
                        link: link.map(|link| format!("{folder}{link}")),
                        error: self.error(table.file.span(), message),
                    })
                }
            }
        };
        self.image.iter().flatten().map(place).collect()
    }

    /// An error about the value at a place in the file.
    pub fn error(&self, at: Range<usize>, message: impl Into<String>) -> SettingsError {
        SettingsError::at(&self.name, &self.text, at, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_dates_are_kept_as_written() {
        let sidecar = Sidecar::parse(
            "a.toml",
            "headline = 'New'\npublished = 2024-05-03\nembargo = 2024-05-03T10:00:00+02:00\n[[event]]\nname = 'Fair'\nedition = 3\n",
        )
        .expect("valid");
        let words = |value: &Option<Spanned<Words>>| value.as_ref().map(|v| v.get_ref().0.clone());
        assert_eq!(words(&sidecar.headline).as_deref(), Some("New"));
        assert_eq!(words(&sidecar.published).as_deref(), Some("2024-05-03"));
        assert_eq!(
            words(&sidecar.embargo).as_deref(),
            Some("2024-05-03T10:00:00+02:00")
        );
        assert_eq!(sidecar.event.map(|events| events.len()), Some(1));
    }

    #[test]
    fn errors_name_file_line_and_key() {
        for (text, shown, hint) in [
            (
                "headlin = 'x'",
                "a.toml:1:1: unknown key `headlin`",
                Some("did you mean `headline`?"),
            ),
            (
                "\n[[event]]\nname = 'x'\nloclity = 'y'",
                "a.toml:4:1: unknown key `loclity`",
                Some("did you mean `locality`?"),
            ),
            (
                "headline = 3",
                "a.toml:1:12: `headline`: invalid type: integer, expected words in quotation marks or a date",
                None,
            ),
            (
                "[[event]]\nstart = 2024-05-03",
                "a.toml:1:1: missing key `name`",
                None,
            ),
        ] {
            let error = Sidecar::parse("a.toml", text).expect_err(text);
            assert_eq!(
                (error.to_string().as_str(), error.hint.as_deref()),
                (shown, hint)
            );
        }
    }
}
