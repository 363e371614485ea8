//! Who a node is to a NATS server: an nkey, an Ed25519 key in NATS's own writing.
//!
//! The server knows the public half and asks for a signature over a number of its choice, so the
//! secret half never leaves the node. It is no key that events are signed with: that one is the
//! log's, and outlives any server.

use std::fmt;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::str::FromStr;

use nkeys::{KeyPair, KeyPairType};
use zeroize::Zeroizing;

use crate::FeedError;

/// The public key of a user of NATS, as a server's configuration names it: `U` and 55 more
/// characters, with a checksum.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicNkey(String);

impl PublicNkey {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicNkey {
    type Err = FeedError;

    fn from_str(text: &str) -> Result<Self, FeedError> {
        let refused = |reason: &str| {
            // Somebody who takes one file for the other must not find the secret in a log.
            let text = if text.starts_with('S') { "S…" } else { text };
            FeedError::PublicNkey { text: text.into(), reason: reason.into() }
        };
        if text.starts_with('S') {
            return Err(refused("it looks like a secret seed"));
        }
        let key = KeyPair::from_public_key(text).map_err(|error| refused(&error.to_string()))?;
        match key.key_pair_type() {
            KeyPairType::User => Ok(Self(text.to_owned())),
            _ => Err(refused("it is the key of something else than a user")),
        }
    }
}

impl fmt::Display for PublicNkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PublicNkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The secret half. Printed only by [`Seed::text`].
///
/// Overwritten when it is dropped. The copies that the nkeys library makes while it signs are not.
#[derive(Clone)]
pub struct Seed {
    text: Zeroizing<String>,
    public: PublicNkey,
}

impl Seed {
    /// A new one, from the system's randomness.
    pub fn generate() -> Result<Self, FeedError> {
        let mut raw = Zeroizing::new([0; 32]);
        getrandom::fill(raw.as_mut())
            .map_err(|error| FeedError::NoRandomness { reason: error.to_string() })?;
        let pair = KeyPair::new_from_raw(KeyPairType::User, *raw);
        pair.and_then(|pair| Self::of(&pair)).map_err(|error| unusable(&error))
    }

    /// Reads what [`Seed::text`] gave; blanks and line ends around it do not matter.
    pub fn from_text(text: &str) -> Result<Self, FeedError> {
        let pair = KeyPair::from_seed(text.trim()).map_err(|error| unusable(&error))?;
        if pair.key_pair_type() != KeyPairType::User {
            let reason = "it is the seed of something else than a user".into();
            return Err(FeedError::Seed { reason });
        }
        Self::of(&pair).map_err(|error| unusable(&error))
    }

    /// Reads the seed in a file; refuses one that others can read.
    pub fn read(path: &Path) -> Result<Self, FeedError> {
        check_private(path)?;
        let text = std::fs::read_to_string(path).map(Zeroizing::new);
        let text = text.map_err(|error| file_error(path, error))?;
        Self::from_text(&text).map_err(|error| file_error(path, error))
    }

    /// Writes the seed into a new file that its owner alone reads. Never writes over one.
    pub fn create(&self, path: &Path) -> Result<(), FeedError> {
        let written = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .and_then(|mut file| writeln!(file, "{}", self.text()).and_then(|()| file.sync_all()));
        written.map_err(|error| file_error(path, error))
    }

    /// The seed as NATS writes it: for a file that its owner alone reads, and nowhere else.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The half that a server may know.
    pub fn public(&self) -> &PublicNkey {
        &self.public
    }

    /// What proves to a server that we hold the seed.
    pub(crate) fn sign(&self, nonce: &[u8]) -> Result<Vec<u8>, FeedError> {
        let signed = KeyPair::from_seed(&self.text).and_then(|pair| pair.sign(nonce));
        signed.map_err(|error| unusable(&error))
    }

