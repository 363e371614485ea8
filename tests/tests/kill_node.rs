//! `kill -9` of a node at any instant, under load, again and again: every acknowledged command is in
//! the issuer's log and in every entitled peer's, once, and everything verifies.
//!
//! 20 kills, `GIAPRANH_LONG=1`: 200. It prints its seed; `GIAPRANH_SEED` draws the same instants.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;
mod siege;

use giapranh_testkit::figures::{Figures, by_length};
use siege::{Siege, UNITS};

#[test]
fn what_was_acknowledged_survives_every_kill_of_a_node() {
    let kills = by_length(20, 200);
    let mut siege = Siege::begin();
    let mut made = 0;
    while made < kills {
        siege.pass(300);
        let victim = siege.random.pick(&UNITS);
        siege.cluster().kill(victim);
        made += 1;
        // Mostly it is started again at once, as a supervisor does; at times others go on alone.
        let away_ms = if siege.random.percent(30) { 600 } else { 0 };
        siege.pass(away_ms);
        siege.cluster().start(victim).unwrap();
        if siege.random.percent(25) {
            // Once more while it starts, whatever it is doing.
            siege.pass(400);
            siege.cluster().kill(victim);
            made += 1;
            siege.cluster().start(victim).unwrap();
        }
        siege.heal(victim, &format!("{victim} after kill {made}"));
    }
    siege.end(Figures::of("kill-node").with("kills", made));
}
