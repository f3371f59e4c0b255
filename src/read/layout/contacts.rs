//! Press contacts: lines with a person, an office, mail addresses and numbers.

use super::links::{absolute, mails, phones, web};
use super::page::Page;
use super::words::{opens_name, word_count};
use crate::lang::{AgentWord, NameStyle, Part};
use crate::model::{Contact, Fact};
use crate::source::Span;

/// Longest contact line before the text, in bytes.
const LONGEST: usize = 260;

/// Whether a line before the text is about whom to ask.
pub(super) fn is_contact_line(page: &Page<'_>, span: Span) -> bool {
    let words = page.words(span);
    if words.len() > LONGEST {
        return false;
    }
    let reachable = is_reachable(words);
    let hits = page
        .context
        .lexicons
        .phrases()
        .leading(words.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let headed = hits.first().is_some_and(|hit| {
        let lead = words.len()
            - words
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len();
        let rest = words[lead + hit.len..].trim_start();
        hit.is(Part::Contact)
            && (rest.is_empty() || rest.starts_with([':', '：', '-', '–']) || reachable)
            || hit.is(Part::ContactHint) && reachable
    });
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    headed || words.contains('@') && word_count(words) <= 16 || reachable && digits * 2 > letters
}

/// Whether words hold a mail address or a telephone number.
pub(super) fn is_reachable(words: &str) -> bool {
    words.contains('@') && !mails(words, 0).is_empty()
        || !phones(words, 0).is_empty()
        || words.contains("[email")
}

/// The contacts in some lines. A line without number or address names the next one's person or office.
pub(super) fn contacts(page: &Page<'_>, lines: &[Span]) -> Vec<Contact> {
    let mut found: Vec<Contact> = Vec::new();
    let mut open = Contact::default();
    let mut last: Option<Span> = None;
    for line in lines {
        let gap =
            last.is_some_and(|l: Span| page.between(l.end, line.start).matches('\n').count() > 1);
        if gap && is_filled(&open) {
            found.push(std::mem::take(&mut open));
        }
        last = Some(*line);
        read_line(page, *line, &mut open);
    }
    if is_filled(&open) || open.name.is_some() && found.is_empty() {
        found.push(open);
    }
    found
}

fn is_filled(contact: &Contact) -> bool {
    !(contact.emails.is_empty() && contact.phones.is_empty() && contact.urls.is_empty())
}

/// Reads one line into a contact.
fn read_line(page: &Page<'_>, line: Span, contact: &mut Contact) {
    let offset = line.range().start;
    let words = page.words(line);
    let fact =
        |span: Span, rule: &'static str| Fact::stated(page.words(span).to_owned(), span, rule);
    contact.emails.extend(
        mails(words, offset)
            .into_iter()
            .map(|s| fact(s, "contact.mail")),
    );
    let urls = web(words, offset);
    contact.urls.extend(
        urls.iter()
            .map(|s| Fact::stated(absolute(page.words(*s)), *s, "contact.web")),
    );
    let numbers = phones(words, offset)
        .into_iter()
        .filter(|s| !urls.iter().any(|u| u.overlaps(*s)));
    contact
        .phones
        .extend(numbers.map(|s| fact(s, "contact.phone")));
    for part in name_parts(page, line) {
        let text = page.words(part);
        let names = text.split_whitespace().count();
        if is_post(page, text) {
            contact
                .role
                .get_or_insert_with(|| Fact::stated(text.to_owned(), part, "contact.role"));
        } else if contact.name.is_none() && (2..=4).contains(&names) && is_person(text) {
            contact.name = Some(Fact::stated(text.to_owned(), part, "contact.name"));
        } else if contact.organization.is_none() && contact.name.is_some() && opens_name(text) {
            contact.organization =
                Some(Fact::stated(text.to_owned(), part, "contact.organization"));
        }
    }
}

/// The stretches between marks that hold neither number nor address, labels taken off.
fn name_parts(page: &Page<'_>, line: Span) -> Vec<Span> {
    let words = page.words(line);
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in words.char_indices().chain([(words.len(), ',')]) {
        let ends = matches!(
            c,
            ',' | ';' | '|' | '–' | '—' | '(' | ')' | '\u{3000}' | ':' | '：'
        );
        if !ends {
            continue;
        }
        let part = words[start..at].trim();
        let from = start + (words[start..at].len() - words[start..at].trim_start().len());
        start = (at + c.len_utf8()).min(words.len());
        // A label opens the line; behind a name the same words are the post.
        let label = page.context.lexicons.phrases().exact(part).is_some()
            && (found.is_empty() || !is_post(page, part));
        if part.is_empty()
            || label
            || part.contains(['@', '/'])
            || part.chars().any(|c| c.is_ascii_digit())
            || part.len() > 80
        {
            continue;
        }
        found.push(Span::new(
            line.range().start + from,
            line.range().start + from + part.len(),
        ));
    }
    found
}

/// Whether words are a bare name: every word opens with a capital, none is in the tables' document words.
fn is_person(words: &str) -> bool {
    words.split_whitespace().all(|w| {
        w.chars().next().is_some_and(char::is_uppercase)
            || matches!(
                w,
                "de" | "van" | "von" | "der" | "da" | "di" | "del" | "la" | "al" | "bin"
            )
    })
}

/// Whether words name a post: they end with its noun (`press officer`), or open with it and go on small (`head of media`).
fn is_post(page: &Page<'_>, text: &str) -> bool {
    let written: Vec<&str> = text.split_whitespace().collect();
    let folded: Vec<String> = written.iter().map(|w| w.to_lowercase()).collect();
    let small = |at: usize| {
        written
            .get(at)
            .is_none_or(|w| w.starts_with(char::is_lowercase))
    };
    [page.language.unwrap_or("en"), "en"]
        .into_iter()
        .filter_map(|tag| page.context.lexicons.get(tag))
        // Without spaces a post has no first or last word.
        .filter(|lexicon| lexicon.events.style != NameStyle::Unspaced)
        .any(|lexicon| {
            let index = lexicon.agent_words();
            let mut post = false;
            for at in 0..folded.len() {
                index.meanings(
                    |i| folded.get(at + i).map(String::as_str),
                    |word, len| {
                        // `Department of Justice`: what stands behind a small word is no head.
                        let head =
                            at == 0 || !(small(at - 1) && written[at - 1].chars().count() <= 3);
                        let ends = at + len == folded.len();
                        post |= *word == AgentWord::Role && (ends && head || at == 0 && small(len));
                    },
                );
            }
            post
        })
}
