import NIOCore
import NIOHPACK

/// Makes the fields of an answer from its HTTP/1.1 head (RFC 9113, 8.3.2).
enum AnswerBlock {
    /// What every client takes as one frame (RFC 9113, 4.2); the library does not write CONTINUATION.
    private static let frameSize = 16_384

    /// Whether a head becomes one frame, whatever HPACK makes of it.
    ///
    /// The codes of letters, digits and common signs have at most 8 bits, those of the tab and the backslash at most 24, those of
    /// other visible bytes at most 15, and those of bytes beyond ASCII at most 30 (RFC 7541, appendix B).
    /// A byte that is no UTF-8 becomes U+FFFD, which has three such bytes.
    static func fits(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > Self.frameSize / 12 else { return true }
        let beyondASCII = String(validating: head, as: UTF8.self) == nil ? 12 : 4
        var bound = 0
        for byte in head {
            bound += byte < 0x80 ? Self.longestCode(of: byte) : beyondASCII
        }
        return bound <= Self.frameSize
    }

    /// The longest code of a byte of ASCII, in bytes.
    private static func longestCode(of byte: UInt8) -> Int {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: 1
        case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ";"),
            UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "&"):
            1
        case 0x09, UInt8(ascii: "\\"): 3
        case _: 2
        }
    }

    /// The fields of a head that was read; those of the HTTP/1.1 connection are left out (RFC 9113, 8.2.2).
    static func fields(_ response: ResponseHead, _ head: UnsafeRawBufferPointer, _ lines: FieldLines) -> HPACKHeaders {
        var fields = HPACKHeaders()
        fields.reserveCapacity(lines.count + 1)
        let status = UnsafeRawBufferPointer(rebasing: head[response.statusStart..<response.statusStart + 3])
        fields.add(name: ":status", value: String(decoding: status, as: UTF8.self))
        for line in lines {
            switch line.kind {
            case .connection, .hopByHop, .transferEncoding, .upgrade:
                continue
            case .setCookie:
                // A credential: proxies behind must not put it into a table either (RFC 7541, 7.1.3).
                fields.add(line, of: head, indexing: .neverIndexed)
            case .other, .host, .contentLength, .expect, .cookie, .identity, .forwardedFor, .forwardedProto,
                .forwardedHost, .forwarding, .requestID, .proxy, .accept, .fetchMode, .twin:
                // What differs from answer to answer only wears the table out; and what is in no table betrays nothing by
                // its size (RFC 7541, 7.1).
                fields.add(line, of: head, indexing: .nonIndexable)
            }
        }
        return fields
    }

    /// The fields of trailers that were read.
    static func trailers(_ section: [UInt8]) throws(HeadRejection) -> HPACKHeaders {
        var fields = HPACKHeaders()
        // The parser wants the empty line that ends a section.
        try ByteBuffer(bytes: section + [0x0D, 0x0A])
            .withUnsafeReadableBytes { bytes throws(HeadRejection) in
                guard Self.fits(bytes) else { throw .tooLong }
                var lines = FieldLines()
                var parser = FieldParser()
                try parser.parse(bytes, from: 0, into: &lines)
                for line in lines { fields.add(line, of: bytes, indexing: .nonIndexable) }
            }
        return fields
    }
}
