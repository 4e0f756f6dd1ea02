import DNS
import Foundation
import LocalServers

/// A name server of this machine with one zone: dnsmasq, which Debian has.
struct TestNameServer: Sendable {
    /// The address and port for `DNS_RESOLVER`.
    let address: String

    private let program: StartedProgram

    /// Starts one with these TXT records below `zone`, each a list of strings.
    static func start(zone: String, records: [String: [[String]]]) async throws -> TestNameServer {
        // The system chooses a port that is free for TCP; something else may have it for UDP, or take it meanwhile.
        for _ in 0..<10 {
            let port = try TCPPort.free()
            let program = try StartedProgram(Self.command(zone: zone, records: records, port: port), environment: [:])
            let server = TestNameServer(address: "127.0.0.1:\(port)", program: program)
            if try await server.answers(for: "ready.\(zone)") { return server }
        }
        throw LocalServerError.noFreePort(host: "127.0.0.1")
    }

    /// Ends the server.
    func stop() async {
        kill(self.program.processID, SIGTERM)
        _ = await self.program.waitUntilExit()
    }

    private static func command(zone: String, records: [String: [[String]]], port: Int) -> [String] {
        let texts = records.merging(["ready": [["yes"]]]) { $1 }
            .flatMap { name, records in
                records.map { "--txt-record=\(name).\(zone),\($0.joined(separator: ","))" }
            }
        return [
            "/usr/sbin/dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--user=root",
            "--no-resolv", "--no-hosts", "--port=\(port)", "--listen-address=127.0.0.1", "--bind-interfaces",
            "--log-facility=/dev/null", "--local=/\(zone)/",
        ] + texts
    }

    /// Waits for the first answer; false when the program has ended instead.
    private func answers(for name: String) async throws -> Bool {
        let resolver = StubResolver(servers: .addresses([self.address]), limit: .seconds(1))
        while kill(self.program.processID, 0) == 0 {
            if let records = try? await resolver.textRecords(of: name), !records.isEmpty { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
