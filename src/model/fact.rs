//! A value together with the words that carry it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// Why a fact may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The words are there.
    Stated,
    /// A named rule over stated words gives it.
    Inferred,
    /// The site's settings or a sidecar say so.
    Configured,
}

/// Name of the rule that gave a fact: dotted, lower case, most general part first (`date.day-month-year.ru`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(pub Cow<'static, str>);

impl RuleId {
    /// The rule's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for RuleId {
    fn from(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl From<String> for RuleId {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

/// A value with its evidence: no step of `read` can make a fact without saying where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is known.
    pub value: T,
    /// Why it may be published.
    pub basis: Basis,
    /// The words that carry it; `None` for configured facts and defaults.
    pub span: Option<Span>,
    /// The rule that read it.
    pub rule: RuleId,
}

impl<T> Fact<T> {
    /// A fact whose words stand at `span`.
    pub fn stated(value: T, span: Span, rule: impl Into<RuleId>) -> Self {
        Self {
            value,
            basis: Basis::Stated,
            span: Some(span),
            rule: rule.into(),
        }
    }

    /// A fact that a named rule draws from the words at `span`.
    pub fn inferred(value: T, span: Option<Span>, rule: impl Into<RuleId>) -> Self {
        Self {
            value,
            basis: Basis::Inferred,
            span,
            rule: rule.into(),
        }
    }

    /// A fact from the site's settings or a sidecar.
    pub fn configured(value: T, rule: impl Into<RuleId>) -> Self {
        Self {
            value,
            basis: Basis::Configured,
            span: None,
            rule: rule.into(),
        }
    }

    /// The same evidence for another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        Fact {
            value: change(self.value),
            basis: self.basis,
            span: self.span,
            rule: self.rule,
        }
    }
}
