//! Peers that lie: enrolled units whose node never runs. A thread speaks for all of them on the
//! server, says in beacons that each holds its own feed, and answers whoever asks for it.
#![allow(clippy::unwrap_used, reason = "a fixture that fails is a failed test")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use giapranh_record::beacon::{Beacon, FeedHead, LocalHead};
use giapranh_record::grant::{self, KeyExchange};
use giapranh_record::page::{Page, RangeRequest};
use giapranh_record::{Hash, Verified};

use crate::common::Scene;
use crate::neighbour::Neighbour;

/// How often they speak.
const INTERVAL: Duration = Duration::from_millis(700);
/// Where nobody's feed ends.
const NEVER: u64 = 1 << 40;

/// How a peer lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// It does not.
    Honest,
    /// The page begins with the second event.
    WrongSequence,
    /// The second event names another one before it than the first.
    WrongPrevious,
    /// The page is of another unit's feed.
    AnotherUnit,
    /// The newest event's signature is garbage.
    NewestUnsigned,
    /// An older event's signature is garbage; asked for that one alone, it gives the right one.
    OlderUnsigned,
    /// It says that there is more, for ever, and gives nothing.
    Endless,
    /// As many bytes as the server lets through.
    Large,
    /// As many events as fit into a page, all of them empty.
    Many,
    /// It says that another's feed goes on otherwise than it does.
    FalseHead,
}

/// A peer that lies in its manner, about three events.
pub struct Liar {
    pub neighbour: Neighbour,
    pub manner: Manner,
    pub chain: Vec<Verified>,
    /// Whose feed a [`Manner::AnotherUnit`] gives, or a [`Manner::FalseHead`] speaks of.
    pub other: Option<Verified>,
}

impl Liar {
    pub fn new(mut neighbour: Neighbour, manner: Manner, other: Option<Verified>) -> Self {
        let mut chain = Vec::new();
        for number in 1..=3 {
            if number == 2 && manner == Manner::WrongPrevious {
                neighbour.hash = Hash([9; 32]);
            }
            chain.push(neighbour.alert(&format!("{manner:?} {number} (ví dụ)")));
        }
        Self { neighbour, manner, chain, other }
    }

    /// What it says it holds.
    fn beacon(&self, counter: u64) -> Bytes {
        let of_own =
            |seq, hash| FeedHead { origin: self.neighbour.unit.to_owned(), epoch: 1, seq, hash };
        let newest = self.chain.last().unwrap();
        let head = match (self.manner, &self.other) {
            (Manner::Endless, _) => of_own(NEVER, newest.leaf()),
            (Manner::FalseHead, Some(other)) => FeedHead {
                origin: other.header().origin.clone(),
                epoch: 1,
                seq: other.header().link(self.neighbour.zone).unwrap().seq,
                hash: Hash([8; 32]),
            },
            _ => of_own(3, newest.leaf()),
        };
        self.signed(counter, vec![head])
    }

    /// A beacon of its own with these heads.
    pub fn signed(&self, counter: u64, heads: Vec<FeedHead>) -> Bytes {
        let beacon = Beacon {
            unit: self.neighbour.unit.to_owned(),
            epoch: 1,
            zone: self.neighbour.zone.to_owned(),
            instance: [5; 16],
            counter,
            sent_ms: counter,
            directory_seq: self.neighbour.directory_seq,
            local: LocalHead::EMPTY,
            heads,
        };
        beacon.sign(&self.neighbour.key()).unwrap().bytes().clone()
    }

    pub fn subject(&self) -> String {
        format!("giapranh.v1.beacon.{}.{}", self.neighbour.zone, self.neighbour.unit)
    }

