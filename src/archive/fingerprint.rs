//! Fingerprints: has anything changed that is published?

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::model::record::Record;
use crate::model::{Basis, Release, Standing};

/// Keys of the record that are no facts: where the facts come from, and what the archive itself adds. Notices are page
/// furniture, which moves daily and is published nowhere.
const NO_FACTS: &[&str] = &[
    "schema",
    "version",
    "source",
    "status",
    "notices",
    "alternates",
    "diagnostics",
    "evidence",
];

/// Keys that say where a fact comes from, at any depth.
const ORIGINS: &[&str] = &["basis", "span", "rule"];

/// Stands for what is published, or for a part of it: a SHA-256.
pub type Fingerprint = [u8; 32];

/// The fingerprints of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprints {
    /// Everything that is published.
    pub facts: Fingerprint,
    /// The facts that settings or a sidecar gave.
    pub configured: Fingerprint,
    /// What the item of each main event says, embargo included.
    pub events: Vec<Fingerprint>,
}

/// The fingerprints of a release: over its public record without spans, bases and rules.
pub(super) fn of(release: &Release) -> Fingerprints {
    let record = record(release);
    let configured: Vec<_> = release
        .evidence()
        .into_iter()
        .filter(|evidence| evidence.basis == Basis::Configured)
        .map(|evidence| {
            let pointer = format!("/{}", evidence.field.replace('.', "/"));
            (evidence.field, record.pointer(&pointer))
        })
        .collect();
    let embargo = &record["embargo"];
    let events = record["events"]
        .as_array()
        .map(|events| events.iter().map(|event| hash(&(event, embargo))).collect());
    Fingerprints {
        configured: hash(&configured),
        events: events.unwrap_or_default(),
        facts: hash(&record),
    }
}

/// The fingerprint of headline and body, letter case and white space ignored; `None` where there is no body.
pub(super) fn content(release: &Release) -> Option<Fingerprint> {
    if release.body.is_empty() {
        return None;
    }
    let headline = release.headline.iter().map(|headline| &headline.value);
    let mut hasher = Sha256::new();
    for text in headline.chain(release.body.iter().map(|block| &block.text)) {
        for word in text.split_whitespace() {
            hasher.update(word.to_lowercase());
            hasher.update(b" ");
        }
    }
    Some(hasher.finalize().into())
}

fn record(release: &Release) -> Value {
    let record = Record {
        release,
        version: 0,
        standing: Standing::Usable,
        alternates: &[],
        diagnostics: &[],
    };
    let mut value = serde_json::to_value(record).unwrap_or_default();
    if let Value::Object(map) = &mut value {
        map.retain(|key, _| !NO_FACTS.contains(&key.as_str()));
    }
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !ORIGINS.contains(&key.as_str()));
            map.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}

/// The fingerprint of the source bytes, by their hash in hexadecimal digits.
pub(super) fn source(sha256: &str) -> Fingerprint {
    Sha256::digest(sha256).into()
}

fn hash(value: &impl serde::Serialize) -> Fingerprint {
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fact, Notice, NoticeKind};
    use crate::source::Span;

    fn release(headline: &str, at: usize) -> Release {
        Release {
            headline: Some(Fact::stated(
                headline.to_owned(),
                Span::new(at, at + headline.len()),
                "headline",
            )),
            ..Release::default()
        }
    }

    #[test]
    fn facts_move_without_changing() {
        assert_eq!(of(&release("One", 0)), of(&release("One", 7)));
        assert_ne!(of(&release("One", 0)), of(&release("Two", 0)));
    }

    #[test]
    fn page_furniture_is_no_fact() {
        let mut other = release("One", 0);
        other.notices.push(Notice {
            kind: NoticeKind::Navigation,
            language: None,
            text: "Home".into(),
            span: Span::new(9, 13),
        });
        assert_eq!(of(&release("One", 0)), of(&other));
    }

    #[test]
    fn what_a_sidecar_says_counts_apart() {
        let mut other = release("One", 0);
        other.language = Some(Fact::configured("fr".into(), "sidecar"));
        let (plain, configured) = (of(&release("One", 0)), of(&other));
        assert_ne!(plain.facts, configured.facts);
        assert_ne!(plain.configured, configured.configured);
    }
}
