//! Signed notes: one spelling each, and what is added or changed.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use giapranh_record::{Hash, Signer as _, SigningKey};

use super::index::{Collection, Enrolled, Expect, Vector};
use super::merkle::{LARGEST, root};
use super::world::{self, HCM, LONG_AN, TAY_NINH};

const KIND: &str = "checkpoint";
const NAME: &str = "giapranh.v1/long-an/1";

pub fn add(collection: &mut Collection) -> io::Result<()> {
    for size in [0, 1, LARGEST] {
        let why = format!("the tree of {size} leaves of merkle/roots");
        sound(collection, &format!("size-{size}"), &note(LONG_AN, size), size, &why)?;
    }
    let good = note(LONG_AN, LARGEST);
    let witness = signature_line("witness.example", &world::key(TAY_NINH), &good);
    let (text, lines) = good.split_once("\n\n").unwrap_or_default();
    let before = format!("{text}\n\n{witness}{lines}");
    let others = "signature lines of others are allowed";
    sound(collection, "witness-after", &format!("{good}{witness}"), LARGEST, others)?;
    sound(collection, "witness-before", &before, LARGEST, others)?;
    let mut again = lines.to_owned();
    again.replace_range(again.len() - 6..again.len() - 3, "AAA");
    let why = "of two lines of this key the first decides";
    sound(collection, "second-line-broken", &format!("{good}{again}"), LARGEST, why)?;
    for (name, note, why) in broken(&good, &witness, &again) {
        let name = format!("checkpoint/{name}");
        let vector = Vector::new(KIND, &name, "checkpoint", why).keys(keys());
        collection.add(vector, "note", note.as_bytes())?;
    }
    Ok(())
}

fn sound(
    collection: &mut Collection,
    name: &str,
    note: &str,
    size: u64,
    why: &str,
) -> io::Result<()> {
    let root = root(size).to_string();
    let expect = Expect::Checkpoint { origin: LONG_AN.into(), epoch: 1, size, root };
    let vector = Vector::new(KIND, &format!("checkpoint/{name}"), "valid", why);
    collection.add(vector.keys(keys()).expect(expect), "note", note.as_bytes())
}

fn broken(good: &str, witness: &str, again: &str) -> Vec<(&'static str, String, &'static str)> {
    let body = body(NAME, "17", root(LARGEST));
    let signed = |body: &str| signed(NAME, body);
    let (text, line) = good.split_once("\n\n").unwrap_or_default();
    let spelled = |from: &str, to: &str| signed(&body.replacen(from, to, 1));
    let named = |name: &str| self::signed(name, &self::body(name, "17", root(LARGEST)));
    let number = "a number has one spelling";
    let ids = "the first line is giapranh.v1/<origin>/<epoch>";
    let line_form = "every line after the empty one is a signature line";
    let mut cases = spellings(&body, number);
    cases.extend([
        ("name-origin-upper", named("giapranh.v1/Long-An/1"), ids),
        ("name-no-origin", named("giapranh.v1//1"), ids),
        ("name-no-epoch", named("giapranh.v1/long-an"), ids),
        ("name-epoch-0", named("giapranh.v1/long-an/0"), "epochs begin with 1"),
        ("name-epoch-01", named("giapranh.v1/long-an/01"), number),
        ("name-four-parts", named("giapranh.v1/long-an/1/1"), ids),
        ("name-other-version", named("giapranh.v2/long-an/1"), ids),
        ("name-not-enrolled", named("giapranh.v1/tay-ninh/1"), "no key of that origin is known"),
        (
            "name-of-another",
            signed_by("giapranh.v1/hcm/1", &body.replace(LONG_AN, HCM), LONG_AN),
            "signed with the key of long-an, in the name of hcm",
        ),
        (
            "extension-line",
            spelled("\n17\n", "\n17\n").replacen("\n\n", "\nmore\n\n", 1),
            "a fourth line that is not signed",
        ),
        ("extension-signed", signed(&format!("{body}more\n")), "the text has exactly three lines"),
        ("two-lines", signed(&format!("{NAME}\n17\n")), "the root is missing"),
        ("empty-line-missing", format!("{text}\n{line}"), "no empty line before the signatures"),
        ("no-signature", format!("{text}\n\n"), "no signature line"),
        ("witness-only", format!("{text}\n\n{witness}"), "no signature of the origin's key"),
        ("newline-missing", good.trim_end().to_owned(), "the last line has no line end"),
        ("line-not-a-signature", format!("{good}more\n"), line_form),
        ("empty-line-after", format!("{good}\n"), line_form),
        ("two-spaces", good.replacen("\u{2014} ", "\u{2014}  ", 1), line_form),
        ("hyphen", good.replacen('\u{2014}', "-", 1), line_form),
        (
            "first-line-broken",
            format!("{text}\n\n{again}{line}"),
            "of two lines of this key the first decides",
        ),
        ("carriage-returns", good.replace('\n', "\r\n"), "line ends are single newlines"),
        ("size-changed", good.replacen("\n17\n", "\n18\n", 1), "the size is not what was signed"),
        ("empty", String::new(), "no text"),
    ]);
    cases.extend(signatures(&body));
    cases
}

