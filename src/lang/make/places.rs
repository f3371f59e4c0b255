//! The three tables of the gazetteer as one.
//!
//! A line holds, behind a name and parted by tabs: `+` where longer names begin with its words; the towns' countries, size and
//! languages; then each land of that name, as `c` or `r` (country, region), language, blank, codes, and `!` where the name is
//! a person's or a word too. Empty fields at the end are left out.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

/// What the tables say of a name.
#[derive(Default)]
struct Entry {
    longer: bool,
    towns: String,
    lands: Vec<String>,
}

/// The lines, by name.
pub(super) fn lines(tables: &Path) -> Result<BTreeMap<String, String>> {
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
    let lines = entries.into_iter().map(|(name, entry)| {
        let longer = if entry.longer { "+" } else { "" };
        let towns = entry.towns.split('\t').chain(["", "", ""]).take(3);
        let lands = entry.lands.iter().map(String::as_str);
        let fields: Vec<&str> = [longer].into_iter().chain(towns).chain(lands).collect();
        (name, fields.join("\t").trim_end_matches('\t').to_owned())
    });
    Ok(lines.collect())
}

fn parted(line: &str, mark: char) -> Result<(&str, &str)> {
    let fault = || Error::new(ErrorKind::InvalidData, format!("not two fields: {line}"));
    line.split_once(mark).ok_or_else(fault)
}
