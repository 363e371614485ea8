//! Keys on their way: granted to those who are entitled, asked for where they are missing.
//!
//! Who publishes the first event under a key offers the key at once to every node of the event's zones
//! ([`Granting::offer`]); whoever has an event and not its key asks for it, the event's origin first,
//! then anybody who is in the zone ([`Granting::ask`]). What comes is proven by the commitment that the
//! events carry, so it does not matter who sent it ([`Holding`]).
//!
//! To whom a key is granted is judged by the directory at that moment, and by nothing else.

mod holding;
mod wants;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use giapranh_domain::event::Kind;
use giapranh_domain::{AlertId, Directory, UnitId};
use giapranh_feed::Line;
use giapranh_feed::backfill::{self, AskError, Refusal, Request};
use giapranh_log::{LOG_FILE, LogError, Reader, Stored};
use giapranh_record::grant::{self, Grant, KeyExchange, SealingPublicKey};
use giapranh_record::limits::GRANTS;
use giapranh_record::{Hash, ZONE_LOCAL};
use giapranh_views::Views;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

pub use self::holding::Holding;
use self::wants::{AGAIN, Wants};
use crate::NodeError;
use crate::healer::is_entitled;
use crate::sealing::sealed_with;

/// Events looked at in one go.
const BATCH: usize = 512;
/// Grants that came before the event that they are for, at most; the oldest gives way.
const PARKED: usize = 1_024;
/// How often the views are asked what is sealed: whatever slipped through is found so.
const LOOK: Duration = Duration::from_secs(60);

/// A key: whose alert, and which.
type Which = (String, Hash);

/// What a node knows about keys, shared by the task that asks and the service that answers.
#[derive(Clone)]
pub(crate) struct Granting {
    pub dir: PathBuf,
    pub views: Views,
    pub holding: Holding,
    pub parked: Arc<Mutex<Parked>>,
}

/// Grants that wait for their event.
#[derive(Default)]
pub(crate) struct Parked {
    grants: BTreeMap<Which, (u64, String, Grant)>,
    count: u64,
}

impl Parked {
    fn put(&mut self, from: &str, grant: Grant) {
        self.count += 1;
        let which = (grant.alert.clone(), grant.commitment);
        self.grants.insert(which, (self.count, from.to_owned(), grant));
        if self.grants.len() > PARKED {
            let oldest = self.grants.iter().min_by_key(|(_, (count, ..))| *count);
            if let Some(which) = oldest.map(|(which, _)| which.clone()) {
                self.grants.remove(&which);
            }
        }
    }

    fn take(&mut self, which: &Which) -> Option<(String, Grant)> {
        self.grants.remove(which).map(|(_, from, grant)| (from, grant))
    }
}

/// What asking a peer came to.
struct Asked {
    peer: UnitId,
    which: Vec<Which>,
    answer: Result<Bytes, AskError>,
}

impl Granting {
    /// Answers what a peer asks about keys.
    pub async fn answer(self, request: Request) -> Result<Bytes, Refusal> {
        let malformed = |error: giapranh_record::Malformed| Refusal::Malformed(error.to_string());
        match KeyExchange::parse(&request.bytes).map_err(malformed)? {
            KeyExchange::Wanted(wanted) => {
                let granted = tokio::task::spawn_blocking(move || {
                    self.grant_all(&request.requester, &wanted)
                });
                let granted = granted.await.map_err(|_| Refusal::Failed)?;
                let grants = granted.map_err(|error| {
                    tracing::error!(%error, "keys can't be granted");
                    Refusal::Failed
                })?;
                Ok(grant::encode(&grants))
            }
            KeyExchange::Offered(grants) => {
                self.receive(&request.requester, grants).await;
                Ok(grant::encode(&[]))
            }
        }
    }

    fn grant_all(&self, to: &str, wanted: &[Which]) -> Result<Vec<Grant>, NodeError> {
        let directory = self.holding.standing.directory();
        let Some(key) = sealing_key(&directory, to) else { return Ok(Vec::new()) };
        let reader = Reader::open(&self.dir.join(LOG_FILE))?;
        let mut grants = Vec::new();
        for (alert, commitment) in wanted {
            let stored = reader.of_alert(alert, u64::MAX >> 1)?;
            if is_for(&stored, commitment, to, &directory) && !is_erased(&stored) {
                grants.extend(self.grant(to, &key, alert, commitment)?);
            }
        }
        Ok(grants)
    }

