//! What somebody has to do within a time.
//!
//! An [`Obligation`] follows from events and the directory as it was when they were said, never from a
//! clock: a rebuild gives the same, and a restart misses nothing. How far it has come follows from the
//! time that is given. It ends when what it asks for has happened.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{Duty, Role, Stage, Urgency};
use crate::{Alert, AlertId, Directory, Draft, Millis, Status, UnitId};

/// Something that is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Obligation {
    /// What.
    pub duty: Duty,
    /// About which alert.
    pub alert: AlertId,
    /// The hit or the draft that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Uuid>,
    /// Who must act.
    pub unit: UnitId,
    /// Whether it goes before what is not.
    pub urgent: bool,
    /// From when on it is on the list.
    pub begun: Millis,
    /// Until when it is to be done.
    pub due: Millis,
    /// From when on who else must act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalates: Option<(Millis, UnitId)>,
    /// When it ends by itself, because the alert has expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Millis>,
}

impl Obligation {
    /// How far it has come at a moment; `None` before it begins and after it has ended.
    pub fn stage(&self, now: Millis) -> Option<Stage> {
        let escalated = self.escalates.as_ref().is_some_and(|(at, _)| *at <= now);
        match self {
            _ if now < self.begun || self.ends.is_some_and(|ends| ends <= now) => None,
            _ if escalated => Some(Stage::Escalated),
            _ if self.due <= now => Some(Stage::Due),
            _ => Some(Stage::Begun),
        }
    }

    /// Who must act at a moment.
    pub fn who(&self, now: Millis) -> &UnitId {
        match &self.escalates {
            Some((at, above)) if *at <= now => above,
            _ => &self.unit,
        }
    }

    /// What tells it from every other one, for whoever remembers that it was told of.
    pub fn key(&self) -> String {
        let Self { duty, alert, subject, unit, due, .. } = self;
        let subject = subject.map_or_else(String::new, |subject| subject.to_string());
        format!("{duty} {alert} {subject} {unit} {due}")
    }
}

impl Duty {
    /// Whose work it is; one of these roles is enough.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Approve => &[Role::Approver],
            Self::Acknowledge => &[Role::Duty, Role::Issuer, Role::Approver],
            Self::AnswerHit | Self::Withdraw | Self::Review => &[Role::Issuer, Role::Approver],
        }
    }
}

/// What an alert asks of whom, as far as it has not been done.
pub fn of_alert(alert: &Alert, directory: &Directory) -> Vec<Obligation> {
    if alert.status != Status::Active {
        return Vec::new();
    }
    let province = directory.province_of(&alert.responsible);
    let mut obligations = Vec::new();
    for (id, hit) in &alert.hits {
        obligations.extend(answer(alert, *id, hit, &province));
    }
    obligations.extend(withdrawal(alert));
    obligations.extend(acknowledgements(alert, directory));
    let (begun, due) = alert.review;
    obligations.push(open(alert, (Duty::Review, alert.responsible.clone()), begun, due));
    obligations
}

fn answer(
    alert: &Alert,
    id: Uuid,
    hit: &crate::alert::Hit,
    province: &UnitId,
) -> Option<Obligation> {
    let report = hit.report.as_ref().filter(|_| !hit.is_answered())?;
    let (due, second) = hit.due()?;
    let duty = (Duty::AnswerHit, alert.responsible.clone());
    Some(Obligation {
        subject: Some(id),
        urgent: report.urgency == Urgency::Urgent.code(),
        escalates: Some((second, province.clone())),
        // Whoever stands before somebody waits for the answer all the same.
        ends: None,
        ..open(alert, duty, report.recorded, due)
    })
}

/// After an arrest who issued the alert must withdraw it: from the first that was reported.
fn withdrawal(alert: &Alert) -> Option<Obligation> {
    let arrests = alert.hits.iter().filter_map(|(id, hit)| Some((id, hit.withdraw_by()?)));
    let (id, first) = arrests.min_by_key(|(id, arrest)| (arrest.recorded, **id))?;
    let duty = (Duty::Withdraw, alert.responsible.clone());
    let due = first.withdraw_by?;
    Some(Obligation { subject: Some(*id), urgent: true, ..open(alert, duty, first.recorded, due) })
}

fn acknowledgements(alert: &Alert, directory: &Directory) -> Vec<Obligation> {
    let Some(asked) = &alert.asked else { return Vec::new() };
    let alive = |unit: &&UnitId| directory.unit(unit).is_some_and(|u| u.is_alive(directory.head()));
    let missing = alert.not_acknowledged().filter(alive);
    let obligation = |unit: &UnitId| Obligation {
        urgent: true,
        ..open(alert, (Duty::Acknowledge, unit.clone()), asked.begun, asked.due)
    };
    missing.map(obligation).collect()
}

/// What a draft asks of the approving officers of its unit, while it waits.
pub fn of_draft(draft: &Draft) -> Option<Obligation> {
    let (submitted, at) = draft.waiting()?;
    Some(Obligation {
        duty: Duty::Approve,
        alert: draft.id.clone(),
        subject: Some(submitted),
        unit: draft.unit.clone(),
        urgent: draft.is_urgent(),
        begun: at,
        due: draft.due,
        escalates: None,
        ends: None,
    })
}

fn open(alert: &Alert, (duty, unit): (Duty, UnitId), begun: Millis, due: Millis) -> Obligation {
    Obligation {
        duty,
        alert: alert.id.clone(),
        subject: None,
        unit,
        urgent: false,
        begun,
        due,
        escalates: None,
        ends: Some(alert.expires),
    }
}
