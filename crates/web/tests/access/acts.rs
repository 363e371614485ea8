//! Every act by every role.

use giapranh_domain::codes::Role;
use giapranh_domain::wire::proto::{self, proposal::What};
use giapranh_domain::{Act, Command};
use uuid::Uuid;

use crate::routes::{Tried, Trier};

const COMMANDS: &str = "/api/v1/commands";

/// One of each act, in the order of the type: an act that is new has to be put in here.
pub fn all() -> Vec<Act> {
    std::iter::successors(Some(first()), after).collect()
}

fn first() -> Act {
    Act::IssueAlert { zones: vec!["hcm-long-an".into()], content: Box::default() }
}

fn after(act: &Act) -> Option<Act> {
    let alert = || "hcm/2024/000001".to_owned();
    let reason = || "ví dụ".to_owned();
    let version = 1;
    Some(match act {
        Act::IssueAlert { .. } => Act::AmendAlert {
            alert: alert(),
            zones: vec![],
            content: Box::default(),
            reason: reason(),
        },
        Act::AmendAlert { .. } => {
            Act::WithdrawAlert { alert: alert(), withdrawal: proto::Withdrawal::default() }
        }
        Act::WithdrawAlert { .. } => {
            Act::HideAlert { alert: alert(), hiding: proto::Hiding::default() }
        }
        Act::HideAlert { .. } => Act::RevealAlert { alert: alert(), reason: reason() },
        Act::RevealAlert { .. } => {
            let erasing =
                proto::Erasing { ground: "no-longer-needed".into(), ..Default::default() };
            Act::EraseAlert { alert: alert(), erasing }
        }
        Act::EraseAlert { .. } => {
            let what = Some(What::Hide(proto::Hiding::default()));
            let proposal = Box::new(proto::Proposal { what });
            Act::SaveDraft { alert: Some(alert()), version: 0, proposal }
        }
        Act::SaveDraft { .. } => Act::SubmitDraft { alert: alert(), version },
        Act::SubmitDraft { .. } => Act::ReturnDraft { alert: alert(), version, reason: reason() },
        Act::ReturnDraft { .. } => Act::ApproveDraft { alert: alert(), version },
        Act::ApproveDraft { .. } => Act::DiscardDraft { alert: alert(), version, reason: reason() },
        Act::DiscardDraft { .. } => Act::AcknowledgeAlert { alert: alert(), version },
        Act::AcknowledgeAlert { .. } => {
            Act::FlagAlert { alert: alert(), flag: proto::Flag::default() }
        }
        Act::FlagAlert { .. } => {
            Act::ReportHit { alert: alert(), urgency: "urgent".into(), hit: proto::Hit::default() }
        }
        Act::ReportHit { .. } => {
            Act::AnswerHit { alert: alert(), hit: Uuid::nil(), answer: proto::Answer::default() }
        }
        Act::AnswerHit { .. } => Act::ConcludeHit {
            alert: alert(),
            hit: Uuid::nil(),
            conclusion: proto::Conclusion::default(),
        },
        Act::ConcludeHit { .. } => {
            Act::ProposeLink { alert: alert(), link: proto::LinkProposed::default() }
        }
        Act::ProposeLink { .. } => Act::DecideLink {
            alert: alert(),
            link: Uuid::nil(),
            decision: proto::LinkDecided::default(),
        },
        Act::DecideLink { .. } => {
            Act::StatePurpose { purpose: reason(), case_number: String::new() }
        }
        Act::StatePurpose { .. } => Act::ChangeDirectory(proto::DirectoryChanged::default()),
        Act::ChangeDirectory(_) => {
            Act::ConfirmEnrolment { enrolled: "hcm_binh-chanh".into(), public_key: "00".repeat(32) }
        }
        Act::ConfirmEnrolment { .. } => Act::RequestZone {
            zone: "hcm-long-an".into(),
            until: "2024-06-30".into(),
            reason: reason(),
        },
        Act::RequestZone { .. } => Act::CloseNode { reason: reason() },
        Act::CloseNode { .. } => {
            Act::DecideFork { origin: "long-an".into(), epoch: 1, reason: reason() }
        }
        Act::DecideFork { .. } => {
            Act::AdoptEvents { alert: alert(), events: vec![], reason: reason() }
        }
        Act::AdoptEvents { .. } => return None,
    })
}

/// As it is sent, with nothing that says who acts.
pub fn sent(act: &Act) -> serde_json::Value {
    let command = Command {
        unit: None,
        key: None,
        drafted_by: String::new(),
        approved_by: String::new(),
        act: act.clone(),
    };
    serde_json::to_value(command).unwrap()
}

/// Its name in commands.
pub fn name(act: &Act) -> String {
    sent(act)["act"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_act_is_for_the_roles_that_it_names() {
    let tried = Tried::new().await;
    for act in all() {
        let body = sent(&act).to_string();
        for role in Role::ALL {
            let answer = tried.send(Trier::Officer(*role), "POST", COMMANDS, &body).await;
            if act.roles().contains(role) {
                assert_eq!(answer.status, 200, "{role} {body}: {}", answer.body);
                continue;
            }
            let problem = answer.problem(403, "role");
            let detail = problem["detail"].as_str().unwrap();
            let named = if *role == Role::Auditor { &[][..] } else { act.roles() };
            assert!(named.iter().all(|role| detail.contains(role.code())), "{role}: {detail}");
            tried
                .send(Trier::OfficerLoopback(*role), "POST", COMMANDS, &body)
                .await
                .problem(403, "role");
        }
        assert_eq!(tried.send(Trier::Unmanned, "POST", COMMANDS, &body).await.status, 200);
        let machine = tried.send(Trier::Machine, "POST", COMMANDS, &body).await;
        machine.problem(401, "unauthenticated");
    }
}

/// But to say what a search is for, as everybody has to who searches.
#[test]
fn the_auditor_changes_nothing_and_each_act_is_somebodys() {
    for act in all() {
        assert!(!act.roles().is_empty(), "{}", name(&act));
        let states = matches!(act, Act::StatePurpose { .. });
        assert_eq!(act.roles().contains(&Role::Auditor), states, "{}", name(&act));
    }
}
