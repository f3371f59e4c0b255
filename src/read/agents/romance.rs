//! Posts and names in Romance languages: prepositions that hold an article, adjectives behind their noun, complements in
//! rows, names right behind a place.

use super::names;
use super::roles::{self, Post, inside_body};
use super::scene::Passage;
use super::taken::Taken;
use crate::lang::AgentWord;

/// Words between a post and its name, at most.
const FAR: usize = 30;

/// Commas inside one complement, at most.
const ROW: usize = 3;

/// Words that open the name of a saint, and so of a town or house.
const SAINTS: &[&str] = &[
    "san", "santa", "santo", "são", "sant", "saint", "sainte", "sao",
];

/// The post that stands before the title or name at `from`: `the mayor of X, Y`, `the former Chilean minister Y`.
pub(super) fn before(
    passage: &Passage<'_>,
    from: usize,
    titled: bool,
    taken: &Taken,
) -> Option<Post> {
    let (stop, comma) = roles::stop_before(passage, from, titled)?;
    let noun = noun_before(passage, stop, taken)?;
    let end = noun + passage.is(noun, AgentWord::Role)?;
    let qualified = past_adjectives(passage, end, stop);
    let definite = definite_before(passage, noun);
    if let Some(post) = paired(passage, noun, definite, stop, taken) {
        return Some(post);
    }
    let opens = noun == 0 || passage.mark(noun - 1, ":;–—(«“\"");
    // `the president of the Court, Judge X`: the first of two posts says more.
    if definite.is_none() && noun > 1 && passage.mark(noun - 1, ",") {
        let outer = before(passage, noun, false, taken);
        if let Some(outer) = outer.filter(|_| qualified == stop || comma) {
            return Some(outer);
        }
    }
    let found = || {
        let start = start(passage, noun, definite);
        let adjacent = !comma || titled;
        roles::finish(passage, start, noun, qualified, stop, taken, adjacent)
    };
    if qualified == stop {
        let plural = passage.is(noun, AgentWord::Roles).is_some();
        if comma && !titled && !plural && definite.is_none() && !opens {
            return None;
        }
        return Some(found());
    }
    let joint = passage.is(qualified, AgentWord::Joint).is_some()
        || is_genitive(passage, qualified)
        || passage
            .tokens
            .get(qualified)
            .is_some_and(|t| taken.starts(t.span.start).is_some());
    let clear = (qualified..stop).all(|k| {
        inside_body(passage, k, taken)
            || passage.mark(k, ",'’-&()")
            || passage.tokens[k].word
                && passage.is(k, AgentWord::Says).is_none()
                && passage.is(k, AgentWord::Honorific).is_none()
                && (!passage.is_stop(k)
                    || passage.article(k).is_some()
                    || passage.is(k, AgentWord::Joint).is_some()
                    || passage.is(k, AgentWord::And).is_some()
                    || k > 0 && passage.article(k - 1).is_some())
    });
    let given = names::has_given_name(passage, from, from + 1);
    let bounded =
        comma || titled || given || taken.ends(passage.tokens[stop - 1].span.end).is_some();
    let mine = titled || !comma || definite.is_some() || opens;
    (joint && clear && bounded && mine).then(found)
}

/// `the mayor of X and commissioner for Y, Z`: two posts of one, each with its complement.
fn paired(
    passage: &Passage<'_>,
    noun: usize,
    definite: Option<usize>,
    stop: usize,
    taken: &Taken,
) -> Option<Post> {
    const REACH: usize = 10;
    let and = noun.checked_sub(1)?;
    if definite.is_some() || passage.is(and, AgentWord::And).is_none() {
        return None;
    }
    let first = noun_before(passage, and, taken).filter(|n| and - n <= REACH)?;
    let lead = definite_before(passage, first)?;
    let end = first + passage.is(first, AgentWord::Role)?;
    let joined = passage
        .is(past_adjectives(passage, end, and), AgentWord::Joint)
        .is_some();
    (joined && end < and).then(|| roles::finish(passage, lead + 1, first, end, stop, taken, false))
}

