//! Everything that can be typed has Vietnamese help, and no help is left over.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// A command or an option of ours: its keys, the general one last, and its English text.
struct Text {
    keys: Vec<String>,
    english: String,
}

fn texts() -> Vec<Text> {
    fn of(command: &Command, key: &str, global: bool, texts: &mut Vec<Text>) {
        let english = |text: Option<&clap::builder::StyledStr>| {
            text.map(ToString::to_string).unwrap_or_default()
        };
        let long = command.get_long_about().map(|_| format!("{key}.long"));
        let after = command.get_after_help().map(|_| format!("{key}.after"));
        let about = english(command.get_about());
        texts.push(Text { keys: vec![key.to_owned()], english: about });
        texts.extend(
            [long, after]
                .into_iter()
                .flatten()
                .map(|key| Text { keys: vec![key], english: String::new() }),
        );
        for arg in command.get_arguments().filter(|arg| global || !arg.is_global_set()) {
            let name = name(arg);
            let keys = vec![format!("{key}--{name}"), format!("help--{name}")];
            for value in arg.get_possible_values() {
                if let Some(help) = value.get_help() {
                    let keys = keys.iter().map(|k| format!("{k}.{}", value.get_name())).collect();
                    texts.push(Text { keys, english: help.to_string() });
                }
            }
            if arg.get_long_help().is_some() {
                let keys = keys.iter().map(|key| format!("{key}.long")).collect();
                texts.push(Text { keys, english: english(arg.get_long_help()) });
            }
            texts.push(Text { keys, english: english(arg.get_help()) });
        }
        for sub in command.get_subcommands() {
            of(sub, &format!("{key}-{}", sub.get_name()), false, texts);
        }
    }
    let mut texts = Vec::new();
    of(&Arguments::command(), "help", true, &mut texts);
    texts
}

fn words() -> Words {
    Words::from(Language::Vietnamese, &[HELP])
}

/// The keys of the file, attributes as `key.attribute`.
fn keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut message = String::new();
    for line in HELP.lines() {
        let Some((name, _)) = line.split_once(" =") else {
            continue;
        };
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            name.clone_into(&mut message);
            assert!(keys.insert(message.clone()), "{name} stands twice");
        } else if let Some(attribute) = line.trim_start().strip_prefix('.') {
            let attribute = attribute.split(' ').next().unwrap();
            assert!(keys.insert(format!("{message}.{attribute}")), "{name} stands twice");
        }
    }
    keys
}

#[test]
fn every_command_and_option_has_help_in_vietnamese() {
    let words = words();
    let missing: Vec<String> = texts()
        .iter()
        .filter(|text| text.keys.iter().all(|key| words.find(key, None).is_none()))
        .map(|text| format!("{} = {}", text.keys[0], text.english))
        .collect();
    assert!(missing.is_empty(), "i18n/vi-help.ftl lacks:\n{}", missing.join("\n"));
}

#[test]
fn every_option_says_what_it_is() {
    let texts = texts();
    let mute = texts.iter().filter(|text| {
        text.english.is_empty() && !text.keys[0].contains('.') && !text.keys[0].is_empty()
    });
    let mute: Vec<&str> = mute.map(|text| text.keys[0].as_str()).collect();
    assert!(mute.is_empty(), "without a doc comment: {mute:?}");
}

#[test]
fn no_help_is_left_over_and_none_stands_for_two() {
    let words = words();
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for text in texts() {
        let Some(key) = text.keys.iter().find(|key| words.find(key, None).is_some()) else {
            continue;
        };
        let before = used.insert(key.clone(), text.english.clone());
        if let Some(before) = before {
            assert_eq!(
                before, text.english,
                "{key} stands for both; give {} its own",
                text.keys[0]
            );
        }
    }
    let names = [("clap-", include_str!("../help.rs")), ("typed-", include_str!("complaint.rs"))];
    for key in keys() {
        let used = match names.iter().find(|(prefix, _)| key.starts_with(prefix)) {
            Some((_, source)) => source.contains(&format!("\"{key}\"")),
            None if key.starts_with("value-") => value_names().contains(&key),
            None => used.contains_key(&key),
        };
        assert!(used, "nothing uses {key}");
    }
}

