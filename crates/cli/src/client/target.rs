//! The address of a resource, with whatever was typed in it.

use std::fmt;

/// A path with parameters.
#[derive(Debug, Clone)]
pub struct Target {
    text: String,
    has_parameters: bool,
}

impl Target {
    /// A resource of the API.
    pub fn api<'a>(segments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut text = String::from("/api/v1");
        for segment in segments {
            text.push('/');
            encode(&mut text, segment);
        }
        Self { text, has_parameters: false }
    }

    /// With a parameter, unless there is none.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<impl fmt::Display>) -> Self {
        if let Some(value) = value {
            self.text.push(if self.has_parameters { '&' } else { '?' });
            self.has_parameters = true;
            self.text.push_str(name);
            self.text.push('=');
            encode(&mut self.text, &value.to_string());
        }
        self
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
fn encode(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            for half in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(half.into(), 16).map(|c| c.to_ascii_uppercase()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_can_not_change_the_address() {
        let target = Target::api(["zones", "a/../b?c"])
            .with("after", Some("x&limit=9 é"))
            .with("unit", None::<&str>)
            .with("limit", Some(5));
        assert_eq!(
            target.to_string(),
            "/api/v1/zones/a%2F..%2Fb%3Fc?after=x%26limit%3D9%20%C3%A9&limit=5"
        );
    }
}
