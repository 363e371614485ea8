//! Border zones.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use giapranh_domain::ZoneId;
use giapranh_views::{ZoneCounts, ZoneRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Parameters, read};
use crate::App;
use crate::principal::Sight;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub struct Zones {
    zones: Vec<ZoneRow>,
}

/// `GET /api/v1/zones`.
pub async fn list(State(app): State<App>) -> Result<Json<Zones>, Problem> {
    let zones = read(&app, |views, _| views.zones()).await?;
    Ok(Json(Zones { zones }))
}

/// `GET /api/v1/zones/{id}`.
pub async fn show(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<ZoneRow>, Problem> {
    let Path(text) = path?;
    let id: ZoneId = text.parse().map_err(|error| Problem::no_such_id(&error))?;
    let missing = Problem::missing("zone", &text, "giapranh zone list");
    let found = read(&app, move |views, _| views.zone(&id)).await?;
    found.map(Json).ok_or(missing)
}

/// How far a count looks back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// 24 hours.
    Day,
    /// 7 days.
    #[default]
    Week,
    /// 30 days.
    Month,
    /// 365 days.
    Year,
}

impl Period {
    /// Every one, the shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// As it is written.
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// When it began.
    pub fn since(self, now_ms: u64) -> u64 {
        const HOUR_MS: u64 = 3_600_000;
        let hours = match self {
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
            Self::Year => 365 * 24,
        };
        now_ms.saturating_sub(hours * HOUR_MS)
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// How far it looks back; a week when left out.
    #[serde(default)]
    period: Period,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Counts {
    counts: Vec<ZoneCounts>,
}

/// `GET /api/v1/zones/counts`.
pub async fn counts(
    State(app): State<App>,
    Sight(viewer): Sight,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Counts>, Problem> {
    let look = move |views: &giapranh_views::Views, now| {
        views.zone_counts(viewer.as_ref(), question.period.since(now), now)
    };
    Ok(Json(Counts { counts: read(&app, look).await? }))
}
