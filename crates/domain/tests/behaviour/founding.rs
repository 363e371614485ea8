//! The founding of the cluster from the tables that are shipped.

use std::fmt::Write;

use giapranh_domain::founding::{Founding, FoundingError, Sources, founding, lead};
use giapranh_domain::wire::encode;
use giapranh_domain::wire::proto::DirectoryChanged;
use giapranh_domain::{Body, Directory, Level, UnitId, ZoneId};
use insta::assert_snapshot;

use crate::stage::{SOURCES, id};

fn founded() -> (Founding, Directory) {
    let founding = founding(&SOURCES, "303/QCPH", "2024-01-01").unwrap();
    let mut directory = Directory::new(id("hcm"));
    for (seq, event) in (1..).zip(&founding.events) {
        assert_eq!(directory.apply(seq, event), []);
    }
    (founding, directory)
}

#[test]
fn the_tables_found_the_cluster() {
    let (founding, directory) = founded();
    let counts = [founding.provinces, founding.districts, founding.communes, founding.zones];
    assert_eq!(counts, [7, 84, 1_044, 11]);
    assert_eq!(founding.rules, 13);
    assert_eq!(directory.units().count(), 1_135);
    let mut events = String::new();
    for event in &founding.events {
        let bytes = encode(&Body::DirectoryChanged(event.clone())).len();
        assert!(bytes < 100 * 1024, "{bytes} bytes");
        let line = (event.changes.len(), &event.decision, &event.effective_from);
        writeln!(events, "{line:?}").unwrap();
    }
    assert_snapshot!(events, @r#"
    (20, "303/QCPH", "2024-01-01")
    (103, "303/QCPH", "2024-01-01")
    (100, "303/QCPH", "2024-01-01")
    (170, "303/QCPH", "2024-01-01")
    (84, "303/QCPH", "2024-01-01")
    (295, "303/QCPH", "2024-01-01")
    (201, "303/QCPH", "2024-01-01")
    (175, "303/QCPH", "2024-01-01")
    (11, "303/QCPH", "2024-01-01")
    "#);
}

#[test]
fn an_id_reads_like_the_name() {
    let (_, directory) = founded();
    let mut ids = String::new();
    for name in [
        "Thành phố Hồ Chí Minh",
        "Tỉnh Bà Rịa - Vũng Tàu",
        "Quận 1",
        "Huyện Củ Chi",
        "Huyện Đức Hòa",
        "Thị xã Cai Lậy",
        "Huyện Cai Lậy",
        "Xã Mỹ Hạnh Nam",
        "Xã Hiệp Hòa",
        "Thị trấn Hiệp Hòa",
        "Xã Tân Thành",
        "Thị trấn Tân Thạnh",
        "Phường 14",
    ] {
        let named = directory.units().filter(|unit| unit.name == name);
        let named: Vec<&str> = named.map(|unit| unit.id.as_str()).collect();
        writeln!(ids, "{name}: {}", named.join(" ")).unwrap();
    }
    assert_snapshot!(ids, @r"
    Thành phố Hồ Chí Minh: hcm
    Tỉnh Bà Rịa - Vũng Tàu: ba-ria-vung-tau
    Quận 1: hcm_district-1
    Huyện Củ Chi: hcm_cu-chi
    Huyện Đức Hòa: long-an_duc-hoa
    Thị xã Cai Lậy: tien-giang_cai-lay-town
    Huyện Cai Lậy: tien-giang_cai-lay-district
    Xã Mỹ Hạnh Nam: long-an_duc-hoa_my-hanh-nam
    Xã Hiệp Hòa: long-an_duc-hoa_hiep-hoa-commune
    Thị trấn Hiệp Hòa: long-an_duc-hoa_hiep-hoa-township
    Xã Tân Thành: long-an_moc-hoa_tan-thanh long-an_tan-thanh_tan-thanh-commune long-an_thu-thua_tan-thanh tay-ninh_tan-chau_tan-thanh tien-giang_go-cong-dong_tan-thanh
    Thị trấn Tân Thạnh: long-an_tan-thanh_tan-thanh-township
    Phường 14: hcm_binh-thanh_ward-14 hcm_district-10_ward-14 hcm_district-11_ward-14 hcm_district-3_ward-14 hcm_district-5_ward-14 hcm_district-6_ward-14 hcm_district-8_ward-14 hcm_go-vap_ward-14 hcm_tan-binh_ward-14
    ");
    let longest = directory.units().map(|unit| unit.id.as_str().len()).max();
    assert_eq!(longest, Some(40));
}

#[test]
fn an_id_shows_the_way_down_to_the_unit() {
    let (_, directory) = founded();
    for unit in directory.units() {
        let parts = unit.id.as_str().split('_').count();
        let depth = match unit.level {
            Level::Province => 1,
            Level::District => 2,
            Level::Commune => 3,
        };
        assert_eq!(parts, depth, "{}", unit.id);
        let above = unit.id.as_str().rsplit_once('_').map(|(above, _)| id(above));
        assert_eq!(unit.parent, above);
        assert_eq!(
            directory.unit(&unit.id.province()).map(|unit| unit.level),
            Some(Level::Province)
        );
    }
}

#[test]
fn every_zone_has_its_members() {
    let (_, directory) = founded();
    let mut zones = String::new();
    for zone in directory.zones() {
        let of = |level| {
            let levels = zone.members.iter().filter_map(|id| directory.unit(id));
            levels.filter(|unit| unit.level == level).count()
        };
        let counts = [Level::Province, Level::District, Level::Commune].map(of);
        writeln!(zones, "{} | {} | {counts:?}", zone.id, zone.name).unwrap();
    }
    assert_snapshot!(zones, @r"
    ba-ria-vung-tau-dong-nai | Vùng giáp ranh Bà Rịa - Vũng Tàu – Đồng Nai | [2, 7, 93]
    ba-ria-vung-tau-hcm | Vùng giáp ranh Bà Rịa - Vũng Tàu – Hồ Chí Minh | [2, 2, 17]
    binh-duong-dong-nai | Vùng giáp ranh Bình Dương – Đồng Nai | [2, 6, 75]
    binh-duong-hcm | Vùng giáp ranh Bình Dương – Hồ Chí Minh | [2, 9, 129]
    binh-duong-tay-ninh | Vùng giáp ranh Bình Dương – Tây Ninh | [2, 4, 45]
    dong-nai-hcm | Vùng giáp ranh Đồng Nai – Hồ Chí Minh | [2, 7, 109]
    hcm-long-an | Vùng giáp ranh Hồ Chí Minh – Long An | [2, 9, 129]
    hcm-tay-ninh | Vùng giáp ranh Hồ Chí Minh – Tây Ninh | [2, 2, 31]
    hcm-tien-giang | Vùng giáp ranh Hồ Chí Minh – Tiền Giang | [2, 2, 20]
    long-an-tay-ninh | Vùng giáp ranh Long An – Tây Ninh | [2, 3, 41]
    long-an-tien-giang | Vùng giáp ranh Long An – Tiền Giang | [2, 14, 207]
    ");
    let zone: ZoneId = "hcm-tay-ninh".parse().unwrap();
    let members = &directory.zone(&zone).unwrap().members;
    let above_communes = members.iter().filter(|id| id.as_str().matches('_').count() < 2);
    let above_communes: Vec<&str> = above_communes.map(UnitId::as_str).collect();
    assert_eq!(above_communes, ["hcm", "hcm_cu-chi", "tay-ninh", "tay-ninh_trang-bang"]);
}

#[test]
fn authority_is_what_its_table_says() {
    let (founding, directory) = founded();
    let head = founding.events.len() as u64;
    let allowed = |unit: &str, cluster: bool| {
        let codes =
            ["wanted-person", "travelling-offender", "vehicle", "modus-operandi", "directive"];
        let zones = if cluster { vec![ZoneId::cluster()] } else { Vec::new() };
        codes.map(|category| directory.may_issue(&id(unit), category, &zones, head))
    };
    assert_eq!(allowed("long-an", false), [true, true, true, true, false]);
    assert_eq!(allowed("long-an", true), [true, true, true, true, false]);
    assert_eq!(allowed("long-an_duc-hoa", false), [false, true, true, true, false]);
    assert_eq!(allowed("long-an_duc-hoa", true), [false; 5]);
    assert_eq!(allowed("long-an_duc-hoa_my-hanh-nam", false), [false; 5]);
}

#[test]
fn only_the_lead_gives_directives() {
    let (founding, mut directory) = founded();
    let head = founding.events.len() as u64 + 1;
    let changes = vec![lead(&id("hcm"))];
    let event =
        DirectoryChanged { changes, effective_from: "2024-01-01".into(), ..Default::default() };
    assert_eq!(directory.apply(head, &event), []);
    let cluster = [ZoneId::cluster()];
    let may = |unit: &str| directory.may_issue(&id(unit), "directive", &cluster, head);
    assert!(may("hcm") && !may("long-an") && !may("hcm_cu-chi"));
}

const UNITS: &str = "code,parent,level,name_vi,name_en_ascii
1,,province,Tỉnh A,A Province
2,,province,Tỉnh B,B Province
3,1,district,Huyện C,C District
4,2,district,Huyện D,D District
5,3,commune,Phường 1,Ward 1
";
const ADJACENCY: &str = "unit_a,unit_b,level,cross_province
1,2,province,1
3,4,district,1
";
const AUTHORITY: &str = "level,category,cluster
province,wanted-person,true
";

#[track_caller]
fn refused(units: &str, adjacency: &str, authority: &str, then: &str) {
    let [units, adjacency, authority] =
        [(UNITS, units), (ADJACENCY, adjacency), (AUTHORITY, authority)].map(|(whole, added)| {
            match added.strip_prefix("only ") {
                Some(whole) => whole.to_owned(),
                None => format!("{whole}{added}"),
            }
        });
    let sources = Sources { units: &units, adjacency: &adjacency, authority: &authority };
    let seen = founding(&sources, "", "2024-01-01").map(|founding| founding.events.len());
    assert_eq!(seen.map_err(|error| error.to_string()), Err(then.to_owned()));
}

#[test]
fn a_row_that_does_not_fit_is_named() {
    let unit = |row: &str, then: &str| refused(row, "", "", &format!("units.csv, line {then}"));
    unit("5,3,commune,Xã E,E Commune", "7: the code 5 was given before");
    unit("6,3,ward,Phường E,E Ward", "7: \"ward\" is none of province, district, commune");
    unit("6,9,commune,Xã E,E Commune", "7: 6: there is no unit \"9\" above it");
    unit("6,,commune,Xã E,E Commune", "7: 6: there is no unit \"\" above it");
    unit("6,1,commune,Xã E,E Commune", "7: 6: a commune can't stand under a province");
    unit("6,1,province,Tỉnh E,E Province", "7: the province 6 can't have a parent");
    unit("6,3,commune,Phường 1,Ward 1", "7: another unit has the id a_c_ward-1");
    unit(
        "6,3,commune,Xã É,É Commune",
        "7: a unit needs a code, a name, and its name in ASCII letters",
    );
    unit("6,3,commune,Xã,-", "7: a unit needs a code, a name, and its name in ASCII letters");
    let row = |row: &str, then: &str| refused("", row, "", &format!("adjacency.csv, line {then}"));
    row("3,9,district,0", "4: there is no unit with the code 9");
    row("1,3,district,0", "4: 1 is a province, not a district");
    row("3,3,district,0", "4: 3 can't touch itself");
    row("4,3,district,1", "4: that b_d and a_c touch was said before");
    row("2,1,province,1", "4: that b and a touch was said before");
    let rule = |row: &str, then: &str| refused("", "", row, &format!("authority.csv, line {then}"));
    rule("province,wanted-person,false", "3: province and wanted-person stand here twice");
    rule(
        "province,vessel,true",
        "3: \"vessel\" is none of wanted-person, travelling-offender, vehicle, object, identifier, \
         modus-operandi, situation-notice, directive",
    );
    rule("district,modus-operandi,yes", "3: \"yes\" is neither true nor false");
}

#[test]
fn a_table_is_whole() {
    let adjacency = "only unit_a,unit_b,level,cross_province\n3,4,district,1\n";
    refused(
        "",
        adjacency,
        "",
        "adjacency.csv, line 2: no row says that the provinces a and b touch",
    );
    let inside = "only unit_a,unit_b,level,cross_province\n3,4,district,0\n";
    let message = "cross_province must be 1 between provinces and 0 inside one";
    refused("", inside, "", &format!("adjacency.csv, line 2: {message}"));
    refused(
        "",
        "only unit_a,unit_b,level\n",
        "",
        "adjacency.csv, line 1: there is no column cross_province",
    );
    refused(
        "",
        "",
        "only level,category,cluster\n",
        "authority.csv, line 1: the table has no rows",
    );
    refused("only ", "", "", "units.csv, line 1: there is no column code");
    let sources = Sources { units: UNITS, adjacency: ADJACENCY, authority: AUTHORITY };
    let date = founding(&sources, "", "2024-02-30");
    assert_eq!(date, Err(FoundingError::Date("2024-02-30".into())));
    assert_eq!(founding(&sources, "", "2024-02-29").unwrap().events.len(), 4);
}

/// Neither of two namesakes may be taken for the only one, whichever stands first.
#[test]
fn namesakes_keep_their_kind() {
    let ids = |rows: &str| {
        let units = format!("{UNITS}{rows}");
        let sources = Sources { units: &units, adjacency: ADJACENCY, authority: AUTHORITY };
        let mut directory = Directory::new(id("a"));
        for (seq, event) in (1..).zip(founding(&sources, "", "2024-01-01").unwrap().events) {
            assert_eq!(directory.apply(seq, &event), []);
        }
        let ids = directory.units().map(|unit| unit.id.to_string());
        ids.filter(|id| id.contains("_e")).collect::<Vec<_>>().join(" ")
    };
    let (town, district) = ("6,1,district,Thị xã E,E Town\n", "7,1,district,Huyện E,E District\n");
    assert_eq!(ids(&format!("{town}{district}")), "a_e-district a_e-town");
    assert_eq!(ids(&format!("{district}{town}")), "a_e-district a_e-town");
    assert_eq!(ids(town), "a_e");
}
