//! A release of a fictional office, built by hand: its text, its facts, and the site that it is published on.

use chrono::NaiveTime;
use dateline::model::{
    Attendance, Block, BlockKind, Contact, Date, Dateline, Event, EventKind, EventStatus, Fact,
    FeedSettings, Image, Link, Location, Notice, NoticeKind, Organization, Person, Place,
    Publisher, ReadSettings, Release, Site, Topic, Zone,
};
use dateline::source::{Decoding, ImageFormat, Source, Span};

/// A site of a fictional office.
pub(crate) fn site() -> Site {
    Site {
        base_url: "https://press.example/".into(),
        authority: "dateline.example,2026".into(),
        title: "Press releases".into(),
        description: "Releases of the office.".into(),
        language: "en".into(),
        time_zone: None,
        vocabulary: "https://dateline.example/cv/".into(),
        publisher: Publisher {
            name: "Office & Sons".into(),
            alternate_names: Vec::new(),
            url: None,
            logo: None,
            same_as: Vec::new(),
            place: None,
        },
        read: ReadSettings {
            publish_inferred: true,
            default_event_place: None,
            date_order: None,
            headline_from_first_sentence: false,
        },
        calendar_events: 1000,
        feed: FeedSettings {
            items: 50,
            bytes: 524_288,
            date_only_time: NaiveTime::from_hms_opt(12, 0, 0).expect("noon"),
        },
        organizations: Vec::new(),
        people: Vec::new(),
        places: Vec::new(),
        topics: Vec::new(),
        templates: std::collections::BTreeMap::new(),
    }
}

pub(crate) fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
    Span::new(start, start + words.len())
}

pub(crate) fn said(text: &str, words: &str) -> Fact<String> {
    Fact::stated(words.to_owned(), at(text, words), "test.words")
}

pub(crate) fn dated(text: &str, words: &str, iso: &str) -> Fact<Date> {
    let date = Date::parse(iso).expect("a date");
    Fact::stated(date, at(text, words), "test.date")
}

pub(crate) fn block(text: &str, kind: BlockKind, words: &str) -> Block {
    Block {
        kind,
        text: words.split_whitespace().collect::<Vec<_>>().join(" "),
        span: at(text, words),
    }
}

pub(crate) fn source(id: &str, text: &str) -> Source {
    let bytes = text.as_bytes().to_vec();
    Source::from_bytes(id.into(), format!("{id}.txt"), bytes, &Decoding::default())
}

pub(crate) fn event(name: Fact<String>) -> Event {
    Event {
        name,
        series: None,
        edition: None,
        kind: None,
        part_of: None,
        start: None,
        end: None,
        location: None,
        attendance: None,
        organizer: None,
        status: Fact::inferred(EventStatus::Scheduled, None, "event.status.default"),
        previous_start: None,
        speakers: Vec::new(),
        url: None,
    }
}

pub(crate) const HARBOUR: &str = "Menu | Search\n\nHarbour board opens 4th Tide Forum\nA day for pilots\n\n3 May 2024\n\nLISBOA, 3 May -- \
The Harbour Board (HB) opened the 4th Tide Forum at Casa do Mar, Rua Nova 7, Lisboa, on 3 May 2024 at 10:00 WEST.\n\n\
  \"Pilots come\n  first\", said Dr. Ana Reis, Chair of the Harbour Board.\n\nA press conference follows. See https://harbour.example/forum?a=1&b=2\n\n\
The 3rd Tide Forum was held in June 2022.\n\nContact: Rui Dias, press officer, rui@harbour.example, +351 21 000 000\n\nAbout the Board: it keeps the harbour.\n";

fn picture() -> Image {
    Image {
        file: "input/pier & light.jpg".into(),
        alt: "A pier, and \"the\" <light>".into(),
        caption: Some("The pier at noon & night".into()),
        credit: Some("Rui Dias".into()),
        event: Some("4th Tide Forum".into()),
        format: ImageFormat::Jpeg,
        width: 1200,
        height: 800,
        bytes: 34_567,
        sha256: "0123456789abcdef".repeat(4),
    }
}

