//! Every command and flag.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, FixedOffset, Utc};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::commands::{
    Console, Exit, Failure, Key, LogFormat, Outlets, build, check, explain, extract, init, restore,
    verify, withdraw,
};
use crate::diagnostic::Style;

const EXIT_CODES: &str = "\
Exit codes:
  0   done
  1   done, but some inputs were held back or rejected, or a
      check failed
  2   wrong usage or settings; nothing was touched
  74  output could not be written; what was there is intact,
      the next run repairs
  75  another run holds the lock; try again later";

const EXAMPLES: &str = "\
Examples:
  dateline                       publish what is new
  dateline check input/a.txt     look before publishing
  dateline explain input/a.txt   see what was read, and why
  dateline extract input/*.txt   facts for other programs";

const OF_BUILD: &str = "\
Examples:
  dateline build
  # The run of that moment, to the byte:
  dateline --now 2026-10-02T09:00:00Z build
  # Tell search engines:
  dateline build --index-now $KEY > body.json
  curl --json @body.json https://api.indexnow.org/indexnow";

const OF_CHECK: &str = "\
Examples:
  dateline check
  # In a workflow of GitHub Actions:
  dateline check --strict --format github
  # Note what is known; then only what is new fails:
  dateline check --baseline known.json --write-baseline
  dateline check --baseline known.json --strict";

const OF_EXPLAIN: &str = "\
Examples:
  dateline explain input/opening.txt
  dateline explain --html input/opening.txt > opening.html
  dateline explain D104";

const OF_EXTRACT: &str = "\
Examples:
  dateline extract input/a.txt | jq '.events[].start'
  echo '{\"name\": \"a\", \"text\": \"…\"}' | dateline extract -";

const OF_WITHDRAW: &str = "\
Examples:
  dateline withdraw 2026/opening --note 'It was called off.'
  dateline withdraw 2026/opening --undo";

const OF_INIT: &str = "\
Examples:
  dateline init
  # With files for what runs and serves the site:
  dateline init --with systemd,nginx";

const OF_COMPLETIONS: &str = "\
Examples:
  cd ~/.local/share/bash-completion/completions
  dateline completions bash > dateline
  cd ~/.config/fish/completions
  dateline completions fish > dateline.fish";

const OF_MAN: &str = "\
Examples:
  dateline man | man -l -
  dateline man check > dateline-check.1";

/// Reads the texts of press releases and publishes them as schema.org JSON-LD, RSS, NewsML-G2 and pages.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, before_help = EXAMPLES, after_help = EXIT_CODES, max_term_width = 100)]
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
    /// Where a build writes what it did as JSON, at every run
    #[arg(long, global = true, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Where a build writes metrics for Prometheus's textfile collector, at every run
    #[arg(long, global = true, value_name = "FILE")]
    metrics: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read all inputs and publish what is new (the default)
    #[command(after_help = OF_BUILD)]
    Build {
        /// Print what tells search engines of the pages that changed: the request body of indexnow.org. KEY.txt beside
        /// the site's index holds the key
        #[arg(long, value_name = "KEY")]
        index_now: Option<Key>,
    },
    /// Read inputs, write nothing, print what a person should see
    #[command(after_help = OF_CHECK)]
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
    #[command(after_help = OF_EXPLAIN)]
    Explain {
        /// Files, or codes of findings such as D104
        #[arg(required = true, value_name = "FILE|CODE")]
        subjects: Vec<PathBuf>,
        /// One file as a page for a browser, on standard output
        #[arg(long)]
        html: bool,
    },
    /// Print one JSON record a line
    #[command(after_help = OF_EXTRACT)]
    Extract {
        /// Files to read, or - for lines of {"name": …, "text": …} on standard input [default: all inputs]
        files: Vec<PathBuf>,
    },
    /// Make every document again from the archive alone
    Restore,
    /// Take a published release back, or put it back
    #[command(after_help = OF_WITHDRAW)]
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
    /// Write a commented settings file to start from, and files for running the program
    #[command(after_help = OF_INIT)]
    Init {
        /// Files for what runs and serves the site, below `deploy/`
        #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
        with: Vec<WithChoice>,
    },
    /// Print completions for a shell
    #[command(after_help = OF_COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or that of a command
    #[command(after_help = OF_MAN)]
    Man {
        /// The command
        command: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WithChoice {
    All,
    Systemd,
    Cron,
    Nginx,
    Apache,
    Caddy,
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
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let Arguments { command, common } = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => arguments,
        Err(answer) if answer.use_stderr() && wants_json(&arguments) => {
            let failure = Failure::Usage(answer.to_string().trim_end().to_owned());
            let console = Console {
                format: LogFormat::Json,
                ..Console::default()
            };
            console.failure(&failure);
            return failure.exit().code().into();
        }
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
    let outlets = Outlets {
        report: common.report,
        metrics: common.metrics,
    };
    let command = command.unwrap_or(Command::Build { index_now: None });
    let result: Result<Exit, Failure> = match command {
        Command::Build { index_now } => {
            build::run(config, index_now.as_ref(), &outlets, console, now)
        }
        _ if outlets != Outlets::default() => Err(Failure::Usage(
            "`--report` and `--metrics` are for `build` alone".to_owned(),
        )),
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
        Command::Init { with } => init::run(config, &parts(&with), console),
        Command::Completions { shell } => completions(shell),
        Command::Man { command } => man(command.as_deref()),
    };
    let exit = result.unwrap_or_else(|failure| {
        if failure.exit() != Exit::Done {
            console.failure(&failure);
        }
        failure.exit()
    });
    exit.code().into()
}

/// Prints completions for a shell.
fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "dateline", &mut text);
    std::io::stdout().lock().write_all(&text)?;
    Ok(Exit::Done)
}

/// Prints the manual page of the program, or of one of its commands.
fn man(name: Option<&str>) -> Result<Exit, Failure> {
    let mut program = Arguments::command();
    program.build();
    let page = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(Failure::Usage(format!("there is no command `{name}`"))),
        },
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    std::io::stdout().lock().write_all(&text)?;
    Ok(Exit::Done)
}

/// Whether messages are wanted as JSON, by arguments that cannot be understood as a whole.
fn wants_json(arguments: &[OsString]) -> bool {
    let given = |pair: &[OsString]| pair[0] == "--log-format" && pair[1] == "json";
    arguments.windows(2).any(given) || arguments.iter().any(|one| one == "--log-format=json")
}

/// Each choice once, in order.
fn parts(with: &[WithChoice]) -> Vec<init::Part> {
    let of = |choice: &WithChoice| match choice {
        WithChoice::All => init::Part::ALL.to_vec(),
        WithChoice::Systemd => vec![init::Part::Systemd],
        WithChoice::Cron => vec![init::Part::Cron],
        WithChoice::Nginx => vec![init::Part::Nginx],
        WithChoice::Apache => vec![init::Part::Apache],
        WithChoice::Caddy => vec![init::Part::Caddy],
    };
    with.iter().flat_map(of).collect()
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

    #[test]
    fn help_keeps_within_sixty_columns_and_breaks_no_example() {
        let mut program = Arguments::command().term_width(60);
        program.build();
        let commands: Vec<_> = program.get_subcommands().cloned().collect();
        let of_each = commands.into_iter().chain([program]);
        for mut command in of_each {
            let (name, by_hand) = (
                command.get_name().to_owned(),
                [command.get_before_help(), command.get_after_help()]
                    .into_iter()
                    .flatten()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>(),
            );
            for help in [command.render_help(), command.render_long_help()] {
                let help = help.to_string();
                let long = help.lines().find(|line| line.chars().count() > 60);
                assert_eq!(long, None, "{name}");
                for block in &by_hand {
                    assert!(help.contains(block), "{name} breaks an example:\n{help}");
                }
            }
        }
    }
}
