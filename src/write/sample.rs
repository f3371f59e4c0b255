//! A small release for the writers' own tests.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, TimeZone, Utc};

use super::{Catalog, Listed, WriteError};

use crate::model::{
    Basis, Block, BlockKind, Date, Event, EventStatus, Fact, FeedSettings, Published, Publisher,
    ReadSettings, Related, Release, Site, Standing,
};
use crate::source::{Offsets, Span};

pub(super) fn site() -> Site {
    Site {
        base_url: "https://press.example/".into(),
        authority: "press.example,2026".into(),
        title: "Harbour news".into(),
        description: "News of the harbour".into(),
        language: "en".into(),
        time_zone: None,
        vocabulary: "https://press.example/vocabulary".into(),
        publisher: Publisher {
            name: "Harbour Office".into(),
            alternate_names: vec!["HO".into()],
            url: Some("https://harbour.example/".into()),
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
        feed: FeedSettings {
            items: 50,
            bytes: 512 * 1024,
            date_only_time: NaiveTime::from_hms_opt(12, 0, 0).expect("noon"),
        },
        calendar_events: 1000,
        organizations: Vec::new(),
        people: Vec::new(),
        places: Vec::new(),
        topics: Vec::new(),
        templates: std::collections::BTreeMap::new(),
    }
}

/// A fact that the words at 0..1 carry.
pub(super) fn stated<T>(value: T) -> Fact<T> {
    Fact::stated(value, Span::new(0, 1), "test")
}

pub(super) fn date(iso: &str) -> Fact<Date> {
    stated(Date::parse(iso).expect("a date"))
}

pub(super) fn paragraph(text: &str) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        text: text.into(),
        span: Span::new(10, 10 + text.len()),
    }
}

/// Version 1 of a release in English with two paragraphs and no events.
pub(super) fn published(id: &str) -> Published {
    let created = Utc
        .with_ymd_and_hms(2026, 3, 2, 8, 0, 0)
        .single()
        .expect("an instant");
    Published {
        release: Release {
            id: id.into(),
            language: Some(stated("en".into())),
            headline: Some(stated("Quay opens".into())),
            published: Some(date("2026-03-02")),
            body: vec![
                paragraph("The quay opens."),
                paragraph("Ships < 5 m & boats may land."),
            ],
            ..Release::default()
        },
        diagnostics: Vec::new(),
        bytes: Vec::new(),
        offsets: Offsets::default(),
        version: 1,
        first_created: created,
        version_created: created,
        changed: created,
        first_published: Some(date("2026-03-02").value),
        standing: Standing::Usable,
        page: format!("releases/{id}.html"),
        event_numbers: Vec::new(),
        event_items: Vec::new(),
        former_events: Vec::new(),
        told_before: BTreeMap::new(),
        archive_folder: "2026/03".into(),
        change: None,
        note: None,
        alternates: Vec::new(),
        translation_of: None,
        related: Related::default(),
    }
}

/// The same with one event, numbered 1.
pub(super) fn with_event(id: &str, event: Event) -> Published {
    let mut published = published(id);
    published.release.events.push(event);
    published.event_numbers.push(1);
    published.event_items.push(None);
    published
}

/// A catalog of these releases, in this order.
pub(super) struct Shelf(Vec<Listed>, Vec<Published>);

impl Shelf {
    pub(super) fn of(releases: Vec<Published>) -> Self {
        Self(releases.iter().filter_map(Listed::of).collect(), releases)
    }
}

impl Catalog for Shelf {
    fn listed(&self) -> &[Listed] {
        &self.0
    }

    fn load(&self, listed: &Listed) -> Result<Published, WriteError> {
        let found = (self.1.iter()).find(|published| *published.release.id == *listed.id);
        Ok(found.expect("a listed release").clone())
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn last_change(&self, _language: Option<&str>) -> Option<DateTime<Utc>> {
        self.0.iter().map(|listed| listed.changed).max()
    }
}

/// A scheduled event that has a name alone.
pub(super) fn event(name: &str) -> Event {
    Event {
        name: stated(name.into()),
        series: None,
        edition: None,
        kind: None,
        part_of: None,
        start: None,
        end: None,
        location: None,
        attendance: None,
        organizer: None,
        status: Fact {
            value: EventStatus::Scheduled,
            basis: Basis::Inferred,
            span: None,
            rule: Event::DEFAULT_STATUS.into(),
        },
        previous_start: None,
        speakers: Vec::new(),
        url: None,
    }
}
