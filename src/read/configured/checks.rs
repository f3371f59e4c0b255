//! Values of a sidecar, checked one by one.

use toml::Spanned;

use crate::model::Fact;
use crate::read::blocks::folded;
use crate::source::sidecar::Words;
use crate::source::{SettingsError, Sidecar, cleaned, is_web_address, nearest};

/// The rule that a sidecar's facts carry.
pub(super) const RULE: &str = "sidecar";

/// A value with its place in the file.
pub(super) type Value = Spanned<Words>;

/// What a date may look like.
pub(super) const DATE: &str = "a date like `2024-05-03`, `2024-05` or `2024-05-03T14:30+02:00`";

/// The value in the form that texts have, white space folded.
pub(super) fn clean(value: &Value) -> String {
    folded(&cleaned(&value.get_ref().0).0)
}

/// The finding that a value is not what its key takes.
pub(super) fn unfit(
    sidecar: &Sidecar,
    key: &str,
    at: std::ops::Range<usize>,
    found: &str,
    expected: &str,
) -> SettingsError {
    sidecar.error(at, format!("`{key}`: found `{found}`, expected {expected}"))
}

/// Checks values and gathers what is wrong with them.
pub(super) struct Checks<'a> {
    pub(super) sidecar: &'a Sidecar,
    pub(super) findings: Vec<SettingsError>,
}

impl Checks<'_> {
    /// A fact that a release cannot be without.
    pub(super) fn required<T>(
        &mut self,
        key: &str,
        value: Option<&Value>,
        fact: &mut Option<Fact<T>>,
        read: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) {
        match value {
            Some(value) if clean(value).is_empty() => {
                self.findings
                    .push(unfit(self.sidecar, key, value.span(), "", expected));
            }
            _ => self.value(key, value, fact, read, expected),
        }
    }

    /// Replaces a fact by a checked value.
    pub(super) fn value<T>(
        &mut self,
        key: &str,
        value: Option<&Value>,
        fact: &mut Option<Fact<T>>,
        read: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) {
        let Some(value) = value else { return };
        let words = clean(value);
        if words.is_empty() {
            *fact = None;
        } else if let Some(checked) = read(&words) {
            *fact = Some(Fact::configured(checked, RULE));
        } else {
            self.findings
                .push(unfit(self.sidecar, key, value.span(), &words, expected));
        }
    }

    pub(super) fn words(&mut self, value: Option<&Value>, fact: &mut Option<Fact<String>>) {
        self.value("", value, fact, |words| Some(words.to_owned()), "words");
    }

    /// Replaces a fact by the value of a code.
    pub(super) fn code<T: Copy>(
        &mut self,
        key: &str,
        value: Option<&Value>,
        fact: &mut Option<Fact<T>>,
        all: &[T],
        code: impl Fn(T) -> &'static str,
    ) {
        let before = self.findings.len();
        let known: Vec<_> = all.iter().map(|one| code(*one)).collect();
        let read = |words: &str| all.iter().copied().find(|one| code(*one) == words);
        self.value(
            key,
            value,
            fact,
            read,
            &format!("one of {}", known.join(", ")),
        );
        if let (Some(value), Some(error)) = (value, self.findings.get_mut(before)) {
            error.hint = nearest(&clean(value), known.into_iter())
                .map(|known| format!("did you mean `{known}`?"));
        }
    }

    pub(super) fn addresses(&mut self, values: &[Value]) -> Vec<String> {
        let mut checked = Vec::new();
        for value in values {
            let mut address = None;
            self.address("same_as", Some(value), &mut address);
            checked.extend(address.map(|fact| fact.value));
        }
        checked
    }

    pub(super) fn address(
        &mut self,
        key: &str,
        value: Option<&Value>,
        fact: &mut Option<Fact<String>>,
    ) {
        let read = |words: &str| is_web_address(words).then(|| words.to_owned());
        self.value(key, value, fact, read, "an absolute web address");
    }

    /// A name, which cannot be empty.
    pub(super) fn name(&mut self, value: &Value) -> Fact<String> {
        let name = clean(value);
        if name.is_empty() {
            self.findings
                .push(unfit(self.sidecar, "name", value.span(), "", "words"));
        }
        Fact::configured(name, RULE)
    }
}

/// Words as facts, empty ones left out.
pub(super) fn facts(values: &[Value]) -> Vec<Fact<String>> {
    (values.iter().map(clean).filter(|words| !words.is_empty()))
        .map(|words| Fact::configured(words, RULE))
        .collect()
}
