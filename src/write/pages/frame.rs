//! What every page has around its own: head, masthead, and links to the same in other formats and languages.

use minijinja::value::Value;
use serde::Serialize;

use super::templates::{escaped, is_allowed};
use super::words::{Words, direction};
use crate::model::{Image, Published, Site, primary_language};
use crate::write::web::{address, image_address, image_path};
use crate::write::{DocumentLink, Format, WRITERS, markup, percent_path};

/// What every page shows around its own.
#[derive(Debug, Serialize)]
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// Absolute address; none where the page is not to be found.
    pub(super) canonical: Option<String>,
    /// Open Graph type.
    pub(super) kind: &'static str,
    lang: Option<String>,
    dir: Option<&'static str>,
    /// The labels, and the attributes that tell their language where it is not the page's.
    words: Value,
    own: Value,
    /// The same for the site's own words.
    site_own: Value,
    site: SiteView,
    /// The way from the page to the output folder.
    root: String,
    /// Language and absolute address of the page and of the same in other languages; empty where there is none.
    languages: Vec<(String, String)>,
    /// Pictures that go with it.
    images: Vec<ImageView>,
    /// Documents in other formats.
    pub(super) links: Vec<LinkView>,
    /// JSON-LD documents, safe in a script element.
    pub(super) scripts: Vec<Value>,
}

#[derive(Debug, Serialize)]
struct SiteView {
    title: String,
    description: String,
    publisher: String,
    url: Option<String>,
    logo: Option<String>,
}

/// A picture for those who show the page's address with one.
#[derive(Debug, Serialize)]
struct ImageView {
    /// Absolute address.
    url: String,
    media_type: &'static str,
    width: u32,
    height: u32,
    alt: String,
}

/// A document in another format.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    rel: &'static str,
    format: &'static str,
    media_type: &'static str,
    title: String,
    /// Absolute address.
    url: String,
    /// Address from the page.
    href: String,
}

impl Frame {
    /// The frame of a page at `path` below the output folder.
    pub(super) fn of(path: &str, language: Option<&str>, title: &str, site: &Site) -> Self {
        let words = Words::of(language, site);
        let publisher = &site.publisher;
        Self {
            title: title.to_owned(),
            description: None,
            canonical: Some(address(site, path)),
            kind: "website",
            lang: language.map(str::to_owned),
            dir: language.map(direction),
            words: Value::from_serialize(&words.labels),
            own: attributes(&words.tag, language),
            site_own: attributes(&site.language, language),
            site: SiteView {
                title: site.title.clone(),
                description: site.description.clone(),
                publisher: publisher.name.clone(),
                url: publisher.url.clone(),
                logo: publisher.logo.clone(),
            },
            root: root(path),
            languages: Vec::new(),
            images: Vec::new(),
            links: Vec::new(),
            scripts: Vec::new(),
        }
    }

    /// Points at the documents that other formats have of a release, or of the whole site.
    #[must_use]
    pub(super) fn linked(mut self, published: Option<&Published>, site: &Site) -> Self {
        for writer in WRITERS {
            for link in writer.links(published, site) {
                self.link(writer.format(), &link, site);
            }
        }
        self
    }

    /// Points at the release in each of its languages, itself among them, and says for which locales of its own language
    /// its text serves, too. That a text was shown to readers of another language makes it no translation.
    pub(super) fn in_languages(&mut self, published: &Published, site: &Site) {
        let translations = published.related.translations.iter();
        let mut languages: Vec<_> = translations
            .filter_map(|of| Some((of.language.clone()?, address(site, &of.page))))
            .collect();
        let own = published.release.language.as_ref().map(|fact| &fact.value);
        if let Some(own) = own {
            let here = address(site, &published.page);
            let locales = published
                .alternates
                .iter()
                .filter_map(|of| of.language.as_ref());
            for locale in
                locales.filter(|of| primary_language(of) == primary_language(own) && *of != own)
            {
                if languages.is_empty() {
                    languages.push((own.clone(), here.clone()));
                }
                languages.push((locale.clone(), here.clone()));
            }
        }
        for (language, url) in languages {
            if self.languages.iter().all(|(known, _)| *known != language) {
                self.languages.push((language, url));
            }
        }
    }

    /// Points at one document of a format, unless it is one that pages do not point at.
    pub(super) fn link(&mut self, format: &'static Format, link: &DocumentLink, site: &Site) {
        if let Some(rel) = format.rel {
            self.links.push(LinkView {
                rel,
                format: format.name,
                media_type: format.media_type,
                title: link.title.clone(),
                url: address(site, &link.path),
                href: format!("{}{}", self.root, percent_path(&link.path)),
            });
        }
    }

    /// Takes pictures of a release along, and shows them with their captions.
    pub(super) fn show<'i>(
        &mut self,
        images: impl Iterator<Item = &'i Image>,
        published: &Published,
        site: &Site,
    ) -> Value {
        let mut html = String::new();
        for image in images {
            self.images.push(ImageView {
                url: image_address(published, image, site),
                media_type: image.format.media_type(),
                width: image.width,
                height: image.height,
                alt: image.alt.clone(),
            });
            let way = self.way(&image_path(published, image));
            html.push_str(&markup::figure(&way, image));
        }
        markup_value(&html)
    }

    /// The way from the page to a path below the output folder.
    pub(super) fn way(&self, path: &str) -> String {
        format!("{}{}", self.root, percent_path(path))
    }
}

/// `../` for each folder that the page lies in.
fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The attributes of words in another language than the page's.
pub(super) fn attributes(tag: &str, page: Option<&str>) -> Value {
    if page.is_some_and(|page| primary_language(page) == primary_language(tag)) {
        return Value::from_safe_string(String::new());
    }
    let text = format!(" lang=\"{}\" dir=\"{}\"", escaped(tag), direction(tag));
    Value::from_safe_string(text)
}

/// Markup of our own making, without the characters that HTML cannot hold.
pub(super) fn markup_value(html: &str) -> Value {
    Value::from_safe_string(html.chars().filter(|c| is_allowed(*c)).collect())
}
