//! The release: one press or news release, the unit of input.

use crate::source::{Origin, Span};

use serde::{Deserialize, Serialize};

use super::event::codes;
use super::{Date, Event, Fact, Image};

/// Everything that is known of one release. An absent fact is one that the text does not give.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Release {
    /// Identity: the source's path below the input folder without its extension.
    pub id: String,
    /// Where it came from.
    pub origin: Origin,
    /// Language of the body, BCP 47. schema.org `inLanguage`; `xml:lang`.
    pub language: Option<Fact<String>>,
    /// Title line. `headline` in schema.org and NewsML-G2; RSS `title`.
    pub headline: Option<Fact<String>>,
    /// Second title line. schema.org `alternativeHeadline`.
    pub subtitle: Option<Fact<String>>,
    /// Publication date. schema.org `datePublished`; NewsML-G2 `contentCreated`; RSS `pubDate`.
    pub published: Option<Fact<Date>>,
    /// Update stamp printed on the page.
    pub modified: Option<Fact<Date>>,
    /// Not before this time. NewsML-G2 `embargoed`.
    pub embargo: Option<Fact<Date>>,
    /// Place (and perhaps date) that opens the body. schema.org `dateline`; NewsML-G2 `located`.
    pub dateline: Option<Dateline>,
    /// Standfirst, or the first paragraph by rule. schema.org `description`; RSS `description`.
    pub summary: Option<Fact<String>>,
    /// The text itself, in order.
    pub body: Vec<Block>,
    /// Page furniture that was taken out of the way, in order.
    pub notices: Vec<Notice>,
    /// Standing paragraphs about the issuer.
    pub boilerplate: Vec<Block>,
    /// Section addressed to journalists. NewsML-G2 `edNote`.
    pub notes_to_editors: Vec<Block>,
    /// Press contacts. schema.org `contactPoint`.
    pub contacts: Vec<Contact>,
    /// Addresses that stand in the text.
    pub links: Vec<Link>,
    /// Everyone named in the release itself, once, in the fullest form used.
    pub people: Vec<Person>,
    /// Organizations named, once each.
    pub organizations: Vec<Organization>,
    /// Places named.
    pub places: Vec<Place>,
    /// Configured topics that stand in the text. schema.org `keywords`.
    pub topics: Vec<Topic>,
    /// What the release is about. schema.org `about`.
    pub events: Vec<Event>,
    /// Events named in passing. schema.org `mentions`.
    pub mentioned_events: Vec<Event>,
    /// Pictures that the sidecar names, in its order. schema.org `image`.
    pub images: Vec<Fact<Image>>,
}

/// Place and date that open the body (`GENEVA, 3 May -`).
#[derive(Debug, Clone, PartialEq)]
pub struct Dateline {
    /// The town as written, folded to usual capitals.
    pub place: Fact<String>,
    /// ISO 3166-1 alpha-2 where the dateline says it.
    pub country: Option<Fact<String>>,
    /// The day written in the dateline.
    pub date: Option<Fact<Date>>,
}

/// A paragraph, list item, quote or heading of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, white space folded: equals the slice under `span` after folding.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

codes! {
    /// Kind of a body block.
    BlockKind {
        /// A paragraph.
        Paragraph = "paragraph",
        /// An item of a list.
        ListItem = "list_item",
        /// A heading inside the body.
        Heading = "heading",
        /// A quotation set apart.
        Quote = "quote",
    }
}

/// A line of page furniture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// Its language, BCP 47; for a fallback notice the language of the page.
    pub language: Option<String>,
    /// Its text, white space folded.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

codes! {
    /// Kind of a notice (ARCHIVE section 9 lists the codes).
    NoticeKind {
        /// The page does not exist in the language asked for.
        LanguageFallback = "language_fallback",
        /// Cookie line.
        CookieBanner = "cookie_banner",
        /// Menus, breadcrumbs, language switch, counters, related lists.
        Navigation = "navigation",
        /// Share bar.
        ShareLinks = "share_links",
        /// Print mark.
        PrintLink = "print_link",
        /// Copyright or picture credit.
        Copyright = "copyright",
        /// Embargo or release line.
        Embargo = "embargo",
        /// Heading of the contacts.
        ContactHeading = "contact_heading",
        /// `ENDS`, `###`, `-30-`.
        EndMark = "end_mark",
        /// Heading of the standing text.
        Boilerplate = "boilerplate",
        /// Anything else, such as a document type on its own line.
        Other = "other",
    }
}

/// A press contact.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contact {
    /// Person, where one is named.
    pub name: Option<Fact<String>>,
    /// Title of address.
    pub honorific: Option<Fact<String>>,
    /// Post.
    pub role: Option<Fact<String>>,
    /// Body the contact speaks for.
    pub organization: Option<Fact<String>>,
    /// Mail addresses.
    pub emails: Vec<Fact<String>>,
    /// Telephone numbers as written.
    pub phones: Vec<Fact<String>>,
    /// Web addresses.
    pub urls: Vec<Fact<String>>,
}

/// An address that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Absolute address.
    pub url: String,
    /// Where it stands.
    pub span: Span,
}

/// A person named in the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Bare name, no title, capitals as written.
    pub name: Fact<String>,
    /// Title of address (Dr., Mrs., H.E.). schema.org `honorificPrefix`.
    pub honorific: Option<Fact<String>>,
    /// Post. schema.org `jobTitle`.
    pub role: Option<Fact<String>>,
    /// Body of the post. schema.org `affiliation`.
    pub organization: Option<Fact<String>>,
    /// Authority links from the settings.
    pub same_as: Vec<String>,
}

/// An organization named in the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Full name, without its bracketed acronym.
    pub name: Fact<String>,
    /// Acronym that the text gives in brackets. schema.org `alternateName`.
    pub acronym: Option<Fact<String>>,
    /// Further forms that the text uses.
    pub aliases: Vec<Fact<String>>,
    /// Authority links from the settings.
    pub same_as: Vec<String>,
}

/// A place named in the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As written.
    pub name: Fact<String>,
    /// Town, where the place is or lies in one.
    pub locality: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Authority links from the settings.
    pub same_as: Vec<String>,
}

/// A configured topic that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The topic's configured name; the span marks its first mention.
    pub name: Fact<String>,
    /// IPTC Media Topic code, where configured (`medtop:20000344`).
    pub media_topic: Option<String>,
}
