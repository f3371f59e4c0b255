//! Joins what the steps found into a release.

use super::Context;
use super::agents::Agents;
use super::events::Events;
use super::layout::Layout;
use crate::model::Release;
use crate::source::Source;

/// The release of one source.
pub(super) fn assemble(
    _context: Context<'_>,
    source: &Source,
    layout: Layout,
    agents: Agents,
    events: Events,
) -> Release {
    Release {
        id: source.id.clone(),
        origin: source.origin.clone(),
        language: layout.language,
        headline: layout.headline,
        subtitle: layout.subtitle,
        published: layout.published,
        modified: layout.modified,
        embargo: layout.embargo,
        dateline: layout.dateline,
        summary: layout.summary,
        body: layout.body,
        notices: layout.notices,
        boilerplate: layout.boilerplate,
        notes_to_editors: layout.notes_to_editors,
        contacts: layout.contacts,
        links: layout.links,
        people: agents.people,
        organizations: agents.organizations,
        places: Vec::new(),
        topics: Vec::new(),
        events: events.main,
        mentioned_events: events.mentioned,
    }
}
