//! Receipts: what a node held and since when, attested by itself in its `local` feed. Because of
//! them a time of arrival can't be changed later unseen.

use prost::Message;

use crate::{Hash, Malformed, Payload, proto};

/// The kind of a receipt.
pub const KIND: &str = "log.receipt";

const DOMAIN: &[u8] = b"giapranh/v1/receipt\n";

/// A hash over everything in a log: positions, times of arrival, leaf hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// The position up to which it goes; 0 for an empty log.
    pub position: u64,
    /// Its value there.
    pub hash: Hash,
}

/// What a node attests: the rows from `first` on had this hash when the receipt was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The first position that no earlier receipt attests.
    pub first: u64,
    /// The running hash up to the position before the receipt's own.
    pub running: Running,
}

impl Running {
    /// That of a log with nothing in it.
    pub const EMPTY: Self = Self { position: 0, hash: Hash::ZERO };

    /// That of the log with one more event. The position is the next one.
    #[must_use]
    pub fn then(self, arrived_ms: u64, leaf: Hash) -> Self {
        let position = self.position + 1;
        let numbers = [position.to_be_bytes(), arrived_ms.to_be_bytes()];
        let hash = Hash::of(&[DOMAIN, &self.hash.0, &numbers[0], &numbers[1], &leaf.0]);
        Self { position, hash }
    }
}

impl Receipt {
    /// The payload that says it.
    pub fn to_payload(self) -> Payload {
        let Self { first, running: Running { position: last, hash } } = self;
        let running = hash.0.to_vec().into();
        Payload::Plain(proto::Receipt { first, last, running }.encode_to_vec().into())
    }

    /// Reads a payload.
    pub fn from_payload(payload: &Payload) -> Result<Self, Malformed> {
        let Payload::Plain(bytes) = payload else {
            return Err(Malformed::Field("receipt", "is sealed"));
        };
        Self::decode(bytes)
    }

    /// Reads a plain payload.
    pub fn decode(plain: &[u8]) -> Result<Self, Malformed> {
        let raw = proto::Receipt::decode(plain).map_err(|_| Malformed::NotProtobuf("receipt"))?;
        let hash = Hash::from_slice(&raw.running)
            .ok_or(Malformed::Field("receipt.running", "is not 32 bytes"))?;
        Ok(Self { first: raw.first, running: Running { position: raw.last, hash } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_time_and_leaf_each_change_the_running_hash() {
        let (leaf, other) = (Hash::of(&[b"leaf"]), Hash::of(&[b"other"]));
        let first = Running::EMPTY.then(7, leaf);
        assert_eq!(first.position, 1);
        assert_ne!(first.hash, Running::EMPTY.then(8, leaf).hash);
        assert_ne!(first.hash, Running::EMPTY.then(7, other).hash);
        assert_ne!(first.hash, Running { position: 1, ..Running::EMPTY }.then(7, leaf).hash);
        assert_ne!(first.then(7, leaf).hash, Running { hash: other, ..first }.then(7, leaf).hash);
    }

    #[test]
    fn a_receipt_reads_back() {
        let running = Running::EMPTY.then(7, Hash::of(&[b"leaf"]));
        let receipt = Receipt { first: 1, running };
        assert_eq!(Receipt::from_payload(&receipt.to_payload()), Ok(receipt));
        assert!(Receipt::from_payload(&Payload::Plain(vec![0xff].into())).is_err());
        let cut = proto::Receipt { running: vec![0; 31].into(), ..Default::default() };
        assert!(Receipt::from_payload(&Payload::Plain(cut.encode_to_vec().into())).is_err());
    }
}
