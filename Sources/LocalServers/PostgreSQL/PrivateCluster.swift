package import Foundation

/// A PostgreSQL cluster of one's own: made on first use, reached over a Unix socket, gone when this process is gone.
///
/// It listens on no TCP port, so it meets nobody else's. The socket trusts whoever can reach it, and lies in a folder
/// that only the account of the cluster, and root, can enter.
package actor PrivateCluster {
    /// What becomes of the data when the machine loses power.
    package enum Durability: Sendable {
        /// Committed data stays, as in production.
        case durable
        /// Data may be lost; for tests, which run several times faster with it.
        case disposable
    }

    /// The folder that holds the data, the socket and the log.
    package nonisolated let folder: URL

    /// The folder of the socket, which is what libpq calls `host`.
    package nonisolated let socketFolder: URL

    private let installation: PostgreSQLInstallation
    private let account: ServerAccount
    private let durability: Durability
    private let temporary: TemporaryFolder?
    private var server: ChildProcess?

    /// Makes the cluster in the folder unless there is one, and starts it.
    ///
    /// - Throws: `LocalServerError`, with a sentence that says what to do.
    package static func start(in folder: URL, durability: Durability = .durable) async throws -> PrivateCluster {
        let account = ServerAccount.suitable
        let home = try await ClusterFolder.prepare(folder, for: account)
        return try await self.start(at: home, account: account, durability: durability, temporary: nil)
    }

    /// The cluster of this test process, started at the first call, in a folder that is removed when the process ends.
    ///
    /// Each suite makes a database of its own in it.
    package static func shared() async throws -> PrivateCluster {
        try await self.sharedStart.value
    }

    /// Unstructured on purpose: the first caller starts it, all callers wait for it, and cancelling one of them must not
    /// take it from the others.
    private static let sharedStart = Task { try await PrivateCluster.temporary() }

    /// Makes and starts a cluster in a folder that goes with it, or with the process.
    ///
    /// For tests that stop their server; the others make a database in the shared one.
    ///
    /// - Throws: `LocalServerError`; Foundation's errors when the folder cannot be made.
    package static func temporary() async throws -> PrivateCluster {
        let account = ServerAccount.suitable
        let home = try TemporaryFolder(waitingFor: "data/postmaster.pid")
        try ClusterFolder.close(home.url, for: account)
        return try await self.start(at: home.url, account: account, durability: .disposable, temporary: home)
    }

    private static func start(
        at home: URL,
        account: ServerAccount,
        durability: Durability,
        temporary: TemporaryFolder?
    ) async throws -> PrivateCluster {
        let data = home.appending(path: "data", directoryHint: .isDirectory)
        let version = try? String(contentsOf: data.appending(path: "PG_VERSION"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let installation = try? PostgreSQLInstallation.find(majorVersion: version) else {
            guard let version else { throw LocalServerError.programMissing(name: "PostgreSQL", package: "postgresql") }
            throw LocalServerError.clusterOfOtherVersion(version: version, folder: home.path)
        }
        if version == nil {
            try await self.initialize(data, in: home, with: installation, account: account, durability: durability)
        }
        let cluster = try PrivateCluster(
            folder: home,
            installation: installation,
            account: account,
            durability: durability,
            temporary: temporary
        )
        try await cluster.start()
        return cluster
    }

    private init(
        folder: URL,
        installation: PostgreSQLInstallation,
        account: ServerAccount,
        durability: Durability,
        temporary: TemporaryFolder?
    ) throws {
        self.folder = folder
        self.installation = installation
        self.account = account
        self.durability = durability
        let socket = folder.appending(path: "socket", directoryHint: .isDirectory)
        // The longest path that a Unix socket can have is 107 bytes; the file in the folder is `.s.PGSQL.5432`.
        if socket.path.utf8.count < 90 {
            try FileManager.default.createDirectory(at: socket, withIntermediateDirectories: true)
            self.socketFolder = socket
            self.temporary = temporary
        } else {
            let short = try TemporaryFolder(waitingFor: ".s.PGSQL.5432.lock")
            self.socketFolder = short.url
            self.temporary = short
        }
        try ClusterFolder.close(self.socketFolder, for: account)
    }

    /// Starts the server again after `stop()`; does nothing while it runs.
    ///
    /// A predecessor whose process was killed may need some seconds to end; it is waited for.
    ///
    /// - Throws: `LocalServerError`, with the end of the log.
    package func start() async throws {
        guard self.server?.isRunning != true else { return }
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(20)
        while true {
            do {
                self.server = try await self.startOnce()
                return
            } catch LocalServerError.endedEarly(_, let output)
                where output.contains("\"postmaster.pid\" already exists") && clock.now < deadline
            {
                // The server that holds the file is ending, and nothing tells when it has: it is no child of this process.
                try await clock.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Stops the server: clients are disconnected, the data stays.
    package func stop() async {
        await self.server?.stop()
        self.server = nil
    }

    /// Stops the server and starts it again at the same address.
    ///
    /// - Throws: What `start()` throws.
    package func restart() async throws {
        await self.stop()
        try await self.start()
    }

    /// The libpq URI of a database of the cluster.
    ///
    /// - Parameters:
    ///   - database: The database; `postgres` always exists.
    ///   - user: The role to connect as; `postgres` is the superuser.
    /// - Returns: A URI that is valid as long as the cluster exists, also over a restart.
    package nonisolated func uri(database: String = "postgres", user: String = "postgres") -> String {
        let plain = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: Unicode.Scalar(0)..."\u{7F}"))
            .union(CharacterSet(charactersIn: "-._~"))
        let encode = { (text: String) in text.addingPercentEncoding(withAllowedCharacters: plain) ?? text }
        return "postgresql:///\(encode(database))?host=\(encode(self.socketFolder.path))&user=\(encode(user))"
    }

    private static func initialize(
        _ data: URL,
        in home: URL,
        with installation: PostgreSQLInstallation,
        account: ServerAccount,
        durability: Durability
    ) async throws {
        // Made under another name first: a cluster whose making was interrupted is never mistaken for one.
        let unfinished = home.appending(path: "data.unfinished", directoryHint: .isDirectory)
        try? FileManager.default.removeItem(at: unfinished)
        try? FileManager.default.removeItem(at: data)
        var command = [
            installation.program("initdb"), "--pgdata=\(unfinished.path)", "--username=postgres", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-instructions",
        ]
        if durability == .disposable { command.append("--no-sync") }
        try await Command.run(account.command(command), folder: home, log: home.appending(path: "initdb.log"))
        try FileManager.default.moveItem(at: unfinished, to: data)
    }

    private func startOnce() async throws -> ChildProcess {
        let data = self.folder.appending(path: "data", directoryHint: .isDirectory)
        var command = [
            self.installation.program("postgres"), "-D", data.path, "-k", self.socketFolder.path,
            "-c", "listen_addresses=", "-c", "port=5432", "-c", "max_connections=200",
            "-c", "unix_socket_permissions=0700", "-c", "logging_collector=off",
        ]
        if self.durability == .disposable {
            command += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        }
        let child = try ChildProcess(
            self.account.command(command),
            environment: ["LC_ALL": "C"],
            folder: self.folder,
            log: self.folder.appending(path: "postgresql.log"),
            stopSignal: .interrupt
        )
        // The first line of the lock file is the process that wrote it, which tells it from one that a crash left; the
        // eighth is the server's state, which `pg_ctl --wait` reads as well.
        let lockFile = data.appending(path: "postmaster.pid")
        try await Readiness.wait(for: "PostgreSQL", child) {
            let lines = (try? String(contentsOf: lockFile, encoding: .utf8))?
                .split(
                    separator: "\n",
                    omittingEmptySubsequences: false
                )
            guard let lines, lines.count >= 8 else { return false }
            return lines[0] == String(child.processID) && lines[7].trimmingCharacters(in: .whitespaces) == "ready"
        }
        return child
    }
}
