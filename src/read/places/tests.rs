//! Places in several languages, and what is no place.

use super::*;
use crate::lang::Lexicons;

/// `locality|region|country`, the country in brackets where the text leaves it to be known.
fn read(language: &str, text: &str) -> Vec<String> {
    let range = Span::new(0, text.len());
    let table = &Lexicons::builtin()
        .get(language)
        .expect("a language")
        .places;
    let mut mentions = spaced::find(text, range, Some(table), Some(language));
    mentions.extend(unspaced::find(text, range, table, language));
    mentions.sort_by_key(|m| m.span);
    mentions
        .iter()
        .map(|m| {
            let country = match (&m.country, m.country_stated) {
                (Some(code), true) => code.clone(),
                (Some(code), false) => format!("({code})"),
                (None, _) => String::new(),
            };
            let part = |p: &Option<String>| p.clone().unwrap_or_default();
            format!("{}|{}|{country}", part(&m.locality), part(&m.region))
        })
        .collect()
}

#[test]
fn towns_with_their_country_or_region() {
    for (language, text, want) in [
        (
            "en",
            "The forum in Rotterdam, the Netherlands, opens.",
            "Rotterdam||NL",
        ),
        ("en", "PORTLAND, Ore. – The board met.", "Portland|Ore.|US"),
        ("en", "It met in Boston, MA 02110 again.", "Boston|MA|US"),
        (
            "en",
            "It met in Washington, D.C., again.",
            "Washington|D.C.|US",
        ),
        ("en", "Held in Paris, Texas, USA.", "Paris|Texas|US"),
        ("en", "Held in Tbilisi, Georgia.", "Tbilisi||GE"),
        ("en", "Held in Atlanta, Georgia.", "Atlanta|Georgia|US"),
        (
            "en",
            "Held in Kwamalasamutu, Suriname.",
            "Kwamalasamutu||SR",
        ),
        (
            "fr",
            "Ottawa (Ontario), 8 juillet 2021 –",
            "Ottawa|Ontario|CA",
        ),
        (
            "fr",
            "La réunion a lieu à Nairobi, au Kenya.",
            "Nairobi||KE",
        ),
        (
            "de",
            "Die Tagung in Zürich in der Schweiz beginnt.",
            "Zürich||CH",
        ),
        ("es", "Celebrado en Lima, Perú, ayer.", "Lima||PE"),
        (
            "en",
            "Delegates met in Singapore on Monday.",
            "Singapore||SG",
        ),
    ] {
        assert_eq!(read(language, text), [want], "{text}");
    }
}

#[test]
fn towns_alone() {
    for (language, text, want) in [
        ("en", "The talks in Reading went on.", vec!["Reading||"]),
        ("en", "The talks in Zagreb went on.", vec!["Zagreb||(HR)"]),
        (
            "fr",
            "Une réunion à Genève, à Nice et à Tours.",
            vec!["Genève||(CH)", "Nice||", "Tours||(FR)"],
        ),
        ("es", "MADRID 19 Oct. - Texto", vec!["Madrid||(ES)"]),
        (
            "ru",
            "Встреча прошла в Москве и в Санкт-Петербурге.",
            vec!["Москве||(RU)", "Санкт-Петербурге||(RU)"],
        ),
        (
            "fi",
            "Kokous pidettiin Helsingissä.",
            vec!["Helsingissä||(FI)"],
        ),
        ("tr", "Toplantı Ankara'da yapıldı.", vec!["Ankara||(TR)"]),
        ("ko", "회의가 서울에서 열렸다.", vec!["서울||(KR)"]),
        ("ar", "عقد الاجتماع في القاهرة.", vec!["القاهرة||(EG)"]),
        ("zh", "会议在瑞士日内瓦举行。", vec!["日内瓦||CH"]),
        ("ja", "会議は大阪市で開かれた。", vec!["大阪市||(JP)"]),
    ] {
        assert_eq!(read(language, text), want, "{text}");
    }
}

#[test]
fn names_that_are_no_places() {
    for (language, text) in [
        ("en", "Reading is a nice habit; Jackson agrees."),
        (
            "en",
            "President Washington met Michael Jordan and Florence Smith.",
        ),
        ("en", "The New York Times and the Paris Agreement."),
        (
            "en",
            "Write to berlin@example.org or see www.Berlin.de now.",
        ),
        ("en", "On Monday, 3 March, they will march in May."),
        ("de", "Das Essen war gut, Halle frei."),
        ("fr", "Il a fait plusieurs tours dans le bath."),
    ] {
        assert_eq!(read(language, text), Vec::<String>::new(), "{text}");
    }
}
