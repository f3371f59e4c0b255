//! Pages: one of each release, one of each main event, and lists of them all.
//!
//! A page says what the release says and nothing else; its own words are labels (`words/`). The JSON-LD documents stand
//! in it, each in a script element of its own, equal to the files (RULES JL-5). An event has a page of its own, since
//! search engines judge one event for each page (RULES GE-1).
//!
//! Conventions: the labels are in the language of the page where there is a table of it, else in the site's; dates are
//! written as that language does, in the Gregorian calendar with European digits; a clock time without a zone that the
//! web may have stays out of the markup, but readers see it; the page of a withdrawn release does not repeat it.

mod frame;
mod lists;
pub mod templates;
mod view;
mod words;

use minijinja::context;
use minijinja::value::Value;

use super::json_ld::{self, Documents, JsonLd};
use super::web::{event_page, lead};
use super::{Artifacts, Catalog, Collection, Format, Stage, WRITERS, WriteError, Writer};
use crate::model::{Location, Published, Site, Standing};
use frame::Frame;
use view::{EventView, MentionView, ReleaseView, Time};
use words::Words;

/// The format.
#[derive(Debug, Clone, Copy)]
pub struct Pages;

static FORMAT: Format = Format {
    name: "pages",
    about: "pages of releases and events with their JSON-LD, and lists of them",
    media_type: "text/html",
    rel: None,
    spec: "https://html.spec.whatwg.org/",
};

/// Path of the page that everything is reached from.
const INDEX: &str = "index.html";

impl Writer for Pages {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn release(
        &self,
        published: &Published,
        site: &Site,
        out: &mut Artifacts,
    ) -> Result<(), WriteError> {
        match published.standing {
            Standing::Withheld => return Ok(()),
            Standing::Withdrawn => {
                let page = withdrawn(published, site)?;
                out.put(Stage::Release, published.page.as_str(), page);
                return Ok(());
            }
            Standing::Usable => {}
        }
        let documents = Documents::of(published, site);
        let page = release(published, &documents, site)?;
        out.put(Stage::Release, published.page.as_str(), page);
        for (index, (number, document)) in documents.events.iter().enumerate() {
            if !published.leads(*number) {
                continue;
            }
            let path = event_page(&published.event_key(*number));
            let page = event(published, index, *number, document, site)?;
            out.put(Stage::Event, path, page);
        }
        Ok(())
    }

    fn own_words(&self) -> Vec<&'static str> {
        let mut own = words::all();
        own.extend(JsonLd.own_words());
        let formats = WRITERS.iter().map(|writer| writer.format());
        own.extend(formats.flat_map(|format| [format.name, format.media_type]));
        own.extend([
            "article",
            "website",
            "noindex",
            "light dark",
            "#main",
            "search",
            "submit",
        ]);
        own
    }

    fn material(&self) -> Vec<&'static str> {
        templates::texts().chain(words::texts()).collect()
    }

    fn collection(
        &self,
        catalog: &dyn Catalog,
        site: &Site,
        out: &mut Collection<'_>,
    ) -> Result<(), WriteError> {
        lists::write(catalog, site, out)
    }
}

fn release(
    published: &Published,
    documents: &Documents,
    site: &Site,
) -> Result<String, WriteError> {
    let facts = &published.release;
    let (language, words) = language(published, site);
    let headline = facts.headline.as_ref().map(|fact| fact.value.as_str());
    let title = titled(headline.unwrap_or_default(), site);
    let mut frame =
        Frame::of(&published.page, language, &title, site).linked(Some(published), site);
    frame.kind = "article";
    frame.in_languages(published, site);
    frame.description = lead(published, site).map(str::to_owned);
    let events = documents.events.iter().map(|(_, document)| document);
    for document in std::iter::once(&documents.article).chain(events) {
        frame.scripts.push(script(document, &facts.id)?);
    }
    let view = ReleaseView::of(published, &mut frame, words, site);
    let view = context! { page => frame, release => view };
    render("release.html", view, site, Some(&facts.id))
}

fn withdrawn(published: &Published, site: &Site) -> Result<String, WriteError> {
    let (language, words) = language(published, site);
    let title = titled(words.label("withdrawn"), site);
    let mut frame = Frame::of(&published.page, language, &title, site).linked(None, site);
    frame.canonical = None;
    let when = Time::instant(published.version_created, words, site);
    let view = context! { page => frame, withdrawn => when, note => published.note };
    render("withdrawn.html", view, site, Some(&published.release.id))
}

fn event(
    published: &Published,
    index: usize,
    number: u32,
    document: &serde_json::Value,
    site: &Site,
) -> Result<String, WriteError> {
    let facts = &published.release;
    let (language, words) = language(published, site);
    let event = &facts.events[index];
    let path = event_page(&published.event_key(number));
    let title = titled(&event.name.value, site);
    let mut frame = Frame::of(&path, language, &title, site).linked(None, site);
    for writer in WRITERS {
        for link in writer.event_links(published, number, site) {
            frame.link(writer.format(), &link, site);
        }
    }
    frame.description = document["description"].as_str().map(str::to_owned);
    frame.scripts.push(script(document, &facts.id)?);
    let images = facts.images.iter().map(|fact| &fact.value);
    let shown = images.filter(|image| image.event.as_ref() == Some(&event.name.value));
    let figures = frame.show(shown, published, site);
    let view = EventView::of(event, frame.way(&path), words, site);
    let own = [published.mention()];
    let shared = published.related.events.get(&number);
    let releases = shared.map_or(&own[..], |event| &event.releases);
    let releases: Vec<_> = (releases.iter())
        .map(|of| MentionView::of(of, &frame, language, words, site))
        .collect();
    let calendar = (WRITERS.iter())
        .filter(|writer| writer.format().media_type == "text/calendar")
        .flat_map(|writer| writer.event_links(published, number, site))
        .map(|link| frame.way(&link.path))
        .next();
    let view = context! {
        page => frame, event => view, releases => releases, calendar => calendar,
        figures => figures
    };
    render("event.html", view, site, Some(&facts.id))
}

/// The parts of a place in a line, the nearest first, the country in that language or the site's.
pub(super) fn place_line(place: &Location, language: Option<&str>, site: &Site) -> Option<String> {
    view::place(place, Words::of(language, site))
}

/// A label in the site's language.
pub(super) fn label(key: &str, site: &Site) -> &'static str {
    Words::of(Some(&site.language), site).label(key)
}

/// The language of a release, and the words for its page.
fn language<'a>(published: &'a Published, site: &Site) -> (Option<&'a str>, &'static Words) {
    let language = published.release.language.as_ref();
    let language = language.map(|fact| fact.value.as_str());
    (language, Words::of(language, site))
}

fn titled(title: &str, site: &Site) -> String {
    format!("{title} – {}", site.title)
}

fn script(document: &serde_json::Value, id: &str) -> Result<Value, WriteError> {
    json_ld::script(document, id).map(Value::from_safe_string)
}

fn render(
    template: &str,
    view: Value,
    site: &Site,
    id: Option<&str>,
) -> Result<String, WriteError> {
    templates::render(template, view, &site.templates)
        .map_err(|error| FORMAT.fault(id, format_args!("{error:#}")))
}

#[cfg(test)]
mod tests;
