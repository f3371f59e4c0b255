//! People and organizations.

use super::Context;
use super::layout::Layout;
use super::places::PlaceMention;
use super::sentences::Sentence;
use crate::model::{Organization, Person};
use crate::source::Span;

/// Everyone and every body that the release names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agents {
    /// People, once each, in the fullest form used, in order of first mention.
    pub people: Vec<Person>,
    /// Organizations, once each, in order of first mention.
    pub organizations: Vec<Organization>,
    /// Each mention of a person: its words, and the index in `people`.
    pub person_mentions: Vec<(Span, usize)>,
    /// Each mention of an organization, under any of its forms: its words, and the index in `organizations`.
    pub organization_mentions: Vec<(Span, usize)>,
}

/// Finds people and organizations in headline and body.
pub fn find(
    _context: Context<'_>,
    _layout: &Layout,
    _sentences: &[Sentence],
    _places: &[PlaceMention],
) -> Agents {
    Agents::default()
}
