import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("workspace administration")
struct WorkspaceAdministrationTests {
    private static let form = SAMLConfigurationChange(
        signInURL: "https://idp.example/sso",
        issuer: "https://idp.example/metadata",
        certificates: [PinnedCertificate(der: [1], sha256Fingerprint: "AA:01", notAfter: SampleSignIn.now)]
    )

    private func administration(
        isConfigured: Bool = true,
        prepare: (inout ConfiguredWorkspace) throws -> Void = { _ in }
    ) throws -> WorkspaceAdministration {
        let sample = try SampleSignIn()
        var configured = ConfiguredWorkspace(
            workspace: sample.workspace,
            identityProvider: isConfigured ? try Self.form.applied(to: nil, loopbackHTTP: .refused) : nil,
            domains: sample.domains
        )
        try prepare(&configured)
        return WorkspaceAdministration(configured: configured, actor: .operator, now: SampleSignIn.now)
    }

    private func create(_ draft: WorkspaceDraft) throws -> WorkspaceCreation {
        try draft.create(
            id: .random(),
            defaultSPIssuer: try #require(EntityID("portico")),
            catalogue: .standard,
            actor: .operator,
            now: SampleSignIn.now
        )
    }

    // MARK: - Create

    @Test("T1 a new workspace has the defaults")
    func defaults() throws {
        let creation = try self.create(WorkspaceDraft(companyID: "company-a"))
        let workspace = creation.workspace
        #expect(workspace.name == "company-a")
        #expect(workspace.status == .enabled)
        #expect(workspace.spIssuer.value == "portico")
        #expect(workspace.acsStyle == .shared)
        #expect(workspace.rolesMode == .auto)
        #expect(workspace.rolesFirstSeenAt == nil)
        #expect(workspace.defaultRole.description == "LABELER")
        #expect(workspace.selfRegistration)
        #expect(!workspace.allowGuests)
        #expect(workspace.seats == nil)
        #expect(creation.owner == nil)
        #expect(creation.ownerMembership(user: .unregistered(newID: .random()), catalogue: .standard) == nil)
        #expect(creation.events.map(\.action) == [.workspaceCreated])
    }

