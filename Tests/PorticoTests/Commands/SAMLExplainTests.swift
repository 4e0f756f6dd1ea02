import Foundation
import Logging
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import Workspaces
import XMLSecurity

@testable import Portico

/// `portico saml explain`, as a script calls it.
@Suite("Explaining a response on the command line")
struct SAMLExplainTests {
    /// A workspace, its identity provider, and what it has to answer.
    private struct Bench {
        let commands: CommandBench
        let identityProvider: TestIdentityProvider
        let expectations: Expectations

        static func make() async throws -> Bench {
            let commands = try await CommandBench()
            let identityProvider = try TestIdentityProvider()
            _ = try await commands.json("workspace", "create", "company-a", "--name", "A")
            _ = try await commands.json(
                "saml",
                "configure",
                "company-a",
                "--sign-in-url",
                "https://idp.example/sso",
                "--issuer",
                identityProvider.entityID.value,
                "--certificate",
                try commands.file("idp.pem", identityProvider.certificate.pem)
            )
            _ = try await commands.json("domain", "claim", "company-a", "a.example", "--operator-override")
            _ = try await commands.json("saml", "enable", "company-a")
            return Bench(
                commands: commands,
                identityProvider: identityProvider,
                expectations: Expectations(
                    serviceProvider: try #require(EntityID("portico")),
                    identityProvider: identityProvider.entityID,
                    assertionConsumerService: "https://apps.example.com/.portico/saml/acs",
                    requestID: MessageID("_request"),
                    now: try #require(SAMLInstant.parse("2026-03-01T12:00:00Z"))
                )
            )
        }

        /// A file with a response.
        func file(_ name: String, mutate: (inout ResponseDraft) throws -> Void = { _ in }) throws -> String {
            try self.commands.file(name, try self.field(mutate: mutate))
        }

        /// The form field of a response.
        func field(mutate: (inout ResponseDraft) throws -> Void = { _ in }) throws -> String {
            try self.identityProvider.response(
                to: self.expectations,
                attributes: [
                    Attribute(name: "email", texts: ["ann@a.example"]),
                    Attribute(name: "roles", texts: ["company-a_ADMIN"]),
                ],
                mutate: mutate
            )
        }
    }

    private static let time = ["--at", "2026-03-01T12:00:00Z"]

    @Test("A response that is right passes every check, as base64 and as XML")
    func accepted() async throws {
        let bench = try await Bench.make()
        let field = try bench.field()
        let xml = String(decoding: try #require(Data(base64Encoded: field)), as: UTF8.self)
        for file in [try bench.commands.file("field.txt", field + "\n"), try bench.commands.file("r.xml", "\n" + xml)] {
            let run = try await bench.commands.run(["saml", "explain", "company-a", file] + Self.time)
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.output.contains("pass  audience: wanted portico, got portico\n"))
            #expect(run.output.contains("pass  e-mail address"))
            #expect(run.output.contains("-     used before: not checked, because explaining uses nothing up"))
            #expect(!run.output.contains("FAIL"))
        }
        let json = try await bench.commands.json(
            "saml",
            "explain",
            "company-a",
            try bench.file("json.txt"),
            "--at",
            "2026-03-01T12:00:00Z"
        )
        #expect(json["outcome"] == .text("accepted"))
        #expect(json["company_id"] == .text("company-a"))
        #expect(json["at"] == .text("2026-03-01T12:00:00Z"))
        #expect(json["checks"].count == SignInCheck.Name.allCases.count)
        #expect(json["checks"][0]["check"] == .text("encoding"))
        #expect(json["checks"][0]["outcome"] == .text("passed"))
    }

