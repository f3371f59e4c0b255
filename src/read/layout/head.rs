//! The head of the page: everything before the first sentence of the text.

use super::chrome::furniture;
use super::contacts::is_contact_line;
use super::dateline::{RunIn, run_in};
use super::glued;
use super::labels::{asks_when, label_at};
use super::language::Script;
use super::page::{Page, Piece};
use super::stamps::{Stamp, Use, stamp};
use super::titles::{Choice, Title, choose};
use super::words::{bullet, is_capitals, is_closed, is_ornament, opens_name, weight, word_count};
use crate::lang::LabelKind;
use crate::model::{Notice, NoticeKind};
use crate::read::blocks::folded;
use crate::read::places;
use crate::source::Span;

/// What the head of a page holds.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    /// Headline and subtitle.
    pub(super) titles: Choice,
    /// Date lines, in order.
    pub(super) stamps: Vec<Stamp<'a>>,
    /// The dateline run in before the text.
    pub(super) run_in: Option<RunIn<'a>>,
    /// The town on a line of its own before the text, where no date stands with it.
    pub(super) place: Option<Span>,
    /// Furniture, in order.
    pub(super) notices: Vec<Notice>,
    /// Lines about whom to ask.
    pub(super) contacts: Vec<Span>,
    /// Byte at which the text starts; the end of the source where it has none.
    pub(super) body: u32,
    /// Line in which it starts.
    pub(super) body_line: usize,
}

/// Walks the pieces down to the first sentence.
pub(super) fn head<'a>(
    page: &Page<'a>,
    pieces: &[Piece],
    fallbacks: &[(usize, String)],
) -> Head<'a> {
    let mut head = Head {
        body: page.context.text.len() as u32,
        body_line: page.lines.len(),
        ..Head::default()
    };
    let script = page.language.and_then(script_of);
    let mut titles: Vec<Title> = Vec::new();
    let mut queue = Queue::new(pieces);
    while let Some(piece) = queue.next() {
        if let Some((_, language)) = fallbacks.iter().find(|(line, _)| *line == piece.line) {
            fallback(page, &mut head.notices, piece, language);
            continue;
        }
        let words = page.words(piece.span);
        if let Some(parts) =
            glued::part_at_date(page, piece).filter(|_| is_parted(page, piece.span))
        {
            queue.put_back(parts);
            continue;
        }
        if let Some(asked) = queue
            .previous()
            .filter(|before| before.line != piece.line && asks_when(page, before.span))
            && stamp(page, piece.span).is_some_and(|s| matches!(s.usage, Use::Plain | Use::Placed))
        {
            // The day that a label on the line above asks for is the event's.
            titles.retain(|t| t.line != asked.line);
            start_body(&mut head, asked.span.start, asked.line);
            break;
        }
        if !titles.is_empty() && opens_occasion(page, &queue, piece) {
            start_body(&mut head, piece.span.start, piece.line);
            break;
        }
        if let Some(stamp) = stamp(page, piece.span) {
            if matches!(stamp.usage, Use::Embargo | Use::Release) {
                head.notices
                    .push(notice(page, NoticeKind::Embargo, piece.span));
            }
            head.stamps.push(stamp);
            continue;
        }
        if let Some(subject) = subject(page, &queue, piece) {
            titles.push(Title {
                span: subject,
                line: piece.line,
                alone: piece.first && piece.last,
            });
            continue;
        }
        if opens_labels(page, &queue, piece, !titles.is_empty()) {
            start_body(&mut head, piece.span.start, piece.line);
            break;
        }
        if let Some(kind) = furniture(page, piece.span) {
            head.notices.push(notice(page, kind, piece.span));
            continue;
        }
        if foreign(script, words) {
            head.notices
                .push(notice(page, NoticeKind::Navigation, piece.span));
            continue;
        }
        if is_contact_line(page, piece.span) {
            head.contacts.push(piece.span);
            continue;
        }
        if bullet(words).is_some() && !page.is_prose(words) && in_list(page, &queue) {
            head.notices
                .push(notice(page, NoticeKind::Navigation, piece.span));
            continue;
        }
        if page.is_prose(words)
            || opens_paragraph(page, piece)
            || runs_on(page, piece, queue.ahead(0)) && !titles.is_empty()
            || run_in_ends(page, piece, queue.ahead(0).is_none())
            || is_last_sentence(page, &head, piece, queue.ahead(0).is_none()) && !titles.is_empty()
        {
            if titles.is_empty() && is_slogan(page, &queue, piece) {
                head.notices
                    .push(notice(page, NoticeKind::Other, piece.span));
                continue;
            }
            open_text(page, &mut head, &mut titles, piece);
            break;
        }
        if let Some(next) = queue.ahead(0)
            && let Some(found) = own_line(page, piece, next)
        {
            head.run_in = Some(found);
            start_body(&mut head, found.text, next.line);
            break;
        }
        if let Some(next) = queue.ahead(0)
            && is_lost_dateline(page, piece, next)
        {
            head.place = Some(piece.span);
            start_body(&mut head, next.span.start, next.line);
            break;
        }
        if let Some(next) = queue.ahead(0)
            && let Some(town) = agency_line(page, piece, next)
        {
            head.place = Some(town);
            start_body(&mut head, next.span.start, next.line);
            break;
        }
        titles.push(Title {
            span: bullet(words).map_or(piece.span, |mark| Span {
                start: piece.span.start + mark as u32,
                end: piece.span.end,
            }),
            line: piece.line,
            alone: piece.first && piece.last,
        });
    }
    if head.body_line == page.lines.len() {
        without_sentences(page, &mut head, &mut titles);
    }
    head.titles = choose(page, &titles, head.body, &menus(&head.notices));
    head
}

