//! A small history of three provinces: what the evidence files and the logs of the vectors hold.

use giapranh_record::{Facts, Hash, Signer as _, Verified};

use super::wire::Message;
use super::world::{
    self, ALERT, Author, BORDER, CLUSTER, EXPIRES_MS, HCM, LONG_AN, START_MS, Saying, TAY_NINH,
    WEST, plain,
};

/// A zone that Long An has no part in.
pub const RIVER: &str = "dong-nai-hcm";
/// Another alert of Long An.
pub const OTHER_ALERT: &str = "long-an/2024/000002";

/// Everything that was published, by index of its origin.
pub struct History {
    /// The registrar's: its events 0 to 3 and 5 are the directory.
    pub hcm: Vec<Verified>,
    pub long_an: Vec<Verified>,
    pub tay_ninh: Vec<Verified>,
}

impl History {
    pub fn new() -> Self {
        let (mut hcm, mut long_an) = (Author::new(HCM, 1_000), Author::new(LONG_AN, 2_000));
        let mut tay_ninh = Author::new(TAY_NINH, 3_000);
        let mut by_hcm: Vec<Verified> =
            founding().into_iter().map(|changes| hcm.publish(directory(1, 0, &changes))).collect();
        let issued = long_an.publish(alert(10, ALERT, "alert.issued", &[BORDER, WEST]));
        let other = long_an.publish(alert(11, OTHER_ALERT, "alert.issued", &[CLUSTER]));
        let hit = hcm.publish(hit(12, &issued, &[RIVER, BORDER]));
        let amended = long_an.publish(alert(13, ALERT, "alert.amended", &[BORDER, WEST]));
        let answered = long_an.publish(Saying {
            causes: vec![hit.header().event_id],
            facts: Facts { outcome: "same".into(), ..Facts::default() },
            ..alert(14, ALERT, "hit.answered", &[BORDER])
        });
        let first = tay_ninh.publish(self::hit(15, &issued, &[WEST]));
        let cut = cut(&first);
        by_hcm.push(hit);
        by_hcm.push(hcm.publish(directory(16, 4, &[cut])));
        let beyond = tay_ninh.publish(self::hit(17, &issued, &[WEST]));
        let withdrawn = long_an.publish(Saying {
            facts: Facts { outcome: "executed".into(), ..Facts::default() },
            directory_seq: 5,
            ..alert(18, ALERT, "alert.withdrawn", &[BORDER, WEST])
        });
        Self {
            hcm: by_hcm,
            long_an: vec![issued, other, amended, answered, withdrawn],
            tay_ninh: vec![first, beyond],
        }
    }

    /// The registrar's feed `directory`.
    pub fn directory(&self) -> Vec<&Verified> {
        self.hcm.iter().filter(|event| event.header().link("directory").is_some()).collect()
    }

    /// The leaf hashes of Long An's tree.
    pub fn leaves(&self) -> Vec<Hash> {
        self.long_an.iter().map(|event| event.leaf()).collect()
    }
}

/// When the `n`th thing happened.
pub fn at(n: u64) -> u64 {
    START_MS + n * 60_000
}

/// What founds the directory: four events.
pub fn founding() -> [Vec<Message>; 4] {
    let unit = |id: &str, name: &str, code: &str| {
        let registered = Message::new().text(1, id).text(3, "province").text(4, name).text(5, code);
        Message::new().message(1, &registered)
    };
    let zone = |id: &str, members: [&str; 2]| {
        let zone = Message::new().text(1, id).text(2, id);
        let zone = members.iter().fold(zone, |zone, member| zone.text(3, member));
        Message::new().message(2, &zone)
    };
    let rule = Message::new().text(1, "province").text(2, "modus-operandi").number(3, 1);
    [
        vec![
            unit(HCM, "TP Hồ Chí Minh", "79"),
            unit(LONG_AN, "Long An", "80"),
            unit(TAY_NINH, "Tây Ninh", "72"),
            unit("dong-nai", "Đồng Nai", "75"),
            enrolment(HCM, &world::key(HCM).public_key().to_bytes()),
        ],
        vec![
            zone(BORDER, [HCM, LONG_AN]),
            zone(WEST, [LONG_AN, TAY_NINH]),
            zone(RIVER, ["dong-nai", HCM]),
            Message::new().message(4, &rule),
        ],
        vec![enrolment(LONG_AN, &world::key(LONG_AN).public_key().to_bytes())],
        vec![enrolment(TAY_NINH, &world::key(TAY_NINH).public_key().to_bytes())],
    ]
}

/// A node with its key.
pub fn enrolment(unit: &str, public_key: &[u8; 32]) -> Message {
    Message::new().message(3, &Message::new().text(1, unit).bytes(2, public_key))
}

fn cut(last: &Verified) -> Message {
    let header = last.header();
    let cut = Message::new().text(1, &header.origin).number(2, 1);
    // An index of 0 is not written.
    Message::new().message(5, &cut.bytes(4, &last.leaf().0).text(5, "revoked"))
}

/// An event of the registrar's.
pub fn directory(n: u64, directory_seq: u64, changes: &[Message]) -> Saying<'static> {
    let decision = Message::new().text(1, "12/QĐ-C01").text(2, "2024-05-01");
    let all = changes.iter().fold(decision, |all, change| all.message(3, change));
    Saying {
        kind: "directory.changed",
        zones: &["directory"],
        alert: None,
        recorded_ms: at(n),
        directory_seq,
        causes: Vec::new(),
        facts: Facts::default(),
        payload: plain(all.0),
    }
}

/// An event about an alert of Long An, which only invented people could have written.
pub fn alert<'a>(n: u64, alert: &'a str, kind: &'a str, zones: &'a [&'a str]) -> Saying<'a> {
    let content = Message::new()
        .text(1, "modus-operandi")
        .text(2, "Giả danh nhân viên điện lực để trộm cắp")
        .text(13, "2025-05-31T08:00:00+07:00")
        .message(22, &Message::new());
    let version = Message::new().number(1, 1).message(2, &content);
    let version = zones.iter().fold(version, |version, zone| version.text(4, zone));
    Saying {
        kind,
        zones,
        alert: Some(alert),
        recorded_ms: at(n),
        directory_seq: 4,
        causes: Vec::new(),
        facts: Facts {
            category: "modus-operandi".into(),
            offence: 173,
            expires_ms: EXPIRES_MS,
            ..Facts::default()
        },
        payload: plain(version.0),
    }
}

pub fn hit<'a>(n: u64, issued: &Verified, zones: &'a [&'a str]) -> Saying<'a> {
    Saying {
        causes: vec![issued.header().event_id],
        facts: Facts { urgency: "urgent".into(), ..Facts::default() },
        payload: plain([]),
        ..alert(n, ALERT, "hit.reported", zones)
    }
}
