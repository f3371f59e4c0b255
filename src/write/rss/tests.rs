use super::*;
use crate::model::{Change, Topic};
use crate::write::sample::{Shelf, date, paragraph, published, site, stated};

fn text_of(releases: Vec<Published>, site: &Site) -> Vec<u8> {
    let mut out = Rss.lists(&Shelf::of(releases), site).expect("a feed");
    out.0
        .remove(&(Stage::Feed, "feed.xml".to_owned()))
        .expect("the feed of all")
}

fn feeds(releases: Vec<Published>, site: &Site) -> BTreeMap<String, Channel> {
    let out = Rss.lists(&Shelf::of(releases), site).expect("a feed");
    let channel = |bytes: &Vec<u8>| Channel::read_from(&bytes[..]).expect("a feed that reads");
    out.0
        .iter()
        .filter(|((_, path), _)| path != STYLE)
        .map(|((_, path), bytes)| (path.clone(), channel(bytes)))
        .collect()
}

fn titles(channel: &Channel) -> Vec<&str> {
    channel.items.iter().filter_map(Item::title).collect()
}

#[test]
fn every_language_has_a_feed_of_its_own() {
    let mut french = published("b");
    french.release.language = Some(stated("fr".into()));
    let mut unknown = published("c");
    unknown.release.language = None;
    let feeds = feeds(vec![published("a"), french, unknown], &site());
    let sizes: Vec<_> = feeds
        .iter()
        .map(|(path, feed)| (path.as_str(), feed.items.len()))
        .collect();
    assert_eq!(
        sizes,
        [("feed.en.xml", 1), ("feed.fr.xml", 1), ("feed.xml", 3)]
    );
    assert_eq!(feeds["feed.fr.xml"].language(), Some("fr"));
}

#[test]
fn instants_order_items_and_months_have_none() {
    let dated = |id: &str, iso: &str| {
        let mut published = published(id);
        published.release.headline = Some(stated(id.into()));
        published.release.published = Some(date(iso));
        published.first_published = Some(date(iso).value);
        published
    };
    let releases = vec![
        dated("morning", "2026-03-02T09:00+01:00"),
        dated("day", "2026-03-02"),
        dated("month", "2026-03"),
        dated("late", "2026-03-02T23:00-05:00"),
    ];
    let mut small = site();
    small.feed.items = 1;
    let archived = &feeds(releases.clone(), &small)["feeds/2026.xml"];
    assert_eq!(titles(archived), ["late", "day", "morning", "month"]);
    let feed = &feeds(releases, &site())["feed.xml"];
    assert_eq!(titles(feed), ["late", "day", "morning", "month"]);
    assert_eq!(
        feed.items[1].pub_date(),
        Some("Mon, 02 Mar 2026 12:00:00 +0000")
    );
    assert_eq!(feed.items[3].pub_date(), None);
    assert_eq!(
        feed.last_build_date(),
        Some("Tue, 03 Mar 2026 04:00:00 +0000")
    );
}

#[test]
fn size_is_bounded_in_items_and_bytes() {
    let mut site = site();
    site.feed.items = 3;
    let many = || (0..5).map(|i| published(&format!("r{i}"))).collect();
    assert_eq!(feeds(many(), &site)["feed.xml"].items.len(), 3);
    site.feed.bytes = text_of(many(), &site).len() - 1;
    assert_eq!(feeds(many(), &site)["feed.xml"].items.len(), 2);
    assert!(text_of(many(), &site).len() <= site.feed.bytes);

    let mut long = published("long");
    long.release.body.push(paragraph(&"far ".repeat(1_000)));
    let feed = &feeds(vec![long], &site)["feed.xml"];
    assert_eq!(feed.items[0].content(), None);
    assert_eq!(feed.items[0].description(), Some("The quay opens."));
}

#[test]
fn text_is_escaped_once_and_control_characters_stay_inside() {
    let mut hostile = published("a");
    hostile.release.headline = Some(stated("R&D <b> \u{1}\u{FFFE}]]>".into()));
    hostile.release.topics = vec![
        Topic {
            name: stated("R&D".into()),
            media_topic: None,
        },
        Topic {
            name: stated("R&D".into()),
            media_topic: None,
        },
    ];
    let feed = &feeds(vec![hostile], &site())["feed.xml"];
    let item = &feed.items[0];
    assert_eq!(item.title(), Some("R&D <b> ]]>"));
    assert_eq!(item.categories.len(), 1);
    assert_eq!(
        item.content(),
        Some("<p>The quay opens.</p>\n<p>Ships &lt; 5 m &amp; boats may land.</p>")
    );
    let guid = item.guid().expect("a guid");
    assert_eq!(
        (guid.value(), guid.is_permalink()),
        ("tag:press.example,2026:release/a", false)
    );
    assert_eq!(item.author(), None);
}

