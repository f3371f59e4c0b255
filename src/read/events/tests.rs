//! Whole events in short releases of several languages.

use super::*;
use crate::lang::Lexicons;
use crate::model::{Block, BlockKind, Date, Fact, FeedSettings, Publisher, ReadSettings, Site};
use crate::read::cuts::Cuts;
use crate::read::dates;
use crate::source::Span;

fn site() -> Site {
    Site {
        base_url: String::new(),
        authority: String::new(),
        title: String::new(),
        description: String::new(),
        language: "en".to_owned(),
        time_zone: None,
        vocabulary: String::new(),
        publisher: Publisher {
            name: String::new(),
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
            items: 1,
            bytes: 1,
            date_only_time: chrono::NaiveTime::MIN,
        },
        organizations: Vec::new(),
        people: Vec::new(),
        places: Vec::new(),
        topics: Vec::new(),
        templates: std::collections::BTreeMap::new(),
    }
}

/// The events of a release published on 10 April 2024: headline, a blank line, then one sentence a line in one
/// paragraph. Towns are the words in brackets of `towns`.
fn read(language: &str, text: &str, towns: &[&str]) -> Events {
    read_for(&site(), language, text, towns)
}

/// The same under these settings.
fn read_for(site: &Site, language: &str, text: &str, towns: &[&str]) -> Events {
    let context = Context {
        text,
        lexicons: Lexicons::builtin(),
        site,
    };
    let (headline, body) = text.split_once("\n\n").unwrap();
    let start = headline.len() + 2;
    let whole = Span::new(0, text.len());
    let mut at = start;
    let sentences: Vec<Sentence> = body
        .split_inclusive('\n')
        .map(|line| {
            let span = Span::new(at, at + line.len()).trim(text);
            at += line.len();
            Sentence { block: 0, span }
        })
        .collect();
    let layout = Layout {
        language: Some(Fact::stated(language.to_owned(), whole, "test")),
        headline: Some(Fact::stated(
            headline.to_owned(),
            Span::new(0, headline.len()),
            "test",
        )),
        published: Date::parse("2024-04-10").map(|d| Fact::stated(d, whole, "test")),
        body: vec![Block {
            kind: BlockKind::Paragraph,
            text: body.to_owned(),
            span: Span::new(start, text.len()),
        }],
        ..Layout::default()
    };
    let mut places: Vec<PlaceMention> = towns
        .iter()
        .flat_map(|town| text.match_indices(town))
        .map(|(at, town)| PlaceMention {
            span: Span::new(at, at + town.len()),
            locality: Some(town.to_owned()),
            region: None,
            country: None,
            country_stated: false,
            oblique: false,
        })
        .collect();
    places.sort_by_key(|p| p.span);
    let dates = dates::find(context, whole, &[language]);
    let anchor = layout.published.as_ref().map(|p| p.value.clone());
    let resolver = Resolver::new(context, &dates, Some(language), anchor);
    find(
        context,
        Findings {
            layout: &layout,
            sentences: &sentences,
            cuts: &Cuts::of(context, &layout, &sentences),
            dates: &dates,
            resolver: &resolver,
            places: &places,
            agents: &Agents::default(),
        },
        &mut Vec::new(),
    )
}

/// `NAME | START | END | VENUE | TOWN | STATUS` of a main event; empty where there is none.
fn line(events: &Events) -> String {
    let date = |d: &Option<Fact<Date>>| d.as_ref().map_or("-".to_owned(), |d| d.value.to_string());
    let [event] = events.main.as_slice() else {
        return String::new();
    };
    let place = event.location.as_ref().map(|l| &l.value);
    let part = |part: Option<&String>| part.map_or("-", String::as_str).to_owned();
    format!(
        "{} | {} | {} | {} | {} | {}",
        event.name.value,
        date(&event.start),
        date(&event.end),
        part(place.and_then(|p| p.venue.as_ref())),
        part(place.and_then(|p| p.locality.as_ref())),
        event.status.value.code(),
    )
}

