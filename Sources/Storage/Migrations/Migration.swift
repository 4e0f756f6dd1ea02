import Crypto
import FoundationEssentials

/// One file of `Migrations/`, in dbmate's format: `-- migrate:up`, statements, `-- migrate:down`, a remark.
package struct Migration: Hashable, Sendable {
    /// The digits that the file's name begins with.
    package let version: String
    /// The file's name.
    package let fileName: String
    /// The statements to run.
    let statements: String
    /// The SHA-256 of the whole file.
    let checksum: [UInt8]

    /// Reads a file's text.
    ///
    /// - Throws: ``MigrationError/malformed(file:reason:)``.
    package init(fileName: String, contents: [UInt8]) throws(MigrationError) {
        let version = fileName.prefix { $0.isASCII && $0.isNumber }
        guard !version.isEmpty, fileName.hasSuffix(".sql") else {
            throw .malformed(file: fileName, reason: "its name is not a number, an underscore, a title and .sql")
        }
        guard let text = String(validating: contents, as: UTF8.self) else {
            throw .malformed(file: fileName, reason: "it is not UTF-8")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let up = lines.firstIndex(where: { $0.hasPrefix("-- migrate:up") }) else {
            throw .malformed(file: fileName, reason: "it has no line “-- migrate:up”")
        }
        guard lines[up] == "-- migrate:up" else {
            throw .malformed(file: fileName, reason: "options such as transaction:false are not allowed")
        }
        let down = lines.firstIndex { $0.hasPrefix("-- migrate:down") } ?? lines.endIndex
        guard up < down else {
            throw .malformed(file: fileName, reason: "“-- migrate:down” stands before “-- migrate:up”")
        }
        self.version = String(version)
        self.fileName = fileName
        self.statements = lines[(up + 1)..<down].joined(separator: "\n")
        self.checksum = Array(SHA256.hash(data: contents))
    }
}
