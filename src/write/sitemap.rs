//! Sitemaps (sitemaps.org 0.9) with the news extension, and the robots.txt that names them.
//!
//! Conventions (OUTPUTS, Sitemap): every page that may be found stands in one; a release of the last two days carries a news
//! block; `lastmod` is the day that the text gives until a later version is made. Pages stand in the order in which they were
//! first published, so that of several files only the last one changes.

use std::sync::Arc;

use chrono::{DateTime, Days, Utc};
use quick_xml::escape::escape;

use super::web::{address, clean, event_page, instant, iso_instant, web_date};
use super::{Catalog, Collection, Format, Listed, Stage, WriteError, Writer};
use crate::model::{Date, Site};

/// The format.
#[derive(Debug, Clone, Copy)]
pub struct Sitemap;

static FORMAT: Format = Format {
    name: "sitemap",
    about: "sitemaps with news of the last two days, and robots.txt",
    media_type: "application/xml",
    rel: None,
    spec: "https://www.sitemaps.org/protocol.html",
};

/// Path of the sitemap, or of the index of all where there are several.
const MAP: &str = "sitemap.xml";
const ROBOTS: &str = "robots.txt";

/// Most pages, news blocks and bytes of one file (RULES SM-1, NS-2), the frame left out.
const LIMITS: (usize, usize, usize) = (50_000, 1_000, 50 * 1024 * 1024 - 1024);

/// How long a release is news (RULES NS-1).
const NEWS: Days = Days::new(2);

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    " xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"",
    " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
);
const FOOT: &str = "</urlset>\n";
const INDEX_HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
);
const INDEX_FOOT: &str = "</sitemapindex>\n";

impl Writer for Sitemap {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn of_the_hour<'c>(
        &self,
        catalog: &'c dyn Catalog,
        site: &Site,
    ) -> Vec<(&'c str, DateTime<Utc>)> {
        let fresh = catalog.listed().iter().filter_map(|listed| {
            let until = news_until(listed, site)?;
            (until >= catalog.now()).then_some((&*listed.id, until))
        });
        fresh.collect()
    }

    fn own_words(&self) -> Vec<&'static str> {
        vec![
            "http://www.sitemaps.org/schemas/sitemap/0.9",
            "http://www.google.com/schemas/sitemap-news/0.9",
            "http://www.w3.org/1999/xhtml",
            "alternate",
            "/.dateline/",
        ]
    }

    fn collection(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
        out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        let mut listed: Vec<_> = catalog.listed().iter().collect();
        listed.sort_by_key(|listed| (listed.first_created, &listed.id));
        let mut files = Files::new(LIMITS);
        files.add(&page(&site.base_url, None, &[]), 0);
        for listed in listed {
            let modified = last_modified(listed, site);
            let news = is_news(listed, catalog.now(), site).then(|| news(listed, site));
            let news = news.flatten();
            let counted = usize::from(news.is_some());
            let mut more = alternates(listed, site);
            more.extend(news);
            let at = address(site, &listed.page);
            files.add(&page(&at, Some(&modified), &more), counted);
            for event in listed.events.iter().filter(|event| event.leads) {
                let at = address(site, &event_page(&event.key));
                files.add(&page(&at, Some(&modified), &[]), 0);
            }
        }
        let files = files.done();
        if let [only] = &files[..] {
            out.put(Stage::SitemapIndex, MAP, format!("{HEAD}{only}{FOOT}"));
        } else {
            let mut index = String::new();
            for (file, number) in files.iter().zip(1..) {
                let path = format!("sitemap-{number}.xml");
                let at = address(site, &path);
                index.extend(["<sitemap>", &element("loc", &at), "</sitemap>\n"]);
                out.put(Stage::Sitemap, path, format!("{HEAD}{file}{FOOT}"));
            }
            let text = format!("{INDEX_HEAD}{index}{INDEX_FOOT}");
            out.put(Stage::SitemapIndex, MAP, text);
        }
        if at_root(site) {
            let map = address(site, MAP);
            let text = format!("User-agent: *\nDisallow: /.dateline/\n\nSitemap: {map}\n");
            out.put(Stage::SitemapIndex, ROBOTS, text);
        }
        Ok(())
    }
}

