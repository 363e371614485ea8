//! The same command again, under the key that its sender gave it: told of the event that there is.
//!
//! The key is the event's id, so the log itself holds that it is used once, over restarts and
//! rebuilds. A command counts as the same when the event says all that the command does: its kind, its
//! units, its officers, its alert, and what it carries.

use giapranh_domain::command::{Act, Command};
use giapranh_domain::event::Body;
use giapranh_domain::wire::proto;
use giapranh_domain::{AlertId, Event, Rejection, Ruling, UnitId, normal};
use giapranh_log::{Batch, LogError, Stored};
use giapranh_web::Accepted;
use uuid::Uuid;

use super::Author;

/// What is known of a key.
pub(super) enum Known {
    /// Nobody has used it.
    Fresh,
    /// The command was accepted before.
    Before(Accepted),
    /// It is none, or another command's.
    Refused(Rejection),
}

/// Looks a command's key up, if it has one.
pub(super) fn look_up(
    batch: &mut Batch<'_>,
    author: &Author,
    command: &Command,
) -> Result<Known, LogError> {
    let node = &author.unit;
    let Some(key) = command.key else { return Ok(Known::Fresh) };
    // As the record has the ids of events.
    if key.get_version_num() != 7 || key.get_variant() != uuid::Variant::RFC4122 {
        let message = "A command's key is a UUID of version 7, made anew for each command.";
        return Ok(Known::Refused(Rejection::one(Ruling::Invalid, "/key", "key", message)));
    }
    let Some(stored) = batch.with_id(key)? else { return Ok(Known::Fresh) };
    let event = author.opened(&stored.event)?;
    // What an approval released is named by the event that submitted it.
    let cause = match (&command.act, event.as_ref().and_then(|event| event.meta.causes.first())) {
        (Act::ApproveDraft { .. }, Some(cause)) => batch.with_id(*cause)?,
        _ => None,
    };
    let cause = match cause {
        Some(stored) => author.opened(&stored.event)?,
        None => None,
    };
    let same = event.filter(|event| is_of(event, cause.as_ref(), node, command));
    Ok(if let Some(event) = same {
        Known::Before(accepted(&stored, event))
    } else {
        let message = "Another command was sent under this key; send this one under its own.";
        Known::Refused(Rejection::one(Ruling::Conflict, "/key", "key-used", message))
    })
}

fn accepted(stored: &Stored, event: Event) -> Accepted {
    let Event { meta, .. } = event;
    let (event_id, alert, zones) = (meta.event_id, meta.alert, meta.zones);
    Accepted { event_id, alert, position: stored.position, zones }
}

/// Whether an event is what this node made of a command.
fn is_of(event: &Event, cause: Option<&Event>, node: &UnitId, command: &Command) -> bool {
    let meta = &event.meta;
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let [drafted_by, approved_by] =
        [&meta.drafted_by, &meta.approved_by].map(|id| id.as_ref().map(ToString::to_string));
    let officers = match &command.act {
        // The officers are the one who saved it last and the one who commands.
        Act::ApproveDraft { .. } => approved_by == named(&command.drafted_by),
        act => {
            let second = takes_second(act).then(|| named(&command.approved_by)).flatten();
            drafted_by == named(&command.drafted_by) && approved_by == second
        }
    };
    let unit = match &command.act {
        Act::ChangeDirectory(_) => node.as_str(),
        _ => command.unit.as_deref().unwrap_or(node.as_str()),
    };
    let alert = command.act.alert().map(|text| text.parse::<AlertId>().ok());
    meta.origin == *node
        && meta.acting_unit.as_str() == unit
        && officers
        && alert.is_none_or(|alert| alert.is_some() && alert == meta.alert)
        && says(event, cause, &command.act)
}

/// Whether the officer who releases it stands in the command.
fn takes_second(act: &Act) -> bool {
    matches!(
        act,
        Act::IssueAlert { .. }
            | Act::AmendAlert { .. }
            | Act::WithdrawAlert { .. }
            | Act::HideAlert { .. }
            | Act::RevealAlert { .. }
            | Act::EraseAlert { .. }
            | Act::ChangeDirectory(_)
    )
}