/// Whether a word is in the genitive that Romanian puts behind a noun without a preposition: `ministrul afacerilor`.
fn is_genitive(passage: &Passage<'_>, i: usize) -> bool {
    let word = passage.folded(i);
    passage.tokens.get(i).is_some_and(|t| t.word)
        && ["ului", "lor", "iei", "ției"]
            .iter()
            .any(|e| word.ends_with(e) && word.len() > e.len() + 2)
        && !passage.is_stop(i)
}

/// Whether a title with an article behind a comma opens a new item of a row: `of the director of X, the teacher Y, head of Z`.
pub(super) fn opens_item(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    from > 1
        && passage.article(from - 1).is_some()
        && passage.mark(from - 2, ",")
        && passage.mark(to, ",")
}

/// Whether a name that ends at `to` stands between marks: behind a post and a comma it can be nothing but who holds the post.
pub(super) fn is_closed(passage: &Passage<'_>, to: usize) -> bool {
    to >= passage.len()
        || passage.mark(to, ",.;)")
        || passage.is(to, AgentWord::Says).is_some()
        || passage.is(to, AgentWord::And).is_some()
}

/// The nearest noun of a post before `stop` whose complement may reach up to there.
fn noun_before(passage: &Passage<'_>, stop: usize, taken: &Taken) -> Option<usize> {
    let mut commas = 0;
    let mut joined = false;
    let mut k = stop;
    while k > 0 && stop - k < FAR {
        k -= 1;
        if passage.mark(k, ",") {
            commas += 1;
            // `minister of Labour, of Health and of Sport`: only a row that ends in `and` goes over a comma.
            let joint = passage.is(k + 1, AgentWord::Joint).is_some() || passage.capital(k + 1);
            if commas > ROW || !joined || !joint || names_somebody(passage, k + 1) {
                return None;
            }
            continue;
        }
        let within = inside_body(passage, k, taken);
        if !within && !passage.tokens[k].word && !passage.mark(k, "'’-&()") {
            return None;
        }
        joined |= passage.is(k, AgentWord::And).is_some();
        if commas > 0 && !within && names_somebody(passage, k) {
            return None;
        }
        if !within && passage.is(k, AgentWord::Role).is_some() && heads(passage, k) {
            return Some(longest_from(passage, k));
        }
    }
    None
}

/// Where the post begins whose last word stands at `k`: `secretary general`.
fn longest_from(passage: &Passage<'_>, k: usize) -> usize {
    (1..=3.min(k))
        .rev()
        .map(|n| k - n)
        .find(|at| {
            passage
                .is(*at, AgentWord::Role)
                .is_some_and(|len| at + len > k)
        })
        .unwrap_or(k)
}

/// Whether a post's noun at `k` stands for a post there: behind a plain noun it is an adjective (`historic centre` put the
/// other way round), in the plural behind a joint it belongs to a body.
fn heads(passage: &Passage<'_>, k: usize) -> bool {
    let Some(prev) = k.checked_sub(1) else {
        return true;
    };
    if passage.is(k, AgentWord::Roles).is_some() {
        return passage.ends(k, AgentWord::Joint).is_none() || !passage.capital(k);
    }
    let token = &passage.tokens[prev];
    let plain = token.word
        && !token.capital
        && !passage.is_stop(prev)
        && !passage.adjective(prev)
        && passage.article(prev).is_none()
        && [
            AgentWord::Joint,
            AgentWord::Contracted,
            AgentWord::Indefinite,
            AgentWord::And,
            AgentWord::Role,
            AgentWord::RoleModifier,
            AgentWord::Honorific,
            AgentWord::Says,
        ]
        .iter()
        .all(|word| passage.ends(k, *word).is_none())
        && !passage.is_agentive(prev);
    !plain || passage.tokens[k].capital
}

