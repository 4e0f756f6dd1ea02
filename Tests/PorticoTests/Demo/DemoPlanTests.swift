import Foundation
import LocalServers
import Logging
import Testing

@testable import Portico

@Suite("The plan of the demonstration") struct DemoPlanTests {
    private func plan(
        listen: String? = nil,
        identityProvider: String? = nil,
        _ environment: [String: String] = [:]
    ) throws -> DemoPlan {
        try DemoPlan(
            listen: listen ?? "127.0.0.1:0",
            identityProviderListen: identityProvider,
            folder: URL(filePath: "/tmp"),
            environment: environment
        )
    }

    @Test func aFreePortIsNamedByThePublicURL() throws {
        let plan = try self.plan()
        #expect(plan.listen.port > 0)
        #expect(plan.publicURL == "http://localhost:\(plan.listen.port)")
    }

    @Test func aFlagWinsOverTheEnvironment() throws {
        // Between the two looks at a port somebody else may take it.
        let plans = (0..<10).lazy
            .compactMap { _ -> (Int, DemoPlan)? in
                guard let port = try? TCPPort.free(),
                    let plan = try? self.plan(listen: "127.0.0.1:\(port)", ["PORTICO_LISTEN": "nonsense"])
                else { return nil }
                return (port, plan)
            }
        let (port, plan) = try #require(plans.first)
        #expect(plan.listen.port == port)
    }

    @Test func theIdentityProviderNeverTakesTheGatewaysPort() throws {
        let port = try TCPPort.free()
        let address = "127.0.0.1:\(port)"
        #expect(throws: CommandRefusal.self) { try self.plan(listen: address, identityProvider: address) }
    }

    @Test func settingsOfTheCallerHoldAndTheRestIsTheDemonstrations() throws {
        let plan = try self.plan([
            "PORTICO_LOG_LEVEL": "debug", "PORTICO_PREFIX": "/auth", "PORTICO_UPSTREAM": "http://elsewhere:1",
        ])
        let settings = try plan.settings(
            databaseURL: "postgresql:///portico?host=/tmp",
            secretKey: Secret(SettingsExample.secretKey)
        )
        #expect(settings.log.level == .debug)
        #expect(settings.listener.prefix == "/auth")
        #expect(settings.listener.opsListen.port == 0)
        #expect(settings.listener.publicURL.origin == plan.publicURL)
    }

    @Test(arguments: ["8080", "127.0.0.1:http", "127.0.0.1:70000", "http://127.0.0.1:80"])
    func refuses(address: String) {
        #expect(throws: CommandRefusal.self) { try self.plan(listen: address) }
        #expect(throws: CommandRefusal.self) { try self.plan(identityProvider: address) }
    }

    @Test func theSecretKeyIsMadeOnceAndIsForItsOwnerAlone() throws {
        let folder = try TemporaryFolder()
        let first = try DemoSecretKey.load(from: folder.url)
        #expect(try DemoSecretKey.load(from: folder.url) == first)
        #expect(try SettingSyntax.key256(first.reveal()).count == 32)
        let file = folder.url.appending(path: "secret-key").path
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
