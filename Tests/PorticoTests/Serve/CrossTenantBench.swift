import Foundation
import Logging
import PostgreSQL
import SAML
import SAMLTesting
import Testing
import XMLSecurity

@testable import Portico

/// Four workspaces over a running gateway.
///
///     victimco    the identity provider of Victim, Inc.    vera is an administrator
///     partner     the same identity provider               vera is a labeler; an assertion consumer service of its own
///     mallory     the victim's issuer, mallory's own key   vera is a labeler; claims the victim's domain too
///     elsewhere   another identity provider
struct CrossTenantBench: Sendable {
    /// Whose identity provider signs.
    enum Signer: Sendable {
        case victim
        case mallory
        case elsewhere
    }

    static let companies = ["victimco", "partner", "mallory", "elsewhere"]
    static let person = "vera@victim.example"

    let commands: CommandBench
    private let identityProviders: [Signer: TestIdentityProvider]

    init() async throws {
        let issuer = "https://idp.victim.example"
        let victim = try TestIdentityProvider(entityID: issuer)
        let mallory = try TestIdentityProvider(entityID: issuer)
        let elsewhere = try TestIdentityProvider(entityID: "https://idp.elsewhere.example")
        self.identityProviders = [.victim: victim, .mallory: mallory, .elsewhere: elsewhere]
        self.commands = try await CommandBench()
        var entries: [String] = []
        for (company, provider) in zip(Self.companies, [victim, victim, mallory, elsewhere]) {
            _ = try self.commands.file("\(company).pem", provider.certificate.pem)
            entries.append(
                """
                  - company_id: \(company)
                    domains: [victim.example]
                    saml:
                      sign_in_url: https://idp.example/sso
                      issuer: \(provider.entityID.value)
                      certificates: [file: \(company).pem]
                      acs_style: \(company == "partner" ? "own" : "shared")
                    mappings:
                      roles: [{ group: Everybody, role: ADMIN }]
                      spaces: [{ group: Everybody, space: \(company) }]
                """
            )
        }
        let text = "workspaces:\n" + entries.joined(separator: "\n")
        _ = try await self.commands.json(
            "workspace",
            "apply",
            "-f",
            try self.commands.file("workspaces.yaml", text)
        )
    }

    /// The answer to a request about vera.
    func response(
        to begun: LiveBrowser.Begun,
        by signer: Signer,
        roles: [String]?,
        groups: [String] = []
    ) throws -> String {
        let provider = try #require(self.identityProviders[signer])
        let expectations = Expectations(
            serviceProvider: begun.request.issuer,
            identityProvider: provider.entityID,
            assertionConsumerService: begun.request.assertionConsumerService,
            requestID: begun.request.id,
            now: Date()
        )
        var attributes = [Attribute(name: "email", texts: [Self.person]), Attribute(name: "displayName", texts: ["V"])]
        if let roles { attributes.append(Attribute(name: "roles", texts: roles)) }
        if !groups.isEmpty { attributes.append(Attribute(name: "groups", texts: groups)) }
        return try provider.response(to: expectations, attributes: attributes)
    }

    /// Every row of a workspace, table by table, as text to compare before and after.
    func rows(of company: String) async throws -> [String: String] {
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: self.commands.uri,
                poolSize: 1,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            let rows = try await Self.rows(of: company, in: pool)
            await pool.shutDown()
            return rows
        } catch {
            await pool.shutDown()
            throw error
        }
    }

    private static func rows(of company: String, in pool: ConnectionPool) async throws -> [String: String] {
        let tables = try await pool.query(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute w ON w.attrelid = c.oid AND w.attname = 'workspace_id'
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1
            """
        )
        var found: [String: String] = [:]
        for row in tables.rows {
            let table: String = try row.value("relname")
            let text = try await pool.query(
                """
                SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') AS rows FROM \(identifier: table) t
                WHERE t.workspace_id = (SELECT workspace_id FROM company_ids WHERE folded = \(company))
                """
            )
            found[table] = try text.singleRow().value("rows")
        }
        return found
    }
}
