//! What a run keeps for the next one: lines, mostly of JSON, below a first line with fingerprint and checksum.
//!
//! Any doubt about such a file makes the run do without it, which costs time and never data.

use std::fmt;
use std::io::Read;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Folder, PublishError};

/// Bytes of a part, and a line more.
const PART: u64 = 1 << 20;

/// A state file as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State<T> {
    /// Its lines, in order.
    Usable(Vec<T>),
    /// It cannot serve this run.
    Lost(Damage),
}

/// Why a state file cannot serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// There is none.
    Missing,
    /// It does not hold what was written.
    Damaged,
    /// It was written under other settings or by another program.
    Outdated,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "is missing",
            Self::Damaged => "is damaged",
            Self::Outdated => "is of other settings or another program",
        })
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    fingerprint: String,
    lines: usize,
    sha256: String,
}

impl<T: Serialize + DeserializeOwned> State<T> {
    /// Reads the file at `path` that was written under the same fingerprint.
    pub fn load(folder: &Folder, path: &str, fingerprint: &str) -> Result<Self, PublishError> {
        let mut lines = Lines::default();
        let read = in_parts(folder, path, fingerprint, |part| lines.take(part))?;
        Ok(match read.and_then(|()| lines.whole()) {
            Ok(lines) => Self::Usable(lines),
            Err(damage) => Self::Lost(damage),
        })
    }

    /// The file of these lines. The same lines give the same bytes.
    pub fn encode<'a>(fingerprint: &str, lines: impl IntoIterator<Item = &'a T>) -> Vec<u8>
    where
        T: 'a,
    {
        let mut body = Vec::new();
        let mut count = 0;
        for line in lines {
            write_line(&mut body, line);
            count += 1;
        }
        sealed(fingerprint, count, body)
    }
}

/// Lines below a head line that vouches for them.
pub(super) fn sealed(fingerprint: &str, lines: usize, mut body: Vec<u8>) -> Vec<u8> {
    let mut head = Vec::new();
    write_line(
        &mut head,
        &Head {
            fingerprint: fingerprint.to_owned(),
            lines,
            sha256: checksum(fingerprint, lines, &body),
        },
    );
    // In place: the lines can be all that the process holds.
    body.splice(..0, head);
    body
}

/// Lines of JSON as they come in parts.
struct Lines<T> {
    all: Vec<T>,
    is_damaged: bool,
}

impl<T> Default for Lines<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            is_damaged: false,
        }
    }
}

impl<T: DeserializeOwned> Lines<T> {
    fn take(&mut self, part: &str) {
        for line in part.lines() {
            match serde_json::from_str(line) {
                Ok(line) => self.all.push(line),
                Err(_) => self.is_damaged = true,
            }
        }
    }

    fn whole(self) -> Result<Vec<T>, Damage> {
        (!self.is_damaged)
            .then_some(self.all)
            .ok_or(Damage::Damaged)
    }
}

/// Hands the lines of the sealed file at `path` on in parts of whole lines, so that it is never held at once. Only when all of
/// it is read is it known whether they are as they were [`sealed`].
pub(super) fn in_parts(
    folder: &Folder,
    path: &str,
    fingerprint: &str,
    each: impl FnMut(&str),
) -> Result<Result<(), Damage>, PublishError> {
    let Some(file) = folder.open(path)? else {
        return Ok(Err(Damage::Missing));
    };
    unsealed(file, fingerprint, each).map_err(PublishError::at("read", folder.root().join(path)))
}

fn unsealed(
    mut file: impl Read,
    fingerprint: &str,
    mut each: impl FnMut(&str),
) -> std::io::Result<Result<(), Damage>> {
    let mut head: Option<Head> = None;
    let mut hasher = Sha256::new();
    let mut lines = 0;
    let mut part = Vec::new();
    loop {
        let read = (&mut file).take(PART).read_to_end(&mut part)?;
        let Some(end) = part.iter().rposition(|byte| *byte == b'\n') else {
            if read == 0 {
                break;
            }
            continue;
        };
        let rest = part.split_off(end + 1);
        let mut whole = part.as_slice();
        if head.is_none() {
            let end = whole.iter().position(|byte| *byte == b'\n').unwrap_or(0);
            let Ok(of_file) = serde_json::from_slice::<Head>(&whole[..end]) else {
                return Ok(Err(Damage::Damaged));
            };
            hasher.update(sealing(&of_file.fingerprint, of_file.lines));
            whole = &whole[end + 1..];
            head = Some(of_file);
        }
        hasher.update(whole);
        let Ok(text) = std::str::from_utf8(whole) else {
            return Ok(Err(Damage::Damaged));
        };
        lines += text.bytes().filter(|byte| *byte == b'\n').count();
        each(text);
        part = rest;
    }
    let sealed = head.filter(|head| {
        part.is_empty() && head.lines == lines && head.sha256 == hexadecimal(&hasher.finalize())
    });
    Ok(match sealed {
        None => Err(Damage::Damaged),
        Some(head) if head.fingerprint != fingerprint => Err(Damage::Outdated),
        Some(_) => Ok(()),
    })
}

/// Of the head too, so that a damaged fingerprint is not taken for another.
fn checksum(fingerprint: &str, lines: usize, body: &[u8]) -> String {
    let digest = Sha256::new_with_prefix(sealing(fingerprint, lines)).chain_update(body);
    hexadecimal(&digest.finalize())
}

/// What of the head the checksum vouches for.
fn sealing(fingerprint: &str, lines: usize) -> String {
    format!("{fingerprint} {lines}\n")
}

fn write_line(out: &mut Vec<u8>, value: &impl Serialize) {
    // Lines are plain records with text keys: writing them to memory cannot fail.
    serde_json::to_writer(&mut *out, value).expect("a state line is plain JSON");
    out.push(b'\n');
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_and_any_doubt_gives_none() {
        let lines = vec![("a".to_owned(), 1), ("b".to_owned(), 2)];
        let bytes = State::encode("f1", &lines);
        let decode = |bytes: &[u8], fingerprint| {
            let mut lines = Lines::default();
            let read = unsealed(bytes, fingerprint, |part| lines.take(part));
            read.expect("memory can be read")
                .and_then(|()| lines.whole())
        };
        assert_eq!(decode(&bytes, "f1"), Ok(lines));
        let text = |fingerprint| {
            let mut text = String::new();
            let read = unsealed(bytes.as_slice(), fingerprint, |part| text.push_str(part));
            read.expect("memory can be read").map(|()| text)
        };
        assert_eq!(text("f1").as_deref(), Ok("[\"a\",1]\n[\"b\",2]\n"));
        assert_eq!(text("f2"), Err(Damage::Outdated));
        assert_eq!(decode(&bytes, "f2"), Err(Damage::Outdated));
        for at in 0..bytes.len() {
            assert!(decode(&bytes[..at], "f1").is_err(), "cut at {at}");
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            for fingerprint in ["f1", "f0"] {
                assert_eq!(
                    decode(&changed, fingerprint),
                    Err(Damage::Damaged),
                    "changed at {at}"
                );
            }
        }
        let whole = |text: &str| {
            let mut lines = Lines::<(String, i32)>::default();
            lines.take(text);
            lines.whole().is_ok()
        };
        assert!(whole("[\"a\",1]\n") && !whole("[\"a\",1]\n[1]\n"));
    }
}
