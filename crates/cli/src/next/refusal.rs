//! What helps after the node has refused a command.

use giapranh_domain::wire::proto::directory_change::Change;
use giapranh_domain::wire::proto::{self, proposal::What};
use giapranh_domain::{Act, AlertId, Category, Command, Fault, UnitId, ZoneId};

use super::line;

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
    if let Some(helps) = after_life(part, field, &fault.rule, command) {
        return Some(helps);
    }
    Some(match (part, fault.rule.as_str()) {
        ("alert", "unknown-alert" | "not-an-id") => list,
        ("alert" | "hit" | "events", _) => show(),
        ("zones", "not-in-zone") => zone(field, &command.act)?,
        ("zones", "unknown-zone" | "not-an-id" | "required" | "ended-zone")
        | ("unit", "not-in-zone")
        | ("zone", "unknown-zone" | "not-an-id") => "zone list".to_owned(),
        ("zone", _) => asked_zone(&command.act)?,
        ("origin", "own-fork") => "help node begin-epoch".to_owned(),
        ("origin", _) => "fork list".to_owned(),
        ("act", "not-registrar") => "directory show".to_owned(),
        ("act", "registrar") => "help directory hand-over".to_owned(),
        ("act" | "unit", "closed" | "cut") => "help node rotate".to_owned(),
        ("changes", rule) => after_change(field, rule, &command.act)?,
        ("effective_from", _) => "directory log".to_owned(),
        ("enrolled" | "public_key", _) | ("unit", "not-province") => "directory pending".to_owned(),
        ("unit", "not-enrolled") => "node status".to_owned(),
        ("unit", _) => "unit list".to_owned(),
        ("content", "not-allowed") => "unit list --level province".to_owned(),
        ("content", "category-changed") => "help alert issue".to_owned(),
        ("content", _) => example(&command.act),
        _ => return None,
    })
}

/// What helps after a word about the life of an alert was refused: drafts, links, who releases what.
fn after_life(part: &str, field: &str, rule: &str, command: &Command) -> Option<String> {
    let alert = command.act.alert().filter(|alert| alert.parse::<AlertId>().is_ok());
    let about = |what: &str| alert.map(|alert| format!("{what} {alert}"));
    Some(match (part, rule) {
        ("key", _) => "hit send".to_owned(),
        ("drafted_by" | "unit", "not-you") => "who".to_owned(),
        (_, "unknown-draft" | "not-own-draft") => "draft list".to_owned(),
        (
            _,
            "draft-changed"
            | "draft-waits"
            | "draft-closed"
            | "draft-not-submitted"
            | "alert-changed",
        ) => about("draft show")?,
        ("proposal", "issued") => "help draft amend".to_owned(),
        ("proposal", _) if field.contains("/content") => example(&command.act),
        // A change that takes two: written as a draft, another officer releases it.
        ("approved_by", "second-person" | "required") => match &command.act {
            Act::AmendAlert { .. } => "help draft amend".to_owned(),
            Act::WithdrawAlert { .. } => "help draft withdraw".to_owned(),
            Act::HideAlert { .. } => "help draft hide".to_owned(),
            Act::RevealAlert { .. } => "help draft reveal".to_owned(),
            Act::EraseAlert { .. } => "help draft erase".to_owned(),
            Act::IssueAlert { .. } => "help draft new".to_owned(),
            _ => return None,
        },
        ("drafted_by", "second-person") => match &command.act {
            Act::DecideLink { .. } => about("alert links")?,
            _ => about("draft show")?,
        },
        ("link", "unknown-link" | "proposed") => about("alert links")?,
        ("link", "unknown-alert") => "alert list --status all".to_owned(),
        ("conclusion" | "hiding", "unknown-unit") => "unit list".to_owned(),
        ("version", "acknowledged" | "range") | ("flag", "not-flagged") => about("alert show")?,
        _ => return None,
    })
}

/// What helps after one of a decision's changes was refused: `/changes/0`.
fn after_change(field: &str, rule: &str, act: &Act) -> Option<String> {
    let Act::ChangeDirectory(changed) = act else { return None };
    let index = field.split('/').nth(2).and_then(|text| text.parse::<usize>().ok());
    let change = index.and_then(|index| changed.changes.get(index)?.change.as_ref());
    let known = |rest: &str| change.and_then(subject).map(|subject| format!("{rest}{subject}"));
    let helps = match rule {
        // What stands under a unit that ends.
        "orphan" => match change {
            Some(Change::UnitEnded(ended)) if ended.id.parse::<UnitId>().is_ok() => {
                format!("unit list --parent {}", ended.id)
            }
            _ => "unit list".to_owned(),
        },
        // It is to be typed at the node that ends, not at this one.
        "no-cut" => "help node close".to_owned(),
        "one-province" => "help zone define".to_owned(),
        "unknown-zone" | "ended-zone" => "zone list".to_owned(),
        "unknown-unit" | "parent" | "other-province" | "successor" => "unit list".to_owned(),
        "key" | "nats-key" => "help node request".to_owned(),
        "enrolled" => "help directory revoke".to_owned(),
        "confirmed" => "directory pending".to_owned(),
        "registrar" => "help directory hand-over".to_owned(),
        "other-founders" => "help directory propose".to_owned(),
        "below-threshold" | "threshold" | "founder" => "help directory sign".to_owned(),
        // Until when a zone is granted.
        "date" => "help zone grant".to_owned(),
        _ => known("directory show ")?,
    };
    Some(helps)
}

