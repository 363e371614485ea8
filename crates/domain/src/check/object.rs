//! Any other thing.

use super::{Check, LINE};
use crate::codes::ObjectClass;
use crate::values::{Imei, Money};
use crate::wire::proto;

impl Check {
    pub(super) fn object(&mut self, object: &proto::Object) {
        let at = "/content/object";
        self.code(&format!("{at}/class"), &object.class, ObjectClass::parse, ObjectClass::list);
        let texts = [
            ("brand", object.brand.as_str()),
            ("model", &object.model),
            ("serial", &object.serial),
            ("marks", &object.marks),
        ];
        self.optionals(at, &texts, LINE);
        if texts.iter().all(|(_, text)| text.trim().is_empty()) && object.imei.is_empty() {
            let message = "Say by what the thing is known: brand, model, serial, IMEI or marks.";
            self.fault(&format!("{at}/marks"), "required", message);
        }
        if !object.imei.is_empty()
            && let Err(fault) = Imei::parse(&object.imei)
        {
            self.not_a_value(&format!("{at}/imei"), fault);
        }
        self.money(&format!("{at}/value_vnd"), object.value_vnd);
    }

    pub(super) fn money(&mut self, field: &str, amount: u64) {
        if let Err(fault) = Money::vnd(amount) {
            self.not_a_value(field, fault);
        }
    }
}
