import Foundation
import SAMLTesting
import Testing

@testable import Portico

/// The switches about members, from the environment to what a running gateway does.
@Suite("Settings about members, at a running gateway")
struct LiveMemberSettingsTests {
    /// Signs vera in at the victim's workspace, and answers the status and the body.
    private func signIn(
        _ bench: CrossTenantBench,
        _ addresses: GatewayAddresses,
        at page: String = "/.portico/sign-in",
        roles: [String]? = nil,
        groups: [String] = []
    ) async throws -> HTTPExchange {
        let browser = LiveBrowser(addresses.gateway)
        let begun = try await browser.begin("victimco", at: page)
        let response = try bench.response(to: begun, by: .victim, roles: roles, groups: groups)
        return try await browser.post(response, relayState: begun.relayState)
    }

    @Test(
        "M6 DISABLE_SIGNUP_WITHOUT_LINK refuses sign-up without an invitation, not a match in the roles",
        arguments: [nil, "true"]
    )
    func signUp(_ setting: String?) async throws {
        let bench = try await CrossTenantBench()
        let changes = setting.map { ["PORTICO_DISABLE_SIGNUP_WITHOUT_LINK": $0] } ?? [:]
        try await GatewayRun.with(database: bench.commands.uri, changes: changes) { addresses in
            let unknown = try await self.signIn(bench, addresses, at: "/.portico/sign-up")
            if setting == nil {
                #expect(unknown.status == 303, "\(unknown.body)")
            } else {
                #expect(unknown.status == 403 && unknown.text.contains("\"invitation_required\""), "\(unknown.body)")
                #expect(try await bench.rows(of: "victimco")["memberships"]?.isEmpty == true)
                let named = try await self.signIn(
                    bench,
                    addresses,
                    at: "/.portico/sign-up",
                    roles: ["victimco_LABELER"]
                )
                #expect(named.status == 303, "\(named.body)")
            }
        }
    }

    @Test("A1, G3 MANUAL_ROLE_MANAGEMENT=0 leaves roles to the identity provider, at sign-in and at the command line")
    func roles() async throws {
        let bench = try await CrossTenantBench()
        let email = CrossTenantBench.person
        try await GatewayRun.with(database: bench.commands.uri) { addresses in
            let first = try await self.signIn(bench, addresses, groups: ["Everybody"])
            // Administrators have a say: who is in no group stays as they are.
            let second = try await self.signIn(bench, addresses)
            #expect(first.status == 303 && second.status == 303, "\(first.body)\(second.body)")
        }
        // Not the last administrator, whom nobody demotes by hand.
        _ = try await bench.commands.json("member", "invite", "victimco", "bob@victim.example", "--role", "LABELER")
        let closed = bench.commands.changed("PORTICO_MANUAL_ROLE_MANAGEMENT", to: "0")
        let refused = try await closed.run("member", "set-role", "victimco", "bob@victim.example", "REVIEWER")
        #expect(refused.status == 1 && refused.errors.contains("managed by the identity provider"), "\(refused.errors)")
        let changed = try await bench.commands.run("member", "set-role", "victimco", "bob@victim.example", "REVIEWER")
        #expect(changed.status == 0, "\(changed.errors)")
        let changes = ["PORTICO_MANUAL_ROLE_MANAGEMENT": "0"]
        try await GatewayRun.with(database: bench.commands.uri, changes: changes) { addresses in
            let locked = try await self.signIn(bench, addresses)
            #expect(locked.status == 403 && locked.text.contains("\"no_group_match\""), "\(locked.body)")
        }
        let log = try await bench.commands.run("audit", "--operator").output
        #expect(log.contains("workspace_without_admin") && log.contains(email), "\(log)")
    }

    @Test("A1, G4, G5 the switches of spaces and projects decide what a sign-in without groups leaves")
    func places() async throws {
        let bench = try await CrossTenantBench()
        let upstream = try await TestUpstream.start()
        for (setting, isKept) in [("1", true), ("0", false)] {
            let changes = ["PORTICO_MANUAL_WORKSPACE_MANAGEMENT": setting]
            try await GatewayRun.with(database: bench.commands.uri, upstream: upstream.url, changes: changes) {
                addresses in
                for groups in [["Everybody"], []] {
                    let browser = LiveBrowser(addresses.gateway)
                    let begun = try await browser.begin("victimco")
                    let response = try bench.response(
                        to: begun,
                        by: .victim,
                        roles: ["victimco_LABELER"],
                        groups: groups
                    )
                    #expect(try await browser.post(response, relayState: begun.relayState).status == 303)
                    let isThere = try await browser.hello().body.contains("X-Portico-Spaces: victimco")
                    #expect(isThere == (isKept || !groups.isEmpty), "\(setting) \(groups)")
                }
            }
        }
        try await upstream.stop()
    }
}
