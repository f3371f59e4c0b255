//! What a sidecar says, put in the place of what was read.
//!
//! Every key replaces the field of its name; an empty value takes the fact away. A list (`[[event]]`, `[[person]]`,
//! `[[organization]]`) is the whole list, as a key is the whole value: what it does not name is no longer there. An
//! entry that has the name of one that was read starts from it, so that only what is wrong need be written. Two values
//! hang together and are replaced as one: the parts of a place, and with a new start the end that belonged to the old.

mod checks;
mod images;

pub use images::{Found, images};

use checks::{Checks, DATE, RULE, Value, clean, facts, unfit};

use super::Reading;
use super::rival::Rival;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Attendance, Date, Dateline, Event, EventKind, EventStatus, Fact, Location, Organization,
    Person, Release, Standing, language_tag,
};
use crate::source::sidecar::{EventTable, OrganizationTable, PersonTable};
use crate::source::{SettingsError, Sidecar};

/// Applies a sidecar. Where a value cannot be understood, the finding that says so is an error and holds the release
/// back: half a correction may say what the office took back.
pub fn apply(reading: &mut Reading, sidecar: &Sidecar) {
    let mut release = reading.release.clone();
    let mut checks = Checks {
        sidecar,
        findings: Vec::new(),
    };
    checks.required(
        "headline",
        sidecar.headline.as_ref(),
        &mut release.headline,
        |words| Some(words.to_owned()),
        "words",
    );
    checks.required(
        "published",
        sidecar.published.as_ref(),
        &mut release.published,
        Date::parse,
        DATE,
    );
    checks.words(sidecar.subtitle.as_ref(), &mut release.subtitle);
    checks.words(sidecar.summary.as_ref(), &mut release.summary);
    checks.value(
        "modified",
        sidecar.modified.as_ref(),
        &mut release.modified,
        Date::parse,
        DATE,
    );
    checks.value(
        "embargo",
        sidecar.embargo.as_ref(),
        &mut release.embargo,
        Date::parse,
        DATE,
    );
    checks.value(
        "language",
        sidecar.language.as_ref(),
        &mut release.language,
        language_tag,
        "a language tag like `en` or `pt-BR`",
    );
    if let Some(value) = &sidecar.dateline {
        let place = clean(value);
        release.dateline = (!place.is_empty()).then(|| Dateline {
            place: Fact::configured(place, RULE),
            country: None,
            date: release.dateline.take().and_then(|read| read.date),
        });
    }
    if let Some(tables) = &sidecar.event {
        let mut read = std::mem::take(&mut release.events);
        let known = tables.iter().map(|table| {
            let of_name = |event: &Event| same_name(&event.name.value, &table.name);
            let from = take_first(&mut read, of_name)
                .or_else(|| take_first(&mut release.mentioned_events, of_name));
            checks.event(table, from)
        });
        release.events = known.collect();
    }
    if let Some(tables) = &sidecar.person {
        let mut read = std::mem::take(&mut release.people);
        let known = tables.iter().map(|table| {
            let from = take_first(&mut read, |person: &Person| {
                same_name(&person.name.value, &table.name)
            });
            checks.person(table, from)
        });
        release.people = known.collect();
    }
    if let Some(tables) = &sidecar.organization {
        let mut read = std::mem::take(&mut release.organizations);
        let known = tables.iter().map(|table| {
            let from = take_first(&mut read, |body: &Organization| {
                same_name(&body.name.value, &table.name)
            });
            checks.organization(table, from)
        });
        release.organizations = known.collect();
    }
    if let Err(error) = standing(sidecar) {
        checks.findings.push(error);
    }
    if let Some(value) = &sidecar.translation_of
        && clean(value) == release.id
    {
        let expected = "the id of another release";
        checks.findings.push(unfit(
            sidecar,
            "translation_of",
            value.span(),
            &release.id,
            expected,
        ));
    }
    let findings = checks.findings;
    let read = std::mem::replace(&mut reading.release, release);
    overruled(reading, &read, sidecar);
    drop_settled(reading, sidecar);
    reading
        .diagnostics
        .extend(findings.iter().map(Diagnostic::from));
}

