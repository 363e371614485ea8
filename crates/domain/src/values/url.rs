//! Where something stands on a network.

use super::NotAValue;

const SHAPE: NotAValue = NotAValue::shape(
    "Write the address as it stands in the browser: example.vn/page, or with http:// or https://.",
);

/// A page or site, in one spelling: without `http://` or `https://`, the host in lower case, no
/// port that is the usual one, no slash alone at the end. Names in other scripts stay as they are
/// (RFC 3987): what an officer sees is what the victim saw. The forms that keep a link from being
/// opened by mistake (`hxxp://`, `example[.]vn`) mean what they stand for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Url(String);

impl Url {
    /// Longest text, characters.
    const LONGEST: usize = 500;

    /// An address as somebody wrote it.
    pub fn parse(written: &str) -> Result<Self, NotAValue> {
        let text = written.trim().replace("[.]", ".");
        if text.chars().count() > Self::LONGEST || text.chars().any(char::is_whitespace) {
            return Err(SHAPE);
        }
        let (usual_port, rest) = scheme(&text)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            let message = "Leave the name and password before the @ out of the address.";
            return Err(NotAValue { rule: "credentials", message });
        }
        let host = host(authority, usual_port)?;
        let path = if path == "/" { "" } else { path };
        Ok(Self(format!("{host}{path}")))
    }

    /// The one spelling: host and path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The usual port of the scheme, and what stands after it.
fn scheme(text: &str) -> Result<(&'static str, &str), NotAValue> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Ok(("", text));
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "hxxp" => Ok((":80", rest)),
        "https" | "hxxps" => Ok((":443", rest)),
        _ => Err(SHAPE),
    }
}

fn host(authority: &str, usual_port: &str) -> Result<String, NotAValue> {
    let lower = authority.to_lowercase();
    let lower = if usual_port.is_empty() {
        &lower
    } else {
        lower.strip_suffix(usual_port).unwrap_or(&lower)
    };
    let (name, port) =
        lower.split_once(':').map_or((lower, None), |(name, port)| (name, Some(port)));
    let name = name.strip_suffix('.').unwrap_or(name);
    let label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && label.chars().all(|c| c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let named = name.contains('.') && name.len() <= 253 && name.split('.').all(label);
    match port {
        None if named => Ok(name.to_owned()),
        Some(port) if named && port.parse::<u16>().is_ok_and(|number| number > 0) => {
            Ok(format!("{name}:{port}"))
        }
        _ => Err(SHAPE),
    }
}

/// Marks that letters of other scripts carry, which are no letters themselves.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{e7f}' | '\u{1780}'..='\u{17ff}')
}

/// An account of a social network: a link to it, or its handle (`@vi_du`). A name that is only
/// shown is kept as written and is unrecognised: it leads to many accounts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handle {
    value: String,
    recognised: bool,
}

impl Handle {
    /// An account as somebody wrote it.
    pub fn parse(written: &str) -> Result<Self, NotAValue> {
        let written = written.trim();
        if written.is_empty() || written.chars().count() > 200 {
            return Err(NotAValue::shape("Write the link to the account, or its handle: @vi_du."));
        }
        let bare = written.strip_prefix('@').unwrap_or(written);
        let marked = bare.len() < written.len();
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        // "vidu.vn/trang" is a link; "vi.du" alone is a handle as well as a host.
        let handle = (2..=64).contains(&bare.len()) && bare.chars().all(part);
        if handle && (marked || !bare.contains('/')) {
            let value = format!("@{}", bare.to_ascii_lowercase());
            return Ok(Self { value, recognised: true });
        }
        match Url::parse(written) {
            Ok(url) => Ok(Self { value: url.0, recognised: true }),
            Err(fault) if fault.rule == "credentials" => Err(fault),
            Err(_) => Ok(Self { value: written.to_owned(), recognised: false }),
        }
    }

    /// The one spelling: a handle with its @, or a link without its scheme.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether it leads to one account.
    pub fn is_recognised(&self) -> bool {
        self.recognised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_spelling() {
        let cases = [
            ("https://Vi-Du.EXAMPLE/", "vi-du.example"),
            ("http://vi-du.example:80", "vi-du.example"),
            ("https://vi-du.example:443/Trang?a=B", "vi-du.example/Trang?a=B"),
            ("vi-du.example:8443/x", "vi-du.example:8443/x"),
            (" hxxps://vi-du[.]example/a ", "vi-du.example/a"),
            ("NGÂNHÀNG-VÍDỤ.example", "ngânhàng-vídụ.example"),
            ("vi-du.example.", "vi-du.example"),
            ("192.0.2.1/a", "192.0.2.1/a"),
        ];
        for (written, value) in cases {
            assert_eq!(Url::parse(written).unwrap().as_str(), value, "{written}");
            assert_eq!(Url::parse(value).unwrap().as_str(), value, "{value}");
        }
        let bad = [
            "",
            "vidu",
            "ftp://vi-du.example",
            "javascript:alert(1)",
            "http://",
            "a b.example",
            "vi-du.example:0",
            "vi-du.example:x",
            "-vi.example",
            "vi..example",
            "https:///a",
            "data://text",
        ];
        for bad in bad {
            assert_eq!(Url::parse(bad).unwrap_err().rule, "shape", "{bad}");
        }
        for bad in ["https://vi:du@vi-du.example", "vi-du@vi-du.example"] {
            assert_eq!(Url::parse(bad).unwrap_err().rule, "credentials", "{bad}");
        }
    }

    #[test]
    fn an_account_is_a_link_a_handle_or_a_name() {
        let cases = [
            ("@Vi_Du.2024", "@vi_du.2024", true),
            ("Vi_Du", "@vi_du", true),
            ("https://Mang.example/vi.du", "mang.example/vi.du", true),
            ("Shop Ví Dụ", "Shop Ví Dụ", false),
        ];
        for (written, value, recognised) in cases {
            let handle = Handle::parse(written).unwrap();
            assert_eq!((handle.as_str(), handle.is_recognised()), (value, recognised), "{written}");
            assert_eq!(Handle::parse(value).unwrap(), handle);
        }
        assert_eq!(Handle::parse(" ").unwrap_err().rule, "shape");
    }
}
