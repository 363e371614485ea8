//! Help by task: what people come to do, each with the exact command lines.

use std::fmt::Write as _;

use crate::words::Words;

/// What is to be done, and how; a test parses each line.
const TASKS: &[(&str, &[&str])] = &[
    (
        "task-first-node",
        &[
            "giapranh node init --dir /var/lib/giapranh --unit hcm > hcm.json",
            "giapranh directory found --dir /var/lib/giapranh \\
               --data deploy/directory --request hcm.json",
            "giapranh node run --dir /var/lib/giapranh --nats nats://127.0.0.1:4222",
        ],
    ),
    ("task-same-node", &["export GIAPRANH_DIR=/var/lib/giapranh", "giapranh node status"]),
    (
        "task-accounts",
        &[
            "giapranh officer add quantri --name 'Quản Trị Ví Dụ' --unit hcm \\
               --role administrator",
            "giapranh sign-in quantri",
            "giapranh officer add hoa --name 'Nguyễn Thị Ví Dụ' --unit hcm \\
               --role duty --role issuer",
            "giapranh officer add minh --name 'Trần Văn Ví Dụ' --unit hcm \\
               --role approver",
        ],
    ),
    ("task-sign-in", &["giapranh sign-in hoa", "giapranh due --for me", "giapranh sign-out"]),
    (
        "task-draft",
        &[
            "giapranh alert example wanted-person > content.json",
            "giapranh draft new --content content.json --zone hcm-long-an",
            "giapranh draft submit hcm/2024/000001",
        ],
    ),
    (
        "task-approve",
        &[
            "giapranh draft list --state waiting",
            "giapranh draft show hcm/2024/000001",
            "giapranh draft approve hcm/2024/000001",
            "giapranh draft return hcm/2024/000001 --reason 'thiếu căn cứ'",
        ],
    ),
    (
        "task-issue",
        &[
            "giapranh zone list",
            "giapranh alert example wanted-person > content.json",
            "giapranh alert issue --content content.json --zone hcm-long-an \\
               --approved-by-login minh",
        ],
    ),
    (
        "task-acknowledge",
        &[
            "giapranh alert acknowledge hcm/2024/000001",
            "giapranh alert flag hcm/2024/000001 --reason 'không đủ lực lượng'",
        ],
    ),
    ("task-watch", &["giapranh alert watch", "giapranh alert list --zone hcm-long-an"]),
    (
        "task-report-hit",
        &["giapranh hit report hcm/2024/000001 --urgency urgent \\
               --place 'Quán Ví Dụ' --seen-at 2024-05-31T14:00:00+07:00 \\
               --basis 'khớp đặc điểm' --certainty probable \\
               --done 'giám sát'"],
    ),
    ("task-hit-lost", &["giapranh hit send"]),
    (
        "task-answer-hit",
        &[
            "giapranh alert show hcm/2024/000001",
            "giapranh hit answer hcm/2024/000001 \\
               --hit 01900000-0000-7000-8000-000000000009 --result same",
        ],
    ),
    (
        "task-withdraw",
        &[
            "giapranh draft withdraw hcm/2024/000001 --reason executed",
            "giapranh draft submit hcm/2024/000001",
        ],
    ),
    (
        "task-token",
        &[
            "giapranh token issue --name 'màn hình trực ban' --role duty --days 30 \\
               --out token",
            "export GIAPRANH_TOKEN_FILE=token",
            "giapranh alert watch",
        ],
    ),
    (
        "task-verify",
        &[
            "giapranh directory anchor > anchor.toml",
            "giapranh audit verify /var/lib/giapranh/log.db --anchor anchor.toml",
        ],
    ),
    (
        "task-enrol",
        &[
            "giapranh node init --unit long-an_duc-hoa \\
               --anchor anchor.toml --nats nats://nats.example:4222 > duc-hoa.json",
            "giapranh directory enrol duc-hoa.json --decision 'QĐ 12' \\
               --drafted-by cb-01 --approved-by cb-02",
            "giapranh directory pending",
            "giapranh directory confirm long-an_duc-hoa --officer cb-05 \\
               --key 0000000000000000000000000000000000000000000000000000000000000000",
        ],
    ),
    (
        "task-directory-then",
        &[
            "giapranh directory show --at 2025-02-28",
            "giapranh directory show --unit long-an_duc-hoa",
            "giapranh directory diff 2025-02-28 2025-07-01",
        ],
    ),
    (
        "task-rotate",
        &[
            "giapranh node close --reason 'đổi khóa' --officer cb-05",
            "giapranh node rotate > new.json",
            "giapranh directory enrol new.json --decision 'QĐ 13' \\
               --drafted-by cb-01 --approved-by cb-02",
        ],
    ),
    (
        "task-zone-request",
        &[
            "giapranh zone request hcm-long-an --until 2026-12-31 \\
               --reason 'chuyên án ví dụ' --officer cb-03",
            "giapranh zone requests",
            "giapranh zone grant 01900000-0000-7000-8000-000000000009 --decision 'QĐ 14' \\
               --drafted-by cb-01 --approved-by cb-02",
        ],
    ),
    ("task-delivery", &["giapranh alert delivery hcm/2024/000001", "giapranh peers"]),
    (
        "task-lost-log",
        &["giapranh node restore --backup backup.db", "giapranh node run", "giapranh peers"],
    ),
    (
        "task-late",
        &[
            "giapranh node begin-epoch",
            "giapranh alert show hcm/2024/000001",
            "giapranh alert adopt hcm/2024/000001 \\
               --event 01900000-0000-7000-8000-000000000009 \\
               --reason 'tìm lại được' --officer cb-01",
        ],
    ),
    (
        "task-fork",
        &[
            "giapranh fork list",
            "giapranh fork show long-an",
            "giapranh fork decide long-an --epoch 1 \\
               --reason 'đã hỏi đơn vị' --officer cb-05",
        ],
    ),
    (
        "task-servers",
        &[
            "giapranh deploy ca --out ca",
            "giapranh deploy certificate --ca ca --server hcm --name nats.example --out tls",
            "giapranh deploy render --topology topology.toml --out servers",
            "giapranh deploy serve --topology topology.toml --out servers --server hcm",
        ],
    ),
];

/// All tasks, in the language of these words.
pub fn text(words: &Words) -> String {
    let mut text = String::new();
    for (key, lines) in TASKS {
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a String can't fail.
        let _ = writeln!(text, "{}", words.find(key, None).unwrap_or_default());
        for line in *lines {
            let mut parts = line.lines().map(str::trim);
            let _ = writeln!(text, "  {}", parts.next().unwrap_or_default());
            for part in parts {
                let _ = writeln!(text, "    {part}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::Arguments;
    use crate::words::Language;

    #[test]
    fn every_line_can_be_typed() {
        for line in TASKS.iter().flat_map(|(_, lines)| *lines) {
            let line = line.replace("\\\n", "");
            let Some(command) = line.split(" > ").next().filter(|l| l.starts_with("giapranh "))
            else {
                assert!(line.starts_with("export GIAPRANH_"), "{line}");
                continue;
            };
            if let Err(error) = Arguments::try_parse_from(split(command)) {
                panic!("{line}: {error}");
            }
        }
    }

    /// Words as a shell splits them; enough for what stands above.
    fn split(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (index, part) in line.split('\'').enumerate() {
            if index % 2 == 1 {
                words.push(part.to_owned());
            } else {
                words.extend(part.split_whitespace().map(ToOwned::to_owned));
            }
        }
        words
    }

    #[test]
    fn every_line_fits_a_narrow_terminal() {
        let shown = text(&Words::of(Language::English));
        let long: Vec<&str> = shown.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{long:#?}");
    }

    #[test]
    fn every_task_has_a_title_in_both_languages() {
        for language in [Language::Vietnamese, Language::English] {
            let words = Words::of(language);
            for (key, _) in TASKS {
                assert!(words.find(key, None).is_some(), "{key} in {language:?}");
            }
        }
        let shown = text(&Words::of(Language::English));
        assert!(shown.contains("\n  giapranh alert watch\n"), "{shown}");
    }
}
