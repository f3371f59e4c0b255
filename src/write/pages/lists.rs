//! Pages that list releases: the newest, each year, each year in one language, and the search over all.
//!
//! The search is a script over one small document for each year; without it the page still leads to every year. Nothing
//! leaves the site.

use std::collections::BTreeMap;

use chrono::Datelike;
use minijinja::context;
use serde::Serialize;

use super::frame::Frame;
use super::view::{EntryView, LanguageView, Time, YearView, year_page};
use super::words::Words;
use super::{INDEX, render, titled};
use crate::model::Site;
use crate::write::web::lead;
use crate::write::{
    Catalog, Collection, DocumentLink, Format, Listed, Stage, WRITERS, WriteError, Writer, newest,
};

/// Path of the page with the search.
const SEARCH: &str = "search.html";

/// Releases by year.
type Years<'c> = BTreeMap<i32, Vec<&'c Listed>>;

/// All list pages.
pub(super) fn write(
    catalog: &dyn Catalog,
    site: &Site,
    out: &mut Collection<'_>,
) -> Result<(), WriteError> {
    let lists = Lists::of(catalog);
    let ways = lists.ways();
    for (year, listed) in &lists.all {
        let of = (listed, &ways);
        out.list(Stage::Collection, year_page(*year, None), &of, || {
            lists.year(*year, None, listed, site)
        })?;
        out.list(Stage::Collection, search_path(*year), listed, || {
            searched(listed, site)
        })?;
    }
    for (language, years) in &lists.languages {
        for (year, listed) in years {
            let (path, of) = (year_page(*year, Some(language)), (listed, &ways));
            out.list(Stage::Collection, path, &of, || {
                lists.year(*year, Some(language), listed, site)
            })?;
        }
    }
    if !lists.all.is_empty() {
        out.put(Stage::Collection, SEARCH, lists.search(site)?);
    }
    let links = list_links(catalog, site);
    let of = (newest::listed(catalog, site), &links, &ways);
    out.list(Stage::Index, INDEX, &of, || {
        lists.index(catalog, &links, site)
    })
}

/// What is listed.
struct Lists<'c> {
    all: Years<'c>,
    /// The same by language; nothing where all are in one.
    languages: BTreeMap<&'c str, Years<'c>>,
}

impl<'c> Lists<'c> {
    fn of(catalog: &'c dyn Catalog) -> Self {
        let mut lists = Self {
            all: Years::new(),
            languages: BTreeMap::new(),
        };
        for listed in catalog.listed() {
            let year = listed.published.first_day().year();
            lists.all.entry(year).or_default().push(listed);
            if let Some(language) = listed.language.as_deref() {
                let years = lists.languages.entry(language).or_default();
                years.entry(year).or_default().push(listed);
            }
        }
        if lists.languages.len() == 1 {
            lists.languages.clear();
        }
        lists
    }

    /// The years, newest first, each with its page in a language.
    fn years(&self, language: Option<&str>, frame: &Frame) -> Vec<YearView> {
        let years = match language {
            Some(language) => self.languages.get(language),
            None => Some(&self.all),
        };
        let years = years.into_iter().flat_map(BTreeMap::keys).rev();
        years
            .map(|year| YearView::of(*year, language, frame))
            .collect()
    }

    /// The languages, each with its page of a year, or else of its newest.
    fn languages(&self, year: Option<i32>, frame: &Frame) -> Vec<LanguageView> {
        let page = |(language, years): (&&str, &Years<'_>)| {
            let newest = years.keys().next_back().copied();
            let year = year.filter(|year| years.contains_key(year)).or(newest)?;
            Some(LanguageView::of(language, year, frame))
        };
        self.languages.iter().filter_map(page).collect()
    }

