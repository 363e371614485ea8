//! What is sealed opens for the right key under its own header, and every way around is refused by name.

use bytes::Bytes;
use giapranh_record::event::Event;
use giapranh_record::grant::{self, GrantError, KeyExchange};
use giapranh_record::seal::{OpenError, open};
use giapranh_record::{
    DataKey, Facts, Grant, Hash, Header, Link, Malformed, Payload, Seal, SealingKey, SigningKey,
    Unsigned,
};
use proptest::prelude::*;

const TEXT: &[u8] = "Nguyễn Văn Thí Dụ, 59-X1 000.00".as_bytes();
const ALERT: &str = "hcm/2024/000001";

fn header(index: u64) -> Header {
    Header {
        event_id: uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
        kind: "alert.issued".into(),
        origin: "hcm".into(),
        acting_unit: "hcm".into(),
        epoch: 1,
        index,
        recorded_ms: 1_700_000_000_000,
        directory_seq: 9,
        alert: Some(ALERT.into()),
        drafted_by: None,
        approved_by: None,
        causes: vec![],
        facts: Facts::default(),
        erase_by_ms: None,
        key_commitment: None,
        links: vec![Link { zone: "hcm-long-an".into(), seq: 1, prev: Hash::ZERO }],
    }
}

fn key(seed: u8) -> DataKey {
    DataKey::from_bytes([seed; 32])
}

fn sealed(header: Header, text: &[u8], seed: u8) -> Event {
    let seal = Seal { key: key(seed), nonce: [seed; 24] };
    let unsigned = Unsigned::sealed(header, text, &seal).expect("a sound event");
    Event::clone(&unsigned.sign(&SigningKey::from_seed(&[7; 32])))
}

/// The event that has this header and that payload.
fn put_together(header: &Event, payload: &Event) -> Event {
    let unsigned = Unsigned::new(header.header().clone(), payload.payload().clone());
    Event::clone(&unsigned.expect("it is well-formed").sign(&SigningKey::from_seed(&[7; 32])))
}

#[test]
fn what_was_sealed_opens_for_its_key() {
    let event = sealed(header(0), TEXT, 1);
    assert_eq!(open(&event, &key(1)).unwrap(), TEXT);
    assert_eq!(event.header().key_commitment, Some(key(1).commitment()));
    let read = Event::parse(event.bytes().clone()).unwrap();
    assert_eq!(open(&read, &key(1)).unwrap(), TEXT);
}

/// As docs/SPEC.md has it.
#[test]
fn a_key_is_named_by_its_commitment() {
    let commitment = key(1).commitment().to_string();
    assert_eq!(commitment, "f9bdbd7faa41c0fc07d56035f35071803801c26de7de822bf32d435ee3738ba6");
}

#[test]
fn the_bytes_hold_nothing_of_the_text() {
    let event = sealed(header(0), TEXT, 1);
    let word = "Thí Dụ".as_bytes();
    assert!(!event.bytes().windows(word.len()).any(|window| window == word));
    assert!(TEXT.windows(word.len()).any(|window| window == word), "the search itself works");
}

#[test]
fn a_swapped_payload_is_refused_under_the_same_key() {
    let (one, other) = (sealed(header(0), TEXT, 1), sealed(header(1), b"another", 1));
    assert_eq!(open(&put_together(&one, &other), &key(1)), Err(OpenError::Altered));
    assert_eq!(open(&put_together(&other, &one), &key(1)), Err(OpenError::Altered));
}

#[test]
fn a_second_key_is_refused_whatever_it_would_open() {
    let event = sealed(header(0), TEXT, 1);
    assert_eq!(open(&event, &key(2)), Err(OpenError::OtherKey));
    // The commitment of the other key in the header: then it is not what was sealed.
    let claims = Header { key_commitment: Some(key(2).commitment()), ..event.header().clone() };
    let unsigned = Unsigned::new(claims, event.payload().clone()).unwrap();
    let forged = Event::clone(&unsigned.sign(&SigningKey::from_seed(&[7; 32])));
    assert_eq!(open(&forged, &key(2)), Err(OpenError::Altered));
    assert_eq!(open(&forged, &key(1)), Err(OpenError::OtherKey));
}

#[test]
fn what_is_plain_is_said_to_be() {
    let plain = Unsigned::new(header(0), Payload::Plain(Bytes::from_static(TEXT))).unwrap();
    let plain = Event::clone(&plain.sign(&SigningKey::from_seed(&[7; 32])));
    assert_eq!(open(&plain, &key(1)), Err(OpenError::Plain));
}

