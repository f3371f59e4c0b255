//! Random release versions.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use dateline::diagnostic::{Code, Diagnostic};
use dateline::model::{
    Alternate, Attendance, Basis, Block, BlockKind, Change, Contact, Date, Dateline, Event,
    EventItem, EventKey, EventKind, EventStatus, Fact, FormerEvent, Geo, Image, Link, Location,
    Notice, NoticeKind, Organization, Person, Place, Published, Related, Release, RuleId, Standing,
    Topic, Zone,
};
use dateline::source::{Decoding, ImageFormat, Origin, Source, Span};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn words() -> impl Strategy<Value = String> {
    "[ -~äßÉж中ع😀\u{a0}\u{2028}]{1,24}"
}

fn tag() -> impl Strategy<Value = String> {
    select(vec!["en", "fr-CH", "zh-Hant-TW", "ar", "und"]).prop_map(str::to_owned)
}

fn country() -> impl Strategy<Value = String> {
    "[A-Z]{2}"
}

fn span() -> impl Strategy<Value = Span> {
    (0u32..60, 0u32..20).prop_map(|(start, length)| Span {
        start,
        end: start + length,
    })
}

fn fact<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Fact<T>> {
    let basis = select(vec![Basis::Stated, Basis::Inferred, Basis::Configured]);
    (value, basis, of(span()), "[a-z.%é -]{1,12}").prop_map(|(value, basis, span, rule)| Fact {
        value,
        basis,
        span,
        rule: RuleId::from(rule),
    })
}

fn date() -> impl Strategy<Value = Date> {
    let day = (1i32..9999, 1u32..=12, 1u32..=28);
    let zone = (-840i32..=840, words()).prop_map(|(offset, name)| Zone { offset, name });
    (day, 0u8..5, (0u32..24, 0u32..60), zone).prop_map(
        |((year, month, day), precision, time, zone)| {
            let day = NaiveDate::from_ymd_opt(year, month, day).expect("a real day");
            let mut date = Date::day(day);
            match precision {
                0 => date = Date::year(year),
                1 => date.day = None,
                2 => {}
                more => {
                    date.time = NaiveTime::from_hms_opt(time.0, time.1, 0);
                    date.zone = (more == 4).then_some(zone);
                }
            }
            date
        },
    )
}

fn location() -> impl Strategy<Value = Location> {
    let geo = (-90.0..90.0f64, -180.0..180.0f64).prop_map(|(latitude, longitude)| Geo {
        latitude,
        longitude,
    });
    (
        of(words()),
        of(words()),
        of(words()),
        of(words()),
        of(country()),
        of(geo),
    )
        .prop_map(|(venue, street, locality, region, country, geo)| Location {
            venue,
            street,
            locality,
            region,
            country,
            geo,
        })
}

fn event() -> impl Strategy<Value = Event> {
    let what = (
        fact(words()),
        of(fact(words())),
        of(fact(1u32..200)),
        of(fact(select(EventKind::ALL))),
        of(fact(words())),
    );
    let when = (
        of(fact(date())),
        of(fact(date())),
        fact(select(EventStatus::ALL)),
        of(fact(date())),
    );
    let who = (
        of(fact(location())),
        of(fact(select(Attendance::ALL))),
        of(fact(words())),
        vec(fact(words()), 0..3),
        of(fact(words())),
    );
    (what, when, who).prop_map(|(what, when, who)| Event {
        name: what.0,
        series: what.1,
        edition: what.2,
        kind: what.3,
        part_of: what.4,
        start: when.0,
        end: when.1,
        status: when.2,
        previous_start: when.3,
        location: who.0,
        attendance: who.1,
        organizer: who.2,
        speakers: who.3,
        url: who.4,
    })
}

fn block() -> impl Strategy<Value = Block> {
    (select(BlockKind::ALL), words(), span()).prop_map(|(kind, text, span)| Block {
        kind,
        text,
        span,
    })
}

