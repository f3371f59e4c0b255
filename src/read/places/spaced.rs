//! Places in scripts that part words by blanks.

use super::context::{Surroundings, is_blank};
use super::names::{Name, Names};
use super::words::{Word, words};
use super::{PlaceMention, copied, usual};
use crate::lang::PlaceTable;
use crate::lang::places::Land;
use crate::source::Span;

/// Territories that are one town: their name is the town's as well.
const CITY_STATES: &[&str] = &["SG", "MC", "HK", "MO", "GI", "VA"];

/// Longest name of a town that no gazetteer knows, in words.
const UNKNOWN: usize = 3;

pub(super) fn find(
    text: &str,
    range: Span,
    table: &PlaceTable,
    language: Option<&str>,
) -> Vec<PlaceMention> {
    let words = words(text, range);
    let reader = Reader {
        text,
        language,
        names: Names::new(text, &words, table, language),
        around: Surroundings::new(text, range, &words, table),
        words: &words,
    };
    let mut mentions = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match reader.mention(i) {
            Some((mention, end)) => {
                mentions.push(mention);
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
    mentions
}

struct Reader<'a> {
    text: &'a str,
    language: Option<&'a str>,
    names: Names<'a>,
    around: Surroundings<'a>,
    words: &'a [Word],
}

/// Region or country that stands behind a town.
#[derive(Debug)]
struct Tail {
    /// Index of the word behind it.
    end: usize,
    /// Last byte, a closing bracket included.
    stop: u32,
    region: Option<Span>,
    /// The only country that fits.
    country: &'static str,
}

impl Reader<'_> {
    /// The place whose first word is at `i`, and the index of the word behind it.
    fn mention(&self, i: usize) -> Option<(PlaceMention, usize)> {
        let word = &self.words[i];
        if !word.capital
            || word.address
            || !word.folded.starts_with(char::is_alphabetic) && word.folded.len() < 3
        {
            return None;
        }
        let Some(name) = self.names.at(i, false) else {
            return self.unknown(i);
        };
        let placed = name.inside || self.around.placed(i);
        if let Some(tail) = self.tail(&name, placed) {
            return Some((self.town(&name.bare(self.text), name.span, &tail), tail.end));
        }
        self.land(i, &name, placed)
            .or_else(|| self.bare(i, &name, placed))
            .map(|mention| (mention, name.end))
            .or_else(|| self.unknown(i))
    }

    fn town(&self, name: &str, span: Span, tail: &Tail) -> PlaceMention {
        PlaceMention {
            span: Span {
                start: span.start,
                end: tail.stop,
            },
            locality: Some(usual(name)),
            region: tail.region.map(|r| copied(self.text, r)),
            country: Some(tail.country.to_owned()),
            country_stated: true,
            oblique: false,
        }
    }

    /// The region or country that a town's name is followed by.
    fn tail(&self, name: &Name, placed: bool) -> Option<Tail> {
        let towns = name.towns?;
        let fits = |code: &str| towns.countries().any(|c| c == code);
        self.land_behind(name.end, &fits, false).or_else(|| {
            self.land_behind(name.end, &|_| true, true)
                .filter(|_| placed && name.country.is_none())
        })
    }

    /// The land named behind the word before `at`: behind a comma, in brackets, or behind a preposition.
    fn land_behind(&self, at: usize, fits: &dyn Fn(&str) -> bool, strict: bool) -> Option<Tail> {
        let gap = self.around.gap(at.checked_sub(1)?);
        let mark = gap.trim();
        if gap.matches('\n').count() > 1 || gap.len() > 8 {
            return None;
        }
        let bracket = mark == "(";
        let comma = matches!(mark, "," | "،");
        let blank = is_blank(gap);
        if !(bracket
            || comma
            || blank && !strict
            || matches!(mark, "-" | "–" | "/") && gap.len() > 2 && !strict)
        {
            return None;
        }
        let plain = self
            .names
            .at(at, true)
            .filter(|n| choose(n, fits).is_some());
        let lead = self.around.lead(at).or_else(|| self.around.article(at));
        let start = at + lead.unwrap_or(0);
        let land = plain.or_else(|| self.names.at(start, true))?;
        let (country, region) = choose(&land, fits)?;
        let mut tail = Tail {
            end: land.end,
            stop: land.span.end,
            region: region.then_some(land.span),
            country,
        };
        let behind = self.around.gap(land.end - 1);
        if behind.starts_with('.') && land.span.of(self.text).contains('.')
            || region && behind.starts_with('.') && land.span.len() <= 5
        {
            tail.stop += 1;
            tail.region = tail.region.map(|r| Span {
                end: r.end + 1,
                ..r
            });
        }
        if region {
            // Town, region, country.
            let second = self.land_behind(land.end, &|code: &str| code == country, true);
            if let Some(second) = second.filter(|s| s.region.is_none()) {
                tail.end = second.end;
                tail.stop = second.stop;
            } else {
                self.pass_code(&mut tail);
            }
        }
        if bracket {
            let close = self.around.gap(tail.end - 1);
            let rest = close.strip_prefix('.').unwrap_or(close);
            if !rest.starts_with(')') {
                return None;
            }
            tail.stop = self.words[tail.end - 1].span.end + (close.len() - rest.len()) as u32 + 1;
        }
        let dotted = !region && land.span.of(self.text).contains('.');
        let longer = self.words.get(tail.end).is_some_and(|w| {
            let gap = self.around.gap(tail.end - 1);
            let blank = gap.strip_prefix('.').filter(|_| dotted).unwrap_or(gap);
            w.cased
                && w.capital
                && w.folded.starts_with(char::is_alphabetic)
                && is_blank(blank)
                && !gap.contains('\n')
        });
        let listed = strict && self.listed(tail.end);
        (!longer && !listed).then_some(tail)
    }

    /// Whether another name and `and` follow: the names before are items of a list.
    fn listed(&self, at: usize) -> bool {
        let gap = self.around.gap(at - 1).trim();
        let follows = self
            .words
            .get(at)
            .is_some_and(|w| w.capital && w.cased && w.folded.starts_with(char::is_alphabetic));
        matches!(gap, "," | "&" | "/") && follows
    }

    /// A postal code behind an abbreviated region.
    fn pass_code(&self, tail: &mut Tail) {
        let code = self
            .words
            .get(tail.end)
            .is_some_and(|w| w.folded.len() == 5 && w.folded.bytes().all(|b| b.is_ascii_digit()));
        if code && is_blank(self.around.gap(tail.end - 1)) && self.words[tail.end - 1].shouted {
            tail.stop = self.words[tail.end].span.end;
            tail.end += 1;
        }
    }

    /// A country or region that stands alone.
    fn land(&self, i: usize, name: &Name, placed: bool) -> Option<PlaceMention> {
        let (code, region) = choose(name, &|_| true)?;
        let land = if region { name.region? } else { name.country? };
        let single = name.end == i + 1;
        let acronym = single && self.words[i].shouted && self.words[i].span.len() <= 4;
        let longer = self.around.in_longer_name(i, name.end, placed) && !self.around.in_title(i);
        if longer && !(acronym && placed)
            || region && (!placed || name.towns.is_some_and(|t| t.size >= 1))
        {
            return None;
        }
        if (land.ambiguous || name.inflected && self.words[i].folded.chars().count() < 5) && !placed
        {
            return None;
        }
        let own = CITY_STATES.contains(&code) && !region;
        let rest = &self.text[name.span.range().end..];
        if acronym && rest.starts_with('$') {
            return None;
        }
        let mut span = name.span;
        if rest.starts_with('.') && span.of(self.text).contains('.') {
            span.end += 1;
        }
        Some(PlaceMention {
            span,
            locality: own.then(|| usual(&name.bare(self.text))),
            region: region.then(|| copied(self.text, name.span)),
            country: Some(code.to_owned()),
            country_stated: true,
            oblique: name.inflected && !name.inside,
        })
    }

    /// A town that stands alone.
    fn bare(&self, i: usize, name: &Name, placed: bool) -> Option<PlaceMention> {
        let towns = name.towns?;
        if name.country.is_some() {
            return None;
        }
        let word = &self.words[i];
        let single = name.end == i + 1;
        let doubtful = single && (towns.person || towns.is_word(self.language));
        let short = single && word.folded.chars().count() < 3;
        // A town hardly ever has an article: in the Spring, the White House.
        let article = word.cased && self.around.behind_article(i);
        let placed = placed && !article;
        if article && (doubtful || towns.size == 0)
            || name.region.is_some() && !placed && !self.around.opens_line(i, name.end)
        {
            return None;
        }
        let strong = placed || self.around.coded(i) || self.around.opens_line(i, name.end);
        let title = word.cased && self.around.in_title(i);
        let large = towns.size >= 1;
        if short {
            return None;
        }
        let owner = self.text[name.span.range().end..].starts_with("'s")
            || self.text[name.span.range().end..].starts_with("’s");
        if owner && doubtful {
            return None;
        }
        let found = if !word.cased {
            strong && (large || !doubtful)
                || !doubtful && (towns.size >= 2 || large && word.folded.chars().count() >= 4)
        } else if title {
            strong && (large || !single) && !doubtful || self.around.opens_line(i, name.end)
        } else if self.around.in_longer_name(i, name.end, placed) {
            false
        } else if name.inflected {
            strong && (large || !doubtful)
                || large && !doubtful && towns.size >= 2 && word.folded.chars().count() >= 5
        } else {
            strong || large && !doubtful
        };
        found.then(|| PlaceMention {
            span: name.span,
            locality: Some(usual(&name.bare(self.text))),
            region: None,
            country: towns.country().map(str::to_owned),
            country_stated: false,
            oblique: name.inflected && !name.inside,
        })
    }

    /// A town that no table knows between a preposition of place and its country.
    fn unknown(&self, i: usize) -> Option<(PlaceMention, usize)> {
        if !self.words[i].cased {
            return None;
        }
        let mut end = i;
        while end < i + UNKNOWN {
            let word = self.words.get(end)?;
            if !word.capital || !word.cased || end > i && !is_blank(self.around.gap(end - 1)) {
                return None;
            }
            end += 1;
            // A country stands behind a comma or in brackets.
            if !matches!(self.around.gap(end - 1).trim(), "," | "،" | "(") {
                continue;
            }
            if !self.around.placed(i) || self.around.in_title(i) {
                return None;
            }
            if let Some(tail) = self.land_behind(end, &|_| true, true) {
                let span = self.words[i].span.cover(self.words[end - 1].span);
                return Some((self.town(span.of(self.text), span, &tail), tail.end));
            }
        }
        None
    }
}

/// The only country that a land's name can mean, and whether the name is a region's.
fn choose(land: &Name, fits: &dyn Fn(&str) -> bool) -> Option<(&'static str, bool)> {
    let of = |land: Option<Land<'static>>| {
        land.into_iter()
            .flat_map(|l| l.codes().collect::<Vec<_>>())
            .filter(|c| fits(c))
            .collect::<Vec<_>>()
    };
    let (countries, regions) = (of(land.country), of(land.region));
    match (countries.as_slice(), regions.as_slice()) {
        ([country], []) => Some((country, false)),
        ([], [country]) => Some((country, true)),
        ([country], [other]) if country == other => Some((country, false)),
        _ => None,
    }
}
