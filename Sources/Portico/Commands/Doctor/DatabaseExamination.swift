import Foundation
import PostgreSQL
import Storage

/// What the doctor learns from the database.
struct DatabaseExamination: Sendable {
    let settings: Settings

    /// How far the database's clock may be off before it is told.
    private static let clockTolerance: TimeInterval = 5

    /// Looks at everything; what needs the database is left out when it does not answer.
    func findings() async throws -> [DoctorFinding] {
        let configuration = try DoctorConnection.configuration(self.settings)
        return try await DoctorConnection.with(configuration) { await self.findings(configuration, $0) }
    }

    private func findings(_ configuration: PostgreSQLConfiguration, _ pool: ConnectionPool) async -> [DoctorFinding] {
        let clock: DoctorFinding
        do {
            clock = try await self.clock(pool)
        } catch {
            let line = (DatabaseRefusal.explain(error, endpoint: configuration.endpoint) as? CommandRefusal)?.line
            return [
                .failure(
                    "database",
                    line ?? "\(configuration.endpoint): \(error)",
                    remedy: "mend that first; what else is in the database was not looked at"
                )
            ]
        }
        let migrations = await self.migrations(configuration)
        var findings = [.ok("database", "\(configuration.endpoint) answers"), clock, migrations]
        guard migrations.status == .ok else { return findings }
        findings.append(await self.attempt("login") { try await self.login() })
        do {
            findings += try await KeyExamination(settings: self.settings, now: Date()).findings()
        } catch {
            findings.append(.failure("keys", "\(error)", remedy: "mend that and run the doctor again"))
        }
        do {
            findings += try await SecretKeyExamination(settings: self.settings, now: Date()).findings()
        } catch {
            findings.append(.failure("secret key", "\(error)", remedy: "mend that and run the doctor again"))
        }
        do {
            findings += try await AuditExamination(settings: self.settings, now: Date()).findings()
        } catch {
            findings.append(.failure("audit logs", "\(error)", remedy: "mend that and run the doctor again"))
        }
        do {
            findings += try await CertificateExamination(settings: self.settings, now: Date()).findings()
        } catch {
            findings.append(.failure("workspaces", "\(error)", remedy: "mend the database"))
        }
        do {
            findings += try await AdministratorExamination(settings: self.settings).findings()
        } catch {
            findings.append(.failure("administrators", "\(error)", remedy: "mend the database"))
        }
        return findings
    }

    private func clock(_ pool: ConnectionPool) async throws -> DoctorFinding {
        let before = Date()
        let row = try await pool.query("SELECT clock_timestamp() AS now").optionalRow()
        let now: Date? = try row?.value("now")
        let offset = (now ?? before).timeIntervalSince(before)
        guard abs(offset) > Self.clockTolerance else { return .ok("clock", "agrees with the database's") }
        return .warning(
            "clock",
            "the database's clock is \(Int(offset.rounded())) s ahead of this machine's",
            remedy: "let both machines keep their time by NTP; responses are refused when clocks differ by more than"
                + " CLOCK_SKEW"
        )
    }

    private func migrations(_ configuration: PostgreSQLConfiguration) async -> DoctorFinding {
        await self.attempt("migrations") {
            let statuses = try await Migrator.beside(configuration).status()
            let pending = statuses.filter { $0.appliedAt == nil }
            guard let first = pending.first else { return .ok("migrations", "all \(statuses.count) are applied") }
            return .failure(
                "migrations",
                "\(pending.count) pending, from \(first.fileName)",
                remedy: "run `portico migrate`"
            )
        }
    }

    /// Rulings 22: the service's login should be unable to pass by row-level security.
    private func login() async throws -> DoctorFinding {
        let configuration = try PostgreSQLConfiguration(uri: self.settings.database.url.reveal(), poolSize: 1)
        let row = try await DoctorConnection.with(configuration) { pool in
            try await pool.query(
                """
                SELECT current_user::text AS name, r.rolsuper OR r.rolbypassrls
                    OR EXISTS (
                        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relname = 'workspaces' AND pg_has_role(r.oid, c.relowner, 'USAGE')) AS bypasses
                FROM pg_roles r WHERE r.rolname = current_user
                """
            )
            .optionalRow()
        }
        guard let row else { return .ok("login", "the service's login works") }
        let name: String = try row.value("name")
        let bypasses: Bool = try row.value("bypasses")
        guard bypasses else { return .ok("login", "\(name) cannot pass by row-level security") }
        return .warning(
            "login",
            "\(name) owns the tables or can pass by row-level security",
            remedy:
                "let DATABASE_URL name a login that was granted portico_service and nothing else, and keep the owner's"
                + " in MIGRATE_DATABASE_URL"
        )
    }

    private func attempt(_ check: String, _ body: () async throws -> DoctorFinding) async -> DoctorFinding {
        do {
            return try await body()
        } catch {
            return .failure(check, "\(error)", remedy: "mend that and run the doctor again")
        }
    }
}
