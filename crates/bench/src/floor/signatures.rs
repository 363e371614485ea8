//! Verifying Ed25519 signatures strictly, one after the other, on every core.

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use ed25519_dalek::{Signature, VerifyingKey};
use giapranh_record::{Hash, proto};
use prost::Message as _;

/// A signature with what it is over.
pub struct Signed {
    key: VerifyingKey,
    message: Vec<u8>,
    signature: Signature,
}

/// The signatures of events; nothing of this is measured. `key_of` gives an origin's key,
/// decompressed already.
pub fn of<'a>(
    events: impl Iterator<Item = &'a Bytes>,
    key_of: impl Fn(&str) -> Result<VerifyingKey>,
) -> Result<Vec<Signed>> {
    let signed = |bytes: &Bytes| {
        let event = proto::SignedEvent::decode(bytes.clone())?;
        let leaf = Hash::leaf(&event.header, &event.payload);
        let origin = proto::Header::decode(event.header)?.origin;
        let signature: [u8; 64] = event.signature.as_ref().try_into().context("a signature")?;
        let message = [b"giapranh/v1/event\n".as_slice(), &event.key_id, &leaf.0].concat();
        let signature = Signature::from_bytes(&signature);
        Ok(Signed { key: key_of(&origin)?, message, signature })
    };
    events.map(signed).collect()
}

/// Verifies all of them.
pub fn verify(signed: &[Signed]) -> Result<()> {
    let share = signed.len().div_ceil(crate::machine::cores()).max(1);
    let holds = |one: &&Signed| one.key.verify_strict(&one.message, &one.signature).is_ok();
    let good: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = signed
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().filter(holds).count()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
    });
    ensure!(good == signed.len(), "{} signatures do not hold", signed.len() - good);
    Ok(())
}
