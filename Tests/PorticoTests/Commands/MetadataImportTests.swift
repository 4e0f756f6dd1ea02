import Foundation
import Testing
import XMLSecurity

/// `portico saml configure --metadata`, as a script calls it.
@Suite("Import of metadata")
struct MetadataImportTests {
    private static func bench() async throws -> CommandBench {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A")
        return bench
    }

    @Test("A first import is shown with fingerprints and saved, without a question where nobody can answer")
    func first() async throws {
        let bench = try await Self.bench()
        let certificates = [try MetadataText.certificate("one"), try MetadataText.certificate("two")]
        let file = try bench.file("idp.xml", MetadataText.document(certificates))
        let run = try await bench.run("saml", "configure", "company-a", "--metadata", file)
        #expect(run.status == 0, "\(run.errors)")
        for part in ["sign_in_url: - → https://idp.example/sso", "issuer: - → https://idp.example/metadata"]
            + certificates.map(\.sha256Fingerprint) + ["certificate added: CN=one, ECDSA P-256", "is configured"]
        {
            #expect(run.output.contains(part), "\(part)")
        }
        let shown = try await bench.json("saml", "show", "company-a")
        #expect(shown["sign_in_url"] == .text("https://idp.example/sso"))
        #expect(shown["issuer"] == .text("https://idp.example/metadata"))
        #expect(shown["certificates"].count == 2)
    }

    @Test("A rollover shows what is added, kept and removed, in JSON as well")
    func rollover() async throws {
        let bench = try await Self.bench()
        let (old, kept, new) = (
            try MetadataText.certificate("old"), try MetadataText.certificate("kept"),
            try MetadataText.certificate("new")
        )
        let before = try bench.file("before.xml", MetadataText.document([old, kept]))
        let after = try bench.file(
            "after.xml",
            MetadataText.document(
                [kept, new],
                attributes: "cacheDuration=\"PT6H\" validUntil=\"2999-01-01T00:00:00Z\""
            )
        )
        _ = try await bench.json("saml", "configure", "company-a", "--metadata", before, "--attributes", "roles=role")
        let tried = try await bench.json("saml", "configure", "company-a", "--metadata", after, "--dry-run")
        #expect(tried["saved"] == .bool(false))
        #expect(try await bench.json("saml", "show", "company-a")["certificates"][1]["subject"] == .text("CN=kept"))
        let changed = try await bench.json("saml", "configure", "company-a", "--metadata", after, "--yes")
        #expect(changed["saved"] == .bool(true))
        #expect(changed["company_id"] == .text("company-a"))
        #expect(changed["entity_id"] == .text("https://idp.example/metadata"))
        #expect(changed["differences"].count == 1)
        #expect(changed["differences"][0]["field"] == .text("certificates"))
        #expect(changed["valid_until"] == .text("2999-01-01T00:00:00Z"))
        #expect(changed["cache_duration_seconds"] == .number(21_600))
        for (index, (state, certificate)) in [("kept", kept), ("added", new), ("removed", old)].enumerated() {
            #expect(changed["certificates"][index]["state"] == .text(state))
            #expect(changed["certificates"][index]["sha256_fingerprint"] == .text(certificate.sha256Fingerprint))
        }
        let again = try await bench.json("saml", "configure", "company-a", "--metadata", after)
        #expect(again["saved"] == .bool(false))
        #expect(again["differences"].count == 0)
        let shown = try await bench.json("saml", "show", "company-a")
        #expect(shown["attributes"]["roles"] == .text("role"))
        #expect(shown["certificates"][0]["subject"] == .text("CN=kept"))
    }

    @Test("The binding follows what is asked for, what is set, and what the metadata offers")
    func binding() async throws {
        let bench = try await Self.bench()
        let certificate = try MetadataText.certificate()
        let redirect = try bench.file("redirect.xml", MetadataText.document([certificate]))
        let post = try bench.file("post.xml", MetadataText.document([certificate], binding: "HTTP-POST"))
        _ = try await bench.json("saml", "configure", "company-a", "--metadata", post)
        #expect(try await bench.json("saml", "show", "company-a")["request_binding"] == .text("post"))
        _ = try await bench.json("saml", "configure", "company-a", "--metadata", redirect)
        #expect(try await bench.json("saml", "show", "company-a")["request_binding"] == .text("redirect"))
        let run = try await bench.run(
            "saml",
            "configure",
            "company-a",
            "--metadata",
            redirect,
            "--request-binding",
            "post"
        )
        #expect(run.status == 1)
        #expect(run.errors.contains("no sign-in service for this binding"), "\(run.errors)")
    }

    @Test("The single logout service comes along, unless a flag names one; metadata without one changes nothing")
    func singleLogout() async throws {
        let bench = try await Self.bench()
        let certificate = try MetadataText.certificate()
        let services = ["HTTP-POST", "HTTP-Redirect"]
            .map { binding in
                "<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:\(binding)\""
                    + " Location=\"https://idp.example/\(binding)\" ResponseLocation=\"https://idp.example/answers\"/>"
            }
        let file = try bench.file("idp.xml", MetadataText.document([certificate], services: services.joined()))
        let bare = try bench.file("bare.xml", MetadataText.document([certificate]))
        let importing = ["saml", "configure", "company-a", "--metadata"]
        for (arguments, url, binding, answers) in [
            ([file], "https://idp.example/HTTP-Redirect", "redirect", "https://idp.example/answers"),
            ([bare], "https://idp.example/HTTP-Redirect", "redirect", "https://idp.example/answers"),
            ([file, "--slo-binding", "post"], "https://idp.example/HTTP-POST", "post", "https://idp.example/answers"),
            (
                [file, "--slo-url", "https://idp.example/other", "--slo-response-url", ""],
                "https://idp.example/other", "post", nil
            ),
        ] {
            _ = try await bench.json(importing + arguments)
            let shown = try await bench.json("saml", "show", "company-a")
            #expect(shown["slo_url"] == .text(url))
            #expect(shown["slo_binding"] == .text(binding))
            #expect(shown["slo_response_url"] == (answers.map { .text($0) } ?? .null))
        }
    }