#[test]
fn no_changed_byte_opens() {
    let event = sealed(header(0), TEXT, 1);
    let Payload::Sealed { nonce, ciphertext } = event.payload().clone() else { panic!("sealed") };
    for at in 0..ciphertext.len() {
        let mut changed = ciphertext.to_vec();
        changed[at] ^= 1;
        let payload = Payload::Sealed { nonce, ciphertext: changed.into() };
        let unsigned = Unsigned::new(event.header().clone(), payload).unwrap();
        let changed = Event::clone(&unsigned.sign(&SigningKey::from_seed(&[7; 32])));
        assert_eq!(open(&changed, &key(1)), Err(OpenError::Altered), "byte {at}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_before_it_is_sealed() {
    let seal = Seal { key: key(1), nonce: [1; 24] };
    let most = giapranh_record::limits::PAYLOAD_BYTES - giapranh_record::limits::SEALING_BYTES;
    assert!(Unsigned::sealed(header(0), &vec![0; most], &seal).is_ok());
    let refused = Unsigned::sealed(header(0), &vec![0; most + 1], &seal);
    assert!(matches!(refused, Err(Malformed::TooLong { what: "payload", .. })), "{refused:?}");
}

#[test]
fn a_key_is_never_shown() {
    let shown = format!("{:?}", Seal { key: key(0xab), nonce: [0; 24] });
    assert!(!shown.contains("171") && !shown.contains("ab, ab"), "{shown}");
}

fn granted() -> (SealingKey, Grant) {
    let node = SealingKey::from_seed(&[5; 32]);
    let grant = Grant::seal(&key(1), ALERT, "long-an", node.public_key(), [9; 32]);
    (node, grant.expect("a usable key"))
}

#[test]
fn a_grant_gives_its_key_to_its_node() {
    let (node, grant) = granted();
    assert_eq!(grant.open("long-an", &node).unwrap(), key(1));
    let bytes = grant::encode(std::slice::from_ref(&grant));
    assert_eq!(grant::parse(&bytes).unwrap(), [grant]);
}

#[test]
fn a_grant_for_another_unit_is_refused() {
    let (node, grant) = granted();
    let refused = grant.open("tay-ninh", &node);
    assert_eq!(refused, Err(GrantError::ForAnother("long-an".into())));
    // Named anew, it is bound to another name than was sealed.
    let renamed = Grant { to: "tay-ninh".into(), ..grant.clone() };
    assert_eq!(renamed.open("tay-ninh", &node), Err(GrantError::DoesNotOpen));
    let other = SealingKey::from_seed(&[6; 32]);
    assert_eq!(grant.open("long-an", &other), Err(GrantError::DoesNotOpen));
}

#[test]
fn a_grant_for_another_alert_or_key_is_refused() {
    let (node, grant) = granted();
    let moved = Grant { alert: "hcm/2024/000002".into(), ..grant.clone() };
    assert_eq!(moved.open("long-an", &node), Err(GrantError::DoesNotOpen));
    let claimed = Grant { commitment: key(2).commitment(), ..grant };
    assert_eq!(claimed.open("long-an", &node), Err(GrantError::DoesNotOpen));
}

#[test]
fn a_grant_that_is_cut_anywhere_is_none() {
    let (node, grant) = granted();
    let bytes = grant::encode(std::slice::from_ref(&grant));
    for length in 1..bytes.len() {
        let cut = grant::parse(&bytes[..length]);
        let opens = cut.is_ok_and(|grants| grants.iter().any(|g| g.open("long-an", &node).is_ok()));
        assert!(!opens, "{length} bytes");
    }
}

#[test]
fn a_key_that_can_be_nobodys_is_none() {
    assert!(giapranh_record::SealingPublicKey::from_bytes(&[0; 32]).is_none());
    assert!(giapranh_record::SealingPublicKey::from_bytes(&[1; 31]).is_none());
}

#[test]
fn what_is_asked_about_keys_is_told_from_a_range() {
    let wanted = KeyExchange::Wanted(vec![(ALERT.into(), key(1).commitment())]);
    let offered = KeyExchange::Offered(vec![granted().1]);
    for asked in [wanted, offered] {
        let bytes = asked.encode();
        assert!(KeyExchange::is_one(&bytes));
        assert_eq!(KeyExchange::parse(&bytes).unwrap(), asked);
        assert!(giapranh_record::page::RangeRequest::parse(&bytes).is_err());
    }
    let range = giapranh_record::page::RangeRequest {
        zone: "cluster".into(),
        origin: "hcm".into(),
        epoch: 1,
        from_seq: 1,
        until_seq: 0,
    };
    assert!(!KeyExchange::is_one(&range.encode()));
    assert!(KeyExchange::parse(&KeyExchange::Wanted(Vec::new()).encode()).is_err());
    let many =
        KeyExchange::Wanted(vec![(ALERT.into(), Hash::ZERO); giapranh_record::limits::GRANTS + 1]);
    assert!(KeyExchange::parse(&many.encode()).is_err());
}

proptest! {
    #[test]
    fn any_text_comes_back(text in proptest::collection::vec(any::<u8>(), 0..2_000), seed: u8) {
        let event = sealed(header(0), &text, seed);
        prop_assert_eq!(open(&event, &key(seed)).unwrap(), text);
    }

    #[test]
    fn no_bytes_bring_the_decoders_down(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = grant::parse(&bytes);
        let _ = KeyExchange::parse(&bytes);
    }
}
