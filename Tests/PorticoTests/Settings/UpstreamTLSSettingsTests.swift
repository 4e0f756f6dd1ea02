import Foundation
import NIOSSL
import ReverseProxy
import Testing

@testable import Portico

@Suite("TLS of a route in the YAML file")
struct UpstreamTLSSettingsTests {
    /// Settings of `tls` and the mistake that they make.
    struct Defect: CustomTestStringConvertible, Sendable {
        let tls: String
        let mistake: String
        var upstream = "https://a"

        var testDescription: String { self.tls }
    }

    static let defects = [
        Defect(tls: "ca: MISSING", mistake: "ca in FILE names MISSING, which cannot be read"),
        Defect(tls: "ca: FOLDER", mistake: "ca in FILE names FOLDER, which has no PEM certificate"),
        Defect(tls: "ca: KEY", mistake: "ca in FILE names KEY, which has no PEM certificate"),
        Defect(
            tls: "certificate: MISSING, key: KEY",
            mistake: "certificate in FILE names MISSING, which cannot be read"
        ),
        Defect(
            tls: "certificate: KEY, key: KEY",
            mistake: "certificate in FILE names KEY, which has no PEM certificate"
        ),
        Defect(
            tls: "certificate: CERTIFICATE, key: MISSING",
            mistake: "key in FILE names MISSING, which cannot be read"
        ),
        Defect(
            tls: "certificate: CERTIFICATE, key: CERTIFICATE",
            mistake: "key in FILE names CERTIFICATE, which has no usable private key"
        ),
        Defect(
            tls: "certificate: CERTIFICATE, key: OTHER",
            mistake: "key in FILE does not belong to the certificate"
        ),
        Defect(tls: "certificate: CERTIFICATE", mistake: "certificate in FILE is set without key"),
        Defect(tls: "key: KEY", mistake: "key in FILE is set without certificate"),
        Defect(tls: "server_name: 127.0.0.1", mistake: "server_name in FILE is not a host name"),
        Defect(tls: "server_name: '::1'", mistake: "server_name in FILE is not a host name"),
        Defect(tls: "server_name: 'a:443'", mistake: "server_name in FILE is not a host name"),
        Defect(tls: "server_name: a/b", mistake: "server_name in FILE is not a host name"),
        Defect(tls: "verify: false", mistake: "verify in FILE is not a known key"),
        Defect(tls: "ca: CERTIFICATE", mistake: " in FILE is set although no upstream is https", upstream: "http://a"),
    ]

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let places = [
        "CERTIFICATE": Self.tests.appending(path: "ReverseProxyTests/Fixtures/gateway.pem").path,
        "KEY": Self.tests.appending(path: "ReverseProxyTests/Fixtures/gateway.key").path,
        "OTHER": Self.tests.appending(path: "FetchingTests/Fixtures/server.key").path,
        "MISSING": Self.tests.appending(path: "ReverseProxyTests/Fixtures/missing.pem").path,
        "FOLDER": Self.tests.path,
    ]

    private static func placed(_ text: String) -> String {
        Self.places.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }

    private static func file(upstream: String, tls: String) throws -> String {
        try SettingsExample.file("routes:\n  - {name: a, upstreams: ['\(upstream)'], tls: {\(Self.placed(tls))}}\n")
    }

    @Test("Each defect is told", arguments: Self.defects)
    func defectIsTold(_ defect: Defect) throws {
        let file = try Self.file(upstream: defect.upstream, tls: defect.tls)
        let mistakes = SettingsExample.mistakes(["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": nil])
        #expect(mistakes.count == 1)
        let key = defect.mistake.hasPrefix(" ") ? "routes[0].tls" : "routes[0].tls."
        let beginning = key + Self.placed(defect.mistake.replacing("FILE", with: file))
        #expect(mistakes.first?.hasPrefix(beginning) == true)
    }

    @Test("A route carries what was written")
    func everything() throws {
        let tls = "ca: CERTIFICATE, certificate: CERTIFICATE, key: KEY, server_name: reports.internal"
        let file = try Self.file(upstream: "https://a", tls: tls)
        let settings = try SettingsExample.input(["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": nil]).settings()
        let certificates = try NIOSSLCertificate.fromPEMFile(Self.placed("CERTIFICATE"))
        let expected = UpstreamTLS(
            authorities: certificates,
            certificates: certificates,
            key: try NIOSSLPrivateKey(file: Self.placed("KEY"), format: .pem),
            serverName: "reports.internal"
        )
        #expect(settings.routing.table.routes.first?.tls == expected)
    }
}