/// Whether the site is all of its host: crawlers ask for robots.txt there and nowhere else.
fn at_root(site: &Site) -> bool {
    let path = site.base_url.split_once("://").map(|(_, rest)| rest);
    path.and_then(|rest| rest.split_once('/'))
        .is_some_and(|(_, path)| path.is_empty())
}

/// Whether a release counts as news at that hour.
fn is_news(listed: &Listed, now: DateTime<Utc>, site: &Site) -> bool {
    news_until(listed, site).is_some_and(|until| until >= now)
}

/// Until when a release counts as news: of a day without a clock time two days after its end.
fn news_until(listed: &Listed, site: &Site) -> Option<DateTime<Utc>> {
    let date = web_date(&listed.published, site);
    let end = match date.time {
        Some(time) => instant(&date, site, time),
        None => date
            .naive_day()
            .and_then(|day| day.succ_opt())
            .map(|next| next.and_time(chrono::NaiveTime::MIN).and_utc()),
    };
    end?.checked_add_days(NEWS)
}

/// The day or instant of the last change, of the release or of what others tell of its events; where there is none what the
/// text says, if that is a day and not after the hour at which it was read.
fn last_modified(listed: &Listed, site: &Site) -> String {
    let events = listed.events.iter().filter_map(|event| event.changed);
    let changed = events.fold(listed.changed, DateTime::max);
    let date = web_date(&listed.published, site);
    let first_day = listed.first_created.date_naive();
    let is_first = changed <= listed.first_created;
    if is_first && date.naive_day().is_some_and(|day| day < first_day) {
        schema_date(&date)
    } else {
        iso_instant(changed)
    }
}

/// The release in each of its languages, itself among them (sitemaps with `xhtml:link`: Google, "Localized versions").
fn alternates(listed: &Listed, site: &Site) -> Vec<String> {
    let link = |(language, path): &(Arc<str>, Arc<str>)| {
        let (language, path) = (escape(&**language), address(site, path));
        let path = escape(path.as_str());
        format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{path}\"/>")
    };
    listed.translations.iter().map(link).collect()
}

/// The news block; `None` where the language or day that it must have is not known (RULES NS-4).
fn news(listed: &Listed, site: &Site) -> Option<String> {
    let language = news_language(listed.language.as_deref()?)?;
    let date: Date = web_date(&listed.published, site);
    date.naive_day()?;
    let publication = [
        element("news:name", &site.publisher.name),
        element("news:language", language),
    ];
    Some(format!(
        "<news:news><news:publication>{}</news:publication>{}{}</news:news>",
        publication.concat(),
        element("news:publication_date", &schema_date(&date)),
        element("news:title", &listed.headline),
    ))
}

/// The date as both schemas have it: a clock time has seconds (XML Schema, `dateTime`).
fn schema_date(date: &Date) -> String {
    let text = date.to_string();
    match text.split_at_checked("2026-03-02T10:00".len()) {
        Some((minutes, zone)) => format!("{minutes}:00{zone}"),
        None => text,
    }
}

/// Two or three letters; Chinese by its script where the tag tells it.
fn news_language(tag: &str) -> Option<&str> {
    let mut parts = tag.split('-');
    let primary = parts.next().filter(|part| matches!(part.len(), 2 | 3))?;
    if primary == "zh" {
        for part in parts {
            match part {
                "Hant" | "TW" | "HK" | "MO" => return Some("zh-tw"),
                "Hans" | "CN" | "SG" => return Some("zh-cn"),
                _ => {}
            }
        }
    }
    Some(primary)
}

/// The entry of a page.
fn page(address: &str, modified: Option<&str>, more: &[String]) -> String {
    let modified = modified.map_or_else(String::new, |date| element("lastmod", date));
    let more = more.concat();
    format!("<url>{}{modified}{more}</url>\n", element("loc", address))
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(clean(text).as_str()))
}

/// Entries spread over as many files as their limits ask for.
struct Files {
    limits: (usize, usize, usize),
    done: Vec<String>,
    open: String,
    pages: usize,
    news: usize,
}

impl Files {
    fn new(limits: (usize, usize, usize)) -> Self {
        Self {
            limits,
            done: Vec::new(),
            open: String::new(),
            pages: 0,
            news: 0,
        }
    }

