//! Passages that people and organizations are looked for in, with what the tables say of their words.

use std::cell::{OnceCell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lang::Declension;
use crate::lang::places::{folded_place, towns};
use crate::lang::{AgentWord, EventTable, EventWord, Forms, Lexicon, Meaning, NameStyle, Part};
use crate::read::cuts::{Cut, Cuts};
use crate::read::layout::Layout;
use crate::read::places::PlaceMention;
use crate::read::sentences::Sentence;
use crate::read::words::{Meanings, Token, shouted};
use crate::read::{Context, dates, within};
use crate::source::Span;

/// Tokens of the longest form that is looked up.
const LONGEST: usize = 8;

/// Letters of the longest word that is never taken for one of a name because the text has it in small letters.
const ORDINARY: usize = 3;

/// All passages of a release.
pub(super) struct Scene<'a> {
    pub context: Context<'a>,
    pub style: NameStyle,
    /// Nouns that head names, with their cases.
    pub declension: &'a Declension,
    pub passages: Vec<Passage<'a>>,
    /// Case endings of last names, with those of the bare name.
    pub name_cases: &'a [(String, String)],
    /// Words that the text also writes in small letters, once they were asked for.
    small: OnceCell<FxHashSet<&'a str>>,
    /// Whether names of people have cases in the language.
    inflects: bool,
    /// Every word with a capital up to its first hyphen, with its passage and token, sorted; once they were asked for.
    capitals: OnceCell<Vec<(&'a str, usize, usize)>>,
    /// What was found out about an acronym.
    pub acting: RefCell<FxHashMap<&'a str, bool>>,
}

/// A title line or a sentence.
pub(super) struct Passage<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// Whether its capitals tell nothing: a title line, or all of it in capitals.
    pub titled: bool,
    /// Whether it gives a telephone number: who is named with it is whom to ask.
    pub has_phone: bool,
    table: &'a EventTable,
    forms: &'a Forms<AgentWord>,
    /// Whether bodies follow the noun of a post without any joint.
    pub chained: bool,
    cases: &'a [(String, String)],
    found: Meanings<AgentWord>,
    /// For each token a bit for each meaning, for each event mark of one token, and whether it is a capital of a name: most
    /// questions are answered by it.
    kinds: Vec<u64>,
    /// The bits that any token has.
    any: u64,
    /// Whether a bracket opens in it.
    pub has_bracket: bool,
    cut: &'a Cut<'a>,
    place: Vec<bool>,
    date: Vec<bool>,
}

/// What the events' table says of a word, as far as names of people and bodies need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EventMark {
    Noun,
    Article,
    Stop,
    Agentive,
}

/// The bit of a capital that could be part of a name.
const CAPITAL: u64 = 1 << 58;

impl EventMark {
    /// Its bit, behind those of the words.
    fn bit(self) -> u64 {
        1 << (u64::BITS - 1 - self as u32)
    }
}

impl<'a> Scene<'a> {
    /// The passages of a release: title lines, then the sentences of its body.
    pub(super) fn new(
        context: Context<'a>,
        lexicon: &'a Lexicon,
        layout: &Layout,
        sentences: &[Sentence],
        cuts: &'a Cuts<'a>,
        places: &[PlaceMention],
        mentions: &[dates::DateMention],
    ) -> Self {
        let titles = [
            layout.headline.as_ref(),
            layout.subtitle.as_ref(),
            layout.summary.as_ref(),
        ];
        let in_body = |span: Span| layout.body.iter().any(|b| b.span.contains(span));
        let titles = (titles.into_iter().zip(&cuts.titles))
            .filter_map(|(fact, cut)| Some((fact?.span?, cut.as_ref()?)))
            .filter(|(span, _)| !in_body(*span))
            .map(|(span, cut)| (span, cut, true));
        let sentences = sentences.iter().zip(&cuts.sentences);
        let maker = Maker {
            context,
            words: lexicon.agent_words(),
            chained: lexicon.events.style == NameStyle::Romance
                && lexicon.agents.forms(AgentWord::Joint).is_empty(),
            events: &lexicon.events,
            cases: &lexicon.agents.given_cases,
            places,
            mentions,
        };
        let passages: Vec<Passage<'a>> = titles
            .chain(sentences.map(|(s, cut)| (s.span, cut, false)))
            .map(|(span, cut, titled)| maker.passage(span, cut, titled))
            .collect();
        let inflects = passages.iter().any(|p| !p.cases.is_empty());
        Self {
            context,
            style: lexicon.events.style,
            declension: &lexicon.agents.declension,
            passages,
            name_cases: &lexicon.agents.name_cases,
            small: OnceCell::new(),
            inflects,
            capitals: OnceCell::new(),
            acting: RefCell::default(),
        }
    }
}

