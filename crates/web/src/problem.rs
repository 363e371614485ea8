//! Refusals as RFC 9457 problems: a stable `type`, one sentence, and every field at fault. Whoever
//! asks for Vietnamese (`Accept-Language`) reads the sentences in Vietnamese; `type` and `rule` stay.

mod access;
mod catalogue;
mod language;
mod past;

use axum::Json;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use giapranh_domain::{Fault, Rejection, Ruling};
use giapranh_views::ViewsError;
use schemars::JsonSchema;
use serde::Serialize;

use crate::COMMAND_BYTES;
use crate::backend::SubmitError;
use crate::rate::Allowance;

pub use catalogue::{ProblemType, TYPES};
pub use language::speak;
pub use past::Making;

const NO_KEY: &str = "The key of the command is unclear";

/// What a refused request is answered with.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Problem {
    /// `urn:giapranh:problem:…`: programs tell problems apart by this alone.
    #[serde(rename = "type")]
    kind: Box<str>,
    title: &'static str,
    #[serde(serialize_with = "status_code")]
    #[schemars(with = "u16")]
    status: StatusCode,
    detail: Box<str>,
    /// Empty unless it is about fields of what was sent.
    errors: Vec<Fault>,
    /// The detail in Vietnamese, where there is one.
    #[serde(skip)]
    vietnamese: Option<Box<str>>,
    /// After how many seconds the same may pass.
    #[serde(skip)]
    retry_after_s: Option<u32>,
    /// What is left to who asked too often.
    #[serde(skip)]
    allowance: Option<Box<Allowance>>,
    /// How far the moment of the past has come that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    making: Option<Box<Making>>,
}

// serde hands over references.
#[expect(clippy::trivially_copy_pass_by_ref)]
fn status_code<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u16(status.as_u16())
}

impl Problem {
    fn new(kind: &str, title: &'static str, status: StatusCode, detail: impl Into<String>) -> Self {
        debug_assert!(
            catalogue::named(kind).is_some_and(|known| known.status == status.as_u16()),
            "{kind} {status} is not in the catalogue of problems"
        );
        Self {
            kind: format!("urn:giapranh:problem:{kind}").into(),
            title,
            status,
            detail: detail.into().into_boxed_str(),
            errors: Vec::new(),
            vietnamese: None,
            retry_after_s: None,
            allowance: None,
            making: None,
        }
    }

    fn in_vietnamese(mut self, detail: impl Into<Box<str>>) -> Self {
        self.vietnamese = Some(detail.into());
        self
    }