/// Whether a date in a line may part a title from the text: neither a date line nor a dateline needs its own.
fn is_parted(page: &Page<'_>, span: Span) -> bool {
    stamp(page, span).is_none() && run_in(page, span).is_none_or(|found| found.mention.is_none())
}

/// A notice over a span.
pub(super) fn notice(page: &Page<'_>, kind: NoticeKind, span: Span) -> Notice {
    Notice {
        kind,
        language: None,
        text: folded(page.words(span)),
        span,
    }
}

/// Where menu lines stand.
fn menus(notices: &[Notice]) -> Vec<u32> {
    notices
        .iter()
        .filter(|n| n.kind == NoticeKind::Navigation)
        .map(|n| n.span.start)
        .collect()
}

/// Keeps a line of a fallback notice; lines that follow each other are one notice.
fn fallback(page: &Page<'_>, notices: &mut Vec<Notice>, piece: Piece, language: &str) {
    let line = page.lines[piece.line];
    if !piece.first {
        return;
    }
    if line.gap == 0
        && let Some(last) = notices.last_mut()
        && last.kind == NoticeKind::LanguageFallback
    {
        last.span = last.span.cover(line.span);
        last.text = folded(page.words(last.span));
        return;
    }
    notices.push(Notice {
        language: Some(language.to_owned()),
        ..notice(page, NoticeKind::LanguageFallback, line.span)
    });
}

fn start_body(head: &mut Head<'_>, start: u32, line: usize) {
    head.body = start;
    head.body_line = line;
}

/// Opens the text at a piece of running text: takes glued title and date off, and the dateline.
fn open_text<'a>(page: &Page<'a>, head: &mut Head<'a>, titles: &mut Vec<Title>, piece: Piece) {
    let line = page.lines[piece.line].span;
    let mut span = Span {
        start: piece.span.start,
        end: line.end.max(piece.span.end),
    };
    if run_in(page, span).is_none()
        && let Some(parts) = glued::part(page, span)
    {
        if let Some(title) = parts.title {
            titles.push(Title {
                span: title,
                line: piece.line,
                alone: false,
            });
        }
        span.start = parts.rest;
    }
    head.run_in = run_in(page, span);
    let start = head.run_in.map_or(span.start, |found| found.text);
    start_body(head, start, piece.line);
}

/// A page without a sentence: the text is what stands below the headline.
fn without_sentences(page: &Page<'_>, head: &mut Head<'_>, titles: &mut Vec<Title>) {
    let choice = choose(
        page,
        titles,
        page.context.text.len() as u32,
        &menus(&head.notices),
    );
    let Some(headline) = choice.headline else {
        return;
    };
    let Some(at) = titles.iter().rposition(|t| t.span.overlaps(headline)) else {
        return;
    };
    if let Some(next) = titles.get(at + 1) {
        start_body(head, next.span.start, next.line);
        titles.truncate(at + 1);
    }
}

/// The script of a language, by the tables' endonym.
fn script_of(tag: &str) -> Option<Script> {
    Some(match tag {
        "ja" | "zh" | "ko" | "th" | "el" | "he" | "ka" | "hi" => return None,
        "ar" | "fa" => Script::Arabic,
        "ru" | "uk" | "bg" | "mk" | "sr" | "kk" => Script::Cyrillic,
        _ => Script::Latin,
    })
}

/// Whether a line is in another script than the text. Latin lines may stand in any page: names, addresses.
fn foreign(script: Option<Script>, words: &str) -> bool {
    let Some(own) = script else { return false };
    Script::of(words).is_some_and(|found| found != own && found != Script::Latin)
}

