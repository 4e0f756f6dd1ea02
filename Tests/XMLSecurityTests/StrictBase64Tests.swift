import Testing

@testable import XMLSecurity

@Suite("Strict base64")
struct StrictBase64Tests {
    @Test(
        arguments: [
            ("", []), ("TQ==", [77]), ("TWE=", [77, 97]), ("TWFu", [77, 97, 110]), ("TW\r\n Fu\t", [77, 97, 110]),
            ("TQ=\n=", [77]), ("+/+/", [251, 255, 191]),
        ] as [(String, [UInt8])]
    )
    func decodes(text: String, bytes: [UInt8]) {
        #expect(StrictBase64.decode(text) == bytes)
    }

    @Test(arguments: [
        "T", "TQ", "TQ=", "TWE", "TWFu=", "TQ==TQ==", "TR==", "TWF=", "TW-u", "TW_u", "TWFu!", "====", "=TWF", "TQ===",
        "TWFu\u{0}", "TWFu\u{A0}", "TQ=A",
    ])
    func refuses(text: String) {
        #expect(StrictBase64.decode(text) == nil)
    }

    @Test func encodesWhatItDecodes() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(StrictBase64.decode(StrictBase64.encode(bytes)) == bytes)
        }
    }
}
