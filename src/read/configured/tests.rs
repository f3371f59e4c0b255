use super::*;
use crate::model::{Basis, Release};
use crate::source::Span;

fn event(name: &str) -> Event {
    let sidecar = Sidecar::parse("x.toml", &format!("[[event]]\nname = '{name}'")).expect("valid");
    let mut checks = Checks {
        sidecar: &sidecar,
        findings: Vec::new(),
    };
    let table = &sidecar.event.as_ref().expect("events")[0];
    let mut event = checks.event(table, None);
    event.name = Fact::stated(name.to_owned(), Span::new(0, 4), "event.name");
    event
}

/// A release with a headline and two events, one of them with a place and days.
fn reading() -> Reading {
    let mut fair = event("Spring Fair");
    let day = |text| Date::parse(text).map(|date| Fact::stated(date, Span::new(0, 4), "date"));
    (fair.start, fair.end) = (day("2024-05-03"), day("2024-05-05"));
    let place = Location {
        venue: Some("Old Mill".into()),
        locality: Some("Exampleton".into()),
        ..Location::default()
    };
    fair.location = Some(Fact::stated(place, Span::new(0, 4), "place"));
    Reading {
        release: Release {
            headline: Some(Fact::stated(
                "Old headline".into(),
                Span::new(0, 4),
                "headline",
            )),
            events: vec![fair, event("Autumn Fair")],
            mentioned_events: vec![event("Winter Fair")],
            ..Release::default()
        },
        diagnostics: vec![
            Diagnostic::new(Code::NoDate, "no date"),
            Diagnostic::new(Code::EventWithoutPlace, "no place"),
        ],
        rivals: Vec::new(),
    }
}

fn applied(text: &str) -> Reading {
    let mut reading = reading();
    apply(
        &mut reading,
        &Sidecar::parse("a.toml", text).expect("a valid sidecar"),
    );
    reading
}

fn names(reading: &Reading) -> Vec<&str> {
    reading
        .release
        .events
        .iter()
        .map(|event| event.name.value.as_str())
        .collect()
}

#[test]
fn what_was_read_becomes_a_rival_of_what_replaces_it() {
    let read = applied("headline = 'New headline'").rivals;
    let told: Vec<_> = read.iter().map(|r| (r.field, r.span)).collect();
    assert_eq!(told, [("headline", Span::new(0, 4))]);
    assert_eq!(applied("subtitle = 'More'").rivals, []);
}

#[test]
fn keys_replace_fields_and_settle_their_findings() {
    let reading = applied(
        "headline = ' New\u{a0} headline '\npublished = 2024-05-01\nlanguage = 'pt-br'\ndateline = 'Exampleton'",
    );
    let release = &reading.release;
    let headline = release.headline.as_ref().expect("a headline");
    assert_eq!(
        (headline.value.as_str(), headline.basis, headline.span),
        ("New headline", Basis::Configured, None)
    );
    assert_eq!(
        release
            .published
            .as_ref()
            .map(|date| date.value.to_string())
            .as_deref(),
        Some("2024-05-01")
    );
    assert_eq!(
        release.language.as_ref().map(|tag| tag.value.as_str()),
        Some("pt-BR")
    );
    assert_eq!(
        release.dateline.as_ref().map(|d| d.place.value.as_str()),
        Some("Exampleton")
    );
    let codes: Vec<_> = reading.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::EventWithoutPlace]);
}

#[test]
fn an_event_list_is_the_whole_list_and_keeps_what_it_does_not_correct() {
    let reading = applied(
        "[[event]]\nname = 'SPRING fair'\norganizer = 'City'\n[[event]]\nname = 'Winter Fair'\n[[event]]\nname = 'New Fair'\n",
    );
    assert_eq!(names(&reading), ["Spring Fair", "Winter Fair", "New Fair"]);
    let fair = &reading.release.events[0];
    assert_eq!(fair.name.basis, Basis::Stated);
    assert_eq!(
        fair.organizer.as_ref().map(|fact| fact.basis),
        Some(Basis::Configured)
    );
    assert!(fair.location.is_some() && fair.end.is_some());
    assert!(reading.release.mentioned_events.is_empty());
    assert!(names(&applied("event = []")).is_empty());
    assert_eq!(names(&applied("summary = 'x'")).len(), 2);
}

#[test]
fn a_new_start_ends_the_old_end_and_a_new_place_is_whole() {
    let reading = applied(
        "[[event]]\nname = 'Spring Fair'\nstart = '2024-06-01'\nstatus = 'rescheduled'\nlocality = 'Sampleford'\ncountry = 'BE'\n",
    );
    let fair = &reading.release.events[0];
    assert_eq!(fair.end, None);
    assert_eq!(fair.status.value, EventStatus::Rescheduled);
    let place = fair
        .location
        .as_ref()
        .map(|fact| fact.value.clone())
        .expect("a place");
    assert_eq!(
        (place.venue, place.locality.as_deref()),
        (None, Some("Sampleford"))
    );
}

#[test]
fn values_that_cannot_be_understood_are_errors_with_their_line() {
    for (text, message, hint) in [
        ("published = 'soon'", format!("a.toml:1:13: `published`: found `soon`, expected {DATE}"), None),
        ("\nlanguage = 'english'", "a.toml:2:12: `language`: found `english`, expected a language tag like `en` or `pt-BR`".into(), None),
        ("headline = ''", "a.toml:1:12: `headline`: found ``, expected words".into(), None),
        ("status = 'gone'", "a.toml:1:10: `status`: found `gone`, expected `usable`, `withheld` or `withdrawn`".into(), None),
        ("[[event]]\nname = 'x'\nattendance = 'onlin'", "a.toml:3:14: `attendance`: found `onlin`, expected one of offline, online, mixed".into(), Some("did you mean `online`?")),
        ("[[event]]\nname = 'x'\ncountry = 'Belgium'", "a.toml:3:11: `country`: found `Belgium`, expected an ISO 3166-1 code of two capitals like `BE`".into(), None),
        ("[[event]]\nname = 'x'\nstart = 2024-05-03\nend = 2024-05-01", "a.toml:4:7: `end`: found `2024-05-01`, expected an end that is not before the start, `2024-05-03`".into(), None),
        ("[[person]]\nname = 'x'\nsame_as = ['x']", "a.toml:3:12: `same_as`: found `x`, expected an absolute web address".into(), None),
    ] {
        let reading = applied(text);
        let error = reading.diagnostics.iter().find(|d| d.code == Code::SidecarInvalid).expect(text);
        assert_eq!((error.message.as_str(), error.hint.as_deref()), (message.as_str(), hint));
    }
}

#[test]
fn status_and_note_are_handed_to_the_archive() {
    let sidecar = Sidecar::parse(
        "a.toml",
        "status = 'withdrawn'\n[correction]\nnote = 'The date was wrong.'",
    )
    .expect("valid");
    assert_eq!(standing(&sidecar), Ok(Standing::Withdrawn));
    assert_eq!(note(&sidecar).as_deref(), Some("The date was wrong."));
    assert_eq!(standing(&Sidecar::default()), Ok(Standing::Usable));
}