#[test]
fn a_correction_keeps_its_date_and_says_so() {
    let mut corrected = published("a");
    corrected.version = 2;
    corrected.version_created += chrono::TimeDelta::days(3);
    corrected.changed = corrected.version_created;
    // The day was wrong, too: readers of feeds would take another one for a new release.
    corrected.release.published = Some(date("2026-03-01"));
    corrected.change = Some(Change::Correction);
    corrected.note = Some("The depth was wrong.".into());
    let updated = &extensions(&Entry::of(&corrected, &site()))["atom"]["updated"][0];
    assert_eq!(updated.value(), Some("2026-03-05T08:00:00Z"));
    let feed = &feeds(vec![corrected], &site())["feed.xml"];
    let item = &feed.items[0];
    assert_eq!(item.pub_date(), Some("Mon, 02 Mar 2026 12:00:00 +0000"));
    assert!(
        item.content()
            .is_some_and(|html| html.starts_with("<p><em>The depth was wrong.</em></p>"))
    );
    assert_eq!(
        feed.last_build_date(),
        Some("Thu, 05 Mar 2026 08:00:00 +0000")
    );
}

#[test]
fn what_a_feed_has_no_room_for_stands_on_archive_pages() {
    let mut site = site();
    site.feed.items = 2;
    let dated = |id: &str, iso: &str| {
        let mut published = published(id);
        published.release.published = Some(date(iso));
        published.first_published = Some(date(iso).value);
        published
    };
    let releases = vec![
        dated("d", "2026-03-02"),
        dated("c", "2026-01-01"),
        dated("b", "2025-06"),
        dated("a", "2024-12-31"),
    ];
    let feeds = feeds(releases, &site);
    let paths: Vec<_> = feeds.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "feed.en.xml",
            "feed.xml",
            "feeds/2024.en.xml",
            "feeds/2024.xml",
            "feeds/2025.en.xml",
            "feeds/2025.xml",
            "feeds/2026.en.xml",
            "feeds/2026.xml",
        ]
    );
    let ways = |path: &str| -> Vec<(String, String)> {
        let links = feeds[path]
            .atom_ext
            .as_ref()
            .map(|atom| atom.links.as_slice());
        let links = links.unwrap_or_default().iter();
        let to = |href: &str| href.replace("https://press.example/", "");
        links
            .map(|link| (link.rel.clone(), to(&link.href)))
            .collect()
    };
    let way = |rel: &str, to: &str| (rel.to_owned(), to.to_owned());
    assert_eq!(
        ways("feed.xml"),
        [
            way("self", "feed.xml"),
            way("prev-archive", "feeds/2026.xml")
        ]
    );
    assert_eq!(
        ways("feeds/2025.xml"),
        [
            way("self", "feeds/2025.xml"),
            way("current", "feed.xml"),
            way("prev-archive", "feeds/2024.xml"),
            way("next-archive", "feeds/2026.xml"),
        ]
    );
    let page = &feeds["feeds/2026.xml"];
    assert!(page.extensions["fh"].contains_key("archive"));
    let ids: Vec<_> = page
        .items
        .iter()
        .map(|item| item.link().unwrap_or_default())
        .collect();
    assert_eq!(
        ids,
        [
            "https://press.example/releases/d.html",
            "https://press.example/releases/c.html"
        ]
    );
    assert_eq!(feeds["feeds/2025.xml"].items[0].pub_date(), None);
}

#[test]
fn a_browser_is_told_of_the_style_sheet() {
    let text = text_of(vec![published("a")], &site());
    let text = String::from_utf8(text).expect("UTF-8");
    let style = "?>\n<?xml-stylesheet type=\"text/css\" href=\"feed.css\"?>\n<rss";
    assert!(text.contains(style), "{text}");
    let out = Rss.lists(&Shelf::of(Vec::new()), &site()).expect("a feed");
    let css = &out.0[&(Stage::Collection, STYLE.to_owned())];
    let css = std::str::from_utf8(css).expect("UTF-8");
    assert!(
        css.contains("content: \"") && !css.contains("HINT"),
        "{css}"
    );
}
