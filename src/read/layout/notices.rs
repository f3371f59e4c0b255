//! Fallback notices: the page does not exist in the language asked for, so another is shown.
//!
//! No two sites word them alike, so they are known by structure: a line before the text, in another language than the
//! text, that names a language (in its own words, in English, or as a pair `Russian : русский`).

use super::language::{self, Script};
use super::page::Page;
use super::words::words_up_to;
use crate::lang::{LanguageName, Lexicon, folded_phrase, is_glued, is_unspaced, language_stem};
use crate::source::Span;

/// Longest notice, in bytes.
const LONGEST: usize = 700;

/// Lines at the head of the page that are looked at closely.
const LOOKS: usize = 40;

/// Fallback notices among the lines before the text: index of the line and language of the page.
pub(super) fn fallbacks(page: &Page<'_>) -> Vec<(usize, String)> {
    let Some(body) = page.language else {
        return Vec::new();
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut looks = 0;
    for (index, line) in page.lines.iter().enumerate() {
        let words = page.words(line.span);
        if words.len() > LONGEST || looks > LOOKS {
            break;
        }
        let marked = words.contains(':') || words.contains('(') || words.contains(['：', '（']);
        let least = if marked { 2 } else { 3 };
        if words_up_to(words, least) < least {
            continue;
        }
        looks += 1;
        if let Some(page_language) = language_of_page(page, line.span, body) {
            let joined = found
                .last()
                .filter(|(last, _)| last + 1 == index && line.gap == 0)
                .map(|(_, known)| known.clone());
            found.push((index, joined.unwrap_or(page_language)));
        }
    }
    found
}

/// The language of the page, where the line is a fallback notice on it.
fn language_of_page(page: &Page<'_>, line: Span, body: &str) -> Option<String> {
    let words = page.words(line);
    let all = page.context.lexicons.names();
    if !page
        .context
        .lexicons
        .may_name_language(&folded_phrase(words))
    {
        return None;
    }
    if words_up_to(words, 4) > 3
        && let Some(pair) = (all.iter()).find(|l| l.tag != body && is_pair(l, words))
    {
        return Some(pair.tag.clone());
    }
    // The detectors are slow.
    if is_switcher(page, words) {
        return None;
    }
    let written = language::detect(page.context.lexicons, words)?;
    if written == body {
        return None;
    }
    let lexicon = page.context.lexicons.get(written)?;
    let named = names_a_language(lexicon, words)
        || Script::of(words) != Some(Script::Latin)
            && all.iter().any(|l| has_word(words, &l.english));
    (named && named_twice_or_said(page, lexicon, words, body)).then(|| written.to_owned())
}

/// A Latin line of few words is easily taken for another language: it must name the text's language or its own.
fn named_twice_or_said(page: &Page<'_>, lexicon: &Lexicon, words: &str, body: &str) -> bool {
    let names = &lexicon.layout.languages;
    let own = names.get(&lexicon.tag).is_some_and(|n| has_stem(words, n));
    let shown = names.get(body).is_some_and(|n| has_stem(words, n));
    let shown_as_itself = page
        .context
        .lexicons
        .get(body)
        .is_some_and(|l| has_word(words, &l.endonym) || has_word(words, &l.english));
    own || shown || shown_as_itself
}

/// `Russian : русский`: a language in English and in itself, side by side.
fn is_pair(language: &LanguageName, words: &str) -> bool {
    if language.english == language.endonym || !words.contains(language.english.as_str()) {
        return false;
    }
    let endonym = folded_phrase(&language.endonym);
    let tokens: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let is_own = |token: Option<&&str>| {
        token.is_some_and(|t| *t != language.english && folded_phrase(t) == endonym)
    };
    tokens.iter().enumerate().any(|(at, token)| {
        *token == language.english
            && (is_own(tokens.get(at + 1)) || at > 0 && is_own(tokens.get(at - 1)))
    })
}

/// Whether the line names any language in its own words or that language's.
fn names_a_language(lexicon: &Lexicon, words: &str) -> bool {
    lexicon
        .layout
        .languages
        .values()
        .any(|name| has_stem(words, name))
        || ["English", "Français", "Español"]
            .iter()
            .any(|name| has_word(words, name))
}

/// Whether the words are nothing but names or codes of languages.
pub(super) fn is_switcher(page: &Page<'_>, words: &str) -> bool {
    let mut names = 0;
    for word in words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        if !page.context.lexicons.is_language(word) {
            return false;
        }
        names += 1;
    }
    names > 1
}

/// Whether `name` stands in `words` as a word, whatever its case.
fn has_word(words: &str, name: &str) -> bool {
    let name = folded_phrase(name);
    folded_phrase(words)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == name)
        || name.chars().any(is_unspaced) && words.contains(name.as_str())
}

/// Whether a form of `name` stands in `words`: endings differ, articles and prefixes are glued on in some languages.
fn has_stem(words: &str, name: &str) -> bool {
    let name = folded_phrase(name);
    let words = folded_phrase(words);
    if is_glued(&name) {
        return words.contains(name.as_str());
    }
    let stem = language_stem(&name);
    let name = name.split(' ').next().unwrap_or(&name);
    let letters = name.strip_prefix("ال").unwrap_or(name).chars().count();
    let glued = matches!(Script::of(name), Some(Script::Arabic | Script::Only("he")));
    words.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let fits = if glued {
            word.contains(stem)
        } else {
            word.starts_with(stem)
        };
        fits && word.chars().count() <= letters + if glued { 5 } else { 4 }
    })
}
