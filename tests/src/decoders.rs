//! Every decoder that faces the network or a file, as a function of bytes: for `fuzz/`, whose tools
//! search with an eye on the code that was reached, and for the test that changes good bytes at
//! random for as long as it is given.
//!
//! What must hold of each, whatever the bytes: it comes back, without a panic and without taking
//! more memory than the bytes allow for; what it accepts it gives back as it was, and once read it
//! reads the same again. Whether the bytes were accepted is told, so that a run knows that it did
//! not only knock at a closed door.

mod seeds;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bytes::Bytes;
use giapranh_audit::evidence;
use giapranh_domain::event::{Body, Kind};
use giapranh_domain::{Command, wire};
use giapranh_feed::render::{self, Members, Node, Province, Source};
use giapranh_feed::{PublicNkey, Seed, Subject, Version};
use giapranh_log::{LOG_FILE, MARKER_FILE, Marker};
use giapranh_node::{Anchor, Enrolment};
use giapranh_record::beacon::SignedBeacon;
use giapranh_record::checkpoint::Checkpoint;
use giapranh_record::event::Event;
use giapranh_record::grant::{self, KeyExchange};
use giapranh_record::limits::{BEACON_HEADS, PAGE_EVENTS};
use giapranh_record::page::{Page, RangeRequest};
use giapranh_record::proof::{Consistency, Inclusion};
use giapranh_record::receipt::Receipt;
use giapranh_record::view::{EventView, HeaderView, PayloadView};
use giapranh_record::{DataKey, Header, SealingKey, Signer as _, SigningKey, seal};

pub use seeds::seeds;

/// A decoder.
#[derive(Clone, Copy)]
pub struct Decoder {
    /// Its name, and that of its target in `fuzz/`.
    pub name: &'static str,
    /// Gives it bytes; whether it accepted them.
    pub decode: fn(&[u8]) -> bool,
    /// The directory of `docs/vectors` whose files are good to begin with.
    pub vectors: &'static str,
}

/// All of them.
pub const DECODERS: [Decoder; 18] = [
    Decoder { name: "event", decode: event, vectors: "event" },
    Decoder { name: "header", decode: header, vectors: "event" },
    Decoder { name: "beacon", decode: beacon, vectors: "" },
    Decoder { name: "page", decode: page, vectors: "" },
    Decoder { name: "range_request", decode: range_request, vectors: "" },
    Decoder { name: "keys", decode: keys, vectors: "" },
    Decoder { name: "sealed", decode: sealed, vectors: "" },
    Decoder { name: "receipt", decode: receipt, vectors: "" },
    Decoder { name: "checkpoint", decode: checkpoint, vectors: "checkpoint" },
    Decoder { name: "proof", decode: proof, vectors: "inclusion" },
    Decoder { name: "evidence", decode: evidence_file, vectors: "evidence" },
    Decoder { name: "log", decode: log_file, vectors: "log" },
    Decoder { name: "marker", decode: marker, vectors: "" },
    Decoder { name: "payload", decode: payload, vectors: "" },
    Decoder { name: "command", decode: command, vectors: "" },
    Decoder { name: "topology", decode: topology, vectors: "" },
    Decoder { name: "enrolment", decode: enrolment, vectors: "" },
    Decoder { name: "names", decode: names, vectors: "" },
];

/// The decoder of that name.
///
/// # Panics
/// When there is none: a mistake in the target.
pub fn named(name: &str) -> Decoder {
    let found = DECODERS.into_iter().find(|decoder| decoder.name == name);
    found.unwrap_or_else(|| panic!("there is no decoder {name}"))
}

/// An event in its envelope, by both readers.
fn event(bytes: &[u8]) -> bool {
    let view = EventView::parse(bytes).is_ok();
    let Ok(event) = Event::parse(Bytes::copy_from_slice(bytes)) else {
        assert!(!view, "the one reads it, the other does not");
        return false;
    };
    assert!(view, "the one reads it, the other does not");
    assert_eq!(event.bytes(), bytes, "other bytes are kept than came");
    assert!(event.header().check().is_ok());
    // A random signature may be none, and must not stop anybody.
    let _ = event.check_signature(&key().public_key());
    true
}

