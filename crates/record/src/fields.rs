//! The fields of a protobuf message, one after the other, borrowed from its bytes.
//!
//! Every event of a log goes through here, when it arrives, when it is verified and when it is
//! shown; a general decoder spends most of its time on copies. It accepts what a general decoder
//! accepts, which a test holds: unknown fields are passed over, groups included.

/// A field may stand inside fewer messages and groups than this, as in other decoders.
const NESTING: u32 = 100;

/// The bytes are no protobuf message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotProtobuf;

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    /// Of a wire type that no known field has.
    Other,
}

/// What is left of a message.
pub(crate) struct Fields<'a> {
    rest: &'a [u8],
    nesting: u32,
}

impl<'a> Fields<'a> {
    /// Of a message that stands alone.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, nesting: NESTING }
    }

    /// Of a message that is a field of one that stands alone.
    pub fn inside(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, nesting: NESTING - 1 }
    }

    /// The next field's number and value; `None` at the end.
    pub fn next(&mut self) -> Result<Option<(u32, Value<'a>)>, NotProtobuf> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (number, wire_type) = self.key()?;
        Ok(Some((number, self.value(number, wire_type, self.nesting)?)))
    }

    fn key(&mut self) -> Result<(u32, u8), NotProtobuf> {
        let key = u32::try_from(self.varint()?).map_err(|_| NotProtobuf)?;
        if key >> 3 == 0 { Err(NotProtobuf) } else { Ok((key >> 3, (key & 7) as u8)) }
    }

    fn value(&mut self, number: u32, wire: u8, nesting: u32) -> Result<Value<'a>, NotProtobuf> {
        let inner = nesting.checked_sub(1).ok_or(NotProtobuf)?;
        match wire {
            0 => self.varint().map(Value::Varint),
            1 => self.take(8).map(|_| Value::Other),
            2 => {
                let length = self.varint()?;
                self.take(length).map(Value::Bytes)
            }
            3 => self.group(number, inner),
            5 => self.take(4).map(|_| Value::Other),
            _ => Err(NotProtobuf),
        }
    }

    /// Passes over a group, to the end that has its number.
    fn group(&mut self, number: u32, nesting: u32) -> Result<Value<'a>, NotProtobuf> {
        loop {
            let (inner, wire) = self.key()?;
            if wire == 4 {
                return if inner == number { Ok(Value::Other) } else { Err(NotProtobuf) };
            }
            self.value(inner, wire, nesting)?;
        }
    }

    fn varint(&mut self) -> Result<u64, NotProtobuf> {
        let mut value = 0;
        for (at, &byte) in self.rest.iter().enumerate().take(10) {
            // Of the tenth byte only one bit has room.
            if at == 9 && byte > 1 {
                return Err(NotProtobuf);
            }
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte < 0x80 {
                self.rest = &self.rest[at + 1..];
                return Ok(value);
            }
        }
        Err(NotProtobuf)
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], NotProtobuf> {
        let length = usize::try_from(length).map_err(|_| NotProtobuf)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(NotProtobuf)?;
        self.rest = rest;
        Ok(taken)
    }
}

impl<'a> Value<'a> {
    /// The value of a field of type `uint64`.
    pub fn number(self) -> Result<u64, NotProtobuf> {
        match self {
            Self::Varint(value) => Ok(value),
            _ => Err(NotProtobuf),
        }
    }

    /// The value of a field of type `uint32`: what does not fit is cut off.
    #[expect(clippy::cast_possible_truncation, reason = "so says protobuf")]
    pub fn short_number(self) -> Result<u32, NotProtobuf> {
        self.number().map(|value| value as u32)
    }

    /// The value of a field of type `bytes`, or of a message.
    pub fn bytes(self) -> Result<&'a [u8], NotProtobuf> {
        match self {
            Self::Bytes(value) => Ok(value),
            _ => Err(NotProtobuf),
        }
    }

    /// The value of a field of type `string`.
    pub fn text(self) -> Result<&'a str, NotProtobuf> {
        std::str::from_utf8(self.bytes()?).map_err(|_| NotProtobuf)
    }
}
