//! Addresses of pages, with what is asked for: whatever goes in stays one value.

use std::fmt::Write as _;

/// A path of this node with parameters; empty ones are left out.
pub struct Address(String);

impl Address {
    /// A path alone.
    pub fn of(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// With a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(name);
            self.0.push('=');
            for byte in value.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                        self.0.push(char::from(byte));
                    }
                    // Writing to a String can't fail.
                    _ => drop(write!(self.0, "%{byte:02X}")),
                }
            }
        }
        self
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_into_an_address_stays_one_value() {
        let address = Address::of("/x").with("a", "").with("b", "a b&c=d/é\"<\r\n").with("c", "1");
        assert_eq!(String::from(address), "/x?b=a%20b%26c%3Dd/%C3%A9%22%3C%0D%0A&c=1");
    }
}
