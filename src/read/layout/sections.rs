//! The text and what follows it: notes to editors, contacts, standing text, end marks, furniture.

use super::chrome::furniture;
use super::contacts::is_reachable;
use super::ends::{cut_tail, end_at_menu, end_at_repeat, is_end_mark};
use super::head::notice;
use super::headings::heading;
use super::labels::{asks_when, label_at};
use super::page::Page;
use super::paragraphs::fill;
use super::stamps::{Stamp, Use, stamp};
use super::words::{bullet, is_ornament, weight, word_count};
use crate::lang::LabelKind;
use crate::model::{Block, Notice, NoticeKind};
use crate::source::Span;

/// Where a line belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Body,
    Contacts,
    Standing,
    Notes,
    /// Behind the end of the text, under no heading.
    After,
    /// Lists of other pages.
    Related,
}

/// The parts from the first sentence on.
#[derive(Debug, Default)]
pub(super) struct Sections<'a> {
    /// The text.
    pub(super) body: Vec<Block>,
    /// Standing text.
    pub(super) boilerplate: Vec<Block>,
    /// Notes to editors.
    pub(super) notes: Vec<Block>,
    /// Lines of contacts.
    pub(super) contacts: Vec<Span>,
    /// Furniture.
    pub(super) notices: Vec<Notice>,
    /// Date lines inside and behind the text.
    pub(super) stamps: Vec<Stamp<'a>>,
    /// Where the text ends.
    pub(super) end: u32,
}

/// One line with its section.
pub(super) struct Placed {
    pub(super) line: usize,
    pub(super) span: Span,
    pub(super) section: Section,
}

/// Sorts the lines from byte `start` in line `first` on into sections.
pub(super) fn sections<'a>(page: &Page<'a>, start: u32, first: usize) -> Sections<'a> {
    let mut out = Sections {
        end: start,
        ..Sections::default()
    };
    let mut placed: Vec<Placed> = Vec::new();
    let mut section = Section::Body;
    let prose_left = prose_behind(page, first);
    for (index, line) in page.lines.iter().enumerate().skip(first) {
        let mut span = Span {
            start: line.span.start.max(start),
            end: line.span.end,
        };
        if span.is_empty() {
            continue;
        }
        if index == first || section == Section::Body {
            span = cut_tail(page, span, &mut out);
        }
        let opened = index > first || span.start > start;
        match turn(
            page,
            index,
            span,
            section,
            opened,
            prose_left[index - first],
        ) {
            Turn::Stay => placed.push(Placed {
                line: index,
                span,
                section,
            }),
            Turn::Go(next) => {
                section = next;
                placed.push(Placed {
                    line: index,
                    span,
                    section,
                });
            }
            Turn::Head(next, kind) => {
                section = next;
                out.notices.push(notice(page, kind, span));
            }
            Turn::Drop(kind) => out.notices.push(notice(page, kind, span)),
            Turn::Stamp(found) => out.stamps.push(found),
            Turn::End => {
                section = Section::After;
                out.notices.push(notice(page, NoticeKind::EndMark, span));
            }
        }
    }
    end_at_repeat(page, &mut placed);
    end_at_menu(page, &mut placed, &mut out.notices);
    fill(page, &placed, &mut out);
    out
}

/// What a line does to the walk.
pub(super) enum Turn<'a> {
    /// It belongs where the one before does.
    Stay,
    /// It opens a section and belongs to it.
    Go(Section),
    /// It is the heading of a section.
    Head(Section, NoticeKind),
    /// It is furniture.
    Drop(NoticeKind),
    /// It is a date line.
    Stamp(Stamp<'a>),
    /// It is an end mark.
    End,
}

fn turn<'a>(
    page: &Page<'a>,
    index: usize,
    span: Span,
    section: Section,
    opened: bool,
    prose_left: usize,
) -> Turn<'a> {
    let words = page.words(span);
    if is_end_mark(page, words) {
        return Turn::End;
    }
    if is_ornament(words) {
        return Turn::Drop(NoticeKind::Other);
    }
    if !opened {
        return Turn::Stay;
    }
    if let Some(kind) = heading(page, index, span, section, prose_left) {
        return kind;
    }
    if label_at(page, span).is_none()
        && !asks_when(page, page.lines[index.saturating_sub(1)].span)
        && let Some(found) = stamp(page, span).filter(|s| s.usage != Use::Event)
        && (section != Section::Body
            || found.usage == Use::Modified
            || found.mention.start.day.is_some()
                && found.mention.start.year.is_some()
                && !in_programme(page, index)
                && !under_label(page, index))
    {
        return if matches!(section, Section::Body | Section::After | Section::Contacts) {
            Turn::Stamp(found)
        } else {
            Turn::Drop(NoticeKind::Navigation)
        };
    }
    let item = bullet(words).is_some();
    if !(item && section == Section::Body)
        && let Some(kind) = furniture(page, span)
    {
        let keeps = section == Section::Body && prose_left > 1
            || kind == NoticeKind::Other
            || kind == NoticeKind::Copyright;
        return match (kind, section) {
            (NoticeKind::Other, Section::Body) if word_count(words) > 2 && prose_left == 0 => {
                Turn::Stay
            }
            _ if keeps => Turn::Drop(kind),
            _ => Turn::Head(Section::Related, kind),
        };
    }
    match section {
        Section::Related => Turn::Drop(NoticeKind::Navigation),
        Section::After if is_reachable(words) && word_count(words) < 30 => {
            Turn::Go(Section::Contacts)
        }
        Section::After => Turn::Drop(NoticeKind::Other),
        Section::Body
            if prose_left == 0
                && !page.is_prose(words)
                && words.contains('@')
                && word_count(words) < 14
                && label_at(page, span).is_none() =>
        {
            Turn::Go(Section::Contacts)
        }
        _ => Turn::Stay,
    }
}

/// Whether a label of the event's day, empty on its own line, stands above the line.
fn under_label(page: &Page<'_>, index: usize) -> bool {
    index
        .checked_sub(1)
        .and_then(|above| label_at(page, page.lines[above].span))
        .is_some_and(|l| {
            matches!(l.kind, LabelKind::When | LabelKind::Time)
                && l.value >= page.lines[index - 1].span.end
        })
}

/// Whether a date stands among the hours of a programme.
fn in_programme(page: &Page<'_>, index: usize) -> bool {
    page.lines.get(index + 1).is_some_and(|next| {
        next.gap == 0
            && page
                .words(next.span)
                .starts_with(|c: char| c.is_ascii_digit())
    })
}

/// For each line from `first` on: how many lines of running text stand behind it.
fn prose_behind(page: &Page<'_>, first: usize) -> Vec<usize> {
    let mut counts = vec![0; page.lines.len() - first];
    let mut count = 0;
    for index in (first..page.lines.len()).rev() {
        counts[index - first] = count;
        let words = page.words(page.lines[index].span);
        if page.is_prose(words) && weight(words) > 60 && !is_reachable_line(words) {
            count += 1;
        }
    }
    counts
}

fn is_reachable_line(words: &str) -> bool {
    words.len() < 300 && is_reachable(words)
}
