import FoundationEssentials
import SAML
import XMLSecurity

/// The messages of `portico-experiments` that were made to be slow, which are measured as they are.
struct SlowExperiment {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Tests/XMLSecurityTests/Fixtures/portico-experiments")

    /// The name of the file.
    let name: String
    /// What the file has, whose signature is not valid where it has one.
    let message: [UInt8]

    /// Every `q_*.xml`, in the order of their names.
    static func all() throws -> [SlowExperiment] {
        try FileManager.default.contentsOfDirectory(atPath: self.folder.path)
            .filter { $0.hasPrefix("q_") && $0.hasSuffix(".xml") }
            .sorted()
            .map { SlowExperiment(name: $0, message: Array(try Data(contentsOf: self.folder.appending(path: $0)))) }
    }

    /// The certificate under which the messages that they were made from are valid.
    static func certificates() throws -> [SigningCertificate] {
        let text = try Data(contentsOf: self.folder.appending(path: "idp.crt"))
        return try SigningCertificate.parse(String(decoding: text, as: UTF8.self))
    }

    /// What the messages that they were made from agree with.
    static func expectations() throws -> Expectations {
        try Expectations.measured(
            serviceProvider: "https://sp.example",
            identityProvider: "https://idp.example",
            assertionConsumerService: "https://sp.example/acs",
            requestID: "_q1",
            now: "2026-01-01T00:00:30Z"
        )
    }
}
