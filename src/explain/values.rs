//! Values of facts as the record prints them, by the path of their field.

use serde_json::Value;

use crate::model::record::Record;
use crate::model::{Release, Standing};

/// The record of a release.
pub(super) struct Values(Value);

impl Values {
    pub(super) fn of(release: &Release) -> Self {
        let record = Record {
            release,
            version: 1,
            standing: Standing::Usable,
            alternates: &[],
            diagnostics: &[],
        };
        // Records hold strings, numbers and lists: they always have a JSON form.
        Self(serde_json::to_value(record).unwrap_or_default())
    }

    /// The value at a path with dots.
    pub(super) fn at<'v>(&'v self, path: &str) -> String {
        let step = |value: &'v Value, key: &str| match value {
            Value::Array(list) => list.get(key.parse::<usize>().ok()?),
            other => other.get(key),
        };
        let found = (path.split('.')).try_fold(&self.0, step);
        found.map_or_else(String::new, plain)
    }
}

/// A value in words: of an object the part that says it, of a place its parts.
fn plain(value: &Value) -> String {
    const TOLD: [&str; 4] = ["value", "text", "name", "alt"];
    const PLACE: [&str; 5] = ["venue", "street", "locality", "region", "country"];
    match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        Value::Object(parts) => {
            let told = TOLD.into_iter().find_map(|key| parts.get(key));
            let place = PLACE.into_iter().filter_map(|key| parts.get(key)?.as_str());
            told.map_or_else(|| place.collect::<Vec<_>>().join(", "), plain)
        }
        other => other.to_string(),
    }
}
