//! The cast: mentions joined into people and organizations, once each, in the fullest form used.

use rustc_hash::{FxHashMap, FxHashSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Agents;
use super::known::{ENDING, Known, STEM};
use super::organizations::Found;
use super::people::Named;
use super::scene::Scene;
use crate::lang::{AgentWord, is_given_name};
use crate::model::{Authority, Fact, Organization, Person};
use crate::read::blocks::folded;
use crate::source::Span;

/// Words of a name for comparison: lower case without accents.
pub(super) fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| {
            if w.is_ascii() {
                return w.to_ascii_lowercase();
            }
            w.nfd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .collect()
        })
        .collect()
}

/// An organization being put together.
struct Body {
    words: Vec<String>,
    organization: Organization,
    /// Its noun: `the Group` means it, where it is the only one.
    last: String,
    /// Whether it is a company.
    firm: bool,
    /// A company's name without its legal form.
    short: Option<String>,
}

/// The organizations with every mention of them.
pub(super) fn organizations(scene: &Scene<'_>, found: &[Found]) -> Agents {
    let mut agents = Agents::default();
    let bodies = bodies(scene, found, &mut agents);
    agents.organizations = bodies.into_iter().map(|b| b.organization).collect();
    agents.organization_mentions.sort_unstable();
    agents
}

fn bodies(scene: &Scene<'_>, found: &[Found], agents: &mut Agents) -> Vec<Body> {
    let text = scene.context.text;
    let mut bodies: Vec<Body> = Vec::new();
    let mut by_words: FxHashMap<Vec<String>, usize> = FxHashMap::default();
    let mut by_acronym: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for item in found {
        let acronym = item.acronym.map(|span| folded(span.of(text)));
        let written = without_bracket(&folded(item.span.of(text)));
        let bare = scene.declension.bare(&written);
        let inflected = bare.is_some();
        let name = bare.unwrap_or(written);
        let key = words(&name);
        let same = by_words.get(&key).copied().or_else(|| {
            let holders = key.iter().filter_map(|word| by_acronym.get(word));
            holders
                .flatten()
                .copied()
                .filter(|at| shortens(&bodies[*at], &key))
                .min()
        });
        if let Some(at) = same.filter(|at| bodies[*at].words != key) {
            let aliases = &mut bodies[at].organization.aliases;
            if aliases.iter().all(|a| a.value != name) {
                aliases.push(Fact::stated(name.clone(), item.span, "organization.alias"));
            }
        }
        let index = same.unwrap_or(bodies.len());
        if same.is_none() {
            by_words.insert(key.clone(), index);
            bodies.push(Body {
                last: last_noun(scene, item),
                firm: false,
                short: short_name(scene, item),
                words: key,
                organization: Organization {
                    name: if inflected {
                        Fact::inferred(name, Some(item.span), "organization.bare-form")
                    } else {
                        Fact::stated(name, item.span, item.rule)
                    },
                    acronym: None,
                    aliases: Vec::new(),
                    same_as: Vec::new(),
                },
            });
        }
        bodies[index].firm |= item.firm;
        let organization = &mut bodies[index].organization;
        if let (None, Some(acronym), Some(span)) = (&organization.acronym, acronym, item.acronym) {
            let letters = words(&acronym).concat();
            by_acronym.entry(letters).or_default().push(index);
            organization.acronym = Some(Fact::stated(acronym, span, "organization.acronym"));
        }
        agents.organization_mentions.push((item.span, index));
    }
    let settings = &scene.context.site.organizations;
    for body in &mut bodies {
        let acronym = body.organization.acronym.as_ref().map(|a| a.value.as_str());
        let known = authority(settings, &body.organization.name.value, acronym);
        body.organization.same_as = known.map(|a| a.same_as.clone()).unwrap_or_default();
    }
    short_forms(scene, &mut bodies, agents);
    bodies
}

/// Whether a name is another with words put into their acronym: `NBR TAL Group` for the NBR Tides and Lamps (TAL)
/// Group.
fn shortens(body: &Body, key: &[String]) -> bool {
    let Some(acronym) = &body.organization.acronym else {
        return false;
    };
    let acronym = words(&acronym.value).concat();
    let mut others = key.iter().filter(|w| **w != acronym).peekable();
    key.contains(&acronym) && others.peek().is_some() && others.all(|w| body.words.contains(w))
}