/// A word up to its first hyphen.
fn stem(word: &str) -> &str {
    word.split('-').next().unwrap_or(word)
}

impl<'a> Scene<'a> {
    /// Whether a word in capitals behind a post rather says of what than who: `ministr Obrony`.
    pub(super) fn goes_with_post(&self, passage: &Passage<'_>, i: usize) -> bool {
        self.inflects()
            && passage.is(i, AgentWord::Genitive).is_some()
            && passage.ends(i, AgentWord::Role).is_some()
    }

    /// Whether names of people have cases in the language.
    pub(super) fn inflects(&self) -> bool {
        self.inflects
    }

    /// Passage and token of every word with a capital that begins as the acronym does, up to a hyphen.
    pub(super) fn starts_of(&self, acronym: &str) -> impl Iterator<Item = (usize, usize)> {
        let stem = stem(acronym);
        let capitals = self.capitals();
        let first = capitals.partition_point(|(word, ..)| *word < stem);
        let alike = capitals[first..].iter();
        alike
            .take_while(move |(word, ..)| *word == stem)
            .map(|(_, passage, token)| (*passage, *token))
    }

    /// Whether a word is an ordinary one of this text: it stands in small letters too.
    pub(super) fn is_ordinary(&self, folded: &str) -> bool {
        folded.chars().count() > ORDINARY && self.small().contains(folded)
    }

    fn small(&self) -> &FxHashSet<&'a str> {
        self.small.get_or_init(|| {
            let tokens = self.passages.iter().flat_map(|p| p.tokens);
            let small = tokens.filter(|t| t.word && !t.capital && t.folded.len() > ORDINARY);
            small.map(|t| t.folded.as_str()).collect()
        })
    }

    fn capitals(&self) -> &[(&'a str, usize, usize)] {
        self.capitals.get_or_init(|| {
            let mut capitals: Vec<(&str, usize, usize)> = Vec::new();
            for (index, passage) in self.passages.iter().enumerate() {
                for token in 0..passage.len() {
                    let word = passage.written(token);
                    if word.contains(char::is_uppercase) {
                        capitals.push((stem(word), index, token));
                    }
                }
            }
            capitals.sort_unstable();
            capitals
        })
    }
}

struct Maker<'a, 'p> {
    context: Context<'a>,
    words: &'a Forms<AgentWord>,
    chained: bool,
    events: &'a EventTable,
    cases: &'a [(String, String)],
    places: &'p [PlaceMention],
    mentions: &'p [dates::DateMention],
}

impl<'a> Maker<'a, '_> {
    fn passage(&self, span: Span, cut: &'a Cut<'a>, titled: bool) -> Passage<'a> {
        let text = self.context.text;
        let tokens = &*cut.tokens;
        let titles = self.context.lexicons.titles();
        let mut found = Meanings::with_capacity(tokens.len());
        let mut kinds = vec![0; tokens.len()];
        for (i, (token, kinds)) in tokens.iter().zip(&mut kinds).enumerate() {
            found.next_token();
            if token.word {
                let forms = |k: usize| {
                    let token = tokens.get(i + k).filter(|_| k < LONGEST);
                    token.map(|t| t.folded.as_str())
                };
                self.words.meanings(forms, |word, len| {
                    *kinds |= bit(*word);
                    found.push(*word, len);
                });
                // A single letter is another language's title only in capitals: `U Mya`, Croatian `u`.
                let letter = !token.capital && token.folded.chars().count() == 1;
                if !letter {
                    titles.meanings(forms, |word, len| {
                        *kinds |= bit(*word);
                        found.push(*word, len);
                    });
                }
                for (meaning, _) in cut.plain(i).iter().filter(|(_, len)| *len == 1) {
                    *kinds |= mark(*meaning).map_or(0, EventMark::bit);
                }
            }
        }
        let inside = |spans: &mut dyn Iterator<Item = Span>| {
            let mut marks = vec![false; tokens.len()];
            for other in spans.filter(|other| span.contains(*other)) {
                let first = tokens.partition_point(|t| t.span.end <= other.start);
                for (token, mark) in tokens[first..].iter().zip(&mut marks[first..]) {
                    if token.span.start >= other.end {
                        break;
                    }
                    *mark = true;
                }
            }
            marks
        };
        let places = &self.places[within(self.places, span, |p| p.span)];
        let dates = &self.mentions[within(self.mentions, span, |d| d.span)];
        let place = inside(&mut places.iter().map(|p| p.span));
        let date = inside(&mut dates.iter().map(|d| d.span));
        let mut passage = Passage {
            text,
            table: self.events,
            forms: self.words,
            chained: self.chained,
            cases: self.cases,
            has_bracket: span.of(text).contains('(') || span.of(text).contains('（'),
            has_phone: has_phone(self.context, span, tokens),
            titled: titled || shouted(span.of(text)),
            tokens,
            found,
            any: kinds.iter().fold(0, |any, kinds: &u64| any | kinds),
            kinds,
            cut,
            place,
            date,
        };
        for (i, token) in tokens.iter().enumerate() {
            if token.word && token.capital && !passage.date[i] && !passage.is_function(i) {
                passage.kinds[i] |= CAPITAL;
            }
        }
        passage
    }
}