    fn of(pair: &KeyPair) -> Result<Self, nkeys::error::Error> {
        let text = Zeroizing::new(pair.seed()?);
        Ok(Self { text, public: PublicNkey(pair.public_key()) })
    }
}

/// The library's own words may quote what it was given; its kinds don't.
fn unusable(error: &nkeys::error::Error) -> FeedError {
    FeedError::Seed { reason: error.kind().to_string() }
}

pub(crate) fn file_error(path: &Path, error: impl fmt::Display) -> FeedError {
    FeedError::File { path: path.to_owned(), reason: error.to_string() }
}

/// Refuses a file with a secret that others than its owner can read.
pub(crate) fn check_private(path: &Path) -> Result<(), FeedError> {
    let found = std::fs::metadata(path).map_err(|error| file_error(path, error))?;
    if found.permissions().mode() & 0o077 != 0 {
        return Err(FeedError::NotPrivate { path: path.to_owned() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;

    /// The example of NATS's own documentation.
    const SEED: &str = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";
    const PUBLIC: &str = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    #[test]
    fn a_seed_reads_back_as_it_was_written_and_knows_its_public_half() {
        let known = Seed::from_text(&format!("{SEED}\n")).unwrap();
        assert_eq!((known.text(), known.public().as_str()), (SEED, PUBLIC));
        let new = Seed::generate().unwrap();
        assert_eq!(Seed::from_text(new.text()).unwrap().public(), new.public());
        assert_eq!(new.public().to_string().parse::<PublicNkey>().unwrap(), *new.public());
        assert_ne!(Seed::generate().unwrap().text(), new.text());

        let checker = KeyPair::from_public_key(PUBLIC).unwrap();
        assert!(checker.verify(b"nonce", &known.sign(b"nonce").unwrap()).is_ok());
    }

    #[test]
    fn what_is_no_key_of_a_user_is_refused_with_the_way_out_and_without_a_secret() {
        let account = KeyPair::new_account();
        let cut = &PUBLIC[..55];
        let mistyped = PUBLIC.replace("NF4", "NF5");
        for bad in ["", "U", "ú", cut, &mistyped, &PUBLIC.to_lowercase(), &account.public_key()] {
            let refused = bad.parse::<PublicNkey>().unwrap_err();
            let text = refused.to_string();
            assert!(matches!(refused, FeedError::PublicNkey { .. }) && !refused.is_retryable());
            assert!(text.contains(bad) && text.contains("node init"), "{text}");
        }
        let mistaken = SEED.parse::<PublicNkey>().unwrap_err().to_string();
        assert!(mistaken.contains("secret seed") && !mistaken.contains(&SEED[2..]), "{mistaken}");

        let account = account.seed().unwrap();
        let mistyped = SEED.replace("3VY", "3VZ");
        for bad in ["", PUBLIC, &SEED[..57], &mistyped, &account] {
            let Err(refused) = Seed::from_text(bad) else { panic!("{bad}") };
            let text = refused.to_string();
            assert!(text.contains("begins with SU") && !text.contains("LVU"), "{text}");
            assert!(bad.is_empty() || !text.contains(bad), "{text}");
        }
    }

    #[test]
    fn a_seed_lies_in_a_file_that_its_owner_alone_reads() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("nats.nk");
        let seed = Seed::generate().unwrap();
        seed.create(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(Seed::read(&path).unwrap().public(), seed.public());
        let error = |read: Result<Seed, FeedError>| read.map(drop).unwrap_err();

        let Err(FeedError::File { .. }) = seed.create(&path) else { panic!("written over") };
        std::fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        assert_eq!(error(Seed::read(&path)), FeedError::NotPrivate { path: path.clone() });
        std::fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        std::fs::write(&path, "nonsense").unwrap();
        let nonsense = error(Seed::read(&path)).to_string();
        assert!(nonsense.contains("nats.nk") && nonsense.contains("begins with SU"), "{nonsense}");
        let missing = error(Seed::read(&dir.path().join("none"))).to_string();
        assert!(missing.contains("none"), "{missing}");
    }
}