/// The entry of the authority file that a name or acronym stands in.
fn authority<'a>(
    settings: &'a [Authority],
    name: &str,
    acronym: Option<&str>,
) -> Option<&'a Authority> {
    let name = words(name);
    settings.iter().find(|a| {
        std::iter::once(&a.name)
            .chain(&a.aliases)
            .any(|form| words(form) == name || acronym == Some(form.as_str()))
    })
}

fn without_bracket(name: &str) -> String {
    let Some((before, rest)) = name.split_once(['(', '（']) else {
        return name.to_owned();
    };
    let after = rest.split_once([')', '）']).map_or("", |(_, after)| after);
    folded(&format!("{before} {after}"))
}

fn last_noun(scene: &Scene<'_>, item: &Found) -> String {
    let passage = &scene.passages[item.passage];
    let range = passage.token_at(item.span.start)..passage.token_at(item.span.end - 1) + 1;
    range
        .filter(|k| passage.is(*k, AgentWord::Body).is_some())
        .map(|k| passage.folded(k).to_owned())
        .next_back()
        .unwrap_or_default()
}

/// A company's name before its legal form, up to three words: `Orford Lamp` of Orford Lamp Ltd.
fn short_name(scene: &Scene<'_>, item: &Found) -> Option<String> {
    const MOST: usize = 3;
    let passage = &scene.passages[item.passage];
    let start = passage.token_at(item.span.start);
    let end = passage.token_at(item.span.end - 1) + 1;
    let form = (start + 1..end)
        .find(|k| passage.is(*k, AgentWord::Company).is_some())
        .filter(|_| item.rule == "organization.legal-form")?;
    let stop = form - usize::from(passage.mark(form - 1, ","));
    let known = (start..stop).all(|k| passage.tokens[k].word && passage.capital(k));
    let long =
        passage.written(start).chars().count() > 3 && !scene.is_ordinary(passage.folded(start));
    (known && long && (1..=MOST).contains(&(stop - start)))
        .then(|| folded(passage.cover(start, stop).of(passage.text)))
}

/// Mentions by acronym, and by the noun alone (`the Group`) where one organization only has it.
fn short_forms(scene: &Scene<'_>, bodies: &mut [Body], agents: &mut Agents) {
    let mut acronyms: FxHashMap<String, usize> = FxHashMap::default();
    let mut nouns: FxHashMap<String, Option<usize>> = FxHashMap::default();
    // Bytes that they begin with: most words are looked up no further.
    let mut opens = [false; 256];
    let first = |form: &str| usize::from(form.as_bytes().first().copied().unwrap_or_default());
    for (i, body) in bodies.iter().enumerate() {
        let acronym = body.organization.acronym.as_ref().map(|a| &a.value);
        for form in acronym.into_iter().chain(&body.short) {
            opens[first(form)] = true;
            acronyms.entry(form.clone()).or_insert(i);
        }
        nouns
            .entry(body.last.clone())
            .and_modify(|at| *at = None)
            .or_insert(Some(i));
    }
    nouns.remove("");
    let mut firms = (0..bodies.len()).filter(|i| bodies[*i].firm);
    // `the company` is the only one there.
    let firm = firms.next().filter(|_| firms.next().is_none());
    // The bracket that gives an acronym is no use of it.
    let definitions = bodies
        .iter()
        .filter_map(|b| b.organization.acronym.as_ref()?.span);
    let mentions = agents.organization_mentions.iter().map(|(s, _)| *s);
    let mut taken: Vec<Span> = mentions.chain(definitions).collect();
    taken.sort_unstable();
    let is_taken = |span: Span| {
        let from = taken.partition_point(|t| t.end <= span.start);
        taken.get(from).is_some_and(|t| t.overlaps(span))
    };
    for passage in &scene.passages {
        for i in 0..passage.len() {
            let token = &passage.tokens[i];
            if !token.word {
                continue;
            }
            let one = token.span;
            let known = Some(&acronyms).filter(|_| opens[first(passage.written(i))]);
            let acronym = known.and_then(|acronyms| {
                // `RMU-24`, `LAMP-T`: an acronym that the words part.
                let end = (i + 3).min(passage.len());
                let parted = (i + 1..=end).rev().map(|to| passage.cover(i, to));
                let mut spans = std::iter::once(one).chain(parted);
                spans.find_map(|span| Some((span, *acronyms.get(span.of(passage.text))?)))
            });
            let noun = || {
                let alone = token.capital
                    && !passage.capital(i + 1)
                    && passage.is(i + 1, AgentWord::Joint).is_none();
                let meant = alone.then(|| nouns.get(passage.folded(i)).copied());
                meant.flatten().flatten()
            };
            let the_firm = || firm.filter(|_| passage.is(i, AgentWord::Firm) == Some(1));
            let led = || !passage.titled && i > 0 && passage.article(i - 1).is_some();
            let meant = || noun().or_else(the_firm).filter(|_| led());
            let mention = acronym.or_else(|| Some((one, meant()?)));
            agents
                .organization_mentions
                .extend(mention.filter(|_| !is_taken(one)));
        }
    }
}

