//! Everyone and everything that a release names, each with one identity in all of its documents.
//!
//! Identities are `PAGE#FRAGMENT`; only the publisher, which the settings know, has one for the whole site: that two
//! releases name the same person would be a guess (OUTPUTS, JSON-LD 2).

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Fragments, given_and_family, key};
use super::node::Node;
use crate::model::{Event, Fact, Location, Person, Published, Site};
use crate::write::web::{address, shown};

/// The identities of a release.
#[derive(Debug)]
pub(super) struct Cast<'a> {
    /// The settings.
    pub(super) site: &'a Site,
    /// The release.
    pub(super) published: &'a Published,
    /// Address of its page.
    pub(super) page: String,
    people: Vec<Human<'a>>,
    people_by_name: BTreeMap<String, usize>,
    organizations: Vec<Body<'a>>,
    organizations_by_name: BTreeMap<String, usize>,
    /// Number of each series, in order of first mention.
    series: BTreeMap<&'a str, usize>,
    places: Vec<(&'a Location, String)>,
    dateline_place: Option<(&'a str, String)>,
}

#[derive(Debug)]
struct Human<'a> {
    id: String,
    name: &'a str,
    known: Option<&'a Person>,
}

#[derive(Debug)]
struct Body<'a> {
    id: String,
    name: &'a str,
    alternate_names: Vec<&'a str>,
    same_as: &'a [String],
}

/// Nodes that a document has already described: named again, they carry identity and name alone.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeSet<String>);

/// The publisher's place among the organizations.
const PUBLISHER: usize = 0;

impl<'a> Cast<'a> {
    /// Gives everything in the release its identity.
    pub(super) fn of(published: &'a Published, site: &'a Site) -> Self {
        let publisher = Body {
            id: format!("{}#organization", site.base_url),
            name: &site.publisher.name,
            alternate_names: site
                .publisher
                .alternate_names
                .iter()
                .map(String::as_str)
                .collect(),
            same_as: &site.publisher.same_as,
        };
        let mut cast = Self {
            site,
            published,
            page: address(site, &published.page),
            people: Vec::new(),
            people_by_name: BTreeMap::new(),
            organizations: Vec::new(),
            organizations_by_name: BTreeMap::new(),
            series: BTreeMap::new(),
            places: Vec::new(),
            dateline_place: None,
        };
        cast.enter_organization(publisher);
        let mut fragments = Fragments::default();
        cast.enter_stated(&mut fragments);
        cast.enter_mere_names(&mut fragments);
        cast.enter_places_and_series(&mut fragments);
        cast
    }

    /// The people and organizations that were read as such.
    fn enter_stated(&mut self, fragments: &mut Fragments) {
        let (site, release) = (self.site, &self.published.release);
        for organization in &release.organizations {
            let Some(name) = shown(site, Some(&organization.name)) else {
                continue;
            };
            let acronym = shown(site, organization.acronym.as_ref());
            let aliases = organization
                .aliases
                .iter()
                .filter_map(|alias| shown(site, Some(alias)));
            let mut alternate_names: Vec<&str> = Vec::new();
            for form in acronym.into_iter().chain(aliases) {
                if form != name && !alternate_names.contains(&form.as_str()) {
                    alternate_names.push(form);
                }
            }
            if let Some(&known) = self.organizations_by_name.get(&key(name)) {
                self.enter_forms(&alternate_names, known);
                continue;
            }
            self.enter_organization(Body {
                id: self.fragment(&fragments.of("org", name)),
                name,
                alternate_names,
                same_as: &organization.same_as,
            });
        }
        for person in &release.people {
            if let Some(name) = shown(site, Some(&person.name)) {
                self.enter_person(name, Some(person), fragments);
            }
        }
    }

    /// Whoever is named by another fact only: as someone's employer, an organizer, a speaker.
    fn enter_mere_names(&mut self, fragments: &mut Fragments) {
        let (site, release) = (self.site, &self.published.release);
        let events = || release.events.iter().chain(&release.mentioned_events);
        for speaker in events().flat_map(|event| &event.speakers) {
            if let Some(name) = shown(site, Some(speaker)) {
                self.enter_person(name, None, fragments);
            }
        }
        let affiliations = release
            .people
            .iter()
            .map(|person| person.organization.as_ref());
        let organizers = events().map(|event| event.organizer.as_ref());
        for name in affiliations
            .chain(organizers)
            .filter_map(|fact| shown(site, fact))
        {
            let known = self.organizations_by_name.contains_key(&key(name))
                || self.people_by_name.contains_key(&key(name));
            if !known {
                self.enter_organization(Body {
                    id: self.fragment(&fragments.of("org", name)),
                    name,
                    alternate_names: Vec::new(),
                    same_as: &[],
                });
            }
        }
    }

