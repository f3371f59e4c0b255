//! Who convenes an event: named behind the verb, before it, or the body whose own meeting it is.

use std::ops::Range;

use super::candidates::Candidate;
use super::organizer_noun;
use super::passages::{Passage, Role, within};
use super::phrases::{Determiner, Phrase};
use super::scene::Scene;
use super::when::own_passages;
use super::words::Words;
use crate::lang::{EventWord, NameStyle};
use crate::model::{EventKind, Fact};
use crate::source::Span;

/// The organizer of a candidate.
pub(super) fn find(scene: &Scene<'_>, candidate: &Candidate) -> Option<Fact<String>> {
    let passages: Vec<usize> = own_passages(scene, candidate)
        .into_iter()
        .filter(|p| !matches!(scene.passages[*p].role, Role::Headline | Role::Subtitle))
        .collect();
    let open = (0..scene.passages.len())
        .filter(|p| matches!(scene.passages[*p].role, Role::Body { block } if block <= 3));
    passages
        .iter()
        .copied()
        .chain(open)
        .find_map(|p| after_verb(scene, candidate, p).or_else(|| by_noun(scene, candidate, p)))
        .or_else(|| passages.iter().find_map(|p| subject(scene, candidate, *p)))
        .or_else(|| own_body(scene, candidate))
}

/// Words between a verb of holding and the event: a day and a place may stand between.
const REACH: usize = 22;

/// Words between a member of parliament and their name.
const BESIDE: usize = 3;

/// Letters of a noun's ending, at most.
const ENDING: usize = 3;

/// Words between `organised by` and the organizer's name.
const NEAR: u32 = 40;

/// `organised by the X`, `convened by X`.
fn after_verb(scene: &Scene<'_>, candidate: &Candidate, index: usize) -> Option<Fact<String>> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    words.each(EventWord::By).find_map(|(i, len)| {
        let own = speaks_of(scene, candidate, index, i);
        let end = words.tokens[i + len - 1].span.end;
        // Where the verb comes last the name stands before it.
        let behind =
            words.table.style != NameStyle::Unspaced && words.table.style != NameStyle::Final;
        let start = words.tokens[i].span.start;
        let near = if behind {
            Span {
                start: end,
                end: end + NEAR,
            }
        } else {
            Span {
                start: start.saturating_sub(NEAR),
                end: start,
            }
        };
        own.then(|| organization(scene, near))
            .flatten()
            .filter(|(_, span)| passage.span.contains(*span))
            .or_else(|| plain_name(scene, passage, i + len).filter(|_| own && behind))
            .map(|(name, span)| Fact::stated(name, span, "event.organizer.by"))
    })
}

/// Whether the words at a token of a passage speak of the candidate, or take it up in other words.
fn speaks_of(scene: &Scene<'_>, candidate: &Candidate, index: usize, token: usize) -> bool {
    scene.in_passage(index).is_empty()
        || scene
            .owner(index, token)
            .is_some_and(|p| candidate.has(p) || points_to(scene, candidate, p))
}

/// `The organiser of the forum is the X`.
fn by_noun(scene: &Scene<'_>, candidate: &Candidate, index: usize) -> Option<Fact<String>> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    words.each(EventWord::Organizer).find_map(|(i, len)| {
        let body = organizer_noun::named_by(passage, i, len)?;
        // `The organiser of the catering is …`, `the organiser is not …`.
        let between = [
            EventWord::Of,
            EventWord::Article,
            EventWord::Indefinite,
            EventWord::Is,
        ];
        let own = |k: usize| {
            let mut phrases = scene.in_passage(index);
            phrases.any(|p| {
                let told = candidate.has(p) || points_to(scene, candidate, p);
                told && scene.phrases[p].tokens.contains(&k)
            })
        };
        // `des Forums`: the noun of the event with an ending.
        let inflected = |k: usize| {
            let word = words.folded(k);
            candidate.phrases.iter().any(|p| {
                let phrase = &scene.phrases[*p];
                let noun = scene.passages[phrase.passage]
                    .words
                    .folded(phrase.head.end - 1);
                let ending = word.strip_prefix(noun);
                ending.is_some_and(|ending| ending.chars().count() <= ENDING)
            })
        };
        (i + len..words.token_at(body.start))
            .all(|k| own(k) || inflected(k) || words.any(k, &between))
            .then_some(())?;
        let (name, span) = organization(scene, body)?;
        speaks_of(scene, candidate, index, i)
            .then(|| Fact::stated(name, span, "event.organizer.noun"))
    })
}

