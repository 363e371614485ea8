//! The closed lists inside an alert's content.

use std::fmt;

use serde::{Deserialize, Serialize};

codes!(
    /// What a person is to the case.
    PersonClass {
        /// Nghi phạm.
        Suspect = "suspect",
        /// Bị can, bị cáo.
        Accused = "accused",
        /// Người đã bị kết án.
        Convicted = "convicted",
        /// Trốn trại, trốn nơi giam giữ.
        Escaped = "escaped",
        /// Người làm chứng.
        Witness = "witness",
        /// Bị hại.
        Victim = "victim",
    }
);

impl PersonClass {
    /// Whether a person of this class may be sought as one who did something.
    pub fn may_be_sought(self) -> bool {
        !matches!(self, Self::Witness | Self::Victim)
    }
}

codes!(
    /// Whose number it is that proves who somebody is.
    IdentityKind {
        /// Căn cước công dân, căn cước: 12 digits.
        Cccd = "cccd",
        /// Chứng minh nhân dân: 9 digits, the last ones 12.
        Cmnd = "cmnd",
        /// Hộ chiếu, of any country.
        Passport = "passport",
    }
);
codes!(
    /// What was seen or asked: not known is not "no".
    TriState {
        /// Có.
        Yes = "yes",
        /// Không.
        No = "no",
        /// Chưa rõ.
        Unknown = "unknown",
    }
);
codes!(
    /// A day of the week.
    Weekday {
        /// Thứ hai.
        Monday = "monday",
        /// Thứ ba.
        Tuesday = "tuesday",
        /// Thứ tư.
        Wednesday = "wednesday",
        /// Thứ năm.
        Thursday = "thursday",
        /// Thứ sáu.
        Friday = "friday",
        /// Thứ bảy.
        Saturday = "saturday",
        /// Chủ nhật.
        Sunday = "sunday",
    }
);
codes!(
    /// How exactly a place is known.
    LocationPrecision {
        /// Đúng địa điểm.
        Exact = "exact",
        /// Tuyến đường.
        Street = "street",
        /// Xã, phường.
        Commune = "commune",
        /// Huyện, quận.
        District = "district",
        /// Tỉnh, thành phố.
        Province = "province",
    }
);
codes!(
    /// How a fraud reaches its victim.
    Channel {
        /// Gọi điện.
        Phone = "phone",
        /// Tin nhắn.
        Message = "message",
        /// Mạng xã hội.
        SocialNetwork = "social-network",
        /// Trang web.
        Website = "website",
        /// Ứng dụng.
        App = "app",
        /// Gặp trực tiếp.
        InPerson = "in-person",
        /// Chưa rõ.
        Unknown = "unknown",
    }
);
codes!(
    /// What kind of vehicle.
    VehicleType {
        /// Xe mô tô, xe gắn máy.
        Motorcycle = "motorcycle",
        /// Ô tô con.
        Car = "car",
        /// Xe tải.
        Truck = "truck",
        /// Xe khách.
        Bus = "bus",
        /// Ghe, tàu, xuồng.
        Boat = "boat",
        /// Any other.
        Other = "other",
    }
);
codes!(
    /// Why a vehicle is in an alert.
    VehicleStatus {
        /// Bị chiếm đoạt.
        Stolen = "stolen",
        /// Dùng để gây án.
        UsedInOffence = "used-in-offence",
        /// Mang biển số giả.
        FalsePlate = "false-plate",
    }
);
codes!(
    /// What kind of thing.
    ObjectClass {
        /// Điện thoại.
        Phone = "phone",
        /// Máy tính.
        Computer = "computer",
        /// Giấy tờ.
        Document = "document",
        /// Trang sức.
        Jewellery = "jewellery",
        /// Vũ khí.
        Weapon = "weapon",
        /// Tiền mặt.
        Cash = "cash",
        /// Any other.
        Other = "other",
    }
);
codes!(
    /// What kind of identifier.
    IdentifierKind {
        /// Số điện thoại.
        Phone = "phone",
        /// Tài khoản ngân hàng.
        BankAccount = "bank-account",
        /// Đường dẫn.
        Url = "url",
        /// Tài khoản mạng xã hội.
        SocialAccount = "social-account",
    }
);

impl IdentifierKind {
    /// Whether it leads to one person, so that naming it needs a reason.
    pub fn is_of_a_person(self) -> bool {
        !matches!(self, Self::Url)
    }
}

codes!(
    /// What an identifier is used for.
    IdentifierRole {
        /// Receives the money.
        Mule = "mule",
        /// Talks to the victim.
        Contact = "contact",
        /// Draws the victim in.
        Lure = "lure",
    }
);
codes!(
    /// How good a source is, from reliable to not to be judged (the usual scale of six letters).
    SourceGrade {
        /// Always reliable.
        A = "A",
        /// Mostly reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Mostly unreliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Can't be judged.
        F = "F",
    }
);
codes!(
    /// How sure the information is, from confirmed to not to be judged (the usual scale of six).
    Confidence {
        /// Confirmed by others.
        Confirmed = "1",
        /// Probably so.
        Probable = "2",
        /// Possibly so.
        Possible = "3",
        /// Doubtful.
        Doubtful = "4",
        /// Improbable.
        Improbable = "5",
        /// Can't be judged.
        NotJudged = "6",
    }
);
