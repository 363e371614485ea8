//! Compiles what events say; protox needs no `protoc` on the machine.
//!
//! The messages of alerts also are the JSON of commands and answers, so they carry serde: a field that is
//! left out is empty, one that nobody knows is refused by name.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = "../../proto";
    let names = ["giapranh/v1/alert.proto", "giapranh/v1/directory.proto"];
    for name in names {
        println!("cargo::rerun-if-changed={root}/{name}");
    }
    let files = protox::compile(names, [root])?;
    let mut config = prost_build::Config::new();
    let alert = files.file.iter().filter(|file| file.name().ends_with("alert.proto"));
    for message in alert.flat_map(|file| &file.message_type) {
        let path = format!(".giapranh.v1.{}", message.name());
        config
            .message_attribute(&path, "#[derive(serde::Serialize, serde::Deserialize)]")
            .message_attribute(&path, "#[serde(default, deny_unknown_fields)]")
            .field_attribute(&path, "#[serde(skip_serializing_if = \"crate::wire::is_default\")]");
    }
    config.compile_fds(files)?;
    Ok(())
}
