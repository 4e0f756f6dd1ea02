import Foundation
import LocalServers
import ReverseProxy
import Synchronization
import Testing

@testable import Portico

@Suite("The access log")
struct AccessLogTests {
    private static let time = Date(timeIntervalSince1970: 1_800_000_000.25)

    private static func record(path: String? = "/tasks", status: Int? = 200) -> AccessRecord {
        AccessRecord(
            client: "203.0.113.7",
            method: path == nil ? nil : "GET",
            host: path == nil ? nil : "a.example",
            path: path,
            route: path == nil ? nil : "default",
            status: status,
            ending: status == nil ? .broken : .complete,
            sentBytes: 1_310,
            duration: .microseconds(1_004_211),
            requestID: "01jd7q8rk3m5v2xz",
            traceID: path == nil ? nil : "0af7651916cd43dd8448eb211c80319c",
            workspace: path == nil ? nil : "company-a",
            user: path == nil ? nil : "u-1"
        )
    }

    /// Ways in which a link arrives: from mail clients, by hand, and as somebody would who wants it in a log.
    @Test(
        "The secret of a setup link is not told, however the link is spelled",
        arguments: [
            "/.portico/setup/*", "/.portico/setup/*/", "/.portico/setup/*.", "/.portico/setup/*)", "/.portico/setup//*",
            "/.portico//setup/*", "/.portico/s%65tup/*", "/.portico/setup%2F*", "/.portico/Setup/*",
            "/a/setup/b/setup/*",
        ]
    )
    func setupLink(_ spelling: String) {
        let secret = String(repeating: "A", count: 43)
        let path = spelling.replacing("*", with: secret)
        let line = AccessLine(time: Self.time, record: Self.record(path: path))
        for text in [line.text, line.json] {
            #expect(text.lowercased().contains("/setup/…"))
            #expect(!text.contains(secret.dropLast(20)))
        }
    }

    @Test(
        "The secret of an invitation, or of a link for a passphrase, is not told either",
        arguments: [
            "/.portico/invitation/*", "/.portico//Invitation%2F*.", "/invitation/setup/*", "/setup/invitation/*",
            "/.portico/passphrase/*", "/.portico/Passphrase%2f%2F*",
        ]
    )
    func invitation(_ spelling: String) {
        let secret = String(repeating: "A", count: 43)
        let path = spelling.replacing("*", with: secret)
        let line = AccessLine(time: Self.time, record: Self.record(path: path))
        for text in [line.text, line.json] {
            #expect(text.contains("/…"))
            #expect(!text.contains(secret.dropLast(20)))
        }
    }

    @Test("Other paths are told as they are")
    func otherPaths() {
        let other = AccessLine(time: Self.time, record: Self.record(path: "/setup/guide"))
        #expect(other.text.contains("path=/setup/guide"))
    }

