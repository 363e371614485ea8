//! The files that pages load: part of the program, under addresses that change with their content, so
//! that a browser keeps them for good and never shows an old one.

use std::fmt::Write as _;
use std::sync::OnceLock;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

struct Asset {
    name: &'static str,
    media: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal: $media:literal),+ $(,)?) => {
        const ASSETS: &[Asset] = &[$(Asset {
            name: $name,
            media: $media,
            bytes: include_bytes!(concat!("../../assets/", $name)),
        }),+];
    };
}

assets! {
    "console.css": "text/css; charset=utf-8",
    "console.js": "text/javascript; charset=utf-8",
    "drafts.js": "text/javascript; charset=utf-8",
    "live.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "zones.svg": "image/svg+xml",
    "fonts/be-vietnam-pro-latin-400-normal.woff2": "font/woff2",
    "fonts/be-vietnam-pro-latin-600-normal.woff2": "font/woff2",
    "fonts/be-vietnam-pro-vietnamese-400-normal.woff2": "font/woff2",
    "fonts/be-vietnam-pro-vietnamese-600-normal.woff2": "font/woff2",
}

/// A file that has this version may be kept for good: its address would be another one.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
const FOR_NOW: HeaderValue = HeaderValue::from_static("private, max-age=300");

/// `GET /assets/{*name}`.
pub async fn serve(
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let known = ASSETS.iter().zip(versions()).find(|(asset, _)| asset.name == name);
    let (asset, version) = known.ok_or_else(Problem::no_such_page)?;
    let keep = if query.as_deref() == Some(version) { FOR_GOOD } else { FOR_NOW };
    let media = HeaderValue::from_static(asset.media);
    Ok(([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, keep)], asset.bytes)
        .into_response())
}

/// The address of a file.
pub fn path(name: &str) -> String {
    let known = ASSETS.iter().zip(versions()).find(|(asset, _)| asset.name == name);
    // A test opens everything that every page names.
    known.map_or_else(String::new, |(asset, version)| format!("/assets/{}?{version}", asset.name))
}

fn versions() -> &'static [String] {
    static VERSIONS: OnceLock<Vec<String>> = OnceLock::new();
    VERSIONS.get_or_init(|| {
        let version = |asset: &Asset| {
            Sha256::digest(asset.bytes).iter().take(6).fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
        };
        ASSETS.iter().map(version).collect()
    })
}
