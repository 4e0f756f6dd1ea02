import Foundation
import Testing

@testable import LocalServers

@Suite("Free ports") struct TCPPortTests {
    @Test func aFreePortCanBeBoundAndDoesNotAnswer() throws {
        let port = try TCPPort.free()
        #expect((1024...65535).contains(port))
        #expect(!TCPPort.answers(port))
    }

    @Test func aPortThatAServerHoldsIsNotFree() async throws {
        let folder = try TemporaryFolder()
        let (server, port) = try await self.server(in: folder.url)
        #expect(!TCPPort.isFree(port))
        await server.stop()
        #expect(TCPPort.isFree(port))
    }

    /// Starts a server on a free port, and another one when somebody else took the port meanwhile.
    private func server(in folder: URL) async throws -> (ChildProcess, Int) {
        while true {
            let port = try TCPPort.free()
            let log = folder.appending(path: "\(port).log")
            let server = try ChildProcess(["php", "-S", "127.0.0.1:\(port)"], folder: folder, log: log)
            try await eventually { server.lastWords.contains("started") || !server.isRunning }
            if server.isRunning { return (server, port) }
        }
    }

    @Test(arguments: [-1, 65_536]) func aNumberThatIsNoPortIsNotFree(port: Int) {
        #expect(!TCPPort.isFree(port))
    }

    @Test func aNameThatIsNoAddressHasNoFreePort() {
        #expect(throws: LocalServerError.noFreePort(host: "nowhere")) { try TCPPort.free(on: "nowhere") }
    }
}
