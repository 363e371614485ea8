//! Everything that can be typed is well-formed, and what can't be is refused before a node sees it.

use clap::{CommandFactory, Parser, error::ErrorKind};

use super::{Arguments, Command, Form, alert, audit, decision::At, directory, hit, zone};

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
        ("giapranh node init --unit hcm --tls-ca c", ErrorKind::MissingRequiredArgument),
        ("giapranh node init --unit hcm --tls-key c", ErrorKind::MissingRequiredArgument),
        ("giapranh node init --unit hcm --replicas 0", ErrorKind::ValueValidation),
        ("giapranh node close", ErrorKind::MissingRequiredArgument),
    ] {
        assert_eq!(parse(line).map(|_| ()), Err(kind), "{line}");
    }
}

#[test]
fn what_can_not_be_is_refused_here_of_the_directory_too() {
    for (line, kind) in [
        ("giapranh directory show --at 2025-02-30", ErrorKind::ValueValidation),
        ("giapranh directory show --at 2025-02-28 --head 1", ErrorKind::ArgumentConflict),
        ("giapranh directory show --unit hcm --zone a", ErrorKind::ArgumentConflict),
        ("giapranh directory diff 2025-02-28", ErrorKind::MissingRequiredArgument),
        ("giapranh directory diff head:x 2025-02-28", ErrorKind::ValueValidation),
        ("giapranh directory enrol r.json", ErrorKind::MissingRequiredArgument),
        ("giapranh directory confirm hcm_q1 --officer a --key 00", ErrorKind::ValueValidation),
        (
            "giapranh directory revoke hcm --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh directory revoke hcm --index 1 --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh directory revoke hcm --nothing --closed --decision d --drafted-by a --approved-by b",
            ErrorKind::ArgumentConflict,
        ),
        (
            "giapranh directory revoke hcm --nothing --cause rotated --decision d --drafted-by a --approved-by b",
            ErrorKind::InvalidValue,
        ),
        (
            "giapranh directory rename hcm --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh directory serve hcm --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh directory serve hcm hcm_q1 --nobody --decision d --drafted-by a --approved-by b",
            ErrorKind::ArgumentConflict,
        ),
        (
            "giapranh directory allow --category modus-operandi --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh directory allow --level district --unit hcm --category modus-operandi \
                --decision d --drafted-by a --approved-by b",
            ErrorKind::ArgumentConflict,
        ),
        (
            "giapranh directory deadline review 0 --decision d --drafted-by a --approved-by b",
            ErrorKind::ValueValidation,
        ),
        (
            "giapranh directory deadline sleep 9 --decision d --drafted-by a --approved-by b",
            ErrorKind::InvalidValue,
        ),
        (
            "giapranh directory reorganise --step 3 --decision d --drafted-by a --approved-by b",
            ErrorKind::InvalidValue,
        ),
        (
            "giapranh directory reorganise --step 2 --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh zone redraw a --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh zone split a --into b --decision d --drafted-by a --approved-by b",
            ErrorKind::ValueValidation,
        ),
        ("giapranh zone request a --until soon --reason x --officer a", ErrorKind::ValueValidation),
        (
            "giapranh zone grant --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh zone grant --zone a --unit hcm --decision d --drafted-by a --approved-by b",
            ErrorKind::MissingRequiredArgument,
        ),
        ("giapranh deploy certificate --ca c --out o", ErrorKind::MissingRequiredArgument),
        (
            "giapranh deploy certificate --ca c --server s --out o",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "giapranh deploy certificate --ca c --unit hcm --name s --out o",
            ErrorKind::ArgumentConflict,
        ),
    ] {
        assert_eq!(parse(line).map(|_| ()), Err(kind), "{line}");
    }
}

