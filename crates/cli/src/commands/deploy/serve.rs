//! `giapranh deploy serve`: a server that follows the directory.
//!
//! The log of the node beside it is looked at every second. Whatever goes wrong on the way from the
//! directory to the server is said, and tried again; the server goes on with the configuration that
//! it has taken. An older directory than the one that this follows from never takes its place.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use giapranh_feed::render::CONFIG;
use giapranh_feed::server::{self, Lacking, RenderedServer};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_node::{Config, NodeError, deploy};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval};

use super::{Place, failed, failure, lock, try_lock};
use crate::args::deploy::Serve;
use crate::exit::{Exit, Failure};
use crate::{next, say};

/// How often the log is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How long it waits before the server is asked again to take what it did not take.
const AGAIN: Duration = Duration::from_secs(5);
/// What becomes of a server whose configuration can't be replaced.
const GOES_ON: &str = "the server goes on with the configuration that it has taken";
/// The feed that the directory arrives in.
const ZONE: &str = "directory";

/// Runs the server until it is told to end.
pub fn run(place: &Place, arguments: &Serve) -> Result<()> {
    let mut follower = Follower::of(place.dir()?, arguments);
    let runtime = tokio::runtime::Runtime::new().with_context(|| say!("no-threads"))?;
    runtime.block_on(async {
        // Listened to before the server starts: a signal in its first moment ends it cleanly too.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        follower.begin()?;
        follower.is_complete()?;
        let program = deploy::program().await.map_err(|error| failure::of_node(&error))?;
        let server = RenderedServer::start(&follower.server_dir(), program).await;
        let server = server.map_err(|error| failure::of_feed(&error))?;
        let mut state = server.state();
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = interrupt.recv() => break,
                _ = terminate.recv() => break,
                // What becomes of the server is told by who keeps it; that it is kept no more ends this.
                changed = state.changed() => if changed.is_err() {
                    return Err(Failure::new(Exit::Failed, say!("server-gone")).into());
                },
                _ = look.tick() => follower.follow(&server).await,
            }
        }
        server.stop().await;
        Ok(())
    })
}

/// From the directory to the configuration of a server.
struct Follower<'a> {
    dir: &'a Path,
    topology: &'a Path,
    out: &'a Path,
    name: &'a str,
    /// Up to where the log was looked through for the directory.
    position: u64,
    /// Something is to be rendered, or was and did not reach the server.
    behind: bool,
    /// The configuration that the server has taken.
    taken: Vec<u8>,
    /// Not handed to the server again before that.
    not_before: Instant,
    /// What was said of the last attempt, so that it is not said every second.
    said: String,
    /// What was said of the last configuration that was rendered.
    noted: Vec<String>,
}

impl<'a> Follower<'a> {
    fn of(dir: &'a Path, arguments: &'a Serve) -> Self {
        Self {
            dir,
            topology: &arguments.topology.topology,
            out: &arguments.topology.out,
            name: &arguments.server,
            position: 0,
            behind: false,
            taken: Vec::new(),
            not_before: Instant::now(),
            said: String::new(),
            noted: Vec::new(),
        }
    }

    fn server_dir(&self) -> PathBuf {
        self.out.join(self.name)
    }

    fn config(&self) -> PathBuf {
        self.server_dir().join(CONFIG)
    }

    /// Renders before the server starts. When that fails and there is a configuration, it is what
    /// the server starts with.
    fn begin(&mut self) -> Result<(), Failure> {
        self.behind = true;
        let rendered = lock(self.out).and_then(|lock| self.render(&lock));
        match rendered {
            Ok(()) => {}
            Err(failure) if self.config().exists() => {
                self.say(
                    &failure.message,
                    "the server starts with the configuration that lies there",
                );
            }
            Err(failure) => return Err(failure),
        }
        self.taken = std::fs::read(self.config()).unwrap_or_default();
        Ok(())
    }