/// The name right behind `organised by` that no word says to be a body's: of two words or an acronym, `organizzato da ARCUM`.
/// One word alone may be a feast or a service, and where every noun has a capital only an acronym is a name.
fn plain_name(scene: &Scene<'_>, passage: &Passage<'_>, from: usize) -> Option<(String, Span)> {
    const LONGEST: usize = 5;
    let words = &passage.words;
    let start = from + words.is(from, EventWord::Article).unwrap_or(0);
    let name = |k: usize| {
        let other = [
            EventWord::Stop,
            EventWord::Article,
            EventWord::Person,
            EventWord::At,
            EventWord::Online,
            EventWord::Mixed,
            EventWord::Venue,
        ];
        words.tokens[k].capital
            && words.tokens[k].word
            && !passage.is_date(k)
            && !passage.in_place(k)
            && !passage.begins_person(k)
            && words.noun(k).is_none()
            && !words.any(k, &other)
    };
    let end = (start..words.len().min(start + LONGEST))
        .take_while(|k| name(*k))
        .last()?
        + 1;
    let span = words.span(&(start..end))?;
    let written = span.of(words.text);
    let acronym = written.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let several = end > start + 1;
    let fits = match words.table.style {
        NameStyle::Romance => acronym || several,
        NameStyle::Germanic => acronym && (!scene.capital_nouns() || end == start + 1),
        _ => false,
    };
    let person = scene.people.iter().any(|(at, _)| at.overlaps(span));
    (fits && !passage.shouted && !person).then(|| (written.to_owned(), span))
}

/// Whether a bare `the meeting` takes up, in other words, the event that its paragraph names.
fn points_to(scene: &Scene<'_>, candidate: &Candidate, phrase: usize) -> bool {
    let phrase = &scene.phrases[phrase];
    let role = scene.passage_of(phrase).role;
    let named = |p: &usize| {
        let known = &scene.phrases[*p];
        known.passage < phrase.passage && scene.passage_of(known).role == role
    };
    phrase.points_back()
        && phrase.determiner == Determiner::Definite
        && matches!(role, Role::Body { block: 0 })
        && candidate.phrases.iter().any(named)
}

/// The organization (or person) before a verb of holding whose object is the event.
fn subject(scene: &Scene<'_>, candidate: &Candidate, index: usize) -> Option<Fact<String>> {
    let passage = &scene.passages[index];
    let words = &passage.words;
    let phrases = &scene.phrases;
    let here = scene.in_passage(index);
    let from = candidate.phrases.partition_point(|p| *p < here.start);
    let own = candidate.phrases[from..]
        .iter()
        .take_while(|p| here.contains(p));
    own.map(|p| (p, &phrases[*p])).find_map(|(p, phrase)| {
        if phrase.other || phrase.aside {
            return None;
        }
        // `The Union announced that its congress will be held`.
        let possessed = phrase.tokens.start > 0
            && words
                .ends(phrase.tokens.start, EventWord::Possessive)
                .is_some();
        // `regrets to inform the media that the breakfast with its Chair has been cancelled`: others tell of what is not theirs.
        let own = possessed
            || (phrase.tokens.start..words.len().min(phrase.tokens.end + BESIDE))
                .any(|k| words.is(k, EventWord::Possessive).is_some());
        let withdrawn = (phrase.tokens.end..words.len())
            .any(|k| words.any(k, &[EventWord::Cancelled, EventWord::Postponed]));
        let verb = (phrase.tokens.start.saturating_sub(REACH)..phrase.tokens.start)
            .rev()
            // `takes part in` hosts nothing, though `takes` may.
            .find(|i| {
                words
                    .is(*i, EventWord::Hosts)
                    .is_some_and(|len| words.is(*i, EventWord::Attends).is_none_or(|n| n < len))
                    || possessed && words.is(*i, EventWord::Announces).is_some()
                    || withdrawn && own && words.is(*i, EventWord::Regrets).is_some()
            });
        let Some(verb) = verb else {
            return verb_last(scene, *p);
        };
        // `thanked X for hosting the forum`: a gerund has no subject of its own.
        let led =
            words.ends(verb, EventWord::Preposition).is_some() && words.folded(verb - 1) != "to";
        let bare = matches!(words.table.style, NameStyle::Germanic | NameStyle::Romance);
        if led && bare {
            return None;
        }
        // `Am Montag lädt der Verein zum Fest`: behind a day the subject follows its verb.
        let behind = Span {
            start: words.tokens[verb].span.end,
            end: words.tokens[phrase.tokens.start].span.start,
        };
        let next = verb + words.is(verb, EventWord::Hosts).unwrap_or(1);
        let turned = |at: Span| match words.table.style {
            NameStyle::Germanic => dated_before(passage, verb),
            // `تنظم وزارة الثقافة المؤتمر`: the verb comes first.
            NameStyle::Initial => words.token_at(at.start) == next,
            _ => false,
        };
        last_agent(scene, passage, verb)
            .or_else(|| organization(scene, behind).filter(|(_, at)| turned(*at)))
            .map(|(name, span)| Fact::stated(name, span, "event.organizer.subject"))
    })
}

