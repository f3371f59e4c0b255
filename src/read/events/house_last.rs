//! The house whose noun closes its name: `서울 프레스센터`, `市民会館ホール`.

use std::cell::LazyCell;
use std::ops::Range;

use super::passages::Passage;
use super::quotes::Quotes;
use super::scene::Scene;
use super::words::Words;
use crate::lang::{EventWord, NameStyle};
use crate::read::words::{fold, is_hangul, without_particle};
use crate::source::Span;

/// Tokens of a name before its noun, at most.
const LONGEST: usize = 16;

/// Words before the noun in a script without capitals, at most.
const FEW: usize = 3;

/// The words before the noun of a house back to the next break.
pub(super) fn house_last(
    scene: &Scene<'_>,
    passage: &Passage<'_>,
    own: &impl Fn(usize) -> bool,
) -> Option<Span> {
    let words = &passage.words;
    let spaced = words.table.style == NameStyle::Final;
    let mut from = 0;
    let mut last = None;
    let quotes = LazyCell::new(|| Quotes::of(words));
    (0..words.len()).find_map(|i| {
        let mut len = words.is(i, EventWord::Venue).filter(|_| i >= from)?;
        // `市民会館ホール`: nouns in a row are one name.
        let mut nouns = 1;
        while let Some(next) = words.is(i + len, EventWord::Venue).filter(|_| !spaced) {
            len += next;
            nouns += 1;
        }
        let korean = words.folded(i).ends_with(is_hangul);
        // `विज्ञान भवन में`: neither capital nor particle tells a name, the word of place behind it does.
        let caseless = spaced && !korean && is_caseless(words.written(i));
        let placed = || words.is(i + len, EventWord::At).is_some();
        let cased = spaced && !korean && !caseless;
        if korean && !korean_place(words, i + len - 1)
            || caseless && !placed()
            || cased && !is_inside(scene, words, i + len - 1)
        {
            return None;
        }
        let mut start = i;
        while start > from && i - start < if caseless { FEW } else { LONGEST } {
            let prev = start - 1;
            let breaks = passage.in_place(prev)
                || passage.is_date(prev)
                || !words.tokens[prev].word
                || spaced && !words.tokens[prev].capital && !korean && !caseless
                || korean && without_particle(words.folded(prev)) != words.folded(prev)
                || korean && words.folded(prev).starts_with(|c: char| c.is_ascii_digit())
                || [
                    EventWord::At,
                    EventWord::Stop,
                    EventWord::By,
                    EventWord::Held,
                ]
                .iter()
                .any(|kind| words.ends(start, *kind).is_some())
                || words.folded(prev) == "の";
            if breaks {
                break;
            }
            start = prev;
        }
        // `市民会館の小ホール`: the house, then the hall in it.
        let within = last.clone().filter(|run: &Range<usize>| {
            words.folded(start.wrapping_sub(1)) == "の" && run.end + 1 == start
        });
        start = within.map_or(start, |run| run.start);
        // `ホテルニューオータニ博多`: one word with what stands behind its noun.
        let more = continued(words, i + len);
        len += more;
        from = i + len;
        let run = start..i + len;
        last = Some(run.clone());
        if words.table.style == NameStyle::Unspaced && !is_placed(passage, &run) {
            return None;
        }
        if quotes.hold(words, &run) {
            return None;
        }
        let mut span = words.span(&run)?;
        let ending = words.written(i + len - 1);
        if let Some(suffix) = ending.find(['’', '\'']) {
            span.end = words.tokens[i + len - 1].span.start + suffix as u32;
        }
        let bare = without_particle(ending);
        span.end -= (ending.len() - bare.len()) as u32;
        // One long word names a house by itself: `한국해양박물관에서`.
        let long = korean && bare.chars().count() >= 5;
        ((run.start < i || long || nouns > 1 || more > 0) && own(i)).then_some(span)
    })
}

/// Whether a word is of a script without capitals.
fn is_caseless(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
}

