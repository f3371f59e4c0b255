//! All facts of a release with the names the record gives them.

use super::{Basis, Event, Fact, Release, RuleId};
use crate::source::Span;

/// The evidence of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence<'a> {
    /// Path of the field in the record, with dots: `people.0.name`, `events.0.start`.
    pub field: String,
    /// Why it may be published.
    pub basis: Basis,
    /// The words that carry it.
    pub span: Option<Span>,
    /// The rule that read it.
    pub rule: &'a RuleId,
}

impl Release {
    /// Evidence of every fact, in the order of the record.
    pub fn evidence(&self) -> Vec<Evidence<'_>> {
        let mut all = Collector(Vec::new());
        all.opt("language", self.language.as_ref());
        all.opt("headline", self.headline.as_ref());
        all.opt("subtitle", self.subtitle.as_ref());
        all.opt("published", self.published.as_ref());
        all.opt("modified", self.modified.as_ref());
        all.opt("embargo", self.embargo.as_ref());
        if let Some(dateline) = &self.dateline {
            all.fact("dateline.place", &dateline.place);
            all.opt("dateline.country", dateline.country.as_ref());
            all.opt("dateline.date", dateline.date.as_ref());
        }
        all.opt("summary", self.summary.as_ref());
        for (i, contact) in self.contacts.iter().enumerate() {
            let at = format!("contacts.{i}");
            all.opt(&format!("{at}.name"), contact.name.as_ref());
            all.opt(&format!("{at}.honorific"), contact.honorific.as_ref());
            all.opt(&format!("{at}.role"), contact.role.as_ref());
            all.opt(&format!("{at}.organization"), contact.organization.as_ref());
            all.list(&format!("{at}.emails"), &contact.emails);
            all.list(&format!("{at}.phones"), &contact.phones);
            all.list(&format!("{at}.urls"), &contact.urls);
        }
        for (i, person) in self.people.iter().enumerate() {
            let at = format!("people.{i}");
            all.fact(&format!("{at}.name"), &person.name);
            all.opt(&format!("{at}.honorific"), person.honorific.as_ref());
            all.opt(&format!("{at}.role"), person.role.as_ref());
            all.opt(&format!("{at}.organization"), person.organization.as_ref());
        }
        for (i, organization) in self.organizations.iter().enumerate() {
            let at = format!("organizations.{i}");
            all.fact(&format!("{at}.name"), &organization.name);
            all.opt(&format!("{at}.acronym"), organization.acronym.as_ref());
            all.list(&format!("{at}.aliases"), &organization.aliases);
        }
        for (i, place) in self.places.iter().enumerate() {
            all.fact(&format!("places.{i}.name"), &place.name);
        }
        for (i, topic) in self.topics.iter().enumerate() {
            all.fact(&format!("topics.{i}"), &topic.name);
        }
        for (i, event) in self.events.iter().enumerate() {
            all.event(&format!("events.{i}"), event);
        }
        for (i, event) in self.mentioned_events.iter().enumerate() {
            all.event(&format!("mentioned_events.{i}"), event);
        }
        all.list("images", &self.images);
        all.0
    }
}

struct Collector<'a>(Vec<Evidence<'a>>);

impl<'a> Collector<'a> {
    fn fact<T>(&mut self, field: &str, fact: &'a Fact<T>) {
        self.0.push(Evidence {
            field: field.to_owned(),
            basis: fact.basis,
            span: fact.span,
            rule: &fact.rule,
        });
    }

    fn opt<T>(&mut self, field: &str, fact: Option<&'a Fact<T>>) {
        if let Some(fact) = fact {
            self.fact(field, fact);
        }
    }

    fn list<T>(&mut self, field: &str, facts: &'a [Fact<T>]) {
        for (i, fact) in facts.iter().enumerate() {
            self.fact(&format!("{field}.{i}"), fact);
        }
    }

    fn event(&mut self, at: &str, event: &'a Event) {
        self.fact(&format!("{at}.name"), &event.name);
        self.opt(&format!("{at}.series"), event.series.as_ref());
        self.opt(&format!("{at}.edition"), event.edition.as_ref());
        self.opt(&format!("{at}.kind"), event.kind.as_ref());
        self.opt(&format!("{at}.part_of"), event.part_of.as_ref());
        self.opt(&format!("{at}.start"), event.start.as_ref());
        self.opt(&format!("{at}.end"), event.end.as_ref());
        self.opt(&format!("{at}.location"), event.location.as_ref());
        self.opt(&format!("{at}.attendance"), event.attendance.as_ref());
        self.opt(&format!("{at}.organizer"), event.organizer.as_ref());
        self.fact(&format!("{at}.status"), &event.status);
        self.opt(
            &format!("{at}.previous_start"),
            event.previous_start.as_ref(),
        );
        self.list(&format!("{at}.speakers"), &event.speakers);
        self.opt(&format!("{at}.url"), event.url.as_ref());
    }
}