/// Whether a word like `Tel.` leads to a number of a telephone's length.
fn has_phone(context: Context<'_>, span: Span, tokens: &[Token]) -> bool {
    const DIGITS: usize = 7;
    const NEAR: usize = 3;
    let count = |t: &Token| t.folded.bytes().filter(u8::is_ascii_digit).count();
    let digits = span.of(context.text).bytes().filter(u8::is_ascii_digit);
    if digits.count() < DIGITS {
        return false;
    }
    let figures: Vec<usize> = tokens.iter().map(count).collect();
    tokens.iter().enumerate().any(|(i, token)| {
        let word = token.span.of(context.text);
        let hint = || {
            context
                .lexicons
                .phrases()
                .exact(word)
                .is_some_and(|hit| hit.is(Part::ContactHint))
        };
        let number = |from: usize| {
            (from..tokens.len())
                .take_while(|k| !tokens[*k].word || figures[*k] > 0)
                .map(|k| figures[k])
                .sum::<usize>()
        };
        token.word && figures[i] == 0 && (1..=NEAR).any(|skip| number(i + skip) >= DIGITS) && hint()
    })
}

fn mark(meaning: Meaning<'_>) -> Option<EventMark> {
    match meaning {
        Meaning::Noun(_) => Some(EventMark::Noun),
        Meaning::Word(EventWord::Article) => Some(EventMark::Article),
        Meaning::Word(EventWord::Stop) => Some(EventMark::Stop),
        Meaning::Word(
            EventWord::Hosts | EventWord::Opens | EventWord::Attends | EventWord::Announces,
        ) => Some(EventMark::Agentive),
        _ => None,
    }
}

/// The bit of a meaning; a post in the plural has that of one in the singular too.
fn bit(word: AgentWord) -> u64 {
    let plural = if word == AgentWord::Roles {
        bit(AgentWord::Role)
    } else {
        0
    };
    1 << word as u32 | plural
}

fn fits(found: AgentWord, wanted: AgentWord) -> bool {
    found == wanted || found == AgentWord::Roles && wanted == AgentWord::Role
}

