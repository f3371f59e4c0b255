//! The `[layout]` section of a language table, and the index of all their phrases.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::table::{Lists, Table};

/// Words of a page's parts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LayoutTable {
    /// Its most frequent words: they tell the language of a text that no detector knows.
    pub common: Vec<String>,
    /// Document types that stand on a line of their own (`MEDIA ADVISORY`): never a headline.
    pub document_types: Vec<String>,
    /// Occasions that a release may announce with a line of their own (`PRESS CONFERENCE`): no headline alone, but part
    /// of one before a colon.
    pub occasions: Vec<String>,
    /// Those document types and occasions that invite: a date beside one is the day of what they invite to.
    pub invitations: Vec<String>,
    /// `FOR IMMEDIATE RELEASE` and its like.
    pub release: Vec<String>,
    /// Words that open an embargo line.
    pub embargo: Vec<String>,
    /// Labels of the publication date.
    pub published: Vec<String>,
    /// Labels of an update stamp.
    pub modified: Vec<String>,
    /// Labels of the day on which the page was printed or fetched.
    pub printed: Vec<String>,
    /// Words of menus and section names.
    pub sections: Vec<String>,
    /// Words that open a share bar.
    pub share: Vec<String>,
    /// Print marks.
    pub print: Vec<String>,
    /// Words that open a cookie line.
    pub cookies: Vec<String>,
    /// Headings of lists that lead to other pages.
    pub related: Vec<String>,
    /// Headings of the contacts.
    pub contact: Vec<String>,
    /// Words that head a contact only where an address or number follows.
    pub contact_hint: Vec<String>,
    /// Words that open the heading of standing text (`About X`).
    pub about: Vec<String>,
    /// Words that close it (`X hakkında`).
    pub about_after: Vec<String>,
    /// Headings of the notes to editors.
    pub notes: Vec<String>,
    /// End marks in words.
    pub end: Vec<String>,
    /// Links to the whole text, as lists of releases print them.
    pub more: Vec<String>,
    /// Words that open a line about author or source.
    pub byline: Vec<String>,
    /// Words before a number of the document.
    pub reference: Vec<String>,
    /// Labels of values inside the body.
    pub labels: LabelTable,
    /// Names of languages in this one, by BCP 47 tag.
    pub languages: BTreeMap<String, String>,
}

/// Labels of values inside the body, by what they ask for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LabelTable {
    /// WHO.
    pub who: Vec<String>,
    /// WHAT.
    pub what: Vec<String>,
    /// WHEN.
    pub when: Vec<String>,
    /// TIME.
    pub time: Vec<String>,
    /// WHERE.
    #[serde(rename = "where")]
    pub place: Vec<String>,
    /// WHY.
    pub why: Vec<String>,
    /// HOW.
    pub how: Vec<String>,
    /// RSVP.
    pub rsvp: Vec<String>,
}

/// What a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LabelKind {
    /// WHO.
    Who,
    /// WHAT, event, title.
    What,
    /// WHEN, date, date and time.
    When,
    /// Time of day alone.
    Time,
    /// WHERE, venue, place.
    Where,
    /// WHY.
    Why,
    /// HOW, registration.
    How,
    /// RSVP.
    Rsvp,
}

/// What a phrase says of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// Document type.
    DocumentType,
    /// Kind of occasion.
    Occasion,
    /// Kind of invitation.
    Invitation,
    /// Release line.
    Release,
    /// Embargo line.
    Embargo,
    /// Label of the publication date.
    Published,
    /// Label of the update stamp.
    Modified,
    /// Label of the day of printing.
    Printed,
    /// Menu or section name.
    Section,
    /// Share bar.
    Share,
    /// Print mark.
    Print,
    /// Cookie line.
    Cookies,
    /// Heading of a list of other pages.
    Related,
    /// Heading of the contacts.
    Contact,
    /// Perhaps a contact.
    ContactHint,
    /// Opens a heading of standing text.
    About,
    /// Closes one.
    AboutAfter,
    /// Notes to editors.
    Notes,
    /// End mark.
    End,
    /// Link to the whole text.
    More,
    /// Author or source.
    Byline,
    /// Number of the document.
    Reference,
    /// Label of a value.
    Label(LabelKind),
}

impl LayoutTable {
    /// Every phrase with the part that it belongs to.
    pub fn phrases(&self) -> impl Iterator<Item = (Part, &String)> {
        let labels = &self.labels;
        [
            (Part::DocumentType, &self.document_types),
            (Part::Occasion, &self.occasions),
            (Part::Invitation, &self.invitations),
            (Part::Release, &self.release),
            (Part::Embargo, &self.embargo),
            (Part::Published, &self.published),
            (Part::Modified, &self.modified),
            (Part::Printed, &self.printed),
            (Part::Section, &self.sections),
            (Part::Share, &self.share),
            (Part::Print, &self.print),
            (Part::Cookies, &self.cookies),
            (Part::Related, &self.related),
            (Part::Contact, &self.contact),
            (Part::ContactHint, &self.contact_hint),
            (Part::About, &self.about),
            (Part::AboutAfter, &self.about_after),
            (Part::Notes, &self.notes),
            (Part::End, &self.end),
            (Part::More, &self.more),
            (Part::Byline, &self.byline),
            (Part::Reference, &self.reference),
            (Part::Label(LabelKind::Who), &labels.who),
            (Part::Label(LabelKind::What), &labels.what),
            (Part::Label(LabelKind::When), &labels.when),
            (Part::Label(LabelKind::Time), &labels.time),
            (Part::Label(LabelKind::Where), &labels.place),
            (Part::Label(LabelKind::Why), &labels.why),
            (Part::Label(LabelKind::How), &labels.how),
            (Part::Label(LabelKind::Rsvp), &labels.rsvp),
        ]
        .into_iter()
        .flat_map(|(part, words)| words.iter().map(move |word| (part, word)))
    }
}

