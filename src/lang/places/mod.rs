//! The gazetteer: names of towns, countries and regions, and the `[places]` section of a language table.
//!
//! The tables are read where they lie in the program; an index of their lines is made when the first is asked for.

mod forms;

use std::num::NonZeroU32;
use std::sync::{LazyLock, OnceLock};

use compact_str::CompactString;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

pub use forms::{Ending, Leads, PlaceForms};

/// Words around the names of places.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlaceTable {
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
    let mut fields = TOWNS.row(&[name])?;
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
    let mut fields = table.row(&[language, " ", name])?;
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

/// A table in lines, its fields parted by tabs, found by the first.
#[derive(Debug)]
struct Table {
    text: &'static str,
    index: LazyLock<Index>,
}

impl Table {
    const fn new(text: &'static str, index: fn() -> Index) -> Self {
        Self {
            text,
            index: LazyLock::new(index),
        }
    }

    /// The fields behind the key that the parts make together.
    fn row(&self, key: &[&str]) -> Option<std::str::Split<'static, char>> {
        let hash = hash(key.iter().flat_map(|part| part.bytes()));
        let fields = self.index.starts(hash).find_map(|at| {
            let line = self.text.get(at..)?;
            let behind = key
                .iter()
                .try_fold(line, |line, part| line.strip_prefix(part))?;
            behind.strip_prefix('\t')
        })?;
        let end = fields.find('\n').unwrap_or(fields.len());
        Some(fields.get(..end)?.split('\t'))
    }
}

/// Whether a name, folded or as written, may stand in any table: most words stand in none, and this is told by one bit.
pub fn may_name(name: &str) -> bool {
    KNOWN.holds(rest(hash(name.bytes())))
}

static KNOWN: LazyLock<Filter> = LazyLock::new(|| {
    let lands = COUNTRIES.text.lines().chain(REGIONS.text.lines());
    let lands = lands.filter_map(|line| Some(line.split('\t').next()?.split_once(' ')?.1));
    let lands = lands.map(|name| rest(hash(name.bytes())));
    let towns = TOWNS.index.0.iter().flatten().map(|(_, rest)| *rest);
    Filter::of(towns.chain(lands))
});

/// One bit for each half of a hash, shared by few.
#[derive(Debug)]
struct Filter(Vec<u64>);

impl Filter {
    /// Twenty times as many bits as there are names.
    const BITS: u32 = 1 << 21;

    fn of(halves: impl Iterator<Item = u32>) -> Self {
        let mut words = vec![0_u64; (Self::BITS / u64::BITS) as usize];
        for half in halves {
            let (word, bit) = Self::place(half);
            words[word] |= bit;
        }
        Self(words)
    }

    fn holds(&self, half: u32) -> bool {
        let (word, bit) = Self::place(half);
        self.0[word] & bit != 0
    }

    fn place(half: u32) -> (usize, u64) {
        let bit = half % Self::BITS;
        ((bit / u64::BITS) as usize, 1 << (bit % u64::BITS))
    }
}

static TOWNS: Table = Table::new(include_str!("towns.tsv"), || Index::of(TOWNS.text));
static COUNTRIES: Table = Table::new(include_str!("countries.tsv"), || Index::of(COUNTRIES.text));
static REGIONS: Table = Table::new(include_str!("regions.tsv"), || Index::of(REGIONS.text));

/// The texts of all tables.
pub(super) fn texts() -> [&'static str; 3] {
    [TOWNS.text, COUNTRIES.text, REGIONS.text]
}

/// Where the lines of a table start, by the hash of their keys: searching the sorted lines takes a third of reading.
/// Each line stands in the first free slot from its own on, beside the half of its hash that does not choose the slot:
/// most words are no place, and are told from one without a look at its line.
#[derive(Debug)]
struct Index(Vec<Option<(NonZeroU32, u32)>>);

impl Index {
    fn of(text: &str) -> Self {
        let lines = text.bytes().filter(|b| *b == b'\n').count() + 1;
        let mut slots = vec![None; (lines * 2).next_power_of_two()];
        let mut start = 0_u32;
        for line in text.split_inclusive('\n') {
            let key = line.split('\t').next().unwrap_or(line);
            let hash = hash(key.bytes());
            let mut slot = hash as usize & (slots.len() - 1);
            while slots[slot].is_some() {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = NonZeroU32::new(start + 1).map(|start| (start, rest(hash)));
            start += line.len() as u32;
        }
        Self(slots)
    }

    /// Starts of the lines whose key may have that hash.
    fn starts(&self, hash: u64) -> impl Iterator<Item = usize> {
        let mask = self.0.len() - 1;
        let first = hash as usize & mask;
        (0..self.0.len())
            .map_while(move |step| self.0[(first + step) & mask])
            .filter(move |(_, other)| *other == rest(hash))
            .map(|(start, _)| start.get() as usize - 1)
    }
}

/// FNV-1a, folded: short keys, and the same slots on every machine.
fn hash(key: impl Iterator<Item = u8>) -> u64 {
    let hash = key.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    hash ^ (hash >> 32)
}

/// The half of a hash that does not choose the slot.
fn rest(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_hold_each_key_once() {
        for table in [&TOWNS, &COUNTRIES, &REGIONS] {
            let keys: Vec<&str> = table
                .text
                .lines()
                .map(|line| line.split('\t').next().unwrap_or_default())
                .collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{pair:?}");
            }
        }
    }

    #[test]
    fn every_row_is_found_and_names_countries() {
        for line in TOWNS.text.lines() {
            let key = line.split('\t').next().unwrap_or_default();
            assert_eq!(folded_place(key), key);
            let found = towns(key).unwrap_or_else(|| panic!("{key}"));
            assert!(found.countries().next().is_some(), "{key}");
            assert!(
                found.countries.len().is_multiple_of(2) && found.size <= 3,
                "{line}"
            );
        }
        for line in COUNTRIES.text.lines().chain(REGIONS.text.lines()) {
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
