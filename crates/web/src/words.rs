//! What a duty officer reads in place of codes. One table: the page's script gets it from here.

use giapranh_domain::Category;
use giapranh_domain::event::Kind;

/// What an event is, by kind and category.
pub fn kind(kind: &str, category: &str) -> &'static str {
    let category = Category::parse(category);
    match (Kind::parse(kind), category) {
        (Some(Kind::AlertIssued), Some(Category::WantedPerson)) => "Thông báo truy nã",
        (Some(Kind::AlertIssued), Some(Category::TravellingOffender)) => {
            "Thông báo đối tượng lưu động"
        }
        (Some(Kind::AlertIssued), Some(Category::Vehicle)) => "Thông báo phương tiện",
        (Some(Kind::AlertIssued), Some(Category::Object)) => "Thông báo đồ vật, tài sản",
        (Some(Kind::AlertIssued), Some(Category::Identifier)) => {
            "Thông báo số điện thoại, tài khoản"
        }
        (Some(Kind::AlertIssued), Some(Category::ModusOperandi)) => {
            "Thông báo phương thức, thủ đoạn"
        }
        (Some(Kind::AlertIssued), Some(Category::SituationNotice)) => "Thông báo tình hình",
        (Some(Kind::AlertIssued), Some(Category::Directive)) => "Chỉ đạo",
        (Some(Kind::AlertIssued), None) => "Thông báo",
        (Some(Kind::AlertAmended), _) => "Bổ sung",
        (Some(Kind::AlertWithdrawn), Some(Category::WantedPerson)) => "Thu hồi (đình nã)",
        (Some(Kind::AlertWithdrawn), _) => "Thu hồi",
        (Some(Kind::AlertHidden), _) => "Ẩn thông báo",
        (Some(Kind::AlertRevealed), _) => "Thôi ẩn thông báo",
        (Some(Kind::AlertAcknowledged), _) => "Đã nhận thông báo",
        (Some(Kind::AlertFlagged), _) => "Không thực hiện được",
        (Some(Kind::HitReported), _) => "Tin phát hiện",
        (Some(Kind::HitAnswered), _) => "Trả lời tin phát hiện",
        (Some(Kind::HitConcluded), _) => "Kết cục tin phát hiện",
        (Some(Kind::LinkProposed), _) => "Đề nghị liên kết thông báo",
        (Some(Kind::LinkDecided), _) => "Quyết định về liên kết",
        (Some(Kind::DraftSaved), _) => "Lưu dự thảo",
        (Some(Kind::DraftSubmitted), _) => "Trình duyệt dự thảo",
        (Some(Kind::DraftReturned), _) => "Trả lại dự thảo",
        (Some(Kind::DraftDiscarded), _) => "Bỏ dự thảo",
        (Some(Kind::DueNoted), _) => "Đã nhắc việc đến hạn",
        (Some(Kind::DirectoryChanged), _) => "Danh bạ thay đổi",
        (Some(Kind::EnrolmentConfirmed), _) => "Xác nhận ghi danh nút",
        (Some(Kind::ZoneRequested), _) => "Đề nghị vào địa bàn",
        (Some(Kind::NodeClosed), _) => "Nút đóng",
        (Some(Kind::DeliveryNoted), _) => "Ghi nhận đã đến",
        (Some(Kind::ForkFound), _) => "Phát hiện nhật ký phân nhánh",
        (Some(Kind::ForkDecided), _) => "Quyết định về phân nhánh",
        (Some(Kind::EventsAdopted), _) => "Thừa nhận tin đến muộn",
        (None, _) => "Loại tin chưa biết",
    }
}

/// What an alert is about; `None` for a code that is newer than this program.
pub fn category(code: &str) -> Option<&'static str> {
    Category::parse(code).map(|category| match category {
        Category::WantedPerson => "Truy nã",
        Category::TravellingOffender => "Đối tượng lưu động",
        Category::Vehicle => "Phương tiện",
        Category::Object => "Đồ vật, tài sản",
        Category::Identifier => "Số điện thoại, tài khoản",
        Category::ModusOperandi => "Phương thức, thủ đoạn",
        Category::SituationNotice => "Tình hình",
        Category::Directive => "Chỉ đạo",
    })
}

/// The marks of verdicts; the empty one is that of an event that counts.
pub const VERDICTS: &[(&str, &str)] = &[
    ("valid", ""),
    ("late", "Đến muộn, chưa có hiệu lực"),
    ("disowned", "Không có thẩm quyền"),
    ("waiting", "Chờ danh bạ"),
    ("unreadable", "Chưa đọc được"),
];

/// The mark of an event that does not count; empty for one that does.
pub fn verdict(code: &str) -> &'static str {
    let known = VERDICTS.iter().find(|(verdict, _)| *verdict == code);
    known.map_or("Chưa rõ hiệu lực", |(_, mark)| mark)
}

/// A moment as `31/05/2024 14:00:05`, from RFC 3339 in the time of Vietnam. Anything else is shown
/// as it is.
pub fn moment(rfc3339: &str) -> String {
    let shape = b"0000-00-00T00:00:00";
    let fits = rfc3339.len() >= shape.len()
        && rfc3339.bytes().zip(shape).all(|(byte, like)| match like {
            b'0' => byte.is_ascii_digit(),
            like => byte == *like,
        });
    if !fits {
        return rfc3339.to_owned();
    }
    let (year, month, day) = (&rfc3339[0..4], &rfc3339[5..7], &rfc3339[8..10]);
    format!("{day}/{month}/{year} {}", &rfc3339[11..19])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_category_has_words() {
        for known in Kind::ALL {
            assert_ne!(kind(known.code(), ""), "Loại tin chưa biết", "{}", known.code());
        }
        for known in Category::ALL {
            assert!(category(known.code()).is_some(), "{known}");
        }
        assert_eq!(kind("alert.issued", "wanted-person"), "Thông báo truy nã");
    }

    #[test]
    fn a_moment_reads_as_people_write_it() {
        assert_eq!(moment("2024-05-31T14:00:05+07:00"), "31/05/2024 14:00:05");
        for other in ["17 ms", "", "2024-05-31", "<script>alert(1)</script>"] {
            assert_eq!(moment(other), other);
        }
    }
}
