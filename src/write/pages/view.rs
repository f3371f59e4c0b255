//! What the templates see of a release and of the site: facts that may be published, ready to print.

use chrono::{DateTime, Utc};
use minijinja::value::Value;
use serde::Serialize;

use super::frame::{Frame, attributes, markup_value};
use super::words::{Words, direction};
use crate::model::{
    Attendance, Basis, Block, Change, Contact, Date, Event, EventStatus, Fact, Location, Mention,
    NoticeKind, Published, Site, TimeZone,
};
use crate::source::is_web_address;
use crate::write::markup;
use crate::write::web::{address, event_page, iso_instant, shown, web_date};

/// A date for readers and for machines.
#[derive(Debug, Serialize)]
pub(super) struct Time {
    iso: String,
    text: String,
}

impl Time {
    /// A date: machines get what the web may have of it, readers all that is known.
    pub(super) fn of(date: &Date, words: &Words, site: &Site) -> Self {
        Self {
            iso: web_date(date, site).to_string(),
            text: words.date(date),
        }
    }

    /// A date as machines get it, for readers too: where both must agree.
    pub(super) fn published(date: &Date, words: &Words, site: &Site) -> Self {
        Self::of(&web_date(date, site), words, site)
    }

    /// The day of an instant, where the site is.
    pub(super) fn instant(instant: DateTime<Utc>, words: &Words, site: &Site) -> Self {
        let zone = site.time_zone.unwrap_or(TimeZone::UTC);
        let day = zone.local(instant).date();
        Self {
            iso: iso_instant(instant),
            text: words.date(&Date::day(day)),
        }
    }
}

/// A release for readers.
#[derive(Debug, Serialize)]
pub(super) struct ReleaseView {
    headline: Option<String>,
    subtitle: Option<String>,
    place: Option<String>,
    published: Option<Time>,
    updated: Option<Time>,
    correction: Option<String>,
    summary: Option<String>,
    figures: Value,
    body: Value,
    notes: Value,
    /// Heading of the standing text, as the release has it.
    about: Option<String>,
    boilerplate: Value,
    contacts: Vec<ContactView>,
    topics: Vec<String>,
    references: Vec<String>,
    events: Vec<EventView>,
    /// The same release in other languages.
    translations: Vec<MentionView>,
}

impl ReleaseView {
    /// Everything that the page shows of a release.
    pub(super) fn of(published: &Published, frame: &mut Frame, words: &Words, site: &Site) -> Self {
        let release = &published.release;
        let images = release.images.iter().map(|fact| &fact.value);
        let figures = frame.show(images, published, site);
        let frame = &*frame;
        let text = |fact| shown(site, fact).cloned();
        let note = published.note.clone();
        let stamp = || {
            let stamp = shown(site, release.modified.as_ref())?;
            Some(Time::published(stamp, words, site))
        };
        let notices = release.notices.iter();
        let mut about = notices.filter(|notice| notice.kind == NoticeKind::Boilerplate);
        let mut topics: Vec<String> = Vec::new();
        for topic in &release.topics {
            topics.extend(text(Some(&topic.name)).filter(|name| !topics.contains(name)));
        }
        let mut references: Vec<String> = Vec::new();
        for link in &release.links {
            if is_web_address(&link.url) && !references.contains(&link.url) {
                references.push(link.url.clone());
            }
        }
        let date = release.published.as_ref();
        let language = release.language.as_ref().map(|fact| fact.value.as_str());
        let mention = |of: &Mention| MentionView::of(of, frame, language, words, site);
        Self {
            headline: release.headline.as_ref().map(|fact| fact.value.clone()),
            subtitle: text(release.subtitle.as_ref()),
            place: (release.dateline.as_ref()).and_then(|dateline| text(Some(&dateline.place))),
            published: date.map(|date| Time::published(&date.value, words, site)),
            updated: published
                .modified()
                .map(|instant| Time::instant(instant, words, site))
                .or_else(stamp),
            correction: note.filter(|_| published.change == Some(Change::Correction)),
            summary: text(release.summary.as_ref())
                .filter(|summary| !release.body.iter().any(|block| &block.text == summary)),
            figures,
            body: html(&release.body),
            notes: html(&release.notes_to_editors),
            about: about.next().map(|notice| notice.text.clone()),
            boilerplate: html(&release.boilerplate),
            contacts: (release.contacts.iter())
                .filter_map(|contact| ContactView::of(contact, site))
                .collect(),
            topics,
            references,
            events: (release.events.iter().zip(&published.event_numbers))
                .map(|(event, number)| {
                    let way = frame.way(&event_page(&published.event_key(*number)));
                    let shared = published.related.events.get(number);
                    let others = shared.into_iter().flat_map(|event| &event.releases);
                    let others = others.filter(|of| of.id != release.id);
                    EventView {
                        others: others.map(mention).collect(),
                        ..EventView::of(event, way, words, site)
                    }
                })
                .collect(),
            translations: (published.related.translations.iter())
                .filter(|of| of.id != release.id)
                .map(mention)
                .collect(),
        }
    }
}