    fn enter_places_and_series(&mut self, fragments: &mut Fragments) {
        let (site, release) = (self.site, &self.published.release);
        if let Some(dateline) = &release.dateline {
            self.dateline_place = shown(site, Some(&dateline.place))
                .map(|name| (name.as_str(), fragments.of("place", name)));
        }
        for event in release.events.iter().chain(&release.mentioned_events) {
            if let Some(series) = shown(site, event.series.as_ref()) {
                let number = self.series.len() + 1;
                self.series.entry(series).or_insert(number);
            }
            if let Some(location) = shown(site, event.location.as_ref())
                && self.place_number(location).is_none()
            {
                let name = location.venue.as_ref().or(location.locality.as_ref());
                let name = name
                    .or(location.region.as_ref())
                    .or(location.country.as_ref());
                let fragment = fragments.of("place", name.map_or("", String::as_str));
                self.places.push((location, fragment));
            }
        }
    }

    fn enter_person(
        &mut self,
        name: &'a str,
        known: Option<&'a Person>,
        fragments: &mut Fragments,
    ) {
        if !self.people_by_name.contains_key(&key(name)) {
            let id = self.fragment(&fragments.of("person", name));
            self.people_by_name.insert(key(name), self.people.len());
            self.people.push(Human { id, name, known });
        }
    }

    fn enter_organization(&mut self, body: Body<'a>) {
        let index = self.organizations.len();
        self.organizations_by_name.insert(key(body.name), index);
        self.enter_forms(&body.alternate_names, index);
        self.organizations.push(body);
    }

    /// Other forms of a name; a form that two claim stays with the first.
    fn enter_forms(&mut self, forms: &[&str], index: usize) {
        for form in forms {
            self.organizations_by_name.entry(key(form)).or_insert(index);
        }
    }