/// Whether a name of a person stands at `i`.
fn names_somebody(passage: &Passage<'_>, i: usize) -> bool {
    passage.capital(i)
        && passage.capital(i + 1)
        && names::has_given_name(passage, i, (i + 1).min(passage.len()))
}

/// The article, or the preposition with one, that the post at `noun` has: nothing but what qualifies it stands between.
fn definite_before(passage: &Passage<'_>, noun: usize) -> Option<usize> {
    const REACH: usize = 4;
    // Romanian nouns carry their article as an ending.
    let word = passage.folded(noun);
    if noun > 0 && (word.ends_with("ul") || word.ends_with("ului")) {
        return Some(noun - 1);
    }
    (noun.saturating_sub(REACH)..noun)
        .rev()
        .find_map(|k| {
            // Behind a verb of saying stands who says it: `a vorbit președintele`.
            if definite(passage, k) || passage.ends(k + 1, AgentWord::Says).is_some() {
                return Some(Some(k));
            }
            let qualifies = passage.tokens[k].word
                && (passage.is(k, AgentWord::RoleModifier).is_some()
                    || passage.is(k, AgentWord::Role).is_some()
                    || passage.is(k, AgentWord::And).is_some()
                    || passage.adjective(k) && !passage.is_stop(k))
                || passage.mark(k, "-");
            (!qualifies).then_some(None)
        })
        .flatten()
}

/// Whether a word is an article of any kind, or holds one.
fn definite(passage: &Passage<'_>, k: usize) -> bool {
    passage.article(k).is_some()
        || passage.is(k, AgentWord::Indefinite).is_some()
        || passage.is(k, AgentWord::Contracted).is_some()
}

/// Where the words of a post begin: behind its article, else at what is known to qualify it.
fn start(passage: &Passage<'_>, noun: usize, article: Option<usize>) -> usize {
    if let Some(article) = article {
        return article + 1;
    }
    let mut start = noun;
    while let Some(k) = start.checked_sub(1) {
        let pair =
            passage.is(k, AgentWord::And).is_some() && passage.ends(k, AgentWord::Role).is_some();
        if pair {
            start = k - passage.ends(k, AgentWord::Role).unwrap_or(1);
        } else if passage.is(k, AgentWord::RoleModifier).is_some() {
            start = k;
        } else {
            break;
        }
    }
    start
}

/// Where the adjectives behind a post's noun end: `federal minister` is `ministre fédérale`.
pub(super) fn past_adjectives(passage: &Passage<'_>, end: usize, stop: usize) -> usize {
    let mut at = end;
    while at < stop
        && at < end + 2
        && passage.tokens[at].word
        && passage.adjective(at)
        && passage.is(at, AgentWord::Joint).is_none()
        && passage.is(at, AgentWord::And).is_none()
        && passage.is(at, AgentWord::Body).is_none()
        && !passage.is_stop(at)
        && !passage.in_date(at)
        && !passage.in_place(at)
        && (!passage.tokens[at].capital || !names::has_given_name(passage, at, at + 1))
        && passage.is(at, AgentWord::Role).is_none()
    {
        at += 1;
    }
    at
}

/// Whether a complement goes on behind the comma at `i`: `, of Health and of Sport`.
pub(super) fn goes_on(passage: &Passage<'_>, i: usize) -> bool {
    const REACH: usize = 12;
    passage.mark(i, ",")
        && passage.is(i + 1, AgentWord::Joint).is_some()
        && passage.is(i + 1, AgentWord::And).is_none()
        && (i + 2..(i + REACH).min(passage.len()))
            .take_while(|k| passage.tokens[*k].word || passage.mark(*k, "'’"))
            .any(|k| {
                passage.is(k, AgentWord::And).is_some()
                    && (passage.is(k + 1, AgentWord::Joint).is_some()
                        || passage.article(k + 1).is_some())
            })
}