fn spellings(body: &str, why: &'static str) -> Vec<(&'static str, String, &'static str)> {
    let spelled = |from: &str, to: &str| signed(NAME, &body.replacen(from, to, 1));
    let root = BASE64.encode(root(LARGEST).0);
    // The last digit before the padding holds two bits that mean nothing.
    let loose = |root: &str| {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let last = root.as_bytes()[root.len() - 2];
        let value = DIGITS.iter().position(|digit| *digit == last).unwrap_or_default();
        format!("{}{}=", &root[..root.len() - 2], char::from(DIGITS[value + 1]))
    };
    vec![
        ("size-017", spelled("\n17\n", "\n017\n"), why),
        ("size-plus", spelled("\n17\n", "\n+17\n"), why),
        ("size-space", spelled("\n17\n", "\n17 \n"), why),
        ("size-hex", spelled("\n17\n", "\n0x11\n"), why),
        ("size-negative", spelled("\n17\n", "\n-17\n"), why),
        ("size-empty", spelled("\n17\n", "\n\n"), why),
        ("size-2-64", spelled("\n17\n", "\n18446744073709551616\n"), "a size of 2^64"),
        ("root-unpadded", spelled(&root, root.trim_end_matches('=')), "base64 has one spelling"),
        ("root-loose-bits", spelled(&root, &loose(&root)), "base64 has one spelling"),
        ("root-33", spelled(&root, &BASE64.encode([7; 33])), "a root of 33 bytes"),
        ("root-hex", spelled(&root, &self::root(LARGEST).to_string()), "a root in hexadecimal"),
    ]
}

fn signatures(body: &str) -> Vec<(&'static str, String, &'static str)> {
    let key = world::key(LONG_AN);
    let signature = key.sign(body.as_bytes());
    let hash = key_hash(NAME, &key);
    let line = |blob: &[u8]| format!("{body}\n\u{2014} {NAME} {}\n", BASE64.encode(blob));
    let with_hash = |hash: &[u8]| line(&[hash, &signature[..]].concat());
    let mut changed = signature;
    changed[63] ^= 1;
    let other = world::key(HCM).sign(body.as_bytes());
    let plain = key.public_key().to_bytes();
    let without_type = Hash::of(&[NAME.as_bytes(), b"\n", &plain]).0;
    let longer = super::curve::malleated(&signature, 1);
    vec![
        ("key-hash-zeros", with_hash(&[0; 4]), "the key hash is another one"),
        (
            "key-hash-other-name",
            with_hash(&key_hash("giapranh.v1/long-an/2", &key)),
            "the key hash is that of another name",
        ),
        (
            "key-hash-no-type",
            with_hash(&without_type[..4]),
            "the key hash lacks the byte of the algorithm",
        ),
        ("signature-63", line(&[&hash[..], &signature[..63]].concat()), "a signature of 63 bytes"),
        ("signature-65", line(&[&hash[..], &signature, &[0]].concat()), "a signature of 65 bytes"),
        ("signature-changed", line(&[&hash[..], &changed].concat()), "one bit of S"),
        ("signature-s-plus-l", line(&[&hash[..], &longer].concat()), "S is L or more"),
        ("signature-of-another", line(&[&hash[..], &other].concat()), "made with another key"),
        (
            "signature-without-newline",
            {
                let cut = key.sign(body.trim_end().as_bytes());
                line(&[&hash[..], &cut].concat())
            },
            "the last line end of the text was not signed",
        ),
    ]
}

/// Long An's key alone would not do for a note in the name of hcm.
pub fn keys() -> Vec<Enrolled> {
    [HCM, LONG_AN].map(|unit| Enrolled::new(unit, &world::key(unit).public_key())).to_vec()
}

/// The checkpoint of a unit over the first leaves of the vectors' tree.
pub fn note(unit: &str, size: u64) -> String {
    let name = format!("giapranh.v1/{unit}/1");
    signed_by(&name, &body(&name, &size.to_string(), root(size)), unit)
}

pub fn body(name: &str, size: &str, root: Hash) -> String {
    format!("{name}\n{size}\n{}\n", BASE64.encode(root.0))
}

fn signed(name: &str, body: &str) -> String {
    signed_by(name, body, LONG_AN)
}

pub fn signed_by(name: &str, body: &str, unit: &str) -> String {
    signed_by_key(name, body, &world::key(unit))
}

pub fn signed_by_key(name: &str, body: &str, key: &SigningKey) -> String {
    let blob = [&key_hash(name, key)[..], &key.sign(body.as_bytes())].concat();
    format!("{body}\n\u{2014} {name} {}\n", BASE64.encode(blob))
}

/// Another's signature under the same text.
fn signature_line(name: &str, key: &SigningKey, note: &str) -> String {
    let (text, _) = note.split_once("\n\n").unwrap_or_default();
    let signature = key.sign(format!("{text}\n").as_bytes());
    let blob = [&key_hash(name, key)[..], &signature].concat();
    format!("\u{2014} {name} {}\n", BASE64.encode(blob))
}

fn key_hash(name: &str, key: &SigningKey) -> [u8; 4] {
    let key = key.public_key().to_bytes();
    let hash = Hash::of(&[name.as_bytes(), b"\n\x01", &key]).0;
    [hash[0], hash[1], hash[2], hash[3]]
}
