//! Refusals about the past.

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use super::Problem;
use crate::past::{AsOfError, Building};

/// How far the past that was asked for has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Making {
    /// The position up to which it will show the log.
    pub position: u64,
    /// How much of `total` is done.
    pub done: u64,
    /// All that there is to do; 0 while it waits.
    pub total: u64,
    /// How many others come first.
    pub ahead: usize,
}

impl From<Building> for Making {
    fn from(Building { position, done, total, ahead }: Building) -> Self {
        Self { position, done, total, ahead }
    }
}

impl Problem {
    /// The moment is being made ready.
    pub fn as_of_not_ready(building: Building) -> Self {
        let Building { position, done, total, ahead } = building;
        let detail = format!(
            "The log up to position {position} is being read: {done} of {total}, {ahead} before it. \
             Ask again."
        );
        let vietnamese = format!(
            "Đang đọc nhật ký đến vị trí {position}: {done}/{total}, trước đó còn {ahead} yêu cầu. \
             Hãy hỏi lại."
        );
        let title = "The moment is being made ready";
        let mut problem = Self::new("as-of-not-ready", title, StatusCode::CONFLICT, detail)
            .in_vietnamese(vietnamese)
            .after(1);
        problem.making = Some(Box::new(building.into()));
        problem
    }

    /// The moment can't be shown.
    pub fn no_as_of(error: AsOfError) -> Self {
        let [detail, vietnamese] = match error {
            AsOfError::BeforeTheFirst => [
                "Nothing had arrived at this node by then.".to_owned(),
                "Đến thời điểm đó nút này chưa nhận được gì.".to_owned(),
            ],
            AsOfError::BeyondTheEnd { head } => [
                format!("The log ends at position {head}."),
                format!("Nhật ký kết thúc ở vị trí {head}."),
            ],
            AsOfError::Future => {
                ["This moment has not come yet.".to_owned(), "Thời điểm này chưa đến.".to_owned()]
            }
            AsOfError::Busy => {
                return Self::unavailable(
                    "Too many moments are being made ready; ask again later.",
                )
                .in_vietnamese("Đang chuẩn bị quá nhiều thời điểm; hãy thử lại sau.");
            }
            AsOfError::Failed(why) => return Self::unavailable(why),
        };
        Self::parameter("as_of", detail).in_vietnamese(vietnamese)
    }

    /// A form with neither a day nor a position.
    pub fn no_moment() -> Self {
        let detail = "Give a day and a time, or a position of the log.";
        Self::parameter("at", detail)
            .in_vietnamese("Hãy nhập ngày và giờ, hoặc một vị trí trong nhật ký.")
    }

    /// How far the past has come that is being made ready.
    pub fn making(&self) -> Option<Making> {
        self.making.as_deref().copied()
    }
}
