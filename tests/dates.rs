//! What must hold of date reading on any text, and how many dates of the gold it finds.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dateline::lang::Lexicons;
use dateline::model::{Date, Site};
use dateline::read::Context;
use dateline::read::dates::{self, DateMention, Resolver};
use dateline::source::Span;
use proptest::prelude::*;
use serde_json::Value;

fn context<'a>(text: &'a str, site: &'a Site) -> Context<'a> {
    Context {
        text,
        lexicons: Lexicons::builtin(),
        site,
    }
}

fn mentions(text: &str, site: &Site) -> Vec<DateMention> {
    dates::find(context(text, site), Span::new(0, text.len()), &[])
}

/// Checks every span of a text's mentions, and that all can be resolved without harm.
fn holds(text: &str) {
    let site = support::site();
    let found = mentions(text, &site);
    let mut end = 0;
    for mention in &found {
        assert!(
            mention.span.range().start >= end,
            "{text:?}: {found:?} overlap"
        );
        end = mention.span.range().end;
        let mut spans = vec![mention.span, mention.start_span];
        spans.extend(mention.end_span);
        spans.extend(mention.clock.as_ref().map(|c| c.span));
        for span in spans {
            assert!(
                text.get(span.range()).is_some_and(|s| !s.is_empty()),
                "{text:?}: {mention:?}"
            );
        }
        assert!(mention.span.contains(mention.start_span), "{mention:?}");
    }
    let resolver = Resolver::new(
        context(text, &site),
        &found,
        Some("en"),
        Date::parse("2024-05-05"),
    );
    for mention in &found {
        if let Some((first, Some(last))) =
            resolver.resolve(context(text, &site), mention, &mut Vec::new())
        {
            assert!(
                first.value.first_day() <= last.value.first_day(),
                "{text:?}: {mention:?}"
            );
        }
    }
}

/// Every word of the tables, and the marks and numbers that dates are made of.
fn words() -> Vec<String> {
    let mut words: Vec<String> = Lexicons::builtin()
        .all()
        .iter()
        .flat_map(|l| {
            let dates = &l.dates;
            let lists = [
                &dates.to,
                &dates.and,
                &dates.of,
                &dates.at,
                &dates.hour,
                &dates.pm,
                &dates.year,
            ];
            let forms = dates.months.iter().chain(&dates.weekdays).flatten();
            forms
                .chain(lists.into_iter().flatten())
                .cloned()
                .collect::<Vec<_>>()
        })
        .collect();
    let others = "1 2 5 9 12 21 31 05 2024 1999 24 . , - – / : ( ) ' 年 月 日 時 11月 十一 令和 元 st er UTC CET T Z +";
    words.extend(others.split(' ').map(str::to_owned));
    words.push("\n".to_owned());
    words
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,80}") {
        holds(&text);
    }

    #[test]
    fn any_mixture_of_date_words_is_read_without_harm(
        parts in prop::collection::vec((prop::sample::select(words()), any::<bool>()), 1..24),
    ) {
        let text: String = parts
            .iter()
            .map(|(word, blank)| if *blank { format!("{word} ") } else { word.clone() })
            .collect();
        holds(&text);
    }
}

#[test]
fn long_texts_take_time_in_proportion() {
    let site = support::site();
    let time = |text: &str| {
        let best = (0..3).map(|_| {
            let start = std::time::Instant::now();
            mentions(text, &site);
            start.elapsed()
        });
        best.min().expect("three runs")
    };
    for unit in [
        "5, ",
        "5 May and ",
        "May ",
        "2024年 ",
        "10:00-",
        "a ",
        "Monday, ",
        "tomorrow ",
    ] {
        let (short, long) = (time(&unit.repeat(4_000)), time(&unit.repeat(32_000)));
        // Eight times the text; squares would take 64 times as long.
        assert!(
            long < short * 24 + std::time::Duration::from_millis(20),
            "{unit:?}: {short:?}, {long:?}"
        );
    }
}

#[test]
fn gold_dates_are_among_the_mentions() {
    let Some(shared) = support::shared() else {
        println!("skipped: no shared releases");
        return;
    };
    let site = support::site();
    let mut times = (0, 0);
    let (mut right, mut total, mut bytes) = (0, 0, 0);
    let mut missed = Vec::new();
    let mut spent = std::time::Duration::ZERO;
    for set in ["real", "written"] {
        let folder = shared.join("corpus").join(set);
        let labels = fs::read_to_string(folder.join("labels.jsonl")).expect("labels");
        for line in labels.lines() {
            let gold: Value = serde_json::from_str(line).expect("JSON");
            let text = text_of(&folder, &gold);
            bytes += text.len();
            let start = std::time::Instant::now();
            let found = mentions(&text, &site);
            spent += start.elapsed();
            let published = gold["date_published"].as_str().or_else(|| {
                gold["date_published_acceptable"]
                    .as_array()?
                    .iter()
                    .find_map(Value::as_str)
            });
            let language = gold["language"].as_str();
            let anchor = published.and_then(Date::parse);
            let resolver = Resolver::new(context(&text, &site), &found, language, anchor);
            let read: BTreeSet<String> = found
                .iter()
                .filter_map(|m| resolver.resolve(context(&text, &site), m, &mut Vec::new()))
                .flat_map(|(first, last)| [Some(first), last])
                .flatten()
                .map(|fact| fact.value.without_time().to_string())
                .collect();
            let starts = gold["events"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|e| e["start_inferred"] != true && e["inferred"] != true);
            let wanted = gold["date_published"]
                .as_str()
                .into_iter()
                .chain(starts.filter_map(|e| e["start"].as_str()));
            for want in wanted {
                total += 1;
                if want.contains('T') {
                    times.1 += 1;
                    let timed = |m: &DateMention| {
                        let read = resolver.resolve(context(&text, &site), m, &mut Vec::new());
                        read.is_some_and(|(first, _)| {
                            want.starts_with(
                                &first.value.to_string()[..16.min(first.value.to_string().len())],
                            ) && first.value.time.is_some()
                        })
                    };
                    if found.iter().any(timed) {
                        times.0 += 1
                    } else {
                        missed.push(format!("time {}: {want}", gold["id"]))
                    }
                }
                let day = want.split('T').next().unwrap_or(want);
                if read.contains(day) {
                    right += 1;
                } else {
                    missed.push(format!("{}: {want}", gold["id"]));
                }
            }
        }
    }
    println!(
        "{right} of {total}, {:.1} us for each KB",
        spent.as_secs_f64() * 1e9 / bytes as f64
    );
    assert!(right * 100 >= total * 98, "{}", missed.join("\n"));
    println!("times {times:?}");
    println!("{}", missed.join("\n"));
}

fn text_of(folder: &Path, gold: &Value) -> String {
    let file = gold["file"].as_str().expect("a file");
    let id = gold["id"].as_str().expect("an id");
    let path = [
        folder.join(file),
        folder.join("releases").join(format!("{id}.txt")),
    ]
    .into_iter()
    .find(|p| p.is_file())
    .unwrap_or_else(|| panic!("no {file}"));
    let bytes = fs::read(path).expect("readable");
    dateline::source::Source::from_bytes(
        "x".into(),
        "x".into(),
        bytes,
        &dateline::source::Decoding::default(),
    )
    .text
}
