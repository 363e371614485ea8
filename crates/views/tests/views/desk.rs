//! What officers do with alerts and drafts, and a cluster that is large enough for it.

use giapranh_domain::codes::Duty;
use giapranh_domain::time::rfc3339;
use giapranh_domain::wire::proto::{self, directory_change::Change, proposal::What};
use giapranh_domain::{Body, Obligation};
use giapranh_record::event::Event;
use giapranh_views::{DueQuery, DueRow, Projector, Viewer, Views, rebuild};
use tempfile::TempDir;
use uuid::Uuid;

use crate::cluster::{
    ALERT, Cluster, Log, Sketch, ZONE, allow, cut, enrol, projected, register, registrar, version,
    zone,
};

/// The other zone of `hcm`.
pub const WEST: &str = "hcm-tay-ninh";

/// A log and its views.
pub struct Shown {
    pub cluster: Cluster,
    pub log: Log,
    pub projector: Projector,
    pub views: Views,
    pub dir: TempDir,
}

impl Shown {
    /// Three provinces with a node each, two districts that are served, and two zones.
    pub fn founded() -> Self {
        let mut cluster = Cluster::default();
        let units = cluster.decide(vec![
            register("hcm", "", "province"),
            register("long-an", "", "province"),
            register("tay-ninh", "", "province"),
            register("hcm_cu-chi", "hcm", "district"),
            register("long-an_duc-hoa", "long-an", "district"),
            enrol("hcm", &["hcm_cu-chi"]),
            enrol("long-an", &["long-an_duc-hoa"]),
            enrol("tay-ninh", &[]),
        ]);
        let rules = cluster.decide(vec![
            zone(ZONE, &["hcm", "hcm_cu-chi", "long-an", "long-an_duc-hoa"]),
            zone(WEST, &["hcm", "tay-ninh"]),
            allow("province", "wanted-person", true),
            allow("district", "wanted-person", false),
        ]);
        let (dir, log) = (TempDir::new().unwrap(), Log::of(&[units, rules]));
        let (projector, views) = projected(dir.path(), &log, 10);
        Self { cluster, log, projector, views, dir }
    }

    /// Something happens, and is shown.
    pub fn see(&mut self, event: &Event) {
        self.log.append(event);
        self.projector.project(&self.log, 10).unwrap();
    }

    pub fn decide(&mut self, decision: Vec<Change>) {
        let event = self.cluster.decide(decision);
        self.see(&event);
    }

    pub fn issue(&mut self, alert: &str, severity: &str, zones: &[&str]) -> Event {
        let event = self.cluster.issue_to(alert, severity, zones);
        self.see(&event);
        event
    }

    pub fn viewer(&self, unit: &str) -> Viewer {
        Viewer::of(&unit.parse().unwrap(), &self.projector.directory())
    }

    /// What is due of anybody, without reviews.
    pub fn due(&self, now: u64) -> Vec<DueRow> {
        let duties = Duty::ALL.iter().copied().filter(|duty| *duty != Duty::Review).collect();
        let query = DueQuery { duties: Some(duties), limit: 500, ..DueQuery::default() };
        self.views.due(&query, now).unwrap().rows
    }

    /// Every obligation that has begun.
    pub fn obligations(&self, now: u64) -> Vec<Obligation> {
        let query = DueQuery { limit: 500, ..DueQuery::default() };
        let rows = self.views.due(&query, now).unwrap().rows;
        rows.iter().map(DueRow::obligation).collect()
    }

    /// That views which are made anew are the same.
    pub fn check_rebuild(&self, now: u64) {
        let (digest, due) = (self.views.digest().unwrap(), self.obligations(now));
        let rebuilt = rebuild(self.dir.path(), &registrar(), &self.log, &mut |_, _| {}).unwrap();
        assert_eq!((rebuilt.digest_before, rebuilt.digest_after), (Some(digest.clone()), digest));
        assert_eq!(self.obligations(now), due);
    }
}

impl Cluster {
    pub fn issue_to(&mut self, alert: &str, severity: &str, zones: &[&str]) -> Event {
        let mut version = version(1, &format!("Tin {alert}"), zones);
        version.content.as_mut().unwrap().severity = severity.into();
        self.say(alert, alert.split('/').next().unwrap(), Body::AlertIssued(version), zones)
    }

