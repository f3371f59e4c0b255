//! Build script: the table of each language as JSON, which is read in a fraction of the time that TOML takes, and the
//! gazetteer with its index.

#[path = "places/compile.rs"]
mod compile;
#[path = "places/index.rs"]
mod index;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/lang");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for entry in fs::read_dir("src/lang")? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            write_json(&path, &out).map_err(|fault| format!("{}: {fault}", path.display()))?;
        }
    }
    compile::write(Path::new("src/lang/places"), &out)?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a file of the build, not of the site"
)]
fn write_json(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let table: toml::Table = toml::from_str(&fs::read_to_string(path)?)?;
    let name = path.with_extension("json");
    let name = name.file_name().ok_or("no file name")?;
    Ok(fs::write(out.join(name), serde_json::to_vec(&table)?)?)
}
