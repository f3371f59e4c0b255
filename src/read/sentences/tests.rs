//! Sentences of many languages, and what holds of any text.

use proptest::prelude::*;

use super::*;
use crate::lang::Lexicons;
use crate::model::BlockKind;
use crate::read::blocks::folded;

fn block(text: &str, span: Span) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        text: folded(span.of(text)),
        span,
    }
}

fn table(language: &str) -> &'static SentenceTable {
    let lexicon = Lexicons::builtin().get(language);
    &lexicon.expect("a language of the registry").sentences
}

fn sentences(language: &str, text: &str) -> Vec<String> {
    let body = [block(text, Span::new(0, text.len()))];
    parted(text, &body, table(language), Lexicons::builtin().titles())
        .iter()
        .map(|s| folded(s.span.of(text)))
        .collect()
}

/// A text whose sentences are parted by `|`, a blank behind it belonging to the text.
fn check(language: &str, marked: &str) {
    let text: String = marked.replace('|', "");
    let want: Vec<String> = marked.split('|').map(folded).collect();
    assert_eq!(sentences(language, &text), want, "{language}");
}

#[test]
fn titles_and_initials_do_not_end_a_sentence() {
    check(
        "en",
        "Dr. Ana Ruiz and Mr. J. Smith met H.E. Mr. Li.| He left.",
    );
    check(
        "en",
        "John F. Kennedy spoke at St. Mary’s.| The hall was full.",
    );
    check("fr", "S.E. M. Diallo a reçu le Dr. Petit.| Il est parti.");
    check("es", "El Sr. Díaz y la Dra. Gil llegaron.| El acto empezó.");
    check("ru", "Доклад сделал И.И. Иванов.| Он назвал цифры.");
    check(
        "ru",
        "Университет им. А.С. Пушкина открыт в 1996 г.| Ректор выступил в г. Омске.",
    );
    check(
        "de",
        "Die Tagung, z. B. am 3. Mai, leitet Prof. Dr. Weber.| Sie dauert bis 15. Juni 2024.| Alle kamen.",
    );
}

#[test]
fn abbreviations_end_a_sentence_only_before_a_word_that_opens_one() {
    check(
        "en",
        "He works for Grain Co. Ltd. Morocco in the U.S. Senate.| It is 9 a.m. The doors open."
            .replace("a.m. The", "a.m.| The")
            .as_str(),
    );
    check(
        "en",
        "She sat.| Ministers voted on No. 5 and Art. 12 at Sept. 5.| No.| Five came.",
    );
    check("en", "In 2020.| 20 countries joined, cf. p. 3.");
}

#[test]
fn stops_inside_names_addresses_and_numbers_do_not_count() {
    check(
        "en",
        "See example.com or www.site.org/?Id=5.A for 3.5 p.c. in the U.S.A today.",
    );
    check(
        "en",
        "The CLiKC! Programme and the “Let’s do it!” campaign go on.| Really?| Yes!",
    );
    check("en", "Write to press@body.example.| Thank you.");
    check(
        "en",
        "“We won!” she said.| “We won.” The others agreed."
            .replace("” The", "”| The")
            .as_str(),
    );
}

#[test]
fn glued_sentences_are_parted() {
    check(
        "en",
        "It was founded in 1996.|He joined later.|Ministers agreed (again).|The end.",
    );
    check("ru", "Создан в 1996 году.|Он открыт.");
    check(
        "en",
        "First.\u{a0} Second.\u{a0}| Third line\nwraps."
            .replace("First.\u{a0} ", "First.\u{a0} |")
            .as_str(),
    );
}

#[test]
fn marks_that_close_belong_to_the_sentence_before() {
    check("fr", "« Nous partons. »| Il salue.");
    check(
        "en",
        "It ended.[1]| The next began.| (It was short.)| Good.",
    );
    check("de", "„Das ist gut.“| Der Chor sang.");
}

#[test]
fn every_script_has_its_own_stops() {
    check("zh", "会议开始。|他说：“很好！”|结束了。");
    check("ja", "「よい会議だ。」と述べた。|終わった。");
    check("ar", "بدأ الاجتماع.| هل انتهى؟| نعم.");
    check("ar", "حضر د. أحمد علي.| انتهى.");
    check("hi", "बैठक शुरू हुई।| डॉ. राव बोले।");
    check("th", "การประชุมเริ่มแล้ว และจบแล้ว");
    check("el", "Τι έγινε;| Η συνάντηση τελείωσε.");
    check("ko", "회의가 열렸다.| 끝났다.");
}

#[test]
fn list_marks_stand_with_their_item() {
    check("en", "3. Ministers agreed.| They left.");
    check("en", "(b) Others stayed… and sang.");
}

#[test]
fn hostile_texts_take_no_longer() {
    for piece in [". ", "a.", "! a", "x@y.", "» “", ".\u{a0}", "1. "] {
        sentences("de", &piece.repeat(8_000));
    }
}

proptest! {
    #[test]
    fn sentences_cover_each_block_and_nothing_else(
        text in "([A-Za-zÀ-ÿА-я.!?…。」»\"\\[\\](@:/0-9 \n\u{a0}]|\\PC){0,120}",
        cuts in proptest::collection::vec(0usize..200, 0..4),
        language in prop_oneof![Just("en"), Just("de"), Just("ru"), Just("ja"), Just("ar")],
    ) {
        let mut edges: Vec<usize> = cuts.into_iter().filter(|c| text.is_char_boundary(*c)).collect();
        edges.push(0);
        edges.push(text.len());
        edges.sort_unstable();
        let body: Vec<Block> = edges
            .windows(2)
            .map(|w| Span::new(w[0], w[1]).trim(&text))
            .filter(|s| !s.is_empty())
            .map(|s| block(&text, s))
            .collect();
        let found = parted(&text, &body, table(language), Lexicons::builtin().titles());
        let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for (index, block) in body.iter().enumerate() {
            let inside: Vec<_> = found.iter().filter(|s| s.block == index).collect();
            let mut at = block.span.start;
            let mut joined = String::new();
            for sentence in inside {
                prop_assert!(sentence.span.start >= at && sentence.span.end <= block.span.end);
                prop_assert!(!sentence.span.is_empty());
                at = sentence.span.end;
                joined.push_str(sentence.span.of(&text));
            }
            prop_assert_eq!(bare(&joined), bare(block.span.of(&text)));
        }
    }
}
