//! People and organizations where letters have no capitals: Chinese, Japanese, Korean, Arabic.
//!
//! Nothing but a title, a post or a verb of saying tells a name there, and its length must follow from what stands around
//! it; where it does not, nothing is read.

use super::organizations::Found;
use super::people::Named;
use super::roles::Post;
use super::scene::{Passage, Scene};
use super::taken::Taken;
use crate::lang::{AgentWord, NameStyle, is_family_name, is_given_name};

/// People named, in order.
pub(super) fn people(scene: &Scene<'_>, full: &Taken, any: &Taken) -> Vec<Named> {
    let mut found = Vec::new();
    for (number, passage) in scene.passages.iter().enumerate() {
        if passage.titled || passage.has_address() {
            continue;
        }
        let mut i = 0;
        while i < passage.len() {
            let named = match scene.style {
                NameStyle::Unspaced => before_title(passage, i)
                    .or_else(|| behind_post(passage, i))
                    .or_else(|| before_post(passage, i)),
                NameStyle::Initial => addressed(passage, i).or_else(|| given(passage, i)),
                _ => None,
            };
            let Some(Name {
                from,
                to,
                honorific,
                post,
            }) = named
            else {
                i += 1;
                continue;
            };
            let span = passage.cover(from, to);
            if full.over(span).is_none() {
                found.push(Named {
                    passage: number,
                    span,
                    honorific: honorific.map(|(a, b)| passage.cover(a, b)),
                    man: None,
                    post: post.map(|(a, b)| with_body(passage, a, b, any)),
                    rule: if honorific.is_some() {
                        "person.honorific"
                    } else {
                        "person.role"
                    },
                });
            }
            i = to.max(i + 1);
        }
    }
    found
}

struct Name {
    from: usize,
    to: usize,
    honorific: Option<(usize, usize)>,
    post: Option<(usize, usize)>,
}

/// The post at tokens `a..b`, with the organization that ends right before it.
fn with_body(passage: &Passage<'_>, a: usize, b: usize, any: &Taken) -> Post {
    let body = a
        .checked_sub(1)
        .and_then(|k| {
            let k = k - usize::from(k > 0 && matches!(passage.folded(k), "の" | "的"));
            any.ends(passage.tokens[k].span.end)
        })
        .or_else(|| any.starts(passage.tokens.get(b)?.span.start));
    Post {
        span: passage.cover(a, b),
        body,
        adjacent: true,
        plural: false,
        behind: false,
    }
}

/// Signs of one script run: ideographs, or katakana with its middle dot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Katakana,
}

fn script(c: char) -> Option<Script> {
    match c {
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '・' | '·' | '＝' => Some(Script::Katakana),
        '\u{3400}'..='\u{9fff}' | '々' | '\u{f900}'..='\u{faff}' => Some(Script::Han),
        _ => None,
    }
}

fn sign(passage: &Passage<'_>, i: usize) -> Option<char> {
    passage.written(i).chars().next()
}

/// `鳥海冬彦氏`, `宋明澈院长先生`: the name between a boundary and a title behind it.
fn before_title(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let len = passage.is(i, AgentWord::HonorificAfter)?;
    // `准教授` is no `教授`.
    let inside = (1..=2.min(i)).any(|n| {
        [AgentWord::HonorificAfter, AgentWord::Role]
            .into_iter()
            .any(|word| passage.is(i - n, word).is_some_and(|len| len > n))
    });
    if inside {
        return None;
    }
    let mut from = i;
    let mut katakana = 0;
    while from > 0 && i - from < 16 {
        let c = sign(passage, from - 1)?;
        let kind = script(c);
        let first = script(sign(passage, i - 1)?);
        // Transliterated names hold a middle dot and run on as long as their script does.
        let goes_on = kind.is_some() && (kind == first || matches!(c, '・' | '·'));
        if !goes_on
            || passage.is_function(from - 1)
            || passage.ends(from, AgentWord::Role).is_some()
        {
            break;
        }
        katakana += usize::from(kind == Some(Script::Katakana));
        from -= 1;
    }
    let signs = i - from;
    let han = signs - katakana;
    let family = (1..=2)
        .any(|n| n < signs && is_family_name(&passage.text[passage.cover(from, from + n).range()]));
    let right = if katakana > 0 {
        signs >= 3
    } else {
        (2..=5).contains(&han) && (family || signs >= 3 && bounded(passage, from))
    };
    let post = passage
        .ends(from, AgentWord::Role)
        .map(|n| (from - n, from))
        .or_else(|| post_in_brackets(passage, i + len));
    right.then_some(Name {
        from,
        to: i,
        honorific: Some((i, i + len)),
        post,
    })
}

