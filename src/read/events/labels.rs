//! Events told in labelled values: WHAT, WHEN, WHERE and their like in any language.

use super::build::status;
use super::label_place;
use super::label_runs;
use super::passages::{Passage, Passages, Role, within};
use super::phrases::{self, Phrase};
use super::scene::Scene;
use super::when::When;
use crate::lang::{EventWord, Part};
use crate::model::{Attendance, Basis, Event, EventKind, EventStatus, Fact};
use crate::read::dates::{self, DateMention};
use crate::read::layout::{Label, LabelKind};
use crate::source::Span;

/// Longest value that is a name as it stands, in tokens.
const LONGEST_NAME: usize = 22;

/// The events of all label blocks. `told` is what headline and sentences announce.
pub(super) fn events(
    scene: &Scene<'_>,
    passages: &Passages<'_>,
    told: Option<&Event>,
    language: &str,
) -> Vec<Event> {
    let labels = label_runs::labels(scene);
    let blocks = blocks(&labels);
    let single = blocks.len() == 1;
    blocks
        .iter()
        .filter_map(|block| {
            Reader {
                scene,
                passages,
                language,
            }
            .event(block, told.filter(|_| single))
        })
        .collect()
}

/// Labels that belong together: a kind that comes again begins the next block.
fn blocks(labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut all: Vec<Vec<&Label>> = Vec::new();
    for label in labels {
        match all.last_mut() {
            Some(block) if block.iter().all(|l| l.kind != label.kind) => block.push(label),
            _ => all.push(vec![label]),
        }
    }
    all.retain(|block| {
        let has = |kind| block.iter().any(|l| l.kind == kind);
        (has(LabelKind::When) || has(LabelKind::Time))
            && (has(LabelKind::Where) || has(LabelKind::What))
    });
    all
}

struct Reader<'r, 'a> {
    scene: &'r Scene<'a>,
    passages: &'r Passages<'a>,
    language: &'r str,
}

