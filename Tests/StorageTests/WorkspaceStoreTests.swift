import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Workspaces", .serialized)
struct WorkspaceStoreTests {
    @Test func everySettingComesBackAsItWas() async throws {
        try await TestStorage.with { storage in
            let settings = WorkspaceChange(
                name: "Company Ä",
                spIssuer: "urn:x",
                acsStyle: .own,
                rolesMode: .required,
                defaultRole: "NOT_ACTIVATED",
                selfRegistration: false,
                allowGuests: true,
                lastAdminPolicy: .keep,
                seats: .seats(7)
            )
            let sample = try await SampleWorkspace.make(in: storage, settings: settings)
            let directory = WorkspaceDirectory(pool: storage.service)
            let configured = try #require(try await directory.configuredWorkspace(sample.scope))
            let expected = Workspace(
                id: sample.id,
                companyID: sample.companyID,
                name: "Company Ä",
                spIssuer: try #require(EntityID("urn:x")),
                acsStyle: .own,
                rolesMode: .required,
                defaultRole: .notActivated,
                selfRegistration: false,
                allowGuests: true,
                lastAdminPolicy: .keep,
                seats: 7
            )
            #expect(configured.workspace == expected)
            #expect(configured.domains.map(\.value) == ["company-a.example"])
            #expect(configured.identityProvider?.signInURL == "https://idp.example/sso")
            #expect(configured.identityProvider?.certificates.map(\.der) == [[1, 2, 3]])
            #expect(configured.identityProvider?.enabled == true)
        }
    }

    @Test func aWorkspaceIsFoundByItsCompanyIDInAnyCase() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, "Company-A")
            let directory = WorkspaceDirectory(pool: storage.service)
            for text in ["company-a", "COMPANY-A", "Company-A"] {
                let found = try await directory.configuredWorkspace(companyID: try #require(CompanyID(text)))
                #expect(found?.workspace.id == sample.id)
                #expect(found?.workspace.companyID.value == "Company-A")
            }
            let unknown = try #require(CompanyID("other"))
            #expect(try await directory.configuredWorkspace(companyID: unknown) == nil)
        }
    }

    @Test func aCompanyIDIsNeverGivenTwice() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, "company-a")
            await #expect(throws: WorkspaceStoreError.companyIDTaken) {
                _ = try await SampleWorkspace.make(in: storage, "COMPANY-A")
            }
            try await sample.workspaces.delete(sample.scope, actor: .operator, now: SampleWorkspace.now)
            await #expect(throws: WorkspaceStoreError.companyIDTaken) {
                _ = try await SampleWorkspace.make(in: storage, "company-a")
            }
        }
    }

    @Test func workspacesOfOneNameMadeAtOnceAreOne() async throws {
        try await TestStorage.with { storage in
            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { (try? await SampleWorkspace.make(in: storage)) != nil }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(made.filter { $0 }.count == 1)
            let workspaces = try await storage.count("workspaces")
            #expect(workspaces == 1)
        }
    }

    @Test func aDeletedWorkspaceLeavesItsAuditLogAndATombstone() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let session = try await sample.session(of: "bob")
            _ = try await sample.begin()
            try await sample.importMetadata()
            try await sample.refreshMetadata(listing: [2])
            try await sample.workspaces.delete(sample.scope, actor: .operator, now: SampleWorkspace.now)
            let directory = WorkspaceDirectory(pool: storage.service)
            #expect(try await directory.configuredWorkspace(companyID: sample.companyID) == nil)
            #expect(try await directory.configuredWorkspace(sample.scope) == nil)
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
            for table in [
                "memberships", "sessions", "session_tokens", "identity_providers", "identity_provider_certificates",
                "domains", "authn_requests", "authn_request_index", "identity_links", "metadata_refreshes",
                "metadata_proposals", "metadata_refresh_queue", "alerts", "alert_mail_queue",
            ] {
                #expect(try await storage.count(table) == 0, "\(table)")
            }
            #expect(try await storage.count("workspaces") == 1)
            #expect(try await sample.audit.events(sample.scope).events.last?.action == .workspaceDeleted)
            await #expect(throws: WorkspaceStoreError.workspaceDeleted) {
                try await sample.workspaces.delete(sample.scope, actor: .operator, now: SampleWorkspace.now)
            }
            await #expect(throws: WorkspaceStoreError.workspaceDeleted) {
                try await sample.administer("bob") { administration, _ in try administration.remove() }
            }
            #expect(try await OperatorDirectory(pool: storage.operators).workspaces().isEmpty)
        }
    }

    @Test func theOwnerIsInvitedAndBecomesActiveAtTheFirstSignIn() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let email = try sample.email("ann")
            let before = try #require(try await sample.members.membership(sample.scope, of: email))
            #expect(before.isOwner)
            #expect(before.state == .invited)
            _ = try await sample.session(of: "ann", role: "LABELER")
            let after = try #require(try await sample.members.membership(sample.scope, of: email))
            #expect(after.state == .active)
            #expect(after.role?.name == "ADMIN")
        }
    }

    @Test func certificatesAreReplacedInTheirOrder() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let certificates = [3, 1, 2]
                .map { (number: UInt8) in
                    PinnedCertificate(
                        der: [number],
                        sha256Fingerprint: "0\(number)",
                        notAfter: SampleWorkspace.now
                    )
                }
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                try $0.configureSAML(SAMLConfigurationChange(certificates: certificates), loopbackHTTP: .refused)
            }
            let configured = try await WorkspaceDirectory(pool: storage.service).configuredWorkspace(sample.scope)
            #expect(configured?.identityProvider?.certificates == certificates)
            #expect(configured?.identityProvider?.enabled == true)
        }
    }

    @Test func theOperatorListsAllWorkspacesAndTheServiceNone() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, "company-b")
            _ = try await SampleWorkspace.make(in: storage, "Company-A")
            _ = try await sample.session(of: "ann")
            let listed = try await OperatorDirectory(pool: storage.operators).workspaces()
            #expect(listed.map(\.workspace.companyID.value) == ["Company-A", "company-b"])
            #expect(listed.map(\.activeMembers) == [0, 1])
            #expect(listed.map(\.domains) == [1, 1])
            #expect(listed.map(\.samlEnabled) == [true, true])
            #expect(try await OperatorDirectory(pool: storage.service).workspaces().isEmpty)
        }
    }

    @Test func aRefusedChangeWritesNothing() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let events = try await storage.count("audit_events")
            await #expect(throws: AdministrationRefusal.notAMember) {
                try await sample.administer("nobody") { administration, _ in try administration.remove() }
            }
            #expect(try await storage.count("audit_events") == events)
        }
    }

    @Test func claimsAreListedWithTheirProof() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let claims = try await sample.workspaces.domains(sample.scope)
            #expect(claims.map(\.domain.value) == ["company-a.example"])
            #expect(claims.map(\.proof) == [.operatorOverride])
            #expect(claims.map(\.claimedAt) == [SampleWorkspace.now])
        }
    }
}
