//! The documents made from one release version, as the lines that the manifest has for them: a run hands nearly all of
//! them on to the next one unread, whatever the size of the archive.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Mark;
use crate::write::Digest;

/// The documents made from one release version, or from the whole catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Version of the release, or what stands for it and for the releases that it hangs together with; for the catalog,
    /// what stands for the news of the hour; `None`: made under other settings or by another program.
    pub version: Option<u32>,
    /// A line for each, by path: fields with tabs between.
    lines: Arc<str>,
}

/// A document of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'s> {
    /// Where.
    pub path: Cow<'s, str>,
    /// What.
    pub mark: Mark,
    /// What stands for all that it was made of: none in the set of a release.
    pub digest: Option<Digest>,
}

impl Set {
    /// A set of these documents, some with what stands for all that they were made of.
    pub fn new(
        version: Option<u32>,
        files: &BTreeMap<String, Mark>,
        digests: &BTreeMap<String, Digest>,
    ) -> Self {
        let mut lines = String::new();
        for (path, mark) in files {
            write_document(&mut lines, path, mark, digests.get(path));
        }
        let lines = lines.into();
        Self { version, lines }
    }

    /// The set of lines that [`Self::lines`] gave; `None` where one is none of a document.
    pub(super) fn of(version: Option<u32>, lines: &str) -> Option<Self> {
        let lines = lines.lines().all(is_document).then(|| lines.into())?;
        Some(Self { version, lines })
    }

    /// A line for each document, with its end.
    pub(super) fn lines(&self) -> &str {
        &self.lines
    }

    /// Its documents, by path.
    pub fn documents(&self) -> impl Iterator<Item = Document<'_>> {
        self.lines.lines().filter_map(document)
    }

    /// Where they lie, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.lines
            .lines()
            .filter_map(path_and_size)
            .map(|(path, _)| path)
    }

    /// Whether both have the same documents, made of the same where that is told.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.lines, &other.lines) || self.lines == other.lines
    }
}

/// Adds the line of a document.
pub(super) fn write_document(lines: &mut String, path: &str, mark: &Mark, digest: Option<&Digest>) {
    let (size, sha256) = (
        mark.size.to_string(),
        super::state::hexadecimal(&mark.sha256),
    );
    let digest = digest.map(Digest::to_string);
    let fields = [&escaped(path), size.as_str(), &sha256];
    write_line(lines, fields.into_iter().chain(digest.as_deref()));
}

/// Adds a line of fields.
pub(super) fn write_line<'f>(lines: &mut String, fields: impl IntoIterator<Item = &'f str>) {
    for (i, field) in fields.into_iter().enumerate() {
        if i > 0 {
            lines.push('\t');
        }
        lines.push_str(field);
    }
    lines.push('\n');
}

/// Whether a line is one of a document: cheaper than to read it.
fn is_document(line: &str) -> bool {
    let mut fields = line.split('\t');
    let is_number = |field: &str| field.parse::<u64>().is_ok();
    let is_hash = |field: &str| field.len() == 64 && field.bytes().all(|b| b.is_ascii_hexdigit());
    fields.next().is_some()
        && fields.next().is_some_and(is_number)
        && fields.next().is_some_and(is_hash)
        && fields.next().is_none_or(is_number)
        && fields.next().is_none()
}

/// The document of a line.
pub(super) fn document(line: &str) -> Option<Document<'_>> {
    let mut fields = line.split('\t');
    let path = plain(fields.next()?);
    let size = fields.next()?.parse().ok()?;
    let mark = Mark::told(size, fields.next()?)?;
    let digest = match fields.next() {
        Some(digest) => Some(digest.parse().ok()?),
        None => None,
    };
    Some(Document { path, mark, digest })
}

/// Path and size on a line of a document.
pub(super) fn path_and_size(line: &str) -> Option<(Cow<'_, str>, u64)> {
    let mut fields = line.split('\t');
    Some((plain(fields.next()?), fields.next()?.parse().ok()?))
}

/// A field without the marks that part fields and lines.
pub(super) fn escaped(field: &str) -> Cow<'_, str> {
    if !field.contains(['\\', '\t', '\n']) {
        return Cow::Borrowed(field);
    }
    let field = field.replace('\\', "\\\\");
    Cow::Owned(field.replace('\t', "\\t").replace('\n', "\\n"))
}

/// The field that was [`escaped`].
pub(super) fn plain(field: &str) -> Cow<'_, str> {
    if !field.contains('\\') {
        return Cow::Borrowed(field);
    }
    let mut out = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                other => other.unwrap_or(c),
            },
            c => c,
        });
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_from_their_lines() {
        let files = BTreeMap::from([
            ("a.html".to_owned(), Mark::of(b"one")),
            ("a\t\\\nb.html".to_owned(), Mark::of(b"")),
        ]);
        let digests = BTreeMap::from([("a.html".to_owned(), 7)]);
        let set = Set::new(Some(2), &files, &digests);
        assert_eq!(Set::of(Some(2), set.lines()), Some(set.clone()));
        let documents: Vec<_> = set.documents().collect();
        let told: BTreeMap<_, _> = (documents.iter())
            .map(|document| (document.path.to_string(), document.mark.clone()))
            .collect();
        assert_eq!(told, files);
        let made_of = documents.iter().find_map(|document| document.digest);
        assert_eq!(made_of, Some(7));
    }

    #[test]
    fn a_line_of_anything_else_is_no_set() {
        let hash = "0".repeat(64);
        let line = |rest: &str| Set::of(None, &format!("a.html\t{rest}\n")).is_some();
        assert!(line(&format!("3\t{hash}")) && line(&format!("3\t{hash}\t7")));
        for rest in [
            "3".to_owned(),
            format!("x\t{hash}"),
            format!("3\t{}", &hash[1..]),
            format!("3\tg{}", &hash[1..]),
            format!("3\t{hash}\tx"),
            format!("3\t{hash}\t7\t7"),
        ] {
            assert!(!line(&rest), "{rest}");
        }
    }
}
