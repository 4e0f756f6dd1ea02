import Foundation

/// The files that SimpleSAMLphp reads and writes, and the configuration that they make up.
struct SimpleSAMLphpFolder {
    let folder: URL

    /// The document root: one link, to SimpleSAMLphp's `www`.
    var documents: URL { self.folder.appending(path: "documents", directoryHint: .isDirectory) }
    /// What `SIMPLESAMLPHP_CONFIG_DIR` names.
    var configuration: URL { self.folder.appending(path: "configuration", directoryHint: .isDirectory) }
    var people: URL { self.folder.appending(path: "people.json") }
    var certificate: URL { self.keys.appending(path: "idp.crt") }
    var log: URL { self.folder.appending(path: "simplesamlphp.log") }

    private var keys: URL { self.folder.appending(path: "keys", directoryHint: .isDirectory) }
    private var metadata: URL { self.folder.appending(path: "metadata", directoryHint: .isDirectory) }
    private var sessions: URL { self.folder.appending(path: "sessions", directoryHint: .isDirectory) }
    private var temporary: URL { self.folder.appending(path: "temporary", directoryHint: .isDirectory) }

    /// Makes the folders, closed to other accounts because they hold a private key.
    func make(linkingTo www: URL) throws {
        let files = FileManager.default
        for folder in [
            self.folder, self.documents, self.configuration, self.keys, self.metadata, self.sessions, self.temporary,
        ] {
            try files.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        let link = self.documents.appending(path: "simplesaml")
        try? files.removeItem(at: link)
        try files.createSymbolicLink(at: link, withDestinationURL: www)
    }

    /// Makes the signing key and its certificate unless they are there.
    func makeKey() async throws {
        let key = self.keys.appending(path: "idp.pem")
        let files = FileManager.default
        if files.fileExists(atPath: key.path), files.fileExists(atPath: self.certificate.path) { return }
        try await Command.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-sha256", "-days", "3650",
                "-subj", "/CN=Portico demonstration identity provider", "-keyout", key.path,
                "-out", self.certificate.path,
            ],
            log: self.folder.appending(path: "openssl.log")
        )
    }

    /// Writes the configuration and metadata that SimpleSAMLphp reads at every request.
    func writeConfiguration(
        baseURL: String,
        entityID: String,
        serviceProviders: [ServiceProviderEntry],
        signing: ResponseSigning
    ) throws {
        try self.write(
            self.mainConfiguration(baseURL: baseURL, serviceProviders: serviceProviders),
            to: self.configuration.appending(path: "config.php")
        )
        try self.write(
            """
            <?php
            $config = [
                'people' => ['exampleauth:UserPass'],
            ];
            foreach (json_decode(file_get_contents(\(php(self.people.path))), true) as $name => $person) {
                $config['people'][$name . ':' . $person['password']] = $person['attributes'];
            }
            """,
            to: self.configuration.appending(path: "authsources.php")
        )
        try self.write(
            self.identityProviderMetadata(entityID: entityID, signing: signing),
            to: self.metadata.appending(path: "saml20-idp-hosted.php")
        )
        try self.write(
            self.serviceProviderMetadata(serviceProviders),
            to: self.metadata.appending(path: "saml20-sp-remote.php")
        )
    }

    private func mainConfiguration(baseURL: String, serviceProviders: [ServiceProviderEntry]) -> String {
        // Where it may send a browser back to after sign-out.
        let origins = Set(
            serviceProviders.flatMap(\.assertionConsumerServices)
                .compactMap { address -> String? in
                    guard let parts = URLComponents(string: address), let host = parts.host else { return nil }
                    return parts.port.map { "\(host):\($0)" } ?? host
                }
        )
        // The cookies cross no site: the browser comes by GET and every form is the identity provider's own.
        return """
            <?php
            $config = [
                'baseurlpath' => \(php(baseURL)),
                'certdir' => \(php(self.keys.path + "/")),
                'loggingdir' => \(php(self.folder.path + "/")),
                'datadir' => \(php(self.folder.path + "/")),
                'tempdir' => \(php(self.temporary.path)),
                'metadatadir' => \(php(self.metadata.path)),
                'secretsalt' => \(php(secret())),
                'auth.adminpassword' => \(php(secret())),
                'technicalcontact_name' => 'Portico demonstration',
                'technicalcontact_email' => 'na@example.org',
                'timezone' => 'UTC',
                'trusted.url.domains' => [\(origins.sorted().map { php($0) }.joined(separator: ", "))],
                'showerrors' => true,
                'errorreporting' => false,
                'logging.handler' => 'errorlog',
                'logging.level' => SimpleSAML\\Logger::WARNING,
                'enable.saml20-idp' => true,
                'module.enable' => ['core' => true, 'saml' => true, 'exampleauth' => true],
                'session.cookie.name' => 'PorticoDemoIdPSession',
                'session.phpsession.cookiename' => 'PorticoDemoIdP',
                'session.authtoken.cookiename' => 'PorticoDemoIdPToken',
                'session.phpsession.savepath' => \(php(self.sessions.path)),
                'session.cookie.secure' => false,
                'session.cookie.samesite' => 'Lax',
                'language.available' => ['en'],
                'language.default' => 'en',
                'language.cookie.secure' => false,
                'language.cookie.samesite' => 'Lax',
                'theme.use' => 'default',
                'store.type' => 'phpsession',
                'metadata.sources' => [['type' => 'flatfile']],
                'proxy' => null,
            ];
            """
    }

    private func identityProviderMetadata(entityID: String, signing: ResponseSigning) -> String {
        """
        <?php
        $metadata[\(php(entityID))] = [
            'host' => '__DEFAULT__',
            'privatekey' => 'idp.pem',
            'certificate' => 'idp.crt',
            'auth' => 'people',
            'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
            'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
            'saml20.sign.assertion' => \(signing == .response ? "false" : "true"),
            'saml20.sign.response' => \(signing == .assertion ? "false" : "true"),
            'NameIDFormat' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
            'authproc' => [
                10 => [
                    'class' => 'saml:AttributeNameID',
                    'attribute' => 'email',
                    'Format' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
                ],
            ],
        ];
        """
    }

    private func serviceProviderMetadata(_ serviceProviders: [ServiceProviderEntry]) -> String {
        let entries = serviceProviders.map { provider in
            let services = provider.assertionConsumerServices.enumerated()
                .map { index, location in
                    """
                            [
                                'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
                                'Location' => \(php(location)),
                                'index' => \(index),
                            ],
                    """
                }
            return """
                $metadata[\(php(provider.entityID))] = [
                    'NameIDFormat' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
                    'AssertionConsumerService' => [
                \(services.joined(separator: "\n"))
                    ],
                ];
                """
        }
        return (["<?php"] + entries).joined(separator: "\n")
    }

    private func write(_ text: String, to file: URL) throws {
        try Data((text + "\n").utf8).write(to: file, options: .atomic)
    }

    /// A PHP string literal.
    private func php(_ text: String) -> String {
        let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "'", with: "\\'")
        return "'\(escaped)'"
    }

    private func secret() -> String {
        (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
    }
}