fn notice() -> impl Strategy<Value = Notice> {
    (select(NoticeKind::ALL), of(tag()), words(), span()).prop_map(
        |(kind, language, text, span)| Notice {
            kind,
            language,
            text,
            span,
        },
    )
}

fn contact() -> impl Strategy<Value = Contact> {
    (
        of(fact(words())),
        of(fact(words())),
        of(fact(words())),
        of(fact(words())),
        vec(fact(words()), 0..3),
        vec(fact(words()), 0..2),
        vec(fact(prop_oneof![words(), address()]), 0..2),
    )
        .prop_map(
            |(name, honorific, role, organization, emails, phones, urls)| Contact {
                name,
                honorific,
                role,
                organization,
                emails,
                phones,
                urls,
            },
        )
}

fn address() -> impl Strategy<Value = String> {
    "https://[a-z]{1,8}\\.example/[a-z0-9]{0,6}"
}

fn same_as() -> impl Strategy<Value = Vec<String>> {
    vec(address(), 0..3)
}

fn person() -> impl Strategy<Value = Person> {
    (
        fact(words()),
        of(fact(words())),
        of(fact(words())),
        of(fact(words())),
        same_as(),
    )
        .prop_map(|(name, honorific, role, organization, same_as)| Person {
            name,
            honorific,
            role,
            organization,
            same_as,
        })
}

fn organization() -> impl Strategy<Value = Organization> {
    (
        fact(words()),
        of(fact(words())),
        vec(fact(words()), 0..3),
        same_as(),
    )
        .prop_map(|(name, acronym, aliases, same_as)| Organization {
            name,
            acronym,
            aliases,
            same_as,
        })
}

fn place() -> impl Strategy<Value = Place> {
    (fact(words()), of(words()), of(country()), same_as()).prop_map(
        |(name, locality, country, same_as)| Place {
            name,
            locality,
            country,
            same_as,
        },
    )
}

fn topic() -> impl Strategy<Value = Topic> {
    (fact(words()), of("medtop:[0-9]{8}"))
        .prop_map(|(name, media_topic)| Topic { name, media_topic })
}

fn image() -> impl Strategy<Value = Image> {
    let said = (words(), words(), of(words()), of(words()), of(words()));
    let file = (
        select(ImageFormat::ALL),
        1u32..,
        1u32..,
        0u64..,
        "[0-9a-f]{64}",
    );
    (said, file).prop_map(|(said, file)| Image {
        file: said.0,
        alt: said.1,
        caption: said.2,
        credit: said.3,
        event: said.4,
        format: file.0,
        width: file.1,
        height: file.2,
        bytes: file.3,
        sha256: file.4,
    })
}

fn dateline() -> impl Strategy<Value = Dateline> {
    (fact(words()), of(fact(country())), of(fact(date()))).prop_map(|(place, country, date)| {
        Dateline {
            place,
            country,
            date,
        }
    })
}

fn release() -> impl Strategy<Value = Release> {
    let head = (
        "[a-z0-9/ äÉ%.-]{1,40}",
        of(fact(tag())),
        of(fact(words())),
        of(fact(words())),
        of(fact(words())),
    );
    let dates = (
        of(fact(date())),
        of(fact(date())),
        of(fact(date())),
        of(dateline()),
    );
    let text = (
        vec(block(), 0..4),
        vec(notice(), 0..3),
        vec(block(), 0..3),
        vec(block(), 0..3),
        vec(
            (words(), span()).prop_map(|(url, span)| Link { url, span }),
            0..3,
        ),
    );
    let named = (
        vec(contact(), 0..3),
        vec(person(), 0..3),
        vec(organization(), 0..3),
        vec(place(), 0..3),
        vec(topic(), 0..3),
    );
    let events = (
        vec(event(), 0..3),
        vec(event(), 0..3),
        vec(fact(image()), 0..3),
    );
    (head, dates, text, named, events).prop_map(|(head, dates, text, named, events)| Release {
        id: head.0,
        origin: Origin::default(),
        language: head.1,
        headline: head.2,
        subtitle: head.3,
        summary: head.4,
        published: dates.0,
        modified: dates.1,
        embargo: dates.2,
        dateline: dates.3,
        body: text.0,
        notices: text.1,
        boilerplate: text.2,
        notes_to_editors: text.3,
        links: text.4,
        contacts: named.0,
        people: named.1,
        organizations: named.2,
        places: named.3,
        topics: named.4,
        events: events.0,
        mentioned_events: events.1,
        images: events.2,
    })
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..4_000_000_000)
        .prop_map(|seconds| DateTime::from_timestamp(seconds, 0).expect("an instant"))
}

