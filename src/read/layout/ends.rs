//! Where the text ends: end marks, share bars behind the last sentence, a text printed twice, a menu.

use super::head::notice;
use super::labels::label_at;
use super::page::Page;
use super::sections::{Placed, Section, Sections};
use super::words::{bullet, is_capitals, is_closed, start_of, weight, word_count};
use crate::lang::Part;
use crate::model::{Notice, NoticeKind};
use crate::source::Span;

/// `###`, `-30-`, `ENDS`, `– Fin –`.
pub(super) fn is_end_mark(page: &Page<'_>, words: &str) -> bool {
    let words = words.trim();
    if words.len() > 60 {
        return false;
    }
    if words.contains('#') && words.chars().all(|c| c == '#' || c.is_whitespace()) {
        return words.matches('#').count() > 1;
    }
    let core = words.trim_matches(|c: char| !c.is_alphanumeric());
    let marked = words.len() > core.len();
    if core == "30" {
        return words.starts_with(['-', '–', '—']);
    }
    page.context
        .lexicons
        .phrases()
        .exact(core)
        .is_some_and(|hit| hit.is(Part::End))
        && (marked && !words.ends_with('.')
            || is_capitals(core)
            || words.len() == core.len()
                && core.chars().next().is_some_and(char::is_alphabetic)
                && word_count(core) <= 3)
}

/// Cuts an end mark, and what stands behind it, off the end of a line (`… this year. ###`, `… Share: Facebook X`).
pub(super) fn cut_tail<'a>(page: &Page<'a>, span: Span, out: &mut Sections<'a>) -> Span {
    let words = page.words(span);
    // Most lines have none of the marks, which one look for what they share tells.
    let hashes: &[&str] = if words.contains('#') {
        &[" ###", " # # #", "### ", "-###-", "###"]
    } else {
        &[]
    };
    let thirties: &[&str] = if words.contains("30-") {
        &[" -30-", " --30--"]
    } else {
        &[]
    };
    let cut = (hashes.iter().chain(thirties))
        .filter_map(|mark| words.find(mark))
        .chain(copyright_tail(page, words))
        .filter(|at| *at > 40 && words.len() - at < 400)
        .min();
    let Some(at) = cut else { return span };
    let tail = Span {
        start: span.start + at as u32,
        end: span.end,
    }
    .trim(page.context.text);
    let kind = if page.words(tail).starts_with(['#', '-']) {
        NoticeKind::EndMark
    } else {
        NoticeKind::Navigation
    };
    out.notices.push(notice(page, kind, tail));
    Span {
        start: span.start,
        end: span.start + at as u32,
    }
    .trim(page.context.text)
}

/// Where a share bar with its colon starts behind the last sentence of a line.
fn copyright_tail(page: &Page<'_>, words: &str) -> Option<usize> {
    let from = start_of(words, words.len().saturating_sub(300)).len();
    let tail = &words[from..];
    if !tail.contains(':') && !tail.contains('©') {
        return None;
    }
    tail.match_indices([' ', '\u{3000}'])
        .map(|(at, blank)| at + blank.len())
        .filter(|at| tail[..*at].trim_end().ends_with(['.', '!', '?', '”', '"']))
        .find(|at| {
            let rest = &tail[*at..];
            let hits = page.context.lexicons.phrases().leading(rest);
            rest.starts_with('©')
                || hits
                    .iter()
                    .any(|h| h.is(Part::Share) && rest[h.len..].trim_start().starts_with(':'))
        })
        .map(|at| from + at)
}

/// Ends the text where it starts over: some pages print it twice.
pub(super) fn end_at_repeat(page: &Page<'_>, placed: &mut Vec<Placed>) {
    let Some(first) = placed.first().map(|p| page.words(p.span)) else {
        return;
    };
    if first.len() < 80 {
        return;
    }
    if let Some(again) = placed
        .iter()
        .skip(2)
        .position(|p| page.words(p.span) == first)
    {
        placed.truncate(again + 2);
    }
}

/// Ends the text before a long run of short lines at its end: a menu.
pub(super) fn end_at_menu(page: &Page<'_>, placed: &mut Vec<Placed>, notices: &mut Vec<Notice>) {
    const RUN: usize = 8;
    let last = placed.iter().rposition(|p| p.section == Section::Body);
    let Some(last) = last else { return };
    let short = |p: &Placed| {
        let words = page.words(p.span);
        p.section == Section::Body
            && weight(words) < 70
            && !is_closed(words)
            && label_at(page, p.span).is_none()
            && bullet(words).is_none_or(|_| weight(words) < 40)
    };
    let run = placed[..=last]
        .iter()
        .rev()
        .take_while(|p| short(p))
        .count();
    let from = last + 1 - run;
    if run < RUN
        || from == 0
        || page
            .words(placed[from - 1].span)
            .trim_end()
            .ends_with([':', '：'])
    {
        return;
    }
    for gone in placed.drain(from..=last) {
        notices.push(notice(page, NoticeKind::Navigation, gone.span));
    }
}
