#![no_main]
//! Fuzz target: see `targets::archive`.

#[path = "../../tests/support/mod.rs"]
mod support;
#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::archive(bytes));
