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

    private static func parses(_ value: [UInt8]) -> Bool {
        let head = Array("X: ".utf8) + value + Array("\r\n\r\n".utf8)
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
