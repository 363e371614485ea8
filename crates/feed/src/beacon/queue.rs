//! Beacons that were heard and wait to be looked at.

use std::collections::VecDeque;

use super::Heard;

/// Most beacons of one unit in one zone that wait: a newer one says all that an older one said, and
/// one that somebody else said in the unit's name must not take the place of its own.
const OF_ONE: usize = 4;
/// Most beacons that wait.
const BEACONS: usize = 1024;
/// Most bytes that wait.
const BYTES: usize = 16 * 1024 * 1024;
/// Most bytes of one unit, in all its zones, once half of all the room is taken: large beacons of
/// many zones would leave none.
const BYTES_OF_ONE: usize = 1024 * 1024;

const _: () = assert!(OF_ONE * 2 <= BEACONS && BYTES_OF_ONE * 4 <= BYTES);
const _: () = assert!(giapranh_record::limits::BEACON_BYTES * OF_ONE <= BYTES_OF_ONE);

#[derive(Default)]
pub(super) struct Queue {
    waiting: VecDeque<Heard>,
    bytes: usize,
}

impl Queue {
    /// Whether nothing was dropped.
    pub(super) fn put(&mut self, heard: Heard) -> bool {
        let is_of_it = |other: &Heard| other.unit == heard.unit && other.zone == heard.zone;
        let of_it = self.waiting.iter().filter(|other| is_of_it(other)).count();
        let oldest = self.waiting.iter().position(is_of_it);
        let replaced = oldest.filter(|_| of_it >= OF_ONE).and_then(|at| self.waiting.remove(at));
        self.bytes -= replaced.as_ref().map_or(0, |old| old.bytes.len());
        if self.waiting.len() == BEACONS
            || self.bytes + heard.bytes.len() > BYTES
            || self.crowds_out(&heard)
        {
            return false;
        }
        self.bytes += heard.bytes.len();
        self.waiting.push_back(heard);
        replaced.is_none()
    }

    /// Whether a unit whose beacons take much of the room would take still more.
    fn crowds_out(&self, heard: &Heard) -> bool {
        if self.bytes <= BYTES / 2 {
            return false;
        }
        let of_it = self.waiting.iter().filter(|other| other.unit == heard.unit);
        of_it.map(|other| other.bytes.len()).sum::<usize>() + heard.bytes.len() > BYTES_OF_ONE
    }

    /// The one that has waited longest.
    pub(super) fn take(&mut self) -> Option<Heard> {
        let heard = self.waiting.pop_front()?;
        self.bytes -= heard.bytes.len();
        Some(heard)
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&Heard) -> bool) {
        self.waiting.retain(keep);
        self.bytes = self.waiting.iter().map(|heard| heard.bytes.len()).sum();
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn heard(unit: &str, bytes: Vec<u8>) -> Heard {
        Heard { zone: "z".into(), unit: unit.into(), bytes: Bytes::from(bytes) }
    }

    fn taken(queue: &mut Queue) -> Vec<(String, u8)> {
        std::iter::from_fn(|| queue.take()).map(|it| (it.unit, it.bytes[0])).collect()
    }

    #[test]
    fn a_flood_of_one_unit_keeps_its_newest_and_crowds_out_nobody() {
        let mut queue = Queue::default();
        assert!(queue.put(heard("long-an", vec![1])));
        for number in 0..=255 {
            assert_eq!(queue.put(heard("hcm", vec![number])), number < 4, "{number}");
        }
        assert!(queue.put(heard("long-an", vec![2])));
        let newest = (252..=255).map(|number| ("hcm".into(), number));
        let expected: Vec<_> = [("long-an".into(), 1)]
            .into_iter()
            .chain(newest)
            .chain([("long-an".into(), 2)])
            .collect();
        assert_eq!(taken(&mut queue), expected);
    }

    #[test]
    fn large_beacons_of_many_zones_leave_room_for_others() {
        let mut queue = Queue::default();
        for zone in 0..200 {
            let bytes = Bytes::from(vec![0; 256 * 1024]);
            queue.put(Heard { zone: format!("z{zone}"), unit: "hcm".into(), bytes });
        }
        assert!((BYTES / 2..BYTES - 256 * 1024).contains(&queue.bytes), "{}", queue.bytes);
        assert!(queue.put(heard("long-an", vec![0; 256 * 1024])));
    }

    #[test]
    fn what_waits_is_bounded_in_number_and_in_bytes() {
        let mut queue = Queue::default();
        let kept = (0..3000).filter(|unit| queue.put(heard(&format!("u{unit}"), vec![0]))).count();
        assert_eq!(kept, BEACONS);
        assert_eq!(taken(&mut queue).len(), BEACONS);

        let megabyte = || vec![0; 1024 * 1024];
        let kept = (0..40).filter(|unit| queue.put(heard(&format!("u{unit}"), megabyte()))).count();
        assert_eq!(kept, BYTES / (1024 * 1024));
        queue.take();
        assert!(queue.put(heard("x", megabyte())) && !queue.put(heard("y", vec![1])));
        queue.retain(|heard| heard.unit == "x");
        assert!(queue.put(heard("y", vec![1])));
        assert_eq!(taken(&mut queue).len(), 2);
    }
}
