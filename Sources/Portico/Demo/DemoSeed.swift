import Foundation
import GatewayHTTP
import LocalServers
import PostgreSQL
import Storage
import Workspaces
import XMLSecurity

/// Brings the demonstration's workspaces into the database, and leaves alone what is there.
///
/// It goes through the same decisions and stores as the operator's commands. The identity provider is told anew at every
/// start, because its port may have changed.
struct DemoSeed {
    let settings: Settings
    let site: PublicSite
    let pool: ConnectionPool

    /// Makes the workspaces that are missing and points all at the identity provider.
    ///
    /// - Throws: What the rules of the domain or the database say.
    func plant(_ identityProvider: SimpleSAMLphp) async throws {
        let certificates = try SigningCertificate.parse(identityProvider.certificate)
            .map { certificate in
                PinnedCertificate(
                    der: certificate.der,
                    sha256Fingerprint: certificate.sha256Fingerprint,
                    notAfter: certificate.notAfter
                )
            }
        let change = SAMLConfigurationChange(
            signInURL: identityProvider.signInURL,
            issuer: identityProvider.entityID,
            certificates: certificates
        )
        for company in DemoCast.companies {
            try await self.plant(company, change)
        }
    }

    private func plant(_ company: DemoCast.Company, _ change: SAMLConfigurationChange) async throws {
        let stores = WorkspaceStore(pool: self.pool)
        let now = Date()
        let loopbackHTTP: SignInURLRule.LoopbackHTTP = self.site.isLoopbackHTTP ? .allowed : .refused
        let found = try await self.find(company)
        let scope: WorkspaceScope
        if let found {
            scope = WorkspaceScope(found.workspace.id)
        } else {
            scope = WorkspaceScope(try await self.create(company, stores, now: now))
            try await stores.claimDomain(scope, actor: .operator, now: now) { administration in
                try administration.claimDomain(DemoCast.domain, proof: .operatorOverride)
            }
        }
        try await stores.administer(scope, actor: .operator, now: now) { administration in
            try administration.configureSAML(change, loopbackHTTP: loopbackHTTP)
        }
        if found == nil {
            try await stores.administer(scope, actor: .operator, now: now) { administration in
                try administration.enableSAML()
            }
        }
    }

    private func find(_ company: DemoCast.Company) async throws -> ConfiguredWorkspace? {
        guard let companyID = CompanyID(company.companyID) else { return nil }
        return try await WorkspaceDirectory(pool: self.pool).configuredWorkspace(companyID: companyID)
    }

    private func create(_ company: DemoCast.Company, _ stores: WorkspaceStore, now: Date) async throws -> WorkspaceID {
        let catalogue = self.settings.members.roles
        let draft = WorkspaceDraft(companyID: company.companyID, name: company.name, owner: company.owner)
        let creation = try draft.create(
            id: .random(),
            defaultSPIssuer: self.settings.saml.spIssuer,
            catalogue: catalogue,
            actor: .operator,
            now: now
        )
        try await stores.create(creation, catalogue: catalogue)
        return creation.workspace.id
    }
}