    /// The years that pages lead to: of all, and of each language.
    fn ways(&self) -> Vec<(Option<&'c str>, Vec<i32>)> {
        let languages = self.languages.iter();
        let all = languages.map(|(language, years)| (Some(*language), years));
        let all = [(None, &self.all)].into_iter().chain(all);
        all.map(|(language, years)| (language, years.keys().copied().collect()))
            .collect()
    }

    fn index(
        &self,
        catalog: &dyn Catalog,
        links: &[(&'static Format, DocumentLink)],
        site: &Site,
    ) -> Result<String, WriteError> {
        let words = Words::of(Some(&site.language), site);
        let mut frame =
            Frame::of(INDEX, Some(&site.language), &site.title, site).linked(None, site);
        frame.canonical = Some(site.base_url.clone());
        frame.description = Some(site.description.clone());
        for (format, link) in links {
            frame.link(format, link, site);
        }
        let mut entries = Vec::new();
        for listed in newest::listed(catalog, site) {
            let published = catalog.load(listed)?;
            let lead = lead(&published, site);
            entries.push(EntryView::of(listed, lead, &frame, words, site));
        }
        let (years, languages) = (self.years(None, &frame), self.languages(None, &frame));
        let view = context! {
            page => frame, entries => entries, years => years, languages => languages
        };
        render(INDEX, view, site, None)
    }

    fn year(
        &self,
        number: i32,
        language: Option<&str>,
        listed: &[&Listed],
        site: &Site,
    ) -> Result<String, WriteError> {
        let words = Words::of(Some(&site.language), site);
        let path = year_page(number, language);
        let title = match language {
            Some(tag) => format!("{number} ({tag})"),
            None => number.to_string(),
        };
        let title = titled(&title, site);
        let frame = Frame::of(&path, Some(&site.language), &title, site).linked(None, site);
        let entries: Vec<_> = (listed.iter())
            .map(|listed| EntryView::of(listed, None, &frame, words, site))
            .collect();
        let years = self.years(language, &frame);
        let languages = self.languages(Some(number), &frame);
        let everything = frame.way(&year_page(number, None));
        let view = context! {
            page => frame, year => number.to_string(), language => language, entries => entries,
            years => years, languages => languages, everything => everything,
        };
        render("year.html", view, site, None)
    }

    fn search(&self, site: &Site) -> Result<String, WriteError> {
        let words = Words::of(Some(&site.language), site);
        let title = titled(words.label("search"), site);
        let mut frame = Frame::of(SEARCH, Some(&site.language), &title, site).linked(None, site);
        // What it finds has pages of its own.
        frame.canonical = None;
        let years = self.years(None, &frame);
        let view = context! { page => frame, years => years };
        render(SEARCH, view, site, None)
    }
}

/// Documents of every format that list many, for the page that leads to all.
fn list_links(catalog: &dyn Catalog, site: &Site) -> Vec<(&'static Format, DocumentLink)> {
    let of = |writer: &&'static dyn Writer| {
        let links = writer.list_links(catalog, site).into_iter();
        let format = writer.format();
        links.map(move |link| (format, link)).collect::<Vec<_>>()
    };
    WRITERS.iter().flat_map(of).collect()
}

/// Path of the document that the search reads for a year.
fn search_path(year: i32) -> String {
    format!("years/{year:04}.json")
}

/// A release as the search knows it.
#[derive(Serialize)]
struct Found<'a> {
    page: &'a str,
    headline: &'a str,
    language: Option<&'a str>,
    published: Time,
}

fn searched(listed: &[&Listed], site: &Site) -> Result<String, WriteError> {
    let words = Words::of(Some(&site.language), site);
    let found = listed.iter().map(|listed| Found {
        page: &listed.page,
        headline: &listed.headline,
        language: listed.language.as_deref(),
        published: Time::published(&listed.published, words, site),
    });
    let lines: Result<Vec<_>, _> = found.map(|found| serde_json::to_string(&found)).collect();
    let lines = lines.map_err(|error| super::FORMAT.fault(None, error))?;
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}