/// A header, and a payload, by themselves.
fn header(bytes: &[u8]) -> bool {
    let _ = PayloadView::parse(bytes);
    let view = HeaderView::parse(bytes).is_ok();
    let Ok(header) = Header::decode(bytes) else { return view };
    let again = Header::decode(&header.encode());
    assert!(again.is_ok_and(|again| again == header), "it does not read back");
    true
}

fn beacon(bytes: &[u8]) -> bool {
    let Ok(signed) = SignedBeacon::parse(Bytes::copy_from_slice(bytes)) else { return false };
    assert_eq!(signed.bytes(), bytes, "other bytes are kept than came");
    assert!(signed.beacon().heads.len() <= BEACON_HEADS);
    true
}

fn page(bytes: &[u8]) -> bool {
    let Ok(page) = Page::parse(&Bytes::copy_from_slice(bytes)) else { return false };
    assert!(page.events.len() <= PAGE_EVENTS);
    assert!(page.events.iter().map(Bytes::len).sum::<usize>() <= bytes.len());
    assert_eq!(Page::parse(&page.encode()).as_ref(), Ok(&page), "it does not read back");
    let request = RangeRequest {
        zone: "hcm-long-an".to_owned(),
        origin: "hcm".to_owned(),
        epoch: 1,
        from_seq: 1,
        until_seq: 0,
    };
    // Mostly an answer to something else.
    let _ = page.check(&request);
    true
}

fn range_request(bytes: &[u8]) -> bool {
    let Ok(request) = RangeRequest::parse(bytes) else { return false };
    assert_eq!(RangeRequest::parse(&request.encode()).as_ref(), Ok(&request));
    true
}

/// What nodes ask each other about keys, what they answer, and a file of grants; each grant is opened.
fn keys(bytes: &[u8]) -> bool {
    let exchange = KeyExchange::parse(bytes);
    if let Ok(exchange) = &exchange {
        assert!(KeyExchange::is_one(&exchange.encode()));
        assert_eq!(KeyExchange::parse(&exchange.encode()).as_ref(), Ok(exchange));
    }
    let (answer, file) = (grant::parse(bytes), grant::parse_file(bytes));
    let offered = match &exchange {
        Ok(KeyExchange::Offered(grants)) => grants.as_slice(),
        _ => &[],
    };
    let grants = offered.iter().chain(answer.iter().flatten()).chain(file.iter().flatten());
    for grant in grants {
        if let Ok(key) = grant.open("hcm", &sealing_key()) {
            assert_eq!(key.commitment(), grant.commitment, "another key than it names");
        }
    }
    exchange.is_ok() || answer.is_ok() || file.is_ok()
}

/// An event with a payload that is sealed under the key that everybody knows here: it opens as it was
/// sealed, or not.
fn sealed(bytes: &[u8]) -> bool {
    let Ok(event) = Event::parse(Bytes::copy_from_slice(bytes)) else { return false };
    let Ok(text) = seal::open(&event, &data_key()) else { return false };
    assert_eq!(text, SEALED_TEXT.as_bytes(), "something else opens");
    true
}

fn receipt(bytes: &[u8]) -> bool {
    Receipt::decode(bytes).is_ok()
}

/// A checkpoint's note, signed by the key that everybody knows here.
fn checkpoint(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let opened = Checkpoint::open(text, &key().public_key());
    opened.is_ok_and(|checkpoint| {
        assert!(checkpoint.sign(&key()).starts_with("giapranh.v1/"));
        true
    })
}

/// A proof that something stands in a tree, or that a tree grew.
fn proof(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let inclusion = Inclusion::parse(text);
    let consistency = Consistency::parse(text);
    if let Ok(proof) = &inclusion {
        let again = Inclusion::parse(&proof.to_text());
        assert_eq!(again.as_ref(), Ok(proof), "it does not read back");
    }
    if let Ok(proof) = &consistency {
        let again = Consistency::parse(&proof.to_text());
        assert_eq!(again.as_ref(), Ok(proof), "it does not read back");
    }
    inclusion.is_ok() || consistency.is_ok()
}