/// Most bytes between a post and the body behind it: `of the`.
const JOINT: u32 = 16;

/// A person with the names that they go by, being put together.
struct Role {
    words: Vec<String>,
    family: Vec<String>,
    person: Person,
    /// Whether a given name stands in it in its bare form.
    direct: bool,
    /// Whether addressed as a man or as a woman.
    man: Option<bool>,
}

/// Adds the people with every mention of them.
pub(super) fn people(scene: &Scene<'_>, named: &[Named], agents: &mut Agents) {
    let text = scene.context.text;
    let inflected = scene.inflects();
    let mut roles: Vec<Role> = Vec::new();
    let mut known = Known::new(inflected, scene.name_cases);
    let bodies: Vec<Vec<String>> = agents
        .organizations
        .iter()
        .map(|o| words(&o.name.value))
        .collect();
    let heads: FxHashSet<&[String]> = bodies
        .iter()
        .flat_map(|words| (0..=words.len()).map(|len| &words[..len]))
        .collect();
    for item in named {
        let name = folded(item.span.of(text));
        let key = words(&name);
        // `Marin Norte` beside Marin Norte University is no person.
        let bare = item.honorific.is_none() && item.post.is_none();
        if bare && heads.contains(key.as_slice()) {
            continue;
        }
        let honorific = item
            .honorific
            .map(|span| Fact::stated(folded(span.of(text)), span, "person.honorific"));
        let direct = name
            .split_whitespace()
            .any(|w| is_given_name(&w.to_lowercase()));
        let index = known
            .alike(&key)
            .filter(|at| same_person(&roles[*at], &key, item, inflected))
            .min()
            .or_else(|| {
                let bare = known.bare(&key).into_iter();
                bare.filter(|at| declined(scene, &key, &roles[*at].words))
                    .min()
            });
        let found = index.or_else(|| {
            let declensions = known.declensions(&key).into_iter();
            declensions
                .filter(|at| declined(scene, &roles[*at].words, &key))
                .min()
        });
        let nominative = index.is_none() && found.is_some();
        let index = found.unwrap_or_else(|| {
            known.add(&key, roles.len());
            roles.push(Role {
                family: family(&name),
                words: key.clone(),
                direct,
                man: None,
                person: Person {
                    name: Fact::stated(name.clone(), item.span, item.rule),
                    honorific: None,
                    role: None,
                    organization: None,
                    same_as: Vec::new(),
                },
            });
            roles.len() - 1
        });
        let role = &mut roles[index];
        // The bare form of a name is better than another case of it.
        let barer = inflected && key.len() == role.words.len() && direct && !role.direct;
        if key.len() > role.words.len() && (direct || !role.direct) || barer || nominative {
            role.direct = direct;
            role.family = family(&name);
            known.add(&key, index);
            role.words = key;
            role.person.name = Fact::stated(name, item.span, item.rule);
        }
        role.man = role.man.or(item.man);
        if role.person.honorific.is_none() {
            role.person.honorific = honorific;
        }
        if let (None, Some(post)) = (&role.person.role, &item.post) {
            let at = post.body.and_then(|body| {
                let mentions = agents.organization_mentions.iter();
                let inside = mentions.filter(|(span, _)| body.contains(*span));
                inside
                    .min_by_key(|(span, _)| (span.start, u32::MAX - span.end))
                    .copied()
            });
            // The release's own body goes without saying; a post in another one is told with it.
            let words = at
                .filter(|(span, at)| *at > 0 && span.start >= post.span.end)
                .filter(|(span, _)| span.start - post.span.end <= JOINT)
                .map_or(post.span, |(span, _)| post.span.cover(span));
            let written = folded(words.of(text));
            role.person.role = Some(match scene.declension.bare(&written) {
                Some(bare) => Fact::inferred(bare, Some(words), "person.role.bare-form"),
                None => Fact::stated(written, words, "person.role"),
            });
            if let Some((span, at)) = at {
                let name = agents.organizations[at].name.value.clone();
                role.person.organization = Some(if folded(span.of(text)) == name {
                    Fact::stated(name, span, "person.organization")
                } else {
                    Fact::inferred(name, Some(span), "person.organization.short-form")
                });
            }
        }
        agents.person_mentions.push((item.span, index));
    }
    let settings = &scene.context.site.people;
    for role in &mut roles {
        let known = authority(settings, &role.person.name.value, None);
        role.person.same_as = known.map(|a| a.same_as.clone()).unwrap_or_default();
    }
    bare_names(scene, &roles, agents);
    agents.people = roles.into_iter().map(|r| r.person).collect();
    agents.person_mentions.sort_unstable();
}

