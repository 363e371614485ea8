//! The exit code of what the node's library reports.

use giapranh_node::NodeError;
use giapranh_node::audit::AuditError;

use crate::exit::{Exit, Failure};

/// A failure of a node's own files.
pub fn of_node(error: &NodeError) -> Failure {
    let exit = match error {
        NodeError::Log(_) => Exit::LogUnusable,
        NodeError::NotANode(_) => Exit::NotFound,
        NodeError::NotRegistrar { .. } | NodeError::Founded(_) | NodeError::Request(_) => {
            Exit::Refused
        }
        _ => Exit::Failed,
    };
    Failure::new(exit, error.to_string())
}

/// A failure to audit, which is not a fault that an audit found.
pub fn of_audit(error: &AuditError) -> Failure {
    let exit = match error {
        AuditError::Log(_) | AuditError::Unit(_) => Exit::LogUnusable,
        AuditError::OtherAnchor { .. } => Exit::NotVerified,
        AuditError::BeforeTheFirst | AuditError::BeyondTheEnd { .. } => Exit::NotFound,
        _ => Exit::Failed,
    };
    Failure::new(exit, error.to_string())
}
