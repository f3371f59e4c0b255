//! Phrases that name an event: a noun of an event with the words that belong to it.

use std::ops::Range;

use super::extent::{BREAKS, Extent};
use super::passages::{Passage, Role};
use super::words::Words;
use crate::lang::{EventWord, NameStyle};
use crate::model::EventKind;
use crate::read::blocks::folded;
use crate::source::Span;

/// What stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    /// Nothing.
    None,
    /// A definite article, a demonstrative.
    Definite,
    /// An indefinite article.
    Indefinite,
    /// A possessive pronoun, or a noun in the possessive.
    Possessive,
}

/// A phrase that names an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Index of its passage.
    pub passage: usize,
    /// Tokens of the name.
    pub tokens: Range<usize>,
    /// Tokens of the noun.
    pub head: Range<usize>,
    /// Words of the name.
    pub span: Span,
    /// What the noun says.
    pub kind: EventKind,
    /// Its ordinal, and the ordinal's tokens.
    pub edition: Option<(u32, Range<usize>)>,
    /// What stands before it.
    pub determiner: Determiner,
    /// Whether a word beside the noun has a capital that no rule of the sentence forces, or a title in quotes.
    pub proper: bool,
    /// Folded words beside the noun, ordinals and small words left out.
    pub content: Vec<String>,
    /// Whether it is called the previous or next one.
    pub other: bool,
    /// Whether it is put aside: on the margins of, since, ahead of.
    pub aside: bool,
    /// Whether its noun is one of a programme's items.
    pub minor: bool,
    /// Whether its noun names an event only in capitals, like a day of remembrance.
    pub named: bool,
    /// Whether it is a bare word for an event of any kind.
    pub generic: bool,
    /// Whether a complement follows the noun, not only adjectives.
    pub complement: bool,
    /// The larger event it is a session of: its tokens.
    pub parent: Option<Range<usize>>,
}

impl Phrase {
    /// Whether nothing but the noun is there.
    pub(super) fn bare(&self) -> bool {
        self.content.is_empty() && self.edition.is_none()
    }

    /// Whether it can only point back to an event named before.
    pub(super) fn points_back(&self) -> bool {
        self.bare()
            && matches!(
                self.determiner,
                Determiner::Definite | Determiner::Possessive
            )
    }
}

/// Every phrase of a passage, in order, none overlapping.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Vec<Phrase> {
    let words = &passage.words;
    let mut found: Vec<Phrase> = Vec::new();
    if !words.holds_noun() {
        return found;
    }
    let mut i = 0;
    while i < words.len() {
        let Some((mut kind, mut len)) = words.noun(i) else {
            i += 1;
            continue;
        };
        let mut head = i..i + len;
        if words.table.style == NameStyle::Unspaced && runs_on(words, &head) {
            i += 1;
            continue;
        }
        let apart = i == 0 || !words.tokens[i - 1].word;
        if apart
            && [EventWord::Held, EventWord::Hosts]
                .iter()
                .any(|act| words.is(i, *act).is_some_and(|n| n > len))
        {
            // `meeting in Lima` says that somebody meets.
            i += 1;
            continue;
        }
        if words.table.style != NameStyle::Romance && words.table.style != NameStyle::Initial {
            // Of two nouns in a row the last is the head: training workshop.
            while let Some((next, n)) = words.noun(head.end) {
                (kind, len) = (next, n);
                head = head.end..head.end + len;
            }
        }
        let from = found.last().map_or(0, |p| p.tokens.end);
        i = head.end;
        let common = whole(words, &head, EventWord::Named) && !words.tokens[head.start].capital;
        let institution = words
            .is(head.start, EventWord::Institution)
            .is_some_and(|n| n > head.len());
        let person = words.span(&head).is_some_and(|s| passage.in_person(s));
        if common
            || institution
            || person
            || passage.is_date(head.start)
            || names_a_room(passage, &head)
            || counts_people(words, &head)
        {
            continue;
        }
        let mut phrase = Extent::around(passage, head, from).phrase(index, kind);
        if words.table.style == NameStyle::Final && phrase.tokens.end == phrase.head.end {
            phrase.span.end = uninflected_end(words, phrase.head.end - 1, &phrase);
        }
        if phrase.edition.is_none() && passage.in_organization(phrase.span)
            || standing_body(words, &phrase)
            || is_house(passage, &phrase)
        {
            continue;
        }
        i = i.max(phrase.tokens.end);
        // A title in quotation marks takes in the nouns before its last.
        while found
            .last()
            .is_some_and(|p| p.tokens.end > phrase.tokens.start)
        {
            found.pop();
        }
        found.push(phrase);
    }
    found
}