/// `氏（山田大学学長、協会理事）`: what a bracket says of the one before it, up to the first mark.
fn post_in_brackets(passage: &Passage<'_>, open: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 24;
    if !passage.mark(open, "(（") {
        return None;
    }
    let end = (open + 1..(open + LONGEST).min(passage.len()))
        .find(|k| !passage.tokens[*k].word || passage.mark(*k, "、"))?;
    passage.ends(end, AgentWord::Role).map(|_| (open + 1, end))
}

/// Whether a mark, a particle or a post stands right before `i`.
fn bounded(passage: &Passage<'_>, i: usize) -> bool {
    i == 0
        || !passage.tokens[i - 1].word
        || passage.is_function(i - 1)
        || passage.ends(i, AgentWord::Role).is_some()
}

/// `秘书长王令军表示`, `会長の鳥海冬彦`: a family name right behind a post, the name's end given by what follows.
fn behind_post(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let len = passage.is(i, AgentWord::Role)?;
    let mut from = i + len;
    if passage.folded(from) == "の" || passage.mark(from, ":：") {
        from += 1;
    }
    let first = sign(passage, from).filter(|c| !matches!(c, '・' | '·'))?;
    let mut to = from;
    while to < passage.len()
        && to - from < 16
        && sign(passage, to).and_then(script).is_some()
        && passage.is(to, AgentWord::Says).is_none()
        && passage.is(to, AgentWord::HonorificAfter).is_none()
        && !passage.is_function(to)
        && !passage.in_date(to)
    {
        to += 1;
    }
    let signs = to - from;
    let transliterated = (from..to).any(|k| matches!(sign(passage, k), Some('·' | '・')));
    let family = (1..=2)
        .any(|n| n < signs && is_family_name(&passage.text[passage.cover(from, from + n).range()]));
    let ends = to >= passage.len()
        || !passage.tokens[to].word
        || passage.is(to, AgentWord::Says).is_some()
        || passage.is(to, AgentWord::HonorificAfter).is_some()
        || passage.is_function(to);
    let right = ends
        && (transliterated && signs >= 4
            || script(first) == Some(Script::Han) && family && (2..=4).contains(&signs));
    let honorific = passage
        .is(to, AgentWord::HonorificAfter)
        .map(|n| (to, to + n));
    right.then_some(Name {
        from,
        to,
        honorific,
        post: Some((i, i + len)),
    })
}

/// Last signs of bodies, towns and countries: a word before a post that ends in one names no person.
const NO_NAME: &str =
    "部局院厅廳署委会會处處科室司市县縣区區省镇鎮乡鄉村校系所馆館社团團队隊组組办辦国國界党黨";

/// `洪健康厅长介绍`, `山田太郎外務大臣は`: a whole name between a boundary and a post, with a verb of saying or a mark
/// behind that.
fn before_post(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let len = passage.is(i, AgentWord::Role)?;
    let behind = i + len;
    let ends = passage.tokens.get(behind).is_none_or(|t| !t.word)
        || passage.is(behind, AgentWord::Says).is_some()
        || passage.is_function(behind);
    let inside = (1..=2.min(i)).any(|n| passage.is(i - n, AgentWord::Role).is_some_and(|l| l > n));
    if !ends || inside {
        return None;
    }
    // A family name of one sign and two more, or of two signs and one to three more.
    [(1, 3), (2, 4), (2, 3), (2, 5)]
        .into_iter()
        .find_map(|(family, signs)| {
            let from = i.checked_sub(signs)?;
            let known = is_family_name(&passage.text[passage.cover(from, from + family).range()]);
            let free = (from..i).all(|k| {
                sign(passage, k).and_then(script) == Some(Script::Han)
                    && !passage.in_place(k)
                    && !passage.in_date(k)
                    && !passage.is_function(k)
            });
            let body = (2..=signs).any(|n| passage.ends(from + n, AgentWord::Body).is_some());
            let bound = bounded(passage, from) && passage.ends(from, AgentWord::Role).is_none();
            let open = passage.written(i - 1).contains(|c| NO_NAME.contains(c));
            (known && free && !body && bound && !open).then_some(Name {
                from,
                to: i,
                honorific: None,
                post: Some((i, behind)),
            })
        })
}

