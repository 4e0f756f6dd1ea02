import Crypto
import Foundation
import NIOSSL

/// The certificate and key with which the gateway speaks TLS itself.
struct TLSSettings: Sendable {
    /// OpenSSL's view of both, checked to belong together.
    let context: NIOSSLContext

    /// The end of the certificate's validity; of the chain, that of the gateway's own.
    let certificateEnd: Date

    /// The path of the file with the certificate chain.
    let certificateFile: String

    /// The path of the file with the key.
    let keyFile: String

    /// What tells whether the files have changed since; taken before they were loaded.
    let digest: SHA256.Digest

    /// Loads both files; TLS 1.2 is the least, and clients choose between HTTP/2 and HTTP/1.1 (RFC 9113, 3.2).
    static func load(certificate: String, key: String) throws(SettingProblem) -> TLSSettings {
        let digest = Self.digest(certificate: certificate, key: key)
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
        } catch {
            throw SettingProblem("does not contain a PEM certificate", "give the file with the certificate chain")
        }
        guard let own = chain.first else {
            throw SettingProblem("does not contain a PEM certificate", "give the file with the certificate chain")
        }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw SettingProblem(
                "has no usable key beside it",
                "let PORTICO_TLS_KEY name a PEM private key without a passphrase"
            )
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        do {
            return TLSSettings(
                context: try NIOSSLContext(configuration: configuration),
                certificateEnd: Date(timeIntervalSince1970: TimeInterval(own.notValidAfter)),
                certificateFile: certificate,
                keyFile: key,
                digest: digest
            )
        } catch {
            throw SettingProblem(
                "and its key do not belong together",
                "give the private key that the certificate was made for"
            )
        }
    }

    /// A digest of what both files hold; a file that cannot be read holds nothing.
    static func digest(certificate: String, key: String) -> SHA256.Digest {
        var hash = SHA256()
        for path in [certificate, key] {
            hash.update(data: Data(SHA256.hash(data: FileManager.default.contents(atPath: path) ?? Data())))
        }
        return hash.finalize()
    }
}
