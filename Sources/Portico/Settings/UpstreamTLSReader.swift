import NIOCore
import NIOSSL
import ReverseProxy

/// Reads `tls` of a route; the files are read and held against each other, so that no request is the first to find out.
struct UpstreamTLSReader {
    private var entry: YAMLMapping

    /// Reads `entry`.
    init(_ entry: YAMLMapping) {
        self.entry = entry
    }

    /// The settings; nil where a mistake is reported.
    consuming func read(mistakes: inout [SettingMistake]) -> UpstreamTLS? {
        let earlier = mistakes.count
        let authorities = self.entry.value("ca", mistakes: &mistakes, parse: Self.certificates)
        let certificates = self.entry.value("certificate", mistakes: &mistakes, parse: Self.certificates)
        let key = self.entry.value("key", mistakes: &mistakes, parse: Self.key)
        let serverName = self.entry.value("server_name", mistakes: &mistakes, parse: Self.serverName)
        switch (self.entry.node("certificate"), self.entry.node("key")) {
        case (nil, nil), (_?, _?): break
        case (_?, nil):
            let problem = SettingProblem("is set without key", "set key to the file with its private key")
            mistakes.append(self.entry.mistake("certificate", problem))
        case (nil, _?):
            let problem = SettingProblem("is set without certificate", "set certificate to the file with the chain")
            mistakes.append(self.entry.mistake("key", problem))
        }
        mistakes += self.entry.unknownKeys()
        guard mistakes.count == earlier else { return nil }
        let tls = UpstreamTLS(
            authorities: authorities,
            certificates: certificates ?? [],
            key: key,
            serverName: serverName
        )
        do {
            _ = try tls.context()
            return tls
        } catch {
            let problem = SettingProblem(
                "does not belong to the certificate",
                "give the private key that the first certificate of the file was made for"
            )
            mistakes.append(self.entry.mistake("key", problem))
            return nil
        }
    }

    private static func certificates(_ path: String) throws(SettingProblem) -> [NIOSSLCertificate] {
        let file = try SettingSyntax.readableFile(path)
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(file), !certificates.isEmpty else {
            throw SettingProblem("names \(file), which has no PEM certificate", "give a file with certificates in PEM")
        }
        return certificates
    }

    private static func key(_ path: String) throws(SettingProblem) -> NIOSSLPrivateKey {
        let file = try SettingSyntax.readableFile(path)
        guard let key = try? NIOSSLPrivateKey(file: file, format: .pem) else {
            throw SettingProblem(
                "names \(file), which has no usable private key",
                "give a file with a private key in PEM, without a passphrase"
            )
        }
        return key
    }

    /// A host name, which an address is not (RFC 6066, 3).
    private static func serverName(_ text: String) throws(SettingProblem) -> String {
        let isAddress = (try? SocketAddress(ipAddress: text, port: 0)) != nil
        guard !isAddress, text.utf8.count <= 253, UpstreamURL("https://\(text)")?.host == text else {
            throw SettingProblem("is not a host name", "write the name in the upstream's certificate")
        }
        return text
    }
}
