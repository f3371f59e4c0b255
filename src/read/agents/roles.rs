//! Posts: the noun beside a person's name, what qualifies it, and the body it belongs to.

use super::romance;
use super::scene::Passage;
use super::taken::Taken;
use crate::lang::AgentWord;
use crate::source::Span;

/// A post as the text words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    /// Its words, the body's among them, unless that is introduced with its acronym between post and name.
    pub span: Span,
    /// Where the body's name stands or begins: `of the X`, `X's`.
    pub body: Option<Span>,
    /// Whether nothing but blanks, a comma or titles lies between post and name.
    pub adjacent: bool,
    /// Whether one noun goes for several people.
    pub plural: bool,
    /// Whether it stands behind the name.
    pub behind: bool,
}

/// Words between a post and its name, at most.
const FAR: usize = 24;

/// The post of the person whose title or name begins at `from` and ends at `to`.
pub(super) fn beside(
    passage: &Passage<'_>,
    from: usize,
    to: usize,
    titled: bool,
    taken: &Taken,
) -> Option<Post> {
    if passage.is_romance()
        && romance::opens_item(passage, from, to)
        && let Some(post) = behind(passage, to, taken)
    {
        return Some(Post {
            behind: true,
            ..post
        });
    }
    let before = if passage.is_romance() {
        romance::before(passage, from, titled, taken).map(|post| Post {
            adjacent: post.adjacent || romance::is_closed(passage, to),
            ..post
        })
    } else {
        before(passage, from, titled, taken)
    };
    before.or_else(|| {
        let post = behind(passage, to, taken).or_else(|| appointed(passage, from, to, taken))?;
        Some(Post {
            behind: true,
            ..post
        })
    })
}

/// Where the words that may be a post end before the title or name at `from`, and whether a comma parts them.
pub(super) fn stop_before(
    passage: &Passage<'_>,
    from: usize,
    titled: bool,
) -> Option<(usize, bool)> {
    // `la presidenta, la Dra. X`: an article may stand before the title.
    let from = match from.checked_sub(1) {
        Some(k) if titled && passage.article(k).is_some() && k > 0 && passage.mark(k - 1, ",") => k,
        _ => from,
    };
    let comma = from > 0 && passage.mark(from - 1, ",");
    let stop = from - usize::from(comma);
    (stop > 0).then_some((stop, comma))
}

/// `the Director of X, Mr. Y`, `Director Y`.
fn before(passage: &Passage<'_>, from: usize, titled: bool, taken: &Taken) -> Option<Post> {
    let (stop, comma) = stop_before(passage, from, titled)?;
    // The noun right before the name, else one whose complement reaches up to it.
    if let Some(len) = passage.ends(stop, AgentWord::Role) {
        let plural = passage.is(stop - len, AgentWord::Roles).is_some();
        let owned = owner_before(passage, stop - len);
        if comma && !titled && !plural && !owned && !article_before(passage, stop - len) {
            return None;
        }
        return Some(post(
            passage,
            stop - len,
            stop,
            stop,
            taken,
            !comma || titled,
        ));
    }
    let noun = noun_before(passage, stop, taken)?;
    let end = noun + passage.is(noun, AgentWord::Role)?;
    let slavic = passage.chains_genitives();
    let joint = passage.is(end, AgentWord::Joint).is_some()
        || owned_before(passage, end, taken)
        || passage.genitive_follows(end);
    let clear = (end..stop).all(|k| {
        inside_body(passage, k, taken)
            || slavic && enclosed(passage, end, k)
            || k > end && passage.article(k - 1).is_some()
            // `Minister of Water and Forests`
            || passage.is(k, AgentWord::And).is_some()
                && k + 1 < stop
                && passage.capital(k + 1)
                && passage.capital(k - 1)
            || passage.is(k, AgentWord::Says).is_none()
                && (!passage.is_stop(k)
                    || passage.article(k).is_some()
                    || passage.is(k, AgentWord::Joint).is_some()
                    || slavic && passage.is(k, AgentWord::And).is_some())
    });
    // Without a comma the complement must end in a name of its own, or the two would run together; a given name behind a
    // chain of genitives opens the next one.
    let given = || {
        slavic
            && super::names::opens_name(passage, from)
            && (end..stop).all(|k| {
                inside_body(passage, k, taken)
                    || enclosed(passage, end, k)
                    || belongs(passage, end, k)
            })
    };
    let bounded =
        comma || titled || taken.ends(passage.tokens[stop - 1].span.end).is_some() || given();
    let opens = || (0..noun).all(|k| passage.is(k, AgentWord::RoleModifier).is_some());
    let mine = titled
        || bounded && !comma
        || article_before(passage, noun)
        || owner_before(passage, noun)
        || opens();
    (joint && clear && bounded && mine)
        .then(|| post(passage, noun, end, stop, taken, titled || !comma || opens()))
}

