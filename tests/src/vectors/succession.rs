//! A directory that changes hands, and units that take new keys: what the files of the vectors hold
//! that the first history does not.

use giapranh_record::{Facts, Hash, Signer as _, SigningKey, Verified};

use super::history::{self, RIVER, alert, at, hit};
use super::index::hex;
use super::wire::Message;
use super::world::{
    self, ALERT, Author, BORDER, CLUSTER, HCM, LONG_AN, Saying, TAY_NINH, WEST, plain,
};

pub const DONG_NAI: &str = "dong-nai";
/// Who names a registrar; two of them have to.
pub const FOUNDERS: [&str; 3] = [HCM, LONG_AN, TAY_NINH];
const THRESHOLD: u64 = 2;

/// Hồ Chí Minh hands the directory over to Long An, and three units begin again.
pub struct Handover {
    /// The registrar before: its words 1 to 5, the last of which hands over, and one beyond it.
    pub hcm: Vec<Verified>,
    /// The registrar after: its words are the events 1 to 3.
    pub long_an: Vec<Verified>,
    /// Epoch 1: a hit, the closing event, and one that the old key signed after it.
    pub tay_ninh: Vec<Verified>,
    /// Epoch 2, under a key of its own.
    pub tay_ninh_2: Vec<Verified>,
    /// Epoch 1: two hits, the second of which its log lost before it began again.
    pub dong_nai: Vec<Verified>,
    /// Epoch 2, under the same key.
    pub dong_nai_2: Vec<Verified>,
}

impl Handover {
    pub fn new() -> Self {
        let (mut hcm, mut long_an) = (Author::new(HCM, 11_000), Author::new(LONG_AN, 12_000));
        let (mut tay_ninh, mut dong_nai) =
            (Author::new(TAY_NINH, 13_000), Author::new(DONG_NAI, 14_000));
        let key = world::key_of_epoch(TAY_NINH, 2);
        let mut tay_ninh_2 = Author::again(TAY_NINH, 2, key, 15_000);
        let mut dong_nai_2 = Author::again(DONG_NAI, 2, world::key(DONG_NAI), 16_000);

        let mut words = founding(&mut hcm, &[LONG_AN, TAY_NINH, DONG_NAI]);
        let issued = long_an.publish(alert(10, ALERT, "alert.issued", &[BORDER, WEST]));
        let first = tay_ninh.publish(hit(11, &issued, &[WEST]));
        let closed = tay_ninh.publish(closing(12, 4));
        let stolen = tay_ninh.publish(hit(13, &issued, &[WEST]));
        let kept = dong_nai.publish(hit(14, &issued, &[RIVER]));
        let lost = dong_nai.publish(hit(15, &issued, &[RIVER]));
        words.push(hcm.publish(word(20, 4, &[named(LONG_AN, 1, &world::key(LONG_AN))])));
        words.push(hcm.publish(word(21, 5, &[renamed()])));
        let cuts = [cut(&closed, "rotated"), cut(&kept, "new-epoch")];
        let enrolled = [enrolment(TAY_NINH, 2, &world::key_of_epoch(TAY_NINH, 2))];
        let by_long_an = vec![
            issued.clone(),
            long_an.publish(word(22, 5, &cuts)),
            long_an.publish(word(23, 6, &enrolled)),
            long_an.publish(word(24, 7, &[renamed()])),
            long_an.publish(under(8, alert(30, ALERT, "alert.amended", &[BORDER, WEST]))),
        ];
        let later = |n, zones| under(8, hit(n, &issued, zones));
        Self {
            hcm: words,
            long_an: by_long_an,
            tay_ninh: vec![first, closed, stolen],
            tay_ninh_2: vec![
                tay_ninh_2.publish(later(31, &[WEST])),
                tay_ninh_2.publish(later(32, &[WEST])),
            ],
            dong_nai: vec![kept, lost],
            dong_nai_2: vec![dong_nai_2.publish(later(33, &[RIVER]))],
        }
    }

