//! Prometheus' text format, version 0.0.4, as
//! <https://prometheus.io/docs/instrumenting/exposition_formats/> describes it.

use std::fmt::Write as _;

use super::{Family, Kind, Value};

/// The families as text, in the order given; one without samples is left out.
pub fn render(families: &[Family]) -> String {
    let mut text = String::new();
    for family in families.iter().filter(|family| !family.samples.is_empty()) {
        // Writing to a string can't fail.
        let _ = render_family(&mut text, family);
    }
    text
}

fn render_family(text: &mut String, family: &Family) -> std::fmt::Result {
    let Family { name, help, kind, samples } = family;
    debug_assert!(is_name(name), "{name} is no name of a metric");
    debug_assert!(
        (*kind == Kind::Counter) == name.ends_with("_total"),
        "the name of a counter, and of nothing else, ends in _total: {name}"
    );
    let kind = match kind {
        Kind::Counter => "counter",
        Kind::Gauge => "gauge",
    };
    writeln!(text, "# HELP {name} {}", escaped(help, false))?;
    writeln!(text, "# TYPE {name} {kind}")?;
    for sample in samples {
        text.push_str(name);
        for (place, (label, value)) in sample.labels.iter().enumerate() {
            debug_assert!(is_name(label), "{label} is no name of a label");
            text.push(if place == 0 { '{' } else { ',' });
            write!(text, "{label}=\"{}\"", escaped(value, true))?;
        }
        if !sample.labels.is_empty() {
            text.push('}');
        }
        match sample.value {
            Value::Whole(value) => writeln!(text, " {value}")?,
            Value::Signed(value) => writeln!(text, " {value}")?,
            Value::Real(value) => writeln!(text, " {}", real(value))?,
        }
    }
    Ok(())
}

/// Without the colon, which is for rules.
fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn escaped(text: &str, quoted: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '"' if quoted => escaped.push_str("\\\""),
            other => escaped.push(other),
        }
    }
    escaped
}

fn real(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "+Inf".to_owned() } else { "-Inf".to_owned() }
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_keeps_to_the_format() {
        let families = [
            Family::counter("giapranh_pages_total", "Pages, \"asked\"\nfor \\ served.")
                .with(&[("way", "in"), ("unit", "a\"b\\c\nd")], 3_u64)
                .with(&[("way", "out"), ("unit", "hcm")], 0_u64),
            Family::gauge("giapranh_empty", "Nobody is asked about it."),
            Family::gauge("giapranh_skew_seconds", "Ours.").with(&[], -0.5),
            Family::gauge("giapranh_ahead", "Below zero.").with(&[], -7_i64),
            Family::gauge("giapranh_odd", "No number.").with(&[], f64::NEG_INFINITY),
        ];
        let expected = "\
# HELP giapranh_pages_total Pages, \"asked\"\\nfor \\\\ served.
# TYPE giapranh_pages_total counter
giapranh_pages_total{way=\"in\",unit=\"a\\\"b\\\\c\\nd\"} 3
giapranh_pages_total{way=\"out\",unit=\"hcm\"} 0
# HELP giapranh_skew_seconds Ours.
# TYPE giapranh_skew_seconds gauge
giapranh_skew_seconds -0.5
# HELP giapranh_ahead Below zero.
# TYPE giapranh_ahead gauge
giapranh_ahead -7
# HELP giapranh_odd No number.
# TYPE giapranh_odd gauge
giapranh_odd -Inf
";
        assert_eq!(render(&families), expected);
    }

    #[test]
    fn a_name_is_letters_digits_and_underscores() {
        for name in ["giapranh_a1", "_x"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "a-b", "a b", "é", "a:b"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    #[should_panic(expected = "_total")]
    fn a_counter_says_so_in_its_name() {
        let _ = render(&[Family::counter("giapranh_pages", "Pages.").with(&[], 1_u64)]);
    }
}