/// Whether the name at `i` opens behind a place or the complement of a post: `the mayor of Town Jane Doe`.
pub(super) fn opens_name(passage: &Passage<'_>, i: usize) -> bool {
    const REACH: usize = 8;
    let whole = passage.capital(i + 1) || passage.is(i + 1, AgentWord::Particle).is_some();
    if !whole || !passage.capital(i) || !names::has_given_name(passage, i, i + 1) {
        return false;
    }
    let mut k = i;
    while k > 0 && passage.capital(k - 1) {
        k -= 1;
    }
    if names::has_given_name(passage, k, k + 1) {
        return false;
    }
    let led =
        passage.ends(k, AgentWord::Joint).is_some() || k > 0 && passage.article(k - 1).is_some();
    led && (k.saturating_sub(REACH)..k).any(|r| passage.is(r, AgentWord::Role).is_some())
}

/// Whether the name at `i` is part of a longer one that is nobody's: a saint's town, a house or street named after somebody.
pub(super) fn is_namesake(passage: &Passage<'_>, i: usize) -> bool {
    let mut k = i;
    while let Some(len) = passage
        .ends(k, AgentWord::Role)
        .or_else(|| passage.ends(k, AgentWord::Honorific))
        .filter(|len| *len <= k)
    {
        k -= len;
    }
    let saint =
        k > 0 && passage.tokens[k - 1].capital && SAINTS.contains(&passage.folded(k - 1)) && k == i;
    // `Escuela Judicial Magistrado X`: the post is part of the house's name.
    let titled_house =
        k < i && k > 0 && passage.capital(k) && passage.capital(k - 1) && !passage.after_gap(k);
    saint || titled_house || passage.ends(k, AgentWord::Thing).is_some()
}

/// Whether the small word at `at` joins the parts of a body's name, not of a person's whose first word stands at `i`.
pub(super) fn parts_body(passage: &Passage<'_>, i: usize, at: usize) -> bool {
    const JOINTS: &[&str] = &["dei", "degli", "delle", "dello", "della", "dell'", "des"];
    JOINTS.contains(&passage.folded(at)) && !names::has_given_name(passage, i, i + 1)
}

/// Whether a title of address in small letters only qualifies the post before it: `rector general`.
pub(super) fn qualifies_post(passage: &Passage<'_>, i: usize) -> bool {
    passage.tokens.get(i).is_some_and(|t| !t.capital)
        && passage.ends(i, AgentWord::Role).is_some()
        && (passage.is(i + 1, AgentWord::Joint).is_some()
            || passage.is(i + 1, AgentWord::Particle).is_some())
}

/// Whether a person's name begins at `end` inside what reads like the name of a body with a post before it: `president of the
/// Institute of Archives Jane Doe`.
pub(super) fn person_in_body(passage: &Passage<'_>, body: usize, end: usize) -> bool {
    let led = |k: usize| {
        passage.ends(k, AgentWord::Joint).is_some()
            || k > 0 && passage.article(k - 1).is_some()
            || k > 0 && passage.in_place(k - 1)
    };
    if !names_somebody(passage, end) {
        return false;
    }
    if end < body + 2 {
        // `under-secretary to the Presidency of the Council Jane Doe`
        const REACH: usize = 5;
        return end == body + 1
            && passage.ends(body, AgentWord::Joint).is_some()
            && (body.saturating_sub(REACH)..body)
                .any(|k| passage.is(k, AgentWord::Role).is_some());
    }
    if !led(end - 1) && !passage.in_place(end - 1) {
        return false;
    }
    let mut at = body;
    at -= usize::from(at > 0 && passage.article(at - 1).is_some());
    at -= passage.ends(at, AgentWord::Joint).unwrap_or(0).min(at);
    (at.saturating_sub(2)..=at).any(|k| passage.ends(k, AgentWord::Role).is_some())
}