#[test]
fn what_officers_do_is_refused_here_where_it_can_not_be() {
    const ALERT: &str = "hcm/2024/000001";
    for (line, kind) in [
        ("sign-in", ErrorKind::MissingRequiredArgument),
        ("sign-in hoa --password x", ErrorKind::UnknownArgument),
        ("officer add a --name b --unit hcm", ErrorKind::MissingRequiredArgument),
        ("officer add a --name b --unit hcm --role boss", ErrorKind::InvalidValue),
        ("officer roles a", ErrorKind::MissingRequiredArgument),
        ("token issue --name a --role duty", ErrorKind::MissingRequiredArgument),
        ("token issue --name a --role duty --days 0", ErrorKind::ValueValidation),
        ("token issue --name a --role duty --days 367", ErrorKind::ValueValidation),
        ("token revoke gr_t_x", ErrorKind::ValueValidation),
        ("draft new --content -", ErrorKind::MissingRequiredArgument),
        ("draft amend ALERT --content -", ErrorKind::MissingRequiredArgument),
        ("draft withdraw ALERT --reason bored", ErrorKind::InvalidValue),
        ("draft hide ALERT --reason x", ErrorKind::MissingRequiredArgument),
        ("draft hide ALERT --reason x --until soon", ErrorKind::ValueValidation),
        ("draft return ALERT", ErrorKind::MissingRequiredArgument),
        ("draft approve ALERT --approved-by cb-1", ErrorKind::UnknownArgument),
        ("draft list --state open", ErrorKind::InvalidValue),
        ("alert flag ALERT", ErrorKind::MissingRequiredArgument),
        ("alert extend ALERT --reason x", ErrorKind::MissingRequiredArgument),
        ("alert link ALERT ALERT --relation same-shoe --grounds x", ErrorKind::InvalidValue),
        (
            "alert reveal ALERT --reason x --approved-by a --approved-by-login b",
            ErrorKind::ArgumentConflict,
        ),
        ("alert reveal ALERT --reason x --password-stdin", ErrorKind::MissingRequiredArgument),
        ("link confirm ALERT", ErrorKind::MissingRequiredArgument),
        ("hit conclude ALERT --hit x", ErrorKind::ValueValidation),
        ("due --for you", ErrorKind::InvalidValue),
        ("search", ErrorKind::MissingRequiredArgument),
        ("search x --sex unknown", ErrorKind::InvalidValue),
        ("search x --born 90", ErrorKind::ValueValidation),
        ("search x --case 1", ErrorKind::MissingRequiredArgument),
    ] {
        let line = format!("giapranh {}", line.replace("ALERT", ALERT));
        assert_eq!(parse(&line).map(|_| ()), Err(kind), "{line}");
    }
}

#[test]
fn officers_may_be_left_out() {
    for line in [
        "alert issue --content - --zone cluster",
        "alert withdraw hcm/2024/000001 --reason executed",
        "alert withdraw hcm/2024/000001 --reason executed --approved-by-login minh --password-stdin",
        "node close --reason x",
        "directory deadline review 9 --decision d",
        "draft approve hcm/2024/000001 --version 3",
        "due --for me --limit 9",
        "hit send",
    ] {
        let line = format!("giapranh {line}");
        assert_eq!(parse(&line).map(|_| ()), Ok(()), "{line}");
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
    let officer = report.acting.officer.unwrap();
    assert_eq!((report.version, officer.as_str()), (Some(2), "cb-7"));
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

#[test]
fn a_moment_of_the_directory_is_a_day_or_a_head() {
    let line = "giapranh directory diff 2025-02-28 head:12";
    match parse(line).unwrap().command {
        Command::Directory { command: directory::Command::Diff(diff) } => {
            assert_eq!(diff.first, At::Day("2025-02-28".into()));
            assert_eq!(diff.second, At::Head(12));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_part_of_a_zone_has_an_id_a_name_and_members() {
    let line = [
        "giapranh",
        "zone",
        "split",
        "x",
        "--decision",
        "d",
        "--drafted-by",
        "a",
        "--approved-by",
        "b",
        "--into",
    ];
    let parts = ["x-a=Vùng A: phía bắc:hcm_q1,long-an", "x-b=Vùng B:hcm"];
    let parsed = Arguments::try_parse_from(line.into_iter().chain(parts)).unwrap();
    let Command::Zone { command: zone::Command::Split(split) } = parsed.command else {
        panic!("{parsed:?}");
    };
    let parts: Vec<(&str, &str, usize)> = split
        .into
        .iter()
        .map(|part| (part.id.as_str(), part.name.as_str(), part.members.len()))
        .collect();
    assert_eq!(parts, [("x-a", "Vùng A: phía bắc", 2), ("x-b", "Vùng B", 1)]);
    for bad in ["x-a=:hcm", "x-a=Vùng A", "=Vùng A:hcm", "x-a=Vùng A:", "x-a=Vùng A:hcm,"] {
        assert!(Arguments::try_parse_from(line.into_iter().chain([bad])).is_err(), "{bad}");
    }
}
