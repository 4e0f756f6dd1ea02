/// Where the database is and what a client allows itself.
package struct PostgreSQLConfiguration: Sendable {
    /// The server, the login and the libpq options.
    let connectionString: ConnectionString
    /// The role that every connection takes with SET ROLE, or `nil` to stay the login's.
    package var sessionRole: String?
    /// Settings of Portico's own, with a dot in their names, that every connection has.
    package var sessionSettings: [String: String] = [:]
    /// The name that the server shows for the connections in `pg_stat_activity`.
    package var applicationName: String
    /// How many connections a pool opens at most.
    package var poolSize: Int
    /// How many tasks may wait for a connection at once; further ones fail at once.
    package var maximumWaiters: Int
    /// How long a task waits for a connection.
    package var acquireTimeout: Duration
    /// How long opening a connection may take for each host of the connection string, in whole seconds, at least two
    /// (libpq's own granularity).
    package var connectTimeout: Duration
    /// How long a statement may run before the server stops it.
    ///
    /// When the server does not, because it or the network is gone, the client gives the connection up a second later.
    package var statementTimeout: Duration
    /// How old a connection becomes before a fresh one replaces it.
    package var maximumConnectionAge: Duration

    /// Reads a libpq URI or keyword string; several hosts are allowed.
    ///
    /// - Throws: ``PostgreSQLError/invalidConfiguration(_:)``, without repeating the string.
    package init(
        uri: String,
        sessionRole: String? = nil,
        applicationName: String = "portico",
        poolSize: Int = 10,
        maximumWaiters: Int = 1_000,
        acquireTimeout: Duration = .seconds(5),
        connectTimeout: Duration = .seconds(3),
        statementTimeout: Duration = .seconds(10),
        maximumConnectionAge: Duration = .seconds(1_800)
    ) throws(PostgreSQLError) {
        guard poolSize > 0, maximumWaiters >= 0 else {
            throw .invalidConfiguration("the pool needs at least one connection")
        }
        guard acquireTimeout > .zero, statementTimeout > .zero, maximumConnectionAge > .zero else {
            throw .invalidConfiguration("timeouts must be longer than zero")
        }
        self.connectionString = try ConnectionString(uri)
        self.sessionRole = sessionRole
        self.applicationName = applicationName
        self.poolSize = poolSize
        self.maximumWaiters = maximumWaiters
        self.acquireTimeout = acquireTimeout
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.maximumConnectionAge = maximumConnectionAge
    }

    /// Where the connections go, without login secrets: for logs and for `portico doctor`.
    package var endpoint: String {
        self.connectionString.endpoint
    }
}
