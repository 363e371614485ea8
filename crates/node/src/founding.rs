//! Founding the cluster: the registrar's first events, from the tables in `deploy/directory` and
//! the nodes' enrolment requests.

use std::path::Path;
use std::sync::Arc;

use giapranh_domain::event::{Body, Kind};
use giapranh_domain::founding::{self, Sources};
use giapranh_domain::{UnitId, wire};
use giapranh_log::{Clock as _, LOG_FILE, Log, Open, Reader};
use giapranh_record::{Draft, Facts, Payload, ZONE_DIRECTORY};
use serde::Serialize;

use crate::standing::Standing;
use crate::{Config, Enrolment, NodeError, SystemClock, author, init, keys};

/// What the directory was founded with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Founded {
    pub events: usize,
    pub units: usize,
    pub zones: usize,
    pub nodes: usize,
}

/// Appends the founding events to the registrar's log. The node must not be running.
pub async fn found(
    dir: &Path,
    data_dir: &Path,
    requests: &[Enrolment],
    decision: &str,
    effective_from: &str,
) -> Result<Founded, NodeError> {
    let config = Config::load(dir)?;
    if config.unit != config.anchor.registrar {
        return Err(NodeError::NotRegistrar {
            unit: config.unit.to_string(),
            registrar: config.anchor.registrar.to_string(),
        });
    }
    let bodies = bodies(&config.unit, data_dir, requests, decision, effective_from)?;
    let key = keys::load(dir)?;
    let identity = init::identity(dir, &config, &key)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let standing = Arc::new(Standing::load(&reader, &config.unit, &config.anchor.registrar)?);
    if standing.directory().head() > 0 {
        return Err(NodeError::Founded(standing.directory().head()));
    }
    // Everything is tried before anything is written.
    let mut directory = giapranh_domain::Directory::new(config.unit.clone());
    for (body, seq) in bodies.iter().zip(1..) {
        if let Some(fault) = directory.apply(seq, body).into_iter().next() {
            return Err(NodeError::Request(fault.message));
        }
    }
    let log = Log::open(
        dir,
        &identity,
        Open {
            signer: Arc::new(key),
            keyring: standing.clone(),
            entitlement: standing,
            clock: Arc::new(SystemClock),
        },
    )?;
    let drafts: Vec<Draft> =
        bodies.iter().zip(0..).map(|(body, seq)| draft(&config, seq, body.clone())).collect();
    let events = drafts.len();
    log.submit(move |batch| {
        drafts.into_iter().try_for_each(|draft| batch.append(draft).map(|_| ()))
    })
    .await?;
    log.close().await;
    Ok(Founded {
        events,
        units: directory.units().count(),
        zones: directory.zones().count(),
        nodes: directory.nodes().count(),
    })
}

fn bodies(
    registrar: &UnitId,
    data_dir: &Path,
    requests: &[Enrolment],
    decision: &str,
    effective_from: &str,
) -> Result<Vec<wire::proto::DirectoryChanged>, NodeError> {
    let read = |name: &str| {
        let path = data_dir.join(name);
        std::fs::read_to_string(&path).map_err(NodeError::io(&path))
    };
    let (units, adjacency, authority) =
        (read("units.csv")?, read("adjacency.csv")?, read("authority.csv")?);
    let sources = Sources { units: &units, adjacency: &adjacency, authority: &authority };
    let mut bodies = founding::founding(&sources, decision, effective_from)?.events;
    let nodes: Vec<founding::Enrolment> = requests
        .iter()
        .map(|request| {
            Ok(founding::Enrolment {
                unit: request.unit.clone(),
                public_key: request.key()?.to_bytes(),
                serves: request.serves.iter().cloned().collect(),
                nats_key: request.nats_key.clone(),
                nats_owner_key: request.nats_owner_key.clone(),
                nats_link_key: request.nats_link_key.clone(),
                sealing_key: request.sealing()?,
            })
        })
        .collect::<Result<_, NodeError>>()?;
    let mut enrolments = founding::enrolments(&nodes);
    let founders = founding::founders(&nodes);
    decision.clone_into(&mut enrolments.decision);
    effective_from.clone_into(&mut enrolments.effective_from);
    enrolments.changes.extend(founders);
    enrolments.changes.push(founding::lead(registrar));
    bodies.push(enrolments);
    Ok(bodies)
}

/// An event of the directory, decided under that head.
pub(crate) fn draft(
    config: &Config,
    directory_seq: u64,
    body: wire::proto::DirectoryChanged,
) -> Draft {
    Draft {
        event_id: author::event_id(SystemClock.now_ms()),
        kind: Kind::DirectoryChanged.code().to_owned(),
        acting_unit: config.unit.to_string(),
        directory_seq,
        alert: None,
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        facts: Facts::default(),
        erase_by_ms: None,
        zones: vec![ZONE_DIRECTORY.to_owned()],
        payload: Payload::Plain(wire::encode(&Body::DirectoryChanged(body))),
    }
}
