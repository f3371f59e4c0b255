//! Joins what the steps found into a release, and adds what follows from the whole: topics, summary.

use super::agents::Agents;
use super::events::Events;
use super::layout::Layout;
use super::{Context, blocks, sentences};
use crate::lang::is_unspaced;
use crate::model::{Block, BlockKind, Fact, Release, Topic, TopicSettings};
use crate::source::{Source, Span};

/// The release of one source.
pub(super) fn assemble(
    context: Context<'_>,
    source: &Source,
    layout: Layout,
    agents: Agents,
    events: Events,
) -> Release {
    let topics = topics(context, &layout);
    let summary = layout.summary.or_else(|| first_paragraph(&layout.body));
    let headline = layout
        .headline
        .or_else(|| first_sentence(context, &layout.body, layout.language.as_ref()));
    Release {
        id: source.id.clone(),
        origin: source.origin.clone(),
        language: layout.language,
        headline,
        subtitle: layout.subtitle,
        published: layout.published,
        modified: layout.modified,
        embargo: layout.embargo,
        dateline: layout.dateline,
        summary,
        body: layout.body,
        notices: layout.notices,
        boilerplate: layout.boilerplate,
        notes_to_editors: layout.notes_to_editors,
        contacts: layout.contacts,
        links: layout.links,
        people: agents.people,
        organizations: agents.organizations,
        places: Vec::new(),
        topics,
        events: events.main,
        mentioned_events: events.mentioned,
        images: Vec::new(),
    }
}

/// The first paragraph, as the summary of a text that sets none apart.
fn first_paragraph(body: &[Block]) -> Option<Fact<String>> {
    let block = body.iter().find(|b| b.kind == BlockKind::Paragraph)?;
    Some(Fact::inferred(
        block.text.clone(),
        Some(block.span),
        "summary.first-paragraph",
    ))
}

/// The first sentence as headline of a release without one, where the settings ask for it.
fn first_sentence(
    context: Context<'_>,
    body: &[Block],
    language: Option<&Fact<String>>,
) -> Option<Fact<String>> {
    if !context.site.read.headline_from_first_sentence {
        return None;
    }
    let first = body.iter().find(|b| b.kind == BlockKind::Paragraph)?;
    let language = language.map(|l| l.value.as_str());
    let span = sentences::split(context, std::slice::from_ref(first), language)
        .first()
        .map_or(first.span, |sentence| sentence.span);
    Some(Fact::inferred(
        blocks::folded(span.of(context.text)),
        Some(span),
        "headline.first-sentence",
    ))
}

/// The configured topics that stand in headline or text, in the order of the settings.
fn topics(context: Context<'_>, layout: &Layout) -> Vec<Topic> {
    let headline = layout.headline.as_ref().and_then(|h| h.span);
    let spans: Vec<Span> = headline
        .into_iter()
        .chain(layout.body.iter().map(|b| b.span))
        .collect();
    context
        .site
        .topics
        .iter()
        .filter_map(|topic| {
            let span = spans
                .iter()
                .find_map(|span| first_mention(context.text, *span, topic))?;
            Some(Topic {
                name: Fact::stated(topic.name.clone(), span, "topic.mention"),
                media_topic: topic.media_topic.clone(),
            })
        })
        .collect()
}

/// Where one of a topic's forms stands first inside `span`.
fn first_mention(text: &str, span: Span, topic: &TopicSettings) -> Option<Span> {
    std::iter::once(&topic.name)
        .chain(&topic.aliases)
        .filter_map(|form| find_word(span.of(text), form))
        .min()
        .map(|(start, end)| {
            let from = span.range().start;
            Span::new(from + start, from + end)
        })
}

/// Where `form` stands in `text` as a whole word. Case counts only where the form has capitals behind its first letter:
/// an acronym is no word in small letters.
fn find_word(text: &str, form: &str) -> Option<(usize, usize)> {
    if form.is_empty() {
        return None;
    }
    let exact = form.chars().skip(1).any(char::is_uppercase);
    text.char_indices().find_map(|(start, _)| {
        let len = matching_len(&text[start..], form, exact)?;
        let end = start + len;
        let joined = |before: Option<char>, after: Option<char>| {
            before.zip(after).is_some_and(|(a, b)| {
                a.is_alphanumeric() && b.is_alphanumeric() && !is_unspaced(a) && !is_unspaced(b)
            })
        };
        let left = joined(text[..start].chars().next_back(), form.chars().next());
        let right = joined(form.chars().next_back(), text[end..].chars().next());
        (!left && !right).then_some((start, end))
    })
}

/// Bytes of `text` that `form` takes at its start.
fn matching_len(text: &str, form: &str, exact: bool) -> Option<usize> {
    let mut chars = text.chars();
    for wanted in form.chars() {
        let found = chars.next()?;
        let same = found == wanted
            || found.is_whitespace() && wanted.is_whitespace()
            || !exact && found.to_lowercase().eq(wanted.to_lowercase());
        if !same {
            return None;
        }
    }
    Some(text.len() - chars.as_str().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_found_as_whole_words() {
        for (form, text, want) in [
            ("fishing", "Rules for Fishing and fish", Some("Fishing")),
            ("fish", "Rules for fishing", None),
            ("AIDS", "It aids nobody", None),
            (
                "pêche côtière",
                "La Pêche côtière change",
                Some("Pêche côtière"),
            ),
            ("贸易", "国际贸易大会", Some("贸易")),
        ] {
            let got = find_word(text, form).map(|(start, end)| &text[start..end]);
            assert_eq!(got, want, "{form} in {text}");
        }
    }
}
