//! The `[layout]` section of a language table.

use serde::Deserialize;

/// Words of a page's parts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LayoutTable {}
