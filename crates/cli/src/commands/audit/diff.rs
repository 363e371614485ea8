//! `giapranh audit diff`.

use anyhow::Result;
use giapranh_audit::diff::{self, Difference, Side, SideReport};

use super::{log_of, until};
use crate::args::Form;
use crate::args::audit::Diff;
use crate::commands::{Place, failure};
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts, Rows};
use crate::progress::Progress;
use crate::words::code;
use crate::{next, say};

/// Says what two logs, or two moments of one, differ in.
pub fn run(place: &Place, arguments: &Diff) -> Result<()> {
    let Diff { first, second, at, and } = arguments;
    let first = log_of(first);
    let second = second.as_deref().map_or_else(|| first.clone(), log_of);
    let mut progress = Progress::of("compared");
    let difference = diff::diff(
        Side { log: &first, until: at.map(until) },
        Side { log: &second, until: and.map(until) },
        &mut |done, total| progress.show(done, total),
    );
    drop(progress);
    let difference = difference.map_err(|error| failure::of_audit(&error))?;
    match place.form {
        Form::Json => output::json(&difference)?,
        Form::Table => print(&difference)?,
    }
    if difference.is_forked() {
        let line = format!("giapranh audit verify {}", next::quoted(&first));
        return Err(Failure::new(Exit::NotVerified, say!("diff-forked")).next(line).into());
    }
    Ok(())
}

fn print(difference: &Difference) -> Result<()> {
    let mut sides = Rows::new(&["SIDE", "LOG OF", "POSITION", "EVENTS", "ONLY HERE", "DIGEST"]);
    for (name, side) in
        [(say!("diff-first"), &difference.first), (say!("diff-second"), &difference.second)]
    {
        let SideReport { unit, position, events, only_here, digest, .. } = side;
        sides.push([&name, unit, position, events, only_here, digest]);
    }
    output::rows(&sides)?;
    if difference.same {
        output::line("")?;
        output::line(&say!("diff-same"))?;
        return Ok(());
    }
    print_events(difference)?;
    print_views(difference)
}

fn print_events(difference: &Difference) -> Result<()> {
    if !difference.feeds.is_empty() {
        let mut rows = Rows::new(&["FEED", "EPOCH", "ZONE", "ONLY FIRST", "ONLY SECOND"]);
        for feed in &difference.feeds {
            let (first, second) = (&feed.only_first, &feed.only_second);
            rows.push([&feed.origin, &feed.epoch, &feed.zone, first, second]);
        }
        output::line("")?;
        output::rows(&rows)?;
    }
    if !difference.forks.is_empty() {
        let mut rows = Rows::new(&["FORK", "WHICH", "IN THE FIRST", "IN THE SECOND"]);
        for fork in &difference.forks {
            rows.push([&fork.by, &fork.which, &fork.first, &fork.second]);
        }
        output::line("")?;
        output::rows(&rows)?;
        if difference.forks_omitted > 0 {
            output::line(&say!("more-forks", count = difference.forks_omitted.to_string()))?;
        }
    }
    Ok(())
}

fn print_views(difference: &Difference) -> Result<()> {
    let views = &difference.views;
    if !views.alerts.is_empty() {
        let mut rows = Rows::new(&["ALERT", "ONLY", "FIELDS THAT DIFFER"]);
        for alert in &views.alerts {
            let only = code("diff", alert.only.unwrap_or_default());
            rows.push([&alert.alert, &only, &alert.fields.join(", ")]);
        }
        output::line("")?;
        output::rows(&rows)?;
    }
    if !views.judged.is_empty() {
        let mut rows = Rows::new(&["EVENT", "IN THE FIRST", "IN THE SECOND"]);
        for judged in &views.judged {
            let (first, second) = (code("verdict", &judged.first), code("verdict", &judged.second));
            rows.push([&judged.event_id, &first, &second]);
        }
        output::line("")?;
        output::rows(&rows)?;
    }
    let mut facts = Facts::default();
    facts.push("units that differ", views.units.join(", "));
    facts.push("zones that differ", views.zones.join(", "));
    output::line("")?;
    output::facts(&facts)?;
    Ok(())
}