/// The unit or zone that a change is about, as `directory show` takes it.
fn subject(change: &Change) -> Option<String> {
    let unit = |id: &str| id.parse().ok().map(|id: UnitId| format!("--unit {id}"));
    let zone = |id: &str| id.parse().ok().map(|id: ZoneId| format!("--zone {id}"));
    match change {
        Change::UnitRegistered(it) => unit(&it.id),
        Change::UnitRenamed(it) => unit(&it.id),
        Change::UnitMoved(it) => unit(&it.id),
        Change::UnitEnded(it) => unit(&it.id),
        Change::NodeEnrolled(it) => unit(&it.unit),
        Change::NodeConfirmed(it) => unit(&it.unit),
        Change::ServiceSet(it) => unit(&it.unit),
        Change::CutMade(it) => unit(&it.origin),
        Change::RegistrarNamed(it) => unit(&it.unit),
        Change::ZoneDefined(it) => zone(&it.id),
        Change::ZoneRedrawn(it) => zone(&it.id),
        Change::ZoneEnded(it) => zone(&it.id),
        Change::ZoneGranted(it) => zone(&it.zone),
        Change::IssuingAllowed(_) | Change::DeadlineSet(_) | Change::FoundersNamed(_) => None,
    }
}

/// The zone that was asked for.
fn asked_zone(act: &Act) -> Option<String> {
    let Act::RequestZone { zone, .. } = act else { return None };
    zone.parse().ok().map(|zone: ZoneId| format!("directory show --zone {zone}"))
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
        Act::SaveDraft { proposal, .. } => match &proposal.what {
            Some(
                What::Issue(proto::Issue { content, .. })
                | What::Amend(proto::Amend { content, .. }),
            ) => content.as_ref().and_then(|content| Category::parse(&content.category)),
            _ => None,
        },
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
        Act::HideAlert { .. } => "alert hide",
        Act::RevealAlert { .. } => "alert reveal",
        Act::EraseAlert { .. } => "alert erase",
        Act::SaveDraft { .. } => "draft save",
        Act::SubmitDraft { .. } => "draft submit",
        Act::ReturnDraft { .. } => "draft return",
        Act::ApproveDraft { .. } => "draft approve",
        Act::DiscardDraft { .. } => "draft discard",
        Act::AcknowledgeAlert { .. } => "alert acknowledge",
        Act::FlagAlert { .. } => "alert flag",
        Act::ReportHit { .. } => "hit report",
        Act::AnswerHit { .. } => "hit answer",
        Act::ConcludeHit { .. } => "hit conclude",
        Act::ProposeLink { .. } => "alert link",
        Act::DecideLink { .. } => "link confirm",
        Act::ChangeDirectory(_) => "directory change",
        Act::ConfirmEnrolment { .. } => "directory confirm",
        Act::RequestZone { .. } => "zone request",
        Act::CloseNode { .. } => "node close",
        Act::DecideFork { .. } => "fork decide",
        Act::AdoptEvents { .. } => "alert adopt",
        Act::StatePurpose { .. } => "purpose",
    }
}

#[cfg(test)]
mod tests {
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
        let (drafted_by, approved_by) = ("a".into(), "b".into());
        Command { unit: None, key: None, drafted_by, approved_by, act }
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
            (wanted(), "/approved_by", "second-person", "help draft new"),
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
    fn a_refused_word_about_a_draft_leads_to_what_helps() {
        const ID: &str = "hcm/2024/000001";
        let id = || ID.to_owned();
        let content = proto::AlertContent { category: "vehicle".into(), ..Default::default() };
        let amend = by(Act::AmendAlert {
            alert: id(),
            zones: Vec::new(),
            content: Box::new(content.clone()),
            reason: String::new(),
        });
        let issue = proto::Issue { content: Some(content), zones: Vec::new() };
        let proposal = proto::Proposal { what: Some(What::Issue(issue)) };
        let save = by(Act::SaveDraft { alert: None, version: 0, proposal: Box::new(proposal) });
        let approve = by(Act::ApproveDraft { alert: id(), version: 1 });
        let decision = proto::LinkDecided::default();
        let link = by(Act::DecideLink { alert: id(), link: uuid::Uuid::nil(), decision });
        for (command, field, rule, next) in [
            (&amend, "/approved_by", "second-person", "help draft amend"),
            (&withdraw(), "/approved_by", "required", "help draft withdraw"),
            (&amend, "/drafted_by", "not-you", "who"),
            (&approve, "/alert", "unknown-draft", "draft list"),
            (&approve, "/version", "draft-changed", "draft show hcm/2024/000001"),
            (&approve, "/alert", "alert-changed", "draft show hcm/2024/000001"),
            (&approve, "/drafted_by", "second-person", "draft show hcm/2024/000001"),
            (&save, "/proposal/issue/content/vehicle/plate", "shape", "alert example vehicle"),
            (&save, "/content/vehicle/plate", "shape", "alert example vehicle"),
            (&save, "/proposal", "required", "help draft save"),
            (&link, "/link", "unknown-link", "alert links hcm/2024/000001"),
            (&link, "/drafted_by", "second-person", "alert links hcm/2024/000001"),
        ] {
            let faults = [Fault::new(field, rule, "")];
            assert_eq!(after_refusal(&faults, command), format!("giapranh {next}"), "{field}");
        }
    }

