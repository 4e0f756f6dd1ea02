import Testing
import Workspaces

@testable import ReverseProxy

@Suite("What a connection remembers of its session")
struct SessionMemoTests {
    private let cookie: [UInt8] = Array("cookie".utf8)
    private let rule = ProxySettings.Rule(
        index: 0,
        route: Route(upstreams: []),
        upstreams: UpstreamGroup(index: 0, origins: [])
    )

    private func entry(_ role: String) throws -> SessionEntry {
        SessionEntry(session: try TestSessions().signIn(role: role).session, checkedAt: 0, replacing: nil)
    }

    private func identity(_ lines: String) -> RouteIdentity {
        RouteIdentity(rule: self.rule, lines: Array(lines.utf8), madeAt: 0, in: 0, of: IdentityGeneration())
    }

    @Test func saysNothingOfASessionThatWasReplacedWhileARequestWasUnderWay() throws {
        var memo = SessionMemo()
        let former = try self.entry("ADMIN")
        let current = try self.entry("LABELER")
        self.cookie.withUnsafeBytes { memo.remember($0, former) }
        memo.remember(self.identity("X-Portico-Role: ADMIN\r\n"))
        #expect(memo.identity(for: self.rule, at: 1) != nil)
        memo.replace(with: former)
        #expect(memo.identity(for: self.rule, at: 1) != nil)
        memo.replace(with: current)
        #expect(memo.identity(for: self.rule, at: 1) == nil)
        self.cookie.withUnsafeBytes { #expect(memo.entry(for: $0) === current) }
    }

    @Test func saysNothingOfAnotherSessionOrRoute() throws {
        var memo = SessionMemo()
        let entry = try self.entry("ADMIN")
        self.cookie.withUnsafeBytes { memo.remember($0, entry) }
        memo.remember(self.identity(""))
        let other = ProxySettings.Rule(
            index: 1,
            route: Route(upstreams: []),
            upstreams: UpstreamGroup(index: 0, origins: [])
        )
        #expect(memo.identity(for: other, at: 1) == nil)
        let next = try self.entry("LABELER")
        self.cookie.withUnsafeBytes { memo.remember($0, next) }
        #expect(memo.identity(for: self.rule, at: 1) == nil)
    }
}