fn evidence_file(bytes: &[u8]) -> bool {
    evidence::verify(bytes, None, &mut |_| {}).is_ok_and(|report| report.holds())
}

/// A log's file, as an auditor opens it.
fn log_file(bytes: &[u8]) -> bool {
    let Ok(dir) = scratch() else { return false };
    let path = dir.0.join(LOG_FILE);
    if fs::write(&path, bytes).is_err() {
        return false;
    }
    let _ = giapranh_audit::recognise(&path);
    giapranh_audit::log::verify(&path, None, &[], &mut |_, _| {}).is_ok_and(|report| report.holds())
}

/// The marker, and an anchor, as they lie in a node's directory.
fn marker(bytes: &[u8]) -> bool {
    let Ok(dir) = scratch() else { return false };
    let path = dir.0.join(MARKER_FILE);
    if fs::write(&path, bytes).is_err() {
        return false;
    }
    let anchor = Anchor::load(&path).is_ok();
    anchor || Marker::open(&path).is_ok_and(|marker| marker.is_some())
}

/// The payload of any kind: the first byte picks the kind.
fn payload(bytes: &[u8]) -> bool {
    let Some((first, rest)) = bytes.split_first() else { return false };
    let kind = Kind::ALL[usize::from(*first) % Kind::ALL.len()].code();
    let body = wire::decode(kind, Bytes::copy_from_slice(rest));
    if matches!(body, Body::Unreadable) {
        return false;
    }
    let encoded = wire::encode(&body);
    let again = wire::decode(kind, encoded.clone());
    assert_eq!(wire::encode(&again), encoded, "{kind} does not read back");
    true
}

/// What a client of the API sends.
fn command(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Command>(bytes).is_ok()
}

fn topology(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    match render::render(&members(), Source { name: "topology.toml", text }) {
        Ok(_) => true,
        Err(problems) => {
            assert!(problems.iter().next().is_some(), "refused, and nobody says why");
            false
        }
    }
}

/// A province and its node, for whom a topology may be rendered.
fn members() -> Members {
    static MEMBERS: OnceLock<Members> = OnceLock::new();
    let made = MEMBERS.get_or_init(|| {
        let key = || Seed::generate().map(|seed| seed.public().clone()).ok();
        let province = Province { id: "hcm".to_owned(), owner: key(), link: key() };
        let node = |key| Node { unit: "hcm".to_owned(), key, zones: ["cluster".to_owned()].into() };
        Members::new(vec![province], key().map(node).into_iter().collect())
    });
    made.clone()
}

/// A request to be enrolled.
fn enrolment(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Enrolment>(bytes).is_ok_and(|request| request.key().is_ok())
}

/// The names that come from outside: nkeys, subjects, versions.
fn names(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let subject = text.parse::<Subject>();
    if let Ok(subject) = &subject {
        assert_eq!(subject.to_string(), text, "it does not read back");
    }
    let nkey = text.parse::<PublicNkey>();
    if let Ok(nkey) = &nkey {
        assert_eq!(nkey.as_str(), text, "it does not read back");
    }
    let seed = Seed::from_text(text).is_ok();
    subject.is_ok() || nkey.is_ok() || seed || text.parse::<Version>().is_ok()
}

/// The key of the seeds that are made here. Nobody may use it but a test.
pub fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

/// The key of payloads that are sealed here.
pub fn data_key() -> DataKey {
    DataKey::from_bytes([9; 32])
}

/// What opens the grants that are made here.
pub fn sealing_key() -> SealingKey {
    SealingKey::from_seed(&[11; 32])
}

/// What payloads that are sealed here say.
pub const SEALED_TEXT: &str = "Không ai cả (ví dụ)";

/// A directory that goes when it is dropped; in memory where the machine has that.
struct Scratch(PathBuf);

fn scratch() -> std::io::Result<Scratch> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let shared = Path::new("/dev/shm");
    let root = if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() };
    let (process, number) = (std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let dir = root.join(format!("giapranh-decoders-{process}-{number}"));
    fs::create_dir(&dir)?;
    Ok(Scratch(dir))
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind is small, and in a directory for what is temporary.
        let _ = fs::remove_dir_all(&self.0);
    }
}
