//! `giapranh alert acknowledge, flag, hide, reveal, erase, extend, consent-withdrawn`: what becomes of an
//! alert, and what a unit says to it.

use anyhow::Result;
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, Alert, AlertId};

use super::acting::{alone, released};
use super::{Place, draft, show};
use crate::args::acting::Acting;
use crate::args::alert::life::{Acknowledge, ConsentWithdrawn, Erase, Extend, Flag, Hide, Reveal};
use crate::args::draft::{Erasing, Hiding};
use crate::exit::{Exit, Failure};
use crate::{next, say};

/// The unit has seen it.
pub fn acknowledge(place: &Place, arguments: Acknowledge) -> Result<()> {
    let Acknowledge { alert, version, acting } = arguments;
    let version = match version {
        Some(version) => version,
        None => show::read::<Alert>(place, &alert)?.version,
    };
    let act = Act::AcknowledgeAlert { alert: alert.to_string(), version };
    place.submit(&alone(place, acting, act)?)
}

/// The unit can't carry out the action, or can again.
pub fn flag(place: &Place, arguments: Flag) -> Result<()> {
    let Flag { alert, reason, lift, acting } = arguments;
    let flag = proto::Flag { reason, lifted: lift };
    place.submit(&alone(place, acting, Act::FlagAlert { alert: alert.to_string(), flag })?)
}

/// How an alert is hidden, as it was typed.
pub fn hiding(typed: Hiding) -> proto::Hiding {
    let Hiding { until, units, reason } = typed;
    proto::Hiding { until, units: units.iter().map(ToString::to_string).collect(), reason }
}

/// Two officers at one desk hide it.
pub fn hide(place: &Place, arguments: Hide) -> Result<()> {
    let Hide { alert, hiding: typed, acting } = arguments;
    let act = Act::HideAlert { alert: alert.to_string(), hiding: hiding(typed) };
    place.submit(&released(place, acting, act)?)
}

/// Two officers at one desk show it again.
pub fn reveal(place: &Place, arguments: Reveal) -> Result<()> {
    let Reveal { alert, reason, acting } = arguments;
    let act = Act::RevealAlert { alert: alert.to_string(), reason };
    place.submit(&released(place, acting, act)?)
}

/// On what an erasure rests, as it was typed.
pub fn erasing(typed: Erasing) -> proto::Erasing {
    let Erasing { ground, decision_number } = typed;
    proto::Erasing { ground, decision_number }
}

/// Two officers at one desk erase it everywhere.
pub fn erase(place: &Place, arguments: Erase) -> Result<()> {
    let Erase { alert, erasing: typed, acting } = arguments;
    let act = Act::EraseAlert { alert: alert.to_string(), erasing: erasing(typed) };
    place.submit(&released(place, acting, act)?)
}

/// Another expiry, another review: with two officers at once, else as a draft.
pub fn extend(place: &Place, arguments: Extend) -> Result<()> {
    let Extend { alert: id, expires, review_by, reason, acting } = arguments;
    let alert: Alert = show::read(place, &id)?;
    let mut content = content_of(&id, &alert)?;
    if let Some(expires) = expires {
        content.expires = expires;
    }
    if let Some(review_by) = review_by {
        content.review_by = review_by;
    }
    if acting.officers.are_two() {
        let content = Box::new(content);
        let act = Act::AmendAlert { alert: id.to_string(), zones: Vec::new(), content, reason };
        return place.submit(&released(place, acting, act)?);
    }
    let amend =
        proto::Amend { zones: Vec::new(), content: Some(content), reason, based_on: alert.version };
    let acting = Acting { unit: acting.unit, officer: acting.officers.drafted_by };
    draft::begin(place, &id, proto::proposal::What::Amend(amend), acting)
}

/// The details of an innocent person go at once, by one officer alone: nobody has to be waited for.
pub fn consent_withdrawn(place: &Place, arguments: ConsentWithdrawn) -> Result<()> {
    let ConsentWithdrawn { alert: id, reason, acting } = arguments;
    let alert: Alert = show::read(place, &id)?;
    let mut content = content_of(&id, &alert)?;
    if person(&mut content).and_then(|person| person.misused_identity.take()).is_none() {
        let sentence = say!("no-misused-identity", alert = id.to_string());
        let failure = Failure::new(Exit::Refused, sentence);
        return Err(failure.next(next::line(&format!("alert show {id}"))).into());
    }
    let content = Box::new(content);
    let act = Act::AmendAlert { alert: id.to_string(), zones: Vec::new(), content, reason };
    place.submit(&alone(place, acting, act)?)
}

fn person(content: &mut proto::AlertContent) -> Option<&mut proto::Person> {
    match (&mut content.wanted_person, &mut content.travelling_offender) {
        (Some(wanted), _) => wanted.person.as_mut(),
        (None, Some(offender)) => offender.person.as_mut(),
        (None, None) => None,
    }
}

fn content_of(id: &AlertId, alert: &Alert) -> Result<proto::AlertContent, Failure> {
    alert.content.clone().ok_or_else(|| {
        let sentence = say!("content-not-here", alert = id.to_string());
        Failure::new(Exit::NotFound, sentence).next(next::line(&format!("alert show {id}")))
    })
}
