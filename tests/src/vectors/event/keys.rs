//! Keys and signatures: another's, changed, malleable, and the weak ones.

use giapranh_record::{Hash, KeyId, Signer as _};

use super::super::curve::{self, SMALL_ORDER, SMALL_ORDER_AGAIN};
use super::super::index::{Enrolled, EventFacts, hex};
use super::super::world::{self, HCM, LONG_AN, TAY_NINH};
use super::{Case, payload};

pub fn cases() -> Vec<Case> {
    let mut cases = others();
    cases.extend(flips());
    cases.extend(weak_keys());
    cases.extend(weak_commitments());
    cases.extend(mixed());
    cases.push(of_another_epoch());
    cases
}

/// The unit's own key, which is known for the epoch after the event's.
fn of_another_epoch() -> Case {
    let (header, body) = bodies();
    let bytes = world::seal(&header, &body, &world::key(LONG_AN));
    let public_key = world::key(LONG_AN).public_key();
    let why = "the key is enrolled for epoch 2 of long-an, the event is of epoch 1";
    let case = Case::broken("key-of-another-epoch", bytes, "key-of-another-epoch", why);
    Case { keys: Some(vec![Enrolled::of_epoch(LONG_AN, 2, &public_key)]), ..case }
}

fn bodies() -> (Vec<u8>, Vec<u8>) {
    (world::header().encode(), payload().encode())
}

/// SHA-256 of any 32 bytes as a key, whether they are one or not.
fn key_id(key: &[u8; 32]) -> Hash {
    Hash::of(&[b"giapranh/v1/key\n", key])
}

/// The event of Long An with this key enrolled to it, and this signature by it.
fn with_key(key: &[u8; 32], sign: impl FnOnce(&[u8]) -> [u8; 64]) -> (Vec<u8>, Vec<Enrolled>) {
    let (header, payload) = bodies();
    let key_id = key_id(key);
    let signature = sign(&world::message(key_id, Hash::leaf(&header, &payload)));
    let enrolled = Enrolled { unit: LONG_AN.into(), public_key: hex(key), epoch: None };
    (world::envelope(&header, &payload, &key_id.0, &signature), vec![enrolled])
}

fn keyed(
    name: &str,
    verdict: &'static str,
    (bytes, keys): (Vec<u8>, Vec<Enrolled>),
    why: &str,
) -> Case {
    let mut case = Case::broken(name, bytes, verdict, why);
    case.keys = Some(keys);
    if verdict == "valid" || verdict == "signature" {
        let (header, body) = bodies();
        let key = case.keys.iter().flatten().next().map(|key| curve::bytes(&key.public_key));
        let key_id = KeyId(key_id(&key.unwrap_or_default()));
        let leaf = Hash::leaf(&header, &body);
        case.expect = Some(EventFacts::new(leaf, key_id, &world::header(), &payload()));
    }
    case
}

fn others() -> Vec<Case> {
    let (header, body) = bodies();
    let leaf = Hash::leaf(&header, &body);
    let (own, other) = (world::key(LONG_AN), world::key(HCM));
    let own_id = own.public_key().id().0;
    let by = |signer: &giapranh_record::SigningKey, message: &[u8]| {
        world::envelope(&header, &body, &own_id.0, &signer.sign(message))
    };
    let id_first = [&own_id.0[..], &leaf.0].concat();
    let whole = [&b"giapranh/v1/event\n"[..], &own_id.0, &header, &body].concat();
    let good = own.sign(&world::message(own_id, leaf));
    let more = |times| world::envelope(&header, &body, &own_id.0, &curve::malleated(&good, times));
    let case = Case::broken;
    let above = "S is L or more: a second signature that anybody can make of the first";
    vec![
        case(
            "unknown-key",
            world::seal(&header, &body, &world::key(TAY_NINH)),
            "unknown-key",
            "a key that was enrolled to nobody",
        ),
        case(
            "key-of-another",
            world::seal(&header, &body, &other),
            "key-of-another",
            "a good signature, but the key is enrolled to hcm and the origin is long-an",
        ),
        case(
            "signature-of-another",
            by(&other, &world::message(own_id, leaf)),
            "signature",
            "the key id is long-an's, the signature was made with hcm's key",
        ),
        case(
            "signature-other-leaf",
            by(&own, &world::message(own_id, Hash::ZERO)),
            "signature",
            "a signature over another leaf",
        ),
        case(
            "signature-no-domain",
            by(&own, &id_first),
            "signature",
            "the signed message lacks its first line",
        ),
        case(
            "signature-of-bytes",
            by(&own, &whole),
            "signature",
            "the signed message holds the bytes where the leaf hash belongs",
        ),
        case(
            "signature-zeros",
            world::envelope(&header, &body, &own_id.0, &[0; 64]),
            "signature",
            "64 zero bytes",
        ),
        case("s-plus-l", more(1), "signature", above),
        case("s-plus-7l", more(7), "signature", above),
        case("s-plus-14l", more(14), "signature", above),
    ]
}

/// One bit of each field.
fn flips() -> Vec<Case> {
    let (header, body) = bodies();
    let good = super::seal(&header, &body);
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 0x01;
        bytes
    };
    let end = good.len();
    let case = Case::broken;
    // From the end: the signature's 64 bytes, its tag and length, the key id's 32.
    vec![
        // The last byte of the header belongs to prev, and a first link has one of zeros.
        case(
            "flip-prev",
            flipped(header.len() + 2),
            "malformed",
            "one bit of the header's last byte",
        ),
        case("flip-time", flipped(at_time(&good)), "signature", "one bit of the time recorded"),
        case(
            "flip-payload",
            flipped(end - 64 - 2 - 32 - 2 - 1),
            "signature",
            "one bit of the payload",
        ),
        case("flip-key-id", flipped(end - 64 - 2 - 1), "unknown-key", "one bit of the key id"),
        case("flip-r", flipped(end - 64), "signature", "one bit of R"),
        case("flip-s", flipped(end - 32), "signature", "one bit of S"),
        case("flip-tag", flipped(0), "malformed", "one bit of the first tag"),
    ]
}

