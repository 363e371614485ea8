//! Protobuf's wire format by hand, for messages that no library would write.

/// Wire types of protobuf.
pub const VARINT: u8 = 0;
pub const FIXED64: u8 = 1;
pub const BYTES: u8 = 2;
pub const GROUP: u8 = 3;
pub const END_GROUP: u8 = 4;
pub const FIXED32: u8 = 5;

/// The bytes of a message, grown field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message(pub Vec<u8>);

impl Message {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn number(self, field: u32, value: u64) -> Self {
        self.tag(field, VARINT).raw(&varint(value))
    }

    pub fn bytes(self, field: u32, value: &[u8]) -> Self {
        self.tag(field, BYTES).raw(&varint(value.len() as u64)).raw(value)
    }

    pub fn text(self, field: u32, value: &str) -> Self {
        self.bytes(field, value.as_bytes())
    }

    pub fn message(self, field: u32, value: &Self) -> Self {
        self.bytes(field, &value.0)
    }

    pub fn tag(self, field: u32, wire_type: u8) -> Self {
        self.raw(&varint(u64::from(field) << 3 | u64::from(wire_type)))
    }

    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }
}

/// The shortest encoding of a number.
pub fn varint(value: u64) -> Vec<u8> {
    long_varint(value, 0)
}

/// An encoding of a number that is `longer` bytes longer than it need be.
pub fn long_varint(mut value: u64, longer: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 && longer == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
        if value == 0 {
            bytes.extend(std::iter::repeat_n(0x80, longer - 1));
            bytes.push(0);
            return bytes;
        }
    }
}
