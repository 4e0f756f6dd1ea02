import Foundation
import Testing

@testable import XMLSecurity

@Suite("Signing certificates")
struct SigningCertificateTests {
    @Test func readsPEMBareBase64AndDERAlike() throws {
        let certificate = try Message.certificate.get()
        #expect(try SigningCertificate.parse(certificate.pem) == [certificate])
        #expect(
            try SigningCertificate.parse("Bag Attributes: x\r\n" + certificate.pem.replacing("\n", with: "\r\n")) == [
                certificate
            ]
        )
        #expect(try SigningCertificate.parse(StrictBase64.encode(certificate.der)) == [certificate])
        #expect(try SigningCertificate.parse("\n  " + StrictBase64.encode(certificate.der) + "\n") == [certificate])
        #expect(try SigningCertificate(der: certificate.der) == certificate)
    }

    @Test func describesWhatItRead() throws {
        let certificate = try #require(
            try SigningCertificate.parse(try Fixture.text("portico-experiments/idp.crt")).first
        )
        #expect(certificate.subject == "CN=idp")
        #expect(certificate.keyDescription == "RSA 2048")
        #expect(certificate.sha256Fingerprint.count == 95)
        #expect(certificate.notAfter > certificate.notBefore)
    }

    @Test func readsABundleAndKeepsEachOnce() throws {
        let certificates = [try Message.certificate.get(), try Message.otherCertificate.get()]
        let text = certificates.map(\.pem).joined() + certificates[0].pem
        #expect(try SigningCertificate.parse(text) == certificates)
    }

    /// Expiry warns the administrator and refuses nothing (behavior Q21).
    @Test func acceptsAnExpiredCertificate() throws {
        let certificate = try Message.key.get()
            .selfSignedCertificate(
                commonName: "old",
                notBefore: Date(timeIntervalSince1970: 0),
                notAfter: Date(timeIntervalSince1970: 86_400)
            )
        #expect(certificate.notAfter == Date(timeIntervalSince1970: 86_400))
        #expect(try SigningCertificate.parse(certificate.pem) == [certificate])
    }

    /// A text that is no certificate to use, and what the person who pasted it is told.
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rejection: CertificateRejection
        let text: @Sendable () throws -> String

        init(
            _ testDescription: String,
            _ rejection: CertificateRejection,
            text: @escaping @Sendable () throws -> String
        ) {
            self.testDescription = testDescription
            self.rejection = rejection
            self.text = text
        }

        private static func labeled(_ label: String) throws -> String {
            try Message.certificate.get().pem.replacingOccurrences(of: "CERTIFICATE", with: label)
        }

        private static func derOfKey() throws -> String {
            let lines = try Message.key.get().pem().split(separator: "\n")
            return lines.dropFirst().dropLast().joined()
        }

        private static func weak(_ bits: Int) throws -> String {
            let key = try SigningKey.generate(.rsa(bits: bits))
            return StrictBase64.encode(
                try key.selfSignedDER(commonName: "weak", notBefore: .distantPast, notAfter: Date())
            )
        }

        static let all: [Defect] = [
            Defect("nothing", .empty) { "" },
            Defect("white space", .empty) { " \r\n\t" },
            Defect("garbage", .notACertificate) { "hello, world" },
            Defect("base64 of garbage", .notACertificate) { "aGVsbG8gd29ybGQ=" },
            Defect("too long", .tooLong) { String(repeating: "A", count: 200_000) },
            Defect("private key in PEM", .privateKey) { try Message.key.get().pem() },
            Defect("private key in base64", .privateKey) { try Self.derOfKey() },
            Defect("private key after the certificate", .privateKey) {
                try Message.certificate.get().pem + Message.key.get().pem()
            },
            Defect("encrypted private key", .privateKey) { try Self.labeled("ENCRYPTED PRIVATE KEY") },
            Defect("public key", .publicKeyOnly) { try Self.labeled("PUBLIC KEY") },
            Defect("request", .certificateRequest) { try Self.labeled("CERTIFICATE REQUEST") },
            Defect("an address", .address) { " HTTPS://idp.example/cert.pem" },
            Defect("a fingerprint of OpenSSL", .fingerprint) {
                "SHA256 Fingerprint=" + (try Message.certificate.get().sha256Fingerprint) + "\n"
            },
            Defect("a fingerprint in digits", .fingerprint) { String(repeating: "0aF9", count: 10) },
            Defect("PKCS #7", .envelope) { try Self.labeled("PKCS7") },
            Defect("PKCS #7 in base64", .envelope) { "MIIBAgYJKoZIhvcNAQcCoIIBAg==" },
            Defect("another PEM block", .notACertificate) { try Self.labeled("PGP MESSAGE") },
            Defect("metadata", .xml) { "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata'/>" },
            Defect("no END line", .damaged) { String(try Message.certificate.get().pem.dropLast(10)) },
            Defect("damaged base64", .damaged) {
                try Message.certificate.get().pem.replacingOccurrences(of: "MII", with: "M*I")
            },
            Defect("a line missing", .notACertificate) {
                var lines = try Message.certificate.get().pem.split(separator: "\n")
                lines.remove(at: 3)
                return lines.joined(separator: "\n")
            },
            Defect("bytes after the certificate", .damaged) {
                StrictBase64.encode(try Message.certificate.get().der + [0])
            },
            Defect("RSA of 1024 bits", .keyTooShort(1024)) { try Self.weak(1024) },
            Defect("RSA of 2047 bits", .keyTooShort(2047)) { try Self.weak(2047) },
            Defect("nine certificates", .tooMany) {
                try (0..<9).map { _ in try Message.certificate(of: try SigningKey.generate(.p256)).pem }.joined()
            },
            Defect("a ninth certificate, which is not read any more", .tooMany) {
                try (0..<8).map { _ in try Message.certificate(of: try SigningKey.generate(.p256)).pem }.joined()
                    + "-----BEGIN CERTIFICATE-----\n" + Self.weak(1024) + "\n-----END CERTIFICATE-----\n"
            },
            Defect("a chain", .chain) { try Fixture.text("certificates/chain.pem") },
            Defect("a key on another curve", .keyTypeUnsupported) { try Fixture.text("certificates/secp256k1.pem") },
            Defect("an Ed25519 key", .keyTypeUnsupported) { try Fixture.text("certificates/ed25519.pem") },
            Defect("a DSA key", .keyTypeUnsupported) { try Fixture.text("certificates/dsa.pem") },
            Defect("an RSA-PSS key", .keyTypeUnsupported) { try Fixture.text("certificates/rsa-pss.pem") },
            Defect("an RSA exponent of 33 bits", .keyExponentRefused) {
                try Fixture.text("certificates/rsa-long-exponent.pem")
            },
            Defect("a request for a certificate in base64", .certificateRequest) {
                try Fixture.text("certificates/request.base64")
            },
            Defect("a public key in base64", .publicKeyOnly) { try Fixture.text("certificates/public-key.base64") },
        ]
    }

    @Test(arguments: Defect.all)
    func refuses(defect: Defect) throws {
        let text = try defect.text()
        #expect(throws: defect.rejection) { try SigningCertificate.parse(text) }
        #expect(defect.rejection.description.hasSuffix("."))
    }

    @Test func withoutPrivateKeysIsTheRestOfAText() throws {
        let certificate = try Message.certificate.get().pem
        let key = try Message.key.get().pem()
        #expect(SigningCertificate.withoutPrivateKeys(in: certificate) == certificate)
        #expect(SigningCertificate.withoutPrivateKeys(in: "a\n\(key)\(certificate)\(key)b") == "a\n\n\(certificate)\nb")
        // One that was cut off goes on until the next block.
        let half = String(key.prefix(key.count / 2))
        #expect(SigningCertificate.withoutPrivateKeys(in: half + certificate + half) == certificate)
        let lines = key.split(separator: "\n")
        #expect(SigningCertificate.withoutPrivateKeys(in: lines.dropFirst().dropLast().joined()).isEmpty)
        #expect(SigningCertificate.withoutPrivateKeys(in: key.replacing("-----", with: "---")).isEmpty)
    }
}