/// The noun of a post before `stop`, quotations and brackets skipped where a chain of genitives leads over them.
fn noun_before(passage: &Passage<'_>, stop: usize, taken: &Taken) -> Option<usize> {
    let slavic = passage.chains_genitives();
    let from = stop.saturating_sub(FAR);
    let mut k = stop;
    while k > from {
        k -= 1;
        let opening = if passage.mark(k, "»”\"") {
            "«„“\""
        } else if passage.mark(k, ")") {
            "("
        } else {
            ""
        };
        if slavic && !opening.is_empty() {
            let open = (from..k).rev().find(|o| passage.mark(*o, opening));
            if let Some(open) = open {
                k = open;
                continue;
            }
        }
        if passage.mark(k, ",;:.!?") && !bracket_dot(passage, k) {
            return None;
        }
        if passage.is(k, AgentWord::Role).is_some() && !inside_body(passage, k, taken) {
            return Some(k);
        }
    }
    None
}

/// Whether token `k` stands in quotation marks or brackets that open behind `from`, marks included.
fn enclosed(passage: &Passage<'_>, from: usize, k: usize) -> bool {
    if passage.mark(k, "«»„“”\"()") {
        return true;
    }
    let opens = (from..k).filter(|i| passage.mark(*i, "«„(")).count();
    let closes = (from..k).filter(|i| passage.mark(*i, "»”)")).count();
    let straight = (from..k).filter(|i| passage.mark(*i, "\"")).count();
    opens > closes || straight % 2 == 1
}

/// Whether a word of a post's complement can be no person's: in small letters a genitive, an adjective and its noun, a
/// joint; in capitals a place, letters, an adjective or what it qualifies.
fn belongs(passage: &Passage<'_>, end: usize, k: usize) -> bool {
    let token = &passage.tokens[k];
    if !token.word {
        return passage.mark(k, "-–.") && k > end;
    }
    let genitive = passage.is(k, AgentWord::Genitive).is_some();
    let led = k > end
        && (passage.is(k - 1, AgentWord::Joint).is_some()
            || passage.adjective(k - 1) && passage.tokens[k - 1].capital == token.capital);
    if !token.capital {
        return genitive
            || led
            || passage.adjective(k)
            || passage.is(k, AgentWord::Joint).is_some()
            || passage.is(k, AgentWord::And).is_some()
            || passage.article(k).is_some();
    }
    if super::names::has_given_name(passage, k, k + 1) {
        return false;
    }
    genitive
        || passage.in_place(k)
        || super::acronyms::is_acronym(passage.written(k))
        || passage.adjective(k)
        || led && passage.capital(k - 1)
        || passage.is(k, AgentWord::Body).is_some()
}

/// `Y, Director of X`, `Y (Director of X)`, `Y (ABC), Director of X`.
fn behind(passage: &Passage<'_>, to: usize, taken: &Taken) -> Option<Post> {
    const BRACKET: usize = 5;
    if passage.mark(to, "(（") {
        // A party or a province stands in brackets before the post.
        let close = (to + 1..passage.len().min(to + 1 + BRACKET)).find(|k| passage.mark(*k, ")）"));
        let aside = close.filter(|k| passage.mark(k + 1, ",，"));
        let letters = |k: usize| super::acronyms::is_acronym(passage.written(k));
        if let Some(close) = aside.filter(|_| letters(to + 1)) {
            return at(passage, close + 2, taken);
        }
    }
    let dash = passage.mark(to, "-–—") && !passage.touch(to - 1) && !passage.touch(to);
    if !passage.mark(to, ",(（，") && !dash {
        return None;
    }
    at(passage, to + 1, taken)
}

