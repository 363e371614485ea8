//! What names nobody must not name somebody by a number either.
//!
//! Free text can't be read by a program; but numbers that lead to one person have a form: nine or
//! twelve digits of an identity card, and phone numbers. In what carries no personal data they are
//! refused, and the refusal names the field only. The phone number or account that a fraud uses is an
//! alert of its own (category `identifier`), with its ground and expiry. Dates, amounts with dots or
//! with their currency, numbers of decisions and hotlines are no such numbers; nor is the alert's own
//! contact, which is the police's.

use super::Check;
use crate::values::Phone;
use crate::wire::proto;

/// Most digits that are looked at together: `+84` and the longest number.
const MOST_DIGITS: usize = 13;

impl Check {
    pub(super) fn without_personal_data(&mut self, content: &proto::AlertContent) {
        let mut texts = vec![("/headline", &content.headline), ("/purpose", &content.purpose)];
        if let Some(way) = &content.modus_operandi {
            texts.extend([
                ("/modus_operandi/approach", &way.approach),
                ("/modus_operandi/target", &way.target),
                ("/modus_operandi/location", &way.location),
                ("/modus_operandi/roles", &way.roles),
                ("/modus_operandi/pretext", &way.pretext),
                ("/modus_operandi/wording", &way.wording),
                ("/modus_operandi/series", &way.series),
                ("/modus_operandi/traces", &way.traces),
                ("/modus_operandi/disposal", &way.disposal),
                ("/modus_operandi/impersonated_body", &way.impersonated_body),
                ("/modus_operandi/payment_path", &way.payment_path),
                ("/modus_operandi/prevention", &way.prevention),
            ]);
        }
        if let Some(notice) = &content.situation_notice {
            texts.push(("/situation_notice/text", &notice.text));
            texts.push(("/situation_notice/area", &notice.area));
        }
        if let Some(directive) = &content.directive {
            texts.push(("/directive/text", &directive.text));
        }
        for (field, text) in texts {
            if leads_to_somebody(text) {
                let message = "This category names nobody: leave out identity and phone numbers, or \
                               issue an alert of the category identifier for them.";
                self.fault(&format!("/content{field}"), "personal-data", message);
            }
        }
    }
}

/// Whether a text holds the number of an identity card or of a person's phone.
fn leads_to_somebody(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+') {
        let number = &rest[start..];
        let run = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if is_identity(run, &number[run..]) || is_phone(number) {
            return true;
        }
        rest = &number[run.max(1)..];
    }
    false
}

/// Nine or twelve digits in a row that are no amount of money.
fn is_identity(run: usize, after: &str) -> bool {
    let after = after.trim_start().to_lowercase();
    let money = ["đ", "vnd", "vnđ"].iter().any(|unit| after.starts_with(unit));
    matches!(run, 9 | 12) && !money
}

/// Whether a phone number of a person begins here. Its first group has three digits at least, so that
/// a date is none.
fn is_phone(text: &str) -> bool {
    let first = text.trim_start_matches('+');
    let first = first.len() - first.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if !text.starts_with('+') && first < 3 {
        return false;
    }
    let (mut number, mut gap) = (String::new(), false);
    for (place, c) in text.char_indices() {
        let joined = c.is_ascii_digit() || (place == 0 && c == '+');
        if joined {
            number.push(c);
            gap = false;
        } else if gap || !matches!(c, ' ' | '.' | '-') {
            break;
        } else if ends_as_phone(&number) {
            return true;
        } else {
            gap = true;
        }
        if number.len() > MOST_DIGITS {
            return false;
        }
    }
    ends_as_phone(&number)
}

fn ends_as_phone(number: &str) -> bool {
    number.len() >= 10 && Phone::parse(number).is_ok_and(|phone| phone.is_of_a_person())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_leads_to_somebody_is_found() {
        for text in [
            "gọi 0901234567 để hẹn",
            "gọi 0901 234 567, sau đó",
            "+84 901 234 567",
            "số (028) 38387342 hoặc 0283 838 7342.",
            "số cũ 01621234567",
            "CMND 000000001",
            "căn cước 000090000001 của bị hại",
            "Nhóm 2 0901.234.567",
        ] {
            assert!(leads_to_somebody(text), "{text}");
        }
    }

    #[test]
    fn dates_amounts_and_papers_lead_to_nobody() {
        for text in [
            "",
            "từ 07-05-2024 10 giờ đến 08.12.2024 18 giờ",
            "chuyển 100000000 đồng, 250.000.000 đ",
            "thiệt hại 500.000.000 đồng trong 12 vụ",
            "gọi 113 hoặc 1900 1234",
            "Quyết định số 303/QCPH, điều 171",
            "quốc lộ 22, km 12+500",
            "a + b",
        ] {
            assert!(!leads_to_somebody(text), "{text}");
        }
    }
}
