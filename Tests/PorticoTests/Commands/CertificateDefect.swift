import Foundation
import Testing
import XMLSecurity

/// A text that somebody gives for a certificate by mistake.
struct CertificateDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let reason: String
    let text: @Sendable () throws -> String

    static let all: [CertificateDefect] = [
        CertificateDefect(testDescription: "no certificate at all", reason: "not an X.509 certificate") { "hello" },
        CertificateDefect(testDescription: "a private key", reason: "private key") {
            try SigningKey.generate(.p256).pem()
        },
        CertificateDefect(testDescription: "an RSA key of 1024 bits", reason: "at least 2048") {
            try SigningKey.generate(.rsa(bits: 1024))
                .selfSignedCertificate(commonName: "weak", notBefore: Date(), notAfter: Date() + 86_400).pem
        },
        CertificateDefect(testDescription: "metadata", reason: "XML") { "<EntityDescriptor/>" },
    ]
}
