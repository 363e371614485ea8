//! Everything that can be typed is well-formed, and what can't be is refused before a node sees it.

use clap::{CommandFactory, Parser, error::ErrorKind};

use super::{Arguments, Command, Form, alert, audit, hit};

fn parse(line: &str) -> Result<Arguments, ErrorKind> {
    Arguments::try_parse_from(line.split(' ')).map_err(|error| error.kind())
}

#[test]
fn the_commands_are_well_formed() {
    Arguments::command().debug_assert();
}

#[test]
fn the_help_documents_every_exit_code() {
    let help = Arguments::command().render_help().to_string();
    for code in crate::exit::Exit::ALL {
        let line = format!("\n  {}  ", *code as u8);
        assert!(help.contains(&line), "{code:?} is not in:\n{help}");
    }
}

#[test]
fn global_options_stand_anywhere() {
    let line = "giapranh alert show hcm/2024/000123 --dir /tmp/node --output json";
    let arguments = parse(line).unwrap();
    assert_eq!(arguments.output, Form::Json);
    assert_eq!(arguments.dir.unwrap().to_str(), Some("/tmp/node"));
}

#[test]
fn zones_are_repeated_or_listed() {
    for zones in ["--zone hcm-long-an --zone cluster", "--zone hcm-long-an cluster"] {
        let line = format!(
            "giapranh alert issue --content - {zones} --drafted-by cb-1 --approved-by cb-2"
        );
        let Command::Alert { command: alert::Command::Issue(issue) } =
            parse(&line).unwrap().command
        else {
            panic!("{line}");
        };
        let zones: Vec<&str> = issue.zones.iter().map(giapranh_domain::ZoneId::as_str).collect();
        assert_eq!(zones, ["hcm-long-an", "cluster"]);
    }
}

#[test]
fn what_can_not_be_is_refused_here() {
    for (line, kind) in [
        ("giapranh alert show hcm/2024/1", ErrorKind::ValueValidation),
        ("giapranh alert example stolen-boat", ErrorKind::InvalidValue),
        ("giapranh alert list --status open", ErrorKind::InvalidValue),
        ("giapranh alert list --limit 0", ErrorKind::ValueValidation),
        ("giapranh alert watch --after -1", ErrorKind::UnknownArgument),
        ("giapranh alert withdraw hcm/2024/000001 --reason bored", ErrorKind::InvalidValue),
        ("giapranh node init --unit HCM", ErrorKind::ValueValidation),
        ("giapranh audit replay log.db --until yesterday", ErrorKind::ValueValidation),
        ("giapranh audit replay log.db", ErrorKind::MissingRequiredArgument),
        ("giapranh audit export --out e", ErrorKind::MissingRequiredArgument),
        ("giapranh audit export --zone cluster", ErrorKind::MissingRequiredArgument),
        ("giapranh audit export --zone a --range 1..2 --out e", ErrorKind::ArgumentConflict),
        ("giapranh audit export --range 2..1 --out e", ErrorKind::ValueValidation),
        ("giapranh audit export --range 0..1 --out e", ErrorKind::ValueValidation),
        ("giapranh audit prove --out e", ErrorKind::MissingRequiredArgument),
        ("giapranh audit prove hcm/2024/000001 --from 4 --out e", ErrorKind::ArgumentConflict),
        ("giapranh audit prove hcm/2024/000001 --to 4 --out e", ErrorKind::ArgumentConflict),
        ("giapranh audit diff a.db", ErrorKind::MissingRequiredArgument),
        ("giapranh audit diff a.db --at 1", ErrorKind::MissingRequiredArgument),
        ("giapranh audit diff a.db b.db --at 1 --and 2", ErrorKind::ArgumentConflict),
        ("giapranh audit verify n --log-file l --checkpoint c", ErrorKind::ArgumentConflict),
    ] {
        assert_eq!(parse(line).map(|_| ()).unwrap_err(), kind, "{line}");
    }
}

#[test]
fn a_hit_may_name_the_version_of_the_alert() {
    let line = "giapranh hit report hcm/2024/000123 --urgency urgent --place Cầu \
        --seen-at 2024-05-31T14:00:00+07:00 --basis giống --certainty probable --done theo \
        --officer cb-7 --version 2";
    let Command::Hit { command: hit::Command::Report(report) } = parse(line).unwrap().command
    else {
        panic!("{line}");
    };
    assert_eq!((report.version, report.acting.officer.as_str()), (Some(2), "cb-7"));
}

#[test]
fn a_replay_ends_at_a_position_or_a_moment() {
    let until = |text: &str| {
        let line = format!("giapranh audit replay log.db --until {text}");
        match parse(&line).unwrap().command {
            Command::Audit { command: audit::Command::Replay(replay) } => replay.until,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(until("120"), audit::Until::Position(120));
    assert_eq!(until("1970-01-01T00:00:01Z"), audit::Until::Moment(1000));
    assert_eq!(until("2023-12-31"), until("2024-01-01T00:00:00+07:00"));
}
