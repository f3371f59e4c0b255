//! Organizations: capitals around the noun of a body, legal forms, bracketed acronyms.

use super::scene::{Passage, Scene};
use super::taken::Taken;
use super::{acronyms, chains, romance, small};
use crate::lang::{AgentWord, NameStyle};
use crate::source::Span;

/// An organization's name where it stands in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The passage.
    pub passage: usize,
    /// The name, with an acronym in brackets inside it.
    pub span: Span,
    /// The acronym that the text gives in brackets, behind the name or inside it.
    pub acronym: Option<Span>,
    /// Whether a legal form or a stock exchange's letters make it a company.
    pub firm: bool,
    /// The rule.
    pub rule: &'static str,
}

/// Every organization named in full, in order. Title lines give none: their capitals tell nothing.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let mut all = Vec::new();
    for (number, passage) in scene.passages.iter().enumerate() {
        if passage.titled {
            continue;
        }
        let first = all.len();
        let mut i = 0;
        while i < passage.len() {
            let name = match scene.style {
                NameStyle::Germanic | NameStyle::Final => capitals(passage, i),
                NameStyle::Romance => led_by_noun(passage, i),
                NameStyle::Slavic => {
                    adjectives(passage, i).or_else(|| chains::led_by_noun(passage, i))
                }
                NameStyle::Initial => definite(passage, i),
                NameStyle::Unspaced => None,
            }
            .or_else(|| small::name(passage, i))
            .or_else(|| company(passage, i))
            .or_else(|| on_exchange(passage, i))
            .or_else(|| quoted(passage, i));
            let Some(Name { start, end, rule }) = name else {
                i += 1;
                continue;
            };
            if (start..=end).any(|k| passage.parted(k)) {
                i = end;
                continue;
            }
            let behind = acronyms::bracketed(passage, end);
            let inside = (start..end).find_map(|k| acronyms::bracketed(passage, k));
            all.push(Found {
                passage: number,
                span: passage.cover(start, end),
                acronym: behind.or(inside),
                firm: is_firm(passage, start, end),
                rule,
            });
            i = end;
        }
        let named = Taken::new(all[first..].iter().map(|f: &Found| f.span).collect());
        let mut end = 0;
        for (span, acronym) in acronyms::led_by(passage, scene) {
            if span.start < end || named.over(span).is_some() {
                continue;
            }
            end = span.end;
            all.push(Found {
                passage: number,
                span,
                acronym: Some(acronym),
                firm: false,
                rule: "organization.acronym",
            });
        }
    }
    all.sort_by_key(|f| f.span);
    all
}

/// Tokens of a name.
pub(super) struct Name {
    pub start: usize,
    pub end: usize,
    pub rule: &'static str,
}

/// Most tokens of a name.
const LONGEST: usize = 18;

/// A run of capitals that begins at `i`, with the joints inside it: where it ends.
fn run(passage: &Passage<'_>, i: usize) -> usize {
    let mut end = i + 1;
    while end < passage.len() && end - i < LONGEST {
        let next = if passage.after_gap(end) {
            end
        } else {
            step(passage, end)
        };
        if next == end {
            break;
        }
        end = next;
    }
    end
}

