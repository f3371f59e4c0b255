//! The durable store: gives releases their identity and version, and reads the archive back.
