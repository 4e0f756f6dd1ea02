import PostgreSQL

/// The databases of the service and of the operator.
struct DatabaseSettings: Sendable {
    /// The libpq URI that `serve` uses.
    let url: Secret

    /// The libpq URI of the owner, that `migrate` and the operator's commands use.
    let ownerURL: Secret

    /// Reads both; the owner's is the service's where it is not given.
    init?(reader: inout SettingsReader) {
        let url = reader.secret(.databaseURL, check: Self.check)
        let ownerURL = reader.secret(.migrateDatabaseURL, check: Self.check)
        guard let url else {
            if reader.findSecret(.databaseURL) == nil {
                reader.require(
                    .databaseURL,
                    remedy: "set it to a libpq URI such as postgresql://portico@db.example/portico"
                )
            }
            return nil
        }
        self.url = url
        self.ownerURL = ownerURL ?? url
    }

    private static func check(_ text: String) throws(SettingProblem) {
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else {
            throw SettingProblem("is not a libpq URI", "begin it with postgresql://")
        }
        do throws(PostgreSQLError) {
            _ = try PostgreSQLConfiguration(uri: text)
        } catch {
            throw SettingProblem(
                "is not a libpq URI",
                "write postgresql://user:password@host:5432/name, special characters as %40"
            )
        }
    }
}