    /// What makes the directory's heads, in their order.
    pub fn directory(&self) -> Vec<&Verified> {
        self.hcm[..5].iter().chain(&self.long_an[1..4]).collect()
    }

    /// What is about the alert, by origin, epoch and index.
    pub fn about_the_alert(&self) -> Vec<&Verified> {
        let all = self.dong_nai.iter().chain(&self.dong_nai_2).chain(&self.long_an);
        let all = all.chain(&self.tay_ninh).chain(&self.tay_ninh_2);
        all.filter(|event| event.header().alert.is_some()).collect()
    }
}

/// Somebody has the registrar's key; the founders name Long An.
pub struct Replacement {
    /// The registrar before: its words 1 to 4, and three that whoever has its key said.
    pub hcm: Vec<Verified>,
    /// Epoch 2, after Long An has enrolled another key.
    pub hcm_2: Vec<Verified>,
    /// Its words are the events 1 and 2, the first with the founders' statement.
    pub long_an: Vec<Verified>,
    /// Of a unit whose key the fifth word had enrolled.
    pub dong_nai: Vec<Verified>,
}

impl Replacement {
    /// With the founders' statement over the fourth word, signed by two of them.
    pub fn new() -> Self {
        Self::by(&mut |statement| statement.signed(&[LONG_AN, TAY_NINH]))
    }

    /// With a statement of somebody's making; `make` is given the right one.
    pub fn by(make: &mut dyn FnMut(Statement) -> Message) -> Self {
        let (mut hcm, mut long_an) = (Author::new(HCM, 21_000), Author::new(LONG_AN, 22_000));
        let nobody = || SigningKey::from_seed(&[7; 32]);
        let mut dong_nai = Author::again(DONG_NAI, 1, nobody(), 23_000);
        let mut hcm_2 = Author::again(HCM, 2, world::key_of_epoch(HCM, 2), 24_000);

        let mut words = founding(&mut hcm, &[LONG_AN, TAY_NINH]);
        let issued = long_an.publish(alert(10, ALERT, "alert.issued", &[BORDER, WEST]));
        words.push(hcm.publish(word(20, 4, &[enrolment(DONG_NAI, 1, &nobody())])));
        words.push(hcm.publish(word(21, 5, &[renamed()])));
        words.push(hcm.publish(word(22, 6, &[renamed()])));
        let said = dong_nai.publish(under(5, hit(23, &issued, &[CLUSTER])));
        let last = &words[3];
        let statement = Statement {
            unit: LONG_AN,
            epoch: 1,
            key: world::key(LONG_AN).public_key().to_bytes(),
            after: 4,
            leaf: last.leaf(),
        };
        let changes = [cut(last, "revoked"), enrolment(HCM, 2, &world::key_of_epoch(HCM, 2))];
        let by_long_an = vec![
            issued.clone(),
            long_an.publish(word(30, 4, &[make(statement)])),
            long_an.publish(word(31, 5, &changes)),
            long_an.publish(under(6, alert(32, ALERT, "alert.amended", &[BORDER, WEST]))),
        ];
        Self {
            hcm: words,
            hcm_2: vec![hcm_2.publish(under(6, hit(33, &issued, &[BORDER])))],
            long_an: by_long_an,
            dong_nai: vec![said],
        }
    }

    /// What makes the directory's heads, in their order, when the founders' statement holds.
    pub fn directory(&self) -> Vec<&Verified> {
        self.hcm[..4].iter().chain(&self.long_an[1..3]).collect()
    }
}

/// What founders sign to name a registrar.
#[derive(Clone)]
pub struct Statement {
    pub unit: &'static str,
    pub epoch: u32,
    pub key: [u8; 32],
    pub after: u64,
    pub leaf: Hash,
}

