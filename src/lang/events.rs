//! The `[events]` section of a language table.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::forms::Forms;

/// Words of events.
///
/// Every list holds lower-case forms with straight apostrophes, all inflections written out. Words stand apart as the
/// reader parts them: after an elision (`s' est tenue`), before a possessive (`today 's`). A form `*tagung` matches the
/// end of a longer word, a form `сесси*` a word with up to four further letters.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventTable {
    /// How the language builds a name around the event's noun.
    pub style: NameStyle,
    /// Nouns that name an event, by its kind as the record prints it.
    pub nouns: BTreeMap<String, Vec<String>>,
    /// Ordinal words, by their number.
    pub ordinals: BTreeMap<String, Vec<String>>,
    /// What follows the digits of an ordinal: `th`, `ème`, `.`.
    pub ordinal_endings: Vec<String>,
    /// What stands before the digits of an ordinal: `제`, `ke-`, `lần thứ`. One of whole words, or with a hyphen, needs
    /// no ending behind the digits, and the ordinal may follow its noun.
    pub ordinal_prefixes: Vec<String>,
    /// Tens that an ordinal word may be joined to with a hyphen (`twenty-first`), by their number.
    pub tens: BTreeMap<String, Vec<String>>,
    /// Cardinal words, by their number: lengths in days.
    pub numbers: BTreeMap<String, Vec<String>>,
    /// Endings of adjectives that may stand in a name in lower case.
    pub adjective_endings: Vec<String>,
    /// Endings that stand for the definite article: `konferensen`.
    pub definite_endings: Vec<String>,
    /// The definite article where it is glued to its noun, with what may stand before it: `المؤتمر`, `بالمؤتمر`.
    pub definite_prefixes: Vec<String>,
    /// What an organization's article becomes after an event's noun (`the` to `of the`); the empty key: no article.
    pub genitive: BTreeMap<String, String>,
    /// Endings of a noun that is neither subject nor object: `kokouksessa`.
    pub oblique_endings: Vec<String>,
    /// Particles of a subject or object: `は`, `을`.
    pub subject_particles: Vec<String>,
    /// All other words, by what they tell.
    pub words: BTreeMap<EventWord, Vec<String>>,
    #[serde(skip)]
    index: OnceLock<EventIndex>,
}

impl Clone for EventTable {
    fn clone(&self) -> Self {
        Self {
            style: self.style,
            nouns: self.nouns.clone(),
            ordinals: self.ordinals.clone(),
            ordinal_endings: self.ordinal_endings.clone(),
            ordinal_prefixes: self.ordinal_prefixes.clone(),
            tens: self.tens.clone(),
            numbers: self.numbers.clone(),
            adjective_endings: self.adjective_endings.clone(),
            definite_endings: self.definite_endings.clone(),
            definite_prefixes: self.definite_prefixes.clone(),
            genitive: self.genitive.clone(),
            oblique_endings: self.oblique_endings.clone(),
            subject_particles: self.subject_particles.clone(),
            words: self.words.clone(),
            index: OnceLock::new(),
        }
    }
}

/// How a language builds a name around the event's noun.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameStyle {
    /// Modifiers before, complements after a preposition: Germanic languages.
    #[default]
    Germanic,
    /// Adjectives and complements after the noun: Romance languages.
    Romance,
    /// Adjectives before, a chain of genitives after: Slavic languages.
    Slavic,
    /// Everything before the noun: Turkish, Korean.
    Final,
    /// Everything after the noun, nothing in capitals: Arabic.
    Initial,
    /// No blanks between words: Chinese, Japanese.
    Unspaced,
}

