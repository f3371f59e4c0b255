//! The language of a text: script first, then two detectors and the tables' own frequent words.
//!
//! A language is decided on running text. One short line (a name, a label) says little, so only lines whose script or
//! several words speak get a language of their own.

use whatlang::{Detector, Lang};

use super::words::start_of;
use crate::lang::Lexicons;
use crate::model::Fact;
use crate::read::Context;
use crate::read::blocks::Line;

/// Lines that vote on the language of the text: its longest.
const VOTERS: usize = 16;

/// Bytes of a line that are looked at; more tells no more.
const ENOUGH: usize = 480;

/// The language of the running text, from its longest lines.
pub(super) fn of_text(context: Context<'_>, lines: &[Line]) -> Option<Fact<String>> {
    let mut longest: Vec<&Line> = lines.iter().collect();
    longest.sort_by_key(|line| std::cmp::Reverse(line.span.len()));
    longest.truncate(VOTERS);
    let samples: Vec<_> = (longest.iter())
        .map(|line| (sample(line.span.of(context.text)), *line))
        .collect();
    let mut left: usize = samples.iter().map(|(words, _)| words.len()).sum();
    let mut votes: Vec<(&'static str, usize, &Line)> = Vec::new();
    for (words, line) in samples {
        if is_decided(&votes, left) {
            break;
        }
        left -= words.len();
        let Some(tag) = detect(context.lexicons, &words) else {
            continue;
        };
        match votes.iter_mut().find(|(known, ..)| *known == tag) {
            Some((_, weight, _)) => *weight += words.len(),
            None => votes.push((tag, words.len(), line)),
        }
    }
    let (tag, _, line) = votes.into_iter().max_by_key(|(_, weight, _)| *weight)?;
    Some(Fact::inferred(
        tag.to_owned(),
        Some(line.span),
        "language.text",
    ))
}

/// Whether the votes that are left cannot change which language has most: the detectors are slow.
fn is_decided(votes: &[(&str, usize, &Line)], left: usize) -> bool {
    let mut weights: Vec<usize> = votes.iter().map(|(_, weight, _)| *weight).collect();
    weights.sort_unstable_by(|a, b| b.cmp(a));
    let second = weights.get(1).copied().unwrap_or(0);
    weights.first().is_some_and(|first| *first > second + left)
}

/// The words of a line up to `ENOUGH` bytes, single blanks between them.
fn sample(line: &str) -> String {
    let mut words = String::with_capacity(ENOUGH + 32);
    for word in line.split_whitespace() {
        if words.len() > ENOUGH {
            break;
        }
        words.push_str(start_of(word, ENOUGH));
        words.push(' ');
    }
    words
}

/// The language of some words; `None` where they hold no letters.
pub(super) fn detect(lexicons: &Lexicons, text: &str) -> Option<&'static str> {
    match Script::of(text)? {
        Script::Only(tag) => Some(tag),
        Script::Arabic => Some(if text.contains(['پ', 'چ', 'ژ', 'گ', 'ک', 'ی']) {
            "fa"
        } else {
            "ar"
        }),
        Script::Cyrillic => Some(cyrillic(lexicons, text)),
        Script::Latin => latin(lexicons, text),
    }
}

/// The scripts that our languages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Written by one of our languages alone.
    Only(&'static str),
    /// Arabic or Persian.
    Arabic,
    /// Any Cyrillic language.
    Cyrillic,
    /// Any Latin one.
    Latin,
}

impl Script {
    /// The script of most letters.
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.is_ascii() {
            let letters = text.bytes().any(|b| b.is_ascii_alphabetic());
            return letters.then_some(Self::Latin);
        }
        let mut counts = [0usize; 10];
        for c in text.chars() {
            let (class, weight) = match c {
                'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => (0, 1),
                '\u{400}'..='\u{52F}' => (1, 1),
                '\u{600}'..='\u{6FF}' => (2, 1),
                '\u{3040}'..='\u{30FF}' => (3, 4),
                '\u{4E00}'..='\u{9FFF}' => (4, 3),
                '\u{AC00}'..='\u{D7A3}' => (5, 3),
                '\u{E00}'..='\u{E7F}' => (6, 1),
                '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => (7, 1),
                '\u{590}'..='\u{5FF}' => (8, 1),
                '\u{10A0}'..='\u{10FF}' | '\u{900}'..='\u{97F}' => (9, 1),
                _ => continue,
            };
            counts[class] += weight;
        }
        // Japanese is Han with kana in it: the two count together.
        let (kana, han) = (counts[3], counts[4]);
        if kana * 8 > han {
            counts[3] += han;
            counts[4] = 0;
        } else {
            counts[4] += kana;
            counts[3] = 0;
        }
        let (class, most) = counts
            .iter()
            .enumerate()
            .max_by_key(|(class, count)| (**count, usize::MAX - class))?;
        (*most > 0).then(|| match class {
            0 => Self::Latin,
            1 => Self::Cyrillic,
            2 => Self::Arabic,
            3 => Self::Only("ja"),
            4 => Self::Only("zh"),
            5 => Self::Only("ko"),
            6 => Self::Only("th"),
            7 => Self::Only("el"),
            8 => Self::Only("he"),
            _ if text.contains(|c| ('\u{10A0}'..='\u{10FF}').contains(&c)) => Self::Only("ka"),
            _ => Self::Only("hi"),
        })
    }
}

