//! Which part of the page each line is: chrome, notice, headline, date line, dateline, body, notes, contacts, boilerplate.

mod chrome;
mod contacts;
mod dateline;
mod ends;
mod glued;
mod head;
mod headings;
mod labels;
mod language;
mod links;
mod notices;
mod page;
mod paragraphs;
mod publication;
mod rivals;
mod sections;
mod stamps;
mod titles;
mod words;

use head::Head;
use page::Page;
use publication::Dates;
use sections::Sections;
pub(super) use words::usual_capitals;

use super::Context;
use super::blocks::{self, Line};
use super::dates::DateMention;
use super::rival::Rival;
use crate::diagnostic::{Code, Diagnostic};
pub use crate::lang::LabelKind;
use crate::lang::Part;
use crate::model::{Block, Contact, Date, Dateline, Fact, Link, Notice, NoticeKind};
use crate::source::Span;

/// The parts of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Language of the body, BCP 47.
    pub language: Option<Fact<String>>,
    /// Language of the page around it, where a notice or its words tell.
    pub page_language: Option<String>,
    /// Title line.
    pub headline: Option<Fact<String>>,
    /// Second title line.
    pub subtitle: Option<Fact<String>>,
    /// Publication date, resolved.
    pub published: Option<Fact<Date>>,
    /// Update stamp.
    pub modified: Option<Fact<Date>>,
    /// Embargo.
    pub embargo: Option<Fact<Date>>,
    /// Place and date that open the body.
    pub dateline: Option<Dateline>,
    /// Standfirst, where the text sets one apart.
    pub summary: Option<Fact<String>>,
    /// The text itself.
    pub body: Vec<Block>,
    /// Page furniture.
    pub notices: Vec<Notice>,
    /// Standing paragraphs.
    pub boilerplate: Vec<Block>,
    /// Section for journalists.
    pub notes_to_editors: Vec<Block>,
    /// Press contacts.
    pub contacts: Vec<Contact>,
    /// Addresses in the text.
    pub links: Vec<Link>,
    /// Labelled values inside the body (`WHEN: …`, `Ort: …`), in order.
    pub labels: Vec<Label>,
    /// What else headline and publication date could have been.
    pub rivals: Vec<Rival>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What the label asks for.
    pub kind: LabelKind,
    /// The label's words.
    pub label: Span,
    /// Its value: on the same line or the lines below.
    pub value: Span,
}

/// Finds the parts of the page. `mentions` are the date expressions of the whole text.
pub fn lay_out(
    context: Context<'_>,
    lines: &[Line],
    mentions: &[DateMention],
    diagnostics: &mut Vec<Diagnostic>,
) -> Layout {
    let language = language::of_text(context, lines);
    let spoken = language.as_ref().map(|l| l.value.as_str());
    let page = Page {
        context,
        lines,
        mentions,
        language: spoken,
        abbreviations: words::Abbreviations::of(context.lexicons, spoken),
        bare_labels: labels::stand_alone(context, lines),
        led_labels: labels::lead(context, lines, spoken),
    };
    let pieces = page::pieces(context.text, lines, mentions);
    let fallbacks = notices::fallbacks(&page);
    let head = head::head(&page, &pieces, &fallbacks);
    let sections = sections::sections(&page, head.body, head.body_line);
    let dates = publication::dates(&page, &head, &sections, diagnostics);
    let labels = labels::labels(&page, head.body, sections.end);
    let page_language = head
        .notices
        .iter()
        .find(|n| n.kind == NoticeKind::LanguageFallback)
        .and_then(|n| n.language.clone());
    report(
        &page,
        &head,
        &sections,
        &dates,
        language.is_some(),
        diagnostics,
    );
    let copied =
        |span: Span, rule: &'static str| Fact::stated(blocks::folded(page.words(span)), span, rule);
    let mut rivals = rivals::of_dates(&page, &head, &sections, dates.published.as_ref());
    let titles = head.titles;
    rivals.extend(titles.rivals);
    let mut contact_lines = head.contacts;
    contact_lines.extend(&sections.contacts);
    let mut notices = head.notices;
    notices.extend(sections.notices);
    notices.sort_by_key(|n| n.span);
    Layout {
        page_language,
        headline: titles.headline.map(|span| copied(span, "headline.line")),
        subtitle: titles.subtitle.map(|span| copied(span, "subtitle.line")),
        published: dates.published,
        modified: dates.modified,
        embargo: dates.embargo,
        dateline: dates.dateline,
        summary: None,
        notices,
        boilerplate: sections.boilerplate,
        notes_to_editors: sections.notes,
        contacts: contacts::contacts(&page, &contact_lines),
        links: links::links(context.text),
        labels,
        rivals,
        body: sections.body,
        language,
    }
}

/// Says what the operator should know about the page.
fn report(
    page: &Page<'_>,
    head: &Head<'_>,
    sections: &Sections<'_>,
    dates: &Dates,
    has_language: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !has_language {
        diagnostics.push(Diagnostic::new(
            Code::NoLanguage,
            "the language of the text could not be told",
        ));
    }
    if is_index(page) {
        diagnostics.push(
            Diagnostic::new(
                Code::NotARelease,
                "the text is a list of several releases, each with date and link",
            )
            .hint("give each release a file of its own"),
        );
    }
    let from_sentence =
        page.context.site.read.headline_from_first_sentence && !sections.body.is_empty();
    if head.titles.headline.is_none() && !from_sentence {
        diagnostics.push(
            Diagnostic::new(
                Code::NoHeadline,
                "no line before the text reads like a headline",
            )
            .hint("set `headline` in the sidecar, or `headline_from = \"first-sentence\"`"),
        );
    }
    if dates.published.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::NoDate, "no line gives the full date of publication")
                .hint("set `published` in the sidecar, or `[input] date_from`"),
        );
    }
    if sections.body.is_empty() {
        diagnostics.push(Diagnostic::new(
            Code::Empty,
            "no text is left once page furniture is taken away",
        ));
    }
}

/// Whether the page lists several releases: dates on lines of their own and links to the whole text, three of each.
fn is_index(page: &Page<'_>) -> bool {
    const GROUPS: usize = 3;
    let stamped = |line: &&Line| stamps::stamp(page, line.span).is_some();
    if page.lines.iter().filter(stamped).count() < GROUPS {
        return false;
    }
    let phrases = page.context.lexicons.phrases();
    let links = page
        .lines
        .iter()
        .filter(|line| {
            let words = words::without_ornaments(page.words(line.span));
            words.len() < 60
                && phrases
                    .exact(words.trim_end_matches(['.', '…', '»', '>', '→', ' ']))
                    .is_some_and(|hit| hit.is(Part::More))
        })
        .count();
    links >= GROUPS
}