/// `has appointed Y as its Director`, `named Y Director`, `Y has been elected President`.
fn appointed(passage: &Passage<'_>, from: usize, to: usize, taken: &Taken) -> Option<Post> {
    let small = |k: &usize| passage.tokens.get(*k).is_some_and(|t| t.word && !t.capital);
    let chosen = |k: &usize| passage.is(*k, AgentWord::Appointed).is_some();
    let object = (from.saturating_sub(2)..from)
        .rev()
        .take_while(small)
        .any(|k| chosen(&k));
    let verb = if object {
        to
    } else {
        let verb = (to..to + 4).take_while(small).find(chosen)?;
        // `has been`, `a été`: verbs that help are short.
        let aside = (to..verb).any(|k| passage.written(k).chars().count() > 5);
        let len = passage.is(verb, AgentWord::Appointed)?;
        (!aside).then_some(verb + len)?
    };
    at(
        passage,
        verb + passage.is(verb, AgentWord::As).unwrap_or(0),
        taken,
    )
}

/// The post whose words, an article before them, begin at `start`.
fn at(passage: &Passage<'_>, mut start: usize, taken: &Taken) -> Option<Post> {
    start += passage
        .article(start)
        .or_else(|| indefinite(passage, start))
        .unwrap_or(0);
    let noun = (start..(start + 7).min(passage.len()))
        .take_while(|k| passage.tokens[*k].word || passage.mark(*k, "'’"))
        .find(|k| passage.is(*k, AgentWord::Role).is_some() && !inside_body(passage, *k, taken))?;
    let clear = (start..noun).all(|k| {
        (!passage.is_stop(k) || passage.is(k, AgentWord::RoleModifier).is_some())
            && passage.is(k, AgentWord::Says).is_none()
            && passage.is(k, AgentWord::Honorific).is_none()
            && passage.is(k, AgentWord::And).is_none()
    });
    if !clear {
        return None;
    }
    let (noun, mut end) = head(passage, noun)?;
    if passage.is_romance() {
        end = romance::past_adjectives(passage, end, passage.len());
    }
    // `A, President B`: the post is the next one's.
    if passage.capital(end)
        && super::names::end(passage, end).is_some()
        && (!passage.chained || super::names::has_given_name(passage, end, end + 1))
        && passage.is(end, AgentWord::Joint).is_none()
        && !owned_before(passage, end, taken)
        && !(passage.chains_genitives() && belongs(passage, end, end))
    {
        return None;
    }
    let stop = complement(passage, end, taken);
    let mut post = finish(passage, start, noun, end, stop, taken, true);
    // Behind the name the body is the post's own word, with or without an acronym.
    if let Some(body) = post.body.filter(|body| body.start >= post.span.end) {
        post.span.end = body.end;
    }
    Some(post)
}

/// The noun of a post whose words begin at `noun`: `executive director` is a director, `chief metrologist` no chief.
fn head(passage: &Passage<'_>, noun: usize) -> Option<(usize, usize)> {
    let mut at = noun;
    let mut end = at + passage.is(at, AgentWord::Role)?;
    while let Some(len) = passage.is(end, AgentWord::Role) {
        at = end;
        end += len;
    }
    let modifies = passage.is(at, AgentWord::RoleModifier).is_some() && end == at + 1;
    let small = passage
        .tokens
        .get(end)
        .is_some_and(|t| t.word && !t.capital);
    let noun_follows = small
        && passage.is(end, AgentWord::Joint).is_none()
        && passage.is(end, AgentWord::And).is_none()
        && !passage.is_function(end);
    Some(if modifies && noun_follows {
        // `chief risk officer`
        match passage.is(end + 1, AgentWord::Role) {
            Some(len) => (end + 1, end + 1 + len),
            None => (end, end + 1),
        }
    } else {
        (at, end)
    })
}

fn indefinite(passage: &Passage<'_>, i: usize) -> Option<usize> {
    passage.is(i, AgentWord::Indefinite)
}

fn article_before(passage: &Passage<'_>, noun: usize) -> bool {
    (noun.saturating_sub(5)..noun)
        .rev()
        .take_while(|k| passage.tokens[*k].word || passage.mark(*k, "'’"))
        .any(|k| passage.article(k).is_some() || indefinite(passage, k).is_some())
}

