import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("A5, rulings 27 single sign-on is enforced only where a test sign-in has shown that it works")
struct SingleSignOnEnforcementTests {
    /// A wish to which nothing is wrong, and one thing that is.
    struct Defect: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let words: String
        var change = WorkspaceChange(localSignIn: .owner)
        let apply: @Sendable (inout ConfiguredWorkspace, inout Date?) -> Void

        static let all = [
            Defect(testDescription: "no test", words: "No test sign-in of the settings in force") { $1 = nil },
            Defect(testDescription: "switched off", words: "Single sign-on is not switched on") { configured, _ in
                configured.identityProvider?.enabled = false
            },
            Defect(testDescription: "not set up", words: "Single sign-on is not switched on") { configured, _ in
                configured.identityProvider = nil
            },
            Defect(
                testDescription: "other settings at the same time",
                words: "No test sign-in of the settings in force",
                change: WorkspaceChange(rolesMode: .required, localSignIn: .owner)
            ) { _, _ in },
        ]
    }

    private static let form = SAMLConfigurationChange(
        signInURL: "https://idp.example/sso",
        issuer: "https://idp.example/metadata",
        certificates: [PinnedCertificate(der: [1], sha256Fingerprint: "AA:01", notAfter: SampleSignIn.now)]
    )

    /// A workspace whose settings were tested and are switched on.
    private func administration(
        _ mode: LocalSignInMode,
        actor: AuditActor = .setup,
        prepare: (inout ConfiguredWorkspace, inout Date?) -> Void = { _, _ in }
    ) throws -> WorkspaceAdministration {
        let sample = try SampleSignIn()
        var configured = ConfiguredWorkspace(
            workspace: sample.workspace,
            identityProvider: try Self.form.applied(to: nil, loopbackHTTP: .refused),
            domains: sample.domains
        )
        configured.identityProvider?.enabled = true
        configured.workspace.localSignIn = mode
        var passedAt: Date? = SampleSignIn.now
        prepare(&configured, &passedAt)
        return WorkspaceAdministration(
            configured: configured,
            actor: actor,
            now: SampleSignIn.now,
            passedAt: passedAt
        )
    }

    @Test(arguments: Defect.all)
    func refuses(_ defect: Defect) throws {
        let administration = try self.administration(.members, prepare: defect.apply)
        let mistakes = #expect(throws: ConfigurationMistakes.self) {
            try administration.change(defect.change, catalogue: .standard)
        }
        #expect(mistakes?.mistakes.map(\.field) == ["local_sign_in"])
        #expect(mistakes?.description.contains(defect.words) == true)
        // The operator's word goes before, and stands in the audit log.
        let outcome = try administration.change(defect.change, catalogue: .standard, enforcing: .operatorsWord)
        #expect(outcome.configured.workspace.localSignIn == .owner)
        #expect(outcome.events.map { $0.detail["operator_override"] } == ["true"])
    }

    @Test("every step that takes passphrases away wants the test, and no other", arguments: LocalSignInMode.allCases)
    func steps(_ old: LocalSignInMode) throws {
        let order: [LocalSignInMode] = [.members, .owner, .off]
        for new in order {
            let change = WorkspaceChange(localSignIn: new)
            let tested = try self.administration(old).change(change, catalogue: .standard)
            #expect(tested.configured.workspace.localSignIn == new)
            #expect(tested.events.allSatisfy { $0.detail["operator_override"] == nil })
            let untested = try self.administration(old) { $1 = nil }
            let takesAway = try #require(order.firstIndex(of: new)) > #require(order.firstIndex(of: old))
            if takesAway {
                #expect(throws: ConfigurationMistakes.self) { try untested.change(change, catalogue: .standard) }
            } else {
                #expect(throws: Never.self) { try untested.change(change, catalogue: .standard) }
            }
        }
    }
}
