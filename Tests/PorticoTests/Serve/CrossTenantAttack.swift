import SAML
import SAMLTesting
import Testing

@testable import Portico

/// One way in which somebody with a workspace of their own goes for the victim's (behavior X6).
struct CrossTenantAttack: Sendable, CustomTestStringConvertible {
    /// What of the victim's workspace may be different afterwards.
    enum Trace: Sendable {
        /// Nothing at all.
        case nothing
        /// The stored request is used up, and the refusal is written down (rulings 2).
        case record
    }

    let testDescription: String
    let code: String?
    let trace: Trace
    let run: @Sendable (CrossTenantBench, LiveBrowser) async throws -> HTTPExchange

    private init(
        _ testDescription: String,
        _ code: String?,
        leaves trace: Trace,
        run: @escaping @Sendable (CrossTenantBench, LiveBrowser) async throws -> HTTPExchange
    ) {
        self.testDescription = testDescription
        self.code = code
        self.trace = trace
        self.run = run
    }

    /// The matrix.
    static let all: [CrossTenantAttack] = [
        CrossTenantAttack("mallory asserts vera as victimco_ADMIN", "roles_no_match", leaves: .nothing) {
            bench,
            browser in
            let begun = try await browser.begin("mallory")
            let response = try bench.response(to: begun, by: .mallory, roles: ["victimco_ADMIN"])
            return try await browser.post(response, relayState: begun.relayState)
        },
        CrossTenantAttack("mallory asserts vera, who is a member of both", nil, leaves: .nothing) { bench, browser in
            let begun = try await browser.begin("mallory")
            let roles = ["victimco_ADMIN", "mallory_LABELER"]
            let response = try bench.response(to: begun, by: .mallory, roles: roles, groups: ["Everybody"])
            return try await browser.post(response, relayState: begun.relayState)
        },
        CrossTenantAttack("mallory signs for victimco, as its issuer", "signature_invalid", leaves: .record) {
            bench,
            browser in
            let begun = try await browser.begin("victimco")
            let response = try bench.response(to: begun, by: .mallory, roles: ["victimco_ADMIN"])
            return try await browser.post(response, relayState: begun.relayState)
        },
        CrossTenantAttack("another identity provider answers for victimco", "issuer_mismatch", leaves: .record) {
            bench,
            browser in
            let begun = try await browser.begin("victimco")
            let response = try bench.response(to: begun, by: .elsewhere, roles: ["victimco_ADMIN"])
            return try await browser.post(response, relayState: begun.relayState)
        },
        .replayed("a response for partner, of the same identity provider", from: "partner", by: .victim),
        .replayed("a response for elsewhere, of another identity provider", from: "elsewhere", by: .elsewhere),
        .replayed("a response for mallory, of mallory's", from: "mallory", by: .mallory),
        CrossTenantAttack("a response that partner took already", "request_unknown_or_used", leaves: .nothing) {
            bench,
            browser in
            let begun = try await browser.begin("partner")
            let response = try bench.response(to: begun, by: .victim, roles: ["partner_LABELER", "victimco_ADMIN"])
            let taken = try await browser.post(response, relayState: begun.relayState, to: "/.portico/saml/partner/acs")
            #expect(taken.status == 303)
            return try await browser.post(response, relayState: nil)
        },
    ]

    /// A response that a person got for one workspace, posted with the RelayState of a sign-in at the victim's.
    private static func replayed(
        _ testDescription: String,
        from company: String,
        by signer: CrossTenantBench.Signer
    ) -> CrossTenantAttack {
        CrossTenantAttack(testDescription, "request_unknown_or_used", leaves: .nothing) { bench, browser in
            let begun = try await browser.begin(company)
            let roles = ["\(company)_LABELER", "victimco_ADMIN"]
            let response = try bench.response(to: begun, by: signer, roles: roles)
            return try await browser.post(response, relayState: try await Self.relayState(of: "victimco", browser))
        }
    }

    /// The RelayState of a sign-in that has begun at a workspace.
    private static func relayState(of company: String, _ browser: LiveBrowser) async throws -> String? {
        try await browser.begin(company).relayState
    }
}
