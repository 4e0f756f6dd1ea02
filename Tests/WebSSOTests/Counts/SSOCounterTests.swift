import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Testing
import WebSSO
import Workspaces

@Suite("Counts of sign-ins and sign-outs")
struct SSOCounterTests {
    @Test func everyResponseIsCountedByItsOutcome() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            // A page that is shown, and a sign-in that is begun, is no outcome.
            _ = try await person.begin()
            #expect(installation.counter.signIns.isEmpty)

            for _ in 0..<3 { #expect(try await person.signIn().status == .seeOther) }
            for _ in 0..<2 {
                let refused = try await person.signIn(roles: ["company-b_REVIEWER"])
                #expect(refused.code == RefusalCode.rolesNoMatch.rawValue)
            }
            // Seen before the request, by the request, and by nothing at all.
            _ = try await person.post("nonsense", relayState: nil)
            let received = try await person.begin()
            let response = try person.response(to: received)
            let stranger = try await SignInExchange.startedElsewhere(person)
            _ = try await person.post(response, relayState: received.relayState, by: stranger)
            await installation.database.pool.shutDown()
            let away = try await person.post(response, relayState: received.relayState)
            #expect(away.status == .serviceUnavailable)

            #expect(
                installation.counter.signIns == [
                    .done: 3, .refused(.rolesNoMatch): 2, .refused(.xmlInvalid): 1,
                    .refused(.requestUnknownOrUsed): 1, .refused(.unavailable): 1,
                ]
            )
        }
    }

    @Test func attemptsBeyondTheLimitAreCounted() async throws {
        let limits = AttemptLimiter.Limits(capacity: 10)
        try await TestInstallation.run(limits: limits) { installation, client in
            let browser = Browser(client)
            for _ in 0..<3 {
                _ = try await browser.post("/.portico/saml/acs", [("SAMLResponse", "nonsense")], from: .otherSite)
            }
            #expect(installation.counter.signIns == [.refused(.xmlInvalid): 1, .refused(.rateLimited): 2])
        }
    }

    @Test func onlySignOutsThatEndASessionAreCounted() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            for _ in 0..<2 { _ = try await person.browser.post("/.portico/sign-out", []) }
            #expect(installation.counter.signOuts == [.person: 1])
        }
    }

    @Test func logoutRequestsThatEndASessionAreCounted() async throws {
        try await LogoutExchange.run { exchange in
            _ = try await exchange.signIn(index: "_s1")
            for index in ["_s1", "_s2"] { _ = try await exchange.send(exchange.request(indexes: [index])) }
            #expect(exchange.installation.counter.signOuts == [.identityProvider: 1])
        }
    }

    @Test func requestsAreCountedByThePatternOfTheirPath() async throws {
        try await TestInstallation.run { installation, client in
            let browser = Browser(client)
            for path in ["sign-in", "saml/company-a/metadata", "saml/company-b/metadata", "nothing", "saml/x/y/z"] {
                _ = try await browser.get("/.portico/\(path)")
            }
            let counts = installation.endpoints.counts
            #expect(counts[.init(endpoint: "/.portico/sign-in", status: 200)] == 1)
            #expect(counts[.init(endpoint: "", status: 404)] == 2)
            #expect(counts.values.reduce(0, +) == 5)
            #expect(!counts.keys.contains { $0.endpoint.contains("company-") })
        }
    }
}
