//! The archive: what it writes comes back whole, and a release keeps its identity through its life.

mod life;
mod random;
mod restore;
mod scene;
