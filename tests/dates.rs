//! What must hold of date reading on any text, and how many dates of the gold it finds.

#![expect(
    clippy::print_stdout,
    reason = "a test that is run for its figures prints them"
)]

mod support;

use std::fs;
use std::path::Path;

use dateline::diagnostic::Code;
use dateline::lang::Lexicons;
use dateline::model::{Basis, Date, Site};
use dateline::read::Context;
use dateline::read::dates::{self, DateMention, Resolver};
use dateline::source::{Decoding, Source, Span};
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

/// How many gold values the mentions hold, of how many, and which are missing.
#[derive(Debug, Default)]
struct Recall {
    found: usize,
    total: usize,
    missing: Vec<String>,
}

impl Recall {
    fn count(&mut self, id: &Value, want: &str, found: bool) {
        self.total += 1;
        self.found += usize::from(found);
        if !found {
            self.missing.push(format!("{id} {want}"));
        }
    }

    fn hold(&self, name: &str, percent: usize) {
        println!("{name}: {} of {}", self.found, self.total);
        println!("{}", self.missing.join("\n"));
        assert!(
            self.found * 100 >= self.total * percent,
            "{name} fell below {percent} %"
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
    let (mut days, mut times) = (Recall::default(), Recall::default());
    for set in ["real", "written"] {
        let folder = shared.join("corpus").join(set);
        let labels = fs::read_to_string(folder.join("labels.jsonl")).expect("labels");
        for line in labels.lines() {
            let gold: Value = serde_json::from_str(line).expect("JSON");
            let text = text_of(&folder, &gold);
            let read = dates_of(&text, &gold, &site);
            for want in stated(&gold) {
                let (day, time) = want
                    .split_once('T')
                    .map_or((want, None), |(d, t)| (d, Some(t)));
                let on_day = |date: &&Date| date.without_time().to_string() == day;
                days.count(&gold["id"], want, read.iter().any(|d| on_day(&d)));
                if let Some(time) = time {
                    let at = |date: &Date| {
                        date.time
                            .is_some_and(|t| time.starts_with(&t.format("%H:%M").to_string()))
                    };
                    times.count(&gold["id"], want, read.iter().filter(on_day).any(at));
                }
            }
        }
    }
    days.hold("days", 98);
    times.hold("times", 80);
}

/// The dates that a text itself states: publication, and first days of events.
fn stated(gold: &Value) -> impl Iterator<Item = &str> {
    let events = gold["events"].as_array().into_iter().flatten();
    events
        .filter(|e| e["start_inferred"] != true && e["inferred"] != true)
        .filter_map(|e| e["start"].as_str())
        .chain(gold["date_published"].as_str())
}

/// Every date read in a text, from its publication date where the gold knows it.
fn dates_of(text: &str, gold: &Value, site: &Site) -> Vec<Date> {
    let found = mentions(text, site);
    let mut acceptable = gold["date_published_acceptable"]
        .as_array()
        .into_iter()
        .flatten();
    let published = gold["date_published"]
        .as_str()
        .or_else(|| acceptable.find_map(Value::as_str));
    let anchor = published.and_then(Date::parse);
    let resolver = Resolver::new(
        context(text, site),
        &found,
        gold["language"].as_str(),
        anchor,
    );
    found
        .iter()
        .filter_map(|m| resolver.resolve(context(text, site), m, &mut Vec::new()))
        .flat_map(|(first, last)| [Some(first), last])
        .flatten()
        .map(|fact| fact.value)
        .collect()
}

fn text_of(folder: &Path, gold: &Value) -> String {
    let text = |key: &str| {
        gold[key]
            .as_str()
            .unwrap_or_else(|| panic!("no {key}: {gold}"))
    };
    let by_id = format!("releases/{}.txt", text("id"));
    let path = [text("file"), &by_id]
        .into_iter()
        .map(|name| folder.join(name))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("no {by_id}"));
    let bytes = fs::read(path).expect("readable");
    Source::from_bytes("x".to_owned(), "x".to_owned(), bytes, &Decoding::default()).text
}

#[test]
fn languages_of_one_page_read_side_by_side() {
    let text = "Эта страница не доступна на выбранном вами языке Russian : русский\n\nThe opening of the joint session\n\n\
                21 ноября 2023\n\nOn 21 November 2023, the head of the office opened the meeting, as in December 2018, of the group.";
    let site = support::site();
    let read: Vec<_> = mentions(text, &site)
        .into_iter()
        .map(|m| (m.span.of(text), m.rule))
        .collect();
    let want = [
        ("21 ноября 2023", "date.day-month-year.ru"),
        ("21 November 2023", "date.day-month-year.en"),
        ("December 2018", "date.month-year.en"),
    ];
    assert_eq!(read, want.map(|(words, rule)| (words, rule.to_owned())));
}

#[test]
fn findings_name_the_words_they_are_about() {
    let site = support::site();
    for (text, code, words) in [
        (
            "Lunedì 10 gennaio 2020",
            Some(Code::WeekdayMismatch),
            "Lunedì 10 gennaio 2020",
        ),
        ("on 05/09/2003", Some(Code::AmbiguousDate), "05/09/2003"),
        ("on Friday, 10 January 2020", None, ""),
    ] {
        let found = mentions(text, &site);
        let resolver = Resolver::new(context(text, &site), &found, None, None);
        let mut diagnostics = Vec::new();
        for mention in &found {
            resolver.resolve(context(text, &site), mention, &mut diagnostics);
        }
        let got: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, d.span.map_or("", |s| s.of(text))))
            .collect();
        let want: Vec<_> = code.map(|c| (c, words)).into_iter().collect();
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn what_the_release_date_adds_is_inferred() {
    let site = support::site();
    for (text, basis) in [
        ("on 3 and 4 June 2024", Basis::Stated),
        ("on 3 and 4 June", Basis::Inferred),
        ("on 5 May and 12 June 2024", Basis::Inferred),
        ("it opens tomorrow", Basis::Inferred),
    ] {
        let found = mentions(text, &site);
        let anchor = Date::parse("2024-05-01");
        let resolver = Resolver::new(context(text, &site), &found, None, anchor);
        let first = resolver.resolve(context(text, &site), &found[0], &mut Vec::new());
        assert_eq!(first.map(|f| f.0.basis), Some(basis), "{text}");
    }
}
