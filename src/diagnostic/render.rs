//! Findings as people, programs and code hosts read them.

use std::fmt::Write;

use serde::Serialize;

use super::terminal::{LEAST, cells, hanging, printable};
use super::{Diagnostic, Severity, sarif};
use crate::source::{Position, Span};

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// For people: the line of the text, the words underlined, what to do.
    #[default]
    Human,
    /// The same in colours, for a terminal that knows them.
    Coloured,
    /// One JSON object on a line.
    Json,
    /// A workflow command of GitHub Actions, which puts the finding beside the line in a review.
    Github,
    /// SARIF 2.1.0: one result; together with what stands before, between and after them one document.
    Sarif,
}

impl Style {
    /// What stands before the first finding.
    pub fn opening(self) -> String {
        match self {
            Self::Sarif => sarif::opening(),
            _ => String::new(),
        }
    }

    /// What stands between two findings.
    pub fn separator(self) -> &'static str {
        match self {
            Self::Sarif => sarif::SEPARATOR,
            _ => "",
        }
    }

    /// What stands after the last finding.
    pub fn closing(self) -> &'static str {
        match self {
            Self::Sarif => sarif::CLOSING,
            _ => "",
        }
    }

    /// Shows a finding about the input called `name`, whose text is `text` (empty where it could not be read). Ends
    /// with a line end where findings stand on lines of their own. For people words are broken at the columns of the
    /// `screen`; where there is none they stay in one line, and lines of the text are cut alike everywhere. Of what
    /// strangers wrote nothing can act on a terminal or break out of the format.
    pub fn render(
        self,
        name: &str,
        text: &str,
        finding: &Diagnostic,
        screen: Option<usize>,
    ) -> String {
        let span = finding.span.filter(|span| text.get(span.range()).is_some());
        match self {
            Self::Human => human(name, text, finding, span, screen, str::to_owned),
            Self::Coloured => {
                let colour = match finding.code.severity() {
                    Severity::Note => "36",
                    Severity::Warning => "33",
                    Severity::Error => "31",
                };
                let paint = |words: &str| format!("\u{1b}[1;{colour}m{words}\u{1b}[0m");
                human(name, text, finding, span, screen, paint)
            }
            Self::Json => json(name, text, finding, span),
            Self::Github => github(name, text, finding, span),
            Self::Sarif => sarif::result(name, text, finding, span),
        }
    }
}

/// In the manner of rustc; `paint` gives severity and underline their colour.
fn human(
    name: &str,
    text: &str,
    finding: &Diagnostic,
    span: Option<Span>,
    screen: Option<usize>,
    paint: impl Fn(&str) -> String,
) -> String {
    let severity = finding.code.severity().word();
    let head = format!("{severity}[{}]", finding.code.number());
    let message = hanging(head.len() + 2, &finding.message, screen);
    let mut out = format!("{}: {message}\n", paint(&head));
    let name = printable(name);
    let mut margin = String::from(" ");
    match span {
        Some(span) => {
            let Position { line, column } = Position::of(text, span.range().start);
            let number = line.to_string();
            margin = " ".repeat(number.len());
            let columns = screen.unwrap_or(COLUMNS).saturating_sub(number.len() + 3);
            let Excerpt {
                shown,
                indent,
                width,
            } = excerpt(text, span, columns.max(LEAST));
            let (indent, carets) = (" ".repeat(indent), paint(&"^".repeat(width)));
            let _ = write!(
                out,
                "{margin}--> {name}:{line}:{column}\n{margin} |\n{number} | {shown}\n{margin} | {indent}{carets}\n",
            );
        }
        None => {
            let _ = writeln!(out, "{margin}--> {name}");
        }
    }
    if let Some(hint) = &finding.hint {
        let head = format!("{margin} = help: ");
        let _ = writeln!(out, "{head}{}", hanging(head.len(), hint, screen));
    }
    out
}

/// Columns of output that goes into a file or to another program: the same bytes everywhere. No screen is taken for wider.
pub const COLUMNS: usize = 100;

/// A line of the text, cut around a span.
struct Excerpt {
    shown: String,
    /// Columns before the words.
    indent: usize,
    /// Columns of the words, at least 1.
    width: usize,
}