    /// Identity of a part of the page.
    pub(super) fn fragment(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.page)
    }

    /// Everyone named in the release.
    pub(super) fn people(&self, told: &mut Told) -> Vec<Node> {
        let stated = self.people.iter().filter(|human| human.known.is_some());
        stated.map(|human| self.human(human, told)).collect()
    }

    /// Every organization named in the release, the publisher first where it is one of them.
    pub(super) fn organizations(&self, told: &mut Told) -> Vec<Node> {
        let named = self
            .published
            .release
            .organizations
            .iter()
            .filter_map(|organization| {
                let name = shown(self.site, Some(&organization.name))?;
                self.organizations_by_name.get(&key(name)).copied()
            });
        let distinct: BTreeSet<usize> = named.collect();
        distinct
            .into_iter()
            .map(|index| self.body(index, told))
            .collect()
    }

    /// Whoever issues the release.
    pub(super) fn publisher(&self, told: &mut Told) -> Node {
        self.body(PUBLISHER, told)
    }

    /// Whether a name is the publisher's.
    pub(super) fn is_publisher(&self, name: &str) -> bool {
        self.organizations_by_name.get(&key(name)) == Some(&PUBLISHER)
    }

    /// A person by name.
    pub(super) fn person(&self, name: &str, told: &mut Told) -> Option<Node> {
        let index = *self.people_by_name.get(&key(name))?;
        Some(self.human(&self.people[index], told))
    }

    /// A person or organization by name.
    pub(super) fn agent(&self, name: &str, told: &mut Told) -> Option<Node> {
        self.person(name, told).or_else(|| {
            let index = *self.organizations_by_name.get(&key(name))?;
            Some(self.body(index, told))
        })
    }

    fn human(&self, human: &Human<'_>, told: &mut Told) -> Node {
        let node = Node::new("Person", human.id.as_str()).with("name", human.name);
        if !told.first(&human.id) {
            return node;
        }
        let node = match given_and_family(human.name) {
            Some((given, family)) => node.with("givenName", given).with("familyName", family),
            None => node,
        };
        let Some(person) = human.known else {
            return node;
        };
        let shown = |fact| shown(self.site, fact).map(String::as_str);
        node.opt("honorificPrefix", shown(person.honorific.as_ref()))
            .opt("jobTitle", shown(person.role.as_ref()))
            .opt(
                "affiliation",
                shown(person.organization.as_ref())
                    .and_then(|name| self.organizations_by_name.get(&key(name)))
                    .map(|index| self.body(*index, told)),
            )
            .all("sameAs", person.same_as.iter().map(String::as_str))
    }

    fn body(&self, index: usize, told: &mut Told) -> Node {
        let body = &self.organizations[index];
        let node = Node::new("Organization", body.id.as_str()).with("name", body.name);
        if !told.first(&body.id) {
            return node;
        }
        let publisher = (index == PUBLISHER).then_some(&self.site.publisher);
        node.all("alternateName", body.alternate_names.iter().copied())
            .opt(
                "url",
                publisher.and_then(|publisher| publisher.url.as_deref()),
            )
            .opt(
                "logo",
                publisher.and_then(|publisher| publisher.logo.as_deref()),
            )
            .all("sameAs", body.same_as.iter().map(String::as_str))
    }

    /// Those press contacts who speak for the publisher.
    pub(super) fn contact_points(&self) -> Vec<Node> {
        let shown = |fact: Option<&'a Fact<String>>| shown(self.site, fact).map(String::as_str);
        let all =
            |facts: &'a [Fact<String>]| facts.iter().filter_map(move |fact| shown(Some(fact)));
        let mut points = Vec::new();
        for contact in &self.published.release.contacts {
            let elsewhere =
                shown(contact.organization.as_ref()).is_some_and(|name| !self.is_publisher(name));
            let ways = [&contact.emails, &contact.phones, &contact.urls];
            if elsewhere || ways.into_iter().all(|facts| all(facts).next().is_none()) {
                continue;
            }
            let id = self.fragment(&format!("contact-{}", points.len() + 1));
            points.push(
                Node::new("ContactPoint", id)
                    .opt("name", shown(contact.name.as_ref()))
                    .all("email", all(&contact.emails))
                    .all("telephone", all(&contact.phones))
                    .all("url", all(&contact.urls)),
            );
        }
        points
    }

    /// What recurs, as the larger event of its editions.
    pub(super) fn series(&self, event: &Event) -> Option<Node> {
        let name = shown(self.site, event.series.as_ref())?;
        let number = self.series.get(name.as_str())?;
        let node = Node::new("EventSeries", self.fragment(&format!("series-{number}")));
        Some(node.with("name", name.as_str()))
    }

    /// Where the release was written.
    pub(super) fn dateline_place(&self) -> Option<Node> {
        let (name, fragment) = self.dateline_place.as_ref()?;
        Some(Node::new("Place", self.fragment(fragment)).with("name", *name))
    }

    /// A place on the ground.
    pub(super) fn place(&self, location: &Location) -> Option<Node> {
        let index = self.place_number(location)?;
        let (_, fragment) = &self.places[index];
        let number = index + 1;
        let postal = [
            &location.street,
            &location.locality,
            &location.region,
            &location.country,
        ];
        let address = postal.iter().any(|part| part.is_some()).then(|| {
            Node::new("PostalAddress", self.fragment(&format!("address-{number}")))
                .opt("streetAddress", location.street.as_deref())
                .opt("addressLocality", location.locality.as_deref())
                .opt("addressRegion", location.region.as_deref())
                .opt("addressCountry", location.country.as_deref())
        });
        let geo = location.geo.map(|geo| {
            Node::new("GeoCoordinates", self.fragment(&format!("geo-{number}")))
                .with("latitude", geo.latitude)
                .with("longitude", geo.longitude)
        });
        Some(
            Node::new("Place", self.fragment(fragment))
                .opt("name", location.venue.as_deref())
                .opt("address", address)
                .opt("geo", geo),
        )
    }

    fn place_number(&self, location: &Location) -> Option<usize> {
        self.places.iter().position(|(known, _)| *known == location)
    }
}

impl Told {
    /// Whether this is the first time; the next will not be.
    pub(super) fn first(&mut self, id: &str) -> bool {
        self.0.insert(id.to_owned())
    }
}