impl Statement {
    /// As the page spells it out.
    fn text(&self) -> String {
        let Self { unit, epoch, key, after, leaf } = self;
        let key = hex(key);
        format!(
            "giapranh/v1/registrar\nunit {unit}\nepoch {epoch}\nkey {key}\nafter {after}\nleaf {leaf}\n"
        )
    }

    /// The change that says it, with the signatures of these units.
    pub fn signed(&self, by: &[&str]) -> Message {
        self.signed_over(&self.text(), by)
    }

    /// The change, with signatures over a text.
    fn signed_over(&self, text: &str, by: &[&str]) -> Message {
        let named = Message::new().text(1, self.unit).number(2, u64::from(self.epoch));
        let named = named.bytes(3, &self.key).number(4, self.after).bytes(5, &self.leaf.0);
        let named = by.iter().fold(named, |named, unit| {
            let key = world::key(unit);
            let signature = Message::new().bytes(1, &key.public_key().to_bytes());
            named.message(6, &signature.bytes(2, &key.sign(text.as_bytes())))
        });
        Message::new().message(16, &named)
    }

    /// The change, with signatures over what another statement says.
    pub fn signed_as(&self, other: &Self, by: &[&str]) -> Message {
        self.signed_over(&other.text(), by)
    }
}

/// The registrar's first four words: units, zones, the nodes of these units, the founders.
fn founding(hcm: &mut Author, nodes: &[&str]) -> Vec<Verified> {
    let [units, zones, ..] = history::founding();
    let enrolled: Vec<Message> =
        nodes.iter().map(|unit| enrolment(unit, 1, &world::key(unit))).collect();
    let founders = FOUNDERS.iter().fold(Message::new(), |named, unit| {
        let key = world::key(unit).public_key().to_bytes();
        named.message(1, &Message::new().text(1, unit).bytes(2, &key))
    });
    let founders = vec![Message::new().message(15, &founders.number(2, THRESHOLD))];
    let words = [units, zones, enrolled, founders];
    (0..).zip(words).map(|(head, changes)| hcm.publish(word(head, head, &changes))).collect()
}

/// An event of the directory, decided under a head.
pub fn word(n: u64, head: u64, changes: &[Message]) -> Saying<'static> {
    history::directory(n, head, changes)
}

/// A change that is none to whoever verifies.
fn renamed() -> Message {
    Message::new().message(6, &Message::new().text(1, TAY_NINH).text(2, "Tây Ninh (ví dụ)"))
}

/// The registrar's last word.
pub fn named(unit: &str, epoch: u32, key: &SigningKey) -> Message {
    let named = Message::new().text(1, unit).number(2, u64::from(epoch));
    Message::new().message(16, &named.bytes(3, &key.public_key().to_bytes()))
}

fn enrolment(unit: &str, epoch: u32, key: &SigningKey) -> Message {
    let enrolled = Message::new().text(1, unit).bytes(2, &key.public_key().to_bytes());
    Message::new().message(3, &enrolled.number(4, u64::from(epoch)))
}

/// That an epoch counts up to an event.
fn cut(last: &Verified, cause: &str) -> Message {
    let header = last.header();
    let cut = Message::new().text(1, &header.origin).number(2, u64::from(header.epoch));
    let cut = cut.number(3, header.index).bytes(4, &last.leaf().0);
    Message::new().message(5, &cut.text(5, cause))
}

/// The last event that a node signs in its epoch.
fn closing(n: u64, head: u64) -> Saying<'static> {
    Saying {
        kind: "node.closed",
        zones: &[CLUSTER],
        alert: None,
        recorded_ms: at(n),
        directory_seq: head,
        causes: Vec::new(),
        facts: Facts::default(),
        payload: plain(Message::new().text(1, "đổi khóa (ví dụ)").0),
    }
}

/// The same, decided under another head.
fn under(head: u64, saying: Saying<'_>) -> Saying<'_> {
    Saying { directory_seq: head, ..saying }
}
