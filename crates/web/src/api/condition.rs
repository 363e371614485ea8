//! Conditional requests: what is shown carries the version it has (`ETag`), and a command may name
//! the one that it is about (`If-Match`, RFC 9110, section 13.1.1). Whether it still is that one is for who
//! decides to say, where nothing can come between: here it would be a race.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The version as an entity tag.
pub fn tag(version: u32) -> [(HeaderName, HeaderValue); 1] {
    let text = format!("\"{version}\"");
    // Digits between quotes are always a header's value.
    [(header::ETAG, HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"0\"")))]
}

/// Which version of an alert or draft a command is about, where it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition(Option<Vec<String>>);

impl Condition {
    /// From the headers.
    pub fn of(headers: &HeaderMap) -> Self {
        let values: Vec<&HeaderValue> = headers.get_all(header::IF_MATCH).iter().collect();
        // What is no text matches nothing.
        let tags = values.iter().flat_map(|value| value.to_str().unwrap_or_default().split(','));
        let tags = tags.map(|tag| tag.trim().to_owned()).collect();
        Self((!values.is_empty()).then_some(tags))
    }

    /// That version, where one is named.
    pub fn exactly(version: Option<u32>) -> Self {
        Self(version.map(|version| vec![format!("\"{version}\"")]))
    }

    /// Whether what has that version is meant; `None` is what is not there.
    pub fn allows(&self, version: Option<u32>) -> bool {
        let Some(tags) = &self.0 else { return true };
        let current = version.map(|version| format!("\"{version}\""));
        current.is_some_and(|current| {
            // A weak tag never matches: it does not name a version.
            tags.iter().any(|tag| *tag == current || tag == "*")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_version_that_is_named_matches() {
        let holds = |values: &[&str], version| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::IF_MATCH, value.parse().unwrap());
            }
            Condition::of(&headers).allows(version)
        };
        assert!(holds(&[], None) && holds(&[], Some(1)));
        for tags in [&["\"3\""][..], &["*"], &["\"2\", \"3\""], &["\"2\"", "\"3\""]] {
            assert!(holds(tags, Some(3)), "{tags:?}");
            assert!(!holds(tags, None), "{tags:?}");
        }
        for tags in [&["\"2\""][..], &["3"], &["W/\"3\""], &[""], &["\"33\""]] {
            assert!(!holds(tags, Some(3)), "{tags:?}");
        }
        assert_eq!(tag(3)[0].1, "\"3\"");
    }
}
