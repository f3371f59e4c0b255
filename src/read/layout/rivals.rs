//! Dates of the page that are not its publication date, and why.

use super::head::Head;
use super::page::Page;
use super::publication::is_full;
use super::sections::Sections;
use super::stamps::Use;
use crate::model::{Date, Fact};
use crate::read::dates::DateMention;
use crate::read::rival::{MOST, Rival};

/// Full dates that could be the publication's, other than the one that is.
pub(super) fn of_dates(
    page: &Page<'_>,
    head: &Head<'_>,
    sections: &Sections<'_>,
    published: Option<&Fact<Date>>,
) -> Vec<Rival> {
    let run_in = head.run_in.and_then(|run_in| run_in.mention);
    let reason = |mention: &DateMention| {
        let stamps = head.stamps.iter().chain(&sections.stamps);
        let stamp = stamps.into_iter().find(|s| s.mention.span == mention.span);
        match stamp.map(|stamp| stamp.usage) {
            Some(Use::Embargo) => "is the embargo's",
            Some(Use::Modified) => "is an update stamp",
            Some(Use::Printed) => "is the day on which the page was printed",
            Some(Use::Event) => "is the day of an event",
            Some(Use::Published | Use::Release | Use::Plain | Use::Placed) => {
                "gives way to a date line with a label or nearer to the headline"
            }
            None if run_in.is_some_and(|m| m.span == mention.span) => "gives way to a date line",
            None => "stands in running text: only date lines and datelines count",
        }
    };
    (page.mentions.iter())
        .filter(|mention| is_full(mention))
        .filter(|mention| published.is_none_or(|chosen| !says(mention, chosen)))
        .take(MOST)
        .map(|mention| Rival::new("published", mention.span, reason(mention)))
        .collect()
}

/// Whether a mention is where the date was read, or says the same day again.
fn says(mention: &DateMention, date: &Fact<Date>) -> bool {
    let day = |d: &Date| (Some(d.year), d.month, d.day);
    let same = day(&date.value) == (mention.start.year, mention.start.month, mention.start.day);
    same || date.span.is_some_and(|span| mention.span.overlaps(span))
}
