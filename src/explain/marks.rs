//! Underlines with their labels below a row of text: no two touch, and each is as near to its words as there is room.

use std::ops::Range;

/// An underline below a row of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Columns that it covers.
    pub(super) columns: Range<usize>,
    /// What stands beside it; nothing where the underline goes on from the row before.
    pub(super) label: String,
    /// What it is drawn with.
    pub(super) sign: char,
    /// Which of the marked things it belongs to.
    pub(super) entry: usize,
}

/// A piece of a line below the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) column: usize,
    pub(super) words: String,
    pub(super) entry: usize,
}

impl Piece {
    fn columns(&self) -> Range<usize> {
        self.column..self.column + self.words.chars().count()
    }
}

/// The lines below a row of text that is `width` columns wide.
pub(super) fn lines(marks: &[Mark], width: usize) -> Vec<Vec<Piece>> {
    let mut marks: Vec<&Mark> = marks.iter().collect();
    marks.sort_by_key(|mark| (mark.columns.start, std::cmp::Reverse(mark.columns.end)));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for mark in marks {
        let shapes = shapes(mark, width);
        let fits = |at: usize, shape: &[Vec<Piece>]| {
            (shape.iter().enumerate()).all(|(down, pieces)| {
                lines
                    .get(at + down)
                    .is_none_or(|line| is_free(line, pieces))
            })
        };
        let place = (0..=lines.len()).find_map(|at| {
            let shape = shapes.iter().find(|shape| fits(at, shape))?;
            Some((at, shape))
        });
        // Below all lines there is always room.
        let Some((at, shape)) = place else { continue };
        for (down, pieces) in shape.iter().enumerate() {
            if lines.len() <= at + down {
                lines.push(Vec::new());
            }
            lines[at + down].extend(pieces.iter().cloned());
        }
    }
    for line in &mut lines {
        line.sort_by_key(|piece| piece.column);
    }
    lines
}

/// Ways to draw a mark, best first, each as one or two lines: label behind it, before it, below it.
fn shapes(mark: &Mark, width: usize) -> Vec<Vec<Vec<Piece>>> {
    let Range { start, end } = mark.columns.clone();
    let drawn = mark.sign.to_string().repeat(end - start);
    let piece = |column: usize, words: String| Piece {
        column,
        words,
        entry: mark.entry,
    };
    let (label, room) = (&mark.label, mark.label.chars().count() + 1);
    if label.is_empty() {
        return vec![vec![vec![piece(start, drawn)]]];
    }
    let mut shapes = Vec::new();
    if end + room <= width {
        shapes.push(vec![vec![piece(start, format!("{drawn} {label}"))]]);
    }
    if room <= start {
        shapes.push(vec![vec![piece(start - room, format!("{label} {drawn}"))]]);
    }
    let below = start.min(width.saturating_sub(room - 1));
    shapes.push(vec![
        vec![piece(start, drawn)],
        vec![piece(below, label.clone())],
    ]);
    shapes
}

/// Whether pieces can join a line with two columns between them and the others.
fn is_free(line: &[Piece], pieces: &[Piece]) -> bool {
    const APART: usize = 2;
    pieces.iter().all(|piece| {
        let new = piece.columns();
        line.iter().all(|other| {
            let old = other.columns();
            new.end + APART <= old.start || old.end + APART <= new.start
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(marks: &[(Range<usize>, &str)], width: usize) -> Vec<String> {
        let marks: Vec<_> = (marks.iter().enumerate())
            .map(|(entry, (columns, label))| Mark {
                columns: columns.clone(),
                label: (*label).to_owned(),
                sign: '^',
                entry,
            })
            .collect();
        (lines(&marks, width).iter())
            .map(|line| {
                line.iter().fold(String::new(), |mut out, piece| {
                    out += &" ".repeat(piece.column - out.chars().count());
                    out + &piece.words
                })
            })
            .collect()
    }

    #[test]
    fn labels_stand_beside_their_underlines() {
        assert_eq!(drawn(&[(0..4, "date")], 40), ["^^^^ date"]);
        assert_eq!(
            drawn(&[(0..4, "date"), (11..13, "place")], 40),
            ["^^^^ date  ^^ place"]
        );
    }

    #[test]
    fn what_would_touch_goes_below() {
        assert_eq!(
            drawn(&[(0..20, "headline"), (4..8, "place")], 40),
            ["^^^^^^^^^^^^^^^^^^^^ headline", "    ^^^^ place"]
        );
    }

    #[test]
    fn where_the_row_ends_the_label_goes_before_or_below() {
        assert_eq!(drawn(&[(12..20, "date")], 20), ["       date ^^^^^^^^"]);
        assert_eq!(
            drawn(&[(2..20, "date")], 20),
            ["  ^^^^^^^^^^^^^^^^^^", "  date"]
        );
    }
}
