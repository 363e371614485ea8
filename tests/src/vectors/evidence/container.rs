//! Damage to the container itself: nothing is made anew after it.

use giapranh_record::Hash;

use super::file::{Evidence, Part, end, file};
use super::{Case, case};

pub fn cases(alert: &Evidence, consistency: &Evidence) -> Vec<Case> {
    let mut cases = changed(alert);
    let last = consistency.parts().len() - 1;
    cases.push(change(consistency, last, "consistency"));
    cases.extend(cut(alert));
    cases.extend(lines(alert));
    cases.extend(order(alert));
    cases.extend(sizes(alert));
    cases.extend(ends(alert));
    cases
}

/// Where each part's bytes begin in the file.
fn starts(parts: &[Part]) -> Vec<usize> {
    let mut at = "giapranh-evidence/1\n".len();
    let start = |part: &Part| {
        let hash = Hash::ZERO;
        at += format!("part {} {} {hash}\n", part.name, part.bytes.len()).len();
        let start = at;
        at += part.bytes.len() + 1;
        start
    };
    parts.iter().map(start).collect()
}

fn change(evidence: &Evidence, part: usize, what: &str) -> Case {
    let parts = evidence.parts();
    let mut bytes = evidence.file();
    let length = parts[part].bytes.len();
    bytes[starts(&parts)[part] + length / 2] ^= 0x01;
    let why = "one bit of the part";
    case(&format!("changed-{what}"), bytes, "changed", &parts[part].name, why)
}

fn changed(alert: &Evidence) -> Vec<Case> {
    let parts = alert.parts();
    let find = |prefix: &str| {
        parts.iter().position(|part| part.name.starts_with(prefix)).unwrap_or_default()
    };
    let mut cases: Vec<Case> = ["manifest", "directory", "event", "checkpoint", "inclusion"]
        .iter()
        .map(|prefix| change(alert, find(prefix), prefix))
        .collect();
    let event = &parts[find("event")];
    let mut bytes = alert.file();
    // The last digit of the hash in the line before the bytes.
    let digit = starts(&parts)[find("event")] - 2;
    bytes[digit] = if bytes[digit] == b'0' { b'1' } else { b'0' };
    let why = "one digit of the hash in the line of the part";
    cases.push(case("changed-hash", bytes, "changed", &event.name, why));
    let text = |from: String, to: String| replaced(&alert.file(), &from, &to);
    let length = event.bytes.len();
    let announced = |length: usize| format!("part {} {length} ", event.name);
    let longer = text(announced(length), announced(length + 1));
    let why = "a byte more is announced: with it the hash is another one";
    cases.push(case("length-longer", longer, "changed", &event.name, why));
    let shorter = text(announced(length), announced(length - 1));
    let why = "a byte less is announced: without it the hash is another one";
    cases.push(case("length-shorter", shorter, "changed", &event.name, why));
    cases
}

fn replaced(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = file.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or(file.len());
    [&file[..at], to.as_bytes(), &file[at + from.len()..]].concat()
}

fn cut(alert: &Evidence) -> Vec<Case> {
    let (parts, whole) = (alert.parts(), alert.file());
    let starts = starts(&parts);
    let middle = parts.len() / 2;
    let until = |length: usize| whole[..length].to_vec();
    let event = &parts[middle].name;
    let why = "the file ends too early";
    let end_line = whole.len() - format!("end {} ", parts.len()).len() - 65;
    vec![
        case("empty", Vec::new(), "cut-short", "", "a file of no bytes"),
        case("cut-first-line", until(10), "cut-short", "", why),
        case("cut-after-first-line", until(20), "cut-short", "", why),
        case("cut-in-part", until(starts[middle] + 3), "cut-short", event, why),
        case("cut-before-part", until(starts[middle]), "cut-short", event, why),
        case("cut-in-part-line", until(starts[middle] - 5), "cut-short", "", why),
        case(
            "cut-after-part",
            until(starts[middle] + parts[middle].bytes.len()),
            "cut-short",
            event,
            why,
        ),
        case("cut-between-parts", until(starts[middle + 1] - 80), "cut-short", "", why),
        case("cut-end-line", until(end_line), "cut-short", "", "the end line is missing"),
        case("cut-in-end-line", until(whole.len() - 2), "cut-short", "", why),
    ]
}