    /// Refuses to start a server that could not: nats-server would only die again and again.
    fn is_complete(&self) -> Result<(), Failure> {
        let dir = self.server_dir();
        let lacking = server::lacking(&dir);
        let lacking = lacking.map_err(|error| {
            Failure::new(Exit::Failed, format!("{}: {error}", self.config().display()))
        })?;
        let Some(first) = lacking.first() else { return Ok(()) };
        let files: Vec<String> =
            lacking.iter().map(|lacking| lacking.path().display().to_string()).collect();
        let sentence = say!("server-lacks", server = self.name, files = files.join(", "));
        let tls = next::quoted(first.path().parent().unwrap_or(&dir));
        let line = match first {
            Lacking::Link(path) => {
                format!("{} --out {}", next::line("deploy link"), next::quoted(path))
            }
            Lacking::Authority(path) => format!("cp ca/ca.pem {}", next::quoted(path)),
            Lacking::Certificate(_) => {
                format!(
                    "giapranh deploy certificate --ca ca --server server --name HOST --out {tls}"
                )
            }
        };
        Err(Failure::new(Exit::NotFound, sentence).next(line))
    }

    /// Writes what the directory says now. Up to where the log was looked through is noted before
    /// it is read, so that what arrives meanwhile is found next time.
    fn render(&mut self, _alone: &File) -> Result<(), Failure> {
        let position = self.head().map_err(|error| failed(&error))?;
        if !self.knows_itself().map_err(|error| failed(&error))? {
            let failure = Failure::new(Exit::Unavailable, say!("directory-not-whole"));
            return Err(failure.next(next::line("node status")));
        }
        let written = deploy::write(self.dir, self.topology, self.out);
        let deployed = written.map_err(|error| failed(&error))?;
        if !deployed.servers.iter().any(|server| server == self.name) {
            let (server, there) = (self.name, deployed.servers.join(", "));
            let sentence = say!("no-such-server", server = server, there = there);
            let line = format!("cat {}", next::quoted(self.topology));
            return Err(Failure::new(Exit::NotFound, sentence).next(line));
        }
        tracing::info!(head = deployed.head, changed = deployed.changed.len(), "rendered");
        if self.noted != deployed.notes {
            deployed.notes.iter().for_each(|note| tracing::info!("{note}"));
            self.noted = deployed.notes;
        }
        self.position = position;
        self.behind = false;
        Ok(())
    }

    /// A directory that does not know the node beside the server has not arrived yet: what would
    /// follow from it lets nobody in, that node not either, and so nothing more would arrive.
    fn knows_itself(&self) -> Result<bool, NodeError> {
        let unit = Config::load(self.dir)?.unit;
        let directory = deploy::directory(self.dir)?;
        Ok(directory.all_nodes().any(|node| node.unit == unit))
    }

    async fn follow(&mut self, server: &RenderedServer) {
        match self.has_news() {
            Ok(news) => self.behind |= news,
            Err(error) => self.say(&error.to_string(), GOES_ON),
        }
        if self.behind {
            let rendered = match try_lock(self.out) {
                Ok(Some(lock)) => self.render(&lock),
                // Another one writes the same just now.
                Ok(None) => Ok(()),
                Err(failure) => Err(failure),
            };
            if let Err(failure) = rendered {
                self.say(&failure.message, GOES_ON);
            }
        }
        self.hand_on(server).await;
    }

    /// Lets the server take what is written for it, whoever wrote it.
    async fn hand_on(&mut self, server: &RenderedServer) {
        let Ok(written) = std::fs::read(self.config()) else { return };
        if written == self.taken || Instant::now() < self.not_before {
            return;
        }
        match server.reload().await {
            Ok(()) => {
                tracing::info!(server = self.name, "nats-server has taken the configuration");
                self.taken = written;
                self.said.clear();
            }
            Err(error) => {
                self.not_before = Instant::now() + AGAIN;
                self.say(&error.to_string(), GOES_ON);
            }
        }
    }

    fn has_news(&mut self) -> Result<bool, NodeError> {
        let head = self.head()?;
        if head == self.position {
            return Ok(false);
        }
        let reader = Reader::open(&self.dir.join(LOG_FILE))?;
        let news = !reader.of_zone(ZONE, self.position, head)?.is_empty();
        if !news {
            self.position = head;
        }
        Ok(news)
    }

    fn head(&self) -> Result<u64, NodeError> {
        Ok(Reader::open(&self.dir.join(LOG_FILE))?.head()?)
    }

    fn say(&mut self, what: &str, consequence: &str) {
        if self.said != what {
            tracing::warn!("{what}; {consequence}");
            what.clone_into(&mut self.said);
        }
    }
}
