import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import Workspaces

@Suite("The record of a sign-in")
struct AttemptRecordTests {
    /// The attempts of company-a with the id that an error page shows.
    private static func attempts(_ page: TestResponse, _ installation: TestInstallation) async throws -> [SignInAttempt]
    {
        let requestID = try #require(page.headers[.xRequestID].flatMap { RequestID($0) })
        #expect(page.text.contains(requestID.value))
        return try await self.attempts(requestID, installation)
    }

    /// The attempts of company-a with an id, or all of them.
    private static func attempts(
        _ requestID: RequestID?,
        _ installation: TestInstallation
    ) async throws -> [SignInAttempt] {
        let company = try #require(CompanyID("company-a"))
        let configured = try await WorkspaceDirectory(pool: installation.database.pool)
            .configuredWorkspace(companyID: company)
        let scope = WorkspaceScope(try #require(configured).workspace.id)
        return try await SignInAttemptStore(pool: installation.database.pool).attempts(scope, requestID: requestID)
    }

    /// The attempt that belongs to no workspace, read as who may read it.
    private static func attemptWithoutWorkspace(
        _ page: TestResponse,
        _ installation: TestInstallation
    ) async throws -> SignInAttempt? {
        let requestID = try #require(page.headers[.xRequestID].flatMap { RequestID($0) })
        return try await SignInAttemptStore(pool: installation.database.inspection)
            .attemptWithoutWorkspace(requestID: requestID)
    }

    @Test(arguments: ResponseDefect.all)
    func isFoundByTheIDOnTheErrorPage(_ defect: ResponseDefect) async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let page = try await defect.post(person, received)
            let kept = try await Self.attempts(page, installation)
            // What leads to no stored request belongs to no workspace, and its list is the operator's.
            let loose = try await Self.attemptWithoutWorkspace(page, installation)
            let attempt = try #require(kept.first ?? loose)
            #expect(kept.isEmpty == (loose != nil))
            #expect(attempt.checks.count == SignInCheck.Name.allCases.count)
            let failed = attempt.checks.first { $0.code != nil }
            #expect(failed?.code == defect.loggedCode)
            #expect(attempt.code == defect.loggedCode)
            #expect(failed?.remedy != nil)
            #expect(failed?.wanted != nil)
        }
    }

    @Test func tellsEveryMismatchAtOnceAndNobodysName() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received, email: "ann.secret@company-a.example") {
                $0.header.destination = "https://b.example/acs"
                $0.assertion?.conditions = Conditions(conditions: [.audienceRestriction(["portico-b"])])
                let confirmations = $0.assertion?.subject?.confirmations ?? []
                $0.assertion?.subject = Subject(
                    nameID: NameID(value: "name-id-secret"),
                    confirmations: confirmations
                )
            }
            let page = try await person.post(response, relayState: received.relayState)
            #expect(page.code == "recipient_mismatch")
            let checks = try #require(try await Self.attempts(page, installation).first).checks
            #expect(checks.filter { $0.code != nil }.map(\.name) == [.response(.destination), .response(.audience)])
            #expect(checks.first { $0.name == .response(.audience) }?.got == .open("portico-b"))
            #expect(checks.first { $0.name == .step(.browser) }?.outcome == .passed)
            let rows = try await installation.database.inspection.query(
                "SELECT checks::text AS t FROM sign_in_attempts"
            )
            let text: String = try rows.singleRow().value("t")
            for secret in ["secret", "<saml", "SignatureValue", "_ADMIN"] {
                #expect(!text.contains(secret), "\(secret)")
            }
        }
    }

    @Test func ofAnAddressThatIsNoneHasNoAddress() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received, email: "ann.secret at home")
            let page = try await person.post(response, relayState: received.relayState)
            let checks = try #require(try await Self.attempts(page, installation).first).checks
            let failed = try #require(checks.first { $0.code != nil })
            #expect(failed.name == .step(.email))
            #expect(failed.got == nil)
        }
    }

    @Test func ofASignInThatSucceedsHasEveryCheckAndNobodysName() async throws {
        try await TestInstallation.run { installation, client in
            try await SignInExchange(installation, client).signIn()
            let kept = try await Self.attempts(nil, installation)
            #expect(kept.map(\.code) == [nil])
            let checks = try #require(kept.first).checks
            for rule in ResponseCheck.Rule.allCases {
                #expect(checks.contains { $0.name == .response(rule) }, "\(rule)")
            }
            for check in checks {
                #expect(check.code == nil)
                #expect(!"\(check)".contains("ann@"))
            }
        }
    }

    @Test func ofAFailureAtTheIdentityProviderHasItsOwnWordsApartFromTheChecks() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let code = "urn:oasis:names:tc:SAML:2.0:status:Responder"
            let words = "ann.secret is not assigned to the application"
            let response = try person.response(to: received) {
                $0.header.status = Status(code: code, message: words)
                $0.assertion = nil
            }
            let page = try await person.post(response, relayState: received.relayState)
            #expect(page.code == "status_not_success")
            let attempt = try #require(try await Self.attempts(page, installation).first)
            #expect(attempt.findings == SignInFindings(statusCodes: [code], statusMessage: words))
            #expect(attempt.got == code)
            let rows = try await installation.database.inspection.query(
                "SELECT (SELECT checks::text FROM sign_in_attempts) || string_agg(detail::text, '') AS t FROM audit_events"
            )
            #expect(!(try rows.singleRow().value("t", as: String.self)).contains("secret"))
        }
    }
}
