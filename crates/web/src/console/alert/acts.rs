//! What one officer may add to an alert alone. Each form carries the id of the event that it makes.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, AlertId};
use serde::Deserialize;
use uuid::Uuid;

use super::{Named, named};
use crate::console::Desk;
use crate::problem::Problem;

type Sent<T> = Result<Form<T>, FormRejection>;

fn read<T>(form: Sent<T>) -> Result<T, Problem> {
    form.map(|Form(form)| form).map_err(|_| Problem::unreadable_form())
}

async fn done(desk: &Desk, id: &AlertId, act: Act, key: Uuid) -> Result<Response, Problem> {
    desk.act(act, Some(key), None).await?;
    Ok(desk.go(&format!("/alerts/{id}")))
}

#[derive(Deserialize)]
pub struct Seen {
    key: Uuid,
    version: u32,
}

/// `POST …/acknowledge`: the version that was on the page was seen.
pub async fn acknowledge(desk: Desk, path: Named, form: Sent<Seen>) -> Result<Response, Problem> {
    let (id, _) = named(path)?;
    let Seen { key, version } = read(form)?;
    let act = Act::AcknowledgeAlert { alert: id.to_string(), version };
    done(&desk, &id, act, key).await
}

#[derive(Deserialize)]
pub struct Reported {
    key: Uuid,
    version: u32,
    urgency: String,
    place: String,
    seen_at: String,
    basis: String,
    certainty: String,
    done: String,
}

/// `POST …/hits`: it was found.
pub async fn report(desk: Desk, path: Named, form: Sent<Reported>) -> Result<Response, Problem> {
    let (id, _) = named(path)?;
    let form = read(form)?;
    let hit = proto::Hit {
        version: form.version,
        place: form.place,
        seen_at: local(&form.seen_at),
        basis: form.basis,
        certainty: form.certainty,
        done: form.done,
    };
    let act = Act::ReportHit { alert: id.to_string(), urgency: form.urgency, hit };
    done(&desk, &id, act, form.key).await
}

#[derive(Deserialize)]
pub struct Answered {
    key: Uuid,
    hit: Uuid,
    result: String,
    note: String,
}

/// `POST …/answer`: whether a hit is the one.
pub async fn answer(desk: Desk, path: Named, form: Sent<Answered>) -> Result<Response, Problem> {
    let (id, _) = named(path)?;
    let Answered { key, hit, result, note } = read(form)?;
    let answer = proto::Answer { result, note };
    done(&desk, &id, Act::AnswerHit { alert: id.to_string(), hit, answer }, key).await
}

#[derive(Deserialize)]
pub struct Concluded {
    key: Uuid,
    hit: Uuid,
    outcome: String,
    unit: String,
    at: String,
    note: String,
}

/// `POST …/conclude`: how a hit ended.
pub async fn conclude(desk: Desk, path: Named, form: Sent<Concluded>) -> Result<Response, Problem> {
    let (id, _) = named(path)?;
    let form = read(form)?;
    let conclusion = proto::Conclusion {
        outcome: form.outcome,
        unit: form.unit,
        at: local(&form.at),
        note: form.note,
    };
    let act = Act::ConcludeHit { alert: id.to_string(), hit: form.hit, conclusion };
    done(&desk, &id, act, form.key).await
}

#[derive(Deserialize)]
pub struct Flagged {
    key: Uuid,
    reason: String,
    #[serde(default)]
    lifted: bool,
}

/// `POST …/flag`: the unit can't carry out the action, or can again.
pub async fn flag(desk: Desk, path: Named, form: Sent<Flagged>) -> Result<Response, Problem> {
    let (id, _) = named(path)?;
    let Flagged { key, reason, lifted } = read(form)?;
    let flag = proto::Flag { reason, lifted };
    done(&desk, &id, Act::FlagAlert { alert: id.to_string(), flag }, key).await
}

/// What a field for day and time sends, in Vietnam's time; anything else is for the decision to refuse.
fn local(text: &str) -> String {
    let shape = text.len() == 16 && text.as_bytes().get(10) == Some(&b'T');
    if shape { format!("{text}:00+07:00") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn a_time_that_is_typed_is_vietnams() {
        assert_eq!(local("2024-05-31T14:00"), "2024-05-31T14:00:00+07:00");
        for other in ["", "2024-05-31", "2024-05-31T14:00:05Z", "hôm qua"] {
            assert_eq!(local(other), other);
        }
    }
}
