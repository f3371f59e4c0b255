//! NewsML-G2 2.35, power conformance: the archive's format.

pub mod paths;