/// The line that a span starts in, in at most so many columns. A span of several lines is shown up to the end of its first.
fn excerpt(text: &str, span: Span, columns: usize) -> Excerpt {
    let range = span.range();
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.start..]
        .find('\n')
        .map_or(text.len(), |at| range.start + at);
    let cells = cells(&text[start..end]);
    let (from, to) = (
        range.start - start,
        (range.end - start).max(range.start - start + 1),
    );
    let meant = |at: usize, next: usize| at < to && from < next;
    let next = |i: usize| cells.get(i + 1).map_or(end - start, |cell| cell.at);
    // Step back from the words as far as there is room, unless the line fits.
    let whole: usize = cells.iter().map(|cell| cell.width).sum();
    let first_meant = (0..cells.len())
        .find(|i| meant(cells[*i].at, next(*i)))
        .unwrap_or(cells.len());
    let (mut first, mut room) = (0, columns);
    if whole > columns {
        // The last column is for the mark of what is left out; a third is for what comes before.
        let mut before = columns / 3;
        first = first_meant;
        while first > 0 && cells[first - 1].width <= before {
            before -= cells[first - 1].width;
            first -= 1;
        }
        room = columns - 1;
    }
    let mut shown = String::new();
    let (mut indent, mut width, mut used) = (0, 0, 0);
    if first > 0 {
        shown.push('…');
        (indent, used) = (1, 1);
    }
    for (i, cell) in cells.iter().enumerate().skip(first) {
        if used + cell.width > room {
            shown.push('…');
            break;
        }
        shown.push_str(&cell.shown);
        used += cell.width;
        if i < first_meant {
            indent += cell.width;
        } else if meant(cell.at, next(i)) {
            width += cell.width;
        }
    }
    shown.truncate(shown.trim_end().len());
    Excerpt {
        shown,
        indent,
        width: width.max(1),
    }
}

fn json(name: &str, text: &str, finding: &Diagnostic, span: Option<Span>) -> String {
    #[derive(Serialize)]
    struct Object<'a> {
        file: &'a str,
        line: Option<usize>,
        column: Option<usize>,
        number: &'static str,
        #[serde(flatten)]
        finding: &'a Diagnostic,
    }
    let position = span.map(|span| Position::of(text, span.range().start));
    let object = Object {
        file: name,
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        number: finding.code.number(),
        finding,
    };
    // Strings and numbers always have a JSON form.
    serde_json::to_string(&object).expect("a finding is plain data") + "\n"
}

