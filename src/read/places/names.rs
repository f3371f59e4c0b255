//! Names of the gazetteer at a word.

use super::words::Word;
use crate::lang::PlaceTable;
use crate::lang::places::{self, Ending, Entry, Land, Towns, folded_place};
use crate::model::primary_language;
use crate::source::Span;

/// Words of the longest name that is looked up.
const LONGEST: usize = 5;

/// Bytes of the longest name that the gazetteer has in capitals.
const ACRONYM: usize = 8;

/// What a run of words can name.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Index of the word behind it.
    pub(super) end: usize,
    /// The name alone, without prefixes and endings that are written with it.
    pub(super) span: Span,
    /// Towns of that name.
    pub(super) towns: Option<Towns<'static>>,
    /// The country of that name.
    pub(super) country: Option<Land<'static>>,
    /// Regions of that name.
    pub(super) region: Option<Land<'static>>,
    /// Whether a case ending had to be taken off.
    pub(super) inflected: bool,
    /// Whether a prefix or ending says that something is there.
    pub(super) inside: bool,
    /// The name without its ending, in the letters of the text; `None` where it has none.
    pub(super) nominative: Option<String>,
}

/// Looks names up in one text and language.
#[derive(Debug)]
pub(super) struct Names<'a> {
    text: &'a str,
    words: &'a [Word],
    languages: Vec<&'a str>,
    prefixes: &'a [String],
    inside: &'a [Ending],
    cases: &'a [Ending],
    countries: &'a [String],
    /// Whether the first word of a name may not be as the gazetteer writes it: longer names are looked for behind any word.
    alters_first: bool,
    /// Whether names may be altered at all, but for an owner's ending.
    alters: bool,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        text: &'a str,
        words: &'a [Word],
        table: &'a PlaceTable,
        language: Option<&'a str>,
    ) -> Self {
        let primary = language.map(primary_language);
        let mut languages: Vec<&str> = primary.into_iter().collect();
        if primary != Some("en") {
            languages.push("en");
        }
        let alters_first = !table.prefixes.is_empty() || !table.forms().cases.is_empty();
        Self {
            text,
            words,
            languages,
            prefixes: &table.prefixes,
            inside: &table.forms().inside,
            cases: &table.forms().cases,
            countries: &table.countries,
            alters_first,
            alters: alters_first || !table.forms().inside.is_empty(),
        }
    }

    /// The longest name at a word. An abbreviation of a region is one only where `tail` allows it: behind a town.
    pub(super) fn at(&self, start: usize, tail: bool) -> Option<Name> {
        let first = self.words.get(start)?;
        if !first.capital || first.address {
            return None;
        }
        let mut key = first.folded.clone();
        // Where the key of each length ends, with what the gazetteer says of it.
        let mut keys = [(0, None); LONGEST];
        keys[0] = (key.len(), places::named(&key));
        let mut most = 1;
        while most < LONGEST {
            let leads = keys[most - 1].1.is_some_and(|entry: Entry| entry.longer);
            if !leads && !self.alters_first {
                break;
            }
            let i = start + most;
            let Some(word) = self.words.get(i) else { break };
            if word.address || !self.joined(i - 1) {
                break;
            }
            key.push(' ');
            key.push_str(&word.folded);
            keys[most] = (key.len(), places::named(&key));
            most += 1;
        }
        (1..=most).rev().find_map(|len| {
            let last = &self.words[start + len - 1];
            if !last.capital && last.cased {
                return None;
            }
            let (end, entry) = keys[len - 1];
            let key = &key[..end];
            match self.exact(start, len, entry.filter(|_| end > 1), tail) {
                Some(exact) => Some(self.barer(start, len, key, &exact).unwrap_or(exact)),
                None => self.altered(start, len, key),
            }
        })
    }

    /// The bare form of a town whose other case the gazetteer has too (`Bratislave` is a spelling of its own elsewhere).
    fn barer(&self, start: usize, len: usize, key: &str, exact: &Name) -> Option<Name> {
        let own = exact.towns.filter(|_| !self.cases.is_empty())?;
        let bare = self.altered(start, len, key)?;
        let other = bare.towns?;
        let same = other.countries().next() == own.countries().next()
            && other.size >= own.size
            && bare.nominative.is_some();
        // `Tartus` is where something is in Tartu, not the port of that name abroad.
        let home = bare.inside && self.is_home(other) && !self.is_home(own);
        ((same || home) && exact.country.is_none()).then_some(bare)
    }

    /// Whether a country that publishes in the language has a town of a name.
    fn is_home(&self, towns: Towns<'_>) -> bool {
        let mut codes = towns.countries();
        codes.any(|code| self.countries.iter().any(|own| own == code))
    }

    /// Whether only a blank, or the full stop of a short word and a blank, parts a word from the next.
    fn joined(&self, i: usize) -> bool {
        let (word, next) = (&self.words[i], &self.words[i + 1]);
        let gap = Span {
            start: word.span.end,
            end: next.span.start,
        }
        .of(self.text);
        let short = word.span.len() <= 4 && word.capital;
        let blank = gap.strip_prefix('.').filter(|_| short).unwrap_or(gap);
        !blank.is_empty()
            && blank.chars().all(char::is_whitespace)
            && blank.matches('\n').count() < 2
            && blank.len() < 8
    }

    fn span(&self, start: usize, len: usize) -> Span {
        self.words[start]
            .span
            .cover(self.words[start + len - 1].span)
    }

    fn exact(&self, start: usize, len: usize, entry: Option<Entry>, tail: bool) -> Option<Name> {
        let span = self.span(start, len);
        let written = span.of(self.text);
        let is_short = self.words[start].folded.len() < 2;
        let short = len == 1 && !is_short && written.len() <= ACRONYM;
        let acronym = short.then(|| places::named(written)).flatten();
        if entry.is_none() && acronym.is_none() {
            return None;
        }
        let mut name = self.name(entry, start + len, span);
        if let Some(entry) = acronym {
            let languages = || self.languages.iter();
            let acronym = || languages().find_map(|l| entry.country(l));
            name.country = name.country.or_else(acronym);
            if tail {
                let own = languages().find_map(|l| entry.region(l));
                name.region = own.or_else(|| entry.region("*")).or(name.region);
            }
        }
        let mut name = Some(name).filter(Name::is_any)?;
        if let Some(ending) = self.inside.iter().find(|e| e.is_accent(written)) {
            name.inside = true;
            name.nominative = replaced(written, &ending.from, &ending.written);
        }
        Some(name)
    }

    /// What a key names that the words up to `end` make.
    fn known(&self, key: &str, end: usize, span: Span) -> Option<Name> {
        let entry = places::named(key).filter(|_| key.len() > 1)?;
        Some(self.name(Some(entry), end, span)).filter(Name::is_any)
    }

    fn name(&self, entry: Option<Entry>, end: usize, span: Span) -> Name {
        let languages = || self.languages.iter();
        Name {
            end,
            span,
            towns: entry.and_then(Entry::towns),
            country: entry.and_then(|entry| languages().find_map(|l| entry.country(l))),
            region: entry.and_then(|entry| languages().find_map(|l| entry.region(l))),
            inflected: false,
            inside: false,
            nominative: None,
        }
    }

    /// The name without a prefix or an ending of its last word, adjectives before it altered alike.
    fn altered(&self, start: usize, len: usize, key: &str) -> Option<Name> {
        if !self.alters && !key.ends_with("'s") {
            return None;
        }
        let span = self.span(start, len);
        let end = start + len;
        if let Some(bare) = key.strip_suffix("'s")
            && let Some(cut) = span.of(self.text).rfind(['\'', '’', 'ʼ'])
        {
            let short = Span {
                end: span.start + cut as u32,
                ..span
            };
            return self.known(bare, end, short);
        }
        for prefix in self.prefixes {
            if let Some(bare) = key
                .strip_prefix(prefix.as_str())
                .filter(|b| b.chars().count() > 2)
            {
                let short = Span {
                    start: span.start + prefix.len() as u32,
                    ..span
                };
                let name = self.known(bare, end, short);
                if let Some(name) = name {
                    return Some(Name {
                        inside: true,
                        ..name
                    });
                }
            }
        }
        let unspaced = !self.words[end - 1].cased;
        for (rows, inside) in [(self.inside, true), (self.cases, false)] {
            for Ending {
                from, to, written, ..
            } in rows
            {
                let Some(stem) = key
                    .strip_suffix(from.as_str())
                    .filter(|s| s.chars().count() >= 2 || from.chars().count() >= 4)
                else {
                    continue;
                };
                let bare = format!("{stem}{to}");
                let found = self
                    .known(&bare, end, span)
                    .map(|name| Name {
                        nominative: replaced(span.of(self.text), from, written),
                        ..name
                    })
                    .or_else(|| {
                        let (adjective, first) = self.agreeing(&bare)?;
                        let name = self.known(&adjective, end, span)?;
                        let (_, rest) = span.of(self.text).split_once(' ')?;
                        let last = replaced(rest, from, written)?;
                        let whole = self.agreed(span.of(self.text), first, &last);
                        Some(Name {
                            nominative: whole,
                            ..name
                        })
                    });
                if let Some(mut name) = found {
                    if let Some(cut) = span
                        .of(self.text)
                        .rfind(['\'', '’'])
                        .filter(|_| from.starts_with('\''))
                    {
                        name.span.end = span.start + cut as u32;
                        name.nominative = None;
                    } else if unspaced && to.is_empty() {
                        name.span.end -= from.len() as u32;
                        name.nominative = None;
                    }
                    // An apostrophe marks the name of something: it says as much as the bare name.
                    return Some(Name {
                        inflected: !from.starts_with('\''),
                        inside,
                        ..name
                    });
                }
            }
        }
        None
    }

    /// A name of two words whose first is an adjective in the case of the second, with the row of its ending.
    fn agreeing(&self, bare: &str) -> Option<(String, usize)> {
        let (first, rest) = bare.split_once(' ')?;
        self.cases.iter().enumerate().find_map(|(row, ending)| {
            let stem = first.strip_suffix(ending.from.as_str())?;
            let whole = format!("{stem}{} {rest}", ending.to);
            let known = places::named(&whole).is_some_and(|entry| {
                let mut languages = self.languages.iter();
                entry.towns().is_some() || languages.any(|l| entry.country(l).is_some())
            });
            known.then_some((whole, row))
        })
    }

    /// The bare name of two words: the first without the ending of a row, then the bare rest.
    fn agreed(&self, written: &str, row: usize, rest: &str) -> Option<String> {
        let ending = &self.cases[row];
        let (first, _) = written.split_once(' ')?;
        let first = replaced(first, &ending.from, &ending.written)?;
        Some(format!("{first} {rest}"))
    }
}

/// A word with the letters of one ending in place of another; `None` where folding has changed how many there are.
fn replaced(word: &str, from: &str, to: &str) -> Option<String> {
    let kept = word.chars().count().checked_sub(from.chars().count())?;
    let cut = word.char_indices().nth(kept).map_or(word.len(), |(i, _)| i);
    let same = folded_place(&word[cut..]) == from;
    let shouted = word.chars().all(|c| !c.is_lowercase());
    same.then(|| {
        format!(
            "{}{}",
            &word[..cut],
            if shouted {
                to.to_uppercase()
            } else {
                to.to_owned()
            }
        )
    })
}

impl Name {
    /// The bare name in the letters of the text.
    pub(super) fn bare(&self, text: &str) -> String {
        self.nominative
            .clone()
            .unwrap_or_else(|| self.span.of(text).to_owned())
    }

    fn is_any(&self) -> bool {
        self.towns.is_some() || self.country.is_some() || self.region.is_some()
    }
}