/// What a word tells the search of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventWord {
    /// Adjective of an event's name that is written in lower case.
    Modifier,
    /// Joins a complement to the noun.
    Connector,
    /// Definite article or demonstrative.
    Article,
    /// Indefinite article.
    Indefinite,
    /// Possessive pronoun.
    Possessive,
    /// Joins two parts of a name.
    And,
    /// Tells another edition: previous, next.
    Other,
    /// Noun that counts how often an event was held: edition.
    Edition,
    /// Noun of what is an item of a larger event's programme.
    Minor,
    /// Noun that names an event only where it has a capital: Days, Week.
    Named,
    /// Noun that mostly names a standing body: Congress. With an adjective or complement it is an event.
    Body,
    /// Name of a standing body that holds an event's noun: Assemblée nationale.
    Institution,
    /// Noun for an event of any kind: it points to the one named last.
    Generic,
    /// Relative pronoun of a thing, never of a person.
    Which,
    /// Cannot stand inside a name.
    Stop,
    /// Says that an event takes place: the event is the subject.
    Held,
    /// Says that somebody holds an event: the event is the object.
    Hosts,
    /// Says that an event begins.
    Opens,
    /// Says that an event ends.
    Closes,
    /// Says that somebody takes part in an event.
    Attends,
    /// The organizer follows: organised by.
    By,
    /// Says that somebody is sorry for what becomes of their own event: regrets to inform.
    Regrets,
    /// Noun of who holds an event: organiser.
    Organizer,
    /// Says that one thing is another: is, acts as.
    Is,
    /// Somebody follows who helps: in cooperation with.
    With,
    /// Whose word it is follows: according to.
    According,
    /// Opens what somebody says: announced that.
    That,
    /// Says that a document is signed.
    Signs,
    /// What is signed.
    Document,
    /// Says that somebody visits a place.
    Visits,
    /// Says that somebody receives guests.
    Receives,
    /// Noun of a post: an event noun before it names no event.
    Person,
    /// Member of a parliament, who holds events in a name of their own.
    Member,
    /// Who is received.
    Guests,
    /// Part of the release's own day: this morning.
    Today,
    /// The day that was named last: the same day.
    SameDay,
    /// A deadline follows.
    Deadline,
    /// The last day follows.
    Until,
    /// Registration and its like: dates near it are not the event's.
    Register,
    /// Verbs whose dates are never an event's: founded, enters into force.
    Unrelated,
    /// Puts the event that follows aside: on the margins of, since.
    Aside,
    /// Put off.
    Postponed,
    /// Will not take place.
    Cancelled,
    /// Given a new date.
    Rescheduled,
    /// Takes place over the net instead.
    MovedOnline,
    /// Makes a possibility of what follows.
    Hedge,
    /// The old date follows: originally scheduled for.
    Formerly,
    /// Over the net.
    Online,
    /// Of the words over the net, those that say that the event itself is carried or followed there: livestream.
    Broadcast,
    /// On the spot and over the net.
    Mixed,
    /// Noun of a place where events are held.
    Venue,
    /// Preposition of place.
    At,
    /// Preposition that only a house follows: at the.
    Inside,
    /// Says that a place follows: the venue is.
    VenueIs,
    /// Opens a range of days: from.
    Span,
    /// Opens a street: rue, calle.
    StreetBefore,
    /// Closes a street: street, avenue.
    StreetAfter,
    /// A length follows that is the whole event's: lasts, for.
    Lasting,
    /// Day, in lengths.
    Day,
    /// Body that sits inside a larger one: committee, working group.
    SubBody,
    /// Preposition or conjunction whose noun is neither subject nor object: during, because of.
    Preposition,
    /// Auxiliary or adverb that may stand between an event and its verb: has, unfortunately.
    Light,
    /// Ordinal with a noun that together count nothing: first aid, second hand.
    Uncounted,
    /// Noun of a time that ordinals count: century.
    Era,
    /// Preposition of who acts: by.
    Agent,
    /// Says that something is done again and again: every year.
    Yearly,
    /// Particle, preposition or article of a genitive, never for or about: of, の.
    Of,
    /// Verbs of saying: a `today` beside them is not the event's.
    Announces,
}

/// What a matched form means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// Noun of an event, with the code of its kind.
    Noun(&'a str),
    /// Ordinal word.
    Ordinal(u32),
    /// Cardinal word.
    Number(u32),
    /// Any other.
    Word(EventWord),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Sense {
    Noun(String),
    Ordinal(u32),
    Number(u32),
    Word(EventWord),
}

impl Sense {
    fn meaning(&self) -> Meaning<'_> {
        match self {
            Self::Noun(kind) => Meaning::Noun(kind),
            Self::Ordinal(n) => Meaning::Ordinal(*n),
            Self::Number(n) => Meaning::Number(*n),
            Self::Word(word) => Meaning::Word(*word),
        }
    }
}

/// The forms of a table, by their first word.
#[derive(Debug, Default)]
pub struct EventIndex(Forms<Sense>);

impl EventTable {
    /// The forms by their first word, built once.
    pub fn index(&self) -> &EventIndex {
        self.index.get_or_init(|| {
            let mut index = Forms::default();
            let unspaced = self.style == NameStyle::Unspaced;
            for (kind, forms) in &self.nouns {
                index.add(unspaced, forms, &Sense::Noun(kind.clone()));
            }
            for (numbers, sense) in [
                (&self.ordinals, Sense::Ordinal as fn(u32) -> Sense),
                (&self.numbers, Sense::Number),
            ] {
                for (number, forms) in numbers {
                    if let Ok(number) = number.parse() {
                        index.add(unspaced, forms, &sense(number));
                    }
                }
            }
            for (word, forms) in &self.words {
                index.add(unspaced, forms, &Sense::Word(*word));
            }
            EventIndex(index)
        })
    }
}

impl EventIndex {
    /// Calls `found` with every meaning of the words that begin at `words(0)`, and how many of them it takes.
    pub fn meanings<'a, 'w>(
        &'a self,
        words: impl Fn(usize) -> Option<&'w str>,
        mut found: impl FnMut(Meaning<'a>, usize),
    ) {
        self.0
            .meanings(words, |sense, len| found(sense.meaning(), len));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> EventTable {
        toml::from_str(text).unwrap()
    }

    fn meanings<'a>(table: &'a EventTable, words: &'a [&'a str]) -> Vec<(Meaning<'a>, usize)> {
        let mut all = Vec::new();
        table
            .index()
            .meanings(|i| words.get(i).copied(), |m, n| all.push((m, n)));
        all
    }

    #[test]
    fn forms_match_whole_words_endings_and_stems() {
        let table = table(
            "nouns.meeting = ['general assembly', '*tagung', 'сесси*']\nordinals.2 = ['second']\n",
        );
        for (words, want) in [
            (&["general", "assembly"][..], 2),
            (&["jahrestagung"], 1),
            (&["сессиями"], 1),
            (&["general"], 0),
            (&["tagung"], 0),
            (&["сессионный"], 0),
        ] {
            let taken: usize = meanings(&table, words).iter().map(|(_, n)| n).sum();
            assert_eq!(taken, want, "{words:?}");
        }
        assert_eq!(meanings(&table, &["second"]), [(Meaning::Ordinal(2), 1)]);
    }
}