/// Where the verb comes last the one who holds an event opens the sentence: `X Derneği, … Forumu'nu düzenliyor`.
fn verb_last(scene: &Scene<'_>, index: usize) -> Option<Fact<String>> {
    let phrase = &scene.phrases[index];
    let passage = scene.passage_of(phrase);
    let words = &passage.words;
    let last = matches!(words.table.style, NameStyle::Final | NameStyle::Unspaced);
    let until = words.len().min(phrase.tokens.end + REACH);
    let next = scene
        .phrases
        .get(index + 1)
        .filter(|p| p.passage == phrase.passage);
    let until = next.map_or(until, |p| until.min(p.tokens.start));
    let hosts = (phrase.tokens.end..until).any(|i| words.is(i, EventWord::Hosts).is_some());
    let before = Span {
        start: passage.span.start,
        end: phrase.span.start,
    };
    let (name, span) = organization(scene, before).filter(|_| last && hosts)?;
    Some(Fact::stated(name, span, "event.organizer.subject"))
}

/// Whether a day stands right before a verb: the verb comes second, then its subject.
fn dated_before(passage: &Passage<'_>, verb: usize) -> bool {
    (verb.saturating_sub(3)..verb).any(|k| passage.is_date(k))
}

/// The body whose own session or meeting it is.
fn own_body(scene: &Scene<'_>, candidate: &Candidate) -> Option<Fact<String>> {
    candidate.phrases.iter().find_map(|p| {
        let phrase = &scene.phrases[*p];
        let passage = scene.passage_of(phrase);
        // A museum's exhibition may be shown by others.
        if phrase.other || phrase.aside || phrase.kind == EventKind::Exhibition {
            return None;
        }
        let words = &passage.words;
        if let Some((name, span)) = owner(scene, passage, phrase) {
            return Some(Fact::inferred(name, Some(span), "event.organizer.owner"));
        }
        let complement = words.span(&(phrase.head.end..phrase.tokens.end))?;
        let (name, span) = organization(scene, complement)?;
        if !belongs(words, phrase.head.end..words.token_at(span.start)) {
            return None;
        }
        // A committee meets for the body it sits in, where the sentence names that.
        let sub = (phrase.head.end..phrase.tokens.end)
            .find(|i| words.is(*i, EventWord::SubBody).is_some());
        let larger = sub.and_then(|_| larger_body(scene, passage, span));
        let (name, span) = larger.unwrap_or((name, span));
        Some(Fact::inferred(name, Some(span), "event.organizer.body"))
    })
}

/// Whether the words between an event and a body say that it is the body's: `of`, a genitive's article or nothing at all,
/// never `for`, `against` or `about`.
fn belongs(words: &Words<'_>, between: Range<usize>) -> bool {
    if matches!(
        words.table.style,
        NameStyle::Initial | NameStyle::Final | NameStyle::Unspaced
    ) {
        return true;
    }
    let romance = words.table.style == NameStyle::Romance;
    let leads = [
        EventWord::Connector,
        EventWord::At,
        EventWord::Stop,
        EventWord::By,
    ];
    between.into_iter().all(|k| {
        let token = &words.tokens[k];
        let of = words.is(k, EventWord::Of).is_some();
        // Behind a noun of a Romance language any word but a preposition may be its adjective.
        let adjective = romance && !words.any(k, &leads);
        let part = [
            EventWord::Article,
            EventWord::Modifier,
            EventWord::SubBody,
            EventWord::Possessive,
        ];
        !token.word
            || of
            || adjective
            || token.capital
            || words.any(k, &part)
            || words.ordinal(k).is_some()
            || words.noun(k).is_some()
    })
}

/// The body that stands in the possessive right before the event: `the Union's 4th Congress`.
fn owner(scene: &Scene<'_>, passage: &Passage<'_>, phrase: &Phrase) -> Option<(String, Span)> {
    let words = &passage.words;
    let mark = words.token_at(phrase.span.start).checked_sub(2)?;
    let owned = words.folded(mark) == "'" && words.folded(mark + 1) == "s"
        || words.folded(mark) == "’" && words.folded(mark + 1) == "s";
    let end = words.tokens.get(mark)?.span.start;
    let (at, i) = scene
        .organizations
        .iter()
        .find(|(at, _)| owned && at.end == end)?;
    Some(named(scene, *at, *i))
}