fn lines(alert: &Evidence) -> Vec<Case> {
    let whole = alert.file();
    let event = alert.events[0].clone();
    let line = |from: String, to: String| replaced(&whole, &from, &to);
    let (name, length) = (&event.name, event.bytes.len());
    let good = format!("part {name} {length} ");
    let with = |to: String| line(good.clone(), to);
    let renamed = |name: &str| {
        let mut other = alert.clone();
        other.events[0].name.replace_range(.., name);
        file(&other.parts())
    };
    let hash = Hash::of(&[&event.bytes]).to_string();
    let form = "a line of a part has one form";
    let unknown = "no part has such a name";
    let bad = |name: &str, bytes: Vec<u8>, why: &str| case(name, bytes, "part-line", "", why);
    vec![
        case(
            "version-2",
            replaced(&whole, "giapranh-evidence/1", "giapranh-evidence/2"),
            "not-evidence",
            "",
            "another format",
        ),
        case("text", b"SQLite format 3\0 and so on".to_vec(), "not-evidence", "", "another file"),
        bad("line-length-zero", with(format!("part {name} 0{length} ")), form),
        bad("line-length-plus", with(format!("part {name} +{length} ")), form),
        bad("line-two-spaces", with(format!("part {name}  {length} ")), form),
        bad("line-without-length", with(format!("part {name} ")), form),
        bad("line-upper-hash", line(hash.clone(), hash.to_uppercase()), form),
        bad("line-short-hash", line(hash.clone(), hash[1..].to_owned()), form),
        bad("line-fourth-field", line(hash.clone(), format!("{hash} more")), form),
        bad("line-word", with(format!("file {name} {length} ")), form),
        bad(
            "line-512",
            line(good.clone(), format!("part {} {length} ", "e".repeat(500))),
            "a line is longer than 512 bytes",
        ),
        bad("name-unknown", renamed("note/1"), unknown),
        bad("name-upper", renamed("event/Hcm/1/4"), unknown),
        bad("name-number", renamed("event/hcm/1/04"), unknown),
        bad("name-epoch-0", renamed("event/hcm/0/4"), unknown),
        bad("name-short", renamed("event/hcm/4"), unknown),
        bad("name-long", renamed("event/hcm/1/4/0"), unknown),
    ]
}

fn order(alert: &Evidence) -> Vec<Case> {
    let parts = alert.parts();
    let swapped = |a: usize, b: usize| {
        let mut parts = parts.clone();
        parts.swap(a, b);
        file(&parts)
    };
    let twice = |at: usize| {
        let mut parts = parts.clone();
        parts.insert(at, parts[at].clone());
        file(&parts)
    };
    let first_event = 1 + alert.directory.len();
    let name = |at: usize| parts[at].name.as_str();
    let inclusions = parts.len() - 1;
    let why = "the parts stand in another order";
    vec![
        case("order-manifest", swapped(0, 1), "order", "", "the manifest is not first"),
        case("order-directory", swapped(1, 2), "order", name(1), why),
        case(
            "order-events",
            swapped(first_event, first_event + 1),
            "order",
            name(first_event),
            why,
        ),
        case(
            "order-kinds",
            swapped(first_event - 1, first_event),
            "order",
            name(first_event - 1),
            why,
        ),
        case(
            "order-inclusions",
            swapped(inclusions - 1, inclusions),
            "order",
            name(inclusions - 1),
            why,
        ),
        case("twice-event", twice(first_event), "order", name(first_event), "a part stands twice"),
        case("twice-manifest", twice(0), "order", "manifest", "a part stands twice"),
    ]
}

fn sizes(alert: &Evidence) -> Vec<Case> {
    let whole = alert.file();
    let event = &alert.events[0];
    let good = format!("part {} {} ", event.name, event.bytes.len());
    let announced =
        |length: &str| replaced(&whole, &good, &format!("part {} {length} ", event.name));
    let mut notes = alert.clone();
    notes.checkpoints[0].bytes = vec![b'\n'; 16_385];
    let why = "more is announced than such a part may have; nothing of it is read";
    let checkpoint = &alert.checkpoints[0].name;
    vec![
        case("length-10-18", announced("1000000000000000000"), "too-large", &event.name, why),
        case("length-event", announced("262273"), "too-large", &event.name, why),
        case("length-note", file(&notes.parts()), "too-large", checkpoint, why),
    ]
}

fn ends(alert: &Evidence) -> Vec<Case> {
    let (whole, parts) = (alert.file(), alert.parts().len());
    let body = whole.len() - format!("end {parts} ").len() - 65;
    let with = |line: String| [&whole[..body], line.as_bytes()].concat();
    let hash = Hash::of(&[&whole[..body]]);
    let other = Hash::of(&[&whole[..body - 1]]);
    let why = "the end line says something else than the file";
    let end_case = |name: &str, bytes: Vec<u8>| case(name, bytes, "end", "", why);
    vec![
        end_case("end-count-more", end(whole[..body].to_vec(), parts + 1)),
        end_case("end-count-less", end(whole[..body].to_vec(), parts - 1)),
        end_case("end-hash", with(format!("end {parts} {other}\n"))),
        end_case("end-number", with(format!("end 0{parts} {hash}\n"))),
        end_case("end-upper", with(format!("end {parts} {}\n", hash.to_string().to_uppercase()))),
        case("trailing-newline", [&whole[..], b"\n"].concat(), "trailing", "", "a byte follows"),
        case("trailing-file", [&whole[..], &whole].concat(), "trailing", "", "a file follows"),
    ]
}
