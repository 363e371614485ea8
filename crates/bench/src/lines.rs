//! What is measured, one file a group of lines.

mod audit;
mod commands;
mod console;
mod directory;
mod healing;
mod ingest;
mod life;
mod live;
mod process;
mod publish;
mod rebuild;
mod replay;
mod sealing;
mod sizes;

use anyhow::Result;

use crate::context::Context;
use crate::report::Report;

pub use process::{INGEST, ingest_as_child};

/// Lines that are measured together.
pub struct Group {
    /// For `--only`.
    pub name: &'static str,
    /// For `--list`.
    pub about: &'static str,
    /// Measures them.
    pub run: fn(&Context, &mut Report) -> Result<()>,
}

/// Every group, in the order of the table.
pub const GROUPS: [Group; 14] = [
    Group {
        name: "live",
        about: "from a command at one node to the view of another, over a real nats-server",
        run: live::run,
    },
    Group {
        name: "commands",
        about: "commands decided, signed, chained and durable: 64 at once, and one at a time",
        run: commands::run,
    },
    Group {
        name: "ingest",
        about: "a backlog through the gate, into the log and the views; the strict check after it",
        run: ingest::run,
    },
    Group {
        name: "replay",
        about: "reading the log and folding every alert in memory",
        run: replay::run,
    },
    Group { name: "rebuild", about: "making the views anew from the log", run: rebuild::run },
    Group { name: "audit", about: "verifying a log: by chain, and strictly", run: audit::run },
    Group {
        name: "process",
        about: "memory while taking in a backlog, time to start, memory of an idle node",
        run: process::run,
    },
    Group {
        name: "directory",
        about: "judging an event, rendering configurations, how soon every node has a change",
        run: directory::run,
    },
    Group {
        name: "healing",
        about: "beacons of a large cluster, catching up from a peer and after an outage",
        run: healing::run,
    },
    Group {
        name: "life",
        about: "deciding and folding, pages of 100,000 alerts and of what is due, signing in",
        run: life::run,
    },
    Group {
        name: "console",
        about: "pages of a node with 100,000 alerts and 1,000,000 events, 100 open pages, memory",
        run: console::run,
    },
    Group {
        name: "sealing",
        about: "sealing, opening and granting; a sealed backlog; erasing one alert among 100,000",
        run: sealing::run,
    },
    Group { name: "publish", about: "publishing into JetStream, acknowledged", run: publish::run },
    Group { name: "sizes", about: "bytes of an event, and of the log for each", run: sizes::run },
];
