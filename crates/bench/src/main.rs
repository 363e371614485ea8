//! `giapranh-bench`: measures what a person feels, beside the floor: the simplest program that does
//! only that thing, on the same machine, in the same run, in turns. See docs/PERFORMANCE.md.
//!
//! What is missed is printed and is no error: figures are for people to judge.

mod backlog;
mod context;
mod corpus;
mod fixture;
mod floor;
mod founding;
mod ingestion;
mod lines;
mod machine;
mod measure;
mod people;
mod report;
mod running;
mod script;
mod sealed;
mod standing;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Parser;

use crate::context::Context;
use crate::lines::GROUPS;
use crate::machine::Machine;
use crate::report::Report;

/// Measures Giáp Ranh beside the floor of this machine.
#[derive(Debug, Parser)]
#[command(version)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
struct Arguments {
    /// Only this group of lines; may be given again
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Small sizes: shows that everything runs; the figures say little
    #[arg(long)]
    quick: bool,
    /// Lists the groups and ends
    #[arg(long)]
    list: bool,
    /// Leaves the floors out: for a profile that shows ours alone
    #[arg(long)]
    ours_only: bool,
    /// Takes the backlog and the full node that the last run left, if they are there
    #[arg(long)]
    reuse: bool,
    /// Only makes the backlog and the full node for --reuse
    #[arg(long)]
    prepare: bool,
    /// Where everything is made; the report lies in it, too
    #[arg(long, value_name = "DIR", default_value = "target/bench")]
    dir: PathBuf,
    /// The program that is run as a node; the one beside this when left out
    #[arg(long, value_name = "FILE")]
    giapranh: Option<PathBuf>,
    /// What this process is for another of its kind
    #[arg(long, hide = true, num_args = 3, value_names = ["WHAT", "DIR", "FILE"])]
    child: Vec<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match &arguments.child[..] {
        [] if arguments.list => {
            list();
            Ok(())
        }
        [] => measure(arguments),
        [what, dir, backlog] if what.as_os_str() == lines::INGEST => {
            lines::ingest_as_child(dir, backlog)
        }
        other => bail!("no such child: {other:?}"),
    }
}

#[expect(clippy::print_stdout, reason = "a list is asked for")]
fn list() {
    for group in GROUPS {
        println!("{:<10} {}", group.name, group.about);
    }
}

#[expect(clippy::print_stdout, reason = "the end of the table")]
fn measure(arguments: Arguments) -> Result<()> {
    if let Some(unknown) =
        arguments.only.iter().find(|name| !GROUPS.iter().any(|g| g.name == **name))
    {
        let names = GROUPS.map(|group| group.name).join(", ");
        bail!("there is no group {unknown}; there are {names}");
    }
    let work = arguments.dir.join("work");
    if !arguments.reuse && work.exists() {
        std::fs::remove_dir_all(&work).with_context(|| format!("emptying {}", work.display()))?;
    }
    std::fs::create_dir_all(&work).with_context(|| format!("making {}", work.display()))?;
    let work = work.canonicalize()?;
    let giapranh = match arguments.giapranh {
        Some(named) => named,
        None => std::env::current_exe()?.with_file_name("giapranh"),
    };
    let context = Context {
        quick: arguments.quick,
        ours_only: arguments.ours_only,
        giapranh,
        runtime: tokio::runtime::Runtime::new()?,
        work,
    };
    if arguments.prepare {
        context.full_node()?;
        return Ok(());
    }
    let size = if context.quick { "quick: small sizes, not to be quoted" } else { "whole sizes" };
    let options = format!("{size}; a backlog of {} events", context.events());
    let mut report = Report::begin(Machine::look(&context.work), options);
    for group in GROUPS {
        if arguments.only.is_empty() || arguments.only.iter().any(|name| name == group.name) {
            (group.run)(&context, &mut report).with_context(|| group.name)?;
        }
    }
    let (judged, met) = report.met();
    let path = report.save(&arguments.dir)?;
    println!("\n{met} of {judged} goals met; every sample: {}", path.display());
    Ok(())
}