fn event_item() -> impl Strategy<Value = EventItem> {
    (1u32..9, instant(), instant()).prop_map(|(version, first_created, version_created)| {
        EventItem {
            version,
            first_created,
            version_created,
        }
    })
}

fn finding() -> impl Strategy<Value = Diagnostic> {
    (select(Code::ALL), words(), of(words()), of(span())).prop_map(|(code, message, hint, span)| {
        Diagnostic {
            code,
            message,
            hint,
            span,
        }
    })
}

/// A source: text, text with a mark in two bytes a character, or any bytes.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let text = || "[ -~äж中e\u{301}\u{ad}\u{200b}\u{a0}\n\r\t\u{feff}\u{85}]{0,200}";
    let marked = text().prop_map(|text| {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    });
    prop_oneof![
        text().prop_map(String::into_bytes),
        marked,
        vec(any::<u8>(), 0..200)
    ]
}

/// A release version with everything that one can have.
pub(crate) fn published() -> impl Strategy<Value = Published> {
    let life = (
        2u32..99,
        instant(),
        instant(),
        select(vec![Standing::Usable, Standing::Withheld]),
        of((select(Change::ALL), of("[ -~é\n\r\t]{0,20}"))),
    );
    let archive = (
        "[a-z0-9/.-]{1,20}",
        "[0-9]{4}/[0-9]{2}",
        vec(event_item(), 3),
        vec(
            (words(), of("[0-9]{4}-0[1-9]-[12][0-9]"), of(event_item())),
            0..3,
        ),
        vec(
            (words(), of(tag())).prop_map(|(id, language)| Alternate { id, language }),
            0..3,
        ),
    );
    let source = (bytes(), "[a-z/ é&<>\"]{1,20}");
    (release(), life, archive, source, vec(finding(), 0..3)).prop_map(
        |(mut release, life, archive, (bytes, name), diagnostics)| {
            let source = Source::from_bytes(release.id.clone(), name, bytes, &Decoding::default());
            release.origin = source.origin;
            let count = release.events.len() as u32;
            let starts = release.events.iter().map(|event| event.start.is_some());
            Published {
                event_numbers: (1..=count).rev().collect(),
                event_items: starts
                    .zip(archive.2)
                    .map(|(dated, item)| dated.then_some(item))
                    .collect(),
                former_events: (count + 1..)
                    .zip(archive.3)
                    .map(|(number, (name, start, item))| FormerEvent {
                        number,
                        name,
                        start,
                        item,
                    })
                    .collect(),
                diagnostics,
                offsets: source.offsets,
                bytes: source.bytes,
                version: life.0,
                first_created: life.1,
                version_created: life.2,
                changed: life.2,
                first_published: if life.0 % 2 == 0 {
                    Date::parse("2020-02-03T09:30+01:00")
                } else {
                    release.published.as_ref().map(|date| date.value.clone())
                },
                release,
                related: Related::default(),
                told_before: BTreeMap::from([(
                    1,
                    EventKey {
                        release: "a/é b".into(),
                        number: 3,
                    },
                )]),
                translation_of: Some("b:c".into()),
                standing: life.3,
                change: life.4.as_ref().map(|(change, _)| *change),
                note: life.4.and_then(|(_, note)| note),
                page: archive.0,
                archive_folder: archive.1,
                alternates: archive.4,
            }
        },
    )
}
