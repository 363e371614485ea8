//! Events in memory, as a log would give them.

use std::collections::BTreeMap;

use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::{self, proto};
use giapranh_record::{Facts, Hash, Header, Link, Payload, Signer as _, SigningKey, Unsigned};
use giapranh_views::{Source, SourceError, Stored};
use proto::directory_change::Change;
use uuid::Uuid;

use super::NOW_MS;

/// The last day of every alert.
const EXPIRES: &str = "2024-06-30";

pub struct MemoryLog {
    key: SigningKey,
    stored: Vec<Stored>,
    heads: BTreeMap<String, (u64, Hash)>,
}

fn version(number: u32, zone: &str, headline: &str) -> proto::AlertVersion {
    let content = proto::AlertContent {
        category: "wanted-person".into(),
        headline: headline.into(),
        severity: "important".into(),
        required_action: "arrest".into(),
        expires: EXPIRES.into(),
        wanted_person: Some(proto::WantedPerson::default()),
        ..Default::default()
    };
    let (content, zones) = (Some(content), vec![zone.into()]);
    proto::AlertVersion { version: number, content, zones, ..Default::default() }
}

impl MemoryLog {
    /// The units hcm and long-an with a zone, and a commune of each with a zone of their own that only
    /// they are in beside hcm; hcm has a node, serves its commune and may issue.
    pub fn founded() -> Self {
        let key = SigningKey::from_seed(&[7; 32]);
        let public_key = key.public_key().to_bytes().to_vec();
        let mut log = Self { key, stored: Vec::new(), heads: BTreeMap::new() };
        let unit = |id: &str, name: &str| {
            Change::UnitRegistered(proto::UnitRegistered {
                id: id.into(),
                level: "province".into(),
                name: name.into(),
                ..Default::default()
            })
        };
        let below = |id: &str, level: &str, parent: &str| {
            Change::UnitRegistered(proto::UnitRegistered {
                id: id.into(),
                level: level.into(),
                parent: parent.into(),
                name: format!("Công an {id}"),
                ..Default::default()
            })
        };
        let changes = [
            unit("hcm", "Công an Thành phố Hồ Chí Minh"),
            unit("long-an", "Công an tỉnh Long An"),
            below("hcm_binh-chanh", "district", "hcm"),
            below("hcm_binh-chanh_tan-nhut", "commune", "hcm_binh-chanh"),
            Change::ZoneDefined(proto::ZoneDefined {
                id: "tan-nhut-my-hanh".into(),
                name: "Giáp ranh xã Tân Nhựt".into(),
                members: vec!["hcm".into(), "hcm_binh-chanh_tan-nhut".into()],
                one_province: true,
            }),
            Change::ZoneDefined(proto::ZoneDefined {
                id: "hcm-long-an".into(),
                name: "Giáp ranh TP Hồ Chí Minh – Long An".into(),
                members: vec!["hcm".into(), "long-an".into()],
                ..Default::default()
            }),
            Change::NodeEnrolled(proto::NodeEnrolled {
                unit: "hcm".into(),
                public_key,
                serves: vec!["hcm_binh-chanh_tan-nhut".into()],
                ..Default::default()
            }),
            Change::IssuingAllowed(proto::IssuingAllowed {
                level: "province".into(),
                category: "wanted-person".into(),
                cluster: true,
                ..Default::default()
            }),
        ];
        let changes =
            changes.map(|change| proto::DirectoryChange { change: Some(change) }).to_vec();
        let body = proto::DirectoryChanged { changes, ..Default::default() };
        log.append(Kind::DirectoryChanged, "directory", None, &Body::DirectoryChanged(body));
        log
    }

    /// Appends an alert of hcm to the zone.
    pub fn issue(&mut self, headline: &str) {
        self.issue_in("hcm", "hcm-long-an", headline);
    }

    /// Appends an alert of a unit to a zone.
    pub fn issue_in(&mut self, unit: &str, zone: &str, headline: &str) {
        let alert = format!("{unit}/2024/{:06}", self.stored.len());
        let version = version(1, zone, headline);
        self.append(Kind::AlertIssued, zone, Some(alert), &Body::AlertIssued(version));
    }

