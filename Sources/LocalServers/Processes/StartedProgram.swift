import CPosixSpawn
package import Foundation

/// A program that this process started and waits for, which inherits its three standard files and no other.
///
/// Foundation's `Process` on Linux closes in the child what was open when it looked, so that a pipe or a socket which
/// another thread opens a moment later goes on to the child and its other end never ends; and it learns that a child
/// ended from such a socket. Here the kernel closes everything in the child itself.
package final class StartedProgram: Sendable {
    /// The process id.
    package let processID: Int32

    private let exit: ProcessExit

    /// The status, once the program has ended; 128 plus the number for a signal.
    var status: Int32? { self.exit.status }

    /// Starts a program, with every signal at its default and none blocked.
    ///
    /// - Parameters:
    ///   - command: The program's path, and its arguments.
    ///   - environment: All of its environment.
    ///   - folder: The folder to start in; this process's own when nil.
    ///   - input: What it reads; nothing when nil.
    ///   - output: Where its output goes; nowhere when nil.
    ///   - errors: Where its errors go; nowhere when nil.
    /// - Throws: `LocalServerError.commandFailed` with status 127 when it cannot be started.
    package init(
        _ command: [String],
        environment: [String: String],
        folder: URL? = nil,
        input: FileHandle? = nil,
        output: FileHandle? = nil,
        errors: FileHandle? = nil
    ) throws {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        for (descriptor, handle) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
            if let handle {
                posix_spawn_file_actions_adddup2(&files, handle.fileDescriptor, descriptor)
            } else {
                posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_RDWR, 0)
            }
        }
        posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1)
        if let folder { posix_spawn_file_actions_addchdir_np(&files, folder.path) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var id: pid_t = 0
        let problem = Self.withCStrings(command) { arguments in
            Self.withCStrings(environment.map { "\($0)=\($1)" }) { variables in
                posix_spawn(&id, command[0], &files, &attributes, arguments, variables)
            }
        }
        guard problem == 0 else {
            throw LocalServerError.commandFailed(
                command: command.joined(separator: " "),
                status: 127,
                output: String(cString: strerror(problem))
            )
        }
        self.processID = id
        self.exit = ProcessExit()
        Thread.detachNewThread { [id, exit] in exit.record(status: Self.wait(for: id)) }
    }

    /// Suspends until the program has ended; returns its status, 128 plus the number for a signal.
    package func waitUntilExit() async -> Int32 {
        await self.exit.wait()
    }

    private static func wait(for id: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) == -1 && errno == EINTR {}
        // The low seven bits hold the signal; without one, the exit status is in the next byte.
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// Lends the texts as C does: an array of pointers with a null at its end.
    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
