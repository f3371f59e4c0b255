//! Places in scripts without blanks between words: Chinese, Japanese, Thai.

use super::{PlaceMention, copied};
use crate::lang::places::{self, Towns};
use crate::lang::{PlaceTable, is_unspaced};
use crate::model::primary_language;
use crate::source::Span;

/// Characters of the longest name that is looked up.
const LONGEST: usize = 14;

pub(super) fn find(
    text: &str,
    range: Span,
    table: &PlaceTable,
    language: &str,
) -> Vec<PlaceMention> {
    let tag = primary_language(language);
    if !matches!(tag, "zh" | "ja" | "th") {
        return Vec::new();
    }
    let base = range.range().start;
    let slice = range.of(text);
    let mut mentions: Vec<PlaceMention> = Vec::new();
    let mut from = 0;
    for (at, c) in slice.char_indices() {
        if at < from || !is_unspaced(c) {
            continue;
        }
        let Some((len, country, towns)) = longest(&slice[at..], tag) else {
            continue;
        };
        let reader = Around {
            before: &slice[..at],
            name: &slice[at..at + len],
            after: &slice[at + len..],
            table,
        };
        let span = Span::new(base + at, base + at + len);
        let sign = table
            .region_signs
            .iter()
            .find(|s| reader.after.starts_with(s.as_str()));
        let mention = match (country, towns) {
            (None, Some(towns)) if sign.is_some() && reader.is_whole() => PlaceMention {
                span: Span::new(base + at, base + at + len + sign.map_or(0, String::len)),
                locality: None,
                region: sign.map(|s| format!("{}{s}", reader.name)),
                country: towns.country().map(str::to_owned),
                country_stated: towns.country().is_some(),
                oblique: false,
            },
            (Some(code), _) if reader.is_whole() => PlaceMention {
                span,
                locality: matches!(code, "SG" | "MC" | "HK" | "MO").then(|| copied(text, span)),
                region: None,
                country: Some(code.to_owned()),
                country_stated: true,
                oblique: false,
            },
            (None, Some(towns)) if reader.is_town(towns) => {
                town(text, span, towns, mentions.last(), &table.between)
            }
            _ => continue,
        };
        from = mention.span.range().end - base;
        if mention.locality.is_some()
            && mentions.last().is_some_and(|last| {
                last.span.end <= mention.span.start
                    && is_joined(text, last.span, mention.span, &table.between)
                    && last.locality.is_none()
                    && last.country == mention.country
            })
            && let Some(last) = mentions.pop()
        {
            mentions.push(PlaceMention {
                span: last.span.cover(mention.span),
                region: last.region,
                country_stated: true,
                ..mention
            });
            continue;
        }
        mentions.push(mention);
    }
    mentions
}

/// A town; the country named directly before it is its own: `瑞士日内瓦`, `意大利首都罗马`.
fn town(
    text: &str,
    span: Span,
    towns: Towns<'_>,
    last: Option<&PlaceMention>,
    between: &[String],
) -> PlaceMention {
    let beside = last
        .filter(|l| l.locality.is_none() && is_joined(text, l.span, span, between))
        .and_then(|l| l.country.clone())
        .filter(|code| towns.countries().any(|c| c == code));
    PlaceMention {
        span,
        locality: Some(copied(text, span)),
        region: None,
        country_stated: false,
        oblique: false,
        country: beside.or_else(|| towns.country().map(str::to_owned)),
    }
}

/// Whether nothing, or a word such as `首都`, parts a country from its town.
fn is_joined(text: &str, land: Span, town: Span, between: &[String]) -> bool {
    let gap = text.get(land.range().end..town.range().start);
    gap.is_some_and(|gap| gap.is_empty() || between.iter().any(|word| word == gap))
}

/// The longest name at the start of `rest`: its bytes, its country, its towns.
fn longest(rest: &str, tag: &str) -> Option<(usize, Option<&'static str>, Option<Towns<'static>>)> {
    let ends: Vec<usize> = rest
        .char_indices()
        .take(LONGEST)
        .take_while(|(_, c)| is_unspaced(*c) || matches!(c, '・' | '·'))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let names = ends.iter().skip(1).rev().map(|end| (&rest[..*end], end));
    let mut known = names.filter_map(|(name, end)| Some((places::named(name)?, end)));
    known.find_map(|(entry, end)| {
        let country = entry.country(tag).and_then(|land| land.codes().next());
        let towns = entry.towns();
        (country.is_some() || towns.is_some()).then_some((*end, country, towns))
    })
}

/// A name with what stands around it.
struct Around<'a> {
    before: &'a str,
    name: &'a str,
    after: &'a str,
    table: &'a PlaceTable,
}

impl Around<'_> {
    /// Whether the name is no part of a longer run of its own script's letters, where that can be seen.
    fn is_whole(&self) -> bool {
        let kana = |c: char| matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | '・');
        let inside = self.name.chars().all(kana);
        let mark = |c: char| matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}');
        !(inside && (self.before.ends_with(kana) || self.after.starts_with(kana)))
            && !self.after.starts_with(mark)
    }

    fn is_town(&self, towns: Towns<'_>) -> bool {
        if !self.is_whole() {
            return false;
        }
        let signed = self
            .table
            .town_signs
            .iter()
            .any(|s| self.after.starts_with(s.as_str()));
        let placed = self
            .table
            .prepositions
            .iter()
            .any(|p| self.before.ends_with(p.as_str()));
        let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
        let bounded = !self.before.ends_with(han) && !self.after.starts_with(han);
        let length = self.name.chars().count();
        let word = towns.is_word(Some("zh"));
        match length {
            0..=2 => {
                (signed && (bounded || placed || !self.before.ends_with(han))
                    || placed && towns.size >= 1
                    || bounded && towns.size >= 1
                    || towns.size >= 3)
                    && !word
            }
            _ => signed || placed || bounded || towns.size >= 1,
        }
    }
}