/// Whether the signs of a noun go on as another word: `大会` in `大会議`, `会議` in `会議室`.
fn runs_on(words: &Words<'_>, head: &Range<usize>) -> bool {
    let overlaps = (head.start + 1..head.end)
        .any(|k| words.noun(k).is_some_and(|(_, len)| k + len > head.end));
    overlaps
        || matches!(
            words.folded(head.end),
            "室" | "場" | "场" | "厅" | "廳" | "堂" | "館" | "馆"
        )
}

/// Whether a noun of a house that can be an event's too stands behind a preposition of place, beside the event itself: `presso
/// la Fiera di X l'assemblea`, `nel Salone di Y per l'incontro`.
fn is_house(passage: &Passage<'_>, phrase: &Phrase) -> bool {
    let words = &passage.words;
    let start = phrase.tokens.start;
    let at = start - words.ends(start, EventWord::Article).unwrap_or(0);
    let placed = words.ends(at, EventWord::At).is_some();
    words.table.style == NameStyle::Romance
        && phrase.edition.is_none()
        && whole(words, &phrase.head, EventWord::Venue)
        && placed
        && (0..words.len()).any(|i| !phrase.head.contains(&i) && words.noun(i).is_some())
}

/// Whether a noun only says how many were there: `una audiencia de 400 estudiantes`.
fn counts_people(words: &Words<'_>, head: &Range<usize>) -> bool {
    let number = |i: usize| {
        words.folded(i).bytes().all(|b| b.is_ascii_digit()) && !words.folded(i).is_empty()
    };
    words.table.style == NameStyle::Romance
        && words.ends(head.start, EventWord::Indefinite).is_some()
        && words
            .is(head.end, EventWord::Connector)
            .is_some_and(|len| number(head.end + len))
}

/// Whether a phrase names a body that stands, not an event: the Congress, the 110th Congress.
fn standing_body(words: &Words<'_>, phrase: &Phrase) -> bool {
    let adjective = || {
        phrase
            .tokens
            .clone()
            .any(|i| words.is(i, EventWord::Modifier).is_some())
    };
    // `holds the 5th Congress`, `the 5th Congress takes place`: not the one that sits in its fifth term.
    let held = || {
        const BESIDE: usize = 3;
        let before = phrase.tokens.start.saturating_sub(BESIDE)..phrase.tokens.start;
        let behind = phrase.tokens.end..phrase.tokens.end + BESIDE;
        before.clone().any(|i| words.any(i, &[EventWord::Hosts]))
            || behind.clone().any(|i| words.any(i, &[EventWord::Held]))
    };
    let numbered = phrase.edition.is_some() && (words.table.style != NameStyle::Germanic || held());
    whole(words, &phrase.head, EventWord::Body)
        && !phrase.points_back()
        && !phrase.complement
        && !numbered
        && !adjective()
}

/// Where the name ends without a suffix or particle behind its noun: `Çalıştayı'na`, `심포지엄을`.
fn uninflected_end(words: &Words<'_>, last: usize, phrase: &Phrase) -> u32 {
    let token = &words.tokens[last];
    let written = words.written(last);
    if let Some(at) = written.find(['\'', '’']) {
        return token.span.start + at as u32;
    }
    let forms = words.table.nouns.get(phrase.kind.code());
    forms
        .into_iter()
        .flatten()
        .filter(|form| written.starts_with(form.as_str()) && form.len() < written.len())
        .map(|form| token.span.start + form.len() as u32)
        .max()
        .unwrap_or(token.span.end)
}

/// Whether all tokens of a noun together have a meaning.
pub(super) fn whole(words: &Words<'_>, noun: &Range<usize>, word: EventWord) -> bool {
    words.is(noun.start, word) == Some(noun.len())
}

/// Whether the noun is part of a place's or a post's name: Conference Centre, Forum Secretariat.
fn names_a_room(passage: &Passage<'_>, head: &Range<usize>) -> bool {
    let words = &passage.words;
    if !matches!(words.table.style, NameStyle::Germanic | NameStyle::Final) {
        return false;
    }
    let Some(next) = words.tokens.get(head.end).filter(|t| t.word) else {
        return false;
    };
    words.is(head.end, EventWord::Venue).is_some()
        || words.is(head.end, EventWord::Person).is_some()
        || (next.capital
            && !words.is_definite(head.end - 1)
            && passage.role != Role::Headline
            && !next.folded.starts_with(|c: char| c.is_ascii_digit())
            && words.ordinal(head.end).is_none()
            && !words.any(head.end, BREAKS)
            && !passage.is_date(head.end))
}

