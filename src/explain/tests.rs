use super::*;
use crate::model::{Date, Fact, Notice, NoticeKind};
use crate::read::Rival;

const TEXT: &str = "Home | News\nHarbour light relit after two years of repair\n\n14 September 2026\n\n\
    The harbour light was relit on 12 September 2026. Ships can rely on it again.\n";

const PLAIN: Screen = Screen {
    width: 80,
    colour: false,
};

fn span(text: &str, words: &str) -> Span {
    let at = text.find(words).expect("the words stand in the text");
    Span::new(at, at + words.len())
}

/// What is shown of a text with these words as headline, date and furniture; a date inside the text is a rival.
fn shown(text: &str, headline: &str, date: &str, aside: &str, screen: Screen) -> String {
    let source = Source::from_text("light".into(), "light.txt".into(), text.into());
    let text = source.text.as_str();
    let stated = |words: &str, rule| Fact::stated(words.to_owned(), span(text, words), rule);
    let release = Release {
        headline: Some(stated(headline, "headline.line")),
        published: Some(
            stated(date, "date.day-month-year.en")
                .map(|_| Date::parse("2026-09-14").expect("a day")),
        ),
        summary: Some(Fact::inferred(
            String::from("Ships can rely on it again."),
            text.find("Ships")
                .map(|at| Span::new(at, text.trim_end().len())),
            "summary.first-paragraph",
        )),
        notices: vec![Notice {
            kind: NoticeKind::Navigation,
            language: None,
            text: aside.to_owned(),
            span: span(text, aside),
        }],
        ..Release::default()
    };
    let rival = text.find("12 September 2026").map(|at| Rival {
        field: "published",
        span: Span::new(at, at + 17),
        reason: "stands in running text",
    });
    let reading = Reading {
        release,
        diagnostics: Vec::new(),
        rivals: rival.into_iter().collect(),
    };
    screen.show(&Explanation::new(&source, &reading))
}

fn light(screen: Screen) -> String {
    let headline = "Harbour light relit after two years of repair";
    shown(TEXT, headline, "14 September 2026", "Home | News", screen)
}

#[test]
fn facts_are_marked_and_listed_with_their_rivals() {
    let shown = light(PLAIN);
    for part in [
        "1 | Home | News\n  | ........... notices.0\n",
        "2 | Harbour light relit after two years of repair\n  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ headline\n",
        "4 | 14 September 2026\n  | ^^^^^^^^^^^^^^^^^ published\n",
        "  headline   Harbour light relit after two years of repair\n             stated    headline.line at 2:1\n",
        "  published  2026-09-14\n             stated    date.day-month-year.en at 4:1\n",
        "Not taken\n  published  `12 September 2026` at 6:32 stands in running text\n",
    ] {
        assert!(shown.contains(part), "no {part} in:\n{shown}");
    }
}

#[test]
fn marks_stand_below_wide_and_combined_words() {
    let text = "主页\n港务局 A\u{304}\u{304} 会议召开\n\n2026年9月14日\n";
    let shown = shown(text, "会议召开", "2026年9月14日", "主页", PLAIN);
    for part in [
        "1 | 主页\n  | .... notices.0\n",
        "2 | 港务局 Ā\u{304} 会议召开\n  |          ^^^^^^^^ headline\n",
        "4 | 2026年9月14日\n  | ^^^^^^^^^^^^^ published\n",
    ] {
        assert!(shown.contains(part), "no {part} in:\n{shown}");
    }
}

#[test]
fn long_lines_are_wrapped_and_their_marks_go_on() {
    let narrow = Screen { width: 40, ..PLAIN };
    let shown = light(narrow);
    let text = shown.split("\nFacts\n").next().unwrap_or_default();
    assert!(
        text.lines().all(|line| line.chars().count() <= 40),
        "{text}"
    );
    assert!(
        text.contains("2 | Harbour light relit after two years"),
        "{text}"
    );
    assert!(text.contains("repair\n  | ^^^"), "{text}");
}

#[test]
fn colours_are_drawn_only_where_they_are_known() {
    assert!(!light(PLAIN).contains('\u{1b}'));
    let coloured = light(Screen {
        colour: true,
        ..PLAIN
    });
    let date = "\u{1b}[32m14 September 2026\u{1b}[0m\n";
    assert!(coloured.contains(date), "{coloured}");
}

