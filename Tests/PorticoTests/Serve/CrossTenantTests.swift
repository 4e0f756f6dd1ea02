import Foundation
import SAMLTesting
import Testing

@testable import Portico

/// The cross-tenant matrix at a running gateway: nothing in the victim's workspace changes.
@Suite("X6: attacks across workspaces, at a running gateway")
struct CrossTenantTests {
    /// What a refusal, or a sign-in that somebody begins, writes down.
    private static let records = ["audit_events", "sign_in_attempts"]
    private static let requests = ["authn_requests", "authn_request_index"]
    /// What the gateway itself makes of the events in the log, whenever it gets to it.
    private static let chain = ["audit_unsealed", "audit_links", "audit_chains"]

    @Test("X6 nobody gets into a workspace, or changes it, by way of another one")
    func matrix() async throws {
        let bench = try await CrossTenantBench()
        let upstream = try await TestUpstream.start()
        try await GatewayRun.with(database: bench.commands.uri, upstream: upstream.url) { addresses in
            let vera = LiveBrowser(addresses.gateway)
            let begun = try await vera.begin("victimco")
            let own = try bench.response(to: begun, by: .victim, roles: ["victimco_ADMIN"], groups: ["Everybody"])
            #expect(try await vera.post(own, relayState: begun.relayState).status == 303)
            for attack in CrossTenantAttack.all {
                try await self.check(attack, bench, at: addresses)
            }
            let seen = try await vera.hello().body
            for line in ["X-Portico-Workspace: victimco", "X-Portico-Role: ADMIN", "X-Portico-Spaces: victimco"] {
                #expect(seen.contains(line), "\(seen)")
            }
        }
        try await upstream.stop()
    }

    private func check(
        _ attack: CrossTenantAttack,
        _ bench: CrossTenantBench,
        at addresses: GatewayAddresses
    ) async throws {
        let browser = LiveBrowser(addresses.gateway)
        let before = try await bench.rows(of: "victimco")
        let answer = try await attack.run(bench, browser)
        var after = try await bench.rows(of: "victimco")
        // To begin a sign-in is everybody's right, and the request is stored under the workspace.
        var left = Self.requests + Self.chain
        switch attack.trace {
        case .nothing: break
        case .record: left += Self.records
        }
        for table in left { after[table] = before[table] }
        #expect(after == before, "\(attack.testDescription)")
        #expect(after.count > 10 && before["memberships"]?.contains("ADMIN") == true)
        guard let code = attack.code else {
            try await self.checkSession(browser, answer)
            return
        }
        #expect(answer.status >= 400, "\(attack.testDescription)")
        #expect(answer.text.contains("\"\(code)\""), "\(attack.testDescription): \(answer.body)")
    }

    /// What the sign-in at mallory opens is mallory's.
    private func checkSession(_ browser: LiveBrowser, _ answer: HTTPExchange) async throws {
        #expect(answer.status == 303, "\(answer.body)")
        let seen = try await browser.hello().body
        for line in ["X-Portico-Workspace: mallory", "X-Portico-Role: LABELER", "X-Portico-Spaces: mallory"] {
            #expect(seen.contains(line), "\(seen)")
        }
        #expect(!seen.contains("victimco"))
    }
}
