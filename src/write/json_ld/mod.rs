//! schema.org JSON-LD: one document for the release and one for each of its main events.
//!
//! Separate documents rather than one `@graph`, since readers that do not follow one find nothing in it
//! (OUTPUTS, JSON-LD 1). Their union is one graph: every node has an identity.
//!
//! Conventions: `genre` "Press release", `isAccessibleForFree` (the page holds the full text).

mod article;
mod cast;
mod event;
mod image;
mod names;
mod node;

use std::fmt::Write;

use serde_json::Value;

use super::web::beside;
use super::{Artifacts, DocumentLink, Format, Stage, WriteError, Writer};
use crate::model::{Published, Site, Standing};
use crate::source::ImageFormat;
use cast::Cast;

/// The format.
#[derive(Debug, Clone, Copy)]
pub struct JsonLd;

static FORMAT: Format = Format {
    name: "json-ld",
    about: "schema.org NewsArticle and Event documents",
    media_type: "application/ld+json",
    rel: Some("alternate"),
    spec: "https://www.w3.org/TR/json-ld11/",
};

impl Writer for JsonLd {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn release(
        &self,
        published: &Published,
        site: &Site,
        out: &mut Artifacts,
    ) -> Result<(), WriteError> {
        if published.standing != Standing::Usable {
            return Ok(());
        }
        let documents = Documents::of(published, site);
        let mut put = |path: String, document: &Value| -> Result<(), WriteError> {
            let mut text = pretty(document, &published.release.id)?;
            text.push('\n');
            out.put(Stage::Release, path, text);
            Ok(())
        };
        put(article_path(published), &documents.article)?;
        for (number, event) in &documents.events {
            put(event_path(published, *number), event)?;
        }
        Ok(())
    }

    fn links(&self, release: Option<&Published>, _site: &Site) -> Vec<DocumentLink> {
        let Some(published) = release.filter(|published| published.standing == Standing::Usable)
        else {
            return Vec::new();
        };
        let mut links = vec![DocumentLink {
            path: article_path(published),
            title: "NewsArticle".to_owned(),
        }];
        let numbers = published.event_numbers.iter();
        links.extend(numbers.map(|number| DocumentLink {
            path: event_path(published, *number),
            title: "Event".to_owned(),
        }));
        links
    }

    fn event_links(&self, release: &Published, number: u32, _site: &Site) -> Vec<DocumentLink> {
        vec![DocumentLink {
            path: event_path(release, number),
            title: "Event".to_owned(),
        }]
    }

    fn own_words(&self) -> Vec<&'static str> {
        let mut own = vec![
            "https://schema.org",
            "NewsArticle",
            "Event",
            "EventSeries",
            "Organization",
            "Person",
            "Place",
            "VirtualLocation",
            "PostalAddress",
            "GeoCoordinates",
            "ContactPoint",
            "CorrectionComment",
            "ImageObject",
            "Press release",
            "https://schema.org/EventScheduled",
            "https://schema.org/EventPostponed",
            "https://schema.org/EventCancelled",
            "https://schema.org/EventRescheduled",
            "https://schema.org/EventMovedOnline",
            "https://schema.org/OfflineEventAttendanceMode",
            "https://schema.org/OnlineEventAttendanceMode",
            "https://schema.org/MixedEventAttendanceMode",
        ];
        own.extend(ImageFormat::ALL.iter().map(|format| format.media_type()));
        own
    }
}

/// The documents of a release.
#[derive(Debug, Clone, PartialEq)]
pub struct Documents {
    /// The `NewsArticle`.
    pub article: Value,
    /// Number and `Event` of each main event, in order.
    pub events: Vec<(u32, Value)>,
}

impl Documents {
    /// Makes them.
    pub fn of(published: &Published, site: &Site) -> Self {
        let cast = Cast::of(published, site);
        let numbers = published.event_numbers.iter().copied();
        let indices = 0..published.release.events.len();
        Self {
            article: article::article(&cast),
            events: numbers
                .zip(indices.map(|i| event::event(&cast, i)))
                .collect(),
        }
    }
}

/// A document as text; in a script element of a page it ends nothing but itself (OUTPUTS, JSON-LD 12; RULES JL-1, JL-2).
pub(super) fn script(document: &Value, id: &str) -> Result<String, WriteError> {
    let text = pretty(document, id)?;
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        // Outside strings JSON has none of these, and inside them any character may be written so.
        let active = matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
        // Nor may an HTML document hold every character that JSON text may (HTML standard, 13.2.3.5).
        let barred = (c.is_control() && c != '\n')
            || matches!(c, '\u{FDD0}'..='\u{FDEF}')
            || u32::from(c) & 0xFFFE == 0xFFFE;
        if active || barred {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(safe, "\\u{unit:04x}")
                    .unwrap_or_else(|_| unreachable!("a string takes all that is written to it"));
            }
        } else {
            safe.push(c);
        }
    }
    Ok(safe)
}

fn pretty(document: &Value, id: &str) -> Result<String, WriteError> {
    serde_json::to_string_pretty(document).map_err(|error| FORMAT.fault(Some(id), error))
}

fn article_path(published: &Published) -> String {
    beside(&published.page, ".article.jsonld")
}

/// Path of the document of a main event.
fn event_path(published: &Published, number: u32) -> String {
    beside(&published.page, &format!(".event-{number}.jsonld"))
}
