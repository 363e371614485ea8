//! No byte of an evidence file can be changed, cut, moved or added unseen, and none of it costs more
//! than the file is long.

use giapranh_audit::evidence::{Code, verify};
use giapranh_record::Hash;

use crate::raw::{Raw, found, pieces};
use crate::world::{World, judged};

#[test]
fn a_file_taken_apart_and_put_together_is_the_same() {
    let (_, bytes) = World::told();
    assert_eq!(Raw::of(&bytes).bytes(), bytes);
}

#[test]
fn a_flipped_bit_is_found_in_every_byte_and_the_part_is_named() {
    let (_world, bytes) = World::told();
    assert!(judged(&bytes, None).holds());
    let mut changed = bytes.clone();
    for piece in pieces(&bytes) {
        for at in piece.range.clone() {
            changed[at] ^= 1 << (at % 8);
            let report = judged(&changed, None);
            let found = found(&report);
            if piece.is_content {
                assert!(found.contains(&(&piece.part, Code::Changed)), "byte {at}: {found:?}");
            } else {
                let means = |range: &(u64, u64)| (range.0..range.1).contains(&(at as u64));
                // A name may have become another one that could be: then that one is named.
                let line = String::from_utf8_lossy(&changed[piece.range.clone()]).into_owned();
                let renamed = line.split(' ').nth(1).unwrap_or_default();
                let named = report.faults.iter().any(|fault| {
                    fault.part == piece.part
                        || fault.part == renamed
                        || fault.bytes.as_ref().is_some_and(means)
                });
                assert!(named, "byte {at} of {}: {:?}", piece.part, report.faults);
            }
            changed[at] = bytes[at];
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_cut_short() {
    let (_world, bytes) = World::told();
    for length in 0..bytes.len() {
        let report = judged(&bytes[..length], None);
        let cut = report.faults.iter().filter(|fault| fault.code == Code::CutShort);
        assert_eq!(cut.count(), 1, "{length} bytes: {:?}", report.faults);
    }
}

#[test]
fn what_follows_the_end_is_told() {
    let (_world, bytes) = World::told();
    for more in [&b"\n"[..], b"end", &bytes] {
        let report = judged(&[&bytes, more].concat(), None);
        let expected = [("what follows the end line", Code::Trailing)];
        assert_eq!(found(&report), expected);
    }
}

#[test]
fn parts_in_another_order_or_twice_are_told() {
    let (_world, bytes) = World::told();
    let raw = Raw::of(&bytes);
    for at in 0..raw.0.len() - 1 {
        let mut swapped = raw.clone();
        swapped.0.swap(at, at + 1);
        let report = judged(&swapped.bytes(), None);
        let late = raw.0[at].0.as_str();
        // Where the manifest is not first, what stands first is named.
        let late = if late == "manifest" { raw.0[1].0.as_str() } else { late };
        assert!(found(&report).contains(&(late, Code::Order)), "{at}: {:?}", report.faults);
    }
    for at in 0..raw.0.len() {
        let mut twice = raw.clone();
        twice.0.insert(at, raw.0[at].clone());
        let report = judged(&twice.bytes(), None);
        assert_eq!(found(&report), [(raw.0[at].0.as_str(), Code::Order)]);
    }
}

#[test]
fn a_part_that_is_missing_is_missed() {
    let (_world, bytes) = World::told();
    let raw = Raw::of(&bytes);
    for at in 0..raw.0.len() {
        let mut less = raw.clone();
        let (name, _) = less.0.remove(at);
        let report = judged(&less.bytes(), None);
        assert!(!report.holds(), "{name} is not missed");
    }
}

#[test]
fn the_end_line_is_that_of_this_file() {
    let (_world, bytes) = World::told();
    let end = pieces(&bytes).pop().unwrap().range.start;
    let raw = Raw::of(&bytes);
    let hash = Hash::of(&[&bytes[..end]]);
    for line in [
        format!("end {} {hash}\n", raw.0.len() + 1),
        format!("end {} {}\n", raw.0.len(), Hash::ZERO),
        format!("end 0{} {hash}\n", raw.0.len()),
        format!("end {} {}\n", raw.0.len(), hash.to_string().to_uppercase()),
        format!("end  {} {hash}\n", raw.0.len()),
        "end\n".to_owned(),
    ] {
        let report = judged(&[&bytes[..end], line.as_bytes()].concat(), None);
        assert_eq!(found(&report), [("the end line", Code::End)], "{line}");
    }
}

#[test]
fn a_length_is_not_believed() {
    let (_world, bytes) = World::told();
    let first = pieces(&bytes)[1].range.clone();
    for length in ["1000000000000000000", "16777217"] {
        let line = format!("part manifest {length} {}\n", Hash::ZERO);
        let report = judged(&[&bytes[..first.start], line.as_bytes(), b"x"].concat(), None);
        assert_eq!(found(&report)[0], ("manifest", Code::TooLarge));
    }
    for line in [
        format!("part manifest 18446744073709551616 {}\n", Hash::ZERO),
        format!("part manifest -1 {}\n", Hash::ZERO),
        format!("part manifest 1 {}", "0".repeat(600)),
        format!("part manifest 1 {}", "0".repeat(100_000)),
    ] {
        let report = judged(&[&bytes[..first.start], line.as_bytes()].concat(), None);
        assert_eq!(found(&report)[0], ("the line after the first", Code::PartLine));
    }
}

#[test]
fn names_that_there_are_not_are_told_and_passed_over() {
    let (_world, bytes) = World::told();
    let mut raw = Raw::of(&bytes);
    for name in ["other", "event/hcm/1/01", "event/HCM/1/1", "../../etc", "event/hcm/1/9/9"] {
        raw.0.push((name.to_owned(), b"x".to_vec()));
        let report = judged(&raw.bytes(), None);
        assert_eq!(found(&report), [(name, Code::PartLine)]);
        raw.0.pop();
    }
}

#[test]
fn a_million_empty_parts_are_a_million_faults_of_which_some_are_listed() {
    let (_world, bytes) = World::told();
    let mut raw = Raw::of(&bytes);
    raw.0.truncate(raw.at("directory/1"));
    raw.0.extend((0..1_000_000).map(|index| (format!("event/hcm/1/{index}"), Vec::new())));
    let report = judged(&raw.bytes(), None);
    assert_eq!(report.faults.len(), 1_000);
    assert!(report.faults_omitted >= 999_000);
    assert_eq!((report.parts.events, report.events.len()), (1_000_000, 0));
}

#[test]
fn what_is_no_evidence_at_all_is_told_so() {
    for bytes in
        [&b"SQLite format 3\0"[..], b"giapranh-evidence/2\npart", b"giapranh-evidence/1\r\n"]
    {
        let report = judged(bytes, None);
        assert_eq!(found(&report), [("the first line", Code::NotEvidence)]);
    }
    assert_eq!(found(&judged(b"", None)), [("the first line", Code::CutShort)]);
    let only_end = Raw(Vec::new()).bytes();
    assert_eq!(found(&judged(&only_end, None)), [("manifest", Code::Manifest)]);
}

#[test]
fn reading_that_fails_is_an_error_and_no_verdict() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the stick was pulled out"))
        }
    }
    let broken = std::io::BufReader::new(Broken);
    assert!(verify(broken, None, &mut |_| {}).is_err());
}
