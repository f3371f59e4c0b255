//! Publication date, update stamp, embargo and dateline, from the date lines that were found.
//!
//! Precision before recall: only date lines and datelines count, never a date inside a sentence.

use super::contacts::is_reachable;
use super::dateline::RunIn;
use super::ends::is_end_mark;
use super::head::Head;
use super::page::Page;
use super::sections::Sections;
use super::stamps::{Stamp, Use};
use super::words::{is_ornament, usual_capitals};
use crate::diagnostic::Diagnostic;
use crate::lang::Part;
use crate::model::{Date, DateOrder, Dateline, Fact, Notice, NoticeKind};
use crate::read::blocks::folded;
use crate::read::dates::{DateMention, Form, Resolver};
use crate::read::places::{self, PlaceMention};
use crate::source::Span;

/// The dates of the page.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) published: Option<Fact<Date>>,
    pub(super) modified: Option<Fact<Date>>,
    pub(super) embargo: Option<Fact<Date>>,
    pub(super) dateline: Option<Dateline>,
}

/// Chooses among the date lines.
pub(super) fn dates(
    page: &Page<'_>,
    head: &Head<'_>,
    sections: &Sections<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Dates {
    let mut resolver = Resolver::new(page.context, page.mentions, page.language, None);
    resolver.order = resolver.order.or_else(|| order(page, head));
    let mut resolve = |mention: &DateMention| {
        resolver
            .resolve(page.context, mention, diagnostics)
            .map(|(start, _)| start)
    };
    let published = candidates(page, head, sections)
        .into_iter()
        .find_map(|mention| resolve(mention).filter(|fact| fact.value.month.is_some()));
    let of = |usage: Use| {
        head.stamps
            .iter()
            .chain(&sections.stamps)
            .find(move |s| s.usage == usage)
    };
    let modified = of(Use::Modified)
        .map(|s| s.mention)
        .or_else(|| head.stamps.iter().find_map(|s| s.modified))
        .and_then(&mut resolve);
    let embargo = of(Use::Embargo).and_then(|s| resolve(s.mention));
    let dateline = dateline(page, head, sections, &mut resolve);
    Dates {
        published,
        modified,
        embargo,
        dateline,
    }
}

/// Places that tell a page's country where it has no dateline.
const SEVERAL: usize = 2;

/// The order of digits that can be read both ways, where the dateline's place is American, or, where it tells no
/// country, several places of the page are and none is elsewhere.
fn order(page: &Page<'_>, head: &Head<'_>) -> Option<(DateOrder, bool)> {
    let doubtful = page.mentions.iter().any(|m| m.form == Form::Ambiguous);
    if !doubtful || page.language != Some("en") {
        return None;
    }
    let place = head
        .run_in
        .map(|r| r.whole)
        .or_else(|| head.stamps.iter().find_map(|s| s.place))
        .or(head.place);
    let american = |place: &PlaceMention| place.country.as_deref() == Some("US");
    let all = Span::new(0, page.context.text.len());
    let named = |span: Span| places::find(page.context, span, page.language);
    let told = place
        .map(named)
        .filter(|f| f.iter().any(|p| p.country.is_some()));
    let enough = if told.is_some() { 1 } else { SEVERAL };
    let found = told.unwrap_or_else(|| named(all));
    let own = found.iter().filter(|p| american(p)).count();
    let only = found.iter().all(|p| p.country.is_none() || american(p));
    (only && own >= enough).then_some((DateOrder::MonthDayYear, false))
}

/// Dates that may be the publication's, best first.
fn candidates<'a>(
    page: &Page<'a>,
    head: &Head<'a>,
    sections: &Sections<'a>,
) -> Vec<&'a DateMention> {
    let near = |usage: Use| near_headline(head, usage);
    // Above the menu, beside the site's name, stands the day on which the page was fetched.
    let own = |usage: Use| {
        near(usage).filter(|m| {
            let title = head.titles.headline.map_or(head.body, |t| t.start);
            let menu = |n: &Notice| {
                n.kind == NoticeKind::Navigation && (m.span.end..title).contains(&n.span.start)
            };
            !head.notices.iter().any(menu)
        })
    };
    let run_in = head.run_in.and_then(|r| r.mention).filter(|m| is_full(m));
    let behind = |usage: Use| {
        sections
            .stamps
            .iter()
            .filter(move |s| s.usage == usage && is_full(s.mention))
            .find(|s| usage != Use::Plain || s.labelled || is_page_date(page, sections, s))
            .map(|s| s.mention)
    };
    [
        near(Use::Published),
        near(Use::Release),
        own(Use::Plain),
        own(Use::Placed),
        run_in,
        near(Use::Plain),
        near(Use::Placed),
        behind(Use::Published),
        behind(Use::Placed),
        behind(Use::Plain),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a day without label or place, on a line of its own in the text, is the page's: the last line, the line below the
/// first one, or a time stamp; above a house, a street or a list of hours it is an event's.
fn is_page_date(page: &Page<'_>, sections: &Sections<'_>, stamp: &Stamp<'_>) -> bool {
    let day = stamp.mention.span;
    let above = sections.body.iter().filter(|b| b.span.end <= day.start);
    let below = page.lines.iter().find(|line| line.span.start >= day.end);
    let text = below.is_some_and(|line| {
        let words = page.words(line.span);
        page.is_prose(words) || words.contains([':', '：'])
    });
    let stamped = stamp
        .mention
        .clock
        .as_ref()
        .is_some_and(|c| c.end.is_none());
    closes(page, day) || text && (stamped || above.count() == 1)
}

/// Whether nothing that could belong to a day alone on its line stands below it: it is the last line, or a heading of
/// what follows the text, a way to reach somebody or an end mark comes next; or an end mark stands above it. Above a street
/// or a house it is an event's.
fn closes(page: &Page<'_>, day: Span) -> bool {
    let above = page.lines.iter().rev().find(|l| l.span.end <= day.start);
    if above.is_some_and(|line| is_end_mark(page, page.words(line.span))) {
        return true;
    }
    let below = page
        .lines
        .iter()
        .find(|line| line.span.start >= day.end && !is_ornament(page.words(line.span)));
    below.is_none_or(|line| {
        let words = page.words(line.span);
        let ends = [
            Part::Contact,
            Part::ContactHint,
            Part::Notes,
            Part::About,
            Part::End,
            Part::Related,
            Part::Share,
            Part::Print,
            Part::Byline,
            Part::Reference,
            Part::Published,
            Part::Modified,
        ];
        let hits = page.context.lexicons.phrases().leading(words);
        hits.iter().any(|hit| ends.iter().any(|part| hit.is(*part)))
            || is_reachable(words)
            || is_end_mark(page, words)
    })
}

/// The date line of this use that stands nearest behind the headline, else nearest before it.
fn near_headline<'a>(head: &Head<'a>, usage: Use) -> Option<&'a DateMention> {
    let title_end = head.titles.headline.map_or(0, |t| t.end);
    let stamps = || {
        head.stamps
            .iter()
            .filter(move |s: &&Stamp<'a>| s.usage == usage)
            .map(|s| s.mention)
    };
    stamps()
        .find(|m| m.span.start >= title_end)
        .or_else(|| stamps().next_back())
}

