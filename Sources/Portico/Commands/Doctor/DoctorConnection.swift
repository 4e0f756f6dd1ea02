import Logging
import PostgreSQL

/// The doctor's own way to the database, open for the time of one examination.
enum DoctorConnection {
    /// Opens a pool of one connection for `body`.
    ///
    /// - Throws: What `body` throws.
    static func with<Success>(
        _ configuration: PostgreSQLConfiguration,
        _ body: (ConnectionPool) async throws -> Success
    ) async throws -> Success {
        let logger = PorticoLogging.logger(label: "portico.doctor", settings: LogSettings(level: .critical))
        let pool = ConnectionPool(configuration: configuration, logger: logger)
        do {
            let result = try await body(pool)
            await pool.shutDown()
            return result
        } catch {
            await pool.shutDown()
            throw error
        }
    }

    /// The owner's login, in a role where one is named.
    ///
    /// - Throws: `PostgreSQLError` when the database's URI is none.
    static func configuration(
        _ settings: Settings,
        role: String? = nil
    ) throws -> PostgreSQLConfiguration {
        try PostgreSQLConfiguration(
            uri: settings.database.ownerURL.reveal(),
            sessionRole: role,
            applicationName: "portico doctor",
            poolSize: 1
        )
    }
}