    /// A unit says something about an alert, in its own name through its own node or its province's.
    pub fn say(&mut self, alert: &str, unit: &str, body: Body, zones: &[&str]) -> Event {
        self.reply(alert, unit, body, zones, vec![])
    }

    pub fn reply(
        &mut self,
        alert: &str,
        unit: &str,
        body: Body,
        zones: &[&str],
        causes: Vec<Uuid>,
    ) -> Event {
        let sketch = Sketch {
            alert: Some(alert.into()),
            acting_unit: unit.into(),
            zones: zones.iter().map(ToString::to_string).collect(),
            causes,
            ..self.sketch(kind(&body), body)
        };
        self.publish(unit.split('_').next().unwrap(), sketch)
    }

    pub fn urgent_hit(&mut self, unit: &str) -> Event {
        let sketch = Sketch {
            urgency: "urgent".into(),
            ..self.sketch("hit.reported", Body::HitReported(proto::Hit::default()))
        };
        self.publish(unit, sketch)
    }

    pub fn hide(&mut self, until_ms: u64, units: &[&str]) -> Event {
        let hiding = proto::Hiding {
            until: rfc3339(until_ms),
            units: units.iter().map(ToString::to_string).collect(),
            reason: "ví dụ".into(),
        };
        self.say(ALERT, "hcm", Body::AlertHidden(hiding), &[ZONE])
    }

    pub fn acknowledge(&mut self, alert: &str, unit: &str) -> Event {
        let body = Body::AlertAcknowledged(proto::Acknowledgement { version: 1 });
        self.say(alert, unit, body, &[ZONE])
    }

    /// `hcm` notes what becomes of a draft; another unit that it serves may be named.
    pub fn draft(&mut self, alert: &str, officer: &str, body: Body) -> Event {
        let sketch = Sketch {
            alert: Some(alert.into()),
            acting_unit: alert.split('/').next().unwrap().into(),
            drafted_by: officer.into(),
            approved_by: None,
            zones: vec!["local".into()],
            expires_ms: 0,
            category: String::new(),
            ..self.sketch(kind(&body), body)
        };
        self.publish("hcm", sketch)
    }

    pub fn save(&mut self, alert: &str, officer: &str, version: u32, headline: &str) -> Event {
        let content = crate::cluster::version(1, headline, &[ZONE]).content;
        let issue = proto::Issue { zones: vec![ZONE.into()], content };
        let proposal = proto::Proposal { what: Some(What::Issue(issue)) };
        let saved = proto::DraftSaved { version, proposal: Some(proposal) };
        self.draft(alert, officer, Body::DraftSaved(saved))
    }

    pub fn submit(&mut self, alert: &str, version: u32) -> Event {
        let submitted = Body::DraftSubmitted(proto::DraftSubmitted { version });
        self.draft(alert, "cb-1", submitted)
    }
}

pub fn end(unit: &str, successor: &str) -> Change {
    Change::UnitEnded(proto::UnitEnded {
        id: unit.into(),
        cause: "merged".into(),
        successor: successor.into(),
        ..Default::default()
    })
}

/// Long An becomes a part of Tây Ninh; its feeds count as far as they go.
pub fn merged() -> Vec<Change> {
    let ends = ["long-an_duc-hoa", "long-an"].map(|unit| end(unit, "tay-ninh"));
    ends.into_iter().chain([cut("long-an", 1_000, "succeeded")]).collect()
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::AlertIssued(_) => "alert.issued",
        Body::AlertAmended(_) => "alert.amended",
        Body::AlertHidden(_) => "alert.hidden",
        Body::AlertRevealed(_) => "alert.revealed",
        Body::AlertAcknowledged(_) => "alert.acknowledged",
        Body::AlertFlagged(_) => "alert.flagged",
        Body::HitReported(_) => "hit.reported",
        Body::HitAnswered(_) => "hit.answered",
        Body::HitConcluded(_) => "hit.concluded",
        Body::LinkProposed(_) => "link.proposed",
        Body::LinkDecided(_) => "link.decided",
        Body::DraftSaved(_) => "draft.saved",
        Body::DraftSubmitted(_) => "draft.submitted",
        Body::DraftReturned(_) => "draft.returned",
        Body::DraftDiscarded(_) => "draft.discarded",
        other => panic!("no test says {other:?} here"),
    }
}