/// Whether the case of a word says that something is in what it names: `Üniversitesi’nde`, `kirjastossa`.
fn is_inside(scene: &Scene<'_>, words: &Words<'_>, i: usize) -> bool {
    let language = scene.findings.layout.language.as_ref();
    let lexicon = language.and_then(|l| scene.context.lexicons.get(&l.value));
    let suffixed = matches!(words.folded(i + 1), "'" | "’");
    let form = words.folded(if suffixed { i + 2 } else { i });
    // `salondaki panel`: the panel in the hall.
    let form = form.strip_suffix("ki").unwrap_or(form);
    let mut endings = lexicon.iter().flat_map(|l| &l.places.inside);
    endings.any(|(ending, _)| form.ends_with(ending.as_str()))
}

/// The name of a house without the ending that says that something is in it: of two forms of a noun in the table, the one
/// without. `kaupunginkirjastossa` is `kaupunginkirjasto` by `*kirjastossa` and `*kirjasto`.
pub(super) fn bare_house(scene: &Scene<'_>, name: &str) -> Option<String> {
    let language = scene.findings.layout.language.as_ref()?;
    let lexicon = scene.context.lexicons.get(&language.value)?;
    let rows = lexicon.events.words.get(&EventWord::Venue)?;
    let inside = &lexicon.places.inside;
    if lexicon.events.style != NameStyle::Final || inside.is_empty() {
        return None;
    }
    let folded = fold(name);
    let placed = |form: &str| {
        inside
            .iter()
            .any(|(ending, _)| form.ends_with(ending.as_str()))
    };
    let form = (rows.iter().map(|row| row.trim_start_matches('*')))
        .filter(|form| folded.ends_with(form) && placed(form))
        .max_by_key(|form| form.len())?;
    let shared = |bare: &str| {
        let pairs = bare.chars().zip(form.chars());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let bare = (rows.iter().map(|row| row.trim_start_matches('*')))
        .filter(|bare| !placed(bare) && bare.chars().count() < form.chars().count())
        .filter(|bare| shared(bare) + 2 >= bare.chars().count() && shared(bare) > 2)
        .max_by_key(|bare| shared(bare))?;
    let kept = name.chars().count() - form.chars().count();
    let head = name.chars().take(kept + shared(bare));
    Some(head.chain(bare.chars().skip(shared(bare))).collect())
}

/// Whether a Korean word says that something is at its place: `…에서`, `… 일원에서`.
fn korean_place(words: &Words<'_>, i: usize) -> bool {
    let at = |k: usize| words.folded(k).ends_with("에서") || words.folded(k).ends_with('에');
    at(i) || at(i + 1) && words.folded(i + 1).chars().count() <= 4
}

/// Whether the word of place that Chinese has before a house or Japanese behind it says that something is there; a house that is
/// somebody's, or that itself acts, is none: `大学学長`, `由…大学举办`.
fn is_placed(passage: &Passage<'_>, run: &Range<usize>) -> bool {
    let words = &passage.words;
    let led = (0..=run.start)
        .rev()
        .find(|k| *k == 0 || !passage.in_place(k - 1))
        .is_some_and(|k| words.ends(k, EventWord::At).is_some());
    // `…センター(福岡市)にて`: the town in brackets.
    let close = (words.folded(run.end) == "(" || words.folded(run.end) == "（")
        .then(|| (run.end..words.len()).find(|k| matches!(words.folded(*k), ")" | "）")));
    let behind = close.flatten().map_or(run.end, |k| k + 1);
    led || matches!(words.folded(behind), "で" | "に" | "を")
}

/// How many tokens of Katakana, and of what follows them up to a particle, go on with the word that ends before `from`.
fn continued(words: &Words<'_>, from: usize) -> usize {
    const MOST: usize = 12;
    let katakana = |k: usize| {
        k > 0
            && words
                .folded(k)
                .starts_with(|c: char| matches!(c, '\u{30a1}'..='\u{30fc}'))
    };
    if !(katakana(from - 1) && katakana(from)) {
        return 0;
    }
    let word = |k: &usize| {
        words.tokens[*k].word
            && !words.any(*k, &[EventWord::Stop, EventWord::Held, EventWord::By])
            && words.noun(*k).is_none()
    };
    let len = (from..words.len().min(from + MOST))
        .take_while(word)
        .count();
    let closed = |k: usize| matches!(words.folded(k), "で" | "に" | "を" | "(" | "（");
    if closed(from + len) { len } else { 0 }
}