/// What was read and is no longer taken is a rival of what the sidecar says.
fn overruled(reading: &mut Reading, read: &Release, sidecar: &Sidecar) {
    const REASON: &str = "was read, and the sidecar says otherwise";
    let spans = [
        (
            "headline",
            sidecar.headline.is_some(),
            read.headline.as_ref().and_then(|f| f.span),
        ),
        (
            "published",
            sidecar.published.is_some(),
            read.published.as_ref().and_then(|f| f.span),
        ),
    ];
    for (field, replaced, span) in spans {
        let rival = span
            .filter(|_| replaced)
            .map(|span| Rival::new(field, span, REASON));
        reading.rivals.extend(rival);
    }
    if sidecar.event.is_some() {
        reading
            .rivals
            .retain(|rival| !rival.field.starts_with("events"));
    }
}

/// Whether the sidecar lets the release stand.
pub fn standing(sidecar: &Sidecar) -> Result<Standing, SettingsError> {
    let Some(value) = &sidecar.status else {
        return Ok(Standing::Usable);
    };
    match clean(value).as_str() {
        "usable" => Ok(Standing::Usable),
        "withheld" => Ok(Standing::Withheld),
        "withdrawn" => Ok(Standing::Withdrawn),
        other => Err(unfit(
            sidecar,
            "status",
            value.span(),
            other,
            "`usable`, `withheld` or `withdrawn`",
        )),
    }
}

/// What the sidecar says of a correction, where it says something.
pub fn note(sidecar: &Sidecar) -> Option<String> {
    let note = clean(&sidecar.correction.as_ref()?.note);
    (!note.is_empty()).then_some(note)
}

/// The release that the sidecar says this one translates.
pub fn translation_of(sidecar: &Sidecar) -> Option<String> {
    let id = clean(sidecar.translation_of.as_ref()?);
    (!id.is_empty()).then_some(id)
}

fn same_name(read: &str, written: &Value) -> bool {
    read.to_lowercase() == clean(written).to_lowercase()
}

fn take_first<T>(list: &mut Vec<T>, fits: impl Fn(&T) -> bool) -> Option<T> {
    let at = list.iter().position(fits)?;
    Some(list.remove(at))
}

/// Findings that the sidecar has dealt with are no longer true.
fn drop_settled(reading: &mut Reading, sidecar: &Sidecar) {
    let release = &reading.release;
    let placed = release.events.iter().all(|event| event.location.is_some());
    let dated = release.events.iter().all(|event| event.start.is_some());
    reading.diagnostics.retain(|finding| match finding.code {
        Code::NoHeadline => release.headline.is_none(),
        Code::NoDate => release.published.is_none(),
        Code::NoLanguage => release.language.is_none(),
        Code::DateFromFallback => sidecar.published.is_none(),
        Code::EventWithoutPlace => sidecar.event.is_none() || !placed,
        Code::EventWithoutDate => sidecar.event.is_none() || !dated,
        _ => true,
    });
}

