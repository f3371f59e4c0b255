//! One module for each command: each joins the stations of the flow.

pub mod build;
pub mod check;
mod console;
pub mod extract;
mod failure;
mod hold;
mod inputs;
mod publication;
mod reader;
mod render;
pub mod restore;
pub mod verify;

pub use console::{Console, LogFormat};
pub use failure::{Exit, Failure};
