//! What names nobody and asks for attention: situation notices and directives.

use super::{Check, LINE, PARAGRAPH};
use crate::time::day_start;
use crate::wire::proto;

impl Check {
    pub(super) fn situation_notice(&mut self, notice: &proto::SituationNotice) {
        let at = "/content/situation_notice";
        self.required(&format!("{at}/text"), &notice.text, PARAGRAPH);
        self.optional(&format!("{at}/area"), &notice.area, LINE);
        let from = self.past_moment(&format!("{at}/period_from"), &notice.period_from, false);
        let field = format!("{at}/period_to");
        let to = self.moment(&field, &notice.period_to, false);
        // Both days are meant from their start, so that the same day twice is one day.
        let to = to.map(|end| day_start(&notice.period_to).unwrap_or(end));
        self.in_order(&field, from, to);
    }

    pub(super) fn directive(&mut self, directive: &proto::Directive) {
        let at = "/content/directive";
        self.required(&format!("{at}/text"), &directive.text, PARAGRAPH);
        self.units(&format!("{at}/binds"), &directive.binds);
        let field = format!("{at}/acknowledge_by");
        let by = self.moment(&field, &directive.acknowledge_by, false);
        if by.is_some_and(|by| by <= self.now) {
            self.fault(&field, "past", "By then nobody could acknowledge any more.");
        }
    }
}
