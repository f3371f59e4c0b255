//! Google's profile of articles (RULES GA-1 to GA-8).

use serde_json::Value;

use super::{Gap, Tier, all, says, shows};
use crate::diagnostic::Code;
use crate::model::Release;

/// Characters above which a headline may be shown cut off (GA-4).
const LONG: usize = 110;

/// What the article of a release lacks.
pub(super) fn gaps(article: &Value, release: &Release) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut gap =
        |code, tier, property, fill: &str| gaps.push(Gap::new(code, tier, property, fill));
    let headline = article["headline"].as_str();
    if headline.is_none() {
        let fill = "a line of its own above the text, or `headline` in the sidecar";
        gap(Code::NoHeadline, Tier::Valid, "headline", fill);
    }
    match article["datePublished"].as_str() {
        None => {
            let fill = "a date on a line of its own, or `published` in the sidecar";
            gap(Code::NoDate, Tier::Valid, "datePublished", fill);
        }
        Some(date) if date.len() < "2026-01-01".len() => {
            let fill = "the day beside the month, or `published` in the sidecar";
            gap(Code::DateWithoutDay, Tier::Eligible, "datePublished", fill);
        }
        Some(_) => {}
    }
    if headline.is_some_and(|headline| headline.chars().count() > LONG) {
        let fill = "a shorter line above the text, the rest below it as subtitle";
        gap(Code::LongHeadline, Tier::Complete, "headline", fill);
    }
    if !shows(release.images.iter().map(|fact| &fact.value), 1) {
        let fill =
            "a picture of 50,000 pixels or more: `file` and `alt` under `[[image]]` in the sidecar";
        gap(Code::ArticleWithoutImage, Tier::Complete, "image", fill);
    }
    let reachable = |author: &&Value| says(author, "url") || says(author, "sameAs");
    if !all(article, "author").iter().any(reachable) {
        let fill = "`[publisher] url` in the settings";
        gap(
            Code::AuthorWithoutAddress,
            Tier::Complete,
            "author.url",
            fill,
        );
    }
    gaps
}
