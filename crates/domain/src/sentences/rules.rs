//! The sentence of each rule in Vietnamese. `{field}` is the field's name; the other braces are
//! what the fault carries.

/// The sentence of a rule for a field; the rule's own where the field has none.
pub(super) fn template(rule: &str, field: &str) -> Option<&'static str> {
    let of_field = OF_FIELDS.iter().find(|(of, name, _)| *of == rule && *name == field);
    let own = || RULES.iter().find(|(of, _)| *of == rule).map(|(_, sentence)| *sentence);
    of_field.map(|(_, _, sentence)| *sentence).or_else(own)
}

/// Where a field needs another sentence than its rule.
const OF_FIELDS: &[(&str, &str, &str)] = &[
    ("shape", "number", "CCCD có 12 chữ số, CMND 9 hoặc 12, hộ chiếu 6 đến 12 chữ và số."),
    ("shape", "plate", "{field} cần ít nhất hai ký tự đọc được."),
    ("shape", "vin", "{field} có 17 chữ và số, không có I, O, Q; số khung đời cũ ghi ở đặc điểm."),
    ("shape", "imei", "{field} có 15 chữ số (bấm *#06#)."),
    ("shape", "written", "{field} không phải số điện thoại, tài khoản hay đường dẫn: ghi lại."),
    ("range", "height_cm", "{field} tính bằng cm: 30 đến 260."),
    ("range", "born", "Xem lại năm sinh: không ai cao tuổi đến thế."),
    ("range", "version", "Thông báo không có phiên bản này."),
    ("range", "value_vnd", "{field} tính bằng đồng, nhiều nhất 100.000.000.000.000."),
    ("range", "amount_vnd", "{field} tính bằng đồng, nhiều nhất 100.000.000.000.000."),
    ("order", "review_by", "{field} phải trước hạn hiệu lực."),
    ("order", "effective_from", "{field} phải trước hạn hiệu lực."),
    ("past", "expires", "{field} đã qua: thông báo sẽ hết hiệu lực ngay."),
    ("required", "ground", "Cần có căn cứ pháp lý: loại, ngày và cơ quan ban hành."),
    ("contradicts", "unit", "Chỉ khi bàn giao mới ghi đơn vị nhận: để trống."),
    ("required", "zones", "Cần ít nhất một địa bàn giáp ranh."),
    (
        "never-wanted",
        "kind",
        "Đối tượng lưu động không phải người bị truy nã: người đã có quyết định truy nã thì \
         phát thông báo truy nã.",
    ),
    ("registrar", "act", "Đơn vị này giữ danh bạ: bàn giao danh bạ trước."),
];

