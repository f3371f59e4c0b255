//! What the last run made of each input file, so that one that has not changed is not even opened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::archive::Archive;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::profile::{Node, Tier, Verdict};
use crate::publish::{Folder, PublishError, State};
use crate::source::{File, Refusal, Span};

/// Path of the file below the output folder.
pub(super) const INPUTS: &str = ".dateline/inputs.ndjson";

/// An input as it was, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Input {
    /// Its name.
    pub(super) file: Arc<str>,
    /// How the file looked.
    pub(super) stamp: Stamp,
    /// How the pictures that its sidecar names looked; none: one that was not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) images: BTreeMap<String, Option<Look>>,
    /// What became of it.
    pub(super) outcome: Outcome,
    /// What was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) findings: Vec<Finding>,
    /// What search engines make of its article and events.
    #[serde(default, skip_serializing_if = "<[Judgement]>::is_empty")]
    pub(super) verdicts: Box<[Judgement]>,
}

/// A [`Verdict`] as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Judgement {
    /// Number of the event; `None`: the article.
    pub(super) event: Option<u32>,
    pub(super) valid: bool,
    pub(super) eligible: bool,
    pub(super) complete: bool,
    /// Codes of what keeps it from being valid or eligible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gaps: Vec<String>,
}

impl From<&Verdict> for Judgement {
    fn from(verdict: &Verdict) -> Self {
        let barring = [Tier::Valid, Tier::Eligible].into_iter();
        let gaps = barring.flat_map(|tier| verdict.lacking(tier));
        Self {
            event: match verdict.node {
                Node::Article => None,
                Node::Event(number) => Some(number),
            },
            valid: verdict.is(Tier::Valid),
            eligible: verdict.is(Tier::Valid) && verdict.is(Tier::Eligible),
            complete: verdict.is(Tier::Complete),
            gaps: gaps.map(|gap| gap.code.number().to_owned()).collect(),
        }
    }
}

/// How a file and its sidecar look from outside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    file: Look,
    sidecar: Option<Look>,
}

/// Size in bytes, and nanoseconds since 1970 (none: before that) of the last change of the bytes and, where the system
/// tells, of anything about the file: the first is as a person or program set it, the second as it was.
pub(super) type Look = (u64, Option<u64>, Option<u64>);

/// How a file looks now; `None` where it cannot be seen.
pub(super) fn look(path: &Path) -> Option<Look> {
    look_of(&std::fs::symlink_metadata(path).ok()?)
}

/// The same of what a link leads to.
pub(super) fn look_through(path: &Path) -> Option<Look> {
    look_of(&std::fs::metadata(path).ok()?)
}

fn look_of(found: &Metadata) -> Option<Look> {
    let modified = found.modified().ok()?.duration_since(UNIX_EPOCH).ok();
    let modified = modified.map(|since| since.as_nanos() as u64);
    Some((found.len(), modified, changed(found)))
}

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    /// Published under its own id.
    Published(String),
    /// Published as another name of that id.
    Alternate(String),
    /// Held back until something is added.
    Held,
    /// No release.
    Rejected,
    /// Nothing to be read.
    Ignored,
    /// Waits for that moment.
    Embargoed(DateTime<Utc>),
    /// Waits for the office's word.
    Withheld,
}

impl Outcome {
    /// The word for it in the report.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Published(_) | Self::Alternate(_) => "published",
            Self::Held => "held",
            Self::Rejected => "rejected",
            Self::Ignored => "ignored",
            Self::Embargoed(_) | Self::Withheld => "waiting",
        }
    }
}

/// A [`Diagnostic`] as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Finding {
    code: String,
    message: String,
    hint: Option<String>,
    span: Option<Span>,
}

impl From<&Diagnostic> for Finding {
    fn from(finding: &Diagnostic) -> Self {
        Self {
            code: finding.code.name().to_owned(),
            message: finding.message.clone(),
            hint: finding.hint.clone(),
            span: finding.span,
        }
    }
}

impl Finding {
    /// The diagnostic; `None` where this program knows no such code.
    fn diagnostic(&self) -> Option<Diagnostic> {
        Some(Diagnostic {
            code: Code::from_name(&self.code)?,
            message: self.message.clone(),
            hint: self.hint.clone(),
            span: self.span,
        })
    }
}

