//! Good bytes to begin with, for each decoder.

use std::fs;
use std::path::Path;

use bytes::Bytes;
use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::{self, proto, proto::proposal::What};
use giapranh_feed::Seed;
use giapranh_record::beacon::{Beacon, FeedHead, LocalHead};
use giapranh_record::checkpoint::Checkpoint;
use giapranh_record::event::Event;
use giapranh_record::grant::{self, KeyExchange};
use giapranh_record::merkle::Tree;
use giapranh_record::page::{Page, RangeRequest};
use giapranh_record::receipt::{Receipt, Running};
use giapranh_record::view::EventView;
use giapranh_record::{Grant, Hash, Payload, Seal, Signer as _, Unsigned};
use serde_json::json;

use super::{Decoder, SEALED_TEXT, data_key, key, sealing_key};
use crate::story;

/// Larger vectors are about limits, and slow to change byte by byte.
const LARGEST: u64 = 64 * 1024;

/// All that there is: files of `docs/vectors`, which lies in `vectors`, and what is made here.
pub fn seeds(decoder: Decoder, vectors: &Path) -> Vec<Vec<u8>> {
    let mut seeds = files(vectors, decoder.vectors);
    match decoder.name {
        "header" => seeds = headers(&seeds),
        "proof" => seeds.extend(files(vectors, "consistency")),
        _ => {}
    }
    seeds.extend(made(decoder.name, vectors));
    seeds
}

fn files(vectors: &Path, directory: &str) -> Vec<Vec<u8>> {
    if directory.is_empty() {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(vectors.join(directory)) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let small = |path: &std::path::PathBuf| {
        fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() <= LARGEST)
    };
    paths.into_iter().filter(small).filter_map(|path| fs::read(path).ok()).collect()
}

/// The headers and payloads in envelopes.
fn headers(events: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let inner = |bytes: &Vec<u8>| {
        let event = Event::parse(Bytes::from(bytes.clone())).ok()?;
        let _ = EventView::parse(bytes).ok()?;
        Some([event.header().encode(), event.payload().encode()])
    };
    events.iter().filter_map(inner).flatten().collect()
}

fn made(name: &str, vectors: &Path) -> Vec<Vec<u8>> {
    match name {
        "beacon" => vec![beacon(0), beacon(1), beacon(40)],
        "page" => pages(&files(vectors, "event")),
        "range_request" => vec![request(1, 0), request(7, 90)],
        "keys" => keys(),
        "sealed" => sealed(&files(vectors, "event")),
        "receipt" => receipts(),
        "checkpoint" => vec![checkpoint()],
        "payload" => payloads(),
        "command" => commands(),
        "topology" => topologies(),
        "enrolment" => vec![enrolment()],
        "marker" => vec![anchor(), marker()],
        "names" => names(),
        _ => Vec::new(),
    }
}

fn beacon(heads: u64) -> Vec<u8> {
    let head = |n: u64| FeedHead {
        origin: format!("unit-{n}"),
        epoch: 1,
        seq: n + 1,
        hash: Hash::of(&[&n.to_be_bytes()]),
    };
    let beacon = Beacon {
        unit: "hcm".to_owned(),
        epoch: 1,
        zone: "hcm-long-an".to_owned(),
        instance: [3; 16],
        counter: 1_717_117_200_000,
        sent_ms: 1_717_117_200_000,
        directory_seq: 12,
        local: LocalHead { count: 4, hash: Hash::of(&[b"local"]) },
        heads: (0..heads).map(head).collect(),
    };
    beacon.sign(&key()).map(|signed| signed.bytes().to_vec()).unwrap_or_default()
}

fn pages(events: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let events: Vec<Bytes> = events.iter().take(6).cloned().map(Bytes::from).collect();
    let page = |count: usize| Page { events: events[..count].to_vec(), head_seq: 9 };
    [0, 1, events.len()].map(|count| page(count.min(events.len())).encode().to_vec()).into()
}

fn request(from_seq: u64, until_seq: u64) -> Vec<u8> {
    let (zone, origin) = ("hcm-long-an".to_owned(), "hcm".to_owned());
    RangeRequest { zone, origin, epoch: 1, from_seq, until_seq }.encode().to_vec()
}

fn keys() -> Vec<Vec<u8>> {
    let (alert, key) = ("hcm/2024/000123".to_owned(), data_key());
    let grant = Grant::seal(&key, &alert, "hcm", sealing_key().public_key(), [5; 32]);
    let grants: Vec<Grant> = grant.into_iter().collect();
    let wanted = KeyExchange::Wanted(vec![(alert, key.commitment())]);
    let offered = KeyExchange::Offered(grants.clone());
    [wanted.encode(), offered.encode(), grant::encode(&grants)].map(Vec::from).into()
}

/// Events as others, but sealed.
fn sealed(events: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let with = Seal { key: data_key(), nonce: [13; 24] };
    let seal = |bytes: &Vec<u8>| {
        let header = Event::parse(Bytes::from(bytes.clone())).ok()?.header().clone();
        let event = Unsigned::sealed(header, SEALED_TEXT.as_bytes(), &with).ok()?;
        Some(event.sign(&key()).bytes().to_vec())
    };
    events.iter().filter_map(seal).take(4).collect()
}

