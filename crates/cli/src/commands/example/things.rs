//! Examples of things: a vehicle, an object, an identifier. None of them exists.

use giapranh_domain::wire::proto;
use jiff::civil::Date;

use super::ground;

pub(super) fn vehicle(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Xe máy bị trộm, biển số đọc thiếu một ký tự (ví dụ)".into(),
        required_action: "seize".into(),
        ground: Some(ground("case-decision", "00/QĐ-VÍ-DỤ", today, 173)),
        proportionality: "Ví dụ: xe bị chiếm đoạt, có thể đã qua địa bàn giáp ranh".into(),
        vehicle: Some(proto::Vehicle {
            plate: "59-X1 000.0?".into(),
            plate_partial: true,
            vin: "VDVDVDVD000000000".into(),
            r#type: "motorcycle".into(),
            make: "Hãng Ví Dụ".into(),
            colour: "đỏ đen".into(),
            year: 2020,
            marks: "yên xe bị rách (ví dụ)".into(),
            status: "stolen".into(),
            ..Default::default()
        }),
        ..common
    }
}

pub(super) fn object(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Điện thoại bị cướp giật (ví dụ)".into(),
        required_action: "seize".into(),
        ground: Some(ground("case-decision", "00/QĐ-VÍ-DỤ", today, 171)),
        object: Some(proto::Object {
            class: "phone".into(),
            brand: "Nhãn Hiệu Ví Dụ".into(),
            imei: "000000000000000".into(),
            marks: "vỡ góc trên bên phải (ví dụ)".into(),
            value_vnd: 7_000_000,
            ..Default::default()
        }),
        ..common
    }
}

pub(super) fn identifier(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Tài khoản nhận tiền lừa đảo qua mạng (ví dụ)".into(),
        required_action: "check".into(),
        ground: Some(ground("case-decision", "00/QĐ-VÍ-DỤ", today, 290)),
        proportionality: "Ví dụ: tài khoản đang được dùng để nhận tiền của nhiều bị hại".into(),
        identifier: Some(proto::Identifier {
            kind: "bank-account".into(),
            written: "0000 0000 0000".into(),
            operator: "Ngân hàng Ví Dụ".into(),
            role: "mule".into(),
            amount_vnd: 250_000_000,
            victims: 3,
            first_seen: today.to_string(),
            ..Default::default()
        }),
        ..common
    }
}
