//! The gazetteer: names of towns, countries and regions, and the `[places]` section of a language table.
//!
//! The build script makes one table of the three, with an index: see `make/places.rs`.

mod forms;

use std::sync::{LazyLock, OnceLock};

use compact_str::CompactString;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::table::{Table, compiled};
pub use forms::{Ending, Leads, PlaceForms};

/// Words around the names of places.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlaceTable {
    /// ISO 3166-1 alpha-2 codes of the countries that publish in the language.
    pub countries: Vec<String>,
    /// Words, in lower case, that say where something is: `in`, `à`, `в`.
    pub prepositions: Vec<String>,
    /// Words that may stand between them and the name: articles, `the city of`.
    pub between: Vec<String>,
    /// Prepositions that are written together with the name.
    pub prefixes: Vec<String>,
    /// Endings of a name that say where something is, each with the ending of the bare name.
    pub inside: Vec<(String, String)>,
    /// Endings of other cases, each with the ending of the bare name.
    pub cases: Vec<(String, String)>,
    /// Those of `cases` that tell the bare name of a town that no gazetteer knows.
    pub sure: Vec<(String, String)>,
    /// Signs behind a town's name in scripts without word spaces.
    pub town_signs: Vec<String>,
    /// Signs behind a region's name in such scripts: `県`.
    pub region_signs: Vec<String>,
    #[serde(skip)]
    forms: OnceLock<PlaceForms>,
}

impl PlaceTable {
    /// The table as it is compared with names, built once.
    pub fn forms(&self) -> &PlaceForms {
        self.forms.get_or_init(|| PlaceForms::of(self))
    }

    /// What is known of a text whose language has no table.
    pub fn unknown() -> &'static Self {
        static UNKNOWN: LazyLock<PlaceTable> = LazyLock::new(|| PlaceTable {
            prepositions: vec!["in".to_owned()],
            ..PlaceTable::default()
        });
        &UNKNOWN
    }
}

/// What is known of the towns of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Towns<'a> {
    /// ISO 3166-1 alpha-2 codes of the countries that have one, the largest town's first, without separators.
    countries: &'a str,
    /// Whether the first country's is far larger than all others.
    dominant: bool,
    /// Size of the largest: 0 below 100,000 people, 1 below a million, 2 below three, 3 above.
    pub size: u8,
    /// Whether people bear the name too.
    pub person: bool,
    /// Tags of the languages in which it is an ordinary word.
    words: &'a str,
}

impl<'a> Towns<'a> {
    /// The codes of the countries.
    pub fn countries(self) -> impl Iterator<Item = &'a str> {
        pairs(self.countries)
    }

    /// The only country, or the one whose town is at least twenty times as large as the next and has half a million people.
    pub fn country(self) -> Option<&'a str> {
        (self.dominant || self.countries.len() == 2).then(|| &self.countries[..2])
    }

    /// Whether the name is an ordinary word of the language; of any, where it is not known.
    pub fn is_word(self, language: Option<&str>) -> bool {
        match language {
            None => !self.words.is_empty(),
            Some(tag) => pairs(self.words).any(|word| tag.starts_with(word)),
        }
    }
}

/// A country or a region of countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Land<'a> {
    /// ISO 3166-1 alpha-2 codes: for a region, of each country that has one of that name.
    codes: &'a str,
    /// Whether the name is a person's or an ordinary word too.
    pub ambiguous: bool,
}

impl<'a> Land<'a> {
    /// The codes.
    pub fn codes(self) -> impl Iterator<Item = &'a str> {
        pairs(self.codes)
    }
}

fn pairs(codes: &str) -> impl Iterator<Item = &str> {
    (0..codes.len() / 2).filter_map(|i| codes.get(i * 2..i * 2 + 2))
}

/// What the gazetteer says of a name.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Whether longer names begin with the words of this one.
    pub longer: bool,
    /// Whether it names no land.
    bare: bool,
    /// What the line holds behind that, as `make/places.rs` writes it.
    rest: &'static str,
}

impl Entry {
    /// The towns of the name.
    pub fn towns(self) -> Option<Towns<'static>> {
        let mut fields = self.rest.split('\t');
        let countries = fields.next().filter(|codes| !codes.is_empty())?;
        let kind = fields.next()?;
        let words = fields.next().unwrap_or_default();
        Some(Towns {
            countries: countries.trim_start_matches('!'),
            dominant: countries.starts_with('!'),
            size: kind.as_bytes().first()?.saturating_sub(b'0'),
            person: kind.ends_with('p'),
            words,
        })
    }

    /// The country of that name in a language.
    pub fn country(self, language: &str) -> Option<Land<'static>> {
        self.land('c', language)
    }

    /// The region of that name in a language, or as every language abbreviates it: `*`.
    pub fn region(self, language: &str) -> Option<Land<'static>> {
        self.land('r', language)
    }

    fn land(self, kind: char, language: &str) -> Option<Land<'static>> {
        if self.bare {
            return None;
        }
        self.rest.split('\t').skip(3).find_map(|field| {
            let land = field.strip_prefix(kind)?.strip_prefix(language)?;
            let codes = land.strip_prefix(' ')?;
            let bare = codes.strip_suffix('!');
            Some(Land {
                codes: bare.unwrap_or(codes),
                ambiguous: bare.is_some(),
            })
        })
    }
}

