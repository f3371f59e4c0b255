//! Every `[[case]]` of `rules/<field>/<tag>.toml` becomes a test of its own; all of a file are read once more, cut short.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use dateline::lang::{Lexicons, is_unspaced};
use dateline::model::{Block, BlockKind, Date, Fact, Site};
use dateline::read::layout::Layout;
use dateline::read::{Context, agents, cuts, dates, places, sentences};
use dateline::source::Span;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

/// One file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

/// A text and what is read in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    /// The day the release was published, where the case needs one.
    published: Option<String>,
    want: Vec<String>,
    /// Further facts of the first event, each as `field: value`; nothing behind the colon where the event has none.
    #[serde(default)]
    facts: Vec<String>,
}

/// What a field reads in a case; `tag` is the language that the file is named after.
type Read = fn(&Case, &str) -> Vec<String>;

/// The fields that have cases. A new one: its folder and its line here.
const FIELDS: &[(&str, Read)] = &[
    ("agents", read_agents),
    ("dates", read_dates),
    ("events", read_events),
    ("pages", read_pages),
    ("places", read_places),
];

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for &(field, read) in FIELDS {
        for path in files(field) {
            let tag = path
                .file_stem()
                .expect("a file name")
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(&path).expect("readable cases");
            let cases: Cases =
                toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let (all, language) = (cases.case.clone(), tag.clone());
            trials.push(Trial::test(
                format!("{field}::{tag}::cut short"),
                move || {
                    for case in &all {
                        read_cut(case, &language, read);
                    }
                    Ok(())
                },
            ));
            for case in cases.case {
                let name = format!("{field}::{tag}::{}", case.name);
                let tag = tag.clone();
                trials.push(Trial::test(name, move || {
                    check(&case, &read(&case, &tag)).and_then(|()| check_facts(&case))
                }));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn files(field: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/rules")
        .join(field);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    files.sort();
    files
}

/// Reads a text cut at the end of each word, without any mark that ends a sentence: none may make the reader panic.
fn read_cut(case: &Case, tag: &str, read: Read) {
    let text = &case.text;
    let ends = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        before.is_some_and(|b| b.is_alphanumeric() && (is_unspaced(b) || !c.is_alphanumeric()))
    });
    for (end, _) in ends {
        let cut = Case {
            text: text[..end].to_owned(),
            ..case.clone()
        };
        read(&cut, tag);
    }
    let whole = Case {
        text: text.trim_end_matches(['.', '。', '؟', '!', '?']).to_owned(),
        ..case.clone()
    };
    read(&whole, tag);
}

fn check(case: &Case, got: &[String]) -> Result<(), Failed> {
    if got == case.want {
        return Ok(());
    }
    Err(format!("{}\n want {:?}\n  got {got:?}", case.text, case.want).into())
}

/// Compares the further facts of the first event.
fn check_facts(case: &Case) -> Result<(), Failed> {
    if case.facts.is_empty() {
        return Ok(());
    }
    let record = record(case);
    let event = &record["events"][0];
    for fact in &case.facts {
        let (field, want) = fact.split_once(':').ok_or("a fact is `field: value`")?;
        let got = match field {
            "status" | "attendance" | "series" => words(&event[field]).to_owned(),
            "previous_start" => words(&event[field]["value"]).to_owned(),
            "edition" => event[field]
                .as_u64()
                .map_or_else(String::new, |n| n.to_string()),
            "speakers" => {
                let names = event[field].as_array().into_iter().flatten().map(words);
                names.collect::<Vec<_>>().join(", ")
            }
            _ => return Err(format!("no field `{field}`").into()),
        };
        if got != want.trim() {
            return Err(format!("{}\n want {field} {want:?}\n  got {got:?}", case.text).into());
        }
    }
    Ok(())
}

/// The dates of a text: ISO values, `/` between the ends of a range, `,` between those of a list; what cannot be
/// resolved as `?`.
fn read_dates(case: &Case, tag: &str) -> Vec<String> {
    let site: Site = support::site();
    let context = Context {
        text: &case.text,
        lexicons: Lexicons::builtin(),
        site: &site,
    };
    let mentions = dates::find(context, Span::new(0, case.text.len()), &[]);
    let published = case
        .published
        .as_ref()
        .map(|p| Date::parse(p).expect("a date"));
    let resolver = dates::Resolver::new(context, &mentions, Some(tag), published);
    mentions
        .iter()
        .map(
            |mention| match resolver.resolve(context, mention, &mut Vec::new()) {
                None => "?".to_owned(),
                Some((start, None)) => start.value.to_string(),
                Some((start, Some(end))) => {
                    let joint = if mention.list { ',' } else { '/' };
                    format!("{}{joint}{}", start.value, end.value)
                }
            },
        )
        .collect()
}

/// The places of a text: locality, region and country, the country in brackets where the text does not state it.
fn read_places(case: &Case, tag: &str) -> Vec<String> {
    let site: Site = support::site();
    let context = Context {
        text: &case.text,
        lexicons: Lexicons::builtin(),
        site: &site,
    };
    places::find(context, Span::new(0, case.text.len()), Some(tag))
        .into_iter()
        .map(|place| {
            let country = match place.country {
                Some(code) if place.country_stated => code,
                Some(code) => format!("({code})"),
                None => String::new(),
            };
            let locality = place.locality.unwrap_or_default();
            let region = place.region.unwrap_or_default();
            format!("{locality}|{region}|{country}")
        })
        .collect()
}

/// The record of a case read as a page of its own.
fn record(case: &Case) -> serde_json::Value {
    let site: Site = support::site();
    let (_, reading) = support::read_bytes("case.txt", case.text.clone().into_bytes(), &site);
    support::record(&reading)
}

fn words(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What the head of a page says: `headline|published|place of the dateline`.
fn read_pages(case: &Case, _tag: &str) -> Vec<String> {
    let record = record(case);
    vec![format!(
        "{}|{}|{}",
        words(&record["headline"]),
        words(&record["published"]["value"]),
        words(&record["dateline"]["place"])
    )]
}

/// The main events of a page: `name|start|end|venue|locality|organizer`.
fn read_events(case: &Case, _tag: &str) -> Vec<String> {
    let record = record(case);
    let events = record["events"].as_array().cloned().unwrap_or_default();
    events
        .iter()
        .map(|event| {
            format!(
                "{}|{}|{}|{}|{}|{}",
                words(&event["name"]),
                words(&event["start"]["value"]),
                words(&event["end"]["value"]),
                words(&event["location"]["venue"]),
                words(&event["location"]["locality"]),
                words(&event["organizer"])
            )
        })
        .collect()
}

/// People as `honorific|name|post|organization`, then organizations as `name (acronym)`.
fn read_agents(case: &Case, tag: &str) -> Vec<String> {
    let site: Site = support::site();
    let context = Context {
        text: &case.text,
        lexicons: Lexicons::builtin(),
        site: &site,
    };
    let whole = Span::new(0, case.text.len());
    let layout = Layout {
        language: Some(Fact::stated(tag.to_owned(), whole, "language.case")),
        body: vec![Block {
            kind: BlockKind::Paragraph,
            text: case.text.clone(),
            span: whole,
        }],
        ..Layout::default()
    };
    let sentences = sentences::split(context, &layout.body, Some(tag));
    let places = places::find(context, whole, Some(tag));
    let dates = dates::find(context, whole, &[]);
    let cuts = cuts::Cuts::of(context, &layout, &sentences);
    let found = agents::find(context, &layout, &sentences, &cuts, &places, &dates);
    let value = |fact: Option<&Fact<String>>| fact.map_or("", |f| &f.value).to_owned();
    let people = found.people.iter().map(|p| {
        format!(
            "{}|{}|{}|{}",
            value(p.honorific.as_ref()),
            p.name.value,
            value(p.role.as_ref()),
            value(p.organization.as_ref())
        )
    });
    let organizations = found.organizations.iter().map(|o| match &o.acronym {
        Some(acronym) => format!("{} ({})", o.name.value, acronym.value),
        None => o.name.value.clone(),
    });
    people.chain(organizations).collect()
}
