//! Which units there are after each step, what they are called, and who answers for whom.

use super::*;

#[test]
fn seven_provinces_become_four_and_1044_communes_461() {
    assert_eq!(counts(&FOUNDED), [7, 84, 1_044]);
    assert_eq!(counts(&AFTER_FIRST), [7, 0, 1_044]);
    assert_eq!(counts(&AFTER_SECOND), [4, 0, 461]);
    let provinces = of_level(&AFTER_SECOND, Level::Province);
    let shown = provinces.iter().map(|unit| format!("{} {}", unit.id, unit.official_code));
    assert_eq!(shown.collect::<Vec<_>>(), ["dong-nai 75", "dong-thap 82", "hcm 79", "tay-ninh 80"]);
    let ended = |unit: &str| {
        let end = AFTER_SECOND.unit(&id(unit)).unwrap().ended.as_ref().unwrap();
        format!("{} {}", end.cause, end.successor)
    };
    assert_eq!(ended("long-an"), "merged tay-ninh");
    assert_eq!(ended("tien-giang"), "merged dong-thap");
    assert_eq!(ended("binh-duong"), "merged hcm");
    assert_eq!(ended("ba-ria-vung-tau"), "merged hcm");
    assert_eq!(ended("long-an_duc-hoa"), "abolished long-an");
}

/// An event carries at most 240 KiB. The longest are those of a cluster in which every province and
/// every district has a node, and acts for all its communes.
#[test]
fn each_step_is_one_event_with_room() {
    let mut directory = FOUNDED.clone();
    let communes_of = |unit: &Unit| {
        let communes = of_level(&FOUNDED, Level::Commune).into_iter();
        let below = communes.filter(|commune| commune.parent.as_ref() == Some(&unit.id));
        below.map(|commune| commune.id.to_string()).collect::<Vec<_>>()
    };
    let mut endings = endings();
    let mut changes = Vec::new();
    for (key, unit) in (100..).zip(FOUNDED.units().filter(|unit| unit.level != Level::Commune)) {
        let (id, serves) = (unit.id.to_string(), communes_of(unit));
        endings.insert(unit.id.clone(), Ending { epoch: 1, last: Some((u64::MAX, [9; 32])) });
        changes.push(if FOUNDED.node(&unit.id).is_some() {
            Change::ServiceSet(proto::ServiceSet { unit: id, serves })
        } else {
            let public_key = vec![key; 32];
            let enrolled =
                proto::NodeEnrolled { unit: id, public_key, serves, ..Default::default() };
            Change::NodeEnrolled(enrolled)
        });
    }
    publish(&mut directory, "2025-01-01", changes);
    assert_eq!(directory.nodes().count(), 91);
    let one = first_step(&directory, &endings, "NQ 60", "2025-03-01").unwrap();
    apply(&mut directory, &one);
    let two = second_step(&directory, &TABLES, &endings, "NQ 202", "2025-07-01").unwrap();
    apply(&mut directory, &two);
    let sizes = [size(&one), size(&two)];
    assert!(sizes.iter().all(|bytes| *bytes < 160 * 1024), "{sizes:?}");
    // The same tables give the same bytes.
    assert_eq!(second(&AFTER_FIRST, &TABLES), second(&AFTER_FIRST, &TABLES));
}

