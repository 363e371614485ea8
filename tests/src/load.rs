//! Commands from outside: clients that issue alerts at nodes which may die at any instant, and the
//! ledger of what these acknowledged.
//!
//! What must hold: an acknowledgement that a client has read stands in the ledger; a command without
//! an answer is *unknown*, it may have been recorded or not, and is never counted as acknowledged.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use giapranh_testkit::random::Random;
use serde_json::Value;

use crate::{api, story};

/// Between two tries at a node that does not answer: it bounds what asking costs.
const AWAY: Duration = Duration::from_millis(5);

/// Who issues what, and how fast.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    /// The unit whose node is asked.
    pub unit: &'static str,
    /// The zones of which each alert goes to one.
    pub zones: &'static [&'static str],
    /// The longest pause between two commands; the mean is half of it.
    pub pause_ms: usize,
}

/// A command that was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// By which unit.
    pub unit: &'static str,
    /// For which zone.
    pub zone: &'static str,
    /// The event, as the answer names it.
    pub event_id: String,
    /// The alert's headline, which no other command has.
    pub headline: String,
}

/// What the clients know.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In the order in which the answers were read.
    pub acknowledged: Vec<Acknowledged>,
    /// Headlines of commands to which no answer came, or one that was no acknowledgement.
    pub unknown: Vec<String>,
}

/// Clients at work. They end when this is dropped.
pub struct Load {
    ledger: Arc<Mutex<Ledger>>,
    stopping: Arc<AtomicBool>,
    clients: Vec<JoinHandle<()>>,
}

impl Load {
    /// Lets clients work at the nodes whose directories `dir_of` names.
    pub fn start(
        clients: &[Client],
        random: &mut Random,
        dir_of: impl Fn(&str) -> PathBuf,
    ) -> Self {
        let (ledger, stopping) = (Arc::<Mutex<Ledger>>::default(), Arc::<AtomicBool>::default());
        let begin = |(number, client): (usize, &Client)| {
            let (client, dir) = (*client, dir_of(client.unit));
            let (ledger, stopping) = (ledger.clone(), stopping.clone());
            let mut random = Random::new(random.number());
            thread::spawn(move || {
                let mut commands = 0;
                while !stopping.load(Ordering::Relaxed) {
                    commands += 1;
                    let headline = format!("{}: {number}-{commands} (ví dụ)", client.unit);
                    let zone = random.pick(client.zones);
                    let acknowledged = issue(&dir, client.unit, zone, headline, &ledger);
                    let pause = Duration::from_millis(random.below(client.pause_ms + 1) as u64);
                    thread::sleep(if acknowledged { pause } else { AWAY });
                }
            })
        };
        let clients = clients.iter().enumerate().map(begin).collect();
        Self { ledger, stopping, clients }
    }

    /// What the clients know so far.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many commands were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.ledger().acknowledged.len()
    }

    /// Lets the clients end; what they know. A command that is under way is awaited.
    pub fn stop(mut self) -> Ledger {
        self.end();
        std::mem::take(&mut *self.ledger())
    }

    fn end(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        for client in self.clients.drain(..) {
            // A client that panicked has told so.
            let _ = client.join();
        }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.end();
    }
}

/// One command; whether it was acknowledged.
fn issue(
    dir: &Path,
    unit: &'static str,
    zone: &'static str,
    headline: String,
    ledger: &Mutex<Ledger>,
) -> bool {
    let content = story::wanted("Nguyễn Văn Ví Dụ", &headline);
    let answer = api::command(dir, &story::issue_command(&content, zone));
    let event_id = answer.ok().and_then(|answer| event_id(&answer));
    let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
    let acknowledged = event_id.is_some();
    if let Some(event_id) = event_id {
        ledger.acknowledged.push(Acknowledged { unit, zone, event_id, headline });
    } else {
        ledger.unknown.push(headline);
    }
    acknowledged
}

fn event_id(answer: &Value) -> Option<String> {
    answer["event_id"].as_str().map(str::to_owned)
}
