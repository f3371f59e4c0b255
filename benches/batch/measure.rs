//! Wall clock, processor time and greatest memory of a process.

use std::process::Command;
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a run took.
#[derive(Clone, Copy)]
pub(super) struct Taken {
    pub(super) wall: Duration,
    /// User's and system's.
    pub(super) cpu: Duration,
    /// Greatest resident set, in bytes; 0 where it was not measured.
    pub(super) peak: u64,
    /// Whether it ended well.
    pub(super) done: bool,
}

/// Runs of one case.
#[derive(Default)]
pub(super) struct Figures(Vec<Taken>);

impl Figures {
    pub(super) fn add(&mut self, taken: Taken) {
        self.0.push(taken);
    }

    /// The run that half of the others beat.
    pub(super) fn median(mut self) -> Taken {
        self.0.sort_by_key(|taken| taken.wall);
        self.0[self.0.len() / 2]
    }
}

/// A process of its own.
pub(super) fn child(command: &mut Command) -> Taken {
    let start = Instant::now();
    let used = command.spawn().expect("started").wait4().expect("ended");
    let rusage = used.rusage;
    Taken {
        wall: start.elapsed(),
        cpu: rusage.utime + rusage.stime,
        peak: rusage.maxrss,
        done: used.status.success(),
    }
}
