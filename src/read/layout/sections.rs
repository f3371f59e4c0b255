//! The text and what follows it: notes to editors, contacts, standing text, end marks, furniture.

use super::chrome::furniture;
use super::contacts::is_reachable;
use super::head::notice;
use super::labels::label_at;
use super::page::Page;
use super::stamps::{Stamp, Use, stamp};
use super::words::{
    bullet, is_capitals, is_closed, is_ornament, is_prose, opens_name, start_of, weight, word_count,
};
use crate::lang::{Hit, Part, folded_phrase};
use crate::model::{Block, BlockKind, Notice, NoticeKind};
use crate::read::blocks::folded;
use crate::source::Span;

/// Where a line belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
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
struct Placed {
    line: usize,
    span: Span,
    section: Section,
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
enum Turn<'a> {
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
        && let Some(found) = stamp(page, span)
        && (section != Section::Body
            || found.usage == Use::Modified
            || found.mention.start.day.is_some()
                && found.mention.start.year.is_some()
                && !in_programme(page, index))
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
                && !is_prose(words)
                && words.contains('@')
                && word_count(words) < 14
                && label_at(page, span).is_none() =>
        {
            Turn::Go(Section::Contacts)
        }
        _ => Turn::Stay,
    }
}

/// A heading that opens a section.
fn heading<'a>(
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
                !is_prose(words) && !rest.contains([':', '：']) || bare,
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
            && (prose_left < 2 || section != Section::Body)
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
            && rest.starts_with([':', '：'])
            && is_capitals(&words[..hit.len])
        {
            return Some(Turn::Head(Section::After, NoticeKind::Other));
        }
    }
    (section != Section::Notes && is_about_after(page, words))
        .then_some(Turn::Head(Section::Standing, NoticeKind::Boilerplate))
}

fn open<'a>(section: Section, is_head: bool, kind: NoticeKind) -> Turn<'a> {
    if is_head {
        Turn::Head(section, kind)
    } else {
        Turn::Go(section)
    }
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

/// Whether a date stands among the hours of a programme.
fn in_programme(page: &Page<'_>, index: usize) -> bool {
    page.lines.get(index + 1).is_some_and(|next| {
        next.gap == 0
            && page
                .words(next.span)
                .starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `###`, `-30-`, `ENDS`, `– Fin –`.
fn is_end_mark(page: &Page<'_>, words: &str) -> bool {
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
fn cut_tail<'a>(page: &Page<'a>, span: Span, out: &mut Sections<'a>) -> Span {
    let words = page.words(span);
    let cut = [" ###", " # # #", " -30-", "### ", " --30--", "-###-"]
        .iter()
        .filter_map(|mark| words.find(mark))
        .chain(words.find("###"))
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

/// For each line from `first` on: how many lines of running text stand behind it.
fn prose_behind(page: &Page<'_>, first: usize) -> Vec<usize> {
    let mut counts = vec![0; page.lines.len() - first];
    let mut count = 0;
    for index in (first..page.lines.len()).rev() {
        counts[index - first] = count;
        let words = page.words(page.lines[index].span);
        if is_prose(words) && weight(words) > 60 && !is_reachable_line(words) {
            count += 1;
        }
    }
    counts
}

fn is_reachable_line(words: &str) -> bool {
    words.len() < 300 && is_reachable(words)
}

/// Ends the text where it starts over: some pages print it twice.
fn end_at_repeat(page: &Page<'_>, placed: &mut Vec<Placed>) {
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
fn end_at_menu(page: &Page<'_>, placed: &mut Vec<Placed>, notices: &mut Vec<Notice>) {
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

/// Makes blocks of the placed lines.
fn fill(page: &Page<'_>, placed: &[Placed], out: &mut Sections<'_>) {
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
        && next.is_some_and(|n| is_prose(page.words(n)))
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