/// Whether somebody's mark stands before a post and what qualifies it: `the Union's deputy director`.
fn owner_before(passage: &Passage<'_>, noun: usize) -> bool {
    let first = (0..noun)
        .rev()
        .take_while(|k| {
            passage.is(*k, AgentWord::RoleModifier).is_some()
                || passage.is(*k, AgentWord::Role).is_some()
        })
        .last()
        .unwrap_or(noun);
    first >= 2 && passage.folded(first - 1) == "s" && passage.mark(first - 2, "'’")
}

fn bracket_dot(passage: &Passage<'_>, i: usize) -> bool {
    passage.mark(i, ".") && passage.touch(i)
        || passage.mark(i, ".") && i > 0 && passage.written(i - 1).chars().count() <= 3
}

/// Whether a token lies inside the name of an organization (`Council of Presidents`).
pub(super) fn inside_body(passage: &Passage<'_>, i: usize, taken: &Taken) -> bool {
    taken.over(passage.tokens[i].span).is_some()
}

fn owned_before(passage: &Passage<'_>, end: usize, taken: &Taken) -> bool {
    let token = passage.tokens.get(end);
    token.is_some_and(|t| taken.starts(t.span.start).is_some())
}

/// The post with noun `noun..end` whose complement reaches up to `stop`.
fn post(
    passage: &Passage<'_>,
    noun: usize,
    end: usize,
    stop: usize,
    taken: &Taken,
    adjacent: bool,
) -> Post {
    let mut start = noun;
    let reach = noun.saturating_sub(5);
    // All between an article and the noun qualifies it; without one, only what is known to.
    let article = (reach..noun)
        .rev()
        .take_while(|k| {
            passage.tokens[*k].word || passage.mark(*k, "'’-") || inside_body(passage, *k, taken)
        })
        .take_while(|k| {
            !passage.is_stop(*k)
                || passage.article(*k).is_some()
                || indefinite(passage, *k).is_some()
        })
        .find(|k| passage.article(*k).is_some() || indefinite(passage, *k).is_some());
    let known = |k: usize| {
        passage.is(k, AgentWord::RoleModifier).is_some()
            || passage.is(k, AgentWord::Role).is_some()
            || passage.capital(k) && k > 0 && (!passage.chains_genitives() || passage.adjective(k))
            || passage.mark(k, "'’") && passage.folded(k + 1) == "s"
            || passage.folded(k) == "s" && k > 0 && passage.mark(k - 1, "'’")
            || passage.mark(k, "-") && passage.touch(k)
            // `U.S. Attorney`
            || passage.mark(k, ".") && k > 0 && passage.written(k - 1).contains('.') && passage.touch(k - 1)
    };
    while start > 0 {
        if let Some(len) = passage.ends(start, AgentWord::RoleModifier) {
            start -= len;
            continue;
        }
        let k = start - 1;
        // `writer and librarian`: two callings of one.
        if let Some(len) = passage
            .is(k, AgentWord::And)
            .and_then(|_| passage.ends(k, AgentWord::Role))
        {
            start = k - len;
            continue;
        }
        // `infrastruktur- och bostadsminister`: the first half of two compounds.
        if passage.is(k, AgentWord::And).is_some()
            && k >= 2
            && passage.mark(k - 1, "-")
            && passage.touch(k - 2)
        {
            start = k - 2;
            continue;
        }
        let inside = article.is_some_and(|a| k > a) && passage.qualifies(k);
        let joins =
            passage.is(k, AgentWord::Joint).is_some() || passage.is(k, AgentWord::And).is_some();
        if passage.is(k, AgentWord::Honorific).is_some()
            || passage.in_date(k)
            || joins
            || passage.is_function(k) && !inside
        {
            break;
        }
        if passage.article(k).is_some() || !(inside || known(k)) {
            break;
        }
        start = k;
    }
    finish(passage, start, noun, end, stop, taken, adjacent)
}

