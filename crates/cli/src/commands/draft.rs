//! `giapranh draft …`: what one officer writes and another one releases, returns or leaves.
//!
//! Every act on a draft names the version that it is about, so two officers never overwrite each
//! other; where none is typed it is the newest that the node shows at that moment.

mod difference;
mod show;

use anyhow::Result;
use giapranh_domain::wire::proto::{self, proposal::What};
use giapranh_domain::{Act, Alert, AlertId, Draft};
use serde::Deserialize;
use serde_json::Value;

use super::acting::{alone, post};
use super::{Place, alert as alerts, life, show as alert_show};
use crate::args::Form;
use crate::args::acting::Acting;
use crate::args::draft::{Choose, Command, Decide, New, Save};
use crate::client::Target;
use crate::exit::{Exit, Failure};
use crate::{next, output, say};

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::New(new) => begin_new(place, new),
        Command::Amend(amend) => {
            let content = Some(alerts::content(&amend.content)?);
            let based_on = alert_show::read::<Alert>(place, &amend.alert)?.version;
            let zones = alerts::texts(&amend.zones);
            let what = What::Amend(proto::Amend { zones, content, reason: amend.reason, based_on });
            begin(place, &amend.alert, what, amend.acting)
        }
        Command::Withdraw(withdraw) => {
            let what = What::Withdraw(alerts::withdrawal(withdraw.ending));
            begin(place, &withdraw.alert, what, withdraw.acting)
        }
        Command::Hide(hide) => {
            begin(place, &hide.alert, What::Hide(life::hiding(hide.hiding)), hide.acting)
        }
        Command::Reveal(reveal) => {
            let what = What::Reveal(proto::Revealing { reason: reveal.reason });
            begin(place, &reveal.alert, what, reveal.acting)
        }
        Command::Erase(erase) => {
            let what = What::Erase(life::erasing(erase.erasing));
            begin(place, &erase.alert, what, erase.acting)
        }
        Command::Save(save) => next_version(place, save),
        Command::Submit(choose) => {
            act_on(place, choose, |alert, version| Act::SubmitDraft { alert, version })
        }
        Command::Approve(choose) => approve(place, choose),
        Command::Return(decide) => decide_on(place, decide, |alert, version, reason| {
            Act::ReturnDraft { alert, version, reason }
        }),
        Command::Discard(decide) => decide_on(place, decide, |alert, version, reason| {
            Act::DiscardDraft { alert, version, reason }
        }),
        Command::List { state } => show::list(place, state),
        Command::Show { alert } => show::run(place, &alert),
    }
}

fn begin_new(place: &Place, new: New) -> Result<()> {
    let content = Some(alerts::content(&new.content)?);
    let issue = proto::Issue { zones: alerts::texts(&new.zones), content };
    save(place, None, 0, What::Issue(issue), new.acting)
}

/// The first version of a draft about an alert that was issued. One that is open is not written over.
pub fn begin(place: &Place, id: &AlertId, what: What, acting: Acting) -> Result<()> {
    let known = find(place, id)?;
    if let Some(open) = known.as_ref().filter(|draft| draft.is_open()) {
        let sentence = say!("draft-open", alert = id.to_string(), version = open.version);
        let failure = Failure::new(Exit::Refused, sentence);
        return Err(failure.next(next::line(&format!("draft show {id}"))).into());
    }
    // The count of versions goes on over all drafts of the alert.
    let version = known.map_or(0, |draft| draft.version);
    save(place, Some(id), version, what, acting)
}

/// Another version of what a draft says.
fn next_version(place: &Place, typed: Save) -> Result<()> {
    let content = Some(alerts::content(&typed.content)?);
    let draft = read(place, &typed.alert)?;
    let version = typed.version.unwrap_or(draft.version);
    let zones = |before: Vec<String>| {
        if typed.zones.is_empty() { before } else { alerts::texts(&typed.zones) }
    };
    let what = match draft.proposal.what {
        Some(What::Issue(before)) => {
            What::Issue(proto::Issue { zones: zones(before.zones), content })
        }
        Some(What::Amend(before)) => What::Amend(proto::Amend {
            zones: zones(before.zones),
            content,
            reason: typed.reason.unwrap_or(before.reason),
            // Whoever writes it anew has the alert before him as it is now.
            based_on: alert_show::read::<Alert>(place, &typed.alert)?.version,
        }),
        _ => {
            let alert = typed.alert.to_string();
            let failure = Failure::new(Exit::Refused, say!("draft-no-content", alert = alert));
            return Err(failure.next("giapranh help draft discard").into());
        }
    };
    save(place, Some(&typed.alert), version, what, typed.acting)
}

