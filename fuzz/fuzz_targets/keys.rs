#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = (giapranh_tests::decoders::named("keys").decode)(bytes);
});
