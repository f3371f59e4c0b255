//! A release in which every string is a token, and what a document may say of it.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use dateline::model::{
    Attendance, Block, BlockKind, Change, Contact, Date, Dateline, Event, EventItem, EventStatus,
    Fact, Geo, Image, Link, Location, Notice, NoticeKind, Organization, Person, Place, Published,
    Site, Standing, Topic,
};
use dateline::source::{ImageFormat, Span};
use dateline::write::tag_uri;

use crate::support;

/// What ends, opens or fills something in one format or another.
const HOSTILE: &str = r#"<b>&amp; "'` ]]> </script> <!-- --> {{ x }} {% y %} %3C \u003c \"#;

/// Hands out strings that are each seen once.
#[derive(Default)]
struct Mint(Vec<String>);

impl Mint {
    fn keep(&mut self, token: String) -> String {
        self.0.push(token.clone());
        token
    }

    fn text(&mut self) -> String {
        let n = self.0.len();
        self.keep(format!("tok{n}a {HOSTILE} tok{n}z"))
    }

    fn web(&mut self) -> String {
        let n = self.0.len();
        self.keep(format!("https://tok{n}a.example/tok{n}z?a=1&b='2'"))
    }

    fn mail(&mut self) -> String {
        let n = self.0.len();
        self.keep(format!("tok{n}a@tok{n}z.example"))
    }

    fn phone(&mut self) -> String {
        let n = self.0.len();
        self.keep(format!("+1 207 555 {n:04}"))
    }

    fn fact(&mut self) -> Fact<String> {
        stated(self.text())
    }

    fn block(&mut self, kind: BlockKind) -> Block {
        Block {
            kind,
            text: self.text(),
            span: Span::new(0, 1),
        }
    }

    fn blocks(&mut self) -> Vec<Block> {
        BlockKind::ALL
            .iter()
            .map(|kind| self.block(*kind))
            .collect()
    }

    fn image(&mut self, event: Option<String>) -> Image {
        Image {
            file: self.text(),
            alt: self.text(),
            caption: Some(self.text()),
            credit: Some(self.text()),
            event,
            format: ImageFormat::Png,
            width: 1203,
            height: 677,
            bytes: 40961,
            sha256: DIGITS.repeat(4),
        }
    }

    fn event(&mut self, status: EventStatus) -> Event {
        Event {
            name: self.fact(),
            series: Some(self.fact()),
            edition: Some(stated(7)),
            kind: None,
            part_of: Some(self.fact()),
            start: Some(date("2026-05-04T09:30+02:00")),
            end: Some(date("2026-05-06T17:00+02:00")),
            location: Some(stated(Location {
                venue: Some(self.text()),
                street: Some(self.text()),
                locality: Some(self.text()),
                region: Some(self.text()),
                country: Some("PT".into()),
                geo: Some(Geo {
                    latitude: 38.5,
                    longitude: -9.25,
                }),
            })),
            attendance: Some(stated(Attendance::Mixed)),
            organizer: Some(self.fact()),
            status: stated(status),
            previous_start: Some(date("2026-04")),
            speakers: vec![self.fact(), self.fact()],
            url: Some(self.fact()),
        }
    }
}

/// Digits of a picture's hash.
const DIGITS: &str = "0123456789abcdef";

fn stated<T>(value: T) -> Fact<T> {
    Fact::stated(value, Span::new(0, 1), "canary")
}

fn date(iso: &str) -> Fact<Date> {
    stated(Date::parse(iso).expect("a date"))
}

/// The site and the release of a scene, with all that may be said of them.
pub(crate) struct Scene {
    pub(crate) site: Site,
    pub(crate) published: Published,
    /// Strings that the release or the site has.
    strings: Vec<String>,
    /// Its runs of digits.
    numbers: BTreeSet<String>,
}