/// Where the complement of a post behind its name ends.
fn complement(passage: &Passage<'_>, end: usize, taken: &Taken) -> usize {
    let mut at = end;
    while at < passage.len() && at - end < FAR {
        let token = passage.tokens[at].span;
        if let Some(name) = taken.over(token) {
            at = passage.token_at(name.end - 1) + 1;
            continue;
        }
        let dot = passage.mark(at, ".") && bracket_dot(passage, at) && passage.capital(at + 1);
        if passage.is_romance() && romance::goes_on(passage, at) {
            at += 1;
            continue;
        }
        // Behind the last word of a body somebody's name may follow at once.
        let somebody = passage.is_romance()
            && at > end + 1
            && passage.capital(at)
            && passage.capital(at - 1)
            && passage.capital(at + 1)
            && super::names::has_given_name(passage, at, at + 1);
        if somebody {
            break;
        }
        // A dash between blanks ends what is said of somebody.
        let dash = passage.mark(at, "-–") && passage.touch(at - 1) && passage.touch(at);
        let word = passage.tokens[at].word || passage.mark(at, "'’&") || dash || dot;
        // Where cases join nouns, a small word in none of them is a verb.
        let small = passage.chains_genitives() && word && !passage.tokens[at].capital;
        if small && at > end && !belongs(passage, end, at) {
            break;
        }
        let joint = passage.is(at, AgentWord::Joint).is_some()
            || passage.article(at).is_some()
            || at > end && indefinite(passage, at).is_some();
        // Behind an article stands no verb: `the host ministry`.
        let noun = at > end && passage.article(at - 1).is_some();
        let stops = !noun && (passage.is_stop(at) && !joint || passage.is_agentive(at))
            || passage.is(at, AgentWord::Honorific).is_some()
            || passage
                .written(at)
                .starts_with(|c: char| c.is_ascii_digit())
            || passage.in_date(at);
        if !word
            || stops
            || at == end
                && !joint
                && passage.is(at, AgentWord::And).is_none()
                && !passage.genitive_follows(end)
        {
            break;
        }
        if passage.is(at, AgentWord::And).is_some() {
            // Another post or person may follow: only a name's own word goes on.
            let next = at + 1 + passage.article(at + 1).unwrap_or(0);
            let role = (next..(next + 4).min(passage.len()))
                .any(|k| passage.is(k, AgentWord::Role).is_some());
            let person = passage.is(next, AgentWord::Honorific).is_some()
                || super::names::has_given_name(passage, next, (next + 1).min(passage.len()));
            if role || person || at == end {
                break;
            }
        }
        at += 1;
    }
    // A joint or article left at the end leads nowhere.
    while at > end
        && (!passage.tokens[at - 1].word
            || passage.is(at - 1, AgentWord::Joint).is_some()
            || passage.is(at - 1, AgentWord::And).is_some()
            || passage.article(at - 1).is_some())
    {
        at -= 1;
    }
    at
}

/// The words of a post, and the body among them.
pub(super) fn finish(
    passage: &Passage<'_>,
    start: usize,
    noun: usize,
    end: usize,
    stop: usize,
    taken: &Taken,
    adjacent: bool,
) -> Post {
    let mut from = start;
    while from < noun && !passage.tokens[from].word {
        from += 1;
    }
    let mut to = stop.max(end);
    let mut body = None;
    // An organization behind the joint.
    let joint = passage.is(end, AgentWord::Joint);
    let lead = end + joint.unwrap_or(0);
    let lead = lead + passage.article(lead).unwrap_or(0);
    if let Some(name) = passage
        .tokens
        .get(lead)
        .and_then(|k| taken.starts(k.span.start))
    {
        body = Some(name);
        // Where the text introduces the body with its acronym, the post ends before it: `Director of the X (ABC)`.
        let behind = passage.token_at(name.end - 1) + 1;
        if super::acronyms::bracketed(passage, behind).is_some() {
            to = end;
        }
    }
    // An organization or owner before the noun.
    let owner = taken
        .starts(passage.tokens[from].span.start)
        .filter(|t| body.is_none() && t.end <= passage.tokens[noun].span.start);
    body = body.or(owner);
    while from < noun && passage.mark(from, "-–—") {
        from += 1;
    }
    // Behind a bracket nothing of the post is left.
    let bracket = (end..to).find(|k| passage.mark(*k, "(（["));
    let to = bracket.unwrap_or(to).max(end);
    let to = (end..to).find(|k| passage.parted(*k)).map_or(to, |_| end);
    Post {
        span: passage.cover(from.min(noun), to),
        body: body.or_else(|| (to > lead).then(|| passage.cover(lead, to))),
        adjacent,
        plural: passage.is(noun, AgentWord::Roles).is_some(),
        behind: false,
    }
}
