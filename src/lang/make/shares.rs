//! What is looked up in the tables of all languages at once.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Lexicon;
use super::agents::{AgentTable, AgentWord};
use super::dates::{DateRole, DateTable, DateWord, DateWords, PieceKind, plain_mark};
use super::forms::Forms;
use super::index::{Index, NAME_START, language_stem, may_stand_inside};
use super::layout::{Part, Phrases, Starts, folded_phrase};
use super::shared::{LanguageName, Shared};
use super::table::{Lists, Table};

/// Tables of lines to be written, by file name: what stands behind each key.
pub(super) type Tables = BTreeMap<&'static str, BTreeMap<String, String>>;

impl Shared {
    pub(super) fn of(all: &[Lexicon], tables: &mut Tables) -> Self {
        let names = all.iter().map(|lexicon| LanguageName {
            tag: lexicon.tag.clone(),
            english: lexicon.english.clone(),
            endonym: lexicon.endonym.clone(),
        });
        Self {
            names: names.collect(),
            index: Index::of(all, tables),
            phrases: Phrases::of(all, tables),
            date_words: DateWords::of(all, tables),
            titles: titles(all.iter().map(|l| &l.agents)),
        }
    }
}

/// The different lists of a map, and a table of the place that each word has among them.
fn lists<T: Serialize>(
    name: &'static str,
    map: BTreeMap<String, Vec<T>>,
    tables: &mut Tables,
) -> Lists<T> {
    let mut places: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let mut lists = Vec::new();
    let lines = map.into_iter().map(|(word, list)| {
        let bytes = postcard::to_allocvec(&list).expect("a list in memory");
        let place = *places.entry(bytes).or_insert_with(|| {
            lists.push(list);
            lists.len() - 1
        });
        (word, place.to_string())
    });
    tables.insert(name, lines.collect());
    Lists {
        table: Table::default(),
        lists,
    }
}