    /// A key for a node that may have it; `None` when it is not here, or was erased.
    fn grant(
        &self,
        to: &str,
        recipient: &SealingPublicKey,
        alert: &str,
        commitment: &Hash,
    ) -> Result<Option<Grant>, NodeError> {
        if self.holding.sealer.keys().is_fenced(alert)? {
            return Ok(None);
        }
        let Some(key) = self.holding.sealer.key(commitment)? else { return Ok(None) };
        let mut ephemeral = [0; 32];
        getrandom::fill(&mut ephemeral).map_err(|error| {
            NodeError::Request(format!("the system gives no randomness: {error}"))
        })?;
        Ok(Grant::seal(&key, alert, to, recipient, ephemeral))
    }

    /// Takes grants that came by themselves. What they are for may come later: they are parked before
    /// the log is looked at, so that an event that comes meanwhile finds them ([`Granting::follow`]).
    async fn receive(&self, from: &str, grants: Vec<Grant>) {
        let which: Vec<Which> =
            grants.iter().map(|grant| (grant.alert.clone(), grant.commitment)).collect();
        {
            let mut parked = self.parked.lock().unwrap_or_else(PoisonError::into_inner);
            grants.into_iter().for_each(|grant| parked.put(from, grant));
        }
        let dir = self.dir.clone();
        let known = tokio::task::spawn_blocking(move || {
            let (reader, mut known) = (Reader::open(&dir.join(LOG_FILE))?, Vec::new());
            for (alert, commitment) in which {
                let stored = reader.of_alert(&alert, u64::MAX >> 1)?;
                if stored.iter().any(|stored| names(stored, &commitment)) {
                    known.push((alert, commitment));
                }
            }
            Ok::<_, LogError>(known)
        });
        let known = match known.await {
            Ok(Ok(known)) => known,
            Ok(Err(error)) => return tracing::warn!(%error, "keys that were offered wait"),
            Err(error) => return tracing::warn!(%error, "keys that were offered wait"),
        };
        let here: Vec<Grant> = {
            let mut parked = self.parked.lock().unwrap_or_else(PoisonError::into_inner);
            known.iter().filter_map(|which| Some(parked.take(which)?.1)).collect()
        };
        if !here.is_empty() {
            self.holding.hold(from, here).await;
        }
    }

    /// Asks and offers for as long as the log is open.
    pub async fn run(self, line: Line, mut directory_head: watch::Receiver<u64>) {
        let mut head = self.holding.log.head();
        let mut cursor = *head.borrow_and_update();
        let reader = match Reader::open(&self.dir.join(LOG_FILE)) {
            Ok(reader) => Arc::new(Mutex::new(reader)),
            Err(error) => {
                tracing::error!(%error, "no keys are granted or asked for");
                return;
            }
        };
        let mut wants = Wants::default();
        let mut asking: JoinSet<Asked> = JoinSet::new();
        let mut offering: JoinSet<()> = JoinSet::new();
        let mut look = tokio::time::interval(LOOK);
        loop {
            let due = self.ask(&line, &mut wants, &mut asking);
            let due = due.unwrap_or_else(|| Instant::now() + LOOK);
            tokio::select! {
                changed = head.changed() => {
                    if changed.is_err() { return }
                    let until = *head.borrow_and_update();
                    match self.follow(&reader, &mut cursor, until, &mut wants).await {
                        Ok(first) if !first.is_empty() => {
                            let (this, line) = (self.clone(), line.clone());
                            offering.spawn(async move { this.offer(&line, first).await });
                        }
                        Ok(_) => {}
                        Err(error) => tracing::warn!(%error, "keys wait"),
                    }
                }
                changed = directory_head.changed() => {
                    if changed.is_err() { return }
                    // Who was not entitled may be by now.
                    wants.hurry(Instant::now());
                }
                Some(asked) = asking.join_next() => {
                    let Ok(asked) = asked else { continue };
                    wants.answered(&asked.peer);
                    self.take(asked, &mut wants).await;
                }
                Some(_) = offering.join_next() => {}
                _ = look.tick() => {
                    if let Err(error) = self.remember(&mut wants).await {
                        tracing::warn!(%error, "what is sealed here can't be looked up");
                    }
                }
                () = tokio::time::sleep_until(due) => {}
            }
        }
    }

