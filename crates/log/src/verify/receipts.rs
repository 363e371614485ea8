//! Holding the receipts against what they attest: which events were here, and since when.

use giapranh_record::receipt::{KIND, Receipt, Running};
use giapranh_record::view::{EventView, PayloadView};

use super::rows::Row;

/// The running hash of a log, and how far receipts have attested it.
pub(super) struct Receipts {
    unit: String,
    running: Running,
    attested: u64,
}

impl Receipts {
    /// Of the log of that unit, from its beginning.
    pub fn of(unit: String) -> Self {
        Self { unit, running: Running::EMPTY, attested: 0 }
    }

    /// Takes the next row. Says what is wrong with it when it is a receipt that attests something
    /// else than what stands before it.
    ///
    /// What is noted as the leaf hash is taken as it is: whether it is that of the bytes is judged
    /// where it stands.
    pub fn next(&mut self, row: &Row, event: Option<&EventView<'_>>) -> Option<String> {
        // What is missing before it is named elsewhere.
        self.running.position = row.position - 1;
        // One that is not what was noted is judged for that, and attests nothing.
        let receipt = event.filter(|event| self.is_receipt(event) && event.leaf == row.leaf);
        let fault = receipt.and_then(|event| match read(event) {
            Ok(Receipt { running, .. }) if running == self.running => {
                self.attested = running.position;
                None
            }
            Ok(Receipt { first, running }) => {
                // The next one is held against what this one says, so that it is not blamed.
                self.running.hash = running.hash;
                Some(format!(
                    "the receipt attests other events, or other times of arrival, than those at \
                     positions {first} to {}",
                    row.position - 1
                ))
            }
            Err(what) => Some(format!("the receipt is none: {what}")),
        });
        self.running = self.running.then(row.arrived_ms, row.leaf);
        fault
    }

    /// The position up to which everything is attested.
    pub fn attested(&self) -> u64 {
        self.attested
    }

    fn is_receipt(&self, event: &EventView<'_>) -> bool {
        let header = &event.header;
        header.is_local() && header.kind == KIND && header.origin == self.unit
    }
}

fn read(event: &EventView<'_>) -> Result<Receipt, String> {
    match event.payload {
        PayloadView::Plain(plain) => Receipt::decode(plain).map_err(|error| error.to_string()),
        PayloadView::Sealed { .. } => Err("it is sealed".to_owned()),
    }
}
