//! What a command tells the operator: findings and messages on standard error, progress on a terminal.

use std::error::Error;
use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::Failure;
use crate::diagnostic::{COLUMNS, Diagnostic, Style, hanging};

/// Form of what stands on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Human,
    /// One JSON object on a line, with `severity` and `message` always.
    Json,
}

/// Whether what is written there is seen in colours; <https://no-color.org> is honoured.
pub(super) fn knows_colours(out: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    out.is_terminal() && !dumb && !set("NO_COLOR")
}

/// Columns of the screen that is written to; `None`: it is a file, or another program.
pub(super) fn columns(out: &impl IsTerminal) -> Option<usize> {
    let size = out
        .is_terminal()
        .then(terminal_size::terminal_size)
        .flatten();
    size.map(|(width, _)| COLUMNS.min(width.0.into()))
}

/// The operator's end of a command.
#[derive(Debug, Clone, Copy, Default)]
pub struct Console {
    /// Form of messages.
    pub format: LogFormat,
    /// Tell also what went well.
    pub verbose: bool,
    /// Tell failures only.
    pub quiet: bool,
}

impl Console {
    /// Whether a person looks on.
    pub(super) fn is_attended(self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Tells what went well: on a terminal, or where it was asked for.
    pub fn done(self, message: &str) {
        if !self.quiet && self.verbose || self.is_attended() {
            self.line("info", message, None);
        }
    }

    /// Tells details, where they were asked for.
    pub fn detail(self, message: &str) {
        if self.verbose && !self.quiet {
            self.line("info", message, None);
        }
    }

    /// Tells what a person should look at.
    pub fn warn(self, message: &str) {
        if !self.quiet {
            self.line("warning", message, None);
        }
    }

    /// Shows a finding about an input with this text.
    pub fn finding(self, name: &str, text: &str, finding: &Diagnostic) {
        if !self.quiet {
            let screen = columns(&std::io::stderr());
            self.put(&self.style().render(name, text, finding, screen));
        }
    }

    /// Tells why the command ends, with all causes.
    pub fn failure(self, failure: &Failure) {
        let mut message = failure.to_string();
        let mut cause = failure.source();
        while let Some(error) = cause {
            message = format!("{message}: {error}");
            cause = error.source();
        }
        self.line("error", &message, failure.hint());
    }

    /// A bar over `total` steps; not to be seen where nobody looks.
    pub fn progress(self, total: usize) -> ProgressBar {
        let seen = self.is_attended() && self.format == LogFormat::Human && total > 0;
        if !seen {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        // A template that cannot be read would be a mistake in this line; the plain bar then serves.
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {msg}") {
            bar.set_style(style);
        }
        bar
    }

    fn style(self) -> Style {
        match self.format {
            LogFormat::Human if knows_colours(&std::io::stderr()) => Style::Coloured,
            LogFormat::Human => Style::Human,
            LogFormat::Json => Style::Json,
        }
    }

    fn line(self, level: &str, message: &str, hint: Option<&str>) {
        match self.format {
            LogFormat::Human => {
                let label = match level {
                    "info" => String::new(),
                    _ => format!("{level}: "),
                };
                let screen = columns(&std::io::stderr());
                // Each line by itself: some messages are laid out in several.
                let lines = message.split('\n');
                let lines: Vec<_> = lines
                    .map(|line| hanging(label.len(), line, screen))
                    .collect();
                let message = lines.join("\n");
                let head = "  = help: ";
                let help =
                    hint.map(|hint| format!("{head}{}\n", hanging(head.len(), hint, screen)));
                self.put(&format!("{label}{message}\n{}", help.unwrap_or_default()));
            }
            LogFormat::Json => {
                let line = json!({"severity": level, "message": message, "hint": hint});
                self.put(&format!("{line}\n"));
            }
        }
    }

    #[expect(
        clippy::unused_self,
        reason = "the one place that writes to standard error"
    )]
    fn put(self, text: &str) {
        // Where standard error is closed there is nobody to tell.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}