/// Blocks as markup.
fn html(blocks: &[Block]) -> Value {
    markup_value(&markup::blocks(blocks))
}

/// An event for readers.
#[derive(Debug, Serialize)]
pub(super) struct EventView {
    name: String,
    /// Address of its own page.
    href: String,
    start: Option<Time>,
    end: Option<Time>,
    formerly: Option<Time>,
    status: Option<String>,
    attendance: Option<String>,
    place: Option<String>,
    organizer: Option<String>,
    speakers: Vec<String>,
    part_of: Option<String>,
    url: Option<Way>,
    /// Further releases that tell of it.
    others: Vec<MentionView>,
}

impl EventView {
    /// Everything that a page shows of an event.
    pub(super) fn of(event: &Event, href: String, words: &Words, site: &Site) -> Self {
        let text = |fact| shown(site, fact).cloned();
        let time = |fact| shown(site, fact).map(|date| Time::of(date, words, site));
        let label = |key: &str| words.label(key).to_owned();
        let told = event.status.basis != Basis::Inferred || site.read.publish_inferred;
        let status = match event.status.value {
            EventStatus::Scheduled => None,
            EventStatus::Postponed => Some("postponed"),
            EventStatus::Cancelled => Some("cancelled"),
            EventStatus::Rescheduled => Some("rescheduled"),
            EventStatus::MovedOnline => Some("moved_online"),
        };
        let attendance = shown(site, event.attendance.as_ref()).map(|mode| match mode {
            Attendance::Offline => label("in_person"),
            Attendance::Online => label("online"),
            Attendance::Mixed => label("mixed"),
        });
        let ends_elsewhere = |end: &&Fact<Date>| {
            event
                .start
                .as_ref()
                .is_none_or(|start| start.value != end.value)
        };
        let mut start = time(event.start.as_ref());
        let mut end = time(event.end.as_ref().filter(ends_elsewhere));
        if let (Some(start), Some(end)) = (&mut start, &mut end)
            && let (Some(first), Some(last)) = (&event.start, &event.end)
        {
            (start.text, end.text) = words.range(&first.value, &last.value);
        }
        Self {
            name: event.name.value.clone(),
            href,
            start,
            end,
            formerly: time(event.previous_start.as_ref()),
            status: status.filter(|_| told).map(label),
            attendance,
            place: shown(site, event.location.as_ref()).and_then(|location| place(location, words)),
            organizer: text(event.organizer.as_ref()),
            speakers: (event.speakers.iter())
                .filter_map(|speaker| text(Some(speaker)))
                .collect(),
            part_of: text(event.part_of.as_ref()),
            url: shown(site, event.url.as_ref()).map(|url| web(url)),
            others: Vec::new(),
        }
    }
}

/// Another release as a page points at it.
#[derive(Debug, Serialize)]
pub(super) struct MentionView {
    href: String,
    /// Absolute address.
    url: String,
    headline: String,
    /// Its language; the attributes that tell it, where it is not the page's.
    language: Option<String>,
    own: Value,
    published: Option<Time>,
}

impl MentionView {
    /// A release as a page in `page` language points at it.
    pub(super) fn of(
        mention: &Mention,
        frame: &Frame,
        page: Option<&str>,
        words: &Words,
        site: &Site,
    ) -> Self {
        let language = mention.language.as_deref();
        let date = mention.published.as_ref();
        Self {
            href: frame.way(&mention.page),
            url: address(site, &mention.page),
            headline: mention.headline.clone(),
            language: language.map(str::to_owned),
            own: language.map_or_else(Value::default, |tag| attributes(tag, page)),
            published: date.map(|date| Time::published(date, words, site)),
        }
    }
}

/// The parts of a place in a line, the nearest first.
pub(super) fn place(location: &Location, words: &Words) -> Option<String> {
    let country = location.country.as_deref();
    let parts = [
        &location.venue,
        &location.street,
        &location.locality,
        &location.region,
    ];
    let parts = parts.into_iter().flatten().map(String::as_str);
    let parts: Vec<&str> = (parts.chain(country.map(|code| words.country(code)))).collect();
    (!parts.is_empty()).then(|| parts.join(&words.comma))
}

