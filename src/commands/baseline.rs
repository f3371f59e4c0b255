//! A baseline: how many findings of each code each file had when an office began to check. Those are not told again, so
//! that checking can begin late; whatever comes on top is told.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::diagnostic::Diagnostic;
use crate::publish::Folder;
use crate::source::SettingsError;

/// Counts by file, then by number of the code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Baseline(BTreeMap<String, BTreeMap<String, usize>>);

impl Baseline {
    /// The baseline in a file.
    pub(super) fn load(path: &Path) -> Result<Self, Failure> {
        let name = path.to_string_lossy();
        let wrong = |message: String| {
            let hint = "`dateline check --baseline FILE --write-baseline` writes one";
            Failure::Settings(SettingsError::of(&name, message).hint(hint))
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| wrong(format!("cannot be read: {error}")))?;
        serde_json::from_str(&text).map_err(|error| wrong(format!("is no baseline: {error}")))
    }

    /// Writes it.
    pub(super) fn store(&self, path: &Path) -> Result<(), Failure> {
        // Maps of strings and numbers always have a JSON form.
        let mut text = serde_json::to_string_pretty(self).expect("a baseline is plain data");
        text.push('\n');
        Folder::new("").write_durably(&path.to_string_lossy(), text.as_bytes())?;
        Ok(())
    }

    /// Counts the findings about a file.
    pub(super) fn count(&mut self, name: &str, findings: &[Diagnostic]) {
        for finding in findings {
            let file = self.0.entry(name.to_owned()).or_default();
            *file.entry(finding.code.number().to_owned()).or_default() += 1;
        }
    }

    /// Leaves those that are new: where a file has more of a code than it had, all of them, since nobody knows which.
    pub(super) fn retain_new(&self, name: &str, findings: &mut Vec<Diagnostic>) {
        let Some(file) = self.0.get(name) else { return };
        let mut now = Self::default();
        now.count(name, findings);
        let now = now.0.remove(name).unwrap_or_default();
        findings.retain(|finding| {
            let number = finding.code.number();
            let known = file.get(number).copied().unwrap_or(0);
            now.get(number).copied().unwrap_or(0) > known
        });
    }

    /// Findings that are counted here and are gone, `now` being what is there.
    pub(super) fn gone(&self, now: &Self) -> usize {
        let counts = (self.0.iter()).flat_map(|(name, file)| {
            file.iter()
                .map(move |(number, count)| (name, number, count))
        });
        let gone = counts.map(|(name, number, count)| {
            let left = now.0.get(name).and_then(|file| file.get(number));
            count.saturating_sub(left.copied().unwrap_or(0))
        });
        gone.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn found(codes: &[Code]) -> Vec<Diagnostic> {
        let found = codes.iter().map(|code| Diagnostic::new(*code, "x"));
        found.collect()
    }

    #[test]
    fn what_was_counted_is_silent_and_what_is_more_is_told() {
        let (place, date) = (Code::EventWithoutPlace, Code::EventWithoutDate);
        let mut baseline = Baseline::default();
        baseline.count("a", &found(&[place, date]));
        let told = |name: &str, codes: &[Code]| {
            let mut findings = found(codes);
            baseline.retain_new(name, &mut findings);
            findings.len()
        };
        assert_eq!(told("a", &[place, date]), 0);
        assert_eq!(told("a", &[place, place, date]), 2);
        assert_eq!(told("b", &[place]), 1);
        let mut now = Baseline::default();
        now.count("a", &found(&[place, place]));
        assert_eq!(baseline.gone(&now), 1);
    }
}
