//! The lists that fields choose from: the domain's codes, with the name under which their words stand.

use giapranh_domain::codes::{
    Action, AnswerResult, Certainty, Channel, Confidence, ErasureGround, GroundKind,
    IdentifierKind, IdentifierRole, IdentityKind, LinkDecision, LocationPrecision, ObjectClass,
    Outcome, PersonClass, Relation, Severity, Sex, SourceGrade, TriState, Urgency, VehicleStatus,
    VehicleType, WantedClass, Warning, Weekday, WithdrawalReason,
};

/// Codes to choose from.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// Before each code in the key of its word.
    pub name: &'static str,
    /// In the order in which they are offered.
    pub codes: fn() -> Vec<&'static str>,
}

macro_rules! lists {
    ($($list:ident = $name:literal of $codes:ident;)+) => {
        $(
            #[allow(missing_docs)]
            pub const $list: List = List {
                name: $name,
                codes: || $codes::ALL.iter().map(|value| value.code()).collect(),
            };
        )+

        /// Every list.
        #[cfg(test)]
        pub const ALL: &[List] = &[$($list,)+ HANDLING, SOUGHT];
    };
}

lists! {
    ACTION = "action" of Action;
    ANSWER = "answer" of AnswerResult;
    CERTAINTY = "certainty" of Certainty;
    CHANNEL = "channel" of Channel;
    CONFIDENCE = "confidence" of Confidence;
    ERASURE = "erasure" of ErasureGround;
    GROUND = "ground" of GroundKind;
    IDENTIFIER = "identifier" of IdentifierKind;
    IDENTIFIER_ROLE = "identifier-role" of IdentifierRole;
    IDENTITY = "identity" of IdentityKind;
    LINK = "link" of LinkDecision;
    OBJECT = "object" of ObjectClass;
    OUTCOME = "outcome" of Outcome;
    PRECISION = "precision" of LocationPrecision;
    RELATION = "relation" of Relation;
    SEEN = "seen" of TriState;
    SEVERITY = "severity" of Severity;
    SEX = "sex" of Sex;
    SOURCE = "source" of SourceGrade;
    URGENCY = "urgency" of Urgency;
    VEHICLE = "vehicle" of VehicleType;
    VEHICLE_STATUS = "vehicle-status" of VehicleStatus;
    WANTED = "wanted" of WantedClass;
    WARNING = "warning" of Warning;
    WEEKDAY = "weekday" of Weekday;
    WITHDRAWAL = "withdrawal" of WithdrawalReason;
}

/// Nothing classified is handled, so there is one.
pub const HANDLING: List = List { name: "handling", codes: || vec!["internal"] };

/// Nobody else is sought: a witness or victim is refused.
pub const SOUGHT: List = List {
    name: "person-class",
    codes: || {
        let sought = PersonClass::ALL.iter().filter(|class| class.may_be_sought());
        sought.map(|class| class.code()).collect()
    },
};