/// The pieces still to come; parted ones are put back at the front.
struct Queue<'p> {
    pieces: &'p [Piece],
    at: usize,
    back: Vec<Piece>,
    before: [Option<Piece>; 2],
}

impl<'p> Queue<'p> {
    fn new(pieces: &'p [Piece]) -> Self {
        Self {
            pieces,
            at: 0,
            back: Vec::new(),
            before: [None; 2],
        }
    }

    fn next(&mut self) -> Option<Piece> {
        let piece = self.back.pop().or_else(|| {
            self.at += 1;
            self.pieces.get(self.at - 1).copied()
        })?;
        self.before = [Some(piece), self.before[0]];
        Some(piece)
    }

    /// Puts parts of the last piece back.
    fn put_back(&mut self, parts: Vec<Piece>) {
        self.before = [self.before[1], None];
        self.back.extend(parts.into_iter().rev());
    }

    /// The piece `nth` ahead of the last one taken.
    fn ahead(&self, nth: usize) -> Option<Piece> {
        match self.back.len().checked_sub(nth + 1) {
            Some(index) => self.back.get(index).copied(),
            None => self.pieces.get(self.at + nth - self.back.len()).copied(),
        }
    }

    /// The piece before the last one taken.
    fn previous(&self) -> Option<Piece> {
        self.before[1]
    }
}

/// Whether an item has neighbours: a menu, not a starred title.
fn in_list(page: &Page<'_>, queue: &Queue<'_>) -> bool {
    let is_item =
        |piece: Option<Piece>| piece.is_some_and(|p| bullet(page.words(p.span)).is_some());
    is_item(queue.previous()) || is_item(queue.ahead(0))
}

/// Whether a short line that opens with a dateline is the text.
fn run_in_ends(page: &Page<'_>, piece: Piece, is_last: bool) -> bool {
    weight(page.words(piece.span)) > 60
        && piece.first
        && run_in(page, piece.span).is_some_and(|found| found.mention.is_some() || is_last)
}

/// Whether the page's last line, below its date line, ends like a sentence: it is all the text that there is.
fn is_last_sentence(page: &Page<'_>, head: &Head<'_>, piece: Piece, is_last: bool) -> bool {
    let words = page.words(piece.span);
    is_last && piece.first && !head.stamps.is_empty() && is_closed(words) && word_count(words) > 3
}

/// Whether a day below the title is the event's: its label asks for one and no other date line can be meant, or it stands
/// beside an invitation; text, another label or nothing follows.
fn opens_occasion(page: &Page<'_>, queue: &Queue<'_>, piece: Piece) -> bool {
    let dated = !page.mentions_in(piece.span).is_empty();
    if !dated || !piece.first || !piece.last {
        return false;
    }
    let label = label_at(page, piece.span);
    let next = queue.ahead(0);
    let asked = |next: Piece| label_at(page, next.span).map(|l| l.kind);
    match stamp(page, piece.span) {
        // `Date: 3 May 2030` above `Venue: …`.
        Some(found) => {
            let date = label.is_some_and(|l| l.kind == LabelKind::When);
            let placed = next.and_then(asked);
            date && matches!(placed, Some(LabelKind::Where | LabelKind::Time))
                || found.usage == Use::Event && found.labelled && text_follows(page, next)
        }
        None => label.is_some() && text_follows(page, next),
    }
}

fn text_follows(page: &Page<'_>, next: Option<Piece>) -> bool {
    next.is_none_or(|next| {
        let words = page.words(next.span);
        page.is_prose(words) || label_at(page, next.span).is_some()
    })
}

/// A dateline that its dash leaves alone on its line, the text on the next one.
fn own_line<'a>(page: &Page<'a>, piece: Piece, next: Piece) -> Option<RunIn<'a>> {
    let closed = page.words(piece.span).ends_with(['-', '–', '—', '―']);
    let both = piece.span.cover(next.span);
    (piece.first && piece.last && closed && next.line > piece.line)
        .then(|| run_in(page, both))
        .flatten()
        .filter(|found| found.text >= next.span.start)
}

/// A town whose dash was lost: `TOWN  STATE      The senator …`.
fn is_lost_dateline(page: &Page<'_>, piece: Piece, next: Piece) -> bool {
    let words = page.words(piece.span);
    let behind = page.words(next.span);
    let known = !page.context.lexicons.phrases().leading(words).is_empty();
    next.line == piece.line
        && !known
        && word_count(words) <= 4
        && words.split_whitespace().all(opens_name)
        && !words.chars().any(|c| c.is_ascii_digit())
        && (is_capitals(words) || words.contains("  "))
        && weight(behind) > 90
        && !is_capitals(behind)
}

