//! The closed lists: what an alert may be, ask for and become.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum $name {
            $($(#[$case_doc])* #[serde(rename = $code)] $case,)+
        }

        impl $name {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$case,)+];

            /// The code as it is written.
            pub fn code(self) -> &'static str {
                match self { $(Self::$case => $code,)+ }
            }

            /// The value of a code.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$case),)+ _ => None }
            }

            /// Every code, for messages.
            pub fn list() -> String {
                Self::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", ")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

mod content;

pub use content::{
    Channel, Confidence, IdentifierKind, IdentifierRole, IdentityKind, LocationPrecision,
    ObjectClass, PersonClass, SourceGrade, TriState, VehicleStatus, VehicleType, Weekday,
};

codes!(
    /// What an alert is about.
    Category {
        /// Truy nã.
        WantedPerson = "wanted-person",
        /// Đối tượng lưu động; never displayed as wanted.
        TravellingOffender = "travelling-offender",
        /// A vehicle: stolen, used in an offence, under a false plate.
        Vehicle = "vehicle",
        /// Any other thing.
        Object = "object",
        /// A phone number, an account, an address on a network.
        Identifier = "identifier",
        /// Phương thức, thủ đoạn; no personal data.
        ModusOperandi = "modus-operandi",
        /// Thông báo tình hình; no personal data.
        SituationNotice = "situation-notice",
        /// Chỉ đạo, from the lead or a ministry department; no personal data.
        Directive = "directive",
    }
);
codes!(
    /// What an officer of a unit may do at its node.
    Role {
        /// Trực ban: watches, looks up, acknowledges, reports hits.
        Duty = "duty",
        /// Drafts alerts, answers hits.
        Issuer = "issuer",
        /// Lãnh đạo duyệt: releases or returns what another officer drafted.
        Approver = "approver",
        /// Keeps the directory, where the unit leads the cluster.
        Lead = "lead",
        /// Verifies, replays, exports; changes nothing.
        Auditor = "auditor",
        /// Installs, enrols, backs up, gives out accounts; reads no payload.
        Administrator = "administrator",
    }
);
codes!(
    /// Level of a unit.
    Level {
        /// Công an tỉnh, thành phố.
        Province = "province",
        /// Công an huyện, quận, thị xã.
        District = "district",
        /// Công an xã, phường, thị trấn.
        Commune = "commune",
    }
);
codes!(
    /// How pressing an alert is.
    Severity {
        /// Read it on your shift.
        Routine = "routine",
        /// Read it now.
        Important = "important",
        /// Act now.
        Critical = "critical",
    }
);
codes!(
    /// The one thing that an alert asks for.
    Action {
        /// Arrest.
        Arrest = "arrest",
        /// Find out where.
        Locate = "locate",
        /// Observe discreetly.
        Observe = "observe",
        /// Seize.
        Seize = "seize",
        /// Check.
        Check = "check",
        /// Take note.
        Inform = "inform",
    }
);
codes!(
    /// What endangers who acts.
    Warning {
        /// Carries a weapon.
        Armed = "armed",
        /// Violent.
        Violent = "violent",
        /// A condition that needs care.
        Health = "health",
        /// Will run.
        FlightRisk = "flight-risk",
    }
);
codes!(
    /// On what an alert rests.
    GroundKind {
        /// Quyết định truy nã.
        WantedDecision = "wanted-decision",
        /// Quyết định khởi tố.
        CaseDecision = "case-decision",
        /// Yêu cầu xác minh.
        VerificationRequest = "verification-request",
        /// Chỉ đạo.
        Directive = "directive",
    }
);
codes!(
    /// How wanted.
    WantedClass {
        /// Thường.
        Ordinary = "ordinary",
        /// Đặc biệt.
        Special = "special",
    }
);
codes!(
    /// As documents state it.
    Sex {
        /// Nam.
        Male = "male",
        /// Nữ.
        Female = "female",
        /// Chưa rõ.
        Unknown = "unknown",
    }
);
codes!(
    /// Why an alert ends.
    WithdrawalReason {
        /// Arrested.
        Executed = "executed",
        /// Đầu thú.
        Surrendered = "surrendered",
        /// Death.
        Died = "died",
        /// Hết thời hiệu.
        LimitationPassed = "limitation-passed",
        /// The decision was revoked.
        Revoked = "revoked",
        /// It should not have been issued.
        Error = "error",
        /// It named the wrong person.
        WrongPerson = "wrong-person",
    }
);
codes!(
    /// Why what an alert says has to be gone before its time.
    ErasureGround {
        /// What it was for is done.
        NoLongerNeeded = "no-longer-needed",
        /// It was against the law.
        Unlawful = "unlawful",
        /// A court, or who supervises, ordered it.
        CourtOrder = "court-order",
        /// The person whom it is about asked, and is right.
        SubjectRequest = "subject-request",
        /// It named the wrong person.
        WrongPerson = "wrong-person",
    }
);
codes!(
    /// Why a node destroyed the keys of an alert.
    DestroyedBecause {
        /// Its issuer's word.
        Ordered = "ordered",
        /// It was withdrawn because it named the wrong person.
        WrongPerson = "wrong-person",
        /// Its time has passed.
        Retention = "retention",
    }
);
codes!(
    /// Why nobody at a node can read an alert yet, or at all.
    NoKey {
        /// Its key is asked for, and comes by itself once somebody who holds it can be reached.
        Asked = "asked",
        /// The node's units are in none of the alert's zones any more, and answer for it neither:
        /// nobody may grant them the key.
        NotEntitled = "not-entitled",
        /// The directory has no sealing key for the node, so nobody can grant it anything.
        NotEnrolled = "not-enrolled",
    }
);
codes!(
    /// How somebody was shown alerts.
    AccessAct {
        /// One, with all that it says.
        View = "view",
        /// Headlines, in a list or as they came.
        List = "list",
        /// What a search found.
        Search = "search",
        /// Taken out of the program.
        Export = "export",
        /// What was typed into a search, or stated, by an auditor.
        Said = "said",
    }
);
codes!(
    /// How sure a hit is.
    Certainty {
        /// Certain.
        Certain = "certain",
        /// Probable.
        Probable = "probable",
        /// Possible.
        Possible = "possible",
    }
);
codes!(
    /// How soon an answer is needed.
    Urgency {
        /// Within the hour.
        Routine = "routine",
        /// Within minutes.
        Urgent = "urgent",
    }
);
codes!(
    /// What the issuer says of a hit.
    AnswerResult {
        /// The same person or thing.
        Same = "same",
        /// Another.
        NotSame = "not-same",
        /// Not known yet.
        NeedTime = "need-time",
    }
);
codes!(
    /// How far a draft is.
    DraftState {
        /// It is being written.
        Writing = "writing",
        /// It waits for an approving officer.
        Waiting = "waiting",
        /// An approving officer wants it otherwise.
        Returned = "returned",
        /// It took effect.
        Released = "released",
        /// Nothing came of it.
        Discarded = "discarded",
    }
);
codes!(
    /// How a hit ended.
    Outcome {
        /// Arrested: the issuer has to withdraw.
        Arrested = "arrested",
        /// Bàn giao.
        HandedOver = "handed-over",
        /// Gone before anybody could act.
        Gone = "gone",
        /// Let go: it was another, or nothing could be done.
        LetGo = "let-go",
    }
);
codes!(
    /// In what two alerts belong together.
    Relation {
        /// The same person.
        SamePerson = "same-person",
        /// Cases of one series.
        SameSeries = "same-series",
        /// The same vehicle.
        SameVehicle = "same-vehicle",
    }
);
codes!(
    /// What a person says of a link that was proposed.
    LinkDecision {
        /// It is so.
        Confirmed = "confirmed",
        /// It is not.
        Rejected = "rejected",
    }
);
codes!(
    /// What somebody has to do within a time.
    Duty {
        /// Release or return a draft.
        Approve = "approve",
        /// Acknowledge an urgent alert, or a directive.
        Acknowledge = "acknowledge",
        /// Say whether a hit is the one.
        AnswerHit = "answer-hit",
        /// Withdraw an alert after an arrest.
        Withdraw = "withdraw",
        /// Review an alert before it expires.
        Review = "review",
    }
);
codes!(
    /// How far something that is due has come.
    Stage {
        /// There is time left.
        Begun = "begun",
        /// Its time has passed; of a hit: the second request.
        Due = "due",
        /// It is with the duty leadership of the province.
        Escalated = "escalated",
    }
);
codes!(
    /// Why a cut was made.
    CutCause {
        /// The key is no longer to be believed.
        Revoked = "revoked",
        /// The node signs with another key from there on.
        Rotated = "rotated",
        /// Another unit took over.
        Succeeded = "succeeded",
        /// The origin lost its tail and began again, with the same key.
        NewEpoch = "new-epoch",
    }
);
codes!(
    /// How a unit ended.
    EndCause {
        /// It was abolished; another one answers for it.
        Abolished = "abolished",
        /// It became a part of another one.
        Merged = "merged",
        /// Several came of it; one of them answers for it.
        Split = "split",
    }
);
codes!(
    /// What has a time limit by the cluster's policy.
    Deadline {
        /// An urgent alert is acknowledged by every unit.
        Acknowledge = "acknowledge",
        /// An urgent hit is answered.
        HitUrgent = "hit-urgent",
        /// A routine hit is answered.
        HitRoutine = "hit-routine",
        /// A second request is answered, before it goes to the province's duty leadership.
        SecondRequest = "second-request",
        /// The issuer withdraws after an arrest.
        WithdrawAfterArrest = "withdraw-after-arrest",
        /// Before its expiry an alert is reviewed: how long before, it is on the list.
        Review = "review",
        /// A draft that waits is released or returned.
        Approve = "approve",
        /// What an alert says is erased so long after it was withdrawn or has expired.
        Retention = "retention",
    }
);

impl Deadline {
    /// Seconds that count until the directory says otherwise.
    pub fn by_default(self) -> u32 {
        const HOUR: u32 = 3600;
        match self {
            Self::Acknowledge | Self::SecondRequest => HOUR / 2,
            Self::HitUrgent => 10 * 60,
            Self::HitRoutine | Self::Approve => HOUR,
            Self::WithdrawAfterArrest => 24 * HOUR,
            Self::Review => 14 * 24 * HOUR,
            Self::Retention => 30 * 24 * HOUR,
        }
    }
}
