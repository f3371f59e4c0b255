//! The `[events]` section of a language table.

use serde::Deserialize;

/// Words of events.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventTable {}
