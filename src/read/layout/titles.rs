//! Which title line is the headline, and which the second one.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::page::Page;
use super::words::{is_capitals, opens_name, weight, without_ornaments, word_count};
use crate::lang::{AgentWord, NameStyle, Part, folded_phrase, is_unspaced};
use crate::read::rival::{MOST, Rival};
use crate::source::Span;

/// A line that could be a title.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    /// Its words.
    pub(super) span: Span,
    /// Its line.
    pub(super) line: usize,
    /// Whether its line holds nothing else.
    pub(super) alone: bool,
}

/// The chosen lines.
#[derive(Debug, Clone, Default)]
pub(super) struct Choice {
    /// The headline.
    pub(super) headline: Option<Span>,
    /// The line below it.
    pub(super) subtitle: Option<Span>,
    /// Lines that are neither.
    pub(super) rivals: Vec<Rival>,
}

/// Words that make a line long enough for a headline where others could be one.
const LONG: usize = 5;

/// Bytes of the text whose words a headline is compared with.
const COMPARED: usize = 1600;

/// Chooses among the title lines before the text, which starts at byte `body`.
///
/// `menus` are the bytes at which menu lines stand.
pub(super) fn choose(page: &Page<'_>, titles: &[Title], body: u32, menus: &[u32]) -> Choice {
    let joined = join_lines(page, titles);
    let mut cleaned: Vec<Span> = joined
        .iter()
        .filter_map(|span| clean(page, *span))
        .collect();
    if cleaned.iter().any(|span| !is_issuer(page, *span)) {
        cleaned.retain(|span| !is_issuer(page, *span));
    }
    let twice = repeated(page, &cleaned);
    let Some(best) = twice.or_else(|| most_telling(page, &cleaned, body, menus)) else {
        return Choice::default();
    };
    let (headline, tail) = part_at_gap(page, cleaned[best]);
    let key = folded_phrase(page.words(headline));
    let subtitle = tail
        .into_iter()
        .chain(cleaned[best + 1..].iter().copied())
        .find(|span| folded_phrase(page.words(*span)) != key)
        .filter(|span| word_count(page.words(*span)) > 2);
    let reason = |index: usize, span: Span| {
        if twice.is_some() {
            "gives way to a line that stands twice"
        } else if !is_long(page, span) {
            "is short for a headline beside longer lines"
        } else if index < best {
            "shares fewer words with the text than a later line"
        } else {
            "stands below a line that reads like a headline too"
        }
    };
    let rivals = (cleaned.iter().enumerate())
        .filter(|(index, span)| *index != best && Some(**span) != subtitle)
        .filter(|(_, span)| folded_phrase(page.words(**span)) != key)
        .take(MOST)
        .map(|(index, span)| Rival::new("headline", *span, reason(index, *span)));
    Choice {
        headline: Some(headline),
        rivals: rivals.collect(),
        subtitle,
    }
}

/// Whether a line is long enough for a headline where others could be one.
fn is_long(page: &Page<'_>, span: Span) -> bool {
    let words = page.words(span);
    word_count(words) >= LONG || weight(words) >= 34
}

/// Whether a line is nothing but the name of a body, where letters have no capitals: it ends in the noun of one and no
/// particle stands in it.
fn is_issuer(page: &Page<'_>, span: Span) -> bool {
    let Some(lexicon) = page.language.and_then(|l| page.context.lexicons.get(l)) else {
        return false;
    };
    let words = page.words(span);
    let agents = &lexicon.agents;
    let body = agents.forms(AgentWord::Body);
    lexicon.events.style == NameStyle::Unspaced
        && body.iter().any(|noun| words.ends_with(noun.as_str()))
        && agents
            .forms(AgentWord::Function)
            .iter()
            .all(|particle| !words.contains(particle.as_str()))
}

