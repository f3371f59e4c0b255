//! The explanation for a terminal, or as plain text where there is none.

use std::fmt::Write;
use std::ops::Range;

use super::list::{self, Places};
use super::marks::{self, Mark, Piece};
use super::{Explanation, Standing};
use crate::diagnostic::{Cell, LEAST, Style, cells, hanging, printable, rows};
use crate::model::Basis;

/// Where the explanation is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether it knows colours.
    pub colour: bool,
}

const BOLD: &str = "1";
const DIM: &str = "2";

/// Bytes of words that are underlined to their end; of longer ones, such as a whole paragraph, only where they begin.
const LONG: usize = 160;

impl Screen {
    /// The text with its facts marked, the list of facts, the candidates that lost, the findings.
    pub fn show(self, explanation: &Explanation<'_>) -> String {
        let name = &explanation.source.origin.name;
        let mut out = format!("{}\n\n", self.paint(BOLD, &printable(name)));
        self.text(explanation, &mut out);
        let places = Places::new(explanation);
        self.facts(explanation, &places, &mut out);
        self.rivals(explanation, &places, &mut out);
        for (i, finding) in explanation.findings.iter().enumerate() {
            let gap = if i == 0 { "\n" } else { "" };
            let shown =
                Style::Human.render(name, &explanation.source.text, finding, Some(self.width));
            let _ = write!(out, "{gap}{shown}");
        }
        out
    }

    /// Lines of words, broken at the edge; addresses stay in one piece.
    pub fn wrap(self, text: &str) -> String {
        let line = |line: &str| {
            if line.contains("://") {
                format!("{line}\n")
            } else {
                hanging(0, line, Some(self.width)) + "\n"
            }
        };
        text.lines().map(line).collect()
    }

    /// Words in a colour or weight, where the screen knows them.
    fn paint(self, sgr: &str, words: &str) -> String {
        if self.colour && !words.is_empty() {
            format!("\u{1b}[{sgr}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }

    fn text(self, explanation: &Explanation<'_>, out: &mut String) {
        let text = explanation.source.text.as_str();
        let margin = text.lines().count().max(1).to_string().len();
        let width = self.width.saturating_sub(margin + 3).max(LEAST);
        let mut marked = Marked::new(explanation);
        let mut start = 0;
        for (number, line) in text.split('\n').enumerate() {
            // The text's last line end opens no line.
            if start == text.len() && number > 0 {
                break;
            }
            let cells = cells(line);
            for (nth, row) in rows(&cells, width).into_iter().enumerate() {
                let number = if nth == 0 {
                    (number + 1).to_string()
                } else {
                    String::new()
                };
                let gutter = self.paint(DIM, &format!("{number:>margin$} |"));
                let row = Row {
                    cells: &cells[row.clone()],
                    start,
                    end: start + cells.get(row.end).map_or(line.len(), |cell| cell.at),
                };
                marked.go_to(&row);
                let shown = self.row(&row, &marked);
                let _ = writeln!(out, "{}", format!("{gutter} {shown}").trim_end());
                for below in marks::lines(&marked.marks(&row), width) {
                    let gutter = self.paint(DIM, &format!("{:>margin$} |", ""));
                    let _ = writeln!(out, "{gutter} {}", self.below(explanation, &below));
                }
            }
            start += line.len() + 1;
        }
    }

    /// A row of the text, its facts in their colours.
    fn row(self, row: &Row<'_>, marked: &Marked<'_>) -> String {
        let mut out = String::new();
        let mut drawn: Option<Standing> = None;
        for (cell, range) in row.cells() {
            let standing = self.colour.then(|| marked.standing(&range)).flatten();
            if standing != drawn {
                if drawn.is_some() {
                    out += "\u{1b}[0m";
                }
                if let Some(standing) = standing {
                    let _ = write!(out, "\u{1b}[{}m", standing.colour());
                }
                drawn = standing;
            }
            out += &cell.shown;
        }
        if drawn.is_some() {
            out += "\u{1b}[0m";
        }
        out
    }

    /// A line of underlines and labels.
    fn below(self, explanation: &Explanation<'_>, pieces: &[Piece]) -> String {
        let (mut out, mut column) = (String::new(), 0);
        for piece in pieces {
            out += &" ".repeat(piece.column.saturating_sub(column));
            column = piece.column + piece.words.chars().count();
            let standing = explanation.entries[piece.entry].standing;
            out += &self.paint(standing.colour(), &piece.words);
        }
        out
    }

    fn facts(self, explanation: &Explanation<'_>, places: &Places, out: &mut String) {
        let rows = list::rows(explanation, places);
        let widest = |of: fn(&list::Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let field = widest(|row| row.field.len());
        let standing = widest(|row| row.standing.word().len());
        let _ = writeln!(out, "\n{}", self.paint(BOLD, "Facts"));
        for row in rows {
            let name = format!("{:field$}", row.field);
            let word = format!("{:standing$}", row.standing.word());
            let indent = field + 4;
            let width = Some(self.width);
            let value = hanging(indent, &row.value, width);
            let source = hanging(indent + standing + 1, &row.source, width);
            let colour = row.standing.colour();
            let _ = writeln!(
                out,
                "  {}  {value}\n{:indent$}{} {}",
                self.paint(colour, &name),
                "",
                self.paint(colour, &word),
                self.paint(DIM, &source),
            );
        }
    }

    fn rivals(self, explanation: &Explanation<'_>, places: &Places, out: &mut String) {
        let rivals = list::rivals(explanation, places);
        if rivals.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n{}", self.paint(BOLD, "Not taken"));
        let field = rivals.iter().map(|(field, _)| field.len()).max();
        let field = field.unwrap_or(0);
        for (name, words) in rivals {
            let name = self.paint(DIM, &format!("{name:field$}"));
            let words = hanging(field + 4, &words, Some(self.width));
            let _ = writeln!(out, "  {name}  {words}");
        }
    }
}

impl Standing {
    /// As a number of SGR.
    fn colour(self) -> &'static str {
        match self {
            Self::Fact(Basis::Stated) => "32",
            Self::Fact(Basis::Inferred) => "33",
            Self::Fact(Basis::Configured) => "36",
            Self::Aside => DIM,
        }
    }
}

/// A row of the screen: part of a line of the text.
struct Row<'a> {
    cells: &'a [Cell<'a>],
    /// Where the line starts in the text.
    start: usize,
    /// Where the row ends in the text.
    end: usize,
}

impl<'a> Row<'a> {
    /// Its cells, each with the bytes of the text that it shows.
    fn cells(&self) -> impl Iterator<Item = (&'a Cell<'a>, Range<usize>)> {
        let ends = self.cells.iter().skip(1).map(|cell| self.start + cell.at);
        let ends = ends.chain([self.end]);
        (self.cells.iter().zip(ends)).map(|(cell, end)| (cell, self.start + cell.at..end))
    }

