//! Lines to blocks: paragraphs, list items, headings; lines that a mail program wrapped are joined again.

use super::labels::label_at;
use super::page::Page;
use super::sections::{Placed, Section, Sections};
use super::words::{bullet, is_closed, weight};
use crate::model::{Block, BlockKind};
use crate::read::blocks::folded;
use crate::source::Span;

/// Makes blocks of the placed lines.
pub(super) fn fill(page: &Page<'_>, placed: &[Placed], out: &mut Sections<'_>) {
    let width = wrap_width(page, placed);
    let mut index = 0;
    while index < placed.len() {
        let from = index;
        let section = placed[index].section;
        index += 1;
        if section == Section::Contacts {
            out.contacts.push(placed[from].span);
            continue;
        }
        while index < placed.len()
            && placed[index].section == section
            && goes_on(page, &placed[index - 1], &placed[index], width)
        {
            index += 1;
        }
        let span = placed[from].span.cover(placed[index - 1].span);
        let next = placed.get(index).filter(|p| p.section == section);
        let block = block(page, span, next.map(|p| p.span));
        match section {
            Section::Body => {
                out.end = span.end;
                out.body.push(block);
            }
            Section::Standing => out.boilerplate.push(block),
            Section::Notes => out.notes.push(block),
            Section::Contacts | Section::After | Section::Related => {}
        }
    }
}

/// The column at which the text is wrapped, in characters; `None` where lines are paragraphs.
fn wrap_width(page: &Page<'_>, placed: &[Placed]) -> Option<usize> {
    const WIDEST: usize = 110;
    let widths: Vec<usize> = placed
        .iter()
        .map(|p| page.words(p.span).chars().count())
        .collect();
    let widest = *widths.iter().max()?;
    let full = widths.iter().filter(|w| **w * 4 >= widest * 3).count();
    (widest <= WIDEST && widest > 40 && full >= 4 && full * 3 > widths.len()).then_some(widest)
}

/// Whether a line goes on the paragraph of the one before: its first word did not fit there.
fn goes_on(page: &Page<'_>, upper: &Placed, lower: &Placed, width: Option<usize>) -> bool {
    let Some(width) = width else { return false };
    let (above, below) = (page.words(upper.span), page.words(lower.span));
    if upper.line + 1 != lower.line
        || bullet(below).is_some()
        || label_at(page, lower.span).is_some()
    {
        return false;
    }
    let gap = page.lines[lower.line].gap;
    let starts_small = below.starts_with(char::is_lowercase);
    if gap > 0 {
        // Lines wrapped and set apart by blank lines, inside one sentence.
        return gap == 1 && starts_small && !is_closed(above);
    }
    let first = below
        .split_whitespace()
        .next()
        .map_or(0, |w| w.chars().count());
    above.chars().count() + 1 + first + 2 > width || starts_small && !is_closed(above)
}

/// A block of lines.
fn block(page: &Page<'_>, span: Span, next: Option<Span>) -> Block {
    let words = page.words(span);
    let (kind, span) = if let Some(mark) = bullet(words) {
        (
            BlockKind::ListItem,
            Span {
                start: span.start + mark as u32,
                end: span.end,
            },
        )
    } else if next.is_some()
        && weight(words) < 90
        && !is_closed(words)
        && !words.ends_with([':', '：', ',', ';'])
        && label_at(page, span).is_none()
        && next.is_some_and(|n| page.is_prose(page.words(n)))
    {
        (BlockKind::Heading, span)
    } else {
        (BlockKind::Paragraph, span)
    };
    Block {
        kind,
        text: folded(page.words(span)),
        span,
    }
}