impl<'a> Passage<'a> {
    /// Whether the language is a Romance one.
    pub(super) fn is_romance(&self) -> bool {
        self.table.style == NameStyle::Romance
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// A token as written; empty outside the passage.
    pub(super) fn written(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// A token in the form of the tables; empty outside the passage.
    pub(super) fn folded(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.folded.as_str())
    }

    /// How many tokens the longest form of that kind takes that begins at `i`. A post in the plural is a post too.
    pub(super) fn is(&self, i: usize, word: AgentWord) -> Option<usize> {
        if !self.may_be(i, word) {
            return None;
        }
        let found = self.found.at(i).iter();
        found.filter(|(w, _)| fits(*w, word)).map(|(_, n)| *n).max()
    }

    /// Whether any form of the passage is of that kind.
    pub(super) fn holds(&self, word: AgentWord) -> bool {
        self.any >> word as u32 & 1 == 1
    }

    /// Whether a form of any of these kinds begins at `i`.
    pub(super) fn is_any(&self, i: usize, words: &[AgentWord]) -> bool {
        let wanted = words.iter().fold(0, |bits, word| bits | 1 << *word as u32);
        self.kinds.get(i).is_some_and(|kinds| kinds & wanted != 0)
    }

    fn may_be(&self, i: usize, word: AgentWord) -> bool {
        self.kinds
            .get(i)
            .is_some_and(|kinds| kinds >> word as u32 & 1 == 1)
    }

    /// The same for a form that ends just before `end`.
    pub(super) fn ends(&self, end: usize, word: AgentWord) -> Option<usize> {
        if !self.holds(word) {
            return None;
        }
        (1..=end.min(LONGEST)).rev().find(|n| {
            let mut found = self.found.at(end - n).iter();
            self.may_be(end - n, word) && found.any(|(w, len)| fits(*w, word) && len == n)
        })
    }

    /// Whether a noun of an event begins at `i`.
    pub(super) fn is_event(&self, i: usize) -> bool {
        self.event_mark(i, EventMark::Noun)
    }

    /// Tokens of the longest noun of an event at `i`.
    pub(super) fn event_noun(&self, i: usize) -> usize {
        self.longest(i, EventMark::Noun).unwrap_or(0)
    }

    /// Whether a verb begins at `i` whose subject is a person or body.
    pub(super) fn is_agentive(&self, i: usize) -> bool {
        self.is(i, AgentWord::Says).is_some() || self.event_mark(i, EventMark::Agentive)
    }

    /// Tokens of the article at `i`.
    pub(super) fn article(&self, i: usize) -> Option<usize> {
        self.longest(i, EventMark::Article)
    }

    /// Tokens of the longest form at `i` that the events' table marks so.
    fn longest(&self, i: usize, wanted: EventMark) -> Option<usize> {
        let found = self.cut.plain(i).iter();
        found
            .filter(|(meaning, _)| mark(*meaning) == Some(wanted))
            .map(|(_, n)| *n)
            .max()
    }

    /// Whether the word at `i` never belongs to a name.
    pub(super) fn is_function(&self, i: usize) -> bool {
        // A capital inside a sentence makes a name's word of any but the commonest: `New York`.
        let named = i > 0 && self.tokens.get(i).is_some_and(|t| t.capital);
        self.is(i, AgentWord::Function) == Some(1)
            || self.article(i).is_some()
            || !named && self.event_mark(i, EventMark::Stop)
    }

    /// Whether a word, or the end of a longer one, is the noun of a post.
    pub(super) fn post(&self, word: &str) -> bool {
        self.means(word, AgentWord::Role)
    }

    /// Whether a word, or the end of a longer one, is the noun of a body.
    pub(super) fn body(&self, word: &str) -> bool {
        self.means(word, AgentWord::Body)
    }

    fn means(&self, word: &str, wanted: AgentWord) -> bool {
        let mut is = false;
        let only = |k: usize| (k == 0).then_some(word);
        self.forms
            .meanings(only, |found, len| is |= len == 1 && fits(*found, wanted));
        is
    }

    /// Whether the word at `i` ends like an adjective.
    pub(super) fn adjective(&self, i: usize) -> bool {
        let word = self.folded(i);
        let mut endings = self.table.adjective_endings.iter();
        let plural = word.strip_suffix('s').unwrap_or(word);
        endings.any(|e| {
            word.len() > e.len() + 2 && (word.ends_with(e.as_str()) || plural.ends_with(e.as_str()))
        })
    }

    /// Whether the word at `i` can qualify a noun behind it, being no verb: where adjectives are known by their endings, one in small
    /// letters must have one.
    pub(super) fn qualifies(&self, i: usize) -> bool {
        if self.is(i, AgentWord::Says).is_some() {
            return false;
        }
        self.table.style != NameStyle::Germanic
            || self.table.adjective_endings.is_empty()
            || self.tokens.get(i).is_some_and(|t| t.capital || !t.word)
            || self.adjective(i)
            || self.is(i, AgentWord::RoleModifier).is_some()
    }

    fn event_mark(&self, i: usize, mark: EventMark) -> bool {
        (self.kinds.get(i)).is_some_and(|kinds| kinds & mark.bit() != 0)
    }

    /// Whether the word at `i` ends the name of an event: prepositions of place and time, pronouns, verbs.
    pub(super) fn parts(&self, i: usize) -> bool {
        self.event_mark(i, EventMark::Stop)
    }

    /// Whether the word at `i` breaks off any noun phrase.
    pub(super) fn is_stop(&self, i: usize) -> bool {
        self.is(i, AgentWord::Function) == Some(1) || self.event_mark(i, EventMark::Stop)
    }

    /// The bare forms that a word in another case could have.
    pub(super) fn bare_forms(&self, i: usize) -> impl Iterator<Item = String> {
        let word = self.folded(i);
        self.cases.iter().filter_map(move |(ending, bare)| {
            let stem = word.strip_suffix(ending.as_str())?;
            (stem.chars().count() > 2).then(|| format!("{stem}{bare}"))
        })
    }

    /// Whether the language joins nouns by their case alone.
    pub(super) fn chains_genitives(&self) -> bool {
        self.table.style == NameStyle::Slavic
    }

    /// Whether the noun that ends before `i` may have a genitive behind it without any joint.
    pub(super) fn genitive_follows(&self, i: usize) -> bool {
        (self.chained || self.chains_genitives())
            && self.tokens.get(i).is_some_and(|t| t.word)
            && !self.is_function(i)
            && self.is(i, AgentWord::Honorific).is_none()
    }

    /// Whether a token is a word with a capital that could be part of a name.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.kinds.get(i).is_some_and(|kinds| kinds & CAPITAL != 0)
    }