    @Test("rulings 26 the owner is invited, and an administrator")
    func owner() throws {
        let creation = try self.create(WorkspaceDraft(companyID: "company-a", owner: "Ann@Company-A.example"))
        let owner = try #require(
            creation.ownerMembership(user: .unregistered(newID: .random()), catalogue: .standard)
        )
        #expect(owner.email.value == "ann@company-a.example")
        #expect(owner.state == .invited)
        #expect(owner.isOwner)
        #expect(owner.role == RoleCatalogue.standard.admin)
        #expect(owner.roleSource == .owner)
    }

    @Test("T2 all mistakes of a draft are reported together")
    func mistakes() {
        let draft = WorkspaceDraft(
            companyID: "-a",
            name: "",
            owner: "ann",
            settings: WorkspaceChange(spIssuer: " x", defaultRole: "ADMIN", seats: .seats(0))
        )
        let error = #expect(throws: ConfigurationMistakes.self) { try self.create(draft) }
        #expect(
            error?.mistakes.map(\.field) == ["company_id", "owner", "name", "sp_issuer", "default_role", "seats"]
        )
    }

    // MARK: - Settings

    @Test("T8 what is not sent stays as it is, and a change says what it changes")
    func change() throws {
        let administration = try self.administration()
        let nothing = try administration.change(WorkspaceChange(name: "Company A"), catalogue: .standard)
        #expect(nothing.differences.isEmpty)
        #expect(nothing.events.isEmpty)
        let change = WorkspaceChange(acsStyle: .own, defaultRole: "NOT_ACTIVATED", seats: .seats(50))
        let outcome = try administration.change(change, catalogue: .standard)
        #expect(outcome.differences.map(\.field) == ["acs_style", "default_role", "seats"])
        #expect(outcome.differences.map(\.old) == ["shared", "LABELER", nil])
        #expect(outcome.differences.map(\.new) == ["own", "NOT_ACTIVATED", "50"])
        #expect(outcome.events.first?.detail["old_default_role"] == "LABELER")
        #expect(outcome.configured.workspace.seats == 50)
    }

    @Test("C1 T8 a limit of seats is lifted by name, and stays where nothing is said of it")
    func seats() throws {
        let limited = try self.administration { $0.workspace.seats = 7 }
        let same = try limited.change(WorkspaceChange(name: "Another"), catalogue: .standard)
        #expect(same.configured.workspace.seats == 7)
        let lifted = try limited.change(WorkspaceChange(seats: .unlimited), catalogue: .standard)
        #expect(lifted.configured.workspace.seats == nil)
        #expect(lifted.differences.map(\.field) == ["seats"])
        #expect(lifted.events.map { $0.detail["old_seats"] } == ["7"])
        #expect(lifted.events.map { $0.detail["seats"] } == [""])
    }

    @Test(
        "R1a rulings 18: off opens the latch, restating auto does not",
        arguments: [
            (RolesMode.auto, RolesMode.auto, true), (.auto, .off, false), (.auto, .required, true),
            (.required, .auto, false), (.off, .auto, false),
        ]
    )
    func latch(_ old: RolesMode, _ new: RolesMode, _ stays: Bool) throws {
        let administration = try self.administration {
            $0.workspace.rolesMode = old
            $0.workspace.rolesFirstSeenAt = SampleSignIn.now
        }
        let outcome = try administration.change(WorkspaceChange(rolesMode: new), catalogue: .standard)
        #expect(outcome.configured.workspace.rolesMode == new)
        #expect((outcome.configured.workspace.rolesFirstSeenAt != nil) == stays)
    }

    @Test("a workspace that is closed ends its sessions and keeps the rest")
    func disable() throws {
        let administration = try self.administration()
        let outcome = administration.disable()
        #expect(outcome.configured.workspace.status == .disabled)
        #expect(outcome.sessionEffects == [.revoke(.workspace(administration.configured.workspace.id))])
        #expect(outcome.events.map(\.action) == [.workspaceDisabled])
        #expect(outcome.configured.identityProvider == administration.configured.identityProvider)
        let again = WorkspaceAdministration(
            configured: outcome.configured,
            actor: .operator,
            now: SampleSignIn.now
        )
        #expect(again.disable().events.isEmpty)
        #expect(again.enable().configured == administration.configured)
    }

    @Test("rulings 23 a workspace that is deleted ends its sessions and is audited")
    func delete() throws {
        let administration = try self.administration()
        let outcome = administration.delete()
        #expect(outcome.sessionEffects == [.revoke(.workspace(administration.configured.workspace.id))])
        #expect(outcome.events.first?.detail == ["company_id": "company-a"])
    }

    // MARK: - SAML

    @Test("T4 certificates and issuer are audited, certificates by fingerprint")
    func configure() throws {
        let first = try self.administration(isConfigured: false).configureSAML(Self.form, loopbackHTTP: .refused)
        #expect(first.configured.identityProvider?.enabled == false)
        #expect(first.events.first?.detail["certificates"] == "AA:01")
        #expect(first.events.first?.detail["issuer"] == "https://idp.example/metadata")

        let change = SAMLConfigurationChange(
            certificates: [PinnedCertificate(der: [2], sha256Fingerprint: "AA:02", notAfter: SampleSignIn.now)]
        )
        let second = try self.administration().configureSAML(change, loopbackHTTP: .refused)
        let detail = ["old_certificates": "AA:01", "certificates": "AA:02", "changes_trust": "true"]
        #expect(second.events.first?.detail == detail)
        #expect(second.differences.map(\.field) == ["certificates"])
    }

    @Test("T4 the fingerprints of eight certificates are audited in full")
    func configureEight() throws {
        let fingerprints = (1...8)
            .map { index in
                Array(repeating: "A\(index)", count: 32).joined(separator: ":")
            }
        let change = SAMLConfigurationChange(
            certificates: fingerprints.enumerated()
                .map { index, fingerprint in
                    PinnedCertificate(
                        der: [UInt8(index + 3)],
                        sha256Fingerprint: fingerprint,
                        notAfter: SampleSignIn.now
                    )
                }
        )
        let detail = try self.administration().configureSAML(change, loopbackHTTP: .refused).events.first?.detail ?? [:]
        let kept = ["certificates", "certificates_2", "certificates_3", "certificates_4"].compactMap { detail[$0] }
        #expect(kept.joined(separator: ",") == fingerprints.joined(separator: ","))
        #expect(detail["old_certificates"] == "AA:01")
    }

    @Test("T5 SAML wants a configuration and a claimed domain")
    func enable() throws {
        #expect(throws: AdministrationRefusal.samlNotConfigured) {
            try self.administration(isConfigured: false).enableSAML()
        }
        #expect(throws: AdministrationRefusal.domainNotClaimed) {
            try self.administration { $0.domains = [] }.enableSAML()
        }
        let outcome = try self.administration().enableSAML()
        #expect(outcome.configured.identityProvider?.enabled == true)
        #expect(outcome.events.map(\.action) == [.samlEnabled])
    }

    @Test("T8 switching SAML off ends the sessions and keeps the configuration")
    func disableSAML() throws {
        let enabled = try self.administration { $0.identityProvider?.enabled = true }
        let outcome = try enabled.disableSAML()
        #expect(outcome.configured.identityProvider?.enabled == false)
        #expect(outcome.configured.identityProvider?.signInURL == "https://idp.example/sso")
        #expect(outcome.sessionEffects == [.revoke(.workspace(enabled.configured.workspace.id))])
        #expect(throws: AdministrationRefusal.samlNotConfigured) {
            try self.administration(isConfigured: false).disableSAML()
        }
    }

    // MARK: - Domains

    @Test("D2 rulings 18: a claim by the operator's word is audited as such")
    func claim() throws {
        let administration = try self.administration()
        let outcome = try administration.claimDomain("Other.example", proof: .operatorOverride)
        #expect(outcome.claim.domain.value == "other.example")
        #expect(outcome.claim.claimedAt == SampleSignIn.now)
        #expect(outcome.events.first?.detail == ["domain": "other.example", "proof": "operator_override"])
        #expect(throws: DomainClaimRule.Refusal.self) {
            try administration.claimDomain("company-a.example", proof: .operatorOverride)
        }
    }

    // MARK: - Single sign-on

    @Test("T8 the form of single sign-on is saved whole or not at all")
    func singleSignOn() throws {
        let administration = try self.administration(isConfigured: false)
        let outcome = try administration.configureSingleSignOn(
            WorkspaceChange(rolesMode: .required),
            Self.form,
            catalogue: .standard,
            loopbackHTTP: .refused
        )
        #expect(outcome.configured.workspace.rolesMode == .required)
        #expect(outcome.configured.identityProvider?.signInURL == "https://idp.example/sso")
        #expect(outcome.events.map(\.action) == [.samlConfigured])
        #expect(outcome.events.first?.detail["roles_mode"] == "required")
        var form = Self.form
        form.issuer = ""
        let mistakes = #expect(throws: ConfigurationMistakes.self) {
            try administration.configureSingleSignOn(
                WorkspaceChange(spIssuer: ""),
                form,
                catalogue: .standard,
                loopbackHTTP: .refused
            )
        }
        #expect(mistakes?.mistakes.map(\.field) == ["sp_issuer", "issuer"])
    }
}
