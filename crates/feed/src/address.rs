//! What a setting says of where NATS is, and who we are there.
//!
//! The user and password that an address may hold are taken out of it: the client logs addresses,
//! and would not use what stands in them.

use async_nats::ServerAddr;

use crate::FeedError;

/// The servers that a setting names, without secrets, and the secret.
#[derive(Debug)]
pub(crate) struct Addresses {
    pub servers: Vec<ServerAddr>,
    pub secret: Option<Secret>,
}

/// What the server asks for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Secret {
    User { user: String, password: String },
    Token(String),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Reads a setting. All of its servers take the same login, which is written with each of them or
/// with some.
pub(crate) fn addresses(setting: &str) -> Result<Addresses, FeedError> {
    let mut secret: Option<Secret> = None;
    let mut servers = Vec::new();
    for text in setting.split(',').map(str::trim) {
        let refused =
            |reason: &str| FeedError::Address { address: redacted(text), reason: reason.into() };
        let address: ServerAddr = text.parse().map_err(|error| refused(&format!("{error}")))?;
        if address.host().is_empty() {
            return Err(refused("it names no host"));
        }
        if address.is_websocket() {
            return Err(refused("it must be nats:// or tls://"));
        }
        let own = login_of(&address)
            .ok_or_else(|| refused("what stands before the @ is not percent-encoded text"))?;
        if own.is_some() && secret.is_some() && own != secret {
            return Err(refused("all servers have to take the same user"));
        }
        secret = secret.or(own);
        let bare = without_login(address)
            .ok_or_else(|| refused("its user can't be told from its host"))?;
        servers.push(bare);
    }
    Ok(Addresses { servers, secret })
}

/// What stands before the `@`: nothing, a token, or a user and a password.
#[expect(clippy::option_option, reason = "outside: whether it is readable; inside: whether it is")]
fn login_of(address: &ServerAddr) -> Option<Option<Secret>> {
    let Some(user) = address.username() else { return Some(None) };
    let user = decoded(user)?;
    Some(Some(match address.password() {
        Some(password) => Secret::User { user, password: decoded(password)? },
        None => Secret::Token(user),
    }))
}

fn without_login(address: ServerAddr) -> Option<ServerAddr> {
    let mut url = address.into_inner();
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    ServerAddr::from_url(url).ok()
}

/// Undoes percent-encoding (RFC 3986, 2.1).
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = rest else { return None };
        rest = after;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// An address without the user and password that it may hold.
pub(crate) fn redacted(setting: &str) -> String {
    let part = |text: &str| match text.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}"),
        None => text.to_owned(),
    };
    setting.split(',').map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_can_not_be_one_is_refused_without_its_password() {
        for bad in
            ["", "nats://", "http://127.0.0.1:4222", "ws://127.0.0.1", "a b", "nats://h:99999"]
        {
            assert!(matches!(addresses(bad), Err(FeedError::Address { .. })), "{bad:?}");
        }
        for bad in
            ["http://user:secret@host:4222", "nats://u:secret%zz@host:4222", "secret%f@host:4222"]
        {
            let refused = addresses(bad).unwrap_err().to_string();
            assert!(refused.contains("host:4222") && !refused.contains("secret"), "{refused}");
        }
    }

    #[test]
    fn several_servers_may_be_named() {
        let both = addresses("nats://a:4222, tls://b:4223").unwrap();
        assert_eq!(both.servers.len(), 2);
        assert_eq!((both.servers[1].host(), both.servers[1].port()), ("b", 4223));
        assert_eq!(both.secret, None);
    }

    #[test]
    fn a_login_is_taken_out_of_the_address() {
        let named = addresses("nats://nú%74:m%C3%A2t%3A@a:4222,nats://b").unwrap();
        let secret = Secret::User { user: "nút".into(), password: "mât:".into() };
        assert_eq!(named.secret, Some(secret));
        assert_eq!(named.servers[0].as_url_str(), "nats://a:4222");
        let shown = format!("{named:?}");
        assert!(!shown.contains("nút") && !shown.contains("m%C3") && !shown.contains("mât"));

        let token = addresses("tls://t0ken@a").unwrap();
        assert_eq!(token.secret, Some(Secret::Token("t0ken".into())));
        assert_eq!(token.servers[0].as_url_str(), "tls://a");
    }

    #[test]
    fn servers_with_two_users_are_refused() {
        assert!(addresses("nats://u:p@a,nats://u:p@b").is_ok());
        let refused = addresses("nats://u:p@a,nats://v:p@b").unwrap_err().to_string();
        assert!(refused.contains("same user"), "{refused}");
    }
}
