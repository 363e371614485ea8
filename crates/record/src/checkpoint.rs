//! Checkpoints: how much an origin has published, as a C2SP `tlog-checkpoint` in a signed note.
//!
//! ```text
//! giapranh.v1/hcm/1          the log's name: origin and epoch
//! 42                         tree size
//! CsUYapGGPo4dkMgIAUqom/Xa…  root, base64
//!
//! — giapranh.v1/hcm/1 wwBd…  key hash and Ed25519 signature, base64
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::{BadSignature, Hash, PublicKey, Signer, is_token, merkle::Tree};

/// C2SP signed-note: the algorithm byte of Ed25519.
const ED25519: u8 = 0x01;

/// A statement of an origin over its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The unit whose node published.
    pub origin: String,
    /// Which life of its log.
    pub epoch: u32,
    /// Number of events published.
    pub size: u64,
    /// Root of the tree over their leaf hashes.
    pub root: Hash,
}

/// Why a note is no checkpoint of this key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum NoteError {
    #[error("the note is not a checkpoint: {0}")]
    Malformed(&'static str),
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

impl Checkpoint {
    /// The checkpoint over a tree.
    pub fn of(origin: &str, epoch: u32, tree: &Tree) -> Self {
        Self { origin: origin.to_owned(), epoch, size: tree.size(), root: tree.root() }
    }

    /// The signed note, as text.
    pub fn sign(&self, signer: &dyn Signer) -> String {
        let (name, body) = (self.name(), self.body());
        let mut blob = key_hash(&name, &signer.public_key()).to_vec();
        blob.extend(signer.sign(body.as_bytes()));
        format!("{body}\n\u{2014} {name} {}\n", BASE64.encode(blob))
    }

    /// Reads a signed note and checks the signature of `key`.
    pub fn open(note: &str, key: &PublicKey) -> Result<Self, NoteError> {
        let malformed = NoteError::Malformed;
        let (body, signatures) =
            note.split_once("\n\n").ok_or(malformed("no empty line before the signatures"))?;
        let mut lines = body.lines();
        let name = lines.next().unwrap_or_default();
        let (origin, epoch) = name
            .strip_prefix("giapranh.v1/")
            .and_then(|rest| rest.split_once('/'))
            .ok_or(malformed("the first line is not giapranh.v1/<origin>/<epoch>"))?;
        let checkpoint = Self {
            origin: origin.to_owned(),
            epoch: epoch.parse().map_err(|_| malformed("the epoch is no number"))?,
            size: lines
                .next()
                .and_then(|line| line.parse().ok())
                .ok_or(malformed("the second line is no size"))?,
            root: lines
                .next()
                .and_then(|line| BASE64.decode(line).ok())
                .and_then(|bytes| Hash::from_slice(&bytes))
                .ok_or(malformed("the third line is no root"))?,
        };
        let body = format!("{body}\n");
        if body != checkpoint.body() {
            return Err(malformed("a number is spelled in another way"));
        }
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(malformed("a character in it is none of a note"));
        }
        if !is_token(&checkpoint.origin) || checkpoint.epoch == 0 {
            return Err(malformed("the first line names no origin, or no epoch"));
        }
        let signatures = signature_lines(signatures)
            .ok_or(malformed("what follows the empty line are not whole signature lines"))?;
        let (_, blob) = signatures
            .iter()
            .find(|(signer, blob)| *signer == name && blob.starts_with(&key_hash(name, key)))
            .ok_or(malformed("it carries no signature of this key"))?;
        let signature = blob[4..].try_into().map_err(|_| malformed("a signature is cut"))?;
        key.verify(body.as_bytes(), &signature)?;
        Ok(checkpoint)
    }

    fn name(&self) -> String {
        format!("giapranh.v1/{}/{}", self.origin, self.epoch)
    }

    fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.name(), self.size, BASE64.encode(self.root.0))
    }
}

/// C2SP signed-note: names and blobs, if every line is whole.
fn signature_lines(text: &str) -> Option<Vec<(&str, Vec<u8>)>> {
    text.strip_suffix('\n')?.split('\n').map(signature_line).collect()
}

fn signature_line(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, blob) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let blob = BASE64.decode(blob).ok().filter(|blob| blob.len() >= 5)?;
    let is_name = !name.is_empty() && !name.contains(|c: char| c == '+' || c.is_whitespace());
    is_name.then_some((name, blob))
}

/// C2SP signed-note: the first four bytes of SHA-256 over name, newline, algorithm and key.
fn key_hash(name: &str, key: &PublicKey) -> [u8; 4] {
    let hash = Hash::of(&[name.as_bytes(), b"\n", &[ED25519], &key.to_bytes()]);
    [hash.0[0], hash.0[1], hash.0[2], hash.0[3]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SigningKey;

    #[test]
    fn a_checkpoint_opens_with_its_key_and_unchanged_only() {
        let (key, other) = (SigningKey::from_seed(&[3; 32]), SigningKey::from_seed(&[4; 32]));
        let tree: Tree = (0_u8..5).map(|n| Hash::of(&[&[n]])).collect();
        let checkpoint = Checkpoint::of("hcm", 1, &tree);
        let note = checkpoint.sign(&key);
        assert_eq!(Checkpoint::open(&note, &key.public_key()), Ok(checkpoint));
        assert!(Checkpoint::open(&note, &other.public_key()).is_err());
        assert!(Checkpoint::open(&note.replace("\n5\n", "\n6\n"), &key.public_key()).is_err());
        assert!(Checkpoint::open(&note.replace("\n5\n", "\n05\n"), &key.public_key()).is_err());
        assert!(Checkpoint::open("", &key.public_key()).is_err());
    }
}
