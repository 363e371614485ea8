//! Each way in which people type what they look for.

use giapranh_domain::wire::proto;

use super::{Shown, identifier, object, person, vehicle, wanted};

fn people() -> Shown {
    Shown::of(vec![
        wanted(person("Nguyễn Văn Ví Dụ")),
        wanted(person("Trần Thị Thử Nghiệm")),
        wanted(person("Đỗ Hoà Mẫu")),
        wanted(person("ĐỖ HÒA MẪU")),
        wanted(proto::Person {
            aliases: vec!["Tư Giả Định".into(), "Út Thí".into()],
            mother: "Mẹ Bịa Ra".into(),
            residence: "ấp Không Có Thật".into(),
            ..person("Lý Quý Giả Định")
        }),
        wanted(person("Nguyễn Văn Vị Dư")),
        wanted(person("Nguyễn Thúy Tưởng Tượng")),
    ])
}

#[test]
fn names_as_people_type_them() {
    let shown = people();
    for (typed, first) in [
        ("Nguyễn Văn Ví Dụ", "1 exact name"),
        ("NGUYỄN VĂN VÍ DỤ", "1 exact name"),
        ("Nguye\u{302}\u{303}n Va\u{306}n Vi\u{301} Du\u{323}", "1 exact name"),
        ("Nguyễn Văn Vị Dư", "6 exact name"),
        ("Ví Dụ", "1 within name"),
        ("Vị Dư", "6 within name"),
        ("Ví Dụ Nguyễn Văn", "1 order name"),
        ("tran thi thu nghiem", "2 marks name"),
        ("Trần Thị Thư Nghiêm", "2 marks name"),
        ("thu nghiem tran thi", "2 order-marks name"),
        ("thử nghiệm", "2 within name"),
        ("do hoa mau", "4 marks name"),
        ("Đỗ Hoà Mẫu", "3 exact name"),
        ("đỗ hòa mẫu", "4 exact name"),
        ("Dỗ Hoa Mâu", "4 marks name"),
        ("Lí Quí Giả Định", "5 spelling name"),
        ("ly quy gia dinh", "5 marks name"),
        ("li qui gia dinh", "5 marks name"),
        ("tu gia dinh", "5 marks aliases"),
        ("Út Thí", "5 exact aliases"),
        ("me bia ra", "5 words mother"),
        ("khong co that", "5 words residence"),
        ("Nguyễn Thúy Tưởng Tượng", "7 exact name"),
        // One letter off, in each of four ways.
        ("Trần Thị Thử Nghiên", "2 one-off name"),
        ("tran thi thu nghim", "2 one-off name"),
        ("tran thi thu nghieem", "2 one-off name"),
        ("tran thi thu nghime", "2 one-off name"),
        ("nghiem thu thi trna", "2 one-off name"),
        ("tuong tuong nguyne", "7 within-one-off name"),
        ("Tưởng Tượnh", "7 within-one-off name"),
        // A word more than there is.
        ("Trần Thị Ngọc Thử Nghiệm", "2 word-more name"),
        ("hcm/2024/000002", "2 exact number"),
        ("HCM/2024/2", "2 exact number"),
        ("Trần Văn Ví Dụ", "nothing"),
        ("Xyz", "nothing"),
    ] {
        shown.first(typed, first);
    }
}

#[test]
fn two_spellings_never_hide_each_other() {
    let shown = people();
    for typed in ["Đỗ Hoà Mẫu", "Đỗ Hòa Mẫu", "do hoa mau", "hoà mẫu", "hoa mau do", "do hoa mauu"]
    {
        let mut found = shown.found(typed);
        found.sort_unstable();
        assert_eq!(found, [3, 4], "{typed}");
    }
}

