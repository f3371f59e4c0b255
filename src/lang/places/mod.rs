//! The gazetteer: names of towns, countries and regions, and the `[places]` section of a language table.
//!
//! The tables are read where they lie in the program.

mod forms;

use std::cmp::Ordering;
use std::hash::BuildHasher;
use std::sync::{LazyLock, OnceLock};

use compact_str::{CompactString, format_compact};
use rustc_hash::FxBuildHasher;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

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

/// The towns of a folded name.
pub fn towns(name: &str) -> Option<Towns<'static>> {
    let mut fields = TOWNS.row(name)?;
    let countries = fields.next()?;
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

/// The country of a name, folded or, for an acronym, as written, in a language.
pub fn country(language: &str, name: &str) -> Option<Land<'static>> {
    land(&COUNTRIES, language, name)
}

/// The region of a name, folded or, for an abbreviation, as written, in a language.
pub fn region(language: &str, name: &str) -> Option<Land<'static>> {
    land(&REGIONS, language, name)
}

/// The region of an abbreviation that every language writes, without its last full stop: `Ore`, `ON`.
pub fn region_mark(written: &str) -> Option<Land<'static>> {
    land(&REGIONS, "*", written)
}

fn land(table: &Table, language: &str, name: &str) -> Option<Land<'static>> {
    let mut fields = table.row(&format_compact!("{language} {name}"))?;
    let codes = fields.next()?;
    let flags = fields.next().unwrap_or_default();
    Some(Land {
        codes,
        ambiguous: flags.contains(['p', 'w']),
    })
}

/// A name as the tables hold it: lower case, no accents, plain apostrophes, single spaces. Scripts without capitals stay
/// as they are.
pub fn folded_place(name: &str) -> CompactString {
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

/// A table in lines, its fields parted by tabs, sorted by the first.
#[derive(Debug)]
struct Table(&'static str);

impl Table {
    /// The fields behind a key: found where the table lies in the program, by halves. An index would take longer to make
    /// than most runs have names to find.
    fn row(&self, key: &str) -> Option<std::str::Split<'static, char>> {
        let Self(text) = self;
        let (mut low, mut high) = (0, text.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = text.as_bytes()[low..middle]
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(low, |end| low + end + 1);
            let line = text[start..].split('\n').next()?;
            let (name, fields) = line.split_once('\t')?;
            match name.cmp(key) {
                Ordering::Equal => return Some(fields.split('\t')),
                Ordering::Less => low = start + line.len() + 1,
                Ordering::Greater => high = start,
            }
        }
        None
    }

    /// Its keys, in order.
    fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.0.lines().filter_map(|line| line.split('\t').next())
    }
}

static TOWNS: Table = Table(include_str!("towns.tsv"));
static COUNTRIES: Table = Table(include_str!("countries.tsv"));
static REGIONS: Table = Table(include_str!("regions.tsv"));

/// The texts of all tables.
pub(super) fn texts() -> [&'static str; 3] {
    [TOWNS.0, COUNTRIES.0, REGIONS.0]
}

/// Whether a name, folded or as written, may stand in any table: most words stand in none, and this is told by one bit.
pub fn may_name(name: &str) -> bool {
    KNOWN.holds(name)
}

static KNOWN: LazyLock<Filter> = LazyLock::new(|| {
    let lands = COUNTRIES.keys().chain(REGIONS.keys());
    let lands = lands.filter_map(|key| Some(key.split_once(' ')?.1));
    Filter::of(TOWNS.keys().chain(lands))
});

/// One bit for each name, shared by few.
#[derive(Debug)]
struct Filter(Vec<u64>);

impl Filter {
    /// Twenty times as many bits as there are names.
    const BITS: u64 = 1 << 21;

    fn of(names: impl Iterator<Item = &'static str>) -> Self {
        let mut words = vec![0_u64; (Self::BITS / u64::from(u64::BITS)) as usize];
        for name in names {
            let (word, bit) = Self::place(name);
            words[word] |= bit;
        }
        Self(words)
    }

    fn holds(&self, name: &str) -> bool {
        let (word, bit) = Self::place(name);
        self.0[word] & bit != 0
    }

    fn place(name: &str) -> (usize, u64) {
        let bit = FxBuildHasher.hash_one(name) % Self::BITS;
        let size = u64::from(u64::BITS);
        ((bit / size) as usize, 1 << (bit % size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_hold_each_key_once() {
        for table in [&TOWNS, &COUNTRIES, &REGIONS] {
            let keys: Vec<&str> = table.keys().collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{pair:?}");
            }
        }
    }

    #[test]
    fn every_row_is_found_and_names_countries() {
        for line in TOWNS.0.lines() {
            let key = line.split('\t').next().unwrap_or_default();
            assert_eq!(folded_place(key), key);
            let found = towns(key).unwrap_or_else(|| panic!("{key}"));
            assert!(found.countries().next().is_some(), "{key}");
            assert!(
                found.countries.len().is_multiple_of(2) && found.size <= 3,
                "{line}"
            );
        }
        for line in COUNTRIES.0.lines().chain(REGIONS.0.lines()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let code =
                |c: &str| c.len().is_multiple_of(2) && c.bytes().all(|b| b.is_ascii_uppercase());
            assert!(code(fields[1]), "{line}");
        }
    }

    #[test]
    fn towns_know_their_countries() {
        assert_eq!(towns("geneve").and_then(Towns::country), Some("CH"));
        assert_eq!(towns("paris").and_then(Towns::country), Some("FR"));
        assert_eq!(towns("springfield").and_then(Towns::country), None);
        assert!(towns("reading").is_some_and(|t| t.is_word(Some("en"))));
        assert_eq!(towns(""), None);
        for name in ["geneve", "kenya", "U.S", "Ore"] {
            assert!(may_name(name), "{name}");
        }
        assert!(!may_name("the harbour light"));
        assert!(country("en", "kenya").is_some() && country("en", "U.S").is_some());
        assert!(region_mark("Ore").is_some() && region_mark("ore").is_none());
    }
}