/// The longest start of a line that is looked up, in characters.
const REACH: usize = 56;

/// Every layout phrase of every language, found at the start of a line.
#[derive(Debug, Serialize, Deserialize)]
pub struct Phrases {
    pub(super) rows: Lists<(Part, usize)>,
    /// Bytes of the longest phrase, folded, that begins with a word: most words begin none.
    #[serde(skip)]
    pub(super) reach: Table,
}

/// A phrase at the start of a line.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// What it may be: part and index of its language in the registry.
    pub meanings: &'a [(Part, usize)],
    /// Bytes of the line that it takes.
    pub len: usize,
}

impl Hit<'_> {
    /// Whether the phrase can be this part.
    pub fn is(&self, part: Part) -> bool {
        self.meanings.iter().any(|(p, _)| *p == part)
    }

    /// What the phrase asks for as a label; the language with index `first` decides where languages differ.
    pub fn label(&self, first: Option<usize>) -> Option<LabelKind> {
        let labels = || {
            self.meanings.iter().filter_map(|(part, language)| {
                let Part::Label(kind) = part else { return None };
                Some((*kind, *language))
            })
        };
        labels()
            .find(|(_, language)| Some(*language) == first)
            .or_else(|| labels().next())
            .map(|(kind, _)| kind)
    }
}

impl Phrases {
    /// The phrases that `line` starts with, longest first.
    pub fn leading(&self, line: &str) -> Vec<Hit<'_>> {
        let Some(reach) = self.reach(line) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut starts = Starts::of(line);
        while let Some((folded, len)) = starts.next().filter(|(folded, _)| *folded <= reach) {
            if let Some(meanings) = self.rows.get(&starts.key[..folded]) {
                found.push(Hit { meanings, len });
            }
        }
        found.reverse();
        found
    }

    /// The meanings of a whole phrase.
    pub fn exact(&self, phrase: &str) -> Option<Hit<'_>> {
        if phrase.len() > REACH * 4 {
            return None;
        }
        let reach = self.reach(phrase.trim_start())?;
        let folded = folded_phrase(phrase);
        let meanings = (folded.len() <= reach).then(|| self.rows.get(&folded))??;
        Some(Hit {
            meanings,
            len: phrase.len(),
        })
    }

    /// Bytes of the longest phrase, folded, that begins with the first word or mark of a line.
    fn reach(&self, line: &str) -> Option<usize> {
        let plain = plain_word(line).filter(|word| word.len() <= ROOM);
        let bytes = if let Some(word) = plain {
            self.reach.find(folded_word(word, &mut [0; ROOM])?)?
        } else if line.starts_with(|c: char| c.is_ascii_punctuation()) {
            self.reach.find(&line[..1])?
        } else {
            let mut starts = Starts::of(line);
            let (first, _) = starts.next()?;
            self.reach.find(&starts.key[..first])?
        };
        bytes.parse().ok()
    }
}

/// The starts of a line that end with a word or mark, shortest first: bytes of the folded start, and of the line's.
#[derive(Debug)]
pub(super) struct Starts<'l> {
    line: &'l str,
    /// Bytes of the line that were folded so far.
    at: usize,
    /// What was folded so far.
    pub(super) key: String,
    /// Characters that were folded so far.
    taken: usize,
}

impl<'l> Starts<'l> {
    pub(super) fn of(line: &'l str) -> Self {
        Self {
            line,
            at: 0,
            key: String::with_capacity(REACH),
            taken: 0,
        }
    }
}

impl Iterator for Starts<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.line[self.at..];
            if let Some(word) = plain_word(rest) {
                self.taken += word.len();
                if self.taken > REACH {
                    return None;
                }
                let from = self.key.len();
                self.key.push_str(word);
                self.key[from..].make_ascii_lowercase();
                self.at += word.len();
                return Some((self.key.len(), self.at));
            }
            let mut chars = rest.chars();
            let c = chars.next()?;
            self.taken += 1;
            if self.taken > REACH {
                return None;
            }
            fold_into(c, &mut self.key);
            self.at += c.len_utf8();
            let joined = (chars.next())
                .is_some_and(|n| c.is_alphanumeric() && n.is_alphanumeric() && !is_unspaced(c));
            if !joined && !c.is_whitespace() {
                return Some((self.key.len(), self.at));
            }
        }
    }
}

