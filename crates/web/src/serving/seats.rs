//! Who is connected, and who has to go when there are too many.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

/// A place for each connection that may be open.
pub struct Seats {
    connections: usize,
    from_one: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    by_number: BTreeMap<u64, Place>,
}

struct Place {
    peer: IpAddr,
    /// Requests that are being answered.
    answered: usize,
    /// Since when none is.
    idle_since: Instant,
    leave: Arc<Notify>,
}

/// The place of a connection, for as long as it is open.
pub struct Seat {
    seats: Arc<Seats>,
    number: u64,
    leave: Arc<Notify>,
}

/// A request that is being answered.
pub struct InHand(Arc<Seat>);

impl Seats {
    pub fn new(connections: usize, from_one: usize) -> Self {
        Self { connections, from_one, taken: Mutex::default() }
    }

    /// A place for one more, if need be that of who has been idle for longest: of the same peer, when
    /// that one has as many as it may. `None`: nobody is idle.
    pub fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        let mut taken = self.lock();
        let of_peer = taken.by_number.values().filter(|place| place.peer == peer).count();
        if of_peer >= self.from_one && !taken.free(|place| place.peer == peer) {
            return None;
        }
        if taken.by_number.len() >= self.connections && !taken.free(|_| true) {
            return None;
        }
        taken.next += 1;
        let (number, leave) = (taken.next, Arc::new(Notify::new()));
        let place = Place { peer, answered: 0, idle_since: Instant::now(), leave: leave.clone() };
        taken.by_number.insert(number, place);
        Some(Seat { seats: self.clone(), number, leave })
    }

    /// Sends away who has been idle for longest.
    pub fn free_one(&self) {
        self.lock().free(|_| true);
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut Place)) {
        // Who was sent away is not there any more.
        if let Some(place) = self.lock().by_number.get_mut(&number) {
            change(place);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn free(&mut self, of: impl Fn(&Place) -> bool) -> bool {
        let idle = self.by_number.iter().filter(|(_, place)| place.answered == 0 && of(place));
        let oldest = idle.min_by_key(|(number, place)| (place.idle_since, **number));
        let Some(number) = oldest.map(|(number, _)| *number) else { return false };
        if let Some(place) = self.by_number.remove(&number) {
            place.leave.notify_one();
        }
        true
    }
}

impl Seat {
    /// Completes when the place is needed for somebody else.
    pub async fn left(&self) {
        self.leave.notified().await;
    }

    /// A request came in; it is answered until what is given back is dropped.
    pub fn answer(self: &Arc<Self>) -> InHand {
        self.seats.change(self.number, |place| place.answered += 1);
        InHand(self.clone())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.lock().by_number.remove(&self.number);
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.seats.change(self.0.number, |place| {
            place.answered = place.answered.saturating_sub(1);
            place.idle_since = Instant::now();
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_idle_for_longest_makes_room_and_who_is_answered_never() {
        let seats = Arc::new(Seats::new(3, 2));
        let [a, b]: [IpAddr; 2] = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse().unwrap());
        let first = Arc::new(seats.take(a).unwrap());
        let in_hand = first.answer();
        let second = seats.take(a).unwrap();
        let third = seats.take(a).unwrap();
        assert!(!seats.lock().by_number.contains_key(&second.number), "the same peer's idle one");
        assert!(seats.lock().by_number.contains_key(&first.number));
        let other = seats.take(b).unwrap();
        assert_eq!(seats.lock().by_number.len(), 3);
        let fourth = seats.take(b).unwrap();
        assert!(!seats.lock().by_number.contains_key(&third.number), "of all the oldest");
        let (other, fourth) = (Arc::new(other), Arc::new(fourth));
        let busy = [other.answer(), fourth.answer()];
        assert!(seats.take("10.0.0.3".parse().unwrap()).is_none(), "nobody is idle");
        drop(in_hand);
        assert!(seats.take("10.0.0.3".parse().unwrap()).is_some());
        drop(busy);
        drop((first, second, third, other, fourth));
        assert!(seats.lock().by_number.is_empty());
    }
}
