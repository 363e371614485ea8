//! Refusals that are about who asks. Every sentence is constant or names roles: none repeats what
//! was typed, and none tells whether an account exists.

use axum::extract::rejection::{BytesRejection, FormRejection};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use giapranh_domain::codes::Role;

use super::Problem;
use crate::officers::{OfficerError, SignInError};
use crate::{COMMAND_BYTES, SECRET_BYTES};

impl Problem {
    /// Nobody has signed in, or the secret is none any more.
    pub fn unauthenticated() -> Self {
        let detail = "Sign in first, or again: giapranh sign-in LOGIN --dir DIR. (A session or API \
                      token that has ended, or was revoked, is not taken.)";
        let vietnamese = "Hãy đăng nhập, hoặc đăng nhập lại: giapranh sign-in LOGIN --dir DIR. (Phiên \
                          hoặc mã truy cập đã hết hạn, đã bị thu hồi thì không dùng được nữa.)";
        let title = "It is not known who asks";
        Self::new("unauthenticated", title, StatusCode::UNAUTHORIZED, detail)
            .in_vietnamese(vietnamese)
    }

    /// It takes one of these roles.
    pub fn role(roles: &[Role]) -> Self {
        let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
        let codes = codes.join(", ");
        let detail = format!(
            "This takes one of the roles {codes}; an administrator gives them (giapranh officer \
             roles)."
        );
        let vietnamese = format!(
            "Việc này cần một trong các vai trò: {codes}. Người quản trị giao vai trò (giapranh \
             officer roles)."
        );
        Self::new("role", "The officer may not do this", StatusCode::FORBIDDEN, detail)
            .in_vietnamese(vietnamese)
    }

    /// The second officer can't be the second one.
    pub fn approval(detail: &str, vietnamese: &str) -> Self {
        Self::new("approval", "This officer may not approve it", StatusCode::FORBIDDEN, detail)
            .in_vietnamese(vietnamese)
    }

    /// Somebody else knows the password.
    pub fn password_to_change() -> Self {
        let detail = "Change the password first: giapranh officer password. Until then nothing else \
                      is done.";
        let vietnamese = "Hãy đổi mật khẩu trước: giapranh officer password. Trước đó không làm được \
                          việc gì khác.";
        let title = "The password has to be changed";
        Self::new("password", title, StatusCode::FORBIDDEN, detail).in_vietnamese(vietnamese)
    }

    /// Nobody searches without having said what for.
    pub fn no_purpose() -> Self {
        let detail = "Say first what the searches of this session are for; it is recorded: the act \
                      state-purpose, or giapranh search WORDS --purpose TEXT.";
        let vietnamese = "Hãy nêu mục đích tra cứu của phiên này trước; mục đích được ghi lại: lệnh \
                          state-purpose, hoặc giapranh search TỪ --purpose MỤC ĐÍCH.";
        let title = "The search has no purpose";
        Self::new("purpose", title, StatusCode::FORBIDDEN, detail).in_vietnamese(vietnamese)
    }

    /// Nothing personal is shown for now.
    pub fn barred(why: &str) -> Self {
        Self::unavailable(format!("Nothing personal is shown: {why}; try again soon."))
            .in_vietnamese("Nút đang xóa những gì phải xóa; hãy thử lại sau giây lát.")
    }

    /// That somebody is shown something could not be noted, so nobody is.
    pub fn not_noted(why: &str) -> Self {
        Self::unavailable(format!("That this is shown could not be noted, so it is not: {why}"))
            .in_vietnamese("Chưa ghi được lượt xem nên chưa hiển thị được; hãy thử lại sau.")
    }

    /// What a program may not do for an officer.
    pub fn session_only() -> Self {
        let detail =
            "An API token issues no other; sign in with the password: giapranh sign-in LOGIN.";
        let vietnamese = "Mã truy cập không cấp được mã khác; hãy đăng nhập bằng mật khẩu: giapranh \
                          sign-in LOGIN.";
        let title = "This takes a session";
        Self::new("session", title, StatusCode::FORBIDDEN, detail).in_vietnamese(vietnamese)
    }

    /// What is about the own account, where nobody has one yet.
    pub fn no_officers() -> Self {
        let detail = "Nobody has an account on this node yet; the owner of the socket makes the first \
                      one: giapranh officer add.";
        let vietnamese = "Nút này chưa có tài khoản nào; chủ ổ cắm lập tài khoản đầu tiên: giapranh \
                          officer add.";
        let title = "There are no officers";
        Self::new("no-officers", title, StatusCode::CONFLICT, detail).in_vietnamese(vietnamese)
    }

    /// A change that a page from elsewhere sent.
    pub fn foreign_page() -> Self {
        let detail = "With a cookie, a change is taken from this server's own pages only; open its \
                      address and do it there.";
        let vietnamese = "Chỉ thay đổi được từ trang của chính máy chủ này.";
        let title = "The request comes from another page";
        Self::new("foreign-page", title, StatusCode::FORBIDDEN, detail).in_vietnamese(vietnamese)
    }

