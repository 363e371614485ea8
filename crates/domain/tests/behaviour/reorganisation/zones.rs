//! Who is a member of which zone after each step, and which units touch.

use super::*;

#[test]
fn zones_stay_and_their_members_are_those_who_came_of_the_members() {
    let mut shown = String::new();
    for zone in AFTER_SECOND.zones() {
        let counts = [&*FOUNDED, &*AFTER_FIRST, &*AFTER_SECOND].map(|directory| {
            let members = &directory.zone(&zone.id).unwrap().members;
            let alive = members.iter().all(|m| directory.units().any(|unit| unit.id == *m));
            assert!(alive, "{}", zone.id);
            members.len()
        });
        let provinces = zone.members.iter().filter(|id| !id.as_str().contains('_'));
        let provinces: Vec<&str> = provinces.map(UnitId::as_str).collect();
        writeln!(shown, "{} {counts:?} {}", zone.id, provinces.join(" ")).unwrap();
    }
    assert_snapshot!(shown, @r"
    ba-ria-vung-tau-dong-nai [102, 95, 38] dong-nai hcm
    ba-ria-vung-tau-hcm [21, 19, 10] hcm
    binh-duong-dong-nai [83, 77, 30] dong-nai hcm
    binh-duong-hcm [140, 131, 52] hcm
    binh-duong-tay-ninh [51, 47, 25] hcm tay-ninh
    dong-nai-hcm [118, 111, 43] dong-nai hcm
    hcm-long-an [140, 131, 51] hcm tay-ninh
    hcm-tay-ninh [35, 33, 15] hcm tay-ninh
    hcm-tien-giang [24, 22, 11] dong-thap hcm
    long-an-tay-ninh [46, 43, 18] tay-ninh
    long-an-tien-giang [223, 209, 74] dong-thap tay-ninh
    ");
    let members = zone(&AFTER_SECOND, "hcm-long-an");
    assert!(members.contains(&id("tay-ninh_my-hanh")), "{members:?}");
    assert!(!members.contains(&id("long-an")));
    assert!(!members.contains(&id("dong-thap")));
    // A zone has exactly the communes that came of its communes: nothing is added and nobody lost.
    for zone in FOUNDED.zones() {
        let after = &AFTER_SECOND.zone(&zone.id).unwrap().members;
        let mut expected = BTreeSet::new();
        for member in &zone.members {
            let unit = AFTER_SECOND.unit(member).unwrap();
            match &unit.ended {
                None => _ = expected.insert(member.clone()),
                Some(end) if end.cause == EndCause::Split => expected.extend(end.parts.clone()),
                Some(_) => {
                    let head = AFTER_SECOND.head();
                    expected.insert(AFTER_SECOND.answers_for(member, head).clone());
                }
            }
        }
        assert_eq!(*after, expected, "{}", zone.id);
    }
}

/// They come from Bình Phước, from Đồng Tháp, and from the district Côn Đảo, which had no communes.
/// None of them touches the line of two of the seven provinces, so none is in a zone.
#[test]
fn the_86_without_a_predecessor_are_where_their_borders_are() {
    let head = AFTER_SECOND.head();
    let is_new = |unit: &&&Unit| {
        let had_predecessor = AFTER_SECOND.predecessors(&unit.id).next().is_some();
        unit.since == head
            && !had_predecessor
            && !AFTER_SECOND
                .all_units()
                .any(|old| old.ended.as_ref().is_some_and(|end| end.parts.contains(&unit.id)))
    };
    let communes = of_level(&AFTER_SECOND, Level::Commune);
    let new: Vec<&&Unit> = communes.iter().filter(is_new).collect();
    assert_eq!(new.len(), 86);
    let in_zones = new.iter().filter(|unit| {
        AFTER_SECOND.zones().any(|zone| AFTER_SECOND.is_member(&unit.id, &zone.id, head))
    });
    assert_eq!(in_zones.count(), 0);
    // One that does touch it joins: Phường Bình Phước (25195) and Phường Bình Cơ (25915).
    let row = "25195,25915,74,75,1.00\n";
    let adjacency = format!("{}{row}", TABLES.adjacency);
    let event = second(&AFTER_FIRST, &Sources { adjacency: &adjacency, ..TABLES }).unwrap();
    let mut directory = AFTER_FIRST.clone();
    apply(&mut directory, &event);
    let mut joined = zone(&directory, "binh-duong-dong-nai");
    joined.retain(|unit| !zone(&AFTER_SECOND, "binh-duong-dong-nai").contains(unit));
    assert!(joined.contains(&id("dong-nai_binh-phuoc")), "{joined:?}");
}

#[test]
fn a_zone_of_districts_goes_to_their_provinces_and_a_grant_ends() {
    let mut directory = FOUNDED.clone();
    let districts = ["hcm_cu-chi", "tay-ninh_trang-bang", "long-an_duc-hoa"];
    publish(
        &mut directory,
        "2025-01-01",
        vec![
            Change::ZoneDefined(proto::ZoneDefined {
                id: "ba-huyen".into(),
                name: "Ba huyện".into(),
                members: districts.map(str::to_owned).to_vec(),
                one_province: false,
            }),
            Change::ZoneGranted(proto::ZoneGranted {
                zone: "ba-huyen".into(),
                unit: "long-an_ben-luc".into(),
                until_ms: 1_800_000_000_000,
                request: Vec::new(),
            }),
            Change::ZoneGranted(proto::ZoneGranted {
                zone: "ba-huyen".into(),
                unit: "hcm".into(),
                until_ms: 1_800_000_000_000,
                request: Vec::new(),
            }),
        ],
    );
    let event = first(&directory).unwrap();
    apply(&mut directory, &event);
    let provinces = ["hcm", "long-an", "tay-ninh"];
    assert_eq!(zone(&directory, "ba-huyen"), provinces.map(id).into());
    let guests = |directory: &Directory| {
        let zone: ZoneId = "ba-huyen".parse().unwrap();
        directory.zone(&zone).unwrap().guests.len()
    };
    assert_eq!(guests(&directory), 0, "what was for a time is now by right");
    let event = second(&directory, &TABLES).unwrap();
    apply(&mut directory, &event);
    assert_eq!(zone(&directory, "ba-huyen"), ["hcm", "tay-ninh"].map(id).into());
}

#[test]
fn borders_are_those_of_the_day() {
    for (directory, many) in [(&*FOUNDED, 65), (&*AFTER_FIRST, 11), (&*AFTER_SECOND, 123)] {
        let borders = borders::known(directory, &BORDERS).unwrap();
        assert_eq!(borders.len(), many);
        assert_eq!(uncovered(directory, &borders), []);
        assert!(borders.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(borders.iter().all(|border| border.a < border.b));
    }
    // 80 is Tây Ninh now and was Long An: what touched Long An is not what touches 80.
    let borders = borders::known(&AFTER_SECOND, &BORDERS).unwrap();
    let provinces = borders.iter().filter(|border| !border.a.as_str().contains('_'));
    let provinces: Vec<String> = provinces.map(|b| format!("{} {}", b.a, b.b)).collect();
    assert_eq!(provinces, ["dong-nai hcm", "hcm tay-ninh"]);
    // A zone that ends leaves its borders without one.
    let mut directory = AFTER_SECOND.clone();
    let ended = proto::ZoneEnded { id: "hcm-tay-ninh".into(), parts: Vec::new() };
    publish(&mut directory, "2025-08-01", vec![Change::ZoneEnded(ended)]);
    let found = uncovered(&directory, &borders);
    assert_eq!(found.len(), 3);
}

#[test]
fn a_border_row_that_does_not_fit_is_named() {
    let refused = |row: &str, then: &str| {
        let text = format!("{}{row}\n", SOURCES.adjacency);
        let lines = text.lines().count();
        let seen = borders::touching(&FOUNDED, "adjacency.csv", &text, FOUNDED.head());
        let seen = seen.unwrap_err().to_string();
        assert_eq!(seen, format!("adjacency.csv, line {lines}: {then}"));
    };
    refused("72,99,province,x,1.0,1", "under head 10 there was no province with the code 99");
    refused("72,72,province,x,1.0,1", "that tay-ninh and tay-ninh touch: once, and of two");
    refused("74,72,province,x,1.0,1", "that binh-duong and tay-ninh touch: once, and of two");
    refused("72,75,province,x,far,1", "\"far\" is no length in kilometres");
    refused("72,75,province,x,1.0001,1", "\"1.0001\" is no length in kilometres");
    refused("72,75,province,x,1.0,2", "\"2\" is neither 0 nor 1");
    refused("72,75,ward,x,1.0,1", "\"ward\" is none of province, district, commune");
}
