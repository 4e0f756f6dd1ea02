import Foundation
import SAMLBindings
import XMLSecurity

/// A response that somebody captured, as the form field that a browser would have posted.
enum CapturedResponse {
    /// More than any form field that is looked at, percent-encoded.
    private static let maximumSize = 4 * 1024 * 1024

    /// Reads a file, or standard input for `-`.
    ///
    /// - Throws: ``CommandRefusal`` for one that cannot be read, is empty or far too long.
    static func read(_ path: String) throws -> String {
        let bytes: Data
        do {
            let handle = path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
            bytes = try handle.read(upToCount: Self.maximumSize + 1) ?? Data()
        } catch {
            throw CommandRefusal("\(path) cannot be read: check the path and that this user may read it")
        }
        guard bytes.count <= Self.maximumSize else {
            throw CommandRefusal("\(path) is longer than 4 MiB: give the value of the form field SAMLResponse alone")
        }
        let field = Self.field(Array(bytes))
        guard !field.isEmpty else {
            throw CommandRefusal("\(path) is empty: give the value of the form field SAMLResponse, or the XML")
        }
        return field
    }

    /// Makes the form field of XML, of base64, or of a whole form as the tools of a browser show it.
    static func field(_ bytes: [UInt8]) -> String {
        let content = Array(bytes.drop(while: Self.isSpace))
        guard content.first != UInt8(ascii: "<"), let text = String(validating: content, as: UTF8.self) else {
            return StrictBase64.encode(content)
        }
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        let named = pairs.first { $0.count == 2 && $0[0] == "SAMLResponse" }
        let value = named.map { String($0[1]) } ?? text
        return value.contains("%") ? value.removingPercentEncoding ?? value : value
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
