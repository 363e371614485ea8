//! The one helper: `check(given, when, then)`. After every step, what must always hold is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use giapranh_domain::directory::Snapshot;
use giapranh_domain::event::Kind;
use giapranh_domain::founding::{Enrolment, Sources, enrolments, founding, lead};
use giapranh_domain::wire::proto::directory_change::Change;
use giapranh_domain::wire::{decode, encode, proto};
use giapranh_domain::{
    Alert, AlertId, Body, Command, Decided, Directory, Draft, Event, Fault, Meta, Millis,
    OfficerId, UnitId, Verdict, World, ZoneId, decide, due, time,
};
use serde_json::Value;
use uuid::Uuid;

use crate::changes::event;

/// The tables of the seven provinces.
pub const SOURCES: Sources<'_> = Sources {
    units: include_str!("../../../../deploy/directory/units.csv"),
    adjacency: include_str!("../../../../deploy/directory/adjacency.csv"),
    authority: include_str!("../../../../deploy/directory/authority.csv"),
};
/// A commune that acts through the node of its district.
pub const COMMUNE: &str = "long-an_duc-hoa_my-hanh-nam";

/// Something that happens.
pub enum Step {
    /// A node is asked to do something.
    Ask(&'static str, Value),
    /// A node does what it is asked, and its event is then not as the rules would have it.
    Forge(&'static str, Value, fn(&mut Meta)),
    /// A node lets events of these numbers count, whatever the rules say.
    Adopt(&'static str, &'static str, Vec<u128>, fn(&mut Meta)),
    /// The registrar publishes; a node whose key it takes gets another.
    Publish(Vec<Change>),
    /// The registrar publishes this and no more, with effect from a day; none: that of before.
    Decide(&'static str, Vec<Change>),
    /// The clock reaches a moment.
    At(&'static str),
    /// Somebody looks at an alert.
    Show(&'static str),
    /// Somebody looks at what is due about it.
    Due(&'static str),
}

/// Given what has happened, when this happens, then that is seen.
#[track_caller]
pub fn check(given: impl IntoIterator<Item = Step>, when: Step, then: &str) {
    let mut stage = Stage::new();
    for step in given {
        let seen = stage.take(step).unwrap_or_else(|refused| panic!("given: {refused}"));
        assert!(!seen.is_empty());
    }
    let seen = stage.take(when).unwrap_or_else(|refused| refused);
    assert_eq!(seen, then);
}

/// All that is known, on every node.
#[derive(Clone)]
pub struct Stage {
    pub directory: Directory,
    pub log: Vec<Event>,
    /// Epoch and index of a node's next event.
    next: BTreeMap<UnitId, (u32, u64)>,
    /// What a fork holds up at the node that is asked.
    pub forks: BTreeSet<(UnitId, u32)>,
    now: Millis,
    /// The founders' signatures that hold in what is asked.
    pub signed_by: BTreeSet<(usize, [u8; 32])>,
    /// What the directory was seen to be at each head.
    seen: Vec<Snapshot>,
}

static FOUNDED: LazyLock<Directory> = LazyLock::new(|| {
    let mut directory = Directory::new(id("hcm"));
    let mut events = founding(&SOURCES, "303/QCPH", "2024-01-01").unwrap().events;
    let nodes = ["hcm", "hcm_cu-chi", "long-an", "long-an_duc-hoa", "tay-ninh", "dong-nai"];
    let enrolled = (1..).zip(nodes).map(|(key, unit)| {
        let serves = (unit == "long-an_duc-hoa").then(|| id(COMMUNE));
        Enrolment::new(id(unit), [key; 32], serves.into_iter().collect())
    });
    events.push(enrolments(&enrolled.collect::<Vec<_>>()));
    events.last_mut().unwrap().changes.push(lead(&id("hcm")));
    for (seq, event) in (1..).zip(&events) {
        assert_eq!(directory.apply(seq, event), []);
    }
    directory
});

impl Stage {
    pub fn new() -> Self {
        let directory = FOUNDED.clone();
        Self {
            signed_by: BTreeSet::new(),
            seen: vec![directory.snapshot(directory.head())],
            directory,
            log: Vec::new(),
            next: BTreeMap::new(),
            forks: BTreeSet::new(),
            now: time::moment("2024-06-01T08:00:00+07:00").unwrap(),
        }
    }

    /// What is seen of a step, or why it was refused.
    pub fn take(&mut self, step: Step) -> Result<String, String> {
        let seen = match step {
            Step::Ask(node, command) => {
                let decided = self.decide(node, command)?;
                let (seen, due) = (shown(&decided), decided.due);
                let event = self.event(node, decided);
                if event.meta.zones != [ZoneId::local()] {
                    let verdict = self.directory.judge(&event.meta);
                    assert_eq!(verdict, Verdict::Valid, "what is decided must be judged valid");
                }
                let kind = Kind::parse(&event.meta.kind).unwrap();
                assert_eq!(decode(kind.code(), encode(&event.body)), event.body);
                if let Body::DirectoryChanged(changed) = &event.body {
                    let faults = self.apply(changed);
                    assert_eq!(faults, "", "what is decided contradicts nothing");
                }
                let hit = (kind == Kind::HitReported).then_some(event.meta.event_id);
                let alert = event.meta.alert.clone();
                self.log.push(event);
                if let (Some(hit), Some(id)) = (hit, alert) {
                    let folded = self.alert(&id).hits[&hit].report.as_ref().map(|said| said.due);
                    assert!(folded.is_none_or(|at| at == due), "the header says what is folded");
                }
                seen
            }
            Step::Forge(node, command, change) => {
                let decided = self.decide(node, command)?;
                let mut event = self.event(node, decided);
                change(&mut event.meta);
                let verdict = self.directory.judge(&event.meta);
                self.log.push(event);
                format!("{verdict:?}")
            }
            Step::Adopt(node, alert, adopted, change) => {
                let mut event = self.event(node, adoption(node, alert, &adopted));
                change(&mut event.meta);
                let verdict = self.directory.judge(&event.meta);
                self.log.push(event);
                format!("{verdict:?}")
            }
            Step::Publish(changes) => self.publish(changes)?,
            Step::Decide(day, changes) => self.change(day, changes)?,
            Step::At(moment) => {
                self.now = time::moment(moment).unwrap();
                moment.to_owned()
            }
            Step::Show(alert) => self.show(&alert.parse().unwrap()),
            Step::Due(alert) => format!("due: {}", self.due(&alert.parse().unwrap())),
        };
        self.verify();
        Ok(seen)
    }

    pub fn alert(&self, id: &AlertId) -> Alert {
        let shared = |event: &Event| !event.is_local();
        let events: Vec<Event> = self.events_of(id).into_iter().filter(shared).collect();
        Alert::fold(id.clone(), &events, &self.directory)
    }

    /// The newest draft about an alert, at the node that wrote it.
    pub fn draft(&self, id: &AlertId) -> Option<Draft> {
        Draft::fold(id, &self.events_of(id), &self.directory)
    }

    /// What is due about an alert at a moment: what, who must act, how far, until when.
    fn due(&self, id: &AlertId) -> String {
        let mut due = due::of_alert(&self.alert(id), &self.directory);
        due.extend(self.draft(id).and_then(|draft| due::of_draft(&draft)));
        due.sort_by_key(|one| (!one.urgent, one.due, one.unit.clone()));
        let seen = due.iter().filter_map(|one| {
            let stage = one.stage(self.now)?;
            let left = i64::try_from(one.due).unwrap() - i64::try_from(self.now).unwrap();
            Some(format!("{} {} {stage} {} s", one.duty, one.who(self.now), left / 1_000))
        });
        seen.collect::<Vec<_>>().join("; ")
    }

    pub fn events_of(&self, id: &AlertId) -> Vec<Event> {
        let of_alert = |event: &&Event| event.meta.alert.as_ref() == Some(id);
        self.log.iter().filter(of_alert).cloned().collect()
    }

    /// What a node decides when it is asked; nothing becomes of it.
    pub fn decide(&self, node: &str, command: Value) -> Result<Decided, String> {
        let command: Command = serde_json::from_value(command).map_err(|error| {
            let text = error.to_string();
            text.split(", expected").next().unwrap_or_default().to_owned()
        })?;
        let id = command.act.alert().and_then(|text| text.parse().ok());
        let alert = id
            .as_ref()
            .map(|id: &AlertId| self.alert(id))
            .filter(|alert| !alert.timeline.is_empty());
        let events = id.as_ref().map(|id| self.events_of(id)).unwrap_or_default();
        let draft = id.as_ref().and_then(|id| self.draft(id));
        let other = command.act.other_alert().and_then(|text| text.parse().ok());
        let other = other.map(|id: AlertId| self.alert(&id)).filter(|a| !a.timeline.is_empty());
        let last_number = |unit: &UnitId, year: u16| {
            let alerts = self.log.iter().filter_map(|event| event.meta.alert.as_ref());
            let numbers = alerts.filter(|alert| alert.issuer() == unit && alert.year() == year);
            numbers.map(AlertId::number).max().unwrap_or(0)
        };
        let world = World {
            directory: &self.directory,
            node: &node.parse().unwrap(),
            closed: self.log.iter().rfind(|event| event.meta.origin.as_str() == node).is_some_and(
                |event| {
                    let epoch = self.next.get(&event.meta.origin).map_or(1, |next| next.0);
                    event.meta.kind == Kind::NodeClosed.code() && event.meta.epoch == epoch
                },
            ),
            epoch: self.next.get(&node.parse().unwrap()).map_or(1, |next| next.0),
            alert: alert.as_ref(),
            events: &events,
            draft: draft.as_ref(),
            other: other.as_ref(),
            undecided_fork: &|origin, epoch| self.forks.contains(&(origin.clone(), epoch)),
            last_number: &last_number,
            signed_by: &self.signed_by,
            now: self.now,
        };
        decide(&world, &command).map_err(|rejection| {
            let ruling = serde_json::to_value(rejection.ruling).unwrap();
            format!("{}: {}", ruling.as_str().unwrap(), rules(&rejection.faults))
        })
    }

    fn event(&mut self, node: &str, decided: Decided) -> Event {
        let next = self.next.entry(id(node)).or_insert((1, 0));
        let (epoch, index) = *next;
        next.1 += 1;
        let term = self.directory.terms().last().unwrap();
        let to_directory = decided.kind == Kind::DirectoryChanged;
        let meta = Meta {
            event_id: Uuid::from_u128(self.log.len() as u128 + 1),
            kind: decided.kind.code().to_owned(),
            origin: id(node),
            acting_unit: decided.acting_unit,
            epoch,
            index,
            recorded: self.now,
            directory_seq: self.directory.head(),
            alert: decided.alert,
            drafted_by: decided.drafted_by,
            approved_by: decided.approved_by,
            causes: decided.causes,
            category: decided.category,
            urgency: decided.urgency,
            due: decided.due,
            expires: decided.expires,
            outcome: decided.outcome,
            erase_by: decided.erase_by,
            directory_link: to_directory.then(|| self.directory.head() - term.base + 1),
            zones: decided.zones.into_iter().collect(),
        };
        Event { meta, body: decided.body, sealed: None }
    }

    fn publish(&mut self, changes: Vec<Change>) -> Result<String, String> {
        let seq = self.directory.head() + 1;
        let mut changes = changes;
        let cuts = changes.iter().filter_map(|change| match change {
            Change::CutMade(cut) => Some(cut.clone()),
            _ => None,
        });
        for cut in cuts.collect::<Vec<_>>() {
            // A node whose epoch was cut goes on in the next one, with a new key where it must.
            self.next.insert(id(&cut.origin), (cut.epoch + 1, 0));
            let known = cut.origin.parse().is_ok_and(|unit| {
                self.directory.tenure(&unit).is_some_and(|tenure| tenure.epoch == cut.epoch)
            });
            let ended = changes
                .iter()
                .any(|change| matches!(change, Change::UnitEnded(end) if end.id == cut.origin));
            if known && !ended && matches!(cut.cause.as_str(), "revoked" | "rotated" | "succeeded")
            {
                changes.push(Change::NodeEnrolled(proto::NodeEnrolled {
                    unit: cut.origin.clone(),
                    public_key: vec![u8::try_from(seq).unwrap() + 100; 32],
                    ..Default::default()
                }));
            }
        }
        self.change("", changes)
    }

    fn change(&mut self, day: &str, changes: Vec<Change>) -> Result<String, String> {
        let event = event(day, changes);
        let faults = self.apply(&event);
        if !faults.is_empty() {
            return Err(faults);
        }
        for node in self.directory.nodes() {
            // A node signs with the newest key that it has.
            let epoch = node.tenures.last().map_or(1, |tenure| tenure.epoch);
            let next = self.next.entry(node.unit.clone()).or_insert((epoch, 0));
            *next = (epoch, 0).max(*next);
        }
        Ok(format!("head {}", self.directory.head()))
    }

    /// Holds that an event at fault leaves nothing, and that what was stays what it was.
    fn apply(&mut self, changed: &proto::DirectoryChanged) -> String {
        let seq = self.directory.head() + 1;
        let mut untouched = self.directory.clone();
        let tried = self.directory.try_on(changed, &BTreeSet::new());
        let faults = self.directory.apply(seq, changed);
        assert_eq!(tried, faults, "what is tried on is what happens");
        if !faults.is_empty() {
            let nothing = proto::DirectoryChanged { changes: Vec::new(), ..changed.clone() };
            let nothing = proto::DirectoryChanged { effective_from: String::new(), ..nothing };
            untouched.apply(seq, &nothing);
            assert_eq!(self.directory, untouched, "a refused event leaves nothing but its number");
        }
        for seen in &self.seen {
            assert_eq!(self.directory.snapshot(seen.head), *seen, "what was is otherwise now");
        }
        self.seen.push(self.directory.snapshot(seq));
        rules(&faults)
    }

    fn show(&self, id: &AlertId) -> String {
        let alert = self.alert(id);
        let mut seen = format!("{:?} v{} in {}", alert.status, alert.version, list(&alert.zones));
        if alert.all_zones != alert.zones {
            write!(seen, " (ever {})", list(&alert.all_zones)).unwrap();
        }
        for hit in alert.hits.values() {
            let unit = hit.report.as_ref().map_or("?", |report| report.unit.as_str());
            let answers = hit.answers.iter().map(|reply| {
                let officer = reply.officer.is_some();
                assert!(officer, "an answer has an officer");
                format!(" {} {}", reply.unit, reply.answer.result)
            });
            write!(seen, "; hit {unit}:{}", answers.collect::<String>()).unwrap();
            for ended in &hit.conclusions {
                write!(seen, ", {} {}", ended.unit, ended.conclusion.outcome).unwrap();
            }
        }
        if let Some(hidden) = alert.hidden.as_ref().filter(|_| alert.is_hidden_at(self.now)) {
            let units: Vec<&str> = hidden.units.iter().map(UnitId::as_str).collect();
            write!(seen, "; hidden but for [{}]", units.join(" ")).unwrap();
        }
        for (unit, said) in &alert.acknowledged {
            write!(seen, "; {unit} has seen v{}", said.version).unwrap();
        }
        for unit in alert.flags.keys() {
            write!(seen, "; {unit} can't").unwrap();
        }
        for link in alert.links.values() {
            let other = link.other().map_or("?".to_owned(), |other| other.to_string());
            let state = match (link.is_confirmed(), link.is_rejected()) {
                (true, _) => "confirmed",
                (_, true) => "rejected",
                _ => "proposed",
            };
            write!(seen, "; linked with {other}: {state}").unwrap();
        }
        if let Some(draft) = self.draft(id) {
            write!(seen, "; draft v{} {:?}", draft.version, draft.state).unwrap();
        }
        let odd = alert.timeline.iter().filter(|entry| entry.verdict != Verdict::Valid);
        for entry in odd {
            write!(seen, "; {} {:?}", entry.kind, entry.verdict).unwrap();
        }
        seen
    }

    /// The order of arrival shows nowhere, and nothing that is in the log is missing from sight.
    fn verify(&self) {
        let ids: BTreeSet<&AlertId> =
            self.log.iter().filter_map(|event| event.meta.alert.as_ref()).collect();
        for id in ids {
            let seen = self.alert(id);
            let backwards: Vec<Event> = self.events_of(id).into_iter().rev().collect();
            assert_eq!(Draft::fold(id, &backwards, &self.directory), self.draft(id));
            let backwards: Vec<Event> =
                backwards.into_iter().filter(|event| !event.is_local()).collect();
            assert_eq!(Alert::fold(id.clone(), &backwards, &self.directory), seen);
            assert_eq!(seen.timeline.len(), backwards.len());
        }
    }
}

pub fn id(text: &str) -> UnitId {
    text.parse().unwrap()
}

fn adoption(node: &str, alert: &str, adopted: &[u128]) -> Decided {
    Decided {
        kind: Kind::EventsAdopted,
        body: Body::EventsAdopted(proto::EventsAdopted { reason: "ví dụ".into() }),
        acting_unit: id(node),
        alert: Some(alert.parse().unwrap()),
        drafted_by: Some("officer-1".parse().unwrap()),
        approved_by: None,
        causes: adopted.iter().map(|number| Uuid::from_u128(*number)).collect(),
        zones: ["hcm-long-an".parse().unwrap()].into(),
        category: String::new(),
        offence: 0,
        urgency: String::new(),
        expires: 0,
        due: 0,
        outcome: String::new(),
        erase_by: 0,
    }
}

fn shown(decided: &Decided) -> String {
    let officers = [&decided.drafted_by, &decided.approved_by];
    let officers: Vec<&str> = officers.into_iter().flatten().map(OfficerId::as_str).collect();
    let body = match &decided.body {
        Body::AlertIssued(version) | Body::AlertAmended(version) => {
            format!(" v{} in {}", version.version, version.zones.join(" "))
        }
        _ => String::new(),
    };
    format!(
        "{} {}{body} by {} ({}) to {}",
        decided.kind.code(),
        decided.alert.as_ref().map(ToString::to_string).unwrap_or_default(),
        decided.acting_unit,
        officers.join(" "),
        list(&decided.zones)
    )
}

fn list(zones: &BTreeSet<ZoneId>) -> String {
    zones.iter().map(ZoneId::as_str).collect::<Vec<_>>().join(" ")
}

fn rules(faults: &[Fault]) -> String {
    let rules = faults.iter().map(|fault| {
        let readable = !fault.message.is_empty() && fault.message.len() < 400;
        assert!(readable, "{fault:?}");
        let told = giapranh_domain::sentences::is_known_rule(&fault.rule);
        assert!(told, "no sentence in Vietnamese: {fault:?}");
        assert!(!fault.message.contains("Ví Dụ"), "a message holds no personal data: {fault:?}");
        format!("{} {}", fault.field, fault.rule)
    });
    rules.collect::<Vec<_>>().join(", ")
}