impl Reader<'_, '_> {
    fn value(&self, block: &[&Label], kind: LabelKind) -> Option<Passage<'_>> {
        block
            .iter()
            .find(|l| l.kind == kind)
            .map(|l| self.passages.passage(Role::Label, l.value))
    }

    fn event(&self, block: &[&Label], told: Option<&Event>) -> Option<Event> {
        let text = self.scene.context.text;
        let when = self.when(block);
        let what = self.value(block, LabelKind::What);
        let phrase = what.as_ref().and_then(|w| {
            phrases::find(w, 0)
                .into_iter()
                .find(|p| !p.minor || p.proper)
        });
        let name = what
            .as_ref()
            .and_then(|w| self.name(w, phrase.as_ref()))
            .or_else(|| told.map(|t| t.name.clone()))
            .or_else(|| self.heading(block))?;
        let dated = when.start.is_some() || told.is_some_and(|t| t.start.is_some());
        if !dated && !self.named_day(block) {
            return None;
        }
        let place = self.value(block, LabelKind::Where);
        let mut location = place
            .as_ref()
            .and_then(|p| label_place::find(self.scene, p, self.language));
        let attendance = place
            .as_ref()
            .and_then(|p| Self::attendance(p, location.is_some()))
            .or_else(|| told.and_then(|t| t.attendance.clone()));
        let kind = match (&phrase, &what) {
            (Some(p), Some(w)) => w
                .words
                .span(&p.head)
                .map(|span| Fact::stated(p.kind, span, format!("event.kind.{}", self.language))),
            _ => told.and_then(|t| t.kind.clone()),
        };
        let edition = match (&phrase, &what) {
            // A first one need not have a second: it is no edition yet.
            (Some(p), Some(w)) => p
                .edition
                .as_ref()
                .filter(|e| e.0 > 1)
                .and_then(|(n, range)| {
                    let span = w.words.span(range)?;
                    Some(Fact::stated(
                        *n,
                        span,
                        format!("event.edition.{}", self.language),
                    ))
                }),
            _ => None,
        };
        // The sentences speak of the same event where they use the same noun, or the label names none.
        let same = told.filter(|t| {
            phrase
                .as_ref()
                .is_none_or(|p| t.kind.as_ref().is_none_or(|k| k.value == p.kind))
        });
        if let (Some(found), Some(of_text)) =
            (&mut location, same.and_then(|t| t.location.as_ref()))
            && of_text.basis == Basis::Stated
            && found.value.locality.is_none()
        {
            found.value.locality.clone_from(&of_text.value.locality);
            found.value.country.clone_from(&of_text.value.country);
        }
        let online = same.is_some_and(|t| t.status.value == EventStatus::MovedOnline);
        let moved = same.is_some_and(|t| t.previous_start.is_some());
        Some(Event {
            series: same.and_then(|t| t.series.clone()),
            edition: edition
                .or_else(|| same.and_then(|t| t.edition.clone()).filter(|e| e.value > 1)),
            kind: kind.or_else(|| {
                let other = Fact::inferred(EventKind::Other, name.span, "event.kind.unnamed");
                Some(other)
            }),
            name: fuller(name, same),
            part_of: same.and_then(|t| t.part_of.clone()),
            start: when.start.or_else(|| same.and_then(|t| t.start.clone())),
            end: when.end,
            location: location
                .filter(|_| !online)
                .or_else(|| same.and_then(|t| t.location.clone())),
            attendance,
            organizer: same
                .and_then(|t| t.organizer.clone())
                .or_else(|| self.host(block)),
            status: same.map_or_else(|| status(None), |t| t.status.clone()),
            previous_start: same
                .filter(|_| moved)
                .and_then(|t| t.previous_start.clone()),
            speakers: self.speakers(block),
            url: self.link(block, text),
        })
    }

    /// The value itself where it is short, else the phrase in it.
    fn name(&self, what: &Passage<'_>, phrase: Option<&Phrase>) -> Option<Fact<String>> {
        let text = self.scene.context.text;
        let first = what.span.of(text).lines().next()?.len();
        let value = what.span.of(text);
        // Wide gaps stand where a page had its line ends.
        let first = value[..first].find("    ").unwrap_or(first);
        let line = Span::new(what.span.range().start, what.span.range().start + first).trim(text);
        let words = &what.words;
        // `Mayor gives the keynote speech at the 4th Rope Forum`: what somebody does there is no part of the name.
        let spoken = phrase.filter(|p| {
            p.proper && (0..p.tokens.start).any(|k| words.is(k, EventWord::Attends).is_some())
        });
        let span = if let Some(p) = spoken {
            p.span
        } else if words.token_at(line.end) <= LONGEST_NAME {
            line
        } else {
            phrase.map(|p| p.span)?
        };
        let name = phrases::name(text, span);
        let name = name.trim_end_matches(['.', ',', ';', ':']).to_owned();
        name.contains(char::is_alphabetic)
            .then(|| Fact::stated(name, span, format!("event.label.what.{}", self.language)))
    }

    /// The short line above a block.
    fn heading(&self, block: &[&Label]) -> Option<Fact<String>> {
        let text = self.scene.context.text;
        let start = block.iter().map(|l| l.label.start).min()?;
        let layout = self.scene.findings.layout;
        let line = text[..start as usize]
            .trim_end()
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let span = Span::new(line, text[..start as usize].trim_end().len().max(line)).trim(text);
        let at = layout.body.partition_point(|b| b.span.end <= span.start);
        let inside = (layout.body.get(at)).is_some_and(|b| b.span.overlaps(span));
        let written = span.of(text);
        let named = written.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c == '.' || c == ')' || c.is_whitespace()
        });
        let skip = written.len() - named.len();
        let span = Span::new(span.range().start + skip, span.range().end);
        // A line that leads to the block names nothing: `The programme is as follows:`.
        let short = named.split_whitespace().count() <= LONGEST_NAME
            && !named.ends_with(['.', ':', '：', '-']);
        if inside && short && named.contains(char::is_alphabetic) {
            let name = phrases::name(text, span);
            return Some(Fact::stated(name, span, "event.label.heading"));
        }
        layout.headline.as_ref().map(|h| {
            let invites = self.document_type(&h.value);
            let name = phrases::capitalized(h.value[invites..].trim_start());
            Fact::inferred(name, h.span, "event.name.headline")
        })
    }

    /// Bytes of a document's type and its colon before what a headline says: `Press invitation: …`.
    fn document_type(&self, headline: &str) -> usize {
        let hits = self.scene.context.lexicons.phrases().leading(headline);
        let ends = hits.iter().filter(|hit| {
            [Part::DocumentType, Part::Occasion, Part::Invitation]
                .iter()
                .any(|part| hit.is(*part))
        });
        ends.filter_map(|hit| {
            let rest = headline[hit.len..].trim_start();
            let value = rest.strip_prefix([':', '：'])?;
            (!value.trim().is_empty()).then(|| headline.len() - value.len())
        })
        .max()
        .unwrap_or(0)
    }

    /// Day and hours of WHEN and TIME.
    fn when(&self, block: &[&Label]) -> When {
        let mut when = When::default();
        for kind in [LabelKind::When, LabelKind::Time] {
            let Some(label) = block.iter().find(|l| l.kind == kind) else {
                continue;
            };
            let findings = &self.scene.findings;
            for index in within(findings.dates, label.value, |d| d.span) {
                let resolved = findings.resolver.resolve(
                    self.scene.context,
                    &findings.dates[index],
                    &mut Vec::new(),
                );
                let Some((start, end)) = resolved.filter(|(s, _)| s.value.day.is_some()) else {
                    continue;
                };
                if when.start.is_none() {
                    when.mentions.push(index);
                    when.start = Some(start);
                    when.end = end;
                }
            }
        }
        self.with_hours(block, &mut when);
        when.checked()
    }

    /// Adds the hours that stand apart from their day: on the next line, under a label of their own.
    fn with_hours(&self, block: &[&Label], when: &mut When) {
        let findings = &self.scene.findings;
        let day = when.start.as_ref().filter(|s| s.value.time.is_none());
        let (Some(_), Some(first)) = (day, when.mentions.first()) else {
            return;
        };
        let clock = [LabelKind::Time, LabelKind::When]
            .into_iter()
            .filter_map(|kind| block.iter().find(|l| l.kind == kind))
            .find_map(|label| {
                let clock = dates::find_clocks(self.scene.context, label.value, &[self.language])
                    .into_iter()
                    .next()?;
                // Digits before it may be an hour that was not understood.
                let date = findings.dates[*first].span;
                let from = if label.value.contains(date) {
                    date.end
                } else {
                    label.value.start
                };
                let skipped = Span {
                    start: from.min(clock.span.start),
                    end: clock.span.start,
                };
                let plain = !skipped
                    .of(self.scene.context.text)
                    .contains(char::is_numeric);
                plain.then_some(clock)
            });
        let Some(clock) = clock.filter(|_| when.end.is_none()) else {
            return;
        };
        let timed = DateMention {
            clock: Some(clock),
            ..findings.dates[*first].clone()
        };
        if let Some((start, end)) =
            findings
                .resolver
                .resolve(self.scene.context, &timed, &mut Vec::new())
        {
            when.start = Some(start);
            when.end = end;
        }
    }

    /// Whether the block names a day or hour that nothing resolves: `Saturday, March 12` without a year.
    fn named_day(&self, block: &[&Label]) -> bool {
        block
            .iter()
            .filter(|l| matches!(l.kind, LabelKind::When | LabelKind::Time))
            .any(|l| {
                l.value
                    .of(self.scene.context.text)
                    .contains(char::is_numeric)
            })
    }

    fn attendance(place: &Passage<'_>, placed: bool) -> Option<Fact<Attendance>> {
        let words = &place.words;
        (0..words.len()).find_map(|i| {
            let len = words
                .is(i, EventWord::Online)
                .or_else(|| words.is(i, EventWord::Mixed))?;
            let span = words.span(&(i..i + len))?;
            let mode = if placed {
                Attendance::Mixed
            } else {
                Attendance::Online
            };
            Some(Fact::stated(mode, span, "event.label.online"))
        })
    }

    fn speakers(&self, block: &[&Label]) -> Vec<Fact<String>> {
        let Some(who) = block.iter().find(|l| l.kind == LabelKind::Who) else {
            return Vec::new();
        };
        let people = &self.scene.people;
        people[within(people, who.value, |m| m.0)]
            .iter()
            .filter_map(|(span, i)| {
                let person = self.scene.findings.agents.people.get(*i)?;
                Some(Fact::stated(
                    person.name.value.clone(),
                    *span,
                    "event.label.who",
                ))
            })
            .collect()
    }

    /// The body that WHO opens with, where it is the only one there.
    fn host(&self, block: &[&Label]) -> Option<Fact<String>> {
        let who = self.value(block, LabelKind::Who)?;
        let scene = self.scene;
        let [(at, index)] = scene.organizations[within(&scene.organizations, who.span, |m| m.0)]
        else {
            return None;
        };
        let words = &who.words;
        let first = words.token_at(at.start);
        let opens = first == words.is(0, EventWord::Article).unwrap_or(0);
        let behind = words.token_at(at.end - 1) + 1;
        let closed = !words.tokens.get(behind).is_some_and(|t| t.word);
        let name = &scene.findings.agents.organizations.get(index)?.name.value;
        (opens && closed).then(|| Fact::inferred(name.clone(), Some(at), "event.label.who.body"))
    }

    fn link(&self, block: &[&Label], text: &str) -> Option<Fact<String>> {
        let wanted = block.iter().find(|l| l.kind == LabelKind::Where)?;
        let link = self
            .scene
            .findings
            .layout
            .links
            .iter()
            .find(|l| wanted.value.contains(l.span) && !l.span.of(text).contains('@'))?;
        Some(Fact::stated(
            link.url.clone(),
            link.span,
            "event.label.link",
        ))
    }
}

/// The name told in sentences where it says more of the same.
fn fuller(name: Fact<String>, told: Option<&Event>) -> Fact<String> {
    let fuller = told.filter(|t| {
        t.edition.is_some()
            && t.name
                .value
                .to_lowercase()
                .contains(&name.value.to_lowercase())
    });
    fuller.map_or(name, |t| t.name.clone())
}
