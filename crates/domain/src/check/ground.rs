//! On what an alert rests.

use super::{Check, LINE};
use crate::codes::{Category, GroundKind};
use crate::offences::{LAST_ARTICLE, is_article};
use crate::wire::proto;

impl Check {
    pub(super) fn ground(
        &mut self,
        category: Option<Category>,
        ground: Option<&proto::LegalGround>,
    ) {
        let at = "/content/ground";
        let Some(ground) = ground else {
            self.fault(at, "required", "A legal ground is required: kind, date and agency.");
            return;
        };
        let wanted = category == Some(Category::WantedPerson);
        let field = format!("{at}/kind");
        let kind = self.code(&field, &ground.kind, GroundKind::parse, GroundKind::list);
        let on_wanted_decision = kind == Some(GroundKind::WantedDecision);
        if wanted && kind.is_some() && !on_wanted_decision {
            let message = "A wanted person needs a wanted decision (wanted-decision).";
            self.fault(&field, "wanted-needs-decision", message);
        }
        if category == Some(Category::TravellingOffender) && on_wanted_decision {
            let message =
                "A travelling offender is not wanted: who is, has an alert as a wanted person.";
            self.fault(&field, "never-wanted", message);
        }
        let field = format!("{at}/decision_number");
        if wanted {
            self.required(&field, &ground.decision_number, LINE);
        } else {
            self.optional(&field, &ground.decision_number, LINE);
        }
        self.date_not_ahead(&format!("{at}/date"), &ground.date);
        self.required(&format!("{at}/agency"), &ground.agency, LINE);
        self.article(&format!("{at}/article"), ground.article, wanted);
    }

    /// An article of the penal code; 0: none is named.
    pub(super) fn article(&mut self, field: &str, article: u32, required: bool) {
        if (required || article != 0) && !is_article(article) {
            let message = format!("The article of the penal code must be 1 to {LAST_ARTICLE}.");
            self.fault(field, "article", message);
        }
    }
}