    /// It has changed since it was read.
    pub fn changed_since() -> Self {
        let detail = "It is not the version that If-Match names; read it again and decide anew.";
        let vietnamese = "Nội dung đã thay đổi kể từ lúc đọc; hãy đọc lại rồi quyết định.";
        let title = "It has changed meanwhile";
        Self::new("changed", title, StatusCode::PRECONDITION_FAILED, detail)
            .in_vietnamese(vietnamese)
    }

    /// A body with a secret that could not be read. What it should have been is all that is said:
    /// the parser's own message may repeat what was typed.
    pub fn unreadable_secret(expected: &str) -> Self {
        let detail = format!("The body must be {expected}.");
        Self::new("unreadable", "The request can't be read", StatusCode::BAD_REQUEST, detail)
            .in_vietnamese(format!("Nội dung gửi phải là {expected}."))
    }

    /// A body with a secret that did not arrive.
    pub fn no_secret(rejection: &BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = format!("A request about accounts has {SECRET_BYTES} bytes at most.");
            return Self::too_large("The request is too large", detail);
        }
        Self::unreadable_secret("sent whole; send it again")
            .in_vietnamese("Nội dung chưa đến đủ; hãy gửi lại.")
    }

    /// Nobody was let in.
    pub fn not_signed_in(error: SignInError, now_ms: u64) -> Self {
        let title = "Nobody was signed in";
        match error {
            SignInError::Refused => {
                let detail = "The login or the password is wrong.";
                Self::new("sign-in", title, StatusCode::UNAUTHORIZED, detail)
                    .in_vietnamese("Tên đăng nhập hoặc mật khẩu không đúng.")
            }
            SignInError::Locked { until_ms } => {
                let detail = "Too many failed sign-ins: wait, or ask an administrator (giapranh \
                              officer unlock).";
                let vietnamese = "Đăng nhập sai quá nhiều lần: hãy chờ, hoặc nhờ người quản trị \
                                  (giapranh officer unlock).";
                let seconds = until_ms.saturating_sub(now_ms).div_ceil(1_000).max(1);
                let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
                Self::new("locked", title, StatusCode::TOO_MANY_REQUESTS, detail)
                    .in_vietnamese(vietnamese)
                    .after(seconds)
            }
            SignInError::Disabled => {
                let detail = "This account is disabled; ask an administrator.";
                Self::new("disabled", title, StatusCode::FORBIDDEN, detail)
                    .in_vietnamese("Tài khoản đã bị khoá; hãy hỏi người quản trị.")
            }
            SignInError::NoOfficers => Self::no_officers(),
            SignInError::Unavailable(why) => Self::unavailable(why),
        }
    }

    /// Nothing was changed about accounts.
    pub fn of_officers(error: OfficerError, now_ms: u64) -> Self {
        match error {
            OfficerError::Rejected(rejection) => Self::rejected(rejection),
            OfficerError::Proof(error) => Self::not_signed_in(error, now_ms),
            OfficerError::Unavailable(why) => Self::unavailable(why),
            OfficerError::Failed(why) => {
                tracing::error!(error = why, "accounts could not be read or changed");
                Self::internal("Accounts could not be read; the node's own log says why.")
            }
        }
    }

    /// A form of a page that can't be read, or is larger than any of ours.
    pub fn of_form(rejection: FormRejection) -> Self {
        if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = format!("A form has {COMMAND_BYTES} bytes at most.");
            return Self::too_large("The form is too large", detail);
        }
        Self::unreadable_form()
    }

    /// A form of a page that did not arrive as it was sent.
    pub fn unreadable_form() -> Self {
        let detail = "The form did not arrive as it was sent; go back and send it again.";
        let vietnamese = "Biểu mẫu đến không nguyên vẹn; hãy quay lại và gửi lần nữa.";
        Self::new("unreadable", "The request can't be read", StatusCode::BAD_REQUEST, detail)
            .in_vietnamese(vietnamese)
    }

    /// Typed twice, and not the same.
    pub fn passwords_differ() -> Self {
        let detail = "The new password was typed in two ways; type the same twice.";
        let vietnamese = "Mật khẩu mới nhập hai lần không giống nhau; hãy nhập lại.";
        let title = "The password was not changed";
        Self::new("password-again", title, StatusCode::UNPROCESSABLE_ENTITY, detail)
            .in_vietnamese(vietnamese)
    }

    /// Whether it is not known who asks.
    pub fn is_unauthenticated(&self) -> bool {
        self.kind.ends_with(":unauthenticated")
    }

    /// Whether the password has to be changed before anything else.
    pub fn is_of_password(&self) -> bool {
        self.kind.ends_with(":password")
    }

    /// The status, for a page.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// After how many seconds the same may pass.
    pub fn retry_after_s(&self) -> Option<u32> {
        self.retry_after_s
    }
}
