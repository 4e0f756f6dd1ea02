package import Foundation

// How a child is made to die with its parent.
//
//     this process ──(pipe: the lifeline)──▶ sh ──▶ the program, in a session of its own
//                                             └──▶ a watcher that reads the lifeline
//
// Nothing is ever written to the lifeline. It ends when `stop()` closes it, and also when this process dies in
// whatever way, `kill -9` included, because the kernel then closes it. At its end the watcher sends the program its
// stop signal and, after the grace period, kills whatever is left of the program's session. The shell waits for the
// program in the meantime, so that no zombie stays, and at last removes the folder that was to go with it, if any. The
// watcher ignores that it is told to end once it has begun to stop the program, so that it leaves no `sleep` behind.
//
// The program has a session of its own because Ctrl-C at a terminal goes to the whole foreground group, and the
// servers must outlive this process's own orderly stop.

/// A program that runs beside this process and stops when this process stops, whatever the way.
package final class ChildProcess: Sendable {
    /// The signal that asks a program to stop.
    package enum StopSignal: String, Sendable {
        /// What most programs take as a request to end in order.
        case terminate = "TERM"
        /// PostgreSQL's fast shutdown; also what PHP's server takes to end its workers with it.
        case interrupt = "INT"
    }

    /// The file that everything the program writes is appended to.
    package let log: URL

    /// The program's process id, which is also the id of its session.
    package let processID: Int32

    private let shell: StartedProgram
    private let lifeline: Pipe

    /// Whether the program has not ended yet.
    package var isRunning: Bool { self.shell.status == nil }

    /// The end of the log, at most ten lines, for an error message.
    package var lastWords: String {
        let text = (try? String(contentsOf: self.log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(10).joined(separator: "\n")
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: The program, looked up in `PATH` unless it is a path, and its arguments.
    ///   - environment: Added to this process's environment.
    ///   - folder: The folder to start in; this process's own when nil.
    ///   - log: The file that output and errors are appended to.
    ///   - stopSignal: What asks the program to stop.
    ///   - gracePeriod: How long the program may take to stop before it is killed; whole seconds count.
    ///   - scratch: A folder to remove once the program has ended.
    /// - Throws: `LocalServerError.commandFailed` when the shell cannot be started or cannot open the log. A program that cannot be run ends with status 126 or 127.
    package init(
        _ command: [String],
        environment: [String: String] = [:],
        folder: URL? = nil,
        log: URL,
        stopSignal: StopSignal = .terminate,
        gracePeriod: Duration = .seconds(10),
        removing scratch: URL? = nil
    ) throws {
        self.log = log
        self.lifeline = Pipe()
        let announcement = Pipe()
        self.shell = try StartedProgram(
            [
                "/bin/sh", "-c", Self.script, "portico-child", log.path, stopSignal.rawValue,
                String(gracePeriod.components.seconds), scratch?.path ?? "",
            ] + command,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
            folder: folder,
            input: self.lifeline.fileHandleForReading,
            output: announcement.fileHandleForWriting
        )
        try self.lifeline.fileHandleForReading.close()
        try announcement.fileHandleForWriting.close()
        // The shell says the id and closes its end at once.
        let words = try announcement.fileHandleForReading.readToEnd() ?? Data()
        guard let id = Int32(String(decoding: words, as: UTF8.self).trimmingCharacters(in: .newlines)) else {
            throw LocalServerError.commandFailed(
                command: command.joined(separator: " "),
                status: 1,
                output: "cannot write to \(log.path)"
            )
        }
        self.processID = id
    }

    /// Whoever forgets a child must not keep it alive by that.
    deinit {
        try? self.lifeline.fileHandleForWriting.close()
    }

    /// Asks the program to stop, kills it after the grace period, and returns when it is gone.
    package func stop() async {
        try? self.lifeline.fileHandleForWriting.close()
        _ = await self.shell.waitUntilExit()
    }

    /// Suspends until the program ends by itself or is stopped; returns its status, 128 plus the number for a signal.
    package func waitUntilExit() async -> Int32 {
        await self.shell.waitUntilExit()
    }

    /// What `/bin/sh` runs: the picture at the top of this file.
    static let script = """
        log=$1 signal=$2 grace=$3 scratch=$4
        shift 4
        exec 3<&0 4>&1 </dev/null >>"$log" 2>&1
        setsid -- env --default-signal "$@" 3<&- 4>&- &
        child=$!
        echo "$child" >&4
        exec 4>&-
        (
            read -r nothing <&3
            trap '' TERM
            kill -s "$signal" "$child"
            tenths=0
            while [ "$tenths" -lt $((grace * 10)) ] && kill -0 "$child"; do
                sleep 0.1
                tenths=$((tenths + 1))
            done
            kill -s KILL -- "-$child"
        ) 2>/dev/null &
        watcher=$!
        exec 3<&-
        wait "$child"
        status=$?
        kill -s TERM "$watcher" 2>/dev/null
        wait "$watcher" 2>/dev/null
        tenths=0
        while kill -s KILL -- "-$child" 2>/dev/null && [ "$tenths" -lt 20 ]; do
            sleep 0.1
            tenths=$((tenths + 1))
        done
        [ -z "$scratch" ] || rm -rf -- "$scratch"
        exit "$status"
        """
}
