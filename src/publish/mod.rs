//! From bytes to disk: one run at a time, each file whole, collections after what they point at.
//!
//! The order of a run (each step refers only to what the steps before it have finished):
//!
//! 1. archive items, of events before those of releases, durable before anything refers to them ([`Folder::write_items`]);
//! 2. documents of releases, then of events ([`Documents`]);
//! 3. collections, then feeds and the index; of all of these new documents come first, then those that stood already and
//!    may lead to them;
//! 4. removals: files that a former run wrote and this one has no more use for;
//! 5. state and report.
//!
//! Removals come before the state that forgets them, so that a run killed between the two leaves no file that nobody
//! knows. Everything below [`STATE`] is a cache: losing it costs time only.

mod documents;
mod error;
mod folder;
mod lock;
mod manifest;
mod metrics;
mod report;
mod set;
mod state;

pub use documents::{CHANGED, Documents, Trust};
pub use error::PublishError;
pub use folder::{Folder, Item};
pub use lock::{Lock, LockError};
pub use manifest::{Manifest, Mark};
pub use metrics::{End, metrics};
pub use report::{Counts, Ineligible, Problem, REPORT, Rebuilt, Report, Tiers};
pub use set::{Document, Set};
pub use state::{Damage, State};

/// Folder of what a run keeps for the next one, below the output folder. Not for the web.
pub const STATE: &str = ".dateline";