fn save(
    place: &Place,
    id: Option<&AlertId>,
    version: u32,
    what: What,
    acting: Acting,
) -> Result<()> {
    let proposal = Box::new(proto::Proposal { what: Some(what) });
    let act = Act::SaveDraft { alert: id.map(ToString::to_string), version, proposal };
    let accepted = post(place, &alone(place, acting, act)?)?;
    if place.form == Form::Json {
        return Ok(output::json(&accepted)?);
    }
    let saved = Kept::deserialize(&accepted)?;
    let alert = saved.alert.as_str();
    output::line(&say!("draft-saved", alert = alert, version = version + 1))?;
    output::note(&say!("draft-to-submit", line = next::line(&format!("draft submit {alert}"))));
    Ok(())
}

/// What the node answers about a draft.
#[derive(Debug, Deserialize)]
struct Kept {
    alert: String,
}

fn act_on(place: &Place, choose: Choose, act: impl FnOnce(String, u32) -> Act) -> Result<()> {
    let Choose { alert, version, acting } = choose;
    let version = meant(place, &alert, version)?;
    let order = alone(place, acting, act(alert.to_string(), version))?;
    told(place, &alert, version, &post(place, &order)?, "draft-submitted")
}

/// It takes effect, so what is printed is what became of the alert.
fn approve(place: &Place, choose: Choose) -> Result<()> {
    let Choose { alert, version, acting } = choose;
    let version = meant(place, &alert, version)?;
    let act = Act::ApproveDraft { alert: alert.to_string(), version };
    place.submit(&alone(place, acting, act)?)
}

fn decide_on(
    place: &Place,
    decide: Decide,
    act: impl FnOnce(String, u32, String) -> Act,
) -> Result<()> {
    let Decide { alert, reason, version, acting } = decide;
    let version = meant(place, &alert, version)?;
    let act = act(alert.to_string(), version, reason);
    let key =
        if matches!(act, Act::ReturnDraft { .. }) { "draft-returned" } else { "draft-discarded" };
    let order = alone(place, acting, act)?;
    told(place, &alert, version, &post(place, &order)?, key)
}

fn told(place: &Place, alert: &AlertId, version: u32, accepted: &Value, key: &str) -> Result<()> {
    if place.form == Form::Json {
        return Ok(output::json(accepted)?);
    }
    let alert = alert.to_string();
    Ok(output::line(&match key {
        "draft-submitted" => say!("draft-submitted", alert = alert, version = version),
        "draft-returned" => say!("draft-returned", alert = alert, version = version),
        _ => say!("draft-discarded", alert = alert, version = version),
    })?)
}

/// The version that was typed, or the newest that the node shows.
fn meant(place: &Place, id: &AlertId, typed: Option<u32>) -> Result<u32> {
    typed.map_or_else(|| Ok(read(place, id)?.version), Ok)
}

fn target(id: &AlertId) -> Target {
    let (year, number) = alert_show::numbers(id);
    Target::api(["drafts", id.issuer().as_str(), &year, &number])
}

/// Reads a draft.
fn read(place: &Place, id: &AlertId) -> Result<Draft> {
    place.get_one(target(id), "draft list")
}

/// Reads a draft that need not be there.
fn find(place: &Place, id: &AlertId) -> Result<Option<Draft>> {
    match place.get(target(id)) {
        Ok(draft) => Ok(Some(draft)),
        Err(error) => match error.downcast_ref::<Failure>() {
            Some(failure) if failure.status == Some(404) => Ok(None),
            _ => Err(error),
        },
    }
}
