//! Faults: lines, servers, disks and peers that are not what they should be.

use std::collections::BTreeSet;

use giapranh_record::Hash;
use giapranh_record::beacon::{FeedHead, SignedBeacon};
use uuid::Uuid;

use super::founding::{PROVINCES, UNITS, key, province};
use super::step::{At, Lie};
use super::world::World;

impl World {
    pub fn cut(&mut self, at: At, cut: bool) {
        self.faults.cuts += u64::from(cut && !self.cut[at]);
        let was = std::mem::replace(&mut self.cut[at], cut);
        let up_ms = self.nodes[at].up_ms();
        let Some(life) = &mut self.nodes[at].life else { return };
        if cut {
            life.outbox.look_again();
        } else if was {
            life.line_up(up_ms);
        }
    }

    pub fn lose_stream(&mut self, of: usize, with_server: bool) {
        self.faults.streams += 1;
        self.streams.lose(PROVINCES[of]);
        if with_server {
            self.reconnect(of);
        }
    }

    pub fn roll_stream(&mut self, of: usize, with_durables: bool) {
        let Some(saved) = &self.saved[of] else { return };
        self.faults.streams += 1;
        self.streams.put_back(PROVINCES[of], saved, with_durables);
        self.reconnect(of);
    }

    /// The province's server was away: its clients connect again.
    fn reconnect(&mut self, of: usize) {
        for node in &mut self.nodes {
            if province(node.unit) == PROVINCES[of]
                && let Some(life) = &mut node.life
            {
                life.outbox.look_again();
            }
        }
    }

    pub fn put_back(&mut self, at: At, whole: bool) {
        let Some(backup) = self.nodes[at].disk.len().checked_sub(1) else { return };
        let there = self.nodes[at].events();
        let kept = &self.nodes[at].disk[backup].events;
        let mut lost: BTreeSet<Uuid> = there.into_keys().filter(|id| !kept.contains(id)).collect();
        for (other, node) in self.nodes.iter().enumerate() {
            if other != at {
                let there = node.events();
                lost.retain(|id| !there.contains_key(id));
            }
        }
        if whole {
            self.faults.disks += 1;
            self.unpromised.insert(at);
        } else {
            self.faults.logs += 1;
        }
        self.nodes[at].put_back(backup, whole);
        self.liars.remove(&at);
        self.gone.extend(lost);
        self.start(at);
    }

    pub fn lose_marker(&mut self, at: At) {
        self.faults.logs += 1;
        self.nodes[at].kill();
        let _ = std::fs::remove_file(self.nodes[at].dir.join(giapranh_log::MARKER_FILE));
        self.start(at);
    }

    pub fn lie(&mut self, at: At, lie: Lie) {
        let now_ms = self.nodes[at].now_ms();
        if self.nodes[at].life.is_none() {
            return;
        }
        self.faults.lies += 1;
        if lie == Lie::Garbage {
            self.liars.insert(at);
            return;
        }
        for zone in
            self.nodes[at].life.as_ref().map(|life| life.zones(UNITS[at])).into_iter().flatten()
        {
            let node = &mut self.nodes[at];
            node.counter = now_ms.max(node.counter + 1);
            let Some(running) = &node.life else { return };
            let mut beacon = running.beacon(UNITS[at], &zone, node.counter, now_ms);
            for unit in UNITS.iter().filter(|unit| **unit != UNITS[at]) {
                let known = beacon.heads.iter_mut().find(|head| head.origin == **unit);
                let hash = Hash::of(&[b"a lie", unit.as_bytes()]);
                match (lie, known) {
                    (Lie::Other, Some(head)) => head.hash = hash,
                    (_, Some(head)) => (head.seq, head.hash) = (head.seq + 7, hash),
                    (Lie::More, None) => {
                        let origin = (*unit).to_owned();
                        beacon.heads.push(FeedHead { origin, epoch: 1, seq: 3, hash });
                    }
                    _ => {}
                }
            }
            let signed: SignedBeacon =
                beacon.sign(&key(UNITS[at], running.epoch)).expect("a beacon");
            self.send(at, &zone, &signed.bytes().clone());
        }
    }
}
