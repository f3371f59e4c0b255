//! The batch being decided: what is to be published, and which inputs only say again what another says.

use std::collections::BTreeMap;

use super::publication::Candidate;
use crate::archive::{Archive, Fingerprint};
use crate::model::{Alternate, NoticeKind, Release, language_tag};

/// A batch while it is decided.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) candidates: Vec<Candidate>,
    /// What candidates say, with the id and place of the first that says it.
    pub(super) contents: BTreeMap<Fingerprint, (String, usize)>,
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
        content: Option<&Fingerprint>,
    ) -> Option<First> {
        let here = content.and_then(|content| self.contents.get(content));
        match (here, archive.twin(release)) {
            (Some((id, at)), _) => Some(First::Here(id.clone(), *at)),
            (None, Some(entry)) => Some(First::Elsewhere(entry.id.to_string())),
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

/// A release as another name of `first`, which says the same. The notice on its page tells the locale it was made for, or
/// its name does.
pub(super) fn alternate(release: &Release, first: &str) -> Alternate {
    let notice =
        (release.notices.iter()).find(|notice| notice.kind == NoticeKind::LanguageFallback);
    Alternate {
        id: release.id.clone(),
        language: notice
            .and_then(|notice| notice.language.clone())
            .or_else(|| locale(&release.id, first)),
    }
}

/// The locale in a name that differs from another's by its locale alone: `fr-ch/opening` beside `fr-fr/opening`,
/// `opening.en-gb` beside `opening.en`.
fn locale(id: &str, first: &str) -> Option<String> {
    let parts = |id: &str| -> Vec<String> { id.split(['/', '.']).map(str::to_owned).collect() };
    let (here, there) = (parts(id), parts(first));
    let mut differing = here.iter().zip(&there).filter(|(one, other)| one != other);
    let (one, other) = differing.next()?;
    let tag = |part: &str| {
        let tag = language_tag(&part.replace('_', "-"))?;
        (part.len() == 2 || part.len() == 5).then_some(tag)
    };
    let alone = differing.next().is_none() && here.len() == there.len();
    let (locale, _) = tag(one).zip(tag(other)).filter(|_| alone)?;
    Some(locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_what_alone_sets_two_names_apart() {
        for (id, first, want) in [
            ("fr-ch/2026/opening", "fr-fr/2026/opening", Some("fr-CH")),
            ("2026/opening.en_gb", "2026/opening.en", Some("en-GB")),
            ("pt/opening", "en/opening", Some("pt")),
            ("2026/opening", "2025/opening", None),
            ("de/closing", "en/opening", None),
            ("de/2026/opening", "en/opening", None),
            ("copy/opening", "en/opening", None),
        ] {
            assert_eq!(locale(id, first).as_deref(), want, "{id} {first}");
        }
    }
}
