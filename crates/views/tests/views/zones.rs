//! How much there is in each zone: what everybody there sees, and nothing that is hidden.

use giapranh_domain::Body;
use giapranh_domain::wire::proto;
use giapranh_views::ZoneCounts;

use crate::cluster::{ALERT, EXPIRES_MS, START_MS, ZONE};
use crate::desk::{Shown, WEST};

const OTHER: &str = "hcm/2024/000002";
const SECOND: u64 = 1_000;

fn counts(shown: &Shown, unit: Option<&str>, since: u64, now: u64) -> Vec<String> {
    let viewer = unit.map(|unit| shown.viewer(unit));
    let told = |one: ZoneCounts| {
        let ZoneCounts { zone, active, urgent, changed, hits, unanswered, .. } = one;
        format!("{zone} {active} {urgent} {changed} {hits} {unanswered}")
    };
    shown.views.zone_counts(viewer.as_ref(), since, now).unwrap().into_iter().map(told).collect()
}

fn hit(shown: &mut Shown, alert: &str, unit: &str, zone: &str) {
    let hit = Body::HitReported(proto::Hit::default());
    let hit = shown.cluster.say(alert, unit, hit, &[zone]);
    shown.see(&hit);
}

#[test]
fn each_zone_has_what_its_members_see() {
    let mut shown = Shown::founded();
    assert_eq!(
        counts(&shown, None, 0, START_MS),
        ["cluster 0 0 0 0 0", "hcm-long-an 0 0 0 0 0", "hcm-tay-ninh 0 0 0 0 0"]
    );
    shown.issue(ALERT, "critical", &[ZONE]);
    shown.issue(OTHER, "important", &[ZONE, WEST]);
    hit(&mut shown, ALERT, "long-an", ZONE);
    hit(&mut shown, OTHER, "tay-ninh", WEST);
    let now = START_MS + 3_600 * SECOND;
    let all = ["cluster 0 0 0 0 0", "hcm-long-an 2 1 2 2 2", "hcm-tay-ninh 1 0 1 1 1"];
    assert_eq!(counts(&shown, None, 0, now), all);
    // Who is in one zone is told of no other.
    assert_eq!(counts(&shown, Some("long-an"), 0, now), all[..2]);
    assert_eq!(counts(&shown, Some("tay-ninh"), 0, now), [all[0], all[2]]);
    // Of a period that has not begun there is only what is in force.
    assert_eq!(counts(&shown, Some("long-an"), now, now)[1], "hcm-long-an 2 1 0 0 0");
    // What has expired is in force no more.
    assert_eq!(counts(&shown, Some("long-an"), 0, EXPIRES_MS)[1], "hcm-long-an 0 0 2 2 2");
    let before = counts(&shown, None, 0, now);
    shown.check_rebuild(now);
    assert_eq!(counts(&shown, None, 0, now), before);
}

#[test]
fn what_is_hidden_is_in_no_number() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "critical", &[ZONE]);
    hit(&mut shown, ALERT, "long-an", ZONE);
    let (now, until) = (START_MS + 3_600 * SECOND, START_MS + 7_200 * SECOND);
    let hidden = shown.cluster.hide(until, &["long-an"]);
    shown.see(&hidden);
    for unit in ["long-an", "hcm", "long-an_duc-hoa"] {
        assert_eq!(counts(&shown, Some(unit), 0, now)[1], "hcm-long-an 0 0 0 0 0", "{unit}");
        assert_eq!(counts(&shown, Some(unit), 0, until)[1], "hcm-long-an 1 1 1 1 1", "{unit}");
    }
}
