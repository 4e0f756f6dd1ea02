import Foundation
import XMLSecurity

/// A certificate and key for a listener, and the files that hold them or others.
struct TestCertificate: Sendable {
    let der: [UInt8]
    let keyPEM: String
    let end: Date

    /// Makes one that ends after so many days.
    init(days: Int) throws {
        let key = try SigningKey.generate(.p256)
        let certificate = try key.selfSignedCertificate(
            commonName: "localhost",
            notBefore: Date().addingTimeInterval(-86_400),
            notAfter: Date().addingTimeInterval(86_400 * Double(days))
        )
        self.der = certificate.der
        self.keyPEM = try key.pem()
        self.end = certificate.notAfter
    }

    var certificatePEM: String {
        let base64 = Data(self.der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
    }

    /// Two files in a folder of their own.
    struct Files {
        let folder: URL
        var certificate: URL { self.folder.appending(path: "server.pem") }
        var key: URL { self.folder.appending(path: "server.key") }

        init() throws {
            self.folder = FileManager.default.temporaryDirectory.appending(path: "portico-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        }

        func write(_ pair: TestCertificate) throws {
            try self.writeKey(of: pair)
            try self.writeCertificate(of: pair)
        }

        func writeCertificate(of pair: TestCertificate) throws {
            try Data(pair.certificatePEM.utf8).write(to: self.certificate, options: .atomic)
        }

        func writeKey(of pair: TestCertificate) throws {
            try Data(pair.keyPEM.utf8).write(to: self.key, options: .atomic)
        }

        func remove() { try? FileManager.default.removeItem(at: self.folder) }
    }
}
