//! The past: what the node showed at a moment, from views of its log up to there.
//!
//! Who looks at it is judged as for the present: by the directory and the roles of now, and what is
//! hidden from them now stays hidden. What has no effect yet, is due or has expired is judged by the
//! moment itself.

use std::any::Any;
use std::str::FromStr;
use std::sync::Arc;

use giapranh_domain::time::moment;
use giapranh_views::{Viewer, Views, ViewsError};

use crate::App;
use crate::problem::Problem;

/// A moment that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// A position of the node's log.
    Position(u64),
    /// What had arrived by then, milliseconds since 1970.
    Arrived(u64),
}

/// A text that is no moment.
#[derive(Debug, thiserror::Error)]
#[error("neither a position nor a time as 2024-05-31T14:00:00+07:00")]
pub struct NoMoment;

impl FromStr for AsOf {
    type Err = NoMoment;

    fn from_str(text: &str) -> Result<Self, NoMoment> {
        if let Ok(position) = text.parse() {
            return Ok(Self::Position(position));
        }
        // In an address a plus sign that was not escaped is a space.
        moment(&text.replace(' ', "+")).map(Self::Arrived).ok_or(NoMoment)
    }
}

/// How far a moment can be shown.
#[derive(Clone)]
pub enum AsOfState {
    /// It is being made ready, or waits for another one that is.
    Building(Building),
    /// It can be read.
    Ready(Past),
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Building {
    /// The position up to which it will show the log.
    pub position: u64,
    /// How much of `total` is done.
    pub done: u64,
    /// All that there is to do; 0 while it waits.
    pub total: u64,
    /// How many others come first.
    pub ahead: usize,
}

/// Views of the past. They stay readable as long as this is held, unless they are forgotten.
#[derive(Clone)]
pub struct Past {
    /// For reading.
    pub views: Views,
    /// The last position that they show.
    pub position: u64,
    /// What counted as now then.
    pub moment_ms: u64,
    /// Keeps the files.
    pub kept: Arc<dyn Any + Send + Sync>,
}

/// A moment that can't be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AsOfError {
    /// Nothing had arrived by then.
    BeforeTheFirst,
    /// The log ends before that position.
    BeyondTheEnd {
        /// The newest position that there is.
        head: u64,
    },
    /// It has not come yet.
    Future,
    /// As much waits as may.
    Busy,
    /// It could not be made: why, and what to do.
    Failed(String),
}

/// The past that a request asks for, ready to be read, or why it can't be yet.
pub async fn past(app: &App, asked: &str) -> Result<Past, Problem> {
    let moment: AsOf =
        asked.parse().map_err(|error| Problem::parameter("as_of", format!("as_of: {error}.")))?;
    match app.backend.as_of(moment).await {
        Ok(AsOfState::Ready(past)) => Ok(past),
        Ok(AsOfState::Building(building)) => Err(Problem::as_of_not_ready(building)),
        Err(error) => Err(Problem::no_as_of(error)),
    }
}

/// Reads the past, without what is hidden from the viewer now.
pub async fn read_past<T: Send + 'static>(
    app: &App,
    past: &Past,
    viewer: Option<Viewer>,
    look: impl FnOnce(&Views, Option<&Viewer>, u64) -> Result<T, ViewsError> + Send + 'static,
) -> Result<T, Problem> {
    let (present, now) = (app.backend.views(), app.backend.now_ms());
    let (views, moment_ms, kept) = (past.views.clone(), past.moment_ms, past.kept.clone());
    let task = move || {
        let mut viewer = viewer;
        if let Some(viewer) = &mut viewer {
            viewer.barred = present.hidden_from(viewer, now).map_err(Problem::from)?;
        }
        let found = look(&views, viewer.as_ref(), moment_ms).map_err(|error| match error {
            ViewsError::BadCursor { .. } => (Problem::from(error), false),
            error => {
                tracing::warn!(%error, "views of the past can't be read and are made again");
                (Problem::unavailable("This moment is made ready again; ask again."), true)
            }
        });
        drop(kept);
        Ok(found)
    };
    let found: Result<_, Problem> = match tokio::task::spawn_blocking(task).await {
        Ok(found) => found,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    };
    found?.map_err(|(problem, is_broken)| {
        if is_broken {
            app.backend.forget_past(past.position);
        }
        problem
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_position_or_a_time() {
        let moment = |text: &str| text.parse::<AsOf>().ok();
        assert_eq!(moment("17"), Some(AsOf::Position(17)));
        let noon = Some(AsOf::Arrived(1_717_131_600_000));
        assert_eq!(moment("2024-05-31T12:00:00+07:00"), noon);
        assert_eq!(moment("2024-05-31T12:00:00 07:00"), noon);
        assert_eq!(moment("2024-05-31T05:00:00Z"), noon);
        for bad in ["", "-1", "yesterday", "2024-05-31T12:00", "99999999999999999999"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }
}