/// Another organization of the sentence: the one behind a committee, else the first before it.
fn larger_body(scene: &Scene<'_>, passage: &Passage<'_>, body: Span) -> Option<(String, Span)> {
    let after = Span {
        start: body.end,
        end: (body.end + NEAR).min(passage.span.end),
    };
    let before = Span {
        start: passage.span.start,
        end: body.start,
    };
    // Nothing but an acronym in brackets and the joint between the two: `the Panel (P) of the Union`.
    let joined = |(name, span): (String, Span)| {
        let words = &passage.words;
        let between = words.token_at(body.end)..words.token_at(span.start);
        let mut depth = 0;
        let mut joint = false;
        let clear = between.clone().all(|k| {
            depth += usize::from(words.folded(k) == "(");
            let inside = depth > 0;
            depth -= usize::from(inside && words.folded(k) == ")");
            let is_joint = words.is(k, EventWord::Connector).is_some();
            joint |= is_joint;
            inside || is_joint || words.is(k, EventWord::Article).is_some()
        });
        (clear && joint).then_some((name, span))
    };
    organization(scene, after)
        .and_then(joined)
        .or_else(|| organization(scene, before))
}

/// The first organization that begins inside a span.
fn organization(scene: &Scene<'_>, span: Span) -> Option<(String, Span)> {
    scene.organizations[within(&scene.organizations, span, |m| m.0)]
        .first()
        .map(|(at, i)| named(scene, *at, *i))
}

/// The last organization before a verb, or the only person. Where both are named nobody can tell who holds the event,
/// but for `the X of the Y, which holds`.
fn last_agent(scene: &Scene<'_>, passage: &Passage<'_>, verb: usize) -> Option<(String, Span)> {
    let words = &passage.words;
    let span = Span {
        start: passage.span.start,
        end: words.tokens[verb].span.start,
    };
    let all = &scene.organizations[within(&scene.organizations, span, |m| m.0)];
    let people = &scene.people[within(&scene.people, span, |m| m.0)];
    // `the X in cooperation with the Y holds`: the Y only helps.
    let (organizations, verb) = match all {
        [first @ .., (at, _), (helper, _)] => match led_aside(words, *helper) {
            Some(from) if !within_commas(passage, *at, *helper, verb) => {
                (&all[..=first.len()], from)
            }
            _ => (all, verb),
        },
        _ => (all, verb),
    };
    if let [.., (at, _)] = organizations
        && is_denied(words, words.token_at(at.end - 1) + 1..verb)
    {
        return None;
    }
    match (organizations, people) {
        ([.., (at, i)], [])
            if !others_between(passage, *at, verb) && stays_subject(passage, *at, verb) =>
        {
            Some(named(scene, *at, *i))
        }
        // `the Town Hall, through its Press Office, held`.
        ([.., (at, i), (by, _)], [])
            if within_commas(passage, *at, *by, verb) && stays_subject(passage, *at, verb) =>
        {
            Some(named(scene, *at, *i))
        }
        ([.., (at, i)], [.., (person, _)])
            if person.end <= at.start && related(passage, *at, verb) =>
        {
            Some(named(scene, *at, *i))
        }
        ([], [(at, i)]) if stays_subject(passage, *at, verb) => {
            let behind = words.token_at(at.end - 1) + 1;
            let joined = words
                .is(behind, EventWord::And)
                .is_some_and(|n| words.tokens.get(behind + n).is_some_and(|t| t.capital));
            let person = scene.findings.agents.people.get(*i).filter(|_| !joined)?;
            // Who holds an office holds events for it.
            let first = words.token_at(at.start);
            let member = (first.saturating_sub(BESIDE)..first)
                .any(|k| words.is(k, EventWord::Member).is_some());
            (person.role.is_none() || member).then(|| (person.name.value.clone(), *at))
        }
        _ => None,
    }
}

/// Where the words begin that lead to a body which only helps: `together with the Y`.
fn led_aside(words: &Words<'_>, body: Span) -> Option<usize> {
    let start = words.token_at(body.start);
    let start = start - words.ends(start, EventWord::Article).unwrap_or(0);
    let len = words.ends(start, EventWord::With)?;
    Some(start - len)
}