    /// Looks at what is new in the log: which keys are missing, and which this node used first.
    async fn follow(
        &self,
        reader: &Arc<Mutex<Reader>>,
        cursor: &mut u64,
        until: u64,
        wants: &mut Wants,
    ) -> Result<Vec<Stored>, NodeError> {
        let mut first = Vec::new();
        while *cursor < until {
            let (this, after, reader) = (self.clone(), *cursor, reader.clone());
            let found = tokio::task::spawn_blocking(move || {
                let reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
                this.look(&reader, after)
            });
            let found = found.await;
            let found = found.map_err(|error| NodeError::Projection(error.to_string()))??;
            *cursor = found.position;
            first.extend(found.first);
            let mut early: BTreeMap<String, Vec<(Grant, String)>> = BTreeMap::new();
            for (which, origin) in found.missing {
                let parked =
                    self.parked.lock().unwrap_or_else(PoisonError::into_inner).take(&which);
                match parked {
                    Some((from, grant)) => early.entry(from).or_default().push((grant, origin)),
                    // The grant is on its way: the first question waits for it a little.
                    None => wants.add(which, origin, Instant::now() + AGAIN / 2),
                }
            }
            for (from, early) in early {
                let (grants, origins): (Vec<Grant>, Vec<String>) = early.into_iter().unzip();
                let which: Vec<Which> =
                    grants.iter().map(|grant| (grant.alert.clone(), grant.commitment)).collect();
                let settled = self.holding.hold(&from, grants).await;
                // Whoever sent what is no key must not keep this node from asking for it.
                for (which, origin) in which.into_iter().zip(origins) {
                    if !settled.contains(&which) {
                        wants.add(which, origin, Instant::now());
                    }
                }
            }
        }
        Ok(first)
    }

    fn look(&self, reader: &Reader, after: u64) -> Result<Found, NodeError> {
        let batch = reader.after(after, BATCH)?;
        let mut found = Found {
            position: batch.last().map_or(u64::MAX >> 1, |stored| stored.position),
            missing: Vec::new(),
            first: Vec::new(),
        };
        for stored in batch {
            let header = stored.event.header();
            let (Some((commitment, _)), Some(alert)) =
                (sealed_with(&stored.event), header.alert.clone())
            else {
                continue;
            };
            if header.is_local() {
                continue;
            }
            if header.origin != self.holding.unit.as_str() {
                if self.holding.sealer.key(&commitment)?.is_none() {
                    found.missing.push(((alert, commitment), header.origin.clone()));
                }
                continue;
            }
            let before = reader.of_alert(&alert, stored.position - 1)?;
            let mut before = before.iter().filter(|before| !before.event.header().is_local());
            if !before.any(|before| names(before, &commitment)) {
                found.first.push(stored);
            }
        }
        Ok(found)
    }

    /// Grants the keys that this node has begun to use to every node of the zones where it did.
    async fn offer(&self, line: &Line, first: Vec<Stored>) {
        let this = self.clone();
        let made = tokio::task::spawn_blocking(move || this.offers(&first)).await;
        let offers = match made {
            Ok(Ok(offers)) => offers,
            Ok(Err(error)) => return tracing::warn!(%error, "keys are not offered"),
            Err(error) => return tracing::warn!(%error, "keys are not offered"),
        };
        let mut sent = JoinSet::new();
        for (to, grants) in offers {
            for grants in grants.chunks(GRANTS) {
                let offer = KeyExchange::Offered(grants.to_vec()).encode();
                let (line, from, to) = (line.clone(), self.holding.unit.clone(), to.clone());
                sent.spawn(async move {
                    // Who is not there asks when it is.
                    let _ = backfill::ask(&line, from.as_str(), to.as_str(), offer).await;
                });
            }
        }
        while sent.join_next().await.is_some() {}
    }

    fn offers(&self, first: &[Stored]) -> Result<BTreeMap<UnitId, Vec<Grant>>, NodeError> {
        let directory = self.holding.standing.directory();
        let mut offers: BTreeMap<UnitId, Vec<Grant>> = BTreeMap::new();
        for node in directory.nodes().filter(|node| node.unit != self.holding.unit) {
            let to = node.unit.as_str();
            let Some(key) = sealing_key(&directory, to) else { continue };
            for stored in first {
                let (Some((commitment, _)), Some(alert)) =
                    (sealed_with(&stored.event), stored.event.header().alert.as_deref())
                else {
                    continue;
                };
                let links = &stored.event.header().links;
                if links.iter().any(|link| is_entitled(&directory, to, &link.zone)) {
                    let grant = self.grant(to, &key, alert, &commitment)?;
                    offers.entry(node.unit.clone()).or_default().extend(grant);
                }
            }
        }
        Ok(offers)
    }

    /// Finds what is sealed here and nobody asks for: from before the start, or what slipped through.
    async fn remember(&self, wants: &mut Wants) -> Result<(), NodeError> {
        let this = self.clone();
        let found = tokio::task::spawn_blocking(move || this.sealed()).await;
        let found = found.map_err(|error| NodeError::Projection(error.to_string()))??;
        // Kept, and cut off before the log said so.
        let mut unsaid: BTreeMap<String, Vec<Which>> = BTreeMap::new();
        for (which, origin, is_here) in found {
            if is_here {
                unsaid.entry(origin).or_default().push(which);
            } else {
                wants.add(which, origin, Instant::now());
            }
        }
        for (origin, here) in unsaid {
            self.holding.note(&origin, here).await;
        }
        Ok(())
    }

