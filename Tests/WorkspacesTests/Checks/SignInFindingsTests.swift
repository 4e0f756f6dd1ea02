import SAML
import Testing
import Workspaces

@Suite("What there is to know of a sign-in beside its checks")
struct SignInFindingsTests {
    private func findings(_ sample: SampleSignIn) throws -> SignInFindings {
        SignInFindings(
            try sample.decide(),
            identity: try sample.identity(),
            facts: sample.facts(),
            catalogue: sample.catalogue
        )
    }

    @Test func areTheRoleAndWhatGaveNothing() throws {
        var sample = try SampleSignIn()
        sample.assertRoles(["company-a_REVIEWER", "Company Admins", "company-b_ADMIN"])
        sample.assertGroups(["Staff", "Everybody"])
        let staff = try #require(GroupName("Staff"))
        sample.groups.mappings.spaces[staff] = [try #require(SpaceID("radiology"))]
        let findings = try self.findings(sample)
        #expect(findings.role == "REVIEWER")
        #expect(findings.roleSource == .samlRoles)
        #expect(findings.unmatchedRoles == SignInFindings.Values(listed: ["Company Admins"]))
        #expect(findings.otherCompanies == 1)
        #expect(findings.unmappedGroups == SignInFindings.Values(listed: ["Everybody"]))
        // What the response says of other companies is none of this workspace's business (behavior R3).
        #expect(!"\(findings)".contains("company-b"))
    }

    @Test func ofARefusalHaveTheRoleThatTheResponseNames() throws {
        var sample = try SampleSignIn()
        sample.assertRoles(["company-a_REVIEWER"])
        try sample.join(.deactivated(.admin), role: "LABELER")
        let findings = try self.findings(sample)
        #expect(findings.role == "REVIEWER")
        #expect(findings.roleSource == .samlRoles)
    }

    @Test func ofARefusalForTheRolesHaveNone() throws {
        var sample = try SampleSignIn()
        sample.assertRoles(["Company Admins"])
        sample.assertGroups(["Staff"])
        sample.groups.mappings.roles[try #require(GroupName("Staff"))] = Role("REVIEWER")
        let findings = try self.findings(sample)
        #expect(findings.role == nil)
        #expect(findings.roleSource == nil)
    }

    @Test func areBoundedInNumberAndLength() throws {
        var sample = try SampleSignIn()
        sample.assertRoles((0..<100).map { "value \($0)" })
        sample.assertGroups((0..<30).map { "\($0) " + String(repeating: "\u{1F600}", count: 240) })
        let findings = try self.findings(sample)
        #expect(findings.unmatchedRoles.listed.count == 20)
        #expect(findings.unmatchedRoles.others == 80)
        #expect(findings.unmappedGroups.listed.count == 20)
        #expect(findings.unmappedGroups.others == 10)
        #expect(findings.unmappedGroups.listed.allSatisfy { $0.utf8.count <= SignInCheck.maximumKeptLength })
    }

    @Test func ofAFailureAreTheIdentityProvidersOwnWordsMadeSafe() {
        let code = "urn:oasis:names:tc:SAML:2.0:status:Responder"
        let message = "Not assigned.\u{1B}[2J" + String(repeating: "x", count: 5_000)
        let findings = SignInFindings(Status(code: code, subordinateCode: "urn:other", message: message))
        #expect(findings.statusCodes == [code, "urn:other"])
        #expect(findings.statusMessage?.hasPrefix("Not assigned.\\u001b[2Jx") == true)
        #expect(findings.statusMessage?.utf8.count == SignInFindings.maximumMessageLength)
    }
}
