//! What to type next: every failure ends with a command line that can be taken as it stands, about
//! the same node.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use giapranh_domain::{Act, Category, Command, Fault, ZoneId};

/// The directory that was typed with `--dir`; one from the environment need not be typed again.
static TYPED: OnceLock<PathBuf> = OnceLock::new();

/// From now on command lines are about the node of this directory.
pub fn about(dir: Option<&Path>) {
    let known = std::env::var_os("GIAPRANH_DIR");
    if let Some(dir) = dir.filter(|dir| known.as_deref() != Some(dir.as_os_str())) {
        // A second call comes from nowhere; the first would stand.
        let _ = TYPED.set(dir.to_owned());
    }
}

/// A command line of this program: `alert list` becomes `giapranh alert list --dir DIR`.
pub fn line(command: &str) -> String {
    match TYPED.get() {
        Some(dir) => format!("giapranh {command} --dir {}", quoted(dir)),
        None => format!("giapranh {command}"),
    }
}

/// A path as a shell takes it.
pub fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// What helps after a command was refused for these faults. The first that can be helped counts.
pub fn after_refusal(faults: &[Fault], command: &Command) -> String {
    let helped = faults.iter().find_map(|fault| after_fault(fault, command));
    line(&helped.unwrap_or_else(|| format!("help {}", typed_as(&command.act))))
}

fn after_fault(fault: &Fault, command: &Command) -> Option<String> {
    let list = "alert list --status all".to_owned();
    let show = || command.act.alert().map_or_else(|| list.clone(), |id| format!("alert show {id}"));
    let field = fault.field.as_str();
    let part = field.split('/').nth(1).unwrap_or_default();
    Some(match (part, fault.rule.as_str()) {
        ("alert", "unknown-alert" | "not-an-id") => list,
        ("alert" | "hit", _) => show(),
        ("zones", "not-in-zone") => zone(field, &command.act)?,
        ("zones", "unknown-zone" | "not-an-id" | "required") | ("unit", "not-in-zone") => {
            "zone list".to_owned()
        }
        ("unit", "not-enrolled") => "node status".to_owned(),
        ("unit", _) => "unit list".to_owned(),
        ("content", "not-allowed") => "unit list --level province".to_owned(),
        ("content", "category-changed") => "help alert issue".to_owned(),
        ("content", _) => example(&command.act),
        _ => return None,
    })
}

/// The zone that a fault is about: `/zones/0`.
fn zone(field: &str, act: &Act) -> Option<String> {
    let (Act::IssueAlert { zones, .. } | Act::AmendAlert { zones, .. }) = act else {
        return None;
    };
    let index: usize = field.rsplit('/').next()?.parse().ok()?;
    let zone: ZoneId = zones.get(index)?.parse().ok()?;
    Some(format!("zone show {zone}"))
}

fn example(act: &Act) -> String {
    let category = match act {
        Act::IssueAlert { content, .. } | Act::AmendAlert { content, .. } => {
            Category::parse(&content.category)
        }
        _ => None,
    };
    category.map_or_else(
        || "help alert example".to_owned(),
        |category| format!("alert example {category}"),
    )
}

/// How a command is typed.
fn typed_as(act: &Act) -> &'static str {
    match act {
        Act::IssueAlert { .. } => "alert issue",
        Act::AmendAlert { .. } => "alert amend",
        Act::WithdrawAlert { .. } => "alert withdraw",
        Act::ReportHit { .. } => "hit report",
        Act::AnswerHit { .. } => "hit answer",
    }
}

#[cfg(test)]
mod tests {
    use giapranh_domain::wire::proto;

    use super::*;

    fn issue(category: &str, zones: &[&str]) -> Command {
        let content = proto::AlertContent { category: category.into(), ..Default::default() };
        let zones = zones.iter().map(|zone| (*zone).to_owned()).collect();
        by(Act::IssueAlert { zones, content: Box::new(content) })
    }

    fn withdraw() -> Command {
        let withdrawal = proto::Withdrawal::default();
        by(Act::WithdrawAlert { alert: "hcm/2024/000001".into(), withdrawal })
    }

    fn by(act: Act) -> Command {
        Command { unit: None, drafted_by: "a".into(), approved_by: "b".into(), act }
    }

    #[test]
    fn a_refusal_leads_to_what_helps() {
        let wanted = || issue("wanted-person", &["cluster", "hcm-long-an"]);
        for (command, field, rule, next) in [
            (wanted(), "/zones/0", "unknown-zone", "zone list"),
            (wanted(), "/zones/1", "not-in-zone", "zone show hcm-long-an"),
            (wanted(), "/content/ground/date", "date", "alert example wanted-person"),
            (issue("boat", &[]), "/content/category", "unknown-code", "help alert example"),
            (wanted(), "/content/category", "not-allowed", "unit list --level province"),
            (wanted(), "/approved_by", "second-person", "help alert issue"),
            (wanted(), "/unit", "not-served", "unit list"),
            (wanted(), "/unit", "not-enrolled", "node status"),
            (withdraw(), "/alert", "unknown-alert", "alert list --status all"),
            (withdraw(), "/alert", "not-issuer", "alert show hcm/2024/000001"),
            (withdraw(), "/alert", "withdrawn", "alert show hcm/2024/000001"),
            (withdraw(), "/withdrawal/reason", "unknown-code", "help alert withdraw"),
        ] {
            let faults = [Fault::new(field, rule, "")];
            assert_eq!(after_refusal(&faults, &command), format!("giapranh {next}"), "{field}");
        }
    }

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        assert_eq!(quoted(Path::new("/var/lib/giapranh")), "/var/lib/giapranh");
        assert_eq!(quoted(Path::new("/a b/it's;$x")), r"'/a b/it'\''s;$x'");
        assert_eq!(quoted(Path::new("")), "''");
    }
}