/// Letters that only some Cyrillic languages have, rarest first; what is left is decided by words.
fn cyrillic(lexicons: &Lexicons, text: &str) -> &'static str {
    let text = text.to_lowercase();
    let has = |letters: &[char]| text.contains(letters);
    if has(&['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ']) {
        return "kk";
    }
    if has(&['ѓ', 'ќ', 'ѕ']) {
        return "mk";
    }
    if has(&['ђ', 'ћ', 'љ', 'њ', 'ј', 'џ']) {
        return by_words(lexicons, &text, &["sr", "mk"]).map_or("sr", |(tag, _)| tag);
    }
    if has(&['ї', 'є', 'ґ', 'і']) {
        return "uk";
    }
    if has(&['ы', 'э', 'ё']) {
        return "ru";
    }
    // Russian running text has one of the letters above in every line; what is left is told by statistics.
    let allowed = vec![Lang::Rus, Lang::Bul, Lang::Ukr, Lang::Mkd];
    match Detector::with_allowlist(allowed).detect_lang(&text) {
        Some(Lang::Bul) => "bg",
        Some(Lang::Ukr) => "uk",
        Some(Lang::Mkd) => "mk",
        _ => "ru",
    }
}

/// Our Latin languages that the statistical detector knows, with its names for them.
const LATIN: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Deu, "de"),
    (Lang::Ita, "it"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Tur, "tr"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Dan, "da"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Ind, "id"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Nob, "nb"),
    (Lang::Ron, "ro"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Swe, "sv"),
    (Lang::Vie, "vi"),
];

/// Latin languages by their tables, those that no detector knows included.
const LATIN_TAGS: &[&str] = &[
    "en", "fr", "es", "pt", "de", "it", "nl", "pl", "tr", "ca", "cs", "da", "et", "fi", "hr", "hu",
    "id", "lt", "lv", "nb", "ro", "sk", "sl", "sv", "vi", "sq", "ms", "bs", "sr",
];

fn latin(lexicons: &Lexicons, text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let words = by_words(lexicons, &lower, LATIN_TAGS);
    let fast = whichlang_tag(whichlang::detect_language(text));
    if let (Some(a), Some((w, _))) = (fast, words)
        && a == w
    {
        // The third, slowest by far, cannot change what two agree on.
        return fast;
    }
    let allowed = LATIN.iter().map(|(lang, _)| *lang).collect();
    let slow = Detector::with_allowlist(allowed).detect(text);
    let slow_tag = slow
        .as_ref()
        .and_then(|info| LATIN.iter().find(|(lang, _)| *lang == info.lang()))
        .map(|(_, tag)| match *tag {
            // So near to each other that only words tell them apart.
            "da" => by_words(lexicons, &lower, &["da", "nb"]).map_or("da", |(w, _)| w),
            "nb" => by_words(lexicons, &lower, &["nb", "da"]).map_or("nb", |(w, _)| w),
            tag => tag,
        });
    // Two of three agree; else clear words; else the detector that knows more languages.
    match (fast, slow_tag, words) {
        (Some(a), Some(b), _) if a == b => Some(a),
        (_, Some(b), Some((w, _))) if b == w => Some(b),
        (_, _, Some((w, clear))) if clear => Some(w),
        (_, Some(b), _) => Some(b),
        (fast, None, words) => words.map(|(w, _)| w).or(fast),
    }
}

