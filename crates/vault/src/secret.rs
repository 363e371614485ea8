//! Secrets: what a person or a machine shows in order to be let in. Only its SHA-256 is stored: 256
//! random bits need no slow hash, and looking the hash up tells nothing by its time.

use std::fmt;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{Kind, VaultError, base32};

/// Tells a session's secret from other text, also for programs that look for leaked ones.
const SESSION_PREFIX: &str = "gr_s_";
const TOKEN_PREFIX: &str = "gr_t_";
const SECRET_BYTES: usize = 32;
const SECRET_CHARS: usize = (SECRET_BYTES * 8).div_ceil(5);

/// A password, or the secret of a session or token. Never shown by `Debug`, and overwritten in
/// memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text, for the one to whom it belongs.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub(crate) fn random(kind: Kind) -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        fill(bytes.as_mut_slice())?;
        let prefix = match kind {
            Kind::Session => SESSION_PREFIX,
            Kind::Token => TOKEN_PREFIX,
        };
        // Its whole room at once, so that growing leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(prefix.len() + SECRET_CHARS));
        text.push_str(prefix);
        base32::encode_into(bytes.as_slice(), &mut text);
        Ok(Self(text))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// By what a secret is found; `None` for what never was one of ours, so nothing need be asked.
pub(crate) fn digest(secret: &str) -> Option<[u8; 32]> {
    let rest = secret.strip_prefix(SESSION_PREFIX).or_else(|| secret.strip_prefix(TOKEN_PREFIX))?;
    let whole = rest.len() == SECRET_CHARS && base32::is_base32(rest);
    whole.then(|| Sha256::digest(secret.as_bytes()).into())
}

/// Randomness of the system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|error| VaultError::NoRandomness(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_recognised_and_nothing_else_is() {
        for kind in [Kind::Session, Kind::Token] {
            let secret = Secret::random(kind).unwrap();
            let text = secret.expose();
            assert_eq!(text.len(), 5 + 52);
            assert!(digest(text).is_some());
            assert_ne!(secret, Secret::random(kind).unwrap());
            let longer = format!("{text}a");
            let upper = text.to_uppercase();
            let padded = format!(" {text}");
            let other = text.replace("gr_", "gl_");
            for bad in [&text[5..], &text[..56], &longer, &upper, &padded, &other, "", "gr_s_"] {
                assert_eq!(digest(bad), None, "{bad}");
            }
        }
    }

    #[test]
    fn a_secret_is_not_shown() {
        let secret = Secret::from("correct horse battery");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
