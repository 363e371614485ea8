//! A certificate authority for those who have none.
//!
//! It answers one question: may this machine speak to our servers at all. Who is who there is the
//! nkeys' matter. Certificates of servers name hosts and count for both ends of a line, because a
//! leaf and a cluster's fellow are servers that call; those of nodes name a unit, no host, and
//! count for the calling end only, so that no node can pass for a server.
//!
//! Nothing here writes over a file, reads a clock, or keeps a list of what was issued: access ends
//! by the nkey, which is revoked in the directory.

use std::net::IpAddr;
use std::path::Path;

use async_nats::rustls::pki_types::pem::PemObject as _;
use async_nats::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use giapranh_record::is_token;
use jiff::{Span, Timestamp, tz::TimeZone};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use zeroize::Zeroizing;

use crate::FeedError;
use crate::render::{create, is_host_name};

/// The authority's own certificate outlives those that it issues by far.
const AUTHORITY_YEARS: i16 = 10;
/// What machines have is renewed with their yearly upkeep, with as long again to forget it.
const ISSUED_YEARS: i16 = 2;
/// Characters in a line of PEM.
const LINE_CHARS: usize = 64;

/// A certificate and its key, as PEM.
pub struct Issued {
    /// For everybody.
    pub certificate: String,
    /// For a file that its owner alone reads.
    pub key: Zeroizing<String>,
}

impl Issued {
    /// Writes both into new files, the key's readable by its owner alone. Writes over nothing, and
    /// neither when one of the two is there already.
    pub fn write(&self, certificate: &Path, key: &Path) -> Result<(), FeedError> {
        for path in [certificate, key] {
            if path.symlink_metadata().is_ok() {
                let reason = "it is there already, and nothing is written over".into();
                return Err(FeedError::File { path: path.to_owned(), reason });
            }
        }
        create(key, self.key.as_bytes(), 0o600)?;
        create(certificate, self.certificate.as_bytes(), 0o644)
    }
}

/// An authority: its certificate, and the key that issues.
pub struct Authority {
    certificate: String,
    key: KeyPair,
}

impl Authority {
    /// A new one, for the ten years from `now` on.
    pub fn create(now: Timestamp) -> Result<Self, FeedError> {
        let key = KeyPair::generate().map_err(failed("making a key"))?;
        let mut params = named(&key);
        valid(&mut params, now, AUTHORITY_YEARS)?;
        let certificate = params.self_signed(&key).map_err(failed("signing its certificate"))?;
        Ok(Self { certificate: certificate_pem(&certificate), key })
    }

    /// One that was made before. Takes only what [`Authority::create`] made: whoever has another
    /// authority has its tools, too.
    pub fn open(certificate: &str, key: &str) -> Result<Self, FeedError> {
        let key = key_pair(key)?;
        let der = der(certificate)?;
        // Both follow from the key alone; its certificate holds them as they are.
        let name = key_name(&key);
        let holds = |part: &[u8]| der.windows(part.len()).any(|window| window == part);
        if !holds(key.public_key_raw()) || !holds(name.as_bytes()) {
            return Err(refused("reading its certificate", "it is not the one of this key"));
        }
        Ok(Self { certificate: certificate.to_owned(), key })
    }

    /// Its own certificate and key, to be kept.
    pub fn own(&self) -> Issued {
        let key = key_pem(&self.key);
        Issued { certificate: self.certificate.clone(), key }
    }

    /// Its certificate: what servers and nodes believe.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// For a server that is reached by these names and IP addresses.
    pub fn server(&self, names: &[String], now: Timestamp) -> Result<Issued, FeedError> {
        let doing = "issuing the certificate of a server";
        let Some(first) = names.first() else {
            return Err(refused(doing, "it needs the names that the server is reached by"));
        };
        if let Some(bad) = names.iter().find(|name| !is_host(name)) {
            return Err(refused(doing, format!("{bad:?} is no name of a host and no IP address")));
        }
        let mut params = CertificateParams::new(names).map_err(failed(doing))?;
        params.distinguished_name = common_name(first);
        params.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(params, now, doing)
    }

    /// For the node of a unit.
    pub fn client(&self, unit: &str, now: Timestamp) -> Result<Issued, FeedError> {
        let doing = "issuing the certificate of a node";
        if !is_token(unit) {
            return Err(refused(doing, format!("{unit:?} is no id of a unit")));
        }
        let mut params = CertificateParams::default();
        params.distinguished_name = common_name(unit);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(params, now, doing)
    }

    fn issue(
        &self,
        mut params: CertificateParams,
        now: Timestamp,
        doing: &'static str,
    ) -> Result<Issued, FeedError> {
        valid(&mut params, now, ISSUED_YEARS)?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate().map_err(failed(doing))?;
        let issuer = Issuer::new(named(&self.key), &self.key);
        let certificate = params.signed_by(&key, &issuer).map_err(failed(doing))?;
        Ok(Issued { certificate: certificate_pem(&certificate), key: key_pem(&key) })
    }
}