/// Whether somebody denies or doubts, between their name and the verb, that they hold it: `denied that it organised`.
fn is_denied(words: &Words<'_>, mut between: Range<usize>) -> bool {
    between.any(|k| {
        words
            .is(k, EventWord::Hedge)
            .is_some_and(|len| words.is(k + len, EventWord::That).is_some())
    })
}

/// Whether a name stands between an organization and the verb that is neither a place's nor in brackets: somebody else may
/// be the one who acts.
fn others_between(passage: &Passage<'_>, organization: Span, verb: usize) -> bool {
    let words = &passage.words;
    let name = |k: usize| {
        words.tokens[k].capital
            && !passage.in_place(k)
            && !passage.is_date(k)
            && !words.any(k, &[EventWord::Article, EventWord::At, EventWord::Stop])
    };
    !passage.shouted
        && words
            .outside_brackets(words.token_at(organization.end - 1) + 1..verb)
            // Two names in a row, as people have them.
            .any(|k| k + 1 < verb && name(k) && name(k + 1))
}

/// Whether somebody who is named before a verb is still its subject: nothing says `according to` them, and from the last
/// comma, relative or verb of saying on nobody else is named. One comma alone ends a subject, but before `which`.
fn stays_subject(passage: &Passage<'_>, body: Span, verb: usize) -> bool {
    let words = &passage.words;
    let start = words.token_at(body.start);
    let led = (start.saturating_sub(1)..=start)
        .filter(|at| *at == start || words.any(*at, &[EventWord::Article]))
        .any(|at| words.ends(at, EventWord::According).is_some());
    // The body may itself explain another: `the Office (O), Ministry of Rope (MoR), held`.
    let explains = |at: usize| at > 1 && words.folded(at - 1) == "," && ends_body(passage, at - 2);
    let mut commas = usize::from(
        explains(start)
            || start > 0 && words.any(start - 1, &[EventWord::Article]) && explains(start - 1),
    );
    let mut last = None;
    for k in words.outside_brackets(words.token_at(body.end - 1) + 1..verb) {
        // The comma of `Leeds, UK` parts nothing.
        if passage.in_place(k) || passage.is_date(k) {
            continue;
        }
        let comma = words.folded(k) == ",";
        commas += usize::from(comma);
        let opens = [EventWord::Which, EventWord::Announces, EventWord::That];
        if comma || words.any(k, &opens) {
            last = Some(k);
        }
    }
    let Some(last) = last else {
        return !led;
    };
    let small = |k: usize| {
        !words.tokens[k].word
            || passage.is_date(k)
            || passage.in_place(k)
            || words.any(k, &[EventWord::Stop, EventWord::Which, EventWord::Hosts])
    };
    let relative = words.any(last + 1, &[EventWord::Which, EventWord::Stop]) && last + 1 < verb;
    let closed = words.folded(last) != "," || commas % 2 == 0 || relative;
    // An adverb may stand before the verb: `, successfully held`.
    let others = (last + 1..verb).filter(|k| !small(*k)).collect::<Vec<_>>();
    let adverb = words.folded(last) == "," && !relative;
    let alone = others.is_empty() || adverb && others == [verb - 1];
    !led && closed && alone
}

/// Whether a body, or its acronym in brackets, ends at a word.
fn ends_body(passage: &Passage<'_>, k: usize) -> bool {
    passage.words.folded(k) == ")" || passage.ends_organization(k)
}

/// Whether two commas set the second of two bodies off from the first and from the verb.
fn within_commas(passage: &Passage<'_>, first: Span, second: Span, verb: usize) -> bool {
    let words = &passage.words;
    let comma = |k: usize| words.folded(k) == ",";
    let before = words.token_at(first.end - 1) + 1..words.token_at(second.start);
    let after = words.token_at(second.end - 1) + 1;
    before.clone().filter(|k| comma(*k)).count() == 1
        && comma(before.start)
        && comma(after)
        && after + 1 == verb
}

/// Whether a verb says, behind a comma, what the organization before it does: `the Y (YY), which holds`.
fn related(passage: &Passage<'_>, organization: Span, verb: usize) -> bool {
    let words = &passage.words;
    let gap = words.token_at(organization.end - 1) + 1..verb;
    let which = gap
        .clone()
        .find(|k| words.is(*k, EventWord::Which).is_some());
    which.is_some_and(|at| {
        at > gap.start && words.folded(at - 1) == "," && verb - at <= 3 && at - gap.start <= 4
    })
}

fn named(scene: &Scene<'_>, at: Span, index: usize) -> (String, Span) {
    let name = scene.findings.agents.organizations.get(index).map_or_else(
        || at.of(scene.context.text).to_owned(),
        |o| o.name.value.clone(),
    );
    (name, at)
}