/// Arabic: titles, then the words up to the next mark, verb or preposition; a post before or behind.
fn addressed(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let mut from = i;
    while let Some(len) = passage.is(from, AgentWord::Honorific) {
        from += len;
        if passage.mark(from, "./") {
            from += 1;
        }
    }
    if from == i {
        return None;
    }
    let titles = (i, from);
    // `السفير الفلسطيني أشرف`: what qualifies the title comes before a name that is known as one.
    if (from..from + 2).any(|k| is_definite(passage.folded(k)))
        && let Some(known) = (from + 1..from + 3).find(|k| is_given_name(passage.folded(*k)))
        && (from..known).all(|k| is_definite(passage.folded(k)))
    {
        from = known;
    }
    let (to, words) = run(passage, from);
    if !(2..=4).contains(&words) {
        return None;
    }
    let post = post_before(passage, i).or_else(|| {
        let comma = to + usize::from(passage.mark(to, "،,"));
        let len = passage.is(comma, AgentWord::Role)?;
        Some((comma, extended(passage, comma + len)))
    });
    Some(Name {
        from,
        to,
        honorific: Some(titles),
        post,
    })
}

/// The words of a name that begins at `from`: where they end, and how many they are without particles.
fn run(passage: &Passage<'_>, from: usize) -> (usize, usize) {
    let mut to = from;
    let mut words = 0;
    while to < passage.len() {
        let folded = passage.folded(to);
        let ends = !passage.tokens[to].word
            || passage.is_function(to)
            || passage.is_agentive(to)
            || passage.is_event(to)
            || passage.is(to, AgentWord::Role).is_some()
            || passage.is(to, AgentWord::Honorific).is_some()
            || passage.is(to, AgentWord::Body).is_some()
            || passage.in_date(to)
            || is_future(folded)
            // Letters that have capitals are read where capitals are.
            || folded.starts_with(char::is_lowercase)
            || folded.starts_with('و') && folded.chars().count() > 5;
        if ends {
            break;
        }
        words += usize::from(passage.is(to, AgentWord::Particle).is_none());
        to += 1;
    }
    (to, words)
}

/// A verb of what will be: `سيشارك`, `ستنطلق`.
fn is_future(folded: &str) -> bool {
    (folded.starts_with("سي") || folded.starts_with("ست")) && folded.chars().count() >= 6
}

fn is_definite(folded: &str) -> bool {
    folded.starts_with("ال") && folded.chars().count() > 3
}

/// `وزير الثقافة أحمد سالم`, `محمد سعيد، مدير المتحف`: a given name beside a post.
fn given(passage: &Passage<'_>, i: usize) -> Option<Name> {
    let titled = passage
        .ends(i, AgentWord::Role)
        .filter(|n| is_definite(passage.folded(i - n)));
    let known = |k: usize| is_given_name(passage.folded(k));
    // `الفنانة أماني علي عوض`: behind a definite post stands the name itself.
    let named = known(i)
        || titled.is_some() && !is_definite(passage.folded(i)) && (i + 1..i + 3).any(known);
    if !named || passage.is_function(i) {
        return None;
    }
    let (to, words) = run(passage, i);
    if !(2..=4).contains(&words) {
        return None;
    }
    let comma = to + usize::from(passage.mark(to, "،,"));
    let behind = |at: usize| Some((at, extended(passage, at + passage.is(at, AgentWord::Role)?)));
    let post = post_before(passage, i).or_else(|| behind(comma))?;
    Some(Name {
        from: i,
        to,
        honorific: None,
        post: Some(post),
    })
}