    /// What it answers.
    fn answer(&self, request: &RangeRequest) -> Bytes {
        let all: Vec<Bytes> = self.chain.iter().map(|event| event.bytes().clone()).collect();
        let garbled = |at: usize| {
            let mut events = all.clone();
            let mut bytes = events[at].to_vec();
            // The envelope ends with the signature.
            *bytes.last_mut().unwrap() ^= 1;
            events[at] = bytes.into();
            events
        };
        let events = match self.manner {
            Manner::Honest | Manner::WrongPrevious => all,
            Manner::WrongSequence => all[1..].to_vec(),
            Manner::AnotherUnit => vec![self.other.as_ref().unwrap().bytes().clone()],
            Manner::NewestUnsigned => garbled(2),
            Manner::OlderUnsigned if request.from_seq == request.until_seq => {
                let at = usize::try_from(request.from_seq - 1).unwrap();
                all.get(at).into_iter().cloned().collect()
            }
            Manner::OlderUnsigned => garbled(1),
            Manner::Endless | Manner::FalseHead => Vec::new(),
            Manner::Large => return vec![0x0a; 1_000_000].into(),
            // A tag and a length of nothing, again and again.
            Manner::Many => return [0x0a, 0].repeat(250_000).into(),
        };
        let head_seq = if self.manner == Manner::Endless { NEVER } else { 3 };
        Page { events, head_seq }.encode()
    }
}

/// How often each was asked, by whom it was.
pub type Asked = Arc<Mutex<BTreeMap<(&'static str, String), usize>>>;

/// Lets all of them speak and answer for as long as the server runs.
pub fn speak(scene: &Scene, liars: &Arc<Vec<Liar>>, first_counter: u64) -> Asked {
    let asked = Asked::default();
    let mut line = connect(scene);
    for (sid, liar) in liars.iter().enumerate() {
        let subject = format!("giapranh.v1.backfill.{}.*", liar.neighbour.unit);
        line.write_all(format!("SUB {subject} {sid}\r\n").as_bytes()).unwrap();
    }
    // Writers take turns: a message that is written half is none.
    let out = Arc::new(Mutex::new(line.try_clone().unwrap()));
    let (answering, counted, answers) = (liars.clone(), asked.clone(), out.clone());
    thread::spawn(move || answer_all(line, &answering, &counted, &answers));
    let speaking = liars.clone();
    thread::spawn(move || {
        let mut next = first_counter;
        let began = Instant::now();
        loop {
            for liar in speaking.iter() {
                next += 1;
                if send(&out, &liar.subject(), &liar.beacon(next)).is_err() {
                    return;
                }
            }
            assert!(began.elapsed() < Duration::from_secs(600), "nobody ends them");
            thread::sleep(INTERVAL);
        }
    });
    asked
}

fn connect(scene: &Scene) -> TcpStream {
    let mut line = TcpStream::connect((Ipv4Addr::LOCALHOST, scene.cluster.nats.port())).unwrap();
    line.write_all(b"CONNECT {\"verbose\":false,\"headers\":false}\r\n").unwrap();
    line
}

fn send(out: &Mutex<TcpStream>, subject: &str, payload: &[u8]) -> std::io::Result<()> {
    let mut message = format!("PUB {subject} {}\r\n", payload.len()).into_bytes();
    message.extend(payload);
    message.extend(b"\r\n");
    out.lock().unwrap().write_all(&message)
}

/// Answers whoever asks, until the server is gone.
fn answer_all(line: TcpStream, liars: &[Liar], asked: &Asked, out: &Mutex<TcpStream>) {
    let mut lines = BufReader::new(line);
    loop {
        let mut head = String::new();
        if lines.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
        if head.starts_with("PING") {
            let _ = out.lock().unwrap().write_all(b"PONG\r\n");
        }
        // MSG <subject> <sid> <reply> <bytes>
        let words: Vec<&str> = head.split_whitespace().collect();
        let ["MSG", subject, sid, reply, length] = words[..] else { continue };
        let mut payload = vec![0; length.parse::<usize>().unwrap() + 2];
        if lines.read_exact(&mut payload).is_err() {
            return;
        }
        payload.truncate(payload.len() - 2);
        let liar = &liars[sid.parse::<usize>().unwrap()];
        if KeyExchange::is_one(&payload) {
            // It has no keys to lie about.
            if send(out, reply, &grant::encode(&[])).is_err() {
                return;
            }
            continue;
        }
        let whose = subject.rsplit('.').next().unwrap().to_owned();
        *asked.lock().unwrap().entry((liar.neighbour.unit, whose)).or_default() += 1;
        let request = RangeRequest::parse(&payload).unwrap();
        if send(out, reply, &liar.answer(&request)).is_err() {
            return;
        }
    }
}
