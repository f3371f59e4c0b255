//! A language's words around names of places, as they are compared with a text.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::{PlaceTable, folded_place};

/// The words and endings of a [`PlaceTable`], folded as names are.
#[derive(Debug, Clone, Default)]
pub struct PlaceForms {
    /// Endings that say where something is, longest first: of several that fit the longest says most.
    pub inside: Vec<Ending>,
    /// Endings of other cases, longest first.
    pub cases: Vec<Ending>,
    /// Words that say where something is.
    pub prepositions: Leads,
    /// Words that may stand between them and the name.
    pub between: Leads,
}

impl PlaceForms {
    pub(super) fn of(table: &PlaceTable) -> Self {
        Self {
            inside: endings(&table.inside),
            cases: endings(&table.cases),
            prepositions: Leads::of(&table.prepositions),
            between: Leads::of(&table.between),
        }
    }
}

/// An ending of a name with the ending of the bare name, folded and as the table writes them.
#[derive(Debug, Clone)]
pub struct Ending {
    /// The ending, folded.
    pub from: CompactString,
    /// That of the bare name, folded.
    pub to: CompactString,
    /// The ending as written.
    pub case: String,
    /// That of the bare name as written.
    pub written: String,
}

impl Ending {
    /// Whether only an accent tells the case: `Rīgā`.
    pub fn is_accent(&self, word: &str) -> bool {
        self.from == self.to && self.case != self.written && word.ends_with(self.case.as_str())
    }
}

fn endings(rows: &[(String, String)]) -> Vec<Ending> {
    let mut rows: Vec<Ending> = rows
        .iter()
        .map(|(from, to)| Ending {
            from: folded_place(from),
            to: folded_place(to),
            case: from.clone(),
            written: to.clone(),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.case.chars().count()));
    rows
}

/// Entries of one word or several, by their first.
#[derive(Debug, Clone, Default)]
pub struct Leads(FxHashMap<String, Vec<Vec<String>>>);

impl Leads {
    fn of(entries: &[String]) -> Self {
        let mut leads = Self::default();
        for entry in entries {
            let folded = folded_place(entry.trim_end_matches(['.', '\'']));
            let mut words = folded.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            leads.0.entry(first).or_default().push(words.collect());
        }
        leads
    }

    /// The words that may follow a first word, for each entry that it begins.
    pub fn behind(&self, first: &str) -> &[Vec<String>] {
        self.0.get(first).map_or(&[], Vec::as_slice)
    }
}