#[test]
fn main_events_come_with_their_own_days_and_places() {
    for (language, towns, text, want) in [
        (
            "en",
            &["Lima", "Quito"][..],
            "Chair opens 7th Session of the Panel on Reed Boats\n\n\
             On 8 April 2024 the Chair opened the 7th Session of the Panel on Reed Boats at the Harbour Hall in Lima.\n\
             Since the 6th Session, held in Quito in June 2022, forty boats have been built.\n\
             Papers are due by 30 April 2024.",
            "7th Session of the Panel on Reed Boats | 2024-04-08 | - | Harbour Hall | Lima | scheduled",
        ),
        (
            "en",
            &["Bergen"],
            "Kite makers plan their forum\n\n\
             Registration for the Third Kite Forum closes on 2 May 2024.\n\
             The Forum will take place in Bergen from 6 to 8 June 2024.",
            "Third Kite Forum | 2024-06-06 | 2024-06-08 | - | Bergen | scheduled",
        ),
        (
            "en",
            &["Cork"],
            "Lamp Congress postponed\n\n\
             The Fourth Lamp Congress on Wicks, scheduled to be held in Cork from 6 to 8 May 2024, has been postponed.",
            "Fourth Lamp Congress on Wicks | - | - | - | Cork | postponed",
        ),
        (
            "en",
            &["Cork"],
            "Lamp symposium to go on\n\n\
             The Second Lamp Symposium will be held in Cork on 6 May 2024 and could be cancelled only in a storm.",
            "Second Lamp Symposium | 2024-05-06 | - | - | Cork | scheduled",
        ),
        (
            "en",
            &[],
            "New dates for the Clay Fair\n\n\
             The Spring Clay Fair, originally scheduled for 3 May 2024, has been rescheduled to 9 June 2024.",
            "Spring Clay Fair | 2024-06-09 | - | - | - | rescheduled",
        ),
        (
            "fr",
            &["Tulle", "Vigo"],
            "La 12e réunion du Comité des phares s’achève\n\n\
             La 12e réunion du Comité des phares s’est tenue à Tulle du 3 au 5 avril 2024.\n\
             La réunion précédente avait eu lieu à Vigo le 9 mai 2022.",
            "12e réunion du Comité des phares | 2024-04-03 | 2024-04-05 | - | Tulle | scheduled",
        ),
        (
            "es",
            &["Vigo"],
            "La Red celebrará su XIV Cumbre de Faros\n\n\
             La XIV Cumbre de Faros se celebrará en el Palacio del Mar de Vigo los días 4 y 5 de junio de 2024.\n\
             El plazo de inscripción termina el 30 de abril de 2024.",
            "XIV Cumbre de Faros | 2024-06-04 | 2024-06-05 | Palacio del Mar | Vigo | scheduled",
        ),
        (
            "de",
            &["Ulm"],
            "Uhrenfreunde tagen in Ulm\n\n\
             Vom 6. bis 8. Mai 2024 findet in Ulm die 5. Fachtagung der Gesellschaft für Uhren statt.\n\
             Anmeldungen sind bis zum 20. April 2024 möglich.",
            "5. Fachtagung der Gesellschaft für Uhren | 2024-05-06 | 2024-05-08 | - | Ulm | scheduled",
        ),
        (
            "ru",
            &[],
            "Завершилась 6-я сессия Совета по мостам\n\n\
             С 8 по 9 апреля 2024 года прошла 6-я сессия Совета по мостам.",
            "6-я сессия Совета по мостам | 2024-04-08 | 2024-04-09 | - | - | scheduled",
        ),
    ] {
        assert_eq!(line(&read(language, text, towns)), want, "{text}");
    }
}

#[test]
fn what_is_no_event_gives_none() {
    for text in [
        "Office publishes its yearbook\n\nThe Office published its yearbook on 8 April 2024.",
        "Weaver appointed director\n\nAna Weaver was appointed director on 8 April 2024 after a meeting of the board.",
        "Law on nets in force\n\nThe law enters into force on 1 May 2024.",
        "Members ask Congress for funds\n\nCongress should act, they said on 8 April 2024.",
        "Call for a hearing on ferries\n\nThe group called for a hearing on ferries in a letter of 8 April 2024.",
    ] {
        assert_eq!(read("en", text, &[]).main, [], "{text}");
    }
}

#[test]
fn what_is_only_mentioned_is_kept_apart() {
    let text = "9th Congress of Millers opens\n\n\
                The 9th World Congress of Millers opened on 8 April 2024.\n\
                The 10th World Congress of Millers will be held in May 2026.";
    let events = read("en", text, &[]);
    assert_eq!(events.main.len(), 1);
    assert_eq!(events.main[0].edition.as_ref().map(|e| e.value), Some(9));
    let names: Vec<_> = events
        .mentioned
        .iter()
        .map(|e| e.name.value.as_str())
        .collect();
    assert_eq!(names, ["10th World Congress of Millers"]);
}

#[test]
fn an_event_without_place_or_day_is_reported() {
    let events = read(
        "en",
        "Millers open 9th World Congress of Millers\n\nThe 9th World Congress of Millers opened.",
        &[],
    );
    let mut findings = Vec::new();
    for event in &events.main {
        report_gaps(event, Some("en"), &mut findings);
    }
    let codes: Vec<_> = findings.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::EventWithoutPlace, Code::EventWithoutDate]);
}

#[test]
fn the_place_of_the_settings_serves_events_whose_text_names_none() {
    let mut site = site();
    site.read.default_event_place = Some("Utrecht".to_owned());
    for (text, towns, want) in [
        (
            "Millers meet\n\nThe 9th World Congress of Millers opens on 4 May 2024.",
            &[][..],
            "Utrecht",
        ),
        (
            "Millers meet\n\nThe 9th World Congress of Millers opens in Ghent on 4 May 2024.",
            &["Ghent"],
            "Ghent",
        ),
    ] {
        let events = read_for(&site, "en", text, towns);
        let place = events.main[0].location.as_ref().expect("a place");
        assert_eq!(place.value.locality.as_deref(), Some(want));
        let configured = place.basis == crate::model::Basis::Configured;
        assert_eq!(
            (configured, place.span.is_none()),
            (want == "Utrecht", want == "Utrecht")
        );
    }
}
