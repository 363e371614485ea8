//! Whatever bytes come from the network or a file, no decoder panics, and what one accepts it reads
//! the same again: good bytes, changed at random, for as long as a decoder is given.
//!
//! A second each, `GIAPRANH_LONG=1`: ten. It prints its seed and, when it fails, the bytes. The
//! targets in `fuzz/` give the same functions to a fuzzer that sees which code was reached.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here is the test")]

mod common;

use std::fs;
use std::panic;
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;
use giapranh_tests::decoders::{DECODERS, Decoder, seeds};

/// Longer bytes say nothing that shorter ones don't, and are slow.
const LONGEST: usize = 96 * 1024;
/// Numbers at which lengths and counters turn over.
const EDGES: [u8; 8] = [0, 1, 0x0a, 0x12, 0x7f, 0x80, 0xfe, 0xff];

#[test]
fn no_decoder_stumbles_over_any_bytes() {
    let mut random = Random::from_environment();
    let vectors = common::repository().join("docs/vectors");
    for decoder in DECODERS {
        let seeds = seeds(decoder, &vectors);
        let sound = seeds.iter().filter(|bytes| run(decoder, bytes)).count();
        assert!(sound > 0, "{}: no seed is accepted, so only its door is tried", decoder.name);
        let (mut runs, mut accepted) = (0_u64, 0_u64);
        let (began, time) = (Instant::now(), Duration::from_secs(by_length(1, 10)));
        while began.elapsed() < time {
            let bytes = changed(&seeds, &mut random);
            runs += 1;
            accepted += u64::from(run(decoder, &bytes));
        }
        let figures = Figures::of(&format!("decoder-{}", decoder.name)).with("seeds", seeds.len());
        figures.with("runs", runs).with("accepted", accepted).with("panics", 0).tell();
    }
}

#[test]
fn every_decoder_has_its_target_for_a_fuzzer() {
    let fuzz = common::repository().join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for Decoder { name, .. } in DECODERS {
        let target = fs::read_to_string(fuzz.join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(target.contains(&format!("\"{name}\"")), "the target {name} is of something else");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is not in its manifest");
    }
    let targets = fs::read_dir(fuzz.join("fuzz_targets")).unwrap().count();
    assert_eq!(targets, DECODERS.len(), "a target is of no decoder");
}

fn run(decoder: Decoder, bytes: &[u8]) -> bool {
    let ended = panic::catch_unwind(|| (decoder.decode)(bytes));
    ended.unwrap_or_else(|_| {
        let digits = BASE64_STANDARD.encode(bytes);
        panic!("{} stumbled over {} bytes, in base64: {digits}", decoder.name, bytes.len())
    })
}

/// A seed, changed in one to six places.
fn changed(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(6) {
        change(&mut bytes, seeds, random);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let until = at + random.below(bytes.len() - at + 1).min(64);
    let other = &seeds[random.below(seeds.len())];
    match random.below(8) {
        // A bit, a byte, a byte at an edge.
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = random.number().to_le_bytes()[0],
        2 if at < bytes.len() => bytes[at] = random.pick(&EDGES),
        // A few bytes more, less, or twice.
        3 => bytes.insert(at, random.pick(&EDGES)),
        4 => drop(bytes.drain(at..until)),
        5 => {
            let twice = bytes[at..until].to_vec();
            bytes.splice(at..at, twice);
        }
        // An end, and a piece of another.
        6 if random.percent(20) => bytes.truncate(at),
        _ if !other.is_empty() => {
            let from = random.below(other.len());
            let piece = &other[from..(from + 1 + random.below(48)).min(other.len())];
            bytes.splice(at..until, piece.iter().copied());
        }
        _ => {}
    }
}
