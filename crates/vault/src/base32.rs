//! Base32 in lower case (RFC 4648, without padding): what people read aloud, type and double-click.

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Appends the bytes to `text`. The last character is filled up with zero bits.
pub(crate) fn encode_into(bytes: &[u8], text: &mut String) {
    let (mut held, mut bits) = (0_u16, 0_u32);
    for byte in bytes {
        held = (held << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(character(held >> bits));
        }
    }
    if bits > 0 {
        text.push(character(held << (5 - bits)));
    }
}

/// Whether the text has characters of this alphabet only.
pub(crate) fn is_base32(text: &str) -> bool {
    text.bytes().all(|byte| ALPHABET.contains(&byte))
}

fn character(bits: u16) -> char {
    char::from(ALPHABET[usize::from(bits & 31)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_the_rfc_has() {
        let pairs =
            [("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foobar", "mzxw6ytboi")];
        for (bytes, expected) in pairs {
            let mut text = String::new();
            encode_into(bytes.as_bytes(), &mut text);
            assert_eq!(text, expected);
        }
        let mut text = String::new();
        encode_into(&[0xff; 32], &mut text);
        assert_eq!(text, format!("{}q", "7".repeat(51)));
        assert!(is_base32(&text));
        assert!(!is_base32("A") && !is_base32("1") && !is_base32("á"));
    }
}
