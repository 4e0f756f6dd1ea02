import Foundation
import Testing

@testable import LocalServers

@Suite("A started program") struct StartedProgramTests {
    /// What a program writes until it ends.
    private func output(of command: [String], environment: [String: String] = [:]) async throws -> String {
        let pipe = Pipe()
        let program = try StartedProgram(command, environment: environment, output: pipe.fileHandleForWriting)
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(await program.waitUntilExit() == 0)
        return text
    }

    @Test func inheritsItsThreeFilesAndNoOther() async throws {
        var open: [Int32] = [0, 0]
        #expect(pipe(&open) == 0)
        defer { for descriptor in open { close(descriptor) } }
        // The fourth is the folder that `ls` reads.
        #expect(try await self.output(of: ["/bin/ls", "/proc/self/fd"]) == "0\n1\n2\n3\n")
    }

    @Test func hasTheEnvironmentGivenAndNoOther() async throws {
        #expect(try await self.output(of: ["/usr/bin/env"], environment: ["GREETING": "hello"]) == "GREETING=hello\n")
    }

    @Test func startsWithNoSignalBlockedOrIgnored() async throws {
        let text = try await self.output(of: ["/bin/grep", "-E", "^Sig(Blk|Ign):", "/proc/self/status"])
        let masks = text.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
        #expect(masks.count == 2)
        // Signals 32 and 33 are the C library's own; no program can set them.
        let settable: UInt64 = ~(0b11 << 31)
        #expect(masks.allSatisfy { $0 & settable == 0 }, "\(text)")
    }

    @Test func endsWithItsStatusOrItsSignal() async throws {
        let exiting = try StartedProgram(["/bin/sh", "-c", "exit 7"], environment: [:])
        #expect(await exiting.waitUntilExit() == 7)
        let killed = try StartedProgram(["/bin/sh", "-c", "kill -TERM $$"], environment: [:])
        #expect(await killed.waitUntilExit() == 128 + SIGTERM)
        #expect(killed.status == 128 + SIGTERM)
    }

    @Test func reportsAProgramThatDoesNotExist() {
        #expect(throws: LocalServerError.self) { try StartedProgram(["/nonexistent/program"], environment: [:]) }
    }

    @Test func reportsAFolderThatDoesNotExist() {
        #expect(throws: LocalServerError.self) {
            try StartedProgram(["/bin/true"], environment: [:], folder: URL(filePath: "/nonexistent"))
        }
    }
}
