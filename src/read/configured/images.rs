//! The pictures that a sidecar names.

use super::checks::{RULE, Value, clean, unfit};
use super::{Reading, same_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Fact, Image, Release};
use crate::source::sidecar::ImageTable;
use crate::source::{ImageFile, Refusal, SettingsError, Sidecar};

/// What is known of a picture's file: what it is, or was when it was last published, and why it cannot be read now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is, where a picture can be published.
    pub file: Option<ImageFile>,
    /// Why it cannot be read.
    pub refusal: Option<Refusal>,
}

/// Gives the release its pictures; `found` is what is known of the file of each, in the sidecar's order. One that cannot
/// be read is told and left out; a value that cannot be understood holds the release back.
pub fn images(reading: &mut Reading, sidecar: &Sidecar, found: Vec<Result<Found, SettingsError>>) {
    for (table, found) in sidecar.image.iter().flatten().zip(found) {
        let found =
            found.and_then(|found| Ok((table_of(&reading.release, sidecar, table)?, found)));
        let (said, Found { file, refusal }) = match found {
            Ok(known) => known,
            Err(error) => {
                reading.diagnostics.push(Diagnostic::from(&error));
                continue;
            }
        };
        let told = refusal.map(|refusal| unusable(sidecar, table, &refusal, file.is_some()));
        reading.diagnostics.extend(told);
        let image = file.map(|file| Fact::configured(said.of(file), RULE));
        reading.release.images.extend(image);
    }
}

fn unusable(sidecar: &Sidecar, table: &ImageTable, refusal: &Refusal, kept: bool) -> Diagnostic {
    let message = format!("the picture `{}` {}", refusal.name, refusal.message);
    let error = sidecar.error(table.file.span(), message);
    let follows = if kept {
        "the release keeps the one that was published under that name"
    } else {
        "the release is published without it"
    };
    Diagnostic::new(Code::ImageUnusable, error.to_string()).hint(format!(
        "put the picture there, or correct `file`; until then {follows}"
    ))
}

/// What the office says of a picture.
struct Said {
    alt: String,
    caption: Option<String>,
    credit: Option<String>,
    event: Option<String>,
}

fn table_of(
    release: &Release,
    sidecar: &Sidecar,
    table: &ImageTable,
) -> Result<Said, SettingsError> {
    let words = |value: &Option<Value>| {
        let words = clean(value.as_ref()?);
        (!words.is_empty()).then_some(words)
    };
    let alt = clean(&table.alt);
    if alt.is_empty() {
        let expected = "words that stand in for the picture";
        return Err(unfit(sidecar, "alt", table.alt.span(), "", expected));
    }
    let event = match &table.event {
        None => None,
        Some(value) => {
            let named = release.events.iter().map(|event| &event.name.value);
            let event = named.clone().find(|name| same_name(name, value));
            Some(event.cloned().ok_or_else(|| {
                let known: Vec<_> = named.map(|name| format!("`{name}`")).collect();
                let expected = match known.as_slice() {
                    [] => "none, since the release has no main event".to_owned(),
                    _ => format!("the name of a main event: {}", known.join(", ")),
                };
                unfit(sidecar, "event", value.span(), &clean(value), &expected)
            })?)
        }
    };
    Ok(Said {
        alt,
        caption: words(&table.caption),
        credit: words(&table.credit),
        event,
    })
}

impl Said {
    fn of(self, file: ImageFile) -> Image {
        Image {
            file: file.name,
            alt: self.alt,
            caption: self.caption,
            credit: self.credit,
            event: self.event,
            format: file.format,
            width: file.width,
            height: file.height,
            bytes: file.bytes,
            sha256: file.sha256,
        }
    }
}
