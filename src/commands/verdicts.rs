//! What `check` says of each article and event: valid, eligible, complete, with what would fill each gap.

use std::fmt::Write;

use serde_json::json;

use crate::diagnostic::{Style, hanging, printable};
use crate::profile::{Gap, Node, Tier, Verdict};

/// Columns that the list of gaps is indented by.
const INDENT: &str = "    ";

/// The verdicts on a file's documents, in a style that has a place for them; for people on a `screen` of so many columns.
pub(super) fn render(
    style: Style,
    name: &str,
    verdicts: &[Verdict],
    screen: Option<usize>,
) -> String {
    match style {
        Style::Human | Style::Coloured => human(name, verdicts, screen),
        Style::Json => json(name, verdicts),
        Style::Github | Style::Sarif => String::new(),
    }
}

fn human(name: &str, verdicts: &[Verdict], screen: Option<usize>) -> String {
    let mut out = format!("{}\n", printable(name));
    let gaps = verdicts.iter().flat_map(|verdict| &verdict.gaps);
    let width = gaps.map(|gap| gap.property.len()).max().unwrap_or(0);
    for verdict in verdicts {
        let node = match verdict.node {
            Node::Article => "article".to_owned(),
            Node::Event(number) => format!("event {number}"),
        };
        let said: Vec<_> = [Tier::Valid, Tier::Eligible, Tier::Complete]
            .into_iter()
            .map(|tier| said(verdict, tier))
            .collect();
        let said = hanging(node.len() + 4, &said.join(", "), screen);
        let _ = writeln!(out, "  {node}: {said}");
        for gap in &verdict.gaps {
            let code = gap.code.number();
            let head = format!("{INDENT}{:width$}  {code}  ", gap.property);
            let _ = writeln!(out, "{head}{}", hanging(head.len(), &gap.fill, screen));
        }
    }
    out
}

/// `not eligible: no location`, `complete but for image`.
fn said(verdict: &Verdict, tier: Tier) -> String {
    let word = match tier {
        Tier::Valid => "valid",
        Tier::Eligible => "eligible",
        Tier::Complete => "complete",
    };
    let lacking: Vec<_> = verdict.lacking(tier).map(|gap| gap.property).collect();
    match (lacking.is_empty(), tier) {
        (true, _) => word.to_owned(),
        (false, Tier::Complete) => format!("{word} but for {}", lacking.join(", ")),
        (false, _) => format!("not {word} for {}", lacking.join(", ")),
    }
}

/// One object for each document.
fn json(name: &str, verdicts: &[Verdict]) -> String {
    let mut out = String::new();
    for verdict in verdicts {
        let (node, number) = match verdict.node {
            Node::Article => ("article", None),
            Node::Event(number) => ("event", Some(number)),
        };
        let gap = |gap: &Gap| json!({"number": gap.code.number(), "property": gap.property});
        let object = json!({
            "file": name,
            "verdict": node,
            "event": number,
            "valid": verdict.is(Tier::Valid),
            "eligible": verdict.is(Tier::Eligible),
            "complete": verdict.is(Tier::Complete),
            "gaps": verdict.gaps.iter().map(gap).collect::<Vec<_>>(),
        });
        let _ = writeln!(out, "{object}");
    }
    out
}