    /// Whether the name of a person, or a title before it, may begin at token `i`.
    pub(super) fn may_open_person(&self, i: usize) -> bool {
        self.tokens[i].word && self.tokens[i].capital || self.may_be(i, AgentWord::Honorific)
    }

    /// Whether a token belongs to a date.
    pub(super) fn in_date(&self, i: usize) -> bool {
        self.date.get(i).is_some_and(|is| *is)
    }

    /// Whether a token belongs to a place.
    pub(super) fn in_place(&self, i: usize) -> bool {
        self.place.get(i).is_some_and(|is| *is)
    }

    /// Whether the gazetteer knows the word as a town's name, whatever it is here.
    pub(super) fn is_town(&self, i: usize) -> bool {
        towns(&folded_place(self.written(i))).is_some()
    }

    /// Whether token `i` is this mark.
    pub(super) fn mark(&self, i: usize, marks: &str) -> bool {
        let token = self.tokens.get(i).filter(|t| !t.word);
        token.is_some_and(|t| marks.contains(t.folded.as_str()))
    }

    /// Whether nothing but a joint and an article stands between token `i` and `until`.
    pub(super) fn joint_behind(&self, i: usize, until: usize) -> bool {
        let joint = self
            .is(i + 1, AgentWord::Joint)
            .map_or(i + 1, |n| i + 1 + n);
        joint > i + 1 && joint + self.article(joint).unwrap_or(0) == until
    }

    /// Whether nothing stands between a token and the next.
    pub(super) fn touch(&self, i: usize) -> bool {
        self.tokens
            .get(i)
            .zip(self.tokens.get(i + 1))
            .is_some_and(|(a, b)| a.span.end == b.span.start)
    }
    /// Whether token `i` follows the one before it across a gap: in texts that lost their marks two blanks stand for one.
    pub(super) fn after_gap(&self, i: usize) -> bool {
        let Some((before, this)) = i
            .checked_sub(1)
            .and_then(|b| Some((self.tokens.get(b)?, self.tokens.get(i)?)))
        else {
            return false;
        };
        let between = &self.text[before.span.range().end..this.span.range().start];
        !between.contains('\n') && between.chars().filter(|c| c.is_whitespace()).count() > 1
    }

    /// Whether token `i` is the mark of a word that a line's end parts.
    pub(super) fn parted(&self, i: usize) -> bool {
        i > 0 && self.mark(i, "-\u{2010}") && self.touch(i - 1) && !self.touch(i)
    }

    /// The span of tokens `from..to`, which must not be empty.
    pub(super) fn cover(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[to - 1].span)
    }

    /// Index of the first token that ends after byte `at`.
    pub(super) fn token_at(&self, at: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= at)
    }

    /// Whether the passage holds a mail address: what it names are contacts.
    pub(super) fn has_address(&self) -> bool {
        !self.tokens.is_empty() && self.cover(0, self.len()).of(self.text).contains('@')
    }
}
