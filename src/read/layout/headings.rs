//! Headings that open a section behind the text: notes to editors, contacts, standing text, other pages.

use super::contacts::is_reachable;
use super::page::Page;
use super::sections::{Section, Turn};
use super::words::{is_capitals, is_closed, is_ornament, opens_name, weight, word_count};
use crate::lang::{Hit, Part, folded_phrase};
use crate::model::NoticeKind;
use crate::source::Span;

/// A heading that opens a section.
pub(super) fn heading<'a>(
    page: &Page<'a>,
    index: usize,
    span: Span,
    section: Section,
    prose_left: usize,
) -> Option<Turn<'a>> {
    let raw = page.words(span);
    let words = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lead = words.as_ptr() as usize - raw.as_ptr() as usize;
    if lead > 12 {
        return None;
    }
    let hits = page.context.lexicons.phrases().leading(words);
    for hit in &hits {
        let rest = words[hit.len..]
            .trim_start_matches(['】', '*', ']', '」'])
            .trim_start();
        let bare = is_ornament(rest);
        let marked = rest.starts_with([':', '：', '-', '–', '—']);
        if spoken(page, hit, Part::Notes)
            && (bare || marked || rest.starts_with([',', '，']) && words.len() < 120)
        {
            return Some(open(
                Section::Notes,
                bare || is_short_head(rest),
                NoticeKind::Other,
            ));
        }
        if spoken(page, hit, Part::About) && is_about(words, rest) {
            return Some(open(
                Section::Standing,
                !page.is_prose(words) && !rest.contains([':', '：']) || bare,
                NoticeKind::Boilerplate,
            ));
        }
        if spoken(page, hit, Part::Contact)
            && opens_contact(page, index, words, rest, bare, marked, prose_left)
        {
            return Some(open(Section::Contacts, bare, NoticeKind::ContactHeading));
        }
        if spoken(page, hit, Part::ContactHint)
            && (marked || bare)
            && section != Section::Notes
            && opens_contact(page, index, words, rest, bare, marked, prose_left)
            && (is_reachable(words) || bare && reachable_below(page, index))
        {
            return Some(open(Section::Contacts, bare, NoticeKind::ContactHeading));
        }
        if spoken(page, hit, Part::Related)
            && (bare || marked && weight(words) < 100)
            && (section != Section::Body || prose_left < 2 && !prose_below(page, index))
        {
            return Some(Turn::Head(Section::Related, NoticeKind::Navigation));
        }
        if (spoken(page, hit, Part::Share) || spoken(page, hit, Part::Print))
            && bare
            && prose_left < 2
        {
            let kind = if hit.is(Part::Share) {
                NoticeKind::ShareLinks
            } else {
                NoticeKind::PrintLink
            };
            return Some(Turn::Head(Section::Related, kind));
        }
        if hit.is(Part::Byline)
            && section == Section::Body
            && prose_left == 0
            && (rest.starts_with([':', '：']) && is_capitals(&words[..hit.len])
                || is_credit(page, hit, words))
        {
            return Some(Turn::Head(Section::After, NoticeKind::Other));
        }
    }
    (section != Section::Notes && is_about_after(page, words))
        .then_some(Turn::Head(Section::Standing, NoticeKind::Boilerplate))
}

/// Whether running text stands right below a line: then the line heads a section of the text.
fn prose_below(page: &Page<'_>, index: usize) -> bool {
    let below = page.lines.get(index + 1);
    below.is_some_and(|line| page.is_prose(page.words(line.span)))
}

fn open<'a>(section: Section, is_head: bool, kind: NoticeKind) -> Turn<'a> {
    if is_head {
        Turn::Head(section, kind)
    } else {
        Turn::Go(section)
    }
}

/// Words of the longest line that credits a text or picture.
const CREDIT: usize = 7;

/// `Foto: Jan Wolny`, `fot. Jan Wolny`: who made a text or picture, behind the text.
fn is_credit(page: &Page<'_>, hit: &Hit<'_>, words: &str) -> bool {
    let (lead, rest) = words.split_at(hit.len);
    let marked = rest.trim_start().starts_with([':', '：']) || lead.ends_with('.');
    let sentence = rest.trim_end().ends_with(['.', '!', '?']);
    marked && !sentence && word_count(words) <= CREDIT && spoken(page, hit, Part::Byline)
}

/// `, not for publication:` behind a heading word.
fn is_short_head(rest: &str) -> bool {
    rest.starts_with([',', '，']) && rest.trim_end().ends_with([':', '：'])
}

/// Whether a phrase has this meaning in the text's language, or in English, which press offices everywhere use.
fn spoken(page: &Page<'_>, hit: &Hit<'_>, part: Part) -> bool {
    let own = page
        .language
        .and_then(|tag| page.context.lexicons.index(tag));
    let english = page.context.lexicons.index("en");
    let short = hit.len < 4;
    hit.meanings.iter().any(|(found, language)| {
        *found == part
            && (Some(*language) == own
                || Some(*language) == english
                || !short && part != Part::About)
    })
}

/// `About X` as a heading, or run in before a colon; no sentence that happens to open with the word.
fn is_about(words: &str, rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    let named =
        rest.split_whitespace().any(opens_name) && !rest.starts_with(|c: char| c.is_ascii_digit());
    if !named {
        return false;
    }
    let head = words.split([':', '：']).next().unwrap_or(words);
    let run_in = head.len() < words.len() && word_count(head) <= 12;
    let plain = weight(words) <= 100 && !is_closed(words) && word_count(words) <= 12;
    run_in || plain || is_single(words)
}

fn is_single(words: &str) -> bool {
    word_count(words) == 1
}

/// `X Hakkında`, `Xについて`: the word closes the heading.
fn is_about_after(page: &Page<'_>, words: &str) -> bool {
    let Some(lexicon) = page.language.and_then(|tag| page.context.lexicons.get(tag)) else {
        return false;
    };
    let core = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    if lexicon.layout.about_after.is_empty()
        || weight(core) > 90
        || core.len() < words.len() && is_closed(words)
    {
        return false;
    }
    let folded = folded_phrase(core);
    lexicon.layout.about_after.iter().any(|end| {
        folded
            .strip_suffix(folded_phrase(end).as_str())
            .is_some_and(|name| !name.is_empty())
    }) && opens_name(words)
}

/// Whether a contact phrase opens the contacts here, not a sentence of the text.
fn opens_contact(
    page: &Page<'_>,
    index: usize,
    words: &str,
    rest: &str,
    bare: bool,
    marked: bool,
    prose_left: usize,
) -> bool {
    let reachable = is_reachable(words);
    if bare {
        return prose_left < 3 || reachable_below(page, index);
    }
    if marked {
        return reachable || weight(words) < 140 || prose_left == 0;
    }
    (reachable || reachable_below(page, index) && prose_left == 0)
        && (prose_left < 3 || weight(words) < 160)
        && !rest.is_empty()
}

/// Whether one of the next lines of the block holds an address or number.
fn reachable_below(page: &Page<'_>, index: usize) -> bool {
    page.lines[(index + 1).min(page.lines.len())..]
        .iter()
        .take(5)
        .enumerate()
        .take_while(|(nth, line)| *nth == 0 && line.gap < 3 || line.gap == 0)
        .any(|(_, line)| line.span.len() < 400 && is_reachable(page.words(line.span)))
}
