//! Whose an arrival is, proven before the writer has to do with it.
//!
//! A chain authenticates backwards: one signature, that of the newest event of a run, vouches for
//! all before it under the same key. That is what makes catching up fast. The signatures that were
//! not looked at here are checked strictly in the background (see `checking`).

use std::collections::HashMap;

use giapranh_record::event::Event;
use giapranh_record::{Hash, Keyring, Malformed, Unverified, Verified};

use crate::Arrival;

/// An arrival, read as far as it can be without the log.
pub(crate) struct Candidate {
    pub arrival: Arrival,
    pub read: Result<Author, Malformed>,
}

/// Whether an event's author is known.
pub(crate) enum Author {
    /// By its own signature, or by a later event of the batch.
    Proven(Box<Verified>),
    /// Its key is not known, or the signature is not of that key: the gate tells which.
    Unproven(Box<Unverified>),
}

impl Author {
    /// By the event's own signature, if its key is known.
    fn by_signature(event: Box<Unverified>, keyring: &dyn Keyring) -> Self {
        let public_key = keyring.find(&event.key_id()).map(|(public_key, _)| public_key);
        match public_key.map(|public_key| event.clone().verify(&public_key)) {
            Some(Ok(proven)) => Self::Proven(Box::new(proven)),
            Some(Err(_)) | None => Self::Unproven(event),
        }
    }

    /// Looks again for the key of what is not proven.
    pub fn again(self, keyring: &dyn Keyring) -> Self {
        match self {
            Self::Unproven(event) => Self::by_signature(event, keyring),
            proven @ Self::Proven(_) => proven,
        }
    }

    /// The event, whoever made it.
    pub fn event(&self) -> &Event {
        match self {
            Self::Proven(event) => event,
            Self::Unproven(event) => event,
        }
    }
}

/// Reads a batch and proves authors from its end to its beginning, with as few signatures as it
/// takes. The order stays.
pub(crate) fn prove(arrivals: Vec<Arrival>, keyring: &dyn Keyring) -> Vec<Candidate> {
    let mut proven: Vec<Candidate> = Vec::with_capacity(arrivals.len());
    // Leaf hashes that a proven event names as its predecessor, and where that one is in `proven`.
    let mut named: HashMap<Hash, usize> = HashMap::new();
    for arrival in arrivals.into_iter().rev() {
        let read = Unverified::parse(arrival.bytes.clone())
            .map(|event| author(event, &proven, &named, keyring));
        if let Ok(Author::Proven(event)) = &read {
            let predecessors = event.header().links.iter().map(|link| link.prev);
            named.extend(predecessors.map(|leaf| (leaf, proven.len())));
        }
        proven.push(Candidate { arrival, read });
    }
    proven.reverse();
    proven
}

fn author(
    event: Unverified,
    later: &[Candidate],
    named: &HashMap<Hash, usize>,
    keyring: &dyn Keyring,
) -> Author {
    let successor = named.get(&event.leaf()).and_then(|at| later.get(*at));
    if let Some(Candidate { read: Ok(Author::Proven(by)), .. }) = successor
        && by.names(&event)
        && let Some(event) = event.clone().vouched(by)
    {
        return Author::Proven(Box::new(event));
    }
    Author::by_signature(Box::new(event), keyring)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use giapranh_record::{
        Facts, Header, KeyId, Link, Payload, PublicKey, Signer, SigningKey, Unsigned,
    };

    use super::*;

    struct Counting {
        key: PublicKey,
        asked: std::sync::Mutex<Cell<u32>>,
    }

    impl Keyring for Counting {
        fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
            let asked = self.asked.lock().unwrap();
            asked.set(asked.get() + 1);
            (self.key.id() == *id).then(|| (self.key, "hcm".to_owned()))
        }
    }

    /// A run of events of one feed; those at `garbage` carry a signature that is none.
    fn run(length: u64, garbage: &[u64]) -> (SigningKey, Vec<Arrival>) {
        let key = SigningKey::from_seed(&[7; 32]);
        let mut prev = Hash::ZERO;
        let arrivals = (0..length).map(|index| {
            let header = Header {
                event_id: uuid::Uuid::from_u128(
                    0x0190_0000_0000_7000_8000 << 48 | u128::from(index),
                ),
                kind: "alert.issued".into(),
                origin: "hcm".into(),
                acting_unit: "hcm".into(),
                epoch: 1,
                index,
                recorded_ms: 0,
                directory_seq: 0,
                alert: None,
                drafted_by: None,
                approved_by: None,
                causes: vec![],
                facts: Facts::default(),
                erase_by_ms: None,
                key_commitment: None,
                links: vec![Link { zone: "cluster".into(), seq: index + 1, prev }],
            };
            let event = Unsigned::new(header, Payload::Plain(Vec::new().into())).unwrap();
            prev = event.leaf();
            let mut bytes = event.sign(&key).bytes().to_vec();
            *bytes.last_mut().unwrap() ^= u8::from(garbage.contains(&index));
            Arrival { subject: String::new(), named: None, bytes: bytes.into() }
        });
        let arrivals = arrivals.collect();
        (key, arrivals)
    }

    fn proven(garbage: &[u64], without: &[usize]) -> (Vec<bool>, u32) {
        let (key, mut arrivals) = run(5, garbage);
        for at in without {
            arrivals.remove(*at);
        }
        let keyring = Counting { key: key.public_key(), asked: Cell::new(0).into() };
        let proven = prove(arrivals, &keyring);
        let is_proven = |one: &Candidate| matches!(one.read, Ok(Author::Proven(_)));
        (proven.iter().map(is_proven).collect(), keyring.asked.into_inner().unwrap().get())
    }

    #[test]
    fn one_signature_proves_a_run() {
        assert_eq!(proven(&[], &[]), (vec![true; 5], 1));
    }

    #[test]
    fn a_run_goes_as_far_as_it_is_unbroken() {
        assert_eq!(proven(&[], &[2]), (vec![true; 4], 2));
    }

    #[test]
    fn what_nobody_proven_names_stands_on_its_own_signature() {
        assert_eq!(proven(&[4], &[]), (vec![true, true, true, true, false], 2));
        assert_eq!(proven(&[3, 4], &[]), (vec![true, true, true, false, false], 3));
        assert_eq!(proven(&[1], &[2]), (vec![true, false, true, true], 3));
    }

    #[test]
    fn a_garbage_signature_inside_a_run_does_not_change_whose_it_is() {
        assert_eq!(proven(&[0, 2], &[]), (vec![true; 5], 1));
    }
}
