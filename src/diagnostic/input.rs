//! Findings about inputs, before anything is read from them.

use super::{Code, Diagnostic, counted};
use crate::source::{Refusal, RefusalKind, Repair, RepairKind, SettingsError, Span};

impl From<&Refusal> for Diagnostic {
    fn from(refusal: &Refusal) -> Self {
        let code = match refusal.kind {
            RefusalKind::Unreadable => Code::Unreadable,
            RefusalKind::TooLarge => Code::TooLarge,
            RefusalKind::NotAFile => Code::NotAFile,
            RefusalKind::NotText => Code::NotText,
            RefusalKind::NotAnImage => Code::ImageUnusable,
            RefusalKind::UnsafeName => Code::UnsafeName,
            RefusalKind::SameId => Code::SameId,
            RefusalKind::SidecarWithoutRelease => Code::SidecarWithoutRelease,
        };
        let finding = Self::new(code, format!("`{}` {}", refusal.name, refusal.message));
        if code == Code::Unreadable && refusal.name.ends_with('/') {
            return finding.hint("make that folder, or set `[input] include`");
        }
        finding
    }
}

/// A sidecar that cannot be understood: its release is held back, since what it should change is unknown.
impl From<&SettingsError> for Diagnostic {
    fn from(error: &SettingsError) -> Self {
        Self {
            hint: error.hint.clone(),
            ..Self::new(Code::SidecarInvalid, error.to_string())
        }
    }
}

/// What decoding changed in a text, as far as it is worth telling: one finding for each kind, at its first place.
pub fn repairs(text: &str, repairs: &[Repair]) -> Vec<Diagnostic> {
    (repairs.iter().filter(|repair| !repair.kind.is_routine()))
        .map(|repair| {
            let what = counted(repair.count, repair.kind.what());
            let done = match repair.kind {
                RepairKind::Lost => "shown as a white square",
                RepairKind::Punctuation | RepairKind::Symbol => "replaced by what was meant",
                _ => "removed",
            };
            let finding = Diagnostic::new(Code::Repaired, format!("{what} {done}"))
                .at(first_character(text, repair.first as usize));
            match repair.kind {
                RepairKind::Lost => {
                    finding.hint("save the text as UTF-8, or set `[input] encoding`")
                }
                _ => finding,
            }
        })
        .collect()
}

/// The character at `at`, or nothing at the text's end.
fn first_character(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or_default();
    let at = text.len() - rest.len();
    Span::new(at, at + rest.chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn repairs_are_told_by_kind_and_routine_ones_are_not() {
        let source = Source::from_text(
            "a".into(),
            "a.txt".into(),
            "a\r\nb\0c\0\u{a0}\u{ad}d\u{fffd}".into(),
        );
        let found = repairs(&source.text, &source.repairs);
        let told: Vec<_> = found
            .iter()
            .map(|d| (d.message.as_str(), d.span.map(|s| s.of(&source.text))))
            .collect();
        assert_eq!(
            told,
            [
                ("1 soft hyphen removed", Some("d")),
                ("2 control characters removed", Some("c")),
                ("1 undecodable character shown as a white square", Some("□")),
            ]
        );
    }
}