    fn add(&mut self, entry: &str, news: usize) {
        let (pages, most_news, bytes) = self.limits;
        let full = self.pages == pages
            || self.news + news > most_news
            || self.open.len() + entry.len() > bytes;
        if full {
            self.done.push(std::mem::take(&mut self.open));
            (self.pages, self.news) = (0, 0);
        }
        self.open.push_str(entry);
        self.pages += 1;
        self.news += news;
    }

    fn done(mut self) -> Vec<String> {
        self.done.push(self.open);
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{date, published, site};
    use super::*;
    use crate::model::Published;

    struct Shelf(Vec<Listed>, &'static str);

    impl Catalog for Shelf {
        fn listed(&self) -> &[Listed] {
            &self.0
        }

        fn now(&self) -> DateTime<Utc> {
            self.1.parse().expect("an instant")
        }

        fn load(&self, listed: &Listed) -> Result<Published, WriteError> {
            Ok(published(&listed.id))
        }
    }

    fn shelf(now: &'static str, days: &[&str]) -> Shelf {
        let listed = days.iter().zip(1..).map(|(day, number)| Listed {
            published: date(day).value,
            ..Listed::of(&published(&format!("r{number}"))).expect("a date")
        });
        Shelf(listed.collect(), now)
    }

    fn files(shelf: &Shelf) -> Vec<(String, String)> {
        let out = Sitemap.lists(shelf, &site()).expect("maps");
        (out.0.into_iter())
            .map(|((_, path), bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
            .collect()
    }

    #[test]
    fn a_release_is_news_until_two_days_after_its_own() {
        let days = ["2026-03-02", "2026-03-04", "2026-03-02T10:00Z", "2026-03"];
        for (now, news) in [
            ("2026-03-04T09:00:00Z", &["r1", "r2", "r3"][..]),
            ("2026-03-05T00:00:00Z", &["r1", "r2"]),
            ("2026-03-05T00:00:01Z", &["r2"]),
            ("2026-03-09T00:00:00Z", &[]),
        ] {
            let shelf = shelf(now, &days);
            let of_the_hour = Sitemap.of_the_hour(&shelf, &site());
            let ids: Vec<_> = of_the_hour.iter().map(|(id, _)| *id).collect();
            assert_eq!(ids, news, "{now}");
            assert!((of_the_hour.iter()).all(|(_, until)| *until >= shelf.now()));
            let map = &files(&shelf).last().expect("a map").1.clone();
            assert_eq!(map.matches("<news:news>").count(), news.len(), "{now}");
            let seconds =
                "<news:publication_date>2026-03-02T10:00:00+00:00</news:publication_date>";
            assert_eq!(map.contains(seconds), news.contains(&"r3"), "{now}");
        }
    }

    #[test]
    fn a_map_tells_of_every_page_and_robots_of_the_map() {
        let shelf = shelf("2026-03-09T00:00:00Z", &["2026-03-01", "2026-03-02"]);
        let files = files(&shelf);
        let names: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, [ROBOTS, MAP]);
        assert!(files[0].1.contains("https://press.example/sitemap.xml"));
        let map = &files[1].1;
        assert_eq!(map.matches("<url>").count(), 3);
        assert!(map.contains("<loc>https://press.example/</loc>"));
        // Read on the day itself: the instant is the better word.
        assert!(map.contains("<lastmod>2026-03-01</lastmod>"));
        assert!(map.contains("<lastmod>2026-03-02T08:00:00Z</lastmod>"));
    }

    #[test]
    fn files_keep_to_each_limit() {
        let mut files = Files::new((2, 9, 999));
        (0..3).for_each(|_| files.add("a", 0));
        assert_eq!(files.done(), ["aa", "a"]);
        let mut files = Files::new((9, 1, 999));
        (0..2).for_each(|_| files.add("a", 1));
        assert_eq!(files.done(), ["a", "a"]);
        let mut files = Files::new((9, 9, 3));
        (0..3).for_each(|_| files.add("aa", 0));
        assert_eq!(files.done(), ["aa", "aa", "aa"]);
    }

    #[test]
    fn chinese_is_told_by_its_script() {
        for (tag, want) in [
            ("en", Some("en")),
            ("en-GB", Some("en")),
            ("zh", Some("zh")),
            ("zh-Hant", Some("zh-tw")),
            ("zh-CN", Some("zh-cn")),
            ("x-own", None),
        ] {
            assert_eq!(news_language(tag), want, "{tag}");
        }
    }
}