    fn bytes(&self) -> Range<usize> {
        let first = self.cells.first().map_or(0, |cell| cell.at);
        self.start + first..self.end
    }

    /// The columns of the cells that show bytes of a range.
    fn columns(&self, range: &Range<usize>) -> Range<usize> {
        let (mut column, mut found) = (0, None::<Range<usize>>);
        for (cell, bytes) in self.cells() {
            let end = column + cell.width;
            if bytes.start < range.end && range.start < bytes.end {
                found = Some(found.map_or(column, |found| found.start)..end);
            }
            column = end;
        }
        let found = found.unwrap_or(column..column);
        found.start..found.end.max(found.start + 1)
    }
}

/// What is marked in the row that is being shown. Rows are gone through in order.
struct Marked<'e> {
    /// Marked spans, by start: range, index of the entry.
    waiting: std::iter::Peekable<std::vec::IntoIter<(Range<usize>, usize)>>,
    active: Vec<(Range<usize>, usize)>,
    explanation: &'e Explanation<'e>,
}

impl<'e> Marked<'e> {
    fn new(explanation: &'e Explanation<'e>) -> Self {
        let text = &explanation.source.text;
        let mut spans: Vec<_> = (explanation.entries.iter().enumerate())
            .filter_map(|(i, entry)| Some((entry.span?.range(), i)))
            .filter(|(range, _)| {
                text.get(range.clone())
                    .is_some_and(|words| !words.is_empty())
            })
            .collect();
        spans.sort_by_key(|(range, i)| (range.start, *i));
        Self {
            waiting: spans.into_iter().peekable(),
            active: Vec::new(),
            explanation,
        }
    }

    fn go_to(&mut self, row: &Row<'_>) {
        let bytes = row.bytes();
        self.active.retain(|(range, _)| range.end > bytes.start);
        while let Some(next) = self.waiting.next_if(|(range, _)| range.start < bytes.end) {
            self.active.push(next);
        }
    }

    /// What the shortest mark over some bytes says of them.
    fn standing(&self, bytes: &Range<usize>) -> Option<Standing> {
        let over = |range: &Range<usize>| range.start < bytes.end && bytes.start < range.end;
        let marks = self.active.iter().filter(|(range, _)| over(range));
        let shortest = marks.min_by_key(|(range, _)| range.len());
        shortest.map(|(_, i)| self.explanation.entries[*i].standing)
    }

    fn marks(&self, row: &Row<'_>) -> Vec<Mark> {
        let bytes = row.bytes();
        (self.active.iter())
            .filter(|(range, _)| range.start < bytes.end && bytes.start < range.end)
            .filter(|(range, _)| bytes.contains(&range.start) || range.len() <= LONG)
            .map(|(range, i)| {
                let entry = &self.explanation.entries[*i];
                let begins = bytes.contains(&range.start);
                let goes_on = if range.len() > LONG { " …" } else { "" };
                Mark {
                    columns: row.columns(range),
                    label: if begins {
                        format!("{}{goes_on}", entry.field)
                    } else {
                        String::new()
                    },
                    sign: entry.standing.sign(),
                    entry: *i,
                }
            })
            .collect()
    }
}