/// `::warning file=…,line=…::message`, see "Workflow commands for GitHub Actions".
fn github(name: &str, text: &str, finding: &Diagnostic, span: Option<Span>) -> String {
    let command = match finding.code.severity() {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let mut out = format!("::{command} file={}", property(name));
    if let Some(span) = span {
        let start = Position::of(text, span.range().start);
        let end = Position::of(text, span.range().end);
        let _ = write!(out, ",line={},endLine={}", start.line, end.line);
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        }
    }
    let title = format!("{} {}", finding.code.number(), finding.code.name());
    let mut message = finding.message.clone();
    if let Some(hint) = &finding.hint {
        message = format!("{message}\nhelp: {hint}");
    }
    let _ = writeln!(out, ",title={}::{}", property(&title), data(&message));
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::diagnostic::Code;

    fn finding(text: &str, words: &str) -> Diagnostic {
        let at = text.find(words).expect("the words stand in the text");
        Diagnostic::new(Code::WeekdayMismatch, format!("no such day: `{words}`"))
            .at(Span::new(at, at + words.len()))
    }

    fn shown(text: &str, words: &str) -> String {
        Style::Human.render("in/a.txt", text, &finding(text, words), None)
    }

    #[test]
    fn people_see_the_line_and_the_words_underlined() {
        let text = "Title\n\nOn Monday, 3 May\n";
        let finding = finding(text, "Monday").hint("ask the author");
        assert_eq!(
            Style::Human.render("in/a.txt", text, &finding, None),
            "warning[D107]: no such day: `Monday`\n --> in/a.txt:3:4\n  |\n3 | On Monday, 3 May\n  |    ^^^^^^\n  = help: ask the author\n"
        );
        let placeless = Diagnostic::new(Code::Unreadable, "cannot be read");
        assert_eq!(
            Style::Human.render("in/a.txt", "", &placeless, None),
            "error[D001]: cannot be read\n --> in/a.txt\n"
        );
    }

    #[test]
    fn a_terminal_sees_severity_and_underline_in_colour() {
        let text = "On Monday ^, 3 May\n";
        let finding = finding(text, "Monday").hint("ask");
        let shown = Style::Coloured.render("a.txt", text, &finding, None);
        let lines: Vec<_> = shown.lines().collect();
        assert!(
            lines[0].starts_with("\u{1b}[1;33mwarning[D107]\u{1b}[0m: "),
            "{shown}"
        );
        assert_eq!(lines[3], "1 | On Monday ^, 3 May");
        assert_eq!(lines[4], "  |    \u{1b}[1;33m^^^^^^\u{1b}[0m");
        let plain = shown.replace("\u{1b}[1;33m", "").replace("\u{1b}[0m", "");
        assert_eq!(plain, Style::Human.render("a.txt", text, &finding, None));
    }

    #[test]
    fn carets_stand_below_wide_combined_and_tabbed_words() {
        for (text, words, line) in [
            ("東京 Monday", "Monday", "  |      ^^^^^^"),
            ("東京 Monday", "京", "  |   ^^"),
            ("x\u{304}\u{304} Monday", "Monday", "  |   ^^^^^^"),
            ("a\tMonday", "Monday", "  |     ^^^^^^"),
        ] {
            assert_eq!(shown(text, words).lines().last(), Some(line), "{text}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_words() {
        let text = format!("{}Monday{}", "before ".repeat(50), " after".repeat(50));
        let lines: Vec<_> = shown(&text, "Monday").lines().map(str::to_owned).collect();
        let (line, carets) = (&lines[3], &lines[4]);
        assert!(line.starts_with("1 | …") && line.ends_with('…'));
        let column = |text: &str, what: &str| text.find(what).map(|at| text[..at].chars().count());
        assert_eq!(column(line, "Monday"), column(carets, "^^^^^^"));
        assert_eq!(line.chars().count(), COLUMNS);
    }

    /// Columns of the widest line, but for the place, which stays in one piece for programs that open it.
    fn widest(shown: &str) -> usize {
        let lines = shown.lines().filter(|line| !line.contains("--> "));
        lines.map(UnicodeWidthStr::width).max().unwrap_or(0)
    }

    #[test]
    fn nothing_runs_past_the_edge_of_a_screen() {
        let narrow = format!("{}Monday{}", "before ".repeat(50), " after".repeat(50));
        let wide = format!(
            "{}月曜日{}",
            "東京の港は新しい".repeat(20),
            "船が着く。".repeat(30)
        );
        for (text, words, breaks) in [(&narrow, "Monday", 9), (&wide, "月曜日", 10)] {
            let finding = finding(text, words).hint(format!("{text} ") + &"港 ".repeat(40));
            for screen in [60, 100] {
                let shown = Style::Human.render("in/a.txt", text, &finding, Some(screen));
                let widest = widest(&shown);
                assert!(
                    (screen - 7..=screen).contains(&widest),
                    "{widest} of {screen} columns:\n{shown}"
                );
                let carets = shown.lines().find(|line| line.contains("^^^^^^"));
                let marked = carets.map(|line| line.find('^').unwrap_or(0));
                let line = shown.lines().find(|line| line.starts_with("1 | "));
                let line = line.expect("the line of the text");
                let before = &line[..line.find(words).expect("the words are shown")];
                assert_eq!(marked, Some(before.width()), "{shown}");
                assert!(shown.lines().count() > breaks, "{shown}");
                let coloured = Style::Coloured.render("in/a.txt", text, &finding, Some(screen));
                let plain = coloured.replace("\u{1b}[1;33m", "");
                assert_eq!(plain.replace("\u{1b}[0m", ""), shown);
            }
        }
        let hint = "very ".repeat(60);
        let finding = finding(&narrow, "Monday").hint(hint.as_str());
        let filed = Style::Human.render("a.txt", &narrow, &finding, None);
        assert!(filed.contains(&hint), "a file has no edge: {filed}");
    }

    #[test]
    fn spans_over_lines_and_at_the_end_are_shown() {
        let text = "one two\nthree";
        let over = Diagnostic::new(Code::Repaired, "x").at(Span::new(4, 10));
        assert!(
            Style::Human
                .render("a", text, &over, None)
                .ends_with("1 | one two\n  |     ^^^\n")
        );
        let end = Diagnostic::new(Code::Repaired, "x").at(Span::new(13, 13));
        assert!(
            Style::Human
                .render("a", text, &end, None)
                .ends_with("2 | three\n  |      ^\n")
        );
        let outside = Diagnostic::new(Code::Repaired, "x").at(Span::new(20, 30));
        assert!(
            Style::Human
                .render("a", text, &outside, None)
                .ends_with(" --> a\n")
        );
    }

    #[test]
    fn nothing_a_stranger_wrote_reaches_the_terminal_as_a_command() {
        let finding = Diagnostic::new(Code::UnsafeName, "found `\u{1b}[2J`").hint("\u{202e}");
        let out = Style::Human.render("a\u{1b}]0;x\u{7}\n.txt", "", &finding, None);
        assert!(
            out.lines().count() == 3 && !out.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{out}"
        );
    }

    #[test]
    fn programs_get_json_and_github_gets_annotations() {
        let text = "Title\nOn Monday";
        let finding = finding(text, "Monday").hint("50% sure\nor not");
        let json: serde_json::Value =
            serde_json::from_str(&Style::Json.render("a.txt", text, &finding, None)).expect("JSON");
        assert_eq!(json["file"], "a.txt");
        assert_eq!((&json["line"], &json["column"]), (&2.into(), &4.into()));
        assert_eq!(
            (&json["code"], &json["number"]),
            (&"weekday-mismatch".into(), &"D107".into())
        );
        assert_eq!(
            Style::Github.render("a,b.txt", text, &finding, None),
            "::warning file=a%2Cb.txt,line=2,endLine=2,col=4,endColumn=10,title=D107 weekday-mismatch::no such day: `Monday`%0Ahelp: 50%25 sure%0Aor not\n"
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_text_and_span_can_be_shown(text in ".{0,200}", a in 0_usize..220, b in 0_usize..220) {
            let finding = Diagnostic::new(Code::Repaired, text.clone()).at(Span::new(a.min(b), a.max(b)));
            for style in [Style::Human, Style::Coloured, Style::Json, Style::Github] {
                proptest::prop_assert!(style.render(&text, &text, &finding, None).ends_with('\n'));
            }
        }
    }
}
