//! `giapranh alert example`: content to start from. The people in it are invented, and their names
//! say so.

mod things;

use anyhow::{Context, Result};
use giapranh_domain::Category;
use giapranh_domain::wire::proto;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz};

use crate::output;

/// How long the example is in force, days.
const DAYS_IN_FORCE: i64 = 90;

/// Prints the content of an alert of a category; it is valid as it stands.
pub fn run(category: &str) -> Result<()> {
    let category = Category::parse(category).context("this category has no example")?;
    // The calendar's day in Vietnam, which has had one offset since 1975.
    let today = tz::Offset::constant(7).to_datetime(Timestamp::now()).date();
    output::json(&content(category, today)?)?;
    Ok(())
}

fn content(category: Category, today: Date) -> Result<proto::AlertContent> {
    let expires = today.checked_add(DAYS_IN_FORCE.days())?;
    let review_by = today.checked_add((DAYS_IN_FORCE / 2).days())?;
    let common = proto::AlertContent {
        category: category.code().into(),
        severity: "important".into(),
        handling: "internal".into(),
        purpose: "Ví dụ: phòng ngừa và xử lý tội phạm tại địa bàn giáp ranh".into(),
        review_by: review_by.to_string(),
        expires: expires.to_string(),
        contact: "Trực ban 24/24 (số điện thoại của đơn vị)".into(),
        ..Default::default()
    };
    Ok(match category {
        Category::WantedPerson => wanted(common, today),
        Category::TravellingOffender => travelling(common, today),
        Category::Vehicle => things::vehicle(common, today),
        Category::Object => things::object(common, today),
        Category::Identifier => things::identifier(common, today),
        Category::ModusOperandi => modus_operandi(common, today),
        Category::SituationNotice => situation_notice(common, today),
        Category::Directive => directive(common, today),
    })
}

fn ground(kind: &str, number: &str, today: Date, article: u32) -> proto::LegalGround {
    proto::LegalGround {
        kind: kind.into(),
        decision_number: number.into(),
        date: today.to_string(),
        agency: "Cơ quan Cảnh sát điều tra (ví dụ)".into(),
        article,
    }
}

fn person(name: &str) -> proto::Person {
    proto::Person {
        name: name.into(),
        aliases: vec!["Ví Dụ".into()],
        born: "1990-05".into(),
        sex: "male".into(),
        person_class: "accused".into(),
        nationality: "Việt Nam".into(),
        residence: "Ấp Không Có Thật, xã Ví Dụ".into(),
        last_known_place: "Bến xe Ví Dụ".into(),
        height_cm: 168,
        marks: "sẹo nhỏ trên mu bàn tay trái".into(),
        ..Default::default()
    }
}

fn wanted(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Truy nã NGUYỄN VĂN VÍ DỤ, trộm cắp tài sản".into(),
        required_action: "arrest".into(),
        warnings: vec!["flight-risk".into()],
        ground: Some(ground("wanted-decision", "00/QĐTN-VÍ-DỤ", today, 173)),
        proportionality: "Ví dụ: đã có quyết định truy nã, đối tượng bỏ trốn khỏi nơi cư trú"
            .into(),
        wanted_person: Some(proto::WantedPerson {
            person: Some(person("NGUYỄN VĂN VÍ DỤ")),
            wanted_class: "ordinary".into(),
        }),
        ..common
    }
}

fn travelling(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Đối tượng lưu động TRẦN VĂN VÍ DỤ".into(),
        required_action: "observe".into(),
        ground: Some(ground("verification-request", "", today, 171)),
        proportionality: "Ví dụ: nhiều vụ việc tại các xã giáp ranh trong thời gian ngắn".into(),
        travelling_offender: Some(proto::TravellingOffender {
            person: Some(proto::Person {
                person_class: "suspect".into(),
                ..person("TRẦN VĂN VÍ DỤ")
            }),
            area: "Các xã giáp ranh (ví dụ)".into(),
            means_of_travel: "xe mô tô".into(),
            pattern: "gây án vào chiều tối rồi di chuyển sang địa bàn khác".into(),
        }),
        ..common
    }
}

fn modus_operandi(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Thủ đoạn giả danh nhân viên giao hàng".into(),
        required_action: "inform".into(),
        ground: Some(ground("directive", "", today, 174)),
        modus_operandi: Some(proto::ModusOperandi {
            offence: 174,
            time_window: "09:00-11:00".into(),
            weekdays: vec!["monday".into(), "tuesday".into()],
            kind_of_place: "nhà riêng".into(),
            target: "người cao tuổi ở nhà một mình".into(),
            approach: "giả danh nhân viên giao hàng, yêu cầu chuyển khoản trước".into(),
            tools: "điện thoại".into(),
            weapon_used: "no".into(),
            disguise_used: "yes".into(),
            disguise: "áo của công ty giao hàng (ví dụ)".into(),
            channel: "in-person".into(),
            payment_path: "chuyển khoản qua mã QR".into(),
            group_size: 2,
            cases: 3,
            prevention: "không chuyển khoản trước khi nhận và kiểm tra hàng".into(),
            ..Default::default()
        }),
        ..common
    }
}

fn situation_notice(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Tình hình trộm cắp xe máy tại khu vực giáp ranh (ví dụ)".into(),
        required_action: "inform".into(),
        ground: Some(ground("directive", "", today, 0)),
        situation_notice: Some(proto::SituationNotice {
            text: "Ví dụ: trong tháng có nhiều vụ trộm cắp xe máy quanh chợ, chủ yếu buổi sáng"
                .into(),
            area: "Các xã giáp ranh (ví dụ)".into(),
            period_from: today.first_of_month().to_string(),
            period_to: today.to_string(),
        }),
        ..common
    }
}

fn directive(common: proto::AlertContent, today: Date) -> proto::AlertContent {
    proto::AlertContent {
        headline: "Tăng cường tuần tra địa bàn giáp ranh dịp lễ (ví dụ)".into(),
        required_action: "inform".into(),
        ground: Some(ground("directive", "00/CĐ-VÍ-DỤ", today, 0)),
        directive: Some(proto::Directive {
            text: "Ví dụ: các đơn vị tăng cường tuần tra, báo cáo kết quả sau dịp lễ".into(),
            ..Default::default()
        }),
        ..common
    }
}

#[cfg(test)]
mod tests {
    use giapranh_domain::check::Check;

    use super::*;

    #[test]
    fn every_example_is_valid_as_it_stands() {
        let today = "2024-05-31".parse().unwrap();
        let noon = giapranh_domain::time::moment("2024-05-31T12:00:00+07:00").unwrap();
        for category in Category::ALL {
            let mut check = Check::at(noon);
            let mut content = content(*category, today).unwrap();
            // As the node does before it looks.
            giapranh_domain::normal::content(&mut content);
            check.content(&content);
            assert_eq!(check.finish(), [], "{category}");
        }
    }
}
