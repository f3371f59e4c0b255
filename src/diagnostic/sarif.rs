//! Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines.
//!
//! A log is written piece by piece, so that one over a hundred thousand files needs no more memory than one over ten:
//! [`opening`], then results with [`SEPARATOR`] between them, then [`CLOSING`].

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::{Code, Diagnostic, Severity};
use crate::source::{Position, Span};

/// Between two results.
pub(super) const SEPARATOR: &str = ",\n";

/// After the last result.
pub(super) const CLOSING: &str = "\n]}]}\n";

/// What a relative address may hold as it is (RFC 3986, 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// The log up to its results: the tool with a rule for each code.
pub(super) fn opening() -> String {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code)).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[\n\
         {{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
    )
}

/// `reportingDescriptor` (3.49).
fn rule(code: Code) -> Value {
    let mut rule = json!({
        "id": code.number(),
        "name": code.name(),
        "shortDescription": {"text": code.about()},
        "fullDescription": {"text": code.detail()},
        "help": {"text": code.advice()},
        "defaultConfiguration": {"level": code.severity().word()},
    });
    if let Some(address) = code.reference() {
        rule["helpUri"] = address.into();
    }
    rule
}

/// `result` (3.27).
pub(super) fn result(name: &str, text: &str, finding: &Diagnostic, span: Option<Span>) -> String {
    let mut message = finding.message.clone();
    if let Some(hint) = &finding.hint {
        message = format!("{message}. Help: {hint}");
    }
    let mut physical = Map::new();
    let uri = utf8_percent_encode(&name.replace('\\', "/"), PATH).to_string();
    physical.insert("artifactLocation".to_owned(), json!({ "uri": uri }));
    if let Some(span) = span {
        let start = Position::of(text, span.range().start);
        let end = Position::of(text, span.range().end);
        let region = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
        physical.insert("region".to_owned(), region);
    }
    let level = match finding.code.severity() {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    json!({
        "ruleId": finding.code.number(),
        "level": level,
        "message": {"text": message},
        "locations": [{"physicalLocation": physical}],
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_one_document_with_rules_and_places() {
        let text = "Title\nOn Monday";
        let at = text.find("Monday").expect("there");
        let finding = Diagnostic::new(Code::WeekdayMismatch, "no such \"day\"")
            .at(Span::new(at, at + 6))
            .hint("ask");
        let one = result("in put/a:b.txt", text, &finding, finding.span);
        let other = result(
            "b.txt",
            "",
            &Diagnostic::new(Code::Unreadable, "gone"),
            None,
        );
        let log = format!("{}{one}{SEPARATOR}{other}{CLOSING}", opening());
        let log: Value = serde_json::from_str(&log).expect("one JSON document");
        let run = &log["runs"][0];
        assert_eq!(
            run["tool"]["driver"]["rules"].as_array().map(Vec::len),
            Some(Code::ALL.len())
        );
        let [first, second] = run["results"].as_array().expect("results").as_slice() else {
            panic!("two results");
        };
        assert_eq!(first["ruleId"], "D107");
        assert_eq!(first["message"]["text"], "no such \"day\". Help: ask");
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "in%20put/a%3Ab.txt");
        assert_eq!(
            place["region"],
            json!({"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 10})
        );
        assert_eq!(second["level"], "error");
        assert!(second["locations"][0]["physicalLocation"]["region"].is_null());
        let empty = opening() + CLOSING;
        assert!(serde_json::from_str::<Value>(&empty).is_ok());
    }
}
