//! From bytes to disk: one run at a time, each file whole, collections after what they point at.
