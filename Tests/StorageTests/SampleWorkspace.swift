import Foundation
import SAML
import Storage
import Testing
import Workspaces

/// A workspace in a test's database, with an identity provider and a claimed domain, and people signing in to it.
struct SampleWorkspace: Sendable {
    let storage: TestStorage
    let id: WorkspaceID
    let companyID: CompanyID
    let domain: String

    static let now = Date(timeIntervalSince1970: 1_800_000_000)
    static let issuer = "https://idp.example/metadata"
    static let fingerprint = "AB:CD"

    var scope: WorkspaceScope { WorkspaceScope(self.id) }
    var signIns: SignInStore { SignInStore(pool: self.storage.service) }
    var sessions: SessionStore { SessionStore(pool: self.storage.service) }
    var members: MembershipStore { MembershipStore(pool: self.storage.operators) }
    var workspaces: WorkspaceStore { WorkspaceStore(pool: self.storage.operators) }
    var audit: AuditStore { AuditStore(pool: self.storage.service) }

    /// Makes a workspace that people can sign in to.
    static func make(
        in storage: TestStorage,
        _ companyID: String = "company-a",
        owner: String? = nil,
        settings: WorkspaceChange = WorkspaceChange()
    ) async throws -> SampleWorkspace {
        let workspaces = WorkspaceStore(pool: storage.operators)
        let creation = try WorkspaceDraft(companyID: companyID, owner: owner, settings: settings)
            .create(
                id: .random(),
                defaultSPIssuer: try #require(EntityID("portico")),
                catalogue: .standard,
                actor: .operator,
                now: Self.now
            )
        try await workspaces.create(creation, catalogue: .standard)
        let sample = SampleWorkspace(
            storage: storage,
            id: creation.workspace.id,
            companyID: creation.workspace.companyID,
            domain: "\(companyID.lowercased()).example"
        )
        try await workspaces.claimDomain(sample.scope, actor: .operator, now: Self.now) { administration in
            try administration.claimDomain(sample.domain, proof: .operatorOverride)
        }
        try await workspaces.administer(sample.scope, actor: .operator, now: Self.now) { administration in
            try administration.configureSAML(
                SAMLConfigurationChange(
                    signInURL: "https://idp.example/sso",
                    issuer: Self.issuer,
                    certificates: [
                        PinnedCertificate(
                            der: [1, 2, 3],
                            sha256Fingerprint: Self.fingerprint,
                            notAfter: .distantFuture
                        )
                    ]
                ),
                loopbackHTTP: .refused
            )
        }
        try await workspaces.administer(sample.scope, actor: .operator, now: Self.now) { try $0.enableSAML() }
        return sample
    }
}