/// A press contact for readers.
#[derive(Debug, Serialize)]
struct ContactView {
    name: Option<String>,
    honorific: Option<String>,
    role: Option<String>,
    organization: Option<String>,
    emails: Vec<Way>,
    phones: Vec<Way>,
    urls: Vec<Way>,
}

/// A way to reach someone: what to print, and an address where there is one to follow.
#[derive(Debug, Serialize)]
struct Way {
    text: String,
    href: Option<String>,
}

impl ContactView {
    fn of(contact: &Contact, site: &Site) -> Option<Self> {
        let text = |fact| shown(site, fact).cloned();
        let ways = |facts: &[Fact<String>], way: fn(&str) -> Way| -> Vec<Way> {
            let texts = facts.iter().filter_map(|fact| shown(site, Some(fact)));
            texts.map(|text| way(text)).collect()
        };
        let view = Self {
            name: text(contact.name.as_ref()),
            honorific: text(contact.honorific.as_ref()),
            role: text(contact.role.as_ref()),
            organization: text(contact.organization.as_ref()),
            emails: ways(&contact.emails, mail),
            phones: ways(&contact.phones, phone),
            urls: ways(&contact.urls, web),
        };
        let named = view.name.is_some() || view.role.is_some() || view.organization.is_some();
        let reached = [&view.emails, &view.phones, &view.urls];
        (named || reached.iter().any(|ways| !ways.is_empty())).then_some(view)
    }
}

fn mail(text: &str) -> Way {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    let fits = text.matches('@').count() == 1 && text.chars().all(plain);
    Way {
        href: fits.then(|| format!("mailto:{text}")),
        text: text.to_owned(),
    }
}

/// A telephone number that breaks over no line; a link where it is one number in its international form (RFC 3966).
fn phone(text: &str) -> Way {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let marks = |c: char| c.is_ascii_digit() || " +-.()/\u{a0}\u{2011}".contains(c);
    let whole = text.starts_with('+') && text.matches('+').count() == 1;
    // A trunk prefix in brackets is not dialled from abroad.
    let fits = whole && text.chars().all(marks) && !text.contains("(0)");
    let link = fits && (7..=15).contains(&digits.len());
    Way {
        text: text.replace(' ', "\u{a0}").replace('-', "\u{2011}"),
        href: link.then(|| format!("tel:+{digits}")),
    }
}

fn web(text: &str) -> Way {
    Way {
        href: is_web_address(text).then(|| text.to_owned()),
        text: text.to_owned(),
    }
}

/// A release in a list.
#[derive(Debug, Serialize)]
pub(super) struct EntryView {
    href: String,
    headline: String,
    lang: Option<String>,
    dir: Option<&'static str>,
    published: Time,
    lead: Option<String>,
}

impl EntryView {
    /// A listed release with the words that open it.
    pub(super) fn of(
        listed: &crate::write::Listed,
        lead: Option<&str>,
        frame: &Frame,
        words: &Words,
        site: &Site,
    ) -> Self {
        let language = listed.language.as_deref();
        Self {
            href: frame.way(&listed.page),
            headline: listed.headline.to_string(),
            lang: language.map(str::to_owned),
            dir: language.map(direction),
            published: Time::published(&listed.published, words, site),
            lead: lead.map(str::to_owned),
        }
    }
}

/// A year and its page.
#[derive(Debug, Serialize)]
pub(super) struct YearView {
    year: String,
    /// The year in the names of its documents.
    file: String,
    href: String,
}

impl YearView {
    /// The page of a year, in one language or all, as another page points at it.
    pub(super) fn of(year: i32, language: Option<&str>, frame: &Frame) -> Self {
        Self {
            year: year.to_string(),
            file: format!("{year:04}"),
            href: frame.way(&year_page(year, language)),
        }
    }
}

/// A language and its page.
#[derive(Debug, Serialize)]
pub(super) struct LanguageView {
    lang: String,
    dir: &'static str,
    /// What the language calls itself, or else its tag.
    name: String,
    href: String,
}

impl LanguageView {
    /// The page of a year in a language.
    pub(super) fn of(tag: &str, year: i32, frame: &Frame) -> Self {
        Self {
            lang: tag.to_owned(),
            dir: direction(tag),
            name: Words::exactly(tag)
                .map_or(tag, |words| words.label("language"))
                .to_owned(),
            href: frame.way(&year_page(year, Some(tag))),
        }
    }
}

/// Path of the page that lists the releases of a year, in one language or all.
pub(super) fn year_page(year: i32, language: Option<&str>) -> String {
    match language {
        Some(tag) => format!("years/{year:04}.{tag}.html"),
        None => format!("years/{year:04}.html"),
    }
}
