//! The explanation as one page that needs nothing else: the text with its facts marked, each mark a link to what was
//! read and why, and back.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use minijinja::{Environment, context};
use serde::Serialize;

use super::list::{self, Places};
use super::{Explanation, Standing};
use crate::diagnostic::{counted, printable};
use crate::model::Basis;
use crate::source::Position;

static TEMPLATE: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    // The name tells how values are escaped.
    if let Err(fault) = environment.add_template("page.html", include_str!("page.html")) {
        panic!("src/explain/page.html: {fault}");
    }
    environment
});

/// The explanation as a page.
pub fn page(explanation: &Explanation<'_>) -> String {
    let places = Places::new(explanation);
    let rivals = rivals(explanation);
    let facts = facts(explanation, &places, &rivals);
    let is_fact = |field: &str| explanation.entries.iter().any(|entry| entry.field == field);
    let rivals: Vec<_> = (rivals.into_iter())
        .filter(|rival| !is_fact(rival.field))
        .collect();
    let language = (explanation.entries.iter())
        .find(|entry| entry.field == "language")
        .map(|entry| entry.value.clone());
    let view = context! {
        name => printable(&explanation.source.origin.name),
        summary => summary(explanation),
        style => minijinja::Value::from_safe_string(include_str!("page.css").trim_end().to_owned()),
        legend => legend(),
        language => language,
        lines => lines(explanation),
        facts => facts,
        rivals => rivals,
        findings => findings(explanation),
    };
    rendered(view)
}

fn rendered(view: minijinja::Value) -> String {
    let template = TEMPLATE.get_template("page.html");
    (template.and_then(|template| template.render(view)))
        .unwrap_or_else(|fault| panic!("src/explain/page.html: {fault:#}"))
}

fn summary(explanation: &Explanation<'_>) -> String {
    let count = |wanted: fn(Standing) -> bool| {
        let entries = explanation.entries.iter();
        entries.filter(|entry| wanted(entry.standing)).count()
    };
    format!(
        "{} stated, {} inferred, {} configured; {} set aside; {} not taken; {}.",
        counted(
            count(|standing| standing == Standing::Fact(Basis::Stated)),
            "fact"
        ),
        count(|standing| standing == Standing::Fact(Basis::Inferred)),
        count(|standing| standing == Standing::Fact(Basis::Configured)),
        counted(count(|standing| standing == Standing::Aside), "line"),
        counted(explanation.rivals.len(), "candidate"),
        counted(explanation.findings.len(), "finding"),
    )
}

#[derive(Serialize)]
struct LegendView {
    class: &'static str,
    word: &'static str,
    about: &'static str,
}

fn legend() -> Vec<LegendView> {
    let told = |standing: Standing, about| LegendView {
        class: standing.class(),
        word: standing.word(),
        about,
    };
    vec![
        told(Standing::Fact(Basis::Stated), "the words are there"),
        told(
            Standing::Fact(Basis::Inferred),
            "a named rule over stated words gives it",
        ),
        told(
            Standing::Fact(Basis::Configured),
            "the settings or a sidecar say so",
        ),
        told(Standing::Aside, "page furniture, no part of the release"),
        LegendView {
            class: RIVAL,
            word: "not taken",
            about: "could have been a fact, and is not",
        },
    ]
}

/// How words that could have been a fact are marked.
const RIVAL: &str = "rival";

impl Standing {
    fn class(self) -> &'static str {
        match self {
            Self::Fact(Basis::Stated) => "stated",
            Self::Fact(Basis::Inferred) => "inferred",
            Self::Fact(Basis::Configured) => "configured",
            Self::Aside => "aside",
        }
    }
}

#[derive(Serialize)]
struct FactView {
    id: String,
    field: String,
    value: String,
    class: &'static str,
    standing: &'static str,
    rule: String,
    /// Line and column of its words.
    place: Option<String>,
    rivals: Vec<RivalView>,
}

#[derive(Clone, Serialize)]
struct RivalView {
    id: String,
    field: &'static str,
    words: String,
    reason: &'static str,
}

fn facts(explanation: &Explanation<'_>, places: &Places, rivals: &[RivalView]) -> Vec<FactView> {
    let facts = explanation
        .entries
        .iter()
        .enumerate()
        .map(|(i, entry)| FactView {
            id: fact_id(i),
            field: entry.field.clone(),
            value: printable(&entry.value).into_owned(),
            class: entry.standing.class(),
            standing: entry.standing.word(),
            rule: entry.rule.clone(),
            place: (entry.span)
                .filter(|span| is_shown(explanation, &span.range()))
                .map(|span| places.of(span)),
            rivals: (rivals.iter())
                .filter(|rival| rival.field == entry.field)
                .cloned()
                .collect(),
        });
    facts.collect()
}

