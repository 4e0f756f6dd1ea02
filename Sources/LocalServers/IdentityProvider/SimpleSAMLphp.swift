package import Foundation

/// Debian's SimpleSAMLphp as an identity provider for the demonstration and the tests, under PHP's own server.
///
/// The people are in a JSON file that is read anew at every request, so a change counts at the next sign-in.
package final class SimpleSAMLphp: Sendable {
    /// Where Debian puts it.
    private static let installation = URL(filePath: "/usr/share/simplesamlphp", directoryHint: .isDirectory)

    /// The port on 127.0.0.1.
    package let port: Int

    /// The file that holds the people, an object of `Person` by user name.
    package let peopleFile: URL

    /// The certificate of the signing key, PEM.
    package let certificate: String

    private let server: ChildProcess

    /// The URL that everything of it begins with, with a slash at the end.
    package var baseURL: String { Self.baseURL(port: self.port) }

    /// Its entity id, which SAML calls the issuer.
    package var entityID: String { Self.entityID(port: self.port) }

    /// The URL that an AuthnRequest is sent to.
    package var signInURL: String { self.baseURL + "saml2/idp/SSOService.php" }

    /// Starts the identity provider.
    ///
    /// - Parameters:
    ///   - folder: Keeps its key, configuration, sessions and log; the key and the people are kept when they exist.
    ///   - port: The port on 127.0.0.1; nil for any free one.
    ///   - serviceProviders: Whom it answers.
    ///   - people: Written to the people file unless there is one.
    ///   - signing: What it signs.
    ///   - address: The IPv4 address to listen on; its URLs name 127.0.0.1 in any case, which is where a container's port
    ///     is published.
    /// - Returns: The identity provider, once it answers.
    /// - Throws: `LocalServerError`, with a sentence that says what to do.
    package static func start(
        in folder: URL,
        port: Int? = nil,
        serviceProviders: [ServiceProviderEntry],
        people: [String: Person],
        signing: ResponseSigning = .both,
        address: String = "127.0.0.1"
    ) async throws -> SimpleSAMLphp {
        let www = self.installation.appending(path: "www")
        guard FileManager.default.fileExists(atPath: www.path) else {
            throw LocalServerError.programMissing(name: "SimpleSAMLphp", package: "simplesamlphp")
        }
        if let port, !TCPPort.isFree(port, on: address) {
            throw LocalServerError.portTaken(host: address, port: port)
        }
        let layout = SimpleSAMLphpFolder(folder: folder)
        try layout.make(linkingTo: www)
        try await layout.makeKey()
        if !FileManager.default.fileExists(atPath: layout.people.path) {
            try self.write(people, to: layout.people)
        }
        var attempts = 0
        while true {
            let chosen = try port ?? TCPPort.free()
            try layout.writeConfiguration(
                baseURL: self.baseURL(port: chosen),
                entityID: self.entityID(port: chosen),
                serviceProviders: serviceProviders,
                signing: signing
            )
            do {
                return try await SimpleSAMLphp(layout: layout, address: address, port: chosen)
            } catch LocalServerError.endedEarly(_, let output)
                where port == nil && attempts < 5 && output.contains("in use")
            {
                attempts += 1
            }
        }
    }

    private init(layout: SimpleSAMLphpFolder, address: String, port: Int) async throws {
        self.port = port
        self.peopleFile = layout.people
        self.certificate = try String(contentsOf: layout.certificate, encoding: .utf8)
        // The server takes one request at a time in each worker; a browser opens several connections at once.
        let server = try ChildProcess(
            [
                "php", "-d", "display_errors=stderr", "-d", "opcache.enable=0", "-S", "\(address):\(port)", "-t",
                layout.documents.path,
            ],
            environment: [
                "SIMPLESAMLPHP_CONFIG_DIR": layout.configuration.path, "PHP_CLI_SERVER_WORKERS": "4",
            ],
            log: layout.log,
            stopSignal: .interrupt,
            gracePeriod: .seconds(3)
        )
        self.server = server
        try await Readiness.wait(for: "SimpleSAMLphp", server) { TCPPort.answers(port) }
    }

    /// The people that it knows now.
    ///
    /// - Throws: Foundation's error when the file cannot be read.
    package func people() throws -> [String: Person] {
        try JSONDecoder().decode([String: Person].self, from: Data(contentsOf: self.peopleFile))
    }

    /// Replaces the people; the next sign-in sees the change.
    ///
    /// - Throws: Foundation's error when the file cannot be written.
    package func setPeople(_ people: [String: Person]) throws {
        try Self.write(people, to: self.peopleFile)
    }

    /// The URL that ends the browser's session at the identity provider and then goes on to another.
    package func signOutURL(returningTo target: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        let encoded = target.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
        return "\(self.baseURL)module.php/core/as_logout.php?AuthId=people&ReturnTo=\(encoded)"
    }

    /// Stops the server and its workers.
    package func stop() async {
        await self.server.stop()
    }

    private static func baseURL(port: Int) -> String { "http://127.0.0.1:\(port)/simplesaml/" }

    private static func entityID(port: Int) -> String { self.baseURL(port: port) + "saml2/idp/metadata.php" }

    private static func write(_ people: [String: Person], to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(people).write(to: file, options: .atomic)
    }
}