/// Whether the event says what the act carries.
fn says(event: &Event, cause: Option<&Event>, act: &Act) -> bool {
    let (meta, body) = (&event.meta, &event.body);
    let about = |subject: &Uuid| meta.causes == [*subject];
    match (act, body) {
        (Act::IssueAlert { zones, content }, Body::AlertIssued(said)) => {
            in_zones(said, zones) && has_content(said, content)
        }
        (Act::AmendAlert { zones, content, reason, .. }, Body::AlertAmended(said)) => {
            // Without zones it keeps those of the version before.
            let zones = zones.is_empty() || in_zones(said, zones);
            zones && said.reason == *reason && has_content(said, content)
        }
        (Act::WithdrawAlert { withdrawal, .. }, Body::AlertWithdrawn(said)) => said == withdrawal,
        (Act::HideAlert { hiding, .. }, Body::AlertHidden(said)) => said == hiding,
        (Act::RevealAlert { reason, .. }, Body::AlertRevealed(said)) => said.reason == *reason,
        (Act::EraseAlert { erasing, .. }, Body::AlertErased(said)) => {
            let mut erasing = erasing.clone();
            normal::erasing(&mut erasing);
            *said == erasing
        }
        (Act::SaveDraft { version, proposal, .. }, Body::DraftSaved(said)) => {
            said.version.checked_sub(1) == Some(*version)
                && said.proposal.as_ref() == Some(&proposed(proposal))
        }
        (Act::SubmitDraft { version, .. }, Body::DraftSubmitted(said)) => said.version == *version,
        (Act::ReturnDraft { version, reason, .. }, Body::DraftReturned(said)) => {
            said.version == *version && said.reason == *reason
        }
        (Act::DiscardDraft { version, reason, .. }, Body::DraftDiscarded(said)) => {
            said.version == *version && said.reason == *reason
        }
        (Act::ApproveDraft { version, .. }, _) => {
            let submitted = cause.map(|cause| &cause.body);
            matches!(submitted, Some(Body::DraftSubmitted(said)) if said.version == *version)
        }
        (Act::AcknowledgeAlert { version, .. }, Body::AlertAcknowledged(said)) => {
            said.version == *version
        }
        (Act::FlagAlert { flag, .. }, Body::AlertFlagged(said)) => said == flag,
        (Act::ReportHit { urgency, hit, .. }, Body::HitReported(said)) => {
            meta.urgency == *urgency && said == hit
        }
        (Act::AnswerHit { hit, answer, .. }, Body::HitAnswered(said)) => {
            about(hit) && said == answer
        }
        (Act::ConcludeHit { hit, conclusion, .. }, Body::HitConcluded(said)) => {
            about(hit) && said == conclusion
        }
        (Act::ProposeLink { link, .. }, Body::LinkProposed(said)) => said == link,
        (Act::DecideLink { link, decision, .. }, Body::LinkDecided(said)) => {
            about(link) && said == decision
        }
        (act, body) => says_of_nodes(meta.causes.as_slice(), body, act),
    }
}

/// The same for what is about units and their nodes, and about the officer.
fn says_of_nodes(causes: &[Uuid], body: &Body, act: &Act) -> bool {
    match (act, body) {
        (Act::StatePurpose { purpose, case_number }, Body::PurposeStated(said)) => {
            let mut stated =
                proto::PurposeStated { purpose: purpose.clone(), case_number: case_number.clone() };
            normal::purpose(&mut stated);
            *said == stated
        }
        (Act::ChangeDirectory(changed), Body::DirectoryChanged(said)) => said == changed,
        (Act::ConfirmEnrolment { enrolled, .. }, Body::EnrolmentConfirmed(said)) => {
            // The key was compared when it was accepted.
            said.unit == *enrolled
        }
        (Act::RequestZone { zone, reason, .. }, Body::ZoneRequested(said)) => {
            said.zone == *zone && said.reason == *reason
        }
        (Act::CloseNode { reason }, Body::NodeClosed(said)) => said.reason == *reason,
        (Act::DecideFork { origin, epoch, reason }, Body::ForkDecided(said)) => {
            (&said.origin, said.epoch, &said.reason) == (origin, *epoch, reason)
        }
        (Act::AdoptEvents { events, reason, .. }, Body::EventsAdopted(said)) => {
            causes == events.as_slice() && said.reason == *reason
        }
        _ => false,
    }
}

fn in_zones(said: &proto::AlertVersion, zones: &[String]) -> bool {
    let sorted = |zones: &[String]| {
        let mut zones = zones.to_vec();
        zones.sort();
        zones.dedup();
        zones
    };
    sorted(&said.zones) == sorted(zones)
}

/// As `decide` brings what was typed to one spelling.
fn has_content(said: &proto::AlertVersion, content: &proto::AlertContent) -> bool {
    let mut content = content.clone();
    normal::content(&mut content);
    said.content.as_ref() == Some(&content)
}

fn proposed(proposal: &proto::Proposal) -> proto::Proposal {
    use proto::proposal::What;
    let mut proposal = proposal.clone();
    match &mut proposal.what {
        Some(What::Issue(issue)) => issue.content.iter_mut().for_each(normal::content),
        Some(What::Amend(amend)) => amend.content.iter_mut().for_each(normal::content),
        _ => {}
    }
    proposal
}
