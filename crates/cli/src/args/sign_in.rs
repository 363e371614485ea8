//! `giapranh sign-in`

use clap::Args;

#[derive(Debug, Args)]
pub struct SignIn {
    /// The login that the administrator gave.
    pub login: String,
    /// Read the password as one line from stdin, where no person types it.
    #[arg(long)]
    pub password_stdin: bool,
}
