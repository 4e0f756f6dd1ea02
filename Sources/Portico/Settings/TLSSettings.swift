import FoundationEssentials
import NIOSSL

/// The certificate and key with which the gateway speaks TLS itself.
struct TLSSettings: Sendable {
    /// OpenSSL's view of both, checked to belong together.
    let context: NIOSSLContext

    /// The end of the certificate's validity; of the chain, that of the gateway's own.
    let certificateEnd: Date

    /// Loads both files; TLS 1.2 is the least, and clients choose between HTTP/2 and HTTP/1.1 (RFC 9113, 3.2).
    static func load(certificate: String, key: String) throws(SettingProblem) -> TLSSettings {
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
                certificateEnd: Date(timeIntervalSince1970: TimeInterval(own.notValidAfter))
            )
        } catch {
            throw SettingProblem(
                "and its key do not belong together",
                "give the private key that the certificate was made for"
            )
        }
    }
}
