//! What alerts, hits and answers say in the corpus and in commands. Nobody in them exists.

use giapranh_domain::wire::proto;
use giapranh_testkit::random::Random;

const SURNAMES: [&str; 10] =
    ["NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HUỲNH", "VÕ", "ĐẶNG", "BÙI", "ĐỖ", "NGÔ"];
const MIDDLE: [&str; 6] = ["VĂN", "THỊ", "HỮU", "ĐỨC", "NGỌC", "MINH"];
/// "Example", "sample", "test", "made up": no given names.
const GIVEN: [&str; 5] = ["VÍ DỤ", "THÍ DỤ", "MẪU", "THỬ NGHIỆM", "GIẢ ĐỊNH"];
const PLACES: [&str; 6] = [
    "Bến xe Ví Dụ",
    "chợ Thử Nghiệm, xã Mẫu",
    "cầu Giả Định trên tỉnh lộ 00",
    "phà Không Có Thật",
    "khu nhà trọ Ví Dụ, ấp Mẫu",
    "trạm xăng Thí Dụ, quốc lộ 00",
];

fn name(random: &mut Random) -> String {
    let (surname, middle) = (random.pick(&SURNAMES), random.pick(&MIDDLE));
    format!("{surname} {middle} {}", random.pick(&GIVEN))
}

/// The content of an alert, valid as it stands.
pub fn content(random: &mut Random, category: &str, expires: &str) -> proto::AlertContent {
    let common = proto::AlertContent {
        category: category.to_owned(),
        severity: random.pick(&["routine", "important", "critical"]).to_owned(),
        handling: "internal".to_owned(),
        purpose: "Ví dụ: truy bắt, phòng ngừa tại địa bàn giáp ranh".to_owned(),
        expires: expires.to_owned(),
        contact: "Trực ban 24/24".to_owned(),
        ..Default::default()
    };
    match category {
        "wanted-person" => wanted(random, common),
        "travelling-offender" => travelling(random, common),
        _ => way_of_working(random, common),
    }
}

fn ground(kind: &str, number: String, article: u32) -> proto::LegalGround {
    proto::LegalGround {
        kind: kind.to_owned(),
        decision_number: number,
        date: "2024-01-01".to_owned(),
        agency: "Cơ quan CSĐT (ví dụ)".to_owned(),
        article,
    }
}

fn person(random: &mut Random, name: String) -> proto::Person {
    let number = random.number() % 1_000_000_000;
    proto::Person {
        name,
        born: format!("{}-{:02}", 1960 + random.below(44), 1 + random.below(12)),
        sex: random.pick(&["male", "female"]).to_owned(),
        person_class: "suspect".to_owned(),
        identity_numbers: vec![proto::IdentityNumber {
            kind: "cccd".to_owned(),
            // No province has that code.
            number: format!("000{number:09}"),
            as_documented: true,
        }],
        residence: "ấp Không Có Thật, xã Ví Dụ".to_owned(),
        last_known_place: random.pick(&PLACES).to_owned(),
        marks: "sẹo nhỏ trên mu bàn tay trái".to_owned(),
        ..Default::default()
    }
}

fn wanted(random: &mut Random, common: proto::AlertContent) -> proto::AlertContent {
    let name = name(random);
    let number = format!("{}/QĐTN-VÍ-DỤ", 1 + random.below(9_999));
    proto::AlertContent {
        headline: format!("Truy nã {name}, trộm cắp tài sản"),
        required_action: "arrest".to_owned(),
        warnings: vec!["flight-risk".to_owned()],
        ground: Some(ground("wanted-decision", number, 173)),
        proportionality: "Ví dụ: bỏ trốn khỏi nơi cư trú".to_owned(),
        wanted_person: Some(proto::WantedPerson {
            person: Some(person(random, name)),
            wanted_class: "ordinary".to_owned(),
        }),
        ..common
    }
}

fn travelling(random: &mut Random, common: proto::AlertContent) -> proto::AlertContent {
    let name = name(random);
    proto::AlertContent {
        headline: format!("Đối tượng lưu động {name}"),
        required_action: "observe".to_owned(),
        ground: Some(ground("verification-request", String::new(), 171)),
        proportionality: "Ví dụ: nhiều vụ tại các xã giáp ranh".to_owned(),
        travelling_offender: Some(proto::TravellingOffender {
            person: Some(person(random, name)),
            area: random.pick(&PLACES).to_owned(),
            means_of_travel: "xe mô tô".to_owned(),
            pattern: "gây án vào chiều tối rồi sang địa bàn khác".to_owned(),
        }),
        ..common
    }
}

fn way_of_working(random: &mut Random, common: proto::AlertContent) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Thủ đoạn giả danh nhân viên giao hàng".to_owned(),
        required_action: "inform".to_owned(),
        ground: Some(ground("directive", String::new(), 174)),
        modus_operandi: Some(proto::ModusOperandi {
            offence: 174,
            time_window: format!("{:02}:00-11:00", 6 + random.below(4)),
            kind_of_place: "nhà riêng".to_owned(),
            location: random.pick(&PLACES).to_owned(),
            location_precision: "commune".to_owned(),
            target: "người cao tuổi ở nhà một mình".to_owned(),
            approach: "giả danh nhân viên giao hàng, yêu cầu chuyển khoản trước".to_owned(),
            group_size: 2,
            cases: 3,
            ..Default::default()
        }),
        ..common
    }
}

/// A hit on a version of an alert.
pub fn hit(random: &mut Random, version: u32) -> proto::Hit {
    proto::Hit {
        version,
        place: random.pick(&PLACES).to_owned(),
        seen_at: "2024-01-01T07:30:00+07:00".to_owned(),
        basis: "nhận dạng và giấy tờ mang theo (ví dụ)".to_owned(),
        certainty: random.pick(&["certain", "probable", "possible"]).to_owned(),
        done: "giữ tại trụ sở, chờ xác minh".to_owned(),
    }
}

/// An answer to a hit.
pub fn answer(result: &str) -> proto::Answer {
    let note = match result {
        "same" => "đúng đối tượng, đề nghị bàn giao",
        "not-same" => "không phải đối tượng, đã đối chiếu vân tay",
        _ => "đang đối chiếu hồ sơ",
    };
    proto::Answer { result: result.to_owned(), note: note.to_owned() }
}

/// The end of an alert.
pub fn withdrawal(random: &mut Random) -> proto::Withdrawal {
    proto::Withdrawal {
        reason: "executed".to_owned(),
        decision_number: format!("{}/QĐ-ĐN-VÍ-DỤ", 1 + random.below(9_999)),
        note: "đã bắt và bàn giao".to_owned(),
    }
}