    @Test("A list is imported by the entity's name")
    func list() async throws {
        let bench = try await Self.bench()
        let certificate = try MetadataText.certificate()
        let entities = ["urn:a", "urn:b"].map { MetadataText.document([certificate], entityID: $0) }.joined()
        let list = "<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\">\(entities)</EntitiesDescriptor>"
        let file = try bench.file("federation.xml", list)
        let unnamed = try await bench.run("saml", "configure", "company-a", "--metadata", file)
        #expect(unnamed.status == 1)
        #expect(unnamed.errors.contains("urn:a, urn:b. The flag is --entity-id"), "\(unnamed.errors)")
        _ = try await bench.json("saml", "configure", "company-a", "--metadata", file, "--entity-id", "urn:b")
        #expect(try await bench.json("saml", "show", "company-a")["issuer"] == .text("urn:b"))
    }

    @Test("Metadata is fetched from https, from this machine only where the operator allows it")
    func fetched() async throws {
        let certificate = try MetadataText.certificate()
        let server = try await MetadataServer.start(MetadataText.document([certificate]))
        let strict = try await Self.bench().changed("SSL_CERT_FILE", to: MetadataServer.authority)
        let refused = try await strict.run("saml", "configure", "company-a", "--metadata", server.url)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("has the address 127.0.0.1, which is not of the public Internet"))
        let plain = try await strict.run("saml", "configure", "company-a", "--metadata", "http://idp.example/metadata")
        #expect(plain.status == 1)
        #expect(plain.errors.contains("This is not an https URL"))

        let bench = strict.changed("PORTICO_FETCH_ALLOW", to: "127.0.0.0/8")
        let change = try await bench.json("saml", "configure", "company-a", "--metadata", server.url)
        #expect(change["source"] == .text(server.url))
        #expect(change["certificates"][0]["sha256_fingerprint"] == .text(certificate.sha256Fingerprint))
        #expect(try await bench.json("saml", "show", "company-a")["sign_in_url"] == .text("https://idp.example/sso"))
        try await server.stop()
    }

    /// What is refused: the document, and the words that say so.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let words: String
        let document: @Sendable (SigningCertificate) -> String

        init(_ testDescription: String, _ words: String, _ document: @escaping @Sendable (SigningCertificate) -> String)
        {
            self.testDescription = testDescription
            self.words = words
            self.document = document
        }

        static let all = [
            Refusal("a certificate", "This is a certificate or a key") { $0.pem },
            Refusal("plain http", "sign_in_url: Plain http") {
                MetadataText.document([$0], signInURL: "http://idp.example/sso")
            },
            Refusal("plain http on this machine", "only while PUBLIC_URL itself is http://localhost") {
                MetadataText.document([$0], signInURL: "http://127.0.0.1/sso")
            },
            Refusal("a password in the URL", "sign_in_url: It holds a user name") {
                MetadataText.document([$0], signInURL: "https://ann:secret@idp.example/sso")
            },
            Refusal("expired metadata", "was valid until 2020-01-01T00:00:00Z") {
                MetadataText.document([$0], attributes: "validUntil=\"2020-01-01T00:00:00Z\"")
            },
            Refusal("no certificate", "no certificate that the identity provider signs with") { _ in
                MetadataText.document([])
            },
            Refusal("an empty file", "is empty") { _ in "" },
            Refusal("a large file", "longer than 1 MiB") { _ in String(repeating: " ", count: 1024 * 1024 + 1) },
        ]
    }

    @Test("What cannot be imported is refused in one line, and nothing is saved", arguments: Refusal.all)
    func refusals(_ refusal: Refusal) async throws {
        let bench = try await Self.bench()
        let file = try bench.file("idp.xml", try refusal.document(MetadataText.certificate()))
        let run = try await bench.run("saml", "configure", "company-a", "--metadata", file)
        #expect(run.status == 1)
        #expect(run.errors.contains(refusal.words), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(try await bench.json("saml", "show", "company-a")["issuer"] == .null)
    }

    @Test("A name in a document gives a terminal no orders")
    func controlCharacters() async throws {
        let bench = try await Self.bench()
        let document = MetadataText.document([try MetadataText.certificate()], entityID: "urn:\u{9B}2Jidp")
        let file = try bench.file("idp.xml", document)
        let run = try await bench.run("saml", "configure", "company-a", "--metadata", file, "--entity-id", "urn:idp")
        #expect(run.status == 1)
        #expect(run.errors.contains("its identity providers are urn:\\u009b2Jidp"), "\(run.errors)")
    }

    @Test(
        "Metadata stands instead of the three flags, and its flags go with it",
        arguments: [
            ["--metadata", "idp.xml", "--issuer", "urn:idp"],
            ["--metadata", "idp.xml", "--sign-in-url", "https://idp"],
            ["--metadata", "idp.xml", "--certificate", "idp.pem"], ["--issuer", "urn:idp", "--entity-id", "urn:idp"],
            ["--issuer", "urn:idp", "--yes"], ["--metadata", "idp.xml", "--entity-id", ""],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        let run = try await ProgramRun(["saml", "configure", "company-a"] + arguments)
        #expect(run.status == 2)
    }
}
