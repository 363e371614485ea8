//! `/as-of`: choosing a moment of the past, and how far it has come. The pages themselves show it: `/` and
//! the alerts, with `?as_of=`.

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Desk;
use super::account::own_path;
use super::address::Address;
use crate::past::{AsOf, past};
use crate::problem::{Making, Problem};

/// After how many seconds a page without a script looks again.
const AGAIN_S: u16 = 3;

/// What was typed: a day and a time on the clock in Vietnam, or a position of the log.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    date: String,
    time: String,
    position: String,
    /// The page that is to be shown then.
    to: String,
    /// Of a script that waits: the moment, and the page that shows it.
    making: String,
    back: String,
}

impl Asked {
    /// The moment, as an address has it; `None`: nothing was typed.
    fn moment(&self) -> Result<Option<String>, Problem> {
        let position = self.position.trim();
        if !position.is_empty() {
            return match position.parse::<u64>() {
                Ok(position) => Ok(Some(position.to_string())),
                Err(_) => Err(Problem::no_moment()),
            };
        }
        if self.date.is_empty() {
            return Ok(None);
        }
        let time = if self.time.is_empty() { "23:59" } else { &self.time };
        let seconds = if time.len() == 5 { ":00" } else { "" };
        let text = format!("{}T{time}{seconds}+07:00", self.date);
        match text.parse() {
            Ok(AsOf::Arrived(_)) => Ok(Some(text)),
            _ => Err(Problem::no_moment()),
        }
    }

    /// A list that the past can be shown in, or an alert.
    fn page(&self) -> &str {
        match self.to.as_str() {
            "/alerts" | "/due" | "/notices" => &self.to,
            alert if alert.starts_with("/alerts/") && !alert.contains(['?', '#', '\\']) => alert,
            _ => "/",
        }
    }
}

#[derive(Template)]
#[template(path = "as_of.html")]
struct AsOfPage<'a> {
    desk: &'a Desk,
    asked: &'a Asked,
    sentence: Option<String>,
    today: String,
}

/// `GET /as-of`: the form, or on to the page that shows the moment.
pub async fn show(
    desk: Desk,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked?;
    if !asked.making.is_empty() {
        return progress(&desk, &asked.making, &asked.back).await;
    }
    let refused = match asked.moment() {
        Ok(Some(moment)) => match past(desk.app(), &moment).await {
            Err(problem) if problem.making().is_none() => problem,
            _ => {
                let at: String = Address::of(asked.page()).with("as_of", &moment).into();
                return Ok(desk.open(&at));
            }
        },
        Ok(None) => return form(&desk, &asked, None),
        Err(problem) => problem,
    };
    form(&desk, &asked, Some(&refused))
}

fn form(desk: &Desk, asked: &Asked, refused: Option<&Problem>) -> Result<Response, Problem> {
    let page = AsOfPage {
        desk,
        asked,
        sentence: refused.map(|problem| problem.sentence(desk.words.0)),
        today: giapranh_domain::time::day(desk.now),
    };
    let mut response = desk.page(&page)?;
    if let Some(problem) = refused {
        *response.status_mut() = problem.status();
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "as_of_making.html")]
struct MakingPage<'a> {
    desk: &'a Desk,
    making: Making,
    again: String,
}

#[derive(Template)]
#[template(path = "as_of_progress.html")]
struct MakingPart<'a> {
    desk: &'a Desk,
    making: Making,
    again: String,
}

impl Making {
    /// How much is done, of a hundred.
    fn percent(&self) -> u64 {
        (self.done * 100).checked_div(self.total).unwrap_or(0).min(100)
    }
}

/// In place of a page of the past that is not ready. It looks again by itself; a script asks for the part
/// that changes, and goes on to the page when it is there.
pub fn making(desk: &Desk, making: Making) -> Response {
    let page = MakingPage { desk, making, again: again(making, &desk.place) };
    let mut response = desk.page(&page).unwrap_or_else(IntoResponse::into_response);
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::ACCEPTED;
    }
    response.headers_mut().insert("refresh", HeaderValue::from(AGAIN_S));
    response
}

/// Where the script asks how far it has come.
fn again(making: Making, back: &str) -> String {
    let position = making.position.to_string();
    Address::of("/as-of").with("making", &position).with("back", back).into()
}

/// The part that changes; or on to the page, which is there, or says why not.
async fn progress(desk: &Desk, moment: &str, back: &str) -> Result<Response, Problem> {
    let back = own_path(back);
    if let Err(Some(making)) = past(desk.app(), moment).await.map_err(|problem| problem.making()) {
        return desk.page(&MakingPart { desk, making, again: again(making, back) });
    }
    let to = HeaderValue::try_from(back).unwrap_or(HeaderValue::from_static("/"));
    Ok(([(HeaderName::from_static("hx-redirect"), to)], ()).into_response())
}

/// What a page of the past says of itself.
pub struct Shown {
    /// As the address has it.
    pub asked: String,
    /// The last position that is shown.
    pub position: u64,
    /// What counts as now there, milliseconds since 1970.
    pub moment: u64,
    /// The same page as it is now.
    pub present: String,
}

impl Shown {
    /// Of the page at an address.
    pub fn of(place: &str, asked: String, position: u64, moment: u64) -> Self {
        let (path, query) = place.split_once('?').unwrap_or((place, ""));
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .filter(|pair| !["as_of=", "before=", "after="].iter().any(|own| pair.starts_with(own)))
            .collect();
        let present =
            if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) };
        Self { asked, position, moment, present }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_a_moment_in_vietnam() {
        let moment = |date: &str, time: &str, position: &str| {
            let [date, time, position] = [date, time, position].map(str::to_owned);
            Asked { date, time, position, ..Asked::default() }.moment().ok().flatten()
        };
        let typed = moment("2024-05-31", "14:00", "");
        assert_eq!(typed.as_deref(), Some("2024-05-31T14:00:00+07:00"));
        assert_eq!(moment("2024-05-31", "14:00", " 17 ").as_deref(), Some("17"));
        let end = moment("2024-05-31", "", "");
        assert_eq!(end.as_deref(), Some("2024-05-31T23:59:00+07:00"));
        for (date, time, position) in
            [("", "", ""), ("31/05/2024", "", ""), ("2024-05-31", "25:00", ""), ("", "", "x")]
        {
            assert_eq!(moment(date, time, position), None, "{date} {time} {position}");
        }
    }

    #[test]
    fn the_present_is_the_same_page_without_the_moment() {
        let present = |place: &str| Shown::of(place, String::new(), 1, 1).present;
        assert_eq!(present("/?as_of=3"), "/");
        assert_eq!(present("/alerts?zone=a&as_of=3&after=x"), "/alerts?zone=a");
    }
}
