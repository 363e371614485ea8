//! The closed lists: what an alert may be, ask for and become.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

codes!(
    /// What an alert is about.
    Category {
        /// Truy nã.
        WantedPerson = "wanted-person",
        /// Đối tượng lưu động; never displayed as wanted.
        TravellingOffender = "travelling-offender",
        /// Phương thức, thủ đoạn; no personal data.
        ModusOperandi = "modus-operandi",
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
        /// Before its expiry an alert is reviewed.
        Review = "review",
    }
);

impl Deadline {
    /// Seconds that count until the directory says otherwise.
    pub fn by_default(self) -> u32 {
        const HOUR: u32 = 3600;
        match self {
            Self::Acknowledge | Self::SecondRequest => HOUR / 2,
            Self::HitUrgent => 10 * 60,
            Self::HitRoutine => HOUR,
            Self::WithdrawAfterArrest => 24 * HOUR,
            Self::Review => 14 * 24 * HOUR,
        }
    }
}
