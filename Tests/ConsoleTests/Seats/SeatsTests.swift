import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("C1, C2 The page of seats")
struct SeatsTests {
    private static let path = "/.portico/settings/seats"

    private func add(
        _ action: AuditAction,
        _ name: String,
        to scope: WorkspaceScope,
        _ console: TestConsole,
        state: String = "ACTIVE"
    ) async throws {
        let event = AuditEvent(
            time: console.clock.now,
            workspaceID: scope.workspaceID,
            actor: .identityProvider,
            action: action,
            email: "\(name)@company-a.example",
            detail: ["state": state]
        )
        try await AuditStore(pool: console.database.pool).append(scope, [event])
    }

    private func tiles(_ page: String) -> [String] {
        page.matches(of: /<p class="tile-value">([^<]+)</).map { String($0.1) }
    }

    @Test func countsActiveMembersAndSaysWhatToDoWhenFull() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await console.addMember("Bob", state: "INVITED")
            _ = try await console.addMember("Cleo", state: "DEACTIVATED", origin: "admin")
            let open = try await browser.get(Self.path).text
            #expect(self.tiles(open) == ["1", "No limit", "As many as you like"])
            #expect(!open.contains("Every seat is taken"))
            try await console.change("UPDATE workspaces SET seats = 2")
            #expect(self.tiles(try await browser.get(Self.path).text) == ["1", "2", "1"])
            for name in ["Dora", "Eve"] { _ = try await console.addMember(name) }
            let full = try await browser.get(Self.path).text
            #expect(self.tiles(full) == ["3", "2", "0"])
            #expect(full.contains("Every seat is taken") && full.contains("more members than seats"))
        }
    }

    @Test func namesWhoTookOneAndWhoFoundNoneOfThisWorkspace() async throws {
        try await TestConsole.run { console, client in
            let other = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            try await self.add(.memberRegistered, "first", to: console.scope, console)
            try await self.add(.memberActivated, "second", to: console.scope, console)
            try await self.add(.memberRegistered, "waiting", to: console.scope, console, state: "NOT_ACTIVATED")
            try await self.add(.seatLimitReached, "late", to: console.scope, console)
            try await self.add(.seatLimitReached, "theirs", to: other, console)
            let page = try await console.person(client).get(Self.path).text
            let names = page.matches(of: />([a-z]+)@company-a\.example<\/a><\/p><p class="soft">/).map { String($0.1) }
            #expect(names == ["second", "first", "late"])
        }
    }

    @Test func isNotThereForAVisitorOfASetupLink() async throws {
        try await TestConsole.run { console, client in
            let page = try await console.visitor(client).get(Self.path)
            #expect(page.status == .notFound)
        }
    }
}
