//! People: names with a title of address, a post, a verb of saying, or a given name.

use super::names;
use super::roles::{self, Post};
use super::romance;
use super::scene::{Passage, Scene};
use super::taken::Taken;
use crate::lang::{AgentWord, Part};
use crate::source::Span;

/// A person where the text names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The passage.
    pub passage: usize,
    /// The bare name.
    pub span: Span,
    /// Title of address.
    pub honorific: Option<Span>,
    /// Whether the title is a man's or a woman's, where it is one of a pair.
    pub man: Option<bool>,
    /// The post beside the name.
    pub post: Option<Post>,
    /// The rule.
    pub rule: &'static str,
}

/// Everyone named, at every place where a cue says that it is a person, in order.
/// `full` are the names of organizations in full, `any` those in any form.
pub(super) fn find(scene: &Scene<'_>, full: &Taken, any: &Taken) -> Vec<Named> {
    let mut found = Vec::new();
    for (number, passage) in scene.passages.iter().enumerate() {
        if passage.titled || passage.has_address() || passage.has_phone || is_credit(scene, passage)
        {
            continue;
        }
        let mut i = 0;
        while i < passage.len() {
            let person = passage
                .may_open_person(i)
                .then(|| person(scene, number, i, full, any));
            let Some((from, to, named)) = person.flatten() else {
                i += 1;
                continue;
            };
            debug_assert!(from >= i && to > from);
            found.push(named);
            i = to;
        }
    }
    collective(scene, &mut found);
    found
}

/// Words of the longest line that names only who made a text or picture.
const CREDIT: usize = 14;

/// Whether a passage only says who made the text or the picture: `Foto: Jan Wolny`.
fn is_credit(scene: &Scene<'_>, passage: &Passage<'_>) -> bool {
    let Some(first) = passage.tokens.first() else {
        return false;
    };
    let words = passage.cover(0, passage.len()).of(passage.text);
    passage.tokens.iter().filter(|t| t.word).count() <= CREDIT
        && first.word
        && scene
            .context
            .lexicons
            .phrases()
            .leading(words)
            .iter()
            .any(|hit| {
                hit.is(Part::Byline) && words[hit.len..].trim_start().starts_with([':', '.'])
            })
}

/// The person whose honorific, or name, begins at `i`.
fn person(
    scene: &Scene<'_>,
    number: usize,
    i: usize,
    full: &Taken,
    any: &Taken,
) -> Option<(usize, usize, Named)> {
    let passage = &scene.passages[number];
    if i > 0 && passage.is(i - 1, AgentWord::Thing).is_some() && passage.chained {
        return None;
    }
    let title = honorific(passage, i);
    let from = title.map_or(i, |end| end);
    // Without a title the first word must be able to open a name.
    if title.is_none()
        && (!names::is_name_word(passage, i) && names::initial(passage, i).is_none()
            || passage.is(i, AgentWord::Honorific).is_some()
            || names::opens_with_verb(passage, i + 1)
            || i > 0 && continues(passage, i))
    {
        return None;
    }
    // A house's name, or the place that a post's complement ends with: `the mayor of Town Jane Doe`.
    let led = title.is_none() && i + 2 < passage.len() && romance::opens_name(passage, i + 1);
    if passage.is_romance() && (led || romance::is_namesake(passage, i)) {
        return None;
    }
    let to = names::end(passage, from)?;
    let span = passage.cover(from, to);
    let letters = |k: usize| {
        passage
            .written(k)
            .chars()
            .filter(|c| c.is_alphabetic())
            .count()
    };
    if full.over(span).is_some()
        || (from..to).all(|k| letters(k) < 2)
        || title.is_none() && names::is_namesake(passage, from)
    {
        return None;
    }
    let words = words(passage, from, to);
    // Letters behind a title are a body's: `prof. AGH`.
    if words < 2
        && title.is_some()
        && passage.chains_genitives()
        && super::acronyms::is_acronym(passage.written(from))
    {
        return None;
    }
    // A word that the text also writes small is hardly a name without better evidence.
    let ordinary = (from..to).any(|k| scene.is_ordinary(passage.folded(k)));
    let alone = names::stands_alone(passage, from, to);
    let in_place = (from..to).any(|k| passage.in_place(k));
    let given = names::has_given_name(passage, from, to);
    // `Major Procurement Fraud`: a rank's word is an ordinary one too.
    let sure = !ordinary || given || is_short(passage, i, from) || is_of_sex(passage, i, from);
    let titled = title.is_some()
        && sure
        && (alone || words > 1)
        && (words > 1 || !thing_behind(passage, to));
    if !titled && (words < 2 || !alone || in_place && !given) {
        return None;
    }
    let post = roles::beside(passage, i, to, title.is_some(), any);
    let says = says(passage, from, to);
    let rule = if titled {
        "person.honorific"
    } else if post.as_ref().is_some_and(|p| {
        // Where bodies follow posts without a joint, capitals behind a post may be one's.
        let plain = !passage.chained || p.behind;
        given
            || p.adjacent
                && !ordinary
                && plain
                && !scene.goes_with_post(passage, from)
                && (p.behind || says || is_somebody(scene, number, from, to))
    }) {
        "person.role"
    } else if says && (given || quotes(passage) && !ordinary) {
        "person.speech"
    } else if names::has_given_name(passage, from, from + 1)
        && !in_place
        && !ordinary
        && words <= 4
        && plain(passage, from, to)
        && !is_title(passage, from, to)
    {
        "person.given-name"
    } else {
        return None;
    };
    Some((
        from,
        to,
        Named {
            passage: number,
            span,
            honorific: title.map(|end| passage.cover(i, end)),
            man: title.and_then(|end| {
                let has = |word| (i..end).any(|k| passage.is(k, word).is_some());
                match (has(AgentWord::Man), has(AgentWord::Woman)) {
                    (true, false) => Some(true),
                    (false, true) => Some(false),
                    _ => None,
                }
            }),
            post,
            rule,
        },
    ))
}