/// Where a run that reaches `end` goes on to; `end` where it stops.
fn step(passage: &Passage<'_>, end: usize) -> usize {
    if passage.capital(end) && passage.is(end, AgentWord::Honorific).is_none() {
        // `the District of Montana John Doe`: a given name behind a place is somebody's.
        let somebody = passage.in_place(end - 1)
            && !passage.in_place(end)
            && super::names::has_given_name(passage, end, end + 1)
            && passage.capital(end + 1);
        return if somebody { end } else { end + 1 };
    }
    // `Masters' Association`, `Ferrymen's Society`, `St. Mary`.
    if passage.mark(end, "'’") {
        let behind = end + 1 + usize::from(passage.folded(end + 1) == "s");
        return if passage.capital(behind) && passage.touch(end - 1) {
            behind + 1
        } else {
            end
        };
    }
    let before = passage.written(end - 1);
    let short = before.chars().count() <= 2 || before.contains('.');
    if passage.mark(end, ".")
        && short
        && passage.touch(end - 1)
        && passage.capital(end + 1)
        && passage.is(end + 1, AgentWord::Honorific).is_none()
    {
        return end + 2;
    }
    if passage.mark(end, "&") && passage.capital(end + 1) {
        return end + 2;
    }
    if passage.mark(end, ",") {
        return listed(passage, end).unwrap_or(end);
    }
    if let Some(acronym) = acronyms::bracketed(passage, end) {
        let behind = passage.token_at(acronym.end) + 1;
        let goes_on = passage.capital(behind) && passage.is(end - 1, AgentWord::Body).is_none();
        return if goes_on { behind + 1 } else { end };
    }
    if let Some(len) = passage.is(end, AgentWord::And) {
        let second = end + len;
        let joined = passage.capital(second)
            && !passage.in_place(end - 1)
            && passage.is(second, AgentWord::Honorific).is_none()
            && passage.is(second, AgentWord::Role).is_none()
            // `the Department and RMU`, `… and U.S. Attorney`: another begins.
            && !acronyms::is_acronym(passage.written(second));
        // `the Health Ministry and the Trade Ministry` are two.
        // `Department of Ropes and Tidal Lamps` is one: nothing ends before the joint.
        let both = passage.is(end - 1, AgentWord::Body).is_some()
            && (second..run_of_capitals(passage, second))
                .any(|k| passage.is(k, AgentWord::Body).is_some());
        return if joined && !both { second + 1 } else { end };
    }
    if let Some(len) = passage.is(end, AgentWord::Joint) {
        let article = passage.article(end + len).unwrap_or(0);
        let behind = end + len + article;
        let name = passage.capital(behind)
            && passage.is(behind, AgentWord::Honorific).is_none()
            && !passage.in_date(behind);
        return if name { behind + 1 } else { end };
    }
    end
}

/// `Ministry of Roads, Rails and Rivers`: the subjects of one body, in a row that `and` closes. Where the row ends.
fn listed(passage: &Passage<'_>, comma: usize) -> Option<usize> {
    const ITEM: usize = 3;
    const ROW: usize = 14;
    let subject = comma.checked_sub(1)?;
    let joint = (subject.saturating_sub(ITEM)..subject)
        .rev()
        .take_while(|k| passage.tokens[*k].word)
        .find(|k| passage.is(*k, AgentWord::Joint).is_some())?;
    let body = |k: usize| passage.is(k, AgentWord::Body).is_some();
    let owner = (joint.saturating_sub(2)..joint).any(body);
    let plain = |k: usize| {
        passage.capital(k)
            && !body(k)
            && !passage.in_place(k)
            && passage.is(k, AgentWord::Role).is_none()
            && !super::names::has_given_name(passage, k, k + 1)
    };
    let mut at = comma + 1;
    let mut closed = false;
    while at < passage.len() && at - comma < ROW {
        let most = (at + ITEM).min(passage.len());
        let end = (at..most).find(|k| !plain(*k)).unwrap_or(most);
        if end == at {
            return None;
        }
        if closed {
            return owner.then_some(end);
        }
        if passage.mark(end, ",") {
            at = end + 1;
        } else {
            at = end + passage.is(end, AgentWord::And)?;
            closed = true;
        }
    }
    None
}

fn run_of_capitals(passage: &Passage<'_>, i: usize) -> usize {
    (i..passage.len())
        .find(|k| !passage.capital(*k))
        .unwrap_or(passage.len())
}