/// The keys of all names of values.
fn value_names() -> BTreeSet<String> {
    fn of(command: &Command, names: &mut BTreeSet<String>) {
        for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
            for name in arg.get_value_names().unwrap_or_default() {
                let words = name.split('|').filter(|name| !is_literal(name));
                names.extend(words.map(value_key));
            }
        }
        command.get_subcommands().for_each(|sub| of(sub, names));
    }
    let mut command = Arguments::command();
    command.build();
    let mut names = BTreeSet::new();
    of(&command, &mut names);
    names
}

#[test]
fn every_name_of_a_value_has_a_word() {
    let words = words();
    let missing: Vec<String> =
        value_names().into_iter().filter(|key| words.find(key, None).is_none()).collect();
    assert!(missing.is_empty(), "i18n/vi-help.ftl lacks {missing:?}");
}

/// Runs `of` for each command with the words by which it is typed.
fn each(command: &mut Command, path: &str, of: &mut impl FnMut(&mut Command, &str)) {
    of(command, path);
    for sub in command.get_subcommands_mut().filter(|sub| sub.get_name() != "help") {
        let path = format!("{path} {}", sub.get_name());
        each(sub, &path, of);
    }
}

#[test]
fn nothing_english_is_left_in_vietnamese_help() {
    let mut command = command(Language::Vietnamese);
    each(&mut command, "giapranh", &mut |command, path| {
        for help in [command.render_help(), command.render_long_help()] {
            let help = help.to_string();
            for english in [
                "Usage",
                "Options:",
                "Arguments:",
                "Commands:",
                "Print",
                "[default",
                "[possible",
                "[env",
                "[OPTIONS]",
                "COMMAND",
                "the ",
            ] {
                assert!(!help.contains(english), "{path} says {english:?}:\n{help}");
            }
            assert!(help.contains(&format!("Cách dùng: {path}")), "{path}:\n{help}");
        }
    });
}

#[test]
fn the_translated_commands_take_the_same_lines() {
    command(Language::Vietnamese).debug_assert();
    for line in [
        "giapranh --lang vi alert list --status all",
        "giapranh alert withdraw hcm/2024/000001 --reason executed --drafted-by a --approved-by b",
        "giapranh --output json node status --dir x",
    ] {
        let parsed = command(Language::Vietnamese).try_get_matches_from(line.split(' '));
        assert!(parsed.is_ok(), "{line}: {parsed:?}");
    }
}

#[test]
fn the_help_lists_every_exit_code_in_both_languages() {
    for language in [Language::Vietnamese, Language::English] {
        let help = command(language).render_help().to_string();
        for code in crate::exit::Exit::ALL {
            let line = format!("\n  {}  ", *code as u8);
            assert!(help.contains(&line), "{code:?} is not in:\n{help}");
        }
    }
}

#[test]
fn a_complaint_names_what_was_typed_and_what_there_is() {
    for (line, parts) in [
        (
            "alert lisst",
            &["không có lệnh 'lisst'", "gợi ý: issue, links, list", "Cách dùng: giapranh alert"][..],
        ),
        ("alert list --zne x", &["không có tham số '--zne'", "gợi ý: --zone"]),
        (
            "alert list --status open",
            &["'open'", "active, hidden, withdrawn, expired, awaited, all"],
        ),
        ("alert show", &["còn thiếu tham số bắt buộc: <THÔNG_BÁO>"]),
        ("alert show hcm/2024/1", &["'hcm/2024/1'", "<THÔNG_BÁO>"]),
        ("alert list --limit 1 --limit 2", &["'--limit <SỐ>' chỉ được dùng một lần"]),
        ("node init --unit", &["cần một giá trị"]),
    ] {
        let typed = format!("giapranh {line}");
        let error = command(Language::Vietnamese).try_get_matches_from(typed.split(' '));
        let shown = error.unwrap_err().apply::<Vietnamese>().render().to_string();
        assert!(shown.starts_with("lỗi: "), "{shown}");
        assert!(shown.contains("'--help'"), "{shown}");
        for part in parts {
            assert!(shown.contains(part), "{line} does not say {part:?}:\n{shown}");
        }
        assert!(!shown.contains("Usage"), "{shown}");
    }
}