impl Input {
    /// What matched and cannot be read.
    pub(super) fn refused(refusal: &Refusal) -> Self {
        let finding = Diagnostic::from(refusal);
        Self {
            file: refusal.name.as_str().into(),
            stamp: Stamp::default(),
            images: BTreeMap::new(),
            outcome: match finding.code.severity() {
                Severity::Error => Outcome::Rejected,
                Severity::Warning | Severity::Note => Outcome::Ignored,
            },
            findings: vec![Finding::from(&finding)],
            verdicts: Box::default(),
        }
    }

    /// Whether it is published as another name of that id.
    pub(super) fn is_name_of(&self, id: &str) -> bool {
        matches!(&self.outcome, Outcome::Alternate(first) if first == id)
    }

    /// Holds it back for this reason.
    pub(super) fn refuse(&mut self, why: &Diagnostic) {
        self.outcome = Outcome::Held;
        self.findings.push(Finding::from(why));
    }

    /// What was found.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        self.findings
            .iter()
            .filter_map(Finding::diagnostic)
            .collect()
    }

    /// Whether the pictures below `root` look as they did.
    pub(super) fn shows_the_same(&self, root: &Path) -> bool {
        let mut images = self.images.iter();
        images.all(|(name, before)| look(&root.join(name)) == *before)
    }

    /// Whether this is so as long as the file looks like that, but for the end of an embargo.
    pub(super) fn lasts(&self) -> bool {
        // The day on which a date is no longer ahead is soon here, an archive may be put right at any time, and so may
        // whatever kept a file from being read.
        let passing = [Code::FutureDate, Code::ArchiveDamaged, Code::Unreadable].map(Code::name);
        !(self.findings.iter()).any(|finding| passing.contains(&finding.code.as_str()))
    }

    /// Whether this is still so at `now`, if the file still looks like that.
    pub(super) fn holds(&self, archive: &Archive, now: DateTime<Utc>) -> bool {
        if !self.lasts() {
            return false;
        }
        match &self.outcome {
            Outcome::Published(id) | Outcome::Alternate(id) => archive.entry(id).is_some(),
            Outcome::Embargoed(end) => *end > now,
            Outcome::Held | Outcome::Rejected | Outcome::Ignored | Outcome::Withheld => true,
        }
    }
}

impl Stamp {
    /// How a file and its sidecar look now; `None` where one cannot be seen.
    pub(super) fn of(file: &File) -> Option<Self> {
        let sidecar = match &file.sidecar {
            Some(path) => Some(look(path)?),
            None => None,
        };
        Some(Self {
            file: look(&file.path)?,
            sidecar,
        })
    }

    /// Size of the file in bytes.
    pub(super) fn size(&self) -> u64 {
        self.file.0
    }
}

/// Nanoseconds since 1970 of the last change of anything about a file, which no program can set.
#[cfg(unix)]
fn changed(found: &Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec());
    u64::try_from(nanoseconds).ok()
}

#[cfg(not(unix))]
fn changed(_found: &Metadata) -> Option<u64> {
    None
}

/// Counted up when lines change their meaning.
const LAYOUT: &str = "inputs 2";

/// The inputs of the last complete run, by name.
pub(super) fn load(folder: &Folder, fingerprint: &str) -> Result<State<Input>, PublishError> {
    State::load(folder, INPUTS, &format!("{LAYOUT} {fingerprint}"))
}

/// The file of these inputs.
pub(super) fn encode(fingerprint: &str, inputs: &[Input]) -> Vec<u8> {
    State::encode(&format!("{LAYOUT} {fingerprint}"), inputs)
}

/// Names of the inputs with findings that the last complete run, which left `known`, has not told as they are.
pub(super) fn news(inputs: &[Input], known: &BTreeMap<Arc<str>, Input>) -> BTreeSet<Arc<str>> {
    let told = |input: &&Input| known.get(&input.file) == Some(input);
    let new = (inputs.iter()).filter(|input| !input.findings.is_empty() && !told(input));
    new.map(|input| input.file.clone()).collect()
}

/// By name.
pub(super) fn by_name(inputs: Vec<Input>) -> BTreeMap<Arc<str>, Input> {
    inputs
        .into_iter()
        .map(|input| (input.file.clone(), input))
        .collect()
}