#[test]
fn ids_are_never_given_again_although_codes_are() {
    let before: BTreeSet<&UnitId> = FOUNDED.all_units().map(|unit| &unit.id).collect();
    let event = second(&AFTER_FIRST, &TABLES).unwrap();
    let mut registered = BTreeSet::new();
    for change in &event.changes {
        if let Some(Change::UnitRegistered(unit)) = &change.change {
            let new = id(&unit.id);
            assert!(!before.contains(&new), "{new}");
            if let Ok(parent) = unit.parent.parse::<UnitId>() {
                assert_eq!(new.province(), parent);
            }
            assert!(registered.insert(new));
        }
    }
    // One province and all communes but the six that go on.
    assert_eq!(registered.len(), 1 + 461 - 6);
    assert_eq!(AFTER_SECOND.all_units().count(), 1_135 + registered.len());
    let codes = |units: &mut dyn Iterator<Item = &Unit>| -> BTreeMap<String, String> {
        units.map(|unit| (unit.official_code.clone(), unit.name.clone())).collect()
    };
    let (old, new) = (codes(&mut FOUNDED.units()), codes(&mut AFTER_SECOND.units()));
    let reused: Vec<&String> = new.keys().filter(|code| old.contains_key(*code)).collect();
    assert_eq!([new.len(), reused.len()], [465, 379]);
}