fn receipts() -> Vec<Vec<u8>> {
    let running = Running::EMPTY.then(1_717_117_200_000, Hash::of(&[b"leaf"]));
    match (Receipt { first: 1, running }).to_payload() {
        Payload::Plain(plain) => vec![plain.to_vec()],
        Payload::Sealed { .. } => Vec::new(),
    }
}

fn checkpoint() -> Vec<u8> {
    let tree: Tree = (0..5_u8).map(|n| Hash::of(&[&[n]])).collect();
    Checkpoint::of("hcm", 1, &tree).sign(&key()).into_bytes()
}

/// One of each kind, behind the byte that picks it.
fn payloads() -> Vec<Vec<u8>> {
    let content = serde_json::from_value(story::wanted("Nguyễn Văn Ví Dụ", "Ví dụ"));
    let version = proto::AlertVersion {
        version: 1,
        content: content.ok(),
        reason: "ví dụ".to_owned(),
        zones: vec!["hcm-long-an".to_owned()],
    };
    let issue = proto::Issue { zones: version.zones.clone(), content: version.content.clone() };
    let proposal = proto::Proposal { what: Some(What::Issue(issue)) };
    let saved = proto::DraftSaved { version: 1, proposal: Some(proposal) };
    let hiding = proto::Hiding { until: "2024-12-31".to_owned(), ..Default::default() };
    let outcome = "arrested".to_owned();
    // On the heap: each is as large as a whole alert.
    let bodies = vec![
        (Kind::DraftSaved, Body::DraftSaved(saved)),
        (Kind::AlertHidden, Body::AlertHidden(hiding)),
        (Kind::AlertAcknowledged, Body::AlertAcknowledged(proto::Acknowledgement { version: 1 })),
        (
            Kind::HitConcluded,
            Body::HitConcluded(proto::Conclusion { outcome, ..Default::default() }),
        ),
        (Kind::AlertIssued, Body::AlertIssued(version.clone())),
        (Kind::AlertAmended, Body::AlertAmended(version)),
        (Kind::AlertWithdrawn, Body::AlertWithdrawn(proto::Withdrawal::default())),
        (Kind::HitReported, Body::HitReported(proto::Hit { version: 1, ..Default::default() })),
        (Kind::HitAnswered, Body::HitAnswered(proto::Answer::default())),
        (Kind::DirectoryChanged, Body::DirectoryChanged(proto::DirectoryChanged::default())),
    ];
    let of_each = Kind::ALL.iter().enumerate().map(|(at, kind)| {
        let known = bodies.iter().find(|(one, _)| one == kind);
        let body = known.map_or_else(Bytes::new, |(_, body)| wire::encode(body));
        let first = u8::try_from(at).unwrap_or_default();
        [&[first], &body[..]].concat()
    });
    of_each.collect()
}

fn commands() -> Vec<Vec<u8>> {
    let content = story::wanted("Nguyễn Văn Ví Dụ", "Ví dụ");
    let issue = story::issue_command(&content, "hcm-long-an");
    let draft = json!({
        "act": "save-draft", "version": 0,
        "proposal": { "issue": { "zones": ["hcm-long-an"], "content": content } }
    });
    [issue, draft].map(|command| command.to_string().into_bytes()).into()
}

fn topologies() -> Vec<Vec<u8>> {
    let files = "certificate = \"tls/one.pem\"\nkey = \"tls/one.key\"\n";
    let single = format!(
        "topology = \"single\"\n\n[[server]]\nname = \"one\"\nlisten = \"127.0.0.1:4222\"\n{files}"
    );
    let leaf = format!(
        "topology = \"leaf\"\n\n[hub]\nname = \"hub\"\nlisten = \"127.0.0.1:4222\"\n\
         leaf_listen = \"127.0.0.1:7422\"\nleaf = \"localhost:7422\"\n{files}\n\
         [[leaf]]\nprovince = \"hcm\"\nlisten = \"127.0.0.1:4223\"\n{files}"
    );
    vec![single.into_bytes(), leaf.into_bytes()]
}

fn enrolment() -> Vec<u8> {
    let public_key = key().public_key().to_hex();
    let nats_key = Seed::generate().map(|seed| seed.public().to_string()).unwrap_or_default();
    let text = json!({
        "unit": "hcm", "public_key": public_key, "serves": ["hcm_cu-chi"], "epoch": 1,
        "nats_key": nats_key,
    });
    text.to_string().into_bytes()
}

fn anchor() -> Vec<u8> {
    let key = key().public_key().to_hex();
    format!("registrar = \"hcm\"\npublic_key = \"{key}\"\n").into_bytes()
}

/// A marker of one slot, which is enough.
fn marker() -> Vec<u8> {
    let content = [
        &2_u64.to_be_bytes()[..],
        &1_u32.to_be_bytes(),
        &41_u64.to_be_bytes(),
        &Hash::of(&[b"leaf"]).0,
    ];
    let content = content.concat();
    let sum = Hash::of(&[&content]).0;
    [&content[..], &sum].concat()
}

fn names() -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<u8>> =
        ["giapranh.v1.feed.hcm-long-an.long-an.long-an_duc-hoa", "2.15.1"]
            .iter()
            .map(|text| text.as_bytes().to_vec())
            .collect();
    if let Ok(seed) = Seed::generate() {
        names.push(seed.public().as_str().as_bytes().to_vec());
        names.push(seed.text().as_bytes().to_vec());
    }
    names
}