/// The name as published: white space folded, first letter in capitals.
pub(super) fn name(text: &str, span: Span) -> String {
    capitalized(&folded(span.of(text)))
}

/// The same words with the first letter in capitals.
pub(super) fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Marks that open a title.
pub(super) fn is_opening_quote(mark: &str) -> bool {
    matches!(
        mark,
        "“" | "„" | "«" | "\"" | "「" | "『" | "‘" | "‹" | "《"
    )
}

/// Marks that close a title.
pub(super) fn is_closing_quote(mark: &str) -> bool {
    matches!(mark, "”" | "“" | "»" | "\"" | "」" | "』" | "›" | "》")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lexicons;
    use crate::read::agents::Agents;
    use crate::read::cuts::Cuts;
    use crate::read::dates::Resolver;
    use crate::read::events::Findings;
    use crate::read::events::passages::Passages;
    use crate::read::layout::Layout;

    /// Names and editions of the phrases in a sentence without dates, places and agents.
    fn phrases(language: &str, text: &str) -> Vec<(String, Option<u32>)> {
        let layout = Layout::default();
        let resolver = Resolver {
            anchor: None,
            order: None,
        };
        let agents = Agents::default();
        let findings = Findings {
            layout: &layout,
            sentences: &[],
            cuts: &Cuts::default(),
            dates: &[],
            resolver: &resolver,
            places: &[],
            agents: &agents,
        };
        let table = &Lexicons::builtin().get(language).unwrap().events;
        let passages = Passages::new(text, table, findings);
        let passage = passages.passage(Role::Body { block: 0 }, Span::new(0, text.len()));
        find(&passage, 0)
            .into_iter()
            .map(|p| (name(text, p.span), p.edition.map(|e| e.0)))
            .collect()
    }

    #[test]
    fn names_take_what_belongs_to_their_noun() {
        for (language, text, name, edition) in [
            (
                "de",
                "Der Verein lädt zur Messe »Holz und Moor« nach Aurich.",
                "Messe »Holz und Moor«",
                None,
            ),
            (
                "sv",
                "På lördag inleds den tredje nordiska konferensen om stenbroar i Kalmar.",
                "Tredje nordiska konferensen om stenbroar",
                Some(3),
            ),
            (
                "da",
                "Foreningen holder sin 5. årskonference om vindmøller i Ribe.",
                "5. årskonference om vindmøller",
                Some(5),
            ),
            (
                "nb",
                "I morgen åpner seminaret om gamle fyr i Molde.",
                "Seminaret om gamle fyr",
                None,
            ),
            (
                "fi",
                "Kunta järjestää kansainvälinen Kivisilta-seminaari.",
                "Kansainvälinen Kivisilta-seminaari",
                None,
            ),
            (
                "en",
                "The Minister opened the 7th Session of the Joint Panel on Reed Boats (JPRB) in Lima.",
                "7th Session of the Joint Panel on Reed Boats",
                Some(7),
            ),
            (
                "en",
                "She addressed the joint session of the 20th Meeting of the UPX Lamp and Wick (LAW) Group today.",
                "Joint session of the 20th Meeting of the UPX Lamp and Wick (LAW) Group",
                Some(20),
            ),
            (
                "en",
                "The Office held a train-the-trainer course for harbour pilots at its school.",
                "Train-the-trainer course for harbour pilots",
                None,
            ),
            (
                "en",
                "It took place during the 30th General Assembly of the Makers' Union, which met in May.",
                "30th General Assembly of the Makers' Union",
                Some(30),
            ),
            (
                "en",
                "The twenty-first “Salt and Light” Forum takes place on Friday.",
                "Twenty-first “Salt and Light” Forum",
                Some(21),
            ),
            (
                "fr",
                "La 12e réunion du Comité des phares côtiers s’est achevée hier.",
                "12e réunion du Comité des phares côtiers",
                Some(12),
            ),
            (
                "fr",
                "L’Office a tenu un atelier national sur la lecture des plans anciens à Tulle.",
                "Atelier national sur la lecture des plans anciens",
                None,
            ),
            (
                "es",
                "Se celebró la XIV Cumbre Iberoamericana de Faros y Puertos, en Vigo.",
                "XIV Cumbre Iberoamericana de Faros y Puertos",
                Some(14),
            ),
            (
                "de",
                "Am Montag beginnt die 5. Fachtagung der Deutschen Gesellschaft für Uhren (DGU) in Ulm.",
                "5. Fachtagung der Deutschen Gesellschaft für Uhren",
                Some(5),
            ),
            (
                "it",
                "Si è aperta la 3ª Conferenza nazionale sui ponti di pietra, promossa dal Comune.",
                "3ª Conferenza nazionale sui ponti di pietra",
                Some(3),
            ),
            (
                "pt",
                "A Rede realiza o II Encontro Nacional de Hortas Urbanas no sábado.",
                "II Encontro Nacional de Hortas Urbanas",
                Some(2),
            ),
            (
                "es",
                "El alcalde inauguró la quinta edición del Congreso de Faros Antiguos.",
                "Congreso de Faros Antiguos",
                Some(5),
            ),
            (
                "it",
                "Prende il via la 12ª edizione della Mostra nazionale delle reti antiche.",
                "Mostra nazionale delle reti antiche",
                Some(12),
            ),
            (
                "es",
                "Se celebró el trigésimo noveno período de sesiones de la Comisión de Faros.",
                "Trigésimo noveno período de sesiones de la Comisión de Faros",
                Some(39),
            ),
            (
                "es",
                "Hoy comienza el 13 Congreso de Molinos Viejos.",
                "13 Congreso de Molinos Viejos",
                Some(13),
            ),
            (
                "ca",
                "Avui comença el III Congrés de Fars Antics.",
                "III Congrés de Fars Antics",
                Some(3),
            ),
            (
                "ro",
                "La Tulcea a avut loc a treia ediție a Festivalului Luntrilor Vechi.",
                "Festivalului Luntrilor Vechi",
                Some(3),
            ),
            (
                "nl",
                "Morgen begint de vierde bijeenkomst van de Raad voor Molens in Gouda.",
                "Vierde bijeenkomst van de Raad voor Molens",
                Some(4),
            ),
            (
                "ru",
                "В Твери прошла 6-я сессия Совета по древним мостам.",
                "6-я сессия Совета по древним мостам",
                Some(6),
            ),
            (
                "pl",
                "W sobotę odbędzie się IX Kongres Dawnych Młynów w Sanoku.",
                "IX Kongres Dawnych Młynów",
                Some(9),
            ),
            (
                "tr",
                "Birlik tarafından düzenlenen 4. Uluslararası Taş Köprü Çalıştayı, Bursa'da yapıldı.",
                "4. Uluslararası Taş Köprü Çalıştayı",
                Some(4),
            ),
            (
                "ar",
                "انطلقت أعمال المنتدى العربي السادس للمكتبات العامة في صور.",
                "المنتدى العربي السادس للمكتبات العامة",
                Some(6),
            ),
            (
                "zh",
                "第十五届国际木桥大会在宜宾开幕。",
                "第十五届国际木桥大会",
                Some(15),
            ),
            (
                "ja",
                "協会は「第3回全国石橋シンポジウム」を開催します。",
                "第3回全国石橋シンポジウム",
                Some(3),
            ),
            (
                "ko",
                "협회는 제7회 국제 등대 심포지엄을 개최한다.",
                "제7회 국제 등대 심포지엄",
                Some(7),
            ),
            (
                "ko",
                "협회는 ‘2031 정기총회 및 등대 토론회’를 개최했다.",
                "2031 정기총회 및 등대 토론회",
                None,
            ),
            (
                "ja",
                "市は「みんなで灯台の未来を考えるつどい」を開催しました。",
                "みんなで灯台の未来を考えるつどい",
                None,
            ),
            (
                "id",
                "Asosiasi Mercusuar menggelar Kongres Nasional ke-4 di Ambon.",
                "Kongres Nasional ke-4",
                Some(4),
            ),
            (
                "vi",
                "Hội Hải đăng tổ chức Hội thảo Khoa học Quốc gia lần thứ 6 tại Huế.",
                "Hội thảo Khoa học Quốc gia lần thứ 6",
                Some(6),
            ),
            (
                "fa",
                "بیست و سومین همایش پل های سنگی در شیراز برگزار شد.",
                "بیست و سومین همایش پل های سنگی",
                Some(23),
            ),
        ] {
            let found = phrases(language, text);
            assert!(
                found.contains(&(name.to_owned(), edition)),
                "{text}\n  wanted {name} {edition:?}\n  got {found:?}"
            );
        }
    }

    #[test]
    fn rooms_and_posts_are_no_events() {
        for text in [
            "Guests gathered in the Conference Centre.",
            "The Summit Director thanked them.",
            "They met in Meeting Room 4.",
        ] {
            assert_eq!(phrases("en", text), [], "{text}");
        }
        assert_eq!(phrases("ja", "説明は1階大会議室で行われます。"), []);
    }
}
