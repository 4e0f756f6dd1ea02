import Testing

@testable import ReverseProxy

@Suite("Header lines")
struct FieldParserTests {
    /// Values are read eight bytes at once: what a byte is must not depend on where in the eight it stands, nor on the
    /// bytes around it.
    @Test("accept in a value the bytes of RFC 9110, 5.5, wherever they stand", arguments: UInt8.min...UInt8.max)
    func bytesOfValues(_ byte: UInt8) throws {
        for filler in [UInt8(ascii: "a"), 0x09, 0x20, 0x21, 0x7E, 0x80, 0xFF] {
            for length in 1...20 {
                for offset in 0..<length {
                    var value = [UInt8](repeating: filler, count: length)
                    value[offset] = byte
                    let isAccepted = byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
                    try #require(Self.parses(value) == isAccepted, "\(filler), \(length), \(offset)")
                }
            }
        }
    }

    /// So must it in a name.
    @Test("accept in a name the bytes of a token, wherever they stand", arguments: UInt8.min...UInt8.max)
    func bytesOfNames(_ byte: UInt8) throws {
        let others = Set("!#$%&'*+-.^_`|~".utf8)
        let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        let isAccepted = isLetter || (0x30...0x39).contains(byte) || others.contains(byte)
        for filler in [UInt8(ascii: "a"), UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "0"), UInt8(ascii: "~")] {
            for length in 1...20 {
                for offset in 0..<length where byte != UInt8(ascii: ":") || offset == 0 {
                    var name = [UInt8](repeating: filler, count: length)
                    name[offset] = byte
                    try #require(Self.parses("a".utf8, name) == isAccepted, "\(filler), \(length), \(offset)")
                }
            }
        }
    }

    @Test(
        "take for a host a name or an address, and a port",
        arguments: [
            ("a", true), ("a.example:8443", true), ("A_b-c.1", true), ("127.0.0.1:1", true), ("[::1]", true),
            ("[::ffff:192.0.2.1]:65535", true), ("", false), (":1", false), ("a:", false), ("a:123456", false),
            ("a:1:2", false), ("a[", false), ("a]", false), ("[]", false), ("[::1", false), ("::1", false),
            ("[::1]a", false), ("[::1]:", false), ("[::1]]", false), ("[[::1]", false), ("[::g]", false),
            ("[a-b]", false), (String(repeating: "a", count: 261), true), (String(repeating: "a", count: 262), false),
        ]
    )
    func hosts(_ value: String, _ isHost: Bool) {
        #expect(Self.parses(Array(value.utf8), Array("Host".utf8)) == isHost)
    }

    private static func parses(_ value: some Sequence<UInt8>, _ name: [UInt8] = [UInt8(ascii: "X")]) -> Bool {
        let head = name + Array(": ".utf8) + value + Array("\r\n\r\n".utf8)
        return head.withUnsafeBytes { head in
            var parser = FieldParser()
            var lines = FieldLines()
            do throws(HeadRejection) {
                try parser.parse(head, from: 0, into: &lines)
                return lines.count == 1 && lines[0].end == head.count - 2
            } catch {
                return false
            }
        }
    }
}
