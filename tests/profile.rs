//! What search engines make of a release: verdicts, and that the sentences which are to fill gaps do fill them.

use std::path::Path;

use dateline::config::Config;
use dateline::diagnostic::Code;
use dateline::lang::Lexicons;
use dateline::profile::{Node, Tier, Verdict, judge};
use dateline::read;
use dateline::source::Source;

const SITE: &str = "[site]\nbase_url = \"https://press.example/\"\nauthority = \"press.example,2026\"\n\
    title = \"Harbour Office\"\n";

const TEXT: &str = "Harbour Office announces the 4th Symposium on Harbour Lights\n\n14 September 2026\n\n\
    The Harbour Office will hold the 4th Symposium on Harbour Lights on 12 October 2026. \
    Keepers of lights from many countries are expected.\n";

fn verdicts(settings: &str, text: &str) -> Vec<Verdict> {
    let config = Config::parse("dateline.toml", &format!("{SITE}{settings}"), Path::new(""));
    let site = config.expect("settings").site;
    let source = Source::from_text("a".into(), "a.txt".into(), text.into());
    judge(
        &read::read(&source, Lexicons::builtin(), &site).release,
        &site,
    )
}

fn codes(verdict: &Verdict, tier: Tier) -> Vec<Code> {
    verdict.lacking(tier).map(|gap| gap.code).collect()
}

/// The verdicts on the article and on the only event.
fn pair(settings: &str, text: &str) -> [Verdict; 2] {
    let verdicts = verdicts(settings, text);
    let told = format!("{verdicts:?}");
    verdicts
        .try_into()
        .unwrap_or_else(|_| panic!("one article and one event: {told}"))
}

#[test]
fn an_article_is_complete_but_for_image_and_an_event_without_place_is_not_eligible() {
    let url = "[publisher]\nurl = \"https://harbour.example/\"\n";
    let [article, event] = pair(url, TEXT);
    assert_eq!(article.node, Node::Article);
    assert!(article.is(Tier::Valid) && article.is(Tier::Eligible));
    assert_eq!(codes(&article, Tier::Complete), [Code::ArticleWithoutImage]);
    assert_eq!(event.node, Node::Event(1));
    assert!(event.is(Tier::Valid));
    assert_eq!(codes(&event, Tier::Eligible), [Code::EventWithoutPlace]);
    let [article, _] = pair("", TEXT);
    assert!(codes(&article, Tier::Complete).contains(&Code::AuthorWithoutAddress));
}

#[test]
fn the_sentence_that_is_to_fill_a_gap_fills_it() {
    // Nobody holds it yet.
    let plain = TEXT.replace(
        "The Harbour Office will hold the 4th Symposium on Harbour Lights on",
        "The 4th Symposium on Harbour Lights takes place on",
    );
    let words = [
        (
            "VENUE in TOWN, COUNTRY",
            "the Maritime Museum in Lisbon, Portugal",
        ),
        ("DAY to DAY MONTH YEAR", "12 to 14 October 2026"),
        ("BODY", "the Maritime Heritage Association"),
    ];
    for code in [
        Code::EventWithoutPlace,
        Code::EventWithoutEnd,
        Code::EventWithoutOrganizer,
    ] {
        let [_, event] = pair("", &plain);
        let gap = event.gaps.iter().find(|gap| gap.code == code);
        let fill = &gap.expect("a gap to fill").fill;
        let sentence = fill.split('`').nth(1).expect("a sentence in the advice");
        let sentence = words
            .iter()
            .fold(sentence.to_owned(), |sentence, (what, said)| {
                sentence.replace(what, said)
            });
        let filled = TEXT.replace(
            "Keepers of lights",
            &format!("{sentence} Keepers of lights"),
        );
        let [_, event] = pair("", &filled);
        assert!(
            event.gaps.iter().all(|gap| gap.code != code),
            "{sentence:?} does not fill {code:?}: {:?}",
            event.gaps
        );
    }
}

#[test]
fn nothing_is_told_that_the_documents_do_not_show() {
    let placed = TEXT.replace(
        "12 October 2026.",
        "12 October 2026 at the Maritime Museum in Berlin, Germany.",
    );
    let [_, event] = pair("", &placed);
    assert!(event.is(Tier::Eligible), "{:?}", event.gaps);
    let [_, event] = pair("[read]\npublish_inferred = false\n", &placed);
    assert!(event.is(Tier::Valid), "{:?}", event.gaps);
    let elsewhere = placed.replace("Berlin, Germany", "Lisbon, Portugal");
    let [_, event] = pair("", &elsewhere);
    assert_eq!(codes(&event, Tier::Eligible), [Code::EventElsewhere]);
    let online = TEXT.replace("on 12 October 2026.", "online on 12 October 2026.");
    let [_, event] = pair("", &online);
    assert_eq!(codes(&event, Tier::Eligible), [Code::EventOnlineOnly]);
}

#[test]
fn a_release_that_cannot_be_published_has_no_valid_article() {
    let all = verdicts("", "The harbour is open to everyone from now on.\n");
    assert!(!all[0].is(Tier::Valid));
    for verdict in &all {
        assert_eq!(verdict.findings().count(), verdict.gaps.len());
    }
}