#[test]
fn an_id_of_before_is_passed_by() {
    let named = |name: &str| {
        let units = AFTER_SECOND.units().filter(|unit| unit.name == name);
        units.map(|unit| unit.id.to_string()).collect::<Vec<_>>().join(" ")
    };
    let mut ids = String::new();
    for name in [
        "Xã Củ Chi",
        "Phường Sài Gòn",
        "Đặc khu Côn Đảo",
        "Xã Đức Hòa",
        "Phường Mỹ Tho",
        "Phường Trảng Bàng",
        "Phường Tam Phước",
        "Xã Đak Lua",
        "Xã Thạnh An",
        "Phường Thới Hòa",
    ] {
        writeln!(ids, "{name}: {}", named(name)).unwrap();
    }
    assert_snapshot!(ids, @r"
    Xã Củ Chi: hcm_cu-chi-commune
    Phường Sài Gòn: hcm_sai-gon
    Đặc khu Côn Đảo: hcm_con-dao
    Xã Đức Hòa: tay-ninh_duc-hoa
    Phường Mỹ Tho: dong-thap_my-tho-ward
    Phường Trảng Bàng: tay-ninh_trang-bang-ward
    Phường Tam Phước: dong-nai_bien-hoa_tam-phuoc
    Xã Đak Lua: dong-nai_tan-phu_dak-lua
    Xã Thạnh An: hcm_can-gio_thanh-an
    Phường Thới Hòa: hcm_thoi-hoa
    ");
}

#[test]
fn what_the_table_keeps_goes_on_where_its_province_does() {
    let is_commune = |unit: &&Unit| unit.level == Level::Commune;
    let old = FOUNDED.units().filter(is_commune);
    let kept: Vec<&str> = old
        .filter(|unit| AFTER_SECOND.units().any(|now| now.id == unit.id))
        .map(|unit| unit.id.as_str())
        .collect();
    assert_snapshot!(kept.join("\n"), @r"
    dong-nai_bien-hoa_phuoc-tan
    dong-nai_bien-hoa_tam-phuoc
    dong-nai_dinh-quan_thanh-son
    dong-nai_tan-phu_dak-lua
    dong-nai_vinh-cuu_phu-ly
    hcm_can-gio_thanh-an
    ");
    let renamed = AFTER_SECOND.unit(&id("dong-nai_tan-phu_dak-lua")).unwrap();
    assert_eq!(renamed.name, "Xã Đak Lua");
    assert_eq!(renamed.name_at(AFTER_FIRST.head()), "Xã Dak Lua");
    assert_eq!(renamed.parent, Some(id("dong-nai")));
    assert_eq!(renamed.parent_at(FOUNDED.head()), Some(&id("dong-nai_tan-phu")));
}

#[test]
fn somebody_answers_for_every_unit_that_was() {
    let province_after = |old: &UnitId| match old.as_str() {
        "long-an" | "tay-ninh" => "tay-ninh",
        "binh-duong" | "ba-ria-vung-tau" | "hcm" => "hcm",
        "tien-giang" => "dong-thap",
        "dong-nai" => "dong-nai",
        other => panic!("{other}"),
    };
    for unit in FOUNDED.units() {
        let head = AFTER_FIRST.head();
        let now = AFTER_FIRST.answers_for(&unit.id, head);
        assert!(AFTER_FIRST.unit(now).unwrap().is_alive(head));
        assert_eq!(now.province(), unit.id.province());
        assert_eq!(*now == unit.id, unit.level != Level::District);
        let head = AFTER_SECOND.head();
        let now = AFTER_SECOND.answers_for(&unit.id, head);
        let answering = AFTER_SECOND.unit(now).unwrap();
        assert!(answering.is_alive(head));
        assert_eq!(now.province().as_str(), province_after(&unit.id.province()), "{}", unit.id);
        let district = unit.level == Level::District;
        assert_eq!(answering.level, if district { Level::Province } else { unit.level });
    }
    let issuer = id("long-an_duc-hoa");
    let answers = |directory: &Directory| directory.answers_for(&issuer, directory.head()).clone();
    assert_eq!(answers(&FOUNDED), issuer);
    assert_eq!(answers(&AFTER_FIRST), id("long-an"));
    assert_eq!(answers(&AFTER_SECOND), id("tay-ninh"));
    // As of a head of before, what was is still so.
    assert_eq!(AFTER_SECOND.answers_for(&issuer, FOUNDED.head()), &issuer);
    assert_eq!(AFTER_SECOND.answers_for(&issuer, AFTER_FIRST.head()), &id("long-an"));
}

#[test]
fn a_divided_commune_names_its_parts_and_its_first_row_answers() {
    let old = of_level(&FOUNDED, Level::Commune);
    let ends = old.iter().filter_map(|u| AFTER_SECOND.unit(&u.id).unwrap().ended.as_ref());
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    for end in ends {
        *causes.entry(end.cause.code()).or_default() += 1;
        assert_eq!(end.cause == EndCause::Split, end.parts.contains(&end.successor));
    }
    assert_eq!(causes, BTreeMap::from([("merged", 1_044 - 69 - 6), ("split", 69)]));
    let mut rows = TABLES.conversion.lines().filter(|row| row.contains(",commune_part,"));
    let mut cells = rows.next().unwrap().split(',');
    let (old, new) = (cells.next().unwrap(), cells.next().unwrap());
    let by_code = |directory: &Directory, code: &str| {
        let communes = of_level(directory, Level::Commune);
        communes.into_iter().find(|unit| unit.official_code == code).unwrap().id.clone()
    };
    let end = AFTER_SECOND.unit(&by_code(&FOUNDED, old)).unwrap().ended.clone().unwrap();
    assert_eq!(end.successor, by_code(&AFTER_SECOND, new));
}

#[test]
fn people_ask_by_date() {
    let directory = &*AFTER_SECOND;
    let days = ["2025-02-28", "2025-03-01", "2025-06-30", "2025-07-01"];
    let heads = days.map(|day| directory.head_on(day));
    let (founded, second) = (FOUNDED.head(), directory.head());
    assert_eq!(heads, [founded, founded + 1, founded + 1, second]);
    assert_eq!(directory.snapshot(heads[0]), FOUNDED.snapshot(founded));
    assert_eq!(directory.snapshot(heads[2]), AFTER_FIRST.snapshot(founded + 1));
    let snapshots = heads.map(|head| directory.snapshot(head));
    let changes = |from: usize, to: usize, of: &str, what: &str| {
        let differences = snapshots[from].difference(&snapshots[to]);
        let mut found = differences.into_iter().filter(|d| d.of == of && d.what == what);
        let (mut gone, mut came, mut other) = (0, 0, 0);
        for difference in found.by_ref() {
            match (difference.before.is_empty(), difference.after.is_empty()) {
                (false, true) => gone += 1,
                (true, false) => came += 1,
                _ => other += 1,
            }
        }
        [gone, came, other]
    };
    assert_eq!(changes(0, 1, "unit", ""), [84, 0, 0]);
    assert_eq!(changes(0, 1, "unit", "parent"), [0, 0, 1_044]);
    assert_eq!(changes(0, 1, "zone", ""), [0; 3]);
    assert_eq!(changes(2, 3, "unit", ""), [3 + 1_044 - 6 + 1, 1 + 461 - 6, 0]);
    assert_eq!(changes(2, 3, "zone", ""), [0; 3]);
    assert_eq!(changes(2, 3, "unit", "official_code"), [0, 0, 1]);
    assert_eq!(changes(1, 2, "unit", ""), [0; 3]);
}

/// Where name and kind were given before, the year follows; what then is still the same is refused.
#[test]
fn the_year_follows_where_nothing_else_is_left() {
    let mut directory = AFTER_FIRST.clone();
    let earlier = |own: &str| {
        Change::UnitRegistered(proto::UnitRegistered {
            id: format!("hcm_{own}"),
            parent: "hcm".into(),
            level: "commune".into(),
            name: "Xã ví dụ".into(),
            official_code: format!("x-{own}"),
        })
    };
    publish(&mut directory, "2025-04-01", vec![earlier("cu-chi-commune")]);
    let row = "x-cu-chi-commune,27553,commune_whole,\n";
    let conversion = format!("{}{row}", TABLES.conversion);
    let event = second(&directory, &Sources { conversion: &conversion, ..TABLES }).unwrap();
    apply(&mut directory, &event);
    let communes = of_level(&directory, Level::Commune);
    let named: Vec<&str> =
        communes.iter().filter(|unit| unit.name == "Xã Củ Chi").map(|u| u.id.as_str()).collect();
    assert_eq!(named, ["hcm_cu-chi-commune-2025"]);
    let mut directory = AFTER_FIRST.clone();
    let both = ["cu-chi-commune", "cu-chi-commune-2025"];
    publish(&mut directory, "2025-04-01", both.map(earlier).to_vec());
    let conversion = format!("{conversion}{}", row.replace("mmune,2", "mmune-2025,2"));
    let refused = second(&directory, &Sources { conversion: &conversion, ..TABLES }).unwrap_err();
    assert_snapshot!(refused, @"units_2025.csv, line 249: every id that it could get was given before: hcm_cu-chi, hcm_cu-chi-commune, hcm_cu-chi-commune-2025");
}

/// Tân Thành and Tân Thạnh: which of them stands first in the table does not matter.
#[test]
fn namesakes_but_for_accents_carry_their_codes() {
    let named = |directory: &Directory| {
        let named = directory.units().filter(|unit| {
            let code = unit.id.as_str().rsplit('-').next().unwrap();
            code.len() == 5 && code == unit.official_code
        });
        let lines: Vec<String> = named.map(|unit| format!("{}: {}", unit.id, unit.name)).collect();
        lines.join("\n")
    };
    assert_snapshot!(named(&AFTER_SECOND), @r"
    dong-nai_loc-thanh-commune-25280: Xã Lộc Thạnh
    dong-nai_loc-thanh-commune-25294: Xã Lộc Thành
    dong-thap_tan-thanh-commune-29938: Xã Tân Thành
    dong-thap_tan-thanh-commune-30157: Xã Tân Thạnh
    hcm_thanh-an-commune-25807: Xã Thanh An
    tay-ninh_tan-thanh-commune-25534: Xã Tân Thành
    tay-ninh_tan-thanh-commune-27826: Xã Tân Thạnh
    ");
    let mut rows: Vec<&str> = TABLES.units.lines().skip(1).collect();
    rows.reverse();
    let units = format!("{}\n{}\n", TABLES.units.lines().next().unwrap(), rows.join("\n"));
    let event = second(&AFTER_FIRST, &Sources { units: &units, ..TABLES }).unwrap();
    let mut directory = AFTER_FIRST.clone();
    apply(&mut directory, &event);
    assert_eq!(directory, *AFTER_SECOND);
}
