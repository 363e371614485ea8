//! A vehicle: stolen, used in an offence, or under a false plate.

use super::{Check, LINE};
use crate::codes::{VehicleStatus, VehicleType};
use crate::time::year_at;
use crate::values::{Plate, Vin};
use crate::wire::proto;

/// The oldest year of a vehicle that somebody still drives: policy of the program.
const OLDEST_YEAR: u32 = 1900;

impl Check {
    pub(super) fn vehicle(&mut self, vehicle: &proto::Vehicle) {
        let at = "/content/vehicle";
        self.code(&format!("{at}/type"), &vehicle.r#type, VehicleType::parse, VehicleType::list);
        let (field, status) = (format!("{at}/status"), &vehicle.status);
        let status = self.code(&field, status, VehicleStatus::parse, VehicleStatus::list);
        let numbers = [&vehicle.plate, &vehicle.vin, &vehicle.engine_number];
        if numbers.iter().all(|number| number.is_empty()) {
            let message =
                "A vehicle needs a plate, a VIN or an engine number: nobody finds it else.";
            self.fault(&format!("{at}/plate"), "required", message);
        }
        self.plate(&format!("{at}/plate"), vehicle, status);
        if !vehicle.vin.is_empty()
            && let Err(fault) = Vin::parse(&vehicle.vin)
        {
            self.not_a_value(&format!("{at}/vin"), fault);
        }
        let next_year = u32::from(year_at(self.now)) + 1;
        self.number(&format!("{at}/year"), vehicle.year, OLDEST_YEAR..=next_year);
        let texts = [
            ("engine_number", vehicle.engine_number.as_str()),
            ("make", &vehicle.make),
            ("model", &vehicle.model),
            ("colour", &vehicle.colour),
            ("marks", &vehicle.marks),
        ];
        self.optionals(at, &texts, LINE);
    }

    fn plate(&mut self, field: &str, vehicle: &proto::Vehicle, status: Option<VehicleStatus>) {
        let false_plate = status == Some(VehicleStatus::FalsePlate);
        if vehicle.plate.is_empty() {
            if false_plate || vehicle.plate_suspected_false || vehicle.plate_partial {
                self.fault(field, "required", "Something is said of the plate, so it is required.");
            }
            return;
        }
        self.optional(field, &vehicle.plate, LINE);
        if let Err(fault) = Plate::parse(&vehicle.plate, vehicle.plate_partial) {
            self.not_a_value(field, fault);
        }
    }
}
