//! Vectors of single events.

mod envelope;
mod fields;
mod keys;
mod rules;
mod sound;

use std::io;

use giapranh_record::{Hash, Header, Payload, Signer as _};

use super::index::{Collection, Enrolled, EventFacts, Expect, Vector};
use super::world;

const KIND: &str = "event";
/// Larger ones are spelled out in the index.
const FILE_BYTES: usize = 4096;

/// Bytes, and what the page says about them.
struct Case {
    name: String,
    bytes: Vec<u8>,
    verdict: &'static str,
    why: String,
    expect: Option<EventFacts>,
    /// Other keys than the two units'.
    keys: Option<Vec<Enrolled>>,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let cases = [sound::cases(), envelope::cases(), fields::cases(), rules::cases(), keys::cases()];
    for case in cases.into_iter().flatten() {
        let keys = case.keys.unwrap_or_else(enrolled);
        let vector = Vector::new(KIND, &format!("event/{}", case.name), case.verdict, &case.why);
        let vector = vector.keys(keys);
        let vector = match case.expect {
            Some(facts) => vector.expect(Expect::Event(Box::new(facts))),
            None => vector,
        };
        if case.bytes.len() > FILE_BYTES {
            collection.spell(vector, &case.bytes);
        } else {
            collection.add(vector, "event", &case.bytes)?;
        }
    }
    Ok(())
}

impl Case {
    fn broken(name: &str, bytes: Vec<u8>, verdict: &'static str, why: &str) -> Self {
        let (name, why) = (name.to_owned(), why.to_owned());
        Self { name, bytes, verdict, why, expect: None, keys: None }
    }

    fn malformed(name: &str, bytes: Vec<u8>, why: &str) -> Self {
        Self::broken(name, bytes, "malformed", why)
    }

    /// An event signed by Long An whose bytes mean this header and payload.
    fn valid(name: &str, bytes: (&[u8], &[u8]), means: (&Header, &Payload), why: &str) -> Self {
        let sealed = seal(bytes.0, bytes.1);
        let key_id = world::key(world::LONG_AN).public_key().id();
        let leaf = Hash::leaf(bytes.0, bytes.1);
        let expect = Some(EventFacts::new(leaf, key_id, means.0, means.1));
        Self { expect, ..Self::broken(name, sealed, "valid", why) }
    }
}

/// The two units whose keys a verifier of these vectors knows.
fn enrolled() -> Vec<Enrolled> {
    [world::HCM, world::LONG_AN]
        .map(|unit| Enrolled::new(unit, &world::key(unit).public_key()))
        .to_vec()
}

/// Signed by Long An.
fn seal(header: &[u8], payload: &[u8]) -> Vec<u8> {
    world::seal(header, payload, &world::key(world::LONG_AN))
}

/// The plain payload of most of these vectors.
fn payload() -> Payload {
    world::plain(*b"giap ranh")
}
