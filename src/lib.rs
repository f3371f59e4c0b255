//! Dateline reads the texts of press releases and publishes what they say in the forms that machines subscribe to.
//!
//! The modules are the stations of one flow, in this order:
//!
//! ```text
//! source ─► read ─► archive ─► write ─► publish
//! ```
//!
//! - [`source`] finds, decodes and fixes the texts; every span points into them.
//! - [`read`] turns a text into a [`model::Release`]: pure, over the language tables of [`lang`].
//! - [`archive`] gives a release its identity and version.
//! - [`mod@write`] has one module for each format, each a pure function from model to bytes.
//! - [`publish`] brings the bytes to disk: one run at a time, atomically, in order.
//! - [`explain`] shows a reading beside its text.
//! - [`profile`] tells what search engines make of a release.
//! - [`commands`] join the stations; [`cli`] says how they are called.

pub mod archive;
pub mod cli;
pub mod commands;
pub mod config;
pub mod diagnostic;
pub mod explain;
pub mod lang;
pub mod model;
pub mod profile;
pub mod publish;
pub mod read;
pub mod source;
pub mod write;