    fn after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// A command that breaks rules.
    pub fn rejected(rejection: Rejection) -> Self {
        let (kind, title, status) = match rejection.ruling {
            Ruling::Invalid => {
                ("invalid", "The command is invalid", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Ruling::NotFound => ("not-found", "There is no such thing here", StatusCode::NOT_FOUND),
            Ruling::Forbidden => ("forbidden", "The unit may not do this", StatusCode::FORBIDDEN),
            Ruling::Conflict => {
                ("conflict", "It can't follow on what has happened", StatusCode::CONFLICT)
            }
        };
        let sentences: Vec<&str> = rejection.faults.iter().map(|f| f.message.as_str()).collect();
        let mut problem = Self::new(kind, title, status, sentences.join(" "));
        problem.errors = rejection.faults;
        problem
    }

    /// A command that is not JSON, or not that of a command.
    pub fn unreadable(error: &serde_json::Error) -> Self {
        let detail = format!("The body is not a command: {error}.");
        Self::new("unreadable", "The request can't be read", StatusCode::BAD_REQUEST, detail)
            .in_vietnamese(format!("Nội dung gửi không phải là một lệnh: {error}."))
    }

    /// An order to judge again that is not JSON, or not such an order.
    pub fn unreadable_order(error: &serde_json::Error) -> Self {
        let detail = format!("The body does not say what to judge again: {error}.");
        Self::new("unreadable", "The request can't be read", StatusCode::BAD_REQUEST, detail)
            .in_vietnamese(format!("Nội dung gửi không nêu được cần xét lại gì: {error}."))
    }

    /// A body that names no keys.
    pub fn unreadable_keys(error: &serde_json::Error) -> Self {
        let detail = format!("The body does not say which keys are wanted, and for whom: {error}.");
        Self::new("unreadable", "The request can't be read", StatusCode::BAD_REQUEST, detail)
            .in_vietnamese(format!("Nội dung gửi không nêu được cần khóa nào, cho ai: {error}."))
    }

    /// A parameter of the address that can't be.
    pub fn parameter(name: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let mut problem =
            Self::new("parameter", "A parameter is wrong", StatusCode::BAD_REQUEST, &message)
                .in_vietnamese(format!("Tham số {name} không đúng."));
        problem.errors = vec![Fault::new(&format!("?{name}"), "parameter", message)];
        problem
    }

    /// Something by id that is not here.
    pub fn missing(what: &str, id: &str, list: &str) -> Self {
        let detail = format!("There is no {what} {id} on this node (see: {list}).");
        Self::new("not-found", "There is no such thing here", StatusCode::NOT_FOUND, detail)
            .in_vietnamese(format!("Nút này không có {id}, hoặc đơn vị của bạn không xem được."))
    }

    /// Something by a text that is no id.
    pub fn no_such_id(error: &impl std::fmt::Display) -> Self {
        let detail = format!("{error}.");
        Self::new("not-found", "There is no such thing here", StatusCode::NOT_FOUND, detail)
            .in_vietnamese("Địa chỉ này nêu một mã không hợp lệ.")
    }

    /// An address that nothing is served at.
    pub fn no_such_page() -> Self {
        let detail = "Nothing is served at this address; the API is under /api/v1.";
        Self::new("not-found", "There is no such thing here", StatusCode::NOT_FOUND, detail)
            .in_vietnamese("Không có trang nào ở địa chỉ này; API ở dưới /api/v1.")
    }

    /// A method that the address does not have.
    pub fn method_not_allowed() -> Self {
        let detail = "This address does not answer to this method; see the header Allow.";
        Self::new("method", "The method is not allowed", StatusCode::METHOD_NOT_ALLOWED, detail)
            .in_vietnamese("Địa chỉ này không nhận phương thức đó; xem header Allow.")
    }

    /// A change where browsers are, without a secret that only a program sends.
    pub fn read_only() -> Self {
        let detail = "Here a change takes the secret of a session or an API token in the header \
                      Authorization (Bearer); a cookie does not count. Or give the command through the \
                      node's socket: giapranh … --dir DIR.";
        let vietnamese = "Ở đây, muốn thay đổi phải gửi mã phiên hoặc mã truy cập trong header \
                          Authorization (Bearer); cookie không được tính. Hoặc ra lệnh qua ổ cắm của nút: \
                          giapranh … --dir DIR.";
        Self::new("read-only", "Commands are not accepted here", StatusCode::FORBIDDEN, detail)
            .in_vietnamese(vietnamese)
    }

    /// A body of the API that says that it is something else.
    pub fn not_json() -> Self {
        let detail = "The API takes JSON only: send Content-Type: application/json.";
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self::new("media-type", "The body is not JSON", status, detail)
            .in_vietnamese("API chỉ nhận JSON: hãy gửi Content-Type: application/json.")
    }

    /// An address that is longer than any of ours.
    pub fn long_address() -> Self {
        let detail =
            "The address is longer than any that is served here; ask with fewer parameters.";
        Self::new("address", "The address is too long", StatusCode::URI_TOO_LONG, detail)
            .in_vietnamese("Địa chỉ quá dài; hãy dùng ít tham số hơn.")
    }

    /// A key that is none.
    pub fn no_key() -> Self {
        let detail = "Idempotency-Key is one UUID of version 7, in quotation marks.";
        Self::new("idempotency-key", NO_KEY, StatusCode::BAD_REQUEST, detail)
            .in_vietnamese("Idempotency-Key là một UUID phiên bản 7, đặt trong dấu ngoặc kép.")
    }

    /// Two keys for one command.
    pub fn two_keys() -> Self {
        let detail = "Idempotency-Key and the body's key differ; name one, or the same twice.";
        Self::new("idempotency-key", NO_KEY, StatusCode::BAD_REQUEST, detail)
            .in_vietnamese("Idempotency-Key và key trong nội dung khác nhau; hãy nêu một khoá.")
    }

    /// An account that has used up what it may ask.
    pub fn too_often(allowance: Allowance, wait_s: u32) -> Self {
        let detail = format!("This account asks too often; ask again in {wait_s} s.");
        let vietnamese = format!("Tài khoản này hỏi quá nhiều; hãy thử lại sau {wait_s} giây.");
        let (title, status) = ("This account asks too often", StatusCode::TOO_MANY_REQUESTS);
        let problem = Self::new("too-often", title, status, detail);
        Self {
            allowance: Some(Box::new(allowance)),
            ..problem.in_vietnamese(vietnamese).after(wait_s)
        }
    }

    /// What is left to who asked too often.
    pub fn allowance(&self) -> Option<Allowance> {
        self.allowance.as_deref().copied()
    }

    /// What a sender made, asked for where others can read.
    pub fn socket_only() -> Self {
        let detail = "Bytes are given out on the node's socket only: giapranh quarantine export \
                      ID --out FILE --dir DIR (or: giapranh held export).";
        Self::new("socket-only", "This is not shown here", StatusCode::FORBIDDEN, detail)
            .in_vietnamese(
                "Nội dung này chỉ lấy được qua ổ cắm của nút (giapranh quarantine export).",
            )
    }

    /// A request under a name that is not this machine's.
    pub fn foreign_host() -> Self {
        let detail =
            "Ask for this page as 127.0.0.1, [::1] or localhost; no other name is answered.";
        Self::new(
            "foreign-host",
            "The host name is not this machine's",
            StatusCode::FORBIDDEN,
            detail,
        )
        .in_vietnamese("Hãy mở trang này bằng tên của chính máy chủ; tên khác không được trả lời.")
    }

    /// A request under a name that is not the node's.
    pub fn foreign_name() -> Self {
        let detail =
            "Ask under a name of the node; whoever runs it lists them in node.toml (names).";
        let title = "The host name is not this machine's";
        Self::new("foreign-host", title, StatusCode::FORBIDDEN, detail).in_vietnamese(
            "Hãy gọi bằng tên của nút; người vận hành ghi các tên trong node.toml (names).",
        )
    }

    /// A body that is longer than any that is taken.
    pub fn body_too_large() -> Self {
        Self::too_large(
            "The request is too large",
            format!("A request has {COMMAND_BYTES} bytes at most."),
        )
        .in_vietnamese(format!("Một yêu cầu có nhiều nhất {COMMAND_BYTES} byte."))
    }

    /// The node can't do it now.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        let (title, status) = ("The node can't do this now", StatusCode::SERVICE_UNAVAILABLE);
        Self::new("unavailable", title, status, detail)
            .in_vietnamese("Hiện nút chưa làm được việc này; hãy thử lại sau.")
            .after(1)
    }

    /// One more event stream than there may be.
    pub fn too_many_streams() -> Self {
        let most = crate::events::STREAMS;
        Self::unavailable(format!(
            "{most} programs follow the feed already; close a page, or ask again later."
        ))
    }

    fn too_large(title: &'static str, detail: String) -> Self {
        Self::new("too-large", title, StatusCode::PAYLOAD_TOO_LARGE, detail)
            .in_vietnamese("Nội dung gửi lớn quá mức cho phép.")
    }

    /// Something broke on our side. The cause is for the node's own log.
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::new("internal", "The node failed", StatusCode::INTERNAL_SERVER_ERROR, detail)
            .in_vietnamese("Nút gặp sự cố; nhật ký của nút nêu lý do.")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(&self)).into_response();
        let headers = response.headers_mut();
        let media = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, media);
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        // For whoever says it in another language.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<SubmitError> for Problem {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Rejected(rejection) => Self::rejected(rejection),
            SubmitError::Changed => Self::changed_since(),
            SubmitError::Unavailable(why) => Self::unavailable(why),
        }
    }
}

impl From<ViewsError> for Problem {
    fn from(error: ViewsError) -> Self {
        if let ViewsError::BadCursor { .. } = error {
            return Self::parameter("after", format!("{error}."));
        }
        tracing::error!(%error, "the views could not be read");
        Self::internal("The views could not be read; the node's own log says why.")
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = format!("A command has {COMMAND_BYTES} bytes at most.");
            Self::too_large("The command is too large", detail)
        } else {
            let detail = "The body ended before all of it had arrived; send it again.";
            Self::new("unreadable", "The request can't be read", StatusCode::BAD_REQUEST, detail)
                .in_vietnamese("Nội dung chưa đến đủ thì đường truyền đã ngắt; hãy gửi lại.")
        }
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        let detail = format!("{}.", rejection.body_text());
        Self::new("parameter", "A parameter is wrong", StatusCode::BAD_REQUEST, detail)
            .in_vietnamese("Tham số trong địa chỉ không đọc được.")
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::no_such_page()
    }
}