impl Scene {
    /// A release in which every string is a token.
    pub(crate) fn new() -> Self {
        let mut mint = Mint::default();
        let mut site = support::site();
        site.title = mint.text();
        site.description = mint.text();
        site.publisher.name = mint.text();
        site.publisher.alternate_names = vec![mint.text()];
        site.publisher.url = Some(mint.web());
        site.publisher.logo = Some(mint.web());
        site.publisher.same_as = vec![mint.web()];
        let text = b"A headline of words\n\n2 March 2026\n\nThe body of the release is short.\n";
        let (source, reading) = support::read_bytes("canary.txt", text.to_vec(), &site);
        let mut published = support::published(source, reading);
        let release = &mut published.release;
        release.headline = Some(mint.fact());
        release.subtitle = Some(mint.fact());
        release.published = Some(date("2026-03-02"));
        release.modified = Some(date("2026-03-03"));
        release.dateline = Some(Dateline {
            place: mint.fact(),
            country: Some(stated("PT".into())),
            date: Some(date("2026-03-02")),
        });
        release.summary = Some(mint.fact());
        release.body = mint.blocks();
        release.notices = (NoticeKind::ALL.iter())
            .map(|kind| Notice {
                kind: *kind,
                language: Some("fr".into()),
                text: mint.text(),
                span: Span::new(0, 1),
            })
            .collect();
        release.boilerplate = mint.blocks();
        release.notes_to_editors = mint.blocks();
        release.contacts = vec![
            Contact {
                name: Some(mint.fact()),
                honorific: Some(mint.fact()),
                role: Some(mint.fact()),
                organization: None,
                emails: vec![stated(mint.mail()), mint.fact()],
                phones: vec![stated(mint.phone()), mint.fact()],
                urls: vec![stated(mint.web()), mint.fact()],
            },
            Contact {
                organization: Some(mint.fact()),
                ..Contact::default()
            },
        ];
        let link = |url| Link {
            url,
            span: Span::new(0, 1),
        };
        release.links = vec![link(mint.web()), link(mint.text())];
        release.people = vec![Person {
            name: mint.fact(),
            honorific: Some(mint.fact()),
            role: Some(mint.fact()),
            organization: Some(mint.fact()),
            same_as: vec![mint.web()],
        }];
        release.organizations = vec![Organization {
            name: mint.fact(),
            acronym: Some(mint.fact()),
            aliases: vec![mint.fact()],
            same_as: vec![mint.web()],
        }];
        release.places = vec![Place {
            name: mint.fact(),
            locality: Some(mint.text()),
            country: Some("PT".into()),
            same_as: vec![mint.web()],
        }];
        release.topics = vec![Topic {
            name: mint.fact(),
            media_topic: Some("medtop:20000344".into()),
        }];
        release.events = (EventStatus::ALL.iter())
            .map(|status| mint.event(*status))
            .collect();
        release.mentioned_events = vec![mint.event(EventStatus::Scheduled)];
        let shown = release.events[0].name.value.clone();
        release.images = [Some(shown), None]
            .map(|event| Fact::configured(mint.image(event), "canary"))
            .into();
        let numbers = 1..=release.events.len() as u32;
        let item = EventItem {
            version: 1,
            first_created: published.first_created,
            version_created: published.version_created,
        };
        published.event_items = numbers.clone().map(|_| Some(item)).collect();
        published.event_numbers = numbers.collect();
        let mut strings = mint.0;
        strings.extend([
            published.release.id.clone(),
            published.page.clone(),
            published.archive_folder.clone(),
            site.base_url.clone(),
            site.language.clone(),
            site.vocabulary.clone(),
            tag_uri(&site, &published.release.id),
            "PT".into(),
            "Portugal".into(),
            "fr".into(),
            "en".into(),
            "canary".into(),
            "medtop:20000344".into(),
            "press.example".into(),
            DIGITS.into(),
        ]);
        // The archive keeps the source whole, in the parts that the facts' spans make: each is its first letter.
        let source = String::from_utf8_lossy(&published.bytes).into_owned();
        strings.extend(source.lines().chain(["A"]).map(str::to_owned));
        let mut scene = Self {
            site,
            published,
            strings,
            numbers: BTreeSet::new(),
        };
        scene.count();
        scene
    }

    /// The same release in a later version.
    pub(crate) fn changed(change: Change, standing: Standing) -> Self {
        let mut scene = Self::new();
        let note = format!("note-a {HOSTILE} note-z");
        scene.strings.push(note.clone());
        let published = &mut scene.published;
        published.version = 2;
        published.version_created += TimeDelta::days(3);
        published.changed = published.version_created;
        published.standing = standing;
        published.change = Some(change);
        published.note = Some(note);
        scene.count();
        scene
    }

