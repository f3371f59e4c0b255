//! The `dateline` program: arguments in, one call, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    let now = chrono::Utc::now();
    dateline::cli::run(std::env::args_os(), now)
}
