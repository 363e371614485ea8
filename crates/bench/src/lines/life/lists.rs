//! Pages of 100,000 alerts in force, and of what is due over them, as everybody and as those who see a
//! part: a province with all of its zones, a commune with one.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, ensure};
use giapranh_domain::{Directory, Millis, UnitId};
use giapranh_views::{AlertQuery, DueQuery, StatusFilter, Viewer, Views};

use crate::context::Context;
use crate::corpus::{Corpus, VERSION};
use crate::fixture::RECEIVER;
use crate::floor::page::Pages;
use crate::measure::{Pair, milliseconds};
use crate::report::{Goal, Report, Unit};
use crate::standing;

/// Rows of a page, as the API gives them when nothing else is asked for.
const ROWS: usize = 50;
/// Pages that are turned in one walk.
const TURNED: usize = 40;
/// Sees one border.
const COMMUNE: &str = "long-an_duc-hoa_my-hanh-bac";
/// About as long as a row of a list as JSON.
const ROW_BYTES: usize = 500;
const GOAL: Goal = Goal::Below(20.0);

/// A walk through pages; each turn gives whether there is another page.
type Walk<'a> = dyn FnMut(&mut Option<String>) -> Result<usize> + 'a;

struct Shown {
    views: Views,
    now: Millis,
    floor: Pages,
}

/// Measures both lists.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let alerts = context.size(100_000, 5_000);
    let dir = made(context, alerts)?;
    let views = Views::open(&dir)?;
    let floor = context.fresh("life-floor")?.join("rows.db");
    let floor = Pages::create(&floor, alerts, &"ư".repeat(ROW_BYTES / 2))?;
    let shown = Shown { views, now: standing::now_ms(&dir)?, floor };
    let corpus = Corpus::new()?;
    let viewer = |unit: &str| viewer(corpus.directory(), unit);
    let everybody = [
        ("everybody", None),
        ("a province", Some(viewer(RECEIVER)?)),
        ("a commune", Some(viewer(COMMUNE)?)),
    ];
    for (who, viewer) in &everybody {
        let what = format!("a page of {alerts} alerts in force, {who}, p99");
        let pair = shown.walk(context, &mut |after| shown.alerts(viewer.as_ref(), after))?;
        report.line_at(&what, Unit::Milliseconds, &pair, 99, GOAL);
    }
    let receiver: UnitId = RECEIVER.parse()?;
    let commune: UnitId = COMMUNE.parse()?;
    let questions = [
        ("the whole", DueQuery::default()),
        (
            "a province's own",
            DueQuery { units: Some([receiver.clone()].into()), ..DueQuery::default() },
        ),
        ("all of a province", DueQuery { province: Some(receiver), ..DueQuery::default() }),
        (
            "all of another, as a commune sees it",
            DueQuery {
                province: Some(commune.province()),
                viewer: everybody[2].1.clone(),
                ..DueQuery::default()
            },
        ),
    ];
    for (which, query) in &questions {
        let what = format!("a page of what is due, {which}, p99");
        let pair = shown.walk(context, &mut |after| shown.due(query, after))?;
        report.line_at(&what, Unit::Milliseconds, &pair, 99, GOAL);
    }
    Ok(())
}

/// The views; made once.
fn made(context: &Context, alerts: usize) -> Result<PathBuf> {
    let name = format!("standing-{VERSION}-{alerts}");
    context.once(&context.work.join(name), |dir: &Path| standing::create(dir, alerts as u64))
}

fn viewer(directory: &Directory, unit: &str) -> Result<Viewer> {
    Ok(Viewer::of(&unit.parse()?, directory))
}

impl Shown {
    /// Turns pages from the first one on, several times.
    fn walk(&self, context: &Context, turn: &mut Walk<'_>) -> Result<Pair> {
        let mut pair = Pair::default();
        for _ in 0..context.turns(5).rounds {
            let mut after = None;
            for page in 0..TURNED {
                let begun = Instant::now();
                let rows = turn(&mut after)?;
                pair.ours.push(milliseconds(begun.elapsed()));
                ensure!(page > 0 || rows > 0, "the first page is empty");
                if !context.ours_only {
                    let begun = Instant::now();
                    ensure!(self.floor.read(page, ROWS)? > 0, "a page of the floor is empty");
                    pair.floor.push(milliseconds(begun.elapsed()));
                }
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(pair)
    }

    fn alerts(&self, viewer: Option<&Viewer>, after: &mut Option<String>) -> Result<usize> {
        let query = AlertQuery {
            status: Some(StatusFilter::Active),
            viewer: viewer.cloned(),
            after: after.take(),
            limit: ROWS,
            ..AlertQuery::default()
        };
        let page = self.views.alerts(&query, self.now)?;
        *after = page.next;
        Ok(page.rows.len())
    }

    fn due(&self, query: &DueQuery, after: &mut Option<String>) -> Result<usize> {
        let query = DueQuery { after: after.take(), limit: ROWS, ..query.clone() };
        let page = self.views.due(&query, self.now)?;
        *after = page.next;
        Ok(page.rows.len())
    }
}
