//! Reading a table of a topology file, field by field, without stopping at what is wrong.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Component, Path};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{Seen, Streams};
use super::{Address, At};
use crate::render::{Problems, Source};

/// The file, and what was found to be wrong in it.
pub(super) struct Reader<'a> {
    pub source: Source<'a>,
    pub problems: RefCell<Problems>,
    /// What has to fit together, also where something beside it can't be read.
    pub seen: RefCell<Seen>,
}

impl Reader<'_> {
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        let before = self.source.text.get(..span.start).unwrap_or(self.source.text);
        before.matches('\n').count() + 1
    }

    pub(super) fn saw_province(&self, id: Option<&At<&str>>) {
        let id = id.map(|at| At { value: at.value.to_owned(), line: at.line });
        self.seen.borrow_mut().provinces.extend(id);
    }

    pub(super) fn problem(&self, line: usize, reason: impl Into<String>) {
        self.problems.borrow_mut().push(Some((self.source.name.to_owned(), line)), reason);
    }
}

/// One table of the file.
pub(super) struct Fields<'a> {
    reader: &'a Reader<'a>,
    table: &'a DeTable<'a>,
    /// What it is called: `[hub]`.
    pub name: &'a str,
    /// Where it begins.
    pub line: usize,
}

impl<'a> Fields<'a> {
    /// A table that may have these fields and no other.
    pub(super) fn new(
        reader: &'a Reader<'a>,
        table: &'a DeTable<'a>,
        name: &'a str,
        line: usize,
        known: &[&str],
    ) -> Self {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let (line, known) = (reader.line(&key.span()), known.join(", "));
            reader.problem(
                line,
                format!("{name} has no field {key:?}; it has {known}", key = key.get_ref()),
            );
        }
        Self { reader, table, name, line }
    }

    pub(super) fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    pub(super) fn problem(&self, line: usize, reason: impl Into<String>) {
        self.reader.problem(line, reason);
    }

    pub(super) fn line_of(&self, value: &Spanned<DeValue<'_>>) -> usize {
        self.reader.line(&value.span())
    }

    /// A string, if the field is there.
    pub(super) fn text(&self, key: &str) -> Option<At<&'a str>> {
        let value = self.value(key)?;
        let line = self.line_of(value);
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.problem(line, format!("{key} is a text in quotes"));
        }
        text.map(|value| At { value, line })
    }

    /// A string; that it is missing is a problem.
    pub(super) fn needed(&self, key: &str) -> Option<At<&'a str>> {
        if self.value(key).is_none() {
            self.problem(self.line, format!("{} lacks {key}", self.name));
        }
        self.text(key)
    }

    /// What is parsed from a string.
    pub(super) fn parsed<T>(
        &self,
        text: Option<At<&'a str>>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<At<T>> {
        let At { value, line } = text?;
        match parse(value) {
            Ok(value) => Some(At { value, line }),
            Err(reason) => {
                self.problem(line, format!("{value:?} {reason}"));
                None
            }
        }
    }

    /// A whole number, or else this one.
    pub(super) fn number(&self, key: &str, default: u64) -> Option<At<u64>> {
        let Some(value) = self.value(key) else {
            return Some(At { value: default, line: self.line });
        };
        let line = self.line_of(value);
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.problem(line, format!("{key} is a whole number, without quotes"));
        }
        number.map(|value| At { value, line })
    }

    /// A path, or else this one.
    pub(super) fn path(&self, key: &str, default: &str) -> Option<String> {
        let text = match self.value(key) {
            Some(_) => self.text(key),
            None => Some(At { value: default, line: self.line }),
        };
        let owned = |text: &str| path(text).map(|()| text.to_owned());
        self.parsed(text, owned).map(|path| path.value)
    }

    /// A path that nats-server itself takes to be below the server's directory, whatever it is.
    pub(super) fn path_below(&self, key: &str, default: &str) -> Option<String> {
        let path = self.path(key, default)?;
        if path.starts_with('/') {
            let line = self.value(key).map_or(self.line, |value| self.line_of(value));
            let reason = "an included file is looked for below the server's directory; link to it";
            self.problem(line, format!("{path:?}: {reason} from there"));
            return None;
        }
        Some(path)
    }

    pub(super) fn listener(&self, key: &'static str) -> Option<At<SocketAddr>> {
        let listener = self.parsed(self.needed(key), listener);
        self.saw_listener(key, listener.as_ref());
        listener
    }

    pub(super) fn saw_listener(&self, key: &'static str, listener: Option<&At<SocketAddr>>) {
        let seen = listener.map(|at| (self.line, key, at.clone()));
        self.reader.seen.borrow_mut().listeners.extend(seen);
    }

    pub(super) fn saw_name(&self, name: Option<&At<String>>) {
        self.reader.seen.borrow_mut().names.extend(name.cloned());
    }

    pub(super) fn saw_store(&self, mib: Option<&At<u64>>, streams: Streams) {
        self.reader.seen.borrow_mut().stores.extend(mib.map(|at| (at.clone(), streams)));
    }
}

