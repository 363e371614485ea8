//! Every type of problem that a request can be answered with: programs rely on these names, so none is ever
//! given another meaning. The API's document and its page are made of this table.

/// A type of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemType {
    /// What follows `urn:giapranh:problem:`.
    pub code: &'static str,
    /// The status of such answers.
    pub status: u16,
    /// What has happened.
    pub title: &'static str,
    /// The same in Vietnamese.
    pub vietnamese: &'static str,
    /// What a program does then.
    pub way_out: &'static str,
    /// The same in Vietnamese.
    pub way_out_vietnamese: &'static str,
}

const fn of(
    code: &'static str,
    status: u16,
    [title, vietnamese]: [&'static str; 2],
    [way_out, way_out_vietnamese]: [&'static str; 2],
) -> ProblemType {
    ProblemType { code, status, title, vietnamese, way_out, way_out_vietnamese }
}

/// Every type, by status.
#[rustfmt::skip]
pub const TYPES: &[ProblemType] = &[
    of("unreadable", 400, ["The request can't be read", "Không đọc được yêu cầu"],
        ["Correct the body; the detail names the place.", "Sửa nội dung gửi; câu giải thích nêu chỗ sai."]),
    of("parameter", 400, ["A parameter is wrong", "Tham số không đúng"],
        ["Correct the parameter that errors names.", "Sửa tham số nêu trong errors."]),
    of("idempotency-key", 400, ["The key of the command is unclear", "Khoá của lệnh không rõ"],
        ["Send one UUID of version 7, in the header or in the body.", "Gửi một UUID phiên bản 7, ở header hoặc trong nội dung."]),
    of("unauthenticated", 401, ["It is not known who asks", "Chưa biết ai đang yêu cầu"],
        ["Sign in again, or use a token that is still good.", "Đăng nhập lại, hoặc dùng mã truy cập còn hiệu lực."]),
    of("sign-in", 401, ["Nobody was signed in", "Không đăng nhập được"],
        ["Check login and password.", "Kiểm tra tên đăng nhập và mật khẩu."]),
    of("role", 403, ["The officer may not do this", "Cán bộ không được làm việc này"],
        ["Another role is needed; the detail names it.", "Cần vai trò khác; câu giải thích nêu vai trò đó."]),
    of("approval", 403, ["This officer may not approve it", "Cán bộ này không được duyệt"],
        ["Another officer of the same unit, who may approve, has to sign.", "Phải có cán bộ khác cùng đơn vị, có quyền duyệt."]),
    of("password", 403, ["The password has to be changed", "Phải đổi mật khẩu"],
        ["Change the password first.", "Đổi mật khẩu trước."]),
    of("purpose", 403, ["The search has no purpose", "Chưa nêu mục đích tra cứu"],
        ["State the purpose of this session's searches (act state-purpose), then ask again.", "Nêu mục đích tra cứu của phiên (lệnh state-purpose) rồi hỏi lại."]),
    of("session", 403, ["This takes a session", "Việc này cần phiên đăng nhập"],
        ["Sign in with the password instead of a token.", "Đăng nhập bằng mật khẩu thay cho mã truy cập."]),
    of("disabled", 403, ["Nobody was signed in", "Không đăng nhập được"],
        ["Ask an administrator.", "Hỏi người quản trị."]),
    of("foreign-page", 403, ["The request comes from another page", "Yêu cầu đến từ trang khác"],
        ["Send it from this server's own page, or with Authorization.", "Gửi từ trang của chính máy chủ này, hoặc kèm Authorization."]),
    of("foreign-host", 403, ["The host name is not this machine's", "Tên máy chủ không phải của máy này"],
        ["Ask under a name that is the node's.", "Gọi bằng tên của nút."]),
    of("read-only", 403, ["Commands are not accepted here", "Ở đây không nhận lệnh"],
        ["Show a secret in Authorization: Bearer, or use the socket.", "Gửi kèm Authorization: Bearer, hoặc dùng ổ cắm."]),
    of("socket-only", 403, ["This is not shown here", "Ở đây không cung cấp"],
        ["Ask on the node's socket.", "Hỏi qua ổ cắm của nút."]),
    of("forbidden", 403, ["The unit may not do this", "Đơn vị không được làm việc này"],
        ["Do not send it again; errors says by which rule.", "Không gửi lại; errors nêu quy định."]),
    of("not-found", 404, ["There is no such thing here", "Ở đây không có"],
        ["It is not at this node, or this officer does not see it.", "Nút này không có, hoặc cán bộ không xem được."]),
    of("method", 405, ["The method is not allowed", "Không dùng được phương thức này"],
        ["Use one of the methods in Allow.", "Dùng phương thức nêu trong Allow."]),
    of("conflict", 409, ["It can't follow on what has happened", "Không phù hợp với việc đã xảy ra"],
        ["Read again what there is, and decide anew.", "Đọc lại rồi quyết định."]),
    of("no-officers", 409, ["There are no officers", "Chưa có cán bộ nào"],
        ["Make the first account on the node's socket.", "Lập tài khoản đầu tiên qua ổ cắm của nút."]),
    of("as-of-not-ready", 409, ["The moment is being made ready", "Đang chuẩn bị thời điểm"],
        ["Ask again after Retry-After; making says how far it has come.", "Hỏi lại sau Retry-After; making nêu tiến độ."]),
    of("changed", 412, ["It has changed meanwhile", "Nội dung đã thay đổi"],
        ["Read the new version, and decide anew.", "Đọc bản mới rồi quyết định."]),
    of("too-large", 413, ["The request is too large", "Yêu cầu quá lớn"],
        ["Send less; the detail says how much is taken.", "Gửi ít hơn; câu giải thích nêu giới hạn."]),
    of("address", 414, ["The address is too long", "Địa chỉ quá dài"],
        ["Ask with fewer parameters.", "Dùng ít tham số hơn."]),
    of("media-type", 415, ["The body is not JSON", "Nội dung không phải JSON"],
        ["Send Content-Type: application/json.", "Gửi Content-Type: application/json."]),
    of("invalid", 422, ["The command is invalid", "Lệnh không hợp lệ"],
        ["Correct every field in errors.", "Sửa mọi trường nêu trong errors."]),
    of("password-again", 422, ["The password was not changed", "Chưa đổi được mật khẩu"],
        ["Type the same password twice.", "Nhập cùng một mật khẩu hai lần."]),
    of("locked", 429, ["Nobody was signed in", "Không đăng nhập được"],
        ["Wait as long as Retry-After says.", "Chờ theo Retry-After."]),
    of("too-often", 429, ["This account asks too often", "Tài khoản này hỏi quá nhiều"],
        ["Wait as long as Retry-After says, and ask less often.", "Chờ theo Retry-After, và hỏi thưa hơn."]),
    of("internal", 500, ["The node failed", "Nút gặp sự cố"],
        ["Tell who runs the node; its log says why.", "Báo người vận hành nút; nhật ký của nút nêu lý do."]),
    of("unavailable", 503, ["The node can't do this now", "Hiện nút chưa làm được"],
        ["Send the same again after Retry-After, under the same key.", "Gửi lại sau Retry-After, với cùng khoá."]),
];

/// The type with that code.
pub fn named(code: &str) -> Option<&'static ProblemType> {
    TYPES.iter().find(|known| known.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_stands_once_and_by_status() {
        assert!(TYPES.is_sorted_by_key(|known| known.status));
        for known in TYPES {
            assert_eq!(TYPES.iter().filter(|other| other.code == known.code).count(), 1);
        }
    }
}
