internal import Crypto

/// A hash in the chain of an audit log: SHA-256.
package struct AuditHash: Hashable, Sendable, CustomStringConvertible {
    /// What stands before the first link: 32 zeros.
    package static let origin = AuditHash(unchecked: [UInt8](repeating: 0, count: 32))

    /// The 32 bytes.
    package let bytes: [UInt8]

    /// Takes a hash that was kept.
    ///
    /// - Returns: `nil` for another number of bytes than 32.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The hash of a sequence of fields, each of which is text or absent.
    ///
    /// Text is written as the length of its UTF-8, a colon, the UTF-8 and a comma; what is absent as `-,`. So no two
    /// sequences are the same bytes.
    package init(of fields: [String?]) {
        self.bytes = Array(SHA256.hash(data: Self.encoding(of: fields)))
    }

    private init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The bytes of which ``init(of:)`` makes the hash.
    package static func encoding(of fields: [String?]) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            guard let field else {
                bytes += "-,".utf8
                continue
            }
            bytes += "\(field.utf8.count):".utf8
            bytes += field.utf8
            bytes += ",".utf8
        }
        return bytes
    }

    /// 64 hexadecimal digits in lower case.
    package var description: String {
        let digits = Array("0123456789abcdef")
        return String(self.bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
