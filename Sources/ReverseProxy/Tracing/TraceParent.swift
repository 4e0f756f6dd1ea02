/// The value of `traceparent` (W3C Trace Context, 3.2): which trace a request belongs to, and which span asked for it.
package struct TraceParent: Sendable, Hashable, CustomStringConvertible {
    /// 32 lowercase hexadecimal digits, not all of them zero.
    package let traceID: String
    /// 16 lowercase hexadecimal digits, not all of them zero.
    package let spanID: String
    /// Whether the caller may have recorded the trace.
    package let isSampled: Bool

    init(traceID: String, spanID: String, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Reads a value of version 00, or what a later version has in common with it (clause 4.3); anything else is `nil`.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash else { return nil }
        let (version, traceID, spanID, flags) = (bytes[0..<2], bytes[3..<35], bytes[36..<52], bytes[53..<55])
        let isHexadecimal = [version, traceID, spanID, flags].allSatisfy { $0.allSatisfy(Self.isDigit) }
        guard isHexadecimal, !version.elementsEqual("ff".utf8) else { return nil }
        // Version 00 ends there; a later one may go on behind another dash.
        guard bytes.count == 55 || (!version.elementsEqual("00".utf8) && bytes[55] == dash) else { return nil }
        guard [traceID, spanID].allSatisfy({ $0.contains { $0 != UInt8(ascii: "0") } }) else { return nil }
        self.traceID = String(decoding: traceID, as: UTF8.self)
        self.spanID = String(decoding: spanID, as: UTF8.self)
        self.isSampled = UInt8(String(decoding: flags, as: UTF8.self), radix: 16).map { $0 & 1 == 1 } ?? false
    }

    /// The value in version 00.
    package var description: String { "00-\(self.traceID)-\(self.spanID)-\(self.isSampled ? "01" : "00")" }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
