use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;
use crate::model::{
    Attendance, Change, Contact, Dateline, Event, EventStatus, Fact, Link, Location, Notice,
    NoticeKind,
};
use crate::source::Span;
use crate::write::Listed;
use crate::write::sample::{self, date, paragraph, site, stated};

/// All pages of a release, by path.
fn pages(published: &Published, site: &Site) -> BTreeMap<String, String> {
    let mut out = Artifacts::default();
    Pages.release(published, site, &mut out).expect("pages");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (out.0.into_iter())
        .map(|((_, path), bytes)| (path, text(bytes)))
        .collect()
}

fn page(published: &Published, site: &Site) -> Html {
    let mut pages = pages(published, site);
    Html::parse_document(&pages.remove(&published.page).expect("the page"))
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

/// The text of each element that a selector finds, white space folded.
fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = select(selector);
    let found = page.select(&selector);
    found
        .map(|element| {
            let text: String = element.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// An attribute of each element that a selector finds.
fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = select(selector);
    let found = page.select(&selector);
    found
        .filter_map(|element| element.attr(name))
        .map(str::to_owned)
        .collect()
}

fn blocks(page: &Html) -> Vec<serde_json::Value> {
    let selector = select("script[type='application/ld+json']");
    let scripts = page.select(&selector);
    scripts
        .map(|script| {
            let text: String = script.text().collect();
            serde_json::from_str(&text).expect("JSON")
        })
        .collect()
}

#[test]
fn a_page_says_what_the_release_says() {
    let mut published = sample::published("2026/quay");
    let release = &mut published.release;
    release.subtitle = Some(stated("Ships land again".into()));
    release.dateline = Some(Dateline {
        place: stated("Harbourtown".into()),
        country: None,
        date: None,
    });
    release.notes_to_editors = vec![paragraph("Pictures on request.")];
    release.boilerplate = vec![paragraph("The office keeps the harbour.")];
    release.notices.push(Notice {
        kind: NoticeKind::Boilerplate,
        language: None,
        text: "About the Harbour Office".into(),
        span: Span::new(0, 1),
    });
    release.contacts = vec![Contact {
        name: Some(stated("Ana Lima".into())),
        emails: vec![stated("press@harbour.example".into())],
        phones: vec![stated("+1 207 555-0142".into()), stated("ext. 14".into())],
        urls: vec![stated("javascript:alert(1)".into())],
        ..Contact::default()
    }];
    release.links = vec![Link {
        url: "https://harbour.example/quay".into(),
        span: Span::new(0, 1),
    }];
    let page = page(&published, &site());
    assert_eq!(texts(&page, "title"), ["Quay opens – Harbour news"]);
    assert_eq!(texts(&page, "h1"), ["Quay opens"]);
    assert_eq!(texts(&page, ".subtitle"), ["Ships land again"]);
    assert_eq!(
        texts(&page, ".dates li"),
        ["Harbourtown", "Published 2 March 2026"]
    );
    assert_eq!(
        attributes(&page, "article time", "datetime"),
        ["2026-03-02"]
    );
    assert_eq!(
        texts(&page, ".text p"),
        ["The quay opens.", "Ships < 5 m & boats may land."]
    );
    assert_eq!(
        texts(&page, ".notes > *"),
        ["Notes to editors", "Pictures on request."]
    );
    assert_eq!(
        texts(&page, ".about > *"),
        ["About the Harbour Office", "The office keeps the harbour."]
    );
    assert_eq!(
        attributes(&page, "aside a", "href"),
        [
            "mailto:press@harbour.example",
            "tel:+12075550142",
            "https://harbour.example/quay"
        ]
    );
    let address = "https://press.example/releases/2026/quay.html";
    assert_eq!(attributes(&page, "link[rel=canonical]", "href"), [address]);
    assert_eq!(
        attributes(&page, "link[rel=alternate]", "href"),
        [
            "https://press.example/releases/2026/quay.article.jsonld",
            "https://press.example/feed.xml",
            "https://press.example/feed.en.xml",
            "https://press.example/atom.xml",
            "https://press.example/feed.json"
        ]
    );
    assert_eq!(
        attributes(&page, ".masthead a", "href"),
        ["../../index.html", "../../search.html"]
    );
    assert_eq!(
        attributes(&page, "meta[name=description]", "content"),
        ["The quay opens."]
    );
}

#[test]
fn the_documents_stand_in_the_page_as_they_do_alone() {
    let mut event = sample::event("Quay </script><!-- Day");
    event.start = Some(date("2026-05-01"));
    let published = sample::with_event("a", event);
    let made = pages(&published, &site());
    let mut alone = Artifacts::default();
    JsonLd
        .release(&published, &site(), &mut alone)
        .expect("documents");
    let alone: Vec<serde_json::Value> = (alone.0.values())
        .map(|bytes| serde_json::from_slice(bytes).expect("JSON"))
        .collect();
    let release = Html::parse_document(&made["releases/a.html"]);
    assert_eq!(blocks(&release), alone);
    let event = Html::parse_document(&made["events/a-1.html"]);
    assert_eq!(blocks(&event), alone[1..]);
    assert_eq!(texts(&event, "h1"), ["Quay </script><!-- Day"]);
    assert_eq!(
        attributes(&event, "link[type='application/ld+json']", "href"),
        ["https://press.example/releases/a.event-1.jsonld"]
    );
    assert_eq!(
        attributes(&event, ".source a", "href"),
        ["../releases/a.html"]
    );
}

/// The facts of an event as its card on the release's page has them.
fn card(change: impl FnOnce(&mut Event), site: &Site) -> Vec<String> {
    let mut event = sample::event("Quay Day");
    change(&mut event);
    texts(&page(&sample::with_event("a", event), site), "dl > div")
}

#[test]
fn an_event_shows_what_is_known_of_it() {
    assert_eq!(card(|_| {}, &site()), Vec::<String>::new());
    let full = card(
        |event| {
            event.status = stated(EventStatus::Rescheduled);
            event.start = Some(date("2026-05-01T09:00"));
            event.end = Some(date("2026-05-03"));
            event.previous_start = Some(date("2026-04"));
            event.location = Some(stated(Location {
                venue: Some("Sea Hall".into()),
                locality: Some("Lisbon".into()),
                country: Some("PT".into()),
                ..Location::default()
            }));
            event.attendance = Some(stated(Attendance::Mixed));
            event.speakers = vec![stated("Ana Lima".into()), stated("Rui Melo".into())];
            event.url = Some(stated("https://quay.example/".into()));
        },
        &site(),
    );
    assert_eq!(
        full,
        [
            "StatusRescheduled",
            "Date1 May 2026, 09:00 – 3 May 2026",
            "OriginallyApril 2026",
            "PlaceSea Hall, Lisbon, Portugal",
            "AttendanceIn person and online",
            "SpeakersAna LimaRui Melo",
            "Linkshttps://quay.example/"
        ]
    );
}

#[test]
fn inferred_facts_can_be_held_back() {
    let mut site = site();
    site.read.publish_inferred = false;
    let shown = card(
        |event| {
            event.start = Some(Fact::inferred(date("2026-05-01").value, None, "test"));
            event.status = Fact::inferred(EventStatus::Postponed, None, "test");
            event.organizer = Some(stated("Harbour Office".into()));
        },
        &site,
    );
    assert_eq!(shown, ["OrganizerHarbour Office"]);
}

#[test]
fn pages_speak_the_language_of_their_release() {
    let mut published = sample::published("a");
    published.release.language = Some(stated("ar".into()));
    let arabic = page(&published, &site());
    assert_eq!(attributes(&arabic, "html", "lang"), ["ar"]);
    assert_eq!(attributes(&arabic, "html", "dir"), ["rtl"]);
    assert_eq!(texts(&arabic, ".dates li"), ["نُشر في 2 مارس 2026"]);
    assert_eq!(attributes(&arabic, ".masthead a", "dir"), ["ltr"]);
    published.release.language = Some(stated("sq".into()));
    let albanian = page(&published, &site());
    assert_eq!(texts(&albanian, ".dates li"), ["Published 2 March 2026"]);
    assert_eq!(attributes(&albanian, ".dates li", "lang"), ["en"]);
}

#[test]
fn a_correction_is_shown_with_its_day() {
    let mut published = sample::published("a");
    published.version = 2;
    published.version_created += chrono::TimeDelta::days(3);
    published.changed = published.version_created;
    published.change = Some(Change::Correction);
    published.note = Some("The depth was wrong.".into());
    let page = page(&published, &site());
    assert_eq!(
        texts(&page, ".dates li"),
        ["Published 2 March 2026", "Updated 5 March 2026"]
    );
    assert_eq!(
        texts(&page, ".correction p"),
        ["Correction", "The depth was wrong."]
    );
    assert_eq!(
        attributes(&page, "article time", "datetime"),
        ["2026-03-02", "2026-03-05T08:00:00Z"]
    );
}

#[test]
fn a_withdrawn_release_leaves_a_notice_that_is_not_to_be_found() {
    let mut published = sample::with_event("a", sample::event("Quay Day"));
    published.standing = Standing::Withdrawn;
    published.note = Some("It was sent in error.".into());
    let made = pages(&published, &site());
    assert_eq!(made.len(), 1);
    let page = page(&published, &site());
    assert_eq!(
        attributes(&page, "meta[name=robots]", "content"),
        ["noindex"]
    );
    assert_eq!(texts(&page, "h1"), ["This release has been withdrawn"]);
    assert_eq!(texts(&page, ".text p"), ["It was sent in error."]);
    assert!(blocks(&page).is_empty());
    assert!(!made["releases/a.html"].contains("Quay opens"));
    published.standing = Standing::Withheld;
    assert!(pages(&published, &site()).is_empty());
}

#[test]
fn an_office_may_replace_any_template() {
    let mut site = site();
    let own =
        "{% extends 'base.html' %}{% block main %}<h1>{{ release.headline }}!</h1>{% endblock %}";
    site.templates.insert("release.html".into(), own.into());
    let page = page(&sample::published("a"), &site);
    assert_eq!(texts(&page, "h1"), ["Quay opens!"]);
    assert_eq!(blocks(&page).len(), 1);
    assert_eq!(templates::check(&site.templates), Ok(()));
    site.templates
        .insert("facts.html".into(), "{% if %}".into());
    let (name, _) = templates::check(&site.templates).expect_err("no template");
    assert_eq!(name, "facts.html");
}

struct Shelf(Vec<Listed>);

impl Catalog for Shelf {
    fn listed(&self) -> &[Listed] {
        &self.0
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn load(&self, listed: &Listed) -> Result<Published, WriteError> {
        Ok(sample::published(&listed.id))
    }
}

#[test]
fn lists_reach_every_release_and_the_feeds() {
    let listed = |id: &str, day: &str, language: Option<&str>| {
        let published = sample::published(id);
        Listed {
            headline: format!("News of {id}").into(),
            published: date(day).value,
            language: language.map(Into::into),
            ..Listed::of(&published).expect("a date")
        }
    };
    let shelf = Shelf(vec![
        listed("c", "2026-02-01", Some("ar")),
        listed("b", "2025-02-01", Some("en")),
        listed("a", "2025-01", None),
    ]);
    let mut site = site();
    site.feed.items = 2;
    let out = Pages.lists(&shelf, &site).expect("lists");
    let read = |path: &str| {
        let mut made = out.0.iter();
        let (_, bytes) = made.find(|((_, made), _)| made == path).expect(path);
        Html::parse_document(std::str::from_utf8(bytes).expect("UTF-8"))
    };
    let index = read("index.html");
    assert_eq!(
        attributes(&index, "ol a", "href"),
        ["releases/c.html", "releases/b.html"]
    );
    assert_eq!(attributes(&index, "ol h3", "dir"), ["rtl", "ltr"]);
    assert_eq!(
        attributes(&index, ".years a", "href"),
        [
            "years/2026.ar.html",
            "years/2025.en.html",
            "years/2026.html",
            "years/2025.html"
        ]
    );
    assert_eq!(texts(&index, ".years a")[..2], ["العربية", "English"]);
    assert_eq!(
        attributes(&index, "link[rel=alternate]", "href"),
        [
            "feed.xml",
            "atom.xml",
            "feed.json",
            "feed.ar.xml",
            "feed.en.xml"
        ]
        .map(|path| format!("https://press.example/{path}"))
    );
    assert_eq!(
        attributes(&index, "link[rel=canonical]", "href"),
        ["https://press.example/"]
    );
    let year = read("years/2025.html");
    assert_eq!(
        attributes(&year, "ol a", "href"),
        ["../releases/b.html", "../releases/a.html"]
    );
    assert_eq!(texts(&year, "ol time"), ["1 February 2025", "January 2025"]);
    let arabic = read("years/2026.ar.html");
    assert_eq!(attributes(&arabic, "ol a", "href"), ["../releases/c.html"]);
    assert_eq!(
        attributes(&arabic, ".years a", "href"),
        ["../years/2026.html", "../years/2025.en.html"]
    );
    let search = read("search.html");
    assert_eq!(attributes(&search, "form", "data-years"), ["2026 2025"]);
    let (_, bytes) = (out.0.iter())
        .find(|((_, path), _)| path == "years/2025.json")
        .expect("what the search reads");
    let found: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    assert_eq!(found[0]["page"], "releases/b.html");
    assert_eq!(found[1]["published"]["text"], "January 2025");
    let empty = Shelf(Vec::new());
    let out = Pages.lists(&empty, &site).expect("an index");
    assert_eq!(out.0.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the strings are, the page reads back without a fault and holds them as text.
    #[test]
    fn any_strings_stay_text(headline in "\\PC{1,40}", body in any::<String>(), name in any::<String>()) {
        let mut event = sample::event(&name);
        event.speakers = vec![stated(body.clone())];
        let mut published = sample::with_event("a", event);
        published.release.headline = Some(stated(headline.clone()));
        published.release.body = vec![paragraph(&body)];
        let made = pages(&published, &site());
        let page = Html::parse_document(&made["releases/a.html"]);
        prop_assert!(page.errors.is_empty(), "{:?}", page.errors);
        let allowed = |text: &str| -> String {
            let kept: String = text.chars().filter(|c| templates::is_allowed(*c)).collect();
            kept.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        prop_assert_eq!(texts(&page, "h1"), vec![allowed(&headline)]);
        prop_assert_eq!(texts(&page, ".text p"), vec![allowed(&body)]);
        prop_assert_eq!(&texts(&page, "aside .name")[0], &allowed(&name));
        let documents = blocks(&page);
        prop_assert_eq!(documents[0]["articleBody"].as_str(), Some(body.as_str()));
        prop_assert_eq!(documents[1]["name"].as_str(), Some(name.as_str()));
    }
}
