package import Foundation

/// A folder that only this account can enter, removed when the value is released or this process dies in any way.
package final class TemporaryFolder: Sendable {
    /// Where it is; the path is short, for the path of a Unix socket may hold 107 bytes.
    package let url: URL

    /// Removes the folder at the end of its lifeline, as `ChildProcess` describes it.
    private let janitor: ChildProcess

    /// Makes the folder.
    ///
    /// - Parameter lockFile: A file whose owner still needs the folder; removal waits for it to vanish, 20 seconds at
    ///   most.
    /// - Throws: Foundation's errors when the folder cannot be made.
    package init(waitingFor lockFile: String = "") throws {
        self.url = try Self.make(under: "/tmp")
        self.janitor = try ChildProcess(
            ["/bin/sh", "-c", Self.script, "portico-janitor", self.url.path, lockFile],
            log: URL(filePath: "/dev/null"),
            gracePeriod: .seconds(30),
            removing: self.url
        )
    }

    /// Makes a folder with an unguessable name, for instance `/tmp/portico-7k2m9xq4ab`, that stays.
    ///
    /// - Throws: Foundation's error when it cannot be made, also when it exists.
    static func make(under parent: String) throws -> URL {
        let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
        var name = "portico-"
        for _ in 0..<10 { name.append(alphabet[Int.random(in: 0..<alphabet.count)]) }
        let folder = URL(filePath: parent).appending(path: name, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        return folder
    }

    /// Removes the folder now and returns when it is gone.
    package func remove() async {
        await self.janitor.stop()
    }

    /// Lives until it is asked to stop and the lock file is gone; the folder goes after it.
    private static let script = """
        folder=$1 lock=$2
        trap : TERM
        sleep infinity &
        sleeper=$!
        wait "$sleeper"
        kill -s KILL "$sleeper"
        tenths=0
        while [ -n "$lock" ] && [ -e "$folder/$lock" ] && [ "$tenths" -lt 200 ]; do
            sleep 0.1
            tenths=$((tenths + 1))
        done
        """
}
