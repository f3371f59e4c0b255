//! TOML written by people: settings and sidecars, with errors that point at the line and name the nearest known key.

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;

use super::Position;

/// What is wrong in a TOML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// The file, as the run calls it.
    pub name: String,
    /// Where in it; `None`: nowhere, such as a key that is missing.
    pub position: Option<Position>,
    /// What was found and what was expected, starts lower-case.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl SettingsError {
    /// An error at a byte range of the file's text.
    pub fn at(name: &str, text: &str, place: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            position: Some(Position::of(text, place.start)),
            message: message.into(),
            hint: None,
        }
    }

    /// An error that has no place in the text.
    pub fn of(name: &str, message: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            position: None,
            message: message.into(),
            hint: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.name)?;
        if let Some(Position { line, column }) = self.position {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}", self.message)
    }
}

impl std::error::Error for SettingsError {}

/// Reads a TOML text into its typed form.
pub fn read_toml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, SettingsError> {
    toml::from_str(text).map_err(|error| explain(name, text, &error))
}

fn explain(name: &str, text: &str, error: &toml::de::Error) -> SettingsError {
    let place = error.span().unwrap_or(0..0);
    let message = error.message().trim();
    if let Some((found, known)) = unknown_key(message) {
        let hint = match nearest(found, known.iter().copied()) {
            Some(key) => format!("did you mean `{key}`?"),
            None => format!("known keys here: {}", known.join(", ")),
        };
        return SettingsError::at(name, text, place, format!("unknown key `{found}`")).hint(hint);
    }
    let message = message
        .replace("missing field", "missing key")
        .replace('\n', "; ");
    let message = match key_on_line(text, place.start) {
        Some(key) if message.starts_with("invalid") => format!("`{key}`: {message}"),
        _ => message,
    };
    SettingsError::at(name, text, place, message)
}

/// The key that serde does not know, and those that it does, out of its message.
fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let mut quoted = message
        .strip_prefix("unknown field ")?
        .split('`')
        .skip(1)
        .step_by(2);
    Some((quoted.next()?, quoted.collect()))
}

/// The key of the line that holds byte `at`.
fn key_on_line(text: &str, at: usize) -> Option<&str> {
    let (key, _) = text
        .lines()
        .nth(Position::of(text, at).line - 1)?
        .split_once('=')?;
    Some(key.trim())
}

/// The known word most like `found`, where one is near enough to be meant.
pub fn nearest<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| {
            (
                word,
                strsim::jaro_winkler(&found.to_lowercase(), &word.to_lowercase()),
            )
        })
        .filter(|(_, likeness)| *likeness > 0.8)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        headline: String,
        #[serde(default)]
        edition: u32,
    }

    #[test]
    fn errors_name_line_key_and_nearest_key() {
        for (text, shown, hint) in [
            (
                "\nheadlin = 'x'",
                "s.toml:2:1: unknown key `headlin`",
                Some("did you mean `headline`?"),
            ),
            (
                "headline = 'x'\nzone = 1",
                "s.toml:2:1: unknown key `zone`",
                Some("known keys here: headline, edition"),
            ),
            (
                "headline = 3",
                "s.toml:1:12: `headline`: invalid type: integer `3`, expected a string",
                None,
            ),
            ("edition = 3", "s.toml:1:1: missing key `headline`", None),
        ] {
            let error = read_toml::<Sample>("s.toml", text).expect_err(text);
            assert_eq!(
                (error.to_string().as_str(), error.hint.as_deref()),
                (shown, hint)
            );
        }
        let broken = read_toml::<Sample>("s.toml", "headline = 'é\n").expect_err("unclosed");
        assert_eq!(broken.position.map(|p| p.line), Some(1));
    }
}
