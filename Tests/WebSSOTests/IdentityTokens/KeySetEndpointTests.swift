import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import Testing
import WebSSO
import Workspaces

@Suite("The key set of the identity token")
struct KeySetEndpointTests {
    private static let paths = ["/.portico/jwks.json", "/.well-known/portico/jwks.json"]

    /// Lends the keys of a new installation, on a clock that stands still, and an application that publishes them.
    private func run(
        _ test: @Sendable (_ bench: Bench, _ client: any TestClientProtocol) async throws -> Void
    ) async throws {
        let bench = try await Bench()
        do {
            try await bench.application().test(.router) { client in try await test(bench, client) }
        } catch {
            await bench.database.close()
            throw error
        }
        await bench.database.close()
    }

    private struct Bench: Sendable {
        let clock = ManualClock()
        let database: TestDatabase
        let keys: IdentityKeyDirectory

        init() async throws {
            let clock = self.clock
            self.database = try await TestDatabase.make()
            self.keys = IdentityKeyDirectory(
                store: IdentityKeyStore(pool: self.database.pool),
                secrets: try TestKeys.secrets.get(),
                now: { clock.now }
            )
        }

        func application() throws -> Application<RouterResponder<GatewayRequestContext>> {
            let clock = self.clock
            let site = PublicSite(origin: "https://apps.example.com")
            let router = Router(context: GatewayRequestContext.self)
            GatewayMiddleware(pages: try PageRenderer(site: site), trustedPeers: .none).add(to: router)
            KeySetEndpoint(site: site, keys: self.keys, now: { clock.now }).addRoutes(to: router)
            return Application(responder: router.buildResponder())
        }

        /// Rotates as the operator does, and reads the keys as the service does.
        @discardableResult
        func rotate(lead: Duration, with secrets: SecretKeyring? = nil) async throws -> Set<IdentityKeyID> {
            let known = self.keys.current?.ids ?? []
            let new = IdentitySigningKey.generate()
            let now = self.clock.now
            try await IdentityKeyStore(pool: self.database.inspection)
                .rotate(to: new, with: try secrets ?? TestKeys.secrets.get()) { schedule in
                    try IdentityKeyRotation.decide(
                        schedule,
                        adding: IdentityKey(id: new.id, createdAt: now, activeFrom: now),
                        lead: lead,
                        actor: .operator,
                        now: now
                    )
                }
            try await self.keys.refresh()
            return known.subtracting(self.keys.current?.ids ?? [])
        }

        /// The names of the published keys.
        func published(_ client: any TestClientProtocol) async throws -> [String] {
            let text = try await client.execute(uri: KeySetEndpointTests.paths[0], method: .get).text
            return text.matches(of: /"kid":"([^"]+)"/).map { String($0.output.1) }
        }

        /// The name of the key that signs.
        func signing() throws -> String {
            let company = try #require(CompanyID("company-a"))
            let session = Session(
                id: .random(),
                tokenHash: SessionToken.random().hash,
                workspaceID: .random(),
                companyID: company,
                userID: .random(),
                email: try #require(Email("ann@company-a.example")),
                displayName: "Ann",
                role: try #require(Role("ADMIN")),
                authenticatedAt: self.clock.now,
                expiresAt: self.clock.now,
                maxIdle: .seconds(1)
            )
            let token = try #require(
                self.keys.token(for: session, issuer: "i", audience: "a", now: self.clock.now)
            )
            let header = String(decoding: token, as: UTF8.self).prefix { $0 != "." }
                .replacing("-", with: "+").replacing("_", with: "/")
            let padded: String = header + String(repeating: "=", count: (4 - header.count % 4) % 4)
            let text = String(decoding: try #require(Data(base64Encoded: padded)), as: UTF8.self)
            return String(try #require(text.firstMatch(of: /"kid":"([^"]+)"/)).output.1)
        }
    }

