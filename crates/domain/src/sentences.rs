//! What a fault says to whom: in English as it was made, in Vietnamese from a table of the rules.
//!
//! A rule has one sentence; where a field needs its own, that one counts. A sentence names the field
//! and what to do, and repeats nothing that was typed. A test holds that every rule that this crate
//! refuses by stands in the table, and that every field of an alert has a name.

mod fields;
mod rules;

use crate::Fault;

/// A language that officers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Fault {
    /// One sentence that says what to do.
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::English => self.message.clone(),
            // A rule that is newer than this program: better in English than not at all.
            Language::Vietnamese => self.vietnamese().unwrap_or_else(|| self.message.clone()),
        }
    }

    fn vietnamese(&self) -> Option<String> {
        let template = rules::template(&self.rule, last_name(&self.field))?;
        let mut sentence = template.replace("{field}", &fields::name(&self.field));
        for (name, value) in &self.params {
            sentence = sentence.replace(&format!("{{{name}}}"), value);
        }
        Some(capitalised(&sentence))
    }
}

/// The last part of a pointer that is no number: of `/content/warnings/0` it is `warnings`.
fn last_name(field: &str) -> &str {
    let named = |part: &&str| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit());
    field.rsplit('/').find(named).unwrap_or_default()
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Whether a rule has a sentence of its own in Vietnamese.
pub fn is_known_rule(rule: &str) -> bool {
    rules::template(rule, "").is_some()
}

/// Whether a field has a name in Vietnamese.
pub fn is_known_field(name: &str) -> bool {
    fields::of(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(fault: &Fault, vietnamese: &str) {
        assert_eq!(fault.sentence(Language::Vietnamese), vietnamese);
        assert_eq!(fault.sentence(Language::English), fault.message);
    }

    #[test]
    fn a_sentence_names_the_field_and_the_way_out() {
        says(&Fault::new("/content/headline", "required", "x"), "Chưa nhập tiêu đề.");
        let long = Fault::new("/content/purpose", "too-long", "x").with("most", &4_000);
        says(&long, "Mục đích dài quá: nhiều nhất 4000 ký tự.");
        let code =
            Fault::new("/content/warnings/1", "unknown-code", "x").with("list", &"armed, violent");
        says(&code, "Cảnh giác (mục thứ 2) phải là một trong: armed, violent.");
        let plate = Fault::new("/content/vehicle/plate", "shape", "x");
        says(&plate, "Biển số cần ít nhất hai ký tự đọc được.");
        says(&Fault::new("/somewhere/else", "required", "x"), "Chưa nhập else.");
        says(&Fault::new("/content/headline", "of-tomorrow", "x"), "x");
    }

    /// The fields of an alert and of what is said about it, from the messages themselves.
    #[test]
    fn every_field_of_an_alert_has_a_name() {
        let proto = include_str!("../../../proto/giapranh/v1/alert.proto");
        let fields = proto.lines().filter_map(|line| {
            let (declared, _) = line.strip_prefix("  ")?.split_once(" = ")?;
            declared.rsplit_once(' ').map(|(_, name)| name)
        });
        let without: Vec<&str> = fields.filter(|name| !is_known_field(name)).collect();
        assert_eq!(without, [""; 0]);
    }
}