/// A reading of [`TEXT`] with a headline, furniture, a fact inside another and a candidate that lost.
fn reading(source: &Source) -> Reading {
    let text = source.text.as_str();
    let stated = |words: &str, rule| Fact::stated(words.to_owned(), span(text, words), rule);
    Reading {
        release: Release {
            headline: Some(stated(
                "Harbour light relit after two years of repair",
                "headline.line",
            )),
            subtitle: Some(stated("two years", "test")),
            summary: Some(Fact::configured(
                "A <b>summary</b> & more".into(),
                "sidecar",
            )),
            notices: vec![Notice {
                kind: NoticeKind::Navigation,
                language: None,
                text: "Home | News".into(),
                span: span(text, "Home | News"),
            }],
            ..Release::default()
        },
        diagnostics: vec![
            Diagnostic::new(crate::diagnostic::Code::NoDate, "no date").hint("say <when>"),
        ],
        rivals: vec![Rival {
            field: "headline",
            span: span(text, "Ships can rely on it again."),
            reason: "stands in running text",
        }],
    }
}

#[test]
fn a_page_holds_the_text_and_links_every_mark_to_what_was_read_and_back() {
    use scraper::{Html, Selector};
    let source = Source::from_text("light".into(), "light.txt".into(), TEXT.into());
    let reading = reading(&source);
    let page = page(&Explanation::new(&source, &reading));
    let html = Html::parse_document(&page);
    assert!(html.errors.is_empty(), "{:?}", html.errors);
    let select = |selector: &str| Selector::parse(selector).expect("a selector");
    let ids: Vec<_> = (html.select(&select("[id]")))
        .filter_map(|element| element.value().attr("id"))
        .collect();
    let different: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "{ids:?}");
    for link in html.select(&select("a")) {
        let to = link.value().attr("href").unwrap_or_default();
        assert!(ids.contains(&to.trim_start_matches('#')), "{to}");
    }
    let labels: Vec<_> = (html.select(&select(".label")))
        .map(|label| label.text().collect::<String>())
        .collect();
    assert_eq!(
        labels,
        ["notices.0", "headline", "subtitle", "not headline"]
    );
    // Without its labels the text reads as it is.
    let in_text = select(".source li > div");
    let lines = html.select(&in_text).map(|line| {
        let pieces = line.children().filter_map(|child| match child.value() {
            scraper::Node::Text(words) => Some(words.to_string()),
            scraper::Node::Element(element) if element.name() == "span" => {
                Some(scraper::ElementRef::wrap(child)?.text().collect())
            }
            _ => None,
        });
        pieces.collect::<String>()
    });
    assert_eq!(
        lines.collect::<Vec<_>>(),
        source.text.lines().collect::<Vec<_>>()
    );
    let rival = html.select(&select("#fact-1 #rival-1 q")).next();
    let rival = rival.expect("a rival below the fact that won");
    assert_eq!(
        rival.text().collect::<String>(),
        "Ships can rely on it again."
    );
    for said in [
        "A &lt;b&gt;summary&lt;&#x2f;b&gt; &amp; more",
        "say &lt;when&gt;",
        "configured",
        "sidecar",
    ] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    assert!(
        !page.contains("<script") && !page.contains("http"),
        "{page}"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_can_be_shown(text in "(.|\n){1,200}", a in 0_usize..200, b in 0_usize..200, width in 0_usize..120) {
        let source = Source::from_text("a".into(), "a.txt".into(), text);
        let edge = |at: usize| (0..=at.min(source.text.len())).rev().find(|at| source.text.is_char_boundary(*at)).unwrap_or(0);
        let words = Span::new(edge(a.min(b)), edge(a.max(b)));
        let release = Release {
            headline: Some(Fact::stated(words.of(&source.text).to_owned(), words, "headline.line")),
            ..Release::default()
        };
        let reading = Reading { release, diagnostics: Vec::new(), rivals: Vec::new() };
        let colour = width % 2 == 0;
        let shown = Screen { width, colour }.show(&Explanation::new(&source, &reading));
        let escaped = shown.contains('\u{1b}');
        proptest::prop_assert!(colour || !escaped);
        proptest::prop_assert!(page(&Explanation::new(&source, &reading)).ends_with("</html>"));
    }
}