pub(crate) fn harbour() -> Release {
    let t = HARBOUR;
    let mut forum = event(said(t, "4th Tide Forum"));
    forum.series = Some(said(t, "Tide Forum"));
    forum.edition = Some(Fact::stated(4, at(t, "4th"), "test.edition"));
    forum.kind = Some(Fact::stated(EventKind::Forum, at(t, "Forum"), "test.kind"));
    let mut start = dated(t, "3 May 2024 at 10:00 WEST", "2024-05-03T10:00+01:00");
    start.value.zone = Some(Zone {
        offset: 60,
        name: "WEST".into(),
    });
    forum.start = Some(start);
    forum.location = Some(Fact::stated(
        Location {
            venue: Some("Casa do Mar".into()),
            street: Some("Rua Nova 7".into()),
            locality: Some("Lisboa".into()),
            region: None,
            country: Some("PT".into()),
            geo: None,
        },
        at(t, "Casa do Mar, Rua Nova 7, Lisboa"),
        "test.place",
    ));
    forum.attendance = Some(Fact::inferred(Attendance::Offline, None, "test.attendance"));
    forum.organizer = Some(said(t, "Harbour Board"));
    forum.speakers = vec![said(t, "Ana Reis")];
    forum.url = Some(said(t, "https://harbour.example/forum?a=1&b=2"));
    let mut press = event(said(t, "press conference"));
    press.kind = Some(Fact::stated(
        EventKind::PressConference,
        at(t, "press conference"),
        "test.kind",
    ));
    press.part_of = Some(said(t, "4th Tide Forum"));
    press.location = Some(Fact::inferred(
        Location {
            venue: None,
            street: None,
            locality: Some("Lisboa".into()),
            region: Some("Lisboa".into()),
            country: None,
            geo: None,
        },
        Some(at(t, "Lisboa")),
        "test.place",
    ));
    let mut third = event(said(t, "3rd Tide Forum"));
    third.start = Some(dated(t, "June 2022", "2022-06"));
    Release {
        id: "2024/harbour forum".into(),
        language: Some(Fact::inferred("en".into(), None, "language.body")),
        headline: Some(said(t, "Harbour board opens 4th Tide Forum")),
        subtitle: Some(said(t, "A day for pilots")),
        published: Some(dated(t, "3 May 2024", "2024-05-03")),
        modified: Some(dated(t, "3 May 2024", "2024-05-03")),
        dateline: Some(Dateline {
            place: Fact::stated("Lisboa".into(), at(t, "LISBOA"), "dateline.place"),
            country: Some(Fact::configured("PT".into(), "test.sidecar")),
            date: Some(dated(t, "3 May", "2024-05-03")),
        }),
        summary: Some(Fact::inferred(
            "The Harbour Board (HB) opened the 4th Tide Forum.".into(),
            None,
            "summary.lede",
        )),
        body: vec![
            block(
                t,
                BlockKind::Paragraph,
                "The Harbour Board (HB) opened the 4th Tide Forum at Casa do Mar, Rua Nova 7, Lisboa, on 3 May 2024 at 10:00 WEST.",
            ),
            block(
                t,
                BlockKind::Quote,
                "\"Pilots come\n  first\", said Dr. Ana Reis, Chair of the Harbour Board.",
            ),
            block(
                t,
                BlockKind::ListItem,
                "A press conference follows. See https://harbour.example/forum?a=1&b=2",
            ),
            block(
                t,
                BlockKind::Paragraph,
                "The 3rd Tide Forum was held in June 2022.",
            ),
        ],
        notices: vec![Notice {
            kind: NoticeKind::Navigation,
            language: Some("en".into()),
            text: "Menu | Search".into(),
            span: at(t, "Menu | Search"),
        }],
        boilerplate: vec![block(
            t,
            BlockKind::Paragraph,
            "About the Board: it keeps the harbour.",
        )],
        contacts: vec![Contact {
            name: Some(said(t, "Rui Dias")),
            role: Some(said(t, "press officer")),
            emails: vec![said(t, "rui@harbour.example")],
            phones: vec![said(t, "+351 21 000 000")],
            ..Contact::default()
        }],
        links: vec![Link {
            url: "https://harbour.example/forum?a=1&b=2".into(),
            span: at(t, "https://harbour.example/forum?a=1&b=2"),
        }],
        people: vec![Person {
            name: said(t, "Ana Reis"),
            honorific: Some(said(t, "Dr.")),
            role: Some(said(t, "Chair")),
            organization: Some(said(t, "Harbour Board")),
            same_as: vec!["https://people.example/reis".into()],
        }],
        organizations: vec![Organization {
            name: said(t, "Harbour Board"),
            acronym: Some(said(t, "HB")),
            aliases: vec![said(t, "Board")],
            same_as: Vec::new(),
        }],
        places: vec![Place {
            name: said(t, "Lisboa"),
            locality: Some("Lisboa".into()),
            country: Some("PT".into()),
            same_as: Vec::new(),
        }],
        topics: vec![Topic {
            name: Fact::stated("pilots".into(), at(t, "pilots"), "topic"),
            media_topic: Some("medtop:20000344".into()),
        }],
        events: vec![forum, press],
        mentioned_events: vec![third],
        images: vec![Fact::configured(picture(), "sidecar")],
        ..Release::default()
    }
}