/// A post that ends right before token `i`, a comma between or not.
fn post_before(passage: &Passage<'_>, i: usize) -> Option<(usize, usize)> {
    let stop = i - usize::from(i > 0 && passage.mark(i - 1, "،,"));
    (stop.saturating_sub(5)..stop).rev().find_map(|k| {
        let len = passage.is(k, AgentWord::Role)?;
        let tied = (k + len..stop)
            .all(|t| passage.tokens[t].word && !passage.is_function(t) && !passage.is_agentive(t));
        tied.then_some((k, stop))
    })
}

/// Where the definite words behind a post end.
fn extended(passage: &Passage<'_>, end: usize) -> usize {
    (end..(end + 4).min(passage.len()))
        .find(|k| {
            !passage.tokens[*k].word
                || passage.is_function(*k)
                || passage.is_agentive(*k)
                || passage.in_date(*k)
        })
        .unwrap_or((end + 4).min(passage.len()))
}

/// Whether a joint before `from` may belong to the name: `商务及经济发展局`; behind a whole name it parts two.
fn joined(passage: &Passage<'_>, from: usize) -> bool {
    let joint = from > 1 && matches!(passage.folded(from - 1), "及" | "与" | "與" | "和");
    let before = from.saturating_sub(1);
    joint
        && sign(passage, from - 2).and_then(script).is_some()
        && passage.ends(before, AgentWord::Body).is_none()
        && passage.ends(before, AgentWord::Role).is_none()
        && passage.ends(before, AgentWord::HonorificAfter).is_none()
}

/// Nouns of bodies of one sign that other words hold too.
const SHORT: &str = "部署厅廳局委";

/// Whether the noun of a body is an ordinary word too: `组织工作`.
fn common(passage: &Passage<'_>, i: usize, len: usize) -> bool {
    let word = passage.cover(i, i + len);
    matches!(
        &passage.text[word.range()],
        "组织" | "組織" | "基金" | "中心"
    )
}

/// Whether nothing that could go on a word stands at `end`.
fn closes(passage: &Passage<'_>, end: usize) -> bool {
    passage.tokens.get(end).is_none_or(|t| !t.word)
        || passage.is_function(end)
        || passage.in_date(end)
        || passage.is(end, AgentWord::Says).is_some()
        || passage.is(end, AgentWord::Role).is_some()
}

/// Organizations of unspaced scripts: from a boundary up to the noun of a body, or what stands in corner brackets.
pub(super) fn organizations(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    if scene.style != NameStyle::Unspaced {
        return found;
    }
    for (number, passage) in scene.passages.iter().enumerate() {
        if passage.titled {
            continue;
        }
        let mut i = 0;
        while i < passage.len() {
            let Some(len) = passage.is(i, AgentWord::Body) else {
                i += 1;
                continue;
            };
            let end = i + len;
            // The longest noun: `研究所` before `所`; and no word that goes on, `大学院`.
            let mut from = i;
            while from > 0
                && i - from < 18
                && sign(passage, from - 1).and_then(script).is_some()
                && !passage.is_function(from - 1)
                && !passage.in_date(from - 1)
                && passage.ends(from, AgentWord::Role).is_none()
                && passage.ends(from, AgentWord::Says).is_none()
            {
                from -= 1;
            }
            // `部长` is a post and `部门` a word: a single sign closes a name only before a break or a post.
            let part = passage.is(i, AgentWord::Role).is_some()
                || (SHORT.contains(passage.written(i)) && len == 1 || common(passage, i, len))
                    && !closes(passage, end);
            let goes_on = part || passage.is(end, AgentWord::Body).is_some();
            if goes_on {
                i += 1;
                continue;
            }
            let every = "各本我该該此每某".contains(passage.written(from));
            if i - from >= 2 && !every && bounded(passage, from) && !joined(passage, from) {
                let acronym = super::acronyms::bracketed(passage, end);
                found.push(Found {
                    passage: number,
                    span: passage.cover(from, end),
                    acronym,
                    firm: false,
                    rule: "organization.name",
                });
            }
            i = end;
        }
    }
    found
}