    fn sealed(&self) -> Result<Vec<(Which, String, bool)>, NodeError> {
        let reader = Reader::open(&self.dir.join(LOG_FILE))?;
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = self.views.waiting_for_keys(after.as_ref(), BATCH)?;
            for alert in &page {
                let alert = alert.to_string();
                for stored in reader.of_alert(&alert, u64::MAX >> 1)? {
                    let header = stored.event.header();
                    let Some((commitment, _)) = sealed_with(&stored.event) else { continue };
                    if !header.is_local() {
                        let is_here = self.holding.sealer.key(&commitment)?.is_some();
                        found.push(((alert.clone(), commitment), header.origin.clone(), is_here));
                    }
                }
            }
            match page.last() {
                Some(last) if page.len() == BATCH => after = Some(last.clone()),
                _ => return Ok(found),
            }
        }
    }

    /// Asks for what is due. Tells when more will be.
    fn ask(&self, line: &Line, wants: &mut Wants, asking: &mut JoinSet<Asked>) -> Option<Instant> {
        let directory = self.holding.standing.directory();
        let asked = wants.questions(Instant::now(), |origin| self.peers(&directory, origin));
        for (peer, which) in asked.by_peer {
            let (line, from) = (line.clone(), self.holding.unit.clone());
            asking.spawn(async move {
                let request = KeyExchange::Wanted(which.clone()).encode();
                let answer = backfill::ask(&line, from.as_str(), peer.as_str(), request).await;
                Asked { peer, which, answer }
            });
        }
        asked.next
    }

    /// Whom to ask: who published it, who answers for it now, and then the others.
    fn peers(&self, directory: &Directory, origin: &str) -> Vec<UnitId> {
        let mut peers: Vec<UnitId> = origin.parse().into_iter().collect();
        let zones = directory.entitled_zones(&self.holding.unit);
        let others = directory.nodes().map(|node| &node.unit);
        peers.extend(
            others
                .filter(|unit| zones.iter().any(|zone| directory.is_entitled(unit, zone)))
                .cloned(),
        );
        let mut seen = BTreeSet::new();
        peers.retain(|unit| *unit != self.holding.unit && seen.insert(unit.clone()));
        peers
    }

    async fn take(&self, asked: Asked, wants: &mut Wants) {
        let Asked { peer, which, answer } = asked;
        let grants = match answer
            .map_err(|error| error.to_string())
            .and_then(|bytes| grant::parse(&bytes).map_err(|error| error.to_string()))
        {
            Ok(grants) => grants,
            Err(error) => {
                tracing::debug!(%peer, error, "no keys from there");
                return;
            }
        };
        let of = |grant: &Grant| (grant.alert.clone(), grant.commitment);
        let wanted = grants.into_iter().filter(|grant| which.contains(&of(grant)));
        // What was no key is asked for again, of the next one.
        for which in self.holding.hold(peer.as_str(), wanted.collect()).await {
            wants.remove(&which);
        }
    }
}

/// What is new in the log.
struct Found {
    position: u64,
    missing: Vec<(Which, String)>,
    first: Vec<Stored>,
}

fn sealing_key(directory: &Directory, unit: &str) -> Option<SealingPublicKey> {
    let tenure = directory.tenure(&unit.parse().ok()?)?;
    SealingPublicKey::from_bytes(&tenure.sealing_key?)
}

/// Whether a unit's node may have a key: it is in a zone to which an event under that key went, or it
/// answers for the alert by now.
fn is_for(stored: &[Stored], commitment: &Hash, to: &str, directory: &Directory) -> bool {
    let (Ok(unit), Some(first)) = (to.parse::<UnitId>(), stored.first()) else { return false };
    let alert = first.event.header().alert.as_deref().and_then(|id| id.parse::<AlertId>().ok());
    let responsible =
        alert.map(|alert| directory.answers_for(alert.issuer(), directory.head()).clone());
    let used: Vec<&Stored> = stored.iter().filter(|stored| names(stored, commitment)).collect();
    let in_zone = |stored: &&Stored| {
        let mut links = stored.event.header().links.iter();
        links.any(|link| link.zone != ZONE_LOCAL && is_entitled(directory, to, &link.zone))
    };
    !used.is_empty() && (responsible == Some(unit) || used.iter().any(in_zone))
}

/// Whether what it says is to be gone.
fn is_erased(stored: &[Stored]) -> bool {
    stored.iter().any(|stored| {
        let header = stored.event.header();
        [Kind::AlertErased.code(), Kind::KeysDestroyed.code()].contains(&header.kind.as_str())
    })
}

fn names(stored: &Stored, commitment: &Hash) -> bool {
    stored.event.header().key_commitment.as_ref() == Some(commitment)
}
