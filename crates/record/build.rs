//! Compiles the record's contract; protox needs no `protoc` on the machine.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = "../../proto";
    let contract =
        ["giapranh/v1/record.proto", "giapranh/v1/receipt.proto", "giapranh/v1/exchange.proto"];
    for file in contract {
        println!("cargo::rerun-if-changed={root}/{file}");
    }
    let files = protox::compile(contract, [root])?;
    prost_build::Config::new().bytes(["."]).compile_fds(files)?;
    Ok(())
}
