//! Every command and flag.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, FixedOffset, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    Console, Exit, Failure, LogFormat, build, check, explain, extract, init, restore, verify,
    withdraw,
};
use crate::diagnostic::Style;

const EXIT_CODES: &str = "\
Exit codes:
  0   done
  1   done, but some inputs were held back or rejected, or a check failed
  2   wrong usage or settings; nothing was touched
  74  output could not be written; what was there is intact, the next run repairs
  75  another run holds the lock; try again later";

/// Reads the texts of press releases and publishes them as schema.org JSON-LD, RSS, NewsML-G2 and pages.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, after_help = EXIT_CODES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    /// Settings file [default: dateline.toml in the current folder]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Run as if it were this time (RFC 3339), so that a run can be repeated to the byte
    #[arg(long, global = true, value_name = "TIME", value_parser = DateTime::parse_from_rfc3339)]
    now: Option<DateTime<FixedOffset>>,
    /// Tell also what went well, and every finding
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Tell only why the run failed
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Form of messages on standard error
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    log_format: LogChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read all inputs and publish what is new (the default)
    Build,
    /// Read inputs, write nothing, print what a person should see
    Check {
        /// Files to check [default: all inputs]
        files: Vec<PathBuf>,
        /// Form of findings on standard output
        #[arg(long, value_enum, default_value_t)]
        format: StyleChoice,
        /// Fail on warnings, too
        #[arg(long)]
        strict: bool,
        /// Leave out the findings that this file counts; a file with more of a code tells all of them
        #[arg(long, value_name = "FILE")]
        baseline: Option<PathBuf>,
        /// Write what is found now to the baseline
        #[arg(long, requires = "baseline", conflicts_with = "files")]
        write_baseline: bool,
    },
    /// Show what was read of a text and from which words, or what a code means
    Explain {
        /// Files, or codes of findings such as D104
        #[arg(required = true, value_name = "FILE|CODE")]
        subjects: Vec<PathBuf>,
        /// One file as a page for a browser, on standard output
        #[arg(long)]
        html: bool,
    },
    /// Print one JSON record a line
    Extract {
        /// Files to read, or - for lines of {"name": …, "text": …} on standard input [default: all inputs]
        files: Vec<PathBuf>,
    },
    /// Make every document again from the archive alone
    Restore,
    /// Take a published release back, or put it back
    Withdraw {
        /// The release: its text's path below the input folder, without the extension
        id: String,
        /// Why, in your words: shown on its page
        #[arg(long)]
        note: Option<String>,
        /// Put it back as it was
        #[arg(long)]
        undo: bool,
    },
    /// Check that the output is what was published: files, hashes, form, links, archive
    Verify,
    /// Write a commented settings file to start from
    Init,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum LogChoice {
    #[default]
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum StyleChoice {
    #[default]
    Human,
    Json,
    Github,
    Sarif,
}

/// Runs the program with the given arguments at the given time.
pub fn run(arguments: impl IntoIterator<Item = OsString>, now: DateTime<Utc>) -> ExitCode {
    let Arguments { command, common } = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(answer) => {
            // Help and version are answers, and no usage error; a reader that is gone needs neither.
            let _ = answer.print();
            let exit = if answer.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            return exit.code().into();
        }
    };
    let console = Console {
        format: match common.log_format {
            LogChoice::Human => LogFormat::Human,
            LogChoice::Json => LogFormat::Json,
        },
        verbose: common.verbose,
        quiet: common.quiet,
    };
    let now = common.now.map_or(now, |given| given.to_utc());
    let config = common.config.as_deref();
    let result: Result<Exit, Failure> = match command.unwrap_or(Command::Build) {
        Command::Build => build::run(config, console, now),
        Command::Check {
            files,
            format,
            strict,
            baseline,
            write_baseline,
        } => {
            let options = check::Options {
                style: format.into(),
                strict,
                baseline,
                write_baseline,
            };
            check::run(config, &files, &options, console, now)
        }
        Command::Explain { subjects, html } => explain::run(config, &subjects, html, console, now),
        Command::Extract { files } => extract::run(config, &files),
        Command::Restore => restore::run(config, console, now),
        Command::Withdraw { id, note, undo } => {
            withdraw::run(config, &id, note, undo, console, now)
        }
        Command::Verify => verify::run(config, console),
        Command::Init => init::run(config, console),
    };
    let exit = result.unwrap_or_else(|failure| {
        if failure.exit() != Exit::Done {
            console.failure(&failure);
        }
        failure.exit()
    });
    exit.code().into()
}

impl From<StyleChoice> for Style {
    fn from(choice: StyleChoice) -> Self {
        match choice {
            StyleChoice::Human => Self::Human,
            StyleChoice::Json => Self::Json,
            StyleChoice::Github => Self::Github,
            StyleChoice::Sarif => Self::Sarif,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound_and_help_names_every_exit_code() {
        let mut command = Arguments::command();
        command.clone().debug_assert();
        let help = command.render_long_help().to_string();
        let codes = [
            Exit::Done,
            Exit::Refused,
            Exit::Usage,
            Exit::Output,
            Exit::Busy,
        ];
        for exit in codes {
            assert!(help.contains(&format!("\n  {:<4}", exit.code())), "{help}");
        }
    }
}
