//! Whatever the order of arrival, every node shows the same.

use giapranh_domain::{Alert, AlertId, Draft, Event, Status, due};
use proptest::prelude::*;

use crate::changes::cut;
use crate::stage::{Stage, Step, id};
use crate::words::{
    acknowledge, adopt, amend, answer, conclude, decide_link, draft, flag, hide, hit, issue, link,
    offender, on_draft, reveal, to_amend, wanted, with, withdraw,
};

const ALERT: &str = "long-an/2024/000001";
const OTHER: &str = "hcm/2024/000001";

/// Something that somebody may do, or try to do.
fn act(number: u8, event: u8) -> Step {
    let event = u128::from(event) + 1;
    match number {
        0 | 1 => Step::Ask("long-an", amend(ALERT, wanted(), &["long-an-tay-ninh"])),
        2 => Step::Ask("long-an", amend(ALERT, wanted(), &["cluster", "hcm-long-an"])),
        3 => Step::Ask("tay-ninh", hit(ALERT)),
        4 => Step::Ask("hcm", hit(ALERT)),
        5 => Step::Ask("long-an_duc-hoa", with(hit(ALERT), "/urgency", "routine".into())),
        6 => Step::Ask("long-an", answer(ALERT, event, "need-time")),
        7 => Step::Ask("long-an", answer(ALERT, event, "same")),
        8 => Step::Ask("long-an", withdraw(ALERT)),
        9 => Step::Forge("long-an", withdraw(ALERT), |meta| meta.drafted_by = None),
        10 => Step::Forge("long-an", withdraw(ALERT), |meta| meta.directory_seq += 1),
        11 => Step::Forge("long-an", amend(ALERT, wanted(), &[]), |meta| {
            meta.acting_unit = id("hcm");
        }),
        12 => Step::Forge("long-an", amend(ALERT, wanted(), &[]), |meta| {
            meta.epoch = 2;
        }),
        13 => Step::Publish(Vec::new()),
        14 => Step::Ask("long-an", adopt(ALERT, &[event])),
        // What no node would say: of any event, also in the epoch before and by another one.
        15 => Step::Adopt("long-an", ALERT, vec![event, event + 1], |_| {}),
        16 => Step::Adopt("long-an", ALERT, vec![event], |meta| meta.epoch = 1),
        17 => Step::Adopt("hcm", ALERT, vec![event], |_| {}),
        18 => Step::Publish(vec![cut("long-an", 2, Some(1), "new-epoch")]),
        20 => Step::Ask("hcm", acknowledge(ALERT, 1)),
        21 => Step::Ask("hcm", flag(ALERT, event % 2 == 0)),
        22 => Step::Ask("hcm", conclude(ALERT, event, "arrested")),
        23 => Step::Ask("long-an", conclude(ALERT, event, "gone")),
        24 => Step::Ask("hcm", link(ALERT, OTHER)),
        25 => Step::Ask("long-an", decide_link(ALERT, event, "confirmed")),
        26 => Step::Ask("hcm", decide_link(ALERT, event, "rejected")),
        27 => Step::Ask("long-an", hide(ALERT, &["hcm"])),
        28 => Step::Ask("long-an", reveal(ALERT)),
        // Alone: what one officer may change, and what none may.
        29 => Step::Ask("long-an", alone("/content/contact")),
        30 => Step::Forge("long-an", amend(ALERT, wanted(), &[]), |meta| meta.approved_by = None),
        31 => Step::Forge(
            "long-an",
            with(amend(ALERT, wanted(), &[]), "/content/headline", "Khác".into()),
            |meta| {
                meta.approved_by = None;
            },
        ),
        32 => Step::Ask(
            "long-an",
            draft(ALERT, u32::try_from(event % 3).unwrap(), "officer-1", &to_amend(&wanted(), 1)),
        ),
        33 => Step::Ask("long-an", on_draft("submit-draft", ALERT, 1, "officer-1")),
        34 => Step::Ask("long-an", on_draft("approve-draft", ALERT, 1, "officer-2")),
        _ => Step::Publish(vec![cut("long-an", 1, Some(2), "new-epoch")]),
    }
}

fn alone(field: &str) -> serde_json::Value {
    let command = with(amend(ALERT, wanted(), &[]), "/approved_by", "".into());
    with(command, field, "Trực ban khác (ví dụ)".into())
}

fn history(acts: &[(u8, u8)]) -> Stage {
    let mut stage = Stage::new();
    let issued = Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]));
    stage.take(issued).unwrap();
    stage.take(Step::Ask("hcm", issue(offender(), &["hcm-long-an"]))).unwrap();
    for (number, event) in acts {
        // What is refused leaves nothing behind: that too is a history.
        let before = stage.log.len();
        let refused = stage.take(act(*number, *event)).is_err();
        assert!(!refused || stage.log.len() == before);
    }
    stage
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_arrival_shows_nowhere(
        acts in prop::collection::vec((0_u8..35, 0_u8..12), 0..16),
        keys in prop::collection::vec(any::<u32>(), 18),
    ) {
        let stage = history(&acts);
        let id: AlertId = ALERT.parse().unwrap();
        let mut shuffled: Vec<(u32, Event)> =
            keys.into_iter().zip(stage.log.iter().cloned()).collect();
        prop_assert_eq!(shuffled.len(), stage.log.len());
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Event> = shuffled.into_iter().map(|(_, event)| event).collect();
        let of_alert = |event: &Event| event.meta.alert.as_ref() == Some(&id);
        let shuffled: Vec<Event> = shuffled.into_iter().filter(of_alert).collect();
        prop_assert_eq!(Draft::fold(&id, &shuffled, &stage.directory), stage.draft(&id));
        let shared: Vec<Event> = shuffled.into_iter().filter(|event| !event.is_local()).collect();
        let seen = Alert::fold(id.clone(), &shared, &stage.directory);
        let asked = |alert| due::of_alert(alert, &stage.directory);
        prop_assert_eq!(asked(&seen), asked(&stage.alert(&id)));
        prop_assert_eq!(&seen, &stage.alert(&id));
    }

    #[test]
    fn what_is_withdrawn_stays_so_whatever_follows(
        acts in prop::collection::vec((0_u8..35, 0_u8..12), 0..16),
    ) {
        let mut stage = history(&[]);
        let id: AlertId = ALERT.parse().unwrap();
        stage.take(act(8, 0)).unwrap();
        let withdrawal = stage.alert(&id).withdrawal;
        prop_assert!(withdrawal.is_some());
        for (number, event) in acts {
            let _refused = stage.take(act(number, event));
            let seen = stage.alert(&id);
            prop_assert_eq!(seen.status, Status::Withdrawn);
            prop_assert_eq!(&seen.withdrawal, &withdrawal);
        }
    }
}
