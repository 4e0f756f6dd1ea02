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
        let port = try TCPPort.free()
        let server = try ChildProcess(
            ["php", "-S", "127.0.0.1:\(port)"],
            folder: folder.url,
            log: folder.url.appending(path: "log")
        )
        try await eventually { TCPPort.answers(port) }
        #expect(!TCPPort.isFree(port))
        await server.stop()
        #expect(TCPPort.isFree(port))
    }

    @Test(arguments: [-1, 65_536]) func aNumberThatIsNoPortIsNotFree(port: Int) {
        #expect(!TCPPort.isFree(port))
    }

    @Test func aNameThatIsNoAddressHasNoFreePort() {
        #expect(throws: LocalServerError.noFreePort(host: "nowhere")) { try TCPPort.free(on: "nowhere") }
    }
}
