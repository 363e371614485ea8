//! Text in HTML: what came from an event is never markup.

use std::fmt;

/// A text, shown as HTML text or inside a quoted attribute.
pub struct Text<'a>(pub &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // NUL is no character of HTML in any spelling.
                '\0' => f.write_str("\u{fffd}")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        let shown = Text("<script>alert('1')</script> \"a\" & b").to_string();
        assert_eq!(shown, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;a&quot; &amp; b");
    }

    #[test]
    fn vietnamese_stays_as_it_is() {
        assert_eq!(Text("Nguyễn Văn Ví Dụ, Đức Hoà").to_string(), "Nguyễn Văn Ví Dụ, Đức Hoà");
    }
}
