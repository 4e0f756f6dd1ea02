import Foundation
import Testing

@testable import LocalServers

@Suite("A child that dies with its parent") struct ChildProcessTests {
    private let folder: TemporaryFolder
    private var log: URL { self.folder.url.appending(path: "log") }

    init() throws {
        self.folder = try TemporaryFolder()
    }

    @Test func reportsTheStatusAndKeepsTheOutput() async throws {
        let child = try ChildProcess(["sh", "-c", "echo out; echo err >&2; exit 7"], log: self.log)
        #expect(await child.waitUntilExit() == 7)
        #expect(!child.isRunning)
        #expect(child.lastWords == "out\nerr")
    }

    @Test func reportsAProgramThatDoesNotExist() async throws {
        let child = try ChildProcess(["portico-has-no-such-program"], log: self.log)
        #expect(await child.waitUntilExit() == 127)
    }

    @Test func refusesALogThatCannotBeWritten() throws {
        #expect(throws: LocalServerError.self) {
            try ChildProcess(["true"], log: self.folder.url.appending(path: "none/log"))
        }
    }

    @Test func passesEnvironmentFolderAndArgumentsUnchanged() async throws {
        let child = try ChildProcess(
            ["sh", "-c", "echo \"$GREETING $(pwd) $1\"", "-", "a 'b' $c *"],
            environment: ["GREETING": "hello"],
            folder: URL(filePath: "/usr"),
            log: self.log
        )
        _ = await child.waitUntilExit()
        #expect(child.lastWords == "hello /usr a 'b' $c *")
    }

    @Test func stopsWithTheSignalAsked() async throws {
        let child = try ChildProcess(
            ["sh", "-c", "trap 'echo stopped; exit 3' INT; echo ready; while :; do sleep 0.05; done"],
            log: self.log,
            stopSignal: .interrupt
        )
        try await eventually { child.lastWords == "ready" }
        await child.stop()
        #expect(child.lastWords == "ready\nstopped")
        #expect(await child.waitUntilExit() == 3)
        #expect(!processExists(child.processID))
    }

    @Test func killsAProgramThatDoesNotStop() async throws {
        let child = try ChildProcess(
            ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"],
            log: self.log,
            gracePeriod: .seconds(0)
        )
        try await eventually { child.lastWords == "ready" }
        await child.stop()
        #expect(await child.waitUntilExit() == 128 + SIGKILL)
        #expect(!processExists(child.processID))
    }

    @Test func takesWhateverTheProgramStartedWithIt() async throws {
        let child = try ChildProcess(["sh", "-c", "sleep 1000 & echo $!; wait"], log: self.log)
        try await eventually { !child.lastWords.isEmpty }
        let grandchild = try #require(Int32(child.lastWords))
        await child.stop()
        try await eventually { !processExists(grandchild) }
    }

    @Test func stopsWhenNothingHoldsItAnyMore() async throws {
        let id = try ChildProcess(["sleep", "1000"], log: self.log).processID
        try await eventually { !processExists(id) }
    }

    /// The parent here is a shell that holds the pipe as this process would, and is killed.
    ///
    /// It is no `ChildProcess` itself: that would kill the whole group of the shell, the one that watches among it.
    @Test func stopsWhenItsParentIsKilled() async throws {
        let script = try StartedProgram(
            [
                "/bin/sh", "-c",
                """
                mkfifo pipe
                /bin/sh -c "$1" portico-child log TERM 5 '' sleep 1000 <pipe &
                exec 5>pipe
                wait
                """, "-", ChildProcess.script,
            ],
            environment: ["PATH": "/usr/bin:/bin"],
            folder: self.folder.url
        )
        let parent = script.processID
        try await eventually { descendant(of: parent, named: "sleep") != nil }
        let grandchild = try #require(descendant(of: parent, named: "sleep"))
        kill(parent, SIGKILL)
        try await eventually { !processExists(grandchild) }
        #expect(await script.waitUntilExit() == 128 + SIGKILL)
    }

    @Test func twoStopsAreOne() async throws {
        let child = try ChildProcess(["sleep", "1000"], log: self.log)
        async let first: Void = child.stop()
        async let second: Void = child.stop()
        _ = await (first, second)
        #expect(!child.isRunning)
    }
}
