//! `dateline init`: a settings file to start from, and files for running the program.

mod deploy;

use std::path::{Path, PathBuf};

pub use deploy::Part;

use super::{Console, Exit, Failure};
use crate::config::{Config, FILE_NAME};
use crate::publish::Folder;
use deploy::Places;

/// Every setting with what it means. What has a default is commented out and shows it, or an example where it is none.
pub(super) const TEMPLATE: &str = include_str!("dateline.toml");

/// The folder that the settings file reads texts from.
const INPUT: &str = "input/";

/// Writes a commented settings file where there is none, with a folder for texts, and beside it the files of `parts`, filled in with where the
/// program, the settings and the output lie. What is there already is never touched.
pub fn run(path: Option<&Path>, parts: &[Part], console: Console) -> Result<Exit, Failure> {
    let path = path.unwrap_or(Path::new(FILE_NAME));
    let name = path.to_string_lossy();
    let folder = Folder::new("");
    let beside = Folder::new(path.parent().unwrap_or(Path::new("")));
    let is_new = !folder.holds(&name);
    if !is_new && parts.is_empty() {
        return Err(Failure::Usage(format!("`{name}` is there already")));
    }
    let config = if is_new {
        let root = path.parent().unwrap_or(Path::new(""));
        Config::parse(&name, TEMPLATE, root)?
    } else {
        Config::load(path)?
    };
    let files = if parts.is_empty() {
        Vec::new()
    } else {
        deploy::files(parts, &config, &places(path, &config)?)?
    };
    if is_new {
        folder.write_durably(&name, TEMPLATE.as_bytes())?;
        std::fs::create_dir_all(beside.root().join(INPUT))?;
        console.done(&format!(
            "`{name}` written: set `base_url` and `authority` in it, put releases into `{INPUT}`, run `dateline`"
        ));
    }
    for (file, text) in files {
        if beside.holds(&file) {
            console.warn(&format!("`{file}` is there already: left as it is"));
        } else {
            beside.write_durably(&file, text.as_bytes())?;
            console.done(&format!(
                "`{file}` written: its first lines say where it goes"
            ));
        }
    }
    Ok(Exit::Done)
}

/// Where everything lies, from the root of the file system.
fn places(settings: &Path, config: &Config) -> Result<Places, Failure> {
    let here = std::env::current_dir()?;
    let folder = here.join(settings.parent().unwrap_or(Path::new("")));
    let whole = |path: PathBuf| path.components().collect::<PathBuf>();
    Ok(Places {
        program: std::env::current_exe()?,
        output: whole(here.join(&config.output.folder)),
        folder: whole(folder),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_settings_file_can_be_used_as_it_is_and_with_every_setting_in_force() {
        let parse = |text: &str| Config::parse(FILE_NAME, text, Path::new(""));
        let plain = parse(TEMPLATE).expect("valid as written");
        let least: Vec<_> = (TEMPLATE.lines())
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert_eq!(
            plain.fingerprint(),
            parse(&least.join("\n")).expect("valid").fingerprint()
        );
        // A setting is commented out by `#` alone, words about it by `# `.
        let full: Vec<_> = (TEMPLATE.lines())
            .map(|line| match line.strip_prefix('#') {
                Some(setting) if !setting.starts_with(' ') => setting,
                _ => line,
            })
            .collect();
        parse(&full.join("\n")).expect("valid with every setting in force");
    }
}
