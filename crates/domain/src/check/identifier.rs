//! A phone number, an account, an address on a network.

use super::{Check, LINE, REASON};
use crate::codes::{IdentifierKind, IdentifierRole};
use crate::normal::identifier_value;
use crate::wire::proto;

/// Most victims of one identifier: more is a slip of the hand.
const MOST_VICTIMS: u32 = 1_000_000;

impl Check {
    pub(super) fn identifier(&mut self, identifier: &proto::Identifier) {
        let at = "/content/identifier";
        let (field, kind) = (format!("{at}/kind"), &identifier.kind);
        let kind = self.code(&field, kind, IdentifierKind::parse, IdentifierKind::list);
        self.written(at, kind, identifier);
        self.optional(&format!("{at}/operator"), &identifier.operator, LINE);
        let (field, role) = (format!("{at}/role"), &identifier.role);
        self.optional_code(&field, role, IdentifierRole::parse, IdentifierRole::list);
        self.money(&format!("{at}/amount_vnd"), identifier.amount_vnd);
        self.number(&format!("{at}/victims"), identifier.victims, 1..=MOST_VICTIMS);
        let first = self.past_moment(&format!("{at}/first_seen"), &identifier.first_seen, false);
        let field = format!("{at}/last_seen");
        let last = self.past_moment(&field, &identifier.last_seen, false);
        self.in_order(&field, first, last);
    }

    /// The value is made of what was written; one that is not is not what the officer signed.
    fn written(&mut self, at: &str, kind: Option<IdentifierKind>, identifier: &proto::Identifier) {
        let field = format!("{at}/written");
        self.required(&field, &identifier.written, REASON);
        let Some(kind) = kind.filter(|_| !identifier.written.trim().is_empty()) else { return };
        match identifier_value(kind, &identifier.written) {
            Err(fault) => self.not_a_value(&field, fault),
            Ok((value, _)) if identifier.value.is_empty() || identifier.value == value => {}
            Ok(_) => {
                let message = "The value is made of what is written: leave it out.";
                self.fault(&format!("{at}/value"), "not-normal", message);
            }
        }
    }
}
