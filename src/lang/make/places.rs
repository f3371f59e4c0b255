//! Part of the build script: the three tables of the gazetteer as one, each name found by a look at one place.
//!
//! A line holds a name and, parted by tabs: `+` where longer names begin with its words; the towns' countries, size and
//! languages; then each land of that name, as `c` or `r` (country, region), language, blank, codes, and `!` where the name is
//! a person's or a word too. The lines of a bucket lie together; the index holds where each bucket begins.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use super::index::{BUCKETS, bucket};

/// What the tables say of a name.
#[derive(Default)]
struct Entry {
    longer: bool,
    towns: String,
    lands: Vec<String>,
}

/// Writes `places.tsv` and `places.index`.
pub(super) fn write(tables: &Path, out: &Path) -> Result<()> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for line in fs::read_to_string(tables.join("towns.tsv"))?.lines() {
        let (name, towns) = parted(line, '\t')?;
        towns.clone_into(&mut entries.entry(name.to_owned()).or_default().towns);
    }
    for (table, kind) in [("countries.tsv", 'c'), ("regions.tsv", 'r')] {
        for line in fs::read_to_string(tables.join(table))?.lines() {
            let (key, land) = parted(line, '\t')?;
            let (language, name) = parted(key, ' ')?;
            let (codes, flags) = land.split_once('\t').unwrap_or((land, ""));
            let mark = if flags.contains(['p', 'w']) { "!" } else { "" };
            let lands = &mut entries.entry(name.to_owned()).or_default().lands;
            lands.push(format!("{kind}{language} {codes}{mark}"));
        }
    }
    let begun = |name: &String| {
        let ends: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
        let starts = ends.into_iter().map(|end| name[..end].to_owned());
        starts.collect::<Vec<_>>()
    };
    for start in entries.keys().flat_map(begun).collect::<Vec<_>>() {
        entries.entry(start).or_default().longer = true;
    }
    let mut buckets = vec![String::new(); BUCKETS];
    for (name, entry) in entries {
        let lines = &mut buckets[bucket(&name)];
        let longer = if entry.longer { "+" } else { "" };
        let fields = entry.towns.split('\t').chain(["", "", ""]).take(3);
        lines.push_str(&name);
        for field in [longer]
            .into_iter()
            .chain(fields)
            .chain(entry.lands.iter().map(String::as_str))
        {
            lines.push('\t');
            lines.push_str(field);
        }
        lines.push('\n');
    }
    let mut index = Vec::with_capacity((BUCKETS + 1) * size_of::<u32>());
    let mut start = 0_u32;
    index.extend(start.to_le_bytes());
    for lines in &buckets {
        start += u32::try_from(lines.len()).map_err(Error::other)?;
        index.extend(start.to_le_bytes());
    }
    write_file(&out.join("places.tsv"), buckets.concat().as_bytes())?;
    write_file(&out.join("places.index"), &index)
}

fn parted(line: &str, mark: char) -> Result<(&str, &str)> {
    let fault = || Error::new(ErrorKind::InvalidData, format!("not two fields: {line}"));
    line.split_once(mark).ok_or_else(fault)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a file of the build, not of the site"
)]
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes)
}
