//! Ids that are also subject tokens.

use crate::limits::TOKEN_BYTES;

/// Whether `text` may stand as one token of a NATS subject and as an id: 1 to 64 characters of
/// `a-z`, `0-9`, `-`, `_`, the first a letter or digit.
pub fn is_token(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes.first(), Some(b'a'..=b'z' | b'0'..=b'9'))
        && bytes.len() <= TOKEN_BYTES
        && bytes.iter().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_a_subject_is_no_token() {
        for good in ["hcm", "long-an_duc-hoa", "80", "directory"] {
            assert!(is_token(good), "{good}");
        }
        for bad in ["", "-a", "Hcm", "a.b", "a*", ">", "a b", "đ", "$sys", &"a".repeat(65)] {
            assert!(!is_token(bad), "{bad}");
        }
    }
}
