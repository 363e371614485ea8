//! Refusals in the language of who reads them.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use giapranh_domain::{Fault, Language};

use super::Problem;
use super::catalogue::named;

/// Says a problem in the language that the request asks for. `Content-Language` tells which it is.
pub async fn speak(request: Request, next: Next) -> Response {
    let is_asked_for = preferred(request.headers()) == Language::Vietnamese;
    let has_body = request.method() != Method::HEAD;
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>()
        && is_asked_for
        && let Ok(text) = serde_json::to_vec(&problem.vietnamese())
    {
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::CONTENT_LANGUAGE, axum::http::HeaderValue::from_static("vi"));
        if has_body {
            *response.body_mut() = Body::from(text);
        }
    }
    response
}

impl Problem {
    /// Why, in a language.
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::English => self.detail.to_string(),
            Language::Vietnamese => self.clone().vietnamese().detail.into(),
        }
    }

    /// The fields at fault.
    pub fn errors(&self) -> &[Fault] {
        &self.errors
    }

    /// As it reads in Vietnamese; what has no sentence there stays in English.
    fn vietnamese(mut self) -> Self {
        let code = self.kind.rsplit(':').next().unwrap_or_default();
        self.title = named(code).map_or(self.title, |known| known.vietnamese);
        for fault in &mut self.errors {
            fault.message = fault.sentence(Language::Vietnamese);
        }
        if let Some(detail) = self.vietnamese.take() {
            self.detail = detail;
        } else if !self.errors.is_empty() {
            let sentences: Vec<&str> = self.errors.iter().map(|f| f.message.as_str()).collect();
            self.detail = sentences.join(" ").into();
        }
        self
    }
}

/// The one of our languages that a client likes best. Programs that say nothing read English.
fn preferred(headers: &HeaderMap) -> Language {
    let text = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut best = (Language::English, 0.0);
    for range in text.unwrap_or_default().split(',') {
        let (tag, parameter) = range.split_once(';').unwrap_or((range, ""));
        let quality = match parameter.trim().strip_prefix("q=") {
            Some(text) => text.trim().parse().unwrap_or(0.0),
            None => 1.0,
        };
        let language = match tag.trim().split('-').next().unwrap_or_default() {
            tag if tag.eq_ignore_ascii_case("vi") => Language::Vietnamese,
            tag if tag.eq_ignore_ascii_case("en") => Language::English,
            _ => continue,
        };
        if quality > best.1 {
            best = (language, quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_liked_best_counts() {
        let speaks = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            preferred(&headers)
        };
        assert_eq!(preferred(&HeaderMap::new()), Language::English);
        for text in ["vi", "vi-VN,vi;q=0.9,en;q=0.8", "VI", "en;q=0.5, vi;q=0.7", "fr, vi;q=0.1"] {
            assert_eq!(speaks(text), Language::Vietnamese, "{text}");
        }
        for text in ["", "en", "en,vi", "*", "fr", "vi;q=0", "vi;q=x", "video"] {
            assert_eq!(speaks(text), Language::English, "{text}");
        }
    }
}
