//! Build script: what the program would else make of the tables at each start.
//!
//! The table of each language becomes JSON, which is read in a fraction of the time that TOML takes, when a text is in it;
//! what is looked up in all languages at once (`shares`), the gazetteer (`places`)
//! and the names of people become tables that are searched where they lie in the program.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    unreachable_pub,
    reason = "the program uses more of the modules that both share"
)]

#[path = "../agents.rs"]
mod agents;
#[path = "../dates.rs"]
mod dates;
#[path = "../declension.rs"]
mod declension;
#[path = "../forms.rs"]
mod forms;
#[path = "../index.rs"]
mod index;
#[path = "../layout.rs"]
mod layout;
mod places;
#[path = "../registry.rs"]
mod registry;
#[path = "../shared.rs"]
mod shared;
mod shares;
#[path = "../table.rs"]
mod table;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use layout::{folded_phrase, is_unspaced};
use shared::Shared;

/// What all languages share of a language's table.
#[derive(Debug, Deserialize)]
struct Lexicon {
    tag: String,
    english: String,
    endonym: String,
    #[serde(default)]
    dates: dates::DateTable,
    #[serde(default)]
    layout: layout::LayoutTable,
    #[serde(default)]
    agents: agents::AgentTable,
}

macro_rules! tags {
    ($($tag:literal),+ $(,)?) => {
        const TAGS: &[&str] = &[$($tag),+];
    };
}

registry::languages!(tags);

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/lang");
    let mut out = Out {
        folder: PathBuf::from(env::var("OUT_DIR")?),
        hash: Sha256::new(),
    };
    let folder = Path::new("src/lang");
    let mut lexicons = Vec::new();
    for tag in TAGS {
        let text = fs::read_to_string(folder.join(format!("{tag}.toml")))?;
        let fault = |fault| format!("src/lang/{tag}.toml: {fault}");
        let table: toml::Table = toml::from_str(&text).map_err(fault)?;
        out.write(&format!("{tag}.json"), &serde_json::to_vec(&table)?)?;
        lexicons.push(toml::from_str::<Lexicon>(&text).map_err(fault)?);
    }
    let mut tables = shares::Tables::new();
    let shared = Shared::of(&lexicons, &mut tables);
    out.write("shared.bin", &postcard::to_allocvec(&shared)?)?;
    tables.insert("places", places::lines(&folder.join("places"))?);
    for kind in ["given", "family"] {
        let names = fs::read_to_string(folder.join(format!("names/{kind}.txt")))?;
        let lines = names.lines().map(|name| (name.to_owned(), String::new()));
        tables.insert(kind, lines.collect());
    }
    for (name, lines) in tables {
        out.table(name, lines)?;
    }
    let hash: Vec<String> = (out.hash.finalize().iter())
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!("cargo::rustc-env=TABLES_SHA256={}", hash.concat());
    Ok(())
}

/// Where the files go, and the hash over all of them.
struct Out {
    folder: PathBuf,
    hash: Sha256,
}

impl Out {
    /// A table as [`table::Table`] reads it: the lines, and where each bucket of them begins.
    fn table(&mut self, name: &str, lines: BTreeMap<String, String>) -> Result<(), Box<dyn Error>> {
        // Two to four for each line: most keys that are in no line meet an empty one.
        let count = (2 * lines.len()).next_power_of_two().max(table::GROUP);
        let mut buckets = vec![String::new(); count];
        // Eight bits for each line or more.
        let mut filter = vec![0_u64; (lines.len() / 8).next_power_of_two()];
        for (key, rest) in lines {
            let hash = table::hash(&key);
            let (word, bits) = table::filtered(hash, filter.len());
            filter[word] |= bits;
            let lines = &mut buckets[table::bucket(hash, count)];
            lines.extend([&key, "\t", &rest, "\n"]);
        }
        let filter: Vec<u8> = filter.into_iter().flat_map(u64::to_le_bytes).collect();
        self.write(&format!("{name}.filter"), &filter)?;
        let lengths: Vec<_> = buckets.iter().map(String::len).collect();
        let index = index(&lengths).ok_or("lines too long for an index")?;
        self.write(&format!("{name}.tsv"), buckets.concat().as_bytes())?;
        self.write(&format!("{name}.index"), &index)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a file of the build, not of the site"
    )]
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
        self.hash.update(name);
        self.hash.update(bytes);
        Ok(fs::write(self.folder.join(name), bytes)?)
    }
}

/// The index over lists of lines of these lengths, one for each bucket; `None` where they are too long for it.
fn index(lengths: &[usize]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity((lengths.len() / table::GROUP + 1) * table::RECORD);
    let mut first = 0;
    for group in lengths.chunks(table::GROUP).chain([&[][..]]) {
        out.extend(u32::try_from(first).ok()?.to_le_bytes());
        let mut behind = 0;
        for i in 0..table::GROUP {
            out.extend(u16::try_from(behind).ok()?.to_le_bytes());
            behind += group.get(i).unwrap_or(&0);
        }
        first += behind;
    }
    Some(out)
}