/// Whether it names a day of a year.
pub(super) fn is_full(mention: &DateMention) -> bool {
    mention.start.year.is_some() && mention.start.month.is_some() && mention.start.day.is_some()
}

/// The dateline: run in, on a line of its own before the text, or at its end.
fn dateline(
    page: &Page<'_>,
    head: &Head<'_>,
    sections: &Sections<'_>,
    resolve: &mut impl FnMut(&DateMention) -> Option<Fact<Date>>,
) -> Option<Dateline> {
    if let Some(RunIn {
        place,
        whole,
        mention,
        ..
    }) = head.run_in
    {
        return Some(Dateline {
            place: town(page, place),
            country: country(page, whole),
            date: mention.and_then(resolve),
        });
    }
    let placed = head
        .stamps
        .iter()
        .chain(&sections.stamps)
        .find(|s| s.place.is_some() && matches!(s.usage, Use::Placed | Use::Published));
    if let Some(stamp) = placed
        && let Some(whole) = stamp.place
    {
        return Some(Dateline {
            place: town(page, before_comma(page, whole)),
            country: country(page, whole),
            date: resolve(stamp.mention),
        });
    }
    head.place.map(|whole| Dateline {
        place: town(page, before_comma(page, whole)),
        country: country(page, whole),
        date: None,
    })
}

fn before_comma(page: &Page<'_>, span: Span) -> Span {
    let words = page.words(span);
    let len = words.find([',', '،', '、', '(']).unwrap_or(words.len());
    Span {
        start: span.start,
        end: span.start + len as u32,
    }
    .trim(page.context.text)
}

/// The town as written, in usual capitals.
fn town(page: &Page<'_>, span: Span) -> Fact<String> {
    Fact::stated(
        usual_capitals(&folded(page.words(span))),
        span,
        "dateline.place",
    )
}

/// The country, where the dateline itself says it.
fn country(page: &Page<'_>, whole: Span) -> Option<Fact<String>> {
    let place = places::find(page.context, whole, page.language)
        .into_iter()
        .find(|p| p.country_stated)?;
    Some(Fact::stated(place.country?, place.span, "dateline.country"))
}