/// Languages that put the noun last or a complement behind it, all of it in capitals: `World Harbour Organization`,
/// `Institute for Sound`.
fn capitals(passage: &Passage<'_>, i: usize) -> Option<Name> {
    if !passage.capital(i)
        || passage.is(i, AgentWord::Honorific).is_some() && passage.mark(i + 1, ".")
        || i > 0 && passage.capital(i - 1) && passage.is(i - 1, AgentWord::Role).is_none()
    {
        return None;
    }
    let mut start = i;
    let end = run(passage, i);
    // `Director of the X`, `Meeting of the X`, `Ms. X of the Y`: the name begins behind the joint.
    for k in i..end {
        let joint = passage.is(k, AgentWord::Joint);
        let Some(len) = joint else { continue };
        let head = k.checked_sub(1).filter(|h| *h >= start);
        let cut = head.is_some_and(|h| {
            let post = passage.ends(h + 1, AgentWord::Role).is_some();
            let event = passage.is_event(h) && passage.is(h, AgentWord::Body).is_none();
            let headless = !(start..k).any(|t| passage.is(t, AgentWord::Body).is_some());
            (post || event || headless) && !passage.mark(h, ")")
        });
        if cut {
            start = k + len + passage.article(k + len).unwrap_or(0);
        }
    }
    // `Conference of Rural Railways (CRR)`: letters that open the words tell where the name begins.
    if let Some(acronym) = acronyms::bracketed(passage, end) {
        let opened = acronyms::opened(passage, end, acronym.of(passage.text));
        // `General Assembly of the Rope Makers' Union (RMU)`: the meeting is not in the letters.
        let of_meeting = |at: usize| {
            at > start && (start..at).any(|k| passage.is_event(k) && passage.joint_behind(k, at))
        };
        start = opened
            .filter(|at| (i..start).contains(at) || of_meeting(*at))
            .unwrap_or(start);
    }
    // A post before the name: `President Smith of …`, `Minister Borut`.
    while start < end
        && passage
            .is(start, AgentWord::Role)
            .is_some_and(|n| start + n < end)
        && passage.is(start, AgentWord::Body).is_none()
    {
        start += passage.is(start, AgentWord::Role).unwrap_or(1);
        if passage.is(start, AgentWord::Joint).is_some() {
            start += 1;
        }
    }
    let noun = (start..end).rfind(|k| passage.is(*k, AgentWord::Body).is_some())?;
    // Behind a noun that ends the name nothing but a joint leads on: `Chamber of Crafts President`.
    let mut end = end;
    let first = (start..end).find(|k| passage.is(*k, AgentWord::Body).is_some())?;
    let joined = |k: usize| {
        passage.is(k, AgentWord::Joint).is_some()
            || passage.is(k, AgentWord::And).is_some()
            || passage.mark(k, "&'’(")
    };
    if noun + 1 < end && !joined(noun + 1) && !(first..noun).any(joined) {
        // `Universität Dortmund`: where it sits belongs to it.
        end = (noun + 1..end)
            .find(|k| !passage.in_place(*k) && !passage.is_town(*k))
            .unwrap_or(end);
    }
    // `Department of X Secretary Y`, `Chamber of Crafts President`: a post behind the name begins what is no part of it.
    let post = (first + 1..end).find(|k| {
        let led = joined(k - 1) || passage.article(k - 1).is_some();
        let last = *k + 1 == end && passage.is(*k, AgentWord::Roles).is_some();
        passage.is(*k, AgentWord::Role).is_some() && !led && !last
    });
    if let Some(post) = post {
        end = post.max(start + 1);
        while end > start + 1 && passage.is(end - 1, AgentWord::RoleModifier).is_some() {
            end -= 1;
        }
    }
    // `the Group's Meeting`: the owner ends before its mark.
    if end >= start + 2 && passage.folded(end - 1) == "s" && passage.mark(end - 2, "'’") {
        end -= 2;
    }
    let words = (start..end)
        .filter(|k| passage.tokens[*k].word && passage.folded(*k) != "s")
        .count();
    let only_noun = words < 2 && acronyms::bracketed(passage, end).is_none();
    let other = passage.ends(end, AgentWord::NotBody).is_some()
        || passage.is_event(end - 1) && passage.is(end - 1, AgentWord::Body).is_none();
    (start < end && !only_noun && !other).then_some(Name {
        start,
        end,
        rule: "organization.name",
    })
}