/// Parts a title from a second line that a gap of three blanks, less than the page's wide gaps, sets off.
fn part_at_gap(page: &Page<'_>, title: Span) -> (Span, Option<Span>) {
    let words = page.words(title);
    let Some(at) = words.find("   ") else {
        return (title, None);
    };
    let (head, tail) = (&words[..at], words[at..].trim_start());
    if word_count(head) < LONG || word_count(tail) < 3 || tail.starts_with(char::is_lowercase) {
        return (title, None);
    }
    let end = title.start + at as u32;
    let rest = Span {
        start: title.end - tail.len() as u32,
        end: title.end,
    };
    (
        Span {
            start: title.start,
            end,
        },
        Some(rest),
    )
}

/// Joins the lines of a title that runs over several.
fn join_lines(page: &Page<'_>, titles: &[Title]) -> Vec<Span> {
    let mut joined: Vec<(Span, Title)> = Vec::new();
    for title in titles {
        if let Some((span, last)) = joined.last_mut()
            && last.line + 1 == title.line
            && page.lines[title.line].gap == 0
            && last.alone
            && title.alone
            && runs_on(page, *last, *title)
        {
            *span = span.cover(title.span);
            *last = *title;
            continue;
        }
        joined.push((title.span, *title));
    }
    joined.into_iter().map(|(span, _)| span).collect()
}

/// Whether a title goes on in the line below.
fn runs_on(page: &Page<'_>, upper: Title, lower: Title) -> bool {
    let (above, below) = (page.words(upper.span), page.words(lower.span));
    let Some(first) = below.chars().find(|c| !c.is_whitespace()) else {
        return false;
    };
    if folded_phrase(above) == folded_phrase(below) {
        return false;
    }
    let open = above.ends_with([',', '-', '–', '—', '&', '„', '“', '«', '「', '/'])
        || above
            .split_whitespace()
            .next_back()
            .is_some_and(|w| w.chars().count() <= 3 && w.chars().all(char::is_lowercase));
    let centred = page.lines[upper.line].indent > 3 && page.lines[lower.line].indent > 3;
    first.is_lowercase()
        || ('\u{3041}'..='\u{3096}').contains(&first)
        || open
        || is_capitals(above) && is_capitals(below) && (weight(above) > 36 || centred)
}

/// A title without ornaments, document type and date before it, and site name behind it.
fn clean(page: &Page<'_>, span: Span) -> Option<Span> {
    let raw = page.words(span);
    let mut words = without_ornaments(raw);
    // `【Kind】Title` keeps both its brackets.
    if words.contains('】') && !words.contains('【') {
        words = raw.trim();
    }
    for _ in 0..2 {
        let hits = page.context.lexicons.phrases().leading(words);
        let Some(hit) = hits
            .iter()
            .find(|h| h.is(Part::DocumentType) || h.is(Part::Release))
        else {
            break;
        };
        let rest = words[hit.len..].trim_start();
        let Some(rest) = rest.strip_prefix([':', '：', '|']).or_else(|| {
            // Without a mark only a type in capitals that no title could open with is taken off.
            let lead = &words[..hit.len];
            (lead.contains(' ') && is_capitals(lead) && !rest.is_empty() && weight(lead) > 11)
                .then_some(rest)
        }) else {
            break;
        };
        words = rest.trim_start();
    }
    let start = span.start + (words.as_ptr() as usize - raw.as_ptr() as usize) as u32;
    let mut title = Span {
        start,
        end: start + words.len() as u32,
    };
    // A date run in before the title: `05/05/2030 – Title`.
    if let Some(first) = page.mentions_in(title).first()
        && first.span.start == title.start
    {
        let rest = page.between(first.span.end, title.end);
        let behind = rest
            .trim_start()
            .trim_start_matches(['-', '–', '—', ':', '|']);
        if behind.len() < rest.trim_start().len() {
            title.start = title.end - behind.trim_start().len() as u32;
        }
    }
    let title = title.trim(page.context.text);
    (!title.is_empty() && word_count(page.words(title)) > 0).then_some(title)
}