    /// Appends another version of an alert of hcm.
    pub fn amend(&mut self, alert: &str, number: u32, headline: &str) {
        let version = version(number, "hcm-long-an", headline);
        let body = Body::AlertAmended(version);
        self.append(Kind::AlertAmended, "hcm-long-an", Some(alert.to_owned()), &body);
    }

    /// Appends what an officer's searches are for.
    pub fn state_purpose(&mut self, officer: &str, purpose: &str) {
        let said =
            proto::PurposeStated { purpose: purpose.into(), case_number: "12/VÍ-DỤ".into() };
        self.append_by(
            Some(officer),
            Kind::PurposeStated,
            "local",
            None,
            &Body::PurposeStated(said),
        );
    }

    /// Appends that an officer was shown an alert; the event before it says what for.
    pub fn show_to(&mut self, officer: &str, alert: &str) {
        let said = proto::AccessNoted {
            act: "view".into(),
            from: "console".into(),
            results: vec![alert.into()],
        };
        let body = Body::AccessNoted(said);
        self.append_by(Some(officer), Kind::AccessNoted, "local", None, &body);
    }

    /// Appends a word of hcm that long-an has signed two events with these leaf hashes.
    pub fn report_fork(&mut self, first: [u8; 32], second: [u8; 32]) {
        let found = proto::ForkFound {
            origin: "long-an".into(),
            epoch: 1,
            zone: "hcm-long-an".into(),
            seq: 1,
            first_hash: first.to_vec(),
            second_hash: second.to_vec(),
            ..Default::default()
        };
        self.append(Kind::ForkFound, "hcm-long-an", None, &Body::ForkFound(found));
    }

    fn append(&mut self, kind: Kind, zone: &str, alert: Option<String>, body: &Body) {
        let drafted_by = alert.is_some().then_some("cb-1");
        self.append_by(drafted_by, kind, zone, alert, body);
    }

    fn append_by(
        &mut self,
        drafted_by: Option<&str>,
        kind: Kind,
        zone: &str,
        alert: Option<String>,
        body: &Body,
    ) {
        let index = self.stored.len() as u64;
        let (seq, prev) = self.heads.get(zone).copied().unwrap_or((0, Hash::ZERO));
        let released = alert.is_some();
        let facts = Facts {
            category: if released { "wanted-person".into() } else { String::new() },
            expires_ms: if released { giapranh_domain::time::moment(EXPIRES).unwrap() } else { 0 },
            ..Facts::default()
        };
        let id = |index| Uuid::from_u128(0x0190_0000_0000_7000_8000 << 48 | u128::from(index));
        let causes = if kind == Kind::AccessNoted { vec![id(index - 1)] } else { Vec::new() };
        let header = Header {
            event_id: id(index),
            kind: kind.code().into(),
            origin: "hcm".into(),
            acting_unit: "hcm".into(),
            epoch: 1,
            index,
            recorded_ms: NOW_MS + index,
            directory_seq: u64::from(kind != Kind::DirectoryChanged),
            alert,
            drafted_by: drafted_by.map(Into::into),
            approved_by: released.then(|| "cb-2".into()),
            causes,
            facts,
            erase_by_ms: None,
            key_commitment: None,
            links: vec![Link { zone: zone.into(), seq: seq + 1, prev }],
        };
        let event =
            Unsigned::new(header, Payload::Plain(wire::encode(body))).unwrap().sign(&self.key);
        self.heads.insert(zone.into(), (seq + 1, event.leaf()));
        let stored =
            Stored { position: index + 1, arrived_ms: NOW_MS + index, event: (*event).clone() };
        self.stored.push(stored);
    }

    /// The log as it was at a position.
    pub fn until(&self, position: u64) -> Self {
        let stored = self.stored.iter().filter(|stored| stored.position <= position);
        let stored = stored.cloned().collect();
        Self { key: SigningKey::from_seed(&[7; 32]), stored, heads: BTreeMap::new() }
    }
}

impl Source for MemoryLog {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        self.stored.after(after, limit)
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.stored.of_alert(alert, until)
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.stored.directory(after, until)
    }

    fn head(&self) -> Result<u64, SourceError> {
        self.stored.head()
    }
}