#[test]
fn numbers_as_people_type_them() {
    let shown = Shown::of(vec![
        vehicle("51F-123.45"),
        vehicle("59-X1 123.46"),
        vehicle("62C-1?3.47"),
        vehicle("59-MĐ1 678.90"),
        identifier("phone", "0901 000 008"),
        identifier("phone", "0168 000 0009"),
        identifier("bank-account", "0000 1234 56789"),
        identifier("url", "https://vi-du.example/trang"),
        identifier("social-account", "@vi_du.2024"),
        object("490154203237518"),
        wanted(proto::Person {
            identity_numbers: vec![proto::IdentityNumber {
                kind: "cccd".into(),
                number: "000 090 000 011".into(),
                as_documented: false,
            }],
            ..person("Ngô Mẫu")
        }),
        proto::AlertContent {
            case_number: "12/2024/VA-VÍ-DỤ".into(),
            vehicle: Some(proto::Vehicle {
                plate: "KT 12-34".into(),
                vin: "RLHPC40V0000VDU01".into(),
                ..Default::default()
            }),
            ..vehicle("")
        },
        vehicle("5678"),
    ]);
    for (typed, first) in [
        ("51F-123.45", "1 exact plate"),
        ("51f12345", "1 exact plate"),
        ("51F 123 45", "1 exact plate"),
        ("biển số 51F-123.45", "1 exact plate"),
        ("59X112346", "2 exact plate"),
        ("59-X1 123.46", "2 exact plate"),
        ("59-md1 678.90", "4 exact plate"),
        ("59-MĐ1 67890", "4 exact plate"),
        // Not all was read: by who asks, by who wrote it, by both.
        ("51F-1?3.45", "1 unread plate"),
        ("51F?2345", "1 unread plate"),
        ("?1F-123.45", "1 unread plate"),
        ("5?F-12?.45", "1 unread plate"),
        ("62C-193.47", "3 unread plate"),
        ("62C-1?3.47", "3 unread plate"),
        ("62C-19?.47", "3 unread plate"),
        ("51A-567.89", "13 unread plate"),
        ("12345", "1 part plate"),
        ("123.45", "1 part plate"),
        ("51F1", "1 part plate"),
        ("51F-123.54", "1 one-off plate"),
        ("51G-123.45", "1 one-off plate"),
        ("51F-1234", "1 part plate"),
        ("0901000008", "5 exact phone"),
        ("0901.000.008", "5 exact phone"),
        ("+84 901 000 008", "5 exact phone"),
        ("84901000008", "5 exact phone"),
        ("0084901000008", "5 same-number phone"),
        ("sđt 0901 000 008", "5 exact phone"),
        ("gọi số 0901000008 lúc đêm", "5 exact phone"),
        ("000008", "5 part phone"),
        ("0901000009", "5 one-off phone"),
        ("090100008", "5 one-off phone"),
        ("01680000009", "6 exact phone"),
        ("0380000009", "6 same-number phone"),
        ("+84380000009", "6 exact phone"),
        ("0000123456789", "7 exact bank-account"),
        ("0000-1234-56789", "7 exact bank-account"),
        ("000012345678", "7 part bank-account"),
        ("0000123456798", "7 one-off bank-account"),
        ("vi-du.example/trang", "8 exact url"),
        ("hxxps://vi-du[.]example/trang", "8 exact url"),
        ("@vi_du.2024", "9 exact social-account"),
        ("VI_DU.2024", "9 exact social-account"),
        ("49-015420-323751-8", "10 exact imei"),
        ("490154203237581", "10 one-off imei"),
        ("000090000011", "11 exact identity_numbers"),
        ("000 090 000 011", "11 exact identity_numbers"),
        ("cccd 000090000011", "11 exact identity_numbers"),
        ("12/2024/va-vi-du", "12 exact case_number"),
        ("KT1234", "12 exact plate"),
        ("rlhpc40v0000vdu01", "12 exact vin"),
        ("99Z-000.00", "nothing"),
    ] {
        shown.first(typed, first);
    }
}

/// Whatever is stored is found by its own spelling and without its marks, and comes first.
#[test]
fn whatever_is_stored_is_found() {
    const SURNAMES: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Lý", "Võ", "Quách"];
    const MIDDLE: [&str; 6] = ["Văn", "Thị", "Hữu", "Đức", "Hoà", "Thuý"];
    const GIVEN: [&str; 6] = ["Ví Dụ", "Thử Nghiệm", "Mẫu", "Giả Định", "Tưởng Tượng", "Bịa"];
    let mut names = Vec::new();
    for surname in SURNAMES {
        for middle in MIDDLE {
            names.extend(GIVEN.map(|given| format!("{surname} {middle} {given}")));
        }
    }
    let shown = Shown::of(names.iter().map(|name| wanted(person(name))).collect());
    for (number, name) in (1..).zip(&names) {
        assert_eq!(shown.found(name)[0], number, "{name}");
        let bare: String = name.chars().map(without_marks).collect();
        assert_eq!(shown.found(&bare)[0], number, "{bare}");
        let mut swapped: Vec<&str> = bare.split(' ').collect();
        swapped.reverse();
        assert_eq!(shown.found(&swapped.join(" "))[0], number, "{swapped:?}");
    }
}

/// By hand, so that it is not the code's own.
fn without_marks(c: char) -> char {
    match c {
        'à' | 'ả' | 'ã' | 'á' | 'ạ' | 'ă' | 'ẫ' => 'a',
        'Đ' => 'D',
        'ê' | 'ễ' | 'ệ' => 'e',
        'í' | 'ị' => 'i',
        'õ' | 'ỗ' | 'ở' | 'ợ' => 'o',
        'ụ' | 'ử' | 'ư' | 'ữ' | 'ứ' => 'u',
        'ý' => 'y',
        other => other,
    }
}