    /// Gathers the digits that a document may print of dates, versions and coordinates.
    fn count(&mut self) {
        let release = &self.published.release;
        let mut of = format!(
            "{:?} {:?} {:?} 38.5 9.25 1203 677 40961",
            self.published.first_created,
            self.published.version_created,
            self.site.feed.date_only_time
        );
        let events = release.events.iter().chain(&release.mentioned_events);
        let dates = events.flat_map(|event| [&event.start, &event.end, &event.previous_start]);
        for date in dates
            .chain([&release.published, &release.modified])
            .flatten()
        {
            of.push(' ');
            of.push_str(&date.value.to_string());
        }
        for digits in of.split(|c: char| !c.is_ascii_digit()) {
            self.numbers.insert(digits.to_owned());
            self.numbers
                .insert(digits.trim_start_matches('0').to_owned());
        }
        // A telephone number in its international form.
        let phones = self.strings.iter().filter(|text| text.starts_with('+'));
        let dialled = phones.map(|text| text.chars().filter(char::is_ascii_digit).collect());
        self.numbers.extend(dialled);
        self.numbers.extend((1..=10).map(|n| n.to_string()));
    }

    /// All that a document may say, the longest first.
    pub(crate) fn known(&self, own: &[&str]) -> Vec<String> {
        let own = own.iter().copied();
        let strings = self.strings.iter().map(String::as_str).chain(own);
        let mut known: Vec<String> = strings.map(folded).filter(|s| !s.is_empty()).collect();
        known.sort_by_key(|known| std::cmp::Reverse(known.len()));
        known.dedup();
        known
    }

    /// The first word of a text that is nobody's.
    pub(crate) fn foreign(&self, text: &str, known: &[String]) -> Option<String> {
        let mut rest = folded(text);
        for word in known {
            if rest.contains(word.as_str()) {
                rest = without(&rest, word);
            }
        }
        let rest = spaced(&rest);
        let mut words = rest.split(|c: char| !c.is_alphanumeric());
        words
            .find(|word| !word.is_empty() && !self.numbers.contains(*word) && !is_hash(word))
            .map(str::to_owned)
    }

    /// The first word of an address that neither the tokens nor our paths have.
    pub(crate) fn foreign_in_address(&self, address: &str, own: &[&str]) -> Option<String> {
        let decoded = percent_encoding::percent_decode_str(address).decode_utf8_lossy();
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.map(str::to_lowercase).collect()
        };
        let known: BTreeSet<String> = (self.strings.iter().map(String::as_str))
            .chain(own.iter().copied())
            .chain(ADDRESS_WORDS.iter().copied())
            .flat_map(words)
            .collect();
        words(&decoded)
            .into_iter()
            .find(|word| !known.contains(word) && !self.numbers.contains(word))
    }
}

/// What stands in the addresses of documents and in identities on their pages.
const ADDRESS_WORDS: &[&str] = &[
    "archive",
    "image",
    "png",
    "https",
    "releases",
    "events",
    "years",
    "index",
    "html",
    "jsonld",
    "feed",
    "feeds",
    "atom",
    "json",
    "css",
    "search",
    "calendar",
    "ics",
    "sitemap",
    "xml",
    "article",
    "event",
    "person",
    "org",
    "place",
    "series",
    "organization",
    "online",
    "parent",
    "mentioned",
    "contact",
    "correction",
    "address",
    "geo",
    "mailto",
    "tel",
];

/// White space folded, and the characters that keep a number on one line.
pub(crate) fn folded(text: &str) -> String {
    let text = text.replace('\u{2011}', "-");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a word is a SHA-256.
fn is_hash(word: &str) -> bool {
    word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A text in which the parts of instants stand apart: `2026-05-04T09:30`.
fn spaced(text: &str) -> String {
    let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let chars: Vec<char> = text.chars().collect();
    let apart = |(at, c): (usize, &char)| match c {
        'T' if at > 0 && digit(chars.get(at - 1)) && digit(chars.get(at + 1)) => ' ',
        'Z' if at > 0 && digit(chars.get(at - 1)) => ' ',
        _ => *c,
    };
    chars.iter().enumerate().map(apart).collect()
}

/// A text without a word that stands in it as a word.
fn without(text: &str, word: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices(word) {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let joined = inside(text[..at].chars().next_back()) && inside(word.chars().next())
            || inside(text[at + word.len()..].chars().next()) && inside(word.chars().next_back());
        if !joined {
            out.push_str(&text[from..at]);
            out.push('\u{1}');
            from = at + word.len();
        }
    }
    out.push_str(&text[from..]);
    out
}