    @Test func isTheSameAtBothAddresses() async throws {
        try await self.run { bench, client in
            try await bench.keys.refresh()
            var bodies: Set<String> = []
            for path in Self.paths {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == "application/jwk-set+json")
                #expect(answer.headers[.cacheControl] == "public, max-age=600")
                bodies.insert(answer.text)
                let head = try await client.execute(uri: path, method: .head)
                #expect(head.status == .ok)
                #expect(head.body.readableBytes == 0)
                #expect(head.headers[.contentLength] == "\(answer.body.readableBytes)")
                #expect(head.headers[.eTag] == answer.headers[.eTag])
            }
            let text = try #require(bodies.first)
            #expect(bodies.count == 1)
            #expect(
                text.contains(
                    /^\{"keys":\[\{"alg":"ES256","crv":"P-256","kid":"[^"]+","kty":"EC","use":"sig","x":"[^"]{43}","y":"[^"]{43}"\}\]\}$/
                )
            )
            #expect(!text.contains("\"d\""))
            #expect(try await bench.published(client) == [bench.signing()])
        }
    }

    @Test func whoeverHasItIsTold() async throws {
        try await self.run { bench, client in
            try await bench.keys.refresh()
            let first = try await client.execute(uri: Self.paths[0], method: .get)
            let tag = try #require(first.headers[.eTag])
            for condition in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try await client.execute(
                    uri: Self.paths[0],
                    method: .get,
                    headers: [.ifNoneMatch: condition]
                )
                #expect(again.status == .notModified)
                #expect(again.body.readableBytes == 0)
                #expect(again.headers[.eTag] == tag)
                #expect(again.headers[.cacheControl] == "public, max-age=600")
            }
            try await bench.rotate(lead: .seconds(3_600))
            let changed = try await client.execute(
                uri: Self.paths[0],
                method: .get,
                headers: [.ifNoneMatch: tag]
            )
            #expect(changed.status == .ok)
            #expect(changed.headers[.eTag] != tag)
        }
    }

    @Test func isNotThereBeforeTheKeysAreKnown() async throws {
        try await self.run { bench, client in
            for path in Self.paths {
                #expect(try await client.execute(uri: path, method: .get).status == .serviceUnavailable)
            }
            try await bench.keys.refresh()
            #expect(try await client.execute(uri: Self.paths[0], method: .get).status == .ok)
        }
    }

    @Test func aNextKeyIsThereAheadAndAFormerOneForAWeek() async throws {
        try await self.run { bench, client in
            try await bench.keys.refresh()
            let first = try bench.signing()
            #expect(try await bench.rotate(lead: .seconds(86_400)).isEmpty)
            let both = try await bench.published(client)
            #expect(both.count == 2 && both[0] == first)
            #expect(try bench.signing() == first)
            // No node has to read anything at the moment of the change.
            bench.clock.advance(by: 86_400)
            #expect(try bench.signing() == both[1])
            #expect(try await bench.published(client) == [both[1], first])
            bench.clock.advance(by: 7 * 86_400)
            #expect(try await bench.published(client) == [both[1], first])
            bench.clock.advance(by: 86_400)
            #expect(try await bench.published(client) == [both[1]])
            try await bench.keys.refresh()
            #expect(bench.keys.current?.ids.map(\.description) == [both[1]])
        }
    }

    @Test func aKeyThatLeakedIsGoneAtOnce() async throws {
        try await self.run { bench, client in
            try await bench.keys.refresh()
            let first = try bench.signing()
            #expect(try await bench.rotate(lead: .zero).map(\.description) == [first])
            #expect(try await bench.published(client) == [bench.signing()])
            #expect(try bench.signing() != first)
        }
    }

    @Test func aKeyThatLeakedIsGoneEvenWhereItsSuccessorDoesNotOpen() async throws {
        try await self.run { bench, client in
            try await bench.keys.refresh()
            let other = try #require(SecretKeyring([[UInt8](repeating: 8, count: SecretKeyring.keyLength)]))
            await #expect(throws: SealingFailure.unknownSecretKey(id: other.currentID)) {
                try await bench.rotate(lead: .zero, with: other)
            }
            #expect(try await bench.published(client).isEmpty)
            #expect(bench.keys.current?.ids.isEmpty == true)
        }
    }

    @Test func anotherNodeHasTheSameKeys() async throws {
        try await self.run { bench, client in
            try await bench.keys.refresh()
            let clock = bench.clock
            let other = IdentityKeyDirectory(
                store: IdentityKeyStore(pool: bench.database.pool),
                secrets: try TestKeys.secrets.get(),
                now: { clock.now }
            )
            try await other.refresh()
            #expect(other.current?.keySet(at: clock.now) == bench.keys.current?.keySet(at: clock.now))
        }
    }
}
