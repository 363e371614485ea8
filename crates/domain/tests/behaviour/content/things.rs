//! Vehicles and objects.

use serde_json::{Value, json};

use super::{object, vehicle, wrong};
use crate::words::with;

#[track_caller]
fn of_vehicle(field: &str, value: Value, then: &str) {
    let then = if then.is_empty() { String::new() } else { format!("/vehicle/{then}") };
    wrong(&vehicle(), &format!("/vehicle/{field}"), value, &then);
}

#[test]
fn a_vehicle_is_described_soundly() {
    of_vehicle("type", json!("tractor"), "type unknown-code");
    of_vehicle("status", json!(""), "status required");
    of_vehicle("vin", json!("VIDVDVDV000000000"), "vin shape");
    of_vehicle("vin", json!("VDVD-VDVD 000000000"), "");
    of_vehicle("year", json!(1899), "year range");
    of_vehicle("year", json!(2025), "");
    of_vehicle("year", json!(2026), "year range");
    of_vehicle("plate", json!("59-X1 12?.45"), "plate partial");
    of_vehicle("plate", json!("5"), "plate shape");
    of_vehicle("plate", json!("Phnom Penh 1A-2345"), "");
    of_vehicle("plate", json!("52N-1234"), "");
    let partial = with(vehicle(), "/vehicle/plate_partial", json!(true));
    wrong(&partial, "/vehicle/plate", json!("59-X1 12?.45"), "");
    wrong(&partial, "/vehicle/plate", json!(""), "/vehicle/plate required");
    let bare = with(vehicle(), "/vehicle/vin", json!(""));
    wrong(&bare, "/vehicle/plate", json!(""), "/vehicle/plate required");
    let false_plate = with(vehicle(), "/vehicle/status", json!("false-plate"));
    wrong(&false_plate, "/vehicle/plate", json!(""), "/vehicle/plate required");
}

#[test]
fn an_object_is_known_by_something() {
    wrong(&object(), "/object/class", json!("thing"), "/object/class unknown-code");
    wrong(&object(), "/object/imei", json!("490154203237517"), "/object/imei checksum");
    wrong(&object(), "/object/imei", json!("4901542032375"), "/object/imei shape");
    wrong(&object(), "/object/imei", json!(""), "/object/marks required");
    let dear = json!(100_000_000_000_001_u64);
    wrong(&object(), "/object/value_vnd", dear, "/object/value_vnd range");
    let silent = with(object(), "/proportionality", json!(""));
    wrong(&silent, "/object/marks", json!("vết xước (ví dụ)"), "");
}
