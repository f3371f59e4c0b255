//! Page furniture: menus, breadcrumbs, share bars, cookie lines, print marks, copyright.

use super::notices::is_switcher;
use super::page::Page;
use super::words::{bullet, is_ornament, without_ornaments, word_count, words_up_to};
use crate::lang::Part;
use crate::model::NoticeKind;
use crate::source::Span;

/// Networks that share bars name.
const NETWORKS: &[&str] = &[
    "facebook",
    "twitter",
    "x",
    "linkedin",
    "whatsapp",
    "instagram",
    "youtube",
    "pinterest",
    "reddit",
    "telegram",
    "line",
    "xing",
    "email",
    "e-mail",
    "mail",
    "rss",
    "flickr",
    "tumblr",
    "viber",
    "vk",
    "weibo",
    "wechat",
    "threads",
    "bluesky",
    "mastodon",
    "tiktok",
    "messenger",
    "google+",
    "digg",
    "stumbleupon",
    "微信",
    "微博",
    "copy",
    "link",
];

/// What kind of furniture a stretch of the page is, if it is any.
pub(super) fn furniture(page: &Page<'_>, span: Span) -> Option<NoticeKind> {
    let raw = page.words(span);
    if is_ornament(raw) || is_counter(raw) {
        return Some(NoticeKind::Other);
    }
    if is_copyright(raw) {
        return Some(NoticeKind::Copyright);
    }
    let item = bullet(raw).map_or(raw, |mark| &raw[mark..]);
    let words = without_ornaments(item)
        .trim_end_matches([':', '：', '.'])
        .trim_end();
    if let Some(kind) = by_phrase(page, words, item) {
        return Some(kind);
    }
    if is_breadcrumb(page, raw) || is_switcher(page, raw) && words_up_to(raw, 41) <= 40 {
        return Some(NoticeKind::Navigation);
    }
    if is_share_bar(raw) {
        return Some(NoticeKind::ShareLinks);
    }
    None
}

/// Furniture by the words of the tables.
fn by_phrase(page: &Page<'_>, words: &str, item: &str) -> Option<NoticeKind> {
    let hits = page.context.lexicons.phrases().leading(words);
    let hit = hits.first()?;
    if hit.len == words.len() {
        for (part, kind) in [
            (Part::Share, NoticeKind::ShareLinks),
            (Part::Print, NoticeKind::PrintLink),
            (Part::Cookies, NoticeKind::CookieBanner),
            (Part::DocumentType, NoticeKind::Other),
            (Part::Occasion, NoticeKind::Other),
            (Part::Release, NoticeKind::Embargo),
            (Part::Section, NoticeKind::Navigation),
            (Part::More, NoticeKind::Navigation),
            (Part::Related, NoticeKind::Navigation),
        ] {
            if hit.is(part) {
                return Some(kind);
            }
        }
    }
    if item.len() > 300 && page.is_prose(item) {
        return None;
    }
    let rest = words[hit.len..].trim_start();
    let parted = rest.starts_with([':', '：', '|', '-', '–', '—', '/', '·']);
    let bare = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    if hit.is(Part::Cookies) {
        return Some(NoticeKind::CookieBanner);
    }
    if hit.is(Part::Share) && (networks(rest) > 0 || parted && word_count(rest) <= 8) {
        return Some(NoticeKind::ShareLinks);
    }
    if hit.is(Part::Print) && word_count(rest) <= 2 && !parted {
        return Some(NoticeKind::PrintLink);
    }
    // Several menu words on one line: all of it is menu.
    if (hit.is(Part::Section)
        || hit.is(Part::Print)
        || hit.is(Part::Share)
        || hit.is(Part::Related))
        && is_menu(page, words)
    {
        return Some(NoticeKind::Navigation);
    }
    if hit.is(Part::Release) && word_count(bare) <= 6 {
        return Some(NoticeKind::Embargo);
    }
    if hit.is(Part::Embargo) && word_count(bare) <= 16 {
        return Some(NoticeKind::Embargo);
    }
    if (hit.is(Part::DocumentType) || hit.is(Part::Occasion)) && is_numbered(page, bare) {
        return Some(NoticeKind::Other);
    }
    if hit.is(Part::Reference)
        && (bare.len() < rest.len() || rest.starts_with(|c: char| c.is_ascii_digit()))
        && word_count(bare) <= 4
        && bare.chars().any(|c| c.is_ascii_digit())
    {
        return Some(NoticeKind::Other);
    }
    if hit.is(Part::Byline) && is_byline(words, rest) {
        return Some(NoticeKind::Other);
    }
    None
}

