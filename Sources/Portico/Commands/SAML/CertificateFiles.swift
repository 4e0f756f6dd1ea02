import Console
import Foundation
import Workspaces
import XMLSecurity

/// Reads the certificates that an operator names by file.
enum CertificateFiles {
    /// The greatest size of a file, which is more than `SigningCertificate` takes.
    private static let maximumSize = 256 * 1024

    /// Reads the files in their order.
    ///
    /// - Returns: `nil` when no file is named.
    /// - Throws: ``CommandRefusal``, which names the file and says what is in it instead of a certificate.
    static func read(_ paths: [String]) throws -> [PinnedCertificate]? {
        guard !paths.isEmpty else { return nil }
        return try paths.flatMap { path in try Self.parse(Self.text(of: path), from: path) }
    }

    /// Reads certificates from a text that stands in a file or in YAML.
    static func parse(_ text: String, from origin: String) throws -> [PinnedCertificate] {
        do throws(CertificateRejection) {
            return try SigningCertificate.parse(text).map { PinnedCertificate($0) }
        } catch {
            throw CommandRefusal("\(origin): \(error.description)")
        }
    }

    /// Reads a file of text.
    static func text(of path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandRefusal("\(path) cannot be read: check the path and that this user may read it")
        }
        defer { try? handle.close() }
        let bytes = try handle.read(upToCount: Self.maximumSize + 1) ?? Data()
        guard bytes.count <= Self.maximumSize else {
            throw CommandRefusal("\(path) is longer than 256 KiB: name a file with the signing certificate alone")
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else {
            throw CommandRefusal(
                "\(path) is not text: convert it to PEM with `openssl x509 -inform DER -in \(path) -out idp.pem`"
            )
        }
        return text
    }
}