/// The language whose frequent words stand in the text most often, and whether it leads clearly.
fn by_words(
    lexicons: &Lexicons,
    lower: &str,
    tags: &[&'static str],
) -> Option<(&'static str, bool)> {
    let mut counts = vec![0_usize; lexicons.names().len()];
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        for language in lexicons.common(word) {
            counts[*language] += 1;
        }
    }
    // Each with its place among the tags: the first of equals leads.
    let counted = (lexicons.names().iter().zip(counts)).filter(|(_, count)| *count > 0);
    let mut counted: Vec<(usize, usize)> = counted
        .filter_map(|(name, count)| Some((tags.iter().position(|tag| *tag == name.tag)?, count)))
        .collect();
    counted.sort_unstable();
    let mut best: Option<(&'static str, usize)> = None;
    let mut second = 0;
    for (tag, count) in counted {
        match best {
            Some((_, most)) if count <= most => second = second.max(count),
            _ => {
                second = best.map_or(0, |(_, most)| most);
                best = Some((tags[tag], count));
            }
        }
    }
    best.map(|(tag, count)| (tag, count >= 3 && count * 3 > second * 4))
}

fn whichlang_tag(lang: whichlang::Lang) -> Option<&'static str> {
    Some(match lang.three_letter_code() {
        "eng" => "en",
        "fra" => "fr",
        "spa" => "es",
        "por" => "pt",
        "deu" => "de",
        "ita" => "it",
        "nld" => "nl",
        "swe" => "sv",
        "tur" => "tr",
        "vie" => "vi",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_tells_its_language() {
        for (tag, text) in [
            (
                "en",
                "The committee met for two days in the old harbour and agreed on a plan for the next season.",
            ),
            (
                "fr",
                "Le comité s’est réuni pendant deux jours dans le vieux port et a adopté un plan pour la saison.",
            ),
            (
                "es",
                "El comité se reunió durante dos días en el puerto viejo y aprobó un plan para la temporada.",
            ),
            (
                "pt",
                "A comissão reuniu-se durante dois dias no porto velho e aprovou um plano para a próxima época.",
            ),
            (
                "it",
                "Il comitato si è riunito per due giorni nel vecchio porto e ha approvato un piano per la stagione.",
            ),
            (
                "de",
                "Der Ausschuss tagte zwei Tage lang im alten Hafen und einigte sich auf einen Plan für die Saison.",
            ),
            (
                "nl",
                "De commissie kwam twee dagen bijeen in de oude haven en keurde een plan voor het seizoen goed.",
            ),
            (
                "pl",
                "Komitet obradował przez dwa dni w starym porcie i przyjął plan na nadchodzący sezon.",
            ),
            (
                "tr",
                "Komite eski limanda iki gün boyunca toplandı ve gelecek sezon için bir plan kabul etti.",
            ),
            (
                "cs",
                "Výbor jednal dva dny ve starém přístavu a schválil plán na příští sezónu, který bude zveřejněn.",
            ),
            (
                "fi",
                "Komitea kokoontui kaksi päivää vanhassa satamassa ja hyväksyi suunnitelman ensi kaudelle.",
            ),
            (
                "hu",
                "A bizottság két napon át ülésezett a régi kikötőben, és elfogadta a következő évad tervét.",
            ),
            (
                "nb",
                "Styret ble enige etter to dager om en plan for havnen, og nå skal den legges ut.",
            ),
            (
                "da",
                "Bestyrelsen blev enige efter to dage om en plan for havnen, og nu skal den lægges ud.",
            ),
            (
                "sq",
                "Komiteti u mblodh për dy ditë në portin e vjetër dhe miratoi një plan për sezonin e ri.",
            ),
            (
                "ru",
                "Комитет два дня заседал в старом порту и утвердил план на следующий сезон, сообщает служба.",
            ),
            (
                "uk",
                "Комітет два дні засідав у старому порту й затвердив план на наступний сезон.",
            ),
            (
                "bg",
                "Комитетът заседава два дни в старото пристанище и прие план за следващия сезон.",
            ),
            (
                "sr",
                "Одбор је два дана заседао у старој луци и усвојио план за следећу сезону.",
            ),
            (
                "kk",
                "Комитет ескі портта екі күн отырыс өткізіп, келесі маусымның жоспарын бекітті.",
            ),
            (
                "ar",
                "اجتمعت اللجنة يومين في الميناء القديم وأقرت خطة للموسم المقبل.",
            ),
            (
                "fa",
                "کمیته دو روز در بندر قدیمی گرد هم آمد و برنامه فصل آینده را تصویب کرد.",
            ),
            ("zh", "委员会在旧港口举行了两天会议，通过了下一季的计划。"),
            (
                "ja",
                "委員会は旧港で二日間の会議を開き、来季の計画を承認しました。",
            ),
            (
                "ko",
                "위원회는 옛 항구에서 이틀간 회의를 열고 다음 시즌 계획을 승인했다.",
            ),
            (
                "el",
                "Η επιτροπή συνεδρίασε δύο ημέρες στο παλιό λιμάνι και ενέκρινε σχέδιο.",
            ),
            ("th", "คณะกรรมการประชุมสองวันที่ท่าเรือเก่าและอนุมัติแผนสำหรับฤดูกาลหน้า"),
        ] {
            assert_eq!(detect(Lexicons::builtin(), text), Some(tag), "{text}");
        }
    }
}
