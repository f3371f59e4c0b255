//! `dateline init`: a settings file to start from.

use std::path::Path;

use super::{Console, Exit, Failure};
use crate::config::FILE_NAME;
use crate::publish::Folder;

/// Every setting with what it means. What has a default is commented out and shows it, or an example where it is none.
pub(super) const TEMPLATE: &str = include_str!("init.toml");

/// Writes a commented settings file where there is none.
pub fn run(path: Option<&Path>, console: Console) -> Result<Exit, Failure> {
    let path = path.unwrap_or(Path::new(FILE_NAME));
    let name = path.to_string_lossy();
    let folder = Folder::new("");
    if folder.holds(&name) {
        return Err(Failure::Usage(format!("`{name}` is there already")));
    }
    folder.write_durably(&name, TEMPLATE.as_bytes())?;
    console.done(&format!(
        "`{name}` written: set `base_url` and `authority` in it, put releases into `input`, run `dateline`"
    ));
    Ok(Exit::Done)
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
