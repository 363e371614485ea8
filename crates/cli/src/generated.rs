//! Completions and man pages, which lie in `deploy/` and are written from the code by
//! `make generate`. A test holds that they are not behind it.
//!
//! They are made in a test so that what makes them is not in the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::help;
use crate::words::Language;

/// Set by `make generate`: write the files instead of comparing them.
const WRITE: &str = "GIAPRANH_GENERATE";

/// Headings that the manual's writer has in English alone.
const HEADINGS: &[(&str, &str)] = &[
    ("NAME", "TÊN"),
    ("SYNOPSIS", "CÁCH DÙNG"),
    ("DESCRIPTION", "MÔ TẢ"),
    ("OPTIONS", "TÙY CHỌN"),
    ("EXTRA", "THÊM"),
    ("VERSION", "PHIÊN BẢN"),
];

/// Each file below `deploy/`, with what stands in it.
fn files() -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (shell, name) in
        [(Shell::Bash, "giapranh.bash"), (Shell::Zsh, "_giapranh"), (Shell::Fish, "giapranh.fish")]
    {
        let mut text = Vec::new();
        let mut command = help::command(Language::English);
        clap_complete::generate(shell, &mut command, "giapranh", &mut text);
        files.insert(Path::new("completions").join(name), text);
    }
    for (language, folder) in [(Language::English, "man"), (Language::Vietnamese, "man/vi")] {
        let mut command = help::command(language).disable_help_subcommand(true);
        command.build();
        pages(&command, language, Path::new(folder), &mut files);
    }
    files
}

/// A page for a command and for each below it.
fn pages(
    command: &Command,
    language: Language,
    folder: &Path,
    files: &mut BTreeMap<PathBuf, Vec<u8>>,
) {
    let shown = |sub: &&Command| !sub.is_hide_set() && sub.get_name() != "help";
    for sub in command.get_subcommands().filter(shown) {
        pages(sub, language, folder, files);
    }
    let source = concat!("giapranh ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).manual("Giáp Ranh").source(source);
    let mut page = Vec::new();
    man.render(&mut page).unwrap();
    // What follows are lists and command lines; as a paragraph they could not be read.
    let mut page = String::from_utf8(page).unwrap().replace(".SH EXTRA\n", ".SH EXTRA\n.nf\n");
    if language == Language::Vietnamese {
        for (english, vietnamese) in HEADINGS {
            page = page.replace(&format!(".SH {english}\n"), &format!(".SH \"{vietnamese}\"\n"));
        }
    }
    files.insert(folder.join(man.get_filename()), page.into_bytes());
}

/// The files that are there, with what stands in them.
fn present(deploy: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["completions", "man", "man/vi"] {
        let Ok(entries) = fs::read_dir(deploy.join(folder)) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            let text = fs::read(&path).unwrap();
            files.insert(path.strip_prefix(deploy).unwrap().to_owned(), text);
        }
    }
    files
}

#[test]
fn the_completions_and_man_pages_are_those_of_the_code() {
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy");
    let (wanted, present) = (files(), present(&deploy));
    if std::env::var_os(WRITE).is_some() {
        for path in present.keys().filter(|path| !wanted.contains_key(*path)) {
            fs::remove_file(deploy.join(path)).unwrap();
        }
        for (path, text) in &wanted {
            let path = deploy.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        return;
    }
    let paths: BTreeSet<&PathBuf> = wanted.keys().chain(present.keys()).collect();
    let behind: Vec<String> = paths
        .into_iter()
        .filter(|path| wanted.get(*path) != present.get(*path))
        .map(|path| format!("  deploy/{}", path.display()))
        .collect();
    let list = behind.join("\n");
    assert!(behind.is_empty(), "these are behind the code; run: make generate\n{list}");
}
