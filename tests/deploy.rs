//! The files of `dateline init --with`, judged by the programs that read them, where those are there.

#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, reason = "a test makes its own folders")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A folder with all files for running the program, served at this address.
fn folder(base_url: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = format!("[site]\nbase_url = '{base_url}'\nauthority = 'press.example,2026'\n");
    fs::write(folder.path().join("dateline.toml"), settings).expect("written");
    fs::create_dir(folder.path().join("output")).expect("made");
    let init = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["init", "--with", "all"])
        .current_dir(folder.path())
        .status();
    assert!(init.expect("started").success());
    folder
}

/// Whether a program accepts a file; says "skipped" where it is not installed.
#[expect(clippy::print_stderr, reason = "what was not tested should be seen")]
fn judge(program: &str, arguments: &[&str], folder: &Path) {
    let mut command = Command::new(program);
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{path}:/usr/sbin:/sbin"));
    match command.args(arguments).current_dir(folder).output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: no {program} here");
        }
        judged => {
            let judged = judged.expect("started");
            let told = String::from_utf8_lossy(&judged.stderr);
            let warned = told.contains("[warn]");
            assert!(judged.status.success() && !warned, "{program}: {told}");
        }
    }
}

#[test]
fn systemd_takes_the_units() {
    let folder = folder("https://press.example/");
    let units = ["deploy/dateline.service", "deploy/dateline.timer"];
    judge(
        "systemd-analyze",
        &["verify", "--man=no", units[0], units[1]],
        folder.path(),
    );
}

#[test]
fn web_servers_take_their_files() {
    for base_url in [
        "https://press.example/",
        "https://office.example/press/news/",
    ] {
        let folder = folder(base_url);
        let put =
            |name: &str, text: String| fs::write(folder.path().join(name), text).expect("written");
        let root = folder.path().to_str().expect("UTF-8").to_owned();
        put(
            "nginx",
            format!(
                "events {{}}\nerror_log {root}/log;\npid {root}/pid;\nhttp {{ server {{ listen 127.0.0.1:8080; include {root}/deploy/nginx.conf; }} }}\n"
            ),
        );
        judge(
            "nginx",
            &["-t", "-q", "-c", &format!("{root}/nginx")],
            folder.path(),
        );
        let modules = ["mpm_event", "authz_core", "mime", "dir", "alias", "headers"].map(|name| {
            format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")
        });
        put(
            "apache",
            format!(
                "{}ServerName localhost\nPidFile {root}/pid\nErrorLog {root}/log\nTypesConfig /dev/null\nListen 127.0.0.1:8080\n<VirtualHost *>\nInclude {root}/deploy/apache.conf\n</VirtualHost>\n",
                modules.concat()
            ),
        );
        judge(
            "apache2",
            &["-t", "-f", &format!("{root}/apache")],
            folder.path(),
        );
        judge(
            "caddy",
            &[
                "validate",
                "--adapter",
                "caddyfile",
                "--config",
                "deploy/Caddyfile",
            ],
            folder.path(),
        );
    }
}
