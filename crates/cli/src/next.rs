//! What to type next: every failure ends with a command line that can be taken as it stands, about
//! the same node.

mod refusal;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use refusal::after_refusal;

/// The directory that was typed with `--dir`; one from the environment need not be typed again.
static TYPED: OnceLock<PathBuf> = OnceLock::new();

/// From now on command lines are about the node of this directory.
pub fn about(dir: Option<&Path>) {
    let known = std::env::var_os("GIAPRANH_DIR");
    if let Some(dir) = dir.filter(|dir| known.as_deref() != Some(dir.as_os_str())) {
        // A second call comes from nowhere; the first would stand.
        let _ = TYPED.set(dir.to_owned());
    }
}

/// A command line of this program: `alert list` becomes `giapranh alert list --dir DIR`. Help is
/// about no node.
pub fn line(command: &str) -> String {
    match TYPED.get().filter(|_| !command.starts_with("help ")) {
        Some(dir) => format!("giapranh {command} --dir {}", quoted(dir)),
        None => format!("giapranh {command}"),
    }
}

/// A path as a shell takes it.
pub fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        assert_eq!(quoted(Path::new("/var/lib/giapranh")), "/var/lib/giapranh");
        assert_eq!(quoted(Path::new("/a b/it's;$x")), r"'/a b/it'\''s;$x'");
        assert_eq!(quoted(Path::new("")), "''");
    }
}