/// What is known of a name, folded or, for acronyms and abbreviations, as written without the last full stop.
pub fn named(name: &str) -> Option<Entry> {
    let line = NAMES.find(name)?;
    let (longer, rest) = line.split_once('\t').unwrap_or((line, ""));
    Some(Entry {
        longer: !longer.is_empty(),
        bare: rest.bytes().filter(|b| *b == b'\t').count() < 3,
        rest,
    })
}

static NAMES: Table = compiled!("places");

/// The towns of a folded name.
pub fn towns(name: &str) -> Option<Towns<'static>> {
    named(name)?.towns()
}

/// The country of a name, folded or, for an acronym, as written, in a language.
pub fn country(language: &str, name: &str) -> Option<Land<'static>> {
    named(name)?.country(language)
}

/// A name as the tables hold it: lower case, no accents, plain apostrophes, single spaces. Scripts without capitals stay
/// as they are.
pub fn folded_place(name: &str) -> CompactString {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'\'');
    if name.bytes().all(plain) {
        let mut key = CompactString::new(name);
        key.make_ascii_lowercase();
        return key;
    }
    let mut key = CompactString::with_capacity(name.len());
    for c in name.trim().chars() {
        match c {
            c if c.is_ascii_alphanumeric() => key.push(c.to_ascii_lowercase()),
            '’' | '‘' | 'ʼ' | 'ʻ' | '`' => key.push('\''),
            c if c.is_whitespace() => {
                if !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            '\u{80}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => {
                for c in c.to_lowercase().nfd() {
                    match c {
                        '\u{300}'..='\u{36f}' => {}
                        'ł' => key.push('l'),
                        'ø' => key.push('o'),
                        'đ' | 'ð' => key.push('d'),
                        'ı' => key.push('i'),
                        'ħ' => key.push('h'),
                        'ß' => key.push_str("ss"),
                        'æ' => key.push_str("ae"),
                        'œ' => key.push_str("oe"),
                        'þ' => key.push_str("th"),
                        c => key.push(c),
                    }
                }
            }
            c => key.push(c),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWNS: &str = include_str!("towns.tsv");
    const COUNTRIES: &str = include_str!("countries.tsv");
    const REGIONS: &str = include_str!("regions.tsv");

    fn key(line: &str) -> &str {
        line.split('\t').next().unwrap_or_default()
    }

    #[test]
    fn tables_are_sorted_and_hold_each_key_once() {
        for table in [TOWNS, COUNTRIES, REGIONS] {
            let keys: Vec<&str> = table.lines().map(key).collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{pair:?}");
            }
        }
    }

    #[test]
    fn every_row_is_found_and_names_countries() {
        for line in TOWNS.lines() {
            let name = key(line);
            assert_eq!(folded_place(name), name);
            let found = towns(name).unwrap_or_else(|| panic!("{name}"));
            let codes = line.split('\t').nth(1).unwrap().trim_start_matches('!');
            assert_eq!(found.countries, codes, "{name}");
            assert!(
                !codes.is_empty() && codes.len().is_multiple_of(2) && found.size <= 3,
                "{line}"
            );
        }
        for (table, is_region) in [(COUNTRIES, false), (REGIONS, true)] {
            for line in table.lines() {
                let fields: Vec<&str> = line.split('\t').collect();
                let (language, name) = fields[0].split_once(' ').unwrap();
                let entry = named(name).unwrap_or_else(|| panic!("{line}"));
                let found = if is_region {
                    entry.region(language)
                } else {
                    entry.country(language)
                };
                let found = found.unwrap_or_else(|| panic!("{line}"));
                let flags = fields.get(2).copied().unwrap_or_default();
                assert_eq!(found.codes, fields[1], "{line}");
                assert_eq!(found.ambiguous, flags.contains(['p', 'w']), "{line}");
                let code = |c: &str| {
                    c.len().is_multiple_of(2) && c.bytes().all(|b| b.is_ascii_uppercase())
                };
                assert!(code(fields[1]), "{line}");
            }
        }
    }

    #[test]
    fn a_name_tells_whether_longer_ones_begin_with_it() {
        for (name, longer) in [("new", true), ("new york", true), ("geneve", false)] {
            assert_eq!(
                named(name).map(|entry| entry.longer),
                Some(longer),
                "{name}"
            );
        }
        assert!(named("the harbour").is_none() && named("").is_none());
    }

    #[test]
    fn towns_know_their_countries() {
        assert_eq!(towns("geneve").and_then(Towns::country), Some("CH"));
        assert_eq!(towns("paris").and_then(Towns::country), Some("FR"));
        assert_eq!(towns("springfield").and_then(Towns::country), None);
        assert!(towns("reading").is_some_and(|t| t.is_word(Some("en"))));
        assert_eq!(towns(""), None);
        assert!(country("en", "kenya").is_some() && country("en", "U.S").is_some());
        assert!(named("Ore").is_some_and(|e| e.region("*").is_some()) && named("ore").is_none());
    }
}
