import DNS
import Foundation
import Logging
import PostgreSQL
import Storage
import Synchronization
import Testing
import Workspaces

@testable import Portico

/// The service that looks for the records of claimed domains, with name servers of this machine and a clock of the test's.
@Suite("Domains are looked for again every day")
struct DomainCheckServiceTests {
    fileprivate static let domain = "company.example"
    fileprivate static let day: TimeInterval = 86_400
    fileprivate static let logger = Logger(label: "portico.tests") { _ in SwiftLogNoOpLogHandler() }

    /// What the service works on: the database as the service sees it, one workspace, and the time.
    private final class Bench: Sendable {
        let store: DomainClaimStore
        let scope: WorkspaceScope
        let pool: ConnectionPool
        private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

        var now: Date { self.time.withLock { $0 } }

        init(_ pool: ConnectionPool, _ scope: WorkspaceScope) {
            self.pool = pool
            self.store = DomainClaimStore(pool: pool)
            self.scope = scope
        }

        func advance(by seconds: TimeInterval) { self.time.withLock { $0 += seconds } }

        /// The claim as it is.
        func claim() async throws -> DomainClaim {
            try #require(try await self.store.claims(self.scope).first)
        }

        /// Whether people of the domain may sign in.
        func isOpen() async throws -> Bool {
            let found = try await WorkspaceDirectory(pool: self.pool).configuredWorkspace(self.scope)
            return try #require(found).domains.map(\.value) == [DomainCheckServiceTests.domain]
        }

        /// How often the audit log tells of something.
        func events(_ action: AuditAction) async throws -> Int {
            try await AuditStore(pool: self.pool).events(self.scope).events.count { $0.action == action }
        }

        /// Whether the service has come to its end for this day.
        private func isLeftForADay() async throws -> Bool {
            let row = try await self.pool.query("SELECT due_at FROM domain_check_queue").singleRow()
            return try row.value("due_at", as: Date.self) == self.now.addingTimeInterval(DomainCheckServiceTests.day)
        }

        /// Runs the service with a name server that has these records, until a condition holds.
        func run(_ records: [String: [[String]]], until condition: @escaping () async throws -> Bool) async throws {
            let server = try await TestNameServer.start(zone: DomainCheckServiceTests.domain, records: records)
            let service = DomainCheckService(
                checker: DomainChecker(
                    resolver: StubResolver(servers: .addresses([server.address])),
                    store: self.store,
                    now: { self.now }
                ),
                interval: .milliseconds(20),
                logger: DomainCheckServiceTests.logger
            )
            let running = Task { try await service.run() }
            do {
                try await GatewayRun.eventually {
                    guard try await condition() else { return false }
                    return try await self.isLeftForADay()
                }
            } catch {
                running.cancel()
                await server.stop()
                throw error
            }
            running.cancel()
            try await running.value
            await server.stop()
        }
    }

    private func bench(_ body: (Bench) async throws -> Void) async throws {
        let commands = try await CommandBench()
        _ = try await commands.json("workspace", "create", "company-a", "--name", "A")
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: commands.uri,
                sessionRole: StorageRole.service,
                poolSize: 2,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Self.logger
        )
        do {
            let companyID = try #require(CompanyID("company-a"))
            let found = try await WorkspaceDirectory(pool: pool).configuredWorkspace(companyID: companyID)
            try await body(Bench(pool, WorkspaceScope(try #require(found).workspace.id)))
        } catch {
            await pool.shutDown()
            throw error
        }
        await pool.shutDown()
    }

    @Test(
        "D5 a record that is gone is missed after a day, lets nobody new in after seven more, and opens again when it is back"
    )
    func daily() async throws {
        try await self.bench { bench in
            let begun = try await bench.store.request(
                bench.scope,
                domain: Self.domain,
                actor: .operator,
                now: bench.now
            )
            let published = ["_portico-challenge": [[begun.recordText]]]
            try await bench.run(published) { try await bench.claim().state == .claimed }
            let claimedAt = bench.now
            #expect(try await bench.isOpen())

            // Within the day nobody looks: the record is gone, and nothing notices.
            bench.advance(by: Self.day - 1)
            #expect(try await bench.store.takeDue(now: bench.now) == nil)
            #expect(try await bench.claim().checkedAt == claimedAt)

            bench.advance(by: 1)
            try await bench.run([:]) { try await bench.claim().missingSince == claimedAt.addingTimeInterval(Self.day) }
            // Seven looks that find nothing: the claim holds until the week is over.
            for round in 1...6 {
                bench.advance(by: Self.day)
                let now = bench.now
                try await bench.run([:]) { try await bench.claim().checkedAt == now }
                #expect(try await bench.claim().state == .claimed, "after \(round) days")
                #expect(try await bench.isOpen())
            }
            bench.advance(by: Self.day)
            try await bench.run([:]) { try await bench.claim().state == .failed }
            #expect(try await !bench.isOpen())
            #expect(try await bench.events(.domainLapsed) == 1)

            bench.advance(by: Self.day)
            try await bench.run(published) { try await bench.claim().state == .claimed }
            #expect(try await bench.isOpen())
            #expect(try await bench.claim().missingSince == nil)
            #expect(try await bench.events(.domainClaimed) == 2)
        }
    }
}
