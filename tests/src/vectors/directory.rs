//! What each change of the directory does, and what it contradicts: words after a common beginning,
//! each with whether it has effect.

mod founders;
mod nodes;
mod units;
mod zones;

use std::io;

use giapranh_record::Signer as _;
use serde::Serialize;

use super::index::{Collection, Vector, hex};
use super::merkle::pretty;
use super::wire::Message;
use super::world::{self, HCM, LONG_AN, TAY_NINH};

const DUC_HOA: &str = "long-an_duc-hoa";
const COMMUNE: &str = "long-an_duc-hoa_my-hanh-bac";
const SAI_GON: &str = "hcm_sai-gon";
const EAST: &str = "hcm-long-an";
const WEST: &str = "long-an-tay-ninh";

#[derive(Serialize)]
struct Cases {
    /// What each case begins with; all of it has effect.
    beginning: Vec<String>,
    cases: Vec<Case>,
}

/// Words that the registrar says after the beginning.
#[derive(Serialize)]
struct Case {
    name: String,
    words: Vec<String>,
    effects: Vec<bool>,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let mut cases = words();
    for (group, more) in [
        ("unit", units::cases()),
        ("zone", zones::cases()),
        ("node", nodes::cases()),
        ("founders", founders::cases()),
    ] {
        cases
            .extend(more.into_iter().map(|(name, words)| case(&format!("{group}-{name}"), &words)));
    }
    let beginning = beginning().iter().map(|changes| hex(&word(changes).0)).collect();
    let why = "one registrar's words, and which of them have effect";
    let vector = Vector::new("directory-changes", "directory/changes", "valid", why);
    collection.add(vector, "json", pretty(&Cases { beginning, cases })?.as_bytes())
}

/// A word's changes, and whether they have effect.
type Said = (Vec<Message>, bool);
/// The cases of one kind of change.
type Group = Vec<(&'static str, Vec<Said>)>;

/// A case of one change.
fn one(name: &'static str, change: Message, effect: bool) -> (&'static str, Vec<Said>) {
    (name, vec![(vec![change], effect)])
}

fn case(name: &str, words: &[Said]) -> Case {
    Case {
        name: name.to_owned(),
        words: words.iter().map(|(changes, _)| hex(&word(changes).0)).collect(),
        effects: words.iter().map(|(_, effect)| *effect).collect(),
    }
}

fn word(changes: &[Message]) -> Message {
    dated("2024-05-01", changes)
}

fn dated(day: &str, changes: &[Message]) -> Message {
    let said = Message::new().text(1, "12/QĐ-C01").text(2, day);
    changes.iter().fold(said, |said, change| said.message(3, change))
}

/// Three provinces with a node each, two zones, a district that is served.
fn beginning() -> [Vec<Message>; 3] {
    [
        vec![
            unit(HCM, "", "province"),
            unit(LONG_AN, "", "province"),
            unit(TAY_NINH, "", "province"),
            unit(DUC_HOA, LONG_AN, "district"),
            unit(COMMUNE, DUC_HOA, "commune"),
            unit(SAI_GON, HCM, "commune"),
        ],
        vec![zone(EAST, &[HCM, LONG_AN]), zone(WEST, &[LONG_AN, TAY_NINH])],
        vec![
            node(HCM, 1).change(3),
            node(LONG_AN, 1).text(3, DUC_HOA).text(5, "UA").text(6, "UB").text(7, "UC").change(3),
            node(TAY_NINH, 1).change(3),
        ],
    ]
}

/// Days, all or nothing, and what nobody understands.
fn words() -> Vec<Case> {
    let rename = || Message::new().text(1, HCM).text(2, "Sài Gòn").change(6);
    let said = |name: &str, words: &[(Message, bool)]| Case {
        name: name.to_owned(),
        words: words.iter().map(|(word, _)| hex(&word.0)).collect(),
        effects: words.iter().map(|(_, effect)| *effect).collect(),
    };
    let day = |day: &str, effect| (dated(day, &[rename()]), effect);
    let unknown = Message::new().message(99, &Message::new().text(1, "x"));
    let half = [unit("dong-nai", "", "province"), unit(HCM, "", "province")];
    vec![
        said("day-same", &[day("2024-05-01", true)]),
        said("day-empty", &[day("", true), day("2024-04-30", false)]),
        said("day-later", &[day("2024-06-01", true), day("2024-05-31", false)]),
        said("day-later-in-vain", &[(dated("2024-06-01", &half), false), day("2024-05-02", true)]),
        said("day-29", &[day("2025-02-29", false), day("2028-02-29", true)]),
        said("day-shape", &[day("2024-6-1", false), day("2024-06-01T00:00", false)]),
        said("nothing", &[(word(&[]), true)]),
        said("not-understood", &[(word(&[unknown, Message::new()]), true)]),
        said(
            "all-or-none",
            &[(word(&half), false), (word(&[unit("dong-nai", "", "province")]), true)],
        ),
        said(
            "in-order",
            &[
                (
                    word(&[unit("dong-nai_bien-hoa", "dong-nai", "district"), half[0].clone()]),
                    false,
                ),
                (word(&[half[0].clone(), unit("dong-nai_bien-hoa", "dong-nai", "district")]), true),
            ],
        ),
    ]
}

impl Message {
    /// As a change of that number.
    fn change(self, number: u32) -> Self {
        Self::new().message(number, &self)
    }
}

fn unit(id: &str, parent: &str, level: &str) -> Message {
    Message::new().text(1, id).text(2, parent).text(3, level).text(4, id).change(1)
}

fn zone(id: &str, members: &[&str]) -> Message {
    let zone = Message::new().text(1, id).text(2, id);
    members.iter().fold(zone, |zone, member| zone.text(3, member)).change(2)
}

/// A unit's key of an epoch, which is not said: 0.
fn node(unit: &str, epoch: u32) -> Message {
    let key = if epoch == 1 { world::key(unit) } else { world::key_of_epoch(unit, epoch) };
    Message::new().text(1, unit).bytes(2, &key.public_key().to_bytes())
}

fn cut(unit: &str, epoch: u32, cause: &str) -> Message {
    let cut = Message::new().text(1, unit).number(2, u64::from(epoch)).number(3, 7);
    cut.bytes(4, &[7; 32]).text(5, cause).change(5)
}

fn ended(unit: &str, successor: &str, cause: &str, parts: &[&str]) -> Message {
    let ended = Message::new().text(1, unit).text(2, successor).text(3, cause);
    parts.iter().fold(ended, |ended, part| ended.text(4, part)).change(8)
}