/// Every rule that the domain refuses by.
const RULES: &[(&str, &str)] = &[
    // Of single fields.
    ("required", "Chưa nhập {field}."),
    ("too-long", "{field} dài quá: nhiều nhất {most} ký tự."),
    ("too-many", "{field} có quá nhiều mục."),
    ("hidden-characters", "{field} có ký tự điều khiển hoặc ký tự ẩn: gõ lại."),
    ("unknown-code", "{field} phải là một trong: {list}."),
    ("not-an-id", "{field} không phải là mã hợp lệ."),
    ("twice", "{field} bị lặp lại trong danh sách."),
    ("range", "{field} nằm ngoài khoảng cho phép."),
    ("date", "{field} không phải ngày có thật: ghi 2024-05-31."),
    ("ahead", "{field} ở tương lai: xem lại."),
    ("past", "{field} đã qua."),
    ("order", "{field} không đúng thứ tự thời gian."),
    ("shape", "{field} không đúng dạng."),
    ("checksum", "Chữ số cuối của {field} không khớp: đọc lại."),
    ("partial", "Biển số có dấu ? là biển số không đủ: đánh dấu biển số không đủ."),
    ("credentials", "Bỏ tên và mật khẩu trước dấu @ khỏi đường dẫn."),
    ("not-normal", "{field} do chương trình lập từ nguyên văn: để trống."),
    ("parameter", "Tham số không hợp lệ."),
    // Of an alert's content.
    (
        "classified",
        "Không xử lý tài liệu mật tại đây: bí mật nhà nước đi theo đường riêng. Chỉ gửi được \
         \"internal\" (lưu hành nội bộ).",
    ),
    ("article", "{field} phải là một điều của Bộ luật Hình sự: 1 đến 426."),
    ("wanted-needs-decision", "Truy nã phải có quyết định truy nã (wanted-decision)."),
    ("never-wanted", "Đối tượng lưu động không phải người bị truy nã: không được yêu cầu bắt."),
    ("other-action", "Chỉ thông báo truy nã mới yêu cầu bắt."),
    ("other-category", "{field} không thuộc loại thông báo này."),
    (
        "never-sought",
        "Không truy tìm người làm chứng hoặc bị hại: chỉ nghi phạm, bị can, người bị kết án \
         hoặc người trốn.",
    ),
    (
        "minor",
        "Theo ngày sinh, người này dưới 18 tuổi: đánh dấu chưa thành niên và nêu căn cứ nêu tên.",
    ),
    (
        "identity-mismatch",
        "Số giấy tờ không khớp mã tỉnh, giới tính hoặc năm sinh: đọc lại; nếu giấy tờ ghi đúng \
         như vậy thì đánh dấu as_documented.",
    ),
    (
        "personal-data",
        "{field} có số giấy tờ hoặc số điện thoại: loại thông báo này không nêu ai, bỏ số đó \
         hoặc phát thông báo loại identifier.",
    ),
    ("contradicts", "{field} là \"no\" nhưng lại được mô tả: sửa một trong hai."),
    (
        "too-late",
        "Thông báo có hiệu lực nhiều nhất {days} ngày: gia hạn bằng bổ sung trước khi hết hạn.",
    ),
    // Of the life of an alert.
    ("second-person", "Người soạn không được duyệt: phải là cán bộ khác."),
    ("no-second-person", "Thay đổi này cần lãnh đạo khác duyệt."),
    ("category-changed", "Không đổi được loại thông báo: phát thông báo khác."),
    ("numbers-used-up", "Năm nay không còn số thông báo."),
    ("number-taken", "Số này đã cấp lại: phát thông báo với số mới."),
    ("unknown-alert", "Không có thông báo này ở đây."),
    ("unknown-hit", "Thông báo không có tin phát hiện này."),
    ("unknown-link", "Thông báo không có đề xuất liên hệ này."),
    ("unknown-draft", "Không có dự thảo này."),
    ("unknown-event", "Thông báo không có sự kiện này ở đây."),
    ("answered", "Tin phát hiện đã được trả lời."),
    ("not-concerned", "Chỉ đơn vị báo tin, đơn vị phát thông báo hoặc cấp trên nêu kết cục."),
    ("proposed", "Mối liên hệ này đã được đề xuất."),
    ("concluded", "Tin phát hiện đã có kết cục."),
    ("decided", "Việc này đã được quyết định."),
    ("acknowledged", "Đơn vị đã tiếp nhận phiên bản này."),
    ("withdrawn", "Thông báo đã thu hồi."),
    ("expired", "Thông báo đã hết hiệu lực."),
    ("hidden", "Thông báo đang được ẩn."),
    ("not-hidden", "Thông báo không được ẩn."),
    ("in-force", "Thông báo còn hiệu lực: thu hồi trước."),
    ("erased", "Nội dung thông báo đã bị xóa."),
    ("sealed", "Chưa có khóa mở thông báo này: chưa ai ở đây đọc được."),
    ("draft-changed", "Dự thảo đã có người khác sửa: mở lại bản mới nhất."),
    ("draft-closed", "Dự thảo đã được duyệt hoặc đã bỏ."),
    ("draft-not-submitted", "Dự thảo chưa được trình duyệt."),
    ("draft-waits", "Dự thảo đang chờ duyệt: phải được trả lại trước."),
    ("not-own-draft", "Dự thảo này của đơn vị khác."),
    ("alert-changed", "Thông báo đã có phiên bản mới hơn: soạn lại từ phiên bản đó."),
    ("issued", "Thông báo đã phát: bổ sung, đính chính thông báo đó."),
    ("not-flagged", "Đơn vị chưa cắm cờ cho thông báo này."),
    ("not-issuer", "Chỉ đơn vị phát thông báo, hoặc cấp trên của đơn vị đó, làm được việc này."),
    ("not-allowed", "Đơn vị không được phát loại thông báo này đến các địa bàn đó."),
    ("not-in-zone", "Đơn vị không thuộc địa bàn giáp ranh này."),
    ("unknown-zone", "Không có địa bàn giáp ranh này."),
    ("ended-zone", "Địa bàn giáp ranh này không còn."),
    ("unknown-unit", "Không có đơn vị này."),
    ("ended-unit", "Đơn vị này không còn."),
    ("not-enrolled", "Nút của đơn vị chưa được đăng ký và xác nhận trong danh bạ."),
    ("not-served", "Nút này không phục vụ đơn vị đó."),
    ("key-used", "Mã lệnh này đã dùng cho lệnh khác."),
    ("not-you", "Bỏ trống {field}: người đăng nhập là người thực hiện."),
    ("not-signed", "Người duyệt phải tự đăng nhập."),
    // Of the node and its log.
    ("closed", "Nút đã đóng: không ký thêm trong kỳ này."),
    ("cut", "Danh bạ ghi nhật ký của nút đã kết thúc: lấy khóa mới."),
    ("not-own", "Chỉ nút của chính đơn vị làm được việc này."),
    ("own-fork", "Đây là rẽ nhánh của chính nút này."),
    ("no-fork", "Không có rẽ nhánh nào chờ quyết định ở đây."),
    ("not-late", "Sự kiện này không đến muộn."),
    ("disowned", "Sự kiện này khi ký đã không có thẩm quyền."),
    // Of the directory.
    ("not-registrar", "Chỉ đơn vị giữ danh bạ làm được việc này."),
    ("registrar", "Việc này liên quan đến đơn vị giữ danh bạ: bàn giao danh bạ trước."),
    ("not-province", "Chỉ công an tỉnh xác nhận nút của đơn vị mình."),
    ("one-province", "Địa bàn giáp ranh phải có ít nhất hai tỉnh."),
    ("other-province", "Đơn vị thuộc tỉnh khác."),
    ("not-a-member", "Đơn vị không phải thành viên của địa bàn giáp ranh."),
    ("member", "Đơn vị đã là thành viên của địa bàn giáp ranh."),
    ("confirmed", "Không có nút nào của đơn vị chờ xác nhận."),
    ("enrolled", "Nút của đơn vị đã đăng ký."),
    ("served", "Đơn vị đã được một nút khác phục vụ."),
    ("no-node", "Đơn vị không có nút."),
    ("node", "Nút của đơn vị không cho phép việc này."),
    ("no-cut", "Cần nêu nhật ký của nút kết thúc ở đâu."),
    ("orphan", "Còn đơn vị trực thuộc đơn vị bị bãi bỏ."),
    ("parent", "Đơn vị cấp trên không đúng."),
    ("parts", "Các phần của địa bàn giáp ranh không đúng."),
    ("successor", "Đơn vị kế thừa không đúng."),
    ("level", "Cấp của đơn vị không đúng."),
    ("name", "Tên không đúng."),
    ("unit", "Đơn vị không đúng."),
    ("zone", "Địa bàn giáp ranh không đúng."),
    ("id", "Mã đơn vị hoặc địa bàn không đúng dạng: chỉ dùng a-z, 0-9, - và _."),
    ("hash", "Mã băm của sự kiện cuối phải có 32 byte."),
    ("id-reused", "Mã này đã dùng."),
    ("key", "Khóa không khớp: hỏi lại đơn vị."),
    ("nats-key", "Khóa NATS không đúng."),
    ("epoch", "Kỳ của nhật ký không đúng."),
    ("deadline", "Thời hạn ít nhất là một giây."),
    ("threshold", "Số chữ ký cần có không đúng."),
    ("below-threshold", "Chưa đủ chữ ký của các đơn vị sáng lập."),
    ("founder", "Đơn vị sáng lập không đúng."),
    ("other-founders", "Danh sách đơn vị sáng lập đã khác."),
    ("empty", "Thay đổi không có nội dung."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_one_sentence() {
        for (index, (rule, sentence)) in RULES.iter().enumerate() {
            assert!(RULES[..index].iter().all(|(other, _)| other != rule), "{rule}");
            assert!(sentence.ends_with('.'), "{rule}");
        }
        for (rule, field, _) in OF_FIELDS {
            assert!(RULES.iter().any(|(other, _)| other == rule), "{rule}");
            assert!(super::super::is_known_field(field), "{field}");
        }
    }
}
