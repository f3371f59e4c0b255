//! The `[dates]` section of a language table.

use serde::Deserialize;

/// Words of dates and times.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateTable {}
