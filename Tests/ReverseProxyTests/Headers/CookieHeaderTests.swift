import Testing

@testable import ReverseProxy

@Suite("Cookie headers")
struct CookieHeaderTests {
    private static let prefixes = [Array("__Host-portico_".utf8)]

    @Test(
        "removes Portico's cookies and leaves the rest as it was",
        arguments: [
            ("a=b", "a=b"), ("__Host-portico_session=x", ""), ("a=b; __Host-portico_session=x", "a=b"),
            ("__Host-portico_session=x; a=b", "a=b"), ("a=b;__Host-portico_pre=x;  c=\"d e\"", "a=b;  c=\"d e\""),
            ("a; __host-PORTICO_session=x;;b=", "a;;b="), ("x__Host-portico_session=1", "x__Host-portico_session=1"),
            ("a=__Host-portico_session=1", "a=__Host-portico_session=1"), ("__Host-portico_session", ""),
            ("\t__Host-portico_session =x; a=b", "a=b"), ("__Host-portico_a=1; __Host-portico_b=2", ""),
        ]
    )
    func removes(_ value: String, _ expected: String) {
        let line = "Cookie: \(value)\r\n"
        let written = withUnsafeTemporaryAllocation(byteCount: line.utf8.count, alignment: 1) { memory in
            var cursor = HeadCursor(memory)
            Array(line.utf8)
                .withUnsafeBytes { line in
                    CookieHeader(bytes: UnsafeRawBufferPointer(rebasing: line[8..<(line.count - 2)]))
                        .writeLine(
                            without: Self.prefixes,
                            name: UnsafeRawBufferPointer(rebasing: line[..<8]),
                            to: &cursor
                        )
                }
            return String(decoding: memory[..<cursor.count], as: UTF8.self)
        }
        #expect(written == (expected.isEmpty ? "" : "Cookie: \(expected)\r\n"))
    }

    @Test(
        "finds a value",
        arguments: [
            ("s=1", "1"), ("a=b; s=1; s=2", "1"), ("as=0; s = 1 ;b", "1"), ("s=a=b", "a=b"), ("s=", ""), ("s", ""),
            ("S=1", nil), ("a=s=1", nil), ("", nil),
        ]
    )
    func findsAValue(_ value: String, _ expected: String?) {
        let found = Array(value.utf8)
            .withUnsafeBytes { bytes in
                CookieHeader(bytes: bytes).find([UInt8(ascii: "s")], reserved: []).value
                    .map { String(decoding: $0, as: UTF8.self) }
            }
        #expect(found == expected)
    }
}