    #[test]
    fn a_refused_decision_leads_to_what_helps() {
        let ended = Change::UnitEnded(proto::UnitEnded {
            id: "long-an_duc-hoa".into(),
            ..Default::default()
        });
        let zone =
            |id: &str| Change::ZoneEnded(proto::ZoneEnded { id: id.into(), ..Default::default() });
        let decide = |change: Change| {
            by(Act::ChangeDirectory(proto::DirectoryChanged {
                changes: vec![proto::DirectoryChange { change: Some(change) }],
                ..Default::default()
            }))
        };
        for (command, field, rule, next) in [
            (decide(ended.clone()), "/act", "not-registrar", "directory show"),
            (decide(ended.clone()), "/changes/0", "orphan", "unit list --parent long-an_duc-hoa"),
            (decide(ended.clone()), "/changes/0", "no-cut", "help node close"),
            (
                decide(ended.clone()),
                "/changes/0",
                "ended-unit",
                "directory show --unit long-an_duc-hoa",
            ),
            (decide(ended.clone()), "/changes/9", "ended-unit", "help directory change"),
            (decide(ended), "/effective_from", "date", "directory log"),
            (decide(zone("hcm-long-an")), "/changes/0", "ended-zone", "zone list"),
            (decide(zone("a")), "/changes/0", "parts", "directory show --zone a"),
            (decide(zone("no id")), "/changes/0", "id", "help directory change"),
        ] {
            let faults = [Fault::new(field, rule, "")];
            assert_eq!(after_refusal(&faults, &command), format!("giapranh {next}"), "{rule}");
        }
    }

    #[test]
    fn a_refused_word_about_a_log_leads_to_what_helps() {
        let (alert, reason) = ("hcm/2024/000001".into(), String::new());
        let adopt = by(Act::AdoptEvents { alert, events: Vec::new(), reason });
        let (origin, reason) = ("long-an".into(), String::new());
        let decide = by(Act::DecideFork { origin, epoch: 1, reason });
        for (command, field, rule, next) in [
            (&adopt, "/events/0", "not-late", "alert show hcm/2024/000001"),
            (&adopt, "/alert", "unknown-alert", "alert list --status all"),
            (&adopt, "/reason", "required", "help alert adopt"),
            (&decide, "/origin", "no-fork", "fork list"),
            (&decide, "/origin", "own-fork", "help node begin-epoch"),
            (&decide, "/reason", "required", "help fork decide"),
        ] {
            let faults = [Fault::new(field, rule, "")];
            assert_eq!(after_refusal(&faults, command), format!("giapranh {next}"), "{rule}");
        }
    }

    #[test]
    fn a_refused_word_to_the_registrar_leads_to_what_helps() {
        let (zone, until, reason) = ("hcm-long-an".into(), String::new(), String::new());
        let request = by(Act::RequestZone { zone, until, reason });
        let close = by(Act::CloseNode { reason: String::new() });
        let confirm =
            by(Act::ConfirmEnrolment { enrolled: "long-an".into(), public_key: String::new() });
        for (command, field, rule, next) in [
            (&request, "/zone", "unknown-zone", "zone list"),
            (&request, "/zone", "member", "directory show --zone hcm-long-an"),
            (&request, "/until", "date", "help zone request"),
            (&close, "/act", "registrar", "help directory hand-over"),
            (&close, "/unit", "closed", "help node rotate"),
            (&close, "/reason", "required", "help node close"),
            (&confirm, "/enrolled", "confirmed", "directory pending"),
            (&confirm, "/public_key", "key", "directory pending"),
        ] {
            let faults = [Fault::new(field, rule, "")];
            assert_eq!(after_refusal(&faults, command), format!("giapranh {next}"), "{rule}");
        }
    }
}