/// Where a server listens: an address of the machine, and a port that others can know.
pub(super) fn listener(text: &str) -> Result<SocketAddr, String> {
    match text.parse::<SocketAddr>() {
        Ok(address) if address.port() != 0 => Ok(address),
        Ok(_) => Err("needs a port between 1 and 65535".into()),
        Err(_) => Err("is no place to listen: write an IP address and a port, 0.0.0.0:4222".into()),
    }
}

/// How another server is reached.
pub(super) fn address(text: &str) -> Result<Address, String> {
    let wrong = || "is no address of a server: write its name and a port, a.example:7422";
    let (host, port) = text.rsplit_once(':').ok_or_else(wrong)?;
    let port: u16 = port.parse().map_err(|_| wrong())?;
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = match bare {
        Some(ip) => ip.parse::<std::net::Ipv6Addr>().is_ok(),
        None => is_host_name(host),
    };
    if !is_host || port == 0 {
        return Err(wrong().into());
    }
    Ok(Address { host: host.to_owned(), port })
}

/// A name as others can look it up (RFC 1123), or an IPv4 address, which looks the same.
pub(crate) fn is_host_name(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !label.is_empty() && !label.starts_with('-') && label.len() < 64 && label.bytes().all(is_part)
}

/// A path that means the same to whoever writes it and to the server.
fn path(text: &str) -> Result<(), String> {
    if text.is_empty() || text.chars().any(char::is_control) || text.ends_with('/') {
        return Err("is no path of a file".into());
    }
    let path = Path::new(text);
    if path.is_absolute() && path.components().all(|part| part != Component::ParentDir) {
        return Ok(());
    }
    // Spelled plainly: components() would drop a `.` and a doubled `/`.
    if text.split('/').any(|part| matches!(part, "" | "." | "..") || part.starts_with('~')) {
        return Err("leaves the server's directory: a relative path is one below it; \
                    write others from the root, /etc/…"
            .into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_could_mean_two_things_are_refused() {
        for good in ["tls/ca.pem", "store", "/var/lib/giapranh/nats", "a.b/c~d"] {
            assert_eq!(path(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            ".",
            "..",
            "../ca.pem",
            "./ca.pem",
            "a/../b",
            "a//b",
            "~/ca.pem",
            "a\nb",
            "a/",
            "/a/../b",
        ] {
            assert!(path(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn addresses_are_names_and_ports() {
        for good in ["hub:7422", "hub.example:1", "10.0.0.1:7422", "[::1]:7422"] {
            assert_eq!(address(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            "hub",
            "hub:",
            "hub:0",
            "hub:65536",
            ":7422",
            "u:p@hub:7422",
            "a b:1",
            "[hub]:1",
            "-a:1",
            "tls://hub:1",
        ] {
            assert!(address(bad).is_err(), "{bad:?}");
        }
    }
}
