import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import WebSSO
import Workspaces

@Suite("Explaining a captured response")
struct ResponseExplainerTests {
    /// An explainer for company-a of an installation.
    private static func explainer(
        _ installation: TestInstallation,
        keys: [SPKeyMaterial] = []
    ) async throws -> ResponseExplainer {
        let pool = installation.database.pool
        let company = try #require(CompanyID("company-a"))
        let found = try await WorkspaceDirectory(pool: pool).configuredWorkspace(companyID: company)
        let configured = try #require(found)
        return try #require(
            ResponseExplainer(
                configured: configured,
                site: installation.site,
                terms: ResponseExplainer.Terms(
                    keys: keys,
                    clockSkew: .seconds(60),
                    catalogue: .standard,
                    signUpPolicy: .open
                ),
                signIns: SignInStore(pool: pool),
                directory: WorkspaceDirectory(pool: pool)
            )
        )
    }

    private static func outcomes(_ explanation: ResponseExplanation) -> [SignInCheck.Name: SignInCheck.Outcome] {
        Dictionary(uniqueKeysWithValues: explanation.checks.map { ($0.name, $0.outcome) })
    }

    @Test func usesNothingUpAndWritesNothing() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received)
            let before = try await StoredState.read(installation)
            for _ in 0..<2 {
                let explanation = try await Self.explainer(installation)
                    .explain(response, requestID: nil, at: installation.clock.now)
                #expect(explanation.refusal == nil)
                #expect(explanation.checks.map(\.name) == SignInCheck.Name.allCases)
                let outcomes = Self.outcomes(explanation)
                #expect(outcomes[.step(.storedRequest)] == .passed)
                #expect(outcomes[.step(.seat)] == .passed)
                #expect(explanation.checks.first { $0.name == .step(.email) }?.got?.text == "ann@company-a.example")
                for step in [SignInStep.browser, .assertionConsumerService, .replay] {
                    guard case .notChecked = outcomes[.step(step)] else {
                        Issue.record("\(step) is told to be checked")
                        continue
                    }
                }
            }
            #expect(try await StoredState.read(installation) == before)
            #expect(try await StoredState.count("sign_in_attempts", installation) == 0)
            #expect(try await StoredState.refusals(installation).isEmpty)
            #expect(try await person.post(response, relayState: received.relayState).status == .seeOther)
        }
    }

    @Test func judgesAnOldCaptureAsOfItsTime() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received)
            #expect(try await person.post(response, relayState: received.relayState).status == .seeOther)
            let captured = installation.clock.now
            installation.clock.advance(by: 30 * 86_400)
            let explainer = try await Self.explainer(installation)
            let then = try await explainer.explain(response, requestID: received.request.id, at: captured)
            #expect(then.refusal == nil)
            #expect(
                Self.outcomes(then)[.step(.storedRequest)]
                    == .notChecked(because: "the request is no longer stored; it is taken for a sign-in, not a sign-up")
            )
            let now = try await explainer.explain(response, requestID: nil, at: installation.clock.now)
            #expect(now.refusal?.code == .expiredOrNotYetValid)
            let other = try await explainer.explain(response, requestID: MessageID("_other"), at: captured)
            #expect(other.refusal?.name == .response(.bearerConfirmation))
            #expect(other.refusal?.code == .requestUnknownOrUsed)
        }
    }

    @Test func namesNobodyOfAResponseThatIsRefused() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let explainer = try await Self.explainer(installation)
            let stranger = try TestIdentityProvider(entityID: installation.identityProvider.entityID.value)
            let refused = [
                try person.response(to: received, from: stranger),
                try person.response(to: received) { $0.signing = .nothing },
                try person.response(to: received) { $0.header.issuer = Issuer("https://b.example") },
                try person.response(to: received) { $0.assertion?.conditions = nil },
            ]
            for response in refused {
                let explanation = try await explainer.explain(response, requestID: nil, at: installation.clock.now)
                #expect(explanation.refusal != nil)
                #expect(!"\(explanation)".contains("ann@company-a.example"))
                guard case .notChecked = Self.outcomes(explanation)[.step(.email)] else {
                    Issue.record("an address was read")
                    continue
                }
            }
        }
    }

    @Test func tellsWhatTheWorkspaceWouldMakeOfThePerson() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let explainer = try await Self.explainer(installation)
            let stranger = try await explainer.explain(
                try person.response(to: received, email: "ann@b.example"),
                requestID: nil,
                at: installation.clock.now
            )
            #expect(stranger.refusal?.name == .step(.emailDomain))
            let unmapped = try await explainer.explain(
                try person.response(to: received, roles: ["Company Admins"]),
                requestID: nil,
                at: installation.clock.now
            )
            #expect(unmapped.refusal?.name == .step(.roles))
            #expect(unmapped.refusal?.got?.text.contains("“Company Admins”") == true)
            let unknown = try await explainer.explain(
                try person.response(to: received, roles: nil),
                requestID: nil,
                at: installation.clock.now
            )
            #expect(unknown.refusal?.code == .notRegistered)
        }
    }

    @Test func tellsARequestOfAnotherWorkspaceAndNone() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin("company-b")
            let explainer = try await Self.explainer(installation)
            let foreign = try await explainer.explain(
                try person.response(to: received),
                requestID: nil,
                at: installation.clock.now
            )
            #expect(foreign.refusal?.name == .step(.storedRequest))
            #expect(foreign.refusal?.code == .requestUnknownOrUsed)
            let unsolicited = try await explainer.explain(
                try person.response(to: received) { $0.header.inResponseTo = nil },
                requestID: nil,
                at: installation.clock.now
            )
            #expect(unsolicited.refusal?.code == .unsolicitedRefused)
            // Naming a request makes no answer of it: the assertion consumer service would find none.
            let named = try await explainer.explain(
                try person.response(to: received) { draft in
                    draft.signing = .assertion
                    draft.header.inResponseTo = nil
                },
                requestID: received.request.id,
                at: installation.clock.now
            )
            #expect(named.refusal?.name == .step(.storedRequest))
            #expect(named.refusal?.code == .unsolicitedRefused)
        }
    }

    @Test func tellsAnUnsolicitedResponseThatCouldBeForAnotherWorkspace() async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET allow_idp_initiated = true")
            let person = SignInExchange(installation, client)
            let response = try person.response(to: try await person.begin()) { draft in
                draft.header.inResponseTo = nil
                let subject = try #require(draft.assertion?.subject)
                let data = try #require(subject.confirmations.first?.data)
                draft.assertion?.subject = Subject(
                    nameID: subject.nameID,
                    confirmations: [
                        SubjectConfirmation(
                            method: SubjectConfirmation.bearer,
                            data: SubjectConfirmationData(
                                notOnOrAfter: data.notOnOrAfter,
                                recipient: data.recipient
                            )
                        )
                    ]
                )
            }
            let now = installation.clock.now
            let shared = try await Self.explainer(installation).explain(response, requestID: nil, at: now)
            #expect(shared.refusal?.name == .step(.storedRequest))
            try await installation.change("UPDATE workspaces SET sp_issuer = 'other' WHERE company_id <> 'company-a'")
            let alone = try await Self.explainer(installation).explain(response, requestID: nil, at: now)
            #expect(alone.refusal == nil)
        }
    }

    @Test func tellsARequestThatRanOut() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            installation.clock.advance(by: 601)
            let explanation = try await Self.explainer(installation)
                .explain(try person.response(to: received), requestID: nil, at: installation.clock.now)
            #expect(explanation.refusal?.name == .step(.storedRequest))
            #expect(explanation.refusal?.code == .requestUnknownOrUsed)
        }
    }

    @Test func tellsSettingsThatAreSwitchedOff() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            try await installation.change("UPDATE identity_providers SET enabled = false")
            let explanation = try await Self.explainer(installation)
                .explain(try person.response(to: received), requestID: nil, at: installation.clock.now)
            #expect(explanation.refusal?.code == .samlNotEnabled)
            // The rest is told all the same.
            #expect(Self.outcomes(explanation)[.response(.audience)] == .passed)
        }
    }

    @Test func readsAnEncryptedAssertionWithPorticosKeys() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let certificate = try #require(try installation.certificates(.encryption).first)
            let response = try person.response(to: received) {
                $0.encryption = AssertionEncryption(for: certificate)
            }
            let now = installation.clock.now
            let keys = try await SPKeyStore(pool: installation.database.pool)
                .opened(with: try TestKeys.secrets.get(), now: now)
            let opened = try await Self.explainer(installation, keys: keys)
                .explain(response, requestID: nil, at: now)
            #expect(opened.refusal == nil)
            let closed = try await Self.explainer(installation).explain(response, requestID: nil, at: now)
            #expect(closed.refusal?.name == .response(.decryption))
            #expect(closed.refusal?.responsible == .operator)
        }
    }

    @Test func tellsWhatIsNoResponse() async throws {
        try await TestInstallation.run { installation, _ in
            let explanation = try await Self.explainer(installation)
                .explain("no base64!", requestID: nil, at: installation.clock.now)
            #expect(explanation.refusal?.name == .response(.encoding))
            #expect(explanation.checks.count == SignInCheck.Name.allCases.count)
        }
    }
}
