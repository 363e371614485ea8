//! Who was shown what, written into the log before it is shown; and what was said with it, for auditors.
//!
//! An access is a local event: ids and codes, under the officer's pseudonymous id. What was typed is an
//! event of its own before it, sealed under a key of its own, so that it can be forgotten alone.

use giapranh_domain::codes::AccessAct;
use giapranh_domain::time::rfc3339;
use giapranh_domain::wire::proto;
use giapranh_domain::{Body, Event, note_access, note_search};
use giapranh_log::{LOG_FILE, LogError, Reader};
use giapranh_vault::VaultError;
use giapranh_views::{AccessQuery, PAGE, Unusual};
use giapranh_web::{Said, Showing};
use uuid::Uuid;

use crate::NodeError;
use crate::author::{Author, TEXT_LIFE_MS, draft};
use crate::run::Running;
use crate::sealing::Sealer;

/// For how long back officers' searches are looked through: a week.
const WEEK_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

impl Author {
    /// Notes that alerts are shown; when it has answered that is durable.
    pub(crate) async fn note_access(&self, access: Showing) -> Result<(), String> {
        let head = self.standing.directory().head();
        let (unit, sealer) = (self.unit.clone(), self.sealer.clone());
        let noted = self.log.submit(move |batch| {
            let now_ms = batch.now_ms();
            let mut causes: Vec<Uuid> = access.purpose.into_iter().collect();
            if let Some(query) = &access.query {
                let typed = draft(note_search(&unit, access.officer.clone(), query), head, now_ms);
                let seal =
                    sealer.seal_anew().map_err(|error| LogError::Elsewhere(error.to_string()))?;
                let event_id = batch.append_sealed(typed, &seal)?.event_id;
                sealer.used(&seal, event_id.to_string(), now_ms + TEXT_LIFE_MS);
                causes.push(event_id);
            }
            causes.extend(access.said);
            let said = proto::AccessNoted {
                act: access.act.code().to_owned(),
                from: access.source.to_owned(),
                results: access.results.iter().map(ToString::to_string).collect(),
            };
            let decided = note_access(&unit, access.officer.clone(), said, causes);
            batch.append(draft(decided, head, now_ms)).map(drop)
        });
        noted.await.map_err(|error| error.to_string())
    }
}

/// What an officer said by an event: the purpose of searches, or a search.
pub(crate) fn said(
    reader: &Reader,
    sealer: &Sealer,
    event: Uuid,
) -> Result<Option<Said>, NodeError> {
    let Some(stored) = reader.with_id(event)? else { return Ok(None) };
    let opened: Result<Option<Event>, VaultError> =
        giapranh_views::opened(&stored.event, |commitment| sealer.key(commitment));
    let Some(event) = opened?.filter(Event::is_local) else { return Ok(None) };
    let empty = Said::default();
    Ok(match event.body {
        Body::PurposeStated(said) => Some(Said {
            purpose: Some(said.purpose),
            case_number: Some(said.case_number).filter(|number| !number.is_empty()),
            ..empty
        }),
        Body::SearchAsked(said) => Some(Said { query: Some(said.query), ..empty }),
        _ if event.sealed.is_some() => Some(Said { erased: true, ..empty }),
        _ => None,
    })
}

/// The officers who looked up their own name in the last week, as far as what they typed is readable.
pub(crate) fn own_names(running: &Running) -> Result<Vec<Unusual>, NodeError> {
    let since_ms = running.clock.now_ms().saturating_sub(WEEK_MS);
    let reader = Reader::open(&running.dir.join(LOG_FILE))?;
    let mut unusual = Vec::new();
    for (id, name) in running.officers.names()? {
        let query = AccessQuery {
            officer: Some(id.clone()),
            from_ms: Some(since_ms),
            limit: PAGE,
            ..AccessQuery::default()
        };
        for access in running.views.accesses(&query)? {
            // What an auditor read was typed by somebody else.
            let own = access.search.filter(|_| access.act == AccessAct::Search.code());
            let Some(search) = own else { continue };
            let said = said(&reader, &running.author.sealer, search)?;
            let typed = said.and_then(|said| said.query).unwrap_or_default();
            if giapranh_views::is_same_name(&name, &typed) {
                unusual.push(Unusual {
                    officer: id.clone(),
                    why: "own-name".to_owned(),
                    from: rfc3339(access.at_ms),
                    from_ms: access.at_ms,
                    subjects: access.results.len() as u64,
                });
            }
        }
    }
    Ok(unusual)
}
