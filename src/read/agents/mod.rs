//! People and organizations.
//!
//! Organizations come first (`organizations`, `acronyms`; `small` for nouns in small letters, `chains` for complements
//! in the genitive): their names bound those of people and of posts. People (`people`, `names`, `roles`) need a cue beside
//! the name. `romance` holds what only Romance languages do; `unspaced` does both where letters have no capitals, `korean`
//! where they are written in syllables too. `cast` joins the mentions, `known` finds whom a name may
//! mean, `taken` what bytes names already have.

mod acronyms;
mod cast;
mod chains;
mod known;
mod korean;
mod names;
mod organizations;
mod people;
mod roles;
mod romance;
mod scene;
mod small;
mod taken;
mod unspaced;

use taken::Taken;

use super::Context;
use super::cuts::Cuts;
use super::dates::DateMention;
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
    context: Context<'_>,
    layout: &Layout,
    sentences: &[Sentence],
    cuts: &Cuts<'_>,
    places: &[PlaceMention],
    dates: &[DateMention],
) -> Agents {
    let language = layout.language.as_ref().map(|l| l.value.as_str());
    let Some(lexicon) = language.and_then(|tag| context.lexicons.get(tag)) else {
        return Agents::default();
    };
    let scene = scene::Scene::new(context, lexicon, layout, sentences, cuts, places, dates);
    let mut found = organizations::find(&scene);
    found.extend(unspaced::organizations(&scene));
    if lexicon.tag == "ko" {
        found.extend(korean::organizations(&scene));
    }
    let mut agents = cast::organizations(&scene, &found);
    let full = Taken::new(found.iter().map(|o| o.span).collect());
    let any = Taken::new(
        agents
            .organization_mentions
            .iter()
            .map(|(s, _)| *s)
            .collect(),
    );
    let mut named = people::find(&scene, &full, &any);
    named.extend(unspaced::people(&scene, &full, &any));
    if lexicon.tag == "ko" {
        named.extend(korean::people(&scene, &full));
    }
    cast::people(&scene, &named, &mut agents);
    agents
}
