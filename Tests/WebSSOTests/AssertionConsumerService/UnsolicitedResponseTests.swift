import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Testing
import Workspaces

@Suite("Sign-in that begins at the identity provider")
struct UnsolicitedResponseTests {
    private static let own = "/.portico/saml/company-own/acs"
    private static let relayState = #"{"companyId": "company-own"}"#

    /// Runs a test in a gateway where company-own allows it.
    private static func run(
        _ test: @Sendable (_ person: SignInExchange) async throws -> Void
    ) async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change(
                """
                UPDATE identity_providers SET allow_idp_initiated = true
                WHERE workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = 'company-own')
                """
            )
            try await test(SignInExchange(installation, client))
        }
    }

    /// A response that answers nothing, for an assertion consumer service.
    private static func response(
        _ person: SignInExchange,
        path: String = Self.own,
        serviceProvider: String = "portico",
        signing: ResponseDraft.Signing = .both,
        mutate: (inout ResponseDraft) throws -> Void = { _ in }
    ) throws -> String {
        let expectations = Expectations(
            serviceProvider: try #require(EntityID(serviceProvider)),
            identityProvider: person.installation.identityProvider.entityID,
            assertionConsumerService: "https://apps.example.com\(path)",
            requestID: nil,
            now: person.installation.clock.now
        )
        return try person.installation.identityProvider.response(
            to: expectations,
            attributes: [
                Attribute(name: "email", texts: ["ann@company-a.example"]),
                Attribute(name: "roles", texts: ["company-own_LABELER", "company-a_LABELER"]),
            ],
            signing: signing,
            mutate: mutate
        )
    }

    @Test func isLetInOnce() async throws {
        try await Self.run { person in
            let response = try Self.response(person)
            let answer = try await person.post(response, relayState: Self.relayState, to: Self.own)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/")
            #expect(person.sessionCookie != nil)
            let again = try await person.post(response, relayState: Self.relayState, to: Self.own)
            #expect(again.code == "replayed")
            #expect(try await StoredState.count("sessions", person.installation) == 1)
        }
    }

    @Test("X5 a workspace with an SP issuer of its own is known by it")
    func isLetInAtTheSharedEndpointUnderANameOfItsOwn() async throws {
        try await Self.run { person in
            let shared = "/.portico/saml/acs"
            try await person.installation.change("UPDATE identity_providers SET allow_idp_initiated = true")
            let relayState = #"{"companyId":"Company-A"}"#
            let ambiguous = try Self.response(person, path: shared)
            #expect(try await person.post(ambiguous, relayState: relayState).code == "unsolicited_refused")
            try await person.installation.change(
                "UPDATE workspaces SET sp_issuer = 'urn:a' WHERE company_id = 'company-a'"
            )
            let other = try Self.response(person, path: shared)
            #expect(try await person.post(other, relayState: relayState).code == "audience_mismatch")
            let named = try Self.response(person, path: shared, serviceProvider: "urn:a")
            #expect(try await person.post(named, relayState: relayState).status == .seeOther)
        }
    }

    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: RefusalCode
        var relayState: String? = UnsolicitedResponseTests.relayState
        var path = UnsolicitedResponseTests.own
        var change: String?
        var signing = ResponseDraft.Signing.both
        var mutate: @Sendable (inout ResponseDraft) throws -> Void = { _ in }

        static let all = [
            Defect(testDescription: "no RelayState", code: .relayStateEmpty, relayState: nil),
            Defect(testDescription: "an empty RelayState", code: .relayStateEmpty, relayState: ""),
            Defect(testDescription: "a RelayState that names nobody", code: .unsolicitedRefused, relayState: "x"),
            Defect(
                testDescription: "a workspace that does not allow it",
                code: .unsolicitedRefused,
                relayState: #"{"companyId":"company-a"}"#
            ),
            Defect(
                testDescription: "no such workspace",
                code: .unsolicitedRefused,
                relayState: #"{"companyId":"company-x"}"#
            ),
            Defect(testDescription: "the shared endpoint", code: .recipientMismatch, path: "/.portico/saml/acs"),
            Defect(
                testDescription: "D15 SAML switched off",
                code: .unsolicitedRefused,
                change: "UPDATE identity_providers SET enabled = false"
            ),
            Defect(
                testDescription: "D15 the workspace switched off",
                code: .unsolicitedRefused,
                change: "UPDATE workspaces SET status = 'disabled'"
            ),
            Defect(
                testDescription: "D15 authentication anew wanted",
                code: .unsolicitedRefused,
                change: "UPDATE identity_providers SET force_authn = true"
            ),
            Defect(
                testDescription: "D15 a signature policy that is not met",
                code: .signatureInvalid,
                change: "UPDATE identity_providers SET signature_policy = 'both'",
                signing: .assertion
            ),
            Defect(
                testDescription: "D15 encryption wanted",
                code: .decryptionFailed,
                change: "UPDATE identity_providers SET require_encryption = true"
            ),
            Defect(testDescription: "no signature", code: .signatureInvalid, signing: .nothing),
            Defect(testDescription: "another issuer", code: .issuerMismatch) {
                $0.header.issuer = Issuer("https://evil.example")
            },
            Defect(
                testDescription: "D04 an assertion that answers a request",
                code: .requestUnknownOrUsed,
                signing: .assertion
            ) { draft in
                let subject = try #require(draft.assertion?.subject)
                let data = try #require(subject.confirmations.first?.data)
                draft.assertion?.subject = Subject(
                    nameID: subject.nameID,
                    confirmations: [
                        SubjectConfirmation(
                            method: SubjectConfirmation.bearer,
                            data: SubjectConfirmationData(
                                notOnOrAfter: data.notOnOrAfter,
                                recipient: data.recipient,
                                inResponseTo: MessageID.random().value
                            )
                        )
                    ]
                )
            },
            Defect(testDescription: "no address", code: .emailMissing) { $0.assertion?.attributes = [] },
        ]
    }

    @Test(arguments: Defect.all)
    func isRefused(_ defect: Defect) async throws {
        try await Self.run { person in
            if let change = defect.change { try await person.installation.change(SQL(unsafeSQL: change)) }
            let before = try await StoredState.read(person.installation)
            let response = try Self.response(person, signing: defect.signing, mutate: defect.mutate)
            let answer = try await person.post(response, relayState: defect.relayState, to: defect.path)
            #expect(answer.code == defect.code.rawValue)
            #expect(answer.status.code == defect.code.httpStatus)
            #expect(answer.headers[values: .setCookie] == [])
            #expect(try await StoredState.read(person.installation) == before)
            #expect(try await StoredState.refusals(person.installation) == [defect.code.rawValue])
        }
    }
}