/// `Town - Agency:` on a line of its own above running text: the town.
fn agency_line(page: &Page<'_>, piece: Piece, next: Piece) -> Option<Span> {
    const LONGEST: usize = 40;
    let words = page.words(piece.span);
    let at = [" - ", " – ", " ـ ", " / ", " : "]
        .iter()
        .find_map(|mark| words.find(mark))
        .or_else(|| Some(words.strip_suffix(['-', '–', 'ـ'])?.trim_end().len()))?;
    let town = Span {
        start: piece.span.start,
        end: piece.span.start + at as u32,
    }
    .trim(page.context.text);
    let known = places::find(page.context, town, page.language)
        .iter()
        .any(|p| p.locality.is_some() && p.span == town);
    let short = words.chars().count() <= LONGEST && word_count(&words[at..]) <= 4;
    let alone = piece.first && piece.last && next.line > piece.line;
    (known && short && alone && page.is_prose(page.words(next.span))).then_some(town)
}

/// Whether hard-wrapped lines that together are running text start here: each is filled to the page's width.
fn opens_paragraph(page: &Page<'_>, piece: Piece) -> bool {
    if !(piece.first && piece.last) {
        return false;
    }
    let block: Vec<&str> = page.lines[piece.line..]
        .iter()
        .take(24)
        .enumerate()
        .take_while(|(nth, line)| *nth == 0 || line.gap == 0)
        .map(|(_, line)| page.words(line.span))
        .collect();
    let width = block.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    let filled = block.windows(2).all(|pair| {
        let next = pair[1]
            .split_whitespace()
            .next()
            .map_or(0, |w| w.chars().count());
        pair[0].chars().count() + 1 + next + 4 > width
    });
    let whole = block.join(" ");
    block.len() > 1 && filled && width > 40 && is_closed(&whole) && page.is_prose(&whole)
}

/// Whether a line goes on below a blank line: a text whose every line was set apart.
fn runs_on(page: &Page<'_>, piece: Piece, next: Option<Piece>) -> bool {
    const FILLED: usize = 70;
    let words = page.words(piece.span);
    let goes_on = next.is_some_and(|next| {
        next.line > piece.line
            && next.gap > 0
            && page.words(next.span).starts_with(char::is_lowercase)
    });
    piece.first && piece.last && goes_on && weight(words) > FILLED && !is_closed(words)
}

/// A short sentence above the headline (welcome line, slogan): title and date line follow at once.
fn is_slogan(page: &Page<'_>, queue: &Queue<'_>, piece: Piece) -> bool {
    if weight(page.words(piece.span)) > 150 {
        return false;
    }
    let mut titled = false;
    for piece in (0..4).map_while(|nth| queue.ahead(nth)) {
        let words = page.words(piece.span);
        if stamp(page, piece.span).is_some() {
            return titled;
        }
        if page.is_prose(words) {
            return false;
        }
        titled |= word_count(words) >= 5 && !is_ornament(words);
    }
    false
}

/// The title behind a label that asks what the release is about, where no label block follows: `SUBJECT: Title`.
fn subject(page: &Page<'_>, queue: &Queue<'_>, piece: Piece) -> Option<Span> {
    const LONGEST: usize = 200;
    let label = label_at(page, piece.span).filter(|l| l.kind == LabelKind::What)?;
    let value = Span {
        start: label.value,
        end: piece.span.end,
    }
    .trim(page.context.text);
    let words = page.words(value);
    let block = (0..5)
        .filter_map(|nth| queue.ahead(nth))
        .any(|next| label_at(page, next.span).is_some());
    (!block && word_count(words) >= 3 && words.len() <= LONGEST && !page.is_prose(words))
        .then_some(value)
}

/// Whether a label block (WHO, WHAT, WHEN, WHERE) opens at this piece.
fn opens_labels(page: &Page<'_>, queue: &Queue<'_>, piece: Piece, titled: bool) -> bool {
    let asks = |piece: Piece| {
        label_at(page, piece.span).filter(|l| {
            matches!(
                l.kind,
                LabelKind::Who
                    | LabelKind::What
                    | LabelKind::When
                    | LabelKind::Time
                    | LabelKind::Where
            )
        })
    };
    let Some(first) = asks(piece) else {
        return false;
    };
    let more = (0..5)
        .filter_map(|nth| queue.ahead(nth))
        .filter_map(asks)
        .any(|next| next.kind != first.kind);
    more || titled && is_capitals(page.words(first.label))
}
