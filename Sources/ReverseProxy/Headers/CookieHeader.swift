#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads and rewrites the value of `Cookie`, which is pairs with semicolons between (RFC 6265, 4.2.1).
///
/// Real cookies break that grammar, so whatever stands between two semicolons is one segment and passes byte by byte.
struct CookieHeader {
    /// One segment: `name=value` with the white space around it.
    struct Segment {
        /// The first byte behind the semicolon before it.
        let start: Int
        /// The semicolon behind it, or the end.
        let end: Int
        /// The name, without white space.
        let name: Range<Int>
        /// The value, without white space around it; empty without an equals sign.
        let value: Range<Int>
    }

    let bytes: UnsafeRawBufferPointer

    /// The segment that begins at an offset; `nil` behind the end.
    @inline(__always)
    func segment(at start: Int) -> Segment? {
        guard start < self.bytes.count else { return nil }
        let end = self.first(UInt8(ascii: ";"), in: start..<self.bytes.count) ?? self.bytes.count
        guard let equals = self.first(UInt8(ascii: "="), in: start..<end) else {
            return Segment(start: start, end: end, name: self.trimmed(start..<end), value: end..<end)
        }
        return Segment(
            start: start,
            end: end,
            name: self.trimmed(start..<equals),
            value: self.trimmed((equals + 1)..<end)
        )
    }

    /// Finds the first cookie of a name, and whether any name begins with a reserved prefix.
    func find(_ name: [UInt8], reserved prefixes: [[UInt8]]) -> (value: UnsafeRawBufferPointer?, hasReserved: Bool) {
        var value: UnsafeRawBufferPointer?
        var hasReserved = false
        var position = 0
        while let segment = self.segment(at: position) {
            if value == nil, SameBytes.are(name, UnsafeRawBufferPointer(rebasing: self.bytes[segment.name])) {
                value = UnsafeRawBufferPointer(rebasing: self.bytes[segment.value])
            }
            if !hasReserved { hasReserved = self.isReserved(segment.name, prefixes) }
            position = segment.end + 1
        }
        return (value, hasReserved)
    }

    /// Writes the line without the segments whose names begin with a reserved prefix; the rest as it was, byte by byte.
    ///
    /// - Parameters:
    ///   - prefixes: The reserved prefixes.
    ///   - name: What stands before the value on the line; it is not written either when nothing of the value is left.
    ///   - cursor: Where the line goes, with its line end; it is never longer than the line that was read.
    @inline(__always)
    func writeLine(without prefixes: [[UInt8]], name: UnsafeRawBufferPointer, to cursor: inout HeadCursor) {
        var hasBegun = false
        var position = 0
        while let segment = self.segment(at: position) {
            position = segment.end + 1
            guard !self.isReserved(segment.name, prefixes) else { continue }
            var start = segment.start
            if hasBegun {
                cursor.append(";")
            } else {
                // What was behind a removed first cookie becomes the first: without the space that parted them.
                while start < segment.end, ByteClass.isSpace(self.bytes[start]) { start += 1 }
                guard start < segment.end else { continue }
                cursor.append(name)
                hasBegun = true
            }
            cursor.append(self.bytes, start, segment.end)
        }
        if hasBegun { cursor.append("\r\n") }
    }

    /// Whether a `Set-Cookie` value sets a name that begins with a reserved prefix.
    ///
    /// A cookie without a name comes back as its value alone, so that its value could pass for a name.
    static func setsReserved(_ value: UnsafeRawBufferPointer, _ prefixes: [[UInt8]]) -> Bool {
        let header = CookieHeader(bytes: value)
        guard let cookie = header.segment(at: 0) else { return false }
        return header.isReserved(cookie.name.isEmpty ? cookie.value : cookie.name, prefixes)
    }

    @inline(__always)
    private func isReserved(_ name: Range<Int>, _ prefixes: [[UInt8]]) -> Bool {
        let name = UnsafeRawBufferPointer(rebasing: self.bytes[name])
        for prefix in prefixes where prefix.withUnsafeBytes({ CaseInsensitive.begins(name, $0) }) { return true }
        return false
    }

    @inline(__always)
    private func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
        guard let base = self.bytes.baseAddress,
            let found = memchr(base + range.lowerBound, Int32(byte), range.count)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    @inline(__always)
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, ByteClass.isSpace(self.bytes[lower]) { lower += 1 }
        while upper > lower, ByteClass.isSpace(self.bytes[upper - 1]) { upper -= 1 }
        return lower..<upper
    }
}