/// Whether a name fills a pair of quotation marks: a house, a prize or a ship is called so.
fn is_title(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    from > 0 && passage.mark(from - 1, "“„«\"‘»") && passage.mark(to, "”“»\"’«")
}

/// Words of a name that count: neither initials nor what stands behind a family name.
fn words(passage: &Passage<'_>, from: usize, to: usize) -> usize {
    (from..to)
        .filter(|k| {
            let initial = passage.written(*k).chars().filter(|c| *c != '.').count() < 2;
            passage.tokens[*k].word
                // `Filho`, `Neto` are family names too.
                && (passage.is_romance() || passage.is(*k, AgentWord::Suffix).is_none())
                && (!initial || *k == from && to > from + 2)
        })
        .count()
}

/// Whether a title is a short form, so nothing but a title: `Dr.`, `Sr`.
fn is_short(passage: &Passage<'_>, i: usize, from: usize) -> bool {
    (i..from).any(|k| passage.mark(k, ".") || passage.written(k).chars().count() <= 3)
}

/// Whether a title is only a man's or only a woman's.
fn is_of_sex(passage: &Passage<'_>, i: usize, from: usize) -> bool {
    let of = |word| (i..from).any(|k| passage.is(k, word).is_some());
    of(AgentWord::Man) != of(AgentWord::Woman)
}

/// Most places that a name is looked at for what it is.
const MEETINGS: usize = 50;

/// Whether words in capitals behind a post are somebody's name although no given name is known among them: two that stand
/// for themselves are, and more with an initial or a particle, or where the last stands elsewhere in the text as people's
/// names do. `The winner Golden Lamp Three` is nobody.
fn is_somebody(scene: &Scene<'_>, number: usize, from: usize, to: usize) -> bool {
    let passage = &scene.passages[number];
    let form = (from..to).any(|k| names::initial(passage, k).is_some())
        || (from + 1..to).any(|k| passage.is(k, AgentWord::Particle).is_some());
    let last = passage.written(to - 1);
    let goes_on = passage.tokens.get(to).is_some_and(|t| t.word && t.capital);
    let of_thing = thing_behind(passage, to) || passage.is_event(to);
    let two = words(passage, from, to) == 2 && !of_thing && !goes_on;
    form || two
        || scene.starts_of(last).take(MEETINGS).any(|(index, k)| {
            let other = &scene.passages[index];
            let here = index == number && (from..to).contains(&k);
            !here && other.written(k) == last && is_met(other, k)
        })
}

/// Whether a family name stands as people's names do: behind a title or given name, beside a verb of saying.
fn is_met(passage: &Passage<'_>, k: usize) -> bool {
    let stop = k - usize::from(k > 0 && passage.mark(k - 1, "."));
    passage.ends(stop, AgentWord::Honorific).is_some()
        || k > 0 && names::has_given_name(passage, k - 1, k)
        || says(passage, k, k + 1)
}

/// Whether the words look like nothing but a name: no acronym, no capital in the middle of a word.
fn plain(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    let odd = |k: usize| {
        let written = passage.written(k);
        let shouted = written.chars().all(char::is_uppercase) && written.chars().count() > 1;
        // `MacDowd`, `LaMarin`, `O’Dowd` and `Al-Norte` have one; glued words have it late.
        let late = written
            .chars()
            .zip(written.chars().skip(1))
            .skip(3)
            .any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        k == from && shouted || late
    };
    (from..to).all(|k| !odd(k))
}

