//! One module for each command: each joins the stations of the flow.

mod addresses;
mod baseline;
pub mod build;
pub mod check;
mod console;
mod desk;
pub mod explain;
pub mod extract;
mod failure;
mod guard;
mod hold;
mod images;
mod index_now;
pub mod init;
mod inputs;
mod items;
mod outlets;
mod publication;
mod reader;
mod render;
pub mod restore;
mod standstill;
mod summary;
mod verdicts;
pub mod verify;
pub mod withdraw;

pub use console::{Console, LogFormat};
pub use failure::{Exit, Failure};
pub use index_now::Key;
pub use outlets::Outlets;
