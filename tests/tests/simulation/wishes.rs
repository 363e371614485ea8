//! Commands, as people would give them.

use giapranh_domain::Act;
use giapranh_domain::wire::proto;

use super::founding::{CATEGORY, ZONES};
use super::node::Node;
use super::step::Wish;

/// The command that a wish comes to at a node; `None` when the node knows nothing of the kind.
pub fn act(node: &Node, wish: Wish, number: u64) -> Option<Act> {
    let mirror = &node.life.as_ref()?.mirror;
    let own: Vec<&String> = mirror
        .alerts
        .iter()
        .filter(|alert| alert.starts_with(&format!("{}/", node.unit)))
        .collect();
    let nth = |list: &[&String], pick: u8| {
        let alert = list.get(usize::from(pick) % list.len().max(1));
        alert.map(|alert| (*alert).clone())
    };
    let all: Vec<&String> = mirror.alerts.iter().collect();
    Some(match wish {
        Wish::Issue(to) => {
            Act::IssueAlert { zones: zones(node.unit, to), content: Box::new(content(number)) }
        }
        Wish::Amend(pick) => Act::AmendAlert {
            alert: nth(&own, pick)?,
            zones: if pick.is_multiple_of(3) { zones(node.unit, pick / 3) } else { Vec::new() },
            content: Box::new(content(number)),
            reason: "bổ sung (ví dụ)".to_owned(),
        },
        Wish::Withdraw(pick) => Act::WithdrawAlert {
            alert: nth(&own, pick)?,
            withdrawal: proto::Withdrawal { reason: "error".to_owned(), ..Default::default() },
        },
        Wish::Hit(pick) => Act::ReportHit {
            alert: nth(&all, pick)?,
            urgency: "routine".to_owned(),
            hit: proto::Hit {
                version: 1,
                place: format!("Chỗ Ví Dụ {number}"),
                seen_at: "2024-01-02".to_owned(),
                basis: "ví dụ".to_owned(),
                certainty: "possible".to_owned(),
                done: "ví dụ".to_owned(),
            },
        },
        Wish::Answer(pick) => {
            let hits: Vec<_> =
                mirror.hits.iter().filter(|(_, alert)| own.contains(&alert)).collect();
            let (hit, alert) = hits.get(usize::from(pick) % hits.len().max(1))?;
            let answer = proto::Answer { result: "not-same".to_owned(), note: String::new() };
            Act::AnswerHit { alert: alert.clone(), hit: *hit, answer }
        }
    })
}

/// The first, the second or both of a unit's zones, or the cluster's where it may.
pub fn zones(unit: &str, to: u8) -> Vec<String> {
    let mine = ZONES.iter().filter(|(_, members)| members.contains(&unit)).map(|(zone, _)| *zone);
    let mine: Vec<String> = mine.map(str::to_owned).collect();
    match to % 4 {
        0 => mine[..1].to_vec(),
        1 => mine[mine.len() - 1..].to_vec(),
        2 if !unit.contains('_') => vec!["cluster".to_owned(), mine[0].clone()],
        _ => mine,
    }
}

fn content(number: u64) -> proto::AlertContent {
    proto::AlertContent {
        category: CATEGORY.to_owned(),
        headline: format!("Thủ đoạn ví dụ {number}"),
        severity: "important".to_owned(),
        required_action: "inform".to_owned(),
        handling: "internal".to_owned(),
        ground: Some(proto::LegalGround {
            kind: "directive".to_owned(),
            date: "2024-01-02".to_owned(),
            agency: "Công an tỉnh (ví dụ)".to_owned(),
            ..Default::default()
        }),
        purpose: "Phòng ngừa (ví dụ)".to_owned(),
        expires: "2025-11-30".to_owned(),
        contact: "Trực ban ví dụ, 000 000 000".to_owned(),
        modus_operandi: Some(proto::ModusOperandi {
            offence: 171,
            approach: "ví dụ".to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    }
}
