//! `kill -9` of nats-server under load; its store deleted; its store replaced by an older copy while
//! others have published since: none of it costs an acknowledged event or doubles one.
//!
//! 8 kills, `GIAPRANH_LONG=1`: 50. It prints its seed; `GIAPRANH_SEED` draws the same instants.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;
mod siege;

use std::path::{Path, PathBuf};
use std::process::Command;

use giapranh_testkit::figures::{Figures, by_length};
use siege::{Siege, UNITS};

/// What becomes of the store while the server is dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Store {
    Stays,
    Deleted,
    /// A copy from an earlier kill takes its place.
    Older,
}

#[test]
fn kills_of_the_server_cost_nothing() {
    besiege("kill-nats", by_length(8, 50), &[Store::Stays]);
}

#[test]
fn a_store_that_is_deleted_is_filled_again() {
    besiege("nats-store-deleted", by_length(3, 20), &[Store::Deleted, Store::Stays]);
}

#[test]
fn a_store_that_is_replaced_by_an_older_copy_is_brought_up_again() {
    besiege("nats-store-older", by_length(4, 20), &[Store::Stays, Store::Older]);
}

/// Kills the server so often; the store fares in turn as told.
fn besiege(suite: &str, kills: usize, stores: &[Store]) {
    let mut siege = Siege::begin();
    let store = siege.cluster().root().join("nats");
    let copy = siege.cluster().root().join("nats-copy");
    for (made, fate) in stores.iter().cycle().take(kills).enumerate() {
        siege.pass(500);
        siege.cluster().nats.kill();
        match fate {
            Store::Stays => replace(&store, &copy),
            Store::Deleted => std::fs::remove_dir_all(&store).unwrap(),
            Store::Older => replace(&copy, &store),
        }
        // Commands go on without a server.
        let more = siege.random.below(40);
        siege.wait_commands(more);
        siege.cluster().nats.restart().unwrap();
        let unit = UNITS[made % UNITS.len()];
        siege.heal(unit, &format!("kill {} ({fate:?})", made + 1));
        // So that the copy of this moment is an older one when it comes back.
        siege.wait_commands(20);
    }
    siege.end(Figures::of(suite).with("kills", kills));
}

/// Puts a copy of one directory in the place of the other.
fn replace(from: &Path, to: &PathBuf) {
    if to.exists() {
        std::fs::remove_dir_all(to).unwrap();
    }
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}
