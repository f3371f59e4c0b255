//! The release as a `NewsArticle`.

use serde_json::Value;

use super::cast::{Cast, Told};
use super::event;
use super::image;
use super::node::Node;
use crate::model::{Change, Mention, Published};
use crate::write::tag_uri;
use crate::write::web::{address, iso_instant, shown, web_date};

/// The document of a release.
pub(super) fn article(cast: &Cast<'_>) -> Value {
    let (published, site) = (cast.published, cast.site);
    let release = &published.release;
    let told = &mut Told::default();
    let author = cast
        .publisher(told)
        .all("contactPoint", cast.contact_points());
    // The publisher stands for the author: a press office speaks for its house (OUTPUTS, JSON-LD 11).
    let publisher = cast.publisher(told);
    let place = release
        .dateline
        .as_ref()
        .and_then(|dateline| shown(site, Some(&dateline.place)));
    let body: Vec<&str> = release
        .body
        .iter()
        .map(|block| block.text.as_str())
        .collect();
    Node::document("NewsArticle", cast.fragment("article"))
        .with("identifier", tag_uri(site, &release.id))
        .with("url", cast.page.as_str())
        .with("mainEntityOfPage", cast.page.as_str())
        .opt(
            "headline",
            release.headline.as_ref().map(|fact| fact.value.as_str()),
        )
        .opt(
            "alternativeHeadline",
            shown(site, release.subtitle.as_ref()).map(String::as_str),
        )
        .opt(
            "description",
            shown(site, release.summary.as_ref()).map(String::as_str),
        )
        .all("image", image::all(cast))
        .opt("datePublished", date_published(cast))
        .opt("dateModified", date_modified(cast))
        .opt("correction", correction(cast, published))
        .opt(
            "inLanguage",
            release.language.as_ref().map(|fact| fact.value.as_str()),
        )
        .opt("translationOfWork", translation_of(cast))
        .all("workTranslation", translations(cast))
        .with("genre", "Press release")
        .with("isAccessibleForFree", true)
        .opt("dateline", place.map(String::as_str))
        .opt("locationCreated", cast.dateline_place())
        .with("author", author)
        .with("publisher", publisher)
        .all("keywords", keywords(cast))
        .all(
            "about",
            (0..release.events.len()).map(|i| event::reference(cast, i)),
        )
        .all("mentions", mentions(cast, told))
        .opt("articleBody", (!body.is_empty()).then(|| body.join("\n\n")))
        .into()
}

/// The article as its events refer to it.
pub(super) fn reference(cast: &Cast<'_>) -> Node {
    let release = &cast.published.release;
    Node::new("NewsArticle", cast.fragment("article"))
        .opt(
            "headline",
            release.headline.as_ref().map(|fact| fact.value.as_str()),
        )
        .with("url", cast.page.as_str())
        .opt("datePublished", date_published(cast))
        .opt(
            "inLanguage",
            release.language.as_ref().map(|fact| fact.value.as_str()),
        )
}

/// Every release that tells of the main event with this number, as that refers to them.
pub(super) fn references(cast: &Cast<'_>, number: u32) -> Vec<Node> {
    let Some(event) = cast.published.related.events.get(&number) else {
        return vec![reference(cast)];
    };
    let of = |mention: &Mention| {
        if mention.id == cast.published.release.id {
            reference(cast)
        } else {
            elsewhere(cast, mention)
        }
    };
    event.releases.iter().map(of).collect()
}

/// Another release.
fn elsewhere(cast: &Cast<'_>, mention: &Mention) -> Node {
    let page = address(cast.site, &mention.page);
    let published = mention.published.as_ref();
    Node::new("NewsArticle", format!("{page}#article"))
        .with("headline", mention.headline.as_str())
        .with("url", page)
        .opt(
            "datePublished",
            published.map(|date| web_date(date, cast.site).to_string()),
        )
        .opt("inLanguage", mention.language.as_deref())
}

/// The release that this one translates.
fn translation_of(cast: &Cast<'_>) -> Option<Node> {
    let related = &cast.published.related;
    let original =
        (related.translations.iter()).find(|of| related.original.as_ref() == Some(&of.id));
    original
        .filter(|of| of.id != cast.published.release.id)
        .map(|of| elsewhere(cast, of))
}

/// The releases that translate this one.
fn translations(cast: &Cast<'_>) -> Vec<Node> {
    let (id, related) = (&cast.published.release.id, &cast.published.related);
    let is_original = related.original.as_ref() == Some(id);
    let others = related
        .translations
        .iter()
        .filter(|of| is_original && of.id != *id);
    others.map(|of| elsewhere(cast, of)).collect()
}

/// Headline, language and publication date are what makes a release: they are shown whatever their basis.
fn date_published(cast: &Cast<'_>) -> Option<String> {
    let date = cast.published.release.published.as_ref()?;
    Some(web_date(&date.value, cast.site).to_string())
}

/// A change that the archive knows of, or else the stamp that the text bears. Never said of a text that did not change.
fn date_modified(cast: &Cast<'_>) -> Option<String> {
    let stamp = || shown(cast.site, cast.published.release.modified.as_ref());
    cast.published
        .modified()
        .map(iso_instant)
        .or_else(|| stamp().map(|date| web_date(date, cast.site).to_string()))
}

fn correction(cast: &Cast<'_>, published: &Published) -> Option<Node> {
    let note = published.note.as_deref()?;
    (published.change == Some(Change::Correction)).then(|| {
        let id = cast.fragment(&format!("correction-{}", published.version));
        Node::new("CorrectionComment", id)
            .with("text", note)
            .with("datePublished", iso_instant(published.version_created))
    })
}

fn keywords<'a>(cast: &Cast<'a>) -> Vec<&'a str> {
    let topics = &cast.published.release.topics;
    let names = topics
        .iter()
        .filter_map(|topic| shown(cast.site, Some(&topic.name)));
    names.map(String::as_str).collect()
}

fn mentions(cast: &Cast<'_>, told: &mut Told) -> Vec<Node> {
    let mut mentions = cast.people(told);
    mentions.extend(cast.organizations(told));
    mentions.extend(event::mentioned(cast, told));
    mentions
}