    @Test("Text is the time and what there is")
    func text() {
        #expect(
            AccessLine(time: Self.time, record: Self.record()).text
                == "2027-01-15T08:00:00.250Z client=203.0.113.7 method=GET host=a.example path=/tasks route=default "
                + "status=200 ending=complete bytes=1310 duration=1.004211 request.id=01jd7q8rk3m5v2xz "
                + "trace.id=0af7651916cd43dd8448eb211c80319c workspace=company-a user=u-1"
        )
        #expect(
            AccessLine(time: Self.time, record: Self.record(path: nil, status: nil)).text
                == "2027-01-15T08:00:00.250Z client=203.0.113.7 ending=broken bytes=1310 duration=1.004211 "
                + "request.id=01jd7q8rk3m5v2xz"
        )
    }

    @Test("JSON is one object with numbers as numbers")
    func json() throws {
        struct Line: Decodable {
            let time: String
            let path: String?
            let status: Int?
            let bytes: Int
            let duration: Double
        }
        for path in ["/tasks", "/\"\\/%22"] {
            let text = AccessLine(time: Self.time, record: Self.record(path: path)).json
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            #expect(line.time == "2027-01-15T08:00:00.250Z")
            #expect(line.path == path && line.status == 200 && line.bytes == 1_310 && line.duration == 1.004211)
        }
        let without = AccessLine(time: Self.time, record: Self.record(path: nil, status: nil)).json
        #expect(try JSONDecoder().decode(Line.self, from: Data(without.utf8)).status == nil)
    }

    @Test("One request is one line, whatever was sent", arguments: [AccessLogFormat.text, .json])
    func oneLine(_ format: AccessLogFormat) {
        let line = AccessLine(time: Self.time, record: Self.record(path: "/a\r\nb\u{1b}[2J\u{2028}\u{85} path=/c"))
        let text = format == .json ? line.json : line.text
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x85 || $0.value == 0x2028 })
    }

    @Test("Lines are kept until they are written, beyond the bound they are dropped and counted")
    func bound() async throws {
        let written = Mutex<[String]>([])
        let log = AccessLog(format: .text, capacity: 3) { data in
            written.withLock { $0.append(String(decoding: data, as: UTF8.self)) }
        }
        let record = try #require(log.recorder)
        for _ in 0..<5 { record(Self.record()) }
        #expect(log.droppedCount == 2)
        await log.flush()
        await log.flush()
        record(Self.record(path: "/after"))
        await log.flush()
        let texts = written.withLock { $0 }
        #expect(texts.map { $0.split(separator: "\n").count } == [3, 1])
        #expect(texts.allSatisfy { $0.hasSuffix("\n") })
        #expect(log.droppedCount == 2)
    }

    @Test("Where there is no log, the data plane is told so")
    func off() {
        #expect(AccessLog(format: .off).recorder == nil)
    }

    @Test("The program writes a line for each request on standard output, the last ones when it stops")
    func program() async throws {
        let output = Pipe()
        let log = Pipe()
        // Nothing listens on a port below 1024: the gateway runs without its database.
        let environment = SettingsExample.environment.merging([
            "PORTICO_DATABASE_URL": "postgresql://portico@127.0.0.1:9/portico", "PORTICO_LISTEN": "127.0.0.1:0",
            "PORTICO_OPS_LISTEN": "127.0.0.1:0", "PORTICO_LOG_FORMAT": "json", "PORTICO_ACCESS_LOG": "json",
        ]) { $1 }
        let program = try StartedProgram(
            [ProgramRun.program().path, "serve"],
            environment: environment,
            output: output.fileHandleForWriting,
            errors: log.fileHandleForWriting
        )
        try output.fileHandleForWriting.close()
        try log.fileHandleForWriting.close()
        let address = try #require(await Self.gatewayAddress(in: log))
        let refused = try await HTTPExchange.get("/tasks?token=secret", at: address)
        #expect(refused.status == 401)
        kill(program.processID, SIGTERM)
        #expect(await program.waitUntilExit() == 0)
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(text.split(separator: "\n").count == 1)
        #expect(text.contains(#""method":"GET""#) && text.contains(#""path":"/tasks","route":"default","status":401"#))
        #expect(text.contains(#""request.id":"\#(refused.header("X-Request-Id") ?? "-")""#))
        #expect(!text.contains("secret"))
    }

    /// Reads the log of events until it tells the gateway's address, and goes on reading so that the program never waits.
    private static func gatewayAddress(in log: Pipe) async -> ListenAddress? {
        let (addresses, continuation) = AsyncStream<ListenAddress>.makeStream()
        let reader = Thread {
            var text = ""
            while case let data = log.fileHandleForReading.availableData, !data.isEmpty {
                text += String(decoding: data, as: UTF8.self)
                if let port = text.firstMatch(of: /"gateway":"127\.0\.0\.1:([0-9]+)"/).flatMap({ Int($0.1) }) {
                    continuation.yield(ListenAddress(host: "127.0.0.1", port: port))
                }
            }
            continuation.finish()
        }
        reader.start()
        return await addresses.first { _ in true }
    }
}
