//! Is a release a translation of another?

use super::{Archive, Entry};
use crate::model::primary_language;

/// The house's own name for what a release says, whatever the language: its id without the folder or ending that names
/// the language (`fr/2026/opening`, `2026/opening.fr`, `2026/opening_fr` are all the house's `2026/opening`).
pub(super) fn house(id: &str, language: Option<&str>) -> String {
    let Some(language) = language.map(primary_language) else {
        return id.to_owned();
    };
    let names_it = |part: &str| {
        let first = part.split(['-', '_']).next().unwrap_or(part);
        let short = part.len() <= first.len() + 3;
        first.eq_ignore_ascii_case(language) && short
    };
    let (folders, name) = id.rsplit_once('/').unwrap_or(("", id));
    let name = (name.rsplit_once(['.', '_', '-']))
        .filter(|(before, ending)| !before.is_empty() && ending.eq_ignore_ascii_case(language))
        .map_or(name, |(before, _)| before);
    let mut parts: Vec<_> = folders.split('/').filter(|part| !part.is_empty()).collect();
    if let Some(at) = parts.iter().position(|part| names_it(part)) {
        parts.remove(at);
    }
    parts.push(name);
    parts.join("/")
}

impl Archive {
    /// The release that one about to be published first translates: of the same house and day, in another language, and
    /// with events on the same days. When unsure, none.
    pub(super) fn original_of(&self, entry: &Entry, beside: &Self) -> Option<String> {
        let language = primary_language(entry.language.as_deref()?);
        let house = house(&entry.id, entry.language.as_deref());
        let known = [self, beside].into_iter().flat_map(|archive| {
            let ids = archive.kin.of_house(house.clone());
            ids.filter_map(|id| archive.entry(id))
        });
        let found: Vec<&Entry> = known.filter(|of| of.id != entry.id).collect();
        let days = |of: &Entry| -> Vec<Option<String>> {
            let mut days: Vec<_> = of.events.iter().map(|event| event.start.clone()).collect();
            days.sort_unstable();
            days
        };
        let speaks = |of: &&Entry| of.language.as_deref().map(primary_language) == Some(language);
        let fits = |of: &&&Entry| {
            of.language.is_some() && of.published == entry.published && days(of) == days(entry)
        };
        // A house that says the same twice in one language has no names that can be relied on.
        if found.iter().any(speaks) {
            return None;
        }
        let original = found.iter().find(fits)?;
        let root = original.translation_of.as_ref().unwrap_or(&original.id);
        Some(root.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_names_a_release_whatever_its_language() {
        for (id, language, want) in [
            ("2026/opening.fr", "fr", "2026/opening"),
            ("2026/opening_fr", "fr-CA", "2026/opening"),
            ("2026/opening", "en", "2026/opening"),
            ("fr/2026/opening", "fr", "2026/opening"),
            ("en-gb/opening", "en", "opening"),
            ("2026/opening.fr", "en", "2026/opening.fr"),
            ("fr", "fr", "fr"),
            ("2026/frise", "fr", "2026/frise"),
            ("frisian/opening", "fr", "frisian/opening"),
        ] {
            assert_eq!(house(id, Some(language)), want, "{id} {language}");
        }
    }
}
