//! Compiles what events say; protox needs no `protoc` on the machine.
//!
//! The messages also are the JSON of commands and answers, so they carry serde and the schema of it: a field that
//! is left out is empty, one that nobody knows is refused by name, and bytes are hexadecimal digits.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = "../../proto";
    let names = [
        "giapranh/v1/alert.proto",
        "giapranh/v1/draft.proto",
        "giapranh/v1/directory.proto",
        "giapranh/v1/healing.proto",
        "giapranh/v1/access.proto",
    ];
    for name in names {
        println!("cargo::rerun-if-changed={root}/{name}");
    }
    let files = protox::compile(names, [root])?;
    let mut config = prost_build::Config::new();
    for message in files.file.iter().flat_map(|file| &file.message_type) {
        let path = format!(".giapranh.v1.{}", message.name());
        config.message_attribute(
            &path,
            "#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]",
        );
        if ["DirectoryChange", "Proposal"].contains(&message.name()) {
            config.message_attribute(&path, "#[serde(transparent)]");
            continue;
        }
        config
            .message_attribute(&path, "#[serde(default, deny_unknown_fields)]")
            .field_attribute(&path, "#[serde(skip_serializing_if = \"crate::wire::is_default\")]");
        for field in &message.field {
            if field.r#type() == prost_types::field_descriptor_proto::Type::Bytes {
                let path = format!("{path}.{}", field.name());
                config.field_attribute(&path, "#[serde(with = \"crate::wire::hex\")]");
                config.field_attribute(path, "#[schemars(with = \"String\")]");
            }
        }
    }
    for choice in ["DirectoryChange.change", "Proposal.what"] {
        config.enum_attribute(
            format!(".giapranh.v1.{choice}"),
            "#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)] #[serde(rename_all = \"kebab-case\")]",
        );
    }
    config.compile_fds(files)?;
    Ok(())
}