/// Where the header's time begins: field 7, a varint.
fn at_time(event: &[u8]) -> usize {
    let time = super::super::wire::varint(world::START_MS);
    event.windows(time.len()).position(|window| window == time).unwrap_or_default()
}

fn weak_keys() -> Vec<Case> {
    let weak = |n: usize, text: &str, again: &str, why: &str| {
        let key = curve::Key::of_small_order(curve::bytes(text));
        let sign = |message: &[u8]| {
            // With such a challenge the equation holds under any key of small order.
            let signature = key.sign_where(message, curve::divisible).unwrap_or([0; 64]);
            assert!(key.holds(message, &signature), "a lax verifier must be taken in");
            signature
        };
        let name = format!("key-small-order{again}-{}", n + 1);
        keyed(&name, "unknown-key", with_key(&key.bytes, sign), why)
    };
    let small = "a key of small order is no key; the equation holds, for it holds for any message";
    let twice = "a key of small order in a second encoding is no key";
    let second = "y is p or more: a second encoding of a key is no key";
    let other = world::key(LONG_AN);
    let second_encoding = |sign: bool| {
        let encodings = curve::second_encodings(sign);
        let encodings = encodings.into_iter().enumerate().map(move |(n, bytes)| (sign, n, bytes));
        encodings.collect::<Vec<_>>()
    };
    let seconds = [second_encoding(false), second_encoding(true)].concat();
    let seconds = seconds.into_iter().map(|(sign, n, bytes)| {
        let name = format!("key-not-canonical-{}{}", n + 1, if sign { "-sign" } else { "" });
        keyed(&name, "unknown-key", with_key(&bytes, |message| other.sign(message)), second)
    });
    let off = off_the_curve();
    assert!(!curve::is_point(&off));
    let off = with_key(&off, |message| other.sign(message));
    let first = SMALL_ORDER.iter().enumerate().map(|(n, text)| weak(n, text, "", small));
    let again =
        SMALL_ORDER_AGAIN.iter().enumerate().map(|(n, text)| weak(n, text, "-again", twice));
    first
        .chain(again)
        .chain(seconds)
        .chain([keyed("key-no-point", "unknown-key", off, "32 bytes that are no point")])
        .collect()
}

/// y = 2 is on no point of the curve.
fn off_the_curve() -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = 2;
    bytes
}

/// R of small order, in all encodings, under a proper key.
fn weak_commitments() -> Vec<Case> {
    let key = curve::key(b"a proper key", None);
    let case = |(n, text): (usize, &&str)| {
        let sign = |message: &[u8]| key.sign_with(&curve::bytes(text), message);
        let name = format!("r-small-order-{}", n + 1);
        let why = if n < SMALL_ORDER.len() {
            "R is of small order"
        } else {
            "R is of small order, in a second encoding"
        };
        keyed(&name, "signature", with_key(&key.bytes, sign), why)
    };
    let all = [&SMALL_ORDER[..], &SMALL_ORDER_AGAIN[..]].concat();
    let mut cases: Vec<Case> = all.iter().enumerate().map(case).collect();
    let second = curve::second_encodings(false)[0];
    let sign = |message: &[u8]| key.sign_with(&second, message);
    let why = "the y of R is p or more";
    cases.push(keyed("r-not-canonical", "signature", with_key(&key.bytes, sign), why));
    cases
}

/// A key that is the sum of a proper point and one of order 8.
fn mixed() -> Vec<Case> {
    let torsion = curve::bytes(SMALL_ORDER[4]);
    let key = curve::key(b"a key of mixed order", Some(&torsion));
    let holds = with_key(&key.bytes, |message| {
        let signature = key.sign_where(message, curve::divisible).unwrap_or([0; 64]);
        assert!(key.holds(message, &signature), "the equation must hold");
        signature
    });
    let holds_by_cofactor = with_key(&key.bytes, |message| {
        let signature = key.sign_where(message, |k| !curve::divisible(k)).unwrap_or([0; 64]);
        assert!(!key.holds(message, &signature), "the equation must not hold");
        assert!(key.holds_with_cofactor(message, &signature), "times 8 it must hold");
        signature
    });
    vec![
        keyed(
            "key-mixed-order",
            "valid",
            holds,
            "a key that is not of small order, but has a part of small order; the equation holds",
        ),
        keyed(
            "key-mixed-order-cofactor",
            "signature",
            holds_by_cofactor,
            "the equation holds only when both sides are multiplied by 8",
        ),
        keyed(
            "key-mixed-order-r",
            "signature",
            of_small_commitment(&torsion),
            "R is of small order, and the equation holds",
        ),
    ]
}

/// An event under some key of mixed order whose R is of small order, and the equation holds.
fn of_small_commitment(torsion: &[u8; 32]) -> (Vec<u8>, Vec<Enrolled>) {
    let attempt = |n: u8| {
        let key = curve::key(&[n], Some(torsion));
        let mut found = false;
        let event = with_key(&key.bytes, |message| {
            let by = |text: &&str| key.sign_with(&curve::bytes(text), message);
            let holding = SMALL_ORDER.iter().map(by).find(|one| key.holds(message, one));
            found = holding.is_some();
            holding.unwrap_or([0; 64])
        });
        found.then_some(event)
    };
    (0..=u8::MAX).find_map(attempt).expect("two keys in three have such an R")
}
