import Foundation
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("The identity token before upstreams")
struct IdentityTokenTests {
    private static let name = "X-Portico-Jwt-Assertion"

    /// A gateway with one upstream behind two routes for members, one for whoever comes and one without sessions, on
    /// clocks that stand still.
    private struct Bench {
        let clock = ManualClock()
        let sessions = TestSessions()
        let upstream: TestUpstream
        let directory: SessionDirectory
        let gateway: TestGateway

        init(routes names: [String] = ["first", "second"]) async throws {
            let upstream = try await TestUpstream.echo()
            self.upstream = upstream
            self.directory = self.sessions.directory(clock: self.clock.clock)
            self.directory.listeningBegan()
            var routes = try names.map { name in
                Route(
                    name: name,
                    pathPrefix: name == names[0] ? "/" : "/\(name)",
                    upstreams: try TestGateway.urls(upstream.port)
                )
            }
            for authentication in [Route.Authentication.optional, .none] where names.count > 1 {
                routes.append(
                    Route(
                        name: authentication.rawValue,
                        pathPrefix: "/\(authentication.rawValue)",
                        upstreams: try TestGateway.urls(upstream.port),
                        authentication: authentication
                    )
                )
            }
            self.gateway = try await TestGateway.start(
                routes: routes,
                sessions: self.sessions,
                directory: self.directory
            ) { configuration in
                if let block = CIDRBlock("127.0.0.0/8") { configuration.trustedProxies = TrustedProxies([block]) }
            }
        }

        func signIn(role: String = "LABELER") throws -> (cookie: String, session: Session) {
            try self.sessions.signIn(role: role, now: self.clock.start, maxAge: 86_400, maxIdle: .seconds(86_400))
        }

        /// The answer to a request on a connection that is open, or on one of its own.
        func ask(
            _ path: String,
            _ cookie: String?,
            lines: [String] = [],
            on open: RawConnection? = nil
        ) async throws
            -> HTTPText
        {
            let cookie = cookie.map { ["Cookie: __Host-portico_session=\($0)"] } ?? []
            let head = ["GET \(path) HTTP/1.1", "Host: a"] + cookie + lines
            let request = head.map { $0 + "\r\n" }.joined() + "\r\n"
            guard let open else { return try await self.gateway.exchange(request) }
            try await open.send(request)
            return try await open.readMessage()
        }

        /// The tokens that the upstream got.
        func tokens(_ path: String, _ cookie: String?, on open: RawConnection? = nil) async throws -> [String] {
            let answer = try await self.ask(path, cookie, on: open)
            #expect(answer.status == 200)
            return HTTPText(head: answer.text.replacing("\n", with: "\r\n")).all(IdentityTokenTests.name)
        }

        func token(_ path: String, _ cookie: String?, on open: RawConnection? = nil) async throws -> String {
            let tokens = try await self.tokens(path, cookie, on: open)
            #expect(tokens.count == 1)
            return try #require(tokens.first)
        }

        func stop() async {
            await self.gateway.stop()
            await self.upstream.stop()
        }
    }

    @Test func tellsTheUpstreamWhoItIsAndForWhichRoute() async throws {
        let bench = try await Bench()
        let (cookie, session) = try bench.signIn(role: "REVIEWER")
        for (path, audience) in [("/", "first"), ("/second/x", "second"), ("/optional", "optional")] {
            let token = try #require(TokenText(try await bench.token(path, cookie)))
            #expect(token["iss"] == TestTokens.issuer)
            #expect(token["aud"] == audience)
            #expect(token["sub"] == session.subject.description)
            #expect(token["role"] == "REVIEWER")
            #expect(token["sid"] == session.id.description)
            #expect(token.kid == bench.sessions.tokens.key?.id.description)
            #expect(token.issuedAt == Int(bench.clock.start.timeIntervalSince1970))
            #expect(token.expiresAt == token.issuedAt.map { $0 + 300 })
        }
        await bench.stop()
    }

    @Test func whoeverIsNotSignedInHasNone() async throws {
        let bench = try await Bench()
        let (cookie, _) = try bench.signIn()
        #expect(try await bench.tokens("/optional", nil).isEmpty)
        #expect(try await bench.tokens("/none", cookie).isEmpty)
        #expect(bench.sessions.tokens.made == 0)
        await bench.stop()
    }

