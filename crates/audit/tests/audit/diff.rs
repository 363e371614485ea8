//! What two logs differ in, and what two moments of one.

use giapranh_audit::Until;
use giapranh_audit::diff::{Difference, Side, diff};

use crate::world::{ALERT, HCM, LONG_AN, OTHER, World, ZONE, allow};

fn between(world: &World, other: &World, (first, second): (&str, &str)) -> Difference {
    let (first, second) = (world.log(first), other.log(second));
    let side = |log| Side { log, until: None };
    diff(side(&first), side(&second), &mut |_, _| {}).unwrap()
}

#[test]
fn nodes_that_hold_the_same_are_the_same_whatever_they_noted_for_themselves() {
    let (world, _) = World::told();
    let difference = between(&world, &world, (HCM, LONG_AN));
    assert!(difference.same && !difference.local_compared, "{difference:?}");
    assert_eq!(difference.first.events, difference.second.events);
    assert!(between(&world, &world, (HCM, HCM)).local_compared);
}

#[test]
fn what_one_holds_alone_is_told_by_feed_and_by_alert() {
    let (mut world, _) = World::told();
    world.hit(HCM, ALERT);
    world.issue(HCM, "hcm/2024/000004");
    world.hit(LONG_AN, OTHER);
    let difference = between(&world, &world, (HCM, LONG_AN));
    assert!(!difference.same && !difference.is_forked());
    assert_eq!((difference.first.only_here, difference.second.only_here), (2, 1));
    let feeds: Vec<_> = difference
        .feeds
        .iter()
        .map(|feed| {
            (&*feed.origin, &*feed.zone, feed.only_first.to_string(), feed.only_second.to_string())
        })
        .collect();
    let none = String::new;
    assert_eq!(feeds, [(HCM, ZONE, "6-7".into(), none()), (LONG_AN, ZONE, none(), "3".into())]);
    let alerts: Vec<_> = difference
        .views
        .alerts
        .iter()
        .map(|alert| (alert.alert.as_str(), alert.only, alert.fields.join(" ")))
        .collect();
    assert_eq!(alerts.len(), 3);
    assert_eq!((alerts[0].0, alerts[0].1), (ALERT, None));
    assert!(alerts[0].2.contains("timeline") && alerts[0].2.contains("hits."), "{alerts:?}");
    assert_eq!(alerts[2], ("hcm/2024/000004", Some("first"), String::new()));
    let json = serde_json::to_string(&difference).unwrap();
    assert!(!json.contains("Truy nã") && !json.contains("Đức Hòa"), "contents are told: {json}");
}

#[test]
fn two_histories_of_one_key_are_forks() {
    let (mut one, mut other) = (World::new(), World::new());
    one.issue(HCM, ALERT);
    other.issue(HCM, OTHER);
    let difference = between(&one, &other, (HCM, HCM));
    assert!(difference.is_forked() && !difference.same);
    let forks: Vec<_> =
        difference.forks.iter().map(|fork| (fork.by, fork.which.as_str())).collect();
    let id =
        one.reader(HCM).published(HCM, 1, 2, 1).unwrap()[0].event.header().event_id.to_string();
    assert_eq!(
        forks,
        [("event-id", id.as_str()), ("index", "hcm/1/2"), ("seq", "hcm/1/hcm-long-an/1")]
    );
    let leaf = one.reader(HCM).published(HCM, 1, 2, 1).unwrap()[0].event.leaf().to_string();
    assert!(difference.forks.iter().all(|fork| fork.first == leaf && fork.second != leaf));
}

#[test]
fn two_moments_of_one_log_are_compared() {
    let (mut world, _) = World::told();
    let before = world.reader(HCM).head().unwrap();
    world.decide(vec![allow("province", "wanted-person", true)]);
    world.hit(HCM, OTHER);
    let log = world.log(HCM);
    let at = |position| Side { log: &log, until: Some(Until::Position(position)) };
    let difference = diff(at(before), at(before + 2), &mut |_, _| {}).unwrap();
    assert_eq!((difference.first.only_here, difference.second.only_here), (0, 2));
    assert_eq!(difference.views.alerts.len(), 1);
    assert!(diff(at(before), at(before), &mut |_, _| {}).unwrap().same);
    let all = Side { log: &log, until: None };
    let now = Side { log: &log, until: Some(Until::Arrival(u64::MAX >> 1)) };
    assert!(diff(all, now, &mut |_, _| {}).unwrap().same);
    assert!(diff(all, at(before + 99), &mut |_, _| {}).is_err());
}

#[test]
fn an_event_that_is_judged_otherwise_is_told() {
    let (mut one, mut other) = (World::new(), World::new());
    one.decide(vec![allow("province", "wanted-person", true)]);
    other.decide(vec![allow("province", "modus-operandi", true)]);
    for world in [&mut one, &mut other] {
        world.issue_in(HCM, ALERT, &["cluster"]);
    }
    let difference = between(&one, &other, (HCM, HCM));
    let judged = &difference.views.judged[..];
    assert_eq!(judged.len(), 1, "{difference:?}");
    assert_eq!(judged[0].first, "valid");
    assert_eq!(judged[0].second, "disowned (not-allowed)");
}
