import Foundation
import PostgreSQL
import Testing
import XMLSecurity

/// `portico doctor`.
@Suite("The doctor")
struct DoctorTests {
    @Test("It tells a dead upstream as a failure, with what to do, and the rest as it is")
    func upstream() async throws {
        let bench = try await CommandBench()
        let run = try await bench.run("doctor", "--public-url", "http://localhost:8080")
        #expect(run.status == 1)
        #expect(run.output.contains("ok       migrations"), "\(run.output)\(run.errors)")
        #expect(run.output.contains("FAILURE  upstream http://127.0.0.1:9"))
        #expect(run.output.contains("\n          → start the application"))
        #expect(!run.output.contains("\\u000a"))
    }

    /// How many days certificates have left, and what the doctor says of them.
    struct Ends: CustomTestStringConvertible, Sendable {
        let days: [Double]
        let words: String?

        var testDescription: String { self.days.map { "\($0)" }.joined(separator: ", ") }

        static let all = [
            Ends(days: [61.5], words: nil), Ends(days: [59.5], words: "a certificate ends in 59 days"),
            Ends(days: [300, 13.5], words: "a certificate ends in 13 days; another one lasts until"),
            Ends(days: [0.5], words: "a certificate ends in 0 days"),
            Ends(days: [-0.5], words: "a certificate ended 1 days ago; its key is still accepted"),
        ]
    }

    @Test("Q21 it tells certificates that end within 60 days, or have ended", arguments: Ends.all)
    func certificates(_ ends: Ends) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A")
        let now = Date()
        let texts = try ends.days.map { days in
            try SigningKey.generate(.p256)
                .selfSignedCertificate(
                    commonName: "idp.example",
                    notBefore: now.addingTimeInterval(-30 * 86_400),
                    notAfter: now.addingTimeInterval(days * 86_400)
                )
                .pem
        }
        let configured = try await bench.run(
            "saml",
            "configure",
            "company-a",
            "--sign-in-url",
            "https://idp.example/sso",
            "--issuer",
            "urn:idp",
            "--certificate",
            bench.file("idp.pem", texts.joined(separator: "\n"))
        )
        #expect(configured.status == 0, "\(configured.errors)")
        _ = try await bench.run("domain", "claim", "company-a", "company-a.example", "--operator-override")
        _ = try await bench.json("saml", "enable", "company-a")
        let output = try await bench.run("doctor").output
        if let words = ends.words {
            #expect(output.contains("warning  workspace company-a: \(words)"), "\(output)")
        } else {
            #expect(output.contains("ok       workspaces: 1, no certificate ends within 60 days"), "\(output)")
        }
    }

    @Test("A4 it tells of a workspace in use that nobody administers")
    func administrators() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "olga@company-a.example")
        #expect(
            try await bench.run("doctor").output.contains("ok       administrators: every workspace in use has one")
        )
        try await bench.change("UPDATE memberships SET is_owner = false, role = 'LABELER', state = 'ACTIVE'")
        let output = try await bench.run("doctor").output
        #expect(output.contains("warning  workspace company-a: it has no active administrator any more"), "\(output)")
        #expect(output.contains("portico member set-role company-a EMAIL ADMIN"))
    }

    @Test("It tells a database that does not answer")
    func database() async throws {
        let environment = [
            "PORTICO_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "PORTICO_UPSTREAM": "http://127.0.0.1:9",
            "PORTICO_PUBLIC_URL": "http://localhost:8080", "PORTICO_SECRET_KEY": SettingsExample.secretKey,
        ]
        let run = try await ProgramRun(["doctor"], environment: environment)
        #expect(run.status == 1)
        #expect(run.output.contains("FAILURE  database"))
    }
}