    @Test func isSignedOnceForManyRequestsAndConnections() async throws {
        let bench = try await Bench()
        let (cookie, _) = try bench.signIn()
        let client = try await bench.gateway.connect()
        var tokens: Set<String> = []
        for _ in 0..<5 {
            tokens.insert(try await bench.token("/", cookie, on: client))
            tokens.insert(try await bench.token("/", cookie))
        }
        #expect(tokens.count == 1)
        for _ in 0..<3 {
            tokens.insert(try await bench.token("/second", cookie, on: client))
            tokens.insert(try await bench.token("/", cookie, on: client))
        }
        #expect(tokens.count == 2)
        #expect(bench.sessions.tokens.made == 2)
        await client.close()
        await bench.stop()
    }

    @Test func isMadeAnewWhileHalfOfItsLifeIsLeft() async throws {
        let bench = try await Bench()
        let (cookie, _) = try bench.signIn()
        let client = try await bench.gateway.connect()
        let first = try await bench.token("/", cookie, on: client)
        bench.clock.advance(149)
        #expect(try await bench.token("/", cookie, on: client) == first)
        #expect(try await bench.token("/", cookie) == first)
        bench.clock.advance(1)
        let second = try await bench.token("/", cookie, on: client)
        #expect(second != first)
        #expect(TokenText(second)?.issuedAt == TokenText(first)?.issuedAt.map { $0 + 150 })
        #expect(try await bench.token("/", cookie) == second)
        // A clock that was ahead when the token was made, and is set right: upstreams refuse tokens of the future.
        bench.clock.advance(-75)
        #expect(
            TokenText(try await bench.token("/", cookie, on: client))?.issuedAt
                == TokenText(first)?.issuedAt.map { $0 + 75 }
        )
        await client.close()
        await bench.stop()
    }

    @Test func isUsedForHalfOfItsLife() {
        #expect(RouteIdentity.usableFor * 2 == UInt64(IdentityClaims.lifetime.milliseconds))
    }

    @Test func isNotKeptInMemoryWhenItIsUsedUp() async throws {
        let bench = try await Bench()
        let (cookie, session) = try bench.signIn()
        _ = try await bench.token("/", cookie)
        // Less than the time after which a session is read anew beside the request.
        bench.clock.advance(50)
        _ = try await bench.token("/second", cookie)
        let entry = try #require(bench.directory.shard(of: session.tokenHash).entry(for: session.tokenHash))
        #expect(entry.identities.withLock { $0.count } == 2)
        await bench.directory.flushActivity()
        #expect(entry.identities.withLock { $0.count } == 2)
        bench.clock.advance(110)
        await bench.directory.flushActivity()
        #expect(entry.identities.withLock { $0.map(\.rule.route.name) } == ["second"])
        await bench.stop()
    }

    @Test func saysAtOnceWhatChangedAboutTheSession() async throws {
        let bench = try await Bench()
        var (cookie, session) = try bench.signIn(role: "LABELER")
        let client = try await bench.gateway.connect()
        #expect(TokenText(try await bench.token("/", cookie, on: client))?["role"] == "LABELER")
        session.role = try #require(Role("ADMIN"))
        bench.sessions.state.withLock { [session] in $0.sessions[session.tokenHash] = session }
        bench.directory.invalidate(.member(session.workspaceID, session.userID))
        #expect(TokenText(try await bench.token("/", cookie, on: client))?["role"] == "ADMIN")
        await client.close()
        await bench.stop()
    }

    @Test func goesOnWhenTheSessionWasReadAgainAndIsTheSame() async throws {
        let bench = try await Bench()
        var (cookie, session) = try bench.signIn()
        bench.directory.listeningEnded()
        let first = try await bench.token("/", cookie)
        bench.clock.advance(6)
        #expect(try await bench.token("/", cookie) == first)
        #expect(bench.sessions.loads == 2)
        session.groups = ["new"]
        bench.sessions.state.withLock { [session] in $0.sessions[session.tokenHash] = session }
        bench.clock.advance(6)
        #expect(try await bench.token("/", cookie) != first)
        await bench.stop()
    }

    @Test func isForgottenWhenItsKeyShallNotBeTrustedAnyMore() async throws {
        let bench = try await Bench()
        let (cookie, _) = try bench.signIn()
        let client = try await bench.gateway.connect()
        let first = try await bench.token("/", cookie, on: client)
        let new = IdentitySigningKey.generate()
        bench.sessions.tokens.key = new
        // A key that merely takes over signs what is made from now on.
        #expect(try await bench.token("/", cookie, on: client) == first)
        bench.directory.discardIdentityTokens()
        #expect(TokenText(try await bench.token("/", cookie, on: client))?.kid == new.id.description)
        #expect(bench.sessions.loads == 1)
        await client.close()
        await bench.stop()
    }

    @Test func withoutAKeyNobodyIsLetThroughWithoutAToken() async throws {
        let bench = try await Bench()
        let (cookie, _) = try bench.signIn()
        bench.sessions.tokens.key = nil
        for path in ["/", "/second", "/optional"] {
            #expect(try await bench.ask(path, cookie).status == 503)
        }
        #expect(try await bench.ask("/.portico/auth", cookie, lines: ["X-Forwarded-Uri: /"]).status == 503)
        #expect(bench.upstream.accepted == 0)
        #expect(try await bench.ask("/none", cookie).status == 200)
        #expect(try await bench.ask("/optional", nil).status == 200)
        bench.sessions.tokens.key = .generate()
        #expect(try await bench.ask("/", cookie).status == 200)
        await bench.stop()
    }

    @Test func clientsCannotSendOne() async throws {
        let bench = try await Bench()
        let (cookie, _) = try bench.signIn()
        for line in ["\(Self.name): forged", "x_portico_jwt_assertion: forged", "X-PORTICO-JWT-ASSERTION:forged"] {
            for path in ["/", "/optional", "/none"] {
                #expect(try await !bench.ask(path, cookie, lines: [line]).text.contains("forged"))
            }
            #expect(try await !bench.ask("/none", nil, lines: [line]).text.contains("forged"))
        }
        await bench.stop()
    }

    @Test func forwardAuthenticationAnswersWithTheTokenOfTheRouteThatIsAskedAbout() async throws {
        let bench = try await Bench()
        let (cookie, _) = try bench.signIn()
        for (path, audience) in [("/", "first"), ("/second/x?y", "second"), ("/optional", "optional")] {
            let answer = try await bench.ask("/.portico/auth", cookie, lines: ["X-Forwarded-Uri: \(path)"])
            #expect(answer.status == 200)
            #expect(TokenText(answer[Self.name])?["aud"] == audience)
            #expect(answer.all(Self.name) == [try await bench.token(path, cookie)])
        }
        let answer = try await bench.ask("/.portico/auth", cookie, lines: ["X-Forwarded-Uri: /none"])
        #expect(answer.status == 200)
        #expect(answer[Self.name] == nil)
        await bench.stop()
    }

    @Test(arguments: [["only"], ["first", "second"]], [true, false])
    func aQuestionOfAProxyThatNamesNoRequestGetsATokenWhereThereIsOneRoute(
        _ names: [String],
        isProxy: Bool
    ) async throws {
        let upstream = try await TestUpstream.echo()
        let routes = try names.map { name in
            Route(
                name: name,
                pathPrefix: name == names[0] ? "/" : "/\(name)",
                upstreams: try TestGateway.urls(upstream.port)
            )
        }
        let gateway = try await TestGateway.start(routes: routes) { configuration in
            guard isProxy, let block = CIDRBlock("127.0.0.0/8") else { return }
            configuration.trustedProxies = TrustedProxies([block])
        }
        let cookie = try gateway.sessions.signIn().cookie
        let answer = try await gateway.exchange(
            "GET /.portico/auth HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
        )
        #expect(answer.status == 200)
        #expect(answer["X-Portico-Role"] == "LABELER")
        #expect(TokenText(answer[Self.name])?["aud"] == (isProxy && names.count == 1 ? "only" : nil))
        await gateway.stop()
        await upstream.stop()
    }

    @Test func twoPeopleOnOneConnectionAreToldApart() async throws {
        let bench = try await Bench()
        let people = try (0..<2).map { _ in try bench.signIn() }
        let client = try await bench.gateway.connect()
        for index in [0, 1, 0, 0, 1] {
            let token = TokenText(try await bench.token("/", people[index].cookie, on: client))
            #expect(token?["sub"] == people[index].session.subject.description)
        }
        #expect(bench.sessions.tokens.made == 2)
        await client.close()
        await bench.stop()
    }
}
