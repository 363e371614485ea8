//! Who a node says it is to a NATS server, and how it knows the server.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_nats::rustls::pki_types::pem::{self, PemObject};
use async_nats::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use async_nats::rustls::{ClientConfig, RootCertStore};
use async_nats::{Auth, AuthError, ConnectOptions};

use crate::address::Secret;
use crate::nkey::{check_private, file_error};
use crate::{FeedError, Seed};

/// Who the node says it is.
#[derive(Clone, Default)]
pub enum Login {
    /// What stands before the `@` of the address, if anything does.
    #[default]
    Address,
    /// The nkey of this seed. The address then holds no user.
    Nkey(Seed),
}

/// The files of mutual TLS, all in PEM. They are read again for each connection, so that renewed
/// ones need no restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Whom servers' certificates have to come from; nobody else is believed.
    pub ca: PathBuf,
    /// The node's certificate, and those between it and its CA.
    pub certificate: PathBuf,
    /// The certificate's key, readable by its owner only.
    pub key: PathBuf,
}

impl TlsFiles {
    /// Whether TLS can be spoken with these files; the error names the one that is in the way.
    /// Whether a server will believe them only the server knows.
    pub fn check(&self) -> Result<(), FeedError> {
        let mut roots = RootCertStore::empty();
        for authority in certificates(&self.ca)? {
            roots.add(authority).map_err(|error| file_error(&self.ca, error))?;
        }
        let chain = certificates(&self.certificate)?;
        check_private(&self.key)?;
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|error| pem_error(&self.key, "private key", &error))?;
        ClientConfig::builder()
            .with_root_certificates(roots)
            .with_client_auth_cert(chain, key)
            .map_err(|error| {
                let what = format!("it is not the key of {}: {error}", self.certificate.display());
                file_error(&self.key, what)
            })?;
        Ok(())
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, FeedError> {
    let refused = |error: &pem::Error| pem_error(path, "certificate", error);
    let read = CertificateDer::pem_file_iter(path).map_err(|error| refused(&error))?;
    let found = read.collect::<Result<Vec<_>, _>>().map_err(|error| refused(&error))?;
    if found.is_empty() { Err(refused(&pem::Error::NoItemsFound)) } else { Ok(found) }
}

fn pem_error(path: &Path, what: &str, error: &pem::Error) -> FeedError {
    match error {
        pem::Error::Io(error) => file_error(path, error),
        pem::Error::NoItemsFound => file_error(path, format!("there is no {what} in PEM in it")),
        other => file_error(path, format!("it holds no {what} that can be read: {other}")),
    }
}

/// What a client is started with, so that it says who it is.
pub(crate) fn options(login: &Login, secret: Option<Secret>) -> ConnectOptions {
    match (login, secret) {
        (Login::Nkey(seed), _) => {
            // The client would keep a copy of the seed of its own; so it asks for signatures.
            let seed = Arc::new(seed.clone());
            ConnectOptions::with_auth_callback(move |nonce| {
                std::future::ready(signed(&seed, &nonce))
            })
        }
        (Login::Address, None) => ConnectOptions::new(),
        (Login::Address, Some(Secret::User { user, password })) => {
            ConnectOptions::with_user_and_password(user, password)
        }
        (Login::Address, Some(Secret::Token(token))) => ConnectOptions::with_token(token),
    }
}

/// A server that asks for no signature has no users; it gets none and lets everybody in.
fn signed(seed: &Seed, nonce: &[u8]) -> Result<Auth, AuthError> {
    let mut auth = Auth::new();
    if !nonce.is_empty() {
        auth.nkey = Some(seed.public().to_string());
        auth.signature = Some(seed.sign(nonce).map_err(AuthError::new)?);
    }
    Ok(auth)
}