impl Index {
    fn of(all: &[Lexicon], tables: &mut Tables) -> Self {
        let mut common: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, lexicon) in all.iter().enumerate() {
            for word in &lexicon.layout.common {
                let places = common.entry(word.clone()).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        let plain = all
            .iter()
            .flat_map(|lexicon| [&lexicon.tag, &lexicon.english]);
        Self {
            common: lists("common", common, tables),
            places: (all.iter().enumerate())
                .map(|(place, lexicon)| (lexicon.tag.clone(), place))
                .collect(),
            plain: plain.map(|name| name.to_ascii_lowercase()).collect(),
            own: (all.iter())
                .map(|lexicon| folded_phrase(&lexicon.endonym))
                .collect(),
            names: names(all),
        }
    }
}

/// What every mention of a language holds.
fn names(all: &[Lexicon]) -> FxHashMap<[u8; NAME_START], Vec<String>> {
    let own = |lexicon: &Lexicon| {
        [
            folded_phrase(&lexicon.english),
            folded_phrase(&lexicon.endonym),
        ]
    };
    let given = |lexicon: &Lexicon| {
        let names = lexicon.layout.languages.values();
        names
            .map(|name| language_stem(&folded_phrase(name)).to_owned())
            .collect::<Vec<_>>()
    };
    let parts = all.iter().flat_map(own).chain(all.iter().flat_map(given));
    let parts: BTreeSet<String> = parts.filter(|part| !part.is_empty()).collect();
    // Where another is found in one, that one need not be looked for.
    let holds_another = |part: &&String| {
        let held = |other: &String| {
            part.starts_with(other.as_str())
                || may_stand_inside(other) && part.contains(other.as_str())
        };
        (parts.iter()).any(|other| other != *part && held(other))
    };
    let mut names: FxHashMap<_, Vec<String>> = FxHashMap::default();
    for part in parts.iter().filter(|part| !holds_another(part)) {
        let start = part.as_bytes().first_chunk();
        let start = start.unwrap_or_else(|| panic!("too short a name of a language: {part}"));
        names.entry(*start).or_default().push(part.clone());
    }
    names
}

impl Phrases {
    fn of(all: &[Lexicon], tables: &mut Tables) -> Self {
        let mut rows: BTreeMap<String, Vec<(Part, usize)>> = BTreeMap::new();
        let mut reach: BTreeMap<String, usize> = BTreeMap::new();
        for (language, lexicon) in all.iter().enumerate() {
            for (part, phrase) in lexicon.layout.phrases() {
                let key = folded_phrase(phrase);
                let mut starts = Starts::of(phrase);
                if let Some((first, _)) = starts.next() {
                    let reach = reach.entry(starts.key[..first].to_owned()).or_default();
                    *reach = (*reach).max(key.len());
                }
                rows.entry(key).or_default().push((part, language));
            }
        }
        let bytes = |(word, bytes): (String, usize)| (word, bytes.to_string());
        tables.insert("reach", reach.into_iter().map(bytes).collect());
        Self {
            rows: lists("phrases", rows, tables),
            reach: Table::default(),
        }
    }
}

impl DateWords {
    fn of(all: &[Lexicon], tables: &mut Tables) -> Self {
        let mut index = DateIndex::default();
        for (language, lexicon) in all.iter().enumerate() {
            index.add_table(language, &lexicon.dates);
        }
        Self {
            longest: index.words.keys().map(String::len).max().unwrap_or(0),
            words: lists("dates", index.words, tables),
        }
    }
}

#[derive(Default)]
struct DateIndex {
    words: BTreeMap<String, Vec<DateWord>>,
}

impl DateIndex {
    fn add_table(&mut self, language: usize, table: &DateTable) {
        for (number, forms) in (1..).zip(&table.months) {
            for form in forms {
                let ordinary = table.ordinary.contains(form) || form.chars().count() <= 3;
                self.add(language, form, DateRole::Month { number, ordinary });
            }
        }
        for (number, forms) in (0..).zip(&table.weekdays) {
            for form in forms {
                self.add(language, form, DateRole::Weekday(number));
            }
        }
        for (era, before) in &table.eras {
            self.add(language, era, DateRole::Era(*before));
        }
        let plain = [
            (&table.common, DateRole::Common),
            (&table.ordinals, DateRole::Ordinal),
            (&table.of, DateRole::Of),
            (&table.articles, DateRole::Article),
            (&table.day, DateRole::DayAfter),
            (&table.month_after, DateRole::MonthAfter),
            (&table.month_before, DateRole::MonthBefore),
            (&table.year, DateRole::Year),
            (&table.to, DateRole::To),
            (&table.and, DateRole::And),
            (&table.between, DateRole::Between),
            (&table.at, DateRole::At),
            (&table.hour, DateRole::Hour),
            (&table.am, DateRole::Am),
            (&table.pm, DateRole::Pm),
            (&table.noon, DateRole::Noon),
            (&table.midnight, DateRole::Midnight),
            (&table.zone, DateRole::ZoneTime),
            (&table.today, DateRole::Days(0)),
            (&table.tomorrow, DateRole::Days(1)),
            (&table.yesterday, DateRole::Days(-1)),
            (&table.this, DateRole::This),
            (&table.next, DateRole::Next),
            (&table.last, DateRole::Last),
            (&table.current, DateRole::Current),
        ];
        for (words, role) in plain {
            for word in words {
                self.add(language, word, role);
            }
        }
    }

    fn add(&mut self, language: usize, entry: &str, role: DateRole) {
        let mut pieces = pieces(entry).into_iter();
        let Some(first) = pieces.next() else { return };
        self.words.entry(first).or_default().push(DateWord {
            language,
            role,
            rest: pieces.collect(),
        });
    }
}

/// The words and marks of an entry or a text, as both are cut for comparison: a run of letters is one piece, each sign of a
/// script without blanks and each mark is one, and so is a run of digits.
fn pieces(entry: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut last = None;
    for c in entry.to_lowercase().chars() {
        let kind = PieceKind::of(c);
        match kind {
            PieceKind::Blank => {}
            PieceKind::Letter | PieceKind::Digit if last == Some(kind) => {
                if let Some(piece) = pieces.last_mut() {
                    String::push(piece, c);
                }
            }
            _ => pieces.push(String::from(plain_mark(c))),
        }
        last = Some(kind);
    }
    pieces
}

/// Titles that any language may hold, of all tables.
fn titles<'a>(tables: impl Iterator<Item = &'a AgentTable>) -> Forms<AgentWord> {
    let mut titles = Forms::default();
    for table in tables {
        titles.add(false, table.forms(AgentWord::Title), &AgentWord::Honorific);
    }
    titles
}