/// The word of ASCII letters and digits alone that a text begins with.
fn plain_word(text: &str) -> Option<&str> {
    let end = text.bytes().position(|b| !b.is_ascii_alphanumeric());
    let (word, behind) = text.split_at(end.unwrap_or(text.len()));
    let ends = behind.as_bytes().first().is_none_or(u8::is_ascii);
    (ends && !word.is_empty()).then_some(word)
}

/// Bytes of the longest word that [`folded_word`] folds.
pub const ROOM: usize = 32;

/// A word of ASCII letters and digits as [`folded_phrase`] folds it, without a list of its own.
pub fn folded_word<'r>(word: &str, room: &'r mut [u8; ROOM]) -> Option<&'r str> {
    let folded = room.get_mut(..word.len())?;
    folded.copy_from_slice(word.as_bytes());
    folded.make_ascii_lowercase();
    std::str::from_utf8(folded).ok()
}

/// A phrase as it is compared: lower case, no accents, plain apostrophes, single spaces.
pub fn folded_phrase(phrase: &str) -> String {
    let mut key = String::with_capacity(phrase.len());
    let mut rest = phrase.trim();
    while let Some(c) = rest.chars().next() {
        let plain = rest.bytes().take_while(u8::is_ascii_graphic).count();
        if plain > 0 {
            let from = key.len();
            key.push_str(&rest[..plain]);
            key[from..].make_ascii_lowercase();
            rest = &rest[plain..];
        } else if c == ' ' {
            if !key.ends_with(' ') {
                key.push(' ');
            }
            rest = &rest[1..];
        } else {
            fold_into(c, &mut key);
            rest = &rest[c.len_utf8()..];
        }
    }
    key
}

fn fold_into(c: char, key: &mut String) {
    if c.is_ascii() && !c.is_ascii_whitespace() {
        key.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        '’' | '‘' | 'ʼ' => key.push('\''),
        // Dashes, quotation marks, bullets.
        '\u{2010}'..='\u{2027}' => key.push(c),
        c if c.is_whitespace() => {
            if !key.ends_with(' ') && !key.is_empty() {
                key.push(' ');
            }
        }
        c => key.extend(
            c.to_lowercase()
                .nfd()
                .filter(|c| !('\u{300}'..='\u{36f}').contains(c)),
        ),
    }
}

/// Whether the script of `c` puts no space between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}')
}

#[cfg(test)]
mod tests {
    use super::super::Lexicons;
    use super::*;

    #[test]
    fn phrases_are_found_at_the_start_of_a_line_in_any_script() {
        let phrases = Lexicons::builtin().phrases();
        for (line, part, len) in [
            ("MEDIA ADVISORY – new", Part::DocumentType, "MEDIA ADVISORY"),
            ("À  PROPOS de nous", Part::About, "À  PROPOS de"),
            ("发布时间：2024", Part::Published, "发布时间"),
            ("Дата публикации: 3", Part::Published, "Дата публикации"),
            ("İLETİŞİM", Part::Contact, "İLETİŞİM"),
        ] {
            let hit = phrases.leading(line);
            let hit = hit.iter().find(|h| h.is(part)).expect(line);
            assert_eq!(&line[..hit.len], len);
        }
        assert!(phrases.leading("Contacting everyone").is_empty());
    }

    #[test]
    fn no_label_of_an_events_day_is_one_of_the_publication_too() {
        // The plain words for a date.
        const DATE: &[&str] = &[
            "date",
            "data",
            "datum",
            "datums",
            "dato",
            "fecha",
            "tarih",
            "tarikh",
            "tanggal",
            "kuupäev",
            "päivämäärä",
            "dátum",
            "дата",
            "датум",
            "ημερομηνία",
            "التاريخ",
            "تاریخ",
            "תאריך",
            "दिनांक",
            "तारीख",
            "तिथि",
            "日付",
            "日期",
            "날짜",
            "일자",
            "თარიღი",
            "күні",
            "วันที่",
            "ngày",
        ];
        for lexicon in Lexicons::builtin().all() {
            let layout = &lexicon.layout;
            let labels = [&layout.labels.when, &layout.labels.time];
            let others = [&layout.published, &layout.document_types, &layout.occasions];
            for phrase in others.into_iter().flatten() {
                let asks = labels.into_iter().flatten().any(|label| label == phrase);
                assert!(
                    !asks || DATE.contains(&phrase.as_str()),
                    "{}: {phrase}",
                    lexicon.tag
                );
            }
        }
    }

    #[test]
    fn every_invitation_is_a_document_type_or_an_occasion() {
        for lexicon in Lexicons::builtin().all() {
            let layout = &lexicon.layout;
            for phrase in &layout.invitations {
                let known =
                    layout.document_types.contains(phrase) || layout.occasions.contains(phrase);
                assert!(known, "{}: {phrase}", lexicon.tag);
            }
        }
    }

    #[test]
    fn no_phrase_is_longer_than_what_is_looked_up() {
        for lexicon in Lexicons::builtin().all() {
            for (_, phrase) in lexicon.layout.phrases() {
                assert!(phrase.chars().count() <= REACH, "{}: {phrase}", lexicon.tag);
            }
        }
    }
}