/// Languages that open with the noun: `Agence du verre circulaire`, `Consejo Portuario de Normas`.
fn led_by_noun(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let noun = passage.is(i, AgentWord::Body)?;
    let small = !passage.tokens[i].capital;
    // `Bộ trưởng` is a post, though `Bộ` is a body.
    let longer = passage.event_noun(i) > noun
        || passage.chained && passage.is(i, AgentWord::Role).is_some_and(|len| len > noun);
    if small && passage.is(i, AgentWord::SmallBody).is_none() || longer {
        return None;
    }
    let mut end = i + noun;
    let mut lower = 0;
    while end < passage.len() && end - i < LONGEST {
        if romance::person_in_body(passage, i, end) {
            break;
        }
        let article = |k: usize| passage.article(k).unwrap_or(0);
        let joint = passage.is(end, AgentWord::Joint);
        let adjective =
            is_adjective(passage, end) && !passage.is_function(end) && !passage.is_agentive(end);
        // `Bộ Giao thông Nguyễn Văn A`: behind small syllables a family name opens somebody's name.
        let somebody = passage.chained
            && end > i + noun
            && super::names::has_given_name(passage, end, end + 1)
            && (!passage.capital(end - 1) && passage.capital(end + 1) || passage.in_place(end - 1));
        let titled = end > i + noun && passage.is(end, AgentWord::Honorific).is_some();
        if somebody || titled && passage.chained {
            break;
        }
        if passage.capital(end) || adjective {
            end += 1;
        } else if let Some(len) = joint {
            let behind = end + len + article(end + len);
            let word = passage.tokens.get(behind).is_some_and(|t| t.word)
                && !passage.in_date(behind)
                && (passage.capital(behind) || !passage.is_function(behind) && lower < 3);
            let person = passage.is(behind, AgentWord::Honorific).is_some();
            // A noun in small letters is a body's only with a name of its own: `the ministry of X`.
            let nameless = small && !passage.capital(behind);
            if !word || person || nameless {
                break;
            }
            lower += usize::from(!passage.capital(behind));
            end = behind + 1;
        } else if let Some(len) = passage.is(end, AgentWord::And) {
            let behind = end + len + article(end + len);
            let second = passage.is(behind, AgentWord::Joint).map_or(behind, |n| {
                let at = behind + n;
                at + article(at)
            });
            let body = passage.is(second, AgentWord::Body).is_some();
            let goes_on = passage.capital(second) || second > behind && lower > 0;
            if !goes_on
                || body
                || passage.in_place(end - 1)
                || passage.article(end + len).is_some() && lower == 0
            {
                break;
            }
            end = second + 1;
        } else if passage.mark(end, "-–") && passage.touch(end - 1) && passage.touch(end) {
            end += 2;
        } else {
            break;
        }
    }
    end = end.min(passage.len());
    let named = end > i + noun;
    let opens = i == 0;
    let proper =
        (i + noun..end).any(|k| passage.capital(k)) || acronyms::bracketed(passage, end).is_some();
    // A title in quotes that only begins like a body: “University and Innovation for All”.
    if i > 0
        && passage.mark(i - 1, "“«\"‘")
        && !passage.mark(end, "”»\"’")
        && acronyms::bracketed(passage, end).is_none()
    {
        return None;
    }
    // At the head of a sentence the capital of the noun tells nothing.
    let other = passage.is(i, AgentWord::NotBody).is_some();
    (named && !other && (!(opens || small) || proper)).then_some(Name {
        start: i,
        end,
        rule: "organization.name",
    })
}

/// Whether a word in small letters has the ending of an adjective that qualifies.
pub(super) fn is_adjective(passage: &Passage<'_>, i: usize) -> bool {
    passage.tokens.get(i).is_some_and(|t| t.word && !t.capital) && passage.adjective(i)
}

/// Languages whose adjectives stand before the noun, the first with a capital: `Всемирная речная организация`.
fn adjectives(passage: &Passage<'_>, i: usize) -> Option<Name> {
    if !passage.capital(i) || i == 0 && passage.is(i, AgentWord::Body).is_some() {
        return None;
    }
    let noun =
        (i..(i + 5).min(passage.len())).find(|k| passage.is(*k, AgentWord::Body).is_some())?;
    // `Заседание Портового совета`: behind the noun of an event another name begins.
    let between = (i..noun).all(|k| {
        passage.tokens[k].word
            && (passage.capital(k) || is_adjective(passage, k))
            && !passage.is_event(k)
    });
    if !between
        || passage.is(i, AgentWord::Role).is_some()
        || passage.is(i, AgentWord::NotBody).is_some()
        || super::names::inside_post(passage, i)
        || super::names::has_given_name(passage, i, i + 1)
    {
        return None;
    }
    let mut end = noun + 1;
    let bracket =
        (end..(end + 8).min(passage.len())).find(|k| acronyms::bracketed(passage, *k).is_some());
    let clear = |upto: usize| (end..upto).all(|k| passage.tokens[k].word);
    if let Some(bracket) = bracket.filter(|b| clear(*b)) {
        end = bracket;
    } else {
        let chain = chains::end(passage, end);
        while passage.capital(end)
            && !super::names::opens_name(passage, end)
            && !super::names::opens_name(passage, end + 1)
            || is_adjective(passage, end) && passage.capital(end + 1)
        {
            end += 1;
        }
        end = end.max(chain);
    }
    (end - i >= 2).then_some(Name {
        start: i,
        end,
        rule: "organization.name",
    })
}

/// Arabic: a noun and what is joined to it by the article.
fn definite(passage: &Passage<'_>, i: usize) -> Option<Name> {
    passage.is(i, AgentWord::Body)?;
    let mut end = i + 1;
    while end < passage.len() && end - i < 6 {
        let word = passage.folded(end);
        let tied = ["ال", "لل", "وال"]
            .iter()
            .any(|p| word.starts_with(p) && word.chars().count() > 4);
        let idafa = word.starts_with('ل') && passage.folded(end + 1).starts_with("ال");
        let stop = passage.is_function(end)
            || passage.is(end, AgentWord::Honorific).is_some()
            || passage.is(end, AgentWord::Role).is_some()
            || passage.is_agentive(end)
            || passage.in_date(end);
        if stop || !(tied || idafa) {
            break;
        }
        end += 1;
    }
    (end - i >= 2).then_some(Name {
        start: i,
        end,
        rule: "organization.name",
    })
}

