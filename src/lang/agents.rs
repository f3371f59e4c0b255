//! The `[agents]` section of a language table.

use serde::Deserialize;

/// Words around people and organizations.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AgentTable {}