/// What an authority with this key says of itself. All of it follows from the key, so that it can
/// be opened again without taking its certificate apart.
fn named(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = common_name(&key_name(key));
    // It issues no other authorities.
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// Told from other authorities of this name by its key.
fn key_name(key: &KeyPair) -> String {
    let tail = key.public_key_raw().iter().rev().take(8);
    let digits: Vec<String> = tail.map(|byte| format!("{byte:02x}")).collect();
    format!("Giap Ranh {}", digits.concat())
}

fn common_name(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// From the day before, because clocks differ, until the same day so many years on.
fn valid(params: &mut CertificateParams, now: Timestamp, years: i16) -> Result<(), FeedError> {
    let today = TimeZone::UTC.to_datetime(now).date();
    let midnight = |span: Span| {
        let date = today.checked_add(span).map_err(failed("reckoning how long it is valid"))?;
        // Neither is negative.
        let part = |number: i8| number.unsigned_abs();
        Ok::<_, FeedError>(date_time_ymd(date.year().into(), part(date.month()), part(date.day())))
    };
    params.not_before = midnight(Span::new().days(-1))?;
    params.not_after = midnight(Span::new().years(years))?;
    Ok(())
}

fn is_host(name: &str) -> bool {
    name.parse::<IpAddr>().is_ok() || is_host_name(name)
}

fn certificate_pem(certificate: &Certificate) -> String {
    armoured("CERTIFICATE", &BASE64.encode(certificate.der()))
}

fn key_pem(key: &KeyPair) -> Zeroizing<String> {
    let text = Zeroizing::new(BASE64.encode(key.serialized_der()));
    Zeroizing::new(armoured("PRIVATE KEY", &text))
}

/// The textual form of RFC 7468. All of it is made at its full length, so that no copy of a key is
/// left behind where it would have grown.
fn armoured(label: &str, text: &str) -> String {
    let begin = format!("-----BEGIN {label}-----\n");
    let end = format!("-----END {label}-----\n");
    let lines = text.len().div_ceil(LINE_CHARS);
    let mut pem = String::with_capacity(begin.len() + text.len() + lines + end.len());
    pem.push_str(&begin);
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE_CHARS));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str(&end);
    pem
}

fn key_pair(pem: &str) -> Result<KeyPair, FeedError> {
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes())
        .map_err(|_| refused("reading its key", "there is no private key in PEM in it"))?;
    KeyPair::try_from(&der).map_err(failed("reading its key"))
}

fn der(certificate: &str) -> Result<CertificateDer<'static>, FeedError> {
    CertificateDer::from_pem_slice(certificate.as_bytes())
        .map_err(|_| refused("reading its certificate", "there is no certificate in PEM in it"))
}

fn refused(doing: &str, reason: impl Into<String>) -> FeedError {
    FeedError::Authority { doing: doing.into(), reason: reason.into() }
}

fn failed<E: std::fmt::Display>(doing: &str) -> impl FnOnce(E) -> FeedError {
    move |error| refused(doing, error.to_string())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn now() -> Timestamp {
        "2025-03-01T08:00:00Z".parse().unwrap()
    }

    fn reason(result: Result<Issued, FeedError>) -> String {
        result.err().unwrap().to_string()
    }

    #[test]
    fn an_authority_is_opened_again_by_its_files_and_by_no_others() {
        let made = Authority::create(now()).unwrap();
        let own = made.own();
        let again = Authority::open(&own.certificate, &own.key).unwrap();
        assert_eq!(again.certificate(), made.certificate());
        assert!(again.server(&["hub.example".into()], now()).is_ok());

        let other = Authority::create(now()).unwrap().own();
        assert!(Authority::open(&own.certificate, &other.key).is_err());
        assert!(Authority::open(&own.key, &own.key).is_err());
        assert!(Authority::open("", &own.key).is_err());
        assert!(Authority::open(&own.certificate, "").is_err());
    }

    #[test]
    fn what_is_no_host_and_no_unit_gets_no_certificate() {
        let authority = Authority::create(now()).unwrap();
        assert!(reason(authority.server(&[], now())).contains("names"));
        for bad in ["", "a b", "*", "hub.example:4222", "-a", "công-an"] {
            assert!(reason(authority.server(&[bad.into()], now())).contains("no name of a host"));
        }
        for bad in ["", "HCM", "a b", "hub.example"] {
            assert!(reason(authority.client(bad, now())).contains("no id of a unit"));
        }
        let names = ["hub.example".into(), "127.0.0.1".into(), "::1".into()];
        assert!(authority.server(&names, now()).is_ok());
    }

    #[test]
    fn nothing_is_written_over_and_keys_are_private() {
        let dir = tempfile::tempdir().unwrap();
        let (certificate, key) = (dir.path().join("ca.pem"), dir.path().join("ca.key"));
        let own = Authority::create(now()).unwrap().own();
        own.write(&certificate, &key).unwrap();
        assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_to_string(&certificate).unwrap(), own.certificate);

        let other = Authority::create(now()).unwrap().own();
        assert!(other.write(&certificate, &key).is_err());
        assert!(other.write(&certificate, &dir.path().join("b.key")).is_err());
        assert!(!dir.path().join("b.key").exists());
        assert_eq!(std::fs::read_to_string(&key).unwrap(), *own.key);
    }
}