/// Whether the word before `i` already belongs to the same run of capitals.
fn continues(passage: &Passage<'_>, i: usize) -> bool {
    if passage.is_romance() && romance::opens_name(passage, i) {
        return false;
    }
    passage.capital(i - 1)
        && !passage.after_gap(i)
        && passage.ends(i, AgentWord::Role).is_none()
        && passage.ends(i, AgentWord::Honorific).is_none()
        && !names::parts_from_post(passage, i)
        && !names::opens_with_verb(passage, i)
}

/// The titles of address that begin at `i`, with the full stops of their short forms: where they end.
fn honorific(passage: &Passage<'_>, i: usize) -> Option<usize> {
    // `Secretary General X`: the second word of a post is no rank.
    let of_post = (1..=2.min(i)).any(|n| {
        passage
            .is(i - n, AgentWord::Role)
            .is_some_and(|len| len > n)
    });
    if of_post || passage.is_romance() && romance::qualifies_post(passage, i) {
        return None;
    }
    let mut end = i;
    loop {
        let at = end
            + usize::from(
                end > i
                    && passage.mark(end, ",")
                    && passage.is(end + 1, AgentWord::Honorific).is_some(),
            );
        let Some(len) = passage.is(at, AgentWord::Honorific) else {
            break;
        };
        // `Κ. Φανάρης`: a capital with a full stop is an initial where titles are written small.
        if passage.chains_genitives()
            && passage.written(at).chars().count() == 1
            && passage.tokens[at].capital
        {
            break;
        }
        end = at + len;
        if passage.mark(end, ".") && passage.touch(end - 1) {
            end += 1;
            // `dott.ssa`, `Sig.ra`: the ending of a short form.
            let small = |k: usize| passage.tokens.get(k).is_some_and(|t| t.word && !t.capital);
            if passage.touch(end - 1) && small(end) && passage.written(end).chars().count() <= 3 {
                end += 1;
            }
        }
        // `Commander (ret.)`
        let close = (end + 2..end + 4).find(|k| passage.mark(*k, ")"));
        if let Some(close) = close.filter(|_| passage.mark(end, "(")) {
            let inside = passage.written(end + 1);
            if inside.chars().count() <= 4 && inside.chars().all(char::is_lowercase) {
                end = close + 1;
            }
        }
    }
    // A title that a name's own word hides: `D.` the initial, `Don Lindgren` the given name.
    (end > i && (names::is_name_word(passage, end) || names::end(passage, end).is_some()))
        .then_some(end)
}

/// Whether the noun of a street, house or paper follows: `Dr. King Boulevard`, `the Dame Smith review`.
fn thing_behind(passage: &Passage<'_>, to: usize) -> bool {
    [AgentWord::Thing, AgentWord::Body, AgentWord::NotBody]
        .iter()
        .any(|kind| passage.is(to, *kind).is_some())
}

/// Whether a verb of saying stands right before or behind the name.
fn says(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    passage.ends(from, AgentWord::Says).is_some()
        || passage.is(to, AgentWord::Says).is_some()
        || passage.mark(to, ",")
            && (to..(to + 12).min(passage.len()))
                .any(|k| passage.mark(k, ",") && passage.is(k + 1, AgentWord::Says).is_some())
}

/// Whether the passage holds a quotation.
fn quotes(passage: &Passage<'_>) -> bool {
    (0..passage.len()).any(|i| passage.mark(i, "“”„«»\"「"))
}

/// `the experts Dr. A, B and C`: a post in the plural before a row is everyone's.
fn collective(scene: &Scene<'_>, found: &mut [Named]) {
    for i in 1..found.len() {
        let (before, rest) = found.split_at_mut(i);
        let (last, this) = (&before[i - 1], &mut rest[0]);
        if this.passage != last.passage || this.post.is_some() {
            continue;
        }
        let Some(post) = last.post.as_ref().filter(|p| p.plural) else {
            continue;
        };
        let passage = &scene.passages[this.passage];
        let gap = passage.token_at(last.span.end)
            ..passage.token_at(this.honorific.unwrap_or(this.span).start);
        let mut depth = 0;
        let row = gap.len() <= 8
            && gap.clone().all(|k| {
                depth += usize::from(passage.mark(k, "("));
                let inside = depth > 0;
                depth -= usize::from(passage.mark(k, ")") && inside);
                inside || passage.mark(k, ",") || passage.is(k, AgentWord::And).is_some()
            });
        if row {
            this.post = Some(post.clone());
        }
    }
}