/// A title that stands twice: its last full form.
fn repeated(page: &Page<'_>, titles: &[Span]) -> Option<usize> {
    let keys: Vec<String> = titles
        .iter()
        .map(|t| folded_phrase(page.words(*t)))
        .collect();
    let mut first_at = FxHashMap::default();
    let mut best = None;
    for (index, key) in keys.iter().enumerate() {
        if weight(key) < 16 || word_count(key) < 3 {
            continue;
        }
        if first_at.insert(key.as_str(), index).is_some() {
            best = Some(index);
        }
    }
    best.or_else(|| repeated_start(&keys))
}

/// A title that stands twice, once cut short or with another line glued on: the whole title.
fn repeated_start(keys: &[String]) -> Option<usize> {
    const LOOKS: usize = 24;
    let keys = &keys[..keys.len().min(LOOKS)];
    for (upper, first) in keys.iter().enumerate() {
        for (below, second) in keys.iter().enumerate().skip(upper + 1) {
            let (short, long, at, other) = if first.len() < second.len() {
                (first, second, upper, below)
            } else {
                (second, first, below, upper)
            };
            if word_count(short) < LONG || !long.starts_with(short.as_str()) {
                continue;
            }
            // Cut inside a word: the longer form is whole. Cut between words: the longer one has something glued on.
            let inside = long[short.len()..].starts_with(char::is_alphanumeric);
            return Some(if inside { other } else { at });
        }
    }
    None
}

/// The first long title, unless a later one shares far more words with the text.
fn most_telling(page: &Page<'_>, titles: &[Span], body: u32, menus: &[u32]) -> Option<usize> {
    let mut candidates: Vec<usize> = (0..titles.len())
        .filter(|i| is_long(page, titles[*i]))
        .collect();
    if candidates.is_empty() {
        candidates = (0..titles.len()).collect();
        // Short lines only: the one with most words, the last of equals.
        return candidates
            .into_iter()
            .max_by_key(|i| weight(page.words(titles[*i])));
    }
    let mut best = candidates[0];
    if candidates.len() == 1 {
        return Some(best);
    }
    let rest = Span {
        start: body,
        end: page.context.text.len() as u32,
    };
    let text = terms(page.words(page.start(rest, COMPARED)));
    let shared = |i: usize| terms(page.words(titles[i])).intersection(&text).count();
    let mut most = shared(best);
    for next in &candidates[1..] {
        // A name above the menu is the site's: `Office of the Harbour Master`, menu, headline.
        let parted = menus
            .iter()
            .any(|at| (titles[best].end..titles[*next].start).contains(at));
        let site = parted && is_bare_name(page.words(titles[best]));
        if !site && most > 1 {
            continue;
        }
        let own = shared(*next);
        if site && own > most || most <= 1 && own >= 4 {
            (best, most) = (*next, own);
        }
    }
    Some(best)
}

/// Whether a line is a name and nothing else: few words, those of more than three letters with capitals, no digits.
fn is_bare_name(words: &str) -> bool {
    const MOST: usize = 7;
    word_count(words) <= MOST
        && !words.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '?' | '!' | ','))
        && words
            .split_whitespace()
            .all(|w| opens_name(w) || w.chars().count() <= 3)
}

/// Words of four letters and more, or pairs of characters where a script puts no space between words.
fn terms(text: &str) -> FxHashSet<CompactString> {
    const START: usize = 7;
    let text = folded_phrase(text);
    let mut found: FxHashSet<CompactString> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().nth(3).is_some() && (w.is_ascii() || !w.chars().any(is_unspaced)))
        .map(|w| {
            w.char_indices()
                .nth(START)
                .map_or(w, |(end, _)| &w[..end])
                .into()
        })
        .collect();
    let dense: Vec<char> = text.chars().filter(|c| is_unspaced(*c)).collect();
    found.extend(dense.windows(2).map(|pair| pair.iter().collect()));
    found
}