fn rivals(explanation: &Explanation<'_>) -> Vec<RivalView> {
    let rivals = explanation
        .rivals
        .iter()
        .enumerate()
        .map(|(i, rival)| RivalView {
            id: rival_id(i),
            field: rival.field,
            words: printable(&list::shortened(&explanation.words(rival.span))).into_owned(),
            reason: rival.reason,
        });
    rivals.collect()
}

fn fact_id(index: usize) -> String {
    format!("fact-{}", index + 1)
}

fn rival_id(index: usize) -> String {
    format!("rival-{}", index + 1)
}

#[derive(Serialize)]
struct FindingView {
    severity: &'static str,
    number: &'static str,
    line: Option<usize>,
    message: String,
    hint: Option<String>,
    detail: &'static str,
}

fn findings(explanation: &Explanation<'_>) -> Vec<FindingView> {
    let text = &explanation.source.text;
    let findings = explanation.findings.iter().map(|finding| FindingView {
        severity: finding.code.severity().word(),
        number: finding.code.number(),
        line: (finding.span)
            .filter(|span| text.get(span.range()).is_some())
            .map(|span| Position::of(text, span.range().start).line),
        message: printable(&finding.message).into_owned(),
        hint: finding
            .hint
            .as_deref()
            .map(|hint| printable(hint).into_owned()),
        detail: finding.code.detail(),
    });
    findings.collect()
}

/// A stretch of a line over which nothing changes.
#[derive(Serialize)]
struct Piece {
    /// What begins here.
    labels: Vec<Label>,
    words: String,
    /// How the words are marked.
    class: Option<&'static str>,
}

#[derive(Serialize)]
struct Label {
    id: String,
    field: String,
}

/// Words that are marked.
struct Mark {
    range: Range<usize>,
    id: String,
    field: String,
    class: &'static str,
}

/// Whether words of the text are there to be marked.
fn is_shown(explanation: &Explanation<'_>, range: &Range<usize>) -> bool {
    let words = explanation.source.text.get(range.clone());
    words.is_some_and(|words| !words.trim().is_empty())
}

fn marks(explanation: &Explanation<'_>) -> Vec<Mark> {
    let facts = explanation
        .entries
        .iter()
        .enumerate()
        .filter_map(|(i, entry)| {
            Some(Mark {
                range: entry.span?.range(),
                id: fact_id(i),
                field: entry.field.clone(),
                class: entry.standing.class(),
            })
        });
    let rivals = explanation
        .rivals
        .iter()
        .enumerate()
        .map(|(i, rival)| Mark {
            range: rival.span.range(),
            id: rival_id(i),
            field: format!("not {}", rival.field),
            class: RIVAL,
        });
    let mut marks: Vec<Mark> = (facts.chain(rivals))
        .filter(|mark| is_shown(explanation, &mark.range))
        .collect();
    // Where several begin at once, the widest comes first, as brackets would stand.
    marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    marks
}

/// The lines of the text, each in pieces.
fn lines(explanation: &Explanation<'_>) -> Vec<Vec<Piece>> {
    let text = explanation.source.text.as_str();
    let marks = marks(explanation);
    let bounds: BTreeSet<usize> = (marks.iter())
        .flat_map(|mark| [mark.range.start, mark.range.end])
        .collect();
    let mut waiting = marks.iter().peekable();
    let mut active: Vec<&Mark> = Vec::new();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.trim_end_matches('\n').split('\n') {
        let end = start + line.len();
        let inner = bounds.range(start + 1..end.max(start + 1)).copied();
        let cuts: Vec<usize> = std::iter::once(start).chain(inner).chain([end]).collect();
        let mut pieces = Vec::new();
        for cut in cuts.windows(2) {
            let (from, to) = (cut[0], cut[1]);
            active.retain(|mark| mark.range.end > from);
            let mut labels = Vec::new();
            while let Some(mark) = waiting.next_if(|mark| mark.range.start < to.max(from + 1)) {
                labels.push(Label {
                    id: mark.id.clone(),
                    field: mark.field.clone(),
                });
                active.push(mark);
            }
            // A candidate that lost is seen where no fact covers it; of facts the narrowest.
            let over = active.iter().filter(|mark| mark.range.end > from);
            let narrowest = over.min_by_key(|mark| (mark.class == RIVAL, mark.range.len()));
            let words = text.get(from..to).unwrap_or_default();
            pieces.push(Piece {
                labels,
                class: narrowest
                    .map(|mark| mark.class)
                    .filter(|_| !words.trim().is_empty()),
                words: words.replace('\t', "    "),
            });
        }
        lines.push(pieces);
        start = end + 1;
    }
    lines
}