/// The words that go on alone when the person is named again: what is in capitals, else the last.
fn family(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let shouted: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|p| p.chars().count() > 2 && p.chars().all(|c| !c.is_lowercase()))
        .collect();
    if !shouted.is_empty() && shouted.len() < parts.len() {
        return words(&shouted.join(" "));
    }
    words(parts.last().copied().unwrap_or_default())
}

/// Whether a name means somebody already known: their words without some, the family name among them.
fn same_person(role: &Role, key: &[String], item: &Named, inflected: bool) -> bool {
    let (short, long) = if key.len() <= role.words.len() {
        (key, &role.words[..])
    } else {
        (&role.words[..], key)
    };
    let within = if inflected {
        // Names in other cases, family name first or last, initials for given names.
        let mut rest: Vec<&String> = long.iter().collect();
        short.iter().all(|w| {
            let at = rest.iter().position(|l| alike(w, l));
            at.map(|at| rest.remove(at)).is_some()
        }) && short.iter().any(|w| w.chars().count() > 1)
    } else {
        let mut rest = long.iter();
        short.iter().all(|w| rest.by_ref().any(|l| l == w))
    };
    if !within {
        return false;
    }
    // A given name alone means nobody in particular; a title that differs means somebody else.
    let family = short.len() > 1
        || role.family.contains(&short[0])
        || long.last() == short.first()
        || inflected && role.family.iter().any(|f| alike(f, &short[0]))
        // `Ms. Quintanar` of Amparo Quintanar Ruelas.
        || long.len() > 2 && item.honorific.is_some() && long[1..].contains(&short[0]);
    let differs = short.len() == 1 && role.man.zip(item.man).is_some_and(|(a, b)| a != b);
    family && !differs
}

/// Whether words are a known name whose last word has a case ending: `Aino Salmisen` of Aino Salminen.
fn declined(scene: &Scene<'_>, key: &[String], known: &[String]) -> bool {
    let (Some((last, first)), Some((bare, same))) = (key.split_last(), known.split_last()) else {
        return false;
    };
    first == same
        && scene.name_cases.iter().any(|(from, to)| {
            last.strip_suffix(from.as_str())
                .is_some_and(|stem| bare.strip_prefix(stem) == Some(to.as_str()))
        })
}

/// Whether two words are cases of one, or one is the initial of the other.
fn alike(a: &str, b: &str) -> bool {
    let (n, m) = (a.chars().count(), b.chars().count());
    if n == 1 || m == 1 {
        return a.chars().next() == b.chars().next();
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    shared >= STEM && n.max(m) - shared <= ENDING || a == b
}

/// Mentions by the family name alone, or by any longer part of the name, titles lines included.
fn bare_names(scene: &Scene<'_>, roles: &[Role], agents: &mut Agents) {
    let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, role) in roles.iter().enumerate() {
        if let Some(last) = role.family.last() {
            by_word.entry(last).or_default().push(i);
        }
    }
    let mut taken: Vec<Span> = agents.person_mentions.iter().map(|(s, _)| *s).collect();
    taken.extend(agents.organization_mentions.iter().map(|(s, _)| *s));
    taken.sort_unstable();
    for passage in &scene.passages {
        for i in 0..passage.len() {
            let token = &passage.tokens[i];
            if !token.word || !token.capital {
                continue;
            }
            let from = taken.partition_point(|t| t.end <= token.span.start);
            if taken.get(from).is_some_and(|t| t.overlaps(token.span)) {
                continue;
            }
            let folded = passage.folded(i);
            if folded.bytes().all(|b| b.is_ascii_alphanumeric()) && !by_word.contains_key(folded) {
                continue;
            }
            let key = words(passage.written(i));
            let Some(at) = key.last().and_then(|w| by_word.get(w.as_str())) else {
                continue;
            };
            if let [one] = at[..]
                && (roles[one].family.ends_with(&key) || key.ends_with(&roles[one].family))
            {
                agents.person_mentions.push((token.span, one));
            }
        }
    }
}