/// A name that carries a legal form: `Halcyon Tidal Ltd`, `ООО «Ромашка»`.
fn company(passage: &Passage<'_>, i: usize) -> Option<Name> {
    if !passage.holds(AgentWord::Company) || !passage.capital(i) || i > 0 && passage.capital(i - 1)
    {
        return None;
    }
    let end = run(passage, i);
    let form = (i + 1..(end + 2).min(passage.len()))
        .find_map(|k| passage.is(k, AgentWord::Company).map(|n| (k, k + n)))?;
    // `Ag` and `Se` are words of names; the legal form is in capitals.
    let short = passage.written(form.0);
    if short.chars().count() <= 2 && short.chars().any(char::is_lowercase) {
        return None;
    }
    let comma = |k: usize| passage.mark(k, ",") && k + 1 == form.0;
    let whole = (i..form.0).all(|k| k < end || comma(k));
    // `Shareholders of X Ltd`: the name begins behind the joint.
    let joint = (i..form.0).rev().find(|k| {
        passage.is(*k, AgentWord::Joint).is_some() || passage.is(*k, AgentWord::And).is_some()
    });
    let of_name = (i..form.0).any(|k| passage.is(k, AgentWord::Body).is_some());
    let start = joint.filter(|_| !of_name).map_or(i, |k| {
        let behind = k + 1;
        behind + passage.article(behind).unwrap_or(0)
    });
    (whole && start < form.0 && passage.is(i, AgentWord::Honorific).is_none()).then_some(Name {
        start,
        end: form.1,
        rule: "organization.legal-form",
    })
}

/// Stock exchanges, as releases write them before a company's letters.
const EXCHANGES: &[&str] = &[
    "nyse", "nasdaq", "amex", "otc", "otcqb", "otcqx", "otcbb", "otcmkts", "tsx", "tsxv", "tsx-v",
    "cse", "lse", "aim", "asx", "nzx", "jse", "nse", "bse", "hkex", "hkse", "sgx", "kse", "tse",
    "twse", "idx", "psx", "euronext", "xetra", "fse", "fwb", "six", "bme", "bit", "omx", "wse",
    "bmv", "b3",
];

/// A name that a stock exchange's letters stand behind: `Orford Lamp (NYSE: OLP)`.
fn on_exchange(passage: &Passage<'_>, i: usize) -> Option<Name> {
    if !passage.has_bracket || !passage.capital(i) || i > 0 && passage.capital(i - 1) {
        return None;
    }
    let end = run(passage, i);
    exchange_behind(passage, end).then_some(Name {
        start: i,
        end,
        rule: "organization.listed",
    })
}

/// Whether a bracket with a stock exchange and a company's letters opens at `i`.
fn exchange_behind(passage: &Passage<'_>, i: usize) -> bool {
    passage.mark(i, "(")
        && EXCHANGES.contains(&passage.folded(i + 1))
        && (i + 2..i + 5).any(|k| passage.mark(k, ":"))
}

/// Whether a name holds, or is followed by, what only companies have.
fn is_firm(passage: &Passage<'_>, start: usize, end: usize) -> bool {
    let behind = end + usize::from(passage.mark(end, ","));
    (start + 1..=behind).any(|k| {
        passage.is(k, AgentWord::Company).is_some()
            && (passage.written(k).chars().count() > 2
                || passage.written(k).chars().all(char::is_uppercase))
    }) || exchange_behind(passage, end)
}

/// A noun of a body, or a legal form, with its name in quotation marks.
fn quoted(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let led = passage.is(i, AgentWord::CompanyBefore).or_else(|| {
        let body = passage.is(i, AgentWord::Body)?;
        (passage.mark(i + body, "«")).then_some(body)
    })?;
    if !passage.mark(i + led, "«„“\"") {
        return None;
    }
    let close =
        (i + led + 1..(i + led + 9).min(passage.len())).find(|k| passage.mark(*k, "»“”\""))?;
    (close > i + led + 1 && passage.tokens[i + led + 1].capital).then_some(Name {
        start: i,
        end: close + 1,
        rule: "organization.quoted",
    })
}
