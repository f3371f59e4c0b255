//! Files for running the program: written by `dateline init --with`, filled in with the folder's own paths.

use std::path::{Path, PathBuf};

use minijinja::{Environment, UndefinedBehavior, context};

use super::super::Failure;
use crate::config::Config;

/// Folder of these files, beside the settings.
const FOLDER: &str = "deploy";

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A service, its timer, and bounds for its logs.
    Systemd,
    /// A line for cron.
    Cron,
    /// Media types and cache headers for nginx.
    Nginx,
    /// The same for Apache.
    Apache,
    /// The same for Caddy.
    Caddy,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 5] = [
        Self::Systemd,
        Self::Cron,
        Self::Nginx,
        Self::Apache,
        Self::Caddy,
    ];

    /// Name and template of each of its files.
    fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Systemd => &[
                ("dateline.service", include_str!("dateline.service")),
                ("dateline.timer", include_str!("dateline.timer")),
                ("journald@dateline.conf", include_str!("journald.conf")),
            ],
            Self::Cron => &[("crontab", include_str!("crontab"))],
            Self::Nginx => &[("nginx.conf", include_str!("nginx.conf"))],
            Self::Apache => &[("apache.conf", include_str!("apache.conf"))],
            Self::Caddy => &[("Caddyfile", include_str!("Caddyfile"))],
        }
    }
}

/// Where everything lies, as the files name it.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The program itself.
    pub(super) program: PathBuf,
    /// Folder of the settings.
    pub(super) folder: PathBuf,
    /// The output folder.
    pub(super) output: PathBuf,
}

/// The files of these parts: path beside the settings, and text.
pub(super) fn files(
    parts: &[Part],
    config: &Config,
    places: &Places,
) -> Result<Vec<(String, String)>, Failure> {
    let (program, folder, output) = (
        plain(&places.program)?,
        plain(&places.folder)?,
        plain(&places.output)?,
    );
    let (host, prefix) = address(&config.site.base_url);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_keep_trailing_newline(true);
    let values = context! {
        program, folder, output, host, prefix,
        output_pattern => escaped(output),
        prefix_pattern => escaped(prefix),
    };
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    parts.dedup();
    let templates = parts.iter().flat_map(|part| part.files());
    let files = templates.map(|(name, template)| {
        let text = environment
            .render_str(template, &values)
            .expect("a built-in template that names known values");
        (format!("{FOLDER}/{name}"), text)
    });
    Ok(files.collect())
}

/// A path that means the same to a shell, cron, systemd and every web server.
fn plain(path: &Path) -> Result<&str, Failure> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+');
    let text = path.to_str().filter(|text| text.chars().all(is_plain));
    text.ok_or_else(|| {
        Failure::Usage(format!(
            "`{}` holds characters that service files and web servers take for something else: move it to a plain path",
            path.display()
        ))
    })
}

/// Host, and path up to the output folder, of the site's address.
fn address(base_url: &str) -> (&str, &str) {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or((rest, "/"), |at| rest.split_at(at))
}

/// The text as a regular expression that only it fits.
fn escaped(text: &str) -> String {
    text.replace('.', "\\.").replace('+', "\\+")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(folder: &str) -> Places {
        Places {
            program: PathBuf::from("/usr/local/bin/dateline"),
            folder: PathBuf::from(folder),
            output: Path::new(folder).join("output"),
        }
    }

    fn config(base_url: &str) -> Config {
        let text = format!("[site]\nbase_url = '{base_url}'\nauthority = 'press.example,2026'\n");
        Config::parse("dateline.toml", &text, Path::new("")).expect("settings")
    }

    #[test]
    fn files_name_the_places_of_this_site() {
        let config = config("https://press.example/news/");
        let files = files(&Part::ALL, &config, &places("/srv/press.1")).expect("plain paths");
        let of = |name: &str| {
            let found = files
                .iter()
                .find(|(path, _)| *path == format!("deploy/{name}"));
            found.expect("written").1.as_str()
        };
        for (name, words) in [
            ("dateline.service", "\nReadWritePaths=/srv/press.1/output\n"),
            (
                "dateline.service",
                "\nExecStart=/usr/local/bin/dateline --log-format json\n",
            ),
            (
                "crontab",
                "press  cd /srv/press.1 && /usr/local/bin/dateline\n",
            ),
            (
                "nginx.conf",
                "location /news/ {\n    alias /srv/press.1/output/;",
            ),
            ("nginx.conf", "location ~ ^/news/((?:feed|"),
            ("apache.conf", "Alias \"/news/\" \"/srv/press.1/output/\""),
            ("apache.conf", "\"^/srv/press\\.1/output/\\.dateline(/|$)\""),
            ("Caddyfile", "press.example {\n    handle_path /news/* {"),
        ] {
            assert!(of(name).contains(words), "{name}: {}", of(name));
        }
        assert_eq!(files.len(), 7);
    }

    #[test]
    fn a_path_that_some_program_would_take_apart_is_refused() {
        let config = config("https://press.example/");
        for folder in ["/srv/a b", "/srv/50%", "/srv/$x", "/srv/'", "/srv/a\nb"] {
            let refused = files(&[Part::Cron], &config, &places(folder));
            assert!(matches!(refused, Err(Failure::Usage(_))), "{folder}");
        }
    }
}