    @Test("A response that is refused says what was wanted, what came and who must change it, with status 1")
    func refused() async throws {
        let bench = try await Bench.make()
        let file = try bench.file("audience.txt") {
            $0.assertion?.conditions = Conditions(conditions: [.audienceRestriction(["portico-b\u{7F}"])])
        }
        let run = try await bench.commands.run(["saml", "explain", "company-a", file] + Self.time)
        #expect(run.status == 1)
        #expect(
            run.output.contains(
                "FAIL  audience (audience_mismatch)\n      wanted  portico\n      got     portico-b\\u007f\n"
            )
        )
        #expect(run.output.contains("      → The identity provider's administrator sets the audience"))
        #expect(run.output.contains("-     e-mail address: not checked, because “audience” failed"))
        #expect(!run.output.contains("ann@a.example"))
        #expect(run.errors.hasPrefix("portico: the response is refused with audience_mismatch at “audience”."))
        #expect(run.errors.split(separator: "\n").count == 1)
        let json = try await bench.commands.run(["saml", "explain", "company-a", file, "--json"] + Self.time)
        #expect(json.status == 1)
        let document = try JSONDecoder().decode(JSONValue.self, from: Data(json.output.utf8))
        #expect(document["code"] == .text("audience_mismatch"))
        let index = try #require(SignInCheck.Name.allCases.firstIndex(of: .response(.audience)))
        let check = document["checks"][index]
        #expect(check["outcome"] == .text("failed"))
        #expect(check["responsible"] == .text("idp_admin"))
        #expect(check["wanted"] == .text("portico"))
        // Without --at the capture is months old.
        let late = try await bench.commands.run("saml", "explain", "company-a", try bench.file("late.txt"))
        #expect(late.errors.contains("expired_or_not_yet_valid"), "\(late.errors)")
        let other = try await bench.commands.run(
            ["saml", "explain", "company-a", try bench.file("other.txt"), "--request-id", "_other"] + Self.time
        )
        #expect(other.errors.contains("request_unknown_or_used"), "\(other.errors)")
    }

    @Test("A refused sign-in is found by the id on its error page")
    func attempt() async throws {
        let commands = try await CommandBench()
        _ = try await commands.json("workspace", "create", "company-a", "--name", "A")
        let requestID = RequestID.random()
        try await Self.refuse(requestID, in: commands)
        let run = try await commands.run("saml", "explain", "company-a", "--attempt", requestID.value)
        #expect(run.status == 1)
        #expect(run.output.contains("FAIL  audience (audience_mismatch)\n      wanted  portico\n"), "\(run.output)")
        #expect(run.output.contains("      → The identity provider's administrator sets the audience"))
        #expect(run.errors.contains("the response is refused with audience_mismatch"))
        let missing = try await commands.run("saml", "explain", "company-a", "--attempt", "abcdefgh12345678")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("attempts are kept for 14 days"))
    }

    /// Writes a refused sign-in down, as the gateway does.
    private static func refuse(_ requestID: RequestID, in commands: CommandBench) async throws {
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: try #require(commands.databaseURI),
                sessionRole: StorageRole.service
            ),
            logger: Logger(label: "explain-tests")
        )
        do {
            let company = try #require(CompanyID("company-a"))
            let configured = try await WorkspaceDirectory(pool: pool).configuredWorkspace(companyID: company)
            let id = try #require(configured).workspace.id
            let check = SignInCheck(
                .response(.audience),
                .failed(.audienceMismatch, .identityProviderAdministrator),
                wanted: "portico",
                got: .open("portico-b")
            )
            let now = Date()
            try await SignInStore(pool: pool)
                .refuse(
                    WorkspaceScope(id),
                    consuming: nil,
                    attempt: SignInAttempt(
                        requestID: requestID,
                        occurredAt: now,
                        code: .audienceMismatch,
                        checks: [check]
                    ),
                    event: AuditEvent(
                        time: now,
                        workspaceID: id,
                        actor: .identityProvider,
                        action: .signIn,
                        outcome: .refused(.audienceMismatch)
                    )
                )
        } catch {
            await pool.shutDown()
            throw error
        }
        await pool.shutDown()
    }

    @Test(
        "Wrong usage is told with status 2",
        arguments: [
            ["company-a"], ["company-a", "x", "--attempt", "abc"], ["company-a", "--attempt", "a b"],
            ["company-a", "x", "--request-id", "a b"], ["company-a", "x", "--at", "yesterday"],
            ["company-a", "--attempt", "abc", "--at", "24h"],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        let run = try await ProgramRun(["saml", "explain"] + arguments)
        #expect(run.status == 2, "\(run.errors)")
    }

    @Test("What cannot be read or compared is refused in one line")
    func refusals() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        let empty = try bench.file("empty.txt", "\n")
        let field = try bench.file("field.txt", "AAAA")
        for (file, line) in [
            ("/nonexistent", "cannot be read"), (empty, "is empty"), (field, "has no identity provider"),
        ] {
            let run = try await bench.run("saml", "explain", "company-a", file)
            #expect(run.status == 1)
            #expect(run.errors.contains(line), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
        }
    }

    @Test(
        "A capture is XML, base64, percent-encoded base64, or a whole form",
        arguments: [
            ("<a/>", "PGEvPg=="), (" \n<a/>", "PGEvPg=="), ("PGEvPg==\n", "PGEvPg==\n"), ("PGEvPg%3D%3D", "PGEvPg=="),
            ("SAMLResponse=PGEvPg%3D%3D&RelayState=x", "PGEvPg=="), ("RelayState=x&SAMLResponse=PGEvPg==", "PGEvPg=="),
            ("", ""),
        ]
    )
    func captures(_ content: String, _ field: String) {
        #expect(CapturedResponse.field(Array(content.utf8)) == field)
    }
}