impl Checks<'_> {
    fn event(&mut self, table: &EventTable, from: Option<Event>) -> Event {
        let mut event = from.unwrap_or_else(|| Event {
            name: self.name(&table.name),
            series: None,
            edition: None,
            kind: None,
            part_of: None,
            start: None,
            end: None,
            location: None,
            attendance: None,
            organizer: None,
            status: Fact::inferred(EventStatus::Scheduled, None, Event::DEFAULT_STATUS),
            previous_start: None,
            speakers: Vec::new(),
            url: None,
        });
        self.words(table.series.as_ref(), &mut event.series);
        if let Some(edition) = &table.edition {
            match *edition.get_ref() {
                0 => (self.findings).push(unfit(
                    self.sidecar,
                    "edition",
                    edition.span(),
                    "0",
                    "1 or more",
                )),
                number => event.edition = Some(Fact::configured(number, RULE)),
            }
        }
        self.code(
            "kind",
            table.kind.as_ref(),
            &mut event.kind,
            EventKind::ALL,
            EventKind::code,
        );
        self.words(table.part_of.as_ref(), &mut event.part_of);
        if table.start.is_some() {
            event.end = None;
        }
        self.value(
            "start",
            table.start.as_ref(),
            &mut event.start,
            Date::parse,
            DATE,
        );
        self.value("end", table.end.as_ref(), &mut event.end, Date::parse, DATE);
        self.ends_after_start(table, &event);
        if let Some(location) = self.location(table) {
            event.location =
                (location != Location::default()).then(|| Fact::configured(location, RULE));
        }
        self.code(
            "attendance",
            table.attendance.as_ref(),
            &mut event.attendance,
            Attendance::ALL,
            Attendance::code,
        );
        self.words(table.organizer.as_ref(), &mut event.organizer);
        let mut status = Some(event.status.clone());
        self.code(
            "status",
            table.status.as_ref(),
            &mut status,
            EventStatus::ALL,
            EventStatus::code,
        );
        event.status = status.unwrap_or(event.status);
        self.value(
            "previous_start",
            table.previous_start.as_ref(),
            &mut event.previous_start,
            Date::parse,
            DATE,
        );
        if let Some(speakers) = &table.speakers {
            event.speakers = facts(speakers);
        }
        self.address("url", table.url.as_ref(), &mut event.url);
        event
    }

    fn ends_after_start(&mut self, table: &EventTable, event: &Event) {
        let (Some(start), Some(end)) = (&event.start, &event.end) else {
            return;
        };
        let given = table.end.as_ref().or(table.start.as_ref());
        if let Some(given) = given
            && end.value.first_day() < start.value.first_day()
        {
            let expected = format!("an end that is not before the start, `{}`", start.value);
            let found = end.value.to_string();
            self.findings
                .push(unfit(self.sidecar, "end", given.span(), &found, &expected));
        }
    }

    /// The place, where any part of it is given.
    fn location(&mut self, table: &EventTable) -> Option<Location> {
        let parts = [
            &table.venue,
            &table.street,
            &table.locality,
            &table.region,
            &table.country,
        ];
        parts.iter().any(|part| part.is_some()).then(|| {
            let [venue, street, locality, region, _] =
                parts.map(|part| part.as_ref().map(clean).filter(|words| !words.is_empty()));
            let mut country = None;
            let read = |words: &str| {
                (words.len() == 2 && words.bytes().all(|b| b.is_ascii_uppercase()))
                    .then(|| words.to_owned())
            };
            let expected = "an ISO 3166-1 code of two capitals like `BE`";
            self.value(
                "country",
                table.country.as_ref(),
                &mut country,
                read,
                expected,
            );
            Location {
                venue,
                street,
                locality,
                region,
                country: country.map(|fact: Fact<String>| fact.value),
                geo: None,
            }
        })
    }

    fn person(&mut self, table: &PersonTable, from: Option<Person>) -> Person {
        let mut person = from.unwrap_or_else(|| Person {
            name: self.name(&table.name),
            honorific: None,
            role: None,
            organization: None,
            same_as: Vec::new(),
        });
        self.words(table.honorific.as_ref(), &mut person.honorific);
        self.words(table.role.as_ref(), &mut person.role);
        self.words(table.organization.as_ref(), &mut person.organization);
        if let Some(same_as) = &table.same_as {
            person.same_as = self.addresses(same_as);
        }
        person
    }

    fn organization(
        &mut self,
        table: &OrganizationTable,
        from: Option<Organization>,
    ) -> Organization {
        let mut organization = from.unwrap_or_else(|| Organization {
            name: self.name(&table.name),
            acronym: None,
            aliases: Vec::new(),
            same_as: Vec::new(),
        });
        self.words(table.acronym.as_ref(), &mut organization.acronym);
        if let Some(aliases) = &table.aliases {
            organization.aliases = facts(aliases);
        }
        if let Some(same_as) = &table.same_as {
            organization.same_as = self.addresses(same_as);
        }
        organization
    }
}

#[cfg(test)]
mod tests;
