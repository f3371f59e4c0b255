//! The batch being decided: what is to be published, and which inputs only say again what another says.

use std::collections::BTreeMap;

use super::publication::Candidate;
use crate::archive::Archive;
use crate::model::{Alternate, NoticeKind, Release};

/// A batch while it is decided.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) candidates: Vec<Candidate>,
    /// What candidates say, with the id and place of the first that says it.
    pub(super) contents: BTreeMap<String, (String, usize)>,
    /// Other names of candidates, by place.
    pub(super) here: BTreeMap<usize, Vec<Alternate>>,
    /// Other names of releases that the archive holds and that are not in this batch.
    pub(super) elsewhere: BTreeMap<String, Vec<Alternate>>,
}

/// The release that says the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum First {
    Here(String, usize),
    Elsewhere(String),
}

impl First {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Here(id, _) | Self::Elsewhere(id) => id,
        }
    }
}

impl Desk {
    pub(super) fn add(&mut self, candidate: Candidate) -> usize {
        self.candidates.push(candidate);
        self.candidates.len() - 1
    }

    /// The release in this batch or in the archive that says the same.
    pub(super) fn first(
        &self,
        archive: &Archive,
        release: &Release,
        content: Option<&String>,
    ) -> Option<First> {
        let here = content.and_then(|content| self.contents.get(content));
        match (here, archive.twin(release)) {
            (Some((id, at)), _) => Some(First::Here(id.clone(), *at)),
            (None, Some(entry)) => Some(First::Elsewhere(entry.id.clone())),
            (None, None) => None,
        }
    }

    pub(super) fn alternate(&mut self, first: &First, alternate: Alternate) {
        match first {
            First::Here(_, at) => self.here.entry(*at).or_default().push(alternate),
            First::Elsewhere(id) => self
                .elsewhere
                .entry(id.clone())
                .or_default()
                .push(alternate),
        }
    }
}

/// A release as another name of one that says the same; the notice on its page tells the locale it was made for.
pub(super) fn alternate(release: &Release) -> Alternate {
    let notice =
        (release.notices.iter()).find(|notice| notice.kind == NoticeKind::LanguageFallback);
    Alternate {
        id: release.id.clone(),
        language: notice.and_then(|notice| notice.language.clone()),
    }
}