/// `Pressemitteilung Nr. 17/2030`, `ADVISORY – CANCELLED`, the type said twice: what stands behind a document type when
/// the line says nothing else.
fn is_numbered(page: &Page<'_>, rest: &str) -> bool {
    let phrases = page.context.lexicons.phrases();
    let mut rest = rest;
    for _ in 0..4 {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let hit = phrases
            .leading(rest)
            .into_iter()
            .find(|h| h.is(Part::DocumentType) || h.is(Part::Reference) || h.is(Part::Release));
        match hit {
            Some(hit) => rest = &rest[hit.len..],
            None => break,
        }
    }
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let words = word_count(rest);
    rest.is_empty()
        || words <= 2 && rest.chars().any(|c| c.is_ascii_digit())
        || words == 1 && !rest.chars().any(char::is_lowercase)
}

/// `By the press team`, `Source: Harbour Trust`.
fn is_byline(words: &str, rest: &str) -> bool {
    let lead = words[..words.len() - rest.len()].trim_end();
    if rest.starts_with([':', '：']) {
        return word_count(rest) <= 12;
    }
    lead.chars().next().is_some_and(char::is_uppercase)
        && word_count(words) <= 8
        && lead.split_whitespace().count() == 1
        && !words.chars().any(|c| c.is_ascii_digit())
        && matches!(
            lead,
            "By" | "BY" | "Par" | "Por" | "Von" | "Di" | "Door" | "Av" | "Af"
        )
}

/// Whether the words are menu words one after the other.
fn is_menu(page: &Page<'_>, words: &str) -> bool {
    let phrases = page.context.lexicons.phrases();
    let mut rest = words;
    let mut seen = 0;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() {
            return seen > 1;
        }
        let hit = phrases.leading(rest).into_iter().find(|h| {
            [
                Part::Section,
                Part::Share,
                Part::Print,
                Part::Related,
                Part::More,
                Part::Contact,
                Part::Cookies,
            ]
            .iter()
            .any(|p| h.is(*p))
        });
        match hit {
            Some(hit) => {
                rest = &rest[hit.len..];
                seen += 1;
            }
            None => return false,
        }
    }
}

/// A lone number, or two: visits, comments, page numbers.
fn is_counter(words: &str) -> bool {
    let digits = || words.chars().filter(char::is_ascii_digit).count();
    words.chars().all(|c| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '/' | ',' | '.' | '(' | ')' | '#')
    }) && (1..=7).contains(&digits())
        && !is_year_like(words)
}

fn is_year_like(words: &str) -> bool {
    words.contains(['/', '.']) && words.chars().filter(char::is_ascii_digit).count() > 4
}

fn is_copyright(words: &str) -> bool {
    let core = words.trim_start_matches(['*', '[', ' ']);
    core.starts_with('©')
        || core.get(..3).is_some_and(|s| s.eq_ignore_ascii_case("(c)"))
            && words.chars().any(|c| c.is_ascii_digit())
            && words.len() < 200
        || core
            .get(..9)
            .is_some_and(|s| s.eq_ignore_ascii_case("copyright"))
            && words.len() < 240
}

/// `Home > News > 2030`: short parts, a mark between them, no sentence.
fn is_breadcrumb(page: &Page<'_>, words: &str) -> bool {
    let parted = ['>', '›', '»', '＞', '→', ':', '/', '|', '•', '·'];
    if words.len() > 200 || !words.contains(parted) || page.is_prose(words) {
        return false;
    }
    for mark in [" > ", " › ", " » ", " ＞ ", ">>", " → ", " :: "] {
        let parts = words.split(mark).filter(|p| !p.trim().is_empty()).count();
        if parts > 1
            && words
                .split(mark)
                .take(parts - 1)
                .all(|p| word_count(p) <= 6)
        {
            return true;
        }
    }
    [" / ", " | ", " • ", " · "].iter().any(|mark| {
        let parts: Vec<_> = words.split(mark).collect();
        parts.len() > 2 && parts.iter().all(|p| word_count(p) <= 4)
    })
}

fn networks(words: &str) -> usize {
    words
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | ':' | '·'))
        .filter(|w| is_network(w))
        .count()
}

fn is_network(word: &str) -> bool {
    STARTS[start_bit(word.as_bytes()) / 64] >> (start_bit(word.as_bytes()) % 64) & 1 == 1
        && (NETWORKS.iter()).any(|name| word.len() == name.len() && word.eq_ignore_ascii_case(name))
}

/// A bit for each first letter and length of a network's name: most words have none of them.
const STARTS: [u64; 8] = {
    let mut starts = [0; 8];
    let mut i = 0;
    while i < NETWORKS.len() {
        let bit = start_bit(NETWORKS[i].as_bytes());
        starts[bit / 64] |= 1 << (bit % 64);
        i += 1;
    }
    starts
};

/// The bit of a word, in any case.
const fn start_bit(word: &[u8]) -> usize {
    match word.first() {
        Some(first) => (*first as usize % 32) * 16 + word.len() % 16,
        None => 0,
    }
}

fn is_share_bar(words: &str) -> bool {
    const MOST: usize = 12;
    let count = words_up_to(words, MOST + 1);
    count <= MOST && {
        let known = networks(words);
        known > 1 && known * 2 >= count || count == 1 && known == 1 && words.chars().count() > 4
    }
}
